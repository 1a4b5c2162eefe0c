"""Made-up ownership structures as two tables: enterprises and persons with their figures, and who holds what of whom.

The large one is meant to be like a register: most firms belong to one or a few persons, some stand in chains and
groups, a few hold shares in each other. The odd ones are as bad as a structure can be of its size.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import polars as pl

SEED = 20210301
FIGURES = ("employees", "turnover", "balance_sheet")
COLUMNS = tuple(f"{figure}{period}" for period in ("", "_previous") for figure in FIGURES)
UNKNOWN_SHARES = 0.03
UNKNOWN_FIGURES = 0.10
_MARKETS = 600
_SPLITS = ((100,), (60, 40), (51, 26, 23), (50, 50), (75,), (30, 30, 30), (20,))
"""How the shares of a firm are divided; what is left is in hands that nobody names."""
_FREQUENT = (0.34, 0.16, 0.08, 0.12, 0.1, 0.05, 0.15)

Tables = tuple[pl.DataFrame, pl.DataFrame]


def register(firms: int, holdings: int) -> Tables:
    """Return the tables of so many firms and holdings, with two persons to five firms."""
    draw = np.random.default_rng(SEED)
    persons = firms * 2 // 5
    sizes = np.array([len(split) for split in _SPLITS])
    chosen = draw.choice(len(_SPLITS), size=firms, p=_FREQUENT)
    held = np.repeat(np.arange(firms), sizes[chosen])
    starts = np.cumsum(sizes[chosen]) - sizes[chosen]
    places = np.arange(len(held)) - np.repeat(starts, sizes[chosen])
    table = np.zeros((len(_SPLITS), 3), dtype=np.int64)
    for row, split in enumerate(_SPLITS):
        table[row, : len(split)] = split
    shares = table[chosen[held], places]
    # Two of five holders are firms, mostly ones with lower numbers: chains, and a few that hold each other.
    upward = draw.integers(0, np.maximum(held, 1))
    near = np.maximum(held - draw.integers(1, 4, size=len(held)), 0)
    firm = np.where(draw.random(len(held)) < 0.5, near, upward)
    anyone = draw.integers(0, firms, size=len(held))
    firm = np.where(draw.random(len(held)) < 0.04, anyone, firm)
    person = firms + np.minimum(draw.integers(0, persons, size=len(held)), draw.integers(0, persons, size=len(held)))
    holder = np.where(draw.random(len(held)) < 0.4, firm, person)
    rows = pl.DataFrame({"holder": holder, "held": held, "share": shares})
    rows = rows.filter(pl.col("holder") != pl.col("held")).unique(["holder", "held"], maintain_order=True)
    # Shares of a few per cent in other firms, which change nobody's group.
    more = max(holdings - rows.height, 0)
    small = pl.DataFrame({"holder": draw.integers(0, firms, more), "held": draw.integers(0, firms, more)})
    small = small.filter(pl.col("holder") != pl.col("held")).with_columns(share=pl.lit(0, dtype=pl.Int64))
    rows = pl.concat([rows, small]).unique(["holder", "held"], keep="first", maintain_order=True).head(holdings)
    unknown = pl.Series(draw.random(rows.height) < UNKNOWN_SHARES)
    shares_told = pl.when(unknown).then(None).otherwise(pl.col("share").cast(pl.String))
    return _enterprises(firms, persons, draw), rows.select(
        holder=_named("holder", firms), held=_named("held", firms), share=shares_told
    )


def _named(column: str, firms: int) -> pl.Expr:
    number = pl.col(column)
    return pl.when(number < firms).then("E" + number.cast(pl.String)).otherwise("P" + (number - firms).cast(pl.String))


def _enterprises(firms: int, persons: int, draw: np.random.Generator) -> pl.DataFrame:
    market = pl.Series(draw.integers(0, _MARKETS, firms)).cast(pl.String)
    market = ("M" + market).set(pl.Series(draw.random(firms) < 0.2), None)
    people = np.minimum(draw.lognormal(2, 1.6, firms), 50_000).astype(np.int64) + 1
    columns: dict[str, pl.Series] = {}
    for column in COLUMNS:
        each = 1 if column.startswith("employees") else 120_000
        values = (people * each * draw.uniform(0.8, 1.25, firms)).astype(np.int64)
        columns[column] = pl.Series(values).cast(pl.String).set(pl.Series(draw.random(firms) < UNKNOWN_FIGURES), None)
    companies = pl.DataFrame({"id": "E" + pl.int_range(0, firms, eager=True).cast(pl.String)}).with_columns(
        pl.lit("enterprise").alias("kind"),
        market.alias("markets"),
        pl.lit(None, dtype=pl.String).alias("acts_with"),
        **columns,
    )
    number = pl.int_range(0, persons, eager=True)
    family = ("F" + (number // 2).cast(pl.String)).set(number % 10 > 1, None)
    owners = pl.DataFrame({"id": "P" + number.cast(pl.String)}).with_columns(
        pl.lit("person").alias("kind"), pl.lit(None, dtype=pl.String).alias("markets"), family.alias("acts_with")
    )
    return pl.concat([companies, owners], how="diagonal")


def chain(firms: int) -> Tables:
    """Return firms each of which wholly belongs to the one before."""
    return _alike(firms), _held(range(firms - 1), range(1, firms), 100)


def ring(firms: int) -> Tables:
    """Return a chain that ends where it begins."""
    return _alike(firms), _held(range(firms), [*range(1, firms), 0], 100)


def ladder(firms: int) -> Tables:
    """Return firms each of which belongs by 40 % each to the two before: only together these have the majority."""
    one = _held(range(firms - 2), range(2, firms), 40)
    other = _held(range(1, firms - 1), range(2, firms), 40)
    return _alike(firms), pl.concat([_held([0], [1], 100), one, other])


def fund(firms: int) -> Tables:
    """Return firms a quarter of which each belongs to one and the same."""
    return _alike(firms), _held([0] * (firms - 1), range(1, firms), 25)


def owner(firms: int) -> Tables:
    """Return firms that all belong to one person."""
    person = pl.DataFrame({"id": ["E0"], "kind": ["person"]})
    companies = _alike(firms).filter(pl.col("id") != "E0")
    return pl.concat([companies, person], how="diagonal"), _held([0] * (firms - 1), range(1, firms), 100)


def towns(firms: int) -> Tables:
    """Return a chain of firms that begins with a public body, each with a share of the next that links nobody."""
    town = pl.DataFrame({"id": ["E0"], "kind": ["public_body"]})
    companies = _alike(firms).filter(pl.col("id") != "E0")
    return pl.concat([companies, town], how="diagonal"), _held(range(firms - 1), range(1, firms), 51)


ODD: Mapping[str, Callable[[int], Tables]] = {
    "a chain": chain,
    "a ring": ring,
    "a ladder of joint majorities": ladder,
    "one fund": fund,
    "one owner": owner,
    "a chain under a town": towns,
}


def _alike(firms: int) -> pl.DataFrame:
    """Return firms with the same figures; of every other one the market is known."""
    number = pl.int_range(0, firms, eager=True)
    market = pl.Series(["M"]).new_from_index(0, firms).set(number % 2 == 1, None)
    return pl.DataFrame({"id": "E" + number.cast(pl.String)}).with_columns(
        pl.lit("enterprise").alias("kind"),
        market.alias("markets"),
        *(pl.lit("10" if column.startswith("employees") else "1000000").alias(column) for column in COLUMNS),
    )


def _held(holders: range | list[int], firms: range | list[int], share: int) -> pl.DataFrame:
    columns = {
        name: "E" + pl.Series(list(numbers)).cast(pl.String) for name, numbers in (("holder", holders), ("held", firms))
    }
    return pl.DataFrame(columns).with_columns(share=pl.lit(str(share)))


def write(tables: Tables, folder: Path) -> tuple[Path, Path]:
    """Write both tables and return where they are."""
    paths = folder / "enterprises.csv", folder / "holdings.csv"
    for table, path in zip(tables, paths, strict=True):
        table.write_csv(path)
    return paths
