"""A page as one HTML file: no script, nothing loaded from elsewhere, links to the web alone."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rich.cells import cell_len

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.addresses import addresses
from eligibility.report.assessment import assessment_page
from eligibility.report.clean import clean_for_terminal, web_address
from eligibility.report.drawing import drawn_chart
from eligibility.report.page import Group, Page, Table
from eligibility.report.picture import KINDS, percent, uncertain
from eligibility.words import Words

# From so many headings on, a list of them saves more turning of pages than it costs.
_CONTENTS = 3
# Beyond so many cards, their names would fill the first screen and the contents only count them.
_NAMED = 24
# What stands beside each other in a table on A4, in letters; a number keeps its no-break spaces.
_LINE = 84
_SHORT = 24
_BREAKS = re.compile(r"[ \t\n–-]")


def html_report(
    assessed: Assessed, language: str, sheet: tuple[Group, ...] = (), advice: Advice | None = None, name: str = ""
) -> str:
    """Return the report on one profile as an HTML document."""
    return page_html(assessment_page(assessed, language, sheet, advice, name=name))


def page_html(page: Page) -> str:
    """Return a page as an HTML document; ValueError where a chart is more than a drawing."""
    words = Words(page.language)
    headed = [(number, group) for number, group in enumerate(page.groups, 1) if group.title]
    template = _environment().get_template("page.html.j2")
    document = template.render(
        page=page,
        contents=headed if len(headed) >= _CONTENTS else [],
        named=sum(len(group.cards) for group in page.groups) <= _NAMED,
        addresses=addresses(page),
        words=_words(words),
        kinds={kind: words.say(KINDS[kind]) for kind in KINDS},
        style=Markup(_style()),
        policy=_policy(),
    )
    return document + "\n"


def _words(words: Words) -> dict[str, str]:
    """Return what the page itself says, beside what it tells."""
    return {
        "skip": words.say("Skip to the content"),
        "contents": words.say("Contents"),
        "addresses": words.say("Web addresses"),
        "source": words.say("{what}:", what=words.say("Source")),
        "sources": words.say("Sources:"),
        "uncertain": words.say("Pale: not certain yet"),
    }


@cache
def _style() -> str:
    return files("eligibility.report").joinpath("templates", "page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """Return a content security policy that admits the style above by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _fit(table: Table) -> str:
    """Tell how a table fits on paper: `whole` with short cells on one line, `wrapped`, or `tight` with broken words."""
    rows = (tuple(column.title for column in table.columns), *table.rows, *((table.totals,) if table.totals else ()))
    columns = list(zip(*rows, strict=True))
    if sum(max(_longest(cell) for cell in column) for column in columns) > _LINE:
        return "tight"
    unbroken = (max(cell_len(cell) if _short(cell) else _longest(cell) for cell in column) for column in columns)
    return "whole" if sum(unbroken) <= _LINE else "wrapped"


def _short(text: str) -> bool:
    return len(text) <= _SHORT


def _longest(text: str) -> int:
    return max(cell_len(word) for word in _BREAKS.split(text))


def _final(value: object) -> object:
    return value if isinstance(value, Markup) else clean_for_terminal(str(value))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("eligibility.report"),
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.filters |= {"web_address": web_address, "percent": percent, "drawn": drawn_chart, "fit": _fit}
    environment.tests |= {"uncertain": uncertain, "short": _short}
    return environment
