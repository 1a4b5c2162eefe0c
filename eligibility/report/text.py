"""A page as plain text of a given width."""

from collections.abc import Iterator

from rich.cells import cell_len

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import Assessed
from eligibility.report.assessment import assessment_page
from eligibility.report.clean import clean_for_terminal
from eligibility.report.page import Card, Field, Group, Item, Page, Table
from eligibility.report.table_text import aligned
from eligibility.report.wrap import wrapped
from eligibility.words import Words

WIDTH = 80


def text_report(
    assessed: Assessed,
    language: str,
    width: int = WIDTH,
    sheet: tuple[Group, ...] = (),
    advice: Advice | None = None,
    name: str = "",
) -> str:
    """Return the report on one profile as text for people; it ends with a line feed."""
    return page_text(assessment_page(assessed, language, sheet, advice, name=name, brief=True), width)


def page_text(page: Page, width: int = WIDTH) -> str:
    """Return a page as plain text: no styling, no control characters, lines of at most `width` cells."""
    lines = _Lines(width, Words(page.language))
    lines.heading(page.title, "=")
    for line in page.lead:
        lines.add(line)
    for group in page.groups:
        lines.group(group)
    if page.foot:
        lines.blank()
    for line in page.foot:
        lines.add(line)
    return "".join(f"{line}\n" for line in lines.done()).rstrip("\n") + "\n"


class _Lines:
    """Collects the lines of one text."""

    def __init__(self, width: int, words: Words) -> None:
        self.width = width
        self.words = words
        self.lines: list[str] = []

    def done(self) -> Iterator[str]:
        """Yield the lines without spaces at their ends."""
        return (line.rstrip(" ") for line in self.lines)

    def add(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Add a paragraph; `first` begins its first line, `rest` the others."""
        self.lines.extend(wrapped(clean_for_terminal(text), self.width, first, first if rest is None else rest))

    def blank(self) -> None:
        """Add an empty line, never two in a row."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str, underline: str) -> None:
        """Add an underlined heading."""
        start = len(self.lines)
        self.add(text)
        longest = max(cell_len(line) for line in self.lines[start:])
        self.lines.append(underline * longest)

    def group(self, group: Group) -> None:
        """Add a group with its cards and items."""
        self.blank()
        if group.title:
            self.heading(group.title, "-")
        for table in group.tables:
            self.table(table)
        for item in group.items:
            self.item(item, "- ", "  ")
        for index, card in enumerate(group.cards):
            if index:
                self.blank()
            self.card(card)

    def table(self, table: Table, indent: str = "") -> None:
        """Add a table with an empty line behind it; where the lines are too short for its columns, row by row."""
        if table.title:
            self.add(self.words.say("{what}:", what=table.title), indent)
        columns = aligned(table, self.width - len(indent))
        if columns is None:
            for row in (*table.rows, table.totals):
                self.row(table, row, indent)
        else:
            self.lines.extend(f"{indent}{line}" for line in columns)
        self.blank()

    def row(self, table: Table, row: tuple[str, ...], indent: str) -> None:
        """Add one row of a table as a list of its cells; an empty cell has nothing to tell."""
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=False)):
            if index == 0:
                self.add(cell, f"{indent}- ", f"{indent}  ")
            elif cell:
                told = self.words.say("{what}: {value}", what=column.title, value=cell)
                self.add(told, f"{indent}  ", f"{indent}    ")

    def card(self, card: Card) -> None:
        """Add a card: name, id, fields, tables; a picture shows what stands in them."""
        self.add(card.title)
        if card.id:
            self.add(card.id, "  ")
        for field in card.fields:
            self.field(field)
        for table in card.tables:
            self.table(table, "  ")

    def field(self, field: Field) -> None:
        """Add a field: its value behind the label, or a list below it."""
        if not field.listed:
            for item in field.items:
                self.add(self.words.say("{what}: {value}", what=field.label, value=item.text), "  ", "    ")
            return
        self.add(self.words.say("{what}:", what=field.label), "  ", "    ")
        for item in field.items:
            self.item(item, "  - ", "    ")

    def item(self, item: Item, first: str, rest: str) -> None:
        """Add an item, its notes, and its sources with their addresses."""
        self.add(item.text, first, rest)
        for note in item.notes:
            self.add(note, rest)
        for index, source in enumerate(item.sources):
            self.add(self.words.say("{what}: {value}", what=self.words.say("Source"), value=source.text), rest)
            # Several places in one document: its address once, behind the last of them.
            following = item.sources[index + 1 : index + 2]
            if source.url and not (following and following[0].url == source.url):
                self.add(source.url, rest)
        if item.url and item.url != item.text:
            self.add(item.url, rest)
