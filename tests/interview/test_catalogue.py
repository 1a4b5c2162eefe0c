"""The interview over the whole catalogue: its end says of every programme what all facts together say."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

import eligibility
from eligibility.api import read_priors
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.priors import Priors
from eligibility.engine.profile import Subject, Value, answer_bounds, read_profile
from eligibility.interview.interview import Interview
from eligibility.interview.order import Candidates, topic_of, worths
from eligibility.interview.plan import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

DAY = date(2026, 11, 21)
PROFILES = 30


@cache
def catalogue() -> tuple[Rulebook, Priors, Plan]:
    rulebook = eligibility.load_rulebook(as_of=DAY).linked
    priors = read_priors(rulebook)
    return rulebook, priors, Plan(rulebook, priors)


def drawn(random: Random) -> dict[str, Any]:
    """A complete company as the priors spread them."""
    rulebook, priors, _ = catalogue()
    answers: dict[str, Any] = {}
    for name, fact in rulebook.facts.items():
        rows = priors.rows(name, answers.get("site_country"))
        rest = max(0.0, 1 - sum(float(share) for _, share in rows))
        value = random.choices([*(value for value, _ in rows), None], [*(float(share) for _, share in rows), rest])[0]
        answers[name] = written(fact, value, random)
    return answers


def written(fact: Subject, value: Value | None, random: Random) -> object:
    """An exact answer within a value of the priors."""
    if fact.type == "truth":
        return random.random() < 0.5 if value is None else value
    if fact.type == "choice":
        return value or random.choice(fact.choices)
    if fact.type == "code":
        codes = [code for code in fact.names if code.startswith(str(value or ""))] or [str(value)]
        return random.choice([code for code in codes if not any(c.startswith(code) and c != code for c in codes)])
    known = value if isinstance(value, Interval) else Interval(fact.low, fact.high)
    if fact.type == "date":
        low = int(known.low or date(1990, 1, 1).toordinal())
        return date.fromordinal(random.randint(low, max(low, int(known.high or DAY.toordinal()))))
    low_end = Fraction(known.low or 0)
    most = answer_bounds(fact)[1]
    high_end = min(most or 10**9, low_end * 10 + 10) if known.high is None else Fraction(known.high)
    step = Fraction(1, 10**4) if fact.type == "percent" else Fraction(1)
    number = max(low_end, (low_end + (high_end - low_end) * Fraction(random.randint(0, 999), 999)) // step * step)
    return number * 100 if fact.type == "percent" else number


def reply(interview: Interview, company: Mapping[str, Any]) -> Interview:
    question = interview.question
    assert question is not None
    assert question.fact in company, "with all facts known no definition is asked for but those that no facts tell"
    return interview.answer(company[question.fact])


def told(result: ProgrammeResult) -> object:
    award = None if result.award is None else (result.award.rate, result.award.amount)
    return result.id, result.verdict, award


@pytest.mark.parametrize("seed", range(PROFILES))
def test_the_end_says_what_all_facts_say(seed: int) -> None:
    rulebook, priors, plan = catalogue()
    company = drawn(Random(seed))
    interview = Interview(rulebook, {}, priors=priors, memory=plan)
    asked: dict[str, Any] = {}
    topic = None
    while interview.question is not None:
        question = interview.question
        assert question.why
        assert question.fact not in asked, "nothing is asked twice"
        own = topic_of(rulebook, question.fact)
        if topic is not None and own != topic:
            # So what is asked of this topic later was opened by an answer.
            assert opened(interview, topic) == set(), "a topic is not left before its open questions are asked"
        topic = own
        # What has to be asked for although all facts are known, some answer will do.
        company.setdefault(question.fact, written(question.subject, None, Random(seed)))
        asked[question.fact] = company[question.fact]
        interview = reply(interview, company)
    everything = assess_profile(rulebook, read_profile(rulebook, company))
    assert [told(result) for result in interview.assessed.programmes] == [told(r) for r in everything.programmes]
    assert all(result.is_settled for result in interview.assessed.programmes)
    assert interview.count.open == 0
    verdicts = [result.verdict for result in everything.programmes]
    assert interview.count.ruled_out == verdicts.count(Verdict.NOT_ELIGIBLE)


def opened(interview: Interview, topic: str) -> set[str]:
    """The facts of a topic that rule something out or will probably be needed."""
    for standings in (interview._open_standings, interview._closed_standings):
        wanted_by = interview._wanted(standings)
        if wanted_by:
            worth = worths(Candidates(wanted_by, standings, interview.plan), interview.plan.chances(interview.profile))
            of_topic = {fact for fact in wanted_by if topic_of(interview.rulebook, fact) == topic}
            return {fact for fact in of_topic if worth[fact].is_open}
    return set()
