"""A history of aid as a YAML or JSON document: a list of awards, or a map of awards and events."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from eligibility.aid.award import UNKNOWN_AMOUNT, Award, Event, History, Merger, Part, Split
from eligibility.aid.checks import unknown_names
from eligibility.aid.entries import near, read_amount, read_equity, read_granted, read_regulation, read_road_freight
from eligibility.aid.entries import read_state as read_member_state
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.tree import Document, Entries, Leaf, Listing, Node
from eligibility.values.dates import parse_date
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem, RuleError
from eligibility.values.truth import Truth

T = TypeVar("T")

AWARD_KEYS = ("granted", "amount", "regulation", "member_state", "recipient", "road_freight", "carried_by")
_TOP_KEYS = ("firm", "awards", "events")
_MERGER_KEYS = ("merger", "parties", "into")
_SPLIT_KEYS = ("split", "firm", "parts")


def read_history(name: str, data: bytes, *, ids: Collection[str] | None = None) -> History:
    """Read awards and events; `name` is shown in messages, `ids` are the enterprises that may be named, if known.

    Raises:
        AnswerError: with every problem of the document, each with its place.
    """
    try:
        document = read_document(name, data, empty=True)
    except RuleError as error:
        raise AnswerError(*error.problems) from None
    reading = _Reading(document)
    history = reading.history(document.root)
    problems = [*reading.problems, *unknown_names(history, ids)]
    if problems:
        raise AnswerError(*problems)
    return history


class _Reading:
    """Reads one document; a problem is noted, and what it concerns left out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def history(self, root: Node) -> History:
        """Return the history that a document holds."""
        if isinstance(root, Listing):
            return History(tuple(self._awards(root)))
        entries = self._entries(root, _TOP_KEYS, "a history of aid is a list of awards, or a map with `awards`")
        if "awards" not in entries and isinstance(root, Entries):
            self._note(root, "no-awards", "there are no `awards`", "write `awards: []` if there are none")
        return History(
            tuple(self._awards(entries.get("awards"))),
            tuple(self._events(entries.get("events"))),
            self._text(entries, "firm", str.strip),
        )

    def _awards(self, node: Node | None) -> Iterable[Award]:
        for item in self._items(node, "awards"):
            award = self._award(item)
            if award is not None:
                yield award

    def _award(self, node: Node) -> Award | None:
        entries = self._entries(node, AWARD_KEYS, "an award is a map, with `granted` and `amount`")
        granted = self._needed(node, entries, "granted", lambda text: read_granted(text, typed=False))
        amount = self._text(entries, "amount", lambda text: read_amount(text, typed=False))
        freight = self._text(entries, "road_freight", lambda text: read_road_freight(text, typed=False))
        regulation = self._text(entries, "regulation", read_regulation)
        state = self._text(entries, "member_state", read_member_state)
        recipient, carried_by = (self._text(entries, key, str.strip) for key in ("recipient", "carried_by"))
        if granted is None:
            return None
        return Award(
            granted,
            UNKNOWN_AMOUNT if amount is None else amount,
            regulation,
            state,
            recipient,
            Truth.UNKNOWN if freight is None else freight,
            carried_by,
            self.document.at(node.at),
        )

    def _events(self, node: Node | None) -> Iterable[Event]:
        for item in self._items(node, "events"):
            kind = "split" if isinstance(item, Entries) and "split" in item.items else "merger"
            event = self._split(item) if kind == "split" else self._merger(item)
            if event is not None:
                yield event

    def _merger(self, node: Node) -> Merger | None:
        entries = self._entries(node, _MERGER_KEYS, "an event is a map, with `merger` or `split`")
        if not entries:
            return None
        day = self._needed(node, entries, "merger", parse_date)
        into = self._needed(node, entries, "into", str.strip)
        parties = tuple(self._names(node, entries, "parties"))
        if day is None or into is None or not parties:
            return None
        return Merger(day, parties, into, self.document.at(node.at))

    def _split(self, node: Node) -> Split | None:
        entries = self._entries(node, _SPLIT_KEYS, "a split is a map")
        day = self._needed(node, entries, "split", parse_date)
        firm = self._needed(node, entries, "firm", str.strip)
        parts = self._parts(node, entries.get("parts"))
        if day is None or firm is None or not parts:
            return None
        return Split(day, firm, parts, self.document.at(node.at))

    def _parts(self, split: Node, node: Node | None) -> tuple[Part, ...]:
        if not isinstance(node, Entries) or len(node.items) < 2:
            hint = "write each with the book value of its equity: `parts: {a: 600000 EUR, b: 400000 EUR}`"
            self._note(node or split, "no-parts", "a split has at least two `parts`", hint)
            return ()
        values = {name: self._text(node.items, name, read_equity) for name in node.items}
        if len({share for value in values.values() if value is not None for share in [value[1]]}) > 1:
            hint = "give all in euros, or all as shares"
            self._note(node, "mixed-equity", "some parts have an amount and others a share", hint)
        found: dict[str, Interval] = {
            name: UNKNOWN_AMOUNT if value is None else value[0] for name, value in values.items()
        }
        return tuple(Part(name, equity) for name, equity in found.items())

    def _names(self, node: Node, entries: Mapping[str, Node], key: str) -> Iterable[str]:
        listed = entries.get(key)
        if not isinstance(listed, Listing) or not listed.items:
            self._note(
                listed or node, "no-list", f"`{key}` is missing, or is no list", f"write it like `{key}: [a, b]`"
            )
            return
        for item in listed.items:
            if isinstance(item, Leaf) and item.text is not None:
                yield item.text.strip()
            else:
                self._note(item, "not-a-name", f"an entry of `{key}` is no name", "write the id of an enterprise")

    def _items(self, node: Node | None, key: str) -> list[Node]:
        if node is None or (isinstance(node, Leaf) and node.text is None):
            return []
        if isinstance(node, Listing):
            return node.items
        self._note(node, "not-a-list", f"`{key}` is a list", "begin each entry on a line of its own with `- `")
        return []

    def _entries(self, node: Node, keys: Collection[str], expected: str) -> Mapping[str, Node]:
        """Return the entries of a map under known keys."""
        if not isinstance(node, Entries):
            self._note(node, "not-a-map", expected, "write it as `key: value`")
            return {}
        for key in node.items:
            if key not in keys:
                hint = near(key, keys) or f"known are {', '.join(keys)}"
                place = self.document.at(node.keys[key])
                self.problems.append(Problem("unknown-key", f"there is no `{key}` here", place, hint))
        return {key: value for key, value in node.items.items() if key in keys}

    def _needed(self, node: Node, entries: Mapping[str, Node], key: str, read: Callable[[str], T]) -> T | None:
        found = entries.get(key)
        if (found is None or (isinstance(found, Leaf) and found.text is None)) and isinstance(node, Entries):
            self._note(found or node, "missing", f"`{key}` is missing", "it cannot be left open")
            return None
        return self._text(entries, key, read)

    def _text(self, entries: Mapping[str, Node], key: str, read: Callable[[str], T]) -> T | None:
        """Return what a single value says; `None` where it is left out or wrong."""
        node = entries.get(key)
        if node is None:
            return None
        if not isinstance(node, Leaf):
            self._note(node, "not-a-value", f"`{key}` is a single value", "")
            return None
        if node.text is None:
            return None
        try:
            return read(node.text)
        except Misread as error:
            self._note(node, error.code, f"`{key}`: {error.message}", error.hint)
            return None

    def _note(self, node: Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(code, message, self.document.at(node.at), hint))
