"""Each catalogue holds exactly what the code says."""

import importlib.resources
import re
from collections.abc import Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from eligibility.words.__main__ import report
from eligibility.words.catalogue import LANGUAGES, catalogue, translations
from eligibility.words.compare import Differences, compare
from eligibility.words.compiling import compiled
from eligibility.words.extract import Found, Message, find_messages

FOUND = find_messages(importlib.resources.files("eligibility"))


def test_every_message_can_be_read() -> None:
    assert FOUND.unread == []
    assert {Message("yes"), Message("{left} + {right}"), Message("under {high}")} <= set(FOUND.messages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue(language: str) -> None:
    lines = report(language, compare(FOUND.messages, catalogue(language)), FOUND)
    assert lines == [], "python -m eligibility.words lists them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_sorted_and_read(language: str) -> None:
    ids = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue(language) if entry.id]
    assert ids == sorted(ids)
    assert translations(language).gettext("yes") == {"de": "ja", "en": "yes", "ko": "예"}[language]


@pytest.mark.parametrize("language", ["de", "ko"])
def test_compiled_as_babel_does(language: str) -> None:
    theirs = BytesIO()
    write_mo(theirs, catalogue(language))
    theirs.seek(0)
    expected, found = messages_of(GNUTranslations(theirs)), messages_of(translations(language))
    # The headers differ: Babel adds names and dates to its own.
    assert {**found, "": ""} == {**expected, "": ""}
    assert [translations(language).ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == {
        "de": ["{n} Tage", "{n} Tag", "{n} Tage"],
        "ko": ["{n}일"] * 3,
    }[language]


def messages_of(found: NullTranslations) -> dict[str, str]:
    return dict(vars(found)["_catalog"])


_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('msgid "a"\nmsgstr "A"', {"a": "A"}),
        ('msgid "a"\nmsgstr ""', {}),
        ('#, fuzzy\nmsgid "a"\nmsgstr "A"', {}),
        ('#~ msgid "a"\n#~ msgstr "A"', {}),
        ('# said "so"\n#: shop:1\nmsgid "a"\nmsgstr "A"', {"a": "A"}),
        ('msgid ""\n"a "\n"b"\nmsgstr ""\n"A\\n"\n"B"', {"a b": "A\nB"}),
        (r'msgid "a \"b\" \\ \t"' "\n" r'msgstr "\\n"', {'a "b" \\ \t': "\\n"}),
        ('msgid "é"\nmsgstr "가"\n\nmsgid "z"\nmsgstr "Z"', {"é": "가", "z": "Z"}),
    ],
)
def test_compiled(written: str, read: dict[str, str]) -> None:
    found = messages_of(GNUTranslations(BytesIO(compiled(_HEADER + written))))
    found.pop("")
    assert found == read


def test_english_says_what_the_code_says() -> None:
    """It is not read at run time: `translations("en")` gives the messages as they are written."""
    assert [entry.id for entry in catalogue("en") if entry.id and entry.id != entry.string] == []


# What follows a name is spelled by the last letter of the name, which a message does not know. (Currencies go alike.)
_ONE_PARTICLE = re.compile(r"\{(?!currency\})\w+\}[’`]?(은|는|이|가|을|를|과|와|으로|로)(?![가-힣(])")


def _texts(string: str | Sequence[str]) -> Sequence[str]:
    return [string] if isinstance(string, str) else string


def test_korean_fits_every_name() -> None:
    texts = [text for entry in catalogue("ko") for text in _texts(entry.string)]
    assert [text for text in texts if _ONE_PARTICLE.search(text)] == []


def test_german_calls_what_is_given_angaben() -> None:
    texts = [text for entry in catalogue("de") for text in _texts(entry.string)]
    assert [text for text in texts if "Antworten" in text] == []


def compared(po: str, *messages: Message) -> Differences:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    return compare(messages, read_po(BytesIO((head + po).encode()), locale="de"))


A, ROWS = Message("a {b}"), Message("{n} row", "{n} rows")


@pytest.mark.parametrize(
    ("po", "message", "missing", "obsolete", "faults"),
    [
        ('msgid "a {b}"\nmsgstr "A {b}"', A, (), (), []),
        ("", A, (A,), (), []),
        ('msgid "x"\nmsgstr "X"', A, (A,), (Message("x"),), []),
        ('msgid "a {b}"\nmsgstr ""', A, (), (), ["is empty"]),
        ('#, fuzzy\nmsgid "a {b}"\nmsgstr "A {b}"', A, (), (), ["is fuzzy"]),
        ('msgid "a {b}"\nmsgstr "A {c}"', A, (), (), ["has other fields: A {c}"]),
        ('msgid "a {b}"\nmsgstr "A"', A, (), (), ["has other fields: A"]),
        ('msgid "{n} row"\nmsgid_plural "{n} rows"\nmsgstr[0] "eine Zeile"\nmsgstr[1] "{n} Zeilen"', ROWS, (), (), []),
        ('msgid "{n} row"\nmsgid_plural "{n} rows"\nmsgstr[0] "{n} Zeile"\nmsgstr[1] ""', ROWS, (), (), ["is empty"]),
        ('msgid "{n} row"\nmsgstr "{n} Zeile"', ROWS, (ROWS,), (Message("{n} row"),), []),
    ],
)
def test_differences(
    po: str, message: Message, missing: tuple[Message, ...], obsolete: tuple[Message, ...], faults: list[str]
) -> None:
    found = compared(po, message)
    assert (found.missing, found.obsolete, [fault for _, fault in found.faulty]) == (missing, obsolete, faults)


def test_report_is_ready_to_paste() -> None:
    messages = {A: "shop.front:1", ROWS: "shop.back:7"}
    found = compared('msgid "old"\nmsgstr "alt"\n\nmsgid "b"\nmsgstr ""', *messages, Message("b"))
    assert report("de", found, Found(messages)) == [
        "# de.po",
        "#: shop.front:1",
        'msgid "a {b}"',
        'msgstr ""',
        "",
        "#: shop.back:7",
        'msgid "{n} row"',
        'msgid_plural "{n} rows"',
        'msgstr[0] ""',
        'msgstr[1] ""',
        "",
        '# obsolete: "old"',
        '# "b" is empty',
        "",
    ]
    assert report("en", found, Found(messages))[1:4] == ["#: shop.front:1", 'msgid "a {b}"', 'msgstr "a {b}"']
