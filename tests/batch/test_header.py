from pathlib import Path

import pytest

from eligibility.batch.header import read_header
from eligibility.batch.request import BatchRequest
from eligibility.values.problem import AnswerError

KNOWN = {"employees", "sitecountry"}


@pytest.mark.parametrize(
    ("start", "options", "names", "delimiter", "length", "lines"),
    [
        ("employees,x\n1,2\n", {}, ("employees", "x"), ",", 12, 1),
        ("employees;x\n1;2\n", {}, ("employees", "x"), ";", 12, 1),
        ("employees\tx\n", {}, ("employees", "x"), "\t", 12, 1),
        ("employees|x\n", {"delimiter": "|"}, ("employees", "x"), "|", 12, 1),
        ('site_country;"a,b,c,d"\n', {}, ("site_country", "a,b,c,d"), ";", 23, 1),
        ("\ufeffemployees;x\r\n", {}, ("employees", "x"), ";", 16, 1),
        ("\n \nemployees,x\n", {}, ("employees", "x"), ",", 15, 3),
        ("sep=;\nemployees;x\n", {}, ("employees", "x"), ";", 18, 2),
        ('"em\nployees",x\n1,2\n', {"delimiter": ","}, None, None, 0, 0),
        (" employees , x \n", {}, ("employees", "x"), ",", 16, 1),
        ("employees", {}, ("employees",), ",", 9, 1),
    ],
)
def test_header(
    start: str, options: dict[str, str], names: tuple[str, ...] | None, delimiter: str, length: int, lines: int
) -> None:
    request = BatchRequest(Path("in.csv"), **options)  # type: ignore[arg-type]
    if names is None:
        with pytest.raises(AnswerError, match="the name of column 1 has a character that cannot be shown"):
            read_header(start.encode(), request, KNOWN)
        return
    header = read_header(start.encode(), request, KNOWN)
    assert (header.names, header.delimiter, header.length, header.lines) == (names, delimiter, length, lines)
    assert header.encoding == ("utf-8-sig" if start.startswith("\ufeff") else "utf-8")


@pytest.mark.parametrize(
    ("start", "encoding", "message"),
    [
        (b"", None, "in.csv: the table is empty (it needs a line of column names)"),
        (b"\n\n", None, "in.csv: the table is empty (it needs a line of column names)"),
        (
            "a,ü\n".encode("cp1252"),
            None,
            "in.csv:1:1: the table is not UTF-8: byte 0xfc at offset 2 (save the table as CSV UTF-8)",
        ),
        ("a,b\n".encode("utf-16"), None, "in.csv: the table is UTF-16, not UTF-8 (save the table as CSV UTF-8)"),
        (b"a,b\n", "cp949", "in.csv: the encoding `cp949` cannot be read yet (save the table as CSV UTF-8)"),
        (b"a,b,a\n", None, "in.csv:1:1: two columns are called `a` (rename one of them)"),
        (b"a,b,\n", None, "in.csv:1:1: column 3 has no name (name it or take it out)"),
        (
            b"a,b\rc,d\r",
            None,
            "in.csv:1:1: the line of column names has a carriage return inside (lines must end with a line feed)",
        ),
        (b'"a,b\n', None, "in.csv:1:1: the line of column names has a quotation mark out of place"),
    ],
)
def test_refused(start: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_header(start, BatchRequest(Path("in.csv"), encoding=encoding), KNOWN)
    assert str(caught.value) == message
