"""Industry and region codes in their one stored spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.codes import covers, parse_code
from eligibility.values.misread import Misread


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("C28", "nace", "C28"),
        ("c 28.1", "nace", "C281"),
        ("62.01", "nace", "J6201"),
        ("6201", "nace", "J6201"),
        ("62.01.9", "nace", "J62019"),
        ("01.11", "nace", "A0111"),
        ("C", "nace", "C"),
        (" u ", "nace", "U"),
        ("M69", "nace", "M69"),
        ("43", "nace", "F43"),
        ("C26", "ksic", "C26"),
        ("26", "ksic", "C26"),
        ("2611", "ksic", "C2611"),
        ("c26111", "ksic", "C26111"),
        ("G", "ksic", "G"),
        ("E36", "ksic", "E36"),
        ("34", "ksic", "C34"),
        ("M70", "ksic", "M70"),
        ("76", "ksic", "N76"),
        ("09", "region", "09"),
        ("09162", "region", "09162"),
        (" KR-26 ", "region", "KR-26"),
        ("kr-26", "region", "KR-26"),
        ("KR-26-26110", "region", "KR-26-26110"),
        (" kr-50-36110 ", "region", "KR-50-36110"),
        ("KR-49-50110", "region", "KR-49-50110"),
        # The first digits that Gangwon and Jeonbuk had before.
        ("KR-42-42760", "region", "KR-42-51760"),
        ("KR-45-45730", "region", "KR-45-52730"),
    ],
)
def test_read(text: str, form: str, code: str) -> None:
    assert parse_code(text, form) == code
    assert parse_code(code, form) == code


INDUSTRY = "write the section letter, digits or both, like C, C28 or 28.1"
REGION = (
    "write 2 or 5 digits of the German key, or KR- and 2 digits, and 5 more for a district, "
    "like 09162, KR-26 or KR-26-26110"
)
ZERO = "a leading zero may be missing"


@pytest.mark.parametrize(
    ("text", "form", "message", "hint"),
    [
        ("J28", "nace", '"J28" is not a NACE code: division 28 belongs to section C', ""),
        ("04", "nace", '"04" is not a NACE code: there is no division 04', ""),
        ("34", "nace", '"34" is not a NACE code: there is no division 34', ""),
        ("V", "nace", '"V" is not a NACE code: there is no section V', ""),
        ("", "nace", f'"" is not a NACE code: {INDUSTRY}', ""),
        ("C28..1", "nace", f'"C28..1" is not a NACE code: {INDUSTRY}', ""),
        ("62.1.9", "nace", f'"62.1.9" is not a NACE code: {INDUSTRY}', ""),
        ("C281111", "nace", f'"C281111" is not a NACE code: {INDUSTRY}', ""),
        ("CC", "nace", f'"CC" is not a NACE code: {INDUSTRY}', ""),
        ("C２８", "nace", f'"C２８" is not a NACE code: {INDUSTRY}', ""),
        ("1.11", "nace", f'"1.11" is not a NACE code: {INDUSTRY}', ZERO),
        ("A1", "nace", f'"A1" is not a NACE code: {INDUSTRY}', ZERO),
        ("43", "ksic", '"43" is not a KSIC code: there is no division 43', ""),
        ("N70", "ksic", '"N70" is not a KSIC code: division 70 belongs to section M', ""),
        ("9162", "region", f'"9162" is not a region code: {REGION}', f"{ZERO}: 09162"),
        ("9", "region", f'"9" is not a region code: {REGION}', f"{ZERO}: 09"),
        (
            "09162000",
            "region",
            f'"09162000" is not a region code: {REGION}',
            "the first five digits name the district: 09162",
        ),
        ("KR-2", "region", f'"KR-2" is not a region code: {REGION}', ""),
        ("KR-26-2611", "region", f'"KR-26-2611" is not a region code: {REGION}', ""),
        ("KR-26-261100", "region", f'"KR-26-261100" is not a region code: {REGION}', ""),
        ("KR-26110", "region", f'"KR-26110" is not a region code: {REGION}', ""),
        ("KR-26-２6110", "region", f'"KR-26-２6110" is not a region code: {REGION}', ""),
        (
            "2611010100",
            "region",
            f'"2611010100" is not a region code: {REGION}',
            "the first five digits name the district: KR-26-26110",
        ),
        ("9911010100", "region", f'"9911010100" is not a region code: {REGION}', ""),
        (
            "KR-26-11110",
            "region",
            '"KR-26-11110" is not a region code (KR-26: its districts begin with 26)',
            "11110 lies in KR-11",
        ),
        # Codes of the province that Gwangju and Jeollanam-do form since 2026-07-01: ISO has none for it yet.
        ("KR-46-12710", "region", '"KR-46-12710" is not a region code (KR-46: its districts begin with 46)', ""),
        (
            "KR-99-26110",
            "region",
            '"KR-99-26110" is not a region code (KR-99: there is no such province)',
            "26110 lies in KR-26",
        ),
        ("DE-BY", "region", f'"DE-BY" is not a region code: {REGION}', ""),
        ("０９", "region", f'"０９" is not a region code: {REGION}', ""),
        ("", "region", f'"" is not a region code: {REGION}', ""),
    ],
)
def test_refused(text: str, form: str, message: str, hint: str) -> None:
    with pytest.raises(Misread) as caught:
        parse_code(text, form)
    assert (caught.value.code, caught.value.message, caught.value.hint) == ("not-a-code", message, hint)


def test_unknown_form() -> None:
    with pytest.raises(ValueError, match=r"^no code has the form 'sic'$"):
        parse_code("C", "sic")


@pytest.mark.parametrize(
    ("form", "divisions", "sections"),
    # 88 divisions of NACE Rev. 2 and 77 of KSIC, 21 sections each.
    [("nace", 88, 21), ("ksic", 77, 21)],
)
def test_number_of_divisions(form: str, divisions: int, sections: int) -> None:
    found = set()
    for number in range(100):
        try:
            found.add(parse_code(f"{number:02}", form))
        except Misread:
            continue
    assert len(found) == divisions
    assert len({code[0] for code in found}) == sections


@pytest.mark.parametrize(
    ("prefix", "code", "yes"),
    [
        ("C", "C28", True),
        ("C28", "C28", True),
        ("C28", "C", False),
        ("C2", "J62", False),
        ("09", "09162", True),
        ("KR-26", "KR-26-26110", True),
        ("KR-26-26110", "KR-26", False),
        ("KR-26", "KR-27-27110", False),
    ],
)
def test_covers(prefix: str, code: str, yes: bool) -> None:
    assert covers(prefix, code) is yes


@given(st.sampled_from(["nace", "ksic"]), st.from_regex(r"[A-Ua-u]? ?[0-9]{2}(\.?[0-9]{1,2})?", fullmatch=True))
def test_stored_codes_stay_as_they_are(form: str, text: str) -> None:
    try:
        code = parse_code(text, form)
    except Misread:
        return
    assert parse_code(code, form) == code
    assert code[1:] == "".join(c for c in text if c.isdigit())
    assert covers(code[:1], code)
