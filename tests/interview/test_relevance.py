"""A fact is wanted exactly if some completion of the others lets it change the verdict, or after that the award."""

from collections.abc import Hashable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.engine import cells
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.profile import read_profile
from eligibility.interview.interview import NO_PRIORS
from eligibility.interview.plan import Plan, Standing
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.profiles import domains, some, with_ranges
from tests.engine.random_rules import Source, sources
from tests.interview.plain_rules import Answers, Tried, partial_answers, plain_rulebooks, tried

FEW = settings(max_examples=settings().max_examples // 3)
FEWER = settings(max_examples=settings().max_examples // 10)


def hold(standing: Standing, left: Tried, ranged: set[str]) -> None:
    """Hold what a plan says and wants against what brute force found."""
    verdicts = {verdict for verdict, _ in left.said.values()}
    if len(verdicts) > 1:
        assert standing.verdict is None
        assert standing.wanted == left.mattering(lambda says: says[0])
        return
    assert {standing.verdict} == verdicts
    if standing.verdict is Verdict.NOT_ELIGIBLE:
        assert standing.wanted == frozenset()
    else:
        # An amount known within a range stays so.
        assert standing.wanted == left.mattering(lambda says: says[1]) - (ranged & {"cost"})


@given(rulebook=plain_rulebooks(), seed=st.integers(0, 2**32))
@FEW
def test_wanted_is_what_matters(rulebook: Rulebook, seed: int) -> None:
    random, everything = Random(seed), tried(rulebook)
    plan = Plan(rulebook, NO_PRIORS)
    for _ in range(6):
        partial = partial_answers(random, everything)
        ranged = {name for name, answer in partial.items() if isinstance(answer, str) and ".." in answer}
        hold(plan.standing("de.a", read_profile(rulebook, partial)), everything.left(partial), ranged)


def changing(rulebook: Rulebook, random: Random, partial: Answers) -> dict[str, tuple[set[str], set[str]]]:
    """For each programme the facts that were seen to change its verdict, or its award, on their own."""
    options = {name: values for name, values in domains(rulebook, fine=True).items() if name not in partial}
    seen: dict[str, tuple[set[str], set[str]]] = {name: (set(), set()) for name in rulebook.programmes}
    for _ in range(2):
        complete = {**some(random, options, 1), **partial}
        for fact, values in options.items():
            completions = [{**complete, fact: value} for value in random.sample(values, min(3, len(values)))]
            for programme, (verdicts, awards) in seen.items():
                if fact not in rulebook.reads[programme]:
                    continue
                results = [result_of(rulebook, programme, answers) for answers in completions]
                if len({result.verdict for result in results}) > 1:
                    verdicts.add(fact)
                if len({award_of(result) for result in results}) > 1:
                    awards.add(fact)
    return seen


def result_of(rulebook: Rulebook, programme: str, answers: Answers) -> ProgrammeResult:
    return assess_programme(rulebook, read_profile(rulebook, answers), rulebook.programmes[programme])


def award_of(result: ProgrammeResult) -> Hashable:
    return None if result.award is None else (result.award.rate, result.award.amount)


@pytest.mark.parametrize("most", [cells.MOST_NODES, 60, 4])
def test_whatever_matters_is_wanted(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_NODES", most)

    @given(source=sources(closed=True), seed=st.integers(0, 2**32))
    @FEWER
    def hold_all(source: Source, seed: int) -> None:
        rulebook, random = source.rulebook(), Random(seed)
        plan = Plan(rulebook, NO_PRIORS)
        for partial in (some(random, domains(rulebook, fine=True), density) for density in (0.5, 0.8)):
            for programme, (verdicts, awards) in changing(rulebook, random, partial).items():
                standing = plan.standing(programme, read_profile(rulebook, partial))
                assert not standing.wanted & partial.keys()
                if standing.verdict is None:
                    assert verdicts <= standing.wanted
                else:
                    assert not verdicts
                    assert standing.verdict is Verdict.NOT_ELIGIBLE or awards <= standing.wanted

    hold_all()


@given(source=sources(), seed=st.integers(0, 2**32))
@FEWER
def test_a_programme_without_its_diagram_stands_where_kleene_logic_puts_it(source: Source, seed: int) -> None:
    rulebook, random = source.rulebook(), Random(seed)
    plan, large = Plan(rulebook, NO_PRIORS), Plan(rulebook, NO_PRIORS)
    for _ in range(5):
        answers = some(random, domains(rulebook), 0.7)
        profile = read_profile(rulebook, with_ranges(random, rulebook, domains(rulebook), answers))
        for name, programme in rulebook.programmes.items():
            with pytest.MonkeyPatch.context() as small_room:
                for diagrams in ("verdict", "award"):
                    small_room.setattr(cells.Cells, diagrams, lambda cells, programme: None)
                by_kleene = large.standing(name, profile)
            result = assess_programme(rulebook, profile, programme)
            if by_kleene.verdict is None:
                assert (result.verdict, result.missing) == (Verdict.UNDETERMINED, by_kleene.wanted)
            else:
                assert plan.standing(name, profile).verdict is by_kleene.verdict is result.verdict
