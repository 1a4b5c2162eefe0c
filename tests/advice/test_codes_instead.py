"""Of many places that do the same the coarsest and the first are told."""

from collections.abc import Mapping

import pytest

from eligibility.advice.changes import changes
from eligibility.engine.assess import assess
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.small_rules import small


def codes(rulebook: Rulebook, answers: Mapping[str, object], fact: str) -> list[object]:
    found = changes(assess(rulebook, answers), also=[fact]).get("de.a", ())
    return [one.after for change in found for one in change.changed]


@pytest.mark.parametrize(
    ("when", "before", "told"),
    [
        (["14"], "09162", ["14"]),
        (["14713", "14730"], "09162", ["14713", "14730"]),
        # Those of the same Land come first, and two are enough.
        (["01001", "02000", "09161", "14713"], "09162", ["09161", "01001"]),
        # Where a whole Land does it no district of it or of another is told besides.
        (["14", "01001"], "09162", ["14"]),
        (["KR-26", "KR-11"], "KR-41", ["KR-11", "KR-26"]),
        (["KR-26"], "09162", []),
    ],
)
def test_places(when: list[str], before: str, told: list[str]) -> None:
    assert codes(small({"place": when}), {"place": before}, "place") == told


def test_a_district_of_the_land_that_was_told_is_no_other_place() -> None:
    rulebook = small({"place": ["09162"], "staff": "10.."})
    found = changes(assess(rulebook, {"place": "09", "staff": 3}), also=["place", "staff"])["de.a"]
    assert [[one.fact for one in change.changed] for change in found] == [["staff"]]
    assert [change.verdict for change in found] == ["undetermined"]


@pytest.mark.parametrize(
    ("when", "before", "told"),
    [(["C28"], "J62", ["C28"]), (["C", "J"], "S94", ["C", "J"]), (["C281", "C282"], "C29", ["C281", "C282"])],
)
def test_industries(when: list[str], before: str, told: list[str]) -> None:
    assert codes(small({"sector": when}), {"sector": before}, "sector") == told


def test_all_places_but_some() -> None:
    rulebook = small({"none": [{"place": ["09"]}], "place": ["09", "14", "01"]})
    assert codes(rulebook, {"place": "09162"}, "place") == ["01", "14"]
