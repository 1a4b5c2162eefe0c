"""A report by a template of one's own, rendered in a process that is bounded in time, memory and output."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from eligibility.report.bounds import Bounds
from eligibility.report.refused import Refused

# The search path is handed over: the process must not find other modules than this one did, such as those that lie in
# the working directory by chance.
_START = "import sys; sys.path[:] = sys.argv[1:]; from eligibility.report.rendering import main; main()"
_BOUNDS = Bounds()


def render_own(
    source: str,
    form: str,
    language: str,
    data: Mapping[str, object],
    bounds: Bounds = _BOUNDS,
    *,
    only_check: bool = False,
) -> str:
    """Return what a template makes of data: Markdown or HTML that ends with a line feed.

    Args:
        source: the text of the template.
        form: `markdown` or `html`: how values are escaped.
        language: `de`, `en` or `ko`: how figures are written.
        data: the names that the template may use; their values as JSON has them.
        bounds: how much it may use.
        only_check: whether the template is compiled and not rendered; the result is then empty.

    Raises:
        Refused: the template cannot be rendered, or not within the bounds; or they cannot be kept here.
    """
    task = {
        "template": source,
        "form": form,
        "language": language,
        "data": data,
        "bounds": asdict(bounds),
        "only_check": only_check,
    }
    told = json.loads(_run(json.dumps(task).encode(), bounds.milliseconds / 1000))
    if "fault" in told:
        code, line, known, values = told["fault"]
        raise Refused(code, line, tuple(known), **values)
    return str(told["text"])


def _run(task: bytes, seconds: float) -> bytes:
    if not sys.executable or getattr(sys, "frozen", False):
        raise Refused("template-unbounded")
    command = [sys.executable, "-I", "-c", _START, *_search_path()]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment()
        )
    except OSError:
        raise Refused("template-unbounded") from None
    with process:
        try:
            told, errors = process.communicate(task, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Refused("template-slow") from None
        finally:
            # Also when we are interrupted: it must not outlive us.
            process.kill()
    if process.returncode < 0:
        raise Refused("template-ended")
    if process.returncode > 0:
        raise RuntimeError(f"the process of the template failed: {errors.decode(errors='replace')[-500:]}")
    return told


def _search_path() -> list[str]:
    own = str(Path(__file__).resolve().parents[2])
    return list(dict.fromkeys([own, *(os.path.abspath(entry) for entry in sys.path if entry)]))


def _environment() -> dict[str, str]:
    """Return the few variables that Python needs to start at all; a template's process has no use for others."""
    return {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
