"""What a report says, in order and in words, before it becomes text, Markdown or HTML."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written down: one line of words, and the address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement; `notes` are lines below it."""

    text: str
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled part of a card: one short value behind its label, or a list."""

    label: str
    items: tuple[Item, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at its right edge."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, one for each column; the first cell names its row, `totals` is the last row (or nothing)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a picture: from `start` to `end` of the width (0 to 1), and on to `reach` as far as it is not certain.

    `kind`: `given` (a cost), `part` (what is added), `cut` (what is taken away) or `result`.
    """

    label: str
    value: str
    start: Fraction
    end: Fraction
    reach: Fraction
    kind: Literal["given", "part", "cut", "result"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A calculation as bars, one below the other; what it shows also stands in words beside it."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One programme or fact; `id` is what one types to ask for it."""

    title: str
    id: str
    fields: tuple[Field, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart drawn already: one `svg` element without style, script or address; `title` says what it shows."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Group:
    """Charts, tables, plain items and cards under a heading (which may be empty)."""

    title: str
    cards: tuple[Card, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report."""

    language: str
    title: str
    lead: tuple[str, ...]
    groups: tuple[Group, ...]
    foot: tuple[str, ...] = ()


def value(label: str, text: str, url: str = "") -> tuple[Field, ...]:
    """Return a field with one short value; nothing where there is none."""
    return (Field(label, (Item(text, url=url),), listed=False),) if text else ()


def listing(label: str, items: tuple[Item, ...]) -> tuple[Field, ...]:
    """Return a field with a list; nothing where there is nothing to list."""
    return (Field(label, items),) if items else ()
