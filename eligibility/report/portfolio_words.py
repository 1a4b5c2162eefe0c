"""What the parts of a report on a table have in common: its counts, the rules they are of, and how they are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from eligibility.advice.portfolio import Portfolio, ProgrammeCounts
from eligibility.language.programme import Programme
from eligibility.report.criteria import criterion_text, minimum_text
from eligibility.report.page import Column
from eligibility.report.speech import RuleSpeech

PLACE = frozenset({"site_country", "site_region", "seat_land"})
MOST_DRAWN = 25
MOST_COMPARED = 15
"""So many bars are drawn; all else stands in the tables."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """How a table was read: its name, each used column with its fact, the others, and the column of the identifier."""

    name: str
    columns: Mapping[str, str]
    carried: tuple[str, ...]
    id_column: str | None


@dataclass(frozen=True)
class PortfolioSpeech:
    """The counts of a table with the words for them."""

    portfolio: Portfolio
    speech: RuleSpeech

    def say(self, message: str, **values: str) -> str:
        """Translate a message and fill it in."""
        return self.speech.say(message, **values)

    def count(self, number: int) -> str:
        """Write a count."""
        return self.speech.words.number(Fraction(number))

    def counts(self, *numbers: int) -> tuple[str, ...]:
        """Write the counts of a row of a table; nothing is a dash, so that the others stand out."""
        return tuple(self.count(number) if number else "–" for number in numbers)

    def money(self, amount: Fraction, currency: str) -> str:
        """Write an amount."""
        return self.speech.words.money(amount, currency)

    def share(self, part: int) -> str:
        """Write how many of the assessed rows some are."""
        return self.speech.words.percent(Fraction(round(Fraction(100 * part, self.portfolio.assessed)), 100))

    @cached_property
    def possible(self) -> tuple[ProgrammeCounts, ...]:
        """Return the programmes that any row may get and apply for now, those first that most can get."""
        return tuple(one for one in self._in_reach if self._takes(one))

    @cached_property
    def not_open(self) -> tuple[ProgrammeCounts, ...]:
        """Return the programmes that any row may get but that take no applications now, in the same order."""
        return tuple(one for one in self._in_reach if not self._takes(one))

    @cached_property
    def impossible(self) -> tuple[ProgrammeCounts, ...]:
        """Return the programmes that no row can get, of those that take applications."""
        found = {one.programme for one in self.possible}
        return tuple(one for one in self.portfolio.programmes if one.programme not in found and self._takes(one))

    @cached_property
    def _in_reach(self) -> tuple[ProgrammeCounts, ...]:
        found = [one for one in self.portfolio.programmes if qualifying(one) or one.verdicts["undetermined"]]
        return tuple(sorted(found, key=lambda one: (-qualifying(one), -one.verdicts["undetermined"])))

    def _takes(self, counts: ProgrammeCounts) -> bool:
        return self.programme(counts).window.takes(self.speech.rulebook.as_of)

    def elsewhere(self, counts: ProgrammeCounts) -> frozenset[str]:
        """Return the ids of the criteria that ask for the place alone."""
        criteria = self.programme(counts).criteria
        return frozenset(
            one.id for one in criteria if one.condition is not None and PLACE.issuperset(one.condition.facts())
        )

    def programme(self, counts: ProgrammeCounts) -> Programme:
        """Return the programme that was counted."""
        return self.speech.rulebook.programmes[counts.programme]

    def name(self, counts: ProgrammeCounts) -> str:
        """Name a programme."""
        return self.speech.text(self.programme(counts).shape.name)

    def criteria(self, counts: ProgrammeCounts) -> dict[str, str]:
        """Return the sentences of the criteria that can fail, by id and in the order of the file."""
        programme = self.programme(counts)
        texts = {
            criterion.id: criterion_text(criterion, programme.award, self.speech)
            for criterion in programme.criteria
            if criterion.condition is not None
        }
        if programme.award is not None and programme.award.at_least:
            texts[programme.criterion_ids[-1]] = minimum_text(programme.award, self.speech)
        return texts

    def numbers(self, *titles: str) -> tuple[Column, ...]:
        """Return columns of numbers."""
        return tuple(Column(title, number=True) for title in titles)


def qualifying(counts: ProgrammeCounts) -> int:
    """Return how many rows are eligible, sure or but for a clause that the authority decides."""
    return counts.verdicts["eligible"] + counts.verdicts["likely"]
