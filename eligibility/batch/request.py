"""What a batch run is asked to do, and what it did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

from eligibility.advice.portfolio import Portfolio
from eligibility.batch.decisions import Decision
from eligibility.batch.mapping import LeftOut
from eligibility.batch.source import name_of
from eligibility.batch.units import Unit
from eligibility.group.structure import Structure

if TYPE_CHECKING:
    from eligibility.batch.aid_received import Aid

Layout = Literal["wide", "long"]
Engine = Literal["polars", "duckdb"]
Progress = Callable[[int, float], None]
"""Called after each block with the rows read so far and the share of the input's bytes (0 to 1; 0: not known)."""


@dataclass(frozen=True, slots=True)
class ReportTo:
    """Where a report on the whole table goes, and what makes the document of the summary, whose `portfolio` is set."""

    path: Path
    document: "Callable[[BatchSummary], str]"


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One batch run. A stream as `source` or `output` is CSV; a path tells its format by its ending.

    `further` are more inputs of the same format, read after `source` as if they were one table; their columns are
    matched by name. `encoding`, `delimiter`, `quote` and `header_line` (from 1) are found from each text if not given;
    `family` is the encoding that tables of the user's country have where their text leaves it open.
    `mapping` goes from column to fact id (an empty id: only carry the column along). `defaults` are answers for rows
    that leave a fact empty. `decimal` is `,` or `.`; without it each column decides by what its cells show.
    `rejects` defaults to `NAME.rejects.csv` beside the output. With more than `max_rejects` rejected rows the run
    stops and writes nothing. `sheet` is the name or number of a workbook's sheet. `excel` is the decimal mark of a CSV
    output that a double click opens in Excel. `engine` runs the plan; what is read and written is the same with each.
    `report` is written together with the output, of the same pass over the rows.
    What a row leaves empty is worked out from the `ownership` structure if its id is a firm there, and the aid that it
    has received from `aid`; `defaults` fill what is empty then.
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
    sheet: str | None = None
    on_bad_value: Literal["reject", "unknown"] = "reject"
    max_rejects: int | None = None
    raw_cells: bool = False
    further: Sequence[Path] = ()
    quote: str | None = None
    header_line: int | None = None
    family: str | None = None
    excel: Literal[",", "."] | None = None
    engine: Engine = "polars"
    ownership: Structure | None = None
    aid: "Aid | None" = None
    report: ReportTo | None = None

    @property
    def sources(self) -> tuple[Path | BinaryIO, ...]:
        """Return all inputs in order."""
        return (self.source, *self.further)

    @property
    def source_name(self) -> str:
        """Return how messages call the input, or all inputs together."""
        if not self.further:
            return name_of(self.source)
        return f"{name_of(self.source)} and {len(self.further)} more"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table was read; what the format has not is `None`.

    `why` tells what spoke for the encoding: `forced`, `mark` (a byte-order mark), `utf-8` (valid all through), `mostly`
    (UTF-8 but for damaged lines), `names` (of known columns), `text` (it looks right in no other), `locale`.
    `header_line` counts from 1; `skipped` lines stood above it that were not blank.
    """

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None
    skipped: int = 0
    why: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the assessed rows are firms of the ownership structure, how many are not, how many firms it has."""

    rows: int
    others: int
    firms: int


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run did. Always `rows_read == rows_assessed + rows_rejected`.

    `rejects` counts rejected rows by code, `verdicts` counts rows by programme and verdict, `made_unknown` counts by
    column the bad cells that were taken as unknown. `columns` maps each used column to its fact, `carried` names the
    others. `decisions` says what was decided for whole columns, `units` what their numbers count, `left_out` which
    columns were not taken because of what their names say, and `similar` which others are named nearly like a fact.
    `dialects` has name and dialect of each input, `dialect` that of the first. `found` is `None` without a structure,
    `portfolio` without a report.
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
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    similar: Mapping[str, str] = field(default_factory=dict)
    dialects: tuple[tuple[str, Dialect], ...] = ()
    found: Found | None = None
    portfolio: Portfolio | None = None
