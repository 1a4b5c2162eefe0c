"""`eligibility batch --report`: what the verdicts of all rows say together, as an HTML file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.output import STANDARD
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, plural, say

if TYPE_CHECKING:
    from eligibility.batch.request import BatchSummary, ReportTo
    from eligibility.rulebook.rulebook import Rulebook

_ENDINGS = (".html", ".htm")


def check_report(report: str | None) -> None:
    """Refuse a report that is no HTML file.

    Raises:
        Misuse: standard output, or another ending.
    """
    if report == STANDARD:
        message = say("the report is a file of its own and cannot go to standard output")
        raise misuse("report", message, say("name a file that ends in .html"))
    if report is not None and Path(report).suffix.lower() not in _ENDINGS:
        message = say("the report is HTML, and its file is {file}", file=report)
        raise misuse("report", message, say("name a file that ends in .html"))


def report_to(report: str | None, rulebook: "Rulebook", tables: Sequence[str]) -> "ReportTo | None":
    """Return where the report on some tables goes and how it is made, in the language of this run."""
    if report is None:
        return None
    from eligibility.batch.request import ReportTo

    def document(summary: "BatchSummary") -> str:
        from eligibility.report.portfolio import portfolio_html
        from eligibility.report.portfolio_words import TableRead

        assert summary.portfolio is not None
        table = TableRead(_name(tables), summary.columns, summary.carried, summary.id_column)
        return portfolio_html(summary.portfolio, rulebook, table, language())

    return ReportTo(Path(report), document)


def _name(tables: Sequence[str]) -> str:
    """Name tables without their directories, which are nobody's business but the user's."""
    first, *others = tables
    name = say("standard input") if first == STANDARD else Path(first).name
    return plural("{name} and {n} more", "{name} and {n} more", len(others), name=name) if others else name
