"""Codes that a fact could be instead: the coarsest that a rule tells apart, not every district of a country."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from eligibility.engine.cells import Cells, Function
from eligibility.engine.diagram import LEAF
from eligibility.engine.profile import Subject
from eligibility.language.fact import Fact
from eligibility.values.codes import parse_code
from eligibility.values.misread import Misread
from eligibility.values.truth import Truth

MOST_CODES = 2
"""How many codes are told that do the same."""
_KOREAN = "KR-"


class Codes:
    """The codes of one fact: those that have names, those of the rules, and what these lie under.

    `abroad`: codes of another country count too, which only makes sense where the country may be changed as well.
    """

    def __init__(self, subject: Subject, *, abroad: bool) -> None:
        self.subject = subject
        self.abroad = abroad
        names = subject.names if isinstance(subject, Fact) else ()
        self.known = frozenset(_with_coarser(names, subject.form or ""))
        self._ordered: list[str] = []

    def instead(self, before: str, cells: Cells, functions: Sequence[Function]) -> Iterator[str]:
        """Yield codes other than the one before, coarse ones and those near it first, with which no function is no.

        Of codes that make no difference to any function only the first are told, and none that lies under one of them.
        """
        keys = keys_of(cells, functions, self.subject.id)
        parted = [Parted(cells, function, self.subject.id) for function in functions]
        no = cells.diagrams.leaf(Truth.NO)
        told: dict[tuple[Function, ...], list[str]] = {}
        for code in self._in_order(before, keys):
            left = tuple(function.left(code) for function in parted)
            same = told.setdefault(left, [])
            if no not in left and len(same) < MOST_CODES and not code.startswith(tuple(same)):
                same.append(code)
                yield code

    def _in_order(self, before: str, keys: Collection[str]) -> list[str]:
        if not self._ordered or not self.known.issuperset(keys):
            known = self.known = self.known | frozenset(_with_coarser(keys, self.subject.form or ""))
            others = [code for code in known if self._is_elsewhere(code, before)]
            others.sort(key=lambda code: (_depth(code, known), -_shared(code, before), code))
            self._ordered = others
        return self._ordered

    def _is_elsewhere(self, code: str, before: str) -> bool:
        """Tell whether a code neither holds the one before nor lies in it, and is of the same country."""
        if code.startswith(before) or before.startswith(code):
            return False
        return self.abroad or code.startswith(_KOREAN) == before.startswith(_KOREAN)


def keys_of(cells: Cells, functions: Iterable[Function], fact: str) -> set[Any]:
    """Return the keys of all partitions by which functions tell values of a fact apart."""
    diagrams = cells.diagrams
    place = diagrams.places[fact]
    nodes = (diagrams.nodes[number] for function in functions for number in diagrams.below(function))
    return {key for node in nodes if node.place == place for key in node.keys}


class Parted:
    """A function by the code of one fact: what is left of it under a code."""

    def __init__(self, cells: Cells, function: Function, fact: str) -> None:
        self.diagrams = cells.diagrams
        self.function = function
        self.place = self.diagrams.places[fact]
        self.diagrams.room = LEAF
        node = self.diagrams.nodes[function]
        self._whole = node.place == self.place
        self._keys = node.keys if self._whole else ()
        self._children = dict(zip(node.keys, node.children[1:], strict=True)) if self._whole else {}
        self._rest = node.children[0] if self._whole else function

    def left(self, code: str) -> Function:
        """Return what is left of the function under a code."""
        # Many codes lie in one part each of a large table: these are only looked up.
        if not self._whole or self._divides(code):
            return self.diagrams.restrict(self.function, {self.place: code}, {})
        above = (code[:end] for end in range(len(code), 0, -1))
        return next((self._children[key] for key in above if key in self._children), self._rest)

    def _divides(self, code: str) -> bool:
        after = bisect_right(self._keys, code)
        return after < len(self._keys) and str(self._keys[after]).startswith(code)


def _with_coarser(codes: Iterable[str], form: str) -> Iterator[str]:
    """Yield the codes and those above them."""
    seen: set[str] = set()
    for code in codes:
        for end in range(len(code), 0, -1):
            if code[:end] in seen:
                break
            seen.add(code[:end])
            if _is_code(code[:end], form):
                yield code[:end]


def _is_code(code: str, form: str) -> bool:
    try:
        return parse_code(code, form) == code
    except Misread:
        return False


def _shared(code: str, before: str) -> int:
    """Return how many characters two codes begin with alike."""
    return next((place for place, (one, other) in enumerate(zip(code, before, strict=False)) if one != other), 0)


def _depth(code: str, known: frozenset[str]) -> int:
    return sum(code[:end] in known for end in range(1, len(code)))
