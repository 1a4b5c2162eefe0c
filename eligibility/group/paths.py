"""The shortest paths from a firm through its group; of a very long one only both ends are told."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

END = 10
"""So many hops at either end of a long path: told in full, the paths of a chain grow with the square of its length."""


class Paths(Generic[T]):
    """Shortest paths from one node; `hops` are the pairs of neighbours, each in the direction in which it is gone."""

    def __init__(self, start: T, hops: Iterable[tuple[T, T]]) -> None:
        self._before: dict[T, T] = {}
        self.depth: dict[T, int] = {start: 0}
        self._first: dict[T, Sequence[tuple[T, T]]] = {start: ()}
        self._walk(start, _neighbours(hops))

    def _walk(self, start: T, neighbours: Mapping[T, Sequence[T]]) -> None:
        waiting = deque((start,))
        while waiting:
            node = waiting.popleft()
            for other in neighbours.get(node, ()):
                if other not in self.depth:
                    self.depth[other] = self.depth[node] + 1
                    self._before[other] = node
                    first = self._first[node]
                    # Beyond its beginning a path shares it with the path to the node before.
                    self._first[other] = (*first, (node, other)) if len(first) < END else first
                    waiting.append(other)

    def before(self, node: T) -> T | None:
        """Return the node before the last on the path to a node."""
        return self._before.get(node)

    def hops(self, node: T) -> tuple[tuple[T, T], ...]:
        """Return the path to a node; of more than twice `END` hops the first and the last so many."""
        if node not in self.depth:
            return ()
        first = self._first[node]
        last: list[tuple[T, T]] = []
        end = node
        for _ in range(min(self.depth[node] - len(first), END)):
            last.append((self._before[end], end))
            end = self._before[end]
        return (*first, *reversed(last))


def _neighbours(hops: Iterable[tuple[T, T]]) -> dict[T, list[T]]:
    found: dict[T, list[T]] = {}
    for one, other in hops:
        found.setdefault(one, []).append(other)
    return found
