"""Cases: the tests that a rule file carries."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from eligibility.language.shape import Day, Scalar, Shape

Verdict = Literal["eligible", "likely", "undetermined", "not_eligible"]


def _listed(written: object) -> object:
    return [] if written == "none" else written


Ids = Annotated[tuple[Scalar, ...], BeforeValidator(_listed)]


class ExpectShape(Shape):
    """What is expected; only what is named is compared."""

    verdict: Verdict | None = None
    window: Literal["open", "upcoming", "closed", "continuous"] | None = None
    rate: Scalar | None = None
    amount: Scalar | None = None
    failed: Ids | None = None
    missing: Ids | None = None
    value: Scalar | None = None


class CaseShape(Shape):
    """One case: answers, the day, and what is expected. `base` names a case of the file to start from."""

    name: Scalar
    on: Day | None = None
    base: Scalar | None = None
    given: dict[Scalar, Any] = Field(default_factory=dict)
    expect: ExpectShape
