"""The error of this room, and that no input is slow or steers a terminal."""

import copy
import pickle
import time
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.codes import parse_code
from eligibility.values.dates import parse_date, parse_duration
from eligibility.values.misread import Misread, shown
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number
from eligibility.values.percent import parse_percent
from eligibility.values.ranges import parse_range
from eligibility.values.truth import parse_truth, parse_truth_typed
from eligibility.values.typed import read_date, read_money, read_number, read_range

Parser = Callable[[str], object]


def typed_number(text: str) -> object:
    return read_number(text, decimals=2, lang="de")


PARSERS: dict[str, Parser] = {
    "truth": parse_truth,
    "truth_typed": parse_truth_typed,
    "number": parse_number,
    "money": lambda text: parse_money(text, None),
    "percent": parse_percent,
    "date": parse_date,
    "duration": parse_duration,
    "range": lambda text: parse_range(text, parse_number),
    "nace": lambda text: parse_code(text, "nace"),
    "ksic": lambda text: parse_code(text, "ksic"),
    "region": lambda text: parse_code(text, "region"),
    "typed_number": typed_number,
    "typed_money": lambda text: read_money(text, "KRW", "ko"),
    "typed_range": lambda text: read_range(text, typed_number),
    "typed_date_range": lambda text: read_range(text, read_date),
    "typed_date": read_date,
}
STRICT = ["truth", "number", "money", "percent", "date", "duration", "range", "nace", "ksic", "region"]
ADVERSARIAL = [
    "1",
    "1.",
    "1,",
    "1.234,",
    ".",
    "..",
    "-",
    " ",
    "1 ",
    "1 -",
    "천",
    "1천",
    "%",
    "a",
    "1 years ",
    "\u1100",
]


def refusal(parse: Parser, text: str) -> Misread | None:
    try:
        parse(text)
    except Misread as error:
        return error
    return None


def test_message_code_and_hint() -> None:
    error = Misread("not-a-number", "no", "try")
    assert (str(error), error.code, error.message, error.hint) == ("no", "not-a-number", "no", "try")


@pytest.mark.parametrize("copied", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_survives_copying(copied: Callable[[Misread], Misread]) -> None:
    error = copied(Misread("a", "b", "c"))
    assert (error.code, error.message, error.hint, str(error)) == ("a", "b", "c", "b")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("abc", '"abc"'),
        ("x" * 41, '"' + "x" * 39 + '…"'),
        ("x" * 40, '"' + "x" * 40 + '"'),
        ("\x1b[31m", '"\\u001b[31m"'),
        ("a\u202eb", '"a\\u202eb"'),
        ("서울", '"서울"'),
    ],
)
def test_shown(text: str, quoted: str) -> None:
    assert shown(text) == quoted


@pytest.mark.parametrize("name", PARSERS)
def test_overlong_text_is_refused(name: str) -> None:
    with pytest.raises(Misread) as caught:
        PARSERS[name]("1" * 201)
    assert caught.value.code == "too-long"
    assert caught.value.message == '"' + "1" * 39 + '…" is too long: at most 200 characters are read'


@pytest.mark.parametrize(("name", "piece"), list(product(PARSERS, ADVERSARIAL)))
@pytest.mark.parametrize("size", [199, 50_000])
def test_hostile_text_is_refused_at_once(name: str, piece: str, size: int) -> None:
    text = (piece * size)[:size] + "!"
    start = time.perf_counter()
    with pytest.raises(Misread):
        PARSERS[name](text)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("name", STRICT)
@pytest.mark.parametrize("text", ["１", "٣", "2021-06-３0", "５0 %", "1\n", "\u00a01", "1\u3000", "Ｃ", "०९"])
def test_strict_parsers_take_ascii_only(name: str, text: str) -> None:
    with pytest.raises(Misread):
        PARSERS[name](text)


@pytest.mark.parametrize("name", PARSERS)
@given(text=st.text("0123456789.,-+ <~%/억천만원년월일MkTnbioEURKWC€x٣５\n\x1b", max_size=30) | st.text())
def test_any_text_is_read_or_refused_with_a_printable_message(name: str, text: str) -> None:
    error = refusal(PARSERS[name], text)
    if error is not None:
        assert error.message.isprintable()
        assert error.code.replace("-", "").isalpha()
