"""`python -m eligibility.words`: what each catalogue lacks, as entries to paste into it; exit code 1 if anything."""

import importlib.resources
import sys

from babel.messages.pofile import normalize

from eligibility.words.catalogue import LANGUAGES, catalogue
from eligibility.words.compare import Differences, compare
from eligibility.words.extract import Found, Message, find_messages


def main() -> int:
    """Write the differences of all languages to standard output."""
    found = find_messages(importlib.resources.files("eligibility"))
    differences = {language: compare(found.messages, catalogue(language)) for language in LANGUAGES}
    lines = [line for language, found_there in differences.items() for line in report(language, found_there, found)]
    lines += [f"# cannot be read: the message said at {place}" for place in found.unread]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


def report(language: str, differences: Differences, found: Found) -> list[str]:
    """Return the lines for one language; nothing where code and catalogue agree."""
    lines = [line for message in differences.missing for line in _entry(message, found.messages[message], language)]
    lines += [f"# obsolete: {normalize(message.one)}" for message in differences.obsolete]
    lines += [f"# {normalize(message.one)} {fault}" for message, fault in differences.faulty]
    return [f"# {language}.po", *lines, ""] if lines else []


def _entry(message: Message, place: str, language: str) -> list[str]:
    same = language == "en"
    if not message.many:
        return [
            f"#: {place}",
            f"msgid {normalize(message.one)}",
            f"msgstr {normalize(message.one if same else '')}",
            "",
        ]
    forms = (message.one, message.many) if same else ("",) * (1 if language == "ko" else 2)
    head = [f"#: {place}", f"msgid {normalize(message.one)}", f"msgid_plural {normalize(message.many)}"]
    return [*head, *(f"msgstr[{index}] {normalize(form)}" for index, form in enumerate(forms)), ""]


if __name__ == "__main__":
    sys.exit(main())
