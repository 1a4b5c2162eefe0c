"""The questions for the terms of a soft loan that were not given as options."""

import os
from collections.abc import Mapping, Sequence

from eligibility.cli.loan_entry import PAYMENTS, REPAYMENTS, fault_text, loan_of, read_term, term_of, wanted
from eligibility.cli.wizard.asker import Asker, Command, Heading, Option, Screen
from eligibility.cli.wizard.mistakes import number_mistake
from eligibility.values.misread import Misread
from eligibility.words import Words

_QUESTIONS = {
    "amount": "How large is the loan, in euros?",
    "agreed_rate": "What interest does the borrower pay, in percent a year?",
    "reference_rate": "What is the reference rate for this borrower, in percent a year?",
    "discount_rate": "What is the discount rate, in percent a year?",
    "term": "For how many months does the loan run?",
    "repayment": "How is the loan paid back?",
    "payments_per_year": "How often are payments made?",
    "repayment_free": "For how many months is only interest paid, before the first instalment?",
    "fees": "What fees does the borrower pay on the day of granting, in euros?",
}
_HELPS = {
    "reference_rate": (
        "The market rate: the base rate of the European Commission on the day of granting plus the margin for the "
        "borrower's rating and collateral. The lender knows it."
    ),
    "discount_rate": "The base rate of the European Commission on the day of granting plus one percentage point.",
    "repayment_free": "0 if the first instalment is due with the first interest.",
    "fees": "Only those that a loan at the market rate would not carry; 0 if there are none.",
}
_CHOICES = {
    "instalments": "In equal instalments",
    "bullet": "As a whole at the end",
    "1": "Once a year",
    "2": "Twice a year",
    "4": "Every quarter",
    "12": "Every month",
}


def ask_terms(given: Mapping[str, object], words: Words) -> dict[str, object]:
    """Ask on the terminal until all terms are known and there can be such a loan; returns all of them.

    Raises:
        KeyboardInterrupt, EOFError: the user left.
    """
    return ask_with(_asker(words), given, words)


def ask_with(asker: Asker, given: Mapping[str, object], words: Words) -> dict[str, object]:
    """Ask by this asker; see `ask_terms`."""
    from eligibility.aid.loan import faults

    terms, asked, errors = dict(given), list[str](), dict[str, str]()
    while True:
        missing = wanted(terms)
        if not missing:
            wrong = faults(loan := loan_of(terms))
            if not wrong:
                return terms
            # A term that was given as an option can be wrong too: then it is asked for all the same.
            missing = [term_of(wrong[0])]
            errors[missing[0]] = fault_text(wrong[0], loan)
        term = missing[0]
        value = _ask(asker, words, term, errors.pop(term, ""))
        if value is Command.BACK:
            if asked:
                terms.pop(asked.pop(), None)
            continue
        terms[term] = value
        asked = [*(one for one in asked if one != term), term]
        if terms.get("repayment") == "bullet":
            terms.pop("repayment_free", None)


def _asker(words: Words) -> Asker:
    if os.environ.get("TERM") in ("dumb", "unknown"):
        from eligibility.cli.wizard.plain import PlainAsker

        return PlainAsker(words)
    from eligibility.cli.wizard.ask import TerminalAsker

    return TerminalAsker(words)


def _ask(asker: Asker, words: Words, term: str, error: str) -> object:
    """Return the value of one term, or the command to go back."""
    help_text = words.say(_HELPS[term]) if term in _HELPS else ""
    choices = {"repayment": REPAYMENTS, "payments_per_year": PAYMENTS}.get(term, ())
    text = ""
    while True:
        screen = Screen(words.say(_QUESTIONS[term]), help=help_text, error=error, needed=True)
        if choices:
            answer = asker.choose(screen, _lines(words, choices))
            if isinstance(answer, str):
                return read_term(term, answer, words.language)
            if answer is Command.BACK:
                return answer
            continue
        typed = asker.enter(screen, text)
        text = typed.text
        if typed.command is Command.BACK:
            return typed.command
        if typed.command is None and text.strip():
            try:
                return read_term(term, text, words.language)
            except Misread as misread:
                error = number_mistake(words, misread.code, misread.message, text)
        else:
            error = words.say("It cannot be worked out without this. Ctrl-C leaves.")


def _lines(words: Words, choices: Sequence[str]) -> list[Option | Heading]:
    ways = [Option(choice, words.say(_CHOICES[choice])) for choice in choices]
    return [*ways, Heading(""), Option(Command.BACK, words.say("< Back"))]
