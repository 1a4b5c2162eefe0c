"""Output files that are complete or absent: written beside their place, made durable, then moved there."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from eligibility.values.problem import AnswerError, Place, Problem


class Pending:
    """A file being written. Where something other than a file stands (a pipe, a device) it is written to directly."""

    def __init__(self, path: Path) -> None:
        self.final = path.resolve()
        self.direct = self.final.exists() and not self.final.is_file()
        if self.final.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
        if not self.final.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no such directory", str(path.parent))
        mark = secrets.token_hex(4)
        self.path = self.final if self.direct else self.final.with_name(f".{self.final.name}.{mark}.partial")
        self._stream: IO[bytes] | None = None

    def open(self) -> IO[bytes]:
        """Open the file for writing."""
        self._stream = self.path.open("wb" if self.direct else "xb")
        return self._stream

    def finish(self) -> None:
        """Close the file and make its contents durable."""
        if self._stream is not None:
            self._stream.close()
        if not self.direct:
            with self.path.open("rb+") as stream:
                os.fsync(stream.fileno())

    def move(self) -> None:
        """Put the finished file into its place, over one that stood there."""
        if self.direct:
            return
        with suppress(FileNotFoundError):
            self.path.chmod(self.final.stat().st_mode & 0o777)
        os.replace(self.path, self.final)

    def discard(self) -> None:
        """Take away what was written, if it has not been moved."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
        if not self.direct:
            self.path.unlink(missing_ok=True)


@contextmanager
def pending(*paths: Path | None) -> Iterator[list[Pending | None]]:
    """Hold files that appear together when the block ends well, and not at all when it does not."""
    files = [None if path is None else Pending(path) for path in paths]
    kept = [file for file in files if file is not None]
    try:
        yield files
        for file in kept:
            file.finish()
        for file in kept:
            file.move()
        for directory in {file.final.parent for file in kept if not file.direct}:
            _sync(directory)
    finally:
        for file in kept:
            file.discard()


def check_distinct(source: Path | None, output: Path | None, rejects: Path | None, report: Path | None = None) -> None:
    """Refuse to write over the input, or two outputs into one file."""
    named = [("input", source), ("output", output), ("rejects file", rejects), ("report", report)]
    paths = [(what, path) for what, path in named if path is not None]
    for index, (what, path) in enumerate(paths):
        for other, earlier in paths[:index]:
            if _same(path, earlier):
                message = f"the {what} is the same file as the {other}"
                raise AnswerError(Problem("same-file", message, Place(str(path)), "choose another name"))


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other) and path.is_file()
    except FileNotFoundError:
        return path.resolve() == other.resolve()


def _sync(directory: Path) -> None:
    """Make the move itself durable, where directories can be opened."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
