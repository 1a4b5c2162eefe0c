"""A choice of offers as rows and columns of whole numbers, for any solver of such problems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.offers import Offer
from eligibility.advice.task import Task

# Each preference outweighs all that may come of the next for a plan of ordinary size.
_APPLICATION, _COST, _PLACE = (Fraction(1, 10**power) for power in (2, 3, 4))
# Up to here a solver that calculates with 15 digits tells one unit of money from preferences that are smaller still.
_FINEST = 10**9


@dataclass(frozen=True, slots=True)
class Row:
    """Some columns, each times its factor, are together from `low` to `high`; `money`: the row adds up money."""

    low: int | None
    high: int | None
    factors: Mapping[int, int]
    money: bool = False


@dataclass(slots=True)
class Model:
    """One yes-or-no column for each offer, then columns for money where a limit may cut it.

    `worth` is what one of each column is worth in the parts of the task, `most` the highest value of each. `favour` is
    a preference among choices of equal worth, as a share of the `largest` worth of an offer: far too small to outweigh
    any other difference.
    """

    task: Task
    worth: list[int]
    favour: list[Fraction]
    most: list[int]
    largest: int
    rows: list[Row]

    @classmethod
    def of(cls, task: Task) -> "Model":
        """Write a task down as rows and columns."""
        cut = _cut_offers(task)
        # What no limit can cut brings all it has: a column of money would only blur it.
        weights = task.weights
        worth = [weights[offer.programme] * offer.possible for offer in task.offers]
        model = cls(task, [], [], [1] * len(worth), max(worth), [])
        grain = model.grain
        for index, offer in enumerate(task.offers):
            model.worth.append(0 if index in cut else worth[index])
            sure = 0 if index in cut else weights[offer.programme] * offer.sure
            dear = _APPLICATION + _COST * len(offer.costs) + _PLACE * Fraction(index, len(worth))
            model.favour.append(grain * (Fraction(sure, model.largest) - dear))
        parts = model._add_money(cut)
        model._add_choices()
        model._add_headrooms(parts)
        model._add_ceilings(parts)
        return model

    @property
    def tells_apart(self) -> bool:
        """Whether a single unit of money outweighs all preferences by far, so that these only choose among equals."""
        return self.largest <= _FINEST

    @property
    def grain(self) -> Fraction:
        """Return the greatest preference, as a share of the largest worth."""
        return Fraction(1, 8 * len(self.task.offers) * min(self.largest, _FINEST))

    def forbid_programmes(self, programmes: frozenset[str]) -> None:
        """Ask for other programmes than exactly these."""
        taken = [index for index, offer in enumerate(self.task.offers) if offer.programme in programmes]
        self._differ_from(frozenset(taken), len(programmes))

    def forbid_choice(self, chosen: tuple[int, ...]) -> None:
        """Ask for other offers than exactly these."""
        self._differ_from(frozenset(chosen), len(chosen))

    def _differ_from(self, taken: frozenset[int], count: int) -> None:
        signs = {index: -1 if index in taken else 1 for index in range(len(self.task.offers))}
        self.rows.append(Row(1 - count, None, signs))

    def _add_money(self, cut: frozenset[int]) -> dict[tuple[int, str], int]:
        """Add, for each offer that may be cut, what it pays for each of its costs; return the columns."""
        parts: dict[tuple[int, str], int] = {}
        weights = self.task.weights
        for index in sorted(cut):
            offer = self.task.offers[index]
            shares = offer.shares or {"": offer.possible}
            for cost, share in shares.items():
                parts[index, cost] = len(self.worth)
                weight = weights[offer.programme]
                self.worth.append(weight)
                self.favour.append(self.grain * Fraction(weight * offer.sure, offer.possible * self.largest))
                self.most.append(share)
                self.rows.append(Row(None, 0, {parts[index, cost]: 1, index: -share}, money=True))
            together = {parts[index, cost]: 1 for cost in shares}
            self.rows.append(Row(None, 0, {**together, index: -offer.possible}, money=True))
        return parts

    def _add_choices(self) -> None:
        offers = list(enumerate(self.task.offers))
        for programme in dict.fromkeys(offer.programme for _, offer in offers):
            self._at_most_one(index for index, offer in offers if offer.programme == programme)
        for couple in sorted(map(sorted, self.task.excluded)):
            self._at_most_one(index for index, offer in offers if offer.programme in couple)
        for claims in sorted(map(sorted, self.task.apart)):
            self._at_most_one(index for index, offer in offers if any(offer.claims(*claim) for claim in claims))

    def _at_most_one(self, columns: Iterable[int]) -> None:
        taken = dict.fromkeys(columns, 1)
        if len(taken) > 1:
            self.rows.append(Row(None, 1, taken))

    def _add_headrooms(self, parts: Mapping[tuple[int, str], int]) -> None:
        offers = self.task.offers
        for headroom in self.task.headrooms:
            inside = [column for (index, _), column in parts.items() if offers[index].programme in headroom.programmes]
            if inside:
                self.rows.append(Row(None, headroom.most, dict.fromkeys(inside, 1), money=True))

    def _add_ceilings(self, parts: Mapping[tuple[int, str], int]) -> None:
        for ceiling in self.task.ceilings:
            factors = {column: 1 for (_, cost), column in parts.items() if cost == ceiling.cost}
            if not factors:
                continue
            conditions = len(ceiling.claiming) + len(ceiling.beside)
            # As soon as one condition is not met so much more is allowed that the row says nothing.
            more = max(0, sum(self.most[column] for column in factors) - ceiling.most)
            for index, offer in enumerate(self.task.offers):
                claims = offer.programme in ceiling.claiming and ceiling.cost in offer.costs
                if more and (claims or offer.programme in ceiling.beside):
                    factors[index] = more
            self.rows.append(Row(None, ceiling.most + more * conditions, factors, money=True))


def _cut_offers(task: Task) -> frozenset[int]:
    """Return the places of the offers that a ceiling or a headroom may cut."""
    cut: set[int] = set()
    for headroom in task.headrooms:
        inside = [index for index, offer in enumerate(task.offers) if offer.programme in headroom.programmes]
        if _most_of(task.offers, inside, None) > headroom.most:
            cut.update(inside)
    for ceiling in task.ceilings:
        inside = [index for index, offer in enumerate(task.offers) if ceiling.cost in offer.costs]
        if _most_of(task.offers, inside, ceiling.cost) > ceiling.most:
            cut.update(inside)
    return frozenset(cut)


def _most_of(offers: tuple[Offer, ...], inside: Iterable[int], cost: str | None) -> int:
    most: dict[str, int] = {}
    for index in inside:
        money = offers[index].possible if cost is None else offers[index].shares[cost]
        programme = offers[index].programme
        most[programme] = max(most.get(programme, 0), money)
    return sum(most.values())
