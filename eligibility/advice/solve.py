"""Which offers to take: chosen by a solver, then worked out again in whole numbers.

The solver calculates with rounded numbers. Where sums are so large that it cannot tell a unit of money apart, it is
asked for one choice after the other until the next is clearly worth less, and these are compared exactly.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction

from eligibility.advice.divide import divide
from eligibility.advice.highs import PlanFailure, solve
from eligibility.advice.model import Model
from eligibility.advice.task import Division, Task

_NEAR = Fraction(1, 10**7)
_MOST_NEAR = 6
_MOST_EMPTY = 100


def best(task: Task, other_than: Collection[frozenset[str]] = ()) -> Division | None:
    """Return the best choice of offers whose programmes are not exactly one of the sets in `other_than`.

    Best is by expected money, then sure money, fewer applications, fewer costs, and the order of the offers; `None`
    where there is nothing to take.

    Raises:
        PlanFailure: what the solver chose breaks a limit or is not worth what it said.
    """
    if len({offer.programme for offer in task.offers}) < 2:
        return _best_alone(task, other_than)
    found: list[tuple[tuple[object, ...], Division]] = []
    most = Fraction(0)
    model = Model.of(task)
    for programmes in other_than:
        model.forbid_programmes(programmes)
    for count, (chosen, worth) in enumerate(_choices(model), 1):
        division = _checked(task, chosen, worth)
        # What is cut to nothing need not be applied for: the choice without it comes too.
        if all(division.money):
            found.append(((*division.rank, -sum(chosen), tuple(-index for index in chosen)), division))
            most = max(most, division.expected)
        if found and (model.tells_apart or division.expected < most * (1 - _NEAR) or count >= _MOST_NEAR):
            break
        if count == _MOST_EMPTY:
            break
    return max(found, key=lambda pair: pair[0])[1] if found else None


def most(task: Task) -> Division | None:
    """Return a choice of offers with the greatest expected money, whatever else speaks for another of the same worth.

    Raises:
        PlanFailure: what the solver chose breaks a limit or is not worth what it said.
    """
    if len({offer.programme for offer in task.offers}) < 2:
        return _best_alone(task)
    chosen = next(_choices(Model.of(task)), None)
    return None if chosen is None else _checked(task, *chosen)


def _best_alone(task: Task, other_than: Collection[frozenset[str]] = ()) -> Division | None:
    """Return the best offer of a single programme, for which no solver needs to be loaded."""
    divisions = [divide([offer], task) for offer in task.offers]
    found = [division for division in divisions if all(division.money) and division.programmes not in other_than]
    return max(found, key=lambda division: division.rank, default=None)


def _checked(task: Task, chosen: tuple[int, ...], worth: Fraction) -> Division:
    offers = [task.offers[index] for index in chosen]
    for place, offer in enumerate(offers):
        if any(task.forbids(offer, other) for other in offers[:place]):
            raise PlanFailure(f"{offer.programme} was taken beside what excludes it")
    division = divide(offers, task)
    if abs(division.expected - worth) > max(worth, Fraction(1)) * _NEAR:
        raise PlanFailure(f"the choice is worth {division.expected}, not {worth}")
    return division


def _choices(model: Model) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Yield the choices from the best on, each with about what it is worth."""
    while (solved := solve(model)) is not None and solved[0]:
        yield solved
        model.forbid_choice(solved[0])
