"""`eligibility inspect`: how a table would be read."""

from eligibility.cli.inputs import opened
from eligibility.cli.map_file import check_new, write_map
from eligibility.cli.options import AsOf, Fillings, Language, ListFormat, NoBundledRules, RuleDirectories, open_rulebook
from eligibility.cli.output import emit, emit_json
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
from eligibility.cli.wording import later
from eligibility.values.problem import AnswerError

NAME = "inspect"
ABOUT = later.say(
    "Show how a table would be read: encoding, delimiter, header, which column holds which fact, the first rows.\n\n"
    "Nothing is written. What is decided here can be forced with the options, here and in batch."
)
EXAMPLES = (
    later.say("Before a long run:"),
    "$ eligibility inspect examples/companies.csv",
    later.say("As data:"),
    "$ eligibility inspect examples/companies.csv --format json",
)


def run(
    table: Input,
    form: ListFormat = "text",
    mapped: Mapped = None,
    save_map: SaveMap = None,
    identifier: Identifier = None,
    settings: Fillings = None,
    as_of: AsOf = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    quote: Quote = None,
    header: HeaderLine = None,
    decimal: Decimal = None,
    sheet: Sheet = None,
    lang: Language = None,
) -> int:
    """Show how a table would be read; returns the exit code."""
    check_new(save_map, mapped)
    from eligibility.batch.inspect import inspect_table
    from eligibility.batch.request import BatchRequest
    from eligibility.cli.reading import reading_dict, reading_text

    rulebook = open_rulebook(as_of, rules, no_bundled_rules).linked
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
    )
    with opened(table) as (source, further):
        request = BatchRequest(source=source, further=further, **options)
        reading = inspect_table(rulebook, request)
    if form == "json":
        emit_json(reading_dict(reading))
    else:
        emit(reading_text(reading))
    if reading.problems:
        # What was found out is worth showing all the same.
        raise AnswerError(*reading.problems)
    write_map(save_map, {column.name: column.fact or "" for column in reading.columns})
    return 0
