"""The single undertaking of the de-minimis regulations: enterprises linked by control, not by persons or partners.

Regulations (EU) No 1407/2013 and (EU) 2023/2831, each Art. 2(2): votes, appointment rights, dominant influence or
agreement, directly or through other enterprises. Natural persons link nobody here, nor do public bodies.
"""

from dataclasses import dataclass

import numpy as np

from eligibility.group.certainty import Reading
from eligibility.group.links import linked_groups
from eligibility.group.structure import Structure


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The enterprises of one single undertaking; `possible` holds those, too, that may belong to it."""

    certain: frozenset[int]
    possible: frozenset[int]


def single_undertaking(structure: Structure, subject: int) -> Undertaking:
    """Return the single undertaking of a firm."""
    members = []
    for reading in (Reading.LEAST, Reading.MOST):
        groups = linked_groups(structure, reading, through_persons=False)
        inside = (groups.of == groups.of[subject]) & groups.stakes.transmits
        members.append(frozenset(np.flatnonzero(inside).tolist()) | {subject})
    return Undertaking(*members)
