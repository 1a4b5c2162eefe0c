"""How an ownership structure is put into words: relations, paths, shares, figures, and what to notice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.group.sheet import Entry, Note, Relation, Step, Through
from eligibility.group.structure import Measure, Period, Structure
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_RELATIONS = {
    Relation.OWN: "the enterprise itself",
    Relation.LINKED: "linked enterprise",
    Relation.PARTNER: "partner enterprise",
    Relation.LINKED_TO_PARTNER: "linked to a partner enterprise",
    Relation.EXCEPTED: "excepted investor",
    Relation.PUBLIC: "public body",
    Relation.PERSON: "natural person",
    Relation.BELOW: "holding of less than 25%",
    Relation.KR_PARENT: "controlling company",
    Relation.KR_CHILD: "subordinate company",
}
_REASONS = {
    Relation.EXCEPTED: "an excepted investor makes no partner enterprise as long as it is not linked",
    Relation.PUBLIC: "adds no figures; what public bodies control is looked at on its own",
    Relation.PERSON: "is no enterprise and adds no figures, but can link the enterprises that it controls",
    Relation.BELOW: "neither linked nor a holding of 25% or more",
    Relation.LINKED_TO_PARTNER: "partners of a partner do not count",
}
_NOTES = {
    Note.UNDESCRIBED: "only its holdings are known, none of its figures",
    Note.OWN_SHARES: "holds shares of its own; they are left out, and votes count without them",
    Note.INVESTOR_LIMIT: "above the limit up to which such an investor is excepted",
    Note.INVESTOR_LIMIT_UNKNOWN: "whether it is above the limit up to which such an investor is excepted is not known",
    Note.MARKETS_UNKNOWN: "whether the same persons link it hangs on the markets of the enterprises",
    Note.PUBLIC_THROUGH_GROUP: (
        "public bodies hold 25% or more of an enterprise above the firm; whether that counts as control is open"
    ),
}
_THROUGH = {
    Through.MAJORITY: "majority of the votes",
    Through.APPOINTS: "right to appoint most of the board",
    Through.DOMINANT: "dominant influence",
    Through.AGREEMENT: "majority of the votes by agreement",
    Through.PERSONS: "the same persons",
    Through.JOINTLY: "majority of the votes, together with others",
    Through.VOTES: "votes",
    Through.HOLDING: "capital or votes",
}
_SHARED = {
    Through.VOTES: "{share} of the votes",
    Through.MAJORITY: "majority of the votes ({share})",
    Through.APPOINTS: "right to appoint most of the board ({share} of the votes)",
    Through.DOMINANT: "dominant influence ({share} of the votes)",
    Through.AGREEMENT: "majority of the votes by agreement ({share} of its own)",
    Through.PERSONS: "the same persons ({share} of the votes)",
    Through.JOINTLY: "{share} of the votes, together with others",
    Through.HOLDING: "{share} of capital or votes",
}
_MEASURES = {
    Measure.EMPLOYEES: "People",
    Measure.TURNOVER: "Turnover",
    Measure.BALANCE_SHEET: "Balance sheet total",
    Measure.KR_AVERAGE_TURNOVER: "Average turnover (Korea)",
    Measure.KR_TOTAL_ASSETS: "Total assets (Korea)",
}
_PERIODS = {
    Period.LATEST: "Latest accounts",
    Period.PREVIOUS: "Accounts of one year earlier",
    Period.EARLIER: "Accounts of two years earlier",
}
_UNITS = {
    Measure.EMPLOYEES: "number",
    Measure.TURNOVER: "EUR",
    Measure.BALANCE_SHEET: "EUR",
    Measure.KR_AVERAGE_TURNOVER: "KRW",
    Measure.KR_TOTAL_ASSETS: "KRW",
}

_Leg = tuple[int, Step, int]


def unit_of_measure(measure: Measure) -> str:
    """Return `number` or the currency of a figure."""
    return _UNITS[measure]


@dataclass(frozen=True, slots=True)
class GroupSpeech:
    """The wording of one structure in the language of `speech`."""

    speech: RuleSpeech
    structure: Structure

    def say(self, message: str, **values: str) -> str:
        """Translate a message and fill it in."""
        return self.speech.say(message, **values)

    def name(self, node: int) -> str:
        """Return what people call a node, with its id where that is another one."""
        label, identifier = self.structure.nodes.label(node), self.structure.nodes.ids[node]
        return label if label == identifier else f"{label} ({identifier})"

    def relation(self, entry: Entry) -> str:
        """Name the relation of an entry; one that is not certain is told as such."""
        named = self.say(_RELATIONS[entry.relation])
        return named if entry.certain is Truth.YES else self.say("{what}, not certain", what=named)

    def reason(self, entry: Entry) -> str:
        """Say why nothing of an entry's figures counts."""
        if entry.through is not None:
            head = self.structure.nodes.label(entry.through)
            return self.say("its figures are in the consolidated accounts of {name}", name=head)
        if entry.relation not in _REASONS:
            return self.say("nothing of its figures counts")
        return self.say(_REASONS[entry.relation])

    def note(self, note: Note) -> str:
        """Say what there is to notice."""
        return self.say(_NOTES[note])

    def measure(self, measure: Measure) -> str:
        """Name a figure."""
        return self.say(_MEASURES[measure])

    def period(self, period: Period) -> str:
        """Name the accounts of a period."""
        return self.say(_PERIODS[period])

    def figure(self, interval: Interval | None, measure: Measure) -> str:
        """Write what is known of a figure."""
        return self.quantity(Interval() if interval is None else interval, _UNITS[measure])

    def quantity(self, interval: Interval, unit: str) -> str:
        """Write what is known of a count (`number`) or an amount in a currency, neither of which is negative."""
        known = interval.clamped(0, None)
        if known.high is None and not known.low:
            return self.say("unknown")
        return self.speech.interval(known, unit)

    def percentage(self, interval: Interval) -> str:
        """Write a share that is given in percent, from 0 to 100."""
        known = interval.clamped(0, 100)
        return self.speech.interval(Interval(_ratio(known.low), _ratio(known.high)), "percent")

    def path(self, start: int, steps: Sequence[Step]) -> str:
        """Write the path from a firm; of two names the one at the open side of `>` holds the other.

        Where a step does not begin at the end of the one before, the way between is left out.
        """
        legs = list(_legs(start, steps))
        if not legs:
            return ""
        if all(step.held == near for near, step, _ in legs) and _is_whole(start, legs):
            # A path that only goes up reads better from the top.
            return self._down([step for _, step, _ in reversed(legs)])
        return self._mixed(start, legs)

    def _down(self, steps: list[Step]) -> str:
        parts = [self.structure.nodes.label(steps[0].holder)]
        for step in steps:
            parts += [">", self._through(step), ">", self.structure.nodes.label(step.held)]
        return " ".join(parts)

    def _mixed(self, start: int, legs: Iterable[_Leg]) -> str:
        parts = [self.structure.nodes.label(start)]
        at = start
        for near, step, far in legs:
            if near != at:
                parts += ["…", self.structure.nodes.label(near)]
            sign = ">" if step.holder == near else "<"
            parts += [sign, self._through(step), sign, self.structure.nodes.label(far)]
            at = far
        return " ".join(parts)

    def _through(self, step: Step) -> str:
        if step.share is None:
            return self.say(_THROUGH[step.through])
        return self.say(_SHARED[step.through], share=self.percentage(step.share))


def _legs(start: int, steps: Sequence[Step]) -> Iterator[_Leg]:
    """Yield each step with the end at which it is begun and the one to which it leads."""
    at = start
    for step, after in zip(steps, (*steps[1:], None), strict=False):
        if at in (step.holder, step.held):
            near = at
        else:
            # After a gap only the next step tells in which direction this one is gone.
            goes_up = after is not None and step.held not in (after.holder, after.held)
            near = step.held if goes_up else step.holder
        at = step.held if near == step.holder else step.holder
        yield near, step, at


def _is_whole(start: int, legs: Sequence[_Leg]) -> bool:
    ends = (start, *(far for _, _, far in legs))
    return all(near == end for (near, _, _), end in zip(legs, ends, strict=False))


def _ratio(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else Fraction(value) / 100
