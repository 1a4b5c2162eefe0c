"""What changes for the firms of a small table, and for single firms, between the small rulebook and another one."""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from eligibility.advice.comparison import CompanyChange, Comparison, compare_assessments
from eligibility.batch.compare import run_comparison
from eligibility.batch.request import BatchRequest
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from tests.report.firms import AS_OF, FIRMS, rulebook

LATER = date(2022, 3, 1)
TABLE = """\
company_id,site_country,staff,insolvent,region,cost,founded,weak_region
small,DE,50,no,05366,60000,2015-01-01,no
middle,DE,270,no,05366,60000,2015-01-01,yes
large,DE,300,no,05366,60000,2015-01-01,no
broke,DE,50,yes,05366,60000,2015-01-01,no
tiny,DE,20,no,05366,7000,2015-01-01,no
open,DE,,no,05366,60000,2015-01-01,no
young,KR,30,no,,,2014-06-01,
wrong,DE,many,no,05366,60000,2015-01-01,no
"""


@cache
def changed() -> Rulebook:
    """The rules a year later, with one programme changed, one gone and one come."""
    source = Path(__file__).parent / "rules"
    machines = (source / "programmes" / "de.machines.yaml").read_text("utf-8")
    machines = (
        machines.replace("3..249", "3..<300").replace("..249: 40 %", "..299: 40 %").replace("3000 EUR", "4000 EUR")
    )
    machines = machines.replace(
        "  solvent:", "  young: {when: {founded: {age: ..<50 years}}, cite: guideline 2.5}\n  gone:"
    )
    machines = machines.replace("  gone: {when: {insolvent: no}, cite: guideline 2.4}\n", "")
    advice = (source / "programmes" / "de.advice.yaml").read_text("utf-8").replace("de.advice", "de.visit")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("machines", machines), ("visit", advice)):
            Path(folder, f"{name}.yaml").write_text(text, "utf-8")
        loaded = load([source], LATER, replacing=[Path(folder)])
    programmes = {name: one for name, one in loaded.programmes.items() if name != "de.advice"}
    return replace(loaded, version="1.2.3", digest="sha256:" + "fedcba9876543210" * 4, programmes=programmes)


@cache
def of_table(*, same: bool = False) -> Comparison:
    """What changes for the firms of the table; `same`: nothing."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "firms.csv")
        table.write_text(TABLE, "utf-8")
        after = rulebook() if same else changed()
        return run_comparison(rulebook(), after, BatchRequest(table, rejects=io.StringIO())).comparison


def of_firm(firm: str) -> tuple[Assessed, Assessed, Sequence[CompanyChange]]:
    """What changes for one firm."""
    before, after = (assess(one, FIRMS[firm]) for one in (rulebook(AS_OF), changed()))
    return before, after, compare_assessments(before, after)
