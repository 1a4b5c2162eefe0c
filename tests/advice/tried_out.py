"""Changes found by trying out every value near a threshold: slow, plain, and without a diagram."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from eligibility.advice.change import Change
from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.engine.profile import Profile, Value, read_value
from eligibility.values.interval import Interval

YES = (Verdict.ELIGIBLE, Verdict.LIKELY)
Tried = tuple[dict[str, Value], ProgrammeResult]
Values = Mapping[str, Sequence[Value]]


def with_changes(profile: Profile, changes: Mapping[str, Value]) -> Profile:
    """The profile with other answers."""
    return Profile({**profile.values, **changes}, profile.answers, profile.findings)


def values_to_try(assessed: Assessed, domains: Mapping[str, Sequence[object]], facts: Sequence[str]) -> Values:
    """What each fact could be instead of what it is."""
    found: dict[str, list[Value]] = {}
    for fact in facts:
        before = assessed.profile.values[fact]
        read = [read_value(assessed.rulebook.subject(fact), answer) for answer in domains[fact]]
        found[fact] = [value for value in read if is_other(value, before)]
    return found


def is_other(value: Value, before: Value) -> bool:
    """Whether a value is another answer, not a narrower or wider one."""
    if isinstance(before, Interval):
        assert isinstance(value, Interval)
        assert value.low is not None
        return (before.low is not None and value.low < before.low) or (
            before.high is not None and value.low > before.high
        )
    if isinstance(before, str) and isinstance(value, str):
        abroad = value.startswith("KR-") != before.startswith("KR-")
        return not (value.startswith(before) or before.startswith(value) or abroad)
    return value != before


def tried(assessed: Assessed, result: ProgrammeResult, values: Values, count: int) -> Iterator[Tried]:
    """Every way to change so many facts, with what the programme says then."""
    for facts in combinations(values, count):
        for chosen in product(*(values[fact] for fact in facts)):
            changes = dict(zip(facts, chosen, strict=True))
            profile = with_changes(assessed.profile, changes)
            yield changes, assess_programme(assessed.rulebook, profile, result.programme)


def changed_of(change: Change) -> dict[str, Value]:
    """The values that a change changes to."""
    return {one.fact: one.after for one in change.changed}
