"""Columns read as a run reads them."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from eligibility.batch.block import Block
from eligibility.batch.column_readers import ColumnReaders
from eligibility.batch.decisions import Decision
from eligibility.batch.mapping import match_columns
from eligibility.rulebook.rulebook import Rulebook

Cells = Mapping[str, Sequence[str | None]]


def block(cells: Cells, row: int = 1) -> Block:
    frame = pl.DataFrame(dict(cells), schema=dict.fromkeys(cells, pl.String))
    return Block(frame, row, row + 1, (), frame.height)


def read_blocks(
    rulebook: Rulebook, blocks: Sequence[Block], decimal: str | None = None, *, seekable: bool = True
) -> tuple[dict[str, list[object]], Mapping[str, Decision]]:
    """Return by column each cell's value, `range`, or the code of its refusal; and what was decided."""
    names = blocks[0].cells.columns
    columns = match_columns(rulebook, names, {}, None)
    subjects = {name: rulebook.subject(fact) for name, fact in columns.facts.items()}

    def ahead() -> Iterator[Block]:
        yield from blocks

    readers = ColumnReaders(
        subjects,
        blocks[0].cells.schema,
        columns.units,
        native=False,
        decimal=decimal,
        look_ahead=ahead if seekable else None,
    )
    found: dict[str, list[object]] = {name: [] for name in subjects}
    for one in blocks:
        for name, typed in readers.read(one, readers.texts(one)).items():
            for index, text in enumerate(typed.texts):
                if typed.bad is not None and typed.bad[index]:
                    found[name].append(typed.problems[text].code)
                elif typed.ranged is not None and typed.ranged[index]:
                    found[name].append("range")
                else:
                    found[name].append(typed.values[index])
    return found, readers.decisions


def read_column(rulebook: Rulebook, name: str, cells: Sequence[str | None], decimal: str | None = None) -> list[object]:
    return read_blocks(rulebook, [block({name: cells})], decimal)[0][name]
