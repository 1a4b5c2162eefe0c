"""How two rulebooks are told side by side: verdicts, windows, criteria, facts, sums of money."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.advice.portfolio import Money
from eligibility.engine.assessment import Verdict
from eligibility.language.cite import Cite
from eligibility.language.linking import MINIMUM_AWARD
from eligibility.language.programme import Programme
from eligibility.report.criteria import criterion_text, minimum_text
from eligibility.report.rules_told import short_digest
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import window_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words

VERDICTS = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.LIKELY: "likely",
    Verdict.UNDETERMINED: "undetermined",
    Verdict.NOT_ELIGIBLE: "not eligible",
    None: "not in these rules",
}


@dataclass(frozen=True, slots=True)
class ComparisonSpeech:
    """The wording of two rulebooks: `sides[0]` before, `sides[1]` after."""

    words: Words
    sides: tuple[RuleSpeech, RuleSpeech]

    @classmethod
    def of(cls, before: Rulebook, after: Rulebook, language: str) -> "ComparisonSpeech":
        """Return the wording in `de`, `en` or `ko`."""
        words = Words(language)
        return cls(words, (RuleSpeech(words, before), RuleSpeech(words, after)))

    def lead(self) -> tuple[str, ...]:
        """Say which rules are compared, and what one of them replaces."""
        before, after = (self._rules(speech.rulebook) for speech in self.sides)
        told = (self.words.say("Before: {rules}", rules=before), self.words.say("After: {rules}", rules=after))
        lines = []
        for line, speech in zip(told, self.sides, strict=True):
            lines.append(line)
            if speech.rulebook.replaced:
                replaced = ", ".join(dict.fromkeys(speech.rulebook.replaced))
                lines.append(self.words.say("replaced there: {names}", names=replaced))
        return tuple(lines)

    def _rules(self, rulebook: Rulebook) -> str:
        told = {"day": self.words.day(rulebook.as_of), "digest": short_digest(rulebook)}
        return self.words.say("as of {day}, rules of version {version}, {digest}", version=rulebook.version, **told)

    def programmes(self, name: str) -> tuple[Programme | None, Programme | None]:
        """Return a programme before and after."""
        return tuple(speech.rulebook.programmes.get(name) for speech in self.sides)  # type: ignore[return-value]

    def title(self, name: str) -> str:
        """Return what a programme is called, by the later rules if they have it."""
        before, after = self.programmes(name)
        known = after or before
        assert known is not None
        return self.sides[1].text(known.shape.name)

    def verdict(self, verdict: Verdict | None) -> str:
        """Name a verdict."""
        return self.words.say(VERDICTS[verdict])

    def step(self, before: str, after: str) -> str:
        """Tell what something becomes."""
        return self.words.say("{before} → {after}", before=before, after=after)

    def window(self, name: str) -> str:
        """Tell until when or from when one could and can apply."""
        texts = [
            self.verdict(None) if programme is None else window_text(programme, speech.rulebook.as_of, self.words)
            for programme, speech in zip(self.programmes(name), self.sides, strict=True)
        ]
        return self.step(*texts)

    def criterion(self, name: str, criterion: str, which: int) -> tuple[str, tuple[Cite, ...]]:
        """Return the sentence of a criterion before (0) or after (1), and where it is written down."""
        speech = self.sides[which]
        programme = self.programmes(name)[which]
        assert programme is not None
        award = programme.award
        if criterion == MINIMUM_AWARD:
            assert award is not None
            first = award.at_least[0]
            return (minimum_text(award, speech) if first.text is None else speech.text(first.text)), first.cites
        found = next(one for one in programme.criteria if one.id == criterion)
        return criterion_text(found, award, speech), found.cites

    def label(self, fact: str, which: int) -> str:
        """Return the short name of a fact or definition."""
        return self.sides[which].label(fact)

    def companies(self, rows: int) -> str:
        """Count companies."""
        return self.words.plural("{n} company", "{n} companies", rows)

    def sums(self, money: Money | None) -> str:
        """Write sums of money; an empty text where there are none."""
        if money is None:
            return ""
        return self._with_unbounded(self.range(money.sure, money.possible, money.currency), money)

    def rise(self, money: Money) -> str:
        """Write by how much sums rise: one sum, or that of the least and that of the greatest amounts."""
        if money.sure == money.possible and not money.unbounded:
            return self.words.money(money.sure, money.currency)
        least, greatest = (self.words.money(end, money.currency) for end in (money.sure, money.possible))
        text = self.words.say("least sums {least}, greatest sums {greatest}", least=least, greatest=greatest)
        return self._with_unbounded(text, money)

    def _with_unbounded(self, text: str, money: Money) -> str:
        if not money.unbounded:
            return text
        many = self.companies(money.unbounded)
        return self.words.say("{sum}, and without an upper end for {companies}", sum=text, companies=many)

    def range(self, low: Fraction, high: Fraction, currency: str) -> str:
        """Write two ends of a sum, or the one that both are."""
        first, last = (self.words.money(end, currency) for end in (low, high))
        return first if low == high else self.words.say("{low} to {high}", low=first, high=last)

    def list_of(self, parts: Sequence[str]) -> str:
        """Put short parts behind each other."""
        return "; ".join(parts)
