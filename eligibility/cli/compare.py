"""`eligibility compare`: what changes between two days or two sets of rules, for a table or for one company."""

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.batch_options import MostRejects, OnBadValue, Quiet, RawCells, Rejects
from eligibility.cli.batch_summary import summary_text
from eligibility.cli.check_options import Answers, ReportForm
from eligibility.cli.compare_sides import open_sides, sides_of
from eligibility.cli.exit_codes import DONE, SOME_REJECTED
from eligibility.cli.inputs import opened
from eligibility.cli.options import Language, NoBundledRules, Programmes, RuleDirectories
from eligibility.cli.output import STANDARD, emit, json_text, tell, text_width
from eligibility.cli.table import (
    Decimal,
    Delimiter,
    Encoding,
    HeaderLine,
    Identifier,
    Mapped,
    Quote,
    Sheet,
    reading_options,
)
from eligibility.cli.usage import misuse, one_of
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from eligibility.batch.compare import Compared
    from eligibility.batch.request import BatchRequest
    from eligibility.report.page import Page
    from eligibility.rulebook.rulebook import Rulebook

NAME = "compare"
ABOUT = later.say(
    "Tell what changes between two days, or if rules were other ones: who gains, who loses, why, and how much.\n\n"
    "A and B are days (YYYY-MM-DD) or directories of rules. What a directory repeats replaces what the bundled rules "
    "say under the same id, so that a changed copy of one file is enough; all else stays. INPUT is a table as for "
    "batch, or a file of answers (YAML or JSON) of one company."
)
EXAMPLES = (
    later.say("Who is affected by the lower rates of July 2021:"),
    "$ eligibility compare 2021-06-30 2021-07-01 examples/companies.csv --programme de.digital-jetzt",
    later.say("Each company and programme that changes, as a table:"),
    "$ eligibility compare 2021-03-01 2024-03-01 examples/companies.csv -o changes.csv --quiet",
    later.say("The same for one company:"),
    "$ eligibility compare 2021-03-01 2024-03-01 examples/company.yaml",
)
_ENGINES = ("polars", "duckdb")
_ANSWERS = (".yaml", ".yml", ".json")

Before = Annotated[
    str, typer.Argument(metavar="A", help=later.say("Before: a day as YYYY-MM-DD, or a directory of rules."))
]
After = Annotated[str, typer.Argument(metavar="B", help=later.say("After: a day or a directory, likewise."))]
Input = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help=later.say("The table, or several with the same columns; or answers of one company as YAML or JSON."),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=later.say("The day for directories of rules; if left out that of the other side, else today."),
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help=later.say(
            "One answer: for rows that leave the fact empty, or instead of that in the file of one company. Can be "
            "given several times."
        ),
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="|".join(_ENGINES),
        callback=one_of(*_ENGINES),
        help=later.say("What computes; the result is the same."),
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=later.say("Write a line for each company and programme that changes: .csv, .xlsx, .parquet or .jsonl."),
    ),
]


def run(
    before: Before,
    after: After,
    table: Input = None,
    answers: Answers = None,
    output: Output = None,
    form: ReportForm = "text",
    rejects: Rejects = None,
    mapped: Mapped = None,
    identifier: Identifier = None,
    settings: Settings = None,
    as_of: AsOf = None,
    programme: Programmes = None,
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
    raw_cells: RawCells = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> int:
    """Compare two sides; returns the exit code."""
    reading: dict[str, object] = {
        "encoding": encoding,
        "delimiter": delimiter,
        "quote": quote,
        "header_line": header,
        "decimal": decimal,
        "sheet": sheet,
        "max_rejects": max_rejects,
    }
    of_tables = {"output": output, "rejects": rejects, "map": mapped, "id": identifier, **reading}
    company = _company(table, answers, of_tables)
    sides, day = sides_of((before, after), as_of)
    rulebooks = open_sides(sides, day, rules, no_bundled_rules, programme)
    if not quiet:
        _tell_replaced(*rulebooks)
    if company is not None:
        emit(_one_company(rulebooks, company, settings or (), form), styled=form == "text")
        return DONE
    from eligibility.rulebook.rulebook import together

    reading |= {"on_bad_value": on_bad_value, "raw_cells": raw_cells, "engine": engine, "layout": "long"}
    options = reading_options(together(*rulebooks), mapped, identifier, settings, **reading)
    compared = _of_table(rulebooks, (table or (), output, rejects), options, quiet)
    emit(_written(compared, form), styled=form == "text")
    return SOME_REJECTED if compared.comparison.rejected else DONE


def _company(table: Sequence[str] | None, answers: str | None, of_tables: Mapping[str, object]) -> str | None:
    """Return the file of answers, `None` for a table; what is only for tables is refused beside answers."""
    if answers is None:
        if not table:
            raise misuse("missing-argument", say("`{name}` is missing", name="INPUT"))
        if len(table) > 1 or not table[0].lower().endswith(_ANSWERS):
            if of_tables["output"] == STANDARD:
                message = say("the changes and the summary cannot both go to standard output")
                raise misuse("output", message, say("name a file with -o FILE"))
            return None
        answers = table[0]
    elif table:
        message = say("there are both a table and answers: {names}", names=", ".join((*table, answers)))
        raise misuse("two-inputs", message, say("compare one after the other"))
    for name, value in of_tables.items():
        if value is not None:
            option = "--" + {"header_line": "header"}.get(name, name.replace("_", "-"))
            message = say(
                "{option} is for tables, and {file} holds the answers of one company", option=option, file=answers
            )
            raise misuse("for-tables", message, say("leave {option} out", option=option))
    return answers


def _tell_replaced(before: "Rulebook", after: "Rulebook") -> None:
    for rulebook, message in (
        (before, say("A replaces: {names}", names=_replaced(before))),
        (after, say("B replaces: {names}", names=_replaced(after))),
    ):
        if rulebook.replaced:
            tell(message)


def _replaced(rulebook: "Rulebook") -> str:
    return ", ".join(dict.fromkeys(rulebook.replaced))


def _one_company(rulebooks: "tuple[Rulebook, Rulebook]", answers: str, settings: Sequence[str], form: str) -> str:
    from eligibility.advice.comparison import compare_assessments
    from eligibility.cli.answers import gather
    from eligibility.engine.assess import assess
    from eligibility.rulebook.rulebook import together

    given = gather(together(*rulebooks), [answers], settings)
    before, after = (
        # What only one side asks for is no mistake for the other.
        assess(rulebook, {fact: answer for fact, answer in given.items() if rulebook.knows(fact)})
        for rulebook in rulebooks
    )
    changes = compare_assessments(before, after)
    if form == "json":
        from eligibility.report.comparison_data import company_dict

        return json_text(company_dict(before, after, changes, language()))
    from eligibility.report.comparison_company import company_page

    return _shown(company_page(before, after, changes, language()), form)


def _shown(page: "Page", form: str) -> str:
    if form == "html":
        from eligibility.report.html import page_html

        return page_html(page)
    if form == "markdown":
        from eligibility.report.markdown import page_markdown

        return page_markdown(page)
    from eligibility.report.text import page_text

    return page_text(page, text_width(None))


def _of_table(
    rulebooks: "tuple[Rulebook, Rulebook]",
    files: tuple[Sequence[str], str | None, str | None],
    options: Mapping[str, Any],
    quiet: bool,
) -> "Compared":
    from eligibility.batch.request import BatchRequest

    names, output, rejects = files
    with opened(names) as (source, further):
        target = None if output is None else Path(output)
        request = BatchRequest(source, target, further=further, rejects=_rejects(rejects, output), **options)
        return _compared(rulebooks, request, quiet)


def _compared(rulebooks: "tuple[Rulebook, Rulebook]", request: "BatchRequest", quiet: bool) -> "Compared":
    from eligibility.batch.compare import run_comparison
    from eligibility.cli.progress import Progress

    progress = None if quiet or sys.stderr is None else Progress(sys.stderr)
    try:
        compared = run_comparison(*rulebooks, request, None if progress is None else progress.told)
    finally:
        if progress is not None:
            progress.end()
    if not quiet:
        tell(summary_text(compared.summary, request))
    return compared


def _rejects(rejects: str | None, output: str | None) -> Any:
    if rejects is None and output is not None:
        return None
    if rejects is not None and rejects != STANDARD:
        return Path(rejects)
    # Who closes standard error wants no rejects; the rows are still counted.
    return io.StringIO() if sys.stderr is None else sys.stderr


def _written(compared: "Compared", form: str) -> str:
    if form == "json":
        from eligibility.report.comparison_data import comparison_dict

        return json_text(comparison_dict(compared.comparison, language()))
    from eligibility.report.comparison import comparison_page

    return _shown(comparison_page(compared.comparison, language()), form)
