"""What a batch run is asked to do, and what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

Layout = Literal["wide", "long"]
Engine = Literal["polars", "duckdb"]
Progress = Callable[[int, float], None]
"""Called after each block with the rows read so far and the share of the input's bytes (0 to 1; 0: not known)."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One batch run. A stream as `source` or `output` is CSV; a path tells its format by its ending.

    `mapping` goes from column to fact id (an empty id: only carry the column along). `defaults` are answers for rows
    that leave a fact empty. `decimal` is `,` or `.`; without it cells are read as strictly as an answers file,
    and `1.200` is refused in a table with semicolons.
    `rejects` defaults to `NAME.rejects.csv` beside the output. With more than `max_rejects` rejected rows the run
    stops and writes nothing. `engine` runs the plan; what is read and written is the same with each.
    """

    source: Path | BinaryIO
    output: Path | BinaryIO | TextIO | None = None
    layout: Layout = "wide"
    rejects: Path | TextIO | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    id_column: str | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    on_bad_value: Literal["reject", "unknown"] = "reject"
    max_rejects: int | None = None
    raw_cells: bool = False
    engine: Engine = "polars"

    @property
    def source_name(self) -> str:
        """Return how messages call the input."""
        return str(self.source) if isinstance(self.source, Path) else "standard input"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table was read; `encoding` and `delimiter` are `None` where the format has none."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None

    def unclear(self, decimal: str | None) -> bool:
        """Tell whether 1.200 may mean 1200: spreadsheets write semicolons exactly where a comma marks decimals."""
        return decimal is None and self.delimiter == ";"


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run did. Always `rows_read == rows_assessed + rows_rejected`.

    `rejects` counts rejected rows by code, `verdicts` counts rows by programme and verdict, `made_unknown` counts by
    column the bad cells that were taken as unknown. `columns` maps each used column to its fact, `carried` names the
    others.
    """

    rows_read: int
    rows_assessed: int
    rows_rejected: int
    rejects: Mapping[str, int]
    verdicts: Mapping[str, Mapping[str, int]]
    made_unknown: Mapping[str, int]
    columns: Mapping[str, str]
    carried: tuple[str, ...]
    id_column: str | None
    dialect: Dialect
    rejects_path: Path | str | None
