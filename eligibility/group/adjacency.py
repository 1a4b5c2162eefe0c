"""Which rows belong to which nodes, without a search: rows in the order of their nodes, and where each node begins."""

from dataclasses import dataclass

import numpy as np

from eligibility.group.structure import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """`order` are the rows by node; those of node i stand from `starts[i]` to before `starts[i + 1]`."""

    order: Ints
    starts: Ints

    @classmethod
    def of(cls, nodes: Ints, size: int) -> "Adjacency":
        """Return which rows name which of `size` nodes."""
        order = np.argsort(nodes, kind="stable")
        return cls(order, np.searchsorted(nodes[order], np.arange(size + 1)))

    def rows(self, nodes: Ints) -> Ints:
        """Return the rows of these nodes, node after node."""
        starts, counts = self.starts[nodes], self.starts[nodes + 1] - self.starts[nodes]
        before = np.repeat(starts - np.cumsum(counts) + counts, counts)
        return self.order[before + np.arange(int(counts.sum()))]
