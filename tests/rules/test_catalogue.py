"""The catalogue as a whole: what is in it, where its relations lead, that its sources are used and its texts right."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import TopologicalSorter
from itertools import chain

import pytest

import eligibility
from eligibility.language.programme import Programme
from eligibility.language.shape import Text
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules, read_rules

TODAY = date(2026, 11, 21)
# Systems that the project was founded to tell about, whatever became of them.
NAMED = [
    "de.digital-jetzt",
    "de.mittelstand-digital",
    "de.textil-vernetzt",
    "de.it-sicherheit",
    "de.tisim",
    "de.transferstelle-cybersicherheit",
    "de.zim",
    "de.zim-networks",
    "de.zim-feasibility",
    "de.igp",
    "de.go-cluster",
    "kr.digital-innovation-centre",
    "kr.dx-academy",
    "kr.dx-training",
    "kr.digital-caravan",
    "kr.dx-mentoring",
    "kr.dx-bridge-forum",
    "kr.dx-webinar",
    "kr.dx-facilitator",
    "kr.startup-lounge",
    "kr.digital-alliance",
    "kr.digital-innovation-rnd",
    "kr.lighthouse",
    "kr.global-small-giants",
    "kr.global-1000",
    "kr.mpe-champion",
    "kr.regional-vitality-fund",
    "kr.sme-specialists",
    "eu.upgradesme",
]
_HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules([bundled_rules()])


@pytest.fixture(scope="module")
def rulebook(rules: Rules) -> Rulebook:
    return Linker(rules).fix(TODAY)


def test_every_named_system_is_there(rulebook: Rulebook) -> None:
    assert set(NAMED) <= rulebook.programmes.keys()


def test_how_many(rulebook: Rulebook) -> None:
    assert len(rulebook.programmes) >= 100
    computed = [
        programme.id
        for programme in rulebook.programmes.values()
        if programme.award is not None and any(part.way != "up_to" for part in programme.award.parts)
    ]
    assert len(computed) >= 45


def test_relations_lead_to_an_end(rulebook: Rulebook) -> None:
    shapes = {name: programme.shape for name, programme in rulebook.programmes.items()}
    TopologicalSorter({name: shape.followed_by for name, shape in shapes.items()}).prepare()
    TopologicalSorter({name: (shape.part_of,) if shape.part_of else () for name, shape in shapes.items()}).prepare()


def test_what_followed_came_later(rulebook: Rulebook) -> None:
    """A successor that had ended before its forerunner would be none."""
    for programme in rulebook.programmes.values():
        last = [period.high for period in programme.window.periods]
        for name in programme.shape.followed_by:
            ends = [period.high for period in rulebook.programmes[name].window.periods]
            assert None in ends or not ends or None in last or max(filter(None, ends)) >= max(filter(None, last)), name


def test_every_source_is_cited_and_has_an_address(rules: Rules) -> None:
    for name, written in rules.programmes.items():
        cited = set(_cited(written.document.tree))
        for key, source in written.shape.sources.items():
            assert key in cited, f"{name}: nothing cites {key}"
            assert re.match(r"https?://[^/ ]+\.[a-z]", source.url), f"{name}: {key}"
            assert source.checked <= TODAY


def test_every_window_is_cited(rulebook: Rulebook) -> None:
    assert [programme.id for programme in rulebook.programmes.values() if not programme.window_cites] == []


def _cited(tree: object) -> Iterator[str]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if key in ("cite", "window_cite"):
                yield from _first_words(value)
            else:
                yield from _cited(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from _cited(item)


def _first_words(cite: object) -> Iterator[str]:
    if isinstance(cite, str):
        yield cite.split()[0]
    elif isinstance(cite, Mapping):
        yield from chain.from_iterable(_first_words(value) for value in cite.values())
    elif isinstance(cite, list):
        yield from chain.from_iterable(_first_words(value) for value in cite)


def test_texts_are_in_their_language(rulebook: Rulebook) -> None:
    for programme in rulebook.programmes.values():
        for text in _texts(programme):
            assert all(told.strip() for told in (text.de, text.en)), programme.id
            assert _HANGUL.search(text.ko), f"{programme.id}: {text.ko}"
            assert text.de != text.en or len(text.de.split()) < 6, f"{programme.id}: {text.de}"


def _texts(programme: Programme) -> Iterator[Text]:
    yield programme.shape.summary
    yield programme.shape.authority
    yield from (criterion.text for criterion in programme.criteria if criterion.text is not None)
    yield from (note.text for note in (*programme.observe, *programme.open_points))
    if programme.award is not None:
        yield from (text for text, _ in programme.award.in_kind)


def test_every_criterion_reads_like_a_sentence(rulebook: Rulebook) -> None:
    for programme in rulebook.programmes.values():
        for criterion in programme.criteria:
            assert criterion.text is not None, f"{programme.id}: {criterion.id}"


FIRM: dict[str, object] = {
    "site_country": "DE",
    "site_region": "14713",
    "legal_form": "limited_company",
    "group_employees": 30,
    "eu_size_class": "small",
    "public_shareholding": 0,
    "nonprofit": False,
    "in_formation": False,
    "insolvent": False,
    "in_difficulty": False,
    "digitalisation_plan": True,
    "project_started": False,
    "de_minimis_received": 0,
    "digital_investment_cost": 60000,
    "training_cost": 0,
    "it_security_project": False,
    "value_chain_project": False,
}


def test_the_same_firm_on_two_days() -> None:
    """Of the same answers something else follows in 2021 and today; what ended tells what came next."""
    then, now = (
        {
            result.id: result
            for result in eligibility.load_rulebook(as_of=day).assess(FIRM)
            if result.verdict in ("eligible", "likely")
        }
        for day in (date(2021, 3, 1), TODAY)
    )
    assert then["de.digital-jetzt"].window == "open"
    assert now["de.digital-jetzt"].window == "closed"
    assert "de.mittelstand-digital" in now["de.digital-jetzt"].programme.shape.followed_by
    applied, applies = (
        {name for name, result in found.items() if result.window in ("open", "continuous")} for found in (then, now)
    )
    assert applied - applies
    assert applies - applied
