"""Charts drawn by a library become part of a page: only what draws is let in, and nothing that acts or loads."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from eligibility.report.clean import clean_for_terminal
from eligibility.report.page import Chart

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "title", "defs", "clipPath"}
_DRAWS = {
    "viewBox", "transform", "id", "clip-path", "d", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r",
    "rx", "ry", "width", "height", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "opacity",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "display",
    "text-anchor", "dominant-baseline", "font-family", "font-size", "font-weight", "font-style",
}  # fmt: skip
# A library writes these for pages that a pointer or a reader walks through; ours name a chart as a whole.
_LEFT_OUT = {"class", "role", "version", "cursor", "pointer-events"}
# Nobody sees a thousandth of a dot, and the rest of a number hangs on the machine that drew it.
_FINER = re.compile(r"(\.\d{3})\d+")
_INSIDE = re.compile(r"url\(#([\w-]+)\)")


def drawn_chart(chart: Chart, name: str) -> Markup:
    """Return a chart as one `svg` element; `name`, unique in the page, keeps its ids apart from others.

    ValueError where it holds anything that does not draw: scripts, styles, addresses, other elements.
    """
    # Here, since most pages have no chart.
    from xml.etree.ElementTree import ParseError, fromstring

    if "<!" in chart.svg:
        raise ValueError("a chart holds a declaration, a comment or character data")
    try:
        root = fromstring(chart.svg)
    except ParseError as error:
        raise ValueError(f"a chart is not XML: {error}") from None
    if root.tag.removeprefix(_SPACE) != "svg":
        raise ValueError(f"a chart is no svg element: {root.tag}")
    return Markup("".join(_written(root, name, f' role="img" aria-label="{_text(chart.title)}"')))


def _written(element: "Element", name: str, named: str = "") -> Iterator[str]:
    tag = str(element.tag).removeprefix(_SPACE)
    if tag not in _SHAPES:
        raise ValueError(f"a chart may not hold the element {tag}")
    yield f"<{tag}{named}{''.join(_attributes(element, name))}>"
    yield _text(element.text or "")
    for child in element:
        yield from _written(child, name)
        yield _text(child.tail or "")
    yield f"</{tag}>"


def _attributes(element: "Element", name: str) -> Iterator[str]:
    for key, value in element.items():
        if key in _LEFT_OUT or key.startswith("aria-"):
            continue
        if key not in _DRAWS:
            raise ValueError(f"a chart may not hold the attribute {key}")
        value = f"{name}-{value}" if key == "id" else _INSIDE.sub(rf"url(#{name}-\1)", value)
        if "(" in value and key != "transform" and not _INSIDE.fullmatch(value) and not value.startswith("rgb"):
            raise ValueError(f"a chart may not refer to anything: {key}={value}")
        short = _FINER.sub(r"\1", value)
        yield f' {key}="{_text(short)}"'


def _text(text: str) -> str:
    return str(escape(clean_for_terminal(text)))
