"""Which answers are the costs of an award: the amounts that it pays for, not those that it is cut by."""

from collections.abc import Iterator

from eligibility.engine.profile import Profile
from eligibility.language.amount import Amount, Of
from eligibility.language.arithmetic import Difference, Greatest, Least, Product, Quotient, Sum
from eligibility.language.bands import Bands
from eligibility.language.decide import Decide
from eligibility.language.definition import Definition
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook


def cost_facts(programme: Programme, rulebook: Rulebook, profile: Profile) -> tuple[str, ...]:
    """Return the facts whose amounts the parts of the award pay for, in the order of the rulebook.

    What is taken away (aid received, the average of earlier years) is no cost. A definition is followed to what it is
    worked out from, unless it was given as an answer: then it is the cost itself.
    """
    award = programme.award
    if award is None or award.currency is None:
        return ()
    reading = _Reading(rulebook, profile)
    read = {name for part in award.parts for name in reading.rising(part.amount, True)}
    costs = {name for name in read if rulebook.subject(name).currency == award.currency}
    return tuple(name for name in (*rulebook.facts, *rulebook.definitions) if name in costs)


class _Reading:
    """Walks through amounts and keeps what makes them rise."""

    def __init__(self, rulebook: Rulebook, profile: Profile) -> None:
        self.rulebook = rulebook
        self.profile = profile
        self._seen: set[tuple[str, bool]] = set()

    def rising(self, amount: Amount, up: bool) -> Iterator[str]:
        if isinstance(amount, Of):
            yield from self._of(amount.subject, up)
        elif isinstance(amount, Difference):
            left, right = amount.parts
            yield from self.rising(left, up)
            yield from self.rising(right, not up)
        elif isinstance(amount, Quotient):
            yield from self.rising(amount.parts[0], up)
        elif isinstance(amount, Sum | Product | Least | Greatest):
            for part in amount.parts:
                yield from self.rising(part, up)

    def _of(self, name: str, up: bool) -> Iterator[str]:
        definition = self.rulebook.definitions.get(name)
        if definition is None or self.profile.given(name) is not None:
            if up:
                yield name
        elif (name, up) not in self._seen:
            self._seen.add((name, up))
            for amount in _values(definition):
                yield from self.rising(amount, up)


def _values(definition: Definition) -> Iterator[Amount]:
    body = definition.body
    if isinstance(body, Decide):
        for line in body.lines:
            if isinstance(line.value, Of | Sum | Difference | Product | Quotient | Least | Greatest):
                yield line.value
    elif isinstance(body, Bands):
        yield from (band.value for band in body.bands)
    elif isinstance(body, Of | Sum | Difference | Product | Quotient | Least | Greatest):
        yield body
