"""Rule directories that are right, and what loading them promises: the digest, the dates, the limits."""

import shutil
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from eligibility.engine.cases import run_cases
from eligibility.language.amount import Constant
from eligibility.language.in_range import InRange
from eligibility.language.lookup import Lookup
from eligibility.language.shape import Text
from eligibility.rulebook.check import check_rules
from eligibility.rulebook.decoding import LARGEST_FILE
from eligibility.rulebook.files import LARGEST_TABLE, bundled_rules, list_files
from eligibility.rulebook.link import load
from eligibility.rulebook.read_yaml import DEEPEST, MOST_VALUES, read_document
from eligibility.rulebook.rules import read_rules
from eligibility.rulebook.tree import Entries, Leaf, Listing, Node
from eligibility.values.ranges import Range

GOOD = Path(__file__).parent / "good"
EVERY, OWN, PLAIN = (GOOD / name for name in ("every_construct", "one_programme", "plain_texts"))
AS_OF = date(2021, 3, 1)


@pytest.mark.parametrize("directories", [(EVERY,), (EVERY, OWN), (PLAIN,), (bundled_rules(),)])
def test_loads_without_a_problem_on_every_day(directories: tuple[Path, ...]) -> None:
    assert [str(problem) for problem in check_rules(read_rules(directories))] == []


@pytest.mark.parametrize("directories", [(EVERY, OWN), (PLAIN,)])
def test_its_own_cases_hold(directories: tuple[Path, ...]) -> None:
    run = run_cases(read_rules(directories))
    assert run.cases > 0
    # These are about constructs; their thresholds need no cases.
    assert [str(problem) for problem in run.problems if problem.code != "untouched"] == []


def test_everything_written_is_linked() -> None:
    rules = read_rules([EVERY, OWN])
    rulebook = load([EVERY, OWN], AS_OF)
    assert set(rulebook.facts) == set(rules.facts)
    assert set(rulebook.definitions) == set(rules.definitions)
    assert set(rulebook.programmes) == {"de.by.every-construct", "de.next", "de.own-grant"}
    programme = rulebook.programmes["de.by.every-construct"]
    assert [criterion.id for criterion in programme.criteria] == list(programme.shape.requires)
    assert programme.award is not None
    assert [part.id for part in programme.award.parts] == ["investment", "advice", "fee", "project"]


def test_facts_come_in_the_order_of_their_topics() -> None:
    rulebook = load([EVERY], AS_OF)
    assert list(rulebook.topics) == ["firm", "money"]
    assert next(iter(rulebook.facts)) == "nonprofit"
    assert list(rulebook.facts)[-1] == "public_share"


def test_only_the_named_programmes_are_kept() -> None:
    assert list(load([EVERY, OWN], AS_OF, ["de.next"]).programmes) == ["de.next"]


def test_plain_texts_serve_every_language() -> None:
    rulebook = load([PLAIN], AS_OF)
    assert rulebook.programmes["no.plain"].shape.name == Text(de="Plain", en="Plain", ko="Plain")
    assert rulebook.facts["country"].choices == ("NO", "on", "null", "010")


def copied(directory: Path, target: Path, change: Callable[[bytes], bytes]) -> Path:
    for path in directory.rglob("*.*"):
        place = target / path.relative_to(directory)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(change(path.read_bytes()))
    return target


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    ],
    ids=["CRLF", "BOM", "both"],
)
def test_line_ends_and_byte_order_marks_mean_nothing(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    plain, changed = load([EVERY], AS_OF), load([copied(EVERY, tmp_path, change)], AS_OF)
    assert changed.facts == plain.facts
    assert changed.definitions == plain.definitions
    assert changed.tables == plain.tables
    assert changed.programmes == plain.programmes
    assert changed.digest != plain.digest


def test_the_digest_does_not_depend_on_the_place(tmp_path: Path) -> None:
    here = read_rules([EVERY, OWN]).digest
    assert here.startswith("sha256:")
    assert len(here) == len("sha256:") + 64
    for name in ("every_construct", "another name"):
        shutil.copytree(EVERY, tmp_path / name)
        assert read_rules([tmp_path / name, OWN]).digest == here
        assert read_rules([OWN, tmp_path / name]).digest == here


def test_the_digest_changes_with_any_byte_and_any_name(tmp_path: Path) -> None:
    seen = {read_rules([EVERY]).digest}
    for file in list_files(EVERY):
        target = tmp_path / "rules"
        shutil.copytree(EVERY, target)
        # The last line of every file here ends in a line end; one more means nothing to the rules.
        (target / file.inner).write_bytes(file.data + b"\n")
        seen.add(read_rules([target]).digest)
        (target / file.inner).rename((target / file.inner).with_stem("renamed"))
        seen.add(read_rules([target]).digest)
        shutil.rmtree(target)
    assert len(seen) == 1 + 2 * len(list_files(EVERY))


@pytest.mark.parametrize(
    ("as_of", "criteria", "headcount", "cap", "rows"),
    [
        # Before the first window its first day counts, between windows the last day before.
        (date(2020, 1, 1), {"early"}, 499, 100_000, ["09", "09162"]),
        (date(2021, 1, 15), {"early"}, 499, 100_000, ["09", "09162"]),
        (date(2021, 12, 31), {"early"}, 499, 100_000, ["09", "09162"]),
        (date(2022, 1, 1), set(), 749, 50_000, ["09"]),
        (date(2025, 1, 1), set(), 749, 50_000, ["09"]),
    ],
)
def test_the_values_in_force_are_those_of_the_day(
    as_of: date, criteria: set[str], headcount: int, cap: int, rows: list[str]
) -> None:
    rulebook = load([EVERY], as_of)
    programme = rulebook.programmes["de.by.every-construct"]
    found = {criterion.id: criterion for criterion in programme.criteria}
    assert {"early"} & set(found) == criteria
    assert found["headcount"].condition == InRange("employees", (Range(Fraction(3), Fraction(headcount)),), "number")
    assert programme.award is not None
    assert programme.award.at_most[0].amount == Constant(Fraction(cap), "EUR")
    lookup = rulebook.definitions["weak_area"].body
    assert isinstance(lookup, Lookup)
    assert [sorted(period.rows.values) for period in lookup.periods] == [rows]


def deepest(node: Node) -> int:
    if isinstance(node, Leaf):
        return 1
    inner = node.items.values() if isinstance(node, Entries) else node.items
    return 1 + max((deepest(part) for part in inner), default=0)


def values(node: Node) -> int:
    if isinstance(node, Leaf):
        return 1
    if isinstance(node, Listing):
        return 1 + sum(values(part) for part in node.items)
    return 1 + sum(1 + values(part) for part in node.items.values())


def test_the_bundled_rules_stay_well_under_the_limits() -> None:
    for file in list_files(bundled_rules()):
        if file.name.endswith(".csv"):
            assert len(file.data) < LARGEST_TABLE / 4, file.name
            continue
        root = read_document(file.name, file.data).root
        assert len(file.data) < LARGEST_FILE / 4, file.name
        assert deepest(root) < DEEPEST / 2, file.name
        assert values(root) < MOST_VALUES / 4, file.name
