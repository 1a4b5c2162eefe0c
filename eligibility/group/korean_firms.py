"""Who can be a parent, a child and an owner under Korean law, as far as is known: -1 no, 0 unknown, 1 yes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eligibility.group.segments import Mask
from eligibility.group.structure import Ints, Kind, Structure
from eligibility.group.votes import PERSONS
from eligibility.values.truth import Truth

Truths = NDArray[np.int8]

# By their nature; what is stated of one of them stands before it.
_NONPROFIT = (Kind.PUBLIC_BODY, Kind.RESEARCH, Kind.LOCAL_AUTHORITY)
_EXEMPT = (Kind.VENTURE_CAPITAL,)


@dataclass(frozen=True, slots=True, eq=False)
class KoreanFirms:
    """What Korean law asks of each node.

    `parent`: subject to external audit, domestic, for profit and no exempt investor (decree Art. 2 no. 3, 3의2(3));
    `child`: domestic and for profit. Firms audited by statement or because they are listed (External Audit Act Art. 4).
    """

    corporation: Mask
    domestic: Truths
    audited: Truths
    listed: Truths
    nonprofit: Truths
    exempt: Truths
    parent: Truths
    child: Truths


def korean_firms(structure: Structure, nodes: Ints) -> KoreanFirms:
    """Return what is known of some nodes, in their order."""
    about = structure.nodes
    kinds = about.kinds[nodes]
    corporation = ~np.isin(kinds, np.array(PERSONS, dtype=np.int8))
    domestic = _truths(about.countries, nodes, lambda country: 1 if country == "KR" else -1)
    listed = _truths(about.kr_listed, nodes)
    audited = _or_else(_truths(about.kr_audited, nodes), listed == 1)
    nonprofit = _or_else(_truths(about.kr_nonprofit, nodes), np.isin(kinds, np.array(_NONPROFIT, dtype=np.int8)))
    exempt = _or_else(_truths(about.kr_exempt_investor, nodes), np.isin(kinds, np.array(_EXEMPT, dtype=np.int8)))
    may_belong = np.minimum(np.where(corporation, np.int8(1), np.int8(-1)), -nonprofit)
    child = np.minimum(may_belong, domestic)
    parent = np.minimum(np.minimum(child, audited), -exempt)
    return KoreanFirms(corporation, domestic, audited, listed, nonprofit, exempt, parent, child)


def _or_else(stated: Truths, yes: Mask) -> Truths:
    result: Truths = np.where((stated == 0) & yes, np.int8(1), stated)
    return result


def _stated(truth: Truth) -> int:
    return int(truth.value)


def _truths(stated: Mapping[int, Any], nodes: Ints, read: Callable[[Any], int] = _stated) -> Truths:
    if len(nodes) < len(stated):
        few = (read(stated[node]) if node in stated else 0 for node in nodes.tolist())
        return np.fromiter(few, dtype=np.int8, count=len(nodes))
    values = np.zeros(int(nodes.max(initial=-1)) + 1, dtype=np.int8)
    keys = np.fromiter(stated.keys(), dtype=np.int64, count=len(stated))
    truths = np.fromiter((read(value) for value in stated.values()), dtype=np.int8, count=len(stated))
    known = keys < len(values)
    values[keys[known]] = truths[known]
    return values[nodes]
