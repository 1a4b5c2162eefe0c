"""A programme as its rules state it: a leaflet for people."""

from eligibility.language.award import Award
from eligibility.language.cite import Cite
from eligibility.language.programme import Programme
from eligibility.report.criteria import criterion_text, sources_of
from eligibility.report.offer import bonus_text, limit_texts, part_text, rate_texts
from eligibility.report.page import Field, Group, Item, Page, Source, listing
from eligibility.report.relations import cumulation_text, related
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind, regime, selection, window_text
from eligibility.report.text import WIDTH, page_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words


def programme_text(rulebook: Rulebook, programme_id: str, language: str, width: int = WIDTH) -> str:
    """Return the leaflet of a programme as text; KeyError for an unknown id."""
    return page_text(programme_page(rulebook, programme_id, language), width)


def programme_page(rulebook: Rulebook, programme_id: str, language: str) -> Page:
    """Return the leaflet of a programme: what, who, how much, until when, papers, open points, sources."""
    speech = RuleSpeech(Words(language), rulebook)
    programme = rulebook.programmes[programme_id]
    say = speech.say
    lead = (programme_id, speech.text(programme.shape.summary), say("As of {day}", day=speech.day(rulebook.as_of)))
    fields = (
        *_facts(programme, speech),
        *listing(say("Who qualifies"), _criteria(programme, speech)),
        *(() if programme.award is None else _award(programme.award, speech)),
        *listing(say("Papers"), tuple(Item(speech.text(rulebook.papers[name])) for name in programme.shape.papers)),
        *listing(
            say("Combined with other funding"),
            tuple(Item(cumulation_text(line, speech)) for line in programme.cumulation),
        ),
        *listing(say("To observe"), tuple(Item(speech.text(note.text)) for note in programme.observe)),
        *listing(say("Not verified"), tuple(Item(speech.text(note.text)) for note in programme.open_points)),
        *listing(say("Sources"), _sources(programme, speech)),
    )
    return Page(
        language,
        speech.text(programme.shape.name),
        lead,
        tuple(Group(field.label, (), field.items) for field in fields),
    )


def _facts(programme: Programme, speech: RuleSpeech) -> tuple[Field, ...]:
    say, words, shape = speech.say, speech.words, programme.shape
    rulebook = speech.rulebook
    state_aid = regime(programme, words)
    window = window_text(programme, rulebook.as_of, words)
    items = [
        Item(say("{what}: {value}", what=say("What it gives"), value=kind(programme, words))),
        Item(say("{what}: {value}", what=say("How it is given"), value=selection(programme, words))),
        Item(say("{what}: {value}", what=say("Authority"), value=speech.text(shape.authority))),
        Item(
            say("{what}: {value}", what=say("Applications"), value=window), (), _brief(programme.window_cites, speech)
        ),
    ]
    if state_aid:
        items.append(Item(say("{what}: {value}", what=say("State aid"), value=state_aid)))
    for label, names in related(programme, speech, all_of_them=True):
        items.append(Item(say("{what}: {value}", what=label, value=names)))
    if shape.apply is not None:
        items.append(Item(say("{what}:", what=say("Apply at")), url=shape.apply))
    return (Field(say("At a glance"), tuple(items)),)


def _criteria(programme: Programme, speech: RuleSpeech) -> tuple[Item, ...]:
    items = []
    for criterion in programme.criteria:
        notes = (speech.say("decided by the authority"),) if criterion.condition is None else ()
        text = criterion_text(criterion, programme.award, speech)
        items.append(Item(text, notes, _brief(criterion.cites, speech)))
    return tuple(items)


def _brief(cites: tuple[Cite, ...], speech: RuleSpeech) -> tuple[Source, ...]:
    """Return citations by title and place alone: the leaflet lists the addresses once, at its end."""
    return tuple(Source(f"{cite.title}, {cite.section}" if cite.section else cite.title, "") for cite in cites)


def _award(award: Award, speech: RuleSpeech) -> tuple[Field, ...]:
    say = speech.say
    limits = limit_texts(award, speech)

    def lines(texts: list[str]) -> tuple[Item, ...]:
        return tuple(Item(text) for text in texts)

    return (
        *listing(say("Rate"), lines([] if award.rate is None else rate_texts(award.rate, speech))),
        *listing(say("Added to the rate"), lines([bonus_text(bonus, speech) for bonus in award.bonuses])),
        *listing(say("Rate at most"), lines([] if award.ceiling is None else rate_texts(award.ceiling, speech))),
        *listing(say("What is paid"), lines([part_text(part, speech) for part in award.parts])),
        *listing(say("Award at least"), lines(limits["at_least"])),
        *listing(say("Award at most"), lines(limits["at_most"])),
        *listing(say("Cut to"), lines(limits["within"])),
        *listing(say("Benefits"), tuple(Item(speech.text(text)) for text, _ in award.in_kind)),
    )


def _sources(programme: Programme, speech: RuleSpeech) -> tuple[Item, ...]:
    shown = []
    for key, source in programme.shape.sources.items():
        cite = Cite(key, source.published, source.title, source.url, source.checked)
        line = sources_of((cite,), speech)[0]
        shown.append(Item(line.text, url=line.url))
    return tuple(shown)
