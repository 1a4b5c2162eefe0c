"""Small random rulebooks without comparisons of several facts, and what brute force makes of them.

Every test compares one fact with written values. So a few values of each fact stand for all, and whether a fact matters
can be found by trying: all others fixed, does the result change with it?
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import product
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from eligibility.engine.assess import assess_programme
from eligibility.engine.profile import Profile, read_answer
from eligibility.rulebook.rulebook import Rulebook
from tests.engine.profiles import MEASURED, domains, written_range
from tests.engine.random_conditions import AGES, FACTS, POOLS, Subject, pick, range_, seldom
from tests.engine.small_rules import small
from tests.engine.test_oracle import agrees

PLACES = ("05999", "09", "09162", "14", "14713")
# Each lies in a cell of its own of whatever rules speak of the places.
FINE_PLACES = ("05999", "09999", "09162", "14999", "14713", "99999")
ROWS = ("0,no,0 EUR,,", "09,yes,2500.50 EUR,,", "09162,no,40000 EUR,,", "14,yes,100 EUR,,", "14713,no,40000 EUR,,")
COSTS = (0, 1000, 61000)
Answers = Mapping[str, Any]


def condition(draw: st.DrawFn, known: Sequence[Subject], depth: int = 1) -> dict[str, object]:
    """One or two plain tests, with conditions under `all`, `any` and `none`."""
    chosen = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique_by=lambda subject: subject.id))
    written: dict[str, object] = {subject.id: _test(draw, subject) for subject in chosen}
    if depth and draw(st.booleans()):
        name = pick(draw, ("all", "any", "none"))
        written[name] = [condition(draw, known, depth - 1) for _ in range(draw(st.integers(1, 2)))]
    return written


def _test(draw: st.DrawFn, subject: Subject) -> object:
    if subject.type == "truth":
        return pick(draw, ("yes", "no"))
    if subject.type in ("choice", "code"):
        options = ("a", "b", "c") if subject.type == "choice" else PLACES[1:]
        return draw(st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True))
    if subject.type == "date" and draw(st.booleans()):
        return {"age": pick(draw, AGES)}
    return [range_(draw, POOLS[subject.unit]) for _ in range(draw(st.integers(1, 2)))]


@st.composite
def plain_rulebooks(draw: st.DrawFn) -> Rulebook:
    """Three facts (and the cost), up to two definitions of them, one programme."""
    names = draw(st.permutations(["t0", "t1", "staff", "born", "size", "place"]))[:3]
    known = [fact for fact in FACTS if fact.id in names]
    definitions: dict[str, Mapping[str, object]] = {}
    for index in range(draw(st.integers(0, 2))):
        name = f"d{index}"
        kind, definitions[name] = _definition(draw, known)
        known.append(Subject(name, kind))
    requires = {
        f"c{index}": {"when": condition(draw, known), "cite": "s 1"} for index in range(draw(st.integers(1, 3)))
    }
    award = _award(draw, known) if draw(st.booleans()) else None
    return small(requires=requires, award=award, definitions=definitions, rows=ROWS)


def _definition(draw: st.DrawFn, known: Sequence[Subject]) -> tuple[str, Mapping[str, object]]:
    if any(subject.id == "place" for subject in known) and draw(st.booleans()):
        return "truth", {"type": "truth", "lookup": {"table": "areas", "key": "place", "column": "weak"}}
    if draw(st.booleans()):
        return "truth", {"type": "truth", "when": condition(draw, known)}
    lines = [{"value": value, "when": condition(draw, known), "cite": "s 1"} for value in "ab"]
    choices = {"a": "A", "b": "B", "c": "C"}
    return "choice", {"type": "choice", "choices": choices, "decide": [*lines, {"value": "c"}]}


def _award(draw: st.DrawFn, known: Sequence[Subject]) -> Mapping[str, object]:
    def when() -> Mapping[str, object]:
        return {"when": condition(draw, known, depth=0), "cite": "s 5"}

    award: dict[str, object] = {
        "rate": {"decide": [{"value": "50 %", **when()}, {"value": "20 %"}], "cite": "s 7"},
        "pays": {"p": {"share_of": "cost", **when()}, "fixed": {"fixed": "300 EUR", "cite": "s 8"}},
    }
    if draw(st.booleans()):
        award["bonuses"] = {"b": {"points": "10 %", **when()}}
    if draw(st.booleans()):
        caps = [{"amount": "5000 EUR", **when()}, {"amount": pick(draw, ("400 EUR", "15000 EUR")), "cite": "s 9"}]
        award["at_most"] = caps[seldom(draw) :]
    return award


class Tried(NamedTuple):
    """All complete answers of a small space, with what is said of the programme on each."""

    rulebook: Rulebook
    names: tuple[str, ...]
    said: Mapping[tuple[Any, ...], tuple[str, Hashable]]

    def left(self, partial: Answers) -> "Tried":
        """Only those that agree with partial answers."""
        possible = [
            {value for value in values if agrees(self.rulebook, name, partial.get(name), value)}
            for name, values in zip(self.names, map(set, zip(*self.said, strict=True)), strict=True)
        ]
        said = {
            point: says
            for point, says in self.said.items()
            if all(value in values for value, values in zip(point, possible, strict=True))
        }
        return Tried(self.rulebook, self.names, said)

    def mattering(self, result: Callable[[tuple[str, Hashable]], Hashable]) -> set[str]:
        """The facts that change a result on their own, somewhere."""
        found: set[str] = set()
        for place, name in enumerate(self.names):
            first: dict[tuple[Any, ...], Hashable] = {}
            for point, says in self.said.items():
                others = (*point[:place], *point[place + 1 :])
                if first.setdefault(others, result(says)) != result(says):
                    found.add(name)
                    break
        return found


def tried(rulebook: Rulebook) -> Tried:
    """Try all that the programme reads, on every cell."""
    values: dict[str, Sequence[Any]] = {**domains(rulebook, fine=True), "place": FINE_PLACES, "cost": COSTS}
    names = tuple(sorted(name for name in rulebook.reads["de.a"] if name in rulebook.facts))
    said: dict[tuple[Any, ...], tuple[str, Hashable]] = {}
    (programme,) = rulebook.programmes.values()
    read = {(name, value): read_answer(rulebook, name, value) for name in names for value in values[name]}
    for point in product(*(values[name] for name in names)):
        profile = Profile({name: read[name, value] for name, value in zip(names, point, strict=True)}, {})
        result = assess_programme(rulebook, profile, programme)
        reading = None if result.award is None else result.award.reading
        quantities = () if reading is None else (reading.rate, reading.amount)
        said[point] = (result.verdict, tuple(quantity and quantity.interval for quantity in quantities))
    return Tried(rulebook, names, said)


def partial_answers(random: Random, all_tried: Tried) -> Answers:
    """Some facts known exactly, some by a range or a coarse code, some not at all."""
    point = dict(zip(all_tried.names, random.choice(list(all_tried.said)), strict=True))
    answers: dict[str, Any] = {}
    for place, (name, value) in enumerate(point.items()):
        kind = all_tried.rulebook.facts[name].type
        how = random.choice(["unknown", "unknown", "exact", "exact", "range"])
        if how == "exact":
            answers[name] = value
        elif how == "range" and kind == "code":
            answers[name] = value[:2]
        elif how == "range" and kind in MEASURED:
            options = sorted({other[place] for other in all_tried.said})
            low = random.choice([None, *(option for option in options if option <= value)])
            high = random.choice([None, *(option for option in options if option >= value)])
            if low is not None or high is not None:
                answers[name] = written_range(low, high)
    return answers
