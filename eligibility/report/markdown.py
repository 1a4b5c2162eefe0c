"""A page as Markdown: what comes from answers and rule files is escaped, so that it stays text."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.assessment import assessment_page
from eligibility.report.clean import clean_for_terminal, web_address
from eligibility.report.page import Group, Page
from eligibility.words import Words

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$]")
# These mean something at the start of a line only: list, heading, underline, numbered list.
_AT_START = re.compile(r"^(\d*)((?<!\d)[-+#=]|(?<=\d)[.)](?= |$))")


def markdown_report(
    assessed: Assessed, language: str, sheet: tuple[Group, ...] = (), advice: Advice | None = None, name: str = ""
) -> str:
    """Return the report on one profile as CommonMark with tables; it ends with a line feed."""
    return page_markdown(assessment_page(assessed, language, sheet, advice, name=name))


def page_markdown(page: Page) -> str:
    """Return a page as CommonMark."""
    words = Words(page.language)
    return _environment().get_template("page.md.j2").render(page=page, say=words.say).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    line = " ".join(clean_for_terminal(text).replace("\n", " ").replace("\t", " ").split(" "))
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line.strip(" ")))


def link(text: str, url: str) -> Markup:
    """Return a link, or both as text where the address is not one of the web."""
    address = web_address(url)
    if address is None:
        return Markup(" ".join(part for part in (escaped(text), escaped(url)) if part))
    return Markup(f"[{escaped(text)}](<{address}>)")


def _final(value: object) -> object:
    return value if isinstance(value, Markup) else escaped(str(value))


@cache
def _environment() -> Environment:
    loader = PackageLoader("eligibility.report")
    # Not HTML: `_final` escapes what Markdown gives a meaning, and every value passes through it.
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["link"] = link
    return environment
