"""The derivation sheet: whole sheets against files that people read, its data against its schema, its words."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from eligibility.group.found import GroupFound
from eligibility.group.sheet import Entry, Note, Relation, Step, Through
from eligibility.group.structure import Kind, Period
from eligibility.report.group_law import article
from eligibility.report.group_page import (
    group_dict,
    group_html,
    group_markdown,
    group_page,
    group_text,
)
from eligibility.report.group_size import counted, looked_at, periods
from eligibility.report.group_words import GroupSpeech
from eligibility.report.speech import RuleSpeech
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from eligibility.words import Words
from tests.report import groups
from tests.report.pages import body
from tests.report.test_data import closed, written
from tests.report.test_hostile import CONTROL, NAMES, PARSER, Tags

Golden = Callable[[str, str], None]
LANGUAGES = ("de", "en", "ko")
FOUND: dict[str, Callable[[], GroupFound]] = {
    "group": groups.found,
    "alone": groups.found_alone,
    "korean": groups.found_korean,
    "aid": groups.found_aid,
}
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/group.schema.json").read_text(encoding="utf-8"))
CLOSED = Draft202012Validator(closed(SCHEMA))


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text(golden: Golden, language: str, width: int) -> None:
    texts = [group_text(make(), language, width) for make in FOUND.values()]
    golden(f"sheets.{language}.{width}.txt", "\n\n".join(texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown(golden: Golden, language: str) -> None:
    golden(f"sheet.{language}.md", group_markdown(groups.found_aid(), language))


def test_html(golden: Golden) -> None:
    golden("sheet.de.html", body(group_html(groups.found_aid(), "de")))


def test_data(golden: Golden) -> None:
    found = [group_dict(make(), "en") for make in FOUND.values()]
    golden("sheets.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOUND)
def test_schema(name: str, language: str) -> None:
    CLOSED.validate(written(group_dict(FOUND[name](), language)))


@pytest.mark.parametrize(
    ("key", "value"), [("schema", "eligibility.group/2"), ("subject", None), ("korea", 1), ("new", 1), ("size", {})]
)
def test_schema_refuses(key: str, value: object) -> None:
    with pytest.raises(ValidationError):
        CLOSED.validate(written(group_dict(groups.found(), "en")) | {key: value})


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_in_text(name: str) -> None:
    for width in (40, 80, 120):
        assert CONTROL.findall(group_text(groups.found_aid(name), "en", width)) == []


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_in_html(name: str) -> None:
    found, plain = (Tags(group_html(groups.found_aid(one), "ko")) for one in (name, "plain"))
    assert (found.tags, found.targets) == (plain.tags, plain.targets)
    assert CONTROL.findall(found.text) == []
    if name.isprintable():
        assert name in found.text


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_in_markdown(name: str) -> None:
    def blocks(name: str) -> list[str]:
        tokens = PARSER.parse(group_markdown(groups.found_aid(name), "en"))
        inner = [child.type for token in tokens for child in token.children or () if child.type != "softbreak"]
        return [token.type for token in tokens] + [kind for kind in inner if kind != "text"]

    assert blocks(name) == blocks("plain")
    assert "table_open" in blocks("plain")


def test_what_adds_nothing_is_told_apart() -> None:
    sheet = groups.sheet()
    names = sheet.structure.nodes.ids
    assert [names[entry.node] for entry in looked_at(sheet)] == ["shop", "uni", "town", "anna"]
    assert [names[entry.node] for entry in counted(sheet)][:2] == ["weber", "holding"]
    assert periods(sheet) == (Period.LATEST, Period.PREVIOUS)
    assert periods(groups.alone()) == (Period.LATEST,)


def speech(language: str = "en") -> GroupSpeech:
    return GroupSpeech(RuleSpeech(Words(language), groups.rulebook()), groups.structure())


def steps(*written: tuple[str, str, Through]) -> tuple[Step, ...]:
    made = groups.structure()
    share = Interval.point(Fraction("50.01"))
    return tuple(Step(made.node(holder), made.node(held), through, share) for holder, held, through in written)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ""),
        ((("holding", "weber", Through.VOTES),), "Weber Holding GmbH & Co. KG > 50.01% of the votes > {firm}"),
        ((("weber", "shop", Through.HOLDING),), "{firm} > 50.01% of capital or votes > Laserteile UG"),
        (
            (("holding", "weber", Through.VOTES), ("blech", "holding", Through.JOINTLY)),
            "Blech & Form AG > 50.01% of the votes, together with others > Weber Holding GmbH & Co. KG"
            " > 50.01% of the votes > {firm}",
        ),
        (
            (("holding", "weber", Through.VOTES), ("holding", "tools", Through.AGREEMENT)),
            "{firm} < 50.01% of the votes < Weber Holding GmbH & Co. KG"
            " > majority of the votes by agreement (50.01% of its own) > Weber Werkzeuge GmbH",
        ),
        (
            (("holding", "weber", Through.MAJORITY), ("blech", "shop", Through.DOMINANT)),
            "{firm} < majority of the votes (50.01%) < Weber Holding GmbH & Co. KG …"
            " Blech & Form AG > dominant influence (50.01% of the votes) > Laserteile UG",
        ),
    ],
)
def test_path(path: tuple[tuple[str, str, Through], ...], shown: str) -> None:
    start = groups.structure().node("weber")
    assert speech().path(start, steps(*path)) == shown.format(firm="Weber Präzision GmbH")


@pytest.mark.parametrize(
    ("relation", "through", "kind", "place"),
    [
        (Relation.OWN, (), Kind.ENTERPRISE, "Art. 6(1)"),
        (Relation.LINKED, (), Kind.ENTERPRISE, "Art. 3(3)"),
        (Relation.LINKED, (Through.VOTES,), Kind.ENTERPRISE, "Art. 3(3)(a)"),
        (Relation.LINKED, (Through.MAJORITY,), Kind.ENTERPRISE, "Art. 3(3)(a)"),
        (Relation.LINKED, (Through.APPOINTS,), Kind.ENTERPRISE, "Art. 3(3)(b)"),
        (Relation.LINKED, (Through.DOMINANT,), Kind.ENTERPRISE, "Art. 3(3)(c)"),
        (Relation.LINKED, (Through.AGREEMENT,), Kind.ENTERPRISE, "Art. 3(3)(d)"),
        (Relation.LINKED, (Through.JOINTLY,), Kind.ENTERPRISE, "Art. 3(3), subpara. 3"),
        (Relation.LINKED, (Through.VOTES, Through.VOTES), Kind.ENTERPRISE, "Art. 3(3), subpara. 3"),
        (Relation.LINKED, (Through.PERSONS, Through.PERSONS), Kind.ENTERPRISE, "Art. 3(3), subpara. 4"),
        (Relation.PARTNER, (Through.HOLDING,), Kind.ENTERPRISE, "Art. 3(2), 6(2)"),
        (Relation.LINKED_TO_PARTNER, (), Kind.ENTERPRISE, "Art. 6(3)"),
        (Relation.EXCEPTED, (), Kind.VENTURE_CAPITAL, "Art. 3(2)(a)"),
        (Relation.EXCEPTED, (), Kind.RESEARCH, "Art. 3(2)(b)"),
        (Relation.EXCEPTED, (), Kind.INSTITUTIONAL, "Art. 3(2)(c)"),
        (Relation.EXCEPTED, (), Kind.LOCAL_AUTHORITY, "Art. 3(2)(d)"),
        (Relation.PUBLIC, (), Kind.PUBLIC_BODY, "Art. 3(4)"),
        (Relation.KR_CHILD, (), Kind.ENTERPRISE, ""),
    ],
)
def test_article(relation: Relation, through: tuple[Through, ...], kind: Kind, place: str) -> None:
    path = tuple(Step(0, 1, one) for one in through)
    assert article(Entry(0, relation, Truth.YES, Interval.point(0), {}, path), kind) == place


@pytest.mark.parametrize(
    ("named", "public", "told"),
    [
        (0, "0", ()),
        (
            0,
            "12.5",
            (
                "less than 25%: no obstacle",
                "for 12.5% of the firm no holder is named, and public bodies may be among them",
            ),
        ),
        ("24.99", "24.99", ("less than 25%: no obstacle",)),
        (25, "25", ("25% or more: not an SME, whatever its figures",)),
        (
            10,
            "10..30",
            (
                "from 25% on the firm is not an SME; that is not settled",
                "for 20% of the firm no holder is named, and public bodies may be among them",
            ),
        ),
        (
            0,
            None,
            (
                "from 25% on the firm is not an SME; that is not settled",
                "for 100% of the firm no holder is named, and public bodies may be among them",
            ),
        ),
    ],
)
def test_public_share(named: object, public: str | None, told: tuple[str, ...]) -> None:
    found = groups.found_alone()
    sheet = replace(found.size.sheet, public=groups.percent(named))
    assessed = groups.assessed(**{} if public is None else {"public_shareholding": public})
    page = group_page(replace(found, size=replace(found.size, sheet=sheet), assessed=assessed), "en")
    items = [item for group in page.groups for item in group.items if "Controlled by public bodies" in item.text]
    assert tuple(note for item in items for note in item.notes) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_step_and_note_has_words(language: str) -> None:
    say = speech(language)
    for relation in Relation:
        assert say.relation(Entry(0, relation, Truth.YES, Interval.point(0), {}))
    for through in Through:
        assert say.path(0, (Step(0, 1, through),))
        assert say.path(0, (Step(0, 1, through, Interval.point(3)),))
    for note in Note:
        assert say.note(note)


def test_without_the_definition_there_is_no_class() -> None:
    found = groups.found()
    bare = replace(found, assessed=replace(found.assessed, derived={}))
    assert [group.title for group in group_page(bare, "en").groups][:1] == ["Enterprises that count"]
    data = written(group_dict(bare, "en"))
    assert data["size"]["classes"] is None
    CLOSED.validate(data)
