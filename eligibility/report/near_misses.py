"""What would change a verdict or raise an award, in words."""

from collections.abc import Collection, Iterator, Sequence

from eligibility.advice.change import Change, Changed
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.report.needs import VERDICTS
from eligibility.report.page import Item
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import gain_text, is_open, sum_text

_PLACE = "place"
_MOST = 5


def change_items(
    changes: Sequence[Change], result: ProgrammeResult, speech: RuleSpeech, also: Collection[str], *, brief: bool
) -> tuple[Item, ...]:
    """Return the first changes, one item each: those that were asked for first, moving elsewhere last.

    `also` are the facts that the reader asked for; without that `brief` tells nothing of moving.
    """
    asked = [one for one in changes if any(changed.fact in also for changed in one.changed)]
    others = [one for one in changes if one not in asked]
    moves = [one for one in others if _moves(one, speech)]
    told = [*asked, *(one for one in others if one not in moves), *([] if brief else moves)]
    items = tuple(Item(change_text(one, result, speech)) for one in told[:_MOST])
    left = len(told) - len(items)
    more = speech.words.plural("and {n} more change", "and {n} more changes", left)
    return (*items, Item(more)) if left else items


def _moves(change: Change, speech: RuleSpeech) -> bool:
    facts = speech.rulebook.facts
    return any(one.fact in facts and facts[one.fact].changeable == _PLACE for one in change.changed)


def change_text(change: Change, result: ProgrammeResult, speech: RuleSpeech) -> str:
    """Say what is changed and what follows; `result` is what the programme says now."""
    changed = speech.join([_changed(one, speech) for one in change.changed], either=False)
    told = ", ".join(_parts(change, result, speech)) or speech.say(VERDICTS[change.verdict])
    return speech.say("{change} – then: {result}", change=changed, result=told)


def _changed(one: Changed, speech: RuleSpeech) -> str:
    after = speech.answer(one.fact, one.after)
    if one.before is None:
        return speech.statement(one.fact, after)
    before = speech.answer(one.fact, one.before)
    return speech.say("{what}: {after} instead of {before}", what=speech.label(one.fact), after=after, before=before)


def _parts(change: Change, result: ProgrammeResult, speech: RuleSpeech) -> Iterator[str]:
    """Yield what differs from now: the verdict, the rate, the amount with what it gains."""
    if change.verdict is not result.verdict:
        yield speech.say(VERDICTS[change.verdict])
    now, then = result.award, change.award
    if then is None:
        return
    if then.rate is not None and not is_open(then.rate) and (now is None or now.rate != then.rate):
        yield sum_text(then.rate, "percent", speech)
    if then.amount is None or then.currency is None:
        return
    amount = sum_text(then.amount, then.currency, speech)
    # Of a no the gain is the award itself.
    gain = "" if result.verdict is Verdict.NOT_ELIGIBLE else gain_text(change.gain, then.currency, speech)
    yield speech.say("{what} ({note})", what=amount, note=gain) if gain else amount
