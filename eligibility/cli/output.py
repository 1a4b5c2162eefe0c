"""Where the data goes and comes from: standard streams, whole files, styling on terminals."""

import contextlib
import json
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import IO, BinaryIO, TextIO

from eligibility.cli.wording import say
from eligibility.values.problem import AnswerError, Place, Problem

STANDARD = "-"
WIDEST = 100


def emit(text: str, target: str | None = None, *, styled: bool = False) -> None:
    """Write text to a file, or to standard output for `None` and `-`; headings are bold on a terminal if `styled`."""
    if target not in (None, STANDARD):
        write_whole(Path(str(target)), text.encode())
        return
    if sys.stdout is None:
        raise OSError("standard output is closed")
    if styled and is_styled(sys.stdout):
        _emit_styled(text, sys.stdout)
    else:
        sys.stdout.write(text)
    sys.stdout.flush()


def emit_json(data: object) -> None:
    """Write data to standard output as `json_text`."""
    emit(json_text(data))


def json_text(data: object) -> str:
    """Return data as JSON in the one form that all commands write: indented, and every letter as it is."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def tell(text: str) -> None:
    """Write a message to standard error; names of files and columns in it may hold anything."""
    if sys.stderr is not None:
        from eligibility.report.clean import clean_for_terminal

        sys.stderr.write(f"{clean_for_terminal(text)}\n")
        sys.stderr.flush()


def standard_bytes(*, writing: bool) -> BinaryIO:
    """Return standard output or input as bytes; OSError where it is closed."""
    stream = sys.stdout if writing else sys.stdin
    if stream is None:
        raise OSError(f"standard {'output' if writing else 'input'} is closed")
    return stream.buffer


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether a stream is a terminal; a closed one is none."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_styled(stream: IO[str] | None) -> bool:
    """Tell whether a stream takes styling."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def text_width(target: str | None) -> int:
    """Return the width for a text: that of the terminal it goes to, else 80."""
    if target in (None, STANDARD) and is_terminal(sys.stdout):
        return max(40, min(shutil.get_terminal_size().columns, WIDEST))
    return 80


def _emit_styled(text: str, stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=True)
    lines = text.split("\n")
    for index, line in enumerate(lines[:-1]):
        under = lines[index + 1]
        heading = bool(line) and bool(under) and not under.strip("=-")
        console.print(Text(line, style="bold" if heading else ""))


def read_input(name: str) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        AnswerError: there is no such file, or it is a directory.
        OSError: it cannot be read.
    """
    if name == STANDARD:
        return standard_bytes(writing=False).read()
    try:
        return Path(name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise no_such_file(name) from None
    except IsADirectoryError:
        raise not_a_file(name) from None


def no_such_file(name: str) -> AnswerError:
    """Make the error of an input that is not there."""
    return AnswerError(Problem("no-such-file", say("there is no such file"), Place(name)))


def not_a_file(name: str) -> AnswerError:
    """Make the error of an input that is a directory."""
    return AnswerError(Problem("not-a-file", say("this is a directory, not a file"), Place(name)))


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it is complete or as it was before; `private`: for its owner alone.

    What is no regular file, such as a pipe or a device, is written to as it is.
    """
    real = Path(os.path.realpath(path))
    mode = _mode(real)
    if mode is not None and not stat.S_ISREG(mode):
        with real.open("wb") as stream:
            stream.write(data)
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".partial", dir=real.parent)
    except OSError as error:
        # The name that people know is that of the file, not of its forerunner.
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o600 if private else _permissions(mode))
        os.replace(name, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _permissions(mode: int | None) -> int:
    if mode is not None:
        return stat.S_IMODE(mode)
    # The mask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
