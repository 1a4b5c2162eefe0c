"""One enterprise that is written in two ways, which would quietly make two of it."""

import polars as pl

from eligibility.group.faults import Faults
from eligibility.group.written import Written

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"}
_PLAIN = r"^[a-z0-9]*$"


def check_spellings(written: Written, faults: Faults) -> set[str]:
    """Refuse two names of enterprises that differ in case, spaces, signs or umlauts only.

    An id that is spelled like the name of another enterprise is refused too. Return the ids that were refused.
    """
    firms, holdings = written.firms, written.holdings
    ids = pl.concat([firms["id"], holdings["holder"].rename("id"), holdings["held"].rename("id")])
    ids = pl.concat([ids, firms["consolidated_in"].drop_nulls().rename("id")]).unique(maintain_order=True)
    known = pl.DataFrame({"id": ids, "folded": folded(ids)}).filter(pl.col("folded") != "")
    twice = known.filter(pl.col("folded").is_duplicated()).group_by("folded", maintain_order=True).agg("id")
    told: set[str] = set()
    for names in twice["id"].to_list():
        first, *others = names
        for other in others:
            _add(written, faults, "two-spellings", first, other)
            told.add(other)
    names = firms.select("id", name="name").drop_nulls()
    called = names.select("id", own=folded(names["id"]), folded=folded(names["name"]))
    alike = called.join(known, on="folded", suffix="_other", maintain_order="left")
    # Where the ids themselves are alike that is told already.
    alike = alike.filter((pl.col("id") != pl.col("id_other")) & (pl.col("own") != pl.col("folded")))
    for firm, other in alike.select("id", "id_other").unique(maintain_order=True).iter_rows():
        _add(written, faults, "id-like-name", firm, other)
        told.add(other)
    return told


def _add(written: Written, faults: Faults, code: str, first: str, other: str) -> None:
    if not faults.room(code):
        faults.count(code, 1)
        return
    place, here = written.place_of(first), written.place_of(other)
    there = f" ({place.file}:{place.line})" if place else ""
    if code == "two-spellings":
        message = f"`{other}` is spelled nearly like `{first}`{there}: are they the same?"
    else:
        message = f"`{other}` is spelled like the name of `{first}`{there}: are they the same?"
    faults.add(code, message, here, f"if so write `{first}` in both places, else give one of them another id")


def folded(texts: pl.Series) -> pl.Series:
    """Return names as they are compared: composed, in small letters, umlauts written out, without spaces and signs.

    A sign between two digits stays, whichever it is: 1-23 and 12-3 are different numbers.
    """
    text = pl.col("text").str.to_lowercase()
    frame = pl.DataFrame({"text": texts}).select(text)
    plain = frame["text"].str.contains(_PLAIN)
    if plain.all():
        return frame["text"]
    odd = frame.filter(~plain).lazy().select(_folding(pl.col("text"))).collect().to_series()
    return frame["text"].scatter((~plain).arg_true(), odd)


def _folding(text: pl.Expr) -> pl.Expr:
    text = text.str.normalize("NFC").str.replace_many(list(_UMLAUTS), list(_UMLAUTS.values()))
    for _ in range(2):
        # What was matched is not looked at again: of 1-2-3 the second sign is met the second time.
        text = text.str.replace_all(r"([0-9])[^\p{L}\p{N}\x{1}]+([0-9])", "$1\u0001$2")
    return text.str.replace_all(r"[^\p{L}\p{N}\x{1}]+", "")
