"""Documents checked in shape, not yet fixed at a date: what a set of rule directories says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from eligibility.language.definition import DefinitionShape, DefinitionsShape
from eligibility.language.fact import FactShape, TopicShape
from eligibility.language.linking import Table
from eligibility.language.programme import ProgrammeShape
from eligibility.language.shape import Scalar, Shape, Text
from eligibility.rulebook.files import RuleFile, digest_of, list_files
from eligibility.rulebook.kept import Kept, without_cases
from eligibility.rulebook.shapes import shaped
from eligibility.rulebook.tables import TableShape, read_table
from eligibility.rulebook.tree import AnyDocument, Document, StoredDocument
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
    document: AnyDocument
    path: tuple[str | int, ...] = ()

    def place(self) -> Place:
        """Return where its key stands."""
        return self.document.place(self.path, key=True)


@dataclass(slots=True)
class Rules:
    """Everything read from the rule directories, by id, in the order of the files; and every problem met.

    `documents` are the files that could be read. `broken` names, by kind, what files with problems would have given
    (`*`: no one knows what), so nobody misses it.
    """

    digest: str = ""
    topics: dict[str, TopicShape] = field(default_factory=dict)
    facts: dict[str, tuple[str, "Written[FactShape]"]] = field(default_factory=dict)
    definitions: dict[str, "Written[DefinitionShape]"] = field(default_factory=dict)
    sources: dict[str, Mapping[str, object]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    papers: dict[str, Text] = field(default_factory=dict)
    programmes: dict[str, "Written[ProgrammeShape]"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    documents: list[AnyDocument] = field(default_factory=list)
    kept: Mapping[str, object] = field(default_factory=dict)
    trees: dict[str, object] = field(default_factory=dict)


def read_rules(directories: Sequence[Path], keep_in: Path | None = None) -> Rules:
    """Read all rule files and collect the problems in the result; raises RuleError for unreadable directories.

    `keep_in` is a directory in which their trees are kept between runs.
    """
    listed = [list_files(directory) for directory in directories]
    kept = Kept(keep_in, directories)
    rules = Rules(digest=digest_of(file for files in listed for file in files))
    rules.kept = kept.load(rules.digest)
    for files in listed:
        tables = {file.name: file for file in files if file.name.endswith(".csv")}
        for file in files:
            if not file.name.endswith(".csv"):
                _READERS[file.kind](file, rules, tables)
    if not rules.kept and not rules.problems:
        kept.store(rules.digest, rules.trees)
    return rules


def _document(file: RuleFile, shape: type[S], rules: Rules) -> tuple[S, AnyDocument] | None:
    try:
        document = _read(file, rules)
    except RuleError as error:
        rules.problems.extend(error.problems)
        rules.broken.add((file.kind, Path(file.name).stem if file.kind == "tables" else "*"))
        return None
    rules.documents.append(document)
    written, problems = shaped(document, shape)
    rules.problems.extend(problems)
    if written is None:
        rules.broken.update((file.kind, name) for name in _names(file, document.tree))
        return None
    return written, document


def _read(file: RuleFile, rules: Rules) -> AnyDocument:
    if file.name in rules.kept:
        return StoredDocument(file.name, rules.kept[file.name], lambda: _from_yaml(file))
    document = _from_yaml(file)
    rules.trees[file.name] = without_cases(document.tree)
    return document


def _from_yaml(file: RuleFile) -> Document:
    # With kept trees no YAML is read, and its library need not be loaded.
    from eligibility.rulebook.read_yaml import read_document

    return read_document(file.name, file.data)


def _names(file: RuleFile, tree: object) -> Iterator[str]:
    """Yield the names that a file would have given, had its shape been right."""
    if file.kind == "tables":
        yield Path(file.name).stem
    elif isinstance(tree, Mapping):
        inner = tree.get("id" if file.kind == "programmes" else file.kind)
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, Mapping):
            yield from inner
        else:
            yield "*"


def _keep(known: dict[str, V], name: str, value: V, place: Callable[[], Place], what: str, rules: Rules) -> bool:
    """Keep what has a new name; a name that is taken is a problem, and the first use of it stands."""
    # Conditions speak of facts and definitions alike, so these share their names.
    others: Mapping[str, Mapping[str, object]] = {"fact": rules.definitions, "definition": rules.facts}
    if name not in known and name not in others.get(what, {}):
        known[name] = value
        return True
    taken = what if name in known else "definition" if what == "fact" else "fact"
    message = f"there is a {taken} `{name}` already"
    rules.problems.append(Problem("name-clash", message, place(), "choose another id"))
    return False


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
            if _keep(rules.definitions, name, written, written.place, "definition", rules):
                rules.sources[name] = shape.sources


def _read_table(file: RuleFile, rules: Rules, tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, TableShape, rules):
        shape, document = found
        name = Path(file.name).stem
        beside = tables.get(f"{file.name.rsplit('.', 1)[0]}.csv")
        if beside is None:
            message = f"there is no {name}.csv beside this file"
            rules.problems.append(Problem("no-csv", message, Place(file.name), "the rows of a table stand there"))
            rules.broken.add(("tables", name))
            return
        table, problems = read_table(name, shape, beside, document)
        rules.problems.extend(problems)
        if table is None:
            rules.broken.add(("tables", name))
        else:
            _keep(rules.tables, name, table, lambda: Place(file.name), "reference table", rules)


def _read_papers(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, PapersShape, rules):
        shape, document = found
        for name, text in shape.papers.items():
            _keep(rules.papers, name, text, partial(document.place, ("papers", name), key=True), "paper", rules)


def _read_programme(file: RuleFile, rules: Rules, _tables: Mapping[str, RuleFile]) -> None:
    if found := _document(file, ProgrammeShape, rules):
        shape, document = found
        _keep(
            rules.programmes, shape.id, Written(shape, document), partial(document.place, ("id",)), "programme", rules
        )


_READERS = {
    "facts": _read_facts,
    "definitions": _read_definitions,
    "tables": _read_table,
    "papers": _read_papers,
    "programmes": _read_programme,
}
