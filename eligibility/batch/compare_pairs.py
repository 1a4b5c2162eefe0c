"""The programmes of two rulebooks side by side, and what the plans say of each on a block of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from eligibility.advice.comparison import in_both
from eligibility.batch.layouts import VERDICTS, Offered, offered
from eligibility.batch.marked import OPEN, Results, marked
from eligibility.batch.words import Numbers
from eligibility.engine.columns import Plan
from eligibility.engine.term import Sheet, Term
from eligibility.rulebook.rulebook import Rulebook

NOT_ELIGIBLE = VERDICTS.index("not_eligible")
_KINDS = ("v", "f", "m", "a.min", "a.max", "r.min", "r.max")
ENDS = ("min", "max")


@dataclass(frozen=True, slots=True)
class Side:
    """A programme in one of the rulebooks: its results, its window on the day, the facts that its mask names."""

    programme: Offered
    window: str
    missing: tuple[str, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the ids of its criteria, as its mask of failed ones numbers them."""
        return self.programme.programme.criterion_ids

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return what the bits of its mask of failed criteria (`f`) or missing facts (`m`) stand for."""
        return self.failed if kind == "f" else self.missing

    def of(self, results: Results, kind: str) -> Numbers | None:
        """Return one of its results (`v`, `f`, `m`, `a.min` …); `None` where it has none of the kind."""
        return results.get(f"{kind[0]}{self.programme.index}{kind[1:]}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A programme in both rulebooks, or in one of them."""

    id: str
    before: Side | None
    after: Side | None

    @property
    def sides(self) -> tuple[Side | None, Side | None]:
        """Return both."""
        return self.before, self.after

    @property
    def windows(self) -> tuple[str | None, str | None]:
        """Return the states of its window."""
        return tuple(None if side is None else side.window for side in self.sides)  # type: ignore[return-value]

    @property
    def one_currency(self) -> bool:
        """Whether amounts of both can be compared."""
        return len({side.programme.currency for side in self.sides if side and side.programme.currency}) <= 1


@dataclass(frozen=True, slots=True)
class Found:
    """What both sides say of a pair on some rows.

    `changed` masks the rows for which anything differs, `awards` those of them with another rate or amount.
    """

    pair: Pair
    results: tuple[Results, Results]
    changed: Numbers
    awards: Numbers

    def of(self, which: int, kind: str) -> Numbers | None:
        """Return a result before (0) or after (1)."""
        side = self.pair.sides[which]
        return None if side is None else side.of(self.results[which], kind)


def pairs_of(before: Plan, after: Plan) -> tuple[Pair, ...]:
    """Return the programmes of two plans with reasons."""
    sides = [{one.id: _side(one, plan) for one in offered(plan)} for plan in (before, after)]
    return tuple(Pair(name, sides[0].get(name), sides[1].get(name)) for name in in_both(*map(tuple, sides)))


def _side(programme: Offered, plan: Plan) -> Side:
    window = programme.programme.window.status(plan.rulebook.as_of)
    return Side(programme, window, plan.missing_ids[programme.index])


def differing(before: Rulebook, after: Rulebook, given: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the programmes that may say something else of any row, and of those that never do.

    `given` are the facts that the table has, read alike by both. Raises RuleError as `Plan`.
    """
    # On one sheet equal terms are one object, whatever files and days they come from.
    sheet = Sheet()
    plans = [Plan(rulebook, given, reasons=True, sheet=sheet) for rulebook in (before, after)]
    pairs = pairs_of(plans[0], plans[1])
    differ = tuple(pair.id for pair in pairs if not _same(pair, plans))
    return differ, tuple(pair.id for pair in pairs if pair.id not in differ)


def _same(pair: Pair, plans: Sequence[Plan]) -> bool:
    before, after = pair.sides
    if before is None or after is None:
        return False
    told = [(side.window, side.failed, side.missing, side.programme.currency) for side in (before, after)]
    terms = [_terms(side, plan) for side, plan in zip((before, after), plans, strict=True)]
    if told[0] != told[1] or any(first is not second for first, second in zip(*terms, strict=True)):
        return False
    # Rules that are put otherwise may agree on every exact answer, and leave another known range open.
    return _written_alike(pair.id, plans[0].rulebook, plans[1].rulebook)


def _written_alike(name: str, before: Rulebook, after: Rulebook) -> bool:
    """Tell whether a programme, and all that it reads, consists of the same parts."""
    first, second = before.programmes[name], after.programmes[name]
    if [one.condition for one in first.criteria] != [one.condition for one in second.criteria]:
        return False
    if first.award != second.award or before.reads[name] != after.reads[name]:
        return False
    return all(before.subject(fact) == after.subject(fact) for fact in before.reads[name])


def _terms(side: Side, plan: Plan) -> list[Term | None]:
    index = side.programme.index
    return [plan.outcomes.get(f"{kind[0]}{index}{kind[1:]}") for kind in _KINDS]


def only(rulebook: Rulebook, programmes: Sequence[str]) -> Rulebook:
    """Return the rulebook with some of its programmes, in its order."""
    kept = {name: programme for name, programme in rulebook.programmes.items() if name in programmes}
    return replace(rulebook, programmes=kept)


def found_in(pairs: Sequence[Pair], before: pl.DataFrame, after: pl.DataFrame) -> Iterator[Found]:
    """Yield for each programme what the results of both plans say of some rows."""
    results = (marked(before), marked(after))
    for pair in pairs:
        yield Found(pair, results, *_changed(pair, results))


def _changed(pair: Pair, results: tuple[Results, Results]) -> tuple[Numbers, Numbers]:
    before, after = pair.sides
    if before is None or after is None:
        side, found = (before, results[0]) if after is None else (after, results[1])
        assert side is not None
        changed = np.asarray(_known(side.of(found, "v")) != NOT_ELIGIBLE)
        return changed, np.zeros(len(changed), dtype=bool)
    first, second = (_known(side.of(found, "v")) for side, found in ((before, results[0]), (after, results[1])))
    changed = np.asarray(first != second)
    if before.window != after.window:
        changed = changed | (first != NOT_ELIGIBLE) | (second != NOT_ELIGIBLE)
    for kind in ("f", "m"):
        changed = changed | _sets_differ(pair, results, kind)
    awards = np.zeros(len(changed), dtype=bool)
    for kind in ("a", "r"):
        for end in ENDS:
            awards |= _ends_differ(pair, results, f"{kind}.{end}")
    return changed | awards, awards


def _known(numbers: Numbers | None) -> Numbers:
    assert numbers is not None, "each plan tells the verdict and the reasons of all its programmes"
    return numbers


def _sets_differ(pair: Pair, results: tuple[Results, Results], kind: str) -> Numbers:
    before, after = pair.sides
    assert before is not None
    assert after is not None
    masks = (_known(before.of(results[0], kind)), _known(after.of(results[1], kind)))
    if before.ids(kind) == after.ids(kind):
        return np.asarray(masks[0] != masks[1])
    names = in_both(before.ids(kind), after.ids(kind))
    parts = [holds(masks[0], before.ids(kind), name) != holds(masks[1], after.ids(kind), name) for name in names]
    return np.any(parts, axis=0) if parts else np.zeros(len(masks[0]), dtype=bool)


def holds(masks: Numbers, ids: Sequence[str], name: str) -> Numbers:
    """Tell of which rows a mask names this criterion or fact."""
    if name not in ids:
        return np.zeros(len(masks), dtype=bool)
    return np.asarray((masks >> ids.index(name)) & 1, dtype=bool)


def _ends_differ(pair: Pair, results: tuple[Results, Results], kind: str) -> Numbers | bool:
    before, after = pair.sides
    assert before is not None
    assert after is not None
    first, second = before.of(results[0], kind), after.of(results[1], kind)
    if first is None or second is None:
        known = second if first is None else first
        return False if known is None else np.asarray(known != OPEN)
    if kind[0] == "a" and not pair.one_currency:
        return np.asarray((first != OPEN) | (second != OPEN))
    return np.asarray(first != second)
