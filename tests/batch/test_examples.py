"""A row of a table and the answers of one company are assessed alike: verdict, reasons, rate and amount."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from eligibility.batch.cell import POINTED, Cells
from eligibility.batch.mapping import match_columns
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.batch.words import rate_text
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import ProgrammeResult
from eligibility.engine.profile import Profile
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval, Number
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import plain

EXAMPLES = Path("examples/companies.csv")
# The programmes that the columns of the examples are about.
SHOWN = (
    "de.by.digitalbonus",
    "de.digital-jetzt",
    "de.mittelstand-digital",
    "kr.digital-caravan",
    "kr.digital-innovation-centre",
    "kr.digital-innovation-rnd",
    "kr.dx-academy",
    "kr.dx-mentoring",
    "kr.dx-training",
    "kr.global-1000",
    "kr.world-class-plus",
)


def profiles(rulebook: Rulebook) -> list[Profile]:
    """The example companies, read cell by cell."""
    with EXAMPLES.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream, strict=True))
    facts = match_columns(rulebook, list(table[0]), {}, None).facts
    readers = {column: Cells(rulebook.subject(fact), POINTED) for column, fact in facts.items()}
    return [
        Profile({facts[column]: reader.read(row[column]) for column, reader in readers.items() if row[column]}, {})
        for row in table
    ]


def told(result: ProgrammeResult) -> tuple[str, ...]:
    """What the long layout should say of a result."""
    rate = amount = None
    currency = ""
    if result.award is not None:
        rate, amount, currency = result.award.rate, result.award.amount, result.award.currency or ""
    decimals = MINOR_UNITS.get(currency, 0)
    return (
        result.id, str(result.verdict), result.window, ";".join(result.failed), ";".join(sorted(result.missing)),
        *ends(rate, None), *ends(amount, decimals), currency,
    )  # fmt: skip


def ends(interval: Interval | None, decimals: int | None) -> list[str]:
    def text(end: Number | None) -> str:
        if end is None:
            return ""
        return rate_text(Fraction(end)) if decimals is None else plain(Fraction(end), decimals)

    return ["", ""] if interval is None else [text(interval.low), text(interval.high)]


def test_batch_says_what_check_says(whole_rulebook: Rulebook, tmp_path: Path) -> None:
    summary = run_batch(whole_rulebook, BatchRequest(EXAMPLES, tmp_path / "out.csv", layout="long"))
    assert summary.rows_rejected == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        found = [(row[0], tuple(row[2:])) for row in list(csv.reader(stream))[1:]]
    expected = [
        (str(number), told(result))
        for number, profile in enumerate(profiles(whole_rulebook), start=1)
        for result in assess_profile(whole_rulebook, profile).programmes
    ]
    assert found == expected


def test_the_examples_show_every_side(whole_rulebook: Rulebook) -> None:
    companies = profiles(whole_rulebook)
    assert len(companies) >= 36
    assert {profile.values["site_country"] for profile in companies} >= {"DE", "KR"}
    assert any(isinstance(value, Interval) and not value.is_point for one in companies for value in one.values.values())
    found: dict[str, set[str]] = {programme: set() for programme in SHOWN}
    for profile in companies:
        for result in assess_profile(whole_rulebook, profile).programmes:
            if result.id in SHOWN:
                found[result.id].add(str(result.verdict))
    for programme, verdicts in found.items():
        assert verdicts & {"eligible", "likely"}, programme
        assert {"undetermined", "not_eligible"} <= verdicts, programme


@pytest.mark.parametrize("column", ["Mitarbeiter", "KSIC", "average turnover KRW", "kr_outgrew_on"])
def test_the_header_mixes_names(whole_rulebook: Rulebook, column: str) -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    assert column in match_columns(whole_rulebook, header, {}, None).facts
