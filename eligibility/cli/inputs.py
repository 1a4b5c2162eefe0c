"""The tables that `batch` and `inspect` are given: files, patterns of file names, standard input."""

import contextlib
import glob
import locale
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from eligibility.cli.output import STANDARD, no_such_file, not_a_file, standard_bytes
from eligibility.cli.usage import misuse
from eligibility.cli.wording import say
from eligibility.values.problem import AnswerError, Place, Problem

_LOCALE_VARIABLES = ("LC_ALL", "LC_CTYPE", "LANG")


@contextlib.contextmanager
def opened(names: Sequence[str]) -> Iterator[tuple[Path | BinaryIO, tuple[Path, ...]]]:
    """Give the first input as a path, or standard input as a stream of bytes, and the further ones as paths.

    Raises:
        AnswerError: there is no such file, it is a directory, or no name fits a pattern.
        Misuse: standard input is named with others.
        OSError: standard input is closed.
    """
    if list(names) == [STANDARD]:
        yield standard_bytes(writing=False), ()
        return
    if STANDARD in names:
        raise misuse("standard-input", say("standard input cannot be read together with files"), say("leave - out"))
    first, *further = files_of(names)
    yield first, tuple(further)


def files_of(names: Sequence[str]) -> list[Path]:
    """Return the files of some names and patterns of names; raises as `opened`."""
    return [path for name in names for path in _files(name)]


def file_of(name: str) -> Path:
    """Return the file of a name, in which nothing is a pattern; raises AnswerError where there is none."""
    path = Path(name)
    if path.is_dir():
        raise not_a_file(name)
    if not path.exists():
        raise no_such_file(name)
    return path


def _files(name: str) -> list[Path]:
    """Return the file of a name, or those that fit a pattern which no shell has filled in, in order of their names."""
    if not os.path.exists(name) and glob.has_magic(name):
        found = [Path(path) for path in sorted(glob.glob(name, recursive=True)) if not os.path.isdir(path)]
        if not found:
            raise AnswerError(Problem("no-such-file", say("no file fits this pattern"), Place(name)))
        return found
    return [file_of(name)]


def family(environment: Mapping[str, str]) -> str | None:
    """Return the encoding that tables of the user's country have where they are not in Unicode, `None` if unknown."""
    from eligibility.batch.encoding import family_of

    # As in POSIX the first variable that is set decides, whatever it says.
    setting = next((setting for name in _LOCALE_VARIABLES if (setting := environment.get(name))), None)
    if setting is None and sys.platform == "win32":
        return locale.getencoding()
    return None if setting is None else family_of(setting)
