"""The interview under any steps in any order: what always holds of it."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import eligibility
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import Subject, read_answer, read_value
from eligibility.interview.interview import Interview
from eligibility.interview.question import Question
from eligibility.rulebook.answers_file import read_located, write_answers
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from tests.engine.random_conditions import FACTS
from tests.engine.random_rules import HARMLESS_CASE, SOURCES, Source, fact_file

DEFINITIONS: Mapping[str, Mapping[str, object]] = {
    "small_firm": {"type": "truth", "when": {"staff": "..49", "cost": "..60000 EUR"}},
    "group": {
        "type": "choice",
        "choices": {"a": "A", "b": "B", "c": "C"},
        "decide": [
            {"value": "a", "when": {"small_firm": True}, "cite": "s 1"},
            {"value": "b", "when": {"hours": "..100"}, "cite": "s 1"},
            {"value": "c"},
        ],
    },
    "poor": {"type": "truth", "lookup": {"table": "areas", "key": "place", "column": "weak", "else": "asked"}},
}
AWARD = {
    "rate": {"decide": [{"value": "50 %", "when": {"poor": True}, "cite": "s 1"}, {"value": "20 %"}], "cite": "s 1"},
    "pays": {
        "costs": {"share_of": "cost", "cite": "s 1"},
        "fees": {"share_of": "fee", "when": {"t1": True}, "cite": "s 1"},
    },
    "at_most": [{"amount": "20000 EUR", "cite": "s 1"}],
}
PROGRAMMES: Mapping[str, tuple[str, Mapping[str, object], object]] = {
    "de.a": ("continuous", {"group": ["a", "b"], "born": "..2020-02-29"}, AWARD),
    "de.b": ("continuous", {"place": ["09", "14713"], "any": [{"staff": "3.."}, {"t0": True}]}, None),
    "de.c": ("..2019-12-31", {"none": [{"group": ["c"]}], "size": ["a"], "hours": {"at_most": "staff"}}, AWARD),
}


@cache
def three_programmes() -> Rulebook:
    """Two topics, definitions that can be asked for, a comparison of two facts, a closed programme."""
    rows = "code,weak,limit,valid_from,valid_to\n09,yes,0 EUR,,\n09162,no,0 EUR,,\n14,no,0 EUR,,\n"
    worded = {name: {"label": name, "question": f"{name}?", **body} for name, body in DEFINITIONS.items()}
    files: dict[str, object] = {
        "facts/1.yaml": fact_file(FACTS[:5]),
        "facts/2.yaml": {**fact_file(FACTS[5:]), "topic": "more", "title": "More"},
        "tables/areas.yaml": {"title": "Areas", "columns": {"weak": "truth", "limit": "money EUR"}},
        "tables/areas.csv": rows,
        "definitions/all.yaml": {"sources": SOURCES, "definitions": worded},
    }
    for name, (window, when, award) in PROGRAMMES.items():
        files[f"programmes/{name}.yaml"] = {
            "id": name,
            **dict.fromkeys(("name", "summary", "authority"), name),
            "kind": "grant",
            "selection": "entitlement",
            "window": window,
            "sources": SOURCES,
            "requires": {"c": {"when": when, "cite": "s 1"}},
            "cases": [HARMLESS_CASE],
            **({"award": award} if award else {}),
        }
    return Source(files, date(2021, 3, 1)).rulebook()


@cache
def digital_jetzt() -> Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"]).linked


def answers_to(subject: Subject) -> st.SearchStrategy[Any]:
    """Exact answers, ranges and coarse codes."""
    if subject.type in ("truth", "choice"):
        return st.sampled_from([*subject.choices] or [False, True])
    if subject.type == "code":
        return st.sampled_from(["09", "09162", "14", "14713", "01056"] if subject.form == "region" else ["C", "C28"])
    if subject.type == "date":
        return st.sampled_from(["2015-06-30", "2020-03-01", "2010-01-01..2020-12-31", "2000-01-01..2016-12-31"])
    high = int(subject.high or 1000)
    numbers = [min(high, number) for number in (2, 3, 40, 50, 70)]
    ranges = [f"{low}..{max(low, min(high, most))}" for low, most in ((2, 60), (3, 30), (50, 80))]
    return st.sampled_from([*numbers, *ranges])


def within(answer: object, question: Question, interview: Interview) -> object:
    """An answer that narrows what is known already: the drawn one where it does, else a half or the same again."""
    known = interview.answers.get(question.fact)
    if known is None or (interview.asking == question.fact and question.fact not in interview.left):
        return answer
    drawn, before = (read_answer(interview.rulebook, question.fact, value) for value in (answer, known))
    if isinstance(drawn, Interval) and isinstance(before, Interval):
        assert drawn.low is not None
        fits = (before.low or 0) <= drawn.low and (before.high is None or (drawn.high or 0) <= before.high)
    else:
        fits = str(drawn).startswith(str(before))
    return answer if fits else question.halves[0] if question.halves else known


def told(interview: Interview) -> list[object]:
    """What an interview says."""
    return [(result.id, result.verdict, result.missing, award_of(result)) for result in interview.assessed.programmes]


def award_of(result: Any) -> object:
    return None if result.award is None else (result.award.rate, result.award.amount)


class Asked(RuleBasedStateMachine):
    """Any walk through an interview, beside a second one that is walked the same way."""

    rulebook: Rulebook
    interview: Interview
    twin: Interview

    def start(self, rulebook: Rulebook, *, only_open: bool) -> None:
        self.rulebook = rulebook
        self.interview, self.twin = (Interview(rulebook, {}, only_open=only_open) for _ in range(2))

    def is_asked(self) -> bool:
        return hasattr(self, "interview") and self.interview.question is not None

    @precondition(is_asked)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        question = self.interview.question
        assert question is not None
        answer = within(data.draw(answers_to(question.subject)), question, self.interview)
        before = self.interview
        self.interview, self.twin = before.answer(answer), self.twin.answer(answer)
        assert self.interview.answers[question.fact] == answer
        self.returns(question, answer)

    def returns(self, question: Question, answer: object) -> None:
        """Back and the same answer again is the same interview."""
        back = self.interview.back()
        if back.question is not None and back.question.fact == question.fact:
            again = back.answer(answer)
            assert again.answers == self.interview.answers
            assert again.skipped == self.interview.skipped
            assert again.question == self.interview.question
            assert sorted(map(str, again.steps)) == sorted(map(str, self.interview.steps))

    @precondition(is_asked)
    @rule()
    def skip(self) -> None:
        self.interview, self.twin = self.interview.skip(), self.twin.skip()

    @rule()
    def back(self) -> None:
        before = self.interview
        self.interview, self.twin = before.back(), self.twin.back()
        assert before.steps or self.interview.answers == before.answers

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        reads = frozenset().union(*self.rulebook.reads.values()) & self.rulebook.facts.keys()
        fact = data.draw(st.sampled_from(sorted(reads)))
        before = self.interview.answers
        self.interview, self.twin = self.interview.change(fact), self.twin.change(fact)
        assert self.interview.question is not None
        assert self.interview.question.fact == fact
        assert self.interview.answers == before

    @precondition(is_asked)
    @rule(wrong=st.sampled_from(["no such thing", "5..2", "-1", ["a"]]))
    def wrong_answers_are_refused(self, wrong: object) -> None:
        before = self.interview.answers
        with pytest.raises(AnswerError):
            self.interview.answer(wrong)
        assert self.interview.answers == before

    @rule()
    def keep_and_start_anew(self) -> None:
        read = read_located("answers.yaml", write_answers(self.interview.answers)).values
        anew = Interview(self.rulebook, read, only_open=self.interview.only_open)
        assert told(anew) == told(Interview(self.rulebook, self.interview.answers, only_open=anew.only_open))
        assert anew.profile.values == self.interview.profile.values

    @rule()
    def it_ends(self) -> None:
        """However it is answered from here on, it ends, and asks nothing twice that is not narrowed."""
        interview, topics, steps = self.interview, [], 0
        for steps in range(80):
            question = interview.question
            if question is None:
                break
            topics.append((getattr(question.subject, "topic", ""), question.fact))
            known = interview.profile.given(question.fact)
            interview = interview.answer(question.halves[steps % 2]) if question.halves else interview.skip()
            now = interview.profile.given(question.fact)
            if question.halves and isinstance(known, Interval) and isinstance(now, Interval):
                assert now != known
        assert interview.question is None, topics

    @invariant()
    def what_is_always_so(self) -> None:
        if not hasattr(self, "interview"):
            return
        question, interview = self.interview.question, self.interview
        assert question == self.twin.question
        assert told(interview) == told(self.twin)
        assert question is None or question.why
        self.nothing_is_known_less(interview)
        self.halves_cover(question, interview)

    def nothing_is_known_less(self, interview: Interview) -> None:
        """What Kleene logic settles is told as it is; the count says what is told."""
        plain = assess(self.rulebook, interview.answers)
        for known, result in zip(plain.programmes, interview.assessed.programmes, strict=True):
            assert known.verdict in (Verdict.UNDETERMINED, result.verdict)
            assert known.verdict is result.verdict or not result.missing
        count = interview.count
        if not interview.only_open:
            ruled_out = [result for result in interview.assessed.programmes if result.verdict is Verdict.NOT_ELIGIBLE]
            assert count.ruled_out == len(ruled_out)
            assert count.possible + count.ruled_out + count.open == len(self.rulebook.programmes)
        if interview.question is None and not interview.skipped and not any(step.kept for step in interview.steps):
            assert interview.only_open or all(not result.missing for result in interview.assessed.programmes)

    def halves_cover(self, question: Question | None, interview: Interview) -> None:
        if question is None or question.halves is None:
            return
        known = interview.profile.given(question.fact)
        low, high = (read_value(question.subject, half) for half in question.halves)
        assert isinstance(known, Interval)
        assert isinstance(low, Interval)
        assert isinstance(high, Interval)
        assert (low.low, high.high) == (known.low, known.high)
        assert low.high is not None
        assert high.low is not None
        assert 0 < Fraction(high.low) - Fraction(low.high) <= 1

    def teardown(self) -> None:
        """What stands aside can be dropped without any change."""
        if not hasattr(self, "interview"):
            return
        answers, aside = self.interview.answers, self.interview.aside
        rest = {fact: answer for fact, answer in answers.items() if fact not in aside}
        fewer = Interview(self.rulebook, rest, only_open=self.interview.only_open)
        for before, after in zip(self.interview.assessed.programmes, fewer.assessed.programmes, strict=True):
            if not before.missing and (before.window != "closed" or not self.interview.only_open):
                assert (after.verdict, award_of(after)) == (before.verdict, award_of(before)), (aside, answers)


class AskedOfThree(Asked):
    @initialize(only_open=st.booleans())
    def begin(self, only_open: bool) -> None:
        self.start(three_programmes(), only_open=only_open)


class AskedOfDigitalJetzt(Asked):
    @initialize()
    def begin(self) -> None:
        self.start(digital_jetzt(), only_open=False)


FEW = settings(max_examples=settings().max_examples // 5, stateful_step_count=15)
TestThree = AskedOfThree.TestCase
TestThree.settings = FEW
TestDigitalJetzt = AskedOfDigitalJetzt.TestCase
TestDigitalJetzt.settings = settings(FEW, max_examples=FEW.max_examples // 3)
