"""A programme as its rules state it, as data."""

from collections.abc import Sequence

from eligibility.language.award import Award
from eligibility.language.cite import Cite
from eligibility.language.linking import MINIMUM_AWARD
from eligibility.language.programme import Programme
from eligibility.report.criteria import criterion_text, minimum_text
from eligibility.report.data import papers
from eligibility.report.exact import Json, cited, day_text, rate_text
from eligibility.report.offer import bonus_text, limit_texts, part_text, points_of, rate_texts
from eligibility.report.relations import cumulation_data, follows, parts
from eligibility.report.speech import RuleSpeech
from eligibility.report.terms import current_period
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words

SCHEMA = "eligibility.programme/1"


def programme_dict(rulebook: Rulebook, programme_id: str, language: str) -> Json:
    """Return a programme in full as JSON values; KeyError for an unknown id."""
    speech = RuleSpeech(Words(language), rulebook)
    programme = rulebook.programmes[programme_id]
    shape = programme.shape
    return {
        "schema": SCHEMA,
        "as_of": rulebook.as_of.isoformat(),
        **entry(programme, speech),
        "summary": speech.text(shape.summary),
        "authority": speech.text(shape.authority),
        "regime": shape.regime,
        "periods": [{"opens": day_text(one.low), "closes": day_text(one.high)} for one in programme.window.periods],
        "window_cited": cited(programme.window_cites),
        "apply": shape.apply,
        "follows": follows(programme, rulebook),
        "parts": parts(programme, rulebook),
        "criteria": _criteria_data(programme, speech),
        "award": None if programme.award is None else _award_data(programme.award, speech),
        "cumulation": [cumulation_data(line, speech) for line in programme.cumulation],
        "observe": [{"text": speech.text(note.text), **cited(note.cites)} for note in programme.observe],
        "papers": papers(rulebook, shape.papers, speech),
        "sources": {
            key: {"title": one.title, "published": one.published, "url": one.url, "checked": one.checked.isoformat()}
            for key, one in shape.sources.items()
        },
    }


def entry(programme: Programme, speech: RuleSpeech) -> Json:
    """Return what the list of programmes tells of each."""
    period = current_period(programme, speech.rulebook.as_of)
    return {
        "id": programme.id,
        "name": speech.text(programme.shape.name),
        "kind": programme.shape.kind,
        "selection": programme.shape.selection,
        "window": programme.window.status(speech.rulebook.as_of),
        "opens": day_text(period.low),
        "closes": day_text(period.high),
        "followed_by": list(programme.shape.followed_by),
        "part_of": programme.shape.part_of,
        "checked": day_text(programme.checked),
        "open_points": [{"text": speech.text(note.text), **cited(note.cites)} for note in programme.open_points],
    }


def _criteria_data(programme: Programme, speech: RuleSpeech) -> list[Json]:
    found: list[Json] = [
        {
            "id": criterion.id,
            "manual": criterion.condition is None,
            "text": criterion_text(criterion, programme.award, speech),
            "facts": sorted(() if criterion.condition is None else criterion.condition.facts()),
            **cited(criterion.cites),
        }
        for criterion in programme.criteria
    ]
    award = programme.award
    if award is not None and award.at_least:
        first = award.at_least[0]
        text = minimum_text(award, speech) if first.text is None else speech.text(first.text)
        facts = sorted(award.facts())
        found.append({"id": MINIMUM_AWARD, "manual": False, "text": text, "facts": facts, **cited(first.cites)})
    return found


def _award_data(award: Award, speech: RuleSpeech) -> Json:
    def rate(found: list[str], cites: tuple[Cite, ...]) -> Json:
        return {"text": found, **cited(cites)}

    limits = limit_texts(award, speech)
    return {
        "currency": award.currency,
        "rate": None if award.rate is None else rate(rate_texts(award.rate, speech), award.rate.cites),
        "bonuses": [
            {
                "id": bonus.id,
                "points": rate_text(points_of(bonus)),
                "text": bonus_text(bonus, speech),
                **cited(bonus.cites),
            }
            for bonus in award.bonuses
        ],
        "rate_at_most": None if award.ceiling is None else rate(rate_texts(award.ceiling, speech), award.ceiling.cites),
        "pays": [
            {"id": part.id, "way": part.way, "text": part_text(part, speech), **cited(part.cites)}
            for part in award.parts
        ],
        "at_least": _limits(limits["at_least"], [limit.cites for limit in award.at_least]),
        "at_most": _limits(limits["at_most"], [limit.cites for limit in award.at_most]),
        "within": _limits(limits["within"], [] if award.within is None else [award.within.cites]),
        "in_kind": [{"text": speech.text(text), **cited(cites)} for text, cites in award.in_kind],
    }


def _limits(texts: Sequence[str], cites: Sequence[tuple[Cite, ...]]) -> list[Json]:
    return [{"text": text, **cited(cite)} for text, cite in zip(texts, cites, strict=True)]
