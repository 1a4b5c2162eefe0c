"""Which encoding a text has that is not UTF-8 all through: from the whole text, and only where it leaves no doubt."""

import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field

from eligibility.batch.script import EASTERN, ENCODINGS, fit, is_german
from eligibility.values.problem import AnswerError, Place, Problem

SAMPLE = 64 << 10
MOST_SHOWN = 4
_LONGEST_REST = 1 << 20
_CLEAR = 0.9
_AS_GOOD = 0.03
_SPREAD = 30
_SURE = 1_000
_EACH = 8
_HEADER_LINES = 100
_UTF8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoding and what speaks for it: `mostly`, `names`, `text` or `locale`."""

    encoding: str
    why: str


@dataclass(slots=True)
class Evidence:
    """What the lines of a text that are not ASCII say; `bad` counts by encoding those it cannot read.

    `witness` is the first that is not UTF-8.
    """

    known: Container[str]
    first: bytes = b""
    lines: int = 0
    bad: dict[str, int] = field(default_factory=lambda: dict.fromkeys((_UTF8, *ENCODINGS), 0))
    sample: bytearray = field(default_factory=bytearray)
    witness: bytes = b""
    _rest: bytes = b""
    _asked: Collection[str] = ENCODINGS
    _narrowed: bool = False
    _foreign: bool = False
    _parts: int = 0

    def see(self, part: bytes) -> None:
        """Take in the next part of the text, lines being cut anywhere."""
        whole, mark, rest = (self._rest + part).rpartition(b"\n")
        if not mark and len(rest) > _LONGEST_REST:
            whole, rest = rest, b""
        self._rest = rest
        self._take(whole)

    def end(self) -> None:
        """Take in what stands behind the last line end."""
        self._take(self._rest)
        self._rest = b""

    def _take(self, text: bytes) -> None:
        if text.isascii():
            return
        lines = [line for line in text.split(b"\n") if not line.isascii()]
        self.lines += len(lines)
        joined = b"\n".join(lines)
        if len(self.sample) < SAMPLE:
            self.sample += _cut(joined, SAMPLE) + b"\n"
        for encoding in self._asked:
            self.bad[encoding] += _undecodable(joined, encoding)
        self._count_utf8(joined, len(lines))
        if self.lines > _SURE and not self._narrowed:
            self._narrow()
            self._narrowed = True

    def _count_utf8(self, joined: bytes, lines: int) -> None:
        """Count lines that are not UTF-8: where hardly any is, look into a part now and then, for it may change."""
        self._parts += 1
        if self._foreign and self._parts % _EACH:
            self.bad[_UTF8] += lines
            return
        bad = _undecodable(joined, _UTF8)
        self.bad[_UTF8] += bad
        if bad and not self.witness:
            self.witness = next(line for line in joined.split(b"\n") if _undecodable(line, _UTF8))
        self._foreign = lines > _SURE and (lines - bad) * 100 < lines

    def _narrow(self) -> None:
        """Ask no more about encodings that a thousand lines speak against: decoding takes most of the time."""
        text = bytes(self.sample)
        clear = {one for one in ENCODINGS if self._holds(one) and fit(text.decode(one, "replace"), one) >= _CLEAR}
        self._asked = clear | {one for one in ENCODINGS if self._holds(one) and self._names(one)} or self._asked

    def _holds(self, encoding: str) -> bool:
        """Tell whether an encoding reads nearly all lines: a few may be damaged."""
        return self.bad[encoding] * 4 <= self.lines and (encoding == _UTF8 or encoding in self._asked)

    def choice(self, family: str | None) -> Choice | None:
        """Return the encoding that the text shows; `family` decides between those that it leaves open."""
        if self._holds(_UTF8):
            return Choice(_UTF8, "mostly")
        holding = [encoding for encoding in ENCODINGS if self._holds(encoding)]
        texts = {encoding: bytes(self.sample).decode(encoding, "replace") for encoding in holding}
        fits = {encoding: fit(text, encoding) for encoding, text in texts.items()}
        names = {encoding: self._names(encoding) for encoding in holding}
        best = max(names.values(), default=0)
        named = [encoding for encoding in holding if best and names[encoding] == best]
        clear = [encoding for encoding in named or holding if fits[encoding] >= _CLEAR]
        top = max((fits[encoding] for encoding in clear), default=1.0)
        left = [encoding for encoding in clear if fits[encoding] >= top - _AS_GOOD] or named
        found = _one(left, texts)
        why = "names" if named else "text"
        if found is None and family in left:
            found, why = family, "locale"
        return None if found is None or self._mixed(found) else Choice(found, why)

    def _mixed(self, encoding: str) -> bool:
        """Tell whether there are too many lines of UTF-8 for chance: two texts were put together."""
        chance = 4 if encoding in EASTERN else 20
        return (self.lines - self.bad[_UTF8]) * chance > self.lines

    def _names(self, encoding: str) -> int:
        """Count the names of known columns beyond ASCII in the line at the top that has most of them."""
        lines = self.first.split(b"\n")[:_HEADER_LINES]
        return max((_known(line.decode(encoding, "replace"), self.known) for line in lines), default=0)

    def unclear(self, name: str, line: int, family: str | None) -> AnswerError:
        """Make the error of a text whose encoding must be told, with what it says in each that may be meant."""
        holding = [encoding for encoding in ENCODINGS if self._holds(encoding)]
        sample = bytes(self.sample)
        rank = {encoding: fit(sample.decode(encoding, "replace"), encoding) for encoding in holding}
        order = sorted(holding, key=lambda encoding: (-round(rank[encoding], 1), encoding != family))
        if self.bad[_UTF8] < self.lines:
            order.insert(0, _UTF8)
        shown: dict[str, str] = {}
        for encoding in dict.fromkeys((*order[: MOST_SHOWN - 1], *self._advised(), *order)):
            preview = _preview(self.witness, encoding)
            if preview and preview not in shown.values() and len(shown) < MOST_SHOWN:
                shown[encoding] = preview
        readings = "; ".join(f"{encoding}: `{preview}`" for encoding, preview in shown.items())
        message = "the table is not UTF-8, and its text does not show what else it is"
        message += f": {readings}" if readings else ""
        hint = f"tell it, such as --encoding {next((one for one in shown if one != _UTF8), 'cp1252')}"
        return AnswerError(Problem("unclear-encoding", message, Place(name, line, 1), hint))

    def _advised(self) -> Sequence[str]:
        """Return what the detector takes the text for; it is wrong too often to be more than one more reading."""
        from charset_normalizer import from_bytes

        best = from_bytes(bytes(self.sample[: 32 << 10])).best()
        return () if best is None or best.encoding.startswith(("utf", "ascii")) else (best.encoding,)


def _one(left: Sequence[str], texts: Mapping[str, str]) -> str | None:
    """Return the one encoding that is left, or the first of several that read the very same text."""
    if not left:
        return None
    if len({texts[encoding] for encoding in left}) == 1:
        return left[0]
    # German has its own letters where these encodings agree: one foreign name must not make it Polish or Turkish.
    if "cp1252" in left and is_german(texts["cp1252"]):
        return "cp1252"
    return None


def _cut(lines: bytes, most: int) -> bytes:
    return lines if len(lines) <= most else lines[:most].rpartition(b"\n")[0] or lines[:most]


def _undecodable(lines: bytes, encoding: str) -> int:
    try:
        lines.decode(encoding)
    except UnicodeDecodeError:
        return sum("\ufffd" in line for line in lines.decode(encoding, "replace").split("\n"))
    return 0


def _known(line: str, known: Container[str]) -> int:
    if line.isascii():
        return 0
    cells = (cell.strip().strip("\"'") for cell in re.split(r"[,;\t|]", line))
    return sum(not cell.isascii() and cell in known for cell in cells)


def _preview(line: bytes, encoding: str) -> str:
    """Return the surroundings of the first byte of a line that is beyond ASCII, read by an encoding."""
    at = next(index for index, byte in enumerate(line) if byte > 0x7F)
    text = line.decode(encoding, "replace" if encoding != _UTF8 else "backslashreplace")
    start = max(len(line[:at].decode(encoding, "replace")) - _SPREAD // 2, 0)
    return "".join(letter if letter.isprintable() else "�" for letter in text[start : start + _SPREAD]).strip()
