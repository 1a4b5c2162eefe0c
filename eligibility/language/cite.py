"""Citations: `cite: guideline 4.1` names a source of the file and a place in it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eligibility.language.dated import check_dated, in_force, is_dated
from eligibility.language.linking import Path, Scope, nearest, quoted
from eligibility.language.shape import Day, Scalar, Shape


class SourceShape(Shape):
    """A document that rules are taken from; `checked` is the day on which somebody last compared it."""

    title: Scalar
    url: Scalar
    checked: Day
    published: Scalar = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a source: `source` is its key in the file."""

    source: str
    section: str
    title: str
    url: str
    checked: date


def check_cite(written: object) -> object:
    """Accept `SOURCE SECTION`, a list of such, or dates with these; raises pydantic's kinds of error."""
    if isinstance(written, str):
        return (written,)
    if is_dated(written):
        return check_dated(written, check_cite)
    entries = tuple(written) if isinstance(written, list | tuple) else ()
    if not entries or not all(isinstance(entry, str) for entry in entries):
        raise PydanticCustomError("not-a-cite", "a citation is `SOURCE SECTION`, or a list of such")
    return entries


CiteShape = Annotated[
    Any,
    BeforeValidator(check_cite),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "object"}]}),
]


def link_cite(written: object, path: Path, scope: Scope) -> tuple[Cite, ...]:
    """Link citations to the sources of the file."""
    if written is None:
        return ()
    if isinstance(written, dict):
        day, written = in_force(written, scope.rule_date)
        path = (*path, day)
    assert isinstance(written, tuple)
    cites = (scope.cited.get(entry) or _link_entry(entry, path, scope) for entry in written)
    return tuple(cite for cite in cites if cite is not None)


def _link_entry(entry: str, path: Path, scope: Scope) -> Cite | None:
    key, _, section = entry.partition(" ")
    source = scope.sources.get(key)
    if not isinstance(source, SourceShape):
        hint = nearest(key, scope.sources) or "list it under `sources:`"
        scope.problem(path, "unknown-source", f"there is no source {quoted(key)} in this file", hint)
        return None
    cite = scope.cited[entry] = Cite(key, section.strip(), source.title, source.url, source.checked)
    return cite
