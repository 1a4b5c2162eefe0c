"""What the reference evaluator knows of a truth, a number or a choice, and which facts it still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A truth and what it lacks.

    `missing` are the facts that it still depends on: none when it is known; `parts` are what it was made of.
    """

    truth: Truth
    missing: frozenset[str] = NOTHING
    parts: tuple["Judgement", ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, exactly known or within an interval; `missing` as for a judgement."""

    interval: Interval
    missing: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Options:
    """The values that a choice may still have (`None`: any); `missing` as for a judgement."""

    values: frozenset[str] | None
    missing: frozenset[str] = NOTHING

    @property
    def value(self) -> str | None:
        """Return the value if only one is left."""
        return next(iter(self.values)) if self.values is not None and len(self.values) == 1 else None


def judged(truth: Truth, parts: Iterable[Judgement] = (), missing: frozenset[str] = NOTHING) -> Judgement:
    """Make a judgement of parts: it lacks what its unknown parts lack, unless it is known without them."""
    kept = tuple(parts)
    if truth is not Truth.UNKNOWN:
        return Judgement(truth, NOTHING, kept)
    return Judgement(truth, missing.union(*(part.missing for part in kept)), kept)


def measured(interval: Interval, parts: Iterable[Quantity], missing: frozenset[str] = NOTHING) -> Quantity:
    """Make a quantity of parts: an exactly known one lacks nothing."""
    if interval.is_point:
        return Quantity(interval)
    return Quantity(interval, missing.union(*(part.missing for part in parts)))
