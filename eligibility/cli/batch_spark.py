"""`eligibility batch --engine spark`: paths as Spark takes them, directories of part files."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from eligibility.cli.output import STANDARD
from eligibility.cli.usage import misuse
from eligibility.cli.wording import say

if TYPE_CHECKING:
    from eligibility.batch.spark_run import Places

_WORKBOOKS = (".xlsx", ".xls", ".ods")


def places_of(tables: Sequence[str], output: str, rejects: str | None) -> "Places":
    """Return where Spark is to read and write; rejects go beside the output if nothing is said of them.

    Raises:
        Misuse: standard input or output, a workbook, several inputs.
    """
    from eligibility.batch.spark_run import Places

    if len(tables) > 1:
        hint = say("put the files into one directory and name that")
        raise misuse("spark-inputs", say("Spark reads one file or one directory"), hint)
    (table,) = tables
    if STANDARD in (table, output, rejects):
        message = say("Spark reads and writes files, not standard input and output")
        raise misuse("spark-stream", message, say("name the input and, with -o, the output"))
    for path in (table, output):
        if PurePosixPath(path).suffix.lower() in _WORKBOOKS:
            hint = say("use Parquet, CSV or JSON Lines, or another engine")
            raise misuse("spark-workbook", say("Spark reads and writes no workbooks: {file}", file=path), hint)
    return Places(table, output, rejects or _beside(output))


def _beside(output: str) -> str:
    folder, sign, name = output.rstrip("/").rpartition("/")
    return f"{folder}{sign}{PurePosixPath(name).stem}.rejects.csv"
