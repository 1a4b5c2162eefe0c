"""Pictures for the README: smaller files that look the same."""

import base64
from pathlib import Path

import pytest

from docs.pictures.make import Picture, taken
from docs.pictures.palette import smaller
from eligibility.report.html import page_html
from tests.browser.conftest import Screen
from tests.report.pages import page

pytestmark = pytest.mark.xdist_group("browser")
# How far the colours of two pictures lie apart: on average, and how many lie far apart.
_APART = """
async ([one, other]) => {
  const pixels = async address => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + address;
    await image.decode();
    const drawn = new OffscreenCanvas(image.width, image.height).getContext('2d');
    drawn.drawImage(image, 0, 0);
    return drawn.getImageData(0, 0, image.width, image.height).data;
  };
  const [first, second] = [await pixels(one), await pixels(other)];
  let sum = 0, far = 0;
  first.forEach((value, at) => { const by = Math.abs(value - second[at]); sum += by; far += by > 24; });
  return [first.length - second.length, sum / first.length, far];
}
"""


def test_a_palette_makes_a_picture_smaller_and_changes_nothing_one_sees(screen: Screen) -> None:
    taken = screen.show(page_html(page("en")), 600).screenshot()
    found = smaller(screen.browser, taken)
    assert len(found) < len(taken) / 2
    blank = screen.browser.new_page()
    length, apart, far = blank.evaluate(_APART, [base64.b64encode(one).decode() for one in (taken, found)])
    blank.close()
    assert length == 0
    assert apart < 0.5
    assert far == 0


def test_a_report_that_is_not_there_is_named(screen: Screen, tmp_path: Path) -> None:
    missing = tmp_path / "client.html"
    assert taken(screen.browser, Picture("client", missing, 900)) == f"client: {missing} is not there: make demo"
