"""The class that stands after two or three periods (Recommendation 2003/361/EC, Annex Art. 4(2))."""

import itertools

import pytest

from eligibility.group.classes import standing_class

_CLASSES = ("micro", "small", "medium", "large")


def _by_ceilings(latest: str, previous: str, earlier: str) -> str:
    """Follow each ceiling by itself: its status changes only where two periods in a row lie on the other side."""
    standing = "micro"
    for ceiling in range(3):
        status = _CLASSES.index(earlier) > ceiling
        before = status
        for period in (previous, latest):
            now = _CLASSES.index(period) > ceiling
            if now == before:
                status = now
            before = now
        if status:
            standing = _CLASSES[ceiling + 1]
    return standing


@pytest.mark.parametrize(("latest", "previous", "earlier"), list(itertools.product(_CLASSES, repeat=3)))
def test_three_periods_are_followed_ceiling_by_ceiling(latest: str, previous: str, earlier: str) -> None:
    assert standing_class(latest, previous, earlier) == _by_ceilings(latest, previous, earlier)


@pytest.mark.parametrize(
    ("latest", "previous", "earlier", "standing"),
    [
        ("small", "small", None, "small"),
        ("medium", "small", None, "small"),
        ("small", "medium", None, "medium"),
        ("small", None, None, None),
        (None, "small", "small", None),
        ("small", None, "small", None),
        ("small", "medium", "small", "small"),
        ("medium", "small", "micro", "small"),
        ("micro", "medium", "small", "small"),
    ],
)
def test_what_stands(latest: str | None, previous: str | None, earlier: str | None, standing: str | None) -> None:
    assert standing_class(latest, previous, earlier) == standing
