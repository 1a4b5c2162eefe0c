"""A page as one HTML file: no script, nothing loaded from elsewhere, links to the web alone."""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eligibility.engine.assessment import Assessed
from eligibility.report.assessment import assessment_page
from eligibility.report.clean import clean_for_terminal, web_address
from eligibility.report.page import Page
from eligibility.words import Words

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
body { color: #222; background: #fff; }
h1 { font-size: 1.6rem; } h3 { font-size: 1.05rem; }
h2 { font-size: 1.25rem; border-bottom: 1px solid #999; margin-top: 2rem; }
code { background: #eee; padding: 0 0.3em; } dt { font-weight: 600; } dd { margin: 0 0 0.4rem 1rem; }
ul { margin: 0; padding-left: 1.2rem; } .note, footer { color: #555; font-size: 0.9rem; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } article { break-inside: avoid; } }
"""


def html_report(assessed: Assessed, language: str) -> str:
    """Return the report on one profile as an HTML document."""
    return page_html(assessment_page(assessed, language))


def page_html(page: Page) -> str:
    """Return a page as an HTML document."""
    words = Words(page.language)
    template = _environment().get_template("page.html.j2")
    return template.render(page=page, say=words.say, style=Markup(_STYLE), policy=_policy()) + "\n"


def _policy() -> str:
    """Return a content security policy that admits the style above by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


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
    environment.filters["web_address"] = web_address
    return environment
