"""The process in which an own template is rendered: data in, text or the reason why not out, everything bounded.

Started by `own_template.py`. What is missing of the bounds is told, and nothing is rendered then.
"""

import encodings.unicode_escape as _escapes
import json
import signal
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import TracebackType
from typing import Any

import jinja2.debug as _debug
from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from eligibility.report.bounds import Bounds
from eligibility.report.refused import Refused
from eligibility.report.sandbox import NotThere, Sandbox
from eligibility.values.money import MINOR_UNITS
from eligibility.words import Words

# What others would load when they first use it: then this process may open no file any more.
_LOADED = (_debug, _escapes)
# It ends itself a little before it is ended, so that the line that took so long can be told.
_SHARE = Fraction(9, 10)
_MARK = "__jinja_template__"


class _TooSlow(BaseException):
    """Not an Exception: Jinja tries some expressions beforehand and drops what these raise."""


def main() -> None:
    """Read a task as JSON from standard input, and write what came of it as JSON to standard output."""
    task = json.load(sys.stdin.buffer)
    words, bounds = Words(task["language"]), Bounds(**task["bounds"])
    _load(words)
    try:
        told = answer(task, words, bounds) if bounded(bounds) else _fault(Refused("template-unbounded"))
        data = json.dumps(told).encode()
    except MemoryError:
        data = json.dumps(_fault(Refused("template-memory"))).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def bounded(bounds: Bounds) -> bool:
    """Limit this process for good, and tell whether the limits hold."""
    try:
        import resource
    except ImportError:
        return False
    seconds = bounds.milliseconds // 1000 + 1
    # No file, no connection, no further process: not even if a template found a way out of the sandbox.
    limits = {"AS": bounds.memory, "CPU": seconds, "CORE": 0, "FSIZE": 0, "NPROC": 0, "NOFILE": 0}
    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))
    try:
        # Some platforms take the limit and do not keep it; what is asked for here is not filled, so it costs nothing.
        bytearray(bounds.memory)
    except MemoryError:
        return True
    return False


def answer(task: Mapping[str, Any], words: Words, bounds: Bounds) -> dict[str, Any]:
    """Return `{"text": …}`, or `{"fault": …}` where the template cannot be rendered."""

    def ring(*_: object) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, float(bounds.milliseconds * _SHARE / 1000))
    try:
        return _answered(task, words, bounds.output)
    except _TooSlow as error:
        return _fault(Refused("template-slow", _line(error.__traceback__)))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answered(task: Mapping[str, Any], words: Words, most: int) -> dict[str, Any]:
    try:
        return {"text": _rendered(task, words, most)}
    except Exception as error:  # noqa: BLE001 - whatever a template does is a fault of the template
        return _fault(_refused(error))


def _rendered(task: Mapping[str, Any], words: Words, most: int) -> str:
    sandbox = Sandbox(task["form"], words)
    data = task["data"]
    template = sandbox.template(task["template"], data)
    if task["only_check"]:
        return ""
    pieces, size = list[str](), 0
    try:
        for piece in template.root_render_func(template.new_context(data)):
            size += len(piece.encode("utf-8", "backslashreplace"))
            if size > most:
                raise Refused("template-output", most=str(most // 1_000_000))
            pieces.append(piece)
    except NotThere as error:
        raise error.refused(_line(error.__traceback__), sandbox.names) from None
    text = "".join(pieces).encode("utf-8", "backslashreplace").decode()
    return text.rstrip("\n") + "\n"


def _refused(error: Exception) -> Refused:
    """Return what is wrong with the template, with its line."""
    line = _line(error.__traceback__)
    match error:
        case Refused():
            return Refused(error.code, error.line or line, error.known, **error.values)
        case TemplateSyntaxError():
            return Refused("template-syntax", error.lineno, reason=error.message or "")
        case SecurityError():
            return Refused("template-forbidden", line)
        case MemoryError():
            return Refused("template-memory", line)
        case RecursionError() | SyntaxError():
            # Python takes no more than twenty loops within each other.
            return Refused("template-depth", line)
        case OverflowError() if "Range" in str(error):
            return Refused("template-range", line)
        case TemplateError():
            return Refused("template-failed", line, reason=error.message or "")
    return Refused("template-failed", line, reason=str(error) or type(error).__name__)


def _line(trace: TracebackType | None) -> int:
    """Return the line of the template that was at work last, 0 where none was."""
    line = 0
    while trace is not None:
        template = trace.tb_frame.f_globals.get(_MARK)
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _fault(refused: Refused) -> dict[str, Any]:
    return {"fault": [refused.code, refused.line, list(refused.known), refused.values]}


def _load(words: Words) -> None:
    """Load what writes figures, which is read from files."""
    for currency in MINOR_UNITS:
        words.money(Fraction(1), currency)
    words.percent(Fraction(1, 3))
    words.number(Fraction(10_000))
    words.day(date(2021, 3, 1))
