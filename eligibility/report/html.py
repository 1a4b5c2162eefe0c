"""A page as one HTML file: no script, nothing loaded from elsewhere, links to the web alone."""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.assessment import assessment_page
from eligibility.report.clean import clean_for_terminal, web_address
from eligibility.report.page import Group, Page
from eligibility.words import Words

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
body { color: #222; background: #fff; }
h1 { font-size: 1.6rem; } h3 { font-size: 1.05rem; }
h2 { font-size: 1.25rem; border-bottom: 1px solid #999; margin-top: 2rem; }
code { background: #eee; padding: 0 0.3em; } dt { font-weight: 600; } dd { margin: 0 0 0.4rem 1rem; }
ul { margin: 0; padding-left: 1.2rem; } .note, footer { color: #555; font-size: 0.9rem; overflow-wrap: anywhere; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; }
th, td { min-width: 9.5rem; hyphens: auto; overflow-wrap: anywhere; }
tbody th { font-weight: 500; } thead th, tfoot th, tfoot td { font-weight: 600; }
thead th { overflow-wrap: normal; }
tfoot td, tfoot th { border-top: 2px solid #999; }
.number { min-width: 0; text-align: right; overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
@media screen { section { overflow-x: auto; } }
@media print { body { margin: 0; max-width: none; } article, tr, li { break-inside: avoid; } }
@media print { h2, h3, caption { break-after: avoid; } tfoot { display: table-row-group; } }
@media print { thead { display: table-header-group; } a { color: inherit; } }
@media screen and (prefers-color-scheme: dark) { body { color: #ddd; background: #1c1c1c; } code { background: #333; } }
@media screen and (prefers-color-scheme: dark) { a { color: #8ab4f8; } .note, footer { color: #aaa; } }
@page { size: A4; margin: 18mm; }
"""


def html_report(
    assessed: Assessed, language: str, sheet: tuple[Group, ...] = (), advice: Advice | None = None, name: str = ""
) -> str:
    """Return the report on one profile as an HTML document."""
    return page_html(assessment_page(assessed, language, sheet, advice, name=name))


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
