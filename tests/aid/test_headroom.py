"""What was received, what is free, and when it grows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eligibility
from eligibility.aid.award import Award, History
from eligibility.aid.headroom import Growth, ceiling_on, headroom
from eligibility.aid.received import Note, Reason, received
from eligibility.aid.regulation import FIT_CITE, MERGER_CITE, OLD_SCHEMES_CITE, REGIMES, SOURCES, SPLIT_CITE, Regulation
from eligibility.engine.assess import assess
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.aid.test_window import NEW, STARTS, counts

D = date.fromisoformat
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
OLD_RULE, NEW_RULE = Regulation.GENERAL_2013, Regulation.GENERAL_2023
JANUARY = (1, 1)


def euros(low: int | None, high: int | None = -1) -> Interval:
    return Interval(low, low if high == -1 else high)


def award(
    granted: str,
    amount: int | Interval,
    regulation: Regulation | None = NEW_RULE,
    state: str | None = "DE",
    freight: Truth = NO,
) -> Award:
    known = Interval.point(amount) if isinstance(amount, int) else amount
    return Award(D(granted), known, regulation, state, road_freight=freight)


@pytest.mark.parametrize(
    ("day", "awards", "total", "free"),
    [
        ("2025-06-01", [], euros(0), euros(300_000)),
        ("2025-06-01", [award("2024-01-10", 100_000)], euros(100_000), euros(200_000)),
        ("2025-06-01", [award("2024-01-10", 100_000), award("2023-02-01", 50_000)], euros(150_000), euros(150_000)),
        # Up to the cent; never below nothing.
        ("2025-06-01", [award("2024-01-10", 299_999)], euros(299_999), euros(1)),
        ("2025-06-01", [award("2024-01-10", 300_000)], euros(300_000), euros(0)),
        ("2025-06-01", [award("2024-01-10", 300_001)], euros(300_001), euros(0)),
        # Ranges, and nothing known.
        ("2025-06-01", [award("2024-01-10", euros(10_000, 20_000))], euros(10_000, 20_000), euros(280_000, 290_000)),
        ("2025-06-01", [award("2024-01-10", euros(None, None))], euros(0, None), euros(0, 300_000)),
        # Other states, no state.
        ("2025-06-01", [award("2024-01-10", 9, state="FR")], euros(0), euros(300_000)),
        ("2025-06-01", [award("2024-01-10", 9, state=None)], euros(0, 9), euros(299_991, 300_000)),
        # Regulations that count, do not, or are disputed.
        ("2025-06-01", [award("2024-01-10", 9, Regulation.FARMING)], euros(9), euros(299_991)),
        ("2025-06-01", [award("2024-01-10", 9, Regulation.FISHERY)], euros(9), euros(299_991)),
        ("2025-06-01", [award("2024-01-10", 9, Regulation.SERVICES_2023)], euros(0), euros(300_000)),
        ("2025-06-01", [award("2023-01-10", 9, Regulation.SERVICES_2012)], euros(0, 9), euros(299_991, 300_000)),
        ("2025-06-01", [award("2023-01-10", 9, None)], euros(0, 9), euros(299_991, 300_000)),
        ("2023-06-01", [award("2023-01-10", 9, Regulation.SERVICES_2012)], euros(0), euros(200_000)),
        # Together with services of general economic interest no more than 500,000 under the old regulation.
        ("2023-06-01", [award("2023-01-10", 450_000, Regulation.SERVICES_2012)], euros(0), euros(50_000)),
        (
            "2023-06-01",
            [award("2023-01-10", 350_000, Regulation.SERVICES_2012), award("2021-01-10", 10_000, OLD_RULE)],
            euros(10_000),
            euros(140_000),
        ),
        # The old regulation: fiscal years, 200,000.
        ("2023-12-31", [award("2021-01-01", 150_000, OLD_RULE)], euros(150_000), euros(50_000)),
        ("2024-01-01", [award("2021-01-01", 150_000, OLD_RULE)], euros(0), euros(300_000)),
        ("2023-12-31", [award("2013-01-01", 150_000, Regulation.GENERAL_2006)], euros(0), euros(200_000)),
        ("2014-02-01", [award("2013-01-01", 150_000, Regulation.GENERAL_2006)], euros(150_000), euros(50_000)),
        # Awards of later days.
        ("2025-06-01", [award("2025-06-02", 9)], euros(0), euros(300_000)),
    ],
)
def test_headroom(day: str, awards: list[Award], total: Interval, free: Interval) -> None:
    found = headroom(History(tuple(awards)), [], D(day), "DE", JANUARY)
    assert (found.received.total, found.headroom) == (total, free)


@pytest.mark.parametrize(
    ("day", "freight", "free"),
    [
        ("2023-12-31", NO, euros(120_000)),
        ("2023-12-31", YES, euros(30_000)),
        ("2023-12-31", UNKNOWN, euros(30_000, 120_000)),
        ("2024-01-01", YES, euros(220_000)),
        ("2024-01-01", UNKNOWN, euros(220_000)),
    ],
)
def test_road_freight(day: str, freight: Truth, free: Interval) -> None:
    awards = (award("2023-01-01", 70_000, OLD_RULE, freight=YES), award("2023-01-01", 10_000, OLD_RULE))
    assert headroom(History(awards), [], D(day), "DE", JANUARY, freight).headroom == free


def test_freight_of_an_award_is_not_known() -> None:
    history = History((award("2023-01-01", 70_000, OLD_RULE, freight=UNKNOWN),))
    assert headroom(history, [], D("2023-05-01"), "DE", JANUARY, YES).headroom == euros(30_000, 100_000)


@pytest.mark.parametrize(
    ("awards", "total"),
    [
        ([], euros(0)),
        ([award("2025-01-01", 5)], euros(0, 5)),
        ([award("2025-01-01", 5), award("2025-01-01", 7, state="FR")], euros(0, 7)),
        ([award("2025-01-01", 5), award("2025-01-01", 7, state=None)], euros(0, 12)),
    ],
)
def test_member_state_is_not_known(awards: list[Award], total: Interval) -> None:
    found = received(History(tuple(awards)), [], D("2025-06-01"), None, None)
    assert found.total == total
    for state in ("DE", "FR", "IT"):
        known = received(History(tuple(awards)), [], D("2025-06-01"), state, None).total
        assert known.hull(total) == total


@pytest.mark.parametrize(
    ("one", "day", "counts_", "reasons", "leaves"),
    [
        (award("2024-01-10", 9), "2025-06-01", YES, (Reason.IN_WINDOW,), "2027-01-10"),
        (award("2024-02-29", 9), "2025-06-01", YES, (Reason.IN_WINDOW,), "2027-03-01"),
        (award("2021-03-10", 9, OLD_RULE), "2023-06-01", YES, (Reason.IN_WINDOW,), "2024-03-10"),
        (award("2020-03-10", 9, OLD_RULE), "2022-06-01", YES, (Reason.IN_WINDOW,), "2023-01-01"),
        (award("2022-01-10", 9), "2025-06-01", NO, (Reason.OUT_OF_WINDOW,), None),
        (award("2025-06-02", 9), "2025-06-01", NO, (Reason.NOT_YET_GRANTED,), None),
        (award("2025-01-10", 9, state="FR"), "2025-06-01", NO, (Reason.OTHER_STATE,), None),
        (award("2025-01-10", 9, Regulation.SERVICES_2023), "2025-06-01", NO, (Reason.OTHER_REGULATION,), None),
        (award("2025-01-10", 9, None), "2025-06-01", UNKNOWN, (Reason.REGULATION_UNKNOWN,), "2028-01-10"),
        (
            award("2023-01-10", 9, Regulation.SERVICES_2012, None),
            "2025-06-01",
            UNKNOWN,
            (Reason.STATE_UNKNOWN, Reason.REGULATION_DISPUTED),
            "2026-01-10",
        ),
        (award("2012-01-10", 9, None), "2013-06-01", UNKNOWN, (Reason.NO_RULE, Reason.NO_RULE), None),
    ],
)
def test_lines(one: Award, day: str, counts_: Truth, reasons: tuple[Reason, ...], leaves: str | None) -> None:
    (line,) = received(History((one,)), [], D(day), "DE", JANUARY).lines
    assert (line.counts, line.reasons, line.leaves) == (counts_, reasons, None if leaves is None else D(leaves))


def test_fiscal_year_is_not_known() -> None:
    history = History((award("2020-03-10", 9, OLD_RULE),))
    (line,) = received(history, [], D("2022-06-01"), "DE", None).lines
    assert (line.counts, line.reasons, line.amount) == (UNKNOWN, (Reason.FISCAL_YEAR_UNKNOWN,), euros(0, 9))


def test_other_recipients() -> None:
    awards = (
        Award(D("2025-01-01"), euros(1), NEW_RULE, "DE"),
        Award(D("2025-01-01"), euros(10), NEW_RULE, "DE", recipient="a"),
        Award(D("2025-01-01"), euros(100), NEW_RULE, "DE", recipient="b"),
    )
    found = received(History(awards), ["a"], D("2025-06-01"), "DE", None)
    assert found.total == euros(11)
    assert found.lines[2].reasons == (Reason.OTHER_RECIPIENT,)


@pytest.mark.parametrize(
    ("day", "awards", "notes"),
    [
        ("2023-12-31", [], [Note.MUST_FIT_ENTIRELY]),
        ("2024-01-01", [], [Note.MUST_FIT_ENTIRELY, Note.OLD_SCHEMES]),
        ("2024-06-30", [], [Note.MUST_FIT_ENTIRELY, Note.OLD_SCHEMES]),
        ("2024-07-01", [], [Note.MUST_FIT_ENTIRELY]),
        ("2031-01-01", [], [Note.MUST_FIT_ENTIRELY, Note.AFTER_THE_REGULATION]),
        ("2013-12-31", [], [Note.NO_RULE]),
        ("2025-06-01", [award("2025-01-01", euros(5, None))], [Note.MUST_FIT_ENTIRELY, Note.AMOUNT_UNKNOWN]),
        ("2025-06-01", [award("2021-01-01", euros(5, None))], [Note.MUST_FIT_ENTIRELY]),
        ("2025-06-01", [award("2025-01-01", 300_001)], [Note.MUST_FIT_ENTIRELY, Note.OVER_THE_CEILING]),
    ],
)
def test_notes(day: str, awards: list[Award], notes: list[Note]) -> None:
    assert list(headroom(History(tuple(awards)), [], D(day), "DE", JANUARY).notes) == notes


def test_growth() -> None:
    history = History((award("2024-02-29", 100_000), award("2025-07-01", 150_000), award("2025-07-01", 50_000)))
    found = headroom(history, [], D("2025-08-01"), "DE", None)
    assert found.headroom == euros(0)
    assert found.timetable == (
        Growth(D("2027-03-01"), Fraction(100_000), euros(100_000)),
        Growth(D("2028-07-01"), Fraction(200_000), euros(300_000)),
    )
    assert found.grows_on == found.timetable[0]


def test_growth_over_the_ceiling_takes_several_days() -> None:
    history = History((award("2024-02-01", 50_000), award("2024-03-01", 320_000)))
    found = headroom(history, [], D("2024-04-01"), "DE", None)
    assert [(growth.day, growth.by) for growth in found.timetable] == [(D("2027-03-01"), 300_000)]
    assert headroom(History(), [], D("2025-01-01"), "DE", None).grows_on is None


def test_growth_of_the_ceiling() -> None:
    found = headroom(History(), [], D("2023-06-01"), "DE", JANUARY)
    assert found.timetable == (Growth(NEW, Fraction(100_000), euros(300_000)),)


def test_next_fiscal_year() -> None:
    history = History((award("2020-05-01", 120_000, OLD_RULE), award("2021-05-01", 60_000, OLD_RULE)))
    found = headroom(history, [], D("2022-08-01"), "DE", (4, 1))
    assert [(growth.day, growth.by) for growth in found.timetable] == [
        (D("2023-04-01"), 120_000),
        (D("2024-01-01"), 100_000),
        (D("2024-05-01"), 60_000),
    ]


def test_an_award_comes_back_with_the_rolling_window() -> None:
    history = History((award("2021-03-01", 150_000, OLD_RULE),))
    found = headroom(history, [], D("2023-08-01"), "DE", (7, 1))
    assert found.headroom == euros(200_000)
    # On 1 January 2024 the ceiling rises by 100,000, and 150,000 count again.
    assert found.grows_on == Growth(D("2024-03-01"), Fraction(100_000), euros(300_000))
    assert [growth.by for growth in found.timetable] == [150_000]


amounts = st.builds(
    lambda low, more: Interval(low, None if more is None else low + more),
    st.integers(0, 200_000),
    st.none() | st.just(0) | st.just(0) | st.integers(0, 50_000),
)
awards_ = st.builds(
    Award,
    st.dates(date(2018, 1, 1), date(2026, 1, 1)),
    amounts,
    st.sampled_from([OLD_RULE, NEW_RULE, Regulation.FARMING, Regulation.SERVICES_2012, Regulation.SERVICES_2023, None]),
    st.sampled_from(["DE", "DE", "FR", None]),
    road_freight=st.sampled_from([YES, NO, UNKNOWN]),
)
GENERAL = {OLD_RULE, NEW_RULE, Regulation.FARMING}
SERVICES = {Regulation.SERVICES_2012, Regulation.SERVICES_2023}


def most(award: Award, day: date, starts: list[tuple[int, int]], ceiling: str) -> Fraction | None:
    """The most that an award may count for, worked out by hand; `None` is without bound."""
    disputed = {Regulation.SERVICES_2012} if day >= NEW else set()
    may = GENERAL | disputed | (SERVICES if ceiling == "services" else set()) | {None}
    freight = ceiling != "freight" or award.road_freight is not NO
    inside = any(counts(award.granted, day, start) for start in starts)
    if not (inside and freight and award.regulation in may and award.member_state in ("DE", None)):
        return Fraction(0)
    return None if award.amount.high is None else Fraction(award.amount.high)


def free_for_certain(awards: list[Award], day: date, starts: list[tuple[int, int]], freight: Truth) -> Fraction:
    ceilings = {"general": 300_000} if day >= NEW else {"general": 200_000, "services": 500_000}
    if day < NEW and freight is not NO:
        ceilings["freight"] = 100_000
    left = []
    for name, ceiling in ceilings.items():
        used = [most(one, day, starts, name) for one in awards]
        left.append(Fraction(0) if None in used else max(Fraction(0), ceiling - sum(used)))  # type: ignore[arg-type]
    return min(left)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(awards_, max_size=4),
    st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    st.sampled_from([*STARTS, None]),
    st.sampled_from([YES, NO, UNKNOWN]),
)
def test_timetable_is_that_of_every_day(
    awards: list[Award], on: date, start: tuple[int, int] | None, freight: Truth
) -> None:
    # All starts of a fiscal year, one day after the other, are slow: few awards and days are enough for them.
    awards = awards if start is not None else awards[:1]
    starts = STARTS if start is None else [start]
    reach = timedelta(8 * 366 if start is not None else 500)
    history = History(tuple(awards))
    found = headroom(history, [], on, "DE", start, freight)
    before = free_for_certain(awards, on, starts, freight)
    assert found.headroom.low == before
    growths, first, today = [], None, before
    for later in range(1, reach.days):
        day = on + timedelta(later)
        free = free_for_certain(awards, day, starts, freight)
        growths += [(day, free - before)] if free > before else []
        first = (day, free - today) if first is None and free > today else first
        before = free
    assert [(growth.day, growth.by) for growth in found.timetable if growth.day < on + reach] == growths
    if first is not None:
        assert found.grows_on is not None
        assert (found.grows_on.day, found.grows_on.by) == first


@given(st.lists(awards_, max_size=4), st.dates(date(2014, 1, 1), date(2028, 1, 1)), st.sampled_from(STARTS))
def test_knowing_more_only_narrows(awards: list[Award], on: date, start: tuple[int, int]) -> None:
    history = History(tuple(awards))
    open_one = headroom(history, [], on, None, None, UNKNOWN).headroom
    for state in ("DE", "IT"):
        for freight in (YES, NO):
            known = headroom(history, [], on, state, start, freight).headroom
            assert open_one.hull(known) == open_one


CHANGES = ["2014-01-01", "2023-12-31", "2024-01-01"]


@pytest.mark.parametrize("day", CHANGES)
def test_the_ceilings_are_those_of_the_rules(day: str) -> None:
    rulebook = eligibility.load_rulebook(as_of=D(day), programmes=["de.digital-jetzt"]).linked
    for name, sector, freight in (
        ("de_minimis_ceiling", "C28", NO),
        ("de_minimis_ceiling_of_sector", "C28", NO),
        ("de_minimis_ceiling_of_sector", "H4941", YES),
    ):
        assert ceiling_on(D(day), freight) == assess(rulebook, {"nace": sector}).derived[name].value.interval


def test_every_rule_cites_a_source() -> None:
    cites = [FIT_CITE, MERGER_CITE, SPLIT_CITE, OLD_SCHEMES_CITE]
    for regime in REGIMES:
        cites += [regime.window_cite, *(ceiling.cite for ceiling in regime.ceilings)]
        assert all(set(ceiling.counts) == set(Regulation) for ceiling in regime.ceilings)
    cited = {part.split()[0].rstrip(",") for cite in cites for part in cite.split("; ")}
    assert cited == set(SOURCES)
