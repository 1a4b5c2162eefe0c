"""`eligibility batch`: every row of a table."""

import contextlib
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eligibility.cli.batch_options import (
    Engine,
    Layout,
    MostRejects,
    OnBadValue,
    Output,
    Quiet,
    RawCells,
    Rejects,
    Report,
)
from eligibility.cli.batch_spark import places_of
from eligibility.cli.exit_codes import SOME_REJECTED
from eligibility.cli.options import AsOf, Fillings, Language, NoBundledRules, Programmes, RuleDirectories, open_rulebook
from eligibility.cli.output import STANDARD, standard_bytes, tell
from eligibility.cli.table import (
    Decimal,
    Delimiter,
    Encoding,
    Identifier,
    Input,
    Mapped,
    Sheet,
    mapping_of,
    opened,
    refuse_sheet,
)
from eligibility.cli.usage import misuse
from eligibility.cli.wording import later, number, plural, say

if TYPE_CHECKING:
    from eligibility.batch.request import BatchRequest, BatchSummary
    from eligibility.batch.spark_run import Places
    from eligibility.rulebook.rulebook import Rulebook

NAME = "batch"
ABOUT = later.say(
    "Assess every row of a table: CSV, TSV, Parquet or JSONL.\n\n"
    "Rows that cannot be read are set aside with line, column and reason; all others are assessed. "
    "The output is complete or absent. Columns are matched to facts by id, by alias and by --map."
)
EXAMPLES = (
    later.say("A table with the verdicts beside each company:"),
    "$ eligibility batch examples/companies.csv -o verdicts.csv --as-of 2021-03-01",
    later.say("One row for each company and programme, with reasons:"),
    "$ eligibility batch examples/companies.csv -o - --layout long --as-of 2021-03-01",
)


def run(
    table: Input,
    output: Output = STANDARD,
    layout: Layout = "wide",
    rejects: Rejects = None,
    mapped: Mapped = None,
    identifier: Identifier = None,
    settings: Fillings = None,
    as_of: AsOf = None,
    programme: Programmes = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    engine: Engine = "polars",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    sheet: Sheet = None,
    on_bad_value: OnBadValue = "reject",
    max_rejects: MostRejects = None,
    report: Report = None,
    raw_cells: RawCells = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> int:
    """Assess a table; returns the exit code."""
    _refuse_missing(report)
    refuse_sheet(sheet)
    from eligibility.batch.request import BatchRequest
    from eligibility.cli.answers import typed_settings

    places = places_of(table, output, rejects) if engine == "spark" else None
    rulebook = open_rulebook(as_of, rules, no_bundled_rules, programme).linked
    choices: dict[str, Any] = {"layout": layout, "on_bad_value": on_bad_value}
    if places is None:
        choices["engine"] = engine
    with opened(table) if places is None else contextlib.nullcontext(Path(table)) as source:
        request = BatchRequest(
            source=source,
            output=standard_bytes(writing=True) if output == STANDARD else Path(output),
            rejects=_rejects(rejects, output),
            mapping=mapping_of(mapped),
            id_column=identifier,
            defaults=typed_settings(rulebook, settings or []),
            encoding=encoding,
            delimiter=delimiter,
            decimal=decimal,
            max_rejects=max_rejects,
            raw_cells=raw_cells,
            **choices,
        )
        summary = _assessed(rulebook, request, quiet) if places is None else _by_spark(rulebook, request, places, quiet)
    return SOME_REJECTED if summary.rows_rejected else 0


def _refuse_missing(report: str | None) -> None:
    if report is not None:
        message = say("--report is not in this version")
        raise misuse("report", message, say("use `check` for the report on one company"))


def _by_spark(rulebook: "Rulebook", request: "BatchRequest", places: "Places", quiet: bool) -> "BatchSummary":
    from eligibility.batch.spark_run import run_spark

    summary = run_spark(rulebook, request, places)
    if not quiet:
        tell(_summary(summary))
    return summary


def _assessed(rulebook: "Rulebook", request: "BatchRequest", quiet: bool) -> "BatchSummary":
    from eligibility.batch.run import run_batch
    from eligibility.cli.progress import Progress

    progress = None if quiet or sys.stderr is None else Progress(sys.stderr)
    try:
        summary = run_batch(rulebook, request, None if progress is None else progress.told)
    finally:
        if progress is not None:
            progress.end()
    if not quiet:
        tell(_summary(summary))
    return summary


def _rejects(rejects: str | None, output: str) -> Any:
    if rejects is None and output != STANDARD:
        return None
    if rejects is not None and rejects != STANDARD:
        return Path(rejects)
    # Who closes standard error wants no rejects; the rows are still counted.
    return io.StringIO() if sys.stderr is None else sys.stderr


def _summary(summary: "BatchSummary") -> str:
    read = plural("{n} row read", "{n} rows read", summary.rows_read)
    assessed = plural("{n} assessed", "{n} assessed", summary.rows_assessed)
    rejected = plural("{n} rejected", "{n} rejected", summary.rows_rejected)
    lines = [say("{read}: {assessed}, {rejected}", read=read, assessed=assessed, rejected=rejected)]
    if summary.dialect.delimiter:
        sign = "TAB" if summary.dialect.delimiter == "\t" else summary.dialect.delimiter
        kind = summary.dialect.format.upper()
        lines.append(say("read as {format} with the delimiter {sign}", format=kind, sign=sign))
    for code, count in sorted(summary.rejects.items(), key=lambda entry: -entry[1]):
        lines.append("  " + say("rejected for {code}: {count}", code=code, count=number(count)))
    for column, count in summary.made_unknown.items():
        lines.append("  " + say("taken as unknown in {column}: {count}", column=column, count=number(count)))
    if summary.rows_rejected and summary.rejects_path is not None:
        lines.append("  " + say("the rejected rows are in {file}", file=str(summary.rejects_path)))
    if summary.rows_assessed:
        lines.extend(f"  {programme}: {_verdicts(counts)}" for programme, counts in summary.verdicts.items())
    return "\n".join(lines)


def _verdicts(counts: Mapping[str, int]) -> str:
    names = {
        "eligible": say("eligible"),
        "likely": say("likely"),
        "undetermined": say("undetermined"),
        "not_eligible": say("not eligible"),
    }
    return ", ".join(f"{number(count)} {names.get(verdict, verdict)}" for verdict, count in counts.items() if count)
