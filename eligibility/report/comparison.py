"""What changes for the companies of a table, as a page: at a glance, then programme by programme."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from eligibility.advice.comparison import Comparison, ProgrammeComparison, Shift
from eligibility.advice.portfolio import Money
from eligibility.engine.assessment import Verdict
from eligibility.report.comparison_words import VERDICTS, ComparisonSpeech
from eligibility.report.criteria import sources_of
from eligibility.report.page import Card, Column, Field, Group, Item, Page, Table, listing, value

QUALIFIES = (Verdict.ELIGIBLE, Verdict.LIKELY)
_ORDER = tuple(VERDICTS)


def comparison_page(comparison: Comparison, language: str) -> Page:
    """Return what changes in `de`, `en` or `ko`."""
    speech = ComparisonSpeech.of(comparison.before, comparison.after, language)
    say = speech.words.say
    told = [one for one in comparison.programmes if one.changed]
    windows = [one for one in comparison.programmes if one.windows[0] != one.windows[1]]
    groups = []
    if told:
        groups.append(Group(say("At a glance"), tables=(_overview(told, speech),)))
    if windows:
        groups.append(Group(say("Programmes that open or close"), items=_windows(windows, speech)))
    cards = [_card(one, speech) for one in told]
    # Of a programme that only opens or closes all is said above.
    cards = [card for card in cards if any(field.label != say("Applications") for field in card.fields)]
    if cards:
        groups.append(Group(say("Programme by programme"), tuple(cards)))
    return Page(language, say("What changes"), _lead(comparison, speech), tuple(groups), _foot(comparison, speech))


def gained(one: ProgrammeComparison) -> int:
    """Return how many companies qualify now and did not before."""
    return sum(rows for (before, after), rows in one.flips.items() if after in QUALIFIES and before not in QUALIFIES)


def lost(one: ProgrammeComparison) -> int:
    """Return how many companies qualified before and do not now."""
    return sum(rows for (before, after), rows in one.flips.items() if before in QUALIFIES and after not in QUALIFIES)


def totals(programmes: Sequence[ProgrammeComparison]) -> tuple[Money, ...]:
    """Return by how much the sums of all programmes rise together, by currency."""
    found: dict[str, Money] = {}
    for one in programmes:
        for rise in _rises(one):
            known = found.get(rise.currency, Money(rise.currency, Fraction(0), Fraction(0), 0))
            sure, possible = known.sure + rise.sure, known.possible + rise.possible
            found[rise.currency] = Money(rise.currency, sure, possible, known.unbounded + rise.unbounded)
    return tuple(found[currency] for currency in sorted(found))


def _rises(one: ProgrammeComparison) -> Iterator[Money]:
    """Yield the difference, or where the currency changes, what is gone in one and what has come in the other."""
    before, after = one.money
    if one.difference is not None:
        yield one.difference
    elif before is not None and after is not None:
        yield Money(before.currency, -before.sure, -before.possible, before.unbounded)
        yield after


def _lead(comparison: Comparison, speech: ComparisonSpeech) -> tuple[str, ...]:
    words = speech.words
    compared = words.plural("{n} company compared", "{n} companies compared", comparison.compared)
    changed = words.plural("something changes for {n}", "something changes for {n}", comparison.changed)
    lines = [*speech.lead(), speech.list_of((compared, changed))]
    if comparison.rejected:
        lines.append(
            words.plural(
                "{n} row could not be read by both and is left out",
                "{n} rows could not be read by both and are left out",
                comparison.rejected,
            )
        )
    return tuple(lines)


def _foot(comparison: Comparison, speech: ComparisonSpeech) -> tuple[str, ...]:
    words = speech.words
    lines = []
    if comparison.same:
        lines.append(
            words.plural(
                "{n} programme says the same of every company",
                "{n} programmes say the same of every company",
                len(comparison.same),
            )
        )
    if any(one.money != (None, None) for one in comparison.programmes):
        lines.append(words.say("Each programme is added up by itself; what may be combined is not looked at."))
    return (*lines, words.say("This is a first orientation, no legal advice; the authority decides."))


def _overview(told: Sequence[ProgrammeComparison], speech: ComparisonSpeech) -> Table:
    say, number = speech.words.say, speech.words.number
    columns = (
        Column(say("Programme")),
        Column(say("Companies"), number=True),
        Column(say("Qualify now"), number=True),
        Column(say("No longer"), number=True),
        Column(say("Difference in money")),
    )
    rows = [
        (
            one.programme,
            number(Fraction(one.changed)),
            number(Fraction(gained(one))),
            number(Fraction(lost(one))),
            speech.list_of([speech.rise(rise) for rise in _rises(one) if _is_something(rise)]),
        )
        for one in told
    ]
    together = speech.list_of([speech.rise(rise) for rise in totals(told) if _is_something(rise)])
    last = (say("Total"), "", "", "", together) if together and len(told) > 1 else ()
    return Table("", columns, tuple(rows), last)


def _is_something(rise: Money) -> bool:
    return bool(rise.sure or rise.possible or rise.unbounded)


def _windows(windows: Sequence[ProgrammeComparison], speech: ComparisonSpeech) -> tuple[Item, ...]:
    return tuple(
        Item(speech.words.say("{name} ({id})", name=speech.title(one.programme), id=one.programme), (window,))
        for one in windows
        for window in (speech.window(one.programme),)
    )


def _card(one: ProgrammeComparison, speech: ComparisonSpeech) -> Card:
    say = speech.words.say
    fields = (
        *listing(say("Changed verdicts"), _flips(one, speech)),
        *value(say("Applications"), speech.window(one.programme) if one.windows[0] != one.windows[1] else ""),
        *listing(say("Not met any more"), _criteria(one, one.newly_failed, 1, speech)),
        *listing(say("No longer in the way"), _criteria(one, one.no_longer_failed, 0, speech)),
        *listing(say("Now missing"), _facts(one.newly_missing, speech)),
        *_money(say("Money for those who qualify"), one.money, speech),
        *_money(say("Money for those still open"), one.open_money, speech),
    )
    return Card(speech.title(one.programme), one.programme, fields)


def _flips(one: ProgrammeComparison, speech: ComparisonSpeech) -> tuple[Item, ...]:
    flips = sorted(one.flips.items(), key=lambda entry: [_ORDER.index(verdict) for verdict in entry[0]])
    items = [Item(_counted(speech.step(*map(speech.verdict, both)), rows, speech)) for both, rows in flips]
    if one.awards:
        items.append(
            Item(_counted(speech.words.say("the same verdict, but another rate or amount"), one.awards, speech))
        )
    return tuple(items)


def _counted(what: str, rows: int, speech: ComparisonSpeech) -> str:
    return speech.words.say("{what}: {value}", what=what, value=speech.companies(rows))


def _criteria(
    one: ProgrammeComparison, shifts: Sequence[Shift], which: int, speech: ComparisonSpeech
) -> tuple[Item, ...]:
    items = []
    for shift in shifts:
        text, cites = speech.criterion(one.programme, shift.id, which)
        items.append(Item(text, (_shifted(shift, speech),), sources_of(cites, speech.sides[which])))
    return tuple(items)


def _facts(shifts: Sequence[Shift], speech: ComparisonSpeech) -> tuple[Item, ...]:
    return tuple(Item(speech.label(shift.id, 1), (_shifted(shift, speech),)) for shift in shifts)


def _shifted(shift: Shift, speech: ComparisonSpeech) -> str:
    if not shift.flips:
        return speech.companies(shift.rows)
    if shift.flips == shift.rows:
        return speech.words.say("{companies}, all with another verdict", companies=speech.companies(shift.rows))
    flips = speech.words.number(Fraction(shift.flips))
    return speech.words.say(
        "{companies}, {n} of them with another verdict", companies=speech.companies(shift.rows), n=flips
    )


def _money(label: str, both: tuple[Money | None, Money | None], speech: ComparisonSpeech) -> tuple[Field, ...]:
    before, after = both
    if before == after or not any(money is not None and _is_something(money) for money in both):
        return ()
    texts = [speech.sums(money) or speech.words.say("none") for money in both]
    return value(label, speech.step(*texts))
