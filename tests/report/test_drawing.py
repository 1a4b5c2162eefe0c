"""A chart is let into a page as far as it draws, and refused as soon as it could do anything else."""

import pytest
import vl_convert

from eligibility.report.drawing import drawn_chart
from eligibility.report.page import Chart

SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(inside: str, title: str = "Rows", of: str = "") -> str:
    return str(drawn_chart(Chart(title, f'<svg {SPACE} width="9"{of}>{inside}</svg>'), "chart-1"))


def test_what_draws_stays() -> None:
    path = '<g transform="translate(0,5)"><path d="M0,1h180Z" fill="#4c78a8" stroke="currentColor"></path></g>'
    assert drawn(path) == f'<svg role="img" aria-label="Rows" width="9">{path}</svg>'


def test_what_is_for_pointers_is_left_out() -> None:
    inside = '<g class="mark" role="graphics-object" aria-roledescription="mark container" pointer-events="none"/>'
    assert drawn(inside, of=' version="1.1"') == '<svg role="img" aria-label="Rows" width="9"><g></g></svg>'


def test_places_are_no_finer_than_the_eye() -> None:
    assert 'd="M0,24.000h453.333v1.5Z"' in drawn('<path d="M0,24.000000000000046h453.33333v1.5Z"/>')


def test_texts_stay_text() -> None:
    assert drawn("<text>A &amp; B &lt;b&gt;\u202e</text>", title='"><script>') == (
        '<svg role="img" aria-label="&#34;&gt;&lt;script&gt;" width="9"><text>A &amp; B &lt;b&gt;\\u202e</text></svg>'
    )


def test_ids_are_those_of_one_chart() -> None:
    inside = '<defs><clipPath id="clip0"><rect width="1"/></clipPath></defs><g clip-path="url(#clip0)"/>'
    assert '<clipPath id="chart-1-clip0">' in drawn(inside)
    assert '<g clip-path="url(#chart-1-clip0)">' in drawn(inside)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "a chart may not hold the element script"),
        ("<style>g { fill: red }</style>", "a chart may not hold the element style"),
        ('<a xlink:href="https://evil.example"><text>x</text></a>', "a chart may not hold the element a"),
        ("<foreignObject/>", "a chart may not hold the element foreignObject"),
        ('<x xmlns="urn:x"/>', "a chart may not hold the element {urn:x}x"),
        ('<image href="x.png"/>', "a chart may not hold the element image"),
        ('<g style="fill: red"/>', "a chart may not hold the attribute style"),
        ('<g onclick="alert(1)"/>', "a chart may not hold the attribute onclick"),
        ('<g xlink:href="#x"/>', "a chart may not hold the attribute {http://www.w3.org/1999/xlink}href"),
        ('<g fill="url(https://evil.example)"/>', "a chart may not refer to anything: fill=url(https://evil.example)"),
        ("<!-- x -->", "a chart holds a declaration, a comment or character data"),
        ("<g>", "a chart is not XML: mismatched tag: line 1, column 98"),
    ],
)
def test_refused(inside: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^a chart ") as refused:
        drawn(inside)
    assert str(refused.value) == message


def test_within_a_page_no_namespace_is_needed() -> None:
    assert drawn_chart(Chart("Rows", "<svg><g/></svg>"), "x") == '<svg role="img" aria-label="Rows"><g></g></svg>'


def test_only_an_svg_element_is_a_chart() -> None:
    with pytest.raises(ValueError, match=r"^a chart is no svg element: p$"):
        drawn_chart(Chart("", "<p/>"), "chart-1")


def test_what_the_library_draws_is_let_in() -> None:
    spec = {
        "data": {"values": [{"programme": "A < B", "rows": 3}, {"programme": "C", "rows": 5}]},
        "mark": {"type": "bar", "clip": True},
        "encoding": {
            "y": {"field": "programme", "type": "nominal"},
            "x": {"field": "rows", "type": "quantitative"},
            "color": {"field": "programme", "type": "nominal"},
        },
    }
    found = str(drawn_chart(Chart("Rows", vl_convert.vegalite_to_svg(spec)), "chart-1"))
    assert "A &lt; B" in found
    assert "container" not in found
