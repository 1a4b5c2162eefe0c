"""What blocks of assessed rows add to the counts of a report: whole numbers, so that blocks may come in any order."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import polars as pl

from eligibility.batch.layouts import by_name, offered
from eligibility.batch.marked import Results, marked, sums
from eligibility.batch.typing_rows import TypedRows
from eligibility.batch.words import Numbers
from eligibility.engine.assessment import Verdict
from eligibility.engine.columns import CODES, Plan
from eligibility.engine.fact_columns import high_end

Counts = Counter[tuple[str, int, int]]
"""How often by what is counted, the number of a programme (or -1), and that of a criterion, fact or end of an amount.

`failed`, `funnel`, `alone`: criteria; `missing`, `decides`: facts as in the plan's masks; `money` (least and greatest)
and `unbounded` of eligible and likely rows, `open_money` and `open_unbounded` of undetermined ones; `given`, `waiting`:
facts as in `facts_counted`.
"""
NO_PROGRAMME = -1

_UNDETERMINED = CODES[Verdict.UNDETERMINED]
_BYTE = 8
_WORD = 64
_VALUES = 1 << _BYTE
_BITS = (np.arange(_VALUES)[:, None] >> np.arange(_BYTE)) & 1


def facts_counted(plan: Plan) -> tuple[str, ...]:
    """Return the facts and definitions that a table gives or that a verdict may wait for, in the order of asking."""
    known = {*plan.given}.union(*plan.missing_ids)
    return tuple(name for name in (*plan.rulebook.facts, *plan.rulebook.definitions) if name in known)


class Counting:
    """Counts blocks by the masks of a plan with reasons."""

    def __init__(self, plan: Plan) -> None:
        self._facts = facts_counted(plan)
        self._given = plan.given
        self._programmes = offered(plan)
        self._failing = [_narrowest(len(each.programme.criterion_ids)) for each in self._programmes]
        self._lacking = [_narrowest(len(ids)) for ids in plan.missing_ids]
        self._deciding = [
            sum(1 << bit for bit, fact in enumerate(ids) if fact in deciding)
            for ids, deciding in zip(plan.missing_ids, plan.deciding_ids, strict=True)
        ]
        places = {fact: place for place, fact in enumerate(self._facts)}
        self._words = -(-len(self._facts) // _WORD)
        self._asked = [_words_by_byte([places[fact] for fact in ids], self._words) for ids in plan.missing_ids]
        self._takes = [each.programme.window.takes(plan.rulebook.as_of) for each in self._programmes]

    def counts(self, typed: TypedRows, results: pl.DataFrame) -> Counts:
        """Return what some rows add; `results` are the plan's."""
        found: Counts = Counter()
        columns = marked(results)
        waiting: Numbers = np.zeros((results.height, self._words), dtype=np.uint64)
        for index in range(len(self._programmes)):
            verdicts = columns[f"v{index}"]
            self._count_failed(found, index, columns[f"f{index}"])
            is_open = np.flatnonzero(verdicts == _UNDETERMINED)
            if len(is_open):
                self._count_missing(found, index, columns[f"m{index}"][is_open], is_open, waiting)
            if f"a{index}.min" in columns:
                _count_money(found, index, verdicts, columns)
        for word in range(self._words):
            _put(found, "waiting", NO_PROGRAMME, _per_bit(waiting[:, word]), word * _WORD)
        self._count_given(found, typed)
        return found

    def _count_failed(self, found: Counts, index: int, masks: Numbers) -> None:
        failed = masks.astype(self._failing[index])
        _put(found, "failed", index, _per_bit(failed))
        # The lowest bit is that of the first criterion in the file.
        _put(found, "funnel", index, _per_bit(failed & (~failed + 1)))
        _put(found, "alone", index, _per_bit(_single(failed)))

    def _count_missing(self, found: Counts, index: int, masks: Numbers, rows: Numbers, waiting: Numbers) -> None:
        # An amount may wait for more, but nobody has to be asked for that before it is known who qualifies.
        lacking = (masks & self._deciding[index]).astype(self._lacking[index])
        _put(found, "missing", index, _per_bit(lacking))
        _put(found, "decides", index, _per_bit(_single(lacking)))
        if not self._takes[index]:
            return
        asked: Numbers = np.zeros((len(lacking), self._words), dtype=np.uint64)
        for byte, words in enumerate(self._asked[index]):
            asked |= words[_bytes(lacking, byte)]
        waiting[rows] |= asked

    def _count_given(self, found: Counts, typed: TypedRows) -> None:
        facts = by_name(typed.facts)
        for place, fact in enumerate(self._facts):
            if fact in self._given:
                low, high = facts[fact], facts.get(high_end(fact))
                missing = low.null_count() if high is None else int((low.is_null() & high.is_null()).sum())
                # Ranges that no column can hold stand in the profiles of their rows alone.
                beside = sum(
                    fact in profile.values and low[row] is None and (high is None or high[row] is None)
                    for row, profile in typed.odd.items()
                )
                found["given", NO_PROGRAMME, place] += typed.facts.height - missing + beside


def _count_money(found: Counts, index: int, verdicts: Numbers, results: Results) -> None:
    least, greatest = results[f"a{index}.min"], results[f"a{index}.max"]
    for prefix, rows in (("", verdicts < _UNDETERMINED), ("open_", verdicts == _UNDETERMINED)):
        if rows.any():
            *both, unbounded = sums(least[rows], greatest[rows])
            for end, amount in enumerate(both):
                found[f"{prefix}money", index, end] += amount
            found[f"{prefix}unbounded", index, 0] += unbounded


def _put(found: Counts, what: str, index: int, counts: Sequence[int], first: int = 0) -> None:
    for place, count in enumerate(counts, start=first):
        if count:
            found[what, index, place] += count


def _per_bit(masks: Numbers) -> list[int]:
    """Return for each bit how many masks have it, by looking at whole bytes."""
    found: list[int] = []
    for byte in range(masks.itemsize):
        found += (np.bincount(_bytes(masks, byte), minlength=_VALUES) @ _BITS).tolist()
    return found


def _bytes(masks: Numbers, byte: int) -> Numbers:
    """Return one byte of each mask, the lowest first."""
    return masks if masks.itemsize == 1 else ((masks >> (_BYTE * byte)) & (_VALUES - 1)).astype(np.uint8)


def _single(masks: Numbers) -> Numbers:
    """Return the masks that have one bit alone (and those that have none)."""
    found: Numbers = masks[(masks & (masks - 1)) == 0]
    return found


def _narrowest(bits: int) -> type[np.unsignedinteger]:
    return next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if bits <= _BYTE * np.dtype(kind).itemsize)


def _words_by_byte(places: Sequence[int], words: int) -> list[Numbers]:
    """Return for each byte of a mask and each value of it the bits of its facts, among those of all facts."""
    tables: list[Numbers] = []
    for start in range(0, len(places), _BYTE):
        table: Numbers = np.zeros((_VALUES, words), dtype=np.uint64)
        for bit, place in enumerate(places[start : start + _BYTE]):
            word, inner = divmod(place, _WORD)
            table[_BITS[:, bit] == 1, word] |= np.uint64(1 << inner)
        tables.append(table)
    return tables
