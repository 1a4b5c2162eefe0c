"""Small random rulebooks as the plain data of rule files, read and linked as any others.

Facts are always the same; tables, definitions, dates and programmes are drawn. `closed` rules leave nothing open for a
complete profile: no `unknown`, no `asked`, a line for every case, a table row for every code.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker, load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import read_rules
from tests.engine.random_conditions import FACTS, Subject, amount, condition, dated, pick, seldom, value

DAYS = tuple(
    map(date.fromisoformat, ("2019-12-31", "2020-02-29", "2020-07-01", "2021-12-31", "2022-01-01", "2024-10-01"))
)
PERIODS = ("2020-01-01..2021-12-31", "..2020-06-30", "2020-07-01..", "2022-01-01..2024-12-31")
WINDOWS: tuple[object, ...] = ("continuous", *PERIODS, ["2019-01-01..2020-02-29", "2021-01-01..2021-12-31"])
# Every period of a key begins where the one before has ended.
ENDS = (
    [("", "")],
    [("", "2020-12-31"), ("2021-01-01", "")],
    [("", "2019-12-30"), ("2019-12-31", "2020-06-30"), ("2020-07-01", "")],
)
KEYS = ("01", "14", "147", "14713", "09", "09162")
SOURCES = {"s": {"title": "Source", "url": "https://example.org/s", "checked": "2026-01-01"}}
NUMERIC_UNITS = ("number", "percent", "EUR", "KRW")
HARMLESS_CASE = {"name": "none", "expect": {}}


class Source(NamedTuple):
    """Rule files by name, and the day at which they are to be fixed."""

    files: Mapping[str, object]
    as_of: date

    def rulebook(self) -> Rulebook:
        """Write the files and load them as any rule directory."""
        with tempfile.TemporaryDirectory() as directory:
            for name, content in self.files.items():
                path = Path(directory, name)
                path.parent.mkdir(exist_ok=True)
                # JSON is YAML too.
                path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            return load([Path(directory)], self.as_of)


@cache
def _bundled() -> Linker:
    return Linker(read_rules([bundled_rules()]))


@st.composite
def bundled(draw: st.DrawFn, most: int) -> Rulebook:
    """The bundled rules on any day, with one to so many programmes."""
    names = sorted(_bundled().rules.programmes)
    only = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
    return _bundled().fix(draw(st.dates(date(2016, 1, 1), date(2027, 12, 31))), only)


@st.composite
def sources(draw: st.DrawFn, *, closed: bool = False, worked_out: bool = False) -> Source:
    """Rule files with one table, up to four definitions and one or two programmes.

    `worked_out`: with facts that a definition works out, read by definitions and programmes.
    """
    known = list(FACTS)
    facts = list(FACTS)
    definitions: dict[str, Any] = {}
    for index in range(draw(st.integers(1 if worked_out else 0, 4))):
        subject, written = definition(draw, f"d{index}", known, closed)
        definitions[subject.id] = written
        known.append(subject)
        if worked_out and subject.type in ("truth", "choice"):
            fact = replace(subject, id=f"w{index}", extra={**subject.extra, "worked_out_by": subject.id})
            # The fact is to be read more often than what works it out.
            known = [other for other in known if other is not subject or draw(st.booleans())]
            known.extend([fact, fact])
            facts.append(fact)
    files: dict[str, object] = {
        "facts/all.yaml": fact_file(facts),
        "tables/areas.yaml": {"title": "Areas", "columns": {"weak": "truth", "limit": "money EUR"}},
        "tables/areas.csv": table(draw, closed),
    }
    if definitions:
        files["definitions/all.yaml"] = {"sources": SOURCES, "definitions": definitions}
    for name in ("de.a", "de.b")[: draw(st.integers(1, 2))]:
        files[f"programmes/{name}.yaml"] = programme(draw, name, known, closed)
    return Source(files, pick(draw, DAYS))


def fact_file(facts: Sequence[Subject]) -> dict[str, object]:
    """A file with these facts."""
    written = {
        fact.id: {"type": fact.type, "label": fact.id, "question": f"{fact.id}?", **fact.extra} for fact in facts
    }
    return {"topic": "all", "title": "All", "facts": written}


def table(draw: st.DrawFn, closed: bool) -> str:
    """A table whose rows hold at all times or in periods of their own that overlap; some cells may be empty."""
    lines = ["code,weak,limit,valid_from,valid_to"]
    keys = [key for key in KEYS if closed or draw(st.booleans())]
    # A closed table has a row above every code.
    keys = ["0", "1", "9", "K", *keys] if closed else keys
    cells = (["yes", "no"], ["0 EUR", "2500.50 EUR", "40000 EUR"])
    for key in keys:
        for first, last in pick(draw, ENDS):
            weak, limit = (pick(draw, options if closed else ["", *options]) for options in cells)
            lines.append(f"{key},{weak},{limit},{first},{last}")
    return "\n".join(lines) + "\n"


def definition(draw: st.DrawFn, name: str, known: Sequence[Subject], closed: bool) -> tuple[Subject, dict[str, Any]]:
    """A definition of a drawn type and body, as the subject that it makes and as written."""
    kind = pick(draw, ("truth", "number", "money", "money", "percent", "choice"))
    currency = pick(draw, ("EUR", "KRW")) if kind == "money" else None
    extra: dict[str, object] = {}
    if currency:
        extra["currency"] = currency
    if kind == "choice":
        extra["choices"] = {"a": "A", "b": "B", "c": "C"}
    subject = Subject(name, kind, currency, extra, False)
    bodies = {"truth": ("when", "decide", "lookup"), "choice": ("decide",)}.get(kind, ("amount", "decide", "bands"))
    if currency == "EUR":
        bodies = (*bodies, "lookup")
    body = pick(draw, bodies)
    written, positive = _BODIES[body](draw, subject, known, closed)
    whole = {"type": kind, "label": name, "question": f"{name}?", **extra, body: written}
    return subject.known_positive(positive), whole


def _when(draw: st.DrawFn, _subject: Subject, known: Sequence[Subject], _closed: bool) -> tuple[object, bool]:
    return dated(draw, lambda: condition(draw, known)), False


def _amount(draw: st.DrawFn, subject: Subject, known: Sequence[Subject], _closed: bool) -> tuple[object, bool]:
    return amount(draw, subject.unit, known, positive=draw(st.booleans()))


def _decide(draw: st.DrawFn, subject: Subject, known: Sequence[Subject], closed: bool) -> tuple[object, bool]:
    lines: list[dict[str, object]] = []
    positive = True
    for _ in range(draw(st.integers(0 if closed else 1, 2))):
        line_value, line_positive = _line_value(draw, subject, known, closed)
        lines.append({"value": line_value, "when": dated(draw, lambda: condition(draw, known)), "cite": "s 1"})
        positive = positive and line_positive
    if closed or draw(st.booleans()):
        line_value, line_positive = _line_value(draw, subject, known, closed)
        return [*lines, {"value": line_value}], positive and line_positive
    return lines, False


def _line_value(draw: st.DrawFn, subject: Subject, known: Sequence[Subject], closed: bool) -> tuple[object, bool]:
    if not closed and seldom(draw):
        return pick(draw, ("unknown", "asked")), False
    same = [other for other in known if (other.type, other.unit) == (subject.type, subject.unit)]
    if same and seldom(draw):
        other = pick(draw, same)
        return {"same_as": other.id}, other.positive
    if subject.type in ("truth", "choice"):
        return value(draw, subject), True
    return amount(draw, subject.unit, known, positive=draw(st.booleans()), depth=1)


def _bands(draw: st.DrawFn, subject: Subject, known: Sequence[Subject], closed: bool) -> tuple[object, bool]:
    by, written = bands(draw, subject.unit, known, closed)
    # Above bands that end too early there is no value, of which nothing is known then.
    return {"by": by.id, **written}, f"..{by.last}" in written


def bands(draw: st.DrawFn, unit: str, known: Sequence[Subject], closed: bool) -> tuple[Subject, dict[str, object]]:
    """One to three bands by a fact or definition; closed ones reach to the end of what can be given for a fact."""
    numeric = [subject for subject in known if subject.unit in NUMERIC_UNITS]
    by = pick(draw, [subject for subject in numeric if not closed or subject.last is not None])
    ends = sorted({draw(st.integers(0, len(by.pool) - 1)) for _ in range(draw(st.integers(0, 2)))})
    keys = [f"..{by.pool[index]}" for index in ends]
    if by.last is not None and (closed or not keys or draw(st.booleans())):
        keys.append(f"..{by.last}")
    keys = keys or [f"..{by.pool[0]}"]
    return by, {key: amount(draw, unit, known, positive=True, depth=draw(st.integers(0, 1)))[0] for key in keys}


def _lookup(draw: st.DrawFn, subject: Subject, _known: Sequence[Subject], closed: bool) -> tuple[object, bool]:
    written = {"table": "areas", "key": "place", "column": "weak" if subject.type == "truth" else "limit"}
    if draw(st.booleans()):
        written["on"] = "born"
    if not closed and draw(st.booleans()):
        written["else"] = "asked"
    return written, True


_BODIES = {"when": _when, "amount": _amount, "decide": _decide, "bands": _bands, "lookup": _lookup}


def programme(draw: st.DrawFn, name: str, known: Sequence[Subject], closed: bool) -> dict[str, object]:
    """A programme with up to three criteria, and mostly an award."""
    requires: dict[str, object] = {}
    for index in range(draw(st.integers(0, 3))):
        clause: dict[str, object] = {"when": dated(draw, lambda: condition(draw, known)), "cite": "s 1"}
        if seldom(draw):
            clause = {"manual": "The authority decides.", "cite": "s 2"}
        requires[f"c{index}"] = _maybe_in_force(draw, clause)
    written: dict[str, object] = {
        "id": name,
        **dict.fromkeys(("name", "summary", "authority"), name),
        "kind": "grant",
        "selection": "entitlement",
        "window": pick(draw, WINDOWS),
        "sources": SOURCES,
        "requires": requires,
        "cases": [HARMLESS_CASE],
    }
    if draw(st.integers(0, 4)):
        written["award"] = award(draw, known, closed)
    return written


def _maybe_in_force(draw: st.DrawFn, element: dict[str, object]) -> dict[str, object]:
    return {**element, "in_force": pick(draw, PERIODS)} if seldom(draw) else element


def award(draw: st.DrawFn, known: Sequence[Subject], closed: bool) -> dict[str, object]:
    """An award of each make: rate, bonuses, ceiling, parts, minimum, caps, budget."""
    currency = pick(draw, ("EUR", "KRW"))
    written: dict[str, object] = {"rate": rate(draw, known, closed)}
    if seldom(draw):
        names = ("b0", "b1")[: draw(st.integers(1, 2))]
        written["bonuses"] = {
            bonus: _maybe_in_force(draw, {"points": pick(draw, ("10", "2.5 %")), **_when_cited(draw, known)})
            for bonus in names
        }
    if seldom(draw):
        written["rate_at_most"] = {"rate": rate(draw, known, closed), "cite": "s 3"}
    if seldom(draw):
        return written
    pays = {f"p{index}": _part(draw, currency, known, closed) for index in range(draw(st.integers(1, 2)))}
    # Every part may be out of force; then there is no money that limits could speak of.
    basis = {"fixed": value(draw, Subject("", "money", currency)), "cite": "s 4"}
    written["pays"] = {**pays, "basis": basis}
    for name in ("at_least", "at_most"):
        if seldom(draw):
            written[name] = _limits(draw, currency, known)
    if seldom(draw):
        written["within"] = {"amount": amount(draw, currency, known, positive=True, depth=1)[0], "cite": "s 6"}
    return written


def _when_cited(draw: st.DrawFn, known: Sequence[Subject]) -> dict[str, object]:
    return {"when": dated(draw, lambda: condition(draw, known, depth=0)), "cite": "s 5"}


def rate(draw: st.DrawFn, known: Sequence[Subject], closed: bool) -> object:
    """A rate: a percentage, bands, a decision list or an amount; dated or not."""
    form = pick(draw, ("value", "amount", "bands", "dated bands", "decide"))
    if form == "bands":
        by, written = bands(draw, "percent", known, closed)
        return {"by": by.id, **written, "cite": "s 7"}
    if form == "dated bands":
        by, written = bands(draw, "percent", known, closed)
        cut = dict.fromkeys(written, "10 %")
        return {"by": by.id, "2020-01-01": written, "2021-07-01": cut, "cite": "s 7"}
    if form == "decide":
        lines = [
            {"value": amount(draw, "percent", known, positive=True, depth=0)[0], **_when_cited(draw, known)}
            for _ in range(draw(st.integers(0, 2)))
        ]
        last: Mapping[str, object] = {"value": pick(draw, ("5 %", "12.5 %"))}
        return {"decide": [*lines, last] if closed or not lines or draw(st.booleans()) else lines, "cite": "s 7"}
    depth = 0 if form == "value" else 1
    return dated(draw, lambda: amount(draw, "percent", known, positive=True, depth=depth)[0])


def _part(draw: st.DrawFn, currency: str, known: Sequence[Subject], closed: bool) -> dict[str, object]:
    way = pick(draw, ("share_of", "share_of", "fixed", "up_to"))
    depth = draw(st.integers(0, 1))
    part: dict[str, object] = {way: amount(draw, currency, known, positive=True, depth=depth)[0], "cite": "s 8"}
    if way == "share_of" and seldom(draw):
        part["rate"] = rate(draw, known, closed)
    if draw(st.booleans()):
        part["when"] = dated(draw, lambda: condition(draw, known, depth=0))
    return _maybe_in_force(draw, part)


def _limits(draw: st.DrawFn, currency: str, known: Sequence[Subject]) -> list[dict[str, object]]:
    def line() -> dict[str, object]:
        depth = draw(st.integers(0, 1))
        return {"amount": amount(draw, currency, known, positive=True, depth=depth)[0], "cite": "s 9"}

    lines = [{**line(), **_when_cited(draw, known)} for _ in range(draw(st.integers(0, 1)))]
    return [*lines, line()] if not lines or draw(st.booleans()) else lines
