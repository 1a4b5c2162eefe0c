"""How much money the companies of a table could get, by currency, with what is paid back kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.portfolio import Money, ProgrammeCounts
from eligibility.report.chart import Series, Stack, bar_chart
from eligibility.report.page import Chart, Column, Group, Item, Table
from eligibility.report.portfolio_words import MOST_COMPARED, PortfolioSpeech
from eligibility.report.terms import kind
from eligibility.values.money import MINOR_UNITS

_PAID_BACK = ("loan", "equity")


@dataclass(frozen=True, slots=True)
class Purse:
    """Programmes of one currency whose money is given (or, `paid_back`, lent), with what they add up to."""

    currency: str
    paid_back: bool
    programmes: tuple[ProgrammeCounts, ...]

    @property
    def total(self) -> Money:
        """Return the sum for companies that qualify."""
        return _sum([one.money for one in self.programmes], self.currency)

    @property
    def open_total(self) -> Money:
        """Return the sum for companies whose verdict is open."""
        return _sum([one.open_money for one in self.programmes], self.currency)


def purses(speech: PortfolioSpeech) -> tuple[Purse, ...]:
    """Return the programmes that may give money to any row; given money comes first, then by the code of currencies."""
    found: dict[tuple[bool, str], list[ProgrammeCounts]] = {}
    for one in speech.possible:
        if one.money is not None and one.open_money is not None and _may_pay(one.money, one.open_money):
            paid_back = speech.programme(one).shape.kind in _PAID_BACK
            found.setdefault((paid_back, one.money.currency), []).append(one)
    return tuple(
        Purse(currency, paid_back, tuple(sorted(found[paid_back, currency], key=_least_first)))
        for paid_back, currency in sorted(found)
    )


def money_groups(speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return what the programmes could give, each by itself."""
    found = purses(speech)
    if not found:
        return ()
    note = speech.say(
        "Each company and each programme is counted by itself: that programmes exclude each other, that funds are "
        "limited and that lots are drawn is left out of account."
    )
    charts = tuple(chart for purse in found for chart in _charts(purse, speech))
    return (
        Group(
            speech.say("Money in play"),
            items=(Item(note),),
            tables=tuple(_table(purse, speech) for purse in found),
            charts=charts,
        ),
    )


def purse_title(purse: Purse, speech: PortfolioSpeech) -> str:
    """Name the money of a purse."""
    if purse.paid_back:
        return speech.say("Loans and equity in {currency}", currency=purse.currency)
    return speech.say("Grants, vouchers and tax credits in {currency}", currency=purse.currency)


def between(money: Money, speech: PortfolioSpeech) -> str:
    """Write the least and the greatest sum."""
    least = speech.money(money.sure, money.currency)
    if money.unbounded:
        return speech.say("at least {low}", low=least)
    if money.sure == money.possible:
        return least
    if not money.sure:
        return speech.say("at most {high}", high=speech.money(money.possible, money.currency))
    return speech.say("{low} to {high}", low=least, high=speech.money(money.possible, money.currency))


def _may_pay(money: Money, open_money: Money) -> bool:
    return any(each.possible or each.unbounded for each in (money, open_money))


def _least_first(counts: ProgrammeCounts) -> tuple[Fraction, Fraction]:
    assert counts.money is not None
    assert counts.open_money is not None
    return (-counts.money.possible, -counts.open_money.possible)


def _charts(purse: Purse, speech: PortfolioSpeech) -> tuple[Chart, ...]:
    """Draw what is known apart from what is open, which may be many times as much."""
    what = purse_title(purse, speech)
    sure = speech.say("{what}: companies that qualify", what=what)
    is_open = speech.say("{what}: verdict open", what=what)
    return (
        *_chart(sure, purse, [one.money for one in purse.programmes], speech),
        *_chart(is_open, purse, [one.open_money for one in purse.programmes], speech),
    )


def _chart(title: str, purse: Purse, sums: Sequence[Money | None], speech: PortfolioSpeech) -> tuple[Chart, ...]:
    series = [Series(speech.say("at least"), "yes"), Series(speech.say("at most"), "maybe")]
    unit = 10 ** MINOR_UNITS[purse.currency]
    some = [(one, money) for one, money in zip(purse.programmes, sums, strict=True) if money and money.possible]
    stacks = [
        Stack(
            speech.name(one),
            (int(money.sure * unit), int((money.possible - money.sure) * unit)),
            # Both ends would not fit beside a name; the table has them.
            speech.money(money.possible, purse.currency),
        )
        for one, money in sorted(some, key=lambda entry: -entry[1].possible)
    ]
    return bar_chart(title, series, stacks[:MOST_COMPARED])


def _table(purse: Purse, speech: PortfolioSpeech) -> Table:
    columns = (
        Column(speech.say("Programme")),
        Column(speech.say("What it gives")),
        *speech.numbers(
            speech.say("companies that qualify, at least"),
            speech.say("companies that qualify, at most"),
            speech.say("verdict open, at least"),
            speech.say("verdict open, at most"),
            speech.say("companies without an upper limit"),
        ),
    )
    rows = [
        (speech.name(one), kind(speech.programme(one), speech.speech.words), *_cells(one.money, one.open_money, speech))
        for one in purse.programmes
        if one.money is not None and one.open_money is not None
    ]
    totals = (speech.say("Total"), "", *_cells(purse.total, purse.open_total, speech)) if rows[1:] else ()
    return Table(purse_title(purse, speech), columns, tuple(rows), totals)


def _cells(money: Money, open_money: Money, speech: PortfolioSpeech) -> tuple[str, ...]:
    amounts = [end for each in (money, open_money) for end in (each.sure, each.possible)]
    return (
        *(speech.money(amount, money.currency) if amount else "–" for amount in amounts),
        *speech.counts(money.unbounded + open_money.unbounded),
    )


def _sum(parts: Sequence[Money | None], currency: str) -> Money:
    found = [part for part in parts if part is not None]
    return Money(
        currency,
        sum((part.sure for part in found), Fraction(0)),
        sum((part.possible for part in found), Fraction(0)),
        sum(part.unbounded for part in found),
    )
