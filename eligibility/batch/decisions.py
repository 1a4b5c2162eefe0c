"""What is decided for a whole column from what its cells show: the decimal mark, the order of dates, what X means.

A block decides for the column as soon as one of its cells needs it; where that block leaves it open, the rest of the
table is looked through once.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final, cast

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.days import ORDERS, UNORDERED
from eligibility.batch.decimal_mark import EVIDENCE, MARKED, bare

LookAhead = Callable[[], Iterator[Block]]
_MOST_WITNESSES = 50


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell that shows what its column means, and where it stands (`line` is `None` where there are no lines)."""

    text: str
    row: int
    line: int | None

    def __str__(self) -> str:
        return f'"{self.text}" in ' + (f"row {self.row}" if self.line is None else f"line {self.line}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column means: a decimal mark, what dates begin with (`day`, `month`), what an X is (`no`, `yes`).

    `about` says which of them: `decimals`, `dates`, `truths`. `why` is `evidence` (see `witnesses`), `others` (as the
    other columns), `forced`, `ticks` (an X where nothing says no), or, without a choice, `both` (witnesses for either)
    or `none`.
    """

    choice: str | None
    why: str
    about: str
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be decided for a column: which cells raise it, and which cells answer it (patterns on texts).

    `agrees`: columns of this kind agree with each other. `otherwise` is the choice where nothing answers it.
    """

    about: str
    raised: str
    answers: Mapping[str, str]
    prepared: Callable[[pl.Series], pl.Series]
    agrees: bool = False
    otherwise: str | None = None


def _as_they_are(texts: pl.Series) -> pl.Series:
    return texts


NUMBER: Final = Question("decimals", MARKED, EVIDENCE, bare, agrees=True)
DATE: Final = Question("dates", UNORDERED, ORDERS, _as_they_are)
_CROSSES = r"^ *[xX×Ｘ] *$"
_CIRCLES = r"^ *[oO○◯〇Ｏ] *$"
TRUTH: Final = Question("truths", f"{_CROSSES}|{_CIRCLES}", {"no": _CIRCLES}, _as_they_are, otherwise="yes")
KOREAN_TRUTH: Final = Question("truths", TRUTH.raised, TRUTH.answers, _as_they_are)
"""In Korea an X is a no beside an O for yes, so that a column of X alone says nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a column, and what tells whether a text is understood with one of its answers."""

    question: Question
    understood: Callable[[str, str], bool]


class Decisions:
    """Decides for columns; `made` holds what was decided so far, `forced` the one mark of all numbers."""

    def __init__(self, asked: Mapping[str, Asked], forced: str | None, look_ahead: LookAhead | None) -> None:
        self._asked = asked
        self._look_ahead = look_ahead
        self._shown: dict[str, Decision] = {}
        self._waiting: dict[str, Decision] = {}
        self.made: dict[str, Decision] = {}
        if forced is not None:
            agreeing = [column for column, one in asked.items() if one.question.agrees]
            self.made.update(dict.fromkeys(agreeing, Decision(forced, "forced", NUMBER.about)))

    def settle(self, block: Block, left: Mapping[str, pl.Series]) -> Mapping[str, Decision]:
        """Decide for columns in whose unread texts a question is raised; return what is new.

        Without a way to look ahead a column that stays open is asked about again in the next block.
        """
        raised = [column for column, texts in left.items() if self._is_raised(column, texts)]
        if not raised:
            return {}
        for column in self._open(self._asked):
            if column in left:
                self._note(column, block, left[column])
        if self._look_ahead is not None and self._open(raised) and self._searched(self._look_ahead, raised):
            # Once all of it was seen nothing new can be found.
            self._look_ahead = _nothing
        found = {column: self._decided(column) for column in raised}
        final = {column: one for column, one in found.items() if one.why != "none" or self._look_ahead is not None}
        self.made.update(final)
        self._waiting.update(found)
        return found

    @property
    def told(self) -> Mapping[str, Decision]:
        """Return what is to be told of columns: what was decided, and what could not be."""
        return {**self._waiting, **self.made}

    def _open(self, columns: Iterable[str]) -> list[str]:
        return [column for column in columns if column not in self._shown and column not in self.made]

    def _is_raised(self, column: str, texts: pl.Series) -> bool:
        if column not in self._asked or column in self.made:
            return False
        return bool(texts.str.contains(self._asked[column].question.raised).any())

    def _searched(self, look_ahead: LookAhead, raised: Sequence[str]) -> bool:
        """Look for what answers the questions; tell whether all of the table was seen."""
        with closing(cast(Generator[Block, None, None], look_ahead())) as blocks:
            for block in blocks:
                for column in self._open(self._asked):
                    self._note(column, block, block.texts(column))
                if not self._open(raised):
                    return False
        return True

    def _note(self, column: str, block: Block, texts: pl.Series) -> None:
        """Remember what the cells of a block show; `texts` are some or all of a column that came as text."""
        asked = self._asked[column]
        open_ones = texts.filter(texts.str.contains(asked.question.raised)).unique(maintain_order=True)
        prepared = asked.question.prepared(open_ones)
        shown = {choice: _witness(asked, choice, open_ones, prepared) for choice in asked.question.answers}
        found = {choice: text for choice, text in shown.items() if text is not None}
        if not found:
            return
        cells = block.cells[column].cast(pl.String)
        witnesses = tuple(_placed(text, cells, block) for text in found.values())
        choice, why = (next(iter(found)), "evidence") if len(found) == 1 else (None, "both")
        self._shown[column] = Decision(choice, why, asked.question.about, witnesses)

    def _decided(self, column: str) -> Decision:
        if column in self._shown:
            return self._shown[column]
        question = self._asked[column].question
        about = question.about
        if question.agrees:
            known = {**self._shown, **self.made}
            agreed = {one.choice for name, one in known.items() if self._asked[name].question.agrees} - {None}
            split = any(one.why == "both" for name, one in known.items() if self._asked[name].question.agrees)
            return (
                Decision(agreed.pop(), "others", about)
                if len(agreed) == 1 and not split
                else Decision(None, "none", about)
            )
        if question.otherwise is not None:
            return Decision(question.otherwise, "ticks", about)
        return Decision(None, "none", about)


def _nothing() -> Iterator[Block]:
    yield from ()


def _witness(asked: Asked, choice: str, texts: pl.Series, prepared: pl.Series) -> str | None:
    """Return a text that shows a choice, and that is a value if read so."""
    showing = prepared.str.contains(asked.question.answers[choice]).fill_null(False)
    if not showing.any():
        return None
    candidates = texts.filter(showing).head(_MOST_WITNESSES).to_list()
    return next((text for text in candidates if asked.understood(text, choice)), None)


def _placed(text: str, cells: pl.Series, block: Block) -> Witness:
    place = (cells == text).arg_max() or 0
    return Witness(text.strip(" ")[:40], block.row_at(place), block.line_at(place))
