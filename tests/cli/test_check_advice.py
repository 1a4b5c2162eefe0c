"""`eligibility check`: whom the report is for, what to look at for a change, how likely programmes are granted."""

import json

import pytest

from tests.cli.conftest import Run

CHECK = ("check", "--no-input", "--as-of", "2021-03-01", "--answers", "examples/company.yaml")
ONE = (*CHECK, "--programme", "de.digital-jetzt")


@pytest.mark.parametrize(
    ("lang", "line"),
    [("de", "Unternehmen: Muster & Söhne"), ("en", "Company: Muster & Söhne"), ("ko", "기업: Muster & Söhne")],
)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_name(run: Run, form: str, lang: str, line: str) -> None:
    ran = run(*ONE, "--name", " Muster & Söhne ", "--lang", lang, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert line.replace("&", {"html": "&amp;", "markdown": "\\&"}.get(form, "&")) in ran.out


def test_name_in_json(run: Run) -> None:
    assert json.loads(run(*ONE, "--name", "Muster GmbH", "--format", "json").out)["name"] == "Muster GmbH"
    assert "name" not in json.loads(run(*ONE, "--format", "json").out)


def test_json_holds_the_advice(run: Run) -> None:
    told = json.loads(run(*ONE, "--format", "json").out)
    (programme,) = told["programmes"]
    assert programme["explanation"]["grounds"][0]["facts"]
    assert programme["changes"]
    (plan,) = told["plans"]
    assert plan["best"]["money"] == {"min": "26400.00", "max": "26400.00"}


def test_csv(run: Run) -> None:
    ran = run(*ONE, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    head, *rows = ran.out.splitlines()
    assert head.startswith("programme,verdict,window,kind,")
    assert rows
    assert all(row.startswith("de.digital-jetzt,eligible,open,") for row in rows)


def test_a_change_is_looked_at_only_on_request(run: Run) -> None:
    fewer = (*ONE, "--set", "group_employees=500", "--set", "employees=500", "--format", "markdown")
    assert "instead of 500" not in run(*fewer).out
    ran = run(*fewer, "--change", "group_employees")
    assert (ran.code, ran.err) == (0, "")
    assert "Employees including the group: 499 people instead of 500 people – then: eligible" in ran.out


def test_chance_weighs_the_plan(run: Run) -> None:
    def best(*options: str) -> str:
        told = json.loads(run(*ONE, "--format", "json", *options).out)
        (plan,) = told["plans"]
        return str(plan["best"]["expected"])

    assert best() == "26400.00"
    assert best("--chance", "de.digital-jetzt=90", "--chance", "de.digital-jetzt = 25 %") == "6600.00"


def test_a_programme_that_has_no_chance_is_told(run: Run) -> None:
    ran = run(*ONE, "--chance", "de.digital-jetzt=0", "--format", "json")
    (plan,) = json.loads(ran.out)["plans"]
    assert (ran.code, plan["best"]["applications"]) == (0, [])
    assert plan["open_points"] == [{"kind": "hopeless", "programmes": ["de.digital-jetzt"]}]
    told = run(*ONE, "--chance", "de.digital-jetzt=0")
    assert "Left out, as the chance given is 0: Digital Now" in " ".join(told.out.split())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--change", "group_employes"),
            "error: --change group_employes: there is no such fact\nhint: did you mean `group_employees`?\n",
        ),
        (
            ("--change", "eu_size_class"),
            "error: --change eu_size_class: this is worked out from answers and cannot be changed itself\n"
            "hint: it is worked out from: ",
        ),
        (
            ("--chance", "de.digital-jetzt=120"),
            "error: --chance de.digital-jetzt: `120` is not between 0 and 100\n"
            "hint: such as --chance de.by.digitalbonus=50\n",
        ),
        (("--chance", "de.digital-jetzt=-1"), "error: --chance de.digital-jetzt: `-1` is not between 0 and 100\n"),
        (
            ("--chance", "de.digital-jetz=50"),
            "error: --chance de.digital-jetz: there is no such programme\nhint: did you mean `de.digital-jetzt`?\n",
        ),
        (
            ("--chance", "de.digital-jetzt"),
            "error: `--chance de.digital-jetzt` is not written as ID=PERCENT\n"
            "hint: such as --chance de.by.digitalbonus=50\n",
        ),
        (("--chance", "=50"), "error: `--chance =50` is not written as ID=PERCENT\n"),
        (("--chance", "de.digital-jetzt=half"), "error: --chance de.digital-jetzt: "),
        (("--chance", "de.digital-jetzt="), "error: --chance de.digital-jetzt: "),
        (("--chance", "de.digital-jetzt=33.333"), "error: --chance de.digital-jetzt: "),
    ],
)
def test_refused(run: Run, options: tuple[str, ...], message: str) -> None:
    ran = run(*ONE, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert len(ran.err.splitlines()) <= 2


def test_refused_in_german(run: Run) -> None:
    ran = run(*ONE, "--lang", "de", "--chance", "de.digital-jetzt=120")
    assert ran.err.startswith("Fehler: --chance de.digital-jetzt: `120` liegt nicht zwischen 0 und 100\n")
