from collections.abc import Iterator

import pytest

from eligibility.batch.ahead import ahead


def numbers(log: list[str], fail: bool = False) -> Iterator[int]:
    try:
        yield from range(3)
        if fail:
            raise KeyboardInterrupt
    finally:
        log.append("closed")


def test_in_order() -> None:
    log: list[str] = []
    assert list(ahead(ahead(numbers(log)))) == [0, 1, 2]
    assert log == ["closed"]


def test_closed_early() -> None:
    log: list[str] = []
    items = ahead(ahead(numbers(log)))
    assert next(items) == 0
    items.close()
    assert log == ["closed"]


def test_what_is_raised_comes_through() -> None:
    log: list[str] = []
    items = ahead(ahead(numbers(log, fail=True)))
    assert [next(items) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(KeyboardInterrupt):
        next(items)
    assert log == ["closed"]
