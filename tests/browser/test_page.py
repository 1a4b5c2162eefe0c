"""A page in a browser: what one sees, hears and reaches by keys, in light and dark, on a desk and on a telephone."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from eligibility.report.html import page_html
from tests.browser.conftest import Screen
from tests.browser.measure import Outline, contrasts, outline, sticking_out
from tests.report.pages import page, texts

pytestmark = pytest.mark.xdist_group("browser")
LANGUAGES = ("de", "en", "ko")
WIDTHS = (360, 768, 1280)
_SHARES = """
found => found.map(drawing => {
  const whole = drawing.getBoundingClientRect().width;
  const boxes = [...drawing.querySelectorAll('rect')].map(one => one.getBBox());
  return boxes.map(box => [box.x / whole, box.width / whole]);
})
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_read(screen: Screen, language: str, scheme: str) -> None:
    found = contrasts(screen.show(page_html(page(language)), color_scheme=scheme))
    assert len(found) > 100
    assert [(round(ratio, 2), text) for ratio, text in found if ratio < 4.5] == []


def test_dark_is_dark_and_light_is_light(screen: Screen) -> None:
    grounds = [
        screen.show(page_html(page("en")), color_scheme=scheme).evaluate(
            "() => getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    light, dark = ([int(part) for part in ground[4:-1].split(",")] for ground in grounds)
    assert min(light) > 230
    assert max(dark) < 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out(screen: Screen, language: str) -> None:
    shown = screen.show(page_html(page(language)))
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 900})
        assert (width, sticking_out(shown)) == (width, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_told_is_shown_in_its_language(screen: Screen, language: str) -> None:
    shown = screen.show(page_html(page(language)))
    body = shown.locator("body").inner_text()
    assert [text for text in texts(language).values() if text not in body] == []
    assert shown.locator("html").get_attribute("lang") == language
    assert shown.title() == texts(language)["title"]


def test_headings_and_landmarks(screen: Screen) -> None:
    found = outline(screen.show(page_html(page("de"))))
    assert found == Outline([1, 2, 2, 2, 2, 3, 3, 2, 3], dict.fromkeys(found.landmarks, 1))


def test_what_is_heard(screen: Screen) -> None:
    shown = screen.show(page_html(page("en")))
    assert shown.get_by_role("navigation", name="Contents").get_by_role("link").count() == 7
    table = shown.get_by_role("table", name="partner enterprise").first
    assert table.get_by_role("columnheader").count() == 3
    assert table.get_by_role("rowheader").count() == 19
    assert shown.get_by_role("img", name="Funding plan").count() == 1
    for bar in ("this is given", "this is added", "this is taken away", "this is the result"):
        assert shown.get_by_role("img", name=bar).count() == 2


def test_bars_are_as_long_as_what_they_show(screen: Screen) -> None:
    shown = screen.show(page_html(page("en")))
    found = shown.locator(".bars").first.locator("svg").evaluate_all(_SHARES)
    sixth = Fraction(1, 6)
    wanted = [[(0, 6)], [(0, 2), (2, 1)], [(3, 3), (2, 1)], [(0, 2), (2, 1)]]
    for bars, expected in zip(found, wanted, strict=True):
        for (start, length), (left, wide) in zip(bars, expected, strict=True):
            assert start == pytest.approx(float(left * sixth), abs=0.002)
            assert length == pytest.approx(float(wide * sixth), abs=0.002)


def test_bars_are_told_apart_without_colours(screen: Screen) -> None:
    shown = screen.show(page_html(page("en")), forced_colors="active")
    signs = "found => found.slice(0, 4).map(one => getComputedStyle(one, '::before').content.split(' /')[0])"
    assert shown.locator(".bars dt").evaluate_all(signs) == ['""', '"+"', '"−"', '"="']
    pale = "found => found.map(one => [getComputedStyle(one).fillOpacity, getComputedStyle(one).strokeDasharray])"
    assert {tuple(one) for one in shown.locator("rect.pale").evaluate_all(pale)} == {("0.3", "3px, 2px")}
    assert shown.get_by_text("Pale: not certain yet").count() == 2


def test_keys_skip_to_the_content_and_show_where_they_are(screen: Screen) -> None:
    shown = screen.show(page_html(page("de")))
    shown.keyboard.press("Tab")
    skip = shown.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert skip.evaluate("one => getComputedStyle(one).outlineWidth") == "3px"
    shown.keyboard.press("Enter")
    expect(shown).to_have_url(f"{screen.address}#content")


def test_contents_lead_to_what_they_name(screen: Screen) -> None:
    shown = screen.show(page_html(page("en")), reduced_motion="reduce")
    shown.get_by_role("navigation").get_by_role("link", name="Not eligible").click()
    expect(shown.get_by_role("heading", name="Not eligible")).to_be_in_viewport()


def test_a_broad_table_moves_within_its_frame_by_keys(screen: Screen) -> None:
    shown = screen.show(page_html(page("de")), 360)
    frame = shown.locator(".frame:has(table)").first
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth")
    frame.focus()
    shown.keyboard.press("ArrowRight")
    shown.wait_for_function("one => one.scrollLeft > 0", arg=frame.element_handle())


@pytest.mark.parametrize(("wanted", "found"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_left_out_for_those_who_want_none(screen: Screen, wanted: str, found: str) -> None:
    shown = screen.show(page_html(page("en")), reduced_motion=wanted)
    assert shown.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == found
