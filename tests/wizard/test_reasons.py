"""The page on why something is asked."""

from dataclasses import replace
from fractions import Fraction

import pytest

import eligibility
from eligibility.cli.wizard.needed import cites_of_award
from eligibility.cli.wizard.reasons import reasons
from eligibility.cli.wizard.screens import Texts
from eligibility.interview.interview import Interview, Question
from eligibility.words import Words

FIRM: dict[str, object] = {"site_country": "DE", "site_region": "14713", "legal_form": "limited_company"}


def page(book: eligibility.Rulebook, fact: str, given: dict[str, object], **changes: object) -> list[str]:
    """The page on a fact as if it were asked now."""
    interview = Interview(book.linked, given).change(fact)
    question = interview.question
    assert question is not None
    plain: dict[str, object] = {"halves": None, **changes}
    return reasons(Texts(Words("en")), interview, replace(question, **plain))  # type: ignore[arg-type]


def test_what_each_answer_decides(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "nonprofit", FIRM)
    start = paragraphs.index("What the answer decides at once:")
    assert paragraphs[start + 1 : start + 4] == [
        "- yes: rules out: Digital Now – investment grants for SMEs",
        "- no: nothing yet",
        "",
    ]


def test_answers_with_the_same_effect_stand_together(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "group_employees", FIRM)
    start = paragraphs.index("What the answer decides at once:")
    assert paragraphs[start + 1 : start + 3] == [
        "- under 3 people or over 499 people: rules out: Digital Now – investment grants for SMEs",
        "- 3 to 50 people, over 50 to 250 people or over 250 to 499 people: nothing yet",
    ]


def test_of_many_idle_answers_none_is_named(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "legal_form", {"site_country": "DE"})
    start = paragraphs.index("What the answer decides at once:")
    assert paragraphs[start + 2] == "- Any other answer decides nothing alone."
    assert paragraphs[start + 1].startswith("- Association or club, Foundation, ")


def test_what_decides_nothing_alone_is_said(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "value_chain_project", {"site_country": "DE"})
    assert "- No answer decides anything alone; it counts together with others." in paragraphs


def test_an_answer_that_makes_possible(catalogue: eligibility.Rulebook) -> None:
    given: dict[str, object] = {"site_country": "DE"}
    paragraphs = page(catalogue, "cluster_management", given)
    assert any(line.startswith("- yes: makes possible: ") for line in paragraphs)


def test_halves_are_told_apart(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "group_employees", FIRM, halves=("400..499", "500..600"))
    assert "- 500 to 600 people: rules out: Digital Now – investment grants for SMEs" in paragraphs
    assert "- 400 to 499 people: nothing yet" in paragraphs


def test_the_sum_in_play(one_programme: eligibility.Rulebook) -> None:
    stake = (("EUR", Fraction(1234567)), ("KRW", Fraction(300000000)))
    paragraphs = page(one_programme, "nonprofit", FIRM, stakes=lambda why: stake)
    said = "In play: up to €1,234,567 and ₩300,000,000, the largest award of this programme."
    assert said in paragraphs
    paragraphs = page(one_programme, "nonprofit", FIRM, stakes=lambda why: stake, why=("de.digital-jetzt", "de.zim"))
    together = "In play: up to €1,234,567 and ₩300,000,000, the largest awards of these 2 programmes together."
    assert together in paragraphs


def test_criterion_source_place_day_and_link(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "nonprofit", FIRM)
    start = paragraphs.index("Digital Now – investment grants for SMEs (grant)")
    criterion, source, link = paragraphs[start + 1 : start + 4]
    assert criterion.startswith("  ")
    assert not criterion.startswith("  -")
    assert source.startswith("  - ")
    assert ", " in source
    assert "(checked on " in source
    assert link.startswith("    https://")


def test_of_an_award_the_rules_that_read_the_fact_are_cited(one_programme: eligibility.Rulebook) -> None:
    award = one_programme.linked.programmes["de.digital-jetzt"].award
    assert award is not None
    by_region = cites_of_award(one_programme.linked, award, "site_region")
    assert by_region
    assert set(by_region) == {cite for bonus in award.bonuses if "weak" in bonus.id for cite in bonus.cites}
    assert len(set(cites_of_award(one_programme.linked, award, "nace"))) > 1


def test_what_nothing_depends_on_is_said(one_programme: eligibility.Rulebook) -> None:
    paragraphs = page(one_programme, "equity", {}, why=())
    assert paragraphs[-1] == "At present no programme depends on it."


def test_each_document_stands_once_and_of_many_the_first(catalogue: eligibility.Rulebook) -> None:
    interview = Interview(catalogue.linked, {"site_country": "DE"}).change("group_employees")
    programme = "de.kmu-innovativ"
    question = Question("group_employees", catalogue.linked.subject("group_employees"), (programme,))
    paragraphs = reasons(Texts(Words("en")), interview, question)
    links = [line for line in paragraphs if line.startswith("    http")]
    assert len(links) == len(set(links)) == 3
    assert paragraphs[-1] == "  - All sources: eligibility programmes de.kmu-innovativ"


@pytest.mark.parametrize("language", ["de", "en", "ko"])
def test_every_question_has_a_page(catalogue: eligibility.Rulebook, language: str) -> None:
    texts = Texts(Words(language))
    interview = Interview(catalogue.linked, {"site_country": "KR"})
    for fact in list(catalogue.linked.facts)[::60]:
        question = interview.change(fact).question
        assert question is not None
        assert len(reasons(texts, interview, replace(question, why=question.why[:2]))) > 2
