"""Works measured side by side: one after the other in each round, so that a noisy neighbour hits all alike."""

import time
from collections.abc import Callable, Mapping

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """Return how long a work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def quickest(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return for each work the least seconds of all rounds; a work measures itself, see `seconds`."""
    measured = [{name: work() for name, work in works.items()} for _ in range(rounds)]
    return {name: min(times[name] for times in measured) for name in works}
