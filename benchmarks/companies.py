"""Synthetic companies for any rulebook: the same table from run to run, 12 % of all answers unknown.

Every fact has a pool of drawn cells, and row n takes cell n modulo the size of the pool. The sizes are different
primes, so that no company comes twice: a program that remembers companies gains no more than from real tables.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

import polars as pl

from eligibility.language.fact import Fact
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.money import MINOR_UNITS

SEED = 20210301
UNKNOWN = 0.12
LEAST_POOL = 20_000
CHUNK_CELLS = 20_000_000
CODES = {
    "nace": ("C28", "C2511", "J62", "J6201", "G47", "F41", "I5510", "M7112", "A01", "K64", "H49", "C10"),
    "ksic": ("C26", "C2612", "G46", "J58", "F41", "C30", "M70", "H49", "E38", "I56", "C10", "P85"),
    "region": ("09162", "09571", "05334", "14612", "13073", "11000", "KR-26", "KR-11", "KR-41", "06412", "16051", "03"),
}


def facts_read(rulebook: Rulebook) -> list[Fact]:
    """Return the facts that some programme reads, in the order of asking."""
    read = frozenset().union(*rulebook.reads.values())
    return [fact for fact in rulebook.facts.values() if fact.id in read]


def most_read(rulebook: Rulebook, most: int) -> list[Fact]:
    """Return the facts that most programmes read, in the order of asking."""
    found = facts_read(rulebook)
    readers = {fact.id: sum(fact.id in read for read in rulebook.reads.values()) for fact in found}
    chosen = set(sorted(readers, key=lambda name: (-readers[name], name))[:most])
    return [fact for fact in found if fact.id in chosen]


def write_table(facts: Sequence[Fact], path: Path, rows: int) -> None:
    """Write the companies as CSV: an identifier, a name, the facts. Memory is that of one chunk."""
    chunks = companies(facts, rows)
    with path.open("wb") as stream:
        for index, chunk in enumerate(chunks):
            chunk.write_csv(stream, include_header=index == 0)


def companies(facts: Sequence[Fact], rows: int) -> Iterator[pl.DataFrame]:
    """Yield the companies in chunks, every cell as text; unknown is null."""
    pools = [
        pl.Series(fact.id, cells(fact, size), dtype=pl.String)
        for fact, size in zip(facts, islice(_primes(LEAST_POOL), len(facts)), strict=True)
    ]
    height = max(CHUNK_CELLS // (len(facts) + 2), 1)
    for start in range(0, rows, height):
        number = pl.int_range(start, min(start + height, rows), eager=True)
        yield pl.DataFrame(
            [
                ("DE" + number.cast(pl.String)).alias("company_id"),
                ("Firma " + (number % 977).cast(pl.String)).alias("name"),
                *(pool.gather(number % pool.len()) for pool in pools),
            ]
        )


def cells(fact: Fact, size: int) -> list[str | None]:
    """Draw so many cells of a fact; a fact has the same ones in every table."""
    draw = random.Random(f"{SEED} {fact.id}")
    return [None if draw.random() < UNKNOWN else _value(fact, draw) for _ in range(size)]


def _value(fact: Fact, draw: random.Random) -> str:
    if fact.type == "truth":
        return "no" if draw.random() < 0.8 else "yes"
    if fact.type == "choice":
        return draw.choice(("DE", "DE", "KR", "FR") if fact.id == "site_country" else fact.choices)
    if fact.type == "code":
        return draw.choice(CODES[fact.form or ""])
    if fact.type == "date":
        return str(date(1950, 1, 1) + timedelta(days=draw.randrange(26_000)))
    if fact.type == "percent":
        return draw.choice(("0", "0", "25", "12.5", "50", "100"))
    if fact.type == "number":
        return str(_within(fact, int(draw.lognormvariate(3, 1.6))))
    return _money(fact, draw)


def _money(fact: Fact, draw: random.Random) -> str:
    amount = min(int(draw.lognormvariate(14, 2)), 900_000_000)
    if MINOR_UNITS[fact.currency or ""] == 0:
        return str(_within(fact, amount * 1_000))
    cents = draw.random() < 0.5 and _within(fact, amount + 1) == amount + 1
    return f"{amount}.{draw.randrange(100):02}" if cents else str(_within(fact, amount))


def _within(fact: Fact, value: int) -> int:
    """Return a number that the fact takes."""
    assert fact.low is not None
    assert fact.high is not None
    return int(min(max(value, fact.low), fact.high))


def _primes(least: int) -> Iterator[int]:
    return (number for number in count(least) if all(number % factor for factor in range(2, int(number**0.5) + 1)))
