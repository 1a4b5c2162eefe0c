"""The size of a firm with its group under Recommendation 2003/361/EC, Annex Art. 3 and 6, and the sheet of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from eligibility.group.accounts import Counted, counted, included_elsewhere
from eligibility.group.certainty import Reading
from eligibility.group.links import Groups, linked_groups
from eligibility.group.partners import Partners, partners
from eligibility.group.public import held_by_public_bodies, public_shares
from eligibility.group.related import Related, related
from eligibility.group.sheet import Entry, Note, SizeSheet
from eligibility.group.structure import EU_MEASURES, SHARE_SCALE, WHOLE, FigureKey, Period, Structure
from eligibility.values.interval import Interval

Ends = tuple[Fraction, Fraction | None]


@dataclass(frozen=True)
class Read:
    """A structure in one reading: its groups and their partners."""

    structure: Structure
    reading: Reading

    @cached_property
    def groups(self) -> Groups:
        """Return the linked groups."""
        return linked_groups(self.structure, self.reading)

    @cached_property
    def partners(self) -> Partners:
        """Return the partner groups."""
        return partners(self.structure, self.groups)

    def shares(self, subject: int) -> dict[int, int]:
        """Return the groups whose figures count for a firm: its own in full, its partners' by their share."""
        own = int(self.groups.of[subject])
        return {own: WHOLE, **{group: share for group, (share, _) in self.partners.of(own).items()}}


def size_sheet(structure: Structure, subject: int) -> SizeSheet:
    """Work out the size of one firm with its group; every figure that any enterprise has is added up."""
    least, most = reads = tuple(Read(structure, reading) for reading in (Reading.LEAST, Reading.MOST))
    keys = figures_given(structure)
    found = related(least, most, subject)
    added = {key: [_added(read, subject, key, found) for read in reads] for key in keys}
    entries = tuple(
        _entry(one, {key: _hull(key, (a[one.node] for a in ends)) for key, ends in added.items()}) for one in found
    )
    totals = {key: _hull(key, (_sum(a.values()) for a in ends)) for key, ends in added.items()}
    public = [int(public_shares(structure, read.groups, read.reading)[subject]) for read in reads]
    held = int(held_by_public_bodies(structure, most.groups, Reading.MOST)[subject])
    notes = (Note.PUBLIC_THROUGH_GROUP,) if public[1] > held else ()
    return SizeSheet(structure, subject, entries, totals, _percent(public), notes)


def figures_given(structure: Structure) -> list[FigureKey]:
    """Return the figures that are given of any enterprise, by period."""
    given = {*structure.nodes.figures, *structure.nodes.consolidated}
    return [(measure, period) for period in Period for measure in EU_MEASURES if (measure, period) in given]


def _entry(one: Related, adds: Mapping[FigureKey, Interval]) -> Entry:
    return Entry(one.node, one.relation, one.certain, _percent(one.shares), adds, one.steps, one.notes, one.through)


def _percent(ends: Sequence[int]) -> Interval:
    return Interval(*(Fraction(end, SHARE_SCALE) for end in ends))


def _added(read: Read, subject: int, key: FigureKey, found: Iterable[Related]) -> dict[int, Ends]:
    """Return what each related enterprise adds in one reading, in the units of the figure."""
    own, shares = int(read.groups.of[subject]), read.shares(subject)
    figures = counted(read.structure, read.groups, key)
    elsewhere = included_elsewhere(read.structure, read.groups, key)
    return {one.node: _of_node(one.node, read, figures, shares, elsewhere, own) for one in found}


def _of_node(
    node: int,
    read: Read,
    figures: Counted,
    shares: Mapping[int, int],
    elsewhere: Mapping[int, tuple[int, Fraction]],
    own: int,
) -> Ends:
    share = Fraction(shares.get(int(read.groups.of[node]), 0), WHOLE)
    group, included = elsewhere.get(node, (-1, Fraction(0)))
    if group == own:
        share = max(Fraction(0), share - included)
    low, high = figures.ends(node)
    return low * share, Fraction(0) if share == 0 else None if high is None else high * share


def _sum(ends: Iterable[Ends]) -> Ends:
    total: Ends = (Fraction(0), Fraction(0))
    for low, high in ends:
        total = (total[0] + low, None if total[1] is None or high is None else total[1] + high)
    return total


def _hull(key: FigureKey, ends: Iterable[Ends]) -> Interval:
    """Return in whole units what holds in both readings and all between them; nothing known is the unknown interval."""
    lows, highs = zip(*ends, strict=True)
    low = min(lows) / key[0].scale
    high = None if None in highs else max(highs) / key[0].scale
    return Interval() if low == 0 and high is None else Interval(low, high)
