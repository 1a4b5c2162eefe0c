"""The one error of this room, and how a text that was not understood is quoted."""

from __future__ import annotations

MAX_LENGTH = 200
_SHOWN_LENGTH = 40


class Misread(ValueError):
    """A text that is not the value expected at its place; `code` is kebab-case, `message` is for people."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[Misread], tuple[str, str, str]]:
        # Exceptions are copied by their `args`, which hold the message alone.
        return (type(self), (self.code, self.message, self.hint))


def shown(text: str) -> str:
    """Quote a text for a message: shortened, and without characters that could steer a terminal."""
    head = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in head) + '"'


def trimmed(text: str) -> str:
    """Take the spaces around a text away; raises Misread "too-long" beyond 200 characters."""
    if len(text) > MAX_LENGTH:
        raise Misread("too-long", f"{shown(text)} is too long: at most {MAX_LENGTH} characters are read")
    return text.strip(" ")
