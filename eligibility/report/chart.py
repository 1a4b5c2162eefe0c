"""Bars drawn as SVG that a page without styles, scripts and addresses can hold, in the colour of its own text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

from eligibility.report.clean import clean_for_terminal
from eligibility.report.page import Chart

# Each stands out from white and from nearly black, and from its neighbour also for those who see few colours.
COLOURS = {"yes": "#00805c", "maybe": "#2f7fc1", "open": "#b8770b", "no": "#858a90"}
_WIDTH = 640
_WHOLE = 1_000_000
"""So many parts have the longest bar: what is drawn are whole numbers, whatever was counted."""
_INK = "#010203"
"""Stands for the colour of the text around, which the drawing library has no word for."""
_SIZE = 13
_MOST_LETTERS = 30
_TAGS = frozenset(("svg", "g", "path", "text", "line", "rect"))
_PLACED = frozenset(("d", "height", "transform", "viewBox", "width", "x", "x2", "y", "y2"))
_PAINTED = frozenset(("fill", "font-size", "font-weight", "opacity", "stroke", "stroke-width", "text-anchor"))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of part that all bars have, and its colour by name."""

    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: what it is called, its parts in the order of the series, what is written at its right, and below."""

    label: str
    parts: tuple[int, ...]
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Heights:
    """How high a bar is with its lines of text, and where they stand, seen from its middle."""

    step: int
    label: int
    note: int
    bar: int


_PLAIN = _Heights(44, -10, 0, 9)
_NOTED = _Heights(62, -20, -3, 16)


def bar_chart(title: str, series: Sequence[Series], stacks: Sequence[Stack]) -> tuple[Chart, ...]:
    """Draw bars on one scale, the longest as wide as the chart; nothing where there is nothing to draw."""
    longest = max((sum(stack.parts) for stack in stacks), default=0)
    if longest == 0:
        return ()
    drawn = _library().vegalite_to_svg(_specification(series, stacks, longest))
    return (Chart(title, _cleaned(drawn, title)),)


@cache
def _library() -> ModuleType:
    # Few reports have charts, and it takes long to load.
    import vl_convert

    found: ModuleType = vl_convert
    return found


def _specification(series: Sequence[Series], stacks: Sequence[Stack], longest: int) -> dict[str, Any]:
    heights = _NOTED if any(stack.note for stack in stacks) else _PLAIN
    bars = [bar for row, stack in enumerate(stacks) for bar in _parts(row, stack, series, longest)]
    scale = {"domain": [0, _WHOLE], "nice": False}
    ends = {
        "x": {"field": "start", "type": "quantitative", "scale": scale, "axis": None},
        "x2": {"field": "end"},
        "color": {
            "field": "part",
            "type": "nominal",
            "scale": {
                "domain": [_shown(one.label) for one in series],
                "range": [COLOURS[one.colour] for one in series],
            },
            "legend": {"title": None, "orient": "top"} if series[1:] else None,
        },
    }
    return {
        "width": _WIDTH,
        "height": {"step": heights.step},
        "encoding": {"y": {"field": "row", "type": "ordinal", "sort": None, "axis": None}},
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "size": 14, "yOffset": heights.bar},
                "encoding": ends,
            },
            _line([stack.label for stack in stacks], heights.label, 0, _WIDTH * 3 // 5),
            _line([stack.note for stack in stacks], heights.note, 0, _WIDTH * 3 // 4),
            _line([stack.value for stack in stacks], heights.label, _WIDTH, _WIDTH // 4),
        ],
        "config": _look(series),
    }


def _look(series: Sequence[Series]) -> dict[str, Any]:
    # What does not fit beside its neighbour is cut off at the right.
    fits = all(len(one.label) <= _MOST_LETTERS for one in series)
    legend = {
        "labelColor": _INK,
        "labelFontSize": _SIZE,
        "labelLimit": _WIDTH,
        "columns": 2 if fits else 1,
        "columnPadding": 40,
        "symbolType": "square",
        "symbolStrokeWidth": 0,
    }
    return {"aria": False, "background": None, "padding": 2, "view": {"stroke": None}, "legend": legend}


def _line(texts: Sequence[str], offset: int, x: int, limit: int) -> dict[str, Any]:
    """Return a line of text for each bar; at the right edge of the chart texts end, and are set in bold.

    `limit` is less than there is room for: where the page is read its letters may be wider.
    """
    right = {"align": "right", "fontWeight": 600} if x else {"align": "left"}
    mark = {"type": "text", "baseline": "middle", "fontSize": _SIZE, "color": _INK}
    return {
        "data": {"values": [{"row": row, "text": _shown(text)} for row, text in enumerate(texts)]},
        "mark": {**mark, **right, "yOffset": offset, "limit": limit},
        "encoding": {"text": {"field": "text"}, "x": {"value": x}},
    }


def _parts(row: int, stack: Stack, series: Sequence[Series], longest: int) -> list[dict[str, Any]]:
    ends = [sum_ * _WHOLE // longest for sum_ in accumulate(stack.parts, initial=0)]
    return [
        {"row": row, "part": _shown(one.label), "start": start, "end": end}
        for one, start, end in zip(series, ends, ends[1:], strict=False)
    ]


def _shown(text: str) -> str:
    return _NOT_XML.sub("\ufffd", clean_for_terminal(text)).replace("\n", " ")


def _cleaned(svg: str, title: str) -> str:
    """Return the drawing with the elements and attributes alone that are known to be harmless."""
    root = _kept(ElementTree.fromstring(svg))
    assert root is not None
    root.set("role", "img")
    root.set("aria-label", _shown(title))
    return ElementTree.tostring(root, encoding="unicode")


def _kept(element: ElementTree.Element) -> ElementTree.Element | None:
    name = element.tag.rpartition("}")[2]
    hidden = element.get("display") == "none" or element.get("class") == "background"
    if name not in _TAGS or hidden:
        return None
    kept = ElementTree.Element(name)
    for attribute, value in element.attrib.items():
        if attribute in _PLACED | _PAINTED:
            kept.set(attribute, "currentColor" if value == _INK else value)
    kept.text = element.text if name == "text" else None
    kept.extend(found for part in element if (found := _kept(part)) is not None)
    is_empty = not len(kept) if name == "g" else name == "text" and not kept.text
    return None if is_empty else kept
