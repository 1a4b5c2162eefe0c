"""`check --template`: the examples, what is refused before anything is asked, and what is said of a template."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from eligibility.cli import template as own
from tests.cli.conftest import ROOT, Run

COMPANY = ("check", "--no-input", "--answers", "company.yaml", "--as-of", "2021-03-01")
SMALL = (*COMPANY, "--programme", "de.digital-jetzt")


@pytest.fixture(autouse=True)
def _beside_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("company.yaml").write_bytes((ROOT / "examples" / "company.yaml").read_bytes())


def written(source: str | bytes, name: str = "own.j2") -> str:
    Path(name).write_bytes(source.encode() if isinstance(source, str) else source)
    return name


@pytest.mark.parametrize("language", ["de", "ko"])
def test_the_letter(run: Run, language: str) -> None:
    letter = str(ROOT / "examples" / "templates" / "brief.md.j2")
    ran = run(*COMPANY, "--lang", language, "--format", "markdown", "--template", letter)
    assert (ran.code, ran.err) == (0, "")
    tokens = MarkdownIt("commonmark").parse(ran.out)
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[:2] == ["Fördermöglichkeiten für „company“", "Das passt zu Ihnen"]
    assert headings[-1] == "Hier fehlen noch Angaben"
    if language == "de":
        assert "### Digital Jetzt – Investitionsförderung für KMU\n\n- Förderung: 26.400\xa0€\n- Fördersatz: 55\xa0%\n"\
            "- Antrag bis: 31\\. Dezember 2023\n" in ran.out  # fmt: skip
        assert "\n- Digitalbonus Bayern: 1 Angabe\n" in ran.out


def test_the_letter_where_nothing_fits(run: Run) -> None:
    letter = str(ROOT / "examples" / "templates" / "brief.md.j2")
    arguments = ("--set", "site_country=KR", "--as-of", "2021-03-01", "--programme", "de.digital-jetzt")
    ran = run("check", "--no-input", *arguments, "--format", "markdown", "--template", letter)
    assert "\nZurzeit passt kein offenes Programm sicher zu Ihnen.\n\nMit freundlichen Grüßen\n" in ran.out


def test_the_page(run: Run) -> None:
    page = str(ROOT / "examples" / "templates" / "overview.html.j2")
    ran = run(*COMPANY, "--format", "html", "--template", page, "-o", "page.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    html = Path("page.html").read_text("utf-8")
    assert html.startswith('<!doctype html>\n<html lang="en">\n')
    assert "<td>€26,400</td>\n      <td>31 December 2023</td>" in html
    assert "<td>up to <b>€16,500</b></td>" in html
    assert '<tr id="de.digital-jetzt">' in html
    assert re.findall(r"<script|<img|onerror", html) == []


def test_the_data_is_that_of_the_json(run: Run) -> None:
    walk = "{% for p in assessment.programmes %}{{ p.id }} {{ p.verdict }} {{ p.award.amount.max }}{% endfor %}"
    source = "{{ name }} {{ language }} {{ assessment.schema }}\n" + walk
    ran = run(*SMALL, "--lang", "ko", "--format", "html", "--template", written(source))
    assert ran.out == "company ko eligibility.assessment/1\nde.digital-jetzt eligible 26400.00\n"
    ran = run(*SMALL[:2], *SMALL[4:], "--format", "html", "--template", written("[{{ name }}]"))
    assert ran.out == "[]\n"


def test_answers_that_would_be_markup(run: Run) -> None:
    """Texts of answers reach the template; a name in a file name, too."""
    name = "a <b> & *c*.yaml"
    Path(name).write_text("site_region: '09162'\n")
    arguments = ("check", "--no-input", "--answers", name, "--as-of", "2021-03-01", "--programme", "de.digital-jetzt")
    ran = run(*arguments, "--format", "html", "--template", written("<i>{{ name }}</i>"))
    assert ran.out == "<i>a &lt;b&gt; &amp; *c*</i>\n"
    ran = run(*arguments, "--format", "markdown", "--template", written("{{ name }}"))
    assert ran.out == "a \\<b\\> \\& \\*c\\*\n"


def test_from_standard_input(run: Run) -> None:
    ran = run(*SMALL, "--format", "markdown", "--template", "-", stdin="\ufeff{{ name }}\r\nä\r\n".encode())
    assert ran.out == "company\nä\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--format", "text"), "error: --template is for Markdown and HTML, not for `text`\n"
         "hint: add --format markdown or --format html, or leave --template out\n"),
        (("--format", "json"), "error: --template is for Markdown and HTML, not for `json`\n"
         "hint: add --format markdown or --format html, or leave --template out\n"),
        (("--format", "html", "-o", "./own.j2"), "error: the template own.j2 would be replaced\n"
         "hint: choose another name for what is written\n"),
        (("--format", "html", "--save", "own.j2"), "error: the template own.j2 would be replaced\n"
         "hint: choose another name for what is written\n"),
    ],
)  # fmt: skip
def test_misuse(run: Run, arguments: tuple[str, ...], error: str) -> None:
    ran = run(*SMALL, *arguments, "--template", written("a"))
    assert (ran.code, ran.out, ran.err) == (2, "", error)
    assert Path("own.j2").read_text() == "a"


def test_standard_input_is_read_once(run: Run) -> None:
    ran = run("check", "--no-input", "--answers", "-", "--format", "html", "--template", "-")
    assert (ran.code, ran.err) == (2, "error: standard input can be read only once\n")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (b"a\nb\xff", "own.j2:2:1: byte 4 is not UTF-8\nhint: save the file in UTF-8\n"),
        (b"a" * 1_000_001, "own.j2: a template has at most 1 MB\n"),
        ("a\n  {{ asessment.as_of }}",
         "own.j2:2:3: there is no `asessment` here\n      {{ asessment.as_of }}\n      ^\n"
         "hint: did you mean `assessment`?\n"),
        ("{{ assessment.programs }}",
         "own.j2:1:1: there is no `programs` here\n    {{ assessment.programs }}\n    ^\n"
         "hint: did you mean `programmes`?\n"),
        ("{{ xyz }}", "own.j2:1:1: there is no `xyz` here\n    {{ xyz }}\n    ^\n"
         "hint: docs/templates.md tells what a template can use\n"),
        ("{% if name %}\n", "own.j2:1:1: this is not a template: Unexpected end of template. Jinja was looking for the "
         "following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.\n"
         "    {% if name %}\n    ^\nhint: docs/templates.md tells what a template can use\n"),
        ("{{ '1'|money('CHF') }}", "own.j2:1:1: \"CHF\" is no currency that can be written\n"
         "    {{ '1'|money('CHF') }}\n    ^\nhint: one of: EUR, KRW, USD\n"),
        ("{{ 0.5 }}", "own.j2:1:1: decimals such as 0.5 are not exact here\n    {{ 0.5 }}\n    ^\n"
         'hint: write "0.5"|number\n'),
        ("{% include 'x' %}", "own.j2:1:1: a template cannot read other files: no include, import or extends\n"
         "    {% include 'x' %}\n    ^\nhint: write everything into this one file\n"),
        ("{{ 'a' * 9999999999 }}", "own.j2:1:1: the template needs too much memory\n    {{ 'a' * 9999999999 }}\n    ^\n"
         "hint: make its loops shorter\n"),
        ("\n\u2028{{ ''.__class__ }}",
         "own.j2:2:2: a template may not do this\n    \\u2028{{ ''.__class__ }}\n          ^\n"
         "hint: docs/templates.md tells what a template can use\n"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_template(run: Run, source: str | bytes, error: str) -> None:
    ran = run(*SMALL, "--format", "html", "--template", written(source), "-o", "page.html")
    assert (ran.code, ran.out, ran.err) == (3, "", error)
    assert not Path("page.html").exists()


@pytest.mark.parametrize(
    ("file", "error"),
    [
        ("nope.j2", "nope.j2: there is no such file\n"),
        (".", ".: this is a directory, not a file\n"),
    ],
)
def test_no_template(run: Run, file: str, error: str) -> None:
    ran = run(*SMALL, "--format", "html", "--template", file)
    assert (ran.code, ran.out, ran.err) == (3, "", error)


def test_the_wizard_asks_nothing_for_a_broken_template(run: Run) -> None:
    ran = run("check", "--format", "html", "--template", written("{% if %}"), terminal=True)
    assert ran.code == 3
    assert ran.err.startswith("own.j2:1:1: this is not a template: ")


def test_every_fault_has_its_words() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "eligibility" / "report").glob("*.py")]
    codes = {code for text in texts for code in re.findall(r'"(template-[a-z-]+)"', text)}
    assert codes == set(own._MESSAGES)
    assert set(own._HINTS) <= codes


def test_the_document_tells_all_filters_and_its_example_is_true(run: Run) -> None:
    from eligibility.report.sandbox import Sandbox
    from eligibility.words import Words

    text = (ROOT / "docs" / "templates.md").read_text("utf-8")
    sandbox = Sandbox("html", Words("en"))
    words = set(re.findall(r"[a-z]+", text))
    assert {*sandbox.filters, *sandbox.globals} - {"d", "e"} <= words
    source = "\n  {{ asessment.as_of }}"
    ran = run(*SMALL, "--format", "html", "--template", written(source, "bad.html.j2"))
    assert ran.err in text
