"""How limits divide money: by hand, and against trying every division."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from eligibility.advice.divide import divide
from eligibility.advice.offers import Offer
from eligibility.advice.task import Ceiling, Headroom, Task

ONE = Fraction(1)


def offer(name: str, most: int, costs: str = "", sure: int = 0, share: int | None = None) -> Offer:
    return Offer(name, tuple(costs), sure, most, dict.fromkeys(costs, most if share is None else share))


def task(
    offers: list[Offer],
    ceilings: tuple[Ceiling, ...] = (),
    headrooms: tuple[Headroom, ...] = (),
    chances: dict[str, Fraction] | None = None,
) -> Task:
    even = {one.programme: ONE for one in offers}
    return Task(tuple(offers), {**even, **(chances or {})}, ceilings=ceilings, headrooms=headrooms)


def test_without_limits() -> None:
    offers = [offer("p", 10, "a", sure=4), offer("q", 5)]
    found = divide(offers, task(offers))
    assert (found.money, found.sure, found.expected) == ((10, 5), (4, 0), 15)


def test_a_ceiling_leaves_money_to_the_likelier() -> None:
    offers = [offer("p", 10, "a"), offer("q", 10, "a")]
    found = divide(offers, task(offers, (Ceiling("a", 12, 12),), chances={"p": Fraction(1, 3)}))
    assert (found.money, found.expected) == ((2, 10), 10 + Fraction(2, 3))


def test_a_ceiling_of_a_pair_holds_only_for_the_pair() -> None:
    offers = [offer("p", 10, "a"), offer("q", 10, "a")]
    limits = (Ceiling("a", 100, 100), Ceiling("a", 12, 12, ("p", "q")), Ceiling("a", 1, 1, ("p",), ("r",)))
    assert divide(offers, task(offers, limits)).expected == 12
    assert divide(offers[:1], task(offers, limits)).expected == 10


def test_money_goes_to_the_cost_that_has_room() -> None:
    """The first could fill either cost, the second only one: a greedy division would leave less."""
    offers = [offer("p", 10, "ab"), offer("q", 10, "a")]
    found = divide(offers, task(offers, (Ceiling("a", 10, 10), Ceiling("b", 10, 10))))
    assert found.money == (10, 10)


def test_headrooms_within_one_another() -> None:
    offers = [offer("p", 10), offer("q", 10), offer("r", 10)]
    rooms = (Headroom(5, 5, frozenset("p")), Headroom(12, 12, frozenset("pq")))
    found = divide(offers, task(offers, headrooms=rooms))
    assert found.expected == 22
    assert found.money[0] <= 5
    assert found.money[2] == 10


def test_sure_money_comes_first_and_is_cut_by_what_is_sure() -> None:
    offers = [offer("p", 10, sure=0), offer("q", 10, sure=10)]
    found = divide(offers, task(offers, headrooms=(Headroom(12, 8, frozenset("pq")),)))
    assert (found.money, found.sure) == ((2, 10), (0, 8))


@st.composite
def tasks(draw: st.DrawFn) -> tuple[list[Offer], Task]:
    offers = []
    for name in "pqr"[: draw(st.integers(1, 3))]:
        costs = draw(st.sampled_from(["", "a", "b", "ab"]))
        most = draw(st.integers(1, 6))
        share = draw(st.integers(max(1, -(-most // max(len(costs), 1))), most))
        offers.append(offer(name, most, costs, draw(st.integers(0, most)), share))
    ceilings = [Ceiling(cost, one, one) for cost in "ab" for one in draw(st.lists(st.integers(0, 8), max_size=1))]
    inside = draw(st.frozensets(st.sampled_from("pqr")))
    rooms = [Headroom(one, one, inside) for one in draw(st.lists(st.integers(0, 9), max_size=1))]
    if rooms and len(inside) > 1:
        rooms.append(Headroom(rooms[0].most // 2, rooms[0].most // 2, frozenset([min(inside)])))
    chances = {one.programme: Fraction(draw(st.integers(1, 4)), 4) for one in offers}
    return offers, task(offers, tuple(ceilings), tuple(rooms), chances)


def tried(offers: list[Offer], stated: Task) -> Fraction:
    """The best of all divisions in whole numbers."""
    parts = [(index, cost) for index, one in enumerate(offers) for cost in (one.costs or ("",))]
    best = Fraction(0)
    for amounts in product(
        *(range(offers[index].shares.get(cost, offers[index].possible) + 1) for index, cost in parts)
    ):
        money = [0] * len(offers)
        paid: dict[str, int] = {}
        for (index, cost), amount in zip(parts, amounts, strict=True):
            money[index] += amount
            paid[cost] = paid.get(cost, 0) + amount
        fits = all(one <= offer.possible for one, offer in zip(money, offers, strict=True))
        fits = fits and all(paid.get(one.cost, 0) <= one.most for one in stated.ceilings)
        for room in stated.headrooms:
            inside = (one for one, offer in zip(money, offers, strict=True) if offer.programme in room.programmes)
            fits = fits and sum(inside) <= room.most
        if fits:
            worth = (one * stated.chances[offer.programme] for one, offer in zip(money, offers, strict=True))
            best = max(best, sum(worth, Fraction(0)))
    return best


@given(tasks())
def test_no_division_brings_more(drawn: tuple[list[Offer], Task]) -> None:
    offers, stated = drawn
    found = divide(offers, stated)
    assert found.expected == tried(offers, stated)
    assert all(0 <= sure <= money for sure, money in zip(found.sure, found.money, strict=True))
