"""Explanations as the rows of a table: one for each programme, and for each ground, outlook and step of it."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields

from eligibility.advice.explanation import Explanation, Explanations, Ground, Outlook, Step
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.profile import Value
from eligibility.language.cite import Cite
from eligibility.language.in_range import unit_of
from eligibility.report.answer_texts import answer_texts, told_ends
from eligibility.report.exact import figures
from eligibility.report.explanation_data import APPLIES
from eligibility.report.explanation_words import ground_text, step_text
from eligibility.report.speech import RuleSpeech
from eligibility.values.formula import neutral
from eligibility.values.interval import Interval
from eligibility.words import Words

_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; what it has no use for is empty.

    `kind` is `programme`, `ground`, `need` (one row for each outlook) or that of a step. `outcome` is what the row
    says: of a ground that its criteria are met or not, of an outlook the verdict, of a step whether it takes effect.
    `values` are the choices, codes or truths of an outlook (none: all that no other one names); `value_min` and
    `value_max`, in `unit`, the ends of its numbers or days, or what a step brings in. Results are in `result_unit`: of
    programmes, outlooks and steps the amount (the rate as long as that is worked out). `facts` are the answers that it
    rests on, or what is missing. Percentages are ratios.
    """

    programme: str
    verdict: str
    window: str
    kind: str
    id: str
    text: str
    outcome: str = ""
    values: str = ""
    value_min: str = ""
    value_max: str = ""
    unit: str = ""
    result_min: str = ""
    result_max: str = ""
    result_unit: str = ""
    facts: str = ""
    source: str = ""


COLUMNS = tuple(field.name for field in fields(Row))


def explanation_csv(assessed: Assessed, explanations: Explanations, language: str) -> str:
    """Return the rows of an assessment as CSV with a header, safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in explanation_rows(assessed, explanations, language):
        writer.writerow([neutral(cell) for cell in asdict(row).values()])
    return text.getvalue()


def explanation_rows(assessed: Assessed, explanations: Explanations, language: str) -> Iterator[Row]:
    """Yield the rows of all programmes, in the order of the assessment; those not explained have one row each."""
    speech = RuleSpeech(Words(language), assessed.rulebook)
    for result in assessed.programmes:
        yield from _Rows(result, explanations.get(result.id), assessed, speech).all()


@dataclass(frozen=True, slots=True)
class _Rows:
    result: ProgrammeResult
    explanation: Explanation | None
    assessed: Assessed
    speech: RuleSpeech

    def all(self) -> Iterator[Row]:
        name = self.speech.text(self.result.programme.shape.name)
        award = self.result.award
        amount = None if award is None else award.amount
        missing = sorted(self.result.missing)
        yield self._row("programme", "", name, self.result.verdict.value, amount=amount, facts=missing)
        if self.explanation is None:
            return
        for ground in self.explanation.grounds:
            yield self._ground(ground)
        for need in self.explanation.needs:
            # Where a fact has no outlooks it is missing all the same.
            told = zip(need.outlooks, answer_texts(need, self.speech), strict=True)
            yield from (self._outlook(need.fact, outlook, values) for outlook, values in told)
            if not need.outlooks:
                yield self._row("need", need.fact, self.speech.label(need.fact), "", facts=[need.fact])
        yield from (self._step(step) for step in self.explanation.steps)

    def _ground(self, ground: Ground) -> Row:
        told = [one for one in self.result.criteria if one.id in ground.criteria]
        text = ground_text(ground, self.result, self.speech)
        outcomes = _SEPARATOR.join(dict.fromkeys(one.outcome.value for one in told))
        cites = [cite for one in told for cite in one.cites]
        name = _SEPARATOR.join(ground.criteria)
        return self._row("ground", name, text, outcomes, facts=ground.facts, cites=cites)

    def _outlook(self, fact: str, outlook: Outlook, values: str) -> Row:
        text = self.speech.statement(fact, values)
        subject = self.assessed.rulebook.subject(fact)
        first = outlook.values[0] if outlook.values else None
        value = told_ends(first, outlook) if isinstance(first, Interval) else None
        named = [] if value is not None else [_written(one) for one in outlook.values]
        unit = "date" if subject.type == "date" else unit_of(subject) if value is not None else ""
        return self._row(
            "need", fact, text, outlook.verdict.value, (value, unit), outlook.amount, facts=[fact], values=named
        )

    def _step(self, step: Step) -> Row:
        award = self.result.programme.award
        assert award is not None
        text = step_text(step, award, self.assessed, self.speech)
        return self._row(
            step.kind,
            step.id,
            text,
            APPLIES[step.applies],
            (step.value, step.unit),
            step.result,
            facts=sorted(step.narrowed_by),
            cites=step.cites,
            result_unit=step.unit,
        )

    def _row(
        self,
        kind: str,
        name: str,
        text: str,
        outcome: str,
        value: tuple[Interval | None, str] = (None, ""),
        amount: Interval | None = None,
        *,
        facts: Sequence[str] = (),
        values: Sequence[str] = (),
        cites: Sequence[Cite] = (),
        result_unit: str | None = None,
    ) -> Row:
        award = self.result.programme.award
        unit = ("" if award is None else award.currency or "") if result_unit is None else result_unit
        return Row(
            self.result.id,
            self.result.verdict.value,
            self.result.window,
            kind,
            name,
            text,
            outcome,
            _SEPARATOR.join(values),
            *_ends(*value),
            *_ends(amount, unit),
            _SEPARATOR.join(facts),
            "; ".join(dict.fromkeys(f"{cite.title}, {cite.section}".rstrip(", ") for cite in cites)),
        )


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ends(interval: Interval | None, unit: str) -> tuple[str, str, str]:
    if interval is None or not unit:
        return "", "", ""
    both = figures(interval, unit)
    return str(both["min"] or ""), str(both["max"] or ""), unit
