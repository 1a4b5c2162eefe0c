"""One enterprise that is written in two ways, which would quietly make two of it."""

from collections.abc import Callable

import polars as pl

from eligibility.group.faults import Faults
from eligibility.group.written import Written

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"}
_PLAIN = r"^[a-z0-9]*$"
_BETWEEN_DIGITS = r"([0-9])[^\p{L}\p{N}\x{1}]+([0-9])"


def check_spellings(written: Written, faults: Faults) -> set[str]:
    """Refuse two names of enterprises that differ in case, spaces, signs or umlauts only.

    An id that is spelled like the name of another enterprise is refused too. Return the ids that were refused.
    """
    firms, holdings = written.firms, written.holdings
    ids = pl.concat([firms["id"], holdings["holder"].rename("id"), holdings["held"].rename("id")])
    ids = pl.concat([ids, firms["consolidated_in"].drop_nulls().rename("id")]).unique(maintain_order=True)
    known = pl.DataFrame({"id": ids, "folded": folded(ids)}).filter(pl.col("folded") != "")
    twice = known.filter(pl.col("folded").is_duplicated()).group_by("folded", maintain_order=True).agg("id")
    pairs = [(first, other) for first, *others in twice["id"].to_list() for other in others]
    for first, other in faults.within("two-spellings", pairs):
        _add(written, faults, "two-spellings", first, other)
    told = {other for _, other in pairs}
    names = firms.select("id", name="name").drop_nulls()
    called = names.select("id", own=folded(names["id"]), folded=folded(names["name"]))
    alike = called.join(known, on="folded", suffix="_other", maintain_order="left")
    # Where the ids themselves are alike that is told already.
    alike = alike.filter((pl.col("id") != pl.col("id_other")) & (pl.col("own") != pl.col("folded")))
    pairs = alike.select("id", "id_other").unique(maintain_order=True).rows()
    for firm, other in faults.within("id-like-name", pairs):
        _add(written, faults, "id-like-name", firm, other)
    return told.union(other for _, other in pairs)


def check_labels(written: Written, faults: Faults) -> None:
    """Refuse markets, families and circles of persons whose names differ in case, spaces, signs or umlauts only."""
    for column in ("markets", "acts_with", "family"):
        cells = written.firms.select(column).with_row_index("at").drop_nulls()
        if not cells.height:
            continue
        # Many rows hold the same few texts.
        first = cells.group_by(column, maintain_order=True).agg(pl.col("at").first())
        labels = first.select("at", label=pl.col(column).str.split(";")).explode("label")
        labels = labels.with_columns(pl.col("label").str.strip_chars(" ")).unique("label", maintain_order=True)
        labels = labels.with_columns(folded=folded(labels["label"])).filter(pl.col("folded") != "")
        twice = labels.filter(pl.col("folded").is_duplicated()).group_by("folded", maintain_order=True)
        for names, rows in twice.agg("label", "at").select("label", "at").iter_rows():
            place = written.firm_place(rows[0], column)
            for name, row in zip(names[1:], rows[1:], strict=True):
                message = f"`{column}`: `{name}` is spelled nearly like `{names[0]}` ({place.file}:{place.line})"
                hint = f"write `{names[0]}` in both places if they are the same"
                faults.add("two-spellings", message, written.firm_place(row, column), hint)


def _add(written: Written, faults: Faults, code: str, first: str, other: str) -> None:
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
    text = texts.str.to_lowercase()
    # Most names have neither umlauts nor signs between digits, and each step costs as much as reading the file.
    text = _where(text, text.str.len_bytes() != text.str.len_chars(), _written_out)
    for _ in range(2):
        # What was matched is not looked at again: of 1-2-3 the second sign is met the second time.
        text = _where(text, text.str.contains(_BETWEEN_DIGITS), _kept_between_digits)
    return _where(text, ~text.str.contains(_PLAIN), _without_signs)


def _where(texts: pl.Series, mask: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    at = mask.arg_true()
    return (
        texts
        if not len(at)
        else change(texts)
        if len(at) == len(texts)
        else texts.scatter(at, change(texts.gather(at)))
    )


def _written_out(texts: pl.Series) -> pl.Series:
    return texts.str.normalize("NFC").str.replace_many(list(_UMLAUTS), list(_UMLAUTS.values()))


def _kept_between_digits(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(_BETWEEN_DIGITS, "$1\u0001$2")


def _without_signs(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(r"[^\p{L}\p{N}\x{1}]+", "")
