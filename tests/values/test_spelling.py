"""The known name that was perhaps meant."""

import pytest

from eligibility.values.spelling import nearest_name


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("chek", ["batch", "check"], "check"),
        ("--laout", ["--lang", "--layout"], "--layout"),
        ("CHECK", ["batch", "check"], "check"),
        ("LAND", ["LANE", "land"], "land"),
        ("STRASSE", ["STRASS", "straße"], "straße"),
        ("assess", ["batch", "check"], None),
        ("check", [], None),
        ("", ["check"], None),
    ],
)
def test_nearest(name: str, known: list[str], near: str | None) -> None:
    assert nearest_name(name, iter(known)) == near
