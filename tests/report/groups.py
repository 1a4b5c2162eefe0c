"""Sheets on small groups, made by hand: what a report says of them must not hang on how they are worked out."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

from eligibility.aid.award import Award, History, Merger
from eligibility.aid.headroom import headroom
from eligibility.aid.regulation import Regulation
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.group.facts import SizeFacts
from eligibility.group.found import AidFound, GroupFound
from eligibility.group.korean_sheet import AffiliateEntry, KoreanNote, KoreanSheet, OwnerEntry, OwnerSheet
from eligibility.group.sheet import Entry, Note, Relation, SizeSheet, Step, Through
from eligibility.group.structure import FigureKey, Kind, Measure, Period, Structure, from_rows
from eligibility.group.undertaking import Undertaking
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

AS_OF = date(2026, 11, 22)
NAMES = {
    "weber": "Weber Präzision GmbH",
    "holding": "Weber Holding GmbH & Co. KG",
    "tools": "Weber Werkzeuge GmbH",
    "blech": "Blech & Form AG",
    "blech-sub": "Form Tschechien s.r.o.",
    "anna": "Anna Weber",
    "studio": "Studio Weber e. K.",
    "uni": "Technische Universität Musterstadt",
    "town": "Stadt Musterstadt",
    "shop": "Laserteile UG",
    "import": "Import Trading Ltd",
}
KINDS = {"anna": Kind.PERSON, "uni": Kind.RESEARCH, "town": Kind.PUBLIC_BODY}


@cache
def rulebook() -> Rulebook:
    """The bundled rules, with a version and digest that do not change with them."""
    loaded = load([bundled_rules()], AS_OF, ["de.digital-jetzt"])
    return replace(loaded, version="1.2.3", digest="sha256:" + "0123456789abcdef" * 4)


def structure(name: str | None = None) -> Structure:
    """The enterprises and persons, all with one name where one is given."""
    rows = [
        {"id": one, "name": label if name is None else name, "kind": KINDS.get(one, Kind.ENTERPRISE)}
        for one, label in NAMES.items()
    ]
    return from_rows(rows, [], subject="weber")


def figures(
    people: object, turnover: object, balance: object, period: Period = Period.LATEST
) -> dict[FigureKey, Interval]:
    """Figures of one period; a pair is an interval, `None` the unknown one."""
    measures = (Measure.EMPLOYEES, Measure.TURNOVER, Measure.BALANCE_SHEET)
    return {(one, period): _interval(value) for one, value in zip(measures, (people, turnover, balance), strict=True)}


def _interval(value: object) -> Interval:
    if isinstance(value, tuple):
        return Interval(*value)
    return Interval() if value is None else Interval.point(Fraction(str(value)))


def percent(low: object, high: object = None) -> Interval:
    return Interval(Fraction(str(low)), Fraction(str(low if high is None else high)))


def step(found: Structure, holder: str, held: str, through: Through, share: Interval | None = None) -> Step:
    return Step(found.node(holder), found.node(held), through, share)


def sheet(name: str | None = None) -> SizeSheet:
    """A group with one enterprise of every relation."""
    made = structure(name)
    up = step(made, "holding", "weber", Through.VOTES, percent(60))
    down = step(made, "blech", "weber", Through.HOLDING, percent(30))
    sister = step(made, "holding", "tools", Through.APPOINTS, percent(40))
    before = figures(41, 7_900_000, 6_000_000, Period.PREVIOUS)

    def entry(one: str, relation: Relation, share: Interval, adds: dict[FigureKey, Interval], *steps: Step) -> Entry:
        return Entry(made.node(one), relation, Truth.YES, share, adds, steps)

    nothing = figures(0, 0, 0)
    persons = (step(made, "anna", "weber", Through.PERSONS), step(made, "anna", "studio", Through.PERSONS))
    doubtful = entry("studio", Relation.LINKED, percent(0, 100), figures((0, 2), (0, 90_000), (0, None)), *persons)
    undescribed = entry("import", Relation.LINKED, percent(100), figures(None, None, None))
    entries = (
        entry("weber", Relation.OWN, percent(100), figures(45, "8500000.50", 6_200_000) | before),
        entry("holding", Relation.LINKED, percent(100), figures(3, 1_200_000, 9_000_000), up),
        entry("tools", Relation.LINKED, percent(100), figures("12.5", 2_000_000, 1_100_000), up, sister),
        replace(doubtful, certain=Truth.UNKNOWN, notes=(Note.MARKETS_UNKNOWN,)),
        entry("blech", Relation.PARTNER, percent(30), figures("36.3", "5400000.33", 3_000_000), down),
        entry("blech-sub", Relation.LINKED_TO_PARTNER, percent(30), figures("8.1", 600_000, 300_000), down),
        replace(undescribed, notes=(Note.UNDESCRIBED,)),
        replace(
            entry("shop", Relation.LINKED, percent(0), nothing, up),
            through=made.node("holding"),
        ),
        entry("uni", Relation.EXCEPTED, percent(0), nothing, step(made, "uni", "weber", Through.HOLDING, percent(25))),
        entry("town", Relation.PUBLIC, percent(0), nothing, step(made, "town", "weber", Through.HOLDING, percent(5))),
        entry("anna", Relation.PERSON, percent(0), nothing, persons[0]),
    )
    totals = figures((Fraction("104.9"), None), (Fraction("17700000.83"), None), (Fraction(19_600_000), None)) | before
    return SizeSheet(made, made.node("weber"), entries, totals, percent(5, 25), (Note.PUBLIC_THROUGH_GROUP,))


def alone() -> SizeSheet:
    """An enterprise of which no relation is known."""
    made = structure()
    own = figures(9, 1_000_000, 900_000)
    entry = Entry(made.node("shop"), Relation.OWN, Truth.YES, percent(100), own)
    return SizeSheet(made, made.node("shop"), (entry,), own, percent(0))


def assessed(**answers: object) -> Assessed:
    return assess(rulebook(), answers)


def korean_sheet() -> KoreanSheet:
    """A firm with a parent above it and a child that may be one."""
    made = from_rows(
        [{"id": "han", "name": "한빛정밀"}, {"id": "mo", "name": "모회사"}, {"id": "ja", "name": "자회사"}],
        [],
        subject="han",
    )
    han, mo, ja = (made.node(one) for one in ("han", "mo", "ja"))
    up = Step(mo, han, Through.VOTES, percent(40))
    down = Step(han, ja, Through.VOTES, percent(20, 60))
    won = Interval.point(Fraction(12_000_000_000))
    entries = (
        AffiliateEntry(han, Relation.OWN, 0, Truth.YES, percent(100), percent(100), won),
        AffiliateEntry(mo, Relation.KR_PARENT, 1, Truth.YES, percent(40), percent(40), won, ((up,),)),
        AffiliateEntry(
            ja,
            Relation.KR_CHILD,
            2,
            Truth.UNKNOWN,
            percent(35, 75),
            percent(0, 100),
            Interval(0, None),
            ((down,),),
            (mo,),
            (KoreanNote.SHARES_UNKNOWN, KoreanNote.TURNOVER_UNKNOWN),
        ),
    )
    return KoreanSheet(made, han, entries, Interval(24_000_000_000, None), Truth.UNKNOWN, (KoreanNote.MUTUAL,))


def owner_sheet() -> OwnerSheet:
    """A large corporation above the parent."""
    made = korean_sheet().structure
    han, mo = made.node("han"), made.node("mo")
    path = (Step(mo, han, Through.VOTES, percent(40)),)
    assets = Interval.point(Fraction(600_000_000_000))
    owner = OwnerEntry(mo, percent(40), assets, Truth.YES, Truth.YES, Truth.YES, Truth.YES, (path,))
    return OwnerSheet(made, han, 500_000_000_000, (owner,), Truth.YES, (KoreanNote.PATHS_CUT,))


def found_korean() -> GroupFound:
    made = korean_sheet()
    own = Entry(made.subject, Relation.OWN, Truth.YES, percent(100), {})
    size = SizeSheet(made.structure, made.subject, (own,), {}, Interval(0, 100))
    return GroupFound(SizeFacts(size, {}, {}, None), assessed(), made, owner_sheet())


def found_aid(name: str | None = None) -> GroupFound:
    """A group with awards; of one enterprise it is open whether it belongs to the undertaking."""
    group = found(name)
    made = group.size.sheet.structure
    awards = tuple(
        Award(date.fromisoformat(day), amount, regulation, "DE", recipient)
        for day, amount, regulation, recipient in (
            ("2024-03-01", Interval.point(Fraction(100_000)), Regulation.GENERAL_2023, "weber"),
            ("2025-02-28", Interval.point(Fraction("50000.50")), Regulation.GENERAL_2023, "holding"),
            ("2025-06-01", Interval(0, 20_000), Regulation.GENERAL_2023, "studio"),
            ("2023-06-01", Interval.point(Fraction(90_000)), Regulation.GENERAL_2013, "tools"),
            ("2025-07-01", Interval.point(Fraction(40_000)), None, "blech"),
            ("2025-08-01", Interval.point(Fraction(70_000)), Regulation.SERVICES_2023, "elsewhere"),
        )
    )
    events = (Merger(date(2025, 9, 1), ("old-shop", "weber"), "weber"),)
    merged = Award(date(2025, 3, 3), Interval.point(Fraction(2000)), Regulation.GENERAL_2023, "DE", "old-shop")
    history = History((*awards, merged), events, firm="weber")
    certain = frozenset(made.node(one) for one in ("weber", "holding", "tools"))
    undertaking = Undertaking(certain, certain | {made.node("studio")})
    ids = [[made.nodes.ids[node] for node in nodes] for nodes in (undertaking.certain, undertaking.possible)]
    left = headroom(history, ids[0], AS_OF, "DE", (1, 1), possible=ids[1])
    return replace(group, aid=AidFound(undertaking, left))


def found(name: str | None = None) -> GroupFound:
    answers = {"group_employees": "104.9..", "group_turnover": "17700000.83..", "group_balance_sheet": "19600000.."}
    classes = {Period.LATEST: None, Period.PREVIOUS: "small", Period.EARLIER: None}
    answers |= {"group_employees_previous": "41", "group_turnover_previous": "7900000", "public_shareholding": "5..25"}
    return GroupFound(SizeFacts(sheet(name), answers, classes, None), assessed(**answers))


def found_alone() -> GroupFound:
    answers = {"group_employees": "9", "group_turnover": "1000000", "public_shareholding": "0"}
    answers |= {"group_employees_previous": "8", "group_turnover_previous": "900000"}
    classes = {Period.LATEST: "micro", Period.PREVIOUS: "micro", Period.EARLIER: "micro"}
    return GroupFound(SizeFacts(alone(), answers, classes, "micro"), assessed(**answers, size_limits_crossed=False))
