"""What a catalogue lacks, holds in vain, or gets wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from eligibility.words.extract import Message, fields_of


@dataclass(frozen=True, slots=True)
class Differences:
    """Missing and obsolete messages, and those that are empty, fuzzy or have other fields (with the reason)."""

    missing: tuple[Message, ...]
    obsolete: tuple[Message, ...]
    faulty: tuple[tuple[Message, str], ...]


def compare(messages: Iterable[Message], catalogue: Catalog) -> Differences:
    """Compare what the code says with a catalogue."""
    wanted = set(messages)
    entries = {_message(entry): entry for entry in catalogue if entry.id}
    faulty = [(message, fault) for message, entry in sorted(entries.items()) for fault in _faults(message, entry)]
    return Differences(tuple(sorted(wanted - set(entries))), tuple(sorted(set(entries) - wanted)), tuple(faulty))


def _message(entry: Entry) -> Message:
    return Message(*_forms(entry.id))


def _forms(texts: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    if texts is None:
        return ("",)
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _faults(message: Message, entry: Entry) -> list[str]:
    forms = _forms(entry.string)
    faults = ["is fuzzy"] if entry.fuzzy else []
    if not all(forms):
        return [*faults, "is empty"]
    # A singular may leave out its count ("one row"), nothing else.
    optional = {"n"} if message.many else set()
    for form in forms:
        fields = fields_of(form)
        if fields - message.fields or message.fields - fields - optional:
            faults.append(f"has other fields: {form}")
    return faults
