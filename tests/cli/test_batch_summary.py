"""What a batch run tells at its end."""

from pathlib import Path

import pytest

from eligibility.batch.request import BatchRequest, BatchSummary, Dialect
from eligibility.cli import wording
from eligibility.cli.batch_summary import summary_text
from eligibility.cli.help import cells

VERDICTS = {
    "de.a": {"eligible": 1_200, "likely": 0, "undetermined": 3, "not_eligible": 97},
    "kr.no": {"eligible": 0, "likely": 0, "undetermined": 0, "not_eligible": 1_300},
    "kr.longer": {"eligible": 0, "likely": 7, "undetermined": 0, "not_eligible": 1_293},
    "kr.none": {"eligible": 0, "likely": 0, "undetermined": 0, "not_eligible": 1_300},
}


def summed(
    verdicts: dict[str, dict[str, int]] = VERDICTS,
    output: str = "out.csv",
    rejects: dict[str, int] | None = None,
    carried: tuple[str, ...] = ("id", "Ort"),
    **request: object,
) -> str:
    rejected = sum((rejects or {}).values())
    summary = BatchSummary(
        1_300 + rejected,
        1_300,
        rejected,
        rejects or {},
        verdicts,
        {"Umsatz": 2} if rejects else {},
        {"Land": "site_country"},
        carried,
        "id",
        Dialect("xlsx", sheet="Firmen"),
        Path("out.rejects.csv"),
        dialects=(("in put.xlsx", Dialect("xlsx", sheet="Firmen")),),
    )
    return summary_text(summary, BatchRequest(Path("in put.xlsx"), Path(output), **request))  # type: ignore[arg-type]


def test_all_of_it() -> None:
    assert summed(rejects={"not-a-number": 1, "wrong-width": 5}) == (
        "1,306 rows read: 1,300 assessed, 6 rejected\n"
        "read as XLSX, sheet Firmen\n"
        "1 column used, 1 only carried along: Ort\n"
        "  rejected for wrong-width: 5\n"
        "  rejected for not-a-number: 1\n"
        "  taken as unknown in Umsatz: 2\n"
        "  the rejected rows are in out.rejects.csv\n"
        "\n"
        "             eligible  likely  undetermined  not eligible\n"
        "  de.a          1,200       -             3            97\n"
        "  kr.longer         -       7             -         1,293\n"
        "  not eligible for any row: 2 programmes\n"
        "\n"
        "To look further:\n"
        "  how the cells are read: eligibility inspect 'in put.xlsx'\n"
        "  the reasons for each verdict: eligibility batch 'in put.xlsx' --layout long -o FILE\n"
        "  what a programme asks for: eligibility programmes de.a"
    )


def test_nothing_that_does_not_help() -> None:
    nobody = {name: counts for name, counts in VERDICTS.items() if name == "kr.no"}
    assert summed(nobody, output="out.xlsx", carried=("id",)) == (
        "1,300 rows read: 1,300 assessed, 0 rejected\n"
        "read as XLSX, sheet Firmen\n"
        "1 column used\n"
        "  not eligible for any row: 1 programme"
    )
    assert "--layout long" not in summed(layout="long")


def test_many_carried_columns_are_not_all_named() -> None:
    assert "1 column used, 7 only carried along: a, b, c, d, e …\n" in summed(carried=tuple("abcdefg"))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_columns_stand_below_each_other(language: str) -> None:
    wording.use(language)
    table = summed().split("\n\n")[1].splitlines()[:3]
    assert len({cells(line) for line in table}) == 1


def test_several_inputs_stay_together() -> None:
    assert "eligibility inspect 'in put.xlsx' b.xlsx\n" in summed(rejects={"x": 1}, further=(Path("b.xlsx"),))


def test_many_programmes_that_are_open_for_every_row_share_a_line() -> None:
    open_ = {"eligible": 0, "likely": 0, "undetermined": 1_300, "not_eligible": 0}
    text = summed({**VERDICTS, **{f"de.open-{index}": open_ for index in range(25)}})
    assert "de.open" not in text
    assert "  undetermined for every row: 25 programmes\n  not eligible for any row: 2 programmes" in text
    few = summed({**VERDICTS, "de.open": open_})
    assert "de.open " in few
    assert "every row" not in few


def test_the_surest_programme_is_named() -> None:
    open_ = {"eligible": 0, "likely": 0, "undetermined": 1_300, "not_eligible": 0}
    likely, eligible = {**open_, "likely": 1}, {**open_, "eligible": 1}
    assert "eligibility programmes de.c" in summed({"de.a": open_, "de.b": likely, "de.c": eligible})
    assert "eligibility programmes de.b" in summed({"de.a": open_, "de.b": likely})
