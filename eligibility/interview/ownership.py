"""A drafted group as an ownership structure: as rows to be added up, and as the file in which it is kept."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eligibility.interview.draft import (
    ENTERPRISE,
    FIGURES,
    FIRM,
    INVESTOR,
    INVESTORS,
    KINDS,
    NOBODY,
    OTHERS,
    OURS,
    PERSON,
    Ask,
    Draft,
    Relation,
    share_of,
)
from eligibility.values.misread import Misread

if TYPE_CHECKING:
    from eligibility.group.structure import Structure

UNKNOWN = "unknown"
_FIRM_ID = "firm"
_MARKET, _PARTY = "market {n}", "party {n}"
_SHARES = ("capital", "votes")
_OF_HOLDER = ("control", "involved", "invested")
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Rows of a structure with values as in a file; `complete`: everybody of the group has been named."""

    subject: str
    enterprises: Mapping[str, Row]
    holdings: Sequence[Row]
    complete: bool = True


def rows_of(draft: Draft, *, complete: bool = True) -> Ownership:
    """Return the rows of a draft; what was left open is `unknown`, what was not asked for is left out."""
    wanted = set(draft.wanted())
    told = {ask: value for ask, value in draft.known.items() if ask in wanted}
    ids = {number: str(told.get(Ask("name", number)) or "") for number in draft.numbers}
    # Of one without a name nothing is told yet.
    ids = {number: name for number, name in {**ids, FIRM: ids[FIRM] or _FIRM_ID}.items() if name}
    places = {number: place for place, number in enumerate(ids, 1)}
    enterprises = {ids[number]: dict(_enterprise(draft, number, told, places)) for number in ids}
    holdings = [row for tie in draft.ties if (row := _holding(draft, tie, told, ids)) is not None]
    return Ownership(ids[FIRM], enterprises, holdings, complete)


def _enterprise(
    draft: Draft, number: int, told: Mapping[Ask, object], places: Mapping[int, int]
) -> Iterator[tuple[str, object]]:
    if number != FIRM and (kind := _kind(draft, number, told)) is not None:
        yield "kind", kind
    if (market := _market(draft, number, told)) is not None:
        yield "markets", _MARKET.format(n=places[market])
    if Ask("acts_with", number) in told or draft.kind(number) == PERSON:
        yield "acts_with", _PARTY.format(n=places[_party(draft, number, told)])
    for part in (*FIGURES, "budget", "inhabitants"):
        ask = Ask(part, number)
        if ask in told:
            yield part, _or_unknown(told[ask])


def _kind(draft: Draft, number: int, told: Mapping[Ask, object]) -> str | None:
    for part in ("kind", "investor"):
        ask = Ask(part, number)
        if ask in told and told[ask] is None:
            # Nobody knows which: none of the exceptions for investors is sure.
            return ENTERPRISE
    return draft.kind(number)


def _or_unknown(value: object) -> object:
    return UNKNOWN if value is None else value


def _market(draft: Draft, number: int, told: Mapping[Ask, object]) -> int | None:
    """Return the first enterprise on the market of this one; `None` where that is not known."""
    if number == FIRM:
        # Its own market only means something where that of another enterprise is known.
        others = [ask.of for ask in told if ask.part == "market"]
        return FIRM if any(_market(draft, other, told) is not None for other in others) else None
    market = told.get(Ask("market", number))
    if market is None:
        return None
    if market in (OURS, OTHERS):
        return FIRM if market == OURS else number
    return _market(draft, int(str(market)), told)


def _party(draft: Draft, number: int, told: Mapping[Ask, object]) -> int:
    """Return the first of the persons who act jointly with this one."""
    other = told.get(Ask("acts_with", number))
    if other in (None, NOBODY) or int(str(other)) not in draft.numbers:
        return number
    return _party(draft, int(str(other)), told)


def _holding(draft: Draft, tie: tuple[int, int], told: Mapping[Ask, object], ids: Mapping[int, str]) -> Row | None:
    ends = draft.holds(*tie)
    if ends is None or not ids.keys() >= set(ends):
        return None
    row: Row = {"holder": ids[ends[0]], "held": ids[ends[1]]}
    for part in (*_SHARES, *_OF_HOLDER):
        ask = Ask(part, *tie)
        if ask in told:
            row[part] = _or_unknown(told[ask])
    return row


def structure_of(ownership: Ownership) -> "Structure":
    """Return the structure of rows."""
    # Only a group that is worked out needs what adds it up; most companies stand alone.
    from eligibility.group.structure import Control, Kind, from_rows
    from eligibility.values.truth import Truth

    everything = Control.APPOINTS | Control.DOMINANT | Control.AGREEMENT

    def enterprise(name: str, row: Row) -> dict[str, Any]:
        typed: dict[str, Any] = {"id": name, **row}
        if "kind" in row:
            typed["kind"] = Kind[str(row["kind"]).upper()]
        if "markets" in row:
            typed["markets"] = {row["markets"]}
        for part in (*FIGURES, "budget", "inhabitants"):
            if typed.pop(part, UNKNOWN) != UNKNOWN:
                typed[part] = share_of(row[part])
        return typed

    def holding(row: Row) -> dict[str, Any]:
        control = row.get("control", NOBODY)
        certain = Control.NONE if control in (NOBODY, UNKNOWN) else Control[str(control).upper()]
        typed = {**row, "control": certain, "possible_control": everything if control == UNKNOWN else certain}
        shares = {part: _interval(row.get(part, UNKNOWN)) for part in _SHARES}
        typed |= {part: None if known.is_unknown else known for part, known in shares.items()}
        if "involved" in row:
            typed["involved"] = {True: Truth.YES, False: Truth.NO}.get(row["involved"], Truth.UNKNOWN)  # type: ignore[call-overload]
        if "invested" in row:
            typed["invested"] = _interval(row["invested"])
        return typed

    enterprises = [enterprise(name, row) for name, row in ownership.enterprises.items()]
    return from_rows(enterprises, [holding(row) for row in ownership.holdings], subject=ownership.subject)


def _interval(value: object) -> Any:
    return share_of(None if value == UNKNOWN else value)


def written(ownership: Ownership) -> bytes:
    """Return the file of an ownership structure (YAML, see docs/ownership.md)."""
    lines = [] if ownership.complete else ["complete: no"]
    lines += [f"subject: {_scalar(ownership.subject)}", "enterprises:"]
    for name, row in ownership.enterprises.items():
        lines.append(f"  {_scalar(name)}:" + ("" if row else " {}"))
        lines += [f"    {key}: {_scalar(value)}" for key, value in row.items()]
    lines.append("holdings:" if ownership.holdings else "holdings: []")
    for row in ownership.holdings:
        parts = ", ".join(f"{key}: {_scalar(value)}" for key, value in row.items())
        lines.append(f"  - {{{parts}}}")
    return "".join(f"{line}\n" for line in lines).encode()


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def is_complete(plain: object) -> bool:
    """Tell whether all of a group has been named in a file, from its plain tree."""
    return not isinstance(plain, Mapping) or str(plain.get("complete", "yes")) not in ("no", "false")


def drafted(plain: object) -> Draft | None:
    """Return the draft that was written to a file, from its plain tree of texts; `None` where it tells more than one.

    A structure with dates or consolidated accounts, say, is used as it is, and changed in its file.
    """
    try:
        return _Reader(plain).draft()
    except (KeyError, TypeError, ValueError, AttributeError, Misread):
        return None


class _Reader:
    """Turns the maps of a file into what was told; raises any of the errors above where it is not one of ours."""

    def __init__(self, plain: Any) -> None:
        if set(plain) - {"complete", "subject", "enterprises", "holdings"}:
            raise ValueError("not a file of the wizard")
        self.enterprises: Mapping[str, Mapping[str, Any]] = plain["enterprises"]
        self.holdings: Sequence[Mapping[str, Any]] = plain.get("holdings") or []
        self.numbers = {name: number for number, name in enumerate(self.enterprises)}
        if self.numbers[plain["subject"]] != FIRM:
            raise ValueError("the company does not come first")
        self.known: dict[Ask, object] = {}
        self.markets: dict[str, int] = {}
        self.parties: dict[str, int] = {}

    def draft(self) -> Draft:
        """Return the draft."""
        for name, row in self.enterprises.items():
            self._enterprise(name, self.numbers[name], dict(row or {}))
        ties: list[tuple[int, int]] = []
        for row in self.holdings:
            ties.append(self._holding(dict(row), ties))
        numbers = tuple(sorted(self.numbers.values()))
        bare = [(number, 0) for number in numbers[1:] if all(of != number for of, _ in ties)]
        return Draft(self.known, numbers, (*ties, *bare))

    def _enterprise(self, name: str, number: int, row: dict[str, Any]) -> None:
        kind = row.pop("kind", None)
        market, party = row.pop("markets", None), row.pop("acts_with", None)
        if number != FIRM or name != _FIRM_ID:
            self.known[Ask("name", number)] = name
        if kind is not None:
            if kind not in (*KINDS, *INVESTORS) or number == FIRM:
                raise ValueError(kind)
            self.known[Ask("kind", number)] = INVESTOR if kind in INVESTORS else kind
        if kind in INVESTORS:
            self.known[Ask("investor", number)] = kind
        if market is not None:
            # Whoever comes first gives a market its number.
            at = self.markets.setdefault(str(market), number)
            if number != FIRM:
                self.known[Ask("market", number)] = OURS if at == FIRM else OTHERS if at == number else str(at)
        if party is not None:
            at = self.parties.setdefault(str(party), number)
            self.known[Ask("acts_with", number)] = NOBODY if at == number else str(at)
        for part in list(row):
            if part not in (*FIGURES, "budget", "inhabitants"):
                raise ValueError(part)
            self.known[Ask(part, number)] = _read(row[part])

    def _holding(self, row: dict[str, Any], ties: Sequence[tuple[int, int]]) -> tuple[int, int]:
        holder, held = self.numbers[row.pop("holder")], self.numbers[row.pop("held")]
        ends = sorted({holder, held} - {FIRM}, reverse=True)
        # Everybody is named with a holding: of two, it belongs to the one that has none yet.
        of = next((number for number in ends if all(other != number for other, _ in ties)), ends[0])
        tie = of, sum(other == of for other, _ in ties)
        other = held if of == holder else holder
        if other == FIRM:
            relation = Relation.HOLDS_US if of == holder else Relation.HELD_BY_US
        else:
            relation = Relation.HOLDS_OTHER if of == holder else Relation.HELD_BY_OTHER
            self.known[Ask("with", *tie)] = str(other)
        self.known[Ask("relation", *tie)] = str(relation)
        for part, value in row.items():
            if part not in (*_SHARES, *_OF_HOLDER):
                raise ValueError(part)
            self.known[Ask(part, *tie)] = _read(value) if part not in ("control", "involved") else _word(value)
        return tie


def _read(value: str | None) -> object:
    known = None if value in (None, UNKNOWN) else value
    if known is not None:
        share_of(known)
    return int(known) if known is not None and known.isdecimal() else known


def _word(value: str | None) -> object:
    return {UNKNOWN: None, "true": True, "false": False, "yes": True, "no": False}.get(str(value), value)
