"""The group of a company as it is asked for: what is asked, what is refused, going back, and the structure of it."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.group.document import read_document_structure
from eligibility.group.size import size_sheet
from eligibility.group.structure import Control, Kind, Measure, Period
from eligibility.interview.draft import CONTROLS, FIGURES, INVESTORS, KINDS, NOBODY, OTHERS, OURS, Ask, Draft, Relation
from eligibility.interview.ownership import drafted, is_complete, rows_of, structure_of, written
from eligibility.rulebook.read_yaml import read_document
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread

OWN: dict[Ask, object] = {Ask("name"): "Firm", **{Ask(figure): 10 for figure in FIGURES}}


def told(*answers: object, draft: Draft | None = None) -> Draft:
    """A draft in which these things are told in turn; the firm's own are known unless a draft is given."""
    draft = Draft(OWN).add() if draft is None else draft
    for answer in answers:
        draft = draft.answer(answer)
    return draft


def another(draft: Draft, *answers: object) -> Draft:
    return told(*answers, draft=draft.add())


def asks(draft: Draft) -> str | None:
    return None if draft.question is None else draft.question.part


PARENT = ("Nord", "enterprise", "holds_us")
ANNA = ("Anna", "person", "holds_us", 40, 40, "none")


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ((), "name"),
        (("Nord",), "kind"),
        (("Nord", "investor"), "investor"),
        (("Nord", "investor", "research"), "relation"),
        (("Nord", None), "relation"),
        (PARENT, "capital"),
        ((*PARENT, 30), "votes"),
        ((*PARENT, 30, 30), "control"),
        ((*PARENT, 30, None), "control"),
        ((*PARENT, 30, "40..60"), "control"),
        ((*PARENT, 60, 60), "employees"),
        ((*PARENT, 60, "50.000001.."), "employees"),
        ((*PARENT, 30, 30, "none"), "employees"),
        ((*PARENT, 30, 30, "none", *([1] * 6)), None),
        (ANNA, None),
        (("City", "public_body", "holds_us", 30, 30, "none"), None),
        (("Fund", "investor", "venture_capital", "holds_us", 30, 30, "dominant"), "involved"),
        (("Fund", "investor", "venture_capital", "holds_us", 30, 30, "appoints"), "employees"),
        (("Angel", "investor", "business_angel", "holds_us", 30, 30, "none"), "invested"),
        (("Angel", "investor", "business_angel", "held_by_us", 30, 30, "none"), "employees"),
        (("Town", "investor", "local_authority", "holds_us", 30, 30, "none"), "budget"),
        (("Town", "investor", "local_authority", "holds_us", 30, 30, "none", 1, 2), None),
    ],
)
def test_what_comes_next(answers: Sequence[object], part: str | None) -> None:
    assert asks(told(*answers)) == part


def test_the_own_figures_come_first() -> None:
    draft = Draft()
    parts = []
    while draft.question is not None:
        parts.append(draft.question.part)
        draft = draft.answer(None)
    assert parts == ["name", *FIGURES]
    assert draft.back() is not None


def test_with_whom_is_asked_where_another_one_is_held() -> None:
    draft = another(told(*ANNA), "Bau", "enterprise", "held_by_other")
    assert asks(draft) == "with"
    draft = told("1", 100, 100, *([None] * 6), draft=draft)
    assert draft.holds(2, 0) == (1, 2)


def test_markets_matter_where_a_person_holds_shares_in_two_firms() -> None:
    draft = another(told(*ANNA), "Bau", "enterprise", "held_by_other", "1", 100, 100, *([None] * 6))
    assert draft.question == Ask("market", 2)
    assert draft.answer(OURS).question is None


def test_a_second_person_is_asked_for_acting_jointly() -> None:
    draft = another(told(*ANNA), "Ben", "person", "holds_us", 60, 60)
    assert draft.question == Ask("acts_with", 2)
    nodes = structure_of(rows_of(draft.answer("1"))).nodes
    assert nodes.acts_with[1] == nodes.acts_with[2]
    nodes = structure_of(rows_of(draft.answer(NOBODY))).nodes
    assert nodes.acts_with[1] != nodes.acts_with[2]


@pytest.mark.parametrize(
    ("before", "answers", "value", "code"),
    [
        (ANNA, (), "ANNA", "named-already"),
        (ANNA, (), "Fi-rm", "named-already"),
        (("Müller GmbH", *ANNA[1:]), (), "Mueller G.m.b.H.", "named-already"),
        (ANNA, ("Bau", "enterprise", "holds_us"), 60.5, "over-100"),
        (ANNA, ("Bau", "enterprise", "holds_us", 60), "61..", "over-100"),
    ],
)
def test_what_does_not_go_with_what_was_told(
    before: Sequence[object], answers: Sequence[object], value: object, code: str
) -> None:
    draft = another(told(*before), *answers)
    with pytest.raises(Misread) as refused:
        draft.answer(value)
    assert refused.value.code == code


def test_the_same_holding_twice_is_refused() -> None:
    draft = told(*ANNA).add_holding(1)
    with pytest.raises(Misread, match="told already"):
        draft.answer("holds_us")


def test_shares_that_add_up_to_all_are_fine() -> None:
    assert another(told(*ANNA), "Bau", "enterprise", "holds_us", 60, "60..80").question is not None


def test_going_back_from_a_new_name_takes_it_away() -> None:
    draft = told(*ANNA)
    assert draft.add().back() == draft
    again = draft.add().answer("Bau").back()
    assert again is not None
    assert again.question == Ask("name", 2)
    assert again.before(Ask("name", 2)) == "Bau"
    gone = again.back()
    assert gone is not None
    assert gone.others == (1,)


def test_going_back_from_a_further_holding_takes_it_away() -> None:
    draft = another(told(*ANNA), *PARENT, 60, 60, *([None] * 6))
    assert asks(draft.add_holding(2)) == "relation"
    assert draft.add_holding(2).back() == draft


def test_a_change_can_be_given_up() -> None:
    draft = told(*ANNA)
    changing = draft.change(Ask("capital", 1, 0))
    assert changing.is_changing
    assert changing.back() == draft
    assert changing.answer(50).told("capital", 1) == 50


def test_another_kind_asks_for_a_relation_that_it_can_have() -> None:
    draft = told("Bau", "enterprise", "held_by_us", 60, 60, *([5] * 6)).change(Ask("kind", 1)).answer("person")
    assert draft.question == Ask("relation", 1, 0)


def test_removing_takes_the_holdings_along() -> None:
    draft = another(told(*ANNA), "Bau", "enterprise", "held_by_other", "1", 100, 100, *([None] * 6), OURS)
    left = draft.remove(1)
    assert left.others == (2,)
    # Bau hung on Anna alone.
    assert left.question == Ask("relation", 2, 0)
    assert draft.remove(2).others == (1,)
    assert draft.remove(2).question is None


def test_the_structure_says_what_was_told() -> None:
    draft = told("Fund", "investor", "venture_capital", "holds_us", "25..30", None, None, *(["1..2", None] * 3))
    structure = structure_of(rows_of(draft))
    nodes, holdings = structure.nodes, structure.holdings
    assert [nodes.label(node) for node in range(2)] == ["Firm", "Fund"]
    assert nodes.kinds.tolist() == [Kind.ENTERPRISE, Kind.VENTURE_CAPITAL]
    assert nodes.figures[Measure.EMPLOYEES, Period.LATEST].interval(1, 1_000_000) == Interval(1, 2)
    assert nodes.figures[Measure.TURNOVER, Period.LATEST].interval(1, 100) == Interval()
    assert (holdings.capital_low.tolist(), holdings.capital_high.tolist()) == ([25_000_000], [30_000_000])
    assert (holdings.votes_low.tolist(), holdings.votes_high.tolist()) == ([0], [100_000_000])
    assert holdings.control.tolist() == [Control.NONE]
    assert holdings.possible_control.tolist() == [Control.APPOINTS | Control.DOMINANT | Control.AGREEMENT]


def test_a_file_that_is_not_of_the_wizard_is_no_draft() -> None:
    for text in ("[]", "subject: b\nenterprises: {a: {}, b: {}}", "subject: a\nenterprises: {a: {country: DE}}"):
        assert drafted(read_document("x.yaml", text.encode()).tree) is None


# Anything that can be told.

_FIGURE = st.one_of(st.none(), st.integers(0, 500), st.sampled_from(["1..5", "..9", "100..", "2.5"]))
_PEOPLE = st.one_of(st.none(), st.integers(0, 6000), st.sampled_from(["1..5", "..4999", "100.."]))
_SHARE = st.one_of(st.none(), st.integers(0, 100), st.sampled_from(["25..50", "..49.5", "50.01"]))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Drafts as somebody tells them who now and then goes back, changes or removes something."""
    draft: Draft | None = Draft()
    for _ in range(draw(st.integers(0, 60))):
        assert draft is not None
        if draw(st.integers(0, 9)) == 0:
            draft = draft.back() or draft
            continue
        ask = draft.question
        if ask is None:
            draft = draw(st.sampled_from(_moves(draft)))
            continue
        try:
            draft = draft.answer(draw(_reply(draft, ask)))
        except Misread:
            draft = draft.back() or draft
    assert draft is not None
    return draft


def _moves(draft: Draft) -> list[Draft]:
    moves = [draft.add()] if len(draft.numbers) < 6 else [draft]
    for number in draft.others:
        moves += [draft.add_holding(number), draft.remove(number), draft.change(draft.of(number)[1])]
    return moves


def _reply(draft: Draft, ask: Ask) -> st.SearchStrategy[object]:
    others = [str(other) for other in draft.others if other != ask.of]
    firms = [other for other in others if draft.can_be_held(int(other))]
    holding = draft.told("relation", ask.of, ask.tie) == Relation.HOLDS_OTHER
    choices: dict[str, Sequence[object]] = {
        "name": [f"Name {letter}" for letter in "ABCDEFGHIJ"],
        "kind": (*KINDS, None),
        "investor": (*INVESTORS, None),
        "relation": [
            Relation.HOLDS_US,
            *([Relation.HELD_BY_US] if draft.can_be_held(ask.of) else []),
            *([Relation.HOLDS_OTHER] if firms else []),
            *([Relation.HELD_BY_OTHER] if others and draft.can_be_held(ask.of) else []),
        ],
        "with": firms or others if holding else others,
        "control": (*CONTROLS, None),
        "involved": (True, False, None),
        "acts_with": [NOBODY, None, *(str(other) for other in draft.persons() if other < ask.of)],
        "market": [OURS, OTHERS, None, *(other for other in others if int(other) < ask.of)],
    }
    if ask.part in choices:
        return st.sampled_from(choices[ask.part])
    if ask.part == "inhabitants":
        return _PEOPLE
    return _SHARE if ask.part in ("capital", "votes") else _FIGURE


@given(drafts())
def test_what_is_kept_is_what_is_read_again(draft: Draft) -> None:
    rows = rows_of(draft, complete=False)
    plain = read_document("x.yaml", written(rows)).tree
    again = drafted(plain)
    assert again is not None
    assert not is_complete(plain)
    read = rows_of(again, complete=False)
    assert read.enterprises == rows.enterprises
    assert sorted(map(repr, read.holdings)) == sorted(map(repr, rows.holdings))


@settings(max_examples=50)
@given(drafts())
def test_the_file_is_read_as_the_structure_that_is_worked_out(draft: Draft) -> None:
    rows = rows_of(draft)
    read, made = read_document_structure("x.yaml", written(rows), date(2026, 11, 22)), structure_of(rows)
    assert (list(read.nodes.ids), read.subject) == (list(made.nodes.ids), made.subject)
    assert size_sheet(read, 0).totals == size_sheet(made, 0).totals
    assert [entry.relation for entry in size_sheet(read, 0).entries] == [
        entry.relation for entry in size_sheet(made, 0).entries
    ]


@given(drafts())
def test_a_group_can_always_be_worked_out(draft: Draft) -> None:
    structure = structure_of(rows_of(draft))
    assert structure.subject == 0
    assert size_sheet(structure, 0).entries


def test_who_was_removed_and_named_anew_is_gone_back_to_in_the_new_order() -> None:
    """The numbers are given again; the second time the share of votes leaves control to be asked."""
    first = told("Nord", "enterprise", "holds_us", 60, 60, *([1] * 6))
    again = told("Ost", "enterprise", "holds_us", 40, 40, "none", 7, draft=first.remove(1).add())
    assert again.question == Ask("turnover", 1)
    ways = []
    back = again.back()
    while back is not None and back.question is not None and back.question.of == 1:
        ways.append(back.question.part)
        back = back.back()
    assert ways == ["employees", "control", "votes", "capital", "relation", "kind", "name"]


@given(drafts())
def test_going_back_comes_to_the_beginning(draft: Draft) -> None:
    before: Draft | None = draft
    for _ in range(200):
        assert before is not None
        before = before.back()
        if before is None:
            return
    raise AssertionError("going back does not end")


@given(drafts())
def test_an_answer_is_taken_back_by_going_back(draft: Draft) -> None:
    ask = draft.question
    if ask is None or ask.part in ("name", "relation", "with", "capital", "votes") or draft.is_changing:
        return
    before = draft.answer(None).back()
    assert before is not None
    assert before.question == ask
    assert before.known == draft.known
