"""The rows of a table once more, for what has to be decided from all of them."""

from collections.abc import Iterator
from pathlib import Path

from eligibility.batch.block import Block
from eligibility.batch.decisions import LookAhead
from eligibility.batch.request import BatchRequest
from eligibility.batch.table import Table
from eligibility.rulebook.rulebook import Rulebook


def look_ahead_of(rulebook: Rulebook, request: BatchRequest) -> LookAhead | None:
    """Return what reads the table from its beginning, `None` where it can be read only once (a stream, a pipe)."""
    if not all(isinstance(source, Path) and source.is_file() for source in request.sources):
        return None

    def blocks() -> Iterator[Block]:
        with Table(rulebook, request) as table:
            yield from table.blocks()

    return blocks
