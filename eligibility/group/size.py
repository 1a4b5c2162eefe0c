"""The size of a firm with its group under Recommendation 2003/361/EC, Annex Art. 3 and 6, and the sheet of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from eligibility.group.accounts import counted, included_elsewhere
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
    least, most = Read(structure, Reading.LEAST), Read(structure, Reading.MOST)
    keys = figures_given(structure)
    found = related(least, most, subject)
    added = {key: _added(least, most, subject, key, found) for key in keys}
    entries = tuple(_entry(one, {key: _known(key, parts[one.node]) for key, parts in added.items()}) for one in found)
    totals = {key: _known(key, sum_of(parts.values())) for key, parts in added.items()}
    public = public_shares(structure, least.groups, most.groups).interval(subject, SHARE_SCALE)
    held = Fraction(int(held_by_public_bodies(structure, most.groups, Reading.MOST)[subject]), SHARE_SCALE)
    notes = (Note.PUBLIC_THROUGH_GROUP,) if public.high is not None and public.high > held else ()
    return SizeSheet(structure, subject, entries, totals, public, notes)


def figures_given(structure: Structure) -> list[FigureKey]:
    """Return the figures that are given of any enterprise, by period."""
    given = {*structure.nodes.figures, *structure.nodes.consolidated}
    return [(measure, period) for period in Period for measure in EU_MEASURES if (measure, period) in given]


def _entry(one: Related, adds: Mapping[FigureKey, Interval]) -> Entry:
    return Entry(one.node, one.relation, one.certain, _percent(one.shares), adds, one.steps, one.notes, one.through)


def _percent(ends: Sequence[int]) -> Interval:
    return Interval(*(Fraction(end, SHARE_SCALE) for end in ends))


def _added(least: Read, most: Read, subject: int, key: FigureKey, found: Iterable[Related]) -> dict[int, Ends]:
    """Return what each related enterprise adds, in the units of the figure."""
    lows, highs = Parts(least, most, key), Parts(most, least, key)
    return {one.node: (lows.of(one.node, subject)[0], highs.of(one.node, subject)[1]) for one in found}


class Parts:
    """What enterprises add to the figures of others in one reading.

    What accounts include is taken from the `other` reading: where fewer relations are certain more remains to be
    counted, where more are possible less. So a range holds what comes out however the doubts are settled.
    """

    def __init__(self, read: Read, other: Read, key: FigureKey) -> None:
        self.read, self.other = read, other
        self.figures = counted(read.structure, read.groups, key, other.groups)
        self.elsewhere = included_elsewhere(read.structure, other.groups, key)
        # Who may be linked to the accounts is not elsewhere then; if it is not linked, they include it as a partner.
        self.surely = included_elsewhere(read.structure, read.groups, key) if read.reading is Reading.LEAST else {}

    def of(self, node: int, subject: int) -> Ends:
        """Return the ends of what a node adds to the figures of a firm."""
        share = Fraction(self.read.shares(subject).get(int(self.read.groups.of[node]), 0), WHOLE)
        included = max(
            self.elsewhere.get(node, {}).get(int(self.other.groups.of[subject]), Fraction(0)),
            self.surely.get(node, {}).get(int(self.read.groups.of[subject]), Fraction(0)),
        )
        share = max(Fraction(0), share - included)
        low, high = self.figures.ends(node)
        return low * share, Fraction(0) if share == 0 else None if high is None else high * share


def sum_of(ends: Iterable[Ends]) -> Ends:
    """Add up what several enterprises add."""
    total: Ends = (Fraction(0), Fraction(0))
    for low, high in ends:
        total = (total[0] + low, None if total[1] is None or high is None else total[1] + high)
    return total


def _known(key: FigureKey, ends: Ends) -> Interval:
    """Return in whole units what is known; nothing known is the unknown interval."""
    low, high = ends[0] / key[0].scale, None if ends[1] is None else ends[1] / key[0].scale
    return Interval() if low == 0 and high is None else Interval(low, high)
