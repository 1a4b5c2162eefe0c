"""Documents checked in shape, not yet fixed at a date: what a set of rule directories says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from eligibility.language.definition import DefinitionShape, DefinitionsShape
from eligibility.language.fact import FactShape, TopicShape
from eligibility.language.linking import Table
from eligibility.language.programme import ProgrammeShape
from eligibility.language.shape import Scalar, Shape, Text
from eligibility.rulebook.files import RuleFile, digest_of, list_files
from eligibility.rulebook.read_yaml import read_document
from eligibility.rulebook.shapes import shaped
from eligibility.rulebook.tables import TableShape, read_table
from eligibility.rulebook.tree import Document
from eligibility.values.problem import Place, Problem, RuleError

S = TypeVar("S", bound=BaseModel)
V = TypeVar("V")


class PapersShape(Shape):
    """A file of papers: documents that an application needs."""

    papers: dict[Scalar, Text]


@dataclass(frozen=True, slots=True)
class Written(Generic[S]):
    """A shape together with the document and the path that it was written at."""

    shape: S
    document: Document
    path: tuple[str | int, ...] = ()

    @property
    def place(self) -> Place:
        """Return where its key stands."""
        return self.document.place(self.path, key=True)


@dataclass(slots=True)
class Rules:
    """Everything read from the rule directories, by id, in the order of the files; and every problem met."""

    digest: str = ""
    topics: dict[str, TopicShape] = field(default_factory=dict)
    facts: dict[str, tuple[str, "Written[FactShape]"]] = field(default_factory=dict)
    definitions: dict[str, "Written[DefinitionShape]"] = field(default_factory=dict)
    sources: dict[str, Mapping[str, object]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    papers: dict[str, Text] = field(default_factory=dict)
    programmes: dict[str, "Written[ProgrammeShape]"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_rules(directories: Sequence[Path]) -> Rules:
    """Read all rule files.

    Problems are collected in the result, nothing is raised but for a directory that cannot be read.
    """
    files = [file for directory in directories for file in list_files(directory)]
    rules = Rules(digest=digest_of(files))
    tables = {file.name: file for file in files if file.name.endswith(".csv")}
    for file in files:
        if not file.name.endswith(".csv"):
            _READERS[file.kind](file, rules, tables)
    return rules


def _document(file: RuleFile, shape: type[S], rules: Rules) -> tuple[S, Document] | None:
    try:
        document = read_document(file.name, file.data)
    except RuleError as error:
        rules.problems.extend(error.problems)
        return None
    written, problems = shaped(document, shape)
    rules.problems.extend(problems)
    return None if written is None else (written, document)


def _keep(known: dict[str, V], name: str, value: V, place: Place, what: str, rules: Rules) -> None:
    if name in known:
        rules.problems.append(Problem("name-clash", f"there is a {what} `{name}` already", place, "choose another id"))
    else:
        known[name] = value


def _read_facts(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, TopicShape, rules):
        topic, document = found
        rules.topics.setdefault(topic.topic, topic)
        for name, fact in topic.facts.items():
            written = Written(fact, document, ("facts", name))
            _keep(rules.facts, name, (topic.topic, written), written.place, "fact", rules)


def _read_definitions(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, DefinitionsShape, rules):
        shape, document = found
        for name, definition in shape.definitions.items():
            written = Written(definition, document, ("definitions", name))
            _keep(rules.definitions, name, written, written.place, "definition", rules)
            rules.sources[name] = shape.sources
            if name in rules.facts:
                message = f"`{name}` is a fact already and cannot be a definition too"
                rules.problems.append(Problem("name-clash", message, written.place))


def _read_table(file: RuleFile, rules: Rules, tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, TableShape, rules):
        shape, document = found
        name = Path(file.name).stem
        beside = tables.get(f"{file.name.rsplit('.', 1)[0]}.csv")
        if beside is None:
            message = f"there is no {name}.csv beside this file"
            rules.problems.append(Problem("no-csv", message, document.at((0, 0))))
            return
        table, problems = read_table(name, shape, beside)
        rules.problems.extend(problems)
        if table is not None:
            _keep(rules.tables, name, table, document.at((0, 0)), "reference table", rules)


def _read_papers(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, PapersShape, rules):
        shape, document = found
        for name, text in shape.papers.items():
            _keep(rules.papers, name, text, document.place(("papers", name), key=True), "paper", rules)


def _read_programme(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, ProgrammeShape, rules):
        shape, document = found
        _keep(rules.programmes, shape.id, Written(shape, document), document.place(("id",)), "programme", rules)


_READERS = {
    "facts": _read_facts,
    "definitions": _read_definitions,
    "tables": _read_table,
    "papers": _read_papers,
    "programmes": _read_programme,
}
