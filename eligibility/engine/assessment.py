"""The result of a profile against a rulebook, with everything needed to explain it. Wording comes later."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.profile import Profile
from eligibility.language.award import AwardReading
from eligibility.language.cite import Cite
from eligibility.language.condition import Condition
from eligibility.language.programme import Programme
from eligibility.language.shape import Text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval


class Verdict(enum.StrEnum):
    """What the criteria say."""

    ELIGIBLE = "eligible"
    LIKELY = "likely"
    UNDETERMINED = "undetermined"
    NOT_ELIGIBLE = "not_eligible"


class Outcome(enum.StrEnum):
    """What one criterion says; `manual` is left to the authority."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion: its outcome, the facts it reads, those it still lacks, and what it was judged by."""

    id: str
    outcome: Outcome
    facts: tuple[str, ...]
    missing: frozenset[str]
    text: Text | None
    condition: Condition | None
    cites: tuple[Cite, ...]
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class AwardResult:
    """The award: rate as a ratio, amount rounded to the smallest unit of the currency; both as intervals, or `None`."""

    currency: str | None
    rate: Interval | None
    amount: Interval | None
    reading: AwardReading[Judgement, Quantity]


@dataclass(frozen=True, slots=True)
class ProgrammeResult:
    """One programme: verdict, window, criteria, what is still missing, and the award.

    `award` is `None` where the programme gives no money or the verdict is no.
    """

    programme: Programme
    verdict: Verdict
    window: str
    criteria: tuple[CriterionResult, ...]
    missing: frozenset[str]
    award: AwardResult | None

    @property
    def id(self) -> str:
        """Return the id of the programme."""
        return self.programme.id

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the ids of the criteria that are not met, in rule-file order."""
        return tuple(result.id for result in self.criteria if result.outcome is Outcome.NOT_MET)

    @property
    def is_settled(self) -> bool:
        """Whether no answer can change verdict or award any more."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the definition of a fact settles it: the line of a decision list that holds.

    `condition` is that of the line, or of a definition that is a condition itself; `None` where there is none.
    `otherwise`: the condition does not hold or, without one, no line before the last does. `facts` are the answers, and
    what was worked out of further ones, by which that was judged.
    """

    definition: str
    condition: Condition | None
    otherwise: bool
    facts: tuple[str, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A definition as worked out, or as given (`given`), or a fact that nobody answered but a definition settles.

    `notes` are sentences from the reference table; `reason` is that of a fact.
    """

    value: Judgement | Quantity | Options
    given: bool
    notes: tuple[Text, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """Everything that the rulebook says of a profile."""

    rulebook: Rulebook
    profile: Profile
    derived: Mapping[str, Derived]
    programmes: tuple[ProgrammeResult, ...]
