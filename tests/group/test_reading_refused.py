"""Rows of texts that are no ownership structure: every refusal with its place and message."""

import pytest

from eligibility.group.faults import MOST
from eligibility.values.problem import AnswerError
from tests.group.structures import read

NO_SHARE = "is no share: write 0 to 100, in percent"
TWICE = "(add the shares up in one row, or say with `until` when the first ended)"
SAME = "in both places, else give one of them another id)"
RANGE = "(all of an enterprise is 100 %; a range such as 25..30 may help)"

# Lines of enterprises, lines of holdings, and what is told.
REFUSED = [
    ((), ("holder|held|share", "a|b|120"), f'edges.csv:2:1: `share`: "120" {NO_SHARE}'),
    ((), ("holder|held|votes", "a|b|-1"), f'edges.csv:2:1: `votes`: "-1" {NO_SHARE}'),
    ((), ("holder|held|share", "a|b|100.000001"), f'edges.csv:2:1: `share`: "100.000001" {NO_SHARE}'),
    (
        (),
        ("holder|held|share", "a|b|1.1234567"),
        'edges.csv:2:1: `share`: "1.1234567" has too many decimals: at most 6',
    ),
    (
        (),
        ("holder|held|share", "a|b|50,01"),
        'edges.csv:2:1: `share`: "50,01" has a comma, but decimals stand behind a point here',
    ),
    (
        (),
        ("holder|held|share", "a|b|50..25"),
        'edges.csv:2:1: `share`: "50..25" is empty: its lower end is above its upper end',
    ),
    (
        (),
        ("holder|held|share", "a|b|half"),
        'edges.csv:2:1: `share`: "half" is not a number: write it like 1200000 or 12.5',
    ),
    (
        (),
        ("holder|held|share|capital", "a|b|50|50"),
        "edges.csv:2:1: `share` stands beside `capital` or `votes`, which it would set both"
        " (if `share` holds shares of the capital, call it `capital`; else leave one of them out)",
    ),
    (
        (),
        ("holder|held|control", "a|b|dominnt"),
        'edges.csv:2:1: `control`: "dominnt" is no means of control (did you mean `dominant`?)',
    ),
    (
        (),
        ("holder|held|control", "a|b|none;appoints"),
        'edges.csv:2:1: `control`: "none;appoints" says that there is no control, and names some (leave `none` out)',
    ),
    (
        (),
        ("holder|held|since", "a|b|2024-02-30"),
        'edges.csv:2:1: `since`: "2024-02-30" is not in the calendar: there is no such day',
    ),
    (
        (),
        ("holder|held|since|until", "a|b|2024-02-01|2024-02-01"),
        "edges.csv:2:1: `until` is not after `since`: this holding never was"
        " (`until` is the first day on which it is no longer held)",
    ),
    ((), ("holder|held|involved", "a|b|maybe"), 'edges.csv:2:1: `involved`: "maybe" is not a truth: write yes or no'),
    ((), ("holder|held|share", "|b|5"), "edges.csv:2:1: this row has no `holder` (write it, or take the row out)"),
    (
        (),
        ("holder|held|share", "||5"),
        "edges.csv:2:1: this row has no `holder` and `held` (write it, or take the row out)",
    ),
    (("id|name", "|A"), (), "firms.csv:2:1: this row has no `id` (write it, or take the row out)"),
    (
        ("id|name", "b|Nord GmbH"),
        ("holder|held|share", "a|b|60", "c|b|25", "d|b|20.5"),
        f"edges.csv:2:1: the shares of capital in `b` (Nord GmbH) add up to 105.5 %: lines 2, 3 and 4 {RANGE}",
    ),
    (
        (),
        ("holder|held|votes", "a|b|60..80", "c|b|50"),
        f"edges.csv:2:1: the shares of votes in `b` add up to 110 %: lines 2 and 3 {RANGE}",
    ),
    ((), ("holder|held|share", "a|b|20", "a|b|20"), f"edges.csv:3:1: `a` holds `b` twice, first in line 2 {TWICE}"),
    (
        (),
        ("holder|held|since|until", "a|b||2025-01-01", "a|b|2024-12-31|"),
        f"edges.csv:3:1: `a` holds `b` twice, first in line 2 {TWICE}",
    ),
    (
        ("id", "Nord GmbH", "Nord G.m.b.H."),
        (),
        "firms.csv:3:1: `Nord G.m.b.H.` is spelled nearly like `Nord GmbH` (firms.csv:2): are they the same?"
        f" (if so write `Nord GmbH` {SAME}",
    ),
    (
        ("id", "Müller"),
        ("holder|held", "MUELLER|x"),
        "edges.csv:2:1: `MUELLER` is spelled nearly like `Müller` (firms.csv:2): are they the same?"
        f" (if so write `Müller` {SAME}",
    ),
    (
        ("id|name", "k1|Nord & Süd GmbH"),
        ("holder|held", "Nord&Sued GmbH|x"),
        "edges.csv:2:1: `Nord&Sued GmbH` is spelled like the name of `k1` (firms.csv:2): are they the same?"
        f" (if so write `k1` {SAME}",
    ),
    (("id", "a", "a"), (), "firms.csv:3:1: `a` is described twice, first in firms.csv:2 (keep one of the two)"),
    (
        ("id|markets", "a|Holzbau;Möbel", "b|holzbau"),
        (),
        "firms.csv:3:1: `markets`: `holzbau` is spelled nearly like `Holzbau` (firms.csv:2)"
        " (write `Holzbau` in both places if they are the same)",
    ),
    (
        ("id|consolidated_in", "a|b", "b|c", "c|a"),
        (),
        "firms.csv:2:1: these are consolidated in each other: `a` -> `b` -> `c` -> `a`"
        " (`consolidated_in` names the enterprise further up)",
    ),
    (
        ("id|consolidated_in", "a|a"),
        (),
        "firms.csv:2:1: `a` is consolidated in itself (`consolidated_in` names the enterprise further up)",
    ),
    (
        ("id|consolidated_in", "mother|", "a|mothr"),
        (),
        "firms.csv:3:1: there is no enterprise `mothr` (did you mean `mother`?)",
    ),
    (
        ("id|kind|consolidated_in", "p|person|", "a||p"),
        (),
        "firms.csv:3:1: `p` is a person, who draws up no consolidated accounts",
    ),
    (
        ("id|consolidated_share", "a|50"),
        (),
        "firms.csv:2:1: `consolidated_share` stands here without `consolidated_in`"
        " (name the enterprise that draws up the consolidated accounts)",
    ),
    (
        ("id|kind|turnover", "p|person|5"),
        (),
        "firms.csv:2:1: `p` is a person and has `turnover`: only enterprises have figures"
        " (a business under the person's own name is an enterprise that the person holds)",
    ),
    (
        ("id|kind", "p|person"),
        ("holder|held", "a|p"),
        "edges.csv:2:1: `p` is a person, of whom nobody can hold a share (holder and held may be swapped)",
    ),
    (
        ("id|kind", "p|persn"),
        (),
        'firms.csv:2:1: `kind`: "persn" is no kind of enterprise, person or body (did you mean `person`?)',
    ),
    (
        ("id|country", "p|Germny"),
        (),
        'firms.csv:2:1: `country`: "Germny" is no country (did you mean `DE`?)',
    ),
    (
        ("id|employees", "a|-3"),
        (),
        'firms.csv:2:1: `employees`: "-3" is below zero',
    ),
    (
        ("id|turnover", "a|3 USD"),
        (),
        'firms.csv:2:1: `turnover`: "3 USD" is in USD: EUR is expected',
    ),
    (
        ("id|turnover", "a|0.005"),
        (),
        'firms.csv:2:1: `turnover`: "0.005" has too many decimals: at most 2',
    ),
    (
        ("id|kr_total_assets", "a|0.5"),
        (),
        'firms.csv:2:1: `kr_total_assets`: "0.5" has too many decimals: a whole number is expected',
    ),
    (
        ("id|employees", "a|999999999999999"),
        (),
        'firms.csv:2:1: `employees`: "999999999999999" is too large',
    ),
    (
        ("id|fiscal_year_start", "a|02-29"),
        (),
        'firms.csv:2:1: `fiscal_year_start`: "02-29" is not a day of every year: write month and day like 04-01',
    ),
    (
        ("id|name", f"a|{'x' * 201}"),
        (),
        f'firms.csv:2:1: `name`: "{"x" * 39}…" is too long: at most 200 characters are read',
    ),
]


@pytest.mark.parametrize(("firms", "holdings", "message"), REFUSED)
def test_refused(firms: tuple[str, ...], holdings: tuple[str, ...], message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read(firms, holdings)
    assert str(refused.value) == message


ALLOWED = [
    ((), ("holder|held|share", "a|b|33.333333", "c|b|33.333333", "d|b|33.333334")),
    ((), ("holder|held|share", "a|b|60..80", "c|b|40..60")),
    ((), ("holder|held|share|since|until", "a|b|80||2025-06-01", "a|b|90|2025-06-01|")),
    ((), ("holder|held|share|until", "a|b|80|2025-06-01", "c|b|90|")),
    (("id", "1-23", "12-3", "1.2.3"), ()),
    (("id|name", "a|Müller GmbH", "b|Müller GmbH", "Nord|nord"), ()),
    (("id|consolidated_in", "a|b", "b|"), ("holder|held", "x|a")),
    (("id|consolidated_in", "a|x"), ("holder|held", "x|a")),
]


@pytest.mark.parametrize(("firms", "holdings"), ALLOWED)
def test_allowed(firms: tuple[str, ...], holdings: tuple[str, ...]) -> None:
    read(firms, holdings)


def test_everything_is_told_at_once() -> None:
    with pytest.raises(AnswerError) as refused:
        read(["id|kind|employees", "a|x|-1", "a||2"], ["holder|held|share", "a|b|101", "c|b|?"])
    assert [problem.code for problem in refused.value.problems] == [
        *("share-out-of-range", "unknown-kind", "negative-figure", "described-twice"),
    ]


def test_of_very_many_problems_the_first_are_told() -> None:
    lines = [f"x{number}|y|200" for number in range(MOST + 5)]
    with pytest.raises(AnswerError) as refused:
        read(holdings=["holder|held|share", *lines])
    assert len(refused.value.problems) == MOST + 1
    assert str(refused.value.problems[-1]) == "5 more problems of the kind `share-out-of-range`"


def test_many_names_are_looked_through_for_the_nearest() -> None:
    firms = ["id|consolidated_in", *(f"F{number}x|" for number in range(2_500)), "Nordwald|", "last|Nordwalt"]
    with pytest.raises(AnswerError) as refused:
        read(firms)
    assert refused.value.problems[0].hint == "did you mean `Nordwald`?"


@pytest.mark.parametrize(
    ("code", "firms", "holdings"),
    [
        ("described-twice", ["id", *["a"] * (MOST + 8)], []),
        ("held-twice", [], ["holder|held", *["a|b"] * (MOST + 8)]),
        ("no-held", [], ["holder|held", *["a|"] * (MOST + 7)]),
        ("unknown-head", ["id|consolidated_in", *(f"x{number}|zz" for number in range(MOST + 7))], []),
        ("two-spellings", ["id", *(f"x {' ' * number}y" for number in range(MOST + 8))], []),
    ],
)
def test_of_very_many_rows_the_first_are_told(code: str, firms: list[str], holdings: list[str]) -> None:
    with pytest.raises(AnswerError) as refused:
        read(firms, holdings)
    assert [problem.code for problem in refused.value.problems] == [code] * MOST + ["more-problems"]
    assert refused.value.problems[-1].message == f"7 more problems of the kind `{code}`"
