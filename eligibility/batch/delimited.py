"""Delimited text as blocks: Polars reads what is in perfect order, all else is read record by record."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.exact import LONGEST_CELL, Records, read_records
from eligibility.batch.header import Header
from eligibility.batch.text import Text, has_undecodable
from eligibility.values.problem import AnswerError, Place, Problem

BLOCK_BYTES = 64 << 20
"""The most that is read at once."""
BLOCK_ROWS = 40_000
"""Rows of a block, as far as their bytes allow: below, what each block costs by itself shows; above, memory does."""
_LEAST_BYTES = 4 << 20
LONGEST_RECORD = 64 << 20
_QUOTED = "{0}[^{0}]*{0}"


@dataclass(slots=True)
class _Position:
    """Where the next record begins."""

    row: int
    line: int


class Delimited:
    """Reads a delimited table block by block; memory stays within a few blocks."""

    def __init__(self, text: Text, start: bytes, header: Header, size: int = BLOCK_BYTES) -> None:
        self._text = text
        self._start = start[header.length :]
        self._header = header
        self._schema = dict.fromkeys(header.names, pl.String)
        self._size = size = _block_bytes(self._start, size)
        self._reach = size * 2
        self._least = max(size // 64, 1)
        self._at = _Position(1, header.lines + 1)
        self._quote = header.quote
        self._grammar = _grammar(header.delimiter, header.quote)

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order.

        Raises:
            AnswerError: a text of several encodings, a record without end.
        """
        buffer, self._start = self._start, b""
        at_end = False
        while not at_end:
            self._text.line = self._at.line + buffer.count(b"\n")
            data = self._text.read(max(self._size - len(buffer), self._size // 4))
            at_end = not data
            buffer = (buffer + data) if not at_end else _without_blank_end(buffer)
            used = len(buffer)
            while used and buffer:
                block, used = self._next(buffer, at_end)
                buffer = buffer[used:]
                if block is not None:
                    yield block
            if len(buffer) > LONGEST_RECORD:
                place = Place(self._text.name, self._at.line, 1)
                message = f"this record is longer than {LONGEST_RECORD >> 20} MB"
                raise AnswerError(Problem("too-long", message, place, "is this a table?"))

    def _next(self, buffer: bytes, at_end: bool) -> tuple[Block | None, int]:
        """Read some records quickly; around one that is out of order ever fewer, so that few are read one by one."""
        quote = self._quote.encode()
        reach = min(self._reach, len(buffer))
        while True:
            if reach < len(buffer):
                part = buffer[: _last_break(buffer[:reach], quote)]
            elif at_end:
                part = buffer if buffer.endswith(b"\n") else buffer + b"\n"
            else:
                part = buffer[: _last_break(buffer, quote)]
                if not part and len(buffer) < self._size:
                    # The beginning of a record: more must be read first.
                    return None, 0
            block = self._quick(part) if part else None
            if block is not None:
                self._reach = max(self._least, min(reach, self._size) * 2)
                return block, len(part)
            if reach <= self._least:
                break
            reach = max(reach // 4, self._least)
        self._reach = self._least
        # A record may be longer than the few bytes: then more are needed to see where it ends.
        for size in (self._least, self._least * 8):
            if size < len(buffer):
                block, used = self._exact(buffer[:size], False)
                if used:
                    return block, used
        return self._exact(buffer, at_end)

    def _quick(self, part: bytes) -> Block | None:
        if self._text.damaged and has_undecodable(part):
            return None
        block = self._fast(part)
        if block is not None:
            self._advance(block.read, part.count(b"\n"))
        return block

    def _advance(self, rows: int, lines: int) -> None:
        self._at = _Position(self._at.row + rows, self._at.line + lines)

    def _fast(self, part: bytes) -> Block | None:
        """Read a part that ends with a record, or return `None` if anything about it is out of order."""
        if b"\0" in part or part.startswith(codecs.BOM_UTF8) or _has_long_line(part):
            return None
        quote = self._quote
        bare = _without_quoted(part, self._grammar, quote) if quote.encode() in part else part
        if bare is None:
            return None
        if len(self._schema) == 1 and (bare.startswith((b"\n", b"\r")) or b"\n\n" in bare or b"\n\r" in bare):
            return None
        returns = bare.count(b"\r")
        if returns and returns != bare.count(b"\r\n"):
            return None
        breaks = part.count(b"\n")
        records = breaks if bare is part else bare.count(b"\n")
        try:
            cells = pl.read_csv(
                part, has_header=False, schema=self._schema, separator=self._header.delimiter, quote_char=quote
            )
        except pl.exceptions.PolarsError:
            return None
        if cells.height != records or self._lacks_cells(bare, part, cells, records, returns):
            return None
        lines: int | list[int] = self._at.line
        if breaks != records:
            if cells.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item() > LONGEST_CELL:
                return None
            lines = _begins(cells, self._at.line)
        return Block(cells, self._at.row, lines, (), records)

    def _lacks_cells(self, bare: bytes, part: bytes, cells: pl.DataFrame, records: int, returns: int) -> bool:
        """Tell whether some record was too short: the library fills it up silently, but its delimiters are missing."""
        delimiters = records * (len(self._schema) - 1)
        if bare is not part:
            return bare.count(self._header.delimiter.encode()) != delimiters
        # Without quoting, what is no cell is a delimiter or a line end; adding up lengths is far cheaper than counting.
        lengths = cells.select(pl.all().str.len_bytes().sum().cast(pl.Int64)).sum_horizontal().item()
        return bool(lengths + delimiters + records + returns != len(part))

    def _exact(self, buffer: bytes, at_end: bool) -> tuple[Block | None, int]:
        part = buffer if at_end else buffer[: buffer.rfind(b"\n") + 1]
        lines = part.decode("utf-8", "surrogatepass").split("\n")
        if lines[-1] == "":
            lines.pop()
        width, at = len(self._header.names), self._at
        found = read_records(lines, self._header.delimiter, width, at.row, at.line, at_end, self._quote)
        used = sum(len(line.encode("utf-8", "surrogatepass")) + 1 for line in lines[: found.used])
        self._advance(found.read, found.used)
        return (self._block(found) if found.read else None), used

    def _block(self, found: Records) -> Block:
        columns = zip(*found.cells, strict=True) if found.cells else ([] for _ in self._schema)
        cells = pl.DataFrame(
            [pl.Series(name, list(column), dtype=pl.String) for name, column in zip(self._schema, columns, strict=True)]
        )
        return Block(cells, found.rows, found.lines, tuple(found.rejects), found.read)


def _block_bytes(sample: bytes, most: int) -> int:
    """Return how many bytes have about as many rows as a block should have, by the first rows."""
    lines = sample.count(b"\n")
    wanted = len(sample) // lines * BLOCK_ROWS if lines else most
    return min(most, max(_LEAST_BYTES, wanted))


def _has_long_line(part: bytes) -> bool:
    """Tell whether some line may be longer than a cell can be; of short ones most of the text is never looked at."""
    step = LONGEST_CELL // 2
    return any(part.find(b"\n", at, at + step) < 0 for at in range(0, len(part) - step + 1, step))


def _without_quoted(part: bytes, grammar: str, quote: str) -> bytes | None:
    """Return a part without its quoted cells, `None` if its quotation marks are out of order."""
    text = pl.Series([part]).cast(pl.String)
    if not text.str.contains(grammar).item():
        return None
    return str(text.str.replace_all(_QUOTED.format(_escaped(quote)), "").item()).encode()


def _without_blank_end(buffer: bytes) -> bytes:
    """Return the end of a table without the blank lines behind its last record."""
    end = len(buffer)
    while buffer.endswith((b"\n\n", b"\n\r\n"), 0, end):
        end -= 1 if buffer.endswith(b"\n\n", 0, end) else 2
    return buffer[:end]


def _last_break(buffer: bytes, quote: bytes) -> int:
    """Return the position behind the last line end outside quotation marks, 0 if none is found soon."""
    end = buffer.rfind(b"\n")
    quotes = buffer.count(quote, 0, end + 1)
    for _ in range(1_000):
        if end < 0 or quotes % 2 == 0:
            break
        before = buffer.rfind(b"\n", 0, end)
        quotes -= buffer.count(quote, before + 1, end + 1)
        end = before
    else:
        return 0
    return end + 1


def _grammar(delimiter: str, quote: str) -> str:
    """Return the pattern of records in perfect order: quotation marks stand around whole cells or doubled inside."""
    mark, sign = _escaped(delimiter), _escaped(quote)
    cell = rf"(?:[^{sign}{mark}\r\n]*|{sign}(?:[^{sign}]|{sign}{sign})*{sign})"
    return rf"\A(?:{cell}(?:[{mark}]{cell})*\r?\n)+\z"


def _escaped(sign: str) -> str:
    return {"\t": r"\t"}.get(sign, sign if sign.isalnum() or not sign.isprintable() else rf"\{sign}")


def _begins(cells: pl.DataFrame, first: int) -> list[int]:
    """Return the line on which each record begins, where cells hold line ends."""
    inner = pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True).fill_null(0))
    taken = cells.select(inner.cast(pl.Int64) + 1).to_series()
    return (taken.cum_sum() - taken + first).to_list()
