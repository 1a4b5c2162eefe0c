"""All programmes of a rulebook, by country, with the state of their windows."""

from eligibility.language.programme import Programme
from eligibility.report.exact import Json
from eligibility.report.page import Card, Group, Page, value
from eligibility.report.programme_data import entry
from eligibility.report.relations import related
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import kind, window_text
from eligibility.report.text import WIDTH, page_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words

SCHEMA = "eligibility.programmes/1"
# What one can apply for comes first.
_ORDER = {"continuous": 0, "open": 0, "upcoming": 1, "closed": 2}


def programmes_list_text(rulebook: Rulebook, language: str, width: int = WIDTH) -> str:
    """Return the list of programmes as text."""
    return page_text(programmes_page(rulebook, language), width)


def programmes_page(rulebook: Rulebook, language: str) -> Page:
    """Return the list of programmes, one group for each country, those that take applications first."""
    words = Words(language)
    speech = RuleSpeech(words, rulebook)
    countries: dict[str, list[Card]] = {}
    for programme in sorted(rulebook.programmes.values(), key=lambda one: _ORDER[one.window.status(rulebook.as_of)]):
        countries.setdefault(_country(programme), []).append(_card(programme, speech))
    groups = tuple(Group(words.country(code), tuple(countries[code])) for code in sorted(countries))
    lead = (
        words.say("As of {day}", day=words.day(rulebook.as_of)),
        words.plural("{n} programme", "{n} programmes", len(rulebook.programmes)),
    )
    return Page(language, words.say("Funding programmes"), lead, groups)


def programmes_list_dict(rulebook: Rulebook, language: str) -> Json:
    """Return the list of programmes as JSON values."""
    speech = RuleSpeech(Words(language), rulebook)
    programmes = [{"country": _country(one), **entry(one, speech)} for one in rulebook.programmes.values()]
    return {"schema": SCHEMA, "as_of": rulebook.as_of.isoformat(), "programmes": programmes}


def _country(programme: Programme) -> str:
    return programme.id.partition(".")[0]


def _card(programme: Programme, speech: RuleSpeech) -> Card:
    say = speech.say
    fields = (
        *value(say("What it gives"), kind(programme, speech.words)),
        *value(say("Applications"), window_text(programme, speech.rulebook.as_of, speech.words)),
        *(field for label, names in related(programme, speech) for field in value(label, names)),
        *value(say("Last checked"), speech.day(programme.checked)),
    )
    return Card(speech.text(programme.shape.name), programme.id, fields)
