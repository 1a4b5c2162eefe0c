"""All worked cases, for pytest."""

import pytest
from _pytest.mark import ParameterSet

from tests.group.size_cases import accounts, guide, investors, links, partners, persons, public
from tests.group.size_cases import unknown as not_known


def certain() -> list[ParameterSet]:
    """The cases in which everything is known but figures."""
    return [
        pytest.param(case, id=f"{room.__name__.rpartition('.')[2]}: {case.name}")
        for room in (links, persons, investors, public, partners, accounts, guide)
        for case in room.CASES
    ]


def unknown() -> list[ParameterSet]:
    """The cases in which something is not known."""
    return [pytest.param(case, id=f"unknown: {case.name}") for case in not_known.CASES]
