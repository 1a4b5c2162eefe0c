"""Which rules a report rests on: their day, version and digest."""

from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words

# Enough to tell rules apart that anybody has; the whole stands in the data.
_DIGITS = 12


def rules_told(rulebook: Rulebook, words: Words) -> tuple[str, str]:
    """Return the lines at the head of a report that say by which rules it was made."""
    return (
        words.say("As of {day}", day=words.day(rulebook.as_of)),
        words.say("Rules: version {version}, {digest}", version=rulebook.version, digest=short_digest(rulebook)),
    )


def short_digest(rulebook: Rulebook) -> str:
    """Return the beginning of a digest."""
    return rulebook.digest.removeprefix("sha256:")[:_DIGITS]
