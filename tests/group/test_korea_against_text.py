"""The sheet and the portfolio against the literal reading, on random groups."""

from fractions import Fraction

from hypothesis import given

from eligibility.group.korea import group_turnovers, korean_sheet
from eligibility.group.sheet import Relation
from eligibility.group.structure import from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.korean_rows import Row, groups
from tests.group.literal_korea import Literal


def half_up(total: Fraction) -> int:
    return (2 * total + 1).__floor__() // 2


@given(groups())
def test_the_sheet_is_what_the_text_says(group: tuple[list[Row], list[Row]]) -> None:
    structure, text = from_rows(*group), Literal(*group)
    low, high = group_turnovers(structure)
    for firm in text.corporations:
        sheet = korean_sheet(structure, structure.node(firm))
        total = text.total(firm)
        assert sheet.total == Interval.point(total), firm
        assert sheet.certain is Truth.YES
        assert (low[structure.node(firm)], high[structure.node(firm)]) == (half_up(total), half_up(total)), firm
        others = {structure.nodes.ids[entry.node]: entry for entry in sheet.entries[1:]}
        assert set(others) == {
            other for other in text.corporations if text.cases(other, firm) or text.cases(firm, other)
        }
        for other, entry in others.items():
            pair = (other, firm) if entry.relation is Relation.KR_PARENT else (firm, other)
            assert entry.type == text.cases(*pair)[0]


@given(groups(consistent=False))
def test_shares_that_contradict_each_other_are_taken_as_they_stand(group: tuple[list[Row], list[Row]]) -> None:
    structure, text = from_rows(*group), Literal(*group)
    for firm in text.corporations:
        assert korean_sheet(structure, structure.node(firm)).total == Interval.point(text.total(firm))
