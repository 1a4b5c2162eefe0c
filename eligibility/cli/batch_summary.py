"""What a batch run did, for people: counts, how the table was read, verdicts by programme, where to look further."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.columns import told_columns
from eligibility.cli.dialects import dialect_lines
from eligibility.cli.help import cells
from eligibility.cli.wording import number, plural, say

if TYPE_CHECKING:
    from eligibility.batch.request import BatchRequest, BatchSummary, Found

_MOST_NAMED = 5
_MOST_LINES = 20
_POSSIBLE = ("eligible", "likely", "undetermined")


def summary_text(summary: "BatchSummary", request: "BatchRequest") -> str:
    """Return the summary of a run, without a line end."""
    lines = [_counts(summary)]
    lines.extend(dialect_lines(summary.dialects))
    lines.append(_columns(summary))
    if summary.found is not None:
        lines.append(_found(summary.found))
    lines.extend(told_columns(summary.decisions, summary.units, summary.left_out, summary.similar))
    for code, count in sorted(summary.rejects.items(), key=lambda entry: -entry[1]):
        lines.append("  " + say("rejected for {code}: {count}", code=code, count=number(count)))
    for column, count in summary.made_unknown.items():
        lines.append("  " + say("taken as unknown in {column}: {count}", column=column, count=number(count)))
    if summary.rows_rejected and summary.rejects_path is not None:
        lines.append("  " + say("the rejected rows are in {file}", file=str(summary.rejects_path)))
    if request.report is not None:
        lines.append("  " + say("the report on all rows is in {file}", file=str(request.report.path)))
    if summary.rows_assessed:
        lines.extend(_verdicts(summary.verdicts))
    further = list(_further(summary, request))
    if further:
        lines += ["", say("To look further:"), *(f"  {line}" for line in further)]
    return "\n".join(lines)


def _counts(summary: "BatchSummary") -> str:
    read = plural("{n} row read", "{n} rows read", summary.rows_read)
    assessed = plural("{n} assessed", "{n} assessed", summary.rows_assessed)
    rejected = plural("{n} rejected", "{n} rejected", summary.rows_rejected)
    return say("{read}: {assessed}, {rejected}", read=read, assessed=assessed, rejected=rejected)


def _columns(summary: "BatchSummary") -> str:
    used = plural("{n} column used", "{n} columns used", len(summary.columns))
    carried = [name for name in summary.carried if name != summary.id_column]
    if not carried:
        return used
    names = ", ".join(carried[:_MOST_NAMED]) + (" …" if len(carried) > _MOST_NAMED else "")
    count = plural("{n} only carried along", "{n} only carried along", len(carried))
    return say("{used}, {carried}: {names}", used=used, carried=count, names=names)


def _found(found: "Found") -> str:
    return say(
        "rows found in the ownership structure: {found}, not found: {others}; firms that it has: {firms}",
        found=number(found.rows),
        others=number(found.others),
        firms=number(found.firms),
    )


def _verdicts(verdicts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Lay out the programmes that any row may get; the others are only counted."""
    shown = {programme: counts for programme, counts in verdicts.items() if any(counts[key] for key in _POSSIBLE)}
    settled = {programme: counts for programme, counts in shown.items() if not _all_open(counts)}
    all_open = len(shown) - len(settled)
    # A long list of programmes of which every row says the same hides the others.
    if all_open and len(shown) > _MOST_LINES:
        shown = settled
    else:
        all_open = 0
    if shown:
        names = (say("eligible"), say("likely"), say("undetermined"), say("not eligible"))
        rows = [("", *names), *((programme, *map(_cell, counts.values())) for programme, counts in shown.items())]
        widths = [max(cells(row[index]) for row in rows) for index in range(len(rows[0]))]
        yield ""
        for row in rows:
            first = row[0] + " " * (widths[0] - cells(row[0]))
            rest = (" " * (width - cells(text)) + text for text, width in zip(row[1:], widths[1:], strict=True))
            yield "  " + "  ".join((first, *rest))
    if all_open:
        yield "  " + plural(
            "undetermined for every row: {n} programme", "undetermined for every row: {n} programmes", all_open
        )
    others = sum(not any(counts[key] for key in _POSSIBLE) for counts in verdicts.values())
    if others:
        yield "  " + plural(
            "not eligible for any row: {n} programme", "not eligible for any row: {n} programmes", others
        )


def _all_open(counts: Mapping[str, int]) -> bool:
    return not any(count for verdict, count in counts.items() if verdict != "undetermined")


def _cell(count: int) -> str:
    return number(count) if count else "-"


def _further(summary: "BatchSummary", request: "BatchRequest") -> Iterator[str]:
    """Name the commands that answer what one asks next: why not, what for, how was it read."""
    table = " ".join(shlex.quote(str(source)) for source in request.sources if isinstance(source, Path))
    if summary.rows_rejected and table:
        yield say("how the cells are read: {command}", command=f"eligibility inspect {table}")
    workbook = isinstance(request.output, Path) and request.output.suffix.lower() == ".xlsx"
    if summary.rows_assessed and table and request.layout == "wide" and not workbook:
        command = f"eligibility batch {table} --layout long"
        yield say("the reasons for each verdict: {command}", command=f"{command} -o FILE")
    # The surest one first: that is what one reads about next.
    sure = (programme for verdict in _POSSIBLE for programme, counts in summary.verdicts.items() if counts[verdict])
    programme = next(sure, None)
    if programme is not None:
        yield say("what a programme asks for: {command}", command=f"eligibility programmes {programme}")
