"""The order of questions: what still matters, by topic and file order; programmes that take applications come first."""

from collections.abc import Callable, Iterable

from eligibility.engine.assessment import Assessed, Derived, ProgrammeResult


def next_fact(assessed: Assessed, skipped: frozenset[str], only_open: bool) -> str | None:
    """Return the fact to ask next: one that some verdict or award still depends on and that was not skipped.

    `None` if there is no such fact; `only_open` leaves closed programmes out.
    """
    open_now = [result for result in assessed.programmes if result.window != "closed"]
    closed = [] if only_open else [result for result in assessed.programmes if result.window == "closed"]
    for results in (open_now, closed):
        wanted = _wanted(assessed, results, skipped)
        if wanted:
            return min(wanted, key=_rank(assessed))
    return None


def _wanted(assessed: Assessed, results: Iterable[ProgrammeResult], skipped: frozenset[str]) -> set[str]:
    wanted: set[str] = set()
    for result in results:
        wanted |= result.missing - skipped
        if result.missing & skipped:
            wanted |= _instead(assessed, result, skipped)
    return wanted


def _instead(assessed: Assessed, result: ProgrammeResult, skipped: frozenset[str]) -> set[str]:
    """Return definitions that can be asked for because every fact behind them was answered with "I do not know"."""
    read = assessed.rulebook.reads[result.id]
    return {
        name
        for name, derived in assessed.derived.items()
        if name in read
        and name not in skipped
        and assessed.rulebook.definitions[name].askable
        and _lacking(derived)
        and _lacking(derived) <= skipped
    }


def _lacking(derived: Derived) -> frozenset[str]:
    return derived.value.missing


def _rank(assessed: Assessed) -> Callable[[str], int]:
    names = [*assessed.rulebook.facts, *assessed.rulebook.definitions]
    return {name: index for index, name in enumerate(names)}.__getitem__
