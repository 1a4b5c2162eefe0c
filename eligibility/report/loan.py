"""The gross grant equivalent of a soft loan as text and as data, with the plan it was worked out from."""

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len

from eligibility.aid.loan import SOURCE, URL, GrantEquivalent, Loan, Payment, Repayment
from eligibility.report.exact import Json, amount_text, number_text, rate_text
from eligibility.report.text import WIDTH
from eligibility.report.wrap import wrapped
from eligibility.words import Words

SCHEMA = "eligibility.grant_equivalent/1"
_CURRENCY = "EUR"
_FACTOR_DECIMALS = 6
_GAP = "  "


def grant_equivalent_text(result: GrantEquivalent, language: str, width: int = WIDTH) -> str:
    """Return the result as text: the amount, what it was worked out from, and a line for each payment."""
    words = Words(language)
    say = words.say
    heading = say("Gross grant equivalent: {amount}", amount=words.money(result.amount, _CURRENCY))
    lines = [heading, "=" * cell_len(heading), ""]
    lines += _aligned([*_terms(result.loan, words), *_sums(result, words)], width)
    heading = say("Plan of payments")
    lines += ["", heading, "-" * cell_len(heading), ""]
    lines += _table(result.plan, words)
    lines += [""]
    for sentence in _told(result, words):
        lines += wrapped(sentence, width)
    return "\n".join(lines) + "\n"


def grant_equivalent_dict(result: GrantEquivalent) -> Json:
    """Return the result as JSON values: amounts to the cent, rates as ratios, decimals that never end to the sixth."""
    loan = result.loan
    return {
        "schema": SCHEMA,
        "source": {"title": SOURCE, "url": URL},
        "loan": {
            "amount": amount_text(loan.amount, _CURRENCY),
            "currency": _CURRENCY,
            "agreed_rate": rate_text(loan.agreed_rate),
            "reference_rate": rate_text(loan.reference_rate),
            "discount_rate": rate_text(loan.discount_rate),
            "term": loan.term,
            "repayment": loan.repayment.value,
            "payments_per_year": loan.payments_per_year,
            "repayment_free": loan.repayment_free if loan.repayment is Repayment.INSTALMENTS else None,
            "fees": amount_text(loan.fees, _CURRENCY),
        },
        "present_value": number_text(result.present_value),
        "grant_equivalent": amount_text(result.amount, _CURRENCY),
        "plan": [_payment(payment) for payment in result.plan],
    }


def _payment(payment: Payment) -> Json:
    exact = {
        "outstanding": payment.outstanding,
        "repaid": payment.repaid,
        "market_interest": payment.market_interest,
        "agreed_interest": payment.agreed_interest,
        "difference": payment.difference,
        "factor": payment.factor,
        "present_value": payment.present_value,
    }
    return {
        "number": payment.number,
        "month": payment.month,
        **{name: number_text(value) for name, value in exact.items()},
    }


def _terms(loan: Loan, words: Words) -> list[tuple[str, str]]:
    say = words.say
    whole = loan.repayment is Repayment.BULLET
    terms = [
        (say("Loan"), words.money(loan.amount, _CURRENCY)),
        (say("Agreed rate"), words.percent(loan.agreed_rate)),
        (say("Reference rate"), words.percent(loan.reference_rate)),
        (say("Discount rate"), words.percent(loan.discount_rate)),
        (say("Term"), _months(loan.term, words)),
        (say("Repayment"), say("as a whole at the end") if whole else say("in equal instalments")),
        (say("Payments a year"), str(loan.payments_per_year)),
    ]
    free = [] if whole else [(say("Without repayment"), _months(loan.repayment_free, words))]
    return [*terms, *free, (say("Fees"), words.money(loan.fees, _CURRENCY))]


def _sums(result: GrantEquivalent, words: Words) -> list[tuple[str, str]]:
    return [(words.say("Interest saved, as of the day of granting"), _euros(result.present_value, words))]


def _months(count: int, words: Words) -> str:
    return words.plural("{n} month", "{n} months", count)


def _aligned(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    left = max(cell_len(name) for name, _ in pairs) + len(_GAP)
    lines = []
    for name, value in pairs:
        lines += wrapped(value, width, name + " " * (left - cell_len(name)), " " * left)
    return lines


def _euros(value: Fraction, words: Words) -> str:
    return words.fixed(value, 2)


def _table(plan: Sequence[Payment], words: Words) -> list[str]:
    say = words.say
    head = [
        say("No."), say("Month"), say("Debt"), say("Market"), say("Agreed"), say("Saved"), say("Factor"), say("Value"),
    ]  # fmt: skip
    rows = [
        [
            str(payment.number),
            str(payment.month),
            *(
                _euros(value, words)
                for value in (payment.outstanding, payment.market_interest, payment.agreed_interest, payment.difference)
            ),
            words.fixed(payment.factor, _FACTOR_DECIMALS),
            _euros(payment.present_value, words),
        ]
        for payment in plan
    ]
    widths = [max(cell_len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return [
        _GAP.join(" " * (room - cell_len(cell)) + cell for cell, room in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]


def _told(result: GrantEquivalent, words: Words) -> list[str]:
    say = words.say
    no_aid = [say("The loan is no cheaper than the market, so it holds no aid.")] if result.amount == 0 else []
    return [
        *no_aid,
        say(
            "Amounts in euros. Market and agreed: the interest of the time before the payment. Discounting compounds "
            "by whole years and is linear within a year; only the result is rounded, half up to the cent."
        ),
        say("The authority or lender decides which rates hold, and states the amount of aid."),
        say("Source: {title}, {url}", title=SOURCE, url=URL),
    ]
