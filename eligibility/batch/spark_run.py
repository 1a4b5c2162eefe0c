"""One batch run by Spark: it reads, distributes and writes; its workers run the code of a run on one machine.

As Spark's own expressions the whole catalogue is thousands of columns in dozens of stages, each analysed anew with all
before it; as Arrow batches through Polars it is none of that, and what is typed, refused and worked out is the same in
both engines because it is the same code.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import polars as pl

from eligibility.batch.counting import Counts
from eligibility.batch.layouts import VERDICTS
from eligibility.batch.likeness import similar
from eligibility.batch.mapping import match_columns
from eligibility.batch.output import check_distinct, pending
from eligibility.batch.portfolio import portfolio_of
from eligibility.batch.records import JsonLines
from eligibility.batch.request import BatchRequest, BatchSummary, Dialect, ReportTo
from eligibility.batch.source import Source, format_of
from eligibility.batch.spark_files import Files, kind_of
from eligibility.batch.spark_frames import schema_of, spark_schema
from eligibility.batch.spark_parts import FILE, START, VALUE, Part
from eligibility.batch.spark_session import failures, spark_session, whole_files, without_pandas_warning
from eligibility.batch.spark_work import FOUND, ROWS, Work, assess, look, verdict_key
from eligibility.batch.table import Table
from eligibility.batch.text import Text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Place, Problem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_WRITING: Mapping[str, Mapping[str, str]] = {
    "csv": {
        "header": "true",
        "escape": '"',
        "ignoreLeadingWhiteSpace": "false",
        "ignoreTrailingWhiteSpace": "false",
    },
    "jsonl": {"ignoreNullFields": "false"},
    "parquet": {},
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run reads and writes, as Spark takes paths; a directory of part files each, the input also one file."""

    source: str
    output: str
    rejects: str


def run_spark(rulebook: Rulebook, request: BatchRequest, places: Places) -> BatchSummary:
    """Assess every row of a table where Spark finds it; what `request` names as input and output counts for nothing.

    Rows are numbered by the names of the files and their order in each. The directories of output and rejects are
    complete, with `_SUCCESS`, or, if anything is raised, absent. A report is a file of this machine.

    Raises:
        AnswerError: an input, option or table that cannot be used; no Spark.
        OSError: Spark failed.
    """
    with without_pandas_warning():
        session = spark_session()
        with failures(places.source):
            run = _Run(session, rulebook, request, places)
            with whole_files(session) if run.work.kind != "parquet" else nullcontext():
                return run.finish(request.report)


class _Run:
    """The state of one run."""

    def __init__(self, session: "SparkSession", rulebook: Rulebook, request: BatchRequest, places: Places) -> None:
        self._session = session
        self._places = places
        self._files = Files(session)
        written = format_of(PurePosixPath(places.output), written=True)
        self._check_places(None if request.report is None else request.report.path)
        files = self._files.data_files(places.source)
        kind = kind_of(places.source, files)
        self._input = self._read(kind)
        # What makes the document stays here: workers count, and need not know of it.
        reported = request.report is not None
        request = replace(request, source=BytesIO(), output=None, rejects=None, report=None)
        schema, self._dialect = self._schema(rulebook, request, kind, files[0])
        columns = match_columns(rulebook, list(schema), request.mapping, request.id_column)
        self.work = Work(rulebook, request, columns, schema, kind, written, reported)
        # What is wrong with the options or the types shows here, before Spark is asked for anything.
        self.work.typer()
        self._layout = self.work.written_frame(pl.DataFrame(schema=self.work.layout.schema)).schema
        self._packed = pickle.dumps(replace(self.work))

    def _check_places(self, report: Path | None) -> None:
        places = (self._places.source, self._places.output, self._places.rejects)
        if report is not None:
            source, output, rejects = (None if "://" in place else Path(place) for place in places)
            check_distinct(source, output, rejects, report)
        for path in (self._places.output, self._places.rejects):
            if self._files.exists(path):
                message = "something stands there already, and Spark writes over nothing"
                raise AnswerError(Problem("exists", message, Place(path), "name another place, or take it away"))

    def _schema(
        self, rulebook: Rulebook, request: BatchRequest, kind: str, file: str
    ) -> tuple[Mapping[str, pl.DataType], Dialect]:
        if kind == "parquet":
            return schema_of(self._session.read.parquet(self._places.source)), Dialect("parquet")
        head = self._files.head(file)
        # Whole lines: half a letter at the end would speak for another encoding.
        head = head[: head.rfind(b"\n") + 1] or head
        try:
            if kind == "jsonl":
                with Source(BytesIO(head)) as source:
                    text = Text(source, request.encoding)
                    names = JsonLines(text).names
                return dict.fromkeys(names, pl.String()), Dialect("jsonl", text.encoding, why=text.why)
            with Table(rulebook, replace(request, source=BytesIO(head))) as table:
                return table.schema, table.dialect
        except AnswerError as error:
            raise AnswerError(*(_placed(problem, file) for problem in error.problems)) from None

    def _read(self, kind: str) -> "DataFrame":
        """Return what workers are handed: Parquet by columns, text by lines, with the file of each."""
        from pyspark.sql import functions

        reader, source = self._session.read, self._places.source
        file = functions.col("_metadata.file_path").alias(FILE)
        if kind != "parquet":
            lines = reader.option("lineSep", "\n").text(source)
            return lines.select(functions.col("value").cast("binary").alias(VALUE), file)
        table = reader.parquet(source)
        start = functions.col("_metadata.file_block_start").alias(START)
        named = [functions.col(f"`{name.replace('`', '``')}`") for name in table.columns]
        found = table.select(*named, file, start)
        # Names with points in them are not found again by what runs functions on columns.
        return found.toDF(*(f"c{index}" for index in range(len(named))), FILE, START)

    def finish(self, report: ReportTo | None) -> BatchSummary:
        """Do it all: look at the rows, write the rejects, assess the others, count, report."""
        with pending(None if report is None else report.path) as (file,):

            def tell(summary: BatchSummary) -> None:
                if report is not None and file is not None:
                    file.open().write(report.document(summary).encode())

            return self._written_and_told(tell)

    def _written_and_told(self, tell: Callable[[BatchSummary], None]) -> BatchSummary:
        from pyspark.sql import functions

        found = self._input.mapInArrow(look(self._packed), spark_schema(FOUND)).persist()
        try:
            told = found.filter(functions.col("kind") != "reject").collect()
            problems = [row for row in told if row["kind"] == "problem"]
            if problems:
                raise AnswerError(*dict.fromkeys(_problem(row, self._places.source) for row in problems))
            read: Counter[Part] = Counter()
            unknown: Counter[str] = Counter()
            for row in told:
                if row["kind"] == "read":
                    read[Part(row["file"], row["start"])] += row["row"]
                else:
                    unknown[row["column"]] += row["row"]
            rejects = found.filter(functions.col("kind") == "reject").drop("kind")
            by_column = rejects.groupBy("code", "column").count().collect()
            refused = {(row["code"], row["column"]): row["count"] for row in by_column}
            self._check_most(sum(refused.values()))
            before = _before(read)
            with self._written(self._places.rejects), self._written(self._places.output):
                self._write(_blanked(self._numbered(rejects, before)), "csv", self._places.rejects)
                summary = self._summary(read.total(), refused, unknown, self._assess(before))
                # What has been written is taken away again where this goes wrong.
                tell(summary)
                return summary
        finally:
            found.unpersist()

    def _check_most(self, rejected: int) -> None:
        most = self.work.request.max_rejects
        if most is not None and rejected > most:
            message = f"{rejected:,} rows cannot be used, more than {most:,}"
            hint = "allow more, or leave --max-rejects out to see which"
            raise AnswerError(Problem("too-many-rejects", message, Place(self._places.source), hint))

    def _numbered(self, rejects: "DataFrame", before: Mapping[Part, int]) -> "DataFrame":
        """Return the rejects with the row numbers of the whole input, in its order."""
        from pyspark.sql import functions

        schema = "file string, start bigint, before bigint"
        parts = self._session.createDataFrame([(part.file, part.start, n) for part, n in before.items()], schema)
        joined = rejects.join(functions.broadcast(parts), ["file", "start"])
        row = (functions.col("row") + functions.col("before")).alias("row")
        return joined.select(row, "line", "column", "code", "message", "text").orderBy("row")

    def _assess(self, before: Mapping[Part, int]) -> Counts:
        from pyspark.accumulators import AccumulatorParam

        class Adding(AccumulatorParam[Counts]):
            def zero(self, value: Counts) -> Counts:
                return Counter()

            def addInPlace(self, value1: Counts, value2: Counts) -> Counts:  # noqa: N802
                value1.update(value2)
                return value1

        tally = self._session.sparkContext.accumulator(Counter(), Adding())
        task = assess(self._packed, before, tally.add)
        self._write(self._input.mapInArrow(task, spark_schema(self._layout)), self.work.written, self._places.output)
        return tally.value

    def _write(self, frame: "DataFrame", kind: str, path: str) -> None:
        writer = frame.write.mode("errorifexists").options(**_WRITING[kind])
        writer.format("json" if kind == "jsonl" else kind).save(path)

    @contextmanager
    def _written(self, path: str) -> Iterator[None]:
        """Take away what was written there if the block ends badly."""
        try:
            yield
        except BaseException:
            self._files.delete(path)
            raise

    def _summary(
        self, read: int, refused: Mapping[tuple[str, str], int], unknown: Counter[str], tally: Counts
    ) -> BatchSummary:
        columns = self.work.columns
        verdicts = {
            programme.id: {verdict: tally[verdict_key(programme, verdict)] for verdict in VERDICTS}
            for programme in self.work.offered
        }
        rejects: Counter[str] = Counter()
        for (code, _), count in refused.items():
            rejects[code] += count
        summary = BatchSummary(
            read,
            tally[ROWS],
            rejects.total(),
            dict(rejects.most_common()),
            verdicts,
            dict(unknown),
            columns.facts,
            columns.carried,
            columns.id_column,
            self._dialect,
            self._places.rejects,
            units=columns.units,
            left_out=columns.left_out,
            similar=similar(self.work.rulebook, columns.unclaimed),
            dialects=((self._places.source, self._dialect),),
        )
        if not self.work.reported:
            return summary
        return replace(summary, portfolio=portfolio_of(self.work.plan, tally, summary, refused))


def _blanked(rejects: "DataFrame") -> "DataFrame":
    """Return rejects of a whole row without a column, which CSV leaves empty."""
    from pyspark.sql import functions

    named = functions.col("column")
    return rejects.withColumn("column", functions.when(named != "", named))


def _before(read: Mapping[Part, int]) -> dict[Part, int]:
    """Return how many rows of the input stand before each part, in the order of file names and places."""
    before: dict[Part, int] = {}
    total = 0
    for part in sorted(read, key=lambda part: (part.file, part.start)):
        before[part] = total
        total += read[part]
    return before


def _problem(row: Any, source: str) -> Problem:
    place = Place(source, row["line"] or 0, 1 if row["line"] else 0)
    return Problem(row["code"], row["message"], place, row["text"] or "")


def _placed(problem: Problem, file: str) -> Problem:
    place = problem.place
    return problem if place is None else replace(problem, place=replace(place, file=file))
