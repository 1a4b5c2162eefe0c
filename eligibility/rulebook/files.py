"""Which files make up the rules.

A directory is listed within limits, links are not followed, every byte goes into the digest.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eligibility.rulebook.decoding import LARGEST_FILE
from eligibility.values.problem import Place, Problem, RuleError

MOST_FILES = 5_000
LARGEST_TABLE = 10_000_000
_ENDINGS = (".yaml", ".yml", ".csv")
KINDS = ("facts", "definitions", "tables", "papers", "programmes")
PRIORS = "priors"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: its kind (the folder it stands in), the name shown in messages, its path inside, its bytes."""

    kind: str
    name: str
    inner: str
    data: bytes


def bundled_rules() -> Path:
    """Return the directory of the rules that ship with the program.

    Inside the wheel, or beside the package in a checkout.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def bundled_priors() -> Path:
    """Return the table of how likely the values of facts are, which the interview goes by unless given another."""
    return bundled_rules() / PRIORS / "companies.csv"


def list_files(directory: Path) -> list[RuleFile]:
    """Read every rule file of a directory, in the order of their names.

    A directory without the folders `facts`, `programmes` … holds programmes. Tables in the folder `priors` are left
    out: they steer the interview and no verdict, so that a rulebook is the same without them.

    Raises:
        RuleError: no such directory, too many files, links or devices, no file at all.
    """
    if not directory.is_dir():
        message = f"there is no directory {directory}"
        raise RuleError(Problem("no-such-directory", message, Place(str(directory)), "name a directory, not a file"))
    named = sorted(_named(str(directory)), key=lambda inner: inner.split("/"))
    if len(named) > MOST_FILES:
        message = f"{len(named):,} files; at most {MOST_FILES:,} are read"
        hint = "give several directories, or fewer files"
        raise RuleError(Problem("too-many-files", message, Place(str(directory)), hint))
    if not named:
        message = "there is no rule file (.yaml) in this directory"
        raise RuleError(Problem("no-rules", message, Place(str(directory))))
    top = directory.resolve().name
    problems = [problem for inner in named if (problem := _refusal(f"{directory}/{inner}", f"{top}/{inner}"))]
    if problems:
        raise RuleError(*problems)
    return [_read(f"{directory}/{inner}", top, inner) for inner in named]


def shown_name(path: Path, directory: Path) -> str:
    """Return the name by which messages show a file of a directory; raises ValueError for a file elsewhere."""
    return f"{directory.resolve().name}/{path.resolve().relative_to(directory.resolve()).as_posix()}"


def _named(directory: str) -> Iterator[str]:
    """Yield what has the name of a rule file, by its path from the directory, with `/` on every system."""
    # Not by pathlib: an object for each part of each path takes as long as reading the files.
    for folder, folders, files in os.walk(directory):
        inner = os.path.relpath(folder, directory).replace(os.sep, "/")
        for name in (*folders, *files):
            path = name if inner == "." else f"{inner}/{name}"
            if name.endswith(_ENDINGS) and name not in _ENDINGS and not _is_prior(path):
                yield path


def _is_prior(inner: str) -> bool:
    return inner.startswith(f"{PRIORS}/") and inner.endswith(".csv")


def _refusal(path: str, shown: str) -> Problem | None:
    """Return what is wrong with a file before it is opened: opening a FIFO would wait for ever."""
    if not shown.isprintable():
        return Problem(
            "hidden-character", "a file name holds characters that do not show", Place(ascii(shown)), "rename it"
        )
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        message = "links, directories and devices are not read as rules"
        return Problem("not-a-file", message, Place(shown), "put the file itself here")
    largest = LARGEST_TABLE if path.endswith(".csv") else LARGEST_FILE
    if found.st_size > largest:
        message = f"the file has {found.st_size:,} bytes; at most {largest:,} are read"
        return Problem("file-too-large", message, Place(shown), "split it")
    return None


def _read(path: str, top: str, inner: str) -> RuleFile:
    first = inner.partition("/")[0]
    with open(path, "rb") as file:
        return RuleFile(first if first in KINDS else "programmes", f"{top}/{inner}", inner, file.read())


def digest_of(files: Iterable[RuleFile]) -> str:
    """Return `sha256:…` over names and contents, wherever the directories stand and whatever their names."""
    total = hashlib.sha256()
    for inner, content in sorted((file.inner, hashlib.sha256(file.data).digest()) for file in files):
        total.update(inner.encode() + b"\0" + content)
    return f"sha256:{total.hexdigest()}"


def content_key(file: RuleFile) -> str:
    """Return what tells a file from all others, also from one of another directory with the same name."""
    return f"{hashlib.sha256(file.data).hexdigest()[:16]}/{file.name}"


def digest_behind(first: str, others: Iterable[str]) -> str:
    """Return the digest of rules that others replace in part, in this order; without others the first as it is."""
    digest = first
    for other in others:
        digest = f"sha256:{hashlib.sha256(f'{digest} {other}'.encode()).hexdigest()}"
    return digest
