"""What a page looks like, measured in the page itself."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# Text against the nearest painted ground, both with their transparency worked in (WCAG 2, relative luminance).
_CONTRASTS = """
() => {
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const over = (top, ground) => [0, 1, 2].map(i => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
  const bright = colour => colour.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(parse(getComputedStyle(one).backgroundColor));
    const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reduceRight((below, layer) => over(layer, below), canvas);
  };
  const ratio = (one, other) => {
    const [high, low] = [bright(one), bright(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim()) continue;
    const style = getComputedStyle(element), below = ground(element);
    const colour = over(parse(element.closest('svg') ? style.fill : style.color), below);
    found.push([ratio(colour, below), texts.currentNode.data.trim().slice(0, 40)]);
  }
  for (const rect of document.querySelectorAll('.bar rect:not(.pale)')) {
    const below = ground(rect);
    const colour = over(parse(getComputedStyle(rect).fill), below);
    found.push([ratio(colour, below) * 1.5, 'bar: ' + rect.closest('dl > div').className]);
  }
  return found;
}
"""
_OUTSIDE = """
() => [...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.frame *') && !one.matches('.skip') && one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5)
  .map(one => one.tagName + ' ' + one.textContent.trim().slice(0, 30))
"""
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Outline:
    """The headings of a page by their levels, and the landmarks with how often each is there."""

    levels: list[int]
    landmarks: dict[str, int]


def contrasts(page: Page) -> list[tuple[float, str]]:
    """The contrast of each text, and of each bar times 1.5 (bars need 3:1, texts 4.5:1)."""
    return [(ratio, text) for ratio, text in page.evaluate(_CONTRASTS)]


def sticking_out(page: Page) -> list[str]:
    """What reaches beyond the window, frames that scroll on their own left out."""
    aside: int = page.evaluate(_SIDEWAYS)
    return [*page.evaluate(_OUTSIDE), *([f"the page is {aside} px too wide"] if aside > 0 else [])]


def outline(page: Page) -> Outline:
    levels = page.locator(":is(h1, h2, h3, h4, h5, h6):visible").evaluate_all(
        "found => found.map(one => +one.tagName[1])"
    )
    roles = ("banner", "navigation", "main", "contentinfo")
    return Outline(levels, {role: page.get_by_role(role).count() for role in roles})  # type: ignore[arg-type]


def tags(page: Page) -> list[str]:
    """The elements of a page in their order."""
    found: Any = page.evaluate("() => [...document.querySelectorAll('*')].map(one => one.tagName)")
    return list(found)
