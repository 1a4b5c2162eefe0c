"""Partitions of what a fact can be: how a node of a decision diagram tells values apart.

A partition is a tuple of keys; it has one part more than keys. Three kinds:

- `cuts` of numbers and days: a key `(value, above)` separates what lies under `value` from the rest (`above`: the value
  itself still belongs to the lower side); part 0 lies under the first key.
- `names` of truths and choices: part 0 holds every value without a key, part n the value of key n - 1.
- `prefixes` of codes: part 0 holds the codes under no key, part n those whose longest key is key n - 1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from eligibility.engine.profile import Value
from eligibility.values.interval import Interval

Keys = tuple[Any, ...]
CUTS, NAMES, PREFIXES = "cuts", "names", "prefixes"
KIND_OF = {
    "truth": NAMES,
    "choice": NAMES,
    "code": PREFIXES,
    **dict.fromkeys(("number", "money", "percent", "date"), CUTS),
}


@lru_cache(maxsize=65536)
def merged(first: Keys, second: Keys) -> Keys:
    """Return the keys of the coarsest partition that is as fine as both."""
    return first if first == second or not second else tuple(sorted({*first, *second}))


@lru_cache(maxsize=65536)
def places(kind: str, keys: Keys, finer: Keys) -> tuple[int, ...]:
    """Return for each part of a finer partition the part of `keys` that holds it."""
    if keys == finer:
        return tuple(range(len(keys) + 1))
    if kind == CUTS:
        return (0, *(bisect_right(keys, cut) for cut in finer))
    own = {key: place for place, key in enumerate(keys, 1)}
    if kind == NAMES:
        return (0, *(own.get(name, 0) for name in finer))
    return (0, *(_longest(own, code) for code in finer))


def _longest(own: dict[str, int], code: str) -> int:
    return next((own[code[:end]] for end in range(len(code), 0, -1) if code[:end] in own), 0)


def reduced(kind: str, keys: Keys, parts: Sequence[int]) -> tuple[Keys, tuple[int, ...]]:
    """Drop the keys that separate nothing: those whose parts lead to the same."""
    if kind == CUTS:
        kept = [place for place in range(len(keys)) if parts[place] != parts[place + 1]]
        return tuple(keys[place] for place in kept), (parts[0], *(parts[place + 1] for place in kept))
    if kind == NAMES:
        kept = [place for place, part in enumerate(parts[1:]) if part != parts[0]]
    else:
        kept = _telling_prefixes(keys, parts)
    return tuple(keys[place] for place in kept), (parts[0], *(parts[place + 1] for place in kept))


def _telling_prefixes(keys: Keys, parts: Sequence[int]) -> list[int]:
    kept: list[int] = []
    above: list[tuple[str, int]] = [("", parts[0])]
    for place, code in enumerate(keys):  # sorted: what a code lies under comes before it
        while not code.startswith(above[-1][0]):
            above.pop()
        if parts[place + 1] != above[-1][1]:
            kept.append(place)
            above.append((code, parts[place + 1]))
    return kept


def left_of(kind: str, keys: Keys, value: Value) -> tuple[Keys, tuple[int, ...]]:
    """Return the keys and parts that are left of a partition once the fact is known to be `value` or to lie in it.

    An interval leaves the parts that it touches; a code leaves those under it, and the one that it lies in.
    """
    if kind == CUTS:
        assert isinstance(value, Interval)
        first = 0 if value.low is None else bisect_left(keys, (value.low, 1))
        last = len(keys) if value.high is None else bisect_left(keys, (value.high, 1))
        return keys[first:last], tuple(range(first, last + 1))
    if kind == NAMES:
        return (), (keys.index(value) + 1 if value in keys else 0,)
    assert isinstance(value, str)
    own = {key: place for place, key in enumerate(keys, 1)}
    under = [place for place, key in enumerate(keys) if key.startswith(value) and key != value]
    return tuple(keys[place] for place in under), (_longest(own, value), *(place + 1 for place in under))
