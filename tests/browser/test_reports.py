"""The reports that the program writes, as the one who gets them by mail opens them."""

from itertools import pairwise
from pathlib import Path

import pytest

from eligibility.cli.main import main
from tests.browser.conftest import Screen
from tests.browser.measure import contrasts, outline, sticking_out

pytestmark = pytest.mark.xdist_group("browser")
DAY = ("--as-of", "2021-03-01")
COMPANY = ("check", "--no-input", "--answers", "examples/company.yaml", *DAY)
REPORTS = {
    "client-de": (*COMPANY, "--lang", "de"),
    "client-ko": (*COMPANY, "--lang", "ko"),
    "client-one": (*COMPANY, "--programme", "de.digital-jetzt"),
    "group-de": ("group", "examples/group.yaml", *DAY, "--lang", "de"),
}
LARGEST = 300_000


@pytest.mark.parametrize("name", REPORTS)
def test_report(screen: Screen, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.html"
    assert main([*REPORTS[name], "--format", "html", "-o", str(path)]) == 0
    looks_right(screen, path)


def test_report_on_a_table(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.html"
    table = ("batch", "examples/companies.csv", "-o", str(tmp_path / "verdicts.csv"), "--quiet", "--lang", "de")
    assert main([*table, *DAY, "--report", str(path)]) == 0
    looks_right(screen, path)


def looks_right(screen: Screen, path: Path) -> None:
    assert path.stat().st_size <= LARGEST
    shown = screen.show(path, color_scheme="dark")
    assert [(round(ratio, 2), text) for ratio, text in contrasts(shown) if ratio < 4.5] == []
    shown = screen.show(path)
    assert [(round(ratio, 2), text) for ratio, text in contrasts(shown) if ratio < 4.5] == []
    assert sticking_out(shown) == []
    found = outline(shown).levels
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
    shown.set_viewport_size({"width": 360, "height": 900})
    assert sticking_out(shown) == []
