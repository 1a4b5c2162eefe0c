import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from eligibility.report.wrap import wrapped

NFD = "\u1112\u1161\u11ab\u1100\u1173\u11af"  # 한글 in decomposed letters


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two\nthree\tfour", 9, ["one two", "three", "four"]),
        ("abcdefghijklmn", 6, ["abcdef", "ghijkl", "mn"]),
        ("x abcdefghijklmn", 6, ["x", "abcdef", "ghijkl", "mn"]),
        ("de.transferstelle-cybersicherheit", 20, ["de.transferstelle-", "cybersicherheit"]),
        ("de.transferstelle-cybersicherheit", 10, ["de.", "transferst", "elle-", "cybersiche", "rheit"]),
        ("중소기업 투자 보조금", 10, ["중소기업", "투자 보조", "금"]),
        ("중견기업성장촉진", 7, ["중견기", "업성장", "촉진"]),
        ("(법령)입니다.", 6, ["(법령)", "입니", "다."]),
        ("30.000\u00a0€ mehr", 8, ["30.000\u00a0€", "mehr"]),
        (NFD, 2, [NFD[:3], NFD[3:]]),
        ("see https://example.org/a/very/long/path now", 12, ["see", "https://example.org/a/very/long/path", "now"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_nothing_is_wide_before_the_first_wide_character() -> None:
    assert [code for code in range(0x1100) if cell_len(chr(code)) > 1] == []


def test_first_and_other_lines_begin_differently() -> None:
    assert wrapped("one two three", 9, "  - ", "    ") == ["  - one", "    two", "    three"]


@given(st.text(st.sampled_from("ab가힣 ,.()–€é"), max_size=60), st.integers(4, 40))
def test_nothing_is_lost_and_nothing_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width, "- ", "  ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")
