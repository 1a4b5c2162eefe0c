"""Lines on combining an award with other aid: linked, in force by date."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from eligibility.rulebook.link import load

EVERY = Path(__file__).parents[1] / "rulebook" / "good" / "every_construct"


def test_the_lines_in_force_with_their_citations() -> None:
    early, late = (
        load([EVERY], on).programmes["de.by.every-construct"].cumulation for on in (date(2021, 3, 1), date(2023, 3, 1))
    )
    assert [line.other for line in early] == [("any",), ("loan", "de.next")]
    assert early[1].at_most == Fraction(4, 5)
    assert [cite.section for cite in early[1].cites] == ["9"]
    assert late == early[:1]
