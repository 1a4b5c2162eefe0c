"""Histories of aid as YAML and JSON: what is read, and every refusal with its words."""

from datetime import date
from fractions import Fraction

import pytest

from eligibility.aid.award import Award, History, Merger, Part, Split
from eligibility.aid.document import read_history
from eligibility.aid.regulation import Regulation
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError
from eligibility.values.truth import Truth

FULL = b"""\
firm: a
awards:
  - granted: 2023-03-01
    amount: 50000 EUR
    regulation: Regulation (EU) No 1407/2013
    member_state: de
    recipient: a
    road_freight: no
    carried_by: b
  - {granted: 2024-07-15, amount: 10000..12500.50, regulation: 2023/2831, member_state: EL}
  - {granted: 2024-08-01, amount: null}
events:
  - {merger: 2024-05-01, parties: [x, y], into: a}
  - {split: 2025-01-01, firm: a, parts: {a: 60 %, b: 40 %}}
"""


def read(text: bytes, **more: object) -> History:
    return read_history("aid.yaml", text, **more)  # type: ignore[arg-type]


def bare(history: History) -> History:
    awards = tuple(
        Award(a.granted, a.amount, a.regulation, a.member_state, a.recipient, a.road_freight, a.carried_by)
        for a in history.awards
    )
    events = tuple(
        Merger(e.day, e.parties, e.into) if isinstance(e, Merger) else Split(e.day, e.firm, e.parts)
        for e in history.events
    )
    return History(awards, events, history.firm)


def test_everything_is_read() -> None:
    assert bare(read(FULL)) == History(
        (
            Award(
                date(2023, 3, 1),
                Interval.point(Fraction(50_000)),
                Regulation.GENERAL_2013,
                "DE",
                "a",
                Truth.NO,
                "b",
            ),
            Award(
                date(2024, 7, 15),
                Interval(Fraction(10_000), Fraction(25_001, 2)),
                Regulation.GENERAL_2023,
                "GR",
            ),
            Award(date(2024, 8, 1), Interval()),
        ),
        (
            Merger(date(2024, 5, 1), ("x", "y"), "a"),
            Split(
                date(2025, 1, 1),
                "a",
                (Part("a", Interval.point(Fraction(3, 5))), Part("b", Interval.point(Fraction(2, 5)))),
            ),
        ),
        "a",
    )
    assert str(read(FULL).awards[1].place) == "aid.yaml:10:5"


@pytest.mark.parametrize(
    ("text", "awards"),
    [
        (b"- {granted: 2024-01-01, amount: 5}\n- {granted: 2024-01-02}\n", 2),
        (b'[{"granted": "2024-01-01", "amount": 5.25, "road_freight": true, "recipient": null}]', 1),
        (b'{"awards": []}', 0),
        (b"awards:\n", 0),
        (b"awards: []\nevents:\n", 0),
    ],
)
def test_other_forms(text: bytes, awards: int) -> None:
    assert len(read(text).awards) == awards


def test_parts_of_unknown_equity() -> None:
    (event,) = read(b"awards: []\nevents:\n- {split: 2025-01-01, firm: a, parts: {b: , c: 5 EUR}}\n").events
    assert isinstance(event, Split)
    assert [part.equity for part in event.parts] == [Interval(), Interval.point(5)]


AWARD = b"- granted: 2024-01-01\n  "
EVENT = b"awards: []\nevents:\n  - "
REFUSED = [
    (b"", "aid.yaml: the file is empty (delete it, or write into it)"),
    (b"x", "aid.yaml:1:1: a history of aid is a list of awards, or a map with `awards` (write it as `key: value`)"),
    (b"award: []", "aid.yaml:1:1: there is no `award` here (did you mean `awards`?)"),
    (b"firm: a", "aid.yaml:1:1: there are no `awards` (write `awards: []` if there are none)"),
    (b"awards: 5", "aid.yaml:1:9: `awards` is a list (begin each entry on a line of its own with `- `)"),
    (b"- 5", "aid.yaml:1:3: an award is a map, with `granted` and `amount` (write it as `key: value`)"),
    (b"- {amount: 5}", "aid.yaml:1:3: `granted` is missing (it cannot be left open)"),
    (b"- {granted: }", "aid.yaml:1:13: `granted` is missing (it cannot be left open)"),
    (
        b"- {granted: 1.3.2024}",
        'aid.yaml:1:13: `granted`: "1.3.2024" is not a date: write year, month and day like 2021-06-30',
    ),
    (b"- {granted: [2024-01-01]}", "aid.yaml:1:13: `granted` is a single value"),
    (AWARD + b"amuont: 5", "aid.yaml:2:3: there is no `amuont` here (did you mean `amount`?)"),
    (
        AWARD + b"xyz: 5",
        "aid.yaml:2:3: there is no `xyz` here (known are granted, amount, regulation, member_state, recipient, "
        "road_freight, carried_by)",
    ),
    (
        AWARD + b"amount: 5 USD",
        'aid.yaml:2:11: `amount`: "5 USD" is in USD: EUR is expected (convert it at the rate of the day of granting '
        "and give euros; the award letter often states them)",
    ),
    (
        AWARD + b"amount: 5 CHF",
        'aid.yaml:2:11: `amount`: "5 CHF" is in CHF: only EUR, KRW and USD are known (convert it at the rate of the '
        "day of granting and give euros; the award letter often states them)",
    ),
    (
        AWARD + b"amount: -5",
        'aid.yaml:2:11: `amount`: "-5" is less than nothing (leave an award out that was withdrawn; else lower its '
        "amount)",
    ),
    (
        AWARD + b"amount: 5<..9",
        'aid.yaml:2:11: `amount`: "5<..9" leaves an end out (a range includes both ends: write it like 50000..60000)',
    ),
    (AWARD + b"amount: 9..5", 'aid.yaml:2:11: `amount`: "9..5" is empty: its lower end is above its upper end'),
    (
        AWARD + b"regulation: 1407/2014",
        'aid.yaml:2:15: `regulation`: "1407/2014" is no de-minimis regulation (did you mean `1407/2013`?)',
    ),
    (
        AWARD + b"regulation: 2013/1407",
        'aid.yaml:2:15: `regulation`: "2013/1407" is no de-minimis regulation (did you mean `1407/2013`?)',
    ),
    (
        AWARD + b"regulation: AGVO",
        'aid.yaml:2:15: `regulation`: "AGVO" is no de-minimis regulation (one of 1998/2006, 1407/2013, 2023/2831, '
        "1408/2013, 717/2014, 360/2012, 2023/2832)",
    ),
    (
        AWARD + b"regulation: 1407/2013 and 2023/2831",
        'aid.yaml:2:15: `regulation`: "1407/2013 and 2023/2831" names several regulations (write the one of the award)',
    ),
    (
        AWARD + b"member_state: KR",
        'aid.yaml:2:17: `member_state`: "KR" is no member state (write its two letters, such as DE)',
    ),
    (AWARD + b"road_freight: 1", 'aid.yaml:2:17: `road_freight`: "1" is not a truth: write yes or no'),
    (
        AWARD + b"carried_by: b",
        "aid.yaml:1:3: `carried_by`: no merger or split leads to `b` (write the split under `events`, with its parts)",
    ),
    (EVENT + b"5", "aid.yaml:3:5: an event is a map, with `merger` or `split` (write it as `key: value`)"),
    (EVENT + b"{parties: [a], into: b}", "aid.yaml:3:5: `merger` is missing (it cannot be left open)"),
    (EVENT + b"{merger: 2024-01-01, parties: [a]}", "aid.yaml:3:5: `into` is missing (it cannot be left open)"),
    (
        EVENT + b"{merger: 2024-01-01, parties: a, into: b}",
        "aid.yaml:3:35: `parties` is missing, or is no list (write it like `parties: [a, b]`)",
    ),
    (
        EVENT + b"{merger: 2024-01-01, parties: [a, [b]], into: b}",
        "aid.yaml:3:39: an entry of `parties` is no name (write the id of an enterprise)",
    ),
    (EVENT + b"{split: 2024-01-01, parts: {a: 1, b: 1}}", "aid.yaml:3:5: `firm` is missing (it cannot be left open)"),
    (
        EVENT + b"{split: 2024-01-01, firm: a, parts: {b: 1}}",
        "aid.yaml:3:41: a split has at least two `parts` (write each with the book value of its equity: `parts: {a: "
        "600000 EUR, b: 400000 EUR}`)",
    ),
    (
        EVENT + b"{split: 2024-01-01, firm: a, parts: {a: 60 %, b: 5 EUR}}",
        "aid.yaml:3:41: some parts have an amount and others a share (give all in euros, or all as shares)",
    ),
    (
        EVENT + b"{split: 2024-01-01, firm: a, parts: {a: -1, b: 5}}",
        'aid.yaml:3:45: `a`: "-1" is less than nothing, and no part can be made of that (leave it out: then the part '
        "may have taken over anything)",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: bytes, message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read(text)
    assert str(refused.value.problems[0]) == message


def test_every_problem_in_one_pass() -> None:
    text = b"- {granted: x, amount: y}\n- {granted: 2024-01-01, regulation: z, member_state: q}\nevents: []\n"
    with pytest.raises(AnswerError):
        read(text)
    text = b"awards:\n- {granted: x, amount: y}\n- {granted: 2024-01-01, regulation: z, member_state: q}\nfirms: a\n"
    with pytest.raises(AnswerError) as refused:
        read(text)
    assert [problem.code for problem in refused.value.problems] == [
        "unknown-key",
        "not-a-date",
        "not-money",
        "unknown-regulation",
        "unknown-state",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"- {granted: 2024-01-01, recipient: mullr}", "1:3: there is no enterprise `mullr` (did you mean `muller`?)"),
        (b"- {granted: 2024-01-01, recipient: q}", "1:3: there is no enterprise `q` (name it as in the group)"),
        (
            b"awards: []\nevents: [{merger: 2024-01-01, parties: [q], into: new}]",
            "2:10: there is no enterprise `q` (name it as in the group)",
        ),
    ],
)
def test_only_enterprises_of_the_group(text: bytes, message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read(text, ids=["muller", "b"])
    assert str(refused.value.problems[0]) == f"aid.yaml:{message}"


def test_what_an_event_makes_may_be_named() -> None:
    text = b"awards: [{granted: 2024-01-01, recipient: n}]\nevents: [{merger: 2024-01-01, parties: [b], into: n}]"
    assert read(text, ids=["b"]).awards[0].recipient == "n"
