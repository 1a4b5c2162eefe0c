"""The questions of the interview are counted: on complete profiles, against a floor, and against the best order."""

import json
import random
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks import questions
from benchmarks.clairvoyant import Clairvoyant, Floor
from benchmarks.optimum import Situations, drawn_priors, small_situations
from benchmarks.profiles import LAENDER, NEAR, WHOLE, Sampler
from benchmarks.questions import AS_OF, ORDERS, Counted, count, percentile, time_questions
from benchmarks.rulebooks import CITE, SOURCES
from eligibility.api import read_priors
from eligibility.engine.assess import assess_profile
from eligibility.engine.priors import Priors
from eligibility.engine.profile import read_profile
from eligibility.interview.interview import Interview
from eligibility.interview.plan import Plan
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

LIKELY, UNLIKELY = "a_likely", "b_unlikely"
PRIORS = Priors(
    {
        (LIKELY, ""): ((True, Fraction(9, 10)), (False, Fraction(1, 10))),
        (UNLIKELY, ""): ((True, Fraction(1, 10)), (False, Fraction(9, 10))),
    }
)


def written(folder: Path, topics: Mapping[str, str], requires: list[Mapping[str, object]]) -> Rulebook:
    """A rulebook of truths by topic, with a programme for each condition."""
    files: dict[str, object] = {}
    for topic in topics.values():
        facts = {
            name: {"type": "truth", "label": name, "question": f"{name}?"} for name in topics if topics[name] == topic
        }
        files[f"facts/{topic}.yaml"] = {"topic": topic, "title": topic, "facts": facts}
    for number, when in enumerate(requires):
        files[f"programmes/de.p{number}.yaml"] = {
            "id": f"de.p{number}",
            **dict.fromkeys(("name", "summary", "authority"), "p"),
            "kind": "grant",
            "selection": "entitlement",
            "window": "continuous" if number == 0 else "2020-01-01..2020-12-31",
            "sources": SOURCES,
            "requires": {"c": {"when": when, "cite": CITE}},
            "cases": [{"name": "nothing known", "expect": {}}],
        }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return load([folder], AS_OF)


@pytest.fixture
def two(tmp_path: Path) -> Rulebook:
    return written(tmp_path, {LIKELY: "one", UNLIKELY: "two"}, [{"all": [{LIKELY: True}, {UNLIKELY: True}]}])


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    bundled = load([bundled_rules()], AS_OF, ["de.bafa-beratung", "de.grw", "kr.venture"])
    return Sampler(bundled, read_priors(bundled))


def test_profiles_are_complete_and_can_be_read(sampler: Sampler) -> None:
    profiles = list(sampler.profiles(30))
    assert profiles == list(sampler.profiles(40))[:30]
    for answers in profiles:
        assert set(sampler.rulebook.facts) <= set(answers)
        profile = read_profile(sampler.rulebook, answers)
        assert all(result.is_settled for result in assess_profile(sampler.rulebook, profile).programmes)
        assert not any(isinstance(answer, float) for answer in answers.values())


def test_what_plainly_goes_together_does(sampler: Sampler) -> None:
    profiles = [sampler.profile(random.Random(number)) for number in range(100)]
    at_home = []
    for answers in profiles:
        assert all(answers[whole] >= answers[part] for whole, part in WHOLE.items())
        for other, figure in NEAR.items():
            assert abs(answers[other]) <= abs(answers[figure]) * 1.26 + 1
            assert abs(answers[other]) >= abs(answers[figure]) * 0.79 - 1
        if answers["site_country"] in ("DE", "KR"):
            assert answers["site_region"].startswith("KR-") == (answers["site_country"] == "KR")
        if answers["site_country"] == "DE":
            at_home.append(answers["seat_land"] == LAENDER[answers["site_region"][:2]])
        else:
            assert answers["taxed_in_germany"] is False
    assert 0.85 < sum(at_home) / len(at_home) < 1


def test_what_no_row_names_is_drawn_too_but_no_region_of_another_country(sampler: Sampler) -> None:
    nothing = Sampler(
        sampler.rulebook, Priors({("site_country", ""): (("DE", Fraction(1, 2)), ("KR", Fraction(1, 2)))})
    )
    for answers in nothing.profiles(10):
        assert answers["site_region"].startswith("KR-") == (answers["site_country"] == "KR")
        read_profile(nothing.rulebook, answers)


def test_questions_are_counted_until_nothing_can_change(two: Rulebook) -> None:
    profiles = [{LIKELY: True, UNLIKELY: False}, {LIKELY: False, UNLIKELY: True}, {LIKELY: True, UNLIKELY: True}]
    counted = count(two, PRIORS, profiles, only_open=False, few=2)
    assert counted.asked == {
        "ours": [2, 1, 2],
        "ours without topics": [1, 2, 2],
        "order of the files": [2, 1, 2],
        "by occurrence": [2, 1, 2],
        "knowing all answers": [1, 1],
        "no order can ask less": [1, 1],
        "Kleene logic, order of the files": [2, 1],
    }
    assert counted.wrong == []


def test_closed_programmes_count_only_in_the_whole_catalogue(tmp_path: Path) -> None:
    topics = {LIKELY: "one", UNLIKELY: "two"}
    rulebook = written(tmp_path, topics, [{LIKELY: True}, {UNLIKELY: True}])
    profiles = [{LIKELY: True, UNLIKELY: False}]
    for only_open, questions_asked in ((True, [1]), (False, [2])):
        counted = count(rulebook, PRIORS, profiles, only_open=only_open, few=1)
        assert counted.asked == dict.fromkeys(counted.asked, questions_asked)


def test_the_floor_needs_no_fact_that_could_be_spared(two: Rulebook) -> None:
    plan = Plan(two, PRIORS)
    for truths, floor in (((False, False), Floor(1, 1)), ((True, False), Floor(1, 1)), ((True, True), Floor(2, 2))):
        full = dict(zip((LIKELY, UNLIKELY), truths, strict=True))
        assert Clairvoyant(plan, ["de.p0"], full, full).floor() == floor


def test_the_optimum_asks_first_what_rules_out(two: Rulebook) -> None:
    situation = Situations(two, PRIORS).after({})
    assert situation is not None
    # The unlikely fact first: in nine cases of ten that is all.
    assert situation.least() == pytest.approx(1.1)
    assert situation.expected(ORDERS["ours without topics"]) == pytest.approx(1.1)
    assert situation.expected(ORDERS["order of the files"]) == pytest.approx(1.9)


def test_no_order_beats_the_optimum(tmp_path: Path) -> None:
    for situation in small_situations(tmp_path, AS_OF, 4, 100):
        least = situation.least()
        assert all(situation.expected(order) >= least - 1e-9 for order in ORDERS.values())


def test_shares_that_are_drawn_add_up(tmp_path: Path) -> None:
    (situation,) = small_situations(tmp_path, AS_OF, 1, 7)
    listed = drawn_priors(situation.plan.rulebook, random.Random(7)).listed
    assert all(sum(share for _, share in rows) == 1 for rows in listed.values())
    assert all(sum(cell.chance for cell in cells) == pytest.approx(1) for cells in situation.cells.values())


def test_a_wrong_end_is_told_with_its_profile(two: Rulebook, capsys: pytest.CaptureFixture[str]) -> None:
    right = assess_profile(two, read_profile(two, {LIKELY: True, UNLIKELY: True}))
    ours = assess_profile(two, read_profile(two, {LIKELY: False}))
    (case,) = questions.differing(ours, right, ["de.p0"])
    assert case == "de.p0: ('not_eligible',) and not ('eligible',)"
    Counted({"ours": [2, 4], "other": [4, 8]}, [f"profile 0: {case}"]).tell("tiny")
    assert capsys.readouterr().out.splitlines() == [
        "tiny",
        "  ours: 3.00 questions, 95 % have at most 4",
        "  other: 6.00 questions, 95 % have at most 8, ours / this = 0.500",
        "  verdicts and awards that differ from those with all facts: 1",
        f"    profile 0: {case}",
    ]


def test_each_question_is_timed(two: Rulebook, capsys: pytest.CaptureFixture[str]) -> None:
    pace = time_questions(lambda: Interview(two, priors=PRIORS), [{LIKELY: True, UNLIKELY: True}] * 3)
    assert len(pace.first) == 3
    assert [step for _, step in pace.later] == [f"after {LIKELY} (no. 1)", f"after {UNLIKELY} (no. 2)"] * 3
    pace.tell("two")
    first, following, slowest = capsys.readouterr().out.splitlines()
    assert first.startswith("two, first question: mean ")
    assert following.startswith("two, next question: mean ")
    assert slowest.count("after ") == 5


def test_percentiles_stand_on_the_list() -> None:
    assert [percentile(range(100), 95), percentile([7], 95), percentile([3, 1, 2], 0)] == [95, 7, 1]


def test_the_day_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        questions.main(["--as-of", "tomorrow"])
    assert "invalid fromisoformat value: 'tomorrow'" in capsys.readouterr().err
    assert date(2026, 11, 22) == AS_OF
