"""What would change a verdict or raise an award, in words."""

from collections.abc import Sequence

from eligibility.advice.change import Change, Changed
from eligibility.engine.assessment import Verdict
from eligibility.report.needs import VERDICTS
from eligibility.report.page import Item
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import award_text, gain_text


def change_items(changes: Sequence[Change], before: Verdict, speech: RuleSpeech) -> tuple[Item, ...]:
    """Return one item for each change: what is changed, and what the programme then says."""
    return tuple(Item(change_text(change, before, speech)) for change in changes)


def change_text(change: Change, before: Verdict, speech: RuleSpeech) -> str:
    """Say what is changed and what follows; `before` is the verdict now."""
    changed = speech.join([_changed(one, speech) for one in change.changed], either=False)
    return speech.say("{change} – then: {result}", change=changed, result=_result(change, before, speech))


def _changed(one: Changed, speech: RuleSpeech) -> str:
    after = speech.answer(one.fact, one.after)
    if one.before is None:
        return speech.statement(one.fact, after)
    before = speech.answer(one.fact, one.before)
    return speech.say("{what}: {after} instead of {before}", what=speech.label(one.fact), after=after, before=before)


def _result(change: Change, before: Verdict, speech: RuleSpeech) -> str:
    award = change.award
    money = "" if award is None else award_text(award.rate, award.amount, award.currency, speech)
    gain = ""
    if before is not Verdict.NOT_ELIGIBLE and change.currency is not None:
        gain = gain_text(change.gain, change.currency, speech)
    verdict = "" if before is change.verdict else speech.say(VERDICTS[change.verdict])
    told = ", ".join(part for part in (verdict, money) if part)
    return speech.say("{what} ({note})", what=told, note=gain) if gain else told
