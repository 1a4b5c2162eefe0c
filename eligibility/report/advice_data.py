"""An assessment as data with the advice on it."""

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.change_data import changes_dict
from eligibility.report.data import NextQuestion, to_dict
from eligibility.report.exact import Json
from eligibility.report.explanation_data import explanation_dict
from eligibility.report.plan_data import plan_dict


def advised_dict(assessed: Assessed, language: str, next_question: NextQuestion | None, advice: Advice) -> Json:
    """Return what `to_dict` does with the plans, and by programme with why it stands so and what would change it."""
    told = to_dict(assessed, language, next_question)
    programmes = told["programmes"]
    assert isinstance(programmes, list)
    return {
        **told,
        "programmes": [{**one, **_advice_on(str(one["id"]), assessed, language, advice)} for one in programmes],
        "plans": [plan_dict(plan, assessed, language) for plan in advice.plans],
    }


def _advice_on(programme: str, assessed: Assessed, language: str, advice: Advice) -> Json:
    """Return nothing where that was not looked into: among many programmes, what is closed to applications."""
    explanation = advice.explanations.get(programme)
    if explanation is None:
        return {}
    return {
        "explanation": explanation_dict(explanation, assessed, language),
        "changes": changes_dict(advice.changes.get(programme, ()), assessed.rulebook),
    }
