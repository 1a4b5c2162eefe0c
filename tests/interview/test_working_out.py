"""Working a fact out in the interview: what is asked for it, in which order, and how one leaves it or goes back."""

from functools import cache

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from eligibility.interview.interview import Interview
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.engine.small_rules import small
from tests.interview.test_stateful import Asked

POOR = {
    "type": "truth",
    "decide": [
        {"value": "yes", "when": {"staff": "..2"}, "cite": "s 1"},
        {"value": "yes", "when": {"fee": {"below": {"product": ["50 %", "cost"]}}, "size": ["a", "b"]}, "cite": "s 2"},
        {"value": "no", "cite": "s 3"},
    ],
}
BIG = {
    "type": "choice",
    "choices": {"a": "A", "b": "B", "c": "C"},
    "decide": [{"value": "c", "when": {"hours": "100.."}, "cite": "s 4"}, {"value": "a", "when": {"hours": "..20"}}],
}


@cache
def rulebook() -> Rulebook:
    """A programme that is not for the poor; who is poor can be worked out, and so can the size that this needs."""
    return small(
        requires={
            "c": {"when": {"t0": "no"}, "cite": "s 1"},
            "d": {"when": {"t1": "yes"}, "cite": "s 1"},
        },
        definitions={"poor": POOR, "big": BIG},
        worked_out={"t0": "poor", "size": "big"},
    )


def start(**answers: object) -> Interview:
    return Interview(rulebook(), {"t1": True, **answers})


def asked(interview: Interview) -> tuple[str | None, str | None, str | None]:
    """The fact that is asked, what can work it out, and what it is asked for."""
    question = interview.question
    return (None, None, None) if question is None else (question.fact, question.worked_out_by, question.meant_for)


def test_the_facts_are_asked_line_by_line_until_it_is_settled() -> None:
    interview = start()
    assert asked(interview) == ("t0", "poor", None)
    interview = interview.work_out()
    assert asked(interview) == ("staff", None, "t0")
    interview = interview.answer(10)
    assert asked(interview) == ("cost", None, "t0")
    interview = interview.answer(100)
    assert asked(interview) == ("fee", None, "t0")
    assert interview.question is not None
    assert interview.question.why == ("de.a",)
    done = interview.answer(50)
    assert asked(done) == (None, None, None)
    assert done.answers == {"t1": True, "staff": 10, "cost": 100, "fee": 50}
    assert done.assessed.programmes[0].verdict == "eligible"
    assert interview.answer(49).question is not None


def test_what_the_answers_settle_is_not_asked() -> None:
    assert asked(start(staff=1)) == (None, None, None)
    assert start(staff=1).assessed.programmes[0].verdict == "not_eligible"
    assert start(staff=1, t0=False).assessed.programmes[0].verdict == "eligible"


def test_a_fact_that_is_needed_can_be_worked_out_in_its_turn() -> None:
    interview = start(staff=10, cost=100, fee=49).work_out()
    assert asked(interview) == ("size", "big", "t0")
    inner = interview.work_out()
    assert asked(inner) == ("hours", None, "size")
    assert asked(inner.answer(200)) == (None, None, None)
    assert inner.answer(200).assessed.programmes[0].verdict == "eligible"
    # Between the two limits nothing is said of the size, and so it is asked itself.
    assert asked(inner.answer(50)) == ("size", None, "t0")
    assert asked(inner.answer(50).answer("c")) == (None, None, None)
    assert asked(inner.back()) == asked(interview)
    assert asked(inner.back().back()) == ("t0", "poor", None)


def test_back_goes_through_the_questions_to_the_fact() -> None:
    interview = start().work_out().answer(10).answer(100)
    interview = interview.back()
    assert asked(interview) == ("cost", None, "t0")
    assert interview.question is not None
    assert interview.question.before == 100
    interview = interview.back()
    assert asked(interview) == ("staff", None, "t0")
    assert interview.answers == {"t1": True}
    assert asked(interview.back()) == ("t0", "poor", None)
    assert asked(interview.back().back()) == ("t0", "poor", None)
    assert asked(interview.back().answer(True)) == (None, None, None)


def test_back_from_behind_returns_into_it() -> None:
    done = start().work_out().answer(10).answer(100).answer(50)
    assert asked(done) == (None, None, None)
    assert asked(done.back()) == ("fee", None, "t0")
    assert asked(done.back().answer(50)) == (None, None, None)


def test_what_is_left_open_is_not_asked_again_and_then_the_fact_itself() -> None:
    interview = start().work_out().skip().skip().skip()
    assert asked(interview) == ("size", "big", "t0")
    interview = interview.skip()
    assert asked(interview) == ("t0", None, None)
    assert asked(interview.skip()) == (None, None, None)
    assert interview.answer(False).assessed.programmes[0].verdict == "eligible"


def test_leaving_keeps_the_answers_and_asks_the_fact() -> None:
    interview = start().work_out().answer(10).leave()
    assert asked(interview) == ("t0", "poor", None)
    assert interview.answers == {"t1": True, "staff": 10}
    assert asked(interview.work_out()) == ("cost", None, "t0")
    assert asked(interview.answer(False)) == (None, None, None)
    assert asked(interview.back()) == ("staff", None, "t0")


def test_an_answer_given_before_makes_room() -> None:
    for interview in (start(t0=True), start().answer(True)):
        changed = interview.change("t0")
        assert asked(changed) == ("t0", "poor", None)
        assert asked(changed.work_out()) == ("staff", None, "t0")
        assert changed.work_out().answers == {"t1": True}
        back = changed.work_out().back()
        assert back.question is not None
        assert back.question.before is True
        assert asked(changed.work_out().answer(2)) == (None, None, None)


def test_it_ends_where_the_fact_matters_no_more() -> None:
    interview = start().work_out().answer(10).change("t1")
    assert asked(interview) == ("t1", None, None)
    assert asked(interview.answer(False)) == (None, None, None)


def test_only_what_can_be_worked_out_is() -> None:
    interview = Interview(rulebook(), {"t0": False})
    assert asked(interview) == ("t1", None, None)
    with pytest.raises(AnswerError, match="`t1` cannot be worked out from other facts"):
        interview.work_out()
    with pytest.raises(AnswerError, match="nothing is being worked out"):
        interview.leave()
    with pytest.raises(AnswerError, match="there is no question left to answer"):
        start(t0=False).work_out()


def test_figures_that_work_a_fact_out_do_not_stand_aside() -> None:
    assert start(staff=10, cost=100, fee=50).aside == {}
    assert list(start(t0=False, staff=10, cost=100, fee=50).aside) == ["fee", "cost", "staff"]


class WorkedOut(Asked):
    """Any walk with facts that are worked out."""

    @initialize(only_open=st.booleans())
    def begin(self, only_open: bool) -> None:
        self.start(rulebook(), only_open=only_open)

    def can_be_worked_out(self) -> bool:
        return self.is_asked() and getattr(self.interview.question, "worked_out_by", None) is not None

    def is_being_worked_out(self) -> bool:
        return self.is_asked() and bool(self.interview._active)

    @precondition(can_be_worked_out)
    @rule()
    def work_out(self) -> None:
        question = self.interview.question
        assert question is not None
        begun = self.interview.work_out()
        assert begun.question is not None
        assert begun.question.meant_for == question.fact
        assert question.fact not in begun.answers
        self.interview, self.twin = begun, self.twin.work_out()
        again = begun.back().question
        assert again is not None
        assert again.fact == question.fact

    @precondition(is_being_worked_out)
    @rule()
    def leave(self) -> None:
        answers = self.interview.answers
        fact = self.interview._active[-1].fact
        self.interview, self.twin = self.interview.leave(), self.twin.leave()
        assert asked(self.interview)[0] == fact
        assert self.interview.answers == answers


TestWorkedOut = WorkedOut.TestCase
TestWorkedOut.settings = settings(max_examples=settings().max_examples // 3, stateful_step_count=20)
