"""Awards as a table: a row for each, with columns named in German, English or Korean."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from eligibility.aid.award import UNKNOWN_AMOUNT, Award, Event, History
from eligibility.aid.checks import unknown_names
from eligibility.aid.entries import near, read_amount, read_granted, read_regulation, read_road_freight, read_state
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Place, Problem
from eligibility.values.spelling import unified
from eligibility.values.truth import Truth

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "recipient": (
        "Empfänger", "Zuwendungsempfänger", "Beihilfeempfänger", "Begünstigter", "Unternehmen",
        "beneficiary", "undertaking", "수혜자", "수혜 기업", "수급 기업", "지원 대상 기업",
    ),
    "granted": (
        "Datum der Gewährung", "Gewährungsdatum", "Gewährt am", "Tag der Gewährung", "Bewilligungsdatum",
        "Datum des Bescheids", "Bescheiddatum", "Zusagedatum", "date of grant", "grant date", "granted on",
        "date granted", "date of award", "결정일", "지원 결정일", "교부 결정일", "보조 결정일",
    ),
    "amount": (
        "Betrag", "Subventionswert", "Beihilfewert", "Beihilfebetrag", "Bruttosubventionsäquivalent",
        "Subventionsäquivalent", "gross grant equivalent", "grant equivalent", "aid amount", "GGE",
        "총보조금 상당액", "보조금 상당액", "지원금액", "금액",
    ),
    "regulation": (
        "Verordnung", "De-minimis-Verordnung", "Rechtsgrundlage", "VO", "legal basis", "규정", "근거 규정", "법적 근거",
    ),
    "member_state": ("Mitgliedstaat", "Mitgliedsstaat", "Staat", "state", "country", "Land", "회원국", "국가"),
    "road_freight": (
        "Straßengüterverkehr", "gewerblicher Straßengüterverkehr", "Güterkraftverkehr", "road haulage",
        "도로화물운송", "도로 화물 운송",
    ),
    "carried_by": ("fortgeführt von", "Tätigkeit fortgeführt von", "carried on by", "승계 기업", "사업 승계 기업"),
}  # fmt: skip
"""The columns that are read, with what else each may be called."""

_NEEDED = ("granted", "amount")
_UNIT = re.compile(r"(.*?[^ ]) *(?:\( *(?:€|eur|euro|유로) *\)|\[ *(?:€|eur|euro) *\]|in (?:€|eur|euro))")


@dataclass(frozen=True, slots=True)
class TableHistory:
    """The history that a table holds, and the names of its columns that say nothing here."""

    history: History
    unused: tuple[str, ...]


def read_table(
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    *,
    language: str = "en",
    ids: Collection[str] | None = None,
    events: Sequence[Event] = (),
    firm: str | None = None,
    header_line: int = 1,
) -> TableHistory:
    """Read awards from the text of cells; `lines` are the lines of the rows in the file of that name.

    An empty cell is unknown; a row without any text is passed over. `language` decides nothing but what a `Billion` is.
    `ids` are the enterprises that may be named, if known; `events` and `firm` go into the history as they are.

    Raises:
        AnswerError: with every problem of the table, each with file, line and the number of the cell.
    """
    columns, unused, problems = _columns(Place(name, header_line, 1), header)
    reading = _Reading(name, columns, header, language)
    awards = [
        award
        for row, line in zip(rows, lines, strict=True)
        if any(cell.strip() for cell in row) and not problems
        for award in [reading.award(row, line)]
        if award is not None
    ]
    history = History(tuple(awards), tuple(events), firm)
    found = [*problems, *reading.problems, *unknown_names(history, ids)]
    if found:
        raise AnswerError(*found)
    return TableHistory(history, unused)


def _columns(place: Place, header: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...], list[Problem]]:
    """Return where each column stands, what is not used, and what is wrong with the header."""
    known = {_key(alias): column for column, aliases in COLUMNS.items() for alias in (column, *aliases)}
    columns: dict[str, int] = {}
    unused, problems = [], []
    for number, title in enumerate(header):
        column = known.get(_key(title))
        if column is None:
            unused.append(title)
        elif column in columns:
            message = f"two columns hold `{column}`: {header[columns[column]]} and {title}"
            problems.append(
                Problem("two-columns", message, replace(place, column=number + 1), "rename or remove one of them")
            )
        else:
            columns[column] = number
    for column in _NEEDED:
        if column not in columns:
            problems.append(_missing(place, column, unused))
    return columns, tuple(unused), problems


def _missing(place: Place, column: str, unused: Sequence[str]) -> Problem:
    aliases = (column, *COLUMNS[column])
    meant = next((title for title in unused if title.strip() and near(_key(title), map(_key, aliases))), None)
    if meant is None:
        hint = f"it may be called {', '.join(aliases[:4])}"
    else:
        hint = f"should `{meant}` be `{column}`? then rename it"
    return Problem("missing-column", f"there is no column `{column}`", place, hint)


def _key(title: str) -> str:
    try:
        whole = unified(title).casefold().replace("_", " ")
    except Misread:
        return title
    named = _UNIT.fullmatch(whole)
    return named[1] if named else whole


class _Reading:
    """Reads rows; a problem is noted, and its row left out."""

    def __init__(self, name: str, columns: Mapping[str, int], header: Sequence[str], language: str) -> None:
        self.name = name
        self.columns = columns
        self.header = header
        self.language = language
        self.problems: list[Problem] = []

    def award(self, row: Sequence[str], line: int) -> Award | None:
        """Return the award of one row; `None` where its day cannot be read."""

        def cell(column: str, read: Callable[[str], T]) -> T | None:
            return self._cell(row, line, column, read)

        granted = cell("granted", lambda text: read_granted(text, typed=True))
        amount = cell("amount", lambda text: read_amount(text, typed=True, language=self.language))
        regulation = cell("regulation", read_regulation)
        state = cell("member_state", read_state)
        freight = cell("road_freight", lambda text: read_road_freight(text, typed=True))
        recipient, carried_by = (cell(column, str.strip) for column in ("recipient", "carried_by"))
        if granted is None:
            if not self._text(row, "granted"):
                place = Place(self.name, line, self.columns["granted"] + 1)
                self.problems.append(
                    Problem("missing", "the day of granting is missing", place, "it cannot be left open")
                )
            return None
        return Award(
            granted,
            UNKNOWN_AMOUNT if amount is None else amount,
            regulation,
            state,
            recipient,
            Truth.UNKNOWN if freight is None else freight,
            carried_by,
            Place(self.name, line, 1),
        )

    def _text(self, row: Sequence[str], column: str) -> str:
        number = self.columns.get(column)
        return row[number].strip() if number is not None and number < len(row) else ""

    def _cell(self, row: Sequence[str], line: int, column: str, read: Callable[[str], T]) -> T | None:
        text = self._text(row, column)
        if not text:
            return None
        try:
            return read(text)
        except Misread as error:
            number = self.columns[column]
            place = Place(self.name, line, number + 1)
            self.problems.append(Problem(error.code, f"{self.header[number]}: {error.message}", place, error.hint))
            return None
