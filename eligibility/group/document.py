"""An ownership structure that was written by hand, as YAML or JSON: one map of enterprises and a list of holdings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from eligibility.group.columns import LISTS, Table, columns_of, folded, names_of
from eligibility.group.reading import structure_of_texts
from eligibility.group.structure import Kind, Structure
from eligibility.group.text_rows import TextRows
from eligibility.language.linking import nearest
from eligibility.rulebook.read_json import read_json_document
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.tree import Document, Entries, Leaf, Listing, Node, Position
from eligibility.values.problem import AnswerError, Place, Problem, RuleError

KEYS = ("subject", "enterprises", "holdings", "adjacent_markets", "complete")
_MOST_LISTED = 8
_HINT = "write `enterprises:` with a line for each, and `holdings:` with who holds what"


def read_document_structure(name: str, data: bytes, as_of: date) -> Structure:
    """Read a structure from YAML or JSON as of a day; `name` is shown in messages.

    Raises:
        AnswerError: whatever is wrong with it, each with its place.
    """
    document = _document(name, data)
    root = document.root
    if not isinstance(root, Entries):
        message = "an ownership structure is a map of `enterprises` and `holdings`"
        raise AnswerError(Problem("not-a-map", message, document.at(root.at), _HINT))
    reader = _Reader(document)
    reader.keys(root, KEYS)
    firms = reader.firms(root.items.get("enterprises"))
    holdings = reader.holdings(root.items.get("holdings"))
    adjacent = reader.adjacent(root.items.get("adjacent_markets"), firms)
    subject = reader.subject(root.items.get("subject"), firms)
    reader.complete(root.items.get("complete"))
    structure = structure_of_texts(
        [firms],
        [holdings],
        as_of,
        adjacent=adjacent,
        subject=subject,
        described_only=True,
        problems=reader.problems,
    )
    if structure.subject is not None and structure.nodes.kinds[structure.subject] == Kind.PERSON:
        message = f"`{subject}` is a person: the subject is the enterprise that the file is about"
        raise AnswerError(Problem("person-as-subject", message, document.place(("subject",))))
    return structure


def _document(name: str, data: bytes) -> Document:
    try:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            try:
                return read_json_document(name, data)
            except RuleError as error:
                # Standard input and files of any name may hold JSON; `{a: 1}` is a map in YAML only.
                if name.endswith(".json") or error.problems[0].code != "not-json":
                    raise
        return read_document(name, data, empty=True)
    except RuleError as error:
        raise AnswerError(*error.problems) from None


@dataclass(frozen=True, slots=True)
class _Positions:
    """The places of the rows and cells of a document."""

    document: Document
    rows: Sequence[Position]
    cells: Sequence[Mapping[str, Position]]

    def row(self, index: int) -> Place:
        return self.document.at(self.rows[index])

    def cell(self, index: int, column: str) -> Place:
        return self.document.at(self.cells[index].get(column, self.rows[index]))


class _Reader:
    """Turns the maps of a document into rows of texts; `problems` are those of its form."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def _add(self, code: str, message: str, at: Position, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self._document.at(at), hint))

    def keys(self, entries: Entries, known: Sequence[str], aliases: Mapping[str, str] | None = None) -> None:
        """Refuse keys that mean nothing here."""
        for key, at in entries.keys.items():
            if key not in known:
                column = (aliases or {}).get(folded(key))
                hint = f"did you mean `{column}`?" if column in known else nearest(key, known)
                first = ", ".join(f"`{name}`" for name in known[:_MOST_LISTED])
                more = ", …" if len(known) > _MOST_LISTED else ""
                self._add("unknown-key", f"`{key}` means nothing here", at, hint or f"known are {first}{more}")

    def firms(self, node: Node | None) -> TextRows:
        """Return the rows of `enterprises`."""
        if node is None or (isinstance(node, Leaf) and node.text is None):
            return self._rows(Table.ENTERPRISES, [])
        if not isinstance(node, Entries):
            message = "`enterprises` is a map from ids to what is known of each"
            self._add("not-a-map", message, node.at, "such as `nord: {employees: 12}`")
            return self._rows(Table.ENTERPRISES, [])
        found = []
        for name, inner in node.items.items():
            at = node.keys[name]
            if isinstance(inner, Leaf) and inner.text is None:
                inner = Entries({}, {}, at)
            if not isinstance(inner, Entries):
                self._add("not-a-map", f"what is known of `{name}` is a map", inner.at, "such as `{employees: 12}`")
                inner = Entries({}, {}, at)
            found.append((at, {"id": (name, at), **self._cells(Table.ENTERPRISES, inner)}))
        return self._rows(Table.ENTERPRISES, found)

    def holdings(self, node: Node | None) -> TextRows:
        """Return the rows of `holdings`."""
        found = []
        for item in self._items(node, "holdings", "holder, held and share"):
            if isinstance(item, Entries):
                found.append((item.at, self._cells(Table.HOLDINGS, item)))
            else:
                hint = "such as `{holder: nord, held: sued, share: 60}`"
                self._add("not-a-map", "a holding is a map", item.at, hint)
        return self._rows(Table.HOLDINGS, found)

    def adjacent(self, node: Node | None, firms: TextRows) -> list[tuple[str, str]]:
        """Return the pairs of `adjacent_markets`."""
        known = self._markets(firms)
        pairs = []
        for item in self._items(node, "adjacent_markets", "pairs of markets"):
            texts = [inner.text for inner in item.items if isinstance(inner, Leaf)] if isinstance(item, Listing) else []
            if not isinstance(item, Listing) or len(item.items) != 2 or None in texts or len(set(texts)) != 2:
                self._add(
                    "not-a-pair", "two markets that are adjacent are a list of two", item.at, "such as [C16, C31]"
                )
                continue
            first, second = (str(text).strip() for text in texts)
            pairs.append((first, second))
            for market, inner in zip((first, second), item.items, strict=True):
                if market not in known:
                    message = f"no enterprise has the market `{market}`"
                    self._add("unknown-market", message, inner.at, nearest(market, known))
        return pairs

    def subject(self, node: Node | None, firms: TextRows) -> str | None:
        """Return the enterprise that the file is about."""
        if node is None or (isinstance(node, Leaf) and node.text is None):
            return None
        ids = firms.cells["id"].to_list()
        if isinstance(node, Leaf) and node.text in ids:
            return node.text
        shown = node.text if isinstance(node, Leaf) else None
        message = "`subject` is the id of one enterprise" if shown is None else f"there is no enterprise `{shown}`"
        hint = "" if shown is None else nearest(shown, ids)
        self._add("unknown-subject", message, node.at, hint or "it is one of the ids under `enterprises`")
        return None

    def complete(self, node: Node | None) -> None:
        """Refuse a structure of which it is said that not everybody has been named yet: its sums would be too small."""
        if node is None or (isinstance(node, Leaf) and node.text in (None, "yes", "true")):
            return
        if isinstance(node, Leaf) and node.text in ("no", "false"):
            hint = "go on with `eligibility check --resume`, or write `complete: yes` once everybody is named"
            self._add("not-complete", "not everybody of the group has been named yet", node.at, hint)
        else:
            self._add("not-a-truth", "`complete` is yes or no", node.at)

    def _items(self, node: Node | None, key: str, what: str) -> Iterable[Node]:
        if node is None or (isinstance(node, Leaf) and node.text is None):
            return []
        if isinstance(node, Listing):
            return node.items
        self._add("not-a-list", f"`{key}` is a list of {what}", node.at, "each begins with `- `")
        return []

    def _markets(self, firms: TextRows) -> list[str]:
        texts = firms.texts("markets")
        lists = [] if texts is None else texts.drop_nulls().to_list()
        return list(dict.fromkeys(market.strip() for text in lists for market in text.split(";")))

    def _cells(self, table: Table, entries: Entries) -> dict[str, tuple[str | None, Position]]:
        known = [column for column in columns_of(table) if column != "id"]
        self.keys(entries, known, names_of(table))
        cells: dict[str, tuple[str | None, Position]] = {}
        for key, node in entries.items.items():
            if key in known:
                cells[key] = self._text(key, node), node.at
        return cells

    def _text(self, key: str, node: Node) -> str | None:
        """Return a value as one text; lists of those that may be several are joined."""
        if isinstance(node, Leaf):
            return node.text
        if key in LISTS and isinstance(node, Listing) and all(isinstance(item, Leaf) for item in node.items):
            return ";".join(item.text for item in node.items if isinstance(item, Leaf) and item.text is not None)
        what = "one value or a list of them" if key in LISTS else "one value"
        self._add("not-a-value", f"`{key}` is {what}", node.at)
        return None

    def _rows(
        self, table: Table, found: Sequence[tuple[Position, Mapping[str, tuple[str | None, Position]]]]
    ) -> TextRows:
        needed = ("id",) if table is Table.ENTERPRISES else ("holder", "held")
        columns = dict.fromkeys([*needed, *(column for _, cells in found for column in cells)])
        texts = {name: [cells.get(name, (None, None))[0] for _, cells in found] for name in columns}
        frame = pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String))
        places = [{name: at for name, (_, at) in cells.items()} for _, cells in found]
        return TextRows(frame, _Positions(self._document, [at for at, _ in found], places))
