"""Hypothesis profiles, and the size of the house at the end of each run."""

import os
from statistics import median

import pytest
from hypothesis import HealthCheck, settings

from tests.house.tree import lines_of, python_files

# Slowness of a shared machine is not a defect of the code under test.
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    sizes = {path: len(lines_of(path)) for path in python_files("eligibility")}
    longest = max(sizes, key=sizes.__getitem__)
    middle = f"median {median(sizes.values()):g} lines, longest {sizes[longest]} ({longest})"
    terminalreporter.write_line(f"house: {len(sizes)} modules, {middle}")
