"""Criteria and citations in words."""

from collections.abc import Sequence

from eligibility.engine.assessment import CriterionResult, Reason
from eligibility.language.award import Award, Limit
from eligibility.language.cite import Cite
from eligibility.language.condition import Condition
from eligibility.language.criterion import Criterion
from eligibility.language.linking import MINIMUM_AWARD
from eligibility.report.page import Source
from eligibility.report.speech import RuleSpeech


def criterion_text(criterion: Criterion | CriterionResult, award: Award | None, speech: RuleSpeech) -> str:
    """Return the sentence of the rule file, else one made from the condition or, for the minimum award, its amounts."""
    if criterion.text is not None:
        return speech.text(criterion.text)
    if criterion.condition is not None:
        return criterion.condition.show(speech)
    assert criterion.id == MINIMUM_AWARD
    assert award is not None
    return minimum_text(award, speech)


def minimum_text(award: Award, speech: RuleSpeech) -> str:
    """Return the sentence on the minimum award."""
    amounts = speech.join([limit_text(limit, speech) for limit in award.at_least], either=True)
    return speech.say("The award reaches the minimum: {amounts}", amounts=amounts)


def limit_text(limit: Limit, speech: RuleSpeech) -> str:
    """Return the amount of a minimum, cap or budget with its condition."""
    return under_condition(limit.amount.show(speech), limit.when, speech)


def under_condition(text: str, when: Condition | None, speech: RuleSpeech) -> str:
    """Add the condition under which something holds."""
    return text if when is None else speech.say("{what} (if {condition})", what=text, condition=when.show(speech))


def reason_text(reason: Reason, speech: RuleSpeech) -> str:
    """Return why a fact has the value that its definition gives it."""
    if reason.condition is not None:
        shown = reason.condition.show(speech)
        return speech.say("This does not hold: {condition}", condition=shown) if reason.otherwise else shown
    if reason.otherwise:
        return speech.say("No other case of the definition applies")
    return speech.label(reason.definition)


def sources_of(cites: Sequence[Cite], speech: RuleSpeech) -> tuple[Source, ...]:
    """Return citations as lines of words with their addresses."""
    return tuple(_source(cite, speech) for cite in cites)


def _source(cite: Cite, speech: RuleSpeech) -> Source:
    day = speech.day(cite.checked)
    if cite.section:
        text = speech.say("{title}, {section} (checked on {day})", title=cite.title, section=cite.section, day=day)
    else:
        text = speech.say("{title} (checked on {day})", title=cite.title, day=day)
    return Source(text, cite.url)
