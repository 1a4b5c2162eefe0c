"""Which messages the code says: read from its syntax, so that none is forgotten in a catalogue."""

import ast
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

SPEAKS = ("say", "plural")
# A function that passes a message on takes it under one of these names.
PASSED_ON = {"message", "one", "many"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A message in English; `many` is its plural form, empty where it has none."""

    one: str
    many: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields to fill in."""
        return fields_of(self.one) | fields_of(self.many)


@dataclass(frozen=True, slots=True)
class Found:
    """The messages of a package with the first place of each, and the places where no message could be read."""

    messages: dict[Message, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def fields_of(message: str) -> frozenset[str]:
    """Return the names of the fields in a message."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def find_messages(package: Traversable) -> Found:
    """Return what all modules of a package say."""
    trees = {name: ast.parse(text) for name, text in _modules(package, package.name)}
    constants = {name: _constants(tree) for name, tree in trees.items()}
    found = Found()
    for name, tree in trees.items():
        reader = _Reader(name, _known(tree, constants, name), found)
        reader.visit(tree)
    return found


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name.isidentifier():
            yield from _modules(entry, f"{name}.{entry.name}")
        elif entry.name.endswith(".py"):
            yield f"{name}.{entry.name.removesuffix('.py')}", entry.read_text(encoding="utf-8")


def _constants(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """Return the texts behind the names that are set on the level of the module or of a class."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    found: dict[str, tuple[str, ...]] = {}
    for statement in (statement for body in bodies for statement in body):
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                found[name] = (*found.get(name, ()), *_texts(value))
    return found


def _texts(value: ast.expr) -> tuple[str, ...]:
    match value:
        case ast.Constant(value=str(text)):
            return (text,) if text else ()
        case ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(text for part in parts for text in _texts(part))
    return ()


def _known(
    tree: ast.Module, constants: Mapping[str, dict[str, tuple[str, ...]]], name: str
) -> dict[str, tuple[str, ...]]:
    """Return the constants of a module, its own and those it imports."""
    known: dict[str, tuple[str, ...]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            theirs = constants.get(node.module or "", {})
            known |= {alias.asname or alias.name: theirs[alias.name] for alias in node.names if alias.name in theirs}
    return known | constants[name]


class _Reader(ast.NodeVisitor):
    """Collects the messages of one module."""

    def __init__(self, module: str, known: Mapping[str, tuple[str, ...]], found: Found) -> None:
        self.module = module
        self.known = known
        self.found = found
        self.passed_on: list[set[str]] = [set()]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:  # the name that ast prescribes
        """Remember which messages are parameters."""
        parameters = {argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
        self.passed_on.append(parameters & PASSED_ON)
        self.generic_visit(node)
        self.passed_on.pop()

    def visit_Call(self, node: ast.Call) -> None:  # the name that ast prescribes
        """Read one call."""
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in SPEAKS:
                self._read(name, node)

    def _read(self, name: str, node: ast.Call) -> None:
        place = f"{self.module}:{node.lineno}"
        read = [self._messages(argument) for argument in node.args[: 1 + (name == "plural")]]
        if not read or any(texts is None for texts in read):
            self.found.unread.append(place)
            return
        forms = [texts for texts in read if texts]
        for texts in zip(*forms, strict=False):
            self.found.messages.setdefault(Message(*texts), place)

    def _messages(self, argument: ast.expr) -> tuple[str, ...] | None:
        """Return the texts that an argument can be; none where it is passed on; None where that cannot be told."""
        match argument:
            case ast.Constant(value=str(text)):
                return (text,)
            case ast.IfExp(body=body, orelse=other):
                parts = [self._messages(body), self._messages(other)]
                return None if None in parts else tuple(text for part in parts for text in part or ())
            case ast.Subscript(value=whole):
                return self._messages(whole)
            case ast.Name(id=name) if name in self.passed_on[-1]:
                return ()
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return self.known.get(name)
        return None
