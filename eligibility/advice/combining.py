"""What the cumulation lines of two programmes say of having both."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eligibility.language.cumulation import ANY, Cumulation
from eligibility.language.programme import Programme

# From the widest to the narrowest: what is forbidden is forbidden for all that is narrower, what is allowed is allowed
# for all that is wider. That a project may have both says nothing of the same costs.
EXTENTS = ("company", "same_project", "same_costs")
_COMPANY_AND_PROJECT = EXTENTS[:2]
_COSTS = EXTENTS[2]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one programme says of another for one extent: the lines that decide, all of them of the same mind."""

    allowed: bool
    lines: tuple[Cumulation, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two programmes together.

    `excluded` and `apart` hold the lines that forbid both at all, or for the same costs; `together`: a line allows the
    same costs. `ceiling` is the highest share of a cost that both fund, `wide_ceiling` that of each cost of either,
    with the `capping` lines. `silent`: no line of either speaks of the other.
    """

    excluded: tuple[Cumulation, ...]
    apart: tuple[Cumulation, ...]
    together: bool
    ceiling: Fraction | None
    wide_ceiling: Fraction | None
    capping: tuple[Cumulation, ...]
    silent: bool

    @property
    def shares_costs(self) -> bool:
        """Whether both may fund the same costs: one allows it, none forbids it."""
        return self.together and not self.apart and not self.excluded


def pair(left: Programme, right: Programme) -> Pair:
    """Return what the lines of both say; within one programme ids count before kinds, and kinds before `any`."""
    rulings = {extent: [*_ruling(left, right, extent), *_ruling(right, left, extent)] for extent in EXTENTS}
    wide = [ruling for extent in _COMPANY_AND_PROJECT for ruling in rulings[extent]]
    narrow = rulings[_COSTS]
    on_costs = [line for line in _allowing(narrow) if line.on == _COSTS]
    on_all = [line for line in _allowing(wide) if line.on != _COSTS]
    return Pair(
        _forbidding(wide),
        _forbidding(narrow),
        any(ruling.allowed for ruling in narrow),
        _lowest(on_costs),
        _lowest(on_all),
        tuple(dict.fromkeys(line for line in (*on_costs, *on_all) if line.at_most is not None)),
        not wide and not narrow,
    )


def _ruling(of: Programme, other: Programme, extent: str) -> list[Ruling]:
    for names in ((other.id,), (other.shape.kind,), (ANY,)):
        lines = [line for line in of.cumulation if set(names) & set(line.other) and _speaks_of(line, extent)]
        if lines:
            forbidding = tuple(line for line in lines if not line.allowed)
            return [Ruling(not forbidding, forbidding or tuple(lines))]
    return []


def _speaks_of(line: Cumulation, extent: str) -> bool:
    own, asked = EXTENTS.index(line.on), EXTENTS.index(extent)
    return asked <= own if line.allowed else asked >= own


def _forbidding(rulings: Iterable[Ruling]) -> tuple[Cumulation, ...]:
    return tuple(dict.fromkeys(line for ruling in rulings if not ruling.allowed for line in ruling.lines))


def _allowing(rulings: Iterable[Ruling]) -> list[Cumulation]:
    return [line for ruling in rulings if ruling.allowed for line in ruling.lines]


def _lowest(lines: Iterable[Cumulation]) -> Fraction | None:
    return min((line.at_most for line in lines if line.at_most is not None), default=None)
