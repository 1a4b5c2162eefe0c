"""How an award comes about, step by step: as a table with its sources, or as a few lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.explanation import Step
from eligibility.engine.assessment import Assessed
from eligibility.language.award import Award, Part
from eligibility.language.cite import Cite
from eligibility.report.explanation_words import step_text
from eligibility.report.page import Column, Field, Item, Table, listing
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import sum_text
from eligibility.values.truth import Truth

_LIMITS = ("ceiling", "minimum", "cap", "within")
# They bring nothing in: what stands after them is all they say.
_RESULTS = ("rate", "total", "rounding", "amount")
_MAY_BE_MISSING = ("base", "bonus", "part")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Calculation:
    """Puts the steps of one award into words."""

    steps: Sequence[Step]
    award: Award
    assessed: Assessed
    speech: RuleSpeech

    def table(self) -> tuple[Table, ...]:
        """Return the calculation as a table; nothing where there is nothing to work out."""
        if not self.steps:
            return ()
        say = self.speech.say
        columns = (
            Column(say("Step")),
            Column(say("Figure"), number=True),
            Column(say("After it"), number=True),
            Column(say("Source")),
        )
        rows = tuple(
            (self._named(step), self._value(step), self._after(step), self._places(step)) for step in self._told()
        )
        return (Table(say("Step by step"), columns, rows),)

    def sources(self) -> tuple[Field, ...]:
        """Return the documents that the table names by their numbers."""
        items = []
        for (title, url), number in self._numbers().items():
            day = max(cite.checked for cite in self._cites() if (cite.title, cite.url) == (title, url))
            told = self.speech.say("{title} (checked on {day})", title=title, day=self.speech.day(day))
            items.append(Item(f"[{number}] {told}", url=url))
        return listing(self.speech.say("Sources of the calculation"), tuple(items))

    def lines(self) -> tuple[Item, ...]:
        """Return the steps that take or may take effect; nothing where they say no more than rate and amount do."""
        told = [step for step in self._told() if step.kind not in _RESULTS and self._has_effect(step)]
        return tuple(Item(self._line(step)) for step in told) if len(told) >= _FEWEST else ()

    def name(self, step: Step) -> str:
        """Return what a step is called: by the rule file, or by what it reads."""
        if step.kind == "part" and step.text is None:
            return self._part(next(part for part in self.award.parts if part.id == step.id))
        return step_text(step, self.award, self.assessed, self.speech)

    def _told(self) -> Iterator[Step]:
        """Yield the steps without those that repeat the one before: a single part is the total too."""
        parts = [step for step in self.steps if step.kind == "part"]
        changing = [step for step in self.steps if step.kind in ("bonus", "ceiling")]
        for step in self.steps:
            repeats = (step.kind == "total" and len(parts) == 1) or (step.kind == "rate" and not changing)
            if not repeats:
                yield step

    def _has_effect(self, step: Step) -> bool:
        if step.kind == "part" and step.value.high == 0:
            return False
        # A minimum that is reached changes nothing, a cap that is not reached neither.
        return step.applies is not (Truth.YES if step.kind == "minimum" else Truth.NO)

    def _part(self, part: Part) -> str:
        cost = part.amount.show(self.speech)
        if part.way != "share_of":
            return cost
        rate = next((step.result for step in self.steps if step.kind == "rate"), None)
        if part.rate is not None or rate is None:
            return self.speech.say("a share of: {cost}", cost=cost)
        return self.speech.say("{cost} × {rate}", rate=sum_text(rate, "percent", self.speech), cost=cost)

    def _line(self, step: Step) -> str:
        named, value, after = self._named(step), self._value(step), self._after(step)
        if not value or not after or value == after:
            return self.speech.say("{what}: {value}", what=named, value=value or after)
        return self.speech.say("{what}: {value}, then {result}", what=named, value=value, result=after)

    def _named(self, step: Step) -> str:
        name = self.name(step)
        if step.narrowed_by and step.kind in _MAY_BE_MISSING:
            facts = ", ".join(self.speech.labels(step.narrowed_by))
            return self.speech.say("{what} (depends on: {facts})", what=name, facts=facts)
        return name

    def _value(self, step: Step) -> str:
        if step.kind in _RESULTS:
            return ""
        say = self.speech.say
        if step.kind in ("bonus", "part") and step.applies is Truth.NO:
            return say("does not apply")
        if step.kind == "bonus":
            points = self.speech.words.number(Fraction(step.value.high or 0) * 100)
            return say("{points} percentage points", points=points)
        value = sum_text(step.value, step.unit, self.speech)
        if step.kind not in _LIMITS or step.applies is Truth.YES:
            return value
        note = say("not reached") if step.applies is Truth.NO else say("open whether it is reached")
        return say("{what} ({note})", what=value, note=note)

    def _after(self, step: Step) -> str:
        return "" if step.result is None else sum_text(step.result, step.unit, self.speech)

    def _cites(self) -> Iterator[Cite]:
        return (cite for step in self.steps for cite in step.cites)

    def _numbers(self) -> dict[tuple[str, str], int]:
        """Return the documents by title and address with their numbers, in the order in which they are cited."""
        documents = dict.fromkeys((cite.title, cite.url) for cite in self._cites())
        return {document: number for number, document in enumerate(documents, 1)}

    def _places(self, step: Step) -> str:
        numbers = self._numbers()
        sections: dict[int, list[str]] = {}
        for cite in step.cites:
            sections.setdefault(numbers[cite.title, cite.url], []).append(cite.section)
        shown = ((number, ", ".join(filter(None, dict.fromkeys(named)))) for number, named in sections.items())
        return "; ".join(f"[{number}] {places}".rstrip() for number, places in shown)
