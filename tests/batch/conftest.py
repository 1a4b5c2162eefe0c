from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules, read_rules
from tests.batch import spark
from tests.batch.runner import Runner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DAY = date(2021, 3, 1)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return read_rules([bundled_rules()])


@pytest.fixture(scope="session")
def rulebook(rules: Rules) -> Rulebook:
    """Two programmes that pay in euros and won, so that a run is quick."""
    return Linker(rules).fix(DAY, ["de.digital-jetzt", "kr.world-class-plus"])


@pytest.fixture(scope="session")
def whole_rulebook(rules: Rules) -> Rulebook:
    return Linker(rules).fix(DAY)


@pytest.fixture
def run(rulebook: Rulebook, tmp_path: Path) -> Runner:
    return Runner(rulebook, tmp_path)


@pytest.fixture(scope="session")
def session() -> "SparkSession":
    return spark.session()
