"""A YAML document as a tree of texts, each with its place.

What the event scan makes and the shapes are checked against.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from eligibility.values.problem import Place

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar; its text is never interpreted here. It is `None` where nothing stands and that is allowed."""

    text: str | None
    at: Position


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: list["Node"]
    at: Position


@dataclass(frozen=True, slots=True)
class Entries:
    """A map; `keys` holds the position of each key."""

    items: dict[str, "Node"]
    keys: dict[str, Position]
    at: Position


Node = Leaf | Listing | Entries


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its name as shown in messages, its lines and its tree."""

    file: str
    lines: list[str] = field(repr=False)
    root: Node

    @property
    def tree(self) -> object:
        """Return the document as maps, lists and texts."""
        return plain(self.root)

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Place:
        """Return the place of a path, as far down as there is one: of a single value, or of the key of a map or list.

        `key`: of the key in any case.
        """
        node, at = self.root, self.root.at
        for step in path:
            if isinstance(node, Entries) and str(step) in node.items:
                key_at = node.keys[str(step)]
                node = node.items[str(step)]
                at = node.at if isinstance(node, Leaf) and not key else key_at
            elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                at = node.at
        return self.at(at)

    def at(self, position: Position) -> Place:
        """Return the place of a position (line and column from 0)."""
        line, column = position
        source = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, source)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document whose plain tree was kept from an earlier run; it is read again when a problem needs a place."""

    file: str
    tree: object
    read: Callable[[], Document] = field(repr=False)

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Place:
        """Return the place of a path."""
        return self.read().place(path, key=key)

    def at(self, position: Position) -> Place:
        """Return the place of a position (line and column from 0)."""
        return self.read().at(position)


AnyDocument = Document | StoredDocument


def plain(node: Node) -> object:
    """Return the tree as maps, lists and texts."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.items.items()}


def texts(written: object) -> Iterator[str]:
    """Yield every key and every scalar of a plain tree."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, Mapping):
        for key, value in written.items():
            yield key
            yield from texts(value)
    elif isinstance(written, list | tuple):
        for item in written:
            yield from texts(item)
