"""Why a verdict stands: the criteria and the answers that decide it, in words."""

from eligibility.advice.explanation import Explanation, Ground
from eligibility.engine.assessment import Assessed, CriterionResult, Outcome, ProgrammeResult
from eligibility.report.criteria import criterion_text, sources_of
from eligibility.report.page import Field, Item, listing, value
from eligibility.report.speech import RuleSpeech


def deciding_answers(
    explanation: Explanation, assessed: Assessed, speech: RuleSpeech, *, brief: bool
) -> tuple[Field, ...]:
    """Return the fewest answers by which one qualifies; nothing while that is open. `brief` tells them in one line."""
    if not explanation.grounds:
        return ()
    answers = answer_lines(explanation.grounds[0], assessed, speech)
    if brief:
        return value(speech.say("Decided by"), "; ".join(answers))
    return listing(speech.say("Decided by these answers"), tuple(Item(line) for line in answers))


def met_criteria(result: ProgrammeResult, speech: RuleSpeech) -> tuple[Field, ...]:
    """Return the criteria that are met, with their sources."""
    met = [one for one in result.criteria if one.outcome is Outcome.MET]
    award = result.programme.award
    items = tuple(Item(criterion_text(one, award, speech), (), sources_of(one.cites, speech)) for one in met)
    return listing(speech.say("Criteria that are met"), items)


def answer_lines(ground: Ground, assessed: Assessed, speech: RuleSpeech) -> tuple[str, ...]:
    """Return the answers of a ground, one line each, in the order of the rulebook."""
    values = assessed.profile.values
    ordered = (*assessed.rulebook.facts, *assessed.rulebook.definitions)
    named = [name for name in ordered if name in ground.facts and name in values]
    return tuple(speech.statement(name, speech.answer(name, values[name])) for name in named)


def refusal_notes(
    criterion: CriterionResult, explanation: Explanation | None, assessed: Assessed, speech: RuleSpeech
) -> tuple[str, ...]:
    """Return the answers by which a criterion is not met; without an explanation all that it was judged by."""
    grounds = [] if explanation is None else [one for one in explanation.grounds if criterion.id in one.criteria]
    if not grounds:
        return speech.known(criterion.facts, assessed.profile, assessed.derived)
    first, *others = grounds
    worked_out = tuple(name for name in criterion.facts if name not in assessed.profile.values)
    names = tuple(dict.fromkeys((*first.facts, *worked_out)))
    notes = speech.known(names, assessed.profile, assessed.derived)
    more = [speech.join(list(answer_lines(ground, assessed, speech)), either=False) for ground in others]
    return (*notes, *(speech.say("Enough by itself too: {answers}", answers=answers) for answers in more if answers))
