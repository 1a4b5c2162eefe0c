"""The bytes of an input: a file or a stream, unpacked where it is packed, with the share that has been read."""

import gzip
import os
import tempfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO, BinaryIO, cast

from eligibility.values.problem import AnswerError, Place, Problem

FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
WORKBOOKS = (".xlsx", ".xlsm")
PACKED = b"\x1f\x8b"
_OTHERS = {".xls": "old Excel workbooks", ".xlsb": "binary Excel workbooks", ".ods": "OpenDocument tables"}
_PART = 1 << 20


def name_of(source: Path | BinaryIO) -> str:
    """Return how messages call an input."""
    return str(source) if isinstance(source, Path) else "standard input"


def format_of(path: PurePath, written: bool = False) -> str:
    """Tell the format of a path by its ending (of an input `.gz` is looked through).

    Raises:
        AnswerError: an ending that is not known.
    """
    ending = path.suffix.lower()
    if ending == ".gz" and not written:
        ending = PurePath(path.stem).suffix.lower()
    known = (".csv", ".parquet", ".jsonl", ".xlsx") if written else (*FORMATS, *WORKBOOKS)
    place = Place(str(path))
    if ending in WORKBOOKS and path.suffix.lower() == ".gz":
        raise AnswerError(Problem("packed-workbook", "a packed workbook cannot be read", place, "unpack it first"))
    if ending in known:
        return "xlsx" if ending in WORKBOOKS else FORMATS[ending]
    if ending in _OTHERS:
        hint = "write .xlsx or .csv" if written else "open it in a spreadsheet and save it as .xlsx or as CSV UTF-8"
        verb = "written" if written else "read"
        raise AnswerError(Problem("unknown-format", f"{_OTHERS[ending]} cannot be {verb}", place, hint))
    shown = f"the ending `{ending}` is not known" if ending else "the file name has no ending that tells its format"
    raise AnswerError(Problem("unknown-format", shown, place, f"known: {', '.join(known)}"))


class Source:
    """An open input. Use it as a context manager; a stream that was handed in is left open.

    What begins like a packed file is unpacked, whatever it is called.
    """

    def __init__(self, source: Path | BinaryIO) -> None:
        self.name = name_of(source)
        self._stack = ExitStack()
        self._total = 0
        self._raw: BinaryIO = source if not isinstance(source, Path) else self._stack.enter_context(source.open("rb"))
        if isinstance(source, Path):
            self._total = os.fstat(self._raw.fileno()).st_size
        # A stream that others began to read cannot be wound back to its beginning, which unpacking does.
        self._seekable = hasattr(self._raw, "seekable") and self._raw.seekable() and self._raw.tell() == 0
        first = self._raw.read(len(PACKED))
        if self._seekable:
            self._raw.seek(0)
        self._stream: IO[bytes] = self._raw if self._seekable else cast(IO[bytes], _Rejoined(first, self._raw))
        if first == PACKED or (isinstance(source, Path) and source.suffix.lower() == ".gz"):
            unpacked = gzip.GzipFile(fileobj=self._stream, mode="rb")
            self._stack.callback(unpacked.close)
            self._stream = cast(IO[bytes], unpacked)

    def __enter__(self) -> "Source":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def read(self, size: int) -> bytes:
        """Return up to that many bytes, fewer only at the end.

        Raises:
            AnswerError: a packed file that is damaged or cut short.
        """
        parts: list[bytes] = []
        while size > 0:
            part = self._part(size)
            if not part:
                break
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def look_ahead(self, see: Callable[[bytes], None]) -> None:
        """Hand over all that has not been read yet, part by part; it is read again afterwards.

        What cannot be wound back is kept in a temporary file.
        """
        if self._seekable:
            at = self._stream.tell()
            while part := self._part(_PART):
                see(part)
            self._stream.seek(at)
            return
        kept = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the rest
        while part := self._part(_PART):
            kept.write(part)
            see(part)
        kept.seek(0)
        self._stream, self._seekable = kept, True

    def _part(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            message = "the packed file is damaged or cut short"
            raise AnswerError(Problem("damaged-archive", message, Place(self.name))) from error

    @property
    def share(self) -> float:
        """Return the share of the file that has been read, 0 where the size is not known."""
        return min(self._raw.tell() / self._total, 1.0) if self._total else 0.0


class _Rejoined:
    """A stream with the bytes before it that were read to see what it is."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int) -> bytes:
        if self._first:
            part, self._first = self._first[:size], self._first[size:]
            return part
        return self._rest.read(size)
