"""Whose aid it is after mergers and splits."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.aid.attribution import events_until, share_of
from eligibility.aid.award import Award, Event, History, Merger, Part, Split
from eligibility.aid.headroom import headroom
from eligibility.aid.received import Note, Reason, received
from eligibility.aid.regulation import Regulation
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

D = date.fromisoformat
POINT = Interval.point
RULE = Regulation.GENERAL_2023
LATE = D("2026-01-01")


def award(granted: str, recipient: str | None, carried_by: str | None = None) -> Award:
    return Award(D(granted), POINT(1000), RULE, "DE", recipient, Truth.NO, carried_by)


def split(day: str, firm: str, **equity: int | Interval | None) -> Split:
    known = {
        name: Interval() if one is None else POINT(one) if isinstance(one, int) else one for name, one in equity.items()
    }
    return Split(D(day), firm, tuple(Part(name, interval) for name, interval in known.items()))


MERGED = Merger(D("2024-05-01"), ("a", "b"), "c")
ABSORBED = Merger(D("2024-05-01"), ("b",), "a")
HALVES = split("2024-05-01", "a", x=600, y=400)
SPUN_OFF = split("2024-05-01", "a", a=300, n=100)


def share(one: Award, events: tuple[Event, ...], *members: str, on: date = LATE) -> Interval:
    history = History((one,), events)
    return share_of(one, history, members, events_until(history, on))[0]


@pytest.mark.parametrize(
    ("one", "events", "members", "expected"),
    [
        (award("2024-01-01", "a"), (), ["a"], POINT(1)),
        (award("2024-01-01", "a"), (), ["b"], POINT(0)),
        (award("2024-01-01", None), (), ["b"], POINT(1)),
        # Art. 3(8): all that any party was granted before.
        (award("2024-01-01", "a"), (MERGED,), ["c"], POINT(1)),
        (award("2024-01-01", "b"), (MERGED,), ["c"], POINT(1)),
        (award("2024-01-01", "a"), (MERGED,), ["a"], POINT(0)),
        (award("2024-01-01", "b"), (ABSORBED,), ["a"], POINT(1)),
        (award("2024-01-01", "a"), (ABSORBED,), ["a"], POINT(1)),
        (award("2024-01-01", "z"), (MERGED,), ["c"], POINT(0)),
        # A party that is no more passes on what is written under its name later, too.
        (award("2024-06-01", "a"), (MERGED,), ["c"], POINT(1)),
        # Art. 3(9): who carries on the activity, else by equity.
        (award("2024-01-01", "a", "x"), (HALVES,), ["x"], POINT(1)),
        (award("2024-01-01", "a", "x"), (HALVES,), ["y"], POINT(0)),
        (award("2024-01-01", "a"), (HALVES,), ["x"], POINT(Fraction(3, 5))),
        (award("2024-01-01", "a"), (HALVES,), ["y"], POINT(Fraction(2, 5))),
        (award("2024-01-01", "a"), (HALVES,), ["x", "y"], POINT(1)),
        (award("2024-01-01", "a"), (SPUN_OFF,), ["a"], POINT(Fraction(3, 4))),
        (award("2024-01-01", "a"), (SPUN_OFF,), ["n"], POINT(Fraction(1, 4))),
        (award("2024-05-01", "a"), (SPUN_OFF,), ["n"], POINT(0)),
        (award("2024-05-01", "a"), (SPUN_OFF,), ["a"], POINT(1)),
        (award("2024-05-01", "a"), (HALVES,), ["x"], POINT(Fraction(3, 5))),
        # Equity that is not known, or known in part.
        (award("2024-01-01", "a"), (split("2024-05-01", "a", x=None, y=None),), ["x"], Interval(0, 1)),
        (award("2024-01-01", "a"), (split("2024-05-01", "a", x=None, y=None),), ["x", "y"], POINT(1)),
        (award("2024-01-01", "a"), (split("2024-05-01", "a", x=0, y=0),), ["x"], Interval(0, 1)),
        (
            award("2024-01-01", "a"),
            (split("2024-05-01", "a", x=Interval(100, 300), y=100),),
            ["x"],
            Interval(Fraction(1, 2), Fraction(3, 4)),
        ),
        (
            award("2024-01-01", "a"),
            (split("2024-05-01", "a", x=Interval(100, None), y=100),),
            ["x"],
            Interval(Fraction(1, 2), 1),
        ),
        # One after the other.
        (award("2024-01-01", "b"), (MERGED, split("2025-01-01", "c", p=1, q=3)), ["q"], POINT(Fraction(3, 4))),
        (award("2024-01-01", "a"), (HALVES, split("2025-01-01", "x", p=1, q=1)), ["p", "y"], POINT(Fraction(7, 10))),
        (award("2024-01-01", "a", "q"), (HALVES, split("2025-01-01", "x", p=1, q=1)), ["q"], POINT(1)),
        (award("2024-01-01", "a", "q"), (HALVES, Merger(D("2025-01-01"), ("y", "o"), "q")), ["q"], POINT(1)),
        (award("2024-01-01", "a", "nobody"), (HALVES,), ["x"], POINT(Fraction(3, 5))),
    ],
)
def test_share(one: Award, events: tuple[Event, ...], members: list[str], expected: Interval) -> None:
    assert share(one, events, *members) == expected
    assert share(one, events[::-1], *members) == expected


def test_events_take_effect_on_their_day() -> None:
    assert share(award("2024-01-01", "a"), (MERGED,), "c", on=D("2024-04-30")) == POINT(0)
    assert share(award("2024-01-01", "a"), (MERGED,), "c", on=D("2024-05-01")) == POINT(1)
    assert share(award("2024-01-01", "a"), (MERGED,), "a", on=D("2024-04-30")) == POINT(1)


ranges = st.builds(lambda low, more: Interval(low, low + more), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(ranges, min_size=2, max_size=4), st.data())
def test_every_division_lies_in_the_range(ranges: list[Interval], data: st.DataObject) -> None:
    names = [f"p{n}" for n in range(len(ranges))]
    members = data.draw(st.sets(st.sampled_from(names), min_size=1))
    event = Split(D("2024-05-01"), "a", tuple(map(Part, names, ranges)))
    found = share(award("2024-01-01", "a"), (event,), *members)
    exact = [data.draw(st.integers(int(one.low or 0), int(one.high or 0))) for one in ranges]
    if sum(exact):
        inside = Fraction(sum(n for name, n in zip(names, exact, strict=True) if name in members), sum(exact))
        assert found.hull(POINT(inside)) == found


def test_the_sheet_tells_the_way() -> None:
    history = History((award("2024-01-01", None),), (HALVES, Merger(D("2027-01-01"), ("x",), "z")), firm="a")
    found = received(history, ["x"], LATE, "DE", None)
    (line,) = found.lines
    # The firm itself counts in any case, but what it had is with its parts.
    assert (line.counts, line.amount, line.through) == (Truth.YES, POINT(600), (HALVES,))
    assert line.reasons == (Reason.PASSED_ON, Reason.IN_WINDOW)
    assert found.total == POINT(600)
    assert Note.LATER_EVENTS in found.notes
    assert [(growth.day, growth.by) for growth in headroom(history, ["x"], LATE, "DE", None).timetable] == [
        (D("2027-01-01"), 600)
    ]


def test_an_unknown_share_is_a_reason() -> None:
    event = split("2024-05-01", "a", x=None, y=1)
    (line,) = received(History((award("2024-01-01", "a"),), (event,)), ["x"], LATE, "DE", None).lines
    assert (line.amount, line.reasons[-1]) == (Interval(0, 1000), Reason.SHARE_UNKNOWN)


def test_who_may_belong_to_the_undertaking() -> None:
    awards = (award("2024-01-01", "a"), award("2024-01-01", "b"), award("2024-01-01", "c"))
    found = headroom(History(awards), ["a"], LATE, "DE", None, possible=["a", "b"])
    assert found.received.total == Interval(1000, 2000)
    assert found.headroom == Interval(298_000, 299_000)
    assert [line.counts for line in found.received.lines] == [Truth.YES, Truth.UNKNOWN, Truth.NO]
    assert found.received.lines[1].reasons == (Reason.RECIPIENT_UNCERTAIN,)


def test_a_part_that_may_belong_to_it() -> None:
    history = History((award("2024-01-01", "a"),), (HALVES,))
    assert received(history, ["x"], LATE, "DE", None, possible=["y"]).total == Interval(600, 1000)
