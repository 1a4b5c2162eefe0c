"""The suite says the same on every machine and leaves nothing behind in the home of whoever runs it."""

import os

import pytest

from eligibility.cli.answers import saved_answers
from eligibility.cli.options import kept_rules
from eligibility.cli.wording import language_of


def test_no_language_of_the_developer() -> None:
    assert language_of((), os.environ) == "en"


def test_nothing_is_kept_at_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    for kept in (kept_rules(), saved_answers()):
        assert kept.is_relative_to(tmp_path_factory.getbasetemp())
