"""How a programme stands to others: forerunners, successors, umbrella, parts, and what it may be combined with."""

from collections.abc import Iterator, Sequence

from eligibility.language.cumulation import ANY, Cumulation
from eligibility.language.programme import Programme
from eligibility.report.exact import Json, cited, rate_text
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind_name, programme_name
from eligibility.rulebook.rulebook import Rulebook

_COMBINED = {
    ("same_costs", True): "{others}: may be combined, for the same costs too",
    ("same_costs", False): "{others}: not for the same costs",
    ("same_project", True): "{others}: may be combined in the same project",
    ("same_project", False): "{others}: not for the same project",
    ("company", True): "{others}: a company may have both",
    ("company", False): "{others}: a company cannot have both",
}


def follows(programme: Programme, rulebook: Rulebook) -> list[str]:
    """Return the ids of the programmes that this one followed."""
    return [one.id for one in rulebook.programmes.values() if programme.id in one.shape.followed_by]


def parts(programme: Programme, rulebook: Rulebook) -> list[str]:
    """Return the ids of the programmes that belong to this one."""
    return [one.id for one in rulebook.programmes.values() if one.shape.part_of == programme.id]


def related(programme: Programme, speech: RuleSpeech, *, all_of_them: bool = False) -> Iterator[tuple[str, str]]:
    """Yield a label and names for each relation: what comes next and the umbrella, or all of them."""
    say, shape, rulebook = speech.say, programme.shape, speech.rulebook
    found: tuple[tuple[str, Sequence[str]], ...] = (
        (say("Follows"), follows(programme, rulebook) if all_of_them else ()),
        (say("Followed by"), shape.followed_by),
        (say("Part of"), () if shape.part_of is None else (shape.part_of,)),
        (say("Its parts"), parts(programme, rulebook) if all_of_them else ()),
    )
    for label, ids in found:
        if ids:
            yield label, speech.words.join([programme_name(rulebook, one, speech.words.language) for one in ids])


def cumulation_text(line: Cumulation, speech: RuleSpeech) -> str:
    """Say what the award may, or may not, be combined with: in the words of the rule file if it has some."""
    if line.text is not None:
        return speech.text(line.text)
    others = speech.words.join([_other(name, speech) for name in line.other], either=True)
    told = speech.say(_COMBINED[line.on, line.allowed], others=f"{others[0].upper()}{others[1:]}")
    if line.at_most is None:
        return told
    rate = speech.words.percent(line.at_most)
    return speech.say("{what}, all aid together up to {rate} of the costs", what=told, rate=rate)


def cumulation_data(line: Cumulation, speech: RuleSpeech) -> Json:
    """Return a line as JSON values."""
    return {
        "with": list(line.other),
        "on": line.on,
        "allowed": line.allowed,
        "at_most": None if line.at_most is None else rate_text(line.at_most),
        "text": cumulation_text(line, speech),
        **cited(line.cites),
    }


def _other(name: str, speech: RuleSpeech) -> str:
    if name == ANY:
        return speech.say("any other public funding")
    return (
        programme_name(speech.rulebook, name, speech.words.language) if "." in name else kind_name(name, speech.words)
    )
