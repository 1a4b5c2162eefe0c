"""The web addresses behind the words of a page: paper cannot be clicked, so it lists them once, by number."""

from collections.abc import Iterator

from eligibility.report.clean import web_address
from eligibility.report.page import Card, Item, Page


def addresses(page: Page) -> dict[str, int]:
    """Return each address that stands behind other words, with its number from 1 in the order of reading."""
    behind = (url for text, url in _links(page) if text != url and web_address(url))
    return {url: number for number, url in enumerate(dict.fromkeys(behind), 1)}


def _links(page: Page) -> Iterator[tuple[str, str]]:
    for group in page.groups:
        yield from _in(group.items)
        for card in group.cards:
            yield from _in(_items(card))


def _items(card: Card) -> tuple[Item, ...]:
    """Return the items of a card as its page orders them: short values first."""
    fields = sorted(card.fields, key=lambda field: field.listed)
    return tuple(item for field in fields for item in field.items)


def _in(items: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
    for item in items:
        yield item.text, item.url
        yield from ((source.text, source.url) for source in item.sources)
