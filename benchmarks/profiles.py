"""Complete profiles drawn from the priors: the same from run to run, consistent where it is plain what goes together.

Every fact has an answer as fine as any rule asks for, so that an interview with these answers never meets "I do not
know". Amounts are whole units, percentages have one decimal.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from benchmarks.companies import SEED
from eligibility.engine.cells import Cells
from eligibility.engine.priors import COUNTRY_FACT, Likelihoods
from eligibility.engine.profile import Subject, Value, read_profile
from eligibility.interview.plan import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

Answers = dict[str, Any]
MILLION = 10**6
OLDEST, NEWEST = date(1990, 1, 1).toordinal(), date(2026, 11, 22).toordinal()
AT_HOME = 0.95
"""How many sites lie in the Land of the seat (outside Germany: how many seats lie abroad)."""
ABROAD = "abroad"
LAENDER = {
    "01": "sh", "02": "hh", "03": "ni", "04": "hb", "05": "nw", "06": "he", "07": "rp", "08": "bw",
    "09": "by", "10": "sl", "11": "be", "12": "bb", "13": "mv", "14": "sn", "15": "st", "16": "th",
}  # fmt: skip
NEAR = {
    "group_employees_previous": "group_employees",
    "group_turnover_previous": "group_turnover",
    "group_balance_sheet_previous": "group_balance_sheet",
    "equity_previous": "equity",
    "book_debt_previous": "book_debt",
    "ebitda_previous": "ebitda",
    "interest_expense_previous": "interest_expense",
    "kr_turnover_last_year": "kr_average_turnover",
    "kr_tax_year_turnover": "kr_average_turnover",
}
"""Figures of one year by those of another: they lie within 0.8 and 1.25 times these."""
WHOLE = {
    "group_employees": "employees",
    "group_turnover": "own_turnover",
    "group_balance_sheet": "own_balance_sheet",
    "kr_group_average_turnover": "kr_average_turnover",
    "kr_tax_group_turnover": "kr_tax_year_turnover",
}
"""Figures of a group by those of the firm itself: they are at least as large."""


class Sampler:
    """Draws profiles for a rulebook; what priors leave open falls evenly on the values that they do not name."""

    def __init__(self, rulebook: Rulebook, priors: Likelihoods) -> None:
        self.rulebook = rulebook
        self.priors = priors
        self._finest = {fact: finest_codes(rulebook, fact, codes) for fact, codes in tested_codes(rulebook).items()}

    def profiles(self, count: int, seed: int = SEED) -> Iterator[Answers]:
        """Yield so many complete profiles; a longer run begins with those of a shorter one."""
        for number in range(count):
            yield self.profile(random.Random(f"{seed} {number}"))

    def profile(self, draw: random.Random) -> Answers:
        """Draw an answer for each fact, then for the definitions that even these leave to be asked for."""
        answers: Answers = {}
        for name in sorted(self.rulebook.facts, key=lambda name: name != COUNTRY_FACT):
            answers[name] = self._answer(name, answers, draw)
        self._agree(answers, draw)
        plan = Plan(self.rulebook, self.priors)
        while asked := sorted(plan.lacking(read_profile(self.rulebook, answers), frozenset())):
            for name in asked:
                answers[name] = self._answer(name, answers, draw)
        return answers

    def _answer(self, name: str, answers: Answers, draw: random.Random) -> Any:
        subject = self.rulebook.subject(name)
        rows = self.priors.rows(name, answers.get(COUNTRY_FACT))
        point, band = draw.randrange(MILLION), None
        for value, share in rows:
            point -= int(share * MILLION)
            if point < 0:
                band = value
                break
        if subject.type == "code":
            return draw.choice(self._codes(name, band, [str(value) for value, _ in rows], answers.get(COUNTRY_FACT)))
        return self._within(subject, band, [value for value, _ in rows], draw)

    def _within(self, subject: Subject, band: Value | None, named: Sequence[Value], draw: random.Random) -> Any:
        if subject.type == "truth":
            return draw.random() < 0.5 if band is None else band
        if subject.type == "choice":
            left = [choice for choice in subject.choices if choice not in named]
            return draw.choice(left or subject.choices) if band is None else band
        assert band is None or isinstance(band, Interval)
        return DRAWN[subject.type](subject, band or Interval(subject.low, subject.high), draw)

    def _codes(self, name: str, band: Value | None, named: Sequence[str], country: str | None) -> Sequence[str]:
        """Return the finest codes in a band; without one, those that no row names, or all if there are none."""
        finest: Sequence[str] = self._finest[name]
        if name == "site_region" and country in ("DE", "KR"):
            finest = [code for code in finest if code.startswith("KR-") == (country == "KR")]
        if band is None:
            inside = [code for code in finest if not code.startswith(tuple(named))]
        else:
            inside = [code for code in finest if code.startswith(str(band))]
        return inside or finest

    def _agree(self, answers: Answers, draw: random.Random) -> None:
        self._bring_near([name for name in NEAR if NEAR[name] not in WHOLE], answers, draw)
        for whole, part in WHOLE.items():
            if whole in answers and part in answers:
                answers[whole] = max(answers[whole], answers[part])
        self._bring_near([name for name in NEAR if NEAR[name] in WHOLE], answers, draw)
        in_germany = answers.get(COUNTRY_FACT) == "DE"
        if "seat_land" in answers and draw.random() < AT_HOME:
            answers["seat_land"] = LAENDER[answers["site_region"][:2]] if in_germany else ABROAD
        if "taxed_in_germany" in answers and not in_germany:
            answers["taxed_in_germany"] = False

    def _bring_near(self, names: Iterable[str], answers: Answers, draw: random.Random) -> None:
        for name in names:
            if name in answers and NEAR[name] in answers:
                low, high = self.rulebook.facts[name].low, self.rulebook.facts[name].high
                assert low is not None
                assert high is not None
                near = answers[NEAR[name]] * draw.randrange(80, 126) // 100
                answers[name] = min(max(near, int(low)), int(high))


def tested_codes(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """Return for each fact with codes those that some rule tells apart."""
    cells = Cells(rulebook)
    for programme in rulebook.programmes.values():
        cells.verdict(programme)
        cells.award(programme)
    tested: dict[str, set[str]] = {fact.id: set() for fact in rulebook.facts.values() if fact.type == "code"}
    for node in cells.diagrams.nodes:
        if node.keys and (name := cells.diagrams.variables[node.place].name) in tested:
            tested[name].update(node.keys)
    return {name: frozenset(codes) for name, codes in tested.items()}


def finest_codes(rulebook: Rulebook, fact: str, tested: frozenset[str]) -> list[str]:
    """Return the finest codes that have a name; where rules ask for finer ones, those and one beside them."""
    named = set(rulebook.facts[fact].names)
    # Names of nothing but what is tested: a rulebook without names takes the tests for names.
    codes = named | {code for code in tested if not named or any(code.startswith(name) for name in named)}
    beside = {code for inner in codes for code in _beside(inner, codes, named)}
    return sorted(code for code in codes | beside if not any(o != code and o.startswith(code) for o in codes | beside))


def _beside(inner: str, codes: set[str], named: set[str]) -> Iterator[str]:
    """Yield a code under one whose finer ones are only those that rules ask for: the rest of it."""
    under = {code for code in codes if code.startswith(inner) and code != inner}
    if under and len(inner) > 1 and not under & named:
        free = [f"{inner}{digit}" for digit in range(1, 10) if not any(c.startswith(f"{inner}{digit}") for c in under)]
        yield from free[:1]


def _whole(subject: Subject, band: Interval, draw: random.Random) -> int:
    """Draw a whole number from a band, as likely in each doubling; a band without an end goes on for a tenfold."""
    if band.high is not None and band.high <= 0 and (band.low is None or band.low < 0):
        return -_whole(subject, Interval(-band.high, None if band.low is None else -band.low), draw)
    low = int(subject.low or 0) if band.low is None else int(band.low)
    high = 10 * max(low, 0) + (MILLION if subject.type == "money" else 10) if band.high is None else int(band.high)
    if subject.high is not None:
        high = min(high, int(subject.high))
    if low < 0:
        return draw.randrange(low, high + 1)
    drawn = round((low + 1) * ((high + 1) / (low + 1)) ** draw.random()) - 1
    return min(max(drawn, low), high)


def _percent(subject: Subject, band: Interval, draw: random.Random) -> Decimal:
    low, high = Fraction(band.low or 0), Fraction(1 if band.high is None else band.high)
    tenths = draw.randrange(int(low * 1000), int(high * 1000) + 1)
    return Decimal(tenths) / 10


def _day(subject: Subject, band: Interval, draw: random.Random) -> date:
    high = int(band.high) if band.high is not None else max(NEWEST, int(band.low or 0))
    low = int(band.low) if band.low is not None else min(OLDEST, high)
    return date.fromordinal(draw.randrange(low, high + 1))


DRAWN: Mapping[str, Callable[[Subject, Interval, random.Random], Any]] = {
    "number": _whole,
    "money": _whole,
    "percent": _percent,
    "date": _day,
}
