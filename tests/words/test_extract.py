from pathlib import Path

import pytest

from eligibility.words.extract import Message, fields_of, find_messages


def package(folder: Path, **modules: str) -> Path:
    root = folder / "shop"
    (root / "back").mkdir(parents=True)
    for name, source in modules.items():
        (root / f"{name.replace('__', '/')}.py").write_text(source, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("words.say('open')", [Message("open")]),
        ("say('open')", [Message("open")]),
        ("self.speech.words.say('a {b}', b=say('c'))", [Message("a {b}"), Message("c")]),
        ("words.say('a' if x else 'b')", [Message("a"), Message("b")]),
        ("words.plural('{n} row', '{n} rows', n)", [Message("{n} row", "{n} rows")]),
        ("_A = {'k': 'a', 'l': 'b'}\nwords.say(_A[kind])", [Message("a"), Message("b")]),
        ("_A: dict[str, str] = {'k': 'a'}\nwords.say(_A[kind])", [Message("a")]),
        ("A = 'a'\nwords.say(A)", [Message("a")]),
        ("class X:\n  template = ''\nclass Y(X):\n  template = 'y'\n  def f(self): say(self.template)", [Message("y")]),
        ("def say(self, message): return self.words.say(message)", []),
        ("def plural(one, many, n): return words.plural(one, many, n)", []),
        ("print('open')", []),
    ],
)
def test_messages(tmp_path: Path, source: str, messages: list[Message]) -> None:
    found = find_messages(package(tmp_path, front=source))
    assert (sorted(found.messages), found.unread) == (messages, [])


def test_messages_of_another_module(tmp_path: Path) -> None:
    root = package(
        tmp_path, back__names="NAMES = {'k': 'a'}", front="from shop.back.names import NAMES as N\nwords.say(N[k])"
    )
    assert find_messages(root).messages == {Message("a"): "shop.front:2"}


def test_the_first_place_is_kept(tmp_path: Path) -> None:
    root = package(tmp_path, back__door="\nwords.say('x')", front="words.say('x')")
    assert find_messages(root).messages == {Message("x"): "shop.back.door:2"}


@pytest.mark.parametrize(
    "source", ["words.say(text)", "words.say(f'{a}')", "words.say()", "message = 'x'\ndef f(): words.say(message())"]
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, source: str) -> None:
    found = find_messages(package(tmp_path, front=source))
    assert (found.messages, found.unread) == ({}, [f"shop.front:{source.count(chr(10)) + 1}"])


def test_fields() -> None:
    assert fields_of("{a} of {b}, {{c}}") == {"a", "b"}
