"""Sheets of Excel workbooks as blocks of text cells."""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.mapping import folded
from eligibility.batch.package import UNPACKING, open_package
from eligibility.batch.rejects import Reject
from eligibility.batch.request import BatchRequest
from eligibility.batch.sheet import BadSheet, SheetCell, SheetRow, column_letters, read_rows
from eligibility.batch.workbook_cells import CellTexts
from eligibility.batch.workbook_parts import Sheet, read_parts
from eligibility.language.linking import nearest
from eligibility.values.problem import AnswerError, Place, Problem

ROWS = 20_000
HEADER_ROWS = 50
"""The header stands in one of these rows: the first that has the most known names."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its row, column -> name, and how many of the names are known."""

    row: int
    names: Mapping[int, str]
    known: int


def visible_sheets(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets that people see.

    Raises:
        AnswerError: no workbook, or a damaged one.
    """
    with open_package(path) as package:
        try:
            parts = read_parts(package)
        except BadSheet as error:
            raise _bad_workbook(str(path), error) from None
    return tuple(sheet.name for sheet in parts.sheets if sheet.visible)


class Workbook:
    """Reads one sheet of a workbook and is a context manager; `names` are its columns, `sheet` is what it is called.

    Numbers become the text that Excel shows of them at full precision, with a point, and are marked as numbers;
    percentages end in `%`, days are ISO dates. Cells that hold text stay as they are.
    """

    def __init__(self, path: Path, request: BatchRequest, known: Container[str], rows: int = ROWS) -> None:
        self._name = str(path)
        self._stack = ExitStack()
        self._count = rows
        self._known = known
        self._keep_bad = request.on_bad_value == "unknown"
        self._package = self._stack.enter_context(open_package(path))
        try:
            self._parts = read_parts(self._package)
            self._texts = CellTexts(self._parts)
            sheet, self._header = self._chosen(request.sheet)
            self._stream: IO[bytes] = self._stack.enter_context(self._package.open(sheet.part))
        except BadSheet as error:
            self._stack.close()
            raise self._bad(error) from None
        except BaseException:
            self._stack.close()
            raise
        self.sheet = sheet.name
        self.header_row = self._header.row
        self._size = self._package.getinfo(sheet.part).file_size
        self.names = tuple(self._header.names.values())
        carried = {folded(column) for column, fact in request.mapping.items() if not fact}
        self._facts = {
            column for column, name in self._header.names.items() if name in self._known and folded(name) not in carried
        }

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def share(self) -> float:
        """Return the share of the sheet that has been read."""
        return min(self._stream.tell() / self._size, 1.0) if self._size else 0.0

    def blocks(self) -> Iterator[Block]:
        """Yield the rows in order.

        Raises:
            AnswerError: the sheet is damaged.
        """
        rows = (row for row in self._rows(self._stream) if row.number > self._header.row)
        first = 1
        while found := list(islice(rows, self._count)):
            yield self._block(found, first)
            first += len(found)

    def _rows(self, stream: IO[bytes]) -> Iterator[SheetRow]:
        try:
            yield from read_rows(stream)
        except BadSheet as error:
            raise self._bad(error) from None
        except UNPACKING as error:
            raise self._bad(BadSheet(f"a part cannot be unpacked: {error}")) from None

    def _bad(self, error: BadSheet) -> AnswerError:
        return _bad_workbook(self._name, error)

    def _block(self, found: Sequence[SheetRow], first: int) -> Block:
        places = {column: index for index, column in enumerate(self._header.names)}
        cells: list[list[str | None]] = []
        rows: list[int] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        pointed: dict[str, list[int]] = {}
        for number, row in enumerate(found, start=first):
            texts: list[str | None] = [None] * len(places)
            reject = None
            own: list[str] = []
            for cell in row.cells:
                text, problem = self._read(cell)
                if cell.column in places:
                    texts[places[cell.column]] = text
                    if text is not None and self._texts.is_pointed(cell, text):
                        own.append(self._header.names[cell.column])
                elif text is not None:
                    message = f"the cell {column_letters(cell.column)}{row.number} stands under no column name"
                    problem = ("cell-without-column", message)
                if problem is not None and reject is None:
                    column = self._header.names.get(cell.column, "")
                    reject = Reject(number, row.number, column, *problem, text or "")
            if reject is None:
                for name in own:
                    pointed.setdefault(name, []).append(len(cells))
                cells.append(texts)
                rows.append(number)
                lines.append(row.number)
            else:
                rejects.append(reject)
        frame = pl.DataFrame(cells, schema=dict.fromkeys(self.names, pl.String), orient="row")
        index = pl.int_range(frame.height, eager=True)
        numbers = {name: index.is_in(at) for name, at in pointed.items()}
        return Block(frame, rows, lines, tuple(rejects), len(found), numbers=numbers)

    def _read(self, cell: SheetCell) -> tuple[str | None, tuple[str, str] | None]:
        """Return the text of a cell and, in a column of facts, what makes it unfit for any."""
        try:
            text = self._texts.text(cell)
        except BadSheet as error:
            raise self._bad(error) from None
        used = cell.column in self._facts
        problem = None
        if text is None and cell.formula is not None:
            # Who made the file never computed it: the formula itself is all that there is to carry along.
            text = cell.formula
            problem = ("formula-without-result", "the formula has no result: open the file in Excel and save it")
        elif cell.kind == "e":
            problem = ("error-value", f"the cell shows the error {text}")
        return text, problem if used and not self._keep_bad else None

    def _chosen(self, wanted: str | None) -> tuple[Sheet, Header]:
        """Find the sheet and its header."""
        if wanted is not None:
            sheet = self._named(wanted)
            header = self._header_of(sheet)
            if header is None:
                raise self._refused("empty-table", f"the sheet `{sheet.name}` is empty", "it needs a row of names")
            return sheet, self._checked(header)
        seen = [(sheet, self._header_of(sheet)) for sheet in self._parts.sheets if sheet.visible]
        found = [(sheet, header) for sheet, header in seen if header is not None]
        if not found:
            raise self._refused(
                "empty-table", "the workbook has no visible sheet with cells", "it needs a row of names"
            )
        most = max(header.known for _, header in found)
        best = [(sheet, header) for sheet, header in found if header.known == most]
        if len(best) > 1:
            names = _listed([sheet.name for sheet, _ in best])
            raise self._refused("several-sheets", f"several sheets may be meant: {names}", "name one with --sheet")
        return best[0][0], self._checked(best[0][1])

    def _named(self, wanted: str) -> Sheet:
        sheets = self._parts.sheets
        visible = [sheet for sheet in sheets if sheet.visible]
        for fits in (lambda name: name == wanted, lambda name: folded(name) == folded(wanted)):
            found = [sheet for sheet in sheets if fits(sheet.name)]
            if len(found) == 1:
                return found[0]
        if wanted.isdecimal() and 1 <= int(wanted) <= len(visible):
            return visible[int(wanted) - 1]
        names = [sheet.name for sheet in sheets]
        hint = nearest(wanted, names) or f"it has {_listed(names)}"
        raise self._refused("unknown-sheet", f"there is no sheet `{wanted}`", hint)

    def _header_of(self, sheet: Sheet) -> Header | None:
        best: Header | None = None
        with self._package.open(sheet.part) as stream:
            for row in self._rows(stream):
                if best is not None and row.number > HEADER_ROWS:
                    break
                texts = ((cell.column, self._texts.text(cell)) for cell in row.cells)
                # A name may be broken into lines to keep its column narrow.
                names = {column: " ".join(text.split()) for column, text in texts if text and text.strip()}
                known = sum(name in self._known for name in names.values())
                if names and (best is None or known > best.known):
                    best = Header(row.number, names, known)
        return best

    def _checked(self, header: Header) -> Header:
        """Refuse a header with a name that stands twice or cannot be shown."""
        place = Place(self._name, header.row, 1)
        problems = []
        seen: set[str] = set()
        for column, name in header.names.items():
            if name in seen:
                message = f"two columns are called `{name}`"
                problems.append(Problem("duplicate-column-name", message, place, "rename one of them"))
            elif any(not letter.isprintable() for letter in name):
                message = f"the name of column {column_letters(column)} has a character that cannot be shown"
                problems.append(Problem("bad-column-name", message, place, "write it anew"))
            seen.add(name)
        if problems:
            raise AnswerError(*problems)
        return header

    def _refused(self, code: str, message: str, hint: str) -> AnswerError:
        return AnswerError(Problem(code, message, Place(self._name), hint))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:5]) + (" …" if len(names) > 5 else "")


def _bad_workbook(name: str, error: BadSheet) -> AnswerError:
    hint = "open it in Excel and save it anew, or as CSV UTF-8"
    return AnswerError(Problem("bad-workbook", f"the workbook cannot be read: {error}", Place(name), hint))
