"""The funding plan: which programmes together bring most public money, and in which order one applies for them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from eligibility.language.cite import Cite
from eligibility.language.shape import Text
from eligibility.values.interval import Interval


@dataclass(frozen=True, slots=True)
class Application:
    """One programme of a plan: the costs that it is asked to fund, and the money it brings, in units of the currency.

    `costs` are the facts whose amounts it claims (none: its award reads no cost). `alone` is the award for these costs
    without the other programmes, `money` what is left of it beside them, both exact to the smallest unit; `cut_by`
    names the limits that cut it by their kind.
    """

    programme: str
    costs: tuple[str, ...]
    alone: Interval
    money: Interval
    chance: Fraction
    cut_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that keeps a plan from bringing more.

    `kind`: `excluded` (a rule forbids two programmes together), `same_costs` (a cost is funded once), `ceiling` (all
    aid for a cost together), `de_minimis` (the headroom). `gain` is the expected money that would come without it.
    """

    kind: Literal["excluded", "same_costs", "ceiling", "de_minimis"]
    programmes: tuple[str, ...]
    facts: tuple[str, ...]
    gain: Fraction
    text: Text | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What the catalogue does not say of two programmes of a plan, or of one; and what was left out on demand.

    `kind`: `together` (whether they may be combined), `amount` (the award is not known), `grant_equivalent` (what a
    loan uses of the headroom), `chance` (how likely it is to be drawn or chosen), `headroom` (aid received is not
    known), `hopeless` (left out, as the chance given is 0).
    """

    kind: Literal["together", "amount", "grant_equivalent", "chance", "headroom", "hopeless"]
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to do. `by` is the last day for it, `earliest` the first; both `None` where no day is known.

    `kind`: `papers` (collect `papers`), `apply`, `wait` (for the window to open), `start` (only now may orders be
    placed), `beside` (a loan, service or certificate that goes with it).
    """

    kind: Literal["papers", "apply", "wait", "start", "beside"]
    programmes: tuple[str, ...]
    earliest: date | None
    by: date | None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Combination:
    """Programmes that go together, and what they bring in units of the currency: `expected` is weighed by chances."""

    applications: tuple[Application, ...]
    money: Interval
    expected: Fraction


@dataclass(frozen=True, slots=True)
class FundingPlan:
    """The best combination in one currency, the next best, what limits it, what is open, and the steps to take."""

    currency: str
    best: Combination
    runner_up: Combination | None
    limits: tuple[Limit, ...]
    open_points: tuple[OpenPoint, ...]
    steps: tuple[PlanStep, ...]
