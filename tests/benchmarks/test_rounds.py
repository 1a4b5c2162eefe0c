"""Works take turns, the least of all rounds counts, and the clock is the one that was chosen."""

import time

import pytest

from benchmarks import rounds
from benchmarks.rounds import Stopwatch, chosen, options, quickest, seconds


def test_works_take_turns_and_the_quickest_round_counts() -> None:
    order: list[str] = []
    times = {"a": iter((3.0, 1.0)), "b": iter((2.0, 5.0))}

    def work(name: str) -> float:
        order.append(name)
        return next(times[name])

    assert quickest({"a": lambda: work("a"), "b": lambda: work("b")}, 2) == {"a": 1.0, "b": 2.0}
    assert order == ["a", "b", "a", "b"]


@pytest.mark.parametrize(("clock", "low", "high"), [("wall", 0.05, 60), ("cpu", 0, 0.04)])
def test_who_sleeps_takes_time_but_no_processor(
    monkeypatch: pytest.MonkeyPatch, clock: str, low: float, high: float
) -> None:
    monkeypatch.setattr(Stopwatch, "now", rounds.CLOCKS["wall"])
    choice = chosen(options("Nothing."), ["--clock", clock, "--rounds", "7"])
    assert choice.rounds == 7
    assert low <= seconds(lambda: time.sleep(0.05)) < high
