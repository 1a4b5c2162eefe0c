"""What to do for a plan, and when: papers, applications, windows to wait for, orders, and what goes beside it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from eligibility.advice.plan import PlanStep
from eligibility.engine.assessment import ProgrammeResult
from eligibility.language.programme import Programme
from eligibility.values.ranges import Range

STARTED = "project_started"
# What comes first on the same day.
_ORDER = ("papers", "apply", "beside", "start", "wait")


def plan_steps(
    applied: Sequence[ProgrammeResult],
    beside: Sequence[ProgrammeResult],
    upcoming: Sequence[ProgrammeResult],
    as_of: date,
) -> tuple[PlanStep, ...]:
    """Return the steps by their last day (or first day, where one has to wait), those without a day at the end."""
    steps = [*_applications(applied, as_of), *_beside(beside, as_of), *_waits(upcoming, as_of)]
    first = [result.programme for result in (*applied, *beside) if must_come_first(result.programme)]
    if first:
        steps.append(PlanStep("start", tuple(programme.id for programme in first), None, None))
    days = {programme.id: _last_day(programme, as_of) for programme in first}

    def key(step: PlanStep) -> tuple[date, int]:
        # Orders wait for the last of the applications that must come first.
        day = max((days[name] or date.max for name in step.programmes), default=None) if step.kind == "start" else None
        return day or step.earliest or step.by or date.max, _ORDER.index(step.kind)

    return tuple(sorted(steps, key=key))


def must_come_first(programme: Programme) -> bool:
    """Whether one of its criteria asks whether the project has been started."""
    conditions = (criterion.condition for criterion in programme.criteria)
    return any(condition is not None and STARTED in condition.facts() for condition in conditions)


def _applications(results: Iterable[ProgrammeResult], as_of: date) -> Iterator[PlanStep]:
    for result in results:
        last, papers = _last_day(result.programme, as_of), result.programme.shape.papers
        if papers:
            yield PlanStep("papers", (result.id,), None, last, papers)
        yield PlanStep("apply", (result.id,), None, last)


def _beside(results: Iterable[ProgrammeResult], as_of: date) -> Iterator[PlanStep]:
    for result in results:
        yield PlanStep("beside", (result.id,), None, _last_day(result.programme, as_of))


def _waits(results: Iterable[ProgrammeResult], as_of: date) -> Iterator[PlanStep]:
    for result in results:
        period = _period(result.programme, as_of)
        yield PlanStep("wait", (result.id,), period.low, period.high)


def _last_day(programme: Programme, as_of: date) -> date | None:
    return _period(programme, as_of).high


def _period(programme: Programme, as_of: date) -> Range[date]:
    """Return the period that runs, else the next one; unbounded where applications are taken at all times."""
    periods = programme.window.periods
    return next((one for one in periods if one.high is None or one.high >= as_of), Range(None, None))
