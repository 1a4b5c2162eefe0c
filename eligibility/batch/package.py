"""A workbook's package, checked before anything in it is unpacked: no bomb, no password, no way out of it."""

from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

from eligibility.values.problem import AnswerError, Place, Problem

MOST_ENTRIES = 10_000
MOST_BYTES = 2 << 30
"""All parts unpacked; a sheet of a million rows and thirty columns stays below."""
MOST_PART = 256 << 20
"""One part that is held in memory. Sheets are read as a stream and may be larger."""
MOST_RATIO = 200
RATIO_FREE = 16 << 20
"""Below this size a part may be packed as tightly as it can be: it does no harm."""

UNPACKING = (BadZipFile, zlib_error, EOFError, NotImplementedError)
"""What a damaged part raises when it is read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_PART = 1 << 16
_ENCRYPTED = 0x1


def open_package(path: Path) -> ZipFile:
    """Open a workbook's package.

    Raises:
        AnswerError: it is no package, has a password, or would unpack into more than a workbook is.
        OSError: it cannot be read.
    """
    name = str(path)
    with path.open("rb") as stream:
        _refuse_ole(stream, name)
    try:
        package = ZipFile(path)
    except (BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        raise _refused("bad-workbook", "this is no Excel workbook, or it is damaged", name, _RESAVE) from None
    try:
        check_entries(package.infolist(), name)
        for entry in package.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                _refuse_doctype(package, entry, name)
    except BaseException:
        package.close()
        raise
    return package


_RESAVE = "open it in Excel and save it anew as .xlsx, or as CSV UTF-8"
_REAL = "is this a workbook? save it anew as .xlsx, or as CSV UTF-8"


def check_entries(entries: list[ZipInfo], name: str) -> None:
    """Refuse what the list of entries alone gives away.

    Raises:
        AnswerError: too many entries, too large ones, encrypted ones, names that repeat or lead out of the package.
    """
    if len(entries) > MOST_ENTRIES:
        raise _refused("suspicious-workbook", f"{len(entries):,} parts; a workbook has at most {MOST_ENTRIES:,}", name)
    seen: set[str] = set()
    for entry in entries:
        part = entry.filename
        if part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/") or part.lower() in seen:
            raise _refused("suspicious-workbook", f"the part `{part[:80]}` has a name that no workbook has", name)
        seen.add(part.lower())
        if entry.flag_bits & _ENCRYPTED:
            raise _refused("protected-workbook", f"the part `{part}` has a password", name, "save it without one")
        if entry.file_size > RATIO_FREE and entry.file_size > MOST_RATIO * entry.compress_size:
            message = f"the part `{part}` is packed more than {MOST_RATIO} times smaller than it is"
            raise _refused("suspicious-workbook", message, name)
        if entry.file_size > MOST_PART and "sheets/" not in part:
            message = f"the part `{part}` is larger than {MOST_PART >> 20} MB"
            raise _refused("too-large-workbook", message, name, "save the sheet as CSV UTF-8")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        message = f"the workbook unpacks into {total >> 20:,} MB; at most {MOST_BYTES >> 20:,} MB are read"
        raise _refused("too-large-workbook", message, name, "save the sheet as CSV UTF-8")


def _refuse_ole(stream: BinaryIO, name: str) -> None:
    """Tell a workbook with a password, and an old one under a new ending, from anything else that is no package."""
    if stream.read(len(_OLE)) != _OLE:
        return
    rest = b""
    while data := stream.read(_PART):
        if _PROTECTED in rest + data:
            hint = "open it in Excel and save it without a password"
            raise _refused("protected-workbook", "the workbook has a password", name, hint)
        rest = data[-len(_PROTECTED) :]
    hint = "open it in Excel and save it as .xlsx, or as CSV UTF-8"
    raise _refused("old-workbook", "this is a workbook of Excel 97-2003 (.xls)", name, hint)


class _Begun(Exception):
    """The first element of a part: there can be no document type behind it."""


def _refuse_doctype(package: ZipFile, entry: ZipInfo, name: str) -> None:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        message = f"the part `{entry.filename}` declares a document type, which no workbook does"
        raise _refused("suspicious-workbook", message, name)

    def begun(*_: object) -> None:
        raise _Begun

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = begun
    try:
        with package.open(entry) as stream:
            while data := stream.read(_PART):
                parser.Parse(data)
    except (_Begun, expat.ExpatError, *UNPACKING):
        # A damaged part is told by who needs it.
        return


def _refused(code: str, message: str, name: str, hint: str = _REAL) -> AnswerError:
    return AnswerError(Problem(code, message, Place(name), hint))
