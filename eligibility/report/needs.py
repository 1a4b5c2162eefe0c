"""What each answer that is missing would decide for a programme, in words."""

from collections.abc import Iterator, Sequence

from eligibility.advice.explanation import Explanation, Need, Outlook
from eligibility.engine.assessment import ProgrammeResult, Verdict
from eligibility.report.answer_texts import answer_texts, rest_of
from eligibility.report.page import Item
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import rounded_sum_text, sum_text

VERDICTS = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.LIKELY: "likely",
    Verdict.UNDETERMINED: "still open",
    Verdict.NOT_ELIGIBLE: "not eligible",
}
_MOST_LINES = 8
_MOST_IN_BRIEF = 3
_SHORT_LINE = 72


def need_items(result: ProgrammeResult, explanation: Explanation, speech: RuleSpeech, *, brief: bool) -> list[Item]:
    """Return one item for each missing fact.

    `brief` tells the first answers alone, in one line if it is short, and puts together what decides nothing by itself.
    """
    needs = {need.fact: need for need in explanation.needs}
    rulebook = speech.rulebook
    ordered = [name for name in (*rulebook.facts, *rulebook.definitions) if name in result.missing]
    lines = {name: list(_lines(needs[name], result, speech)) if name in needs else [] for name in ordered}
    together = [name for name in ordered if brief and lines[name] and not _decides(lines[name])]
    if len(together) < 2:
        together = []
    items = [
        Item(speech.label(name), _notes(lines[name], speech, brief=brief)) for name in ordered if name not in together
    ]
    if together:
        # One line for all of them, as there is nothing to say of each.
        text = speech.say("These decide only together with other answers:")
        items.append(Item(text, ("; ".join(speech.label(name) for name in together),)))
    return items


def _decides(lines: Sequence[tuple[str, str]]) -> bool:
    """Whether it makes a difference which answer is given, by itself."""
    return len({told for _, told in lines}) > 1


def _notes(lines: Sequence[tuple[str, str]], speech: RuleSpeech, *, brief: bool) -> tuple[str, ...]:
    if not _decides(lines):
        together = speech.say("No answer decides anything alone; it counts together with others.")
        return () if brief or not lines else (together,)
    notes = [speech.say("{what}: {value}", what=values, value=told) for values, told in lines]
    most = _MOST_IN_BRIEF if brief else _MOST_LINES
    if len(notes) > most:
        left = len(notes) - most
        notes = [*notes[:most], speech.words.plural("and {n} more case", "and {n} more cases", left)]
    line = "; ".join(notes)
    return (line,) if brief and len(line) <= _SHORT_LINE else tuple(notes)


def _lines(need: Need, result: ProgrammeResult, speech: RuleSpeech) -> Iterator[tuple[str, str]]:
    """Yield the answers with the same outcome and that outcome; "any other answer" comes last."""
    told = zip(answer_texts(need, speech), need.outlooks, strict=True)
    rest = rest_of(need)
    for values, outlook in sorted(told, key=lambda pair: pair[1] is rest):
        yield values, _told(need, outlook, result, speech)


def _told(need: Need, outlook: Outlook, result: ProgrammeResult, speech: RuleSpeech) -> str:
    verdict = speech.say(VERDICTS[outlook.verdict])
    if outlook.verdict is Verdict.NOT_ELIGIBLE or not need.award:
        return verdict
    possible = [one for one in need.outlooks if one.verdict is not Verdict.NOT_ELIGIBLE]
    award = result.programme.award
    currency = "" if award is None else award.currency or ""
    # What is the same for all answers does not depend on this one.
    rate = outlook.rate if len({one.rate for one in possible}) > 1 else None
    amount = outlook.amount if len({one.amount for one in possible}) > 1 else None
    parts = [
        verdict if need.verdict else "",
        "" if rate is None else sum_text(rate, "percent", speech),
        "" if amount is None else rounded_sum_text(amount, currency, speech),
    ]
    return ", ".join(part for part in parts if part) or verdict
