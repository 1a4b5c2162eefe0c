"""`check --template`: a report of one's own, and what is said where it cannot be made."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eligibility.cli.output import STANDARD, read_input
from eligibility.cli.usage import did_you_mean, misuse
from eligibility.cli.wording import language, later, say
from eligibility.values.problem import AnswerError, Place, Problem

if TYPE_CHECKING:
    from eligibility.report.refused import Refused

Template = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="FILE",
        help=later.say("Write the result by a template of your own; with --format markdown or html."),
    ),
]
_FORMS = ("markdown", "html")
_MOST_BYTES = 1_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")

_MESSAGES = {
    "template-captures": "a Markdown template cannot keep text for later: no macro, block, call or filter block, no "
    "recursive loop, no set without a value",
    "template-currency": "{text} is no currency that can be written",
    "template-day": "{text} is not a day",
    "template-depth": "the template calls itself without end, or is nested too deeply",
    "template-ended": "the rendering of the template was ended by the system",
    "template-failed": "this cannot be worked out: {reason}",
    "template-filter": "there is no filter `{what}`",
    "template-forbidden": "a template may not do this",
    "template-in-null": "`{name}` is looked up in something that is not there (null)",
    "template-inexact": "decimals such as {number} are not exact here",
    "template-loads": "a template cannot read other files: no include, import or extends",
    "template-memory": "the template needs too much memory",
    "template-name": "there is no `{name}` here",
    "template-no-text": "only texts and numbers can be written",
    "template-null": "there is nothing to write here (null)",
    "template-number": "{text} is not a number",
    "template-output": "the report becomes larger than {most} MB",
    "template-range": "a range has at most 100,000 numbers",
    "template-slow": "the template takes longer than 10 seconds",
    "template-syntax": "this is not a template: {reason}",
    "template-test": "there is no test `{what}`",
    "template-unbounded": "this system cannot limit what a template uses, so that none is rendered",
    "template-unescaped": "`{what}` is not offered: every value stays text",
}
_READ_ON = "docs/templates.md tells what a template can use"
_HINTS = {
    "template-captures": "write the text where it stands, with loops and conditions",
    "template-day": "days of the data look like 2021-03-01",
    "template-depth": "let it end, or take what is nested apart",
    "template-ended": "make its loops shorter",
    "template-failed": "an amount becomes a number with the filter `number`",
    "template-in-null": "ask before, with if, whether it is there",
    "template-inexact": 'write "{number}"|number',
    "template-loads": "write everything into this one file",
    "template-memory": "make its loops shorter",
    "template-no-text": "write the parts of a list or map, and ask for a truth with if",
    "template-null": 'ask before, with if, or write another text instead: … or "–"',
    "template-number": "numbers of the data look like 30000.00; of a range write `min` and `max`",
    "template-output": "make its loops shorter",
    "template-slow": "make its loops shorter",
    "template-unbounded": "leave --template out, or use Linux",
    "template-unescaped": "leave it out",
}


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template that was read; `name` is what its data calls the company where nobody told its name."""

    file: str
    source: str
    form: str
    name: str

    def render(self, assessment: dict[str, Any], name: str = "", *, only_check: bool = False) -> str:
        """Return the report; `name` is whom it is for, where that was told.

        Raises:
            AnswerError: it cannot be made.
        """
        from eligibility.report.own_template import render_own
        from eligibility.report.refused import Refused

        data = {"assessment": assessment, "language": language(), "name": name or self.name}
        try:
            return render_own(self.source, self.form, language(), data, only_check=only_check)
        except Refused as refused:
            raise AnswerError(_problem(refused, self)) from None


def own_template(
    file: str | None, form: str, *, answers: str | None, written: Sequence[str | None], asks: bool
) -> OwnTemplate | None:
    """Read the template that an option names; a wizard must not ask its questions for one that is not usable.

    Raises:
        Misuse: the form has no templates; the template would be replaced, or read from where answers are read.
        AnswerError: there is no such file, or it is no template.
    """
    if file is None:
        return None
    if form not in _FORMS:
        message = say("--template is for Markdown and HTML, not for `{form}`", form=form)
        raise misuse("template-format", message, say("add --format markdown or --format html, or leave --template out"))
    if file == STANDARD and (asks or answers == STANDARD):
        raise misuse("standard-input-twice", say("standard input can be read only once"))
    real = os.path.realpath(file)
    if any(name not in (None, STANDARD) and os.path.realpath(str(name)) == real for name in written):
        message = say("the template {file} would be replaced", file=file)
        raise misuse("same-file", message, say("choose another name for what is written"))
    name = "" if answers in (None, STANDARD) else Path(str(answers)).stem
    template = OwnTemplate(file, _text(file), form, name)
    if asks:
        template.render({}, only_check=True)
    return template


def _text(file: str) -> str:
    data = read_input(file)
    if len(data) > _MOST_BYTES:
        raise AnswerError(Problem("template-too-large", say("a template has at most 1 MB"), Place(file)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = say("byte {byte} is not UTF-8", byte=str(error.start + 1))
        raise AnswerError(Problem("not-utf-8", message, Place(file, line, 1), say("save the file in UTF-8"))) from None


def _problem(refused: "Refused", template: OwnTemplate) -> Problem:
    code = refused.code
    message = say(_MESSAGES[code], **refused.values)
    # Not by `splitlines`, which also ends lines where Jinja does not.
    lines = _LINE_END.split(template.source)
    source = lines[refused.line - 1] if 0 < refused.line <= len(lines) else ""
    place = Place(template.file, refused.line, len(source) - len(source.lstrip()) + 1, source)
    return Problem(code, message, place, _hint(refused))


def _hint(refused: "Refused") -> str:
    if refused.code in _HINTS:
        return say(_HINTS[refused.code], **refused.values)
    if refused.code == "template-currency":
        return say("one of: {choices}", choices=", ".join(refused.known))
    wrong = refused.values.get("name") or refused.values.get("what")
    near = did_you_mean(wrong, refused.known) if wrong else ""
    return near or say(_READ_ON)
