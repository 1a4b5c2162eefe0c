"""Why a verdict stands, what each answer that is missing would decide, and how the award comes about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from eligibility.engine.assessment import Verdict
from eligibility.engine.profile import Value
from eligibility.language.cite import Cite
from eligibility.language.shape import Text
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth


@dataclass(frozen=True, slots=True)
class Ground:
    """A smallest set of criteria that decides a verdict, and a smallest set of answers that settles these criteria.

    With the `facts` alone the verdict stands, and with none of them left out. For a no there may be several grounds,
    each enough by itself.
    """

    criteria: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a programme would say if a missing fact were one of `values`: choices or codes, or one truth or interval.

    A code stands for all codes under it that no other outlook names; no values: every code that lies under none named.
    `low_open` and `high_open` tell whether an interval is without that end. `failed` are the criteria that would not be
    met. `rate` and `amount` are those of the award, `None` where there is none. An assessment with the answer never
    says otherwise; where unknown facts are multiplied with each other it may say it more sharply.
    """

    values: tuple[Value, ...]
    verdict: Verdict
    failed: tuple[str, ...]
    rate: Interval | None
    amount: Interval | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A missing fact and what each of its answers would decide, in the order of its values.

    `verdict`, `award`: whether the verdict, or the rate or amount, still depends on it by itself.
    """

    fact: str
    outlooks: tuple[Outlook, ...]
    verdict: bool
    award: bool


StepKind = Literal[
    "base", "bonus", "ceiling", "rate", "part", "total", "minimum", "cap", "within", "rounding", "amount"
]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the calculation: what it brings in (`value`) and what stands after it (`result`).

    `id` names the bonus or part. `unit` is `percent` (a ratio) or a currency. `applies` tells whether it takes effect
    (a bonus is granted, a minimum reached, a cap cuts). `narrowed_by` are the missing facts of `value` and `applies`.
    """

    kind: StepKind
    id: str
    unit: str
    value: Interval
    result: Interval | None
    applies: Truth
    text: Text | None
    cites: tuple[Cite, ...]
    narrowed_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one programme stands where it stands; `steps` are empty where no award is worked out."""

    programme: str
    verdict: Verdict
    grounds: tuple[Ground, ...]
    needs: tuple[Need, ...]
    steps: tuple[Step, ...]

    @property
    def facts(self) -> frozenset[str]:
        """Return all answers that the verdict rests on."""
        return frozenset(fact for ground in self.grounds for fact in ground.facts)


Explanations = Mapping[str, Explanation]
"""By the id of the programme."""
