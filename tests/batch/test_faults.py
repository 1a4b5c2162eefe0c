"""What is wrong with a table, one thing at a time: its row is set aside, or the run stops and says why."""

import csv
import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eligibility.batch.block import Block
from eligibility.batch.request import BatchRequest
from eligibility.batch.table import Table
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError
from tests.batch.office import GERMAN, KOREAN
from tests.batch.runner import Runner
from tests.batch.test_text import Pipe

HEAD = b"id,employees\n1,5\n"
LAST = b"9,7\n"
LONG = b"id,employees\n" + (b"x" * 1020 + b",5\n") * 1030
"""More than is read to see what a table is: what comes behind it is met on the way."""


@pytest.mark.parametrize(
    ("wrong", "options", "reject"),
    [
        (b"2\n", {}, ("2", "3", "", "wrong-width", "the record has 1 cell; the header names 2", "2")),
        (b"2,3,4\n", {}, ("2", "3", "", "wrong-width", "the record has 3 cells; the header names 2", "2,3,4")),
        (b'2,"3\n', {}, ("2", "3", "", "open-quote", "a quotation mark opens here and does not close", '2,"3')),
        (
            b'2,"3"4\n',
            {},
            ("2", "3", "", "text-after-quote", "there is text behind a closing quotation mark", '2,"3"4'),
        ),
        (b"2,\0\n", {}, ("2", "3", "", "null-character", "the record has a null character", "2,\0")),
        (b"2\r,3\n", {}, ("2", "3", "", "stray-return", "there is a carriage return inside the record", "2\r,3")),
        (
            "ü,3\n".encode() * 9 + b"M\xfcller,4\n",
            {},
            ("11", "12", "", "undecodable", "the record has a byte that cannot be decoded: \\xfc", "M\\xfcller,4"),
        ),
        (
            b"\x81,4\n",
            {"encoding": "cp1252"},
            ("2", "3", "", "undecodable", "the record has a byte that cannot be decoded: \\x81", "\\x81,4"),
        ),
        (
            b"\xb0\xa1\xff,4\n",
            {"encoding": "cp949"},
            ("2", "3", "", "undecodable", "the record has a byte that cannot be decoded: \\xff", "가\\xff,4"),
        ),
        (
            b"x" * 1_048_577 + b",4\n",
            {},
            (
                "2",
                "3",
                "",
                "too-long",
                "cell 1 is longer than 1 MiB; the first 1,000 characters of the record are kept here",
                "x" * 1000,
            ),
        ),
    ],
    ids=lambda value: value[3] if isinstance(value, tuple) else "",
)
def test_a_row_is_rejected(run: Runner, wrong: bytes, options: dict[str, object], reject: tuple[str, ...]) -> None:
    summary = run(HEAD + wrong + LAST, **options)
    assert (summary.rows_read, summary.rows_rejected) == (summary.rows_assessed + 1, 1)
    with run.rejects.open(newline="") as stream:
        assert [tuple(row) for row in csv.reader(stream)][1:] == [reject]
    ids = [line.split(",")[0] for line in run.output.read_text().splitlines()[1:]]
    assert (ids[0], ids[-1]) == ("1", "9")


@pytest.mark.parametrize(
    ("line", "options", "reject"),
    [
        (b'{"id": "\xfc"}\n', {}, "undecodable,the line has a byte that cannot be decoded: \\xfc,"),
        (b'{"id": "\x81"}\n', {"encoding": "cp1252"}, "undecodable,the line has a byte that cannot be decoded: \\x81,"),
        (
            b'{"id": "' + b"x" * 1_048_577 + b'"}\n',
            {},
            'too-long,"a value is longer than 1 MiB; the first 1,000 characters of the line are kept here",',
        ),
    ],
)
def test_a_line_of_json_is_rejected(run: Runner, line: bytes, options: dict[str, object], reject: str) -> None:
    table = b'{"id": 1, "employees": 2}\n' + line + '{"id": "ü", "employees": 3}\n'.encode()
    summary = run(table, name="in.jsonl", **options)
    assert (summary.rows_read, summary.rows_assessed, summary.rows_rejected) == (3, 2, 1)
    assert run.rejects.read_text().splitlines()[1].startswith(f"2,2,,{reject}")


def test_json_in_utf16(run: Runner) -> None:
    summary = run('{"id": "한", "employees": 2}\n'.encode("utf-16"), name="in.jsonl")
    assert (summary.rows_read, summary.rows_assessed) == (1, 1)
    assert (summary.dialect.encoding, summary.dialect.why) == ("utf-16-le", "mark")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (b"id,id\n", "two columns are called `id` (rename one of them)"),
        (b"id,x\n1,2\n", "no column is named like a fact: `id`, `x`"),
        (b"1,2\n3,4\n", "this line looks like data, not like column names: `1` is none"),
        (
            LONG + "회사,3\n".encode("cp949"),
            "in.csv:1032:1: the table is not UTF-8, and its text does not show what else it is: cp949: `회사,3`",
        ),
        (
            "id,employees\nü,2\n".encode() + LONG + "Jörg Schäfer,3\n".encode("cp1252") * 40,
            "in.csv:1034:1: the table is UTF-8 up to this line and cp1252 from here on",
        ),
        (
            "id,employees\nü,2\n".encode() + LONG + "Jörg Schäfer,3\n".encode("cp1252"),
            "in.csv:1034:1: the table is not UTF-8, and its text does not show what else it is: "
            "utf-8: `J\\xf6rg Sch\\xe4fer,3`; cp1252: `Jörg Schäfer,3`",
        ),
    ],
)
def test_the_run_stops(run: Runner, table: bytes, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        run(table)
    assert message in str(caught.value)
    assert run.left() == set()


def test_an_encoding_that_shows_late(run: Runner) -> None:
    summary = run(LONG + "Jörg Schäfer,3\n".encode("cp1252"))
    assert (summary.rows_read, summary.rows_assessed) == (1031, 1031)
    assert (summary.dialect.encoding, summary.dialect.why) == ("cp1252", "text")
    assert run.output.read_text().splitlines()[-1].startswith("Jörg Schäfer,3,")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("text", "encoding", "skipped", "column", "cells"),
    [
        (GERMAN, "cp1252", 2, "Zusatz", ['früher "Bär"', "Umsatz ca. 5 €", "§ 3 Nr. 4"]),
        (KOREAN, "cp949", 0, "주소", ["서울특별시 강남구, 역삼동", "부산광역시 해운대구", "대전광역시 유성구"]),
    ],
)
def test_office_tables_from_a_pipe(
    rulebook: Rulebook, text: str, encoding: str, skipped: int, column: str, cells: list[str], packed: bool
) -> None:
    data = text.encode(encoding)
    stream = cast(BinaryIO, Pipe(gzip.compress(data) if packed else data))
    with Table(rulebook, BatchRequest(stream)) as table:
        blocks = list(table.blocks())
        assert (table.dialect.encoding, table.dialect.skipped) == (encoding, skipped)
    assert [block.rejects for block in blocks] == [()]
    assert blocks[0].cells[column].to_list() == cells


words = st.text(st.sampled_from("abz 019.-'\"äöüßÄé€;,|\n"), max_size=8)
tables = st.lists(st.lists(words, min_size=3, max_size=3), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    tables,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.sampled_from(["Title", "Stand: 1.1.2021", "", "Quelle – Amt, Bonn", ";;;"]), max_size=4),
    st.booleans(),
)
@example([["a\n\n", '"', "ü"]], "cp1252", ";", "\r\n", ["", "Title"], False)
def test_what_is_written_is_read(
    rulebook: Rulebook,
    tmp_path: Path,
    rows: list[list[str]],
    encoding: str,
    delimiter: str,
    end: str,
    preamble: list[str],
    all_quoted: bool,
) -> None:
    text = io.StringIO()
    text.write("".join(f"{line}{end}" for line in preamble))
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    names = ["employees", "site_country", "Größe"]
    writer.writerow(names)
    writer.writerows([*rows, ["Müller", "Straße", "für"]])
    path = tmp_path / "in.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    forced = encoding if encoding == "cp1252" else None
    with Table(rulebook, BatchRequest(path, encoding=forced), 64) as table:
        blocks = list(table.blocks())
        assert list(table.schema) == names
        assert table.dialect.delimiter == delimiter
    assert [block.rejects for block in blocks if block.rejects] == []
    assert sum(block.read for block in blocks) == len(rows) + 1
    assert cells_of(blocks)[:-1] == [[cell or None for cell in row] for row in rows]


def cells_of(blocks: list[Block]) -> list[list[str | None]]:
    return [[cell or None for cell in row] for block in blocks for row in block.cells.rows()]
