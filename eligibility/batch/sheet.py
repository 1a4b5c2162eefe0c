"""The XML of a sheet, read as a stream: only cells that are there cost anything, however far out they stand.

Not by openpyxl, which the tests compare with: it gives an empty cell for a formula that was never computed, so that a
figure would go missing without a word, and takes four times as long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

MOST_COLUMNS = 10_000
LONGEST_CELL = 1 << 20
"""Letters of one cell; Excel itself takes 32,767."""
_SIZE = 1 << 16


class BadSheet(Exception):
    """XML that is not that of a sheet, or more than is read."""


@dataclass(slots=True)
class SheetCell:
    """One cell as stored: column from 0, `kind` (`n` number, `s` shared text, `b` truth …), style, value, formula."""

    column: int
    kind: str
    style: int
    value: str | None
    formula: str | None


@dataclass(slots=True)
class SheetRow:
    """One row that has cells, by the number that Excel shows beside it."""

    number: int
    cells: list[SheetCell] = field(default_factory=list)


def read_rows(stream: IO[bytes]) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that have any cell with a value or formula.

    Raises:
        BadSheet: damaged XML, a cell in a column or of a length that is not read.
    """
    reader = _Reader()
    try:
        while data := stream.read(_SIZE):
            reader.parser.Parse(data)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadSheet(f"its XML is damaged on line {error.lineno}: {expat.ErrorString(error.code)}") from None
    yield from reader.taken()


def read_texts(stream: IO[bytes]) -> list[str]:
    """Return the shared texts of a workbook.

    Raises:
        BadSheet: damaged XML.
    """
    reader = _TextReader()
    try:
        while data := stream.read(_SIZE):
            reader.parser.Parse(data)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadSheet(f"its XML is damaged on line {error.lineno}: {expat.ErrorString(error.code)}") from None
    return reader.texts


class _Names(dict[str, str]):
    """Names of elements without their namespace, which differs between the two kinds of XLSX."""

    def __missing__(self, name: str) -> str:
        short = name.rpartition(" ")[2]
        self[name] = short
        return short


class _TextReader:
    """Collects texts; what stands in `rPh` tells only how to pronounce them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._names = _Names()
        self._parts: list[str] = []
        self._open = False
        self._spoken = False

    def _start(self, name: str, _: object) -> None:
        short = self._names[name]
        if short == "si":
            self._parts = []
        elif short == "t":
            self._open = not self._spoken
        elif short == "rPh":
            self._spoken = True

    def _end(self, name: str) -> None:
        short = self._names[name]
        if short == "si":
            self.texts.append("".join(self._parts))
        elif short == "t":
            self._open = False
        elif short == "rPh":
            self._spoken = False

    def _data(self, text: str) -> None:
        if self._open:
            self._parts.append(text)


class _Reader:
    """Collects rows."""

    def __init__(self) -> None:
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._names = _Names()
        self._columns: dict[str, int] = {}
        self._rows: list[SheetRow] = []
        self._row = SheetRow(0)
        self._next = 0
        self._cell = SheetCell(0, "n", 0, None, None)
        self._parts: list[str] = []
        self._length = 0
        self._open = False
        self._spoken = False

    def taken(self) -> list[SheetRow]:
        """Return the rows that are complete, once."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._names[name]
        if short == "c":
            place = attributes.get("r")
            column = self._next if place is None else self._column(place)
            self._next = column + 1
            style = attributes.get("s", "0")
            self._cell = SheetCell(column, attributes.get("t", "n"), int(style) if style.isdigit() else 0, None, None)
            self._parts = []
            self._length = 0
        elif short in ("v", "t", "f"):
            self._open = not self._spoken
        elif short == "row":
            number = attributes.get("r", "")
            self._row = SheetRow(int(number) if number.isdigit() else self._row.number + 1)
            self._next = 0
        elif short == "rPh":
            self._spoken = True

    def _end(self, name: str) -> None:
        short = self._names[name]
        if short == "v":
            self._cell.value = "".join(self._parts)
            self._open, self._parts = False, []
        elif short == "t":
            self._open = False
        elif short == "f":
            self._cell.formula = "=" + "".join(self._parts)
            self._open, self._parts = False, []
        elif short == "c":
            self._keep()
        elif short == "row" and self._row.cells:
            self._rows.append(self._row)
        elif short == "rPh":
            self._spoken = False

    def _keep(self) -> None:
        cell = self._cell
        if cell.kind == "inlineStr":
            cell.value = "".join(self._parts)
        # A formula whose result is an empty text shows nothing, and stands in rows that wait to be filled in.
        if not cell.value and (cell.formula is None or cell.kind == "str"):
            return
        if cell.column >= MOST_COLUMNS:
            raise BadSheet(
                f"row {self._row.number:,} has a cell in column {cell.column + 1:,}; {MOST_COLUMNS:,} are read"
            )
        self._row.cells.append(cell)

    def _data(self, text: str) -> None:
        if self._open:
            self._parts.append(text)
            self._length += len(text)
            if self._length > LONGEST_CELL:
                raise BadSheet(f"row {self._row.number:,} has a cell of more than {LONGEST_CELL:,} letters")

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise BadSheet(f"row {self._row.number:,} has a cell that calls itself `{place[:20]}`")
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - ord("A") + 1
            column -= 1
            self._columns[letters] = column
        return column


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    return parser


def column_letters(column: int) -> str:
    """Return what Excel calls a column (from 0): `A`, `Z`, `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
