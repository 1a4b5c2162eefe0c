"""What linking needs: the facts and definitions in scope, the dates, and a place for every problem found."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from eligibility.language.shape import Text
from eligibility.values.spelling import nearest_name

Path = tuple[str | int, ...]
MINIMUM_AWARD = "minimum_award"
RESERVED = frozenset({"all", "any", "none", "unknown", "asked", MINIMUM_AWARD})
MOST_HINTS = 100
_LONGEST_QUOTED = 60
_ID = re.compile(r"[a-z][a-z0-9_]*")


class Subject(Protocol):
    """What conditions and amounts can speak about: a fact or a definition."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def choices(self) -> tuple[str, ...]: ...
    @property
    def form(self) -> str | None: ...
    @property
    def low(self) -> Fraction | None: ...
    @property
    def high(self) -> Fraction | None: ...


class Row(NamedTuple):
    """One row of a reference table: its key, its period, its typed columns and all cells as written."""

    key: str
    valid_from: date | None
    valid_to: date | None
    values: Mapping[str, object]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A reference table.

    Official data, dated and cited; `columns` maps a name to its type (`truth`, `money KRW` …); `texts` names its
    codes, and `spellings` are other names that people write for them. `worked_out` keeps what linking made of it, for
    the next day on which the same rows hold.
    """

    id: str
    key: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    texts: Mapping[str, Text]
    spellings: Mapping[str, tuple[str, ...]]
    worked_out: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem met while linking, at a path inside the document."""

    path: Path
    code: str
    message: str
    hint: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean and which day it is; `findings` collects problems (a value list on purpose: linking goes on).

    `broken` holds kind and name of what is written somewhere but wrong (name `*`: in a file that could not be read): a
    reference to it is no second problem. `limits` are the largest numbers that the criteria of the programme admit.
    `cited` keeps the citations by how they are written: the same few stand all over a file.
    """

    subjects: Mapping[str, Subject]
    tables: Mapping[str, Table]
    sources: Mapping[str, object]
    as_of: date
    rule_date: date
    findings: list[Finding] = field(default_factory=list)
    limits: Mapping[str, Fraction] = field(default_factory=dict)
    broken: Container[tuple[str, str]] = frozenset()
    cited: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def at(self, rule_date: date) -> "Scope":
        """Return the same scope with another rule date."""
        return replace(self, rule_date=rule_date)

    def problem(self, path: Path, code: str, message: str, hint: str = "", *, key: bool = False) -> None:
        """Record a problem and go on; `key`: it is about the key at the end of the path, not its value."""
        self.findings.append(Finding(path, code, message, hint, key))

    def is_broken(self, name: str, *kinds: str) -> bool:
        """Tell whether something of this name is, or may be, written in a file that has problems of its own."""
        return any((kind, name) in self.broken or (kind, "*") in self.broken for kind in kinds)

    def subject(self, name: str, path: Path, *, key: bool = False) -> Subject | None:
        """Return the fact or definition of this id; an unknown one is a problem with the nearest name."""
        found = self.subjects.get(name)
        if found is None and not self.is_broken(name, "facts", "definitions"):
            # Looking for a near name takes its time, and a file may hold a hundred thousand wrong ones.
            near = nearest(name, self.subjects) if len(self.findings) < MOST_HINTS else ""
            hint = near or "`eligibility facts` lists them"
            self.problem(path, "unknown-fact", f"there is no fact or definition {quoted(name)}", hint, key=key)
        return found


def check_id(name: str, path: Path, scope: Scope) -> None:
    """Refuse a name that cannot be an id of a fact, definition or criterion."""
    if not _ID.fullmatch(name):
        message = f"{quoted(name)} is not an id: lower case letters, digits and `_`, a letter first"
        scope.problem(path, "not-an-id", message, key=True)
    elif name in RESERVED:
        scope.problem(path, "not-an-id", f"`{name}` has a meaning of its own here", "choose another id", key=True)


def quoted(name: str) -> str:
    """Return a name as messages show it, shortened where it is very long."""
    return f"`{name}`" if len(name) <= _LONGEST_QUOTED else f"`{name[:_LONGEST_QUOTED]}…`"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint with the known name nearest to this one, or an empty text."""
    near = nearest_name(name, known)
    return "" if near is None else f"did you mean `{near}`?"
