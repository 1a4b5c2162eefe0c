"""Which files make up the rules.

A directory is listed within limits, links are not followed, every byte goes into the digest.
"""

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eligibility.values.problem import Place, Problem, RuleError

MOST_FILES = 5_000
KINDS = ("facts", "definitions", "tables", "papers", "programmes")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: its kind (the folder it stands in), the name shown in messages, its bytes."""

    kind: str
    name: str
    data: bytes


def bundled_rules() -> Path:
    """Return the directory of the rules that ship with the program.

    Inside the wheel, or beside the package in a checkout.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def list_files(directory: Path) -> list[RuleFile]:
    """Read every rule file of a directory, in the order of their names.

    A directory without the folders `facts`, `programmes` … holds programmes.

    Raises:
        RuleError: no such directory, too many files, a link or device, no file at all.
    """
    if not directory.is_dir():
        raise RuleError(Problem("no-such-directory", f"there is no directory {directory}", Place(str(directory))))
    paths = sorted(path for path in directory.rglob("*") if path.suffix in (".yaml", ".yml", ".csv"))
    if len(paths) > MOST_FILES:
        message = f"{len(paths):,} files; at most {MOST_FILES:,} are read"
        raise RuleError(Problem("too-many-files", message, Place(str(directory))))
    if not paths:
        raise RuleError(Problem("no-rules", "there is no rule file (.yaml) in this directory", Place(str(directory))))
    return [_read(path, directory) for path in paths]


def _read(path: Path, directory: Path) -> RuleFile:
    inner = path.relative_to(directory)
    shown = f"{directory.name}/{inner.as_posix()}"
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RuleError(
            Problem(
                "not-a-file",
                "links and devices are not read as rules",
                Place(shown),
                "put the file itself here",
            )
        )
    kind = inner.parts[0] if inner.parts[0] in KINDS else "programmes"
    return RuleFile(kind, shown, path.read_bytes())


def digest_of(files: Iterable[RuleFile]) -> str:
    """Return `sha256:…` over names and contents, independent of where the directories stand."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        total.update(file.name.encode())
        total.update(hashlib.sha256(file.data).digest())
    return f"sha256:{total.hexdigest()}"
