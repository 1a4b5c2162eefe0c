"""Ranges to choose from, and how a range is told in each language."""

from fractions import Fraction
from itertools import pairwise

import pytest

import eligibility
from eligibility.cli.entry import Answer
from eligibility.cli.wizard.ranges import halves_text, ranges_of
from eligibility.engine.profile import answer_step, read_answer
from eligibility.engine.thresholds import cuts_of
from eligibility.interview.interview import Question
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.words import Words


def asked(book: eligibility.Rulebook, fact: str, *programmes: str) -> Question:
    return Question(fact, book.linked.subject(fact), programmes)


@pytest.mark.parametrize(
    ("fact", "programme", "ranges"),
    [
        (
            "group_employees",
            "de.digital-jetzt",
            ("..2.999999", "3..50", "50.000001..250", "250.000001..499", "499.000001.."),
        ),
        ("public_shareholding", "de.digital-jetzt", (0, "0.01..")),
        ("technology_readiness", "eu.eic-accelerator", ("..4.999999", "5..")),
        ("kr_rnd_cost_four_quarters", "kr.venture", ("..49999999", "50000000..")),
        ("site_country", "de.digital-jetzt", ()),
        ("founded", "kr.venture", ()),
        ("nonprofit", "de.digital-jetzt", ()),
    ],
)
def test_ranges_are_what_the_rules_tell_apart(
    catalogue: eligibility.Rulebook, fact: str, programme: str, ranges: tuple[Answer, ...]
) -> None:
    assert ranges_of(catalogue.linked, asked(catalogue, fact, programme)) == ranges


def test_ranges_leave_no_number_out_and_hold_none_twice(catalogue: eligibility.Rulebook) -> None:
    rulebook = catalogue.linked
    programmes = tuple(rulebook.programmes)
    for fact in rulebook.facts.values():
        ranges = ranges_of(rulebook, asked(catalogue, fact.id, *programmes))
        intervals = [read_answer(rulebook, fact.id, one) for one in ranges]
        for before, after in pairwise(intervals):
            assert isinstance(before, Interval)
            assert isinstance(after, Interval)
            assert before.high is not None
            assert after.low is not None
            step = answer_step(fact) / (100 if fact.type == "percent" else 1)
            assert Fraction(after.low) - before.high == step


def test_a_threshold_separates_two_ranges(catalogue: eligibility.Rulebook) -> None:
    rulebook = catalogue.linked
    for programme in rulebook.programmes.values():
        for cut in cuts_of(rulebook, programme):
            if rulebook.subject(cut.fact).type not in ("number", "money", "percent"):
                continue
            ranges = ranges_of(rulebook, asked(catalogue, cut.fact, programme.id))
            intervals = [read_answer(rulebook, cut.fact, one) for one in ranges]
            ends = {end for one in intervals if isinstance(one, Interval) for end in (one.low, one.high)}
            assert Fraction(cut.value) in ends


@pytest.mark.parametrize(
    ("fact", "answer", "told"),
    [
        ("group_employees", "50..249", ("50 bis 249 Beschäftigte", "50 to 249 people", "50~249명")),
        ("group_employees", "..49.999999", ("unter 50 Beschäftigte", "under 50 people", "50명 미만")),
        ("group_employees", "..50", ("höchstens 50 Beschäftigte", "at most 50 people", "50명 이하")),
        ("group_employees", "50.000001..", ("über 50 Beschäftigte", "over 50 people", "50명 초과")),
        ("group_employees", "1000..", ("mindestens 1.000 Beschäftigte", "at least 1,000 people", "1,000명 이상")),
        (
            "group_employees",
            "10..49.999999",
            ("10 bis unter 50 Beschäftigte", "10 to under 50 people", "10명 이상 50명 미만"),
        ),
        (
            "group_employees",
            "50.000001..250",
            ("über 50 bis 250 Beschäftigte", "over 50 to 250 people", "50명 초과 250명 이하"),
        ),
        ("group_employees", "2.5..12.25", ("2,5 bis 12,25 Beschäftigte", "2.5 to 12.25 people", "2.5~12.25명")),
        ("group_employees", 50, ("50 Beschäftigte", "50 people", "50명")),
        (
            "public_shareholding",
            "0.01..24.99",
            ("über 0 % bis unter 25 %", "over 0% to under 25%", "0% 초과 25% 미만"),
        ),
        (
            "group_turnover",
            "2000000.01..10000000",
            ("über 2.000.000 € bis 10.000.000 €", "over €2,000,000 to €10,000,000", "€2,000,000 초과 €10,000,000 이하"),
        ),
        (
            "founded",
            "2019-01-01..2019-12-31",
            (
                "1. Januar 2019 bis 31. Dezember 2019",
                "1 January 2019 to 31 December 2019",
                "2019년 1월 1일~2019년 12월 31일",
            ),
        ),
        ("nonprofit", True, ("ja", "yes", "예")),
        ("site_country", "DE", ("Deutschland", "Germany", "독일")),
    ],
)
def test_told(book: eligibility.Rulebook, fact: str, answer: Answer, told: tuple[str, ...]) -> None:
    value = read_answer(book.linked, fact, answer)
    found = [RuleSpeech(Words(language), book.linked).answer(fact, value) for language in ("de", "en", "ko")]
    assert tuple(text.replace("\xa0", " ") for text in found) == told


@pytest.mark.parametrize(
    ("fact", "halves", "heading"),
    [
        ("group_employees", ("20..49", "50..249"), "Employees including the group: less than 50, or 50 and more?"),
        ("group_employees", ("20..50", "51..249"), "Employees including the group: at most 50, or more?"),
        ("group_employees", ("..9", "10.."), "Employees including the group: less than 10, or 10 and more?"),
        ("group_turnover", ("..2000000", "2000000.01.."), "Turnover including the group: at most €2,000,000, or more?"),
        ("public_shareholding", ("0..24.99", "25..30"), "Public shareholding: less than 25%, or 25% and more?"),
        (
            "founded",
            ("2019-01-01..2019-06-30", "2019-07-01..2019-12-31"),
            "Date of foundation: before 1 July 2019, or from that day on?",
        ),
    ],
)
def test_which_half(book: eligibility.Rulebook, fact: str, halves: tuple[str, str], heading: str) -> None:
    lower, upper = (read_answer(book.linked, fact, half) for half in halves)
    assert halves_text(RuleSpeech(Words("en"), book.linked), fact, lower, upper) == heading


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "Beschäftigte mit verbundenen Unternehmen: unter 50 oder ab 50?"),
        ("ko", "그룹 전체 종업원 수: 50 미만입니까, 이상입니까?"),
    ],
)
def test_which_half_in_other_languages(book: eligibility.Rulebook, language: str, heading: str) -> None:
    lower, upper = (read_answer(book.linked, "group_employees", half) for half in ("20..49", "50..249"))
    assert halves_text(RuleSpeech(Words(language), book.linked), "group_employees", lower, upper) == heading
