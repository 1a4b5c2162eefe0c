"""The watch sees what it is there to see: a document that misbehaves in every way."""

import pytest

from tests.browser.conftest import Screen
from tests.browser.measure import contrasts, sticking_out

pytestmark = pytest.mark.xdist_group("browser")

BAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
<meta http-equiv="Content-Security-Policy" content="img-src *; style-src 'none'; script-src 'unsafe-inline'">
</head><body><img src="https://example.org/x.png" alt=""><p style="color: red">x</p>
<script>console.log("said"); alert("popped up");</script></body></html>"""


def test_what_a_page_does_is_seen(unwatched: Screen) -> None:
    unwatched.show(BAD)
    seen = unwatched.seen()
    assert "https://example.org/x.png" in seen.asked
    assert {"said", "popped up"} <= set(seen.said)
    assert "style-src-attr" in seen.tried


def test_what_a_page_looks_like_is_seen(screen: Screen) -> None:
    page = screen.show("<p style='color: #777; background: #fff'>grey</p><p style='width: 2000px'>wide</p>")
    (grey, _), (black, _) = contrasts(page)
    assert 4.4 < grey < 4.5
    assert black > 20
    assert sticking_out(page)[0] == "P wide"
