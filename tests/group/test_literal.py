"""The worked cases against the reading of the text: where they differ, one of the two was read wrongly."""

from random import Random

import pytest

from eligibility.group.structure import Measure, Period
from eligibility.values.interval import Interval
from tests.group.completions import worlds
from tests.group.literal import Ends, Group, art_3_4, art_6_2_and_3, relations
from tests.group.size_cases import every
from tests.group.size_cases.case import Case, exactly, written

PEOPLE = (Measure.EMPLOYEES, Period.LATEST)


def hull(found: list[Ends]) -> Interval:
    highs = [high for _, high in found if high is not None]
    return Interval(min(low for low, _ in found), max(highs) if len(highs) == len(found) else None)


@pytest.mark.parametrize("case", every.certain())
def test_the_text_says_so(case: Case) -> None:
    group = Group(case.enterprises, case.holdings, case.adjacent)
    if case.people is not None:
        assert Interval(*art_6_2_and_3(group, case.subject, PEOPLE)) == exactly(case.people)
    for key, value in case.also.items():
        assert Interval(*art_6_2_and_3(group, case.subject, key)) == exactly(value)
    if case.public is not None:
        assert Interval(*art_3_4(group, case.subject)) == exactly(case.public)
    if case.counts is not None:
        found = relations(group, case.subject)
        assert found.pop(case.subject) == ("own", 100)
        assert {name: f"{relation} {written(percent)}" for name, (relation, percent) in found.items()} == case.counts


@pytest.mark.parametrize("case", every.unknown())
def test_all_that_might_be_says_so(case: Case) -> None:
    found = [
        Group(rows, holdings, case.adjacent)
        for rows, holdings in worlds(case.enterprises, case.holdings, most=1_000, random=Random(1))
    ]
    assert case.people is not None
    for key, value in {PEOPLE: case.people, **case.also}.items():
        assert hull([art_6_2_and_3(group, case.subject, key) for group in found]) == exactly(value)
    assert case.public is not None
    assert hull([art_3_4(group, case.subject) for group in found]) == exactly(case.public)


def test_names_are_different() -> None:
    names = [str(parameter.id) for parameter in [*every.certain(), *every.unknown()]]
    assert len(set(names)) == len(names) >= 100
