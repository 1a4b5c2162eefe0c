"""With many programmes the report tells in one line what is for other places, or closed and not certain."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from eligibility.engine.assess import assess
from eligibility.report.text import text_report
from eligibility.rulebook.link import load
from tests.report.firms import FIRMS

SMALL = Path(__file__).parent / "rules"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small rulebook with a second copy of each programme."""
    rules = tmp_path_factory.mktemp("many") / "rules"
    shutil.copytree(SMALL, rules)
    for path in list((rules / "programmes").iterdir()):
        text = path.read_text(encoding="utf-8")
        name = text.splitlines()[0].removeprefix("id: ")
        copy = path.with_name(f"z-{path.name}")
        copy.write_text(text.replace(f"id: {name}", f"id: {name}-copy", 1), encoding="utf-8")
    return rules


def groups(rules: Path, firm: str, on: date) -> dict[str, list[str]]:
    """Return the lines of the report on a firm by heading."""
    lines = text_report(assess(load([rules], on), FIRMS[firm]), "en", 100).splitlines()
    found: dict[str, list[str]] = {}
    heading = ""
    for line, under in zip(lines, [*lines[1:], ""], strict=True):
        if under and set(under) == {"-"}:
            heading = line
        elif set(line) != {"-"}:
            found.setdefault(heading, []).append(line)
    return found


def test_programmes_for_other_places_are_one_line_each(many: Path) -> None:
    found = groups(many, "german", date(2021, 3, 1))
    assert found["Only for other places"] == [
        "- Young firms (Korea) (kr.young)",
        "- Young firms (Korea) (kr.young-copy)",
        "",
    ]
    assert "Not eligible" not in found


def test_a_few_programmes_are_all_told_in_full() -> None:
    found = groups(SMALL, "german", date(2021, 3, 1))
    assert "Only for other places" not in found
    assert "    Your answer – Country: Germany" in found["Not eligible"]


def test_what_is_closed_and_not_certain_is_told_with_its_successor(many: Path) -> None:
    closed = groups(many, "large", date(2022, 3, 1))["Closed to applications, not looked into further"]
    assert closed[:3] == [
        "- Grants for machines (de.machines)",
        "  closed; the last day was 31 December 2021",
        "  Followed by: Machines II (de.machines-two)",
    ]


def test_what_one_would_qualify_for_is_closed_without_papers(many: Path) -> None:
    would = groups(many, "german", date(2022, 3, 1))["You would qualify, but applications are not open"]
    assert "  Applications: closed; the last day was 31 December 2021" in would
    assert "  Followed by: Machines II (de.machines-two)" in would
    assert "  Papers:" not in would


def test_what_opens_later_keeps_its_papers(many: Path) -> None:
    would = groups(many, "german", date(2020, 12, 1))["You would qualify, but applications are not open"]
    assert "  Papers:" in would


def test_what_no_answer_decides_is_named(tmp_path: Path) -> None:
    for kind, name, text in (
        ("facts", "all.yaml", "topic: t\ntitle: T\nfacts:\n  staff: {type: number, label: Staff, question: Staff?}\n"),
        (
            "definitions",
            "open.yaml",
            "sources: {act: {title: Act, url: 'https://example.org', checked: 2026-11-21}}\n"
            "definitions:\n  open: {type: truth, label: Open, cite: act, decide: [{value: unknown}]}\n",
        ),
        (
            "programmes",
            "open.yaml",
            "id: de.open\nname: Open\nsummary: S\nauthority: A\nkind: service\nselection: open_offer\n"
            "window: continuous\n"
            "sources: {act: {title: Act, url: 'https://example.org', checked: 2026-11-21}}\n"
            "requires: {question: {when: {open: yes}, text: The law is clear., cite: act 1}}\n"
            "cases: [{name: any, expect: {verdict: undetermined}}]\n",
        ),
    ):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).write_text(text, encoding="utf-8")
    report = text_report(assess(load([tmp_path], date(2026, 11, 21)), {"staff": 3}), "en", 100)
    assert "  Left open by the rules:\n  - The law is clear.\n" in report
    assert "Answers that are missing" not in report
