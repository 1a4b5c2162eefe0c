"""Explanations as rows of a table."""

import csv
import io
from dataclasses import replace

import pytest

from eligibility.advice.explain import explained
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.language.shape import Text
from eligibility.report.explanation_rows import explanation_csv
from tests.report.firms import FIRMS, assessed, rulebook


def rows(found: Assessed, language: str = "en", only: tuple[str, ...] | None = None) -> list[dict[str, str]]:
    names = [*found.rulebook.programmes] if only is None else only
    return list(csv.DictReader(io.StringIO(explanation_csv(found, explained(found, names), language))))


@pytest.mark.parametrize("language", ["de", "en", "ko"])
@pytest.mark.parametrize("firm", FIRMS)
def test_each_programme_has_its_rows(firm: str, language: str) -> None:
    found = assessed(firm)
    told = rows(found, language)
    explanations = explained(found, [*found.rulebook.programmes])
    for result in found.programmes:
        own = [row for row in told if row["programme"] == result.id]
        explanation = explanations[result.id]
        assert {(row["verdict"], row["window"]) for row in own} == {(result.verdict.value, result.window)}
        kinds = [row["kind"] for row in own]
        assert kinds == [
            "programme",
            *("ground" for _ in explanation.grounds),
            *("need" for need in explanation.needs for _ in need.outlooks or (need,)),
            *(step.kind for step in explanation.steps),
        ]
        assert all(row["text"] for row in own)


LINES = """\
programme,verdict,window,kind,id,text,outcome,values,value_min,value_max,unit,result_min,result_max,result_unit,facts,source
de.advice,likely,continuous,programme,,Advice on site,likely,,,,,,,,,
de.machines-two,eligible,upcoming,programme,,Machines II,eligible,,,,,,,,,
de.machines,undetermined,open,programme,,Grants for machines,undetermined,,,,,37500.00,37500.00,EUR,insolvent,
de.machines,undetermined,open,need,insolvent,Insolvency: yes,not_eligible,true,,,,,,,insolvent,
de.machines,undetermined,open,need,insolvent,Insolvency: no,eligible,false,,,,37500.00,37500.00,EUR,insolvent,
de.machines,undetermined,open,base,,Base rate (if Staff: at most 50),yes,,0.50,0.50,percent,0.50,0.50,percent,,"Guideline on machines, 3"
de.machines,undetermined,open,bonus,weak,Added to the rate – Weak region: yes,yes,,0.125,0.125,percent,0.625,0.625,percent,,"Guideline on machines, 3.1"
de.machines,undetermined,open,rate,,Rate,yes,,0.625,0.625,percent,0.625,0.625,percent,,
de.machines,undetermined,open,part,machine,a share of: Cost,yes,,37500.00,37500.00,EUR,37500.00,37500.00,EUR,,"Guideline on machines, 3"
de.machines,undetermined,open,total,,Total,yes,,37500.00,37500.00,EUR,37500.00,37500.00,EUR,,
de.machines,undetermined,open,minimum,,Award at least,yes,,3000.00,3000.00,EUR,37500.00,37500.00,EUR,,"Guideline on machines, 3.2"
de.machines,undetermined,open,cap,,Award at most,no,,100000.00,100000.00,EUR,37500.00,37500.00,EUR,,"Guideline on machines, 3.3"
de.machines,undetermined,open,within,,What is left of the limit,no,,140000.00,140000.00,EUR,37500.00,37500.00,EUR,,"Guideline on machines, 3.4"
de.machines,undetermined,open,amount,,Amount,yes,,37500.00,37500.00,EUR,37500.00,37500.00,EUR,,
kr.young,not_eligible,closed,programme,,Young firms (Korea),not_eligible,,,,,,,,,
"""  # noqa: E501


def test_columns_and_lines() -> None:
    found = assess(rulebook(), {**FIRMS["german"], "insolvent": None})
    assert explanation_csv(found, explained(found, ["de.machines"]), "en") == LINES


def test_choices_and_codes_are_told_in_short_and_held_in_full() -> None:
    found = assess(rulebook(), {**FIRMS["german"], "region": None})
    outlooks = [row for row in rows(found, only=("de.machines",)) if row["id"] == "region"]
    assert [(row["text"], row["values"]) for row in outlooks] == [
        ("District: 05366 or 14713", "05366;14713"),
        ("District: 08111", "08111"),
        ("District: any other answer", ""),
    ]


def test_a_ground_names_criteria_answers_and_sources() -> None:
    found = assess(rulebook(), FIRMS["large"])
    [ground] = [row for row in rows(found, only=("de.machines",)) if row["kind"] == "ground"]
    told = {name: ground[name] for name in ("id", "text", "outcome", "facts", "source")}
    assert told == {
        "id": "size",
        "text": "Staff: 3 to 249",
        "outcome": "not_met",
        "facts": "staff",
        "source": "Guideline on machines, 2.2; Guideline on machines, 2.3",
    }


def test_a_programme_that_is_not_explained_has_one_row() -> None:
    found = assessed("german")
    assert [row["kind"] for row in rows(found, only=())] == ["programme"] * len(found.programmes)


def test_no_cell_runs_as_a_formula() -> None:
    found = assessed("german")
    [result] = [one for one in found.programmes if one.id == "de.machines"]
    name = Text(de="=1+1", en="=1+1", ko="=1+1")
    programme = replace(result.programme, shape=result.programme.shape.model_copy(update={"name": name}))
    hostile = replace(found, programmes=(replace(result, programme=programme),))
    assert [row["text"] for row in rows(hostile, only=())] == ["'=1+1"]
