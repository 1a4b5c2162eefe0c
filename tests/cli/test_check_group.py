"""`eligibility check --ownership --aid`: what files say fills what answers leave open, and the report tells which."""

import json
import stat
from pathlib import Path

import pytest

from eligibility.interview.draft import Ask, Draft
from eligibility.interview.ownership import rows_of, written
from tests.cli.conftest import Ran, Run

CHECK = ("check", "--no-input", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt")
GROUP = """\
subject: kim
enterprises:
  kim: {name: Kim GmbH, employees: 40, turnover: 5000000, balance_sheet: 4000000}
  nord: {name: Nord Holding, employees: 46, turnover: 30000000, balance_sheet: 20000000}
holdings:
  - {holder: nord, held: kim, share: 100}
"""
AID = "- {granted: 2020-05-01, amount: 50000, regulation: 1407/2013, member_state: DE}\n"


@pytest.fixture
def group(tmp_path: Path) -> str:
    file = tmp_path / "group.yaml"
    file.write_text(GROUP)
    return str(file)


@pytest.fixture
def aid(tmp_path: Path) -> str:
    file = tmp_path / "aid.yaml"
    file.write_text(AID)
    return str(file)


def data(ran: Ran) -> dict[str, dict[str, object]]:
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, dict[str, object]] = json.loads(ran.out)
    return found


def test_answers_hold_what_was_given_and_derived_the_rest(run: Run, group: str) -> None:
    found = data(run(*CHECK, "--set", "site_country=DE", "--ownership", group, "--format", "json"))
    assert found["answers"] == {"site_country": "DE"}
    assert found["derived"]["group_employees"] == {"value": "86", "from": "ownership"}
    assert found["derived"]["group_turnover"] == {"value": "35000000.00", "from": "ownership"}
    assert found["derived"]["public_shareholding"] == {"value": "0.00", "from": "ownership"}
    assert found["derived"]["eu_size_class_latest"]["value"] == "medium"
    assert found["group"]["schema"] == "eligibility.group/1"
    assert found["group"]["subject"] == "kim"
    [programme] = found["programmes"]
    assert "group_employees" not in programme["missing"]  # type: ignore[index]


def test_an_answer_stands_and_the_report_says_so(run: Run, group: str) -> None:
    settings = ("--set", "site_country=DE", "--set", "group_employees=100")
    found = data(run(*CHECK, *settings, "--ownership", group, "--format", "json"))
    assert found["answers"]["group_employees"] == 100
    assert "group_employees" not in found["derived"]
    said = run(*CHECK, *settings, "--ownership", group).out
    assert (
        "- Employees including the group: 100 people\n  your answer stands; worked out it would be 86 people\n" in said
    )
    assert "- Public shareholding: 0%\n  worked out from the ownership structure\n" in said


@pytest.mark.parametrize(
    ("form", "title", "sheet"),
    [
        ("text", "\nThe group\n---------\n- Derivation sheet: Kim GmbH (kim)\n", "\nEnterprises that count\n"),
        ("markdown", "\n## The group\n\n- Derivation sheet: Kim GmbH (kim)\n", "\n## Enterprises that count\n"),
        ("html", "<h2>The group</h2>", "<h2>Enterprises that count</h2>"),
    ],
)
def test_the_sheet_follows_the_report(run: Run, group: str, form: str, title: str, sheet: str) -> None:
    without = run(*CHECK, "--set", "site_country=DE", "--format", form).out
    ran = run(*CHECK, "--set", "site_country=DE", "--ownership", group, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert title in ran.out
    assert sheet in ran.out
    assert title not in without


def test_aid_received_counts_in_its_window(run: Run, aid: str, group: str) -> None:
    found = data(run(*CHECK, "--aid", aid, "--member-state", "DE", "--format", "json"))
    assert found["derived"]["de_minimis_received"] == {"value": "50000.00", "from": "aid"}
    assert "group_employees" not in found["derived"]
    both = data(run(*CHECK, "--aid", aid, "--member-state", "DE", "--ownership", group, "--format", "json"))
    assert both["derived"]["de_minimis_received"] == {"value": "50000.00", "from": "aid"}
    assert both["group"]["aid"] is not None


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--subject", "kim"), 2, "error: --subject is for the files of --ownership\nhint: leave it out\n"),
        (
            ("--member-state", "DE"),
            2,
            "error: --member-state is for the aid of --aid FILE\nhint: leave it out, or add --aid FILE\n",
        ),
        (("--ownership", "-"), 2, "error: ownership and aid cannot be read from standard input\nhint: name files\n"),
        (("--ownership", "no.yaml"), 3, "no.yaml: there is no such file\n"),
        (("--ownership", "group.yaml", "-o", "group.yaml"), 2, None),
        (("--ownership", "group.yaml", "--subject", "kin"), 2, "error: there is no enterprise `kin` in the files\n"),
        (("--ownership", "draft.yaml"), 3, None),
    ],
)
def test_what_is_refused(
    run: Run,
    group: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    code: int,
    message: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.yaml").write_text(f"complete: no\n{GROUP}")
    ran = run(*CHECK, *options)
    assert (ran.code, ran.out) == (code, "")
    if message is not None:
        assert ran.err.startswith(message)
    assert Path(group).read_text() == GROUP


def test_an_unfinished_structure_says_how_to_go_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.yaml").write_text(f"complete: no\n{GROUP}")
    assert run(*CHECK, "--ownership", "draft.yaml").err == (
        "draft.yaml:1:11: not everybody of the group has been named yet\n    complete: no\n              ^\n"
        "hint: go on with `eligibility check --resume`, or write `complete: yes` once everybody is named\n"
    )


def test_the_group_beside_resumed_answers_is_found(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "firm.yaml"
    kept.write_text("site_country: DE\n")
    figures: dict[Ask, object] = {Ask("name"): "Kim GmbH", Ask("employees"): 12}
    beside = tmp_path / "firm.ownership.yaml"
    beside.write_bytes(written(rows_of(Draft(figures))))
    found = data(run(*CHECK, "--resume", str(kept), "--format", "json"))
    assert found["derived"]["group_employees"] == {"value": "12", "from": "ownership"}
    beside.write_bytes(written(rows_of(Draft(figures), complete=False)))
    assert "group_employees" not in data(run(*CHECK, "--resume", str(kept), "--format", "json"))["derived"]
    beside.write_bytes(written(rows_of(Draft())))
    assert "group" not in data(run(*CHECK, "--resume", str(kept), "--format", "json"))


def test_what_was_worked_out_is_not_saved_as_an_answer(run: Run, group: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    assert run(*CHECK, "--set", "site_country=DE", "--ownership", group, "--save", str(kept)).code == 0
    assert kept.read_text() == 'site_country: "DE"\n'
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_aid_of_others_counts_once_it_is_told_who_they_are(run: Run, tmp_path: Path, group: str) -> None:
    aid = tmp_path / "aid.yaml"
    aid.write_text(AID + AID.replace("}", ", recipient: nord}") + AID.replace("}", ", recipient: far}"))
    options = (*CHECK, "--aid", str(aid), "--member-state", "DE", "--format", "json")
    alone = data(run(*options))
    received = {"value": None, "min": "50000.00", "max": "150000.00", "from": "aid"}
    assert alone["derived"]["de_minimis_received"] == received
    ran = run(*options, "--ownership", group)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{aid}:3:3: there is no enterprise `far`\n")
    assert ran.err.endswith("hint: name it as in the group\n")


def test_the_kept_group_may_spell_names_in_its_own_way(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "firm.yaml"
    kept.write_text("site_country: DE\n")
    draft = Draft({Ask("name"): "Kim GmbH"}).add()
    told = ("Nord Holding", "enterprise", "holds_us", 60, 60, *([None] * 6))
    for value in (*([None] * 6), *told):
        draft = draft.answer(value)
    assert draft.question is None
    kept.with_name("firm.ownership.yaml").write_bytes(written(rows_of(draft)))
    aid = tmp_path / "aid.yaml"
    aid.write_text(AID + AID.replace("}", ", recipient: nord-holding}") + AID.replace("}", ", recipient: far}"))
    options = ("--resume", str(kept), "--aid", str(aid), "--member-state", "DE")
    found = data(run(*CHECK, *options, "--format", "json"))
    received = {"value": None, "min": "100000.00", "max": "150000.00", "from": "aid"}
    assert found["derived"]["de_minimis_received"] == received
