"""Works measured side by side: one after the other in each round, so that a noisy neighbour hits all alike."""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence

Work = Callable[[], object]
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


class Stopwatch:
    """What counts the seconds of all works: the time that passes, or that of the processors at work for this process.

    The first is what people wait for; where others use the machine too, only the second tells one program from another.
    """

    now: Callable[[], float] = CLOCKS["wall"]


def seconds(work: Work) -> float:
    """Return how long a work takes."""
    started = Stopwatch.now()
    work()
    return Stopwatch.now() - started


def quickest(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return for each work the least seconds of all rounds; a work measures itself, see `seconds`."""
    measured = [{name: work() for name, work in works.items()} for _ in range(rounds)]
    return {name: min(times[name] for times in measured) for name in works}


def options(description: str) -> argparse.ArgumentParser:
    """Return the options that all measurements take."""
    found = argparse.ArgumentParser(description=description)
    found.add_argument("--rounds", type=int, default=3)
    found.add_argument("--clock", choices=tuple(CLOCKS), default="wall")
    return found


def chosen(found: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options as chosen and set the clock."""
    namespace = found.parse_args(arguments)
    Stopwatch.now = CLOCKS[namespace.clock]
    return namespace
