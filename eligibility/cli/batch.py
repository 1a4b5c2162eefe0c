"""`eligibility batch`: every row of a table."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.options import AsOf, Language, NoBundledRules, Programmes, RuleDirectories, Settings, open_rulebook
from eligibility.cli.output import STANDARD, tell
from eligibility.cli.table import Decimal, Delimiter, Encoding, Identifier, Input, Mapped, Sheet, mapping_of, opened, refuse_sheet
from eligibility.cli.usage import misuse, one_of
from eligibility.cli.wording import later, plural, say

if TYPE_CHECKING:
    from eligibility.batch.request import BatchSummary

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
_SOME_REJECTED = 5


def run(
    table: Input,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help=later.say("Where to write: .csv, .parquet or .jsonl; standard output if left out."))
    ] = STANDARD,
    layout: Annotated[
        str, typer.Option("--layout", metavar="wide|long", callback=one_of("wide", "long"), help=later.say("One row for each company (wide), or for each company and programme (long)."))
    ] = "wide",
    rejects: Annotated[
        str | None, typer.Option("--rejects", metavar="FILE", help=later.say("Where rejected rows go; beside the output as NAME.rejects.csv if left out."))
    ] = None,
    mapped: Mapped = None,
    identifier: Identifier = None,
    settings: Settings = None,
    as_of: AsOf = None,
    programme: Programmes = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar="polars|duckdb|spark", callback=one_of("polars", "duckdb", "spark"), help=later.say("What computes; this version has polars."))
    ] = "polars",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    sheet: Sheet = None,
    on_bad_value: Annotated[
        str, typer.Option("--on-bad-value", metavar="reject|unknown", callback=one_of("reject", "unknown"), help=later.say("What a cell does that cannot be read: set its row aside, or count as unknown."))
    ] = "reject",
    max_rejects: Annotated[
        int | None, typer.Option("--max-rejects", metavar="N", min=0, help=later.say("Stop and write nothing after more rejected rows than this."))
    ] = None,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE.html", help=later.say("Not in this version."))] = None,
    raw_cells: Annotated[bool, typer.Option("--raw-cells", help=later.say("Leave cells as they are that a spreadsheet would run as formulas."))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=later.say("No progress and no summary."))] = False,
    lang: Language = None,
) -> int:
    """Assess a table; returns the exit code."""
    if engine != "polars":
        raise misuse("engine", say("the engine `{name}` is not built in yet", name=engine), say("leave --engine out"))
    if report is not None:
        raise misuse("report", say("--report is not in this version"), say("use `check` for the report on one company"))
    refuse_sheet(sheet)
    from eligibility.batch.request import BatchRequest
    from eligibility.batch.run import run_batch
    from eligibility.cli.answers import typed_settings
    from eligibility.cli.progress import Progress

    rulebook = open_rulebook(as_of, rules, no_bundled_rules, programme).linked
    choices: dict[str, Any] = {"layout": layout, "on_bad_value": on_bad_value}
    with opened(table) as source:
        request = BatchRequest(
            source=source,
            output=sys.stdout.buffer if output == STANDARD else Path(output),
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
        progress = Progress(sys.stderr)
        try:
            summary = run_batch(rulebook, request, None if quiet else progress.told)
        finally:
            progress.end()
    if not quiet:
        tell(_summary(summary))
    return _SOME_REJECTED if summary.rows_rejected else 0


def _rejects(rejects: str | None, output: str) -> Any:
    if rejects is not None:
        return sys.stderr if rejects == STANDARD else Path(rejects)
    return sys.stderr if output == STANDARD else None


def _summary(summary: "BatchSummary") -> str:
    read = plural("{n} row read", "{n} rows read", summary.rows_read)
    assessed = plural("{n} assessed", "{n} assessed", summary.rows_assessed)
    rejected = plural("{n} rejected", "{n} rejected", summary.rows_rejected)
    lines = [say("{read}: {assessed}, {rejected}", read=read, assessed=assessed, rejected=rejected)]
    if summary.dialect.delimiter:
        sign = "TAB" if summary.dialect.delimiter == "\t" else summary.dialect.delimiter
        lines.append(say("read as {format} with the delimiter {sign}", format=summary.dialect.format.upper(), sign=sign))
    for code, count in sorted(summary.rejects.items(), key=lambda entry: -entry[1]):
        lines.append("  " + say("rejected for {code}: {count}", code=code, count=str(count)))
    for column, count in summary.made_unknown.items():
        lines.append("  " + say("taken as unknown in {column}: {count}", column=column, count=str(count)))
    if summary.rows_rejected and summary.rejects_path is not None:
        lines.append("  " + say("the rejected rows are in {file}", file=str(summary.rejects_path)))
    lines.extend(f"  {programme}: {_verdicts(counts)}" for programme, counts in summary.verdicts.items())
    return "\n".join(lines)


def _verdicts(counts: Mapping[str, int]) -> str:
    names = {
        "eligible": say("eligible"),
        "likely": say("likely"),
        "undetermined": say("undetermined"),
        "not_eligible": say("not eligible"),
    }
    return ", ".join(f"{count} {names.get(verdict, verdict)}" for verdict, count in counts.items() if count)
