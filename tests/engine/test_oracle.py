"""The reference evaluator against an oracle that knows complete profiles only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.assess import assess
from eligibility.engine.assessment import ProgrammeResult
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from tests.engine.oracle import Oracle, Said
from tests.engine.profiles import MEASURED, Answers, definition_answers, domains, some, with_ranges
from tests.engine.random_rules import Source, sources

SHARES = (Fraction(0), Fraction(1, 3), Fraction(1))
MOST_COMPLETIONS = 50


def worlds(rulebook: Rulebook, answers: Mapping[str, object], shares: Sequence[Fraction]) -> list[list[Said]]:
    """For each programme what the oracle says, one saying for each share that the authority may grant."""
    oracles = [Oracle(rulebook, answers, share) for share in shares]
    return [[oracle.says(programme) for oracle in oracles] for programme in rulebook.programmes.values()]


@given(source=sources(closed=True) | sources(closed=True, worked_out=True), seed=st.integers(0, 2**32))
def test_complete_profiles(source: Source, seed: int) -> None:
    rulebook, random = source.rulebook(), Random(seed)
    options = domains(rulebook, fine=True)
    worked_out = {name for name, fact in rulebook.facts.items() if fact.worked_out_by is not None}
    defined = {name: definition_answers(definition) for name, definition in rulebook.definitions.items()}
    for _ in range(10):
        complete = some(random, options, 1)
        unanswered = {name for name in worked_out if random.random() < 0.7}
        answers = {name: answer for name, answer in complete.items() if name not in unanswered}
        answers |= some(random, defined, 0.1)
        sayings = worlds(rulebook, answers, (SHARES[0], SHARES[-1]))
        for result, (none, whole) in zip(assess(rulebook, answers).programmes, sayings, strict=True):
            assert result.missing == frozenset()
            # Where the authority's share matters for the minimum, nothing is settled before it decides.
            settled = none.verdict == whole.verdict
            assert result.verdict == (none.verdict if settled else "undetermined")
            assert result.failed == tuple(name for name in none.failed if name in whole.failed)
            assert not settled or award_of(result) == expected_award(none, whole)


def award_of(result: ProgrammeResult) -> tuple[Interval | None, Interval | None]:
    return (None, None) if result.award is None else (result.award.rate, result.award.amount)


def expected_award(none: Said, whole: Said) -> tuple[Interval | None, Interval | None]:
    """The award between nothing and all of what the authority may grant; none without a chance."""
    if none.failed:
        return None, None
    rate = None if none.rate is None else Interval(none.rate, none.rate)
    return rate, None if none.amount is None else Interval(none.amount, whole.amount)


@given(source=sources(closed=True), seed=st.integers(0, 2**32))
def test_every_completion_agrees(source: Source, seed: int) -> None:
    rulebook, random = source.rulebook(), Random(seed)
    options, fine = domains(rulebook), domains(rulebook, fine=True)
    for _ in range(3):
        partial = with_ranges(random, rulebook, options, some(random, options, 0.9))
        results = assess(rulebook, partial).programmes
        for complete in completions(random, rulebook, partial, fine):
            sayings = worlds(rulebook, complete, SHARES)
            for result, said in ((r, s) for r, worlds_ in zip(results, sayings, strict=True) for s in worlds_):
                assert result.verdict in ("undetermined", said.verdict)
                assert set(result.failed) <= set(said.failed)
                if result.award is not None:
                    assert holds(result.award.rate, said.rate)
                    assert holds(result.award.amount, said.amount)


def completions(
    random: Random, rulebook: Rulebook, partial: Answers, fine: Mapping[str, Sequence[Any]]
) -> Iterator[Answers]:
    """Complete profiles that agree with a partial one: all on the thresholds if they are few, else some of them."""
    candidates = {
        name: [value for value in values if agrees(rulebook, name, partial.get(name), value)]
        for name, values in fine.items()
    }
    candidates = {name: values or [partial[name]] for name, values in candidates.items()}
    several = 1
    for values in candidates.values():
        several *= len(values)
    if several <= MOST_COMPLETIONS:
        for chosen in product(*candidates.values()):
            yield dict(zip(candidates, chosen, strict=True))
        return
    for _ in range(MOST_COMPLETIONS):
        yield {name: random.choice(values) for name, values in candidates.items()}


def agrees(rulebook: Rulebook, name: str, given_: Any, value: Any) -> bool:
    """Whether a complete answer is one that a partial answer leaves possible."""
    kind = rulebook.facts[name].type
    if given_ is None or given_ == value:
        return True
    if kind == "code":
        return bool(value.startswith(given_))
    if kind in MEASURED and isinstance(given_, str):
        low, high = (read_end(end, kind) for end in given_.split(".."))
        return (low is None or low <= value) and (high is None or value <= high)
    return False


def read_end(end: str, kind: str) -> Any:
    if not end:
        return None
    return date.fromisoformat(end) if kind == "date" else Fraction(end)


def holds(interval: Interval | None, value: Fraction | None) -> bool:
    """Whether a value that is there lies in an interval that is there, and neither is there alone."""
    if interval is None or value is None:
        return (interval, value) == (None, None)
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)
