"""The steps of a funding plan in words: what to do, and by when."""

from eligibility.advice.plan import PlanStep
from eligibility.report.page import Column, Table
from eligibility.report.speech import RuleSpeech

_STEPS = {
    "papers": "Collect the papers for {programmes}: {papers}",
    "apply": "Apply for {programmes}",
    "wait": "Wait until applications open: {programmes}",
    "start": "Only now place orders: {programmes}",
    "beside": "Use beside the plan: {programmes}",
}


def steps_table(steps: tuple[PlanStep, ...], speech: RuleSpeech) -> tuple[Table, ...]:
    """Return the steps as a table in their order; nothing where there are none."""
    if not steps:
        return ()
    rows = tuple((step_text(step, speech), when_text(step, speech)) for step in steps)
    columns = (Column(speech.say("What to do")), Column(speech.say("When")))
    return (Table(speech.say("Steps in their order"), columns, rows),)


def step_text(step: PlanStep, speech: RuleSpeech) -> str:
    """Say what is to be done."""
    rulebook = speech.rulebook
    names = [speech.text(rulebook.programmes[one].shape.name) for one in step.programmes if one in rulebook.programmes]
    papers = [speech.text(rulebook.papers[paper]) for paper in step.papers]
    # An item of the list may hold a comma of its own.
    return speech.say(_STEPS[step.kind], programmes="; ".join(names), papers="; ".join(papers))


def when_text(step: PlanStep, speech: RuleSpeech) -> str:
    """Say when it can or must be done; an empty text where no day is known."""
    earliest = "" if step.earliest is None else speech.day(step.earliest)
    last = "" if step.by is None else speech.day(step.by)
    if earliest and last:
        return speech.say("from {first} to {last}", first=earliest, last=last)
    if last:
        return speech.say("by {day}", day=last)
    return speech.say("from {day} on", day=earliest) if earliest else ""
