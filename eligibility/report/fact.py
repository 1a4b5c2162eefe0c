"""Facts and definitions: what can be asked, and what is worked out from it."""

from fractions import Fraction

from eligibility.language.amount import NUMERIC
from eligibility.language.bands import Bands
from eligibility.language.decide import Decide
from eligibility.language.definition import Definition
from eligibility.language.fact import Fact, FactShape
from eligibility.language.in_range import unit_of
from eligibility.language.lookup import Lookup
from eligibility.report.criteria import sources_of
from eligibility.report.exact import Json, cited, writer
from eligibility.report.offer import band_texts, decide_texts
from eligibility.report.page import Card, Field, Group, Item, Page, listing, value
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import fact_type
from eligibility.report.text import WIDTH, page_text
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.words import Words

SCHEMA = "eligibility.fact/1"
LIST_SCHEMA = "eligibility.facts/1"
# A table of countries or districts is not read to its end by anyone.
_MOST_CHOICES = 40


def facts_list_text(rulebook: Rulebook, language: str, width: int = WIDTH) -> str:
    """Return the list of facts and definitions as text."""
    return page_text(facts_page(rulebook, language), width)


def facts_page(rulebook: Rulebook, language: str) -> Page:
    """Return all facts by topic, then the definitions."""
    speech = RuleSpeech(Words(language), rulebook)
    groups = []
    for topic, title in rulebook.topics.items():
        cards = tuple(_line(fact, speech) for fact in rulebook.facts.values() if fact.topic == topic)
        groups.append(Group(speech.text(title), cards))
    if rulebook.definitions:
        cards = tuple(_line(definition, speech) for definition in rulebook.definitions.values())
        groups.append(Group(speech.say("Worked out from other facts"), cards))
    lead = (speech.words.plural("{n} fact", "{n} facts", len(rulebook.facts)),)
    return Page(language, speech.say("Facts"), lead, tuple(group for group in groups if group.cards))


def _line(subject: Fact | Definition, speech: RuleSpeech) -> Card:
    label, kind = speech.label(subject.id), _kind(subject, speech)
    return Card(speech.say("{label} ({kind})", label=label, kind=kind), subject.id)


def _kind(subject: Fact | Definition, speech: RuleSpeech) -> str:
    return subject.currency or fact_type(subject.type, speech.words)


def _type(subject: Fact | Definition, speech: RuleSpeech) -> str:
    name = fact_type(subject.type, speech.words)
    return name if subject.currency is None else speech.say("{label} ({kind})", label=name, kind=subject.currency)


def fact_text(rulebook: Rulebook, name: str, language: str, width: int = WIDTH) -> str:
    """Return all about one fact or definition as text; KeyError for an unknown id."""
    return page_text(fact_page(rulebook, name, language), width)


def fact_page(rulebook: Rulebook, name: str, language: str) -> Page:
    """Return all about one fact or definition: what is asked, what can be given, who reads it."""
    speech = RuleSpeech(Words(language), rulebook)
    say = speech.say
    subject = rulebook.subject(name)
    wording = subject.wording
    lead = tuple(speech.text(text) for text in (wording.question, wording.help) if text is not None)
    used = [programme for programme in rulebook.programmes.values() if name in rulebook.reads[programme.id]]
    fields = (
        *value(say("Type"), _type(subject, speech)),
        *value(say("Unit"), "" if wording.unit is None else speech.text(wording.unit)),
        *value(say("Can be"), _bounds(subject, speech)),
        *listing(say("Choices"), _choices(subject, speech)),
        *(_definition(subject, speech) if isinstance(subject, Definition) else _instead(subject, speech)),
        *value(say("Column names"), ", ".join((name, *wording.aliases))),
        *listing(say("Read by"), tuple(Item(f"{speech.text(one.shape.name)} ({one.id})") for one in used)),
    )
    return Page(language, speech.label(name), lead, (Group("", (Card(name, "", fields),)),))


def _instead(fact: Fact, speech: RuleSpeech) -> tuple[Field, ...]:
    """Return by which definition a fact is worked out where nobody answers it."""
    by = fact.worked_out_by
    named = "" if by is None else speech.say("{label} ({kind})", label=speech.label(by), kind=by)
    return value(speech.say("Worked out, if not answered, by"), named)


def _bounds(subject: Fact | Definition, speech: RuleSpeech) -> str:
    # Without a range of its own a fact is bounded by what every engine can hold: of no interest to people.
    if not isinstance(subject.wording, FactShape) or subject.wording.range is None or not _bounded(subject):
        return ""
    return speech.interval(Interval(subject.low, subject.high), unit_of(subject))


def _bounded(subject: Fact | Definition) -> bool:
    return isinstance(subject, Fact) and subject.type in NUMERIC


def _choices(subject: Fact | Definition, speech: RuleSpeech) -> tuple[Item, ...]:
    choices = subject.choices
    items = [Item(speech.say("{what}: {value}", what=one, value=speech.choice(subject.id, one))) for one in choices]
    more = len(items) - _MOST_CHOICES
    if more > 0:
        items = [*items[:_MOST_CHOICES], Item(speech.words.plural("and {n} more", "and {n} more", more))]
    return tuple(items)


def _definition(definition: Definition, speech: RuleSpeech) -> tuple[Field, ...]:
    sources = tuple(Item(source.text, url=source.url) for source in sources_of(definition.cites, speech))
    lines = tuple(Item(line) for line in rule_texts(definition, speech))
    return (*listing(speech.say("Worked out"), lines), *listing(speech.say("Sources"), sources))


def rule_texts(definition: Definition, speech: RuleSpeech) -> list[str]:
    """Return how a definition is worked out, one line each."""
    body = definition.body
    if isinstance(body, Decide):
        return decide_texts(body, speech, definition.id)
    if isinstance(body, Bands):
        return band_texts(body, speech)
    if isinstance(body, Lookup):
        keys = speech.join([speech.label(name) for name in (body.key, body.on) if name is not None], either=False)
        return [speech.say("looked up in a reference table by: {keys}", keys=keys)]
    return [] if body is None else [body.show(speech)]


def facts_list_dict(rulebook: Rulebook, language: str) -> Json:
    """Return all facts and definitions as JSON values."""
    speech = RuleSpeech(Words(language), rulebook)
    return {
        "schema": LIST_SCHEMA,
        "facts": [_entry(fact, speech) for fact in rulebook.facts.values()],
        "definitions": [_entry(definition, speech) for definition in rulebook.definitions.values()],
    }


def fact_dict(rulebook: Rulebook, name: str, language: str) -> Json:
    """Return all about one fact or definition as JSON values; KeyError for an unknown id."""
    speech = RuleSpeech(Words(language), rulebook)
    subject = rulebook.subject(name)
    wording = subject.wording
    found: Json = {
        "schema": SCHEMA,
        **_entry(subject, speech),
        "question": None if wording.question is None else speech.text(wording.question),
        "help": None if wording.help is None else speech.text(wording.help),
        "unit": None if wording.unit is None else speech.text(wording.unit),
        "min": _bound(subject.low, subject) if _bounded(subject) else None,
        "max": _bound(subject.high, subject) if _bounded(subject) else None,
        "choices": {one: speech.choice(name, one) for one in subject.choices},
        "aliases": list(wording.aliases),
        "programmes": [one.id for one in rulebook.programmes.values() if name in rulebook.reads[one.id]],
    }
    if isinstance(subject, Definition):
        found |= {"rule": rule_texts(subject, speech), "reads": sorted(subject.facts()), **cited(subject.cites)}
    elif subject.worked_out_by is not None:
        found["worked_out_by"] = subject.worked_out_by
    return found


def _bound(number: Fraction | None, subject: Fact | Definition) -> str | None:
    return None if number is None else writer(unit_of(subject))(number)


def _entry(subject: Fact | Definition, speech: RuleSpeech) -> Json:
    return {
        "id": subject.id,
        "topic": subject.topic if isinstance(subject, Fact) else None,
        "type": subject.type,
        "currency": subject.currency,
        "form": subject.form,
        "label": speech.label(subject.id),
        "derived": isinstance(subject, Definition),
    }
