import pytest

from eligibility.batch.exact import MOST_LINES, Incomplete, Malformed, read_record, read_records


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("a,b", ["a", "b"], 1),
        ("a,b\r", ["a", "b"], 1),
        (",", ["", ""], 1),
        ('"a,b",c', ["a,b", "c"], 1),
        ('"a""b",""', ['a"b', ""], 1),
        ('"a\nb",c\r', ["a\nb", "c"], 2),
        ('"a\r\nb"\r', ["a\r\nb"], 2),
        ('5" pipe,b', ['5" pipe', "b"], 1),
        ('a,"b"', ["a", "b"], 1),
        ('"","",""', ["", "", ""], 1),
        ('"a"\nb,c', ["a"], 1),
    ],
)
def test_read_record(text: str, cells: list[str], lines: int) -> None:
    assert read_record(text.split("\n"), 0, ",", True) == (cells, lines)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('"a"b,c', "text-after-quote", "there is text behind a closing quotation mark"),
        ('"a" ,c', "text-after-quote", "there is text behind a closing quotation mark"),
        ('x,"a\nb', "open-quote", "a quotation mark opens here and does not close"),
        ('"' + "a\n" * MOST_LINES + '"', "open-quote", "a quotation mark opens here and does not close"),
        ("a\rb,c", "stray-return", "there is a carriage return inside the record"),
    ],
)
def test_malformed(text: str, code: str, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_record(text.split("\n"), 0, ",", True)
    assert (caught.value.code, caught.value.message) == (code, message)


def test_a_record_may_go_on() -> None:
    with pytest.raises(Incomplete):
        read_record(['"a'], 0, ",", False)


def test_one_wrong_record_costs_one_line() -> None:
    lines = ["a,b", 'c,"d', "e,f", "", "g", "h,\0", "i,j"]
    found = read_records(lines, ",", 2, 1, 2, True)
    assert found.cells == [["a", "b"], ["e", "f"], ["i", "j"]]
    assert (found.rows, found.lines, found.read, found.used) == ([1, 3, 6], [2, 4, 8], 6, 7)
    assert [(reject.row, reject.line, reject.code, reject.message, reject.text) for reject in found.rejects] == [
        (2, 3, "open-quote", "a quotation mark opens here and does not close", 'c,"d'),
        (4, 6, "wrong-width", "the record has 1 cell; the header names 2", "g"),
        (5, 7, "null-character", "the record has a null character", "h,\0"),
    ]
