"""One programme of an assessment as a card: what it gives, until when, what is missing, why not."""

from collections.abc import Iterable

from eligibility.engine.assessment import Assessed, CriterionResult, Outcome, ProgrammeResult
from eligibility.language.shape import Text
from eligibility.report.criteria import criterion_text, sources_of
from eligibility.report.page import Card, Field, Item, listing, value
from eligibility.report.relations import related
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind, programme_name, selection, window_text
from eligibility.values.interval import Interval


class Cards:
    """Makes the cards of one assessment."""

    def __init__(self, assessed: Assessed, speech: RuleSpeech) -> None:
        self.assessed = assessed
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
            *self._relations(result),
            *self._manual(result),
            *listing(say("Still open"), self._labels(result)),
            *listing(say("Papers"), self._papers(result)),
            *listing(say("To observe"), self._texts(note.text for note in result.programme.observe)),
        )

    def open(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that needs more answers."""
        return self._card(
            result,
            *self._gives(result),
            *value(self.words.say("Applications"), self._window(result)),
            *self._relations(result),
            *listing(self.words.say("Answers that are missing"), self._labels(result)),
            *listing(self.words.say("Left open by the rules"), self._left_open(result)),
            *self._manual(result),
        )

    def closed(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that one would qualify for if it still took applications."""
        return self._card(
            result,
            *self._gives(result),
            *value(self.words.say("Applications"), self._window(result)),
            *self._relations(result),
        )

    def brief(self, result: ProgrammeResult, *, told: bool) -> Item:
        """Return one line on a programme; `told` adds until when one could apply and what came next."""
        name = programme_name(self.rulebook, result.id, self.words.language)
        if not told:
            return Item(name)
        relations = (
            self.words.say("{what}: {value}", what=label, value=names)
            for label, names in related(result.programme, self.speech)
        )
        return Item(name, (self._window(result), *relations))

    def refused(self, result: ProgrammeResult) -> Card:
        """Return the card of a programme that one does not qualify for: the deciding reasons and their sources."""
        failed = [criterion for criterion in result.criteria if criterion.outcome is Outcome.NOT_MET]
        items = tuple(self._reason(criterion, result) for criterion in failed)
        return self._card(result, *listing(self.words.say("Not met"), items))

    def _card(self, result: ProgrammeResult, *fields: Field) -> Card:
        return Card(self.speech.text(result.programme.shape.name), result.id, fields)

    def _reason(self, criterion: CriterionResult, result: ProgrammeResult) -> Item:
        text = criterion_text(criterion, result.programme.award, self.speech)
        notes = self.speech.known(criterion.facts, self.assessed.profile, self.assessed.derived)
        return Item(text, notes, sources_of(criterion.cites, self.speech))

    def _gives(self, result: ProgrammeResult) -> tuple[Field, ...]:
        say = self.words.say
        award = result.award
        amount = rate = ""
        if award is not None:
            amount = "" if award.amount is None else self._amount(award.amount, award.currency or "")
            rate = "" if award.rate is None else self._amount(award.rate, "percent")
        benefits = () if result.programme.award is None else result.programme.award.in_kind
        nothing_told = not (amount or benefits)
        return (
            *value(say("What it gives"), kind(result.programme, self.words)),
            *value(say("Amount"), amount),
            *value(say("Rate"), rate),
            *listing(say("Benefits"), self._texts(text for text, _ in benefits)),
            *value(say("In short"), self.speech.text(result.programme.shape.summary) if nothing_told else ""),
        )

    def _amount(self, interval: Interval, unit: str) -> str:
        if interval.high is not None and not interval.is_point and interval.low in (None, 0):
            return self.words.say("up to {high}", high=self.speech.interval(Interval.point(interval.high), unit))
        if interval.high is None and interval.low in (None, 0):
            return self.words.say("not known yet")
        return self.speech.interval(interval, unit)

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

    def _labels(self, result: ProgrammeResult) -> tuple[Item, ...]:
        return tuple(Item(label) for label in self.speech.labels(result.missing))

    def _papers(self, result: ProgrammeResult) -> tuple[Item, ...]:
        return tuple(Item(self.speech.text(self.rulebook.papers[paper])) for paper in result.programme.shape.papers)

    def _texts(self, texts: Iterable[Text]) -> tuple[Item, ...]:
        return tuple(Item(self.speech.text(text)) for text in texts)
