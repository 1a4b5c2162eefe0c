"""What each missing answer would decide."""

from eligibility.advice.explanation import Need, Outlook
from eligibility.advice.outlooks import Outlooks
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.engine.reference import Reference


class Needs:
    """Tells what missing answers would decide. Only a memory of what it worked out: all programmes share it."""

    def __init__(self, reference: Reference) -> None:
        self.order = (*reference.rulebook.facts, *reference.rulebook.definitions)
        self._reference = reference
        self._outlooks: dict[str, Outlooks] = {}

    def of(self, result: ProgrammeResult) -> tuple[Need, ...]:
        """Return the needs of a programme in the order in which one asks."""
        return tuple(self._need(name, result) for name in self.order if name in result.missing)

    def _need(self, fact: str, result: ProgrammeResult) -> Need:
        if fact not in self._outlooks:
            self._outlooks[fact] = Outlooks(self._reference, fact)
        outlooks = self._outlooks[fact].of(result)
        if not outlooks:
            return Need(fact, (), any(fact in one.missing for one in result.criteria), _award_lacks(fact, result))
        verdict = any(one.verdict is not result.verdict for one in outlooks)
        return Need(fact, outlooks, verdict, any(_pays_otherwise(one, result) for one in outlooks))


def _pays_otherwise(outlook: Outlook, result: ProgrammeResult) -> bool:
    if result.award is None or outlook.verdict is Verdict.NOT_ELIGIBLE:
        return False
    return (outlook.rate, outlook.amount) != (result.award.rate, result.award.amount)


def _award_lacks(fact: str, result: ProgrammeResult) -> bool:
    if result.award is None:
        return False
    reading = result.award.reading
    return any(fact in one.missing for one in (reading.rate, reading.amount) if one is not None)
