import codecs
import gzip
import io
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.encoding import MARKS
from eligibility.batch.source import Source
from eligibility.batch.text import Text, shown
from eligibility.values.problem import AnswerError
from tests.batch.office import GERMAN, KOREAN

ASCII = "id,name\n" + "1,plain\n" * 20


class Pipe(io.RawIOBase):
    """A stream that cannot be wound back."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(min(size, 7))


def streams(data: bytes, folder: Path | None = None) -> list[Path | BinaryIO]:
    found: list[Path | BinaryIO] = [io.BytesIO(data), cast(BinaryIO, Pipe(data))]
    packed = gzip.compress(data, mtime=0)
    found += [io.BytesIO(packed), cast(BinaryIO, Pipe(packed))]
    if folder is not None:
        for name, content in (("in.csv", data), ("in.csv.gz", packed), ("packed.csv", packed)):
            (folder / name).write_bytes(content)
            found.append(folder / name)
    return found


def read(
    source: Path | BinaryIO,
    size: int,
    forced: str | None = None,
    family: str | None = None,
    known: Collection[str] | None = (),
) -> tuple[str, Text]:
    with Source(source) as opened:
        text = Text(opened, forced, family, known)
        parts = []
        while part := text.read(size):
            parts.append(part)
        return shown(b"".join(parts).decode("utf-8", "surrogatepass")), text


@pytest.mark.parametrize("size", [64, 1 << 20])
@pytest.mark.parametrize(
    ("text", "encoding", "why"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (KOREAN, "utf-8-sig", "mark"),
        (KOREAN, "utf-16", "mark"),
        (GERMAN, "utf-32", "mark"),
        (GERMAN, "cp1252", "text"),
        (KOREAN, "cp949", "text"),
        (ASCII + GERMAN, "cp1252", "text"),
        (ASCII + KOREAN, "cp949", "text"),
    ],
)
def test_any_source_in_parts_of_any_size(tmp_path: Path, text: str, encoding: str, why: str, size: int) -> None:
    for source in streams(text.encode(encoding), tmp_path if size == 64 else None):
        found, reader = read(source, size)
        assert found == text
        assert reader.encoding.removesuffix("-le") == encoding
        assert (reader.why, reader.damaged) == (why, False)


def test_marks_in_both_orders_of_bytes() -> None:
    for mark, encoding in MARKS.items():
        data = mark + "a,한\n".encode(encoding.removesuffix("-sig"))
        found, reader = read(io.BytesIO(data), 64)
        assert (found, reader.encoding) == ("a,한\n", encoding)


@pytest.mark.parametrize(
    ("data", "forced", "found"),
    [
        (b"\xfcber\n", "utf-8", "\\xfcber\n"),
        (b"\xfcber\n", "ascii", "\\xfcber\n"),
        (b"a\x81b\n", "cp1252", "a\\x81b\n"),
        ("한".encode("cp949") + b"\xff,\xc9\n", "cp949", "한\\xff,\\xc9\n"),
        # Bytes that are UTF-8 by chance stay what they are: bytes that the encoding has not.
        (b"\xc9\xa1\n", "cp949", "\\xc9\\xa1\n"),
        (b"\xed\xa0\x80\n", "utf-8", "\\xed\\xa0\\x80\n"),
        ("a\n".encode("utf-16-le") + b"\x00\xdc", "utf-16-le", "a\n\\udc00"),
        ("a\n".encode("utf-16-le") + b"\xff", "utf-16", "a\n\\xff"),
        (codecs.BOM_UTF16_BE + "a\n".encode("utf-16-be"), "utf-16-be", "a\n"),
        ("한\n".encode("utf-8-sig"), "utf-8", "한\n"),
        ("한\n".encode(), "utf-8-sig", "한\n"),
        (b"\xc3\xbc\n", "cp1252", "Ã¼\n"),
    ],
)
def test_what_is_told_stands(data: bytes, forced: str, found: str) -> None:
    for size in (1, 64):
        text, reader = read(io.BytesIO(data), size, forced)
        assert text == found
        assert reader.why == "forced"
        assert reader.damaged == ("\\" in found)


def test_damaged_lines_of_utf8() -> None:
    data = "Müller\n".encode() * 30 + b"J\xf6rg\n" + "Größe\n".encode() * 3
    for size in (16, 1 << 20):
        for source in streams(data):
            text, reader = read(source, size)
            assert text == "Müller\n" * 30 + "J\\xf6rg\n" + "Größe\n" * 3
            assert (reader.encoding, reader.why, reader.damaged) == ("utf-8", "mostly", True)


def test_two_encodings_in_one_text() -> None:
    data = "Müller\n".encode() * 3 + ("Jörg Schäfer\n" * 400).encode("cp1252")
    for source in streams(data):
        with pytest.raises(AnswerError) as caught:
            read(source, 8)
        assert str(caught.value).partition(": ")[2] == (
            "the table is UTF-8 up to this line and cp1252 from here on "
            "(save it in one encoding; with --encoding utf-8 the lines that are not are rejected)"
        )


def test_a_text_that_is_asked_for(tmp_path: Path) -> None:
    data = ("a,b\n" * 5).encode() + "회사,삼성\n".encode("cp949")
    for source in streams(data):
        with pytest.raises(AnswerError) as caught:
            read(source, 8)
        assert caught.value.problems[0].code == "unclear-encoding"
        assert caught.value.problems[0].hint == "tell it, such as --encoding cp949"
    assert read(io.BytesIO(data), 8, family="cp949")[1].why == "locale"


def test_where_nothing_is_guessed() -> None:
    text, reader = read(io.BytesIO("Müller\n".encode("cp1252")), 64, known=None)
    assert (text, reader.encoding, reader.damaged) == ("M\\xfcller\n", "utf-8", True)


def test_a_finished_text_knows_its_encoding() -> None:
    with Source(io.BytesIO(ASCII.encode() + GERMAN.encode("cp1252"))) as source:
        text = Text(source, None, None, ())
        text.read(16)
        assert text.encoding == "utf-8"
        text.finish()
        assert text.encoding == "cp1252"


@given(
    st.text(st.characters(codec="utf-16", exclude_characters="\0"), max_size=40),
    st.sampled_from(sorted(MARKS.values())),
    st.integers(1, 9),
)
def test_unicode_is_read_as_written(text: str, encoding: str, size: int) -> None:
    mark = next(mark for mark, name in MARKS.items() if name == encoding)
    data = mark + text.encode(encoding.removesuffix("-sig"))
    assert read(io.BytesIO(data), size)[0] == text
