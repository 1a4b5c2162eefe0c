"""The quick way and the exact way read the same records, however the bytes are cut."""

import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eligibility.batch import delimited
from eligibility.batch.delimited import Delimited
from eligibility.batch.dialect import DELIMITERS, QUOTES
from eligibility.batch.exact import KEPT, LONGEST_CELL, Records
from eligibility.batch.header import Header
from eligibility.batch.source import Source
from eligibility.batch.text import Text

Read = list[tuple[int, int | None, tuple[str | None, ...]]]


class OnlyExact(Delimited):
    """Never takes the quick way."""

    def _fast(self, part: bytes) -> None:
        return None


def reader(kind: type[Delimited], data: bytes, width: int, size: int) -> Delimited:
    header = Header(tuple(f"c{index}" for index in range(width)), ",", '"', 0, 0)
    return kind(Text(Source(io.BytesIO(data)), None), b"", header, size)


def read(
    kind: type[Delimited], data: bytes, width: int, size: int
) -> tuple[Read, list[tuple[int, int | None, str, str]], int]:
    rows: Read = []
    rejects = []
    count = 0
    for block in reader(kind, data, width, size).blocks():
        cells = [tuple(cell or None for cell in row) for row in block.cells.rows()]
        rows += [(block.row_at(index), block.line_at(index), row) for index, row in enumerate(cells)]
        rejects += [(reject.row, reject.line, reject.code, reject.text) for reject in block.rejects]
        count += block.read
    return rows, rejects, count


cells = st.sampled_from(
    ["", "a", "ü", "12", "한", '"a,b"', '"x""y"', '"l\nm"', '""', '5"', '"a"b', '"', "\0", "\r", "\ufeff"]
)
orderly = st.sampled_from(["", "a", "ü", "12", "한글", '"a,b"', '"x""y"', '"l\nm"', '"l\r\n\r\nm"', '""'])
ends = st.sampled_from(["\n", "\r\n", "\n\n"])


def tables(cell: st.SearchStrategy[str], least: int, most: int, end: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    record = st.lists(cell, min_size=least, max_size=most).map(",".join)
    return st.lists(st.tuples(record, end).map("".join), max_size=12).map("".join)


@given(tables(cells, 1, 4, ends), st.integers(1, 3), st.integers(4, 80))
@example(',,\n,,,\n,,\n5",\r\r\n', 3, 9)
def test_both_ways_agree(text: str, width: int, size: int) -> None:
    data = text.encode()
    # A record that goes on over the end of a part is waited for, so all ways of cutting give the same rows.
    assert read(Delimited, data, width, size) == read(OnlyExact, data, width, 1 << 20)


@given(tables(orderly, 3, 3, st.sampled_from(["\n", "\r\n"])))
def test_orderly_tables_take_the_quick_way(text: str) -> None:
    rows, rejects, count = read(Delimited, text.encode(), 3, 1 << 20)
    assert rejects == []
    assert len(rows) == count
    if text:
        part = text.encode()
        assert reader(Delimited, part, 3, 1 << 20)._fast(part) is not None


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n\n", "\r\n\r\n", "\n\r\n\n"])
def test_ends_of_tables(end: str) -> None:
    data = f"a,b\nc,d{end}".encode()
    assert read(Delimited, data, 2, 1 << 20) == ([(1, 1, ("a", "b")), (2, 2, ("c", "d"))], [], 2)


def test_a_byte_that_cannot_be_decoded_costs_its_row() -> None:
    data = "a,b\nü,c\n".encode() + b"M\xfcller,d\n" + b'e,"f\n\xff"\ng,h\n'
    for kind in (Delimited, OnlyExact):
        rows, rejects, count = read(kind, data, 2, 1 << 20)
        assert rows == [(1, 1, ("a", "b")), (2, 2, ("ü", "c")), (5, 6, ("g", "h"))]
        assert rejects == [(3, 3, "undecodable", r"M\xfcller,d"), (4, 4, "undecodable", 'e,"f\n\\xff"')]
        assert count == 5


@pytest.mark.parametrize(
    "cell", ["x" * (LONGEST_CELL + 1), '"' + "x\n" * 600 + "x" * LONGEST_CELL + '"', "한" * 400_000]
)
def test_a_cell_that_is_too_long_costs_its_row(cell: str) -> None:
    data = f"a,b\n{cell},c\nd,e\n".encode()
    rows, rejects, count = read(Delimited, data, 2, 1 << 24)
    lines = cell.count("\n")
    assert rows == [(1, 1, ("a", "b")), (3, 3 + lines, ("d", "e"))]
    assert rejects == [(2, 2, "too-long", cell[:KEPT])]
    assert count == 3


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_longest_cell(end: str) -> None:
    data = f"{'x' * LONGEST_CELL},b{end}c,d{end}".encode()
    rows, rejects, _ = read(Delimited, data, 2, 1 << 24)
    assert ([len(row[2][0] or "") for row in rows], rejects) == ([LONGEST_CELL, 1], [])


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("delimiter", [*DELIMITERS, "^", "-", "]", "\\", "x", " "])
def test_any_delimiter_and_quote_take_the_quick_way(delimiter: str, quote: str) -> None:
    cells = [f"{quote}a{delimiter}{quote}{quote}b{quote}", "c", f"{quote}d\ne{quote}"]
    data = (delimiter.join(cells) + "\n").encode()
    header = Header(("a", "b", "c"), delimiter, quote, 0, 0)
    block = Delimited(Text(Source(io.BytesIO(data)), None), b"", header)._fast(data)
    assert block is not None
    assert block.cells.rows() == [(f"a{delimiter}{quote}b", "c", "d\ne")]


@pytest.mark.parametrize("bad", [b"x\n", b'"x\n', b"M\xfc,1\n", b'x"\n'])
def test_few_rows_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch, bad: bytes) -> None:
    slow = 0
    exact = delimited.read_records

    def counted(lines: list[str], *rest: Any) -> Records:
        nonlocal slow
        slow += len(lines)
        return exact(lines, *rest)

    monkeypatch.setattr(delimited, "read_records", counted)
    data = b"a,b\n" * 20_000 + bad + b"c,d\n" * 20_000 + bad + b"e,f\n" * 20_000
    rows, rejects, count = read(Delimited, data, 2, 1 << 19)
    assert (len(rows), len(rejects), count) == (60_000, 2, 60_002)
    assert [row[0] for row in rows] == [row for row in range(1, 60_003) if row not in (20_001, 40_002)]
    assert slow < 15_000
