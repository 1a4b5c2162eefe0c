"""Comparing says what two batch runs say when their results are laid side by side, for random rules and tables."""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from eligibility.advice import comparison
from eligibility.advice.comparison import ProgrammeComparison, Shift, compare_assessments
from eligibility.advice.portfolio import Money
from eligibility.engine import columns
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Verdict
from eligibility.rulebook.rulebook import Rulebook
from tests.batch.comparing import Key, Line, assessed, by_key, changes, compared, differs, joined, mirrored, table_text
from tests.engine.profiles import Answers
from tests.engine.random_rules import DAYS, Source, sources
from tests.engine.test_equal import table_of, too_large_for_tables

ROWS = 25
Both = Mapping[Key, tuple[Line | None, Line | None]]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Source, Source]:
    """Two sets of rules: the same on another day, with one thing changed, or others altogether."""
    any_rules = sources() | sources(worked_out=True)
    before = draw(any_rules)
    how = draw(st.sampled_from(("day", "fact", "programme", "others")))
    if how == "others":
        return before, draw(any_rules)
    after = before._replace(as_of=draw(st.sampled_from(DAYS)))
    files: dict[str, Any] = json.loads(json.dumps(dict(before.files)))
    if how == "fact":
        # Some cells that were fine are refused now.
        files["facts/all.yaml"]["facts"]["hours"]["range"] = draw(st.sampled_from(("2..9", "0..500")))
        after = after._replace(files=files)
    if how == "programme":
        files["programmes/de.a.yaml"] = {**files["programmes/de.a.yaml"], "id": "de.c"}
        after = after._replace(files=files)
    return before, after


# Finding a smaller example takes minutes with rules of this size, and says no more than the first one.
@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rules=pairs(), seed=st.integers(0, 2**32))
def test_random_rules(rules: tuple[Source, Source], seed: int) -> None:
    _check(rules, seed)


@pytest.mark.slow
@settings(max_examples=150, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rules=pairs(), seed=st.integers(0, 2**32))
def test_many_random_rules(rules: tuple[Source, Source], seed: int) -> None:
    _check(rules, seed)


def _check(rules: tuple[Source, Source], seed: int) -> None:
    before, after = (source.rulebook() for source in rules)
    random = Random(seed)
    tables = [table_of(rulebook, random, ROWS) for rulebook in (before, after)]
    names = [
        name
        for name in dict.fromkeys(name for given_, _ in tables for name in given_)
        if _is_one_thing(name, before, after)
    ]
    merged = [{**first, **second} for first, second in zip(tables[0][1], tables[1][1], strict=True)]
    rows = [{name: row[name] for name in names if name in row} for row in merged]
    if any(too_large_for_tables(rulebook, _known(rulebook, names)) for rulebook in (before, after)):
        reject()
    with TemporaryDirectory() as folder:
        table = Path(folder, "in.csv")
        table.write_text(table_text(names, rows), "utf-8")
        both = joined(assessed(before, table), assessed(after, table))
        found, lines = compared(before, after, table)
        assert lines == changes(both)
        if both:
            _check_counts(found.comparison.programmes, both)
        _check_companies((before, after), rows, both, lines)
        turned, turned_lines = compared(after, before, table)
        assert by_key(turned_lines) == mirrored(lines)
        assert _mirrored_counts(turned.comparison.programmes) == _by_id(found.comparison.programmes)
        nothing, no_lines = compared(before, before, table)
    assert (nothing.comparison.programmes, nothing.comparison.changed, no_lines) == ((), 0, [])
    told = found.comparison
    assert told.read == ROWS == told.compared + told.rejected
    assert told.compared == len({row for row, _ in both})
    assert told.changed == len({line["row"] for line in lines})


def _is_one_thing(name: str, *rulebooks: Rulebook) -> bool:
    """Whether a column cannot be meant in two ways: definitions of both may share no more than their names."""
    meant = [rulebook.subject(name) for rulebook in rulebooks if _known(rulebook, [name])]
    return len({(one.type, one.currency) for one in meant}) == 1


def _known(rulebook: Rulebook, names: list[str]) -> list[str]:
    return [name for name in names if name in rulebook.facts or name in rulebook.definitions]


def _check_companies(rulebooks: tuple[Rulebook, Rulebook], rows: list[Answers], both: Both, lines: list[Line]) -> None:
    """One company after the other says the same as the table."""
    found = []
    for row in sorted({row for row, _ in both}):
        answers = rows[row - 1]
        results = [assess(one, {name: answers[name] for name in _known(one, list(answers))}) for one in rulebooks]
        for change in compare_assessments(results[0], results[1]):
            verdicts = ["" if one is None else one.verdict.value for one in (change.before, change.after)]
            found.append((str(row), change.programme, *verdicts))
    names = ("row", "programme", "verdict_a", "verdict_b")
    assert found == [tuple(line[name] for name in names) for line in lines]


def _check_counts(told: tuple[ProgrammeComparison, ...], both: Both) -> None:
    by_programme: dict[str, list[tuple[Line | None, Line | None]]] = {}
    for (_, name), pair in both.items():
        by_programme.setdefault(name, []).append(pair)
    expected = {name: _counted(name, found) for name, found in by_programme.items()}
    assert {one.programme: one for one in told} == {name: one for name, one in expected.items() if one.differs}


def _counted(name: str, found: list[tuple[Line | None, Line | None]]) -> ProgrammeComparison:
    changed = [pair for pair in found if differs(*pair)]
    verdicts = Counter(tuple(None if one is None else Verdict(one["verdict"]) for one in pair) for pair in found)
    # The windows are those of the day, the same for every company.
    windows = [None if one is None else one["window"] for one in found[0]]
    alike = [pair for pair in changed if None not in pair]
    return ProgrammeComparison(
        name,
        (windows[0], windows[1]),
        len(changed),
        sum(pair[0]["verdict"] == pair[1]["verdict"] and _award(pair[0]) != _award(pair[1]) for pair in alike),  # type: ignore[index,arg-type]
        dict(verdicts),  # type: ignore[arg-type]
        _shifts(alike, "failed", 1),
        _shifts(alike, "failed", 0),
        _shifts(alike, "missing", 1),
        _shifts(alike, "missing", 0),
        _Same(_sums(found, ("eligible", "likely"))),  # type: ignore[arg-type]
        _Same(_sums(found, ("undetermined",))),  # type: ignore[arg-type]
    )


class _Same:
    """Sums that are equal where money is told at all: lines do not say whether a programme pays that nobody gets."""

    def __init__(self, sums: list[Money | None]) -> None:
        self.sums = sums

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, tuple)
        return all(
            one == told or (one is None and _is_nothing(told)) for one, told in zip(self.sums, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]


def _is_nothing(money: Money | None) -> bool:
    return money is None or (money.sure, money.possible) == (0, 0)


def _award(line: Line) -> list[str]:
    amounts = [line["amount_min"], line["amount_max"]]
    return [line["rate_min"], line["rate_max"], *amounts, *([line["currency"]] if any(amounts) else [])]


def _shifts(pairs: list[Any], column: str, now: int) -> tuple[Shift, ...]:
    rows: Counter[str] = Counter()
    flips: Counter[str] = Counter()
    for pair in pairs:
        names = set(pair[now][column].split(";")) - set(pair[1 - now][column].split(";")) - {""}
        rows.update(names)
        if pair[0]["verdict"] != pair[1]["verdict"]:
            flips.update(names)
    return _Unordered(Shift(name, count, flips[name]) for name, count in rows.items())


class _Unordered(tuple[Shift, ...]):
    """Shifts in any order."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and sorted(self, key=lambda one: one.id) == sorted(
            other, key=lambda one: one.id
        )

    __hash__ = None  # type: ignore[assignment]


def _sums(found: list[tuple[Line | None, Line | None]], verdicts: tuple[str, ...]) -> list[Money | None]:
    sums: list[Money | None] = []
    for side in (0, 1):
        lines = [pair[side] for pair in found if pair[side] is not None]
        counted = [line for line in lines if line is not None and line["verdict"] in verdicts and line["currency"]]
        # Without a greatest amount the least one counts.
        amounts = [(line["amount_min"] or "0", line["amount_max"] or line["amount_min"]) for line in counted]
        ends = [[Fraction(Decimal(pair[end])) for pair in amounts if pair[1]] for end in (0, 1)]
        if not any(ends):
            sums.append(None)
            continue
        open_ends = sum(not line["amount_max"] for line in counted)
        sums.append(Money(counted[0]["currency"], sum(ends[0], Fraction()), sum(ends[1], Fraction()), open_ends))
    return sums


def _by_id(told: tuple[ProgrammeComparison, ...]) -> dict[str, tuple[object, ...]]:
    return {
        one.programme: (
            one.windows,
            one.changed,
            one.awards,
            dict(one.transitions),
            *(set(shifts) for shifts in (one.newly_failed, one.no_longer_failed)),
            *(set(shifts) for shifts in (one.newly_missing, one.no_longer_missing)),
            one.money,
            one.open_money,
        )
        for one in told
    }


def _mirrored_counts(told: tuple[ProgrammeComparison, ...]) -> dict[str, tuple[object, ...]]:
    turned = {}
    for name, (windows, changed, awards, transitions, *shifts, money, open_money) in _by_id(told).items():
        assert isinstance(transitions, dict)
        both = {(after, before): rows for (before, after), rows in transitions.items()}
        pairs = (shifts[1], shifts[0], shifts[3], shifts[2])
        turned[name] = (windows[::-1], changed, awards, both, *pairs, money[::-1], open_money[::-1])  # type: ignore[index]
    return turned


def test_rates_are_rounded_alike() -> None:
    assert comparison.RATE_DECIMALS == columns.RATE_DECIMALS
