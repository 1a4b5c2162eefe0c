"""Kleene tables, laws, and what is read as yes or no."""

import copy
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.values.misread import Misread
from eligibility.values.truth import Truth, all_of, any_of, parse_truth, parse_truth_typed

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
TRUTHS = st.sampled_from(Truth)

# left, right, and, or
KLEENE = [
    (YES, YES, YES, YES),
    (YES, UNKNOWN, UNKNOWN, YES),
    (YES, NO, NO, YES),
    (UNKNOWN, YES, UNKNOWN, YES),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    (UNKNOWN, NO, NO, UNKNOWN),
    (NO, YES, NO, YES),
    (NO, UNKNOWN, NO, UNKNOWN),
    (NO, NO, NO, NO),
]


@pytest.mark.parametrize(("left", "right", "both", "either"), KLEENE)
def test_kleene_table(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert (left & right) is left.and_(right) is both
    assert (left | right) is left.or_(right) is either


@pytest.mark.parametrize(("truth", "opposite"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_not(truth: Truth, opposite: Truth) -> None:
    assert (~truth) is truth.not_() is opposite


@pytest.mark.parametrize(("known", "truth"), [(True, YES), (False, NO), (None, UNKNOWN)])
def test_of_and_known(known: bool | None, truth: Truth) -> None:
    assert Truth.of(known) is truth
    assert truth.known is known


def test_a_truth_is_no_bool() -> None:
    with pytest.raises(TypeError) as caught:
        bool(UNKNOWN)
    assert str(caught.value) == "a Truth has three values: compare it with Truth.YES or use .known"


def test_a_copy_is_the_same_truth() -> None:
    assert copy.deepcopy(UNKNOWN) is UNKNOWN


@given(st.lists(TRUTHS, max_size=6))
def test_all_of_and_any_of(truths: list[Truth]) -> None:
    known = [truth.known for truth in truths]
    assert all_of(truths).known is (False if False in known else None if None in known else True)
    assert any_of(truths).known is (True if True in known else None if None in known else False)
    assert all_of(truths) is ~any_of([~truth for truth in truths])


@pytest.mark.parametrize(("join", "stop"), [(all_of, NO), (any_of, YES)])
def test_the_rest_is_not_asked_once_decided(join: object, stop: Truth) -> None:
    rest = iter([UNKNOWN, stop, UNKNOWN, YES])
    assert callable(join)
    assert join(rest) is stop
    assert list(rest) == [UNKNOWN, YES]


def test_more_knowledge_never_changes_what_was_known() -> None:
    for left, right, operation in product(Truth, Truth, (Truth.and_, Truth.or_)):
        before = operation(left, right)
        for later in (YES, NO) if left is UNKNOWN else (left,):
            assert before is UNKNOWN or operation(later, right) is before


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", True), ("No", False), ("TRUE", True), ("false", False), (" yes ", True)],
)
def test_strict(text: str, value: bool) -> None:
    assert parse_truth(text) is value
    assert parse_truth_typed(text) is value


TYPED = {
    True: ["ja", "JA", "j", "y", "예", "네", "wahr", "1", "x", "X", " ja ", "１", "\u1102\u1166"],
    False: ["nein", "n", "아니오", "아니요", "falsch", "0", "\u00a0nein"],
}


@pytest.mark.parametrize(("value", "text"), [(value, text) for value in TYPED for text in TYPED[value]])
def test_typed(text: str, value: bool) -> None:
    assert parse_truth_typed(text) is value
    with pytest.raises(Misread):
        parse_truth(text)


@pytest.mark.parametrize("text", ["", "maybe", "2", "ye", "ye\u017f", "yes\n", "on"])
def test_neither_yes_nor_no(text: str) -> None:
    for parse in (parse_truth, parse_truth_typed):
        with pytest.raises(Misread) as caught:
            parse(text)
        assert caught.value.code == "not-a-truth"
        shown = text.replace("\n", "\\u000a")
        assert caught.value.message == f'"{shown}" is not a truth: write yes or no'
