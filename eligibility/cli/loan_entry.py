"""The terms of a soft loan as people type them: each read on its own, then judged together."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from eligibility.cli.wording import say
from eligibility.values.misread import Misread, shown
from eligibility.values.spelling import unified

if TYPE_CHECKING:
    from eligibility.aid.loan import Loan, LoanFault

TERMS = (
    "amount",
    "agreed_rate",
    "reference_rate",
    "discount_rate",
    "term",
    "repayment",
    "payments_per_year",
    "repayment_free",
    "fees",
)
"""All that must be known of a loan, in the order in which it is asked."""
REPAYMENTS = ("instalments", "bullet")
PAYMENTS = ("1", "2", "4", "12")

_CURRENCY = "EUR"
_RATE_DECIMALS = 4

Terms = Mapping[str, object]


def option(term: str) -> str:
    """Return the option of a term."""
    return "--" + term.replace("_", "-")


def wanted(given: Terms) -> list[str]:
    """Return the terms that are still needed; a loan paid back at the end has no time without repayment."""
    bullet = given.get("repayment") == "bullet"
    return [term for term in TERMS if term not in given and not (bullet and term == "repayment_free")]


def read_term(term: str, text: str, language: str) -> object:
    """Read one term: an amount or rate as an exact number, months and payments as whole numbers, or a choice.

    Raises:
        Misread: what it means cannot be told, or it is no such value.
    """
    from eligibility.values.typed import read_money, read_number

    if term in ("amount", "fees"):
        return read_money(text, _CURRENCY, language)
    if term.endswith("_rate"):
        return read_number(text, decimals=_RATE_DECIMALS, lang=language) / 100
    if term in ("term", "repayment_free"):
        return int(read_number(text, decimals=0, lang=language))
    choices = REPAYMENTS if term == "repayment" else PAYMENTS
    word = unified(text).lower()
    if word not in choices:
        raise Misread("unknown-value", f"{shown(text)} is not one of the choices", f"one of: {', '.join(choices)}")
    return word if term == "repayment" else int(word)


def loan_of(terms: Terms) -> "Loan":
    """Return the loan with these terms, all of which are known; nothing says yet that there can be such a loan."""
    from eligibility.aid.loan import Loan, Repayment

    def exact(term: str) -> Fraction:
        value = terms[term]
        assert isinstance(value, Fraction | int)
        return Fraction(value)

    return Loan(
        amount=exact("amount"),
        agreed_rate=exact("agreed_rate"),
        reference_rate=exact("reference_rate"),
        discount_rate=exact("discount_rate"),
        term=int(exact("term")),
        repayment=Repayment(str(terms["repayment"])),
        payments_per_year=int(exact("payments_per_year")),
        repayment_free=int(exact("repayment_free")) if "repayment_free" in terms else 0,
        fees=exact("fees"),
    )


_FAULTS = {
    "amount": "the amount must be more than nothing",
    "agreed_rate": "a rate is more than -100 and at most 100 percent",
    "reference_rate": "a rate is more than -100 and at most 100 percent",
    "discount_rate": "a rate is more than -100 and at most 100 percent",
    "payments_per_year": "there are 1, 2, 4 or 12 payments a year",
    "term": "a loan runs for 1 to 600 months",
    "term_periods": "the loan must end on the day of a payment: its months must be a multiple of {months}",
    "repayment_free": "the time without repayment must be shorter than the loan runs",
    "repayment_free_periods": (
        "the time without repayment must end on the day of a payment: its months must be a multiple of {months}"
    ),
    "fees": "fees cannot be less than nothing",
}
# The term to look at where it is not the one of the name.
_AT = {"term_periods": "term", "repayment_free_periods": "repayment_free"}


def fault_text(fault: "LoanFault", loan: "Loan") -> str:
    """Say what is wrong with a loan."""
    return say(_FAULTS[fault], months=str(loan.period))


def term_of(fault: "LoanFault") -> str:
    """Return the term to look at first."""
    return _AT.get(fault, fault.value)
