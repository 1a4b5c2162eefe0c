"""The bundled rules, loaded once for all tests of the wizard."""

from datetime import date

import pytest

import eligibility


@pytest.fixture(scope="session")
def book() -> eligibility.Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1))


@pytest.fixture(scope="session")
def one_programme() -> eligibility.Rulebook:
    return eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes=["de.digital-jetzt"])


@pytest.fixture(scope="session")
def catalogue() -> eligibility.Rulebook:
    """The rules as they are now, with the programmes of every country."""
    return eligibility.load_rulebook(as_of=date(2026, 11, 22))
