"""Random groups: the program says what the reading of the text says, exactly; and where something is not known,
nothing that might be the case lies outside what it says."""

from fractions import Fraction
from random import Random

from hypothesis import event, given

from eligibility.group.sheet import SizeSheet
from eligibility.group.size import size_sheet
from eligibility.group.structure import FigureKey
from eligibility.values.interval import Interval
from tests.group.completions import worlds
from tests.group.literal import KEYS, Ends, Group, art_3_4, art_6_2_and_3, relations
from tests.group.random_groups import ADJACENT, Tangle, tangles


def ends(interval: Interval) -> Ends:
    return Fraction(interval.low or 0), None if interval.high is None else Fraction(interval.high)


def counting(sheet: SizeSheet) -> dict[str, tuple[str, Ends]]:
    """Who counts, as what, and by how much."""
    counts = [entry for entry in sheet.entries if entry.percentage.high != 0]
    return {sheet.structure.nodes.ids[entry.node]: (str(entry.relation), ends(entry.percentage)) for entry in counts}


def adding(sheet: SizeSheet, key: FigureKey) -> Ends:
    """What all enterprises add together."""
    parts = [ends(entry.adds.get(key, Interval())) for entry in sheet.entries]
    highs = [high for _, high in parts if high is not None]
    return sum((low for low, _ in parts), Fraction()), sum(highs, Fraction()) if len(highs) == len(parts) else None


def within(inner: Ends, outer: Ends) -> bool:
    """Whether all of one interval lies in the other."""
    below = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return inner[0] >= outer[0] and below


@given(tangles())
def test_it_says_what_the_text_says(tangle: Tangle) -> None:
    structure = tangle.structure()
    sheet = size_sheet(structure, structure.node(tangle.subject))
    group = Group(tangle.enterprises, tangle.holdings, ADJACENT)
    for key in KEYS:
        assert ends(sheet.totals.get(key, Interval())) == art_6_2_and_3(group, tangle.subject, key), key
    assert counting(sheet) == {
        name: (relation, (percent, percent)) for name, (relation, percent) in relations(group, tangle.subject).items()
    }
    for key, total in sheet.totals.items():
        assert adding(sheet, key) == ends(total), key
    event("others count" if sum(entry.percentage.high != 0 for entry in sheet.entries) > 1 else "alone")


@given(tangles())
def test_it_finds_the_public_share_that_the_text_means(tangle: Tangle) -> None:
    structure = tangle.structure()
    sheet = size_sheet(structure, structure.node(tangle.subject))
    group = Group(tangle.enterprises, tangle.holdings, ADJACENT)
    assert ends(sheet.public) == art_3_4(group, tangle.subject)


@given(tangles(known=False, most=5))
def test_what_might_be_lies_within_what_it_says(tangle: Tangle) -> None:
    structure = tangle.structure()
    sheet = size_sheet(structure, structure.node(tangle.subject))
    for rows, holdings in worlds(tangle.enterprises, tangle.holdings, most=20, random=Random(0)):
        group = Group(rows, holdings, ADJACENT)
        for key in sheet.totals:
            assert within(art_6_2_and_3(group, tangle.subject, key), ends(sheet.totals[key])), key
        assert within(art_3_4(group, tangle.subject), ends(sheet.public))
