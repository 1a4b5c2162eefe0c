"""Rules -> rulebook: names get their meaning, dated values the one in force. Every problem is found in one pass."""

import importlib.metadata
import pathlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter

from eligibility.language.cumulation import check_others
from eligibility.language.definition import BODIES, Definition, DefinitionShape, link_definition
from eligibility.language.fact import Fact, FactShape, link_fact
from eligibility.language.linking import Path, Scope, Subject, nearest
from eligibility.language.programme import Programme, ProgrammeShape, link_programme
from eligibility.rulebook.overlaps import check_overlaps
from eligibility.rulebook.rulebook import Rulebook, reads_of
from eligibility.rulebook.rules import Rules, Written, read_rules
from eligibility.rulebook.tree import AnyDocument, texts
from eligibility.rulebook.worked_out import FIELD, circle_through, work_out_by
from eligibility.values.problem import Problem, RuleError, in_order

_LEFT_OUT = dict.fromkeys(map(ord, " \t_-.\u00a0"))


def load(
    directories: Sequence[pathlib.Path],
    as_of: date,
    only: Collection[str] | None = None,
    keep_in: pathlib.Path | None = None,
    replacing: Sequence[pathlib.Path] = (),
) -> Rulebook:
    """Read and link rule directories; `keep_in` is a directory in which their trees are kept between runs.

    The `replacing` directories are read after the others; an id that they repeat means what they say.

    Raises:
        RuleError: with every problem of all files.
    """
    return Linker(read_rules(directories, keep_in, replacing)).fix(as_of, only)


class Linker:
    """Links rules on any day; what no day changes (the facts, the order of definitions) is worked out once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.facts: dict[str, Fact] = {}
        self.problems = list(rules.problems)
        self.broken = set(rules.broken)
        self._link_facts()
        self._check_aliases()
        self.order = tuple(self._definition_order())

    def fix(self, as_of: date, only: Collection[str] | None = None) -> Rulebook:
        """Link as in force on a day; `only` names the programmes to keep, all if left out.

        Raises:
            RuleError: with every problem of all files.
        """
        rulebook, problems = self.link(as_of, only)
        if problems:
            raise RuleError(*problems)
        return rulebook

    def link(self, as_of: date, only: Collection[str] | None = None) -> tuple[Rulebook, list[Problem]]:
        """Link as in force on a day and return what could be linked, with every problem."""
        day = _Day(self, as_of)
        day.link_definitions()
        day.link_programmes(only)
        rules = self.rules
        rulebook = Rulebook(
            as_of,
            importlib.metadata.version("eligibility"),
            rules.digest,
            {name: topic.title for name, topic in sorted(rules.topics.items(), key=lambda entry: entry[1].order)},
            self.facts,
            day.definitions,
            rules.tables,
            rules.papers,
            day.programmes,
            reads_of(day.programmes, day.definitions),
            tuple(name for _, name in rules.replaced),
        )
        return rulebook, sorted(day.problems, key=in_order)

    def _link_facts(self) -> None:
        for name, (topic, written) in sorted(self.rules.facts.items(), key=self._topic_order):
            # No part of a fact is dated.
            scope = Scope({}, self.rules.tables, {}, date.min, date.min, broken=self.broken)
            fact = link_fact(name, topic, written.shape, self.rules.tables, written.path, scope)
            check_overlaps(name, written, self.rules, scope)
            self.facts[name] = replace(fact, worked_out_by=work_out_by(name, written, self.rules, scope))
            self.problems.extend(_located(scope, written.document))

    def _topic_order(self, entry: tuple[str, tuple[str, object]]) -> int:
        return self.rules.topics[entry[1][0]].order

    def _check_aliases(self) -> None:
        """Refuse a column name that stands for two facts; ids come first, so that the clash is told at the alias."""
        subjects: list[tuple[str, Written[FactShape] | Written[DefinitionShape]]] = [
            *((name, written) for name, (_, written) in self.rules.facts.items()),
            *self.rules.definitions.items(),
        ]
        seen: dict[str, str] = {}
        for name, written in subjects:
            other = seen.setdefault(fold(name), name)
            if other != name:
                message = f"as the name of a column `{name}` and `{other}` are the same"
                self.problems.append(Problem("alias-clash", message, written.place(), "choose another id"))
        for name, written in subjects:
            for index, alias in enumerate(written.shape.aliases):
                other = seen.setdefault(fold(alias), name)
                if other != name:
                    place = written.document.place((*written.path, "aliases", index))
                    message = f"the column name `{alias}` stands for `{other}` already"
                    hint = "case, spaces, hyphens, underscores and points make no difference"
                    self.problems.append(Problem("alias-clash", message, place, hint))

    def _definition_order(self) -> Iterable[str]:
        known = self.rules.definitions
        # A fact that a definition works out comes after it, and before what reads the fact.
        by = {name: fact.worked_out_by for name, fact in self.facts.items() if fact.worked_out_by is not None}
        graph = {name: _references(written, [*known, *by]) for name, written in known.items()}
        graph.update({name: {definition} for name, definition in by.items()})
        left = dict.fromkeys(graph)
        while True:
            sorter = TopologicalSorter({name: [other for other in left if other in graph[name]] for name in left})
            try:
                return [name for name in sorter.static_order() if name in known]
            except CycleError as error:
                # Each member is read by the next; told the other way round, each reads the next.
                circle = error.args[1][::-1]
            for name in self._tell_circle(circle, by):
                del left[name]

    def _tell_circle(self, circle: list[str], by: Mapping[str, str]) -> set[str]:
        """Record a circle as a problem and return what has to be left out so that it is none."""
        found = circle_through(circle, by)
        if found is not None:
            fact, message = found
            _, written = self.rules.facts[fact]
            place = written.document.place((*written.path, FIELD))
            self.problems.append(Problem("circle", message, place, "name a definition that does not read the fact"))
            self.facts[fact] = replace(self.facts[fact], worked_out_by=None)
            return {fact}
        message = f"these definitions need each other: {' -> '.join(circle)}"
        place = self.rules.definitions[circle[0]].place()
        self.problems.append(Problem("circle", message, place, "one of them must not read the next"))
        self.broken.update(("definitions", name) for name in circle)
        return set(circle)


class _Day:
    """The rules of one day: definitions, then programmes; each later one sees the earlier ones."""

    def __init__(self, linker: Linker, as_of: date) -> None:
        self.rules = linker.rules
        self.as_of = as_of
        self.order = linker.order
        self.problems = list(linker.problems)
        self.broken = set(linker.broken)
        self.subjects: dict[str, Subject] = dict(linker.facts)
        self.definitions: dict[str, Definition] = {}
        self.programmes: dict[str, Programme] = {}

    def link_definitions(self) -> None:
        """Link definitions after those they read."""
        for name in self.order:
            written = self.rules.definitions[name]
            scope = self._scope(self.rules.sources[name])
            definition = link_definition(name, written.shape, self.rules.tables, written.path, scope)
            if definition is None:
                self.broken.add(("definitions", name))
            else:
                self.definitions[name] = self.subjects[name] = definition
            self.problems.extend(_located(scope, written.document))

    def link_programmes(self, only: Collection[str] | None) -> None:
        """Link programmes and check that those they refer to exist."""
        known = self.rules.programmes
        for name in only or ():
            if name not in known:
                message = f"there is no programme `{name}`"
                self.problems.append(Problem("unknown-programme", message, None, nearest(name, known)))
        for name, written in known.items():
            if only is not None and name not in only:
                continue
            scope = self._scope(written.shape.sources)
            self.programmes[name] = link_programme(written.shape, self.rules.papers, scope)
            self._check_relations(written, scope)
            self.problems.extend(_located(scope, written.document))

    def _scope(self, sources: Mapping[str, object]) -> Scope:
        return Scope(self.subjects, self.rules.tables, sources, self.as_of, self.as_of, broken=self.broken)

    def _check_relations(self, written: Written[ProgrammeShape], scope: Scope) -> None:
        shape = written.shape
        related: list[tuple[Path, str]] = [
            (("followed_by", index), name) for index, name in enumerate(shape.followed_by)
        ]
        if shape.part_of is not None:
            related.append((("part_of",), shape.part_of))
        for path, name in related:
            if name not in self.rules.programmes and not scope.is_broken(name, "programmes"):
                hint = nearest(name, self.rules.programmes) or "`eligibility programmes` lists them"
                scope.problem(path, "unknown-programme", f"there is no programme `{name}`", hint)
        check_others(shape.cumulation, self.rules.programmes, scope)


def _located(scope: Scope, document: AnyDocument) -> list[Problem]:
    return [
        Problem(finding.code, finding.message, document.place(finding.path, key=finding.key), finding.hint)
        for finding in scope.findings
    ]


def fold(name: str) -> str:
    """Return a column name as it is compared: no case, spaces, hyphens, underscores or points."""
    return name.casefold().translate(_LEFT_OUT)


def _references(written: Written[DefinitionShape], known: Iterable[str]) -> set[str]:
    """Return which definitions the body of another one may speak of (any word of it that is such an id)."""
    tree = written.document.tree
    for step in written.path:
        assert isinstance(tree, dict)
        tree = tree[str(step)]
    assert isinstance(tree, dict)
    return set(known) & {word for field in BODIES if field in tree for word in texts(tree[field])}
