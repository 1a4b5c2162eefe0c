"""Random conditions and amounts about a fixed set of facts, as the plain data of rule files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hypothesis import strategies as st

from eligibility.language.compared import COMPARISONS

T = TypeVar("T")

POOLS: Mapping[str, tuple[str, ...]] = {
    "number": ("0", "2", "3", "10", "49.5", "50", "250"),
    "EUR": ("0 EUR", "0.01 EUR", "333.33 EUR", "3000 EUR", "17000.50 EUR", "60000 EUR"),
    "KRW": ("0 KRW", "1 KRW", "777777 KRW", "1.5M KRW"),
    "percent": ("0 %", "12.5 %", "25 %", "33.33 %", "50 %", "100 %"),
    "date": ("2000-02-29", "2017-10-01", "2019-09-30", "2020-02-29", "2020-12-31"),
}
CODES = {
    "nace": ("C", "C28", "C281", "J62", "S94"),
    "region": ("01", "09", "09162", "14", "14713", "KR-26"),
}
AGES = ("..10 years", "..<3 years", "3 years..", "3 months<..", "1 year 6 months..<20 years", "10 days..1 year")
CHOICES = ("a", "b", "c")


@dataclass(frozen=True)
class Subject:
    """A fact or definition that rules may speak of; `positive`: the language knows that it is never negative."""

    id: str
    type: str
    currency: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    positive: bool = True
    last: str | None = None

    @property
    def unit(self) -> str:
        """`number`, `percent`, a currency, or another type."""
        return self.currency or self.type

    @property
    def pool(self) -> tuple[str, ...]:
        """Written values to compare with."""
        return POOLS[self.unit]

    def known_positive(self, positive: bool) -> "Subject":
        """Return the same subject, known (or not) never to be negative."""
        return replace(self, positive=positive)


def _money(name: str, currency: str, last: str) -> Subject:
    return Subject(name, "money", currency, {"currency": currency, "range": f"..{last}"}, last=last)


FACTS = (
    Subject("t0", "truth"),
    Subject("t1", "truth"),
    Subject("staff", "number", extra={"range": "0..1000"}, last="1000"),
    Subject("hours", "number", extra={"range": "2..500"}, last="500"),
    _money("cost", "EUR", "100000 EUR"),
    _money("fee", "EUR", "100000 EUR"),
    _money("assets", "KRW", "3M KRW"),
    Subject("share", "percent", last="100 %"),
    Subject("born", "date"),
    Subject("closes", "date"),
    Subject("size", "choice", extra={"choices": {"a": "A", "b": "B", "c": "C"}}),
    Subject("sector", "code", extra={"form": "nace"}),
    Subject("place", "code", extra={"form": "region"}),
)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options."""
    return draw(st.sampled_from(options))


def seldom(draw: st.DrawFn) -> bool:
    """True in one of four cases."""
    return draw(st.integers(0, 3)) == 3


def dated(draw: st.DrawFn, make: Callable[[], T]) -> T | dict[str, T]:
    """What `make` makes, now and then as dated values."""
    if not seldom(draw):
        return make()
    return {"2020-01-01": make(), "2021-07-01": make()}


def value(draw: st.DrawFn, subject: Subject) -> str:
    """A written constant of the type of a subject."""
    if subject.type == "truth":
        return pick(draw, ("yes", "no"))
    return pick(draw, CHOICES if subject.type == "choice" else subject.pool)


def condition(draw: st.DrawFn, known: Sequence[Subject], depth: int = 2) -> dict[str, object]:
    """One or two tests, with conditions under `all`, `any` and `none` down to a depth."""
    chosen = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique_by=lambda subject: subject.id))
    written: dict[str, object] = {subject.id: test(draw, subject, known) for subject in chosen}
    if depth and draw(st.booleans()):
        for name in draw(st.lists(st.sampled_from(("all", "any", "none")), min_size=1, max_size=2, unique=True)):
            written[name] = [condition(draw, known, depth - 1) for _ in range(draw(st.integers(1, 2)))]
    return written


def test(draw: st.DrawFn, subject: Subject, known: Sequence[Subject]) -> object:
    """A test that fits the type of a subject."""
    if subject.type == "truth":
        return pick(draw, ("yes", "no"))
    if subject.type in ("choice", "code"):
        options = CHOICES if subject.type == "choice" else CODES[str(subject.extra["form"])]
        return draw(st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True))
    if subject.type == "date" and draw(st.booleans()):
        age = pick(draw, AGES)
        return {"age": age} if draw(st.booleans()) else {"business_year_end": {"closing": "closes", "age": age}}
    if subject.type != "date" and draw(st.booleans()):
        return {pick(draw, COMPARISONS): amount(draw, subject.unit, known, positive=False, depth=2)[0]}
    return [range_(draw, subject.pool) for _ in range(draw(st.integers(1, 2)))]


def range_(draw: st.DrawFn, pool: Sequence[str]) -> str:
    """A range between two values of a pool, or from or up to one, each end in or out; or a single value."""
    first = draw(st.integers(0, len(pool) - 2))
    last = draw(st.integers(first + 1, len(pool) - 1))
    low, high = (pick(draw, ("", mark)) for mark in ("<", "<"))
    forms = (f"{pool[first]}{low}..{high}{pool[last]}", f"..{high}{pool[last]}", f"{pool[first]}{low}..", pool[first])
    return pick(draw, forms)


def amount(
    draw: st.DrawFn, unit: str, known: Sequence[Subject], *, positive: bool, depth: int = 1
) -> tuple[object, bool]:
    """An amount in a unit as written, and whether it is known never to be negative (it must be if `positive`)."""
    subjects = [subject for subject in known if subject.unit == unit and (subject.positive or not positive)]
    forms = ["constant"]
    if subjects:
        forms += ["subject", "subject"]
    if depth:
        forms += ["sum", "min", "max", "product", "quotient"] if positive else ["sum", "min", "max", "difference"]
    form = pick(draw, forms)
    if form == "constant":
        return pick(draw, POOLS[unit]), True
    if form == "subject":
        subject = pick(draw, subjects)
        return subject.id, subject.positive
    if form == "quotient":
        part, _ = amount(draw, unit, known, positive=positive, depth=depth - 1)
        return {form: [part, pick(draw, ("3", "2.5", "8"))]}, positive
    if form == "product":
        share, _ = amount(draw, pick(draw, ("percent", "number")), known, positive=True, depth=0)
        if unit in ("percent", "number"):
            share, _ = amount(draw, unit, known, positive=True, depth=0)
        part, _ = amount(draw, unit, known, positive=True, depth=depth - 1)
        return {form: [share, part]}, True
    parts = [amount(draw, unit, known, positive=positive, depth=depth - 1) for _ in range(2)]
    whole = all(known_positive for _, known_positive in parts) and form != "difference"
    return {form: [part for part, _ in parts]}, whole
