"""The single undertaking (Regulations 1407/2013 and 2023/2831, Art. 2(2)): the law's reason stands beside each case."""

from typing import Any

import pytest

from eligibility.group.structure import Control, Kind, from_rows
from eligibility.group.undertaking import single_undertaking

_PERSON = {"kind": Kind.PERSON}
_CASES: list[tuple[str, dict[str, Any], list[tuple[str, str, Any]], set[str], set[str]]] = [
    ("(a): the majority of the votes", {}, [("a", "firm", 51)], {"a", "firm"}, {"a", "firm"}),
    ("(a): half of the votes is no majority", {}, [("a", "firm", 50)], {"firm"}, {"firm"}),
    ("(b): the right to appoint the board", {}, [("a", "firm", Control.APPOINTS)], {"a", "firm"}, {"a", "firm"}),
    ("(c): dominant influence by contract", {}, [("a", "firm", Control.DOMINANT)], {"a", "firm"}, {"a", "firm"}),
    ("(d): control by agreement", {}, [("a", "firm", Control.AGREEMENT)], {"a", "firm"}, {"a", "firm"}),
    ("partners are none: 25 % does not make one undertaking", {}, [("a", "firm", 49)], {"firm"}, {"firm"}),
    (
        "through other enterprises: sisters belong together",
        {},
        [("a", "firm", 60), ("a", "b", 60)],
        {"a", "b", "firm"},
        {"a", "b", "firm"},
    ),
    (
        "through other enterprises: what several of one undertaking hold is added up",
        {},
        [("a", "firm", 30), ("a", "b", 60), ("b", "firm", 30)],
        {"a", "b", "firm"},
        {"a", "b", "firm"},
    ),
    (
        "a person links nobody here, unlike in the definition of SMEs",
        {"p": _PERSON, "firm": {"markets": {"steel"}}, "b": {"markets": {"steel"}}},
        [("p", "firm", 100), ("p", "b", 100)],
        {"firm"},
        {"firm"},
    ),
    (
        "a public body links nobody (recital on links through public bodies)",
        {"state": {"kind": Kind.PUBLIC_BODY}},
        [("state", "firm", 100), ("state", "b", 100)],
        {"firm"},
        {"firm"},
    ),
    ("a share that is not known may be a majority", {}, [("a", "firm", None)], {"firm"}, {"a", "firm"}),
    (
        "a share that is not known is no majority where another holds half",
        {},
        [("a", "firm", None), ("b", "firm", 50)],
        {"firm"},
        {"firm"},
    ),
]


@pytest.mark.parametrize(
    ("described", "holdings", "certain", "possible"), [c[1:] for c in _CASES], ids=[c[0] for c in _CASES]
)
def test_who_belongs_to_it(
    described: dict[str, Any], holdings: list[tuple[str, str, Any]], certain: set[str], possible: set[str]
) -> None:
    rows = [
        {"holder": holder, "held": held, "share": 0, "control": how}
        if isinstance(how, Control)
        else {"holder": holder, "held": held, "share": how}
        for holder, held, how in holdings
    ]
    structure = from_rows([{"id": name, **more} for name, more in described.items()], rows)
    found = single_undertaking(structure, structure.node("firm"))
    assert {structure.nodes.ids[node] for node in found.certain} == certain
    assert {structure.nodes.ids[node] for node in found.possible} == possible
