"""`eligibility grant-equivalent`: results, every refusal with its words, and what a terminal asks."""

import json
from collections.abc import Sequence

import pytest

from eligibility.cli.entry import Answer
from eligibility.cli.wizard.asker import Command, Heading, Option, Screen, Typed
from eligibility.cli.wizard.loan import ask_with
from eligibility.words import Words
from tests.cli.conftest import Run

TERMS = {
    "--amount": "100000",
    "--agreed-rate": "1",
    "--reference-rate": "5",
    "--discount-rate": "4",
    "--term": "24",
    "--repayment": "instalments",
    "--payments-per-year": "1",
    "--repayment-free": "0",
    "--fees": "0",
}


def given(**changed: str | None) -> list[str]:
    terms = {**TERMS, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    return ["grant-equivalent", *(word for name, value in terms.items() if value is not None for word in (name, value))]


def test_data(run: Run) -> None:
    ran = run(*given(), "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert data["schema"] == "eligibility.grant_equivalent/1"
    assert data["loan"] == {
        "amount": "100000.00",
        "currency": "EUR",
        "agreed_rate": "0.01",
        "reference_rate": "0.05",
        "discount_rate": "0.04",
        "term": 24,
        "repayment": "instalments",
        "payments_per_year": 1,
        "repayment_free": 0,
        "fees": "0.00",
    }
    assert (data["present_value"], data["grant_equivalent"]) == ("5695.266272", "5695.27")
    assert data["plan"][1] == {
        "number": 2,
        "month": 24,
        "outstanding": "50000",
        "repaid": "50000",
        "market_interest": "2500",
        "agreed_interest": "500",
        "difference": "2000",
        "factor": "0.924556",
        "present_value": "1849.112426",
    }


def test_text(run: Run) -> None:
    ran = run(*given(fees="1.000,50", agreed_rate="1,25 %"), "--lang", "de")
    assert ran.code == 0
    assert ran.out.startswith("Bruttosubventionsäquivalent: 4.338,81\N{NO-BREAK SPACE}€\n=======")
    assert "\nEntgelte                          1.000,50\N{NO-BREAK SPACE}€\n" in ran.out
    assert "\n  2     24   50.000,00  2.500,00      625,00  1.875,00  0,924556  1.733,54\n" in ran.out


def test_no_aid(run: Run) -> None:
    ran = run(*given(agreed_rate="6"))
    assert ran.out.startswith("Gross grant equivalent: €0\n")
    assert "The loan is no cheaper than the market, so it holds no aid." in ran.out


def test_bullet_needs_no_time_without_repayment(run: Run) -> None:
    data = json.loads(run(*given(repayment="bullet", repayment_free=None), "--format", "json").out)
    assert (data["grant_equivalent"], data["loan"]["repayment_free"]) == ("7544.38", None)


REFUSED = [
    (
        ["grant-equivalent"],
        "error: these options are missing: --amount, --agreed-rate, --reference-rate, --discount-rate, --term, "
        "--repayment, --payments-per-year, --repayment-free, --fees\nhint: on a terminal they are asked for\n",
    ),
    (
        given(repayment="bullet", repayment_free=None, fees=None),
        "error: these options are missing: --fees\nhint: on a terminal they are asked for\n",
    ),
    (
        given(repayment="bullet"),
        "error: --repayment bullet pays nothing back before the end: leave --repayment-free out\n",
    ),
    (given(amount="1.500"), 'error: --amount: "1.500" can mean 1500 or 1.5: write 1500 or 1.50\n'),
    (given(amount="5 USD"), 'error: --amount: "5 USD" is in USD: EUR is expected\n'),
    (given(term="24.5"), 'error: --term: "24.5" has too many decimals: a whole number is expected\n'),
    (
        given(repayment="annuity", payments_per_year="3"),
        'error: --repayment: "annuity" is not one of the choices\nhint: one of: instalments, bullet\n'
        '--payments-per-year: "3" is not one of the choices\nhint: one of: 1, 2, 4, 12\n2 problems\n',
    ),
    (given(amount="0"), "error: --amount: the amount must be more than nothing\n"),
    (given(discount_rate="101"), "error: --discount-rate: a rate is more than -100 and at most 100 percent\n"),
    (
        given(term="18", repayment_free="6", fees="-1"),
        "error: --term: the loan must end on the day of a payment: its months must be a multiple of 12\n"
        "--repayment-free: the time without repayment must end on the day of a payment: its months must be a multiple "
        "of 12\n--fees: fees cannot be less than nothing\n3 problems\n",
    ),
    (
        given(repayment_free="24"),
        "error: --repayment-free: the time without repayment must be shorter than the loan runs\n",
    ),
    (given(term="601", payments_per_year="12"), "error: --term: a loan runs for 1 to 600 months\n"),
    (
        [*given(term="0"), "--lang", "de"],
        "Fehler: --term: Ein Darlehen läuft 1 bis 600 Monate\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_refused(run: Run, arguments: list[str], message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.replace("\n", " ").split() == message.replace("\n", " ").split()


class Script:
    """An asker that types what stands in a script, and remembers the screens."""

    def __init__(self, *replies: object) -> None:
        self.replies = list(replies)
        self.screens: list[Screen] = []

    def choose(self, screen: Screen, lines: Sequence[Option | Heading], start: object = None) -> Answer | Command:
        self.screens.append(screen)
        reply = self.replies.pop(0)
        assert isinstance(reply, str | Command)
        return reply

    def enter(self, screen: Screen, text: str, suggestions: Sequence[object] = ()) -> Typed:
        self.screens.append(screen)
        reply = self.replies.pop(0)
        return Typed(text, reply) if isinstance(reply, Command) else Typed(str(reply))

    def page(self, heading: str, paragraphs: Sequence[str]) -> None:
        raise AssertionError("no page is shown")


def asked(*replies: object, **known: object) -> tuple[dict[str, object], list[Screen]]:
    script = Script(*replies)
    terms = ask_with(script, known, Words("en"))
    assert not script.replies
    return terms, script.screens


def test_all_is_asked() -> None:
    terms, screens = asked("100000", "1", "5 %", "4", "24", "instalments", "1", "12", "0")
    assert [str(value) for value in terms.values()] == [
        "100000", "1/100", "1/20", "1/25", "24", "instalments", "1", "12", "0",
    ]  # fmt: skip
    assert screens[0].heading == "How large is the loan, in euros?"
    assert screens[2].help.startswith("The market rate:")
    assert all(not screen.error for screen in screens)


def test_only_what_is_missing_is_asked() -> None:
    known = {"amount": 5, "agreed_rate": 0, "reference_rate": 0, "discount_rate": 0, "term": 12, "fees": 0}
    terms, screens = asked("bullet", "12", **known)
    assert len(screens) == 2
    assert terms == {**known, "repayment": "bullet", "payments_per_year": 12}


def test_a_mistake_is_told_and_asked_again() -> None:
    known = {"agreed_rate": 0, "reference_rate": 0, "discount_rate": 0, "term": 12, "fees": 0, "payments_per_year": 1}
    _, screens = asked("", "x", "3.500", "5 USD", Command.RESULT, "3500", "bullet", **known)
    assert [screen.error for screen in screens] == [
        "",
        "It cannot be worked out without this. Ctrl-C leaves.",
        "That is not a number: write it like 1200000 or 12.50.",
        "3.500 can mean 3500 or 3.5: write 3500 or 3.50.",
        "The amount is wanted in EUR.",
        "It cannot be worked out without this. Ctrl-C leaves.",
        "",
    ]


def test_going_back() -> None:
    known = {"agreed_rate": 0, "reference_rate": 0, "discount_rate": 0, "term": 12, "fees": 0, "payments_per_year": 1}
    terms, screens = asked("1", Command.BACK, Command.BACK, "2", "bullet", **known)
    assert [screen.heading.split()[1] for screen in screens] == ["large", "is", "large", "large", "is"]
    assert terms["amount"] == 2


def test_what_does_not_fit_together_is_asked_again() -> None:
    known = {"amount": 5, "agreed_rate": 0, "reference_rate": 0, "discount_rate": 0, "fees": 0, "payments_per_year": 1}
    terms, screens = asked("18", "instalments", "6", "24", "0", **known)
    assert [(screen.heading.split()[2], screen.error) for screen in screens[3:]] == [
        ("many", "the loan must end on the day of a payment: its months must be a multiple of 12"),
        ("many", "the time without repayment must end on the day of a payment: its months must be a multiple of 12"),
    ]
    assert (terms["term"], terms["repayment_free"]) == (24, 0)


def test_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ran = run(*given(repayment=None, repayment_free=None), stdin=b"2\n", terminal=True)
    assert ran.code == 0
    assert "How is the loan paid back?" in ran.err
    # There is no result yet, and nothing can be left open.
    assert "Type the number of a line | <: back | Ctrl-C: leave" in ran.err
    assert ran.out.startswith("Gross grant equivalent: €7,544.38\n")


def test_a_term_typed_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ran = run(*given(fees=None), stdin=b"\n0\n", terminal=True)
    assert (ran.code, "I do not know" in ran.err) == (0, False)
    assert "It cannot be worked out without this. Ctrl-C leaves." in ran.err
    assert ran.err.count("\n<: back | Ctrl-C: leave\n> ") == 2


@pytest.mark.parametrize("stdin", [b"", b"x\n"])
def test_leaving(run: Run, monkeypatch: pytest.MonkeyPatch, stdin: bytes) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ran = run(*given(fees=None), stdin=stdin, terminal=True)
    assert (ran.code, ran.out) == (130, "")
