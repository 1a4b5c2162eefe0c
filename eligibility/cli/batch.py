"""`eligibility batch`: every row of a table."""

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from eligibility.cli.batch_group import Aid, MemberState, Ownership, check_group_options, group_options
from eligibility.cli.batch_options import (
    Engine,
    Excel,
    Layout,
    MostRejects,
    OnBadValue,
    Output,
    Quiet,
    RawCells,
    Rejects,
    Report,
)
from eligibility.cli.batch_report import check_report, report_to
from eligibility.cli.batch_spark import places_of
from eligibility.cli.batch_summary import summary_text
from eligibility.cli.exit_codes import SOME_REJECTED
from eligibility.cli.inputs import opened
from eligibility.cli.map_file import check_new, write_map
from eligibility.cli.options import AsOf, Fillings, Language, NoBundledRules, Programmes, RuleDirectories, open_rulebook
from eligibility.cli.output import STANDARD, standard_bytes, tell
from eligibility.cli.table import (
    Decimal,
    Delimiter,
    Encoding,
    HeaderLine,
    Identifier,
    Input,
    Mapped,
    Quote,
    SaveMap,
    Sheet,
    reading_options,
)
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from eligibility.batch.request import BatchRequest, BatchSummary
    from eligibility.batch.spark_run import Places
    from eligibility.rulebook.rulebook import Rulebook

NAME = "batch"
ABOUT = later.say(
    "Assess every row of a table: CSV, TSV, XLSX, Parquet or JSONL.\n\n"
    "Rows that cannot be read are set aside with line, column and reason; all others are assessed. "
    "The output is complete or absent. Columns are matched to facts by id, by alias and by --map."
)
EXAMPLES = (
    later.say("A table with the verdicts beside each company:"),
    "$ eligibility batch examples/companies.csv -o verdicts.csv --as-of 2021-03-01",
    later.say("One row for each company and programme, with reasons:"),
    "$ eligibility batch examples/companies.csv -o - --layout long --as-of 2021-03-01",
    later.say("With the size of each firm worked out from who holds what of whom:"),
    "$ eligibility batch examples/clients.csv -o verdicts.csv --ownership examples/portfolio/enterprises.csv "
    "--ownership examples/portfolio/holdings.csv",
    later.say("With a report on all companies together:"),
    "$ eligibility batch examples/companies.csv -o verdicts.csv --report report.html --as-of 2021-03-01",
)


def run(
    table: Input,
    output: Output = STANDARD,
    layout: Layout = "wide",
    rejects: Rejects = None,
    mapped: Mapped = None,
    save_map: SaveMap = None,
    identifier: Identifier = None,
    settings: Fillings = None,
    as_of: AsOf = None,
    programme: Programmes = None,
    ownership: Ownership = None,
    aid: Aid = None,
    member_state: MemberState = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    engine: Engine = "polars",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    quote: Quote = None,
    header: HeaderLine = None,
    decimal: Decimal = None,
    sheet: Sheet = None,
    on_bad_value: OnBadValue = "reject",
    max_rejects: MostRejects = None,
    report: Report = None,
    excel: Excel = False,
    raw_cells: RawCells = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> int:
    """Assess a table; returns the exit code."""
    check_new(save_map, mapped)
    check_group_options(ownership, aid, member_state, engine)
    places = _places(report, excel, engine, (table, output, rejects))
    rulebook = open_rulebook(as_of, rules, no_bundled_rules, programme).linked
    options = reading_options(
        rulebook,
        mapped,
        identifier,
        settings,
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
        header_line=header,
        decimal=decimal,
        sheet=sheet,
        layout=layout,
        on_bad_value=on_bad_value,
        max_rejects=max_rejects,
        raw_cells=raw_cells,
    )
    options["report"] = report_to(report, rulebook, table)
    if places is not None:
        summary = _by_spark(rulebook, table[0], options, places, quiet)
    else:
        options.update(group_options(ownership, aid, member_state, rulebook.as_of), engine=engine, excel=_mark(excel))
        summary = _by_ourselves(rulebook, (table, output, rejects), options, quiet)
    write_map(save_map, {**dict.fromkeys(summary.carried, ""), **summary.columns})
    return SOME_REJECTED if summary.rows_rejected else 0


def _places(
    report: str | None, excel: bool, engine: str, files: tuple[Sequence[str], str, str | None]
) -> "Places | None":
    """Return where Spark reads and writes, `None` for other engines; what no engine does is refused."""
    _refuse(report, excel, files[1], engine)
    return places_of(*files) if engine == "spark" else None


def _refuse(report: str | None, excel: bool, output: str, engine: str) -> None:
    check_report(report)
    if excel and engine == "spark":
        raise misuse("excel", say("Spark writes no CSV for Excel"), say("leave --excel out, or use another engine"))
    if excel and output != STANDARD and Path(output).suffix.lower() != ".csv":
        message = say("--excel is for CSV, and the output is {file}", file=output)
        raise misuse("excel", message, say("leave --excel out, or write .csv"))


def _mark(excel: bool) -> Literal[",", "."] | None:
    """Return the decimal mark of spreadsheets in the user's language, if the output is for one."""
    if not excel:
        return None
    return "," if language() == "de" else "."


def _by_spark(
    rulebook: "Rulebook", table: str, options: Mapping[str, Any], places: "Places", quiet: bool
) -> "BatchSummary":
    from eligibility.batch.request import BatchRequest
    from eligibility.batch.spark_run import run_spark

    request = BatchRequest(Path(table), **options)
    summary = run_spark(rulebook, request, places)
    if not quiet:
        tell(summary_text(summary, request))
    return summary


def _by_ourselves(
    rulebook: "Rulebook",
    files: tuple[Sequence[str], str, str | None],
    options: Mapping[str, Any],
    quiet: bool,
) -> "BatchSummary":
    from eligibility.batch.request import BatchRequest

    table, output, rejects = files
    with opened(table) as (source, further):
        target = standard_bytes(writing=True) if output == STANDARD else Path(output)
        request = BatchRequest(source, target, further=further, rejects=_rejects(rejects, output), **options)
        return _assessed(rulebook, request, quiet)


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
        tell(summary_text(summary, request))
    return summary


def _rejects(rejects: str | None, output: str) -> Any:
    if rejects is None and output != STANDARD:
        return None
    if rejects is not None and rejects != STANDARD:
        return Path(rejects)
    # Who closes standard error wants no rejects; the rows are still counted.
    return io.StringIO() if sys.stderr is None else sys.stderr
