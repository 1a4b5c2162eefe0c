"""What a comparison has to find, from two batch runs in the long layout: the plainest way to say what changes."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from eligibility.batch.compare import Compared, run_comparison
from eligibility.batch.request import BatchRequest
from eligibility.batch.run import run_batch
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.number import shortest

Line = dict[str, str]
Key = tuple[int, str]
BOTH = ("verdict", "window", "failed", "missing", "amount_min", "amount_max", "rate_min", "rate_max")
COLUMNS = (
    *("row", "id", "programme", "verdict_a", "verdict_b", "window_a", "window_b", "failed_a", "failed_b"),
    *("missing_a", "missing_b", "amount_min_a", "amount_max_a", "amount_min_b", "amount_max_b", "currency"),
    *("rate_min_a", "rate_max_a", "rate_min_b", "rate_max_b"),
)


def table_text(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """The answers as a table."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["company_id", *columns])
    for index, row in enumerate(rows):
        writer.writerow([f"c{index}", *(_cell(row.get(name)) for name in columns)])
    return stream.getvalue()


def _cell(answer: object) -> str:
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Fraction):
        return shortest(answer)
    if isinstance(answer, Interval):
        return "..".join("" if end is None else shortest(Fraction(end)) for end in (answer.low, answer.high))
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def compared(before: Rulebook, after: Rulebook, table: Path, **options: object) -> tuple[Compared, list[Line]]:
    """What a run says: its counts, and the lines that it writes."""
    output = table.with_name("changes.csv")
    found = run_comparison(before, after, BatchRequest(table, output, **options))  # type: ignore[arg-type]
    with output.open(encoding="utf-8", newline="") as stream:
        return found, list(csv.DictReader(stream))


def assessed(rulebook: Rulebook, table: Path, **options: object) -> dict[Key, Line]:
    """The verdicts of one rulebook by row and programme, in the order of the output."""
    output = table.with_name("long.csv")
    run_batch(rulebook, BatchRequest(table, output, layout="long", **options))  # type: ignore[arg-type]
    with output.open(encoding="utf-8", newline="") as stream:
        return {(int(line["row"]), line["programme"]): line for line in csv.DictReader(stream)}


def joined(before: Mapping[Key, Line], after: Mapping[Key, Line]) -> dict[Key, tuple[Line | None, Line | None]]:
    """The results of rows that both could read, side by side."""
    rows = {row for row, _ in before} & {row for row, _ in after}
    names = list(dict.fromkeys([*(name for _, name in before), *(name for _, name in after)]))
    return {(row, name): (before.get((row, name)), after.get((row, name))) for row in sorted(rows) for name in names}


def changes(both: Mapping[Key, tuple[Line | None, Line | None]]) -> list[Line]:
    """The lines that a comparison has to write."""
    return [_line(key, *pair) for key, pair in both.items() if differs(*pair)]


def differs(before: Line | None, after: Line | None) -> bool:
    """Whether anything changes for a company."""
    if before is None or after is None:
        only = before or after
        assert only is not None
        return only["verdict"] != "not_eligible"
    out_of_reach = before["verdict"] == after["verdict"] == "not_eligible"
    return _told(before) != _told(after) or (before["window"] != after["window"] and not out_of_reach)


def _told(line: Line) -> tuple[object, ...]:
    amounts = (line["amount_min"], line["amount_max"])
    return (
        line["verdict"],
        set(line["failed"].split(";")),
        set(line["missing"].split(";")),
        line["rate_min"],
        line["rate_max"],
        (*amounts, line["currency"]) if any(amounts) else None,
    )


def _line(key: Key, before: Line | None, after: Line | None) -> Line:
    told = {"row": str(key[0]), "id": (before or after or {})["id"], "programme": key[1]}
    for side, line in (("a", before), ("b", after)):
        told |= {f"{name}_{side}": "" if line is None else line[name] for name in BOTH}
    currencies = dict.fromkeys(line["currency"] for line in (before, after) if line is not None and line["currency"])
    told["currency"] = ";".join(currencies)
    return {name: told[name] for name in COLUMNS}


def mirrored(lines: Sequence[Line]) -> list[Line]:
    """Lines with both sides exchanged, by row and programme."""
    found = []
    for line in lines:
        turned = {
            name: line[f"{name[:-2]}_{'b' if name.endswith('_a') else 'a'}"] if name[-2:] in ("_a", "_b") else text
            for name, text in line.items()
        }
        turned["currency"] = ";".join(reversed(line["currency"].split(";")))
        found.append(turned)
    return by_key(found)


def by_key(lines: Sequence[Line]) -> list[Line]:
    """Lines by row and programme."""
    return sorted(lines, key=lambda line: (int(line["row"]), line["programme"]))
