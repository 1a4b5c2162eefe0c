import codecs
from collections.abc import Container

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.encoding import checked, family_of
from eligibility.batch.evidence import Choice, Evidence
from eligibility.batch.mapping import KnownNames
from eligibility.batch.script import ENCODINGS
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.batch.office import GERMAN, KOREAN, PLAIN

FAMILIES = [None, *ENCODINGS]


def evidence(data: bytes, known: Container[str] = ()) -> Evidence:
    found = Evidence(known, data)
    found.see(data)
    found.end()
    return found


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("names", ["known", "unknown"])
@pytest.mark.parametrize(("text", "encoding"), [(GERMAN, "cp1252"), (KOREAN, "cp949")])
def test_offices_need_no_option_in_any_locale(
    rulebook: Rulebook, text: str, encoding: str, names: str, family: str | None
) -> None:
    found = evidence(text.encode(encoding), KnownNames((), rulebook) if names == "known" else ())
    assert found.choice(family) == Choice(encoding, "names" if names == "known" else "text")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("encoding", PLAIN)
def test_text_that_shows_its_encoding(encoding: str, family: str | None) -> None:
    assert evidence(PLAIN[encoding].encode(encoding)).choice(family) == Choice(encoding, "text")


@pytest.mark.parametrize(
    ("text", "encoding", "family", "choice"),
    [
        # One word may be a name of two languages; the locale decides, or nobody does.
        ("회사,주소\n삼성,서울\n", "cp949", "cp949", Choice("cp949", "locale")),
        ("회사,주소\n삼성,서울\n", "cp949", None, None),
        ("회사,주소\n삼성,서울\n", "cp949", "cp1252", None),
        ("公司\n北京\n", "gb18030", "gb18030", Choice("gb18030", "locale")),
        ("Société Générale;élève;façade\n", "cp1252", "cp1252", Choice("cp1252", "locale")),
        ("Société Générale;élève;façade\n", "cp1252", None, None),
        ("fejlesztő győri különböző\n", "cp1250", "cp1250", Choice("cp1250", "locale")),
        # One foreign name does not make a German table Czech, nor does a Czech locale.
        ("Müller;Größe;Bär;Crème\n", "cp1252", "cp1250", Choice("cp1252", "text")),
        # One letter is enough where all that may be meant read it alike.
        ("Müller\n", "cp1252", None, Choice("cp1252", "text")),
        ("Müller\n", "cp1252", "gb18030", Choice("cp1252", "text")),
        # Encodings of other systems are no reading of ours, however they decode.
        ("Müller;Größe\n", "cp850", "cp1252", None),
        ("Müller;Größe\n", "mac_roman", "cp1252", None),
        ("会社名;株式会社トヨタ;あいうえお\n", "euc_jp", "cp932", None),
    ],
)
def test_text_that_leaves_it_open(text: str, encoding: str, family: str | None, choice: Choice | None) -> None:
    assert evidence(text.encode(encoding)).choice(family) == choice


@pytest.mark.parametrize(
    ("good", "bad", "choice"),
    [
        (3, 1, Choice("utf-8", "mostly")),
        (100, 1, Choice("utf-8", "mostly")),
        # What has as much of both is read wrong by either: nothing may be chosen for whoever made it.
        (1, 1, None),
        (2, 1, None),
        (0, 1, Choice("cp1252", "text")),
    ],
)
def test_utf8_with_damaged_lines(good: int, bad: int, choice: Choice | None) -> None:
    data = "Müller\n".encode() * good + "Größe\n".encode("cp1252") * bad
    assert evidence(data).choice("cp1252") == choice


def test_one_damaged_line_does_not_hide_the_encoding() -> None:
    data = KOREAN.encode("cp949") + b"4,\xff\xff,1,,,\r\n"
    assert evidence(data).choice("cp1252") == Choice("cp949", "text")


def test_what_is_asked() -> None:
    found = evidence("id,회사\n1,삼성\n".encode("cp949"))
    assert str(found.unclear("in.csv", 1, "cp1252")) == (
        "in.csv:1:1: the table is not UTF-8, and its text does not show what else it is: cp949: `id,회사`; "
        "gb18030: `id,雀荤`; cp1251: `id,Иё»з`; cp1253: `id,ΘΈ»η` (tell it, such as --encoding cp949)"
    )


@given(st.text(alphabet="aü€한글\n,;", max_size=60), st.lists(st.integers(1, 20), min_size=1, max_size=9))
def test_evidence_does_not_depend_on_how_it_is_cut(text: str, cuts: list[int]) -> None:
    data = text.encode("cp949", "ignore") + text.encode("cp1252", "ignore")
    whole, parts = evidence(data), Evidence((), data)
    rest = data
    for cut in cuts:
        parts.see(rest[:cut])
        rest = rest[cut:]
    parts.see(rest)
    parts.end()
    assert (parts.lines, parts.bad, parts.choice(None)) == (whole.lines, whole.bad, whole.choice(None))


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        (" Windows-1252 ", "cp1252"),
        ("latin1", "iso8859-1"),
        ("euc-kr", "euc_kr"),
        ("UTF-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("Shift_JIS", "shift_jis"),
    ],
)
def test_names_of_encodings(name: str, one: str) -> None:
    assert checked(name) == one
    assert codecs.lookup(one)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cp994", "there is no encoding `cp994` (did you mean `cp949`?)"),
        ("uft-8", "there is no encoding `uft-8` (did you mean `utf_8`?)"),
        ("", "there is no encoding `` (such as utf-8, utf-16, cp1252 or cp949)"),
        ("base64", "there is no encoding `base64` (such as utf-8, utf-16, cp1252 or cp949)"),
        *(
            (
                name,
                f"tables in `{name}` cannot be read: their commas and line ends are not those of ASCII "
                "(save the table as CSV UTF-8)",
            )
            for name in ("cp500", "utf-7", "iso2022_jp", "hz", "idna", "unicode_escape")
        ),
    ],
)
def test_encodings_that_cannot_be_asked_for(name: str, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        checked(name)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ("ko_KR.UTF-8", "cp949"),
        ("de_AT", "cp1252"),
        ("en", "cp1252"),
        ("pl-PL", "cp1250"),
        ("zh_TW.Big5", "gb18030"),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("", None),
    ],
)
def test_what_a_locale_tells(locale: str, encoding: str | None) -> None:
    assert family_of(locale) == encoding
