"""One programme of an assessment as a card: what it gives, until when, what is missing, why not."""

from collections.abc import Iterable

from eligibility.advice.advice import Advice
from eligibility.advice.explanation import Explanation
from eligibility.engine.assessment import Assessed, CriterionResult, Outcome, ProgrammeResult, Verdict
from eligibility.language.shape import Text
from eligibility.report.calculation import Calculation
from eligibility.report.calculation_picture import calculation_picture
from eligibility.report.criteria import criterion_text, sources_of
from eligibility.report.grounds import deciding_answers, met_criteria, refusal_notes
from eligibility.report.near_misses import change_items
from eligibility.report.needs import need_items
from eligibility.report.page import Card, Field, Item, listing, value
from eligibility.report.relations import related
from eligibility.report.speech import RuleSpeech
from eligibility.report.sums import sum_text
from eligibility.report.terms import kind, programme_name, selection, window_text


class Cards:
    """Makes the cards of one assessment; without advice they tell only what was found.

    `brief` leaves out what a screen has no room for: tables, pictures, the criteria that are met. `crowded`: so many
    programmes need more answers that each is told in few words.
    """

    def __init__(
        self,
        assessed: Assessed,
        speech: RuleSpeech,
        advice: Advice | None = None,
        *,
        brief: bool = False,
        crowded: bool = False,
    ) -> None:
        self.assessed = assessed
        self.advice = advice
        self.brief = brief
        self.crowded = crowded
        self.speech = speech
        self.words = speech.words
        self.rulebook = assessed.rulebook

    def offer(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that one qualifies for: all that is needed to apply."""
        say = self.words.say
        shape = result.programme.shape
        return self._card(
            result,
            *self._gives(result),
            *value(say("Applications"), self._window(result)),
            *value(say("Apply at"), shape.apply or "", shape.apply or ""),
            *value(say("How it is given"), selection(result.programme, self.words)),
            *self._lines(result),
            *self._decided(result),
            *self._relations(result),
            *self._manual(result),
            *listing(say("Still open"), self._needs(result)),
            *self._changes(result),
            *listing(say("Papers"), self._papers(result)),
            *listing(say("To observe"), self._texts(note.text for note in result.programme.observe)),
            *self._met(result),
            worked_out=True,
        )

    def open(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that needs more answers."""
        return self._card(
            result,
            *self._gives(result),
            *value(self.words.say("Applications"), self._window(result)),
            *self._relations(result),
            *listing(self.words.say("Answers that are missing"), self._needs(result)),
            *listing(self.words.say("Left open by the rules"), self._left_open(result)),
            *self._manual(result),
            worked_out=not self.crowded and _is_priced(result),
        )

    def closed(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that one would qualify for if it still took applications."""
        return self._card(
            result,
            *self._gives(result),
            *value(self.words.say("Applications"), self._window(result)),
            *self._relations(result),
        )

    def line(self, result: ProgrammeResult, *, told: bool) -> Item:
        """Return one line on a programme; `told` adds until when one could apply and what came next.

        A change is told only where the reader asked for one of its facts: nobody moves for a grant unasked.
        """
        name = programme_name(self.rulebook, result.id, self.words.language)
        if not told:
            return Item(name, tuple(item.text for item in self._change_items(result, wanted=True)))
        relations = (
            self.words.say("{what}: {value}", what=label, value=names)
            for label, names in related(result.programme, self.speech)
        )
        return Item(name, (self._window(result), *relations))

    def refused(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that one does not qualify for: the deciding reasons and their sources."""
        failed = [criterion for criterion in result.criteria if criterion.outcome is Outcome.NOT_MET]
        items = tuple(self._reason(criterion, result) for criterion in failed)
        return self._card(result, *listing(self.words.say("Not met"), items), *self._changes(result))

    def _card(self, result: ProgrammeResult, *fields: Field, worked_out: bool = False) -> Card:
        """Return a card; `worked_out` adds how the award comes about."""
        name = self.speech.text(result.programme.shape.name)
        explanation, award = self._explanation(result), result.programme.award
        if not worked_out or self.brief or explanation is None or award is None or not explanation.steps:
            return Card(name, result.id, fields)
        work = Calculation(explanation.steps, award, self.assessed, self.speech)
        picture = calculation_picture(work, self.assessed.profile.values)
        return Card(name, result.id, (*fields, *work.sources()), picture, work.table())

    def _explanation(self, result: ProgrammeResult) -> Explanation | None:
        return None if self.advice is None else self.advice.explanations.get(result.id)

    def _lines(self, result: ProgrammeResult) -> tuple[Field, ...]:
        """Return the calculation in a few lines, where there is no room for its table."""
        explanation, award = self._explanation(result), result.programme.award
        if not self.brief or explanation is None or award is None:
            return ()
        lines = Calculation(explanation.steps, award, self.assessed, self.speech).lines()
        return listing(self.words.say("How the amount is worked out"), lines)

    def _decided(self, result: ProgrammeResult) -> tuple[Field, ...]:
        explanation = self._explanation(result)
        if explanation is None:
            return ()
        return deciding_answers(explanation, self.assessed, self.speech, brief=self.brief)

    def _met(self, result: ProgrammeResult) -> tuple[Field, ...]:
        # Whoever reads on a screen can ask for them by the id of the programme.
        if self.brief or self._explanation(result) is None:
            return ()
        return met_criteria(result, self.speech)

    def _needs(self, result: ProgrammeResult) -> tuple[Item, ...]:
        explanation = self._explanation(result)
        if explanation is None:
            return tuple(Item(label) for label in self.speech.labels(result.missing))
        return tuple(need_items(result, explanation, self.speech, brief=self.brief or self.crowded))

    def _changes(self, result: ProgrammeResult) -> tuple[Field, ...]:
        refused = result.verdict is Verdict.NOT_ELIGIBLE
        label = self.words.say("What would change it") if refused else self.words.say("What would bring more")
        return listing(label, self._change_items(result))

    def _change_items(self, result: ProgrammeResult, *, wanted: bool = False) -> tuple[Item, ...]:
        """Return what would change a result; `wanted` tells only what changes a fact that the reader asked for."""
        if self.advice is None:
            return ()
        also = self.advice.also
        found = self.advice.changes.get(result.id, ())
        if wanted:
            found = tuple(one for one in found if any(changed.fact in also for changed in one.changed))
        return change_items(found, result, self.speech, also, brief=self.brief)

    def _reason(self, criterion: CriterionResult, result: ProgrammeResult) -> Item:
        text = criterion_text(criterion, result.programme.award, self.speech)
        notes = refusal_notes(criterion, self._explanation(result), self.assessed, self.speech)
        return Item(text, notes, sources_of(criterion.cites, self.speech))

    def _gives(self, result: ProgrammeResult) -> tuple[Field, ...]:
        say = self.words.say
        award = result.award
        amount = rate = ""
        if award is not None:
            amount = "" if award.amount is None else sum_text(award.amount, award.currency or "", self.speech)
            rate = "" if award.rate is None else sum_text(award.rate, "percent", self.speech)
        benefits = () if result.programme.award is None else result.programme.award.in_kind
        nothing_told = not (amount or benefits)
        return (
            *value(say("What it gives"), kind(result.programme, self.words)),
            *value(say("Amount"), amount),
            *value(say("Rate"), rate),
            *listing(say("Benefits"), self._texts(text for text, _ in benefits)),
            *value(say("In short"), self.speech.text(result.programme.shape.summary) if nothing_told else ""),
        )

    def _window(self, result: ProgrammeResult) -> str:
        return window_text(result.programme, self.rulebook.as_of, self.words)

    def _relations(self, result: ProgrammeResult) -> tuple[Field, ...]:
        found = related(result.programme, self.speech)
        return tuple(field for label, names in found for field in value(label, names))

    def _manual(self, result: ProgrammeResult) -> tuple[Field, ...]:
        clauses = [criterion for criterion in result.criteria if criterion.outcome is Outcome.MANUAL]
        items = tuple(
            Item(criterion_text(clause, None, self.speech), (), sources_of(clause.cites, self.speech))
            for clause in clauses
        )
        return listing(self.words.say("Left to the authority"), items)

    def _left_open(self, result: ProgrammeResult) -> tuple[Item, ...]:
        """Return the criteria that no answer would decide: the law leaves them open."""
        open_ones = (one for one in result.criteria if one.outcome is Outcome.UNKNOWN and not one.missing)
        award = result.programme.award
        return tuple(
            Item(criterion_text(one, award, self.speech), (), sources_of(one.cites, self.speech)) for one in open_ones
        )

    def _papers(self, result: ProgrammeResult) -> tuple[Item, ...]:
        return tuple(Item(self.speech.text(self.rulebook.papers[paper])) for paper in result.programme.shape.papers)

    def _texts(self, texts: Iterable[Text]) -> tuple[Item, ...]:
        return tuple(Item(self.speech.text(text)) for text in texts)


def _is_priced(result: ProgrammeResult) -> bool:
    """Tell whether some part of an award has an end: else there is nothing yet to work out."""
    parts = () if result.award is None else result.award.reading.parts
    return any(part.interval.high is not None for part in parts)
