"""What is said about a line that was not taken."""

import pytest

import eligibility
from eligibility.cli.entry import read_entry
from eligibility.cli.wizard.mistakes import mistake_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError
from eligibility.words import Words

NOT_A_DATE = "That is not a date: write it like 2021-06-30 or 30.6.2021; the year alone will do."
SAINTS = "Several fit: St. Barthélemy, St. Kitts & Nevis, St. Lucia, St. Martin, St. Pierre & Miquelon ..."
HOW_FAR = "How far off may it be? Write a range such as 45-55, or the number itself."
WHICH_MONTH = "It cannot be told which number is the month: write the date like 2021-06-30."


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        ("group_employees", "many", "That is not a number: write it like 1200000 or 12.50."),
        ("group_employees", "1,234", "1,234 can mean 1234 or 1.234: write 1234 or 1.2340."),
        ("group_employees", "3.500 Mio", "3.500 can mean 3500 or 3.5: write 3500 or 3.50."),
        ("group_employees", "1.000", "1.000 can mean 1000 or 1: write 1000 or 1.00."),
        ("group_employees", "0.1234567", "That has too many decimals."),
        ("group_employees", "9" * 201, "That is too long."),
        ("group_employees", "50..<250", "A range includes both its ends: write it like 50..249 or 250.. here."),
        ("group_employees", "...", "That is not a range: write it like 50-249, ..50 or 250+."),
        ("group_employees", "-5", "It can be 0 to 10,000,000."),
        ("public_shareholding", "101", "It can be 0% to 100%."),
        ("group_turnover", "5 USD", "The amount is wanted in EUR."),
        ("group_turnover", "1-2 Mio", "There is a unit at one end only: write it at both ends."),
        ("group_turnover", "2-1", "The lower end of this range is above its upper end."),
        ("founded", "yesterday", NOT_A_DATE),
        ("founded", "03/04/2021", WHICH_MONTH),
        ("founded", "1.5.20", "Write the year with all four digits, like 2021-06-30."),
        ("group_employees", "ca. 50", HOW_FAR),
        ("founded", "about 2019", HOW_FAR),
        ("founded", "2021-02-30", "There is no such day in the calendar."),
        ("founded", "1776", "Dates from 1900 to 2200 can be given."),
        ("nace", "Z", "No industry fits: type part of its name, or its NACE code like C, C28 or 28.1."),
        ("kr_industry", "Z", "No industry fits: type part of its name, or its KSIC code like C, C26 or 26.1."),
        ("site_country", "Atlantis", "Nothing in the list fits: type part of a name, or the code."),
        ("site_country", "new", "Several fit: New Caledonia, New Zealand"),
        ("site_country", "united", "Several fit: United Arab Emirates, United Kingdom, United States"),
        ("site_country", "st.", SAINTS),
        ("site_region", "Goseong", "Several fit: Goseong-gun, Gangwon, Goseong-gun, Gyeongsangnam-do"),
        ("site_region", "qq", "No region fits: type part of its name, or its code like 09162 or KR-26."),
    ],
)
def test_said(book: eligibility.Rulebook, fact: str, typed: str, said: str) -> None:
    subject, speech = book.linked.subject(fact), RuleSpeech(Words("en"), book.linked)
    interview = book.interview({}).change(fact)
    with pytest.raises((Misread, AnswerError)) as caught:
        interview.answer(read_entry(subject, typed, "en"))
    error = caught.value
    assert isinstance(error, Misread | AnswerError)
    problem = error if isinstance(error, Misread) else error.problems[0]
    assert mistake_text(speech, subject, problem.code, problem.message, typed) == said


def test_another_mistake_is_quoted_without_control_characters(book: eligibility.Rulebook) -> None:
    speech = RuleSpeech(Words("en"), book.linked)
    said = mistake_text(speech, book.linked.subject("founded"), "new-code", "odd \x1b[2J", "")
    assert said == "odd \\x1b[2J"
