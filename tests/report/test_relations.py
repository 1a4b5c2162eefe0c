"""What a programme may be combined with, in words made from the data."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.report.programme import programme_dict
from eligibility.rulebook.link import load

EVERY = Path(__file__).parents[1] / "rulebook" / "good" / "every_construct"
PROGRAMME = """
id: de.combined
name: Combined
summary: A grant.
authority: The bank
kind: grant
selection: entitlement
window: continuous
sources:
  guideline: {title: Guideline, url: "https://example.org/g", checked: 2026-11-21}
requires:
  site: {when: {country: DE}, cite: guideline}
cumulation:
  - {with: WITH, on: ON, allowed: ALLOWED, cite: guideline 1}
cases:
  - {name: none yet, given: {}, expect: {verdict: undetermined}}
"""


TOLD = [
    ("any", "same_costs", "no", "Any other public funding: not for the same costs"),
    ("loan", "same_costs", "yes", "Loan: may be combined, for the same costs too"),
    ("[grant, tax_credit]", "same_project", "no", "Grant or tax credit: not for the same project"),
    ("equity", "same_project", "yes", "Equity: may be combined in the same project"),
    ("de.next", "company", "no", "Next (de.next): a company cannot have both"),
    ("[voucher]", "company", "yes", "Voucher: a company may have both"),
    (
        "loan",
        "same_costs",
        "yes, at_most: 62.5 %",
        "Loan: may be combined, for the same costs too, all aid together up to 62.5% of the costs",
    ),
]


@pytest.mark.parametrize(("other", "on", "allowed", "text"), TOLD)
def test_in_words(tmp_path: Path, other: str, on: str, allowed: str, text: str) -> None:
    folder = tmp_path / "programmes"
    folder.mkdir()
    written = PROGRAMME.replace("WITH", other).replace("ON", on).replace("ALLOWED", allowed)
    (folder / "combined.yaml").write_text(written, encoding="utf-8")
    rulebook = load([EVERY, tmp_path], date(2021, 3, 1))
    lines = programme_dict(rulebook, "de.combined", "en")["cumulation"]
    assert isinstance(lines, list)
    assert [line["text"] for line in lines] == [text]
