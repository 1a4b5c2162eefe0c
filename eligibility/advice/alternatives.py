"""What a fact could be instead of what it is: one value for each cell that the rules of a programme make of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from eligibility.advice import grid
from eligibility.advice.choosable import Choosable
from eligibility.advice.codes_instead import Codes, keys_of
from eligibility.advice.turning_points import comparison_points, turning_points
from eligibility.engine.cells import MOST_NODES, Cells, Function
from eligibility.engine.diagram import LEAF, TooLarge
from eligibility.engine.priors import COUNTRY_FACT
from eligibility.engine.profile import Profile, Value
from eligibility.engine.reference import Reference
from eligibility.engine.worked_out import completed
from eligibility.language.programme import Programme
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

Changes = tuple[tuple[str, Value], ...]
"""Facts with what they are changed to, in the order in which they were changed."""
Given = frozenset[str]
_MANY = 8


class Alternatives:
    """The alternatives of all facts of one profile. It keeps the diagrams that several programmes need."""

    def __init__(self, choosable: Choosable) -> None:
        self.choosable = choosable
        self.rulebook = choosable.rulebook
        self._cells: dict[tuple[Given, Changes], Cells] = {}
        self._codes: dict[str, Codes] = {}
        self._stated = frozenset(name for name in choosable.profile.values if name in self.rulebook.definitions)

    def changed(self, changes: Changes, without: Given = frozenset()) -> Profile:
        """Return the profile with some facts changed, and without the answers to others."""
        profile = self.choosable.profile
        values = {name: value for name, value in {**profile.values, **dict(changes)}.items() if name not in without}
        return Profile(values, profile.answers, profile.findings)

    def opened(self, changes: Changes, free: Given) -> Profile | None:
        """Return the profile as if nothing were known of some facts; `None` where the rules would know something."""
        if any(name in self.rulebook.definitions or self.rulebook.facts[name].worked_out_by for name in free):
            return None
        return self.changed(changes, free)

    def cells(self, free: Given, changes: Changes = ()) -> Cells:
        """Return the rules as diagrams over some facts, and over what is unknown, with everything else put in."""
        key = (free, tuple(sorted(changes, key=lambda change: change[0])))
        found = self._cells.get(key)
        if found is None:
            known = completed(self.rulebook, self.changed(changes, free))
            # Without its answer a fact may be worked out; here it is to be anything.
            values = {name: value for name, value in known.values.items() if name not in free}
            found = self._cells[key] = Cells(self.rulebook, self._stated, replace(known, values=values))
        return found

    def numbers(
        self, programme: Programme, fact: str, changes: Changes = (), *, award: bool = False, free: Given = frozenset()
    ) -> list[grid.Span]:
        """Return the cells of a number in a programme, those of its award too if wanted, as what can be answered.

        With further facts `free` the cells are those that there are whatever these are.
        """
        cells = self.cells(free | {fact}, changes)
        subject = self.rulebook.subject(fact)
        functions = self.functions(cells, programme, fact, award=award)
        around = {(point, above) for point in self._points(cells, functions, fact) for above in (0, 1)}
        keys = tuple(sorted({*keys_of(cells, functions, fact), *around}))
        return list(grid.spans(subject, keys, self._earliest(fact)))

    def choices(
        self, programme: Programme, fact: str, changes: Changes = (), *, free: Given = frozenset()
    ) -> Sequence[Value]:
        """Return what a truth or choice can be but is not; `free` as for numbers."""
        subject = self.rulebook.subject(fact)
        before = self.choosable.profile.given(fact)
        options: Sequence[Value] = (False, True) if subject.type == "truth" else subject.choices
        others = [option for option in options if option != before]
        if len(others) < _MANY:
            return others
        # Of all countries of the world most fail at the first criterion: they need not be assessed.
        cells = self.cells(free | {fact}, changes)
        functions = self.functions(cells, programme, fact)
        return [option for option in others if not _fails(cells, functions, fact, option)]

    def codes(
        self, programme: Programme, fact: str, changes: Changes = (), *, award: bool = False, free: Given = frozenset()
    ) -> Iterator[str]:
        """Yield codes that differ in a programme from each other, coarse ones first; `free` as for numbers."""
        cells = self.cells(free | {fact}, changes)
        functions = self.functions(cells, programme, fact, award=award)
        codes = self._codes.get(fact)
        if codes is None:
            abroad = COUNTRY_FACT in self.choosable.facts
            codes = self._codes[fact] = Codes(self.rulebook.subject(fact), abroad=abroad)
        before = self.choosable.profile.given(fact)
        assert isinstance(before, str)
        yield from codes.instead(before, cells, functions)

    def functions(self, cells: Cells, programme: Programme, fact: str, *, award: bool = False) -> list[Function]:
        """Return the criteria that read a fact, as diagrams; with `award` what the award depends on too."""
        found = [*self._criteria(cells, programme, fact), *self._worked_out(cells, programme, fact)]
        if award:
            found.extend(cells.award(programme) or ())
        return found

    def _criteria(self, cells: Cells, programme: Programme, fact: str) -> Iterator[Function]:
        for criterion in programme.criteria:
            condition = criterion.condition
            if condition is not None and fact in self.choosable.behind(condition.facts()):
                yield from _read(cells, condition.interpret)
        award = programme.award
        if award is not None and award.at_least and fact in self.choosable.behind(award.facts()):
            yield from _read(cells, lambda algebra: award.interpret(algebra).enough)

    def _worked_out(self, cells: Cells, programme: Programme, fact: str) -> Iterator[Function]:
        """Yield the definitions of facts that nobody answered: diagrams ask for these facts instead."""
        for name in self.choosable.behind(self.rulebook.reads[programme.id]):
            by = self.rulebook.facts[name].worked_out_by if name in self.rulebook.facts else None
            if by is not None and fact in self.choosable.behind([name]) and name != fact:
                fact_is_truth = self.rulebook.subject(by).type == "truth"
                yield from _read(cells, partial(Cells.is_true if fact_is_truth else Cells.options, name=by))

    def _points(self, cells: Cells, functions: Iterable[Function], fact: str) -> Iterator[Fraction]:
        reference = Reference(self.rulebook, cells.profile)
        diagrams, before = cells.diagrams, self.choosable.profile.given(fact)
        assert isinstance(before, Interval)

        def known(name: str) -> Interval:
            return reference.number(name).interval

        for function in functions:
            for number in diagrams.below(function):
                if diagrams.is_leaf(number):
                    value = diagrams.values[number]
                    if isinstance(value, tuple):
                        yield from turning_points([value], fact, known)
                    continue
                comparison = cells.comparisons.get(diagrams.variables[diagrams.nodes[number].place].name)
                if comparison is not None and fact in comparison.facts():
                    yield from comparison_points(comparison, fact, before, known)

    def _earliest(self, fact: str) -> int | None:
        subject = self.rulebook.facts.get(fact)
        return None if subject is None or subject.changeable != "date" else self.rulebook.as_of.toordinal() + 1


def _fails(cells: Cells, functions: Iterable[Function], fact: str, value: Value) -> bool:
    diagrams = cells.diagrams
    diagrams.room = LEAF
    no, known = diagrams.leaf(Truth.NO), {diagrams.places[fact]: value}
    return any(diagrams.restrict(function, known, {}) == no for function in functions)


def _read(cells: Cells, interpret: Callable[[Cells], Function | None]) -> list[Function]:
    """Return a diagram, or nothing where there is none or it would be too large."""
    cells.diagrams.room = MOST_NODES
    try:
        found = interpret(cells)
    except TooLarge:
        return []
    return [] if found is None else [found]
