"""Stages of work side by side: while one block is written, the next one is assessed and the one after it read."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")


class _End:
    """What stands behind the last item."""


_END: Final = _End()


def ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """Yield the items in order, the next one always being made in a thread of its own.

    What the items raise is raised here; when this generator is closed, that of the items is closed too.
    """
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(next, items, _END)
        try:
            while not isinstance(item := waiting.result(), _End):
                waiting = pool.submit(next, items, _END)
                yield item
        finally:
            pool.submit(_close, items).result()


def _close(items: Iterator[T]) -> None:
    if isinstance(items, Generator):
        items.close()
