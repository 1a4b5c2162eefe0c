"""The bytes of an input: a file or a stream, unpacked where it is packed, with the share that has been read."""

import gzip
import os
import zlib
from contextlib import ExitStack
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO, BinaryIO, cast

from eligibility.batch.request import BatchRequest
from eligibility.values.problem import AnswerError, Place, Problem

FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_LATER = {".xlsx": "Excel workbooks", ".xls": "Excel workbooks", ".ods": "OpenDocument tables"}


def format_of(path: PurePath, written: bool = False) -> str:
    """Tell the format of a path by its ending (of an input `.gz` is looked through).

    Raises:
        AnswerError: an ending that is not known.
    """
    ending = path.suffix.lower()
    if ending == ".gz" and not written:
        ending = PurePath(path.stem).suffix.lower()
    known = (".csv", ".parquet", ".jsonl") if written else tuple(FORMATS)
    if ending in known:
        return FORMATS[ending]
    place = Place(str(path))
    if ending in _LATER:
        hint = "save it as CSV UTF-8" if not written else "write .csv, which a spreadsheet opens"
        verb = "written" if written else "read"
        raise AnswerError(Problem("unknown-format", f"{_LATER[ending]} cannot be {verb} yet", place, hint))
    shown = f"the ending `{ending}` is not known" if ending else "the file name has no ending that tells its format"
    raise AnswerError(Problem("unknown-format", shown, place, f"known: {', '.join(known)}"))


class Source:
    """An open input. Use it as a context manager; a stream that was handed in is left open."""

    def __init__(self, request: BatchRequest) -> None:
        self.name = request.source_name
        self._stack = ExitStack()
        self._total = 0
        if isinstance(request.source, Path):
            raw: BinaryIO = self._stack.enter_context(request.source.open("rb"))
            self._total = os.fstat(raw.fileno()).st_size
            packed = request.source.suffix.lower() == ".gz"
        else:
            raw, packed = request.source, False
        self._raw = raw
        self._stream: IO[bytes] = raw
        if packed:
            unpacked = gzip.GzipFile(fileobj=raw, mode="rb")
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
