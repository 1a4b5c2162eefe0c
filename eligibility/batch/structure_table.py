"""An ownership structure from files: a document written by hand, or tables of enterprises and of holdings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from eligibility.batch.input import Input, kind_of
from eligibility.batch.request import BatchRequest
from eligibility.batch.text_table import Columns, Matched, match, rows_of
from eligibility.batch.workbook_in import visible_sheets
from eligibility.group.columns import FIGURE_COLUMNS, QUANTITIES, Table, folded, names_of
from eligibility.group.document import read_document_structure
from eligibility.group.reading import structure_of_texts
from eligibility.group.structure import Structure
from eligibility.group.text_rows import TextRows
from eligibility.values.problem import AnswerError, Place, Problem

DOCUMENTS = (".yaml", ".yml", ".json", "")
_NUMBERS = frozenset(("nr", "no", "lfdnr", "nummer", "번호", "연번"))
_OF_HOLDINGS = frozenset(("holder", "held", "share", "capital", "votes"))
_MOST_LISTED = 8
_NEEDED = {Table.ENTERPRISES: ("id",), Table.HOLDINGS: ("holder", "held")}
_HINT = "holdings have `holder` and `held`, enterprises `id` and what is known of them, such as `employees`"


def read_structure(
    paths: Sequence[Path], as_of: date, *, encoding: str | None = None, decimal: str | None = None
) -> Structure:
    """Read one document (YAML, JSON) or any number of tables as one structure; holdings as they are on the day.

    `encoding` and `decimal` (the decimal mark) hold for all tables and are found from each if left out.

    Raises:
        AnswerError: whatever is wrong with the files, each with its place.
        OSError: reading failed.
    """
    documents = [path for path in paths if path.suffix.lower() in DOCUMENTS]
    if documents and len(paths) > 1:
        message = "a structure written as a document is one file"
        hint = "give it alone, or write all as tables"
        raise AnswerError(Problem("several-documents", message, Place(str(documents[0])), hint))
    if documents:
        return read_document_structure(str(documents[0]), documents[0].read_bytes(), as_of)
    found: dict[Table, list[TextRows]] = {Table.ENTERPRISES: [], Table.HOLDINGS: []}
    problems: list[Problem] = []
    for index, path in enumerate(paths):
        if any(path.samefile(other) for other in paths[:index]):
            problems.append(
                Problem("same-file", "this file is given twice", Place(str(path)), "its rows would count twice")
            )
            continue
        try:
            problems.extend(_read_file(path, found, encoding, decimal))
        except AnswerError as error:
            problems.extend(error.problems)
    return structure_of_texts(found[Table.ENTERPRISES], found[Table.HOLDINGS], as_of, problems=problems)


def columns_of_table(table: Table) -> Columns:
    """Return the columns of enterprises or holdings, by all their names."""
    return Columns(names_of(table), QUANTITIES[table])


class _Known:
    """The names of columns of either table."""

    def __init__(self) -> None:
        self._tables = [columns_of_table(table) for table in Table]

    def __contains__(self, name: object) -> bool:
        return any(name in columns for columns in self._tables)


def _read_file(
    path: Path, found: dict[Table, list[TextRows]], encoding: str | None, decimal: str | None
) -> list[Problem]:
    """Add the tables of one file to those found; of a workbook every sheet that is such a table."""
    if kind_of(path) != "xlsx":
        return _read_table(path, None, found, encoding, decimal)
    problems: list[Problem] = []
    refused: list[Problem] = []
    sheets = visible_sheets(path)
    for sheet in sheets:
        try:
            problems.extend(_read_table(path, sheet, found, encoding, decimal))
        except AnswerError as error:
            told = [replace(one, message=f"sheet `{sheet}`: {one.message}") for one in error.problems]
            # Notes and blank sheets stand beside the tables.
            if error.problems[0].code not in ("empty-table", "unknown-table"):
                raise AnswerError(*told) from None
            refused.extend(told)
    if len(refused) == len(sheets):
        raise AnswerError(*refused)
    return problems


def _read_table(
    path: Path, sheet: str | None, found: dict[Table, list[TextRows]], encoding: str | None, decimal: str | None
) -> list[Problem]:
    request = BatchRequest(path, sheet=sheet, encoding=encoding, decimal=decimal)
    with Input(path, request, _Known()) as table:
        place = Place(table.name, table.dialect.header_line or 1, 1)
        kind = _kind(list(table.schema), place)
        columns = columns_of_table(kind)
        matched = match(columns, list(table.schema), place)
        if kind is Table.ENTERPRISES:
            matched = _identified(matched, list(table.schema))
        rows, problems = rows_of(table, columns, matched, decimal)
    found[kind].append(rows)
    return problems


def _kind(header: Sequence[str], place: Place) -> Table:
    """Tell by its columns which table this is."""
    told = {
        table: {one[0] for name in header if (one := columns_of_table(table).found(name)) is not None}
        for table in Table
    }
    lacking = {table: [name for name in _NEEDED[table] if name not in told[table]] for table in Table}
    firm = told[Table.ENTERPRISES]
    is_firms = not lacking[Table.ENTERPRISES] and len(firm) > 1
    if not lacking[Table.HOLDINGS]:
        if is_firms and firm & set(FIGURE_COLUMNS):
            figure = next(name for name in FIGURE_COLUMNS if name in firm)
            message = f"this table has `holder` and `held` like holdings, and `id` and `{figure}` like enterprises"
            raise AnswerError(Problem("two-tables", message, place, "write them as two tables"))
        return Table.HOLDINGS
    stands_in = "name" in firm or any(folded(name) in _NUMBERS for name in header)
    if is_firms or (stands_in and firm & set(FIGURE_COLUMNS)):
        return Table.ENTERPRISES
    missing = " and ".join(f"`{name}`" for name in lacking[Table.HOLDINGS])
    shown = ", ".join(f"`{name}`" for name in header[:_MOST_LISTED]) + (", …" if len(header) > _MOST_LISTED else "")
    if len(told[Table.HOLDINGS] & _OF_HOLDINGS) > 1:
        # Passed over as a sheet of notes, it would leave a firm without the group that it has.
        message = f"this looks like a table of holdings, in which {missing} is missing"
        raise AnswerError(Problem("no-ends", message, place, f"rename the column that holds it; here are {shown}"))
    others = "`id`" if lacking[Table.ENTERPRISES] else "all but `id`"
    message = f"this is neither a table of holdings ({missing} missing) nor one of enterprises ({others} missing)"
    raise AnswerError(Problem("unknown-table", message, place, f"{_HINT}; here are {shown}"))


def _identified(matched: Matched, header: Sequence[str]) -> Matched:
    """Let a table without ids have those of a column that numbers its rows, else the names of its enterprises."""
    if "id" in matched.names:
        return matched
    number = next((name for name in header if folded(name) in _NUMBERS), None)
    names = {column: name for column, name in matched.names.items() if number is not None or column != "name"}
    return replace(matched, names={**names, "id": matched.names["name"] if number is None else number})
