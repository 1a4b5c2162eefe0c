"""Rows of a table get what the single undertaking of their firm has received; aid of others and elsewhere stays out."""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.aid.award import Award, History, Merger, Part, Split
from eligibility.aid.received import received
from eligibility.aid.regulation import Regulation
from eligibility.batch.aid_received import Aid, AidReceived
from eligibility.group.frame import is_firm
from eligibility.group.structure import Control, Structure, from_rows
from eligibility.group.undertaking import single_undertaking
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError, Place
from tests.batch.runner import Runner
from tests.group.test_frame import structures

DAY = date(2025, 3, 1)
STRUCTURE = from_rows(
    [{"id": "mother", "country": "DE"}, {"id": "daughter"}, {"id": "minority"}, {"id": "doubtful"}, {"id": "alone"}],
    [
        {"holder": "mother", "held": "daughter", "share": 100},
        {"holder": "mother", "held": "minority", "share": 40},
        {"holder": "mother", "held": "doubtful", "share": Interval(40, 60)},
    ],
)


@cache
def the_rulebook() -> Rulebook:
    return load([bundled_rules()], DAY, ["de.bafa-beratung"])


def award(recipient: str | None, amount: Any, state: str | None = "DE", **told: Any) -> Award:
    known = amount if isinstance(amount, Interval) else Interval.point(amount)
    return Award(told.pop("granted", date(2024, 6, 1)), known, Regulation.GENERAL_2023, state, recipient, **told)


def ends(aid: AidReceived, structure: Structure, name: str, site: str | None = None) -> tuple[int | None, int | None]:
    nodes = np.array([structure.index.get(name, -1)])
    low, high = aid.of(nodes, pl.Series([site], dtype=pl.String))
    return low[0], high[0]


@pytest.mark.parametrize(
    ("name", "site", "state", "expected"),
    [
        pytest.param("mother", None, None, (0, 70_000_00), id="the seat does not say where the project will be"),
        pytest.param(
            "daughter", "DE", None, (30_000_00, 70_000_00), id="the whole undertaking, in the state of the site"
        ),
        pytest.param("daughter", "DE", "AT", (5_000_00, 5_000_00), id="the state that is asked for goes before"),
        pytest.param("daughter", "AT", None, (5_000_00, 5_000_00), id="each state on its own"),
        pytest.param("daughter", None, None, (0, 70_000_00), id="no state known"),
        pytest.param("minority", "DE", None, (7_000_00, 7_000_00), id="a minority is no part of the undertaking"),
        pytest.param("doubtful", "DE", None, (40_000_00, 70_000_00), id="perhaps a part of the undertaking"),
        pytest.param("alone", "DE", None, (0, 0), id="nothing received"),
        pytest.param("nobody", "DE", None, (None, None), id="no firm of the structure"),
    ],
)
def test_what_counts(name: str, site: str | None, state: str | None, expected: tuple[int | None, int | None]) -> None:
    history = History(
        (
            award("mother", 10_000),
            award("daughter", 20_000),
            award("daughter", 5_000, "AT"),
            award("minority", 7_000),
            award("doubtful", 40_000),
            award("mother", 99_000, granted=date(2022, 2, 1)),
        )
    )
    assert ends(AidReceived(the_rulebook(), STRUCTURE, Aid(history, state)), STRUCTURE, name, site) == expected


def test_an_amount_that_is_not_known_leaves_it_open() -> None:
    history = History((award("alone", Interval()), award("mother", Interval(1_000, 2_000))))
    aid = AidReceived(the_rulebook(), STRUCTURE, Aid(history, "DE"))
    assert ends(aid, STRUCTURE, "alone") == (None, None)
    assert ends(aid, STRUCTURE, "daughter") == (1_000_00, 2_000_00)


def test_awards_without_a_recipient_are_refused() -> None:
    place = Place("aid.csv", 3, 1)
    with pytest.raises(AnswerError) as refused:
        AidReceived(the_rulebook(), STRUCTURE, Aid(History((award(None, 5, place=place), award("alone", 5)))))
    assert str(refused.value) == "aid.csv:3:1: this award has no recipient (name the enterprise that received it)"


def test_aid_of_a_firm_that_nobody_knows_is_refused() -> None:
    with pytest.raises(AnswerError) as refused:
        AidReceived(the_rulebook(), STRUCTURE, Aid(History((award(None, 5),), (), "daugther")))
    assert str(refused.value) == (
        "the aid is that of `daugther`, which the ownership structure does not have (did you mean `daughter`?)"
    )


def test_awards_of_the_firm_that_a_history_is_about() -> None:
    aid = AidReceived(the_rulebook(), STRUCTURE, Aid(History((award(None, 5),), (), "mother"), "DE"))
    assert ends(aid, STRUCTURE, "daughter") == (5_00, 5_00)
    assert ends(aid, STRUCTURE, "alone") == (0, 0)


_NAMES = st.sampled_from("abcdef")
_AMOUNTS = st.sampled_from([0, 100, Fraction("33.33"), Interval(5, 9), Interval()])
_AWARDS = st.builds(
    award, _NAMES, _AMOUNTS, st.sampled_from(["DE", "AT", None]), granted=st.dates(date(2020, 1, 1), date(2025, 6, 1))
)
_DAYS = st.dates(date(2020, 1, 1), date(2025, 6, 1))
_EVENTS = st.one_of(
    st.builds(lambda day, parties, into: Merger(day, tuple(parties), into), _DAYS, st.sets(_NAMES, min_size=1), _NAMES),
    st.builds(
        lambda day, firm, parts: Split(day, firm, tuple(Part(part, Interval.point(1)) for part in sorted(parts))),
        _DAYS,
        _NAMES,
        st.sets(_NAMES, min_size=1),
    ),
)


@settings(max_examples=60)
@given(structures(), st.lists(_AWARDS, max_size=6), st.lists(_EVENTS, max_size=2), st.sampled_from(["DE", None]))
def test_all_rows_get_what_each_undertaking_has_received(
    structure: Structure, awards: list[Award], events: list[Any], state: str | None
) -> None:
    history = History(tuple(awards), tuple(events))
    aid = AidReceived(the_rulebook(), structure, Aid(history, state))
    for name, node in structure.index.items():
        if is_firm(structure)[node]:
            undertaking = single_undertaking(structure, node)
            certain, possible = (
                [structure.nodes.ids[one] for one in of] for of in (undertaking.certain, undertaking.possible)
            )
            total = received(history, certain, DAY, state, None, possible=possible).total
            low, high = ends(aid, structure, name)
            if low is None:
                assert (total.low or 0, total.high) == (0, None)
                continue
            assert abs(Fraction(low) - Fraction(total.low or 0) * 100) <= Fraction(1, 2)
            assert (high is None) == (total.high is None)
            assert high is None or abs(Fraction(high) - Fraction(total.high or 0) * 100) <= Fraction(1, 2)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_run_counts_it_where_a_row_does_not_say(tmp_path: Path, engine: str) -> None:
    run = Runner(load([bundled_rules()], DAY, ["de.bafa-beratung"]), tmp_path)
    aid = Aid(History((award("daughter", 299_999), award("doubtful", 1_000))))
    table = "id,site_country,de_minimis_received\nmother,DE,\ndaughter,DE,0\nminority,DE,\nx,DE,\n"
    run(table, layout="long", engine=engine, ownership=STRUCTURE, aid=aid, defaults={"de_minimis_received": 300_000})
    rows = pl.read_csv(run.output, infer_schema=False)
    missing = rows["missing"].fill_null("").str.split(";").list.contains("de_minimis_received").to_list()
    assert rows["id"].to_list() == ["mother", "daughter", "minority", "x"]
    assert missing == [True, False, False, False]


def test_control_by_other_means_makes_one_undertaking() -> None:
    structure = from_rows([], [{"holder": "a", "held": "b", "share": 10, "control": Control.AGREEMENT}])
    aid = AidReceived(the_rulebook(), structure, Aid(History((award("a", 50),)), "DE"))
    assert ends(aid, structure, "b") == (50_00, 50_00)
