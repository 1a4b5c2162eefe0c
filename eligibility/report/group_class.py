"""The size class of a group by each period and by the two-period rule, beside the limits of the rulebook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eligibility.engine.assessment import Assessed
from eligibility.engine.known import Options
from eligibility.group.facts import SizeFacts
from eligibility.group.sheet import SizeSheet
from eligibility.group.structure import Measure, Period
from eligibility.language.condition import AllOf, AnyOf, Condition
from eligibility.language.decide import Decide
from eligibility.language.in_range import InRange
from eligibility.language.speech import show_range
from eligibility.report.group_law import place
from eligibility.report.group_size import counted
from eligibility.report.group_words import GroupSpeech
from eligibility.report.page import Column, Group, Item, Source, Table
from eligibility.report.speech import RuleSpeech

CLASS = "eu_size_class"
BY_PERIOD = {Period.LATEST: "eu_size_class_latest", Period.PREVIOUS: "eu_size_class_previous"}
_MEASURES = {
    "group_employees": Measure.EMPLOYEES,
    "group_turnover": Measure.TURNOVER,
    "group_balance_sheet": Measure.BALANCE_SHEET,
}


def class_groups(facts: SizeFacts, assessed: Assessed, speech: GroupSpeech) -> tuple[Group, ...]:
    """Return the sections on the class and its limits; nothing where the rulebook has no such definitions."""
    if CLASS not in assessed.derived:
        return ()
    items = [_class(CLASS, "Art. 4(2)", assessed, speech)]
    items += [_class(name, "Art. 2", assessed, speech) for name in BY_PERIOD.values() if name in assessed.derived]
    earlier = facts.classes.get(Period.EARLIER)
    if earlier is not None:
        named = speech.speech.choice(CLASS, earlier)
        text = speech.say("EU size class by the figures of two years earlier: {name}", name=named)
        items.append(Item(text, (), (place("Art. 2"),)))
    if len(counted(facts.sheet)) > 1:
        text = speech.say(
            "A change of ownership counts at once here, as in the Commission's guide; the General Court lets the two "
            "periods decide there, too"
        )
        items.append(Item(text, (), (Source("T-745/17 Kerkosand", ""),)))
    return (Group(speech.say("Size class"), (), tuple(items)), *_limits(facts.sheet, speech))


def _class(name: str, section: str, assessed: Assessed, speech: GroupSpeech) -> Item:
    derived = assessed.derived[name]
    shown = speech.speech.derived(name, derived)
    settled = not isinstance(derived.value, Options) or derived.value.value is not None
    notes = () if settled else (speech.say("the figures below leave it open"),)
    return Item(speech.speech.statement(name, shown or speech.say("not settled")), notes, (place(section),))


def _limits(sheet: SizeSheet, speech: GroupSpeech) -> tuple[Group, ...]:
    """Return the limits that the definition states, with the sums of the group as the last row."""
    name = BY_PERIOD[Period.LATEST]
    definition = speech.speech.rulebook.definitions.get(name)
    if definition is None or not isinstance(definition.body, Decide):
        return ()
    lines = [(line.value, tuple(_tests(line.when))) for line in definition.body.lines if line.when is not None]
    tests = [test for _, found in lines for test in found]
    subjects = list(dict.fromkeys(test.range.subject for test in tests))
    columns = (Column(speech.say("Class")), *(Column(speech.speech.label(one), number=True) for one in subjects))
    rows = tuple(_row(name, value, found, subjects, speech) for value, found in lines)
    sums = (speech.say("This group"), *(_sum(sheet, subject, speech) for subject in subjects))
    either = [speech.speech.label(one) for one in dict.fromkeys(test.range.subject for test in tests if test.one_of)]
    names = speech.speech.join(either, either=True) if either else ""
    items = (Item(speech.say("One of these is enough: {names}", names=names)),) if names else ()
    return (Group(speech.say("Limits"), (), items, (Table("", columns, rows, sums),)),)


@dataclass(frozen=True, slots=True)
class _Test:
    """A range that a line wants of a fact; `one_of` where another test may hold in its place."""

    range: InRange
    one_of: bool


def _tests(condition: Condition | None, one_of: bool = False) -> Iterator[_Test]:
    if isinstance(condition, InRange):
        yield _Test(condition, one_of)
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _tests(part, one_of or isinstance(condition, AnyOf))


def _row(
    name: str, value: object, tests: Sequence[_Test], subjects: Sequence[str], speech: GroupSpeech
) -> tuple[str, ...]:
    ranges = {test.range.subject: _range(test.range, speech.speech) for test in tests}
    named = speech.speech.choice(name, value) if isinstance(value, str) else ""
    return (named, *(ranges.get(subject, "") for subject in subjects))


def _range(test: InRange, speech: RuleSpeech) -> str:
    shown = []
    for wanted in test.ranges:
        ends = ["" if end is None else speech.quantity(end, test.unit) for end in (wanted.low, wanted.high)]
        shown.append(show_range(speech, wanted, (ends[0], ends[1])))
    return speech.join(shown, either=True)


def _sum(sheet: SizeSheet, subject: str, speech: GroupSpeech) -> str:
    measure = _MEASURES.get(subject)
    if measure is None:
        return ""
    return speech.figure(sheet.totals.get((measure, Period.LATEST)), measure)
