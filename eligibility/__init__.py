"""eligibility: which public funding programmes a company qualifies for, why, how much, by when and with which papers.

>>> from datetime import date
>>> import eligibility
>>> rulebook = eligibility.load_rulebook(as_of=date(2021, 3, 1))
>>> rulebook.assess({"site_country": "KR"})["de.digital-jetzt"].verdict.value
'not_eligible'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eligibility.api import Assessment, Rulebook, load_rulebook, read_awards, read_ownership
    from eligibility.engine.assessment import Outcome, Verdict
    from eligibility.interview.interview import Interview
    from eligibility.values.problem import AnswerError, EligibilityError, Problem, RuleError

__all__ = [
    "AnswerError",
    "Assessment",
    "EligibilityError",
    "Interview",
    "Outcome",
    "Problem",
    "RuleError",
    "Rulebook",
    "Verdict",
    "__version__",
    "load_rulebook",
    "read_awards",
    "read_ownership",
]

_HOMES = {
    "AnswerError": "eligibility.values.problem",
    "Assessment": "eligibility.api",
    "EligibilityError": "eligibility.values.problem",
    "Interview": "eligibility.interview.interview",
    "Outcome": "eligibility.engine.assessment",
    "Problem": "eligibility.values.problem",
    "RuleError": "eligibility.values.problem",
    "Rulebook": "eligibility.api",
    "Verdict": "eligibility.engine.assessment",
    "load_rulebook": "eligibility.api",
    "read_awards": "eligibility.api",
    "read_ownership": "eligibility.api",
}


def __getattr__(name: str) -> Any:
    # Names are fetched when first used, so that `eligibility --help` does not pay for the engine.
    if name == "__version__":
        return import_module("importlib.metadata").version("eligibility")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
