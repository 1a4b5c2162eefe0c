"""The de-minimis aid of a group from a file: a document written by hand, or a table of awards."""

from collections.abc import Collection
from pathlib import Path

from eligibility.aid.award import History
from eligibility.aid.document import read_history
from eligibility.aid.table import COLUMNS, read_table
from eligibility.batch.structure_table import DOCUMENTS
from eligibility.batch.text_table import Columns, read_rows
from eligibility.group.columns import folded
from eligibility.values.problem import AnswerError


class _AsWritten(Columns):
    """All columns under the names of the file: only the room of aid knows in which unit a column of amounts may be."""

    def __contains__(self, name: object) -> bool:
        return Columns.found(self, str(name)) is not None

    def found(self, name: str) -> tuple[str, None]:
        """Return a column as it is."""
        return name, None


_NAMES = _AsWritten({folded(name): column for column, aliases in COLUMNS.items() for name in (column, *aliases)})


def read_aid(path: Path, ids: Collection[str] | None = None, language: str = "en") -> History:
    """Read awards, from a document (YAML, JSON) with mergers and splits too; `ids` are the enterprises of the group.

    Raises:
        AnswerError: whatever is wrong with the file, each with its place.
        OSError: reading failed.
    """
    if path.suffix.lower() in DOCUMENTS:
        return read_history(str(path), path.read_bytes(), ids=ids)
    rows, problems = read_rows(path, _NAMES)
    if problems:
        raise AnswerError(*problems)
    header = rows.cells.columns
    cells = [[cell or "" for cell in row] for row in rows.cells.iter_rows()]
    lines = [rows.where.row(index).line for index in range(len(cells))]
    return read_table(str(path), header, cells, lines, language=language, ids=ids).history
