"""The steps of a funding plan in words: what to do, and by when."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from eligibility.advice.plan import PlanStep
from eligibility.report.page import Column, Table
from eligibility.report.speech import RuleSpeech

_STEPS = {
    "papers": "Collect the papers for {programmes}: {papers}",
    "apply": "Apply for {programmes}",
    "wait": "Wait until applications open: {programmes}",
    "start": "Only now place orders: {programmes}",
    "beside": "Use as well: {programmes}",
}


def steps_table(steps: tuple[PlanStep, ...], speech: RuleSpeech) -> tuple[Table, ...]:
    """Return the steps as a table in their order; nothing where there are none."""
    if not steps:
        return ()
    rows = tuple((step_text(step, speech), when_text(step, speech)) for step in _together(steps))
    columns = (Column(speech.say("What to do")), Column(speech.say("When")))
    return (Table(speech.say("Steps in their order"), columns, rows),)


def _together(steps: Iterable[PlanStep]) -> list[PlanStep]:
    """Return the steps, those of one kind and the same days that need no papers as one."""
    alike = groupby(steps, key=lambda step: (step.kind, step.earliest, step.by, step.papers))
    runs = [list(run) for _, run in alike]
    return [replace(run[0], programmes=tuple(one for step in run for one in step.programmes)) for run in runs]


def step_text(step: PlanStep, speech: RuleSpeech, *, brief: bool = False) -> str:
    """Say what is to be done; `brief` names no papers."""
    rulebook = speech.rulebook
    names = [speech.text(rulebook.programmes[one].shape.name) for one in step.programmes if one in rulebook.programmes]
    # An item of the list may hold a comma of its own.
    programmes = "; ".join(names)
    if brief and step.kind == "papers":
        return speech.say("Collect the papers for {programmes}", programmes=programmes)
    papers = "; ".join(speech.text(rulebook.papers[paper]) for paper in step.papers)
    return speech.say(_STEPS[step.kind], programmes=programmes, papers=papers)


def when_text(step: PlanStep, speech: RuleSpeech) -> str:
    """Say when it can or must be done; an empty text where no day is known."""
    earliest = "" if step.earliest is None else speech.day(step.earliest)
    last = "" if step.by is None else speech.day(step.by)
    if earliest and last:
        return speech.say("from {first} to {last}", first=earliest, last=last)
    if last:
        return speech.say("by {day}", day=last)
    return speech.say("from {day} on", day=earliest) if earliest else ""
