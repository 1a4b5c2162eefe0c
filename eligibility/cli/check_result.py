"""What `check` writes: the assessment and the advice that follows from it, in each format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from eligibility.cli.options import refuse_unknown
from eligibility.cli.output import json_text, text_width
from eligibility.cli.template import OwnTemplate
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, say
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread

if TYPE_CHECKING:
    from eligibility.api import Assessment
    from eligibility.report.page import Group

_DECIMALS = 2
_ALL = 100


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the reader wants of a report: a name at its head, facts to look at for a change, chances as ratios."""

    name: str
    also: tuple[str, ...]
    chances: Mapping[str, Fraction]


def read_wishes(rulebook: Rulebook, name: str, changes: Iterable[str], chances: Iterable[str]) -> Wishes:
    """Read the options.

    Raises:
        Misuse: there is no such fact or programme, it is worked out and not answered, or a chance is none.
    """
    also = tuple(changes)
    for fact in also:
        if fact in rulebook.definitions:
            message = say("--change {fact}: this is worked out from answers and cannot be changed itself", fact=fact)
            behind = sorted(rulebook.definitions[fact].facts())
            raise misuse("worked-out", message, say("it is worked out from: {facts}", facts=", ".join(behind)))
        refuse_unknown(fact, tuple(rulebook.facts), say("--change {fact}: there is no such fact", fact=fact))
    return Wishes(name.strip(), also, dict(_chance(rulebook, text) for text in chances))


def _chance(rulebook: Rulebook, text: str) -> tuple[str, Fraction]:
    programme, sign, share = text.partition("=")
    programme = programme.strip()
    example = say("such as --chance de.by.digitalbonus=50")
    if not sign or not programme:
        raise misuse("not-a-chance", say("`--chance {text}` is not written as ID=PERCENT", text=text), example)
    message = say("--chance {programme}: there is no such programme", programme=programme)
    refuse_unknown(programme, tuple(rulebook.programmes), message)
    from eligibility.values.typed import read_number

    try:
        percent = read_number(share.strip().removesuffix("%").rstrip(), decimals=_DECIMALS, lang=language())
    except Misread as error:
        raise misuse(error.code, f"--chance {programme}: {error.message}", error.hint or example) from None
    if not 0 <= percent <= _ALL:
        message = say(
            "--chance {programme}: `{text}` is not between 0 and 100", programme=programme, text=share.strip()
        )
        raise misuse("out-of-range", message, example)
    return programme, percent / _ALL


def written(result: "Assessment", form: str, wishes: Wishes, output: str | None, own: OwnTemplate | None = None) -> str:
    """Return the result in a format or by an own template; `output`, where it goes, decides the width of a text."""
    advice = result.advice(wishes.also, wishes.chances)
    if form == "json" or own is not None:
        named = {"name": wishes.name} if wishes.name else {}
        data = {**result.to_dict(language(), advice), **named}
        return json_text(data) if own is None else own.render(data, wishes.name)
    if form == "csv":
        from eligibility.report.explanation_rows import explanation_csv

        return explanation_csv(result.assessed, advice.explanations, language())
    assessed, sheet = result.assessed, _sheet(result)
    if form == "markdown":
        from eligibility.report.markdown import markdown_report

        return markdown_report(assessed, language(), sheet, advice, wishes.name)
    if form == "html":
        from eligibility.report.html import html_report

        return html_report(assessed, language(), sheet, advice, wishes.name)
    from eligibility.report.text import text_report

    return text_report(assessed, language(), text_width(output), sheet, advice, wishes.name)


def _sheet(result: "Assessment") -> tuple["Group", ...]:
    if result.group is None:
        return ()
    from eligibility.report.group_page import group_sections

    return group_sections(replace(result.group, assessed=result.assessed), language())
