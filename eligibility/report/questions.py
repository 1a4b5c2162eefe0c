"""The answers that are missing over all programmes: the most useful first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.advice import Advice
from eligibility.engine.assessment import ProgrammeResult
from eligibility.report.page import Column, Group, Item, Table
from eligibility.report.speech import RuleSpeech

_NOTHING = Fraction(0)
_MOST = 15
_MOST_IN_BRIEF = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing fact: in how many programmes it can settle the verdict, change the award, or is asked for at all.

    `weight` counts each verdict by the share that this answer is of all that its programme lacks.
    """

    fact: str
    weight: Fraction
    verdicts: int
    awards: int
    programmes: int


def missing_facts(results: Sequence[ProgrammeResult], advice: Advice, speech: RuleSpeech) -> list[Missing]:
    """Return what is missing in some programmes: what brings most verdicts nearest first, then what moves awards."""
    weights: dict[str, Fraction] = {}
    verdicts: dict[str, int] = {}
    awards: dict[str, int] = {}
    asked: dict[str, int] = {}
    for result in results:
        for fact in result.missing:
            asked[fact] = asked.get(fact, 0) + 1
        explanation = advice.explanations.get(result.id)
        for need in () if explanation is None else explanation.needs:
            verdicts[need.fact] = verdicts.get(need.fact, 0) + need.verdict
            share = Fraction(need.verdict, len(result.missing))
            weights[need.fact] = weights.get(need.fact, _NOTHING) + share
            awards[need.fact] = awards.get(need.fact, 0) + need.award
    rulebook = speech.rulebook
    ordered = [name for name in (*rulebook.facts, *rulebook.definitions) if name in asked]
    found = [
        Missing(name, weights.get(name, _NOTHING), verdicts.get(name, 0), awards.get(name, 0), asked[name])
        for name in ordered
    ]
    return sorted(found, key=lambda one: (-one.weight, -one.awards, -one.programmes))


def questions_group(missing: Sequence[Missing], speech: RuleSpeech, *, brief: bool) -> tuple[Group, ...]:
    """Return the section on what to find out next; nothing where no answer is missing."""
    if not missing:
        return ()
    say = speech.say
    most = _MOST_IN_BRIEF if brief else _MOST
    columns = (
        Column(say("Missing answer")),
        Column(say("Verdicts"), number=True),
        Column(say("Amounts"), number=True),
    )
    rows = tuple(
        (
            speech.label(one.fact),
            *(speech.words.number(Fraction(n)) for n in (one.verdicts, one.awards)),
        )
        for one in missing[:most]
    )
    left = len(missing) - most
    more = (Item(speech.words.plural("and {n} more answer", "and {n} more answers", left)),) if left > 0 else ()
    title = say("What each answer can decide by itself")
    return (Group(say("Open questions"), items=more, tables=(Table(title, columns, rows),)),)
