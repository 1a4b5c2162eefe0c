"""The text of an input as UTF-8, whatever its encoding; bytes that cannot be decoded stay visible as what they are.

Such a byte becomes a lone surrogate (U+DC80 to U+DCFF), which no decodable text holds, written as three bytes.
"""

import codecs
import re
from collections.abc import Container

import polars as pl

from eligibility.batch.encoding import LONGEST_MARK, MARKS, WIDE, checked
from eligibility.batch.evidence import Evidence
from eligibility.batch.source import Source
from eligibility.values.problem import AnswerError, Place, Problem

_LONE = re.compile("[\ud800-\udfff]")
_LONE_BYTES = re.compile(b"\xed[\xa0-\xbf]")
_GLANCE = 64 << 10


class Text:
    """Reads an input as UTF-8. `encoding` and `why` tell how, and are final when all has been read.

    `damaged` tells that bytes were met that cannot be decoded; the reader sets `line`, where it is, for messages. With
    `known`, names of columns, an encoding that is neither marked nor `forced` is found from the text; without,
    it is UTF-8.
    """

    def __init__(
        self, source: Source, forced: str | None, family: str | None = None, known: Container[str] | None = None
    ) -> None:
        self.name = source.name
        self.damaged = False
        self._source = source
        self._family = family
        self._known = known
        self._decoder: codecs.IncrementalDecoder | None = None
        self._plain = True
        self.line = 1
        self._valid = 0
        self._first = b""
        self._begin(forced)

    def _begin(self, forced: str | None) -> None:
        first = self._source.read(LONGEST_MARK)
        mark = next((mark for mark in MARKS if first.startswith(mark)), b"")
        marked = MARKS.get(mark)
        self.encoding, self.why = "utf-8", "utf-8"
        if forced is not None:
            self.encoding, self.why = checked(forced), "forced"
        elif marked is not None:
            self.encoding, self.why = marked, "mark"
        if marked is not None and self.encoding.removesuffix("-sig") == marked.removesuffix("-sig"):
            first = first[len(mark) :]
        self._settled = self.why != "utf-8" or self._known is None
        self._rest = first
        if self.encoding.removesuffix("-sig") != "utf-8":
            self._decode_from(self.encoding)

    def _decode_from(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")

    def read(self, size: int) -> bytes:
        """Return about that many bytes of UTF-8, none only at the end.

        Raises:
            AnswerError: the text does not show its encoding, or changes it on the way.
        """
        while True:
            data = self._source.read(size)
            at_end = len(data) < size
            data, self._rest = self._rest + data, b""
            found = self._utf8(data, at_end) if self._decoder is None else self._recoded(data, at_end)
            if found or at_end:
                return found

    def finish(self) -> None:
        """Read to the end, so that `encoding` is final."""
        while not self._settled and self.read(1 << 20):
            pass

    def _utf8(self, data: bytes, at_end: bool) -> bytes:
        used = len(data) if at_end else _whole_letters(data)
        data, self._rest = data[:used], data[used:]
        if not data.isascii():
            if not _is_utf8(data):
                data, self._rest = data + self._rest, b""
                return self._not_utf8(data, at_end)
            if not self._settled:
                self._plain = False
                self._valid += _lines_beyond_ascii(data[:_GLANCE])
        if not self._settled:
            self._first = self._first or data
        return data

    def _not_utf8(self, data: bytes, at_end: bool) -> bytes:
        if not self._settled:
            self._choose(data)
        if self._decoder is not None:
            return self._recoded(data, at_end)
        self.damaged = True
        text, used = codecs.utf_8_decode(data, "surrogateescape", at_end)
        self._rest = data[used:]
        return text.encode("utf-8", "surrogatepass")

    def _choose(self, data: bytes) -> None:
        evidence = Evidence(self._known or (), self._first or data)
        if not self._plain:
            evidence.lines += self._valid
        evidence.see(data)
        self._source.look_ahead(evidence.see)
        evidence.end()
        choice = evidence.choice(self._family)
        if choice is None:
            line = self.line + data.count(b"\n", 0, _first_bad(data))
            raise evidence.unclear(self.name, line, self._family)
        if choice.encoding != "utf-8":
            if not self._plain:
                line = self.line + data.count(b"\n", 0, _first_bad(data))
                message = f"the table is UTF-8 up to this line and {choice.encoding} from here on"
                hint = "save it in one encoding; with --encoding utf-8 the lines that are not are rejected"
                raise AnswerError(Problem("mixed-encodings", message, Place(self.name, line, 1), hint))
            self._decode_from(choice.encoding)
        self.encoding, self.why, self._settled, self._first = choice.encoding, choice.why, True, b""

    def _recoded(self, data: bytes, at_end: bool) -> bytes:
        decoder = self._decoder
        assert decoder is not None
        before = decoder.getstate()
        try:
            text = decoder.decode(data, at_end)
        except UnicodeDecodeError:
            decoder.setstate(before)
            text = self._escaped(decoder, data, at_end)
        return text.encode("utf-8", "surrogatepass")

    def _escaped(self, decoder: codecs.IncrementalDecoder, data: bytes, at_end: bool) -> str:
        self.damaged = True
        if self.encoding not in WIDE:
            decoder.errors = "surrogateescape"
            text = decoder.decode(data, at_end)
            decoder.errors = "strict"
            return text
        decoder.errors = "surrogatepass"
        text = decoder.decode(data)
        decoder.errors = "strict"
        # What is left is less than one letter: the text was cut inside it.
        rest = decoder.getstate()[0] if at_end else b""
        if rest:
            decoder.reset()
        return text + "".join(chr(0xDC00 + byte) for byte in rest)


def has_undecodable(data: bytes) -> bool:
    """Tell whether text as `Text` gives it has bytes that could not be decoded."""
    return _LONE_BYTES.search(data) is not None


def undecodable(text: str) -> str | None:
    """Return what could not be decoded first in a text, as it is shown, or `None`."""
    found = None if text.isascii() else _LONE.search(text)
    return None if found is None else _shown(found)


def shown(text: str) -> str:
    """Return a text with each byte that could not be decoded as its code in hexadecimal digits."""
    return _LONE.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def _whole_letters(data: bytes) -> int:
    """Return how many bytes are whole letters of UTF-8, the last of which may be cut."""
    for back, byte in enumerate(reversed(data[-3:]), start=1):
        if byte >= 0xC0:
            return len(data) - back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else len(data)
        if byte < 0x80:
            break
    return len(data)


def _is_utf8(data: bytes) -> bool:
    # Many times as quick as decoding, which makes a text that nobody needs.
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _lines_beyond_ascii(data: bytes) -> int:
    """Count lines that are not ASCII, at least 1: there is one somewhere."""
    return max(1, sum(not line.isascii() for line in data.split(b"\n")))


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)
