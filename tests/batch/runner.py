"""A batch run in a folder of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from eligibility.batch.request import BatchRequest, BatchSummary
from eligibility.batch.run import run_batch
from eligibility.rulebook.rulebook import Rulebook


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
