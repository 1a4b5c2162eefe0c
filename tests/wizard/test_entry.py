"""Typed text: what is stored, what is refused, and what is put back into the line."""

import pytest

import eligibility
from eligibility.cli.entry import Answer, editable, read_entry, suggestions
from eligibility.engine.profile import read_answer
from eligibility.values.misread import Misread


@pytest.mark.parametrize(
    ("fact", "typed", "language", "stored"),
    [
        ("group_employees", "50", "en", 50),
        ("group_employees", " 50 ", "en", 50),
        ("group_employees", "50-249", "de", "50..249"),
        ("group_employees", "50 bis 249", "de", "50..249"),
        ("group_employees", "50~249", "ko", "50..249"),
        ("group_employees", "250+", "en", "250.."),
        ("group_employees", "..10", "en", "..10"),
        ("group_employees", "12,5", "de", "12.5"),
        ("group_employees", "1.234.567", "de", 1234567),
        ("group_turnover", "1,2 Mio", "de", 1200000),
        ("group_turnover", "€1.250.000,50", "de", "1250000.50"),
        ("group_turnover", "1.5M - 2M", "en", "1500000..2000000"),
        ("kr_average_turnover", "12억 3천만", "ko", 1230000000),
        ("public_shareholding", "12,5 %", "de", "12.5"),
        ("public_shareholding", "10-25%", "en", "10..25"),
        ("group_turnover", "1.2m", "en", 1200000),
        ("group_turnover", "€1.250.000", "de", 1250000),
        ("group_turnover", "1 250 000", "en", 1250000),
        ("group_turnover", "１２５００００", "ko", 1250000),
        ("group_turnover", "50k", "en", 50000),
        ("group_turnover", "unter 2 Mio", "de", "..1999999.99"),
        ("group_turnover", "über 2 Mio", "de", "2000000.01.."),
        ("kr_average_turnover", "１２억 ３천만 원", "ko", 1230000000),
        ("kr_average_turnover", "120억 원 이상 400억 원 미만", "ko", "12000000000..39999999999"),
        ("group_employees", "50명", "ko", 50),
        ("group_employees", "50명~249명", "ko", "50..249"),
        ("group_employees", "12,5 Beschäftigte", "de", "12.5"),
        ("group_employees", "50 to 249 people", "en", "50..249"),
        ("group_employees", "unter 50", "de", "..49.999999"),
        ("group_employees", "ab 250", "de", "250.."),
        ("group_employees", "between 10 and 49", "en", "10..49"),
        ("public_shareholding", "unter 25 %", "de", "..24.99"),
        ("founded", "2020-05-01", "en", "2020-05-01"),
        ("founded", "2020-5-1", "en", "2020-05-01"),
        ("founded", "2020/05/01", "en", "2020-05-01"),
        ("founded", "30/04/2020", "en", "2020-04-30"),
        ("founded", "04/30/2020", "en", "2020-04-30"),
        ("founded", "4/4/2020", "en", "2020-04-04"),
        ("founded", "1. März 2020", "de", "2020-03-01"),
        ("founded", "1 Mar 2020", "en", "2020-03-01"),
        ("founded", "March 1st, 2020", "en", "2020-03-01"),
        ("founded", "März 2020", "de", "2020-03-01..2020-03-31"),
        ("founded", "2020 Dec", "en", "2020-12-01..2020-12-31"),
        ("founded", "3월 2020", "ko", "2020-03-01..2020-03-31"),
        ("founded", "2020년 3월", "ko", "2020-03-01..2020-03-31"),
        ("founded", "Januar 2020 bis März 2020", "de", "2020-01-01..2020-03-31"),
        ("founded", "1.5.2020", "de", "2020-05-01"),
        ("founded", "2020년 5월 1일", "ko", "2020-05-01"),
        ("founded", "2019", "en", "2019-01-01..2019-12-31"),
        ("founded", "2020-02", "en", "2020-02-01..2020-02-29"),
        ("founded", "5/2020", "en", "2020-05-01..2020-05-31"),
        ("founded", "2020년 11월", "ko", "2020-11-01..2020-11-30"),
        ("founded", "2019..2021", "en", "2019-01-01..2021-12-31"),
        ("founded", "2019-2021", "en", "2019-01-01..2021-12-31"),
        ("founded", "2019 bis 2021", "de", "2019-01-01..2021-12-31"),
        ("founded", "2019년~2021년", "ko", "2019-01-01..2021-12-31"),
        ("founded", "2019~2021년", "ko", "2019-01-01..2021-12-31"),
        ("founded", "..2019", "en", "..2019-12-31"),
        ("founded", "2019+", "en", "2019-01-01.."),
        ("founded", "11.2019 - 2.2020", "de", "2019-11-01..2020-02-29"),
        ("founded", "2019..2019-06-30", "en", "2019-01-01..2019-06-30"),
        ("founded", "2019-06-30..2019", "en", "2019-06-30..2019-12-31"),
        ("founded", "30.6.2019 - 1.7.2019", "de", "2019-06-30..2019-07-01"),
        ("nace", "62.01", "en", "J6201"),
        ("nace", "c28", "en", "C28"),
        ("site_country", "DE", "ko", "DE"),
        ("site_country", "de", "en", "DE"),
        ("site_country", "germany", "de", "DE"),
        ("site_country", "독일", "en", "DE"),
        ("site_country", "Deutschl", "ko", "DE"),
        ("site_country", "Germany (DE)", "en", "DE"),
        ("site_country", "Niger", "en", "NE"),
        ("site_region", "09162", "en", "09162"),
        ("site_region", "부산", "en", "KR-26"),
        ("site_region", "KR-26", "en", "KR-26"),
        ("site_region", "부산 동구", "ko", "KR-26-26170"),
        ("site_region", "부산광역시 동구", "de", "KR-26-26170"),
        ("site_region", "가평", "ko", "KR-41-41820"),
        ("site_region", "Gapyeong-gun", "en", "KR-41-41820"),
        ("site_region", "전라북도", "ko", "KR-45"),
        # One district only lies in the Land.
        ("site_region", "Berlin", "de", "11000"),
        ("site_region", "Bremen", "de", "04"),
        ("nace", "Maschinenbau", "de", "C28"),
        ("nace", "Manufacture of machinery", "en", "C28"),
        ("nace", "기계", "ko", "C28"),
        ("nace", "Verarbeitendes Gewerbe (C)", "de", "C"),
        ("nace", "Großhandel (ohne Handel mit Kraftfahrzeugen) (G46)", "de", "G46"),
        ("nace", "Energieversorgung", "de", "D35"),
        ("nace", "D", "de", "D"),
        ("kr_industry", "기계", "ko", "C29"),
        ("kr_industry", "부동산업", "ko", "L68"),
        ("kr_industry", "26", "ko", "C26"),
        ("nonprofit", "nein", "de", False),
        ("legal_form", "GmbH", "de", "limited_company"),
    ],
)
def test_read(book: eligibility.Rulebook, fact: str, typed: str, language: str, stored: Answer) -> None:
    answer = read_entry(book.linked.subject(fact), typed, language)
    assert (answer, type(answer)) == (stored, type(stored))
    read_answer(book.linked, fact, answer)


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("group_employees", "many", "not-a-number"),
        ("group_employees", "1,234", "ambiguous-number"),
        ("group_employees", "3.500", "ambiguous-number"),
        ("group_employees", "ca. 50", "approximate"),
        ("group_employees", "about 50 people", "approximate"),
        ("group_employees", "~50", "approximate"),
        ("group_employees", "약 50명", "approximate"),
        ("group_employees", "50명 정도", "approximate"),
        ("founded", "ca. 2019", "approximate"),
        ("founded", "1.5.20", "two-digit-year"),
        ("founded", "31 April 2020", "no-such-date"),
        ("founded", "32/01/2020", "no-such-date"),
        ("founded", "Januar bis März 2020", "not-a-date"),
        ("group_turnover", "1-2 Mio", "ambiguous-range"),
        ("group_turnover", "5 USD", "wrong-currency"),
        ("group_turnover", "1.005,555", "too-many-decimals"),
        ("group_employees", "249-50", "empty-range"),
        ("founded", "03/04/2021", "ambiguous-date"),
        ("founded", "2021-02-30", "no-such-date"),
        ("founded", "1776", "date-out-of-range"),
        ("founded", "13/2020", "no-such-date"),
        ("founded", "2019-20", "no-such-date"),
        ("founded", "2021..2019", "empty-range"),
        ("founded", "2019-07..2019-06-30", "empty-range"),
        ("founded", "2019..1776", "date-out-of-range"),
        ("founded", "5-8/2020", "not-a-date"),
        ("founded", "2019-", "not-a-date"),
        ("nace", "Z", "not-a-code"),
        ("site_country", "korea", "ambiguous-name"),
        ("site_country", "Atlantis", "unknown-choice"),
        ("site_region", "Atlantis", "not-a-code"),
        ("site_region", "동구", "ambiguous-name"),
        ("site_region", "광주시", "ambiguous-name"),
        ("site_region", "Leipzig", "ambiguous-name"),
        ("nace", "Handel", "ambiguous-name"),
        ("nace", "machinery", "ambiguous-name"),
        ("kr_industry", "서비스업", "ambiguous-name"),
    ],
)
def test_refused(book: eligibility.Rulebook, fact: str, typed: str, code: str) -> None:
    with pytest.raises(Misread) as caught:
        read_entry(book.linked.subject(fact), typed, "en")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("korea", "write `KP` (Nordkorea), `KR` (Südkorea)"),
        ("st.", "write `BL` (St. Barthélemy), `KN` (St. Kitts und Nevis), `LC` (St. Lucia) …"),
    ],
)
def test_several_names_are_told(book: eligibility.Rulebook, typed: str, hint: str) -> None:
    with pytest.raises(Misread) as caught:
        read_entry(book.linked.subject("site_country"), typed, "de")
    assert (caught.value.message, caught.value.hint) == (f'"{typed}" fits several names', hint)


@pytest.mark.parametrize(
    ("fact", "answer", "line"),
    [
        ("group_employees", None, ""),
        ("group_employees", 50, "50"),
        ("group_employees", "12.125", "12.1250"),
        ("group_employees", "1.5..12.125", "1.5..12.1250"),
        ("group_turnover", "1250000.50", "1250000.50"),
        ("public_shareholding", "10..25", "10..25"),
        ("founded", "2019-01-01..2019-12-31", "2019-01-01..2019-12-31"),
        ("nace", "J6201", "J6201"),
        ("site_country", "DE", "Germany (DE)"),
        ("nace", "C28", "Manufacture of machinery and equipment n.e.c. (C28)"),
        ("site_region", "KR-26", "Busan (KR-26)"),
        ("site_region", "KR-26-26170", "Dong-gu, Busan (KR-26-26170)"),
    ],
)
def test_an_answer_can_be_edited(book: eligibility.Rulebook, fact: str, answer: Answer | None, line: str) -> None:
    subject = book.linked.subject(fact)
    assert editable(subject, answer, "en") == line
    if answer is not None:
        again = read_answer(book.linked, fact, read_entry(subject, line, "en"))
        assert again == read_answer(book.linked, fact, answer)


def test_a_country_is_found_in_each_language(book: eligibility.Rulebook) -> None:
    found = [name for name in suggestions(book.linked.subject("site_country"), "ko") if "de" in name.spellings]
    assert [(name.label, name.spellings) for name in found] == [("독일 (DE)", ("deutschland", "germany", "독일", "de"))]
