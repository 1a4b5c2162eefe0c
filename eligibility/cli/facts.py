"""`eligibility facts`: what can be answered, and the header of a table that holds it."""

from typing import Annotated

import typer

from eligibility.cli.options import (
    AsOf,
    Language,
    ListFormat,
    NoBundledRules,
    RuleDirectories,
    open_rulebook,
    refuse_unknown,
)
from eligibility.cli.output import emit, emit_json, text_width
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, later, say

NAME = "facts"
ABOUT = later.say(
    "List the facts and definitions, or show one in full.\n\n"
    "One fact is shown with its question, what can be given, and the column names that tables may use for it."
)
EXAMPLES = (
    later.say("What is meant by one fact:"),
    "$ eligibility facts group_employees",
    later.say("An empty table to fill in:"),
    "$ eligibility facts --template > companies.csv",
)


def run(
    fact: Annotated[str | None, typer.Argument(metavar="ID", help=later.say("The id of a fact or definition."))] = None,
    template: Annotated[
        bool, typer.Option("--template", help=later.say("Print a CSV header with every fact that can be given."))
    ] = False,
    form: ListFormat = "text",
    as_of: AsOf = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
) -> int:
    """List facts, show one, or print the header; returns the exit code."""
    from eligibility.report.fact import fact_dict, fact_text, facts_list_dict, facts_list_text

    if template and fact is not None:
        raise misuse("template", say("--template prints every fact: leave `{name}` out", name=fact))
    if template and form == "json":
        raise misuse("template", say("--template prints a CSV header: leave --format json out"))
    rulebook = open_rulebook(as_of, rules, no_bundled_rules).linked
    if template:
        asked = [name for name, definition in rulebook.definitions.items() if definition.askable]
        emit(",".join([*rulebook.facts, *asked]) + "\n")
        return 0
    if fact is not None:
        known = [*rulebook.facts, *rulebook.definitions]
        refuse_unknown(fact, known, say("there is no fact or definition `{name}`", name=fact))
    if form == "json":
        data = facts_list_dict(rulebook, language()) if fact is None else fact_dict(rulebook, fact, language())
        emit_json(data)
        return 0
    width = text_width(None)
    text = (
        facts_list_text(rulebook, language(), width) if fact is None else fact_text(rulebook, fact, language(), width)
    )
    emit(text, styled=True)
    return 0
