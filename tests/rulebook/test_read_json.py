"""JSON as a tree with places: every value knows where it began, and what is refused is told with its place."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.rulebook.read_json import read_json_document
from eligibility.rulebook.tree import Entries, Leaf, Listing, Node
from eligibility.values.problem import RuleError

READ = [
    ("null", None),
    (' "a" ', "a"),
    ("1.10", "1.10"),
    ("-12345678901234567890", "-12345678901234567890"),
    ("[true, false, null]", ["true", "false", None]),
    ('{"a": {"b": [1]}}', {"a": {"b": ["1"]}}),
    ('{"\\u00e4": "\\n"}', {"ä": "\n"}),
    ("\ufeff{}", {}),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_read(text: str, tree: object) -> None:
    assert read_json_document("x.json", text.encode()).tree == tree


def test_places() -> None:
    document = read_json_document("x.json", b'{"a": 1,\n  "b": [2,\n   {"c": 3}]}')
    assert str(document.place(("a",))) == "x.json:1:7"
    assert str(document.place(("b", 0))) == "x.json:2:9"
    assert str(document.place(("b", 1, "c"))) == "x.json:3:10"
    assert document.place(("b", 1, "c")).source == '   {"c": 3}]}'


REFUSED = [
    (b"", "x.json:1:1: this is not JSON: Expecting value"),
    (b"{} {}", "x.json:1:4: this is not JSON: Extra data"),
    (b'{"a": 1,\n "b" 2}', "x.json:2:6: this is not JSON: Expecting ':' delimiter"),
    (b"[1,\n]", "x.json:2:1: this is not JSON: Expecting value"),
    (b"[NaN]", "x.json: this is not JSON: NaN is not a number"),
    (b'{"a": 1,\n "a": 2}', "x.json:2:7: `a` stands twice in this map, first in line 1 (keep one of them)"),
    (b'"\xff"', "x.json:1:2: byte 2 is not UTF-8 (save the file as UTF-8)"),
    (b"[" * 100_000, "x.json: this is not JSON: maximum recursion depth exceeded"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_json_document("x.json", data)
    assert str(refused.value).startswith(message)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.sampled_from((None, 1)))
def test_each_value_begins_where_its_place_says(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    lines = text.splitlines()
    decoder = json.JSONDecoder(parse_float=Decimal)
    document = read_json_document("x.json", text.encode())

    def check(node: Node, meant: object) -> None:
        line, column = node.at
        start = sum(len(one) + 1 for one in lines[:line]) + column
        assert decoder.raw_decode(text, start)[0] == meant
        if isinstance(node, Entries) and isinstance(meant, dict):
            for key, inner in node.items.items():
                check(inner, meant[key])
        elif isinstance(node, Listing) and isinstance(meant, list):
            for item, inner_meant in zip(node.items, meant, strict=True):
                check(item, inner_meant)
        else:
            assert isinstance(node, Leaf)

    check(document.root, value)
