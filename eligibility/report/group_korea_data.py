"""Affiliated firms and large owners under Korean law as data; shares in percent and won as strings."""

from eligibility.group.korean_sheet import AffiliateEntry, KoreanSheet, OwnerEntry, OwnerSheet
from eligibility.report.exact import Json, cited, ends
from eligibility.report.group_data import percent, steps_data
from eligibility.report.group_korea import decree
from eligibility.report.group_words import GroupSpeech


def korean_data(sheet: KoreanSheet, owners: OwnerSheet | None, speech: GroupSpeech) -> Json:
    """Return the average turnover with affiliates, and who owns the firm."""
    return {
        "entries": [_affiliate(entry, speech) for entry in sheet.entries],
        "total": ends(sheet.total.clamped(0, None), "KRW"),
        "certain": sheet.certain.known,
        "notes": [note.value for note in sheet.notes],
        "owners": None if owners is None else _owners(owners, speech),
        **cited((decree("제3조의2, 제7조의4, 별표 2"),)),
    }


def _affiliate(entry: AffiliateEntry, speech: GroupSpeech) -> Json:
    nodes = speech.structure.nodes
    return {
        "id": nodes.ids[entry.node],
        "name": nodes.label(entry.node),
        "relation": entry.relation.value,
        "type": entry.type or None,
        "certain": entry.certain.known,
        "together": percent(entry.together),
        "with": [nodes.ids[node] for node in entry.bloc],
        "percentage": percent(entry.ratio),
        "adds": ends(entry.adds.clamped(0, None), "KRW"),
        "paths": [steps_data(path, speech) for path in entry.paths],
        "notes": [note.value for note in entry.notes],
    }


def _owners(sheet: OwnerSheet, speech: GroupSpeech) -> Json:
    return {
        "threshold": str(sheet.threshold),
        "verdict": sheet.verdict.known,
        "entries": [_owner(entry, speech) for entry in sheet.entries],
        "notes": [note.value for note in sheet.notes],
    }


def _owner(entry: OwnerEntry, speech: GroupSpeech) -> Json:
    nodes = speech.structure.nodes
    return {
        "id": nodes.ids[entry.node],
        "name": nodes.label(entry.node),
        "share": percent(entry.share),
        "assets": ends(entry.assets.clamped(0, None), "KRW"),
        "largest": entry.largest.known,
        "large": entry.large.known,
        "verdict": entry.verdict.known,
        "paths": [steps_data(path, speech) for path in entry.paths],
        "notes": [note.value for note in entry.notes],
    }
