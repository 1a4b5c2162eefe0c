"""The derivation sheet of a group: who belongs to it, what that adds up to, and what follows."""

from eligibility.group.found import GroupFound
from eligibility.report.criteria import sources_of
from eligibility.report.exact import Json
from eligibility.report.group_aid import aid_groups, aid_sources
from eligibility.report.group_aid_data import aid_data
from eligibility.report.group_class import class_groups
from eligibility.report.group_data import size_data
from eligibility.report.group_korea import decree, korean_groups
from eligibility.report.group_korea_data import korean_data
from eligibility.report.group_law import recommendation
from eligibility.report.group_size import size_groups
from eligibility.report.group_words import GroupSpeech
from eligibility.report.html import page_html
from eligibility.report.markdown import page_markdown
from eligibility.report.page import Group, Item, Page
from eligibility.report.rules_told import rules_told
from eligibility.report.speech import RuleSpeech
from eligibility.report.text import WIDTH, page_text
from eligibility.words import Words

SCHEMA = "eligibility.group/1"


def group_page(found: GroupFound, language: str) -> Page:
    """Return the sheet in `de`, `en` or `ko`."""
    words = Words(language)
    rulebook = found.assessed.rulebook
    speech = GroupSpeech(RuleSpeech(words, rulebook), found.size.sheet.structure)
    lead = (
        *rules_told(rulebook, words),
        words.say("Size with partner and linked enterprises under Recommendation 2003/361/EC, and where it comes from"),
    )
    groups = (
        *class_groups(found.size, found.assessed, speech),
        *size_groups(found.size.sheet, found.public, speech),
        *(() if found.korean is None else korean_groups(found.korean, found.owners, speech)),
        *(() if found.aid is None else aid_groups(found.aid, speech)),
        Group(words.say("Sources"), (), _sources(found, speech)),
    )
    foot = (
        words.say("The ownership is that of the day above; all periods are added up by it."),
        words.say("Whoever is not named in the files is taken to hold less than 25% and to control nothing."),
        words.say("This is a first orientation, no legal advice; the authority decides."),
    )
    return Page(
        language, words.say("Derivation sheet: {name}", name=speech.name(found.size.sheet.subject)), lead, groups, foot
    )


def group_sections(found: GroupFound, language: str) -> tuple[Group, ...]:
    """Return the sheet as sections of another report, under a title of its own."""
    page = group_page(found, language)
    return (Group(Words(language).say("The group"), (), (Item(page.title),)), *page.groups)


def group_dict(found: GroupFound, language: str) -> Json:
    """Return the sheet as JSON values (docs/group.schema.json)."""
    rulebook = found.assessed.rulebook
    speech = GroupSpeech(RuleSpeech(Words(language), rulebook), found.size.sheet.structure)
    return {
        "schema": SCHEMA,
        "as_of": rulebook.as_of.isoformat(),
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        "subject": found.size.sheet.structure.nodes.ids[found.size.sheet.subject],
        "size": size_data(found, speech),
        "korea": None if found.korean is None else korean_data(found.korean, found.owners, speech),
        "aid": None if found.aid is None else aid_data(found.aid, speech),
    }


def group_text(found: GroupFound, language: str, width: int = WIDTH) -> str:
    """Return the sheet as text for people."""
    return page_text(group_page(found, language), width)


def group_markdown(found: GroupFound, language: str) -> str:
    """Return the sheet as CommonMark with tables."""
    return page_markdown(group_page(found, language))


def group_html(found: GroupFound, language: str) -> str:
    """Return the sheet as an HTML document that prints on A4."""
    return page_html(group_page(found, language))


def _sources(found: GroupFound, speech: GroupSpeech) -> tuple[Item, ...]:
    cites = [recommendation("")]
    cites += [] if found.korean is None else [decree()]
    cites += [] if found.aid is None else aid_sources(found.aid)
    return tuple(Item(line.text, url=line.url) for line in sources_of(cites, speech.speech))
