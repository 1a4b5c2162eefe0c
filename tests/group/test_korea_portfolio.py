"""A portfolio of many groups that touch each other: one pass over all of it tells what the sheets tell one by one."""

from fractions import Fraction
from random import Random

import pytest

from eligibility.group.korea import group_turnovers, korean_sheet
from eligibility.group.owners import OwnerTest, large_owners, owner_sheet
from eligibility.group.structure import OPEN, Structure, from_rows
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.korean_rows import SHARES, Row, firm, person
from tests.group.test_korea_against_text import half_up

MAYBE = [Truth.YES] * 8 + [Truth.NO, None]


def portfolio(seed: int, size: int = 60, people: int = 15, holdings: int = 110) -> Structure:
    random = Random(seed)
    firms: list[Row] = []
    for number in range(size):
        flags = {"kr_audited": random.choice(MAYBE), "kr_listed": random.choice([Truth.YES, Truth.NO, Truth.NO])}
        about = {"kr_total_assets": random.choice([None, *range(12)]), "country": random.choice(["KR"] * 9 + ["US"])}
        turnover = random.choice([random.randrange(10**14), Interval(5, 10**13), None])
        firms.append(firm(f"F{number}") | flags | about | {"kr_average_turnover": turnover})
        if random.random() < 0.05:
            firms[-1]["consolidated_in"] = f"F{(number + 1) % size}"
    persons = [person(f"P{number}", random.choice([None, "Kim", "Lee", "Park"])) for number in range(people)]
    names = [row["id"] for row in firms + persons]
    rows: list[Row] = []
    for _ in range(holdings):
        held = random.randrange(size)
        near = random.choice([names[(held + random.randrange(1, 5)) % size], random.choice(names)])
        if near != names[held]:
            low, high = sorted((random.choice(SHARES), random.choice(SHARES)))
            rows.append({"holder": near, "held": names[held], "share": random.choice([low, low, Interval(low, high)])})
    return from_rows([*firms, *persons], rows)


@pytest.mark.parametrize("seed", range(3))
def test_totals(seed: int) -> None:
    structure = portfolio(seed)
    low, high = group_turnovers(structure)
    affiliated = 0
    for node in range(60):
        sheet = korean_sheet(structure, node)
        affiliated += len(sheet.entries) > 1
        assert low[node] == half_up(Fraction(sheet.total.low or 0))
        assert high[node] == (OPEN if sheet.total.high is None else half_up(Fraction(sheet.total.high)))
    assert affiliated > 10


@pytest.mark.parametrize("seed", range(3))
def test_owners(seed: int) -> None:
    structure = portfolio(seed)
    for test in (OwnerTest(8), OwnerTest(8, nonprofits=True)):
        verdicts = [owner_sheet(structure, node, test).verdict.value for node in range(len(structure.nodes))]
        assert large_owners(structure, test).tolist() == verdicts
        assert {-1, 1} <= set(verdicts)
