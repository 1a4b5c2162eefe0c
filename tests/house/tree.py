"""The files of the checkout, as the house tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = {".git", ".venv", "build", "dist", "htmlcov", "__pycache__"}


def belongs(path: Path) -> bool:
    """Whether a path (relative to the root) is written by people, not by a tool."""
    return not any(part in BUILT or part.endswith("_cache") or part == ".hypothesis" for part in path.parts)


@cache
def kept_files() -> tuple[Path, ...]:
    """All files that are or could be committed, relative to the root, sorted."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout.decode()
        found = [Path(name) for name in listed.split("\0") if name]
    else:  # an unpacked archive
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
    return tuple(sorted(path for path in found if belongs(path) and (ROOT / path).is_file()))


def python_files(*rooms: str) -> tuple[Path, ...]:
    """The .py files below the given directories (relative to the root); all of them where none is given."""
    inside = [Path(room) for room in rooms]
    return tuple(
        path
        for path in kept_files()
        if path.suffix == ".py" and (not inside or any(path.is_relative_to(room) for room in inside))
    )


def text_of(path: Path) -> str | None:
    """The text of a kept file; None where it is not text."""
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def lines_of(path: Path) -> list[str]:
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of such an expression; its end alone (`.c`) where something else stands before."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=before, attr=name):
            return f"{dotted(before)}.{name}"
    return ""


def imports_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, at any depth."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((node.lineno, f"{module}.{name.name}") for name in names)
