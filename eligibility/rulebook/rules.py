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
from eligibility.rulebook.files import RuleFile, content_key, digest_behind, digest_of, list_files
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
    (`*`: no one knows what), so nobody misses it. `replaceable` are, by what it is, the ids that the directory being
    read may take over from those before it, `replaced` those that were taken over so far, with what they are.
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
    replaceable: dict[str, set[str]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)

    def allow_replacing(self) -> None:
        """Let the directory that is read next take over any id that stands by now, each once."""
        self.replaceable = {
            "fact": set(self.facts),
            "definition": set(self.definitions),
            "reference table": set(self.tables),
            "paper": set(self.papers),
            "programme": set(self.programmes),
        }

    def takes_over(self, what: str, name: str) -> bool:
        """Tell whether an id may be taken over, and note that it was."""
        if name not in self.replaceable.get(what, ()):
            return False
        self.replaceable[what].remove(name)
        self.replaced.append((what, name))
        return True


def read_rules(directories: Sequence[Path], keep_in: Path | None = None, replacing: Sequence[Path] = ()) -> Rules:
    """Read all rule files and collect the problems in the result; raises RuleError for unreadable directories.

    `keep_in` is a directory in which their trees are kept between runs. Each of the `replacing` directories is read
    after the others and may repeat ids of those before it: what it says stands then.
    """
    every = [*directories, *replacing]
    listed = [list_files(directory) for directory in every]
    kept = Kept(keep_in, every)
    rules = Rules(digest=_digest(listed, len(replacing)))
    rules.kept = kept.load(rules.digest)
    for index, files in enumerate(listed):
        if index >= len(directories):
            rules.allow_replacing()
        _read_files(files, rules)
    if not rules.kept and not rules.problems:
        kept.store(rules.digest, rules.trees)
    return rules


def _digest(listed: Sequence[Sequence[RuleFile]], replacing: int) -> str:
    """Return the digest of all files; of two directories that repeat an id it matters which one replaces the other."""
    first = len(listed) - replacing
    together = digest_of(file for files in listed[:first] for file in files)
    return digest_behind(together, [digest_of(files) for files in listed[first:]])


def _read_files(files: Sequence[RuleFile], rules: Rules) -> None:
    tables = {file.name: file for file in files if file.name.endswith(".csv")}
    for file in files:
        if not file.name.endswith(".csv"):
            _READERS[file.kind](file, rules, tables)


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
    # Not by its name: two directories may both be called `rules`, and hold files of one name.
    key = content_key(file)
    if key in rules.kept:
        return StoredDocument(file.name, rules.kept[key], lambda: _from_yaml(file))
    document = _from_yaml(file)
    rules.trees[key] = without_cases(document.tree)
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
    """Keep what has a new name or may take one over; else a name that is taken is a problem, and its first use stands.

    What takes a name over has the place of what it replaces, so that the order of programmes and criteria stays.
    """
    # Conditions speak of facts and definitions alike, so these share their names.
    others: Mapping[str, Mapping[str, object]] = {"fact": rules.definitions, "definition": rules.facts}
    if name not in others.get(what, {}) and (name not in known or rules.takes_over(what, name)):
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
