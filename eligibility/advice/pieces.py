"""The values of a fact in pieces, as a partition divides them, in the order in which they are told."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from eligibility.engine.partition import CUTS, KIND_OF, PREFIXES, Keys
from eligibility.engine.profile import Subject, Value, answer_bounds, beside
from eligibility.values.interval import Interval, Number


class Piece(NamedTuple):
    """Values that are told together, the part of the partition in which they lie, and which ends are not bounded.

    Values are as in a profile: truths, choices, one interval; or codes, each of which stands for all under it that no
    other piece names. A piece without values is that of all codes under no code named.
    """

    values: tuple[Value, ...]
    part: int
    low_open: bool = False
    high_open: bool = False


def pieces_of(subject: Subject, keys: Keys, known: Value | None) -> list[Piece]:
    """Return the pieces of a partition; `known` is a range or coarse code within which the fact is known to lie."""
    if KIND_OF[subject.type] == CUTS:
        return list(_intervals(subject, keys, known if isinstance(known, Interval) else Interval()))
    if KIND_OF[subject.type] == PREFIXES:
        named = [Piece((key,), part) for part, key in enumerate(keys, 1)]
        return [*named, Piece((known,) if isinstance(known, str) else (), 0)]
    own = {key: part for part, key in enumerate(keys, 1)}
    values: Sequence[Value] = subject.choices if subject.type == "choice" else (True, False)
    return [Piece((value,), own.get(value, 0)) for value in values]


def joined(subject: Subject, pieces: Sequence[Piece]) -> list[Piece]:
    """Put together what lies in the same part: neighbouring intervals, choices and codes; truths stay apart."""
    if KIND_OF[subject.type] == CUTS:
        return [_spanned(list(run)) for _, run in groupby(pieces, key=lambda piece: piece.part)]
    if subject.type == "truth":
        return list(pieces)
    together: dict[tuple[int, bool], list[Value]] = {}
    for piece in pieces:
        # The rest of the codes is no list of values, so nothing can be added to it.
        together.setdefault((piece.part, not piece.values), []).extend(piece.values)
    return [Piece(tuple(values), part) for (part, _), values in together.items()]


def _intervals(subject: Subject, keys: Keys, known: Interval) -> Iterator[Piece]:
    least = answer_bounds(subject)[0]
    inside = known.clamped(least, None)
    low: Number | None = inside.low
    for part, key in enumerate((*keys, None)):
        under, over = (inside.high, None) if key is None else beside(subject, key[0], above=bool(key[1]))
        # Between two thresholds there may be no answer at all.
        if low is None or under is None or low <= under:
            opens = part == 0 and inside.low == least
            yield Piece((Interval(low, under),), part, opens, key is None and under is None)
        low = over


def _spanned(run: Sequence[Piece]) -> Piece:
    first, last = run[0], run[-1]
    start, end = first.values[0], last.values[0]
    assert isinstance(start, Interval)
    assert isinstance(end, Interval)
    return Piece((Interval(start.low, end.high),), first.part, first.low_open, last.high_open)
