"""Rulebooks of one programme, written as plain data around the fixed facts of the random rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from eligibility.engine.assess import assess
from eligibility.engine.assessment import ProgrammeResult
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.random_conditions import FACTS
from tests.engine.random_rules import HARMLESS_CASE, SOURCES, Source, fact_file

DAY = date(2021, 3, 1)
HEADER = "code,weak,limit,valid_from,valid_to"


def small(
    when: Mapping[str, object] | None = None,
    *,
    requires: Mapping[str, object] | None = None,
    award: Mapping[str, object] | None = None,
    definitions: Mapping[str, Mapping[str, object]] | None = None,
    rows: tuple[str, ...] = (),
    window: object = "continuous",
    on: date = DAY,
    worked_out: Mapping[str, str] | None = None,
) -> Rulebook:
    """A rulebook with the programme `de.a`: one criterion `c` for `when`, or those of `requires`.

    `worked_out` says of facts by which definition.
    """
    by = worked_out or {}
    facts = [replace(one, extra={**one.extra, "worked_out_by": by[one.id]}) if one.id in by else one for one in FACTS]
    criteria = dict(requires or {}) | ({"c": {"when": when, "cite": "s 1"}} if when else {})
    programme: dict[str, object] = {
        "id": "de.a",
        **dict.fromkeys(("name", "summary", "authority"), "a"),
        "kind": "grant",
        "selection": "entitlement",
        "window": window,
        "sources": SOURCES,
        "requires": criteria,
        "cases": [HARMLESS_CASE],
    }
    if award:
        programme["award"] = award
    files: dict[str, object] = {
        "facts/all.yaml": fact_file(facts),
        "tables/areas.yaml": {"title": "Areas", "columns": {"weak": "truth", "limit": "money EUR"}},
        "tables/areas.csv": "\n".join((HEADER, *rows, "")),
        "programmes/de.a.yaml": programme,
    }
    if definitions:
        worded = {name: {"label": name, "question": f"{name}?", **body} for name, body in definitions.items()}
        files["definitions/all.yaml"] = {"sources": SOURCES, "definitions": worded}
    return Source(files, on).rulebook()


def result(rulebook: Rulebook, **answers: object) -> ProgrammeResult:
    """What the reference evaluator says of the one programme."""
    return assess(rulebook, answers).programmes[0]
