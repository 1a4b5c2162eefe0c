"""Which offers to take: what trying them all finds, at every order of magnitude; no choice that does not stand up."""

import sys
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from eligibility.advice import highs, solve
from eligibility.advice.divide import divide
from eligibility.advice.offers import Offer
from eligibility.advice.solve import PlanFailure, best, most
from eligibility.advice.task import Ceiling, Division, Headroom, Task

ONE = Fraction(1)


def offer(name: str, money: int) -> Offer:
    return Offer(name, (), money, money, {})


def drawn(random: Random, size: int) -> Task:
    """Programmes that pay up to `size` smallest units, with limits of the same order."""
    names = [f"p{index}" for index in range(random.randint(1, 4))]
    offers = [one for name in names for one in offers_of(random, name, size)]
    couples = [frozenset({one, other}) for place, one in enumerate(names) for other in names[:place]]
    apart = [frozenset((name, cost) for name in couple) for couple in couples for cost in "abc"]
    ceilings = [Ceiling(cost, most, most) for cost in "abc" for most in [random.randint(1, 2 * size)]]
    for couple in couples:
        if random.random() < 0.5:
            one, other = sorted(couple)
            most = random.randint(0, size)
            ceilings.append(
                random.choice([Ceiling("a", most, most, (one, other)), Ceiling("b", most, 0, (one,), (other,))])
            )
    rooms = [
        Headroom(room, room // 2, frozenset(random.sample(names, random.randint(1, len(names))))) for room in [size]
    ]
    return Task(
        tuple(offers),
        {name: random.choice([ONE, Fraction(random.randint(1, 100), 100)]) for name in names},
        frozenset(couple for couple in couples if random.random() < 0.2),
        frozenset(claims for claims in apart if random.random() < 0.4),
        tuple(ceilings),
        tuple(rooms) if random.random() < 0.6 else (),
    )


def offers_of(random: Random, name: str, size: int) -> list[Offer]:
    costs = random.sample("abc", random.randint(0, 2))
    pays = {cost: random.randint(1, size) for cost in costs}
    choices = [[cost] for cost in costs] + ([costs] if len(costs) == 2 else [] if costs else [[]])
    found = []
    for chosen in choices:
        money = sum(pays[cost] for cost in chosen) or random.randint(1, size)
        found.append(Offer(name, tuple(chosen), random.randint(0, money), money, {cost: pays[cost] for cost in chosen}))
    return found


def tried(task: Task, other_than: frozenset[str] | None = None) -> Division | None:
    names = dict.fromkeys(one.programme for one in task.offers)
    found = []
    for chosen in product(*([None, *(one for one in task.offers if one.programme == name)] for name in names)):
        offers = [one for one in chosen if one is not None]
        apart = not any(task.forbids(one, other) for place, one in enumerate(offers) for other in offers[:place])
        if offers and apart and frozenset(one.programme for one in offers) != other_than:
            division = divide(offers, task)
            if all(division.money):
                found.append(division)
    return max(found, key=lambda division: division.expected, default=None)


def against_trying(seeds: range) -> None:
    for seed in seeds:
        random = Random(seed)
        task = drawn(random, random.choice([5, 1000, 10**6, 10**9, 10**12]))
        found, wanted = best(task), tried(task)
        assert (found and found.expected) == (wanted and wanted.expected), seed
        if found is not None:
            second, wanted = best(task, [found.programmes]), tried(task, found.programmes)
            assert (second and second.expected) == (wanted and wanted.expected), seed


def test_no_choice_is_worth_more() -> None:
    against_trying(range(40))


@pytest.mark.slow
def test_no_choice_of_many_is_worth_more() -> None:
    against_trying(range(40, 600))


@pytest.mark.parametrize("size", [10, 10**6, 10**9, 10**12, 10**15])
def test_one_unit_decides(size: int) -> None:
    offers = (offer("p", size - 1), offer("q", size), offer("r", size - 1))
    task = Task(offers, dict.fromkeys("pqr", ONE), frozenset({frozenset("pq"), frozenset("qr"), frozenset("pr")}))
    found = best(task)
    assert found is not None
    assert (found.programmes, found.expected) == (frozenset("q"), size)


def test_nothing_to_take() -> None:
    assert best(Task((), {})) is None
    assert most(Task((), {})) is None
    assert best(Task((offer("p", 5),), {"p": ONE}), [frozenset("p")]) is None


def test_nothing_is_applied_for_that_is_cut_to_nothing() -> None:
    offers = (offer("p", 5), offer("q", 5))
    found = best(Task(offers, dict.fromkeys("pq", ONE), headrooms=(Headroom(5, 5, frozenset("pq")),)))
    assert found is not None
    assert found.programmes == frozenset("p")


def test_the_solver_is_not_loaded_where_there_is_nothing_to_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    assert best(Task((), {})) is None
    with pytest.raises(ImportError):
        best(TWO)


def test_the_solver_is_not_loaded_for_one_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    several = (offer("p", 5), Offer("p", ("a",), 3, 9, {"a": 9}), Offer("p", ("b",), 4, 9, {"b": 9}))
    task = Task(several, {"p": ONE}, ceilings=(Ceiling("a", 9, 9), Ceiling("b", 9, 9)))
    for found in (best(task), most(task)):
        assert found is not None
        assert (found.offers, found.money, found.sure) == (several[2:], (9,), (4,))
    assert best(task, [frozenset("p")]) is None


TWO = Task((offer("p", 5), offer("q", 7)), dict.fromkeys("pq", ONE), frozenset({frozenset("pq")}))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (((0, 1), Fraction(12)), "q was taken beside what excludes it"),
        (((1,), Fraction(8)), "the choice is worth 7, not 8"),
    ],
)
def test_a_choice_that_does_not_stand_up(
    answer: tuple[tuple[int, ...], Fraction], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "solve", lambda model: answer)
    for choose in (best, most):
        with pytest.raises(PlanFailure) as caught:
            choose(TWO)
        assert str(caught.value) == message


def test_a_solver_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highs, "_OPTIONS", {**highs._OPTIONS, "time_limit": 0, "presolve": "off"})
    with pytest.raises(PlanFailure, match=r"^the solver ended with Time limit reached$"):
        best(TWO)
