"""`eligibility programmes`: the list of programmes, or one in full."""

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
from eligibility.cli.wording import language, later, say

NAME = "programmes"
ABOUT = later.say(
    "List the programmes, or show one in full.\n\n"
    "One programme is shown with its criteria, award, papers and open points, and with the place in the source of each."
)
EXAMPLES = (
    later.say("All programmes, with what takes applications on a day:"),
    "$ eligibility programmes --as-of 2021-03-01",
    later.say("One of them, in Korean:"),
    "$ eligibility programmes kr.world-class-plus --lang ko",
)


def run(
    programme: Annotated[str | None, typer.Argument(metavar="ID", help=later.say("The id of a programme."))] = None,
    form: ListFormat = "text",
    as_of: AsOf = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
) -> int:
    """List programmes or show one; returns the exit code."""
    from eligibility.report.programme import programme_dict, programme_text, programmes_list_dict, programmes_list_text

    rulebook = open_rulebook(as_of, rules, no_bundled_rules).linked
    if programme is None:
        if form == "json":
            emit_json(programmes_list_dict(rulebook, language()))
        else:
            emit(programmes_list_text(rulebook, language(), text_width(None)), styled=True)
        return 0
    refuse_unknown(programme, list(rulebook.programmes), say("there is no programme `{name}`", name=programme))
    if form == "json":
        emit_json(programme_dict(rulebook, programme, language()))
    else:
        emit(programme_text(rulebook, programme, language(), text_width(None)), styled=True)
    return 0
