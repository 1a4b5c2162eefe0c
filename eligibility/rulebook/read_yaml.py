"""YAML text -> tree, within limits. Only the events are used: no tag, anchor or type of YAML ever takes effect."""

from collections.abc import Iterator

import yaml

from eligibility.rulebook.decoding import decoded
from eligibility.rulebook.tree import Document, Entries, Leaf, Listing, Node, Position
from eligibility.values.problem import Place, Problem, RuleError

DEEPEST = 50
MOST_VALUES = 100_000


def read_document(file: str, data: bytes, *, empty: bool = False) -> Document:
    """Read one YAML document; `empty` allows leaves without a value (`null`, `~` or nothing), which have no text then.

    Raises:
        RuleError: the bytes are not within the limits of the rule language; the problem tells where and why.
    """
    text = decoded(file, data)
    lines = text.splitlines()
    try:
        builder = _Builder(file, lines, empty)
        root = builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise RuleError(_syntax_problem(file, lines, error)) from None
    except yaml.YAMLError as error:
        raise RuleError(Problem("not-yaml", f"this is not YAML: {error}", Place(file))) from None
    return Document(file, lines, root)


_SYNTAX_HINTS = (
    ("mapping values", "a text that holds `: ` or starts with a special sign needs quotes"),
    ("cannot start any token", "indent with spaces, not tabs; a text that starts with @, % or ` needs quotes"),
    ("expected ',' or", "a bracket may not be closed"),
    ("expected node content", "a bracket may not be closed, or a value begins with a sign that needs quotes"),
    (
        "did not find expected key",
        "compare the indentation with the lines above; a text that ends in quotes begins with them",
    ),
    ("block sequence entries", "a list begins on a line of its own"),
    ("unexpected end of stream", "quotes may not be closed"),
)


def _syntax_problem(file: str, lines: list[str], error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines) and lines:
        # The end of the file is behind its last character, not on a line that nobody wrote.
        line, column = len(lines) - 1, len(lines[-1])
    source = lines[line] if line < len(lines) else ""
    hint = next((hint for sign, hint in _SYNTAX_HINTS if sign in str(error.problem)), "")
    return Problem("not-yaml", f"this is not YAML: {error.problem}", Place(file, line + 1, column + 1, source), hint)


class _Builder:
    """Builds the tree from events; depth and number of values are counted before anything is kept."""

    def __init__(self, file: str, lines: list[str], empty: bool) -> None:
        self.file = file
        self.lines = lines
        self.empty = empty
        self.values = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        """Return the tree of the only document of the stream."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse(
                    "two-documents",
                    "one file holds one document",
                    self._at(event),
                    "put the second in a file of its own",
                )
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 1)
        if root is None:
            raise RuleError(Problem("empty-file", "the file is empty", Place(self.file), "delete it, or write into it"))
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        at = self._at(event)
        self._check(event, at, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._leaf(event, at)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, depth + 1))
            return Listing(items, at)
        return self._entries(events, at, depth)

    def _entries(self, events: Iterator[yaml.Event], at: Position, depth: int) -> Entries:
        entries: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = self._node(inner, events, depth + 1)
            if not isinstance(key, Leaf) or key.text is None:
                self._refuse("not-a-key", "a key is a single value", key.at, "a text in braces needs quotes")
            elif key.text == "<<":
                self._refuse(
                    "merge-key",
                    "merge keys (`<<`) are not part of the rule language",
                    key.at,
                    "write the entries out",
                )
            elif key.text in entries:
                first = keys[key.text][0] + 1
                self._refuse(
                    "duplicate-key",
                    f"`{key.text}` stands twice in this map, first in line {first}",
                    key.at,
                    "keep one of them",
                )
            else:
                keys[key.text] = key.at
                entries[key.text] = self._node(next(events), events, depth + 1)
        return Entries(entries, keys, at)

    def _leaf(self, event: yaml.ScalarEvent, at: Position) -> Leaf:
        # A plain scalar has the style "" here: libyaml's binding writes it so, where others write None.
        if not event.style and event.value in ("", "~", "null", "Null", "NULL"):
            if self.empty:
                return Leaf(None, at)
            self._refuse("null", "there is no value here", at, "leave the key out, or quote the text")
        return Leaf(event.value, at)

    def _check(self, event: yaml.Event, at: Position, depth: int) -> None:
        self.values += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._refuse(
                "anchor",
                "anchors and aliases (`&`, `*`) are not part of the rule language",
                at,
                "write the value out",
            )
        if getattr(event, "tag", None) is not None:
            self._refuse("tag", f"tags (`{event.tag}`) are not part of the rule language", at, "remove the tag")  # type: ignore[attr-defined]
        if depth > DEEPEST:
            self._refuse("too-deep", f"more than {DEEPEST} levels of nesting", at, "make it flatter")
        if self.values > MOST_VALUES:
            self._refuse("too-many-values", f"more than {MOST_VALUES:,} values in one file", at, "split it")

    def _at(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        assert mark is not None, "the parser marks every event"
        return (mark.line, mark.column)

    def _refuse(self, code: str, message: str, at: Position, hint: str = "") -> None:
        line, column = at
        source = self.lines[line] if line < len(self.lines) else ""
        raise RuleError(Problem(code, message, Place(self.file, line + 1, column + 1, source), hint))
