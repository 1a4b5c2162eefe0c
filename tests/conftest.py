"""Hypothesis profiles, the same surroundings for everyone, and the size of the house at the end of each run."""

import os
from collections.abc import Iterator
from statistics import median

import pytest
from hypothesis import HealthCheck, settings

from tests.house.tree import lines_of, python_files

# Slowness of a shared machine is not a defect of the code under test.
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# What would make a test depend on who runs it.
_OF_THE_DEVELOPER = ("ELIGIBILITY_LANG", "ELIGIBILITY_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Speak no language but the default, and leave the user's own cache and answers alone.

    One directory for the whole session: what was read of the rules is then kept from one program to the next.
    """
    with pytest.MonkeyPatch.context() as changed:
        for name in _OF_THE_DEVELOPER:
            changed.delenv(name, raising=False)
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
            changed.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    sizes = {path: len(lines_of(path)) for path in python_files("eligibility")}
    longest = max(sizes, key=sizes.__getitem__)
    middle = f"median {median(sizes.values()):g} lines, longest {sizes[longest]} ({longest})"
    terminalreporter.write_line(f"house: {len(sizes)} modules, {middle}")
