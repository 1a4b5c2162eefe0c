"""A page on paper: A4, white, whole, with its tables' heads and the addresses of its sources."""

import re
import subprocess
from pathlib import Path

import pytest

from eligibility.report.html import page_html
from tests.browser.conftest import Screen, needed
from tests.report.pages import page, page_of, texts

pytestmark = pytest.mark.xdist_group("browser")
LANGUAGES = ("de", "en", "ko")
A4 = (595, 842)
MARGIN = 16 / 25.4 * 72
_PLACE = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'


def printed(screen: Screen, html: str, folder: Path, *, grounds: bool = False, **seen: str) -> Path:
    """Print a page; with `grounds` also what browsers leave out to save ink."""
    path = folder / "page.pdf"
    screen.show(html, **seen).pdf(path=path, prefer_css_page_size=True, print_background=grounds)
    return path


def told(program: str, *arguments: str | Path) -> str:
    run = subprocess.run([needed(program), *map(str, arguments)], check=True, capture_output=True)
    return run.stdout.decode("utf-8", errors="replace")


def text_of(path: Path) -> str:
    """The text of a PDF without the places where its lines end."""
    return re.sub(r"\s+", "", told("pdftotext", "-raw", path, "-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper(screen: Screen, tmp_path: Path, language: str) -> None:
    path = printed(screen, page_html(page(language)), tmp_path)
    told_of = told("pdfinfo", path)
    assert "(A4)" in told_of
    found = re.search(r"Pages:\s+(\d+)", told_of)
    assert found is not None
    pages = int(found.group(1))
    assert 3 <= pages <= 6
    text = text_of(path)
    assert [one for one in texts(language).values() if re.sub(r"\s+", "", one) not in text] == []
    assert [number for number in range(1, pages + 1) if f"{number}/{pages}" not in text] == []


@pytest.mark.parametrize("word", ["x" * 400, "가나다" * 100, "Partnerunternehmen", "{word} " * 50])
def test_nothing_is_cut_off(screen: Screen, tmp_path: Path, word: str) -> None:
    path = printed(screen, page_html(page_of(word)), tmp_path)
    places = re.findall(_PLACE, told("pdftotext", "-bbox", path, "-"))
    assert len(places) > 20
    width, height = A4
    outside = [
        place
        for place in (tuple(map(float, place)) for place in places)
        if place[0] < MARGIN - 1 or place[2] > width - MARGIN + 1 or place[1] < 0 or place[3] > height
    ]
    assert outside == []


def test_long_words_of_german_are_not_torn(screen: Screen, tmp_path: Path) -> None:
    path = printed(screen, page_html(page_of("Partnerunternehmen", "de")), tmp_path)
    words = told("pdftotext", "-raw", path, "-").split()
    assert words.count("Partnerunternehmen") > 20
    assert [word for word in words if word in ("Partner", "unternehmen", "Partnerunter", "nehmen")] == []


def test_the_head_of_a_table_is_on_each_of_its_pages(screen: Screen, tmp_path: Path) -> None:
    html = page_html(page("en"))
    head = texts("en")["plan"]
    path = printed(screen, html, tmp_path)
    pages = told("pdftotext", "-raw", path, "-").split("\f")
    rows = [any(re.search(r"^.*\d\.000 €$", line) for line in one.splitlines()) for one in pages]
    assert sum(rows) >= 2
    assert [number for number, one in enumerate(pages) if rows[number] and head not in one] == []


def test_addresses_of_sources_can_be_read(screen: Screen, tmp_path: Path) -> None:
    text = told("pdftotext", "-raw", printed(screen, page_html(page("en")), tmp_path), "-")
    assert re.search(r"Web addresses\n1\. https://example\.org/guideline", text)
    assert "small and medium-sized enterprises 1" in text


def test_paper_stays_white_where_the_screen_is_dark(screen: Screen, tmp_path: Path) -> None:
    path = printed(screen, page_html(page("en")), tmp_path, grounds=True, color_scheme="dark")
    told("pdftoppm", "-r", "20", "-gray", "-singlefile", path, tmp_path / "page")
    grey = (tmp_path / "page.pgm").read_bytes().split(b"\n", 3)[3]
    # Text, lines and the box of the summary are the rest.
    assert grey[0] == 255
    assert sum(level > 250 for level in grey) / len(grey) > 0.7


def test_korean_has_its_glyphs(screen: Screen) -> None:
    if not told("fc-list", ":lang=ko"):
        needed("a Korean font")
    shown = screen.show(page_html(page("ko")))
    drawn = """letters => letters.map(letter => {
      const canvas = new OffscreenCanvas(40, 40), context = canvas.getContext('2d');
      context.font = '30px ' + getComputedStyle(document.body).fontFamily;
      context.fillText(letter, 2, 32);
      return context.getImageData(0, 0, 40, 40).data.join();
    })"""
    letters = shown.evaluate(drawn, ["한", "글", "힣", "\ue123"])
    assert len(set(letters)) == 4
