"""Affiliated firms and large owners under Korean law: who counts, with which share, and what it adds."""

from datetime import date

from eligibility.group.korean_sheet import AffiliateEntry, KoreanNote, KoreanSheet, OwnerEntry, OwnerSheet
from eligibility.group.sheet import Relation
from eligibility.language.cite import Cite
from eligibility.report.group_words import GroupSpeech
from eligibility.report.page import Column, Group, Item, Source, Table
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

_DECREE = Cite(
    "decree",
    "",
    "중소기업기본법 시행령 (Enforcement Decree of the Framework Act on SMEs)",
    "https://www.law.go.kr/법령/중소기업기본법시행령",
    date(2026, 11, 21),
)
_RELATIONS = {
    Relation.OWN: "the enterprise itself",
    Relation.KR_PARENT: "controlling company",
    Relation.KR_CHILD: "subordinate company",
}
_NOTES = {
    KoreanNote.UNDESCRIBED: "only its holdings are known, none of its figures",
    KoreanNote.OWN_SHARES: "holds shares of its own; they are left out, and votes count without them",
    KoreanNote.COUNTRY_UNKNOWN: "it is not known whether it is a Korean company; only those are subordinate companies",
    KoreanNote.AUDIT_UNKNOWN: "it is not known whether it must be audited externally; only such a company controls",
    KoreanNote.LISTING_UNKNOWN: "it is not known whether it is listed, and so whether its consolidated accounts decide",
    KoreanNote.NONPROFIT_UNKNOWN: "it is not known whether it is a non-profit corporation, which is never affiliated",
    KoreanNote.EXEMPTION_UNKNOWN: "it is not known whether it is one of the investors that control nobody",
    KoreanNote.SHARES_UNKNOWN: "shares are not known exactly, so that the largest shareholder is not settled",
    KoreanNote.TURNOVER_UNKNOWN: "its average turnover is not known",
    KoreanNote.ASSETS_UNKNOWN: "its total assets are not known",
    KoreanNote.MUTUAL: "both hold shares of each other: the larger share counts for both",
    KoreanNote.FAMILY_COUNTED: "shares of the owner family decide on control, but not on the share that counts",
    KoreanNote.PATHS_CUT: "there are more paths than are looked at, so that the share is only known in part",
}
_TRUTHS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "not settled"}


def decree(section: str = "") -> Cite:
    """Return a place in the Korean decree on SMEs."""
    return Cite(_DECREE.source, section, _DECREE.title, _DECREE.url, _DECREE.checked)


def korean_groups(sheet: KoreanSheet, owners: OwnerSheet | None, speech: GroupSpeech) -> tuple[Group, ...]:
    """Return the sections on affiliated firms and on owners."""
    title = speech.say("Affiliated firms under Korean law")
    groups = [Group(title, (), _affiliate_items(sheet, speech), (_affiliates(sheet, speech),))]
    if owners is not None:
        groups.append(_owner_group(owners, speech))
    return tuple(groups)


def _affiliates(sheet: KoreanSheet, speech: GroupSpeech) -> Table:
    say = speech.say
    columns = (
        Column(say("Enterprise")),
        Column(say("Relation")),
        Column(say("Path")),
        Column(say("Held together"), number=True),
        Column(say("Counts"), number=True),
        Column(say("Average turnover that counts"), number=True),
    )
    rows = tuple(_affiliate(entry, speech) for entry in sheet.entries)
    return Table("", columns, rows, (say("Total"), "", "", "", "", speech.quantity(sheet.total, "KRW")))


def _affiliate(entry: AffiliateEntry, speech: GroupSpeech) -> tuple[str, ...]:
    named = speech.say(_RELATIONS[entry.relation])
    if entry.relation is not Relation.OWN:
        named = speech.say("{what}, case {number}", what=named, number=str(entry.type))
    if entry.certain is not Truth.YES:
        named = speech.say("{what}, not certain", what=named)
    own = entry.relation is Relation.OWN
    return (
        speech.name(entry.node),
        named,
        "; ".join(speech.path(path[0].holder, path) for path in entry.paths if path),
        "" if own else speech.percentage(entry.together),
        speech.percentage(entry.ratio),
        speech.quantity(entry.adds, "KRW"),
    )


def _affiliate_items(sheet: KoreanSheet, speech: GroupSpeech) -> tuple[Item, ...]:
    items = [_note(sheet.subject, note, speech) for note in sheet.notes]
    for entry in sheet.entries:
        items += [_note(entry.node, note, speech) for note in entry.notes]
        if entry.bloc:
            names = speech.speech.join([speech.structure.nodes.label(node) for node in entry.bloc], either=False)
            text = speech.say("control is looked at together with {names}", names=names)
            items.append(Item(speech.say("{what}: {value}", what=speech.name(entry.node), value=text)))
    places = (Source("중소기업기본법 시행령 제3조의2, 제7조의4, 별표 2", ""),)
    text = speech.say("Average turnover with affiliates: {amount}", amount=speech.quantity(sheet.total, "KRW"))
    return (Item(text, (), places), *items)


def _owner_group(sheet: OwnerSheet, speech: GroupSpeech) -> Group:
    say = speech.say
    limit = speech.quantity(Interval.point(sheet.threshold), "KRW")
    text = say(
        "A corporation with total assets of {limit} or more holds 30% or more as the largest shareholder: {answer}",
        limit=limit,
        answer=say(_TRUTHS[sheet.verdict]),
    )
    items = [Item(text, (), (Source("중소기업기본법 시행령 제3조제1항제2호나목", ""),))]
    items += [_note(sheet.subject, note, speech) for note in sheet.notes]
    items += [_note(entry.node, note, speech) for entry in sheet.entries for note in entry.notes]
    columns = (
        Column(say("Owner")),
        Column(say("Path")),
        Column(say("Share"), number=True),
        Column(say("Total assets"), number=True),
        Column(say("Largest shareholder")),
        Column(say("Such an owner")),
    )
    tables = (Table("", columns, tuple(_owner(entry, speech) for entry in sheet.entries)),) if sheet.entries else ()
    return Group(say("Large owners under Korean law"), (), tuple(items), tables)


def _owner(entry: OwnerEntry, speech: GroupSpeech) -> tuple[str, ...]:
    return (
        speech.name(entry.node),
        "; ".join(speech.path(path[0].holder, path) for path in entry.paths if path),
        speech.percentage(entry.share),
        speech.quantity(entry.assets, "KRW"),
        speech.say(_TRUTHS[entry.largest]),
        speech.say(_TRUTHS[entry.verdict]),
    )


def _note(node: int, note: KoreanNote, speech: GroupSpeech) -> Item:
    return Item(speech.say("{what}: {value}", what=speech.name(node), value=speech.say(_NOTES[note])))
