"""What is to be decided, in whole numbers: which offers to take, and how limits divide the money among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm

from eligibility.advice.offers import Offer

Couple = frozenset[str]
"""The ids of two programmes."""
Claim = tuple[str, str]
"""The id of a programme and a cost that it may be asked to fund."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """All money for a cost is at most `most` where `claiming` ask for it and `beside` are taken too (for any costs).

    `least` is the same for the lowest amount that the cost may have.
    """

    cost: str
    most: int
    least: int
    claiming: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def holds(self, offers: Iterable[Offer]) -> bool:
        """Whether it counts for these offers."""
        taken = {offer.programme: offer for offer in offers}
        return all(name in taken and self.cost in taken[name].costs for name in self.claiming) and all(
            name in taken for name in self.beside
        )


@dataclass(frozen=True, slots=True)
class Headroom:
    """All money of these programmes together is at most `most`; `least` of it is certain to be there."""

    most: int
    least: int
    programmes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Task:
    """Offers in the order of the rulebook, with everything that keeps them from being taken together.

    `chances` weigh the money of each programme. Of each couple in `excluded` one is taken at most, and so of two claims
    in `apart`, which are for the same money.
    """

    offers: tuple[Offer, ...]
    chances: Mapping[str, Fraction]
    excluded: frozenset[Couple] = frozenset()
    apart: frozenset[frozenset[Claim]] = frozenset()
    ceilings: tuple[Ceiling, ...] = ()
    headrooms: tuple[Headroom, ...] = ()

    @property
    def parts(self) -> int:
        """Return into how many parts a unit of money is to be divided, so that the chances weigh it in whole parts."""
        return lcm(*(chance.denominator for chance in self.chances.values()))

    @property
    def weights(self) -> Mapping[str, int]:
        """Return how many of these parts a unit of money of each programme is worth."""
        return {name: int(chance * self.parts) for name, chance in self.chances.items()}

    def forbids(self, one: Offer, other: Offer) -> bool:
        """Whether two offers cannot be taken together."""
        couple = frozenset({one.programme, other.programme})
        if len(couple) == 1 or couple in self.excluded:
            return True
        claims = ({(offer.programme, cost) for cost in offer.costs} for offer in (one, other))
        return any(frozenset(both) in self.apart for both in product(*claims))


@dataclass(frozen=True, slots=True)
class Division:
    """Offers that are taken, with the money of each: what it brings at most, and what of that is sure."""

    offers: tuple[Offer, ...]
    money: tuple[int, ...]
    sure: tuple[int, ...]
    expected: Fraction

    @property
    def programmes(self) -> frozenset[str]:
        """Return the ids of the programmes that are taken."""
        return frozenset(offer.programme for offer in self.offers)

    @property
    def rank(self) -> tuple[Fraction, int, int, int]:
        """Return what is compared first: expected money, sure money, few applications, few costs asked for."""
        costs = sum(len(offer.costs) for offer in self.offers)
        return self.expected, sum(self.sure), -len(self.offers), -costs
