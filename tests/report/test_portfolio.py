"""The report on a table: the same in three languages, safe to open whatever the table and the rules are called."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eligibility.advice.portfolio import Money
from eligibility.batch.request import BatchRequest, BatchSummary, ReportTo
from eligibility.batch.run import run_batch
from eligibility.language.shape import Text
from eligibility.report.chart import Series, Stack, bar_chart
from eligibility.report.html import page_html
from eligibility.report.page import Page
from eligibility.report.portfolio import portfolio_page
from eligibility.report.portfolio_money import between
from eligibility.report.portfolio_words import MOST_DRAWN, PortfolioSpeech, TableRead
from eligibility.report.speech import RuleSpeech
from eligibility.report.text import page_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words
from eligibility.words.catalogue import catalogue
from tests.report.firms import rulebook
from tests.report.test_hostile import CONTROL, NAMES, Tags

TABLE = """\
id,Name,site_country,staff,insolvent,region,cost,public_share,founded
1,A,DE,50,no,05366,60000,0,
2,B,DE,300,no,05366,10000..20000,30,
3,C,KR,40..60,,,,,2018-05-01
4,D,DE,,no,,1234567.89,,
5,E,XX,1,,,,,
6,F,DE,many,,,,,
7,G,,,,,,,
8,H,DE,12
"""
HARMLESS = {"svg", "g", "path", "text", "line", "rect"}
LANGUAGES = ("de", "en", "ko")


def summary_of(table: str, folder: Path, rules: Rulebook | None = None) -> BatchSummary:
    source = folder / "in.csv"
    source.write_bytes(table.encode())
    request = BatchRequest(
        source, folder / "out.csv", id_column="id", report=ReportTo(folder / "report.html", lambda _: "")
    )
    return run_batch(rules or rulebook(), request)


def page_of(summary: BatchSummary, language: str, rules: Rulebook | None = None, name: str = "clients.csv") -> Page:
    assert summary.portfolio is not None
    read = TableRead(name, summary.columns, summary.carried, summary.id_column)
    return portfolio_page(summary.portfolio, rules or rulebook(), read, language)


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> BatchSummary:
    return summary_of(TABLE, tmp_path_factory.mktemp("portfolio"))


def drawings(page: Page) -> list[str]:
    return [chart.svg for group in page.groups for chart in group.charts]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("text")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden(summary: BatchSummary, language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"portfolio.{language}.txt", page_text(page_of(summary, language), 100))


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_hold_nothing_but_shapes_and_our_words(summary: BatchSummary, language: str) -> None:
    page = page_of(summary, language)
    said = page_html(replace(page, groups=tuple(replace(group, charts=()) for group in page.groups)))
    ours = " ".join(str(entry.string) for entry in catalogue(language))
    charts = [chart for group in page.groups for chart in group.charts]
    assert len(charts) >= 4
    for chart in charts:
        root = ElementTree.fromstring(chart.svg)
        assert {element.tag for element in root.iter()} <= HARMLESS
        attributes = [(name, value) for element in root.iter() for name, value in element.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "class", "href")]
        assert not [value for _, value in attributes if re.search(r"://|url\(|#010203", value)]
        assert (root.get("role"), root.get("aria-label")) == ("img", chart.title)
        assert {element.get("fill") for element in root.iter("text")} == {"currentColor"}
        labels = [re.sub("^[0-9]+ ?", "", text.removesuffix("…")) for text in texts(chart.svg)]
        # Of the words of the drawing library none may be left, of which some would be English.
        assert [label for label in labels if label not in said and label not in ours and not is_number(label)] == []


def is_number(text: str) -> bool:
    return re.fullmatch(r"[\d.,\s€₩억만원]*", text) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_loads_nothing(summary: BatchSummary, language: str) -> None:
    html = page_html(page_of(summary, language))
    found = Tags(html)
    assert [target for target in found.targets if not target.startswith("#")] == []
    assert "://" not in html
    assert not found.tags & {"script", "img", "link", "iframe", "object"}
    assert html.count("<svg") >= len(drawings(page_of(summary, language)))
    assert " style=" not in html


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names(name: str, tmp_path: Path) -> None:
    text = Text(de=name, en=name, ko=name)
    rules = rulebook()
    programmes = {
        key: replace(one, shape=one.shape.model_copy(update={"name": text})) for key, one in rules.programmes.items()
    }
    hostile = replace(rules, programmes=programmes)
    # A column of such a name is refused, a file may well have it.
    column = name if name.isprintable() else "Name"
    columns = TABLE.replace("Name", '"' + column.replace('"', '""') + '"', 1)
    found = summary_of(columns, tmp_path, hostile)
    html = page_html(page_of(found, "en", hostile, name))
    plain = page_html(page_of(summary_of(TABLE, tmp_path), "en"))
    assert (Tags(html).tags, Tags(html).targets) == (Tags(plain).tags, Tags(plain).targets)
    assert CONTROL.findall(Tags(html).text) == []
    if name.isprintable() and len(name) < 40:
        assert name in Tags(html).text


def test_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    found = summary_of("id,site_country,staff,insolvent,cost\n" + "1,DE,50,no,60000\n" * 1_234, tmp_path)
    assert "1.234 Zeilen gelesen" in page_text(page_of(found, "de"), 100)
    html = page_html(page_of(found, "de"))
    assert "1.234 kommen in Frage" in html
    assert "1,234 qualify" in page_html(page_of(found, "en"))
    assert "1,234개 대상" in page_html(page_of(found, "ko"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["id,site_country\n", "id,site_country\n1,XX\n2\n"])
def test_without_a_row_there_is_nothing_to_say_of_programmes(table: str, language: str, tmp_path: Path) -> None:
    page = page_of(summary_of(table, tmp_path), language)
    assert drawings(page) == []
    assert len(page.groups) == 2
    assert len(page.groups[1].tables) == (1 if table.endswith("y\n") else 2)
    assert page_html(page)


def test_programmes_out_of_reach_are_only_named(tmp_path: Path) -> None:
    page = page_of(summary_of("id,site_country\n1,FR\n", tmp_path), "en")
    told = page_text(page, 100)
    assert "Out of reach for every company: 1 programme" in told
    assert "\n  de.machines\n" in told
    assert "What excludes most" not in told


def test_what_takes_no_applications_is_in_no_sum_and_no_chart(tmp_path: Path) -> None:
    # On that day one programme is not open yet; the companies would qualify for it, and it gives money.
    found = summary_of("id,site_country,staff,insolvent,cost\n1,DE,50,no,60000\n2,DE,60,no,60000\n", tmp_path)
    assert found.portfolio is not None
    speech = PortfolioSpeech(found.portfolio, RuleSpeech(Words("en"), rulebook()))
    closed = {one.programme for one in speech.not_open}
    assert "de.machines-two" in closed
    assert not closed & {one.programme for one in (*speech.possible, *speech.impossible)}
    page = page_of(found, "en")
    told = page_text(page, 100)
    assert told.count("Machines II") == 1
    assert "not open yet; applications from 1 February 2022" in told
    assert not [text for chart in drawings(page) for text in texts(chart) if "Machines II" in text]


def test_no_answer_is_asked_for_a_programme_that_takes_no_applications(tmp_path: Path) -> None:
    found = summary_of(TABLE, tmp_path)
    assert found.portfolio is not None
    running = {name for name, one in rulebook().programmes.items() if one.window.takes(rulebook().as_of)}
    for fact in found.portfolio.facts:
        counts = [one.missing.get(fact.fact, 0) for one in found.portfolio.programmes if one.programme in running]
        assert fact.waiting_verdicts == sum(counts)
        assert fact.waiting_rows <= fact.waiting_verdicts
        assert not fact.waiting_rows or any(counts)


def test_only_so_many_programmes_are_drawn(tmp_path: Path) -> None:
    rules = rulebook()
    one = rules.programmes["de.machines"]
    many = {f"de.machine-{index}": replace(one, id=f"de.machine-{index}") for index in range(MOST_DRAWN + 3)}
    reads = dict.fromkeys(many, rules.reads["de.machines"])
    copied = replace(rules, programmes=many, reads=reads)
    page = page_of(summary_of(TABLE, tmp_path, copied), "en", copied)
    (chart,) = page.groups[1].charts
    assert chart.title == f"Companies by verdict, the first {MOST_DRAWN} programmes"
    assert sum("qualif" in text for text in texts(chart.svg)) == MOST_DRAWN
    assert len(page.groups[1].tables[0].rows) == MOST_DRAWN + 3


@pytest.mark.parametrize(
    ("money", "told"),
    [
        (Money("EUR", Fraction(5), Fraction(5), 0), "€5"),
        (Money("EUR", Fraction(5), Fraction(9), 0), "€5 to €9"),
        (Money("EUR", Fraction(0), Fraction(9), 0), "at most €9"),
        (Money("EUR", Fraction(5), Fraction(9), 1), "at least €5"),
    ],
)
def test_sums(money: Money, told: str, summary: BatchSummary) -> None:
    assert summary.portfolio is not None
    assert between(money, PortfolioSpeech(summary.portfolio, RuleSpeech(Words("en"), rulebook()))) == told


def test_bars_are_as_long_as_what_they_count() -> None:
    series = [Series("a", "yes"), Series("b", "no")]
    huge = 10**30
    (chart,) = bar_chart("t", series, [Stack("x", (huge, huge), "2"), Stack("y", (huge // 2, 0), "1")])
    shapes = [element.get("d", "") for element in ElementTree.fromstring(chart.svg).iter("path")]
    widths = [found.group(1) for shape in shapes if (found := re.match(r"M[\d.]+,[\d.]+h([\d.]+)v", shape))]
    assert widths[:4] == ["320", "320", "160", "0"]


@pytest.mark.parametrize("stacks", [[], [Stack("x", (0, 0), "0")]])
def test_nothing_is_drawn_of_nothing(stacks: list[Stack]) -> None:
    assert bar_chart("t", [Series("a", "yes"), Series("b", "no")], stacks) == ()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\ufffe", "a\nb", "</text><script>", "&amp;", ""])
def test_any_text_can_be_drawn(text: str) -> None:
    (chart,) = bar_chart(text, [Series("a", "yes")], [Stack(text, (1,), text, text)])
    assert {element.tag for element in ElementTree.fromstring(chart.svg).iter()} <= HARMLESS
