"""Whose aid an award is after mergers and splits: Art. 3(8) and (9) of both general regulations."""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction

from eligibility.aid.award import Award, Event, History, Merger, Part, Split
from eligibility.values.interval import Interval, Number

NOTHING, WHOLE = Interval.point(0), Interval.point(1)


def events_until(history: History, day: date) -> tuple[Event, ...]:
    """Return the events that took effect up to a day, in their order."""
    return tuple(sorted((event for event in history.events if event.day <= day), key=lambda event: event.day))


def share_of(
    award: Award, history: History, undertaking: Collection[str], events: Sequence[Event]
) -> tuple[Interval, tuple[Event, ...]]:
    """Return what share (0 to 1) of an award is aid of the undertaking, and the events through which it came there.

    An award of a recipient that is not named is that of the firm. `events` are those that took effect, in their order.
    """
    members = frozenset(undertaking) | ({history.firm} if history.firm is not None else set())
    recipient = history.firm if award.recipient is None else award.recipient
    if recipient is None:
        return WHOLE, ()
    return _followed(award, recipient, members, events)


def _followed(
    award: Award, holder: str, members: frozenset[str], events: Sequence[Event]
) -> tuple[Interval, tuple[Event, ...]]:
    for place, event in enumerate(events):
        rest = events[place + 1 :]
        if not _touches(event, holder, award.granted):
            continue
        if isinstance(event, Merger):
            share, through = _followed(award, event.into, members, rest)
            return share, (event, *through)
        shares: list[tuple[Part, Interval]] = []
        ways: list[Event] = []
        for part in _parts(award, event, rest):
            share, through = _followed(award, part.id, members, rest)
            shares.append((part, share))
            ways.extend(through)
        return _mean(shares), tuple(dict.fromkeys((event, *ways)))
    return (WHOLE if holder in members else NOTHING), ()


def _touches(event: Event, holder: str, granted: date) -> bool:
    """Tell whether an event passes on what a holder was granted; what is granted later stays, if the holder does."""
    if isinstance(event, Merger):
        return holder in event.parties and holder != event.into
    stays = holder in {part.id for part in event.parts}
    return holder == event.firm and (granted < event.day or not stays)


def _parts(award: Award, split: Split, later: Sequence[Event]) -> Sequence[Part]:
    """Return who the aid goes to: who carries on what it was used for, else all parts."""
    if award.carried_by is None:
        return split.parts
    chosen = [part for part in split.parts if award.carried_by in _heirs(part.id, later)]
    return chosen[:1] or split.parts


def _heirs(holder: str, events: Sequence[Event]) -> set[str]:
    """Return everyone to whom aid of a holder can pass, and the holder."""
    heirs = {holder}
    for event in events:
        if isinstance(event, Merger):
            heirs |= {event.into} if heirs & set(event.parties) else set()
        elif event.firm in heirs:
            heirs |= {part.id for part in event.parts}
    return heirs


def _mean(shares: Sequence[tuple[Part, Interval]]) -> Interval:
    """Return the mean of the shares that the parts pass on, weighted by their equity; each may lie in a range."""
    if len(shares) == 1:
        return shares[0][1]
    lows = [(part.equity, share.low or 0) for part, share in shares]
    highs = [(part.equity, -_high(share)) for part, share in shares]
    return Interval(_least(lows), -_least(highs))


def _high(share: Interval) -> Number:
    return 1 if share.high is None else share.high


def _least(weighted: Sequence[tuple[Interval, Number]]) -> Number:
    """Return the least mean of values whose weights lie in ranges.

    Among the weights that make a mean least, all below some value are as large as they can be, all above it as small.
    """
    ordered = sorted(weighted, key=lambda pair: pair[1])
    # Nothing known of a weight, or all of them nothing: then the least value alone may carry all.
    if any(equity.high is None for equity, _ in ordered):
        return _least_unbounded(ordered)
    means = [_mean_at(ordered, large) for large in range(len(ordered) + 1)]
    known = [mean for mean in means if mean is not None]
    return min(known) if known else ordered[0][1]


def _least_unbounded(ordered: Sequence[tuple[Interval, Number]]) -> Number:
    """Return the least mean where a weight has no upper end: it may outweigh all others."""
    candidates = [value for equity, value in ordered if equity.high is None]
    bounded = [
        (equity if equity.high is not None else Interval.point(equity.low or 0), value) for equity, value in ordered
    ]
    means = [_mean_at(bounded, large) for large in range(len(bounded) + 1)]
    return min([*candidates, *(mean for mean in means if mean is not None)])


def _mean_at(ordered: Sequence[tuple[Interval, Number]], large: int) -> Fraction | None:
    weights = [
        Fraction((equity.high if place < large else equity.low) or 0) for place, (equity, _) in enumerate(ordered)
    ]
    total = sum(weights)
    if not total:
        return None
    return sum((weight * value for weight, (_, value) in zip(weights, ordered, strict=True)), Fraction(0)) / total
