"""A page as Markdown: what comes from answers and rule files is escaped, so that it stays text."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.assessment import assessment_page
from eligibility.report.escaping import escaped, link
from eligibility.report.page import Group, Page
from eligibility.words import Words


def markdown_report(
    assessed: Assessed, language: str, sheet: tuple[Group, ...] = (), advice: Advice | None = None, name: str = ""
) -> str:
    """Return the report on one profile as CommonMark with tables; it ends with a line feed."""
    return page_markdown(assessment_page(assessed, language, sheet, advice, name=name))


def page_markdown(page: Page) -> str:
    """Return a page as CommonMark."""
    words = Words(page.language)
    return _environment().get_template("page.md.j2").render(page=page, say=words.say).rstrip("\n") + "\n"


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
