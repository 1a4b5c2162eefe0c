"""How tables were read, in words: encoding and what spoke for it, delimiter, the line of column names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eligibility.cli.wording import plural, say

if TYPE_CHECKING:
    from eligibility.batch.request import Dialect


def dialect_text(dialect: "Dialect") -> str:
    """Return a dialect as a list of what was found or given, such as `CSV, utf-8, delimiter ;`."""
    parts = [dialect.format.upper()]
    if dialect.encoding:
        why = _why(dialect.why)
        parts.append(say("{encoding} ({why})", encoding=dialect.encoding, why=why) if why else dialect.encoding)
    if dialect.sheet is not None:
        parts.append(say("sheet {name}", name=dialect.sheet))
    if dialect.delimiter:
        sign = "TAB" if dialect.delimiter == "\t" else dialect.delimiter
        parts.append(say("delimiter {sign}", sign=sign))
    if dialect.quote and dialect.quote != '"':
        parts.append(say("quotation mark {sign}", sign=dialect.quote))
    if dialect.header_line and dialect.header_line > 1:
        parts.append(say("column names in line {line}", line=str(dialect.header_line)))
    if dialect.skipped:
        parts.append(plural("{n} line above them skipped", "{n} lines above them skipped", dialect.skipped))
    return ", ".join(parts)


def _why(why: str | None) -> str:
    """Return what spoke for an encoding; nothing where it is what everyone expects."""
    reasons = {
        "forced": say("as told"),
        "mark": say("it is marked so"),
        "mostly": say("but for damaged lines"),
        "names": say("its column names are known"),
        "text": say("its text shows it"),
        "locale": say("as usual in your country"),
    }
    return reasons.get(why or "", "")


def dialect_lines(dialects: Sequence[tuple[str, "Dialect"]]) -> list[str]:
    """Return for each input how it was read; inputs that were read alike share a line."""
    if len({dialect for _, dialect in dialects}) == 1:
        return [say("read as {dialect}", dialect=dialect_text(dialects[0][1]))]
    return [say("{name}: read as {dialect}", name=name, dialect=dialect_text(dialect)) for name, dialect in dialects]


def dialect_dict(dialect: "Dialect") -> dict[str, object]:
    """Return a dialect as plain data."""
    return {
        "format": dialect.format,
        "encoding": dialect.encoding,
        "encoding_because": dialect.why,
        "sheet": dialect.sheet,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "header_line": dialect.header_line,
        "lines_skipped": dialect.skipped,
    }
