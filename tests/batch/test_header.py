import io
from pathlib import Path

import pytest

from eligibility.batch.header import Header, read_header
from eligibility.batch.mapping import KnownNames
from eligibility.batch.request import BatchRequest
from eligibility.batch.source import Source
from eligibility.batch.text import Text
from eligibility.values.problem import AnswerError

NAMES = {"employees", "sitecountry", "umsatz"}
KNOWN = KnownNames(NAMES)


def header_of(start: bytes, **options: object) -> Header:
    request = BatchRequest(Path("in.csv"), **options)  # type: ignore[arg-type]
    text = Text(Source(io.BytesIO(start)), request.encoding, None, KNOWN)
    return read_header(text.read(1 << 20), request, KNOWN, "in.csv")


@pytest.mark.parametrize(
    ("start", "options", "names", "delimiter", "length", "lines"),
    [
        ("employees,x\n1,2\n", {}, ("employees", "x"), ",", 12, 1),
        ("employees;x\n1;2\n", {}, ("employees", "x"), ";", 12, 1),
        ("employees\tx\n", {}, ("employees", "x"), "\t", 12, 1),
        ("employees|x\n", {}, ("employees", "x"), "|", 12, 1),
        ("employees^x\n", {"delimiter": "^"}, ("employees", "x"), "^", 12, 1),
        ('site_country;"a,b,c,d"\n', {}, ("site_country", "a,b,c,d"), ";", 23, 1),
        ("\ufeffemployees;x\r\n", {}, ("employees", "x"), ";", 13, 1),
        ("\n \nemployees,x\n", {}, ("employees", "x"), ",", 15, 3),
        ("sep=;\nemployees;x\n", {}, ("employees", "x"), ";", 18, 2),
        ("SEP=\t\r\nemployees\tx,y\n", {}, ("employees", "x,y"), "\t", 21, 2),
        ("sep=;\nemployees,x\n", {"delimiter": ","}, ("employees", "x"), ",", 18, 2),
        (" employees , x \n", {}, ("employees", "x"), ",", 16, 1),
        ("employees", {}, ("employees",), ",", 9, 1),
        ("employees\n1,5\n2,5\n", {}, ("employees",), ";", 10, 1),
        ("a;b\n1,5;x\n2,5;y\n", {}, ("a", "b"), ";", 4, 1),
        ("'employees','x'\n'1','2'\n'3','4'\n", {}, ("employees", "x"), ",", 16, 1),
        ("'employees','x'\n1,2\n", {"quote": '"'}, ("'employees'", "'x'"), ",", 16, 1),
        ('"employees","x, ""y"""\n', {}, ("employees", 'x, "y"'), ",", 23, 1),
    ],
)
def test_header(
    start: str, options: dict[str, object], names: tuple[str, ...], delimiter: str, length: int, lines: int
) -> None:
    header = header_of(start.encode(), **options)
    assert (header.names, header.delimiter, header.length, header.lines) == (names, delimiter, length, lines)


@pytest.mark.parametrize(
    ("start", "options", "names", "line", "skipped"),
    [
        ("Title\nStand: 1.1.2021\n\nemployees;x\n1;2\n", {}, ("employees", "x"), 4, 2),
        ("Title;;\n;;\nemployees;Umsatz;y\n1;2;3\n", {}, ("employees", "Umsatz", "y"), 3, 2),
        # A title may hold a name too, but is not as wide as the rows below.
        ("Umsatz, employees, site_country 2021\n\na;Umsatz;y\n1;2;3\n4;5;6\n", {}, ("a", "Umsatz", "y"), 3, 1),
        ('Table "1\nemployees,x\n1,2\n', {}, ("employees", "x"), 2, 1),
        ('"Table 1\nemployees,x\n1,2\n', {}, ("employees", "x"), 2, 1),
        ("Title\na;b;c\nd;e;f\n", {}, ("a", "b", "c"), 2, 1),
        ("Title;;\na;b;c\nd;e;f\n", {}, ("a", "b", "c"), 2, 1),
        ("employees;x\nemployees;y\n1;2\n", {"header_line": 2}, ("employees", "y"), 2, 1),
        ("1;2\n3;4\n", {"header_line": 1}, ("1", "2"), 1, 0),
        ("Title\na;Staff\n1;2\n", {"mapping": {"staff": "employees"}}, ("a", "Staff"), 2, 1),
        ("Title\na;Nr.\n1;2\n", {"id_column": "Nr."}, ("a", "Nr."), 2, 1),
        # Rows may be ragged; the names are known all the same.
        ("employees,x,y\n1\n2\n", {}, ("employees", "x", "y"), 1, 0),
    ],
)
def test_preamble(start: str, options: dict[str, object], names: tuple[str, ...], line: int, skipped: int) -> None:
    known = KnownNames(NAMES | {str(name).lower().strip(".") for name in options.get("mapping", {})})  # type: ignore[attr-defined]
    request = BatchRequest(Path("in.csv"), **options)  # type: ignore[arg-type]
    header = read_header(start.encode(), request, known, "in.csv")
    assert (header.names, header.line, header.skipped) == (names, line, skipped)
    rest = start.encode()[header.length :].decode()
    assert rest == "".join(f"{row}\n" for row in start.split("\n")[header.lines : -1])


@pytest.mark.parametrize(
    ("start", "options", "message"),
    [
        (b"", {}, "in.csv: the table is empty (it needs a line of column names)"),
        (b"\n\n", {}, "in.csv: the table is empty (it needs a line of column names)"),
        (b"sep=;\n", {}, "in.csv: the table is empty (it needs a line of column names)"),
        (b"a,b,a\n", {}, "in.csv:1:1: two columns are called `a` (rename one of them)"),
        (b"a,b,\n", {}, "in.csv:1:1: column 3 has no name (name it or take it out)"),
        (
            b"a,b\rc,d\r",
            {},
            "in.csv:1:1: the line of column names has a carriage return inside (lines must end with a line feed)",
        ),
        (b'"a,b\n', {}, "in.csv:1:1: the line of column names has a quotation mark out of place"),
        (
            b'"em\nployees",x\n1,2\n',
            {"delimiter": ",", "header_line": 1},
            "in.csv:1:1: the name of column 1 has a character that cannot be shown (is this a table?)",
        ),
        (
            b"M\xc3\xbcller\nemployees,Gr\xfcnde,\xc3\xbc\n\xc3\xbc,\xc3\xbc,\xc3\xbc\n\xc3\xbc,\xc3\xbc,\xc3\xbc\n",
            {},
            r"in.csv:2:1: the name of column 2 has a byte that cannot be decoded: \xfc "
            "(tell the encoding with --encoding)",
        ),
        (
            "employees\n1\n".encode("utf-16-le"),
            {},
            "in.csv:1:1: the name of column 1 has a character that cannot be shown "
            "(UTF-16 without a mark at its beginning? then tell --encoding utf-16)",
        ),
        (
            b"12;DE;3,5 %\n13;KR;4,0 %\n",
            {},
            "in.csv:1:1: this line looks like data, not like column names: `12` is none, and no name is that of a fact "
            "(write a line of column names above the data, or tell its line with --header)",
        ),
        (
            b"a,b\n\n1,2\n",
            {"header_line": 2},
            "in.csv: line 2 holds no column names: it is blank or not at the beginning of the table "
            "(see `inspect`, and tell another --header)",
        ),
        (
            b"a,b\n",
            {"header_line": 7},
            "in.csv: line 7 holds no column names: it is blank or not at the beginning of the table "
            "(see `inspect`, and tell another --header)",
        ),
    ],
)
def test_refused(start: bytes, options: dict[str, object], message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        header_of(start, **options)
    assert str(caught.value) == message
