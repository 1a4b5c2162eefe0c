from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.run import run_batch
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import fix
from eligibility.rulebook.rules import Rules, read_rules
from eligibility.rulebook.rulebook import Rulebook

DAY = date(2021, 3, 1)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return read_rules([bundled_rules()])


@pytest.fixture(scope="session")
def rulebook(rules: Rules) -> Rulebook:
    """Two programmes that pay in euros and won, so that a run is quick."""
    return fix(rules, DAY, ["de.digital-jetzt", "kr.world-class-plus"])


@pytest.fixture(scope="session")
def whole_rulebook(rules: Rules) -> Rulebook:
    return fix(rules, DAY)


class Runner:
    """Runs batches in a folder: the table as text or bytes, output and rejects read back as text."""

    def __init__(self, rulebook: Rulebook, folder: Path) -> None:
        self.rulebook = rulebook
        self.folder = folder
        self.output = folder / "out.csv"
        self.rejects = folder / "out.rejects.csv"

    def __call__(self, table: str | bytes, name: str = "in.csv", **options: Any) -> BatchSummary:
        source = self.folder / name
        source.write_bytes(table.encode() if isinstance(table, str) else table)
        options.setdefault("output", self.output)
        progress: Callable[[int, float], None] | None = options.pop("progress", None)
        return run_batch(self.rulebook, BatchRequest(source, **options), progress)

    def left(self) -> set[str]:
        """Return the names of all files but the inputs."""
        return {path.name for path in self.folder.iterdir() if not path.name.startswith("in.")}


@pytest.fixture
def run(rulebook: Rulebook, tmp_path: Path) -> Runner:
    return Runner(rulebook, tmp_path)
