"""How an award comes about, step by step: as a table with its sources, or as a few lines."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from eligibility.advice.explanation import Step
from eligibility.language.award import Award
from eligibility.language.cite import Cite
from eligibility.report.page import Column, Field, Item, Table, listing
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import sum_text
from eligibility.values.truth import Truth

_KINDS = {
    "base": "Base rate",
    "bonus": "Added to the rate",
    "ceiling": "Rate at most",
    "rate": "Rate",
    "part": "What is paid",
    "total": "Total",
    "minimum": "Award at least",
    "cap": "Award at most",
    "within": "Cut to",
    "rounding": "Rounded",
    "amount": "Amount",
}
_IDLE = {
    "bonus": "not granted",
    "part": "not paid",
    "ceiling": "not reached",
    "cap": "not reached",
    "within": "not reached",
    "minimum": "not reached",
}
_RESULTS = ("rate", "total", "amount")
# What the table shows as a line of its own although the amount beside it tells it already.
_TOLD_ELSEWHERE = ("rate", "total", "rounding", "amount")


def calculation_table(steps: Sequence[Step], award: Award, speech: RuleSpeech) -> tuple[Table, ...]:
    """Return the calculation as a table; nothing where there is nothing to work out."""
    if not steps:
        return ()
    say = speech.say
    numbers = _numbered(steps)
    columns = (
        Column(say("Step")),
        Column(say("Value"), number=True),
        Column(say("After it"), number=True),
        Column(say("Source")),
    )
    rows = tuple(
        (_named(step, award, speech), _value(step, speech), _result(step, speech), _places(step.cites, numbers))
        for step in steps
        if not _is_idle_rounding(step)
    )
    return (Table(say("How the amount is worked out"), columns, rows),)


def calculation_sources(steps: Sequence[Step], speech: RuleSpeech) -> tuple[Field, ...]:
    """Return the documents that the table names by their numbers."""
    items = []
    for (title, url), number in _numbered(steps).items():
        day = max(cite.checked for step in steps for cite in step.cites if (cite.title, cite.url) == (title, url))
        told = speech.say("{title} (checked on {day})", title=title, day=speech.day(day))
        items.append(Item(f"[{number}] {told}", url=url))
    return listing(speech.say("Sources of the calculation"), tuple(items))


def calculation_lines(steps: Sequence[Step], award: Award, speech: RuleSpeech) -> tuple[Item, ...]:
    """Return the steps that take or may take effect, without those that only repeat an amount told elsewhere."""
    told = [step for step in steps if step.applies is not Truth.NO and step.kind not in _TOLD_ELSEWHERE]
    if len(told) < 2:
        return ()
    return tuple(Item(_line(step, award, speech)) for step in told)


def _line(step: Step, award: Award, speech: RuleSpeech) -> str:
    named, value, result = _named(step, award, speech), _value(step, speech), _result(step, speech)
    if not value or not result or value == result:
        return speech.say("{what}: {value}", what=named, value=value or result)
    return speech.say("{what}: {value}, then {result}", what=named, value=value, result=result)


def step_name(step: Step, award: Award, speech: RuleSpeech) -> str:
    """Return what a step is called: by the rule file, or by what it reads."""
    kind = speech.say(_KINDS[step.kind])
    told = "" if step.text is None else speech.text(step.text)
    if not told and step.kind == "bonus":
        told = next((bonus.when.show(speech) for bonus in award.bonuses if bonus.id == step.id), "")
    if not told and step.kind == "part":
        told = next((part.amount.show(speech) for part in award.parts if part.id == step.id), "")
    if step.kind == "part":
        return told or kind
    return speech.say("{what}: {value}", what=kind, value=told) if told else kind


def _named(step: Step, award: Award, speech: RuleSpeech) -> str:
    name = step_name(step, award, speech)
    if step.applies is Truth.UNKNOWN and step.narrowed_by:
        facts = ", ".join(speech.labels(step.narrowed_by))
        return speech.say("{what} (depends on: {facts})", what=name, facts=facts)
    return name


def _value(step: Step, speech: RuleSpeech) -> str:
    if step.kind in _RESULTS:
        return ""
    if step.kind in ("bonus", "part") and step.applies is Truth.NO:
        return speech.say(_IDLE[step.kind])
    if step.kind == "bonus":
        points = step.value.high if step.value.high is not None else step.value.low
        shown = speech.words.number(Fraction(points or 0) * 100)
        return speech.say("{points} points", points=shown)
    value = sum_text(step.value, step.unit, speech)
    if step.kind in _IDLE and step.kind != "part" and step.applies is Truth.NO:
        return speech.say("{what} ({note})", what=value, note=speech.say(_IDLE[step.kind]))
    return value


def _result(step: Step, speech: RuleSpeech) -> str:
    return "" if step.result is None else sum_text(step.result, step.unit, speech)


def _is_idle_rounding(step: Step) -> bool:
    return step.kind == "rounding" and step.applies is Truth.NO


def _numbered(steps: Iterable[Step]) -> dict[tuple[str, str], int]:
    """Return the documents by title and address with their numbers, in the order in which they are cited."""
    documents = dict.fromkeys((cite.title, cite.url) for step in steps for cite in step.cites)
    return {document: number for number, document in enumerate(documents, 1)}


def _places(cites: Sequence[Cite], numbers: dict[tuple[str, str], int]) -> str:
    return "; ".join(_grouped(cites, numbers))


def _grouped(cites: Sequence[Cite], numbers: dict[tuple[str, str], int]) -> Iterator[str]:
    sections: dict[int, list[str]] = {}
    for cite in cites:
        sections.setdefault(numbers[cite.title, cite.url], []).append(cite.section)
    for number, named in sections.items():
        yield " ".join([f"[{number}]", ", ".join(filter(None, dict.fromkeys(named)))]).strip()
