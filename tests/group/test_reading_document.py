"""Structures written by hand: YAML and JSON say the same, and every slip is told with line and column."""

from datetime import date

import pytest

from eligibility.group.document import read_document_structure
from eligibility.group.structure import Control, Kind, from_rows
from eligibility.values.interval import Interval
from eligibility.values.problem import AnswerError, Place
from tests.group.structures import plain

DAY = date(2026, 1, 1)
YAML = """\
subject: nord
enterprises:
  nord: {name: Nord GmbH, employees: 48.5, turnover: 1.2M EUR, markets: [C16, C31]}
  sued: {employees: 25..30, turnover: unknown, markets: C31}
  erna: {kind: person}
  leer:
  still: {}
holdings:
  - {holder: erna, held: nord, share: 60}
  - {holder: nord, held: nord, share: 10}
  - holder: nord
    held: sued
    capital: 25..50
    votes: 30 %
    control: [unknown, appoints]
    since: 2024-01-01
  - {holder: leer, held: sued, share: 1, until: 2024-01-01}
adjacent_markets:
  - [C16, C31]
"""
JSON = """\
{"subject": "nord",
 "enterprises": {
  "nord": {"name": "Nord GmbH", "employees": 48.50, "turnover": "1.2M EUR", "markets": ["C16", "C31"]},
  "sued": {"employees": "25..30", "turnover": null, "markets": "C31"},
  "erna": {"kind": "person"}, "leer": null, "still": {}},
 "holdings": [{"holder": "erna", "held": "nord", "share": 60},
  {"holder": "nord", "held": "nord", "share": 10},
  {"holder": "nord", "held": "sued", "capital": "25..50", "votes": "30 %", "control": "appoints; unknown",
   "since": "2024-01-01", "until": null},
  {"holder": "leer", "held": "sued", "share": 1, "until": "2024-01-01"}],
 "adjacent_markets": [["C16", "C31"]]}
"""
ROWS = [
    {"id": "nord", "name": "Nord GmbH", "employees": Interval.point(97).divided_by(2), "turnover": 1_200_000},
    {"id": "sued", "employees": Interval(25, 30)},
    {"id": "erna", "kind": Kind.PERSON},
    {"id": "leer"},
    {"id": "still"},
]
EDGES = [
    {"holder": "erna", "held": "nord", "share": 60},
    {"holder": "nord", "held": "nord", "share": 10},
    {"holder": "nord", "held": "sued", "capital": Interval(25, 50), "votes": 30},
]
"""All but the markets and the control, which are added below."""


@pytest.mark.parametrize(("name", "text"), [("g.yaml", YAML), ("g.json", JSON), ("-", JSON), ("-", YAML)])
def test_read(name: str, text: str) -> None:
    markets = [{"markets": {"C16", "C31"}}, {"markets": {"C31"}}, {}, {}, {}]
    control = {"control": Control.APPOINTS, "possible_control": Control(15)}
    firms = [row | more for row, more in zip(ROWS, markets, strict=True)]
    expected = from_rows(firms, [*EDGES[:2], EDGES[2] | control], adjacent=[("C16", "C31")], subject="nord")
    assert plain(read_document_structure(name, text.encode(), DAY)) == plain(expected)


def test_places() -> None:
    structure = read_document_structure("g.yaml", YAML.encode(), DAY)
    assert structure.places[structure.node("erna")] == Place("g.yaml", 5, 3, "  erna: {kind: person}")
    assert str(structure.places[-2]) == "g.yaml:11:5"
    assert str(read_document_structure("g.json", JSON.encode(), DAY).places[-2]) == "g.json:8:3"


def test_a_flow_map_that_is_no_json_is_yaml() -> None:
    assert len(read_document_structure("-", b"{enterprises: {a: {employees: 1}}}", DAY).nodes) == 1


FORM = "(write `enterprises:` with a line for each, and `holdings:` with who holds what)"
# What stands there, and what is told.
REFUSED = [
    ("- a\n", f"g.yaml:1:1: an ownership structure is a map of `enterprises` and `holdings` {FORM}"),
    ("a: &x 1\n", "g.yaml:1:4: anchors and aliases (`&`, `*`) are not part of the rule language (write the value out)"),
    ("", "g.yaml: the file is empty (delete it, or write into it)"),
    ("enterprise: {a: }\n", "g.yaml:1:1: `enterprise` means nothing here (did you mean `enterprises`?)"),
    (
        "x: 1\n",
        "g.yaml:1:1: `x` means nothing here (known are `subject`, `enterprises`, `holdings`, `adjacent_markets`, "
        "`complete`)",
    ),
    (
        "complete: no\n",
        "g.yaml:1:11: not everybody of the group has been named yet (go on with `eligibility check --resume`, or write "
        "`complete: yes` once everybody is named)",
    ),
    ("complete: soon\n", "g.yaml:1:11: `complete` is yes or no"),
    (
        "enterprises: {a: {Umsatz: 5}}\n",
        "g.yaml:1:19: `Umsatz` means nothing here (did you mean `turnover`?)",
    ),
    (
        "enterprises: {a: {emploees: 5}}\n",
        "g.yaml:1:19: `emploees` means nothing here (did you mean `employees`?)",
    ),
    (
        "enterprises: {a: {zzz: 5}}\n",
        "g.yaml:1:19: `zzz` means nothing here (known are `name`, `kind`, `country`, `markets`, `acts_with`,"
        " `family`, `consolidated_in`, `consolidated_share`, …)",
    ),
    (
        "enterprises: [a, b]\n",
        "g.yaml:1:14: `enterprises` is a map from ids to what is known of each (such as `nord: {employees: 12}`)",
    ),
    ("enterprises: {a: 5}\n", "g.yaml:1:18: what is known of `a` is a map (such as `{employees: 12}`)"),
    ("enterprises: {a: {employees: [1]}}\n", "g.yaml:1:30: `employees` is one value"),
    ("enterprises: {a: {markets: {x: y}}}\n", "g.yaml:1:28: `markets` is one value or a list of them"),
    (
        "enterprises: {a: {}}\nholdings: {holder: a}\n",
        "g.yaml:2:11: `holdings` is a list of holder, held and share (each begins with `- `)",
    ),
    (
        "enterprises: {a: {}}\nholdings: [a]\n",
        "g.yaml:2:12: a holding is a map (such as `{holder: nord, held: sued, share: 60}`)",
    ),
    (
        "enterprises: {a: {}}\nholdings: [{holder: a, hled: a}]\n",
        "g.yaml:2:12: this row has no `held` (write it, or take the row out)\n"
        "g.yaml:2:24: `hled` means nothing here (did you mean `held`?)",
    ),
    (
        "enterprises: {nord: {}}\nholdings:\n- {holder: nordd, held: nord, share: 5}\n",
        "g.yaml:3:12: there is no enterprise `nordd` under `enterprises` (did you mean `nord`?)",
    ),
    (
        "enterprises: {nord: {}}\nholdings:\n- {holder: nord, held: x, share: 5}\n",
        "g.yaml:3:24: there is no enterprise `x` under `enterprises`"
        " (write `x: {}` under `enterprises` if nothing is known of it)",
    ),
    (
        "enterprises: {nord: {}, x: {}}\nholdings:\n- {holder: Nord, held: x, share: 5}\n",
        "g.yaml:3:12: `Nord` is spelled nearly like `nord` (g.yaml:1): are they the same?"
        " (if so write `nord` in both places, else give one of them another id)",
    ),
    (
        "enterprises: {a: {employees: 1..x}}\n",
        'g.yaml:1:30: `employees`: "x" is not a number: write it like 1200000 or 12.5',
    ),
    (
        "enterprises: {a: {employees: '1,5'}}\n",
        'g.yaml:1:30: `employees`: "1,5" has a comma, but decimals stand behind a point here',
    ),
    (
        "subject: nrd\nenterprises: {nord: {}}\n",
        "g.yaml:1:10: there is no enterprise `nrd` (did you mean `nord`?)",
    ),
    (
        "subject: zzz\nenterprises: {nord: {}}\n",
        "g.yaml:1:10: there is no enterprise `zzz` (it is one of the ids under `enterprises`)",
    ),
    (
        "subject: [nord]\nenterprises: {nord: {}}\n",
        "g.yaml:1:10: `subject` is the id of one enterprise (it is one of the ids under `enterprises`)",
    ),
    (
        "subject: p\nenterprises: {p: {kind: person}}\n",
        "g.yaml:1:10: `p` is a person: the subject is the enterprise that the file is about",
    ),
    (
        "enterprises: {a: {markets: C16}}\nadjacent_markets: [[C16, C16]]\n",
        "g.yaml:2:20: two markets that are adjacent are a list of two (such as [C16, C31])",
    ),
    (
        "enterprises: {a: {markets: C16}}\nadjacent_markets: C16\n",
        "g.yaml:2:19: `adjacent_markets` is a list of pairs of markets (each begins with `- `)",
    ),
    (
        "enterprises: {a: {markets: [timber, sawn timber]}}\nadjacent_markets: [[timber, swn timber]]\n",
        "g.yaml:2:29: no enterprise has the market `swn timber` (did you mean `sawn timber`?)",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read_document_structure("g.yaml", text.encode(), DAY)
    assert str(refused.value) == message


REFUSED_JSON = [
    ('{"holdings": }', "g.json:1:14: this is not JSON: Expecting value"),
    (
        '{"enterprises": {"a": {"employees": -1,\n "turnover": 0.001}}}',
        'g.json:1:37: `employees`: "-1" is below zero\n'
        'g.json:2:14: `turnover`: "0.001" has too many decimals: at most 2',
    ),
    (
        '{"enterprises": {"a": {},\n "a": {}}}',
        "g.json:2:7: `a` stands twice in this map, first in line 1 (keep one of them)",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED_JSON)
def test_refused_json(text: str, message: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read_document_structure("g.json", text.encode(), DAY)
    assert str(refused.value) == message
