"""Which claims are for the same money: the same cost, or costs that may partly be the same."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from eligibility.advice.combining import Pair
from eligibility.advice.offers import Offer, cost_of
from eligibility.advice.task import Claim, Couple
from eligibility.engine.assessment import Assessed
from eligibility.engine.profile import Profile
from eligibility.language.fact import FactShape
from eligibility.rulebook.rulebook import Rulebook


def same_money(
    pairs: Mapping[Couple, Pair], offers: Iterable[Offer], assessed: Assessed, unit: int
) -> Mapping[Couple, frozenset[frozenset[Claim]]]:
    """Return, for each couple, the claims of which one at most can be funded.

    Where both may fund the same cost, its ceilings say how far. How much of two different costs is the same is not
    known; so these are funded by both only where even then no ceiling could be reached.
    """
    shares: dict[Claim, int] = {}
    for offer in offers:
        for cost, share in offer.shares.items():
            shares[offer.programme, cost] = max(share, shares.get((offer.programme, cost), 0))
    overlaps = _overlaps(assessed.rulebook)
    found: dict[Couple, frozenset[frozenset[Claim]]] = {}
    for couple, pair in pairs.items():
        one, other = sorted(couple)
        apart = set()
        for left in (claim for claim in shares if claim[0] == one):
            for right in (claim for claim in shares if claim[0] == other):
                if left[1] == right[1]:
                    same = not pair.shares_costs
                else:
                    room = _room(pair, left[1], right[1], assessed.profile, unit)
                    same = frozenset({left[1], right[1]}) in overlaps and shares[left] + shares[right] > room
                if same:
                    apart.add(frozenset({left, right}))
        found[couple] = frozenset(apart)
    return found


def _room(pair: Pair, left: str, right: str, profile: Profile, unit: int) -> int:
    """Return what both may bring together for two costs of which the smaller one may lie within the larger."""
    amounts = [cost_of(cost, profile).high for cost in (left, right)]
    if not pair.shares_costs or None in amounts:
        return 0
    share = min((one for one in (pair.ceiling, pair.wide_ceiling) if one is not None), default=Fraction(1))
    return int(share * max(amount for amount in amounts if amount is not None) * unit)


def _overlaps(rulebook: Rulebook) -> frozenset[frozenset[str]]:
    return frozenset(frozenset({name, other}) for name, other in _written(rulebook))


def _written(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for name, fact in rulebook.facts.items():
        if isinstance(fact.wording, FactShape):
            yield from ((name, other) for other in fact.wording.overlaps)
    # One that is given as an answer holds the amounts from which it would be worked out.
    for name, definition in rulebook.definitions.items():
        if definition.currency is not None:
            yield from ((name, other) for other in definition.facts())
