"""`eligibility grant-equivalent`: what a soft loan counts as de-minimis aid."""

import sys
from typing import Annotated

import typer

from eligibility.cli.exit_codes import INTERRUPTED
from eligibility.cli.loan_entry import fault_text, loan_of, option, read_term, term_of, wanted
from eligibility.cli.options import Language, ListFormat
from eligibility.cli.output import emit, emit_json, is_terminal, text_width
from eligibility.cli.usage import Misuse
from eligibility.cli.wording import language, later, say
from eligibility.values.misread import Misread
from eligibility.values.problem import Problem

NAME = "grant-equivalent"
ABOUT = later.say(
    "Work out the gross grant equivalent of a soft loan: the amount that counts as aid.\n\n"
    "It is what the borrower saves against a loan at the reference rate, discounted to the day of granting. Nothing is "
    "assumed: what is not given is asked for on a terminal. The base rates of the day are published by the European "
    "Commission."
)
EXAMPLES = (
    later.say("A loan of 100,000 euros over five years, the first of them without repayment:"),
    "$ eligibility grant-equivalent --amount 100000 --agreed-rate 1.5 --reference-rate 5.25 --discount-rate 4.25 "
    "--term 60 --repayment instalments --repayment-free 12 --payments-per-year 4 --fees 0",
    later.say("Paid back as a whole at the end, as data:"),
    "$ eligibility grant-equivalent --amount 100000 --agreed-rate 1.5 --reference-rate 5.25 --discount-rate 4.25 "
    "--term 60 --repayment bullet --payments-per-year 1 --fees 0 --format json",
)

Amount = Annotated[
    str | None,
    typer.Option("--amount", metavar="EUR", help=later.say("The loan, paid out in full on the day of granting.")),
]
AgreedRate = Annotated[
    str | None,
    typer.Option(
        "--agreed-rate", metavar="PERCENT", help=later.say("The interest that the borrower pays, for a year.")
    ),
]
ReferenceRate = Annotated[
    str | None,
    typer.Option(
        "--reference-rate",
        metavar="PERCENT",
        help=later.say(
            "The market rate for this borrower: the base rate on the day of granting plus the margin for rating and "
            "collateral."
        ),
    ),
]
DiscountRate = Annotated[
    str | None,
    typer.Option(
        "--discount-rate",
        metavar="PERCENT",
        help=later.say("The base rate on the day of granting plus one percentage point."),
    ),
]
Term = Annotated[str | None, typer.Option("--term", metavar="MONTHS", help=later.say("How long the loan runs."))]
Repayment = Annotated[
    str | None,
    typer.Option(
        "--repayment",
        metavar="instalments|bullet",
        help=later.say("Paid back in equal instalments, or as a whole at the end."),
    ),
]
Payments = Annotated[
    str | None,
    typer.Option(
        "--payments-per-year", metavar="1|2|4|12", help=later.say("How often a year interest and instalments are paid.")
    ),
]
RepaymentFree = Annotated[
    str | None,
    typer.Option(
        "--repayment-free",
        metavar="MONTHS",
        help=later.say("How long only interest is paid before the first instalment; not with bullet."),
    ),
]
Fees = Annotated[
    str | None,
    typer.Option(
        "--fees",
        metavar="EUR",
        help=later.say(
            "What the borrower pays on the day of granting and would not pay for a loan at the market rate."
        ),
    ),
]


def run(
    amount: Amount = None,
    agreed_rate: AgreedRate = None,
    reference_rate: ReferenceRate = None,
    discount_rate: DiscountRate = None,
    term: Term = None,
    repayment: Repayment = None,
    payments_per_year: Payments = None,
    repayment_free: RepaymentFree = None,
    fees: Fees = None,
    form: ListFormat = "text",
    lang: Language = None,
) -> int:
    """Work out the gross grant equivalent; returns the exit code."""
    texts = {
        "amount": amount,
        "agreed_rate": agreed_rate,
        "reference_rate": reference_rate,
        "discount_rate": discount_rate,
        "term": term,
        "repayment": repayment,
        "payments_per_year": payments_per_year,
        "repayment_free": repayment_free,
        "fees": fees,
    }
    terms = _read({name: text for name, text in texts.items() if text is not None})
    missing = wanted(terms)
    if missing:
        asked = _asked(terms, missing)
        if asked is None:
            return INTERRUPTED
        terms = asked
    _show(terms, form)
    return 0


def _read(texts: dict[str, str]) -> dict[str, object]:
    terms: dict[str, object] = {}
    problems = []
    for name, text in texts.items():
        try:
            terms[name] = read_term(name, text, language())
        except Misread as error:
            problems.append(Problem(error.code, f"{option(name)}: {error.message}", None, error.hint))
    if terms.get("repayment") == "bullet" and "repayment_free" in texts:
        message = say("--repayment bullet pays nothing back before the end: leave --repayment-free out")
        problems.append(Problem("repayment-free", message))
    if problems:
        raise Misuse(*problems)
    return terms


def _asked(terms: dict[str, object], missing: list[str]) -> dict[str, object] | None:
    """Ask for what is missing; returns `None` where the user left."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        message = say("these options are missing: {names}", names=", ".join(map(option, missing)))
        raise Misuse(Problem("missing-options", message, None, say("on a terminal they are asked for")))
    from eligibility.cli.wizard.loan import ask_terms
    from eligibility.words import Words

    try:
        return ask_terms(terms, Words(language()))
    except (KeyboardInterrupt, EOFError):
        return None


def _show(terms: dict[str, object], form: str) -> None:
    from eligibility.aid.loan import faults, grant_equivalent
    from eligibility.report.loan import grant_equivalent_dict, grant_equivalent_text

    loan = loan_of(terms)
    wrong = faults(loan)
    if wrong:
        raise Misuse(*(Problem(fault.value, f"{option(term_of(fault))}: {fault_text(fault, loan)}") for fault in wrong))
    result = grant_equivalent(loan)
    if form == "json":
        emit_json(grant_equivalent_dict(result))
    else:
        emit(grant_equivalent_text(result, language(), text_width(None)), styled=True)
