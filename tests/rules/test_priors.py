"""The bundled priors: rows for every fact that can be asked, each with where its share is from, and read fast."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from time import process_time

import pytest

from eligibility.api import load_rulebook
from eligibility.engine.priors import COLUMNS, Priors, parse_priors
from eligibility.rulebook.files import bundled_priors
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

TEXT = bundled_priors().read_text(encoding="utf-8")
ROWS: Sequence[Mapping[str, str]] = list(csv.DictReader(TEXT.splitlines()))
_STATISTICS = re.compile(r".+ \((DE|KR|EU)\), .*\b20[0-9]{2}\b.*https?://\S+")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(as_of=date(2026, 11, 22)).linked


@pytest.fixture(scope="module")
def priors(rulebook: Rulebook) -> Priors:
    return parse_priors(rulebook, TEXT, "rules/priors/companies.csv")


def asked(rulebook: Rulebook) -> list[str]:
    definitions = [name for name, definition in rulebook.definitions.items() if definition.askable]
    return [*rulebook.facts, *definitions]


@pytest.mark.parametrize("country", [None, "DE", "KR", "FR"])
def test_every_fact_that_can_be_asked_has_rows(rulebook: Rulebook, priors: Priors, country: str | None) -> None:
    assert [name for name in asked(rulebook) if not priors.rows(name, country)] == []


def test_shares_leave_little_open(priors: Priors) -> None:
    sums = {key: sum(share for _, share in rows) for key, rows in priors.listed.items()}
    assert {key: total for key, total in sums.items() if total < Fraction(9, 10)} == {}


def test_truths_and_choices_are_named_in_full(rulebook: Rulebook, priors: Priors) -> None:
    for (fact, country), rows in priors.listed.items():
        subject = rulebook.subject(fact)
        values = {value for value, _ in rows}
        assert subject.type != "truth" or values == {True, False}, (fact, country)
        if subject.type == "choice" and fact != "site_country":
            assert values == set(subject.choices), (fact, country)


def test_the_ends_of_numbers_are_covered(rulebook: Rulebook, priors: Priors) -> None:
    """The first and last band are open or reach as far as an answer can, so that no answer is impossible."""
    for (fact, country), rows in priors.listed.items():
        subject = rulebook.subject(fact)
        ranges = [value for value, _ in rows if isinstance(value, Interval)]
        if subject.type in ("number", "money") and ranges:
            assert min((one.low is not None, one.low or 0) for one in ranges)[1] == (subject.low or 0), (fact, country)
            assert any(one.high is None for one in ranges), (fact, country)


def test_in_the_order_of_asking_and_each_fact_in_one_place(rulebook: Rulebook) -> None:
    listed = [name for name, _ in groupby(ROWS, key=lambda row: row["fact"])]
    facts = list(rulebook.facts)
    assert listed[: len(facts)] == facts
    assert len(set(listed)) == len(listed)


def test_every_row_says_where_its_share_is_from() -> None:
    assert tuple(ROWS[0]) == COLUMNS
    for row in ROWS:
        assert row["source"], row
        if row["basis"] == "statistics":
            assert _STATISTICS.fullmatch(row["source"]), row


def test_reading_takes_a_small_part_of_the_start(rulebook: Rulebook) -> None:
    """Some ten milliseconds at most; the bound leaves room for a slow and busy machine."""
    times = []
    for _ in range(5):
        begun = process_time()
        parse_priors(rulebook, TEXT, "rules/priors/companies.csv")
        times.append(process_time() - begun)
    assert min(times) < 0.04
