"""Own templates: what they can write, what they are refused, and the bounds of their process."""

import re
import subprocess
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eligibility.report import own_template, rendering
from eligibility.report.bounds import Bounds
from eligibility.report.own_template import render_own
from eligibility.report.refused import Refused
from eligibility.report.rendering import answer
from eligibility.words import Words

AWARD = {"currency": "EUR", "rate": {"min": "0.125", "max": "0.55"}, "amount": {"min": "0.00", "max": "26400.50"}}
DATA: dict[str, Any] = {
    "assessment": {
        "as_of": "2021-03-01",
        "answers": {"employees": 1200, "nonprofit": False, "values": "7"},
        "programmes": [
            {"id": "de.a", "name": "A & <b>", "verdict": "eligible", "award": AWARD, "missing": []},
            {"id": "de.b", "name": "*B*", "verdict": "likely", "award": None, "missing": ["x"]},
        ],
    },
    "language": "de",
    "name": "mueller",
}
BOUNDS = Bounds()


def told(source: str, form: str = "html", language: str = "en", data: dict[str, Any] = DATA) -> dict[str, Any]:
    """What the process of a template answers, without its process."""
    task = {"template": source, "form": form, "data": data, "only_check": False}
    return answer(task, Words(language), BOUNDS)


def text(source: str, form: str = "html", language: str = "en", data: dict[str, Any] = DATA) -> str:
    return str(told(source, form, language, data)["text"]).removesuffix("\n")


@pytest.mark.parametrize(
    ("source", "language", "written"),
    [
        ("{{ name }} {{ language }}", "en", "mueller de"),
        ("{{ assessment.answers.employees }}", "de", "1200"),
        ("{% for p in assessment.programmes %}{{ loop.index }} {{ p.id }};{% endfor %}", "en", "1 de.a;2 de.b;"),
        ("{{ '26400.50'|money('EUR') }}", "de", "26.400,50\xa0€"),
        ("{{ '26400'|money('EUR') }}", "en", "€26,400"),
        ("{{ '5000000000'|money('KRW') }}", "ko", "50억원"),
        ("{{ '0.125'|percent }}", "de", "12,5\xa0%"),
        ("{{ assessment.as_of|day }}", "ko", "2021년 3월 1일"),
        ("{{ '1200.5'|number }}", "de", "1.200,5"),
        ("{{ (1 / 3 + 2 / 3)|number }}", "en", "1"),
        ("{% if ['0.1', '0.2']|map('number')|sum == '0.3'|number %}exact{% endif %}", "en", "exact"),
        # A key of the data is meant before the method of its name.
        ("{{ assessment.answers.values }}", "en", "7"),
        ("{% for key, value in assessment.answers.items() if value is string %}{{ key }}{% endfor %}", "en", "values"),
        ("{{ assessment.programmes|map(attribute='id')|join(', ') }}", "en", "de.a, de.b"),
        ("{{ assessment.programmes[1].award or '–' }}", "en", "–"),
        ("{{ assessment.group is defined and 'yes' or 'no' }}", "en", "no"),
        ("{{ assessment.group.size|default('none') if assessment.group is defined else '' }}", "en", ""),
        ("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}", "en", "<i>&lt;</i>"),
        ("{% set t %}<b>{{ '<' }}</b>{% endset %}{{ t }}", "en", "<b>&lt;</b>"),
        ("{{ '{:>3}|{}'.format(name[0], 2) }}", "en", "  m|2"),
        ("{{ 7 / 2 }} {{ 6 / 2 * 3 }}", "de", "3,5 9"),
        ("{{ 'a'|link('https://example.org/?a=1&b=2') }}", "en",
         '<a href="https://example.org/?a=1&amp;b=2">a</a>'),
        ("{{ '<'|link('javascript:alert(1)') }}", "en", "&lt;"),
    ],
)  # fmt: skip
def test_what_is_written(source: str, language: str, written: str) -> None:
    assert text(source, language=language) == written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("# {{ assessment.programmes[1].name }}", "# \\*B\\*"),
        ("{{ assessment.programmes[0].name }}", "A \\& \\<b\\>"),
        ("{{ '- x' }}", "\\- x"),
        ("{{ 'a_'|link('https://example.org/a_b') }}", "[a\\_](<https://example.org/a_b>)"),
        ("{{ 'a'|link('javascript:x') }}", "a javascript:x"),
        ("{{ ('a'|link('https://example.org')) + '*' }}", "\\[a\\](\\<https://example.org\\>)\\*"),
        ("{{ '*'|e ~ '[x](y)' }}", "\\*\\[x\\](y)"),
    ],
)
def test_markdown(source: str, written: str) -> None:
    assert text(source, "markdown") == written


REFUSED = [
    ("template-name", "{{ asessment }}", {"name": "asessment"}),
    ("template-name", "{{ assessment.programs }}", {"name": "programs"}),
    ("template-name", "{{ assessment['programs'].x }}", {"name": "programs"}),
    ("template-name", "{{ lipsum() }}", {"name": "lipsum"}),
    ("template-name", "{{ config }}", {"name": "config"}),
    ("template-name", "{{ dict(a=1) }}", {"name": "dict"}),
    ("template-in-null", "{{ assessment.programmes[1].award.amount }}", {"name": "amount"}),
    ("template-null", "{{ assessment.programmes[1].award }}", {}),
    ("template-null", "{{ none }}", {}),
    ("template-null", "{{ none|money('EUR') }}", {}),
    ("template-no-text", "{{ assessment }}", {}),
    ("template-no-text", "{{ assessment.programmes }}", {}),
    ("template-no-text", "{{ assessment.answers.nonprofit }}", {}),
    ("template-no-text", "{{ true }}", {}),
    ("template-no-text", "{{ [1] }}", {}),
    ("template-no-text", "{{ self }}", {}),
    ("template-no-text", "{{ [name]|map('upper') }}", {}),
    ("template-number", "{{ name|number }}", {"text": '"mueller"'}),
    ("template-number", "{{ true|percent }}", {"text": '"True"'}),
    ("template-day", "{{ '1.3.2021'|day }}", {"text": '"1.3.2021"'}),
    ("template-currency", "{{ '1'|money('CHF') }}", {"text": '"CHF"'}),
    ("template-inexact", "{{ 0.5 }}", {"number": "0.5"}),
    ("template-filter", "{{ name|uper }}", {"what": "uper"}),
    ("template-filter", "{{ name|attr('x') }}", {"what": "attr"}),
    ("template-filter", "{{ name|tojson }}", {"what": "tojson"}),
    ("template-filter", "{{ name|pprint }}", {"what": "pprint"}),
    ("template-test", "{% if name is odt %}{% endif %}", {"what": "odt"}),
    ("template-unescaped", "{{ name|safe }}", {"what": "safe"}),
    ("template-unescaped", "{% autoescape false %}{{ name }}{% endautoescape %}", {"what": "autoescape"}),
    ("template-loads", "{% include 'x' %}", {}),
    ("template-loads", "{% include '/etc/passwd' ignore missing %}", {}),
    ("template-loads", "{% import 'x' as x %}", {}),
    ("template-loads", "{% from 'x' import y %}", {}),
    ("template-loads", "{% extends 'x' %}", {}),
    ("template-forbidden", "{{ ''.__class__ }}", {}),
    ("template-forbidden", "{{ ''['__class__'] }}", {}),
    ("template-forbidden", "{{ name.__class__.__mro__ }}", {}),
    ("template-forbidden", "{{ '{0.__class__}'.format(name) }}", {}),
    ("template-forbidden", "{{ '{x.__init__}'.format_map({'x': name}) }}", {}),
    ("template-forbidden", "{{ ''.format.__globals__ }}", {}),
    ("template-forbidden", "{{ [name]|map(attribute='__class__')|first }}", {}),
    ("template-forbidden", "{{ [name]|groupby('__class__')|first|first }}", {}),
    ("template-forbidden", "{{ cycler.__init__.__globals__ }}", {}),
    ("template-forbidden", "{{ range.__doc__ }}", {}),
    ("template-forbidden", "{{ namespace.__init__ }}", {}),
    ("template-forbidden", "{{ self.__init__ }}", {}),
    ("template-forbidden", "{{ self._TemplateReference__context }}", {}),
    ("template-forbidden", "{% for x in [1] %}{{ loop._iterator }}{% endfor %}", {}),
    ("template-forbidden", "{% macro m() %}{% endmacro %}{{ m._func }}", {}),
    ("template-forbidden", "{{ assessment.programmes.append(1) }}", {}),
    ("template-forbidden", "{{ assessment.clear() }}", {}),
    ("template-forbidden", "{{ name.encode() }}", {}),
    ("template-forbidden", "{{ ('a'|e).translate({97: '<script>'}) }}", {}),
    ("template-forbidden", "{{ ('a'|e).unescape() }}", {}),
    ("template-forbidden", "{{ 2 ** 2 }}", {}),
    ("template-forbidden", "{{ 9 ** 9 ** 9 }}", {}),
    ("template-range", "{{ range(100001)|list|count }}", {}),
    ("template-depth", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", {}),
    ("template-failed", "{{ 1 / 0 }}", {"reason": "division by zero"}),
    ("template-failed", "{{ [name]|map('safe')|first }}", {"reason": "No filter named 'safe'."}),
    ("template-failed", "{{ '%d' % name }}", {"reason": "%d format: a real number is required, not str"}),
]  # fmt: skip
KNOWN = {"template-name": {"assessment", "programmes"}, "template-filter": {"upper"}, "template-currency": {"EUR"}}


@pytest.mark.parametrize(("code", "source", "values"), REFUSED, ids=[f"{one[0]} {one[1]}" for one in REFUSED])
def test_what_is_refused(code: str, source: str, values: dict[str, str]) -> None:
    for form in ("html",) if "macro" in source else ("html", "markdown"):
        result = told("first line\n" + source, form)
        assert "fault" in result, result
        assert (result["fault"][0], result["fault"][1], result["fault"][3]) == (code, 2, values)


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("{% set mine = 1 %}{% macro own() %}{% endmacro %}{{ x }}",
         ["assessment", "cycler", "joiner", "language", "mine", "name", "namespace", "own", "range"]),
        ("{{ assessment.programmes[0].nam }}", ["id", "name", "verdict", "award", "missing"]),
        ("{{ name.x }}", []),
        ("{{ '1'|money('CHF') }}", ["EUR", "KRW", "USD"]),
    ],
)  # fmt: skip
def test_names_that_could_be_meant(source: str, known: list[str]) -> None:
    assert told(source)["fault"][2] == known


@pytest.mark.parametrize(
    "source",
    ["{% macro m() %}{% endmacro %}", "{% set x %}{% endset %}", "{% filter upper %}{% endfilter %}",
     "{% block b %}{% endblock %}", "{% for x in [] recursive %}{% endfor %}", "{% call x() %}{% endcall %}"],
)  # fmt: skip
def test_markdown_keeps_no_text_for_later(source: str) -> None:
    assert told(f"\n\n{source}", "markdown")["fault"] == ["template-captures", 3, [], {}]


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("\n{{ name", 2, "unexpected end of template, expected 'end of print statement'."),
        ("{% if name %}\n", 1, "Unexpected end of template."),
        ("{% frob %}", 1, "Encountered unknown tag 'frob'."),
        ("a\r\nb\r\n{% do x %}", 3, "Encountered unknown tag 'do'."),
        ("{{ a b }}", 1, "expected token 'end of print statement', got 'b'"),
    ],
)
def test_syntax(source: str, line: int, reason: str) -> None:
    code, at, _, values = told(source)["fault"]
    assert (code, at) == ("template-syntax", line)
    assert values["reason"].startswith(reason)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {[name for name, _ in attrs]}")


def data_of(value: str) -> dict[str, Any]:
    return {**DATA, "name": value}


@settings(max_examples=40)
@given(st.text())
def test_no_value_becomes_a_tag(value: str) -> None:
    source = (
        '<p title="{{ name }}">{{ name }}{{ name|e }}{{ name ~ "<" }}</p>'
        "{% macro m(x) %}<i>{{ x }}</i>{{ caller() }}{% endmacro %}{% call m(name) %}{{ name }}{% endcall %}"
        "{% set kept %}{{ name }}{% endset %}{{ kept ~ name }}{{ [kept, name]|join(name) }}"
        "{{ kept.replace('x', name) }}"
        "{{ 'a'|link(name) }}{{ name|link('https://example.org') }}"
        "{{ kept.format(name) if '{' not in name and '}' not in name }}"
    )
    html = text(source, data=data_of(value))
    assert Tags(html).tags == ["p ['title']", "i []", "a ['href']"]
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html) is None


PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


@given(st.text(st.sampled_from("ab \n*_[]()<>!`#-+=|~&\\1.\u202e:/"), max_size=12))
def test_no_value_becomes_markup(value: str) -> None:
    source = "# {{ name }}\n\n- {{ name }}\n\n{{ name }}.\n\n{{ name|upper ~ name|e }}.\n\nx{{ [name]|join(name) }}"
    tokens = PARSER.parse(text(source, "markdown", data=data_of(value)))
    inner = {child.type for token in tokens for child in token.children or ()}
    assert [token.type for token in tokens if token.type.endswith("_open")].count("heading_open") == 1
    assert inner <= {"text"}


# No product and no power: in this process nothing bounds them.
# fmt: off
PIECES = [
    "{{", "}}", "{%", "%}", "{#", "#}", " if ", "for x in ", "assessment", ".programmes", "name", "|", "upper", "join",
    "endif", "endfor", "(", ")", "[", "]", "'", "0", "1", ".", "__class__", "set ", "=", "~", "+", "/", "-", ",", "\n",
    "macro m", "endmacro", "x", " is ", "not ", "raw", "endraw", "loop", "{", "}", "%", "number",
]
# fmt: on


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_rendered_or_refused(source: str) -> None:
    result = told(source)
    assert set(result) in ({"text"}, {"fault"})
    if "fault" in result:
        assert result["fault"][0].startswith("template-")


def refused(source: str, bounds: Bounds = BOUNDS, form: str = "html") -> Refused:
    with pytest.raises(Refused) as raised:
        render_own(source, form, "en", DATA, bounds)
    return raised.value


def test_in_its_process() -> None:
    source = "{% for p in assessment.programmes %}- {{ p.name }} {{ '2.5'|money('USD') }}\n{% endfor %}"
    assert render_own(source, "markdown", "ko", DATA) == "- A \\& \\<b\\> US\\$2.50\n- \\*B\\* US\\$2.50\n"
    assert render_own("{{ 'ä가' }}", "html", "en", DATA) == "ä가\n"
    assert render_own("{{ unknown }}", "html", "en", {}, only_check=True) == ""


@pytest.mark.parametrize(
    ("code", "line", "source"),
    [
        ("template-memory", 2, "\n{{ 'a' * 10000000000 }}"),
        ("template-memory", 2, "\n{% set x = [0] * 10000000000 %}"),
        ("template-memory", 1, "{{ '%10000000000d' % 1 }}{{ '{:>10000000000}'.format(1) }}"),
        ("template-memory", 1, "{{ 'a'.zfill(10000000000) }}"),
        ("template-memory", 1, "{% set s = namespace(x=['aaaaaaaa']) %}{% for i in range(99) %}"
         "{% set s.x = s.x + s.x %}{% endfor %}"),
        ("template-memory", 2, "{% macro m() %}\n{{ 'aa'.replace('a', 'b' * 900000000) }}{% endmacro %}{{ m() }}"),
        ("template-depth", 0, "{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}"),
        ("template-depth", 0, "{% for x in [1] %}" * 25 + "{% endfor %}" * 25),
    ],
)  # fmt: skip
def test_bombs(code: str, line: int, source: str) -> None:
    fault = refused(source)
    assert (fault.code, fault.line) == (code, line)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (2, "\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        (1, "{% set s = namespace(x=99) %}{% for i in range(99) %}{% set s.x = s.x * s.x %}{% endfor %}"),
    ],
)
def test_too_slow(line: int, source: str) -> None:
    before = time.monotonic()
    fault = refused(source, Bounds(milliseconds=1200))
    # One operation on a huge number cannot be interrupted: then the process is ended, and no line is known.
    assert fault.code == "template-slow"
    assert fault.line in (0, line)
    assert time.monotonic() - before < 5


def test_too_large() -> None:
    source = "{% for i in range(1000) %}{{ 'äöü' * 1000 }}{% endfor %}"
    fault = refused(source, Bounds(output=5_000_000))
    assert (fault.code, fault.values) == ("template-output", {"most": "5"})
    assert len(render_own(source, "html", "en", DATA)) == 3_000_001


def test_what_the_process_may_not_do() -> None:
    """Even code that found a way out of the sandbox opens no file and starts nothing."""
    program = (
        "import os\nfrom eligibility.report.bounds import Bounds\nfrom eligibility.report.rendering import bounded\n"
        "tries = [lambda: open(os.devnull), lambda: os.pipe(), lambda: os.dup(0)]\n"
        "assert bounded(Bounds())\nfailed = []\n"
        "for one in tries:\n    try:\n        one()\n    except OSError:\n        failed.append(1)\n"
        "os.write(1, str(len(failed)).encode())\n"
    )
    ran = subprocess.run([rendering.sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout == b"3"


def test_a_limit_that_is_not_kept_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: None)
    assert not rendering.bounded(Bounds(memory=1000))
    monkeypatch.setitem(rendering.sys.modules, "resource", None)
    assert not rendering.bounded(Bounds())


@pytest.mark.parametrize("where", ["no Python", "frozen", "no processes"])
def test_where_nothing_can_be_bounded(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if where == "no Python":
        monkeypatch.setattr(own_template.sys, "executable", "")
    elif where == "frozen":
        monkeypatch.setattr(own_template.sys, "frozen", True, raising=False)
    else:
        monkeypatch.setattr(own_template.sys, "executable", "no/such/python")
    assert refused("a").code == "template-unbounded"


def test_it_is_ended_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses Ctrl-C leaves no process behind."""
    begun: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen[bytes]):
        def communicate(self, *_: object, **__: object) -> Any:
            begun.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(own_template.subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        render_own("a", "html", "en", DATA)
    assert begun[0].poll() is not None


@pytest.mark.parametrize(("start", "code"), [("import os; os.abort()", "template-ended"), ("raise ValueError", "")])
def test_a_process_that_breaks(start: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_template, "_START", start)
    if code:
        assert refused("a").code == code
        return
    with pytest.raises(RuntimeError, match="ValueError"):
        render_own("a", "html", "en", DATA)
