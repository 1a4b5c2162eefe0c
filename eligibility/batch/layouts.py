"""What the two layouts have in common: the plan's results, the verdicts as an Enum, the columns they make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl

from eligibility.engine.assessment import Verdict
from eligibility.engine.columns import Plan
from eligibility.language.programme import Programme
from eligibility.values.money import MINOR_UNITS
from eligibility.values.problem import AnswerError, Problem

VERDICTS = tuple(verdict.value for verdict in Verdict)
VERDICT = pl.Enum(VERDICTS)
Schema = Mapping[str, pl.DataType]


@dataclass(frozen=True, slots=True)
class Assessed:
    """Some rows with what the plan says of them (`results`, one row each, in the same order)."""

    cells: pl.DataFrame
    rows: pl.Series
    results: pl.DataFrame


class OutputColumns(Protocol):
    """The columns of an output: `schema` tells all of them, `carried` those whose text came in unread.

    `decimals` are the columns of rates and amounts that are added.
    """

    @property
    def schema(self) -> Schema: ...
    @property
    def carried(self) -> Sequence[str]: ...
    @property
    def decimals(self) -> Sequence[str]: ...


class Layout(OutputColumns, Protocol):
    """Turns assessed rows into the output."""

    def frames(self, assessed: Assessed) -> Iterator[pl.DataFrame]:
        """Yield the rows of the output, in order and in frames of a moderate size."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One programme as the layouts need it; `places` are the decimals of its currency."""

    index: int
    programme: Programme
    currency: str | None
    has_rate: bool

    @property
    def id(self) -> str:
        """Return the id of the programme."""
        return self.programme.id

    @property
    def places(self) -> int:
        """Return the decimals of the currency, 2 where no money is given."""
        return MINOR_UNITS[self.currency] if self.currency else 2

    @property
    def verdict(self) -> pl.Expr:
        """Return the column of its verdict codes."""
        return pl.col(f"v{self.index}")


def offered(plan: Plan) -> tuple[Offered, ...]:
    """Return the programmes of a plan."""
    programmes: Sequence[Programme] = list(plan.rulebook.programmes.values())
    return tuple(
        Offered(index, programme, plan.currencies[index], plan.has_rate[index])
        for index, programme in enumerate(programmes)
    )


def by_name(frame: pl.DataFrame) -> Mapping[str, pl.Series]:
    """Return the columns of a frame; asked for by name, a frame looks at one after the other."""
    return {series.name: series for series in frame.iter_columns()}


def counted(results: pl.DataFrame, programmes: Sequence[Offered]) -> Iterator[dict[str, int]]:
    """Yield for each programme how many rows have which verdict."""
    found = by_name(results)
    for programme in programmes:
        counts = np.bincount(found[f"v{programme.index}"].to_numpy(), minlength=len(VERDICTS))
        yield {verdict: int(count) for verdict, count in zip(VERDICTS, counts, strict=True) if count}


def check_names(columns: Sequence[str], added: Sequence[str]) -> None:
    """Refuse input columns that are called like a column of the output."""
    present = set(columns)
    clashes = [column for column in added if column in present]
    if clashes:
        hint = "rename it in the input, or use --layout long"
        raise AnswerError(
            *(
                Problem("name-clash", f"the input has a column `{column}`, which the output adds", None, hint)
                for column in clashes
            )
        )
