"""The bundled rules, loaded once for all tests of the wizard."""

from datetime import date

import pytest

import eligibility
from eligibility.cli.wizard.loop import run_loop
from eligibility.interview.grouping import Basis
from eligibility.interview.interview import Interview
from eligibility.words import Words
from tests.wizard.person import Person, Reply, Run, in_file_order


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


@pytest.fixture
def run(one_programme: eligibility.Rulebook) -> Run:
    def run(
        *replies: Reply, given: dict[str, object] | None = None, group: Basis | None = None
    ) -> tuple[Interview, Person]:
        person = Person(list(replies))
        start = in_file_order(one_programme, given)
        done = run_loop(start if group is None else start.with_group(group), person, Words("en"), None)
        assert person.replies == []
        return done, person

    return run
