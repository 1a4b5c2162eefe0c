"""What the command line tells of columns, and the map that it keeps."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.cli.map_file import write_map
from eligibility.cli.table import mapping_of
from tests.cli.conftest import Run

TABLE = """\
company_id;Mitarbeiter;Umsatz Gruppe (TEUR);Umsatz Gruppe Vorjahr (USD);Gründung;gemeinnützig;Mitarbeitr Gruppe
1;1.200;1.250,5;3;13/02/2020;x;7
2;7;8;3;01/02/2020;;8
"""
TOLD = """\
`Umsatz Gruppe Vorjahr (USD)` is NOT read: USD is no unit of group_turnover_previous; to take it: \
--map 'Umsatz Gruppe Vorjahr (USD)=group_turnover_previous'
`Umsatz Gruppe (TEUR)` is read in units of 1,000 EUR
`Mitarbeiter`: the decimal sign is , (as in the other columns)
`Umsatz Gruppe (TEUR)`: the decimal sign is , (1.250,5 in line 2)
`Gründung`: dates begin with the day (13/02/2020 in line 2)
`gemeinnützig`: x is yes
"""
SIMILAR = (
    "`Mitarbeitr Gruppe` is only carried along; if it is group_employees: --map 'Mitarbeitr Gruppe=group_employees'\n"
)


def test_a_run_tells_what_it_decided(run: Run, tmp_path: Path) -> None:
    ran = run("batch", "-", "-o", str(tmp_path / "out.csv"), stdin=TABLE.encode())
    assert (ran.code, ran.out) == (0, "")
    assert "2 rows read: 2 assessed, 0 rejected\n" in ran.err
    assert TOLD + SIMILAR in ran.err


def test_inspect_tells_the_same(run: Run) -> None:
    ran = run("inspect", "-", stdin=TABLE.encode())
    assert "".join(f"  {line}\n" for line in TOLD.splitlines()) in ran.out
    assert "    Umsatz Gruppe (TEUR): 1250500  <- 1.250,5\n" in ran.out


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("employees;nace\n1.200;C28\n", "`employees`: 1.200 may be thousands or decimals; give --decimal"),
        (
            "employees;nace\n1,5;C28\n1.5;C28\n",
            "`employees` is written in two ways (1,5 in line 2, 1.5 in line 3); such cells are rejected",
        ),
        ("founded\n01/02/2020\n", "`founded`: dates may begin with the day or the month"),
        ("founded\n01/13/2020\n", "`founded`: dates begin with the month (01/13/2020 in line 2)"),
        ("영리 여부\nO\nX\n", "`영리 여부`: O is yes and X is no (O in line 2)"),
        ("영리 여부\nX\n", "`영리 여부`: X may be yes or no"),
        ("Mitarbeiter (VZÄ)\n7\n", "`Mitarbeiter (VZÄ)` is read in persons"),
    ],
)
def test_each_decision_has_its_words(run: Run, table: str, line: str) -> None:
    assert f"  {line}\n" in run("inspect", "-", stdin=table.encode()).out


def test_a_map_is_kept_and_given_back(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "map.yaml"
    mapped = ("--map", "Umsatz Gruppe Vorjahr (USD)=group_turnover_previous", "--save-map", str(kept))
    assert run("inspect", "-", *mapped, stdin=TABLE.encode()).code == 0
    assert kept.read_text(encoding="utf-8") == (
        '# Which column holds which fact; "" is only carried along. To be given back with --map.\n'
        '"company_id": ""\n"Mitarbeiter": employees\n"Umsatz Gruppe (TEUR)": group_turnover\n'
        '"Umsatz Gruppe Vorjahr (USD)": group_turnover_previous\n"Gründung": founded\n"gemeinnützig": nonprofit\n'
        '"Mitarbeitr Gruppe": ""\n'
    )
    ran = run("batch", "-", "-o", str(tmp_path / "out.csv"), "--map", str(kept), stdin=TABLE.encode())
    assert ran.code == 0
    assert "is only carried along" not in ran.err
    assert "`Umsatz Gruppe (TEUR)` is read in units of 1,000 EUR\n" in ran.err


def test_a_map_is_not_written_over(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "map.yaml"
    kept.write_text("nace: nace\n")
    ran = run("batch", "-", "-o", str(tmp_path / "out.csv"), "--save-map", str(kept), stdin=TABLE.encode())
    assert (ran.code, kept.read_text()) == (3, "nace: nace\n")
    assert ran.err == (
        f"{kept}: this file is there already\nhint: choose another name, or give it as --map too to renew it\n"
    )
    assert not (tmp_path / "out.csv").exists()
    kept.write_text("Firma: ''\n")
    both = ("--map", str(kept), "--save-map", str(kept))
    assert run("inspect", "-", *both, stdin=TABLE.encode()).code == 0
    assert '"Mitarbeiter": employees\n' in kept.read_text(encoding="utf-8")


def test_a_map_needs_a_file(run: Run) -> None:
    ran = run("inspect", "-", "--save-map", "-", stdin=TABLE.encode())
    assert ran.code == 2
    assert "a map cannot go to standard output" in ran.err


@given(
    st.dictionaries(st.text(min_size=1, max_size=8).filter(str.isprintable), st.sampled_from(("", "nace")), max_size=4)
)
def test_any_names_come_back(tmp_path_factory: pytest.TempPathFactory, columns: dict[str, str]) -> None:
    path = tmp_path_factory.mktemp("map") / "map.yaml"
    write_map(str(path), columns)
    assert mapping_of([str(path)]) == columns
