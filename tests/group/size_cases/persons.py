"""Links through natural persons: Annex Art. 3(3), fourth and fifth subparagraph."""

from eligibility.group.structure import Control
from tests.group.size_cases.case import Case, controls, firm, holds, person

A = firm("a", 10, markets={"bread"})
B = firm("b", 100, markets={"bread"})
FLOUR = firm("b", 100, markets={"flour"})
STEEL = firm("b", 100, markets={"steel"})
P, Q = person("p"), person("q")
OWNS_BOTH = [holds("p", "a", 100), holds("p", "b", 100)]

CASES = [
    Case(
        "one owner, one market", "Art. 3(3) 4: linked through a person", [A, B, P], OWNS_BOTH, 110, {"b": "linked 100"}
    ),
    Case(
        "one owner, adjacent markets",
        "Art. 3(3) 5: directly upstream or downstream",
        [A, FLOUR, P],
        OWNS_BOTH,
        110,
        {"b": "linked 100"},
        adjacent=[("flour", "bread")],
    ),
    Case("one owner, other markets", "Art. 3(3) 4: neither same nor adjacent", [A, STEEL, P], OWNS_BOTH, 10),
    Case(
        "adjacent to something else",
        "Art. 3(3) 5: flour is adjacent to bread, steel is not",
        [A, STEEL, P],
        OWNS_BOTH,
        10,
        adjacent=[("flour", "bread")],
    ),
    Case(
        "part of the activity",
        "Art. 3(3) 4: it is enough that they meet in part of their activity",
        [firm("a", 10, markets={"bread", "cakes"}), firm("b", 100, markets={"steel", "cakes"}), P],
        OWNS_BOTH,
        110,
        {"b": "linked 100"},
    ),
    Case(
        "minority of one, all of the other",
        "Art. 3(2), 3(3) 4: the person has no relation to the firm, and persons are no partners",
        [A, B, P],
        [holds("p", "a", 50), holds("p", "b", 100)],
        10,
    ),
    Case(
        "one owner only of a share",
        "Art. 3(2): a natural person is no partner enterprise",
        [A, P],
        [holds("p", "a", 40)],
        10,
    ),
    Case(
        "a family that acts jointly",
        "Art. 3(3) 4: a group of natural persons acting jointly",
        [A, B, person("p", "family"), person("q", "family")],
        [holds("p", "a", 30), holds("q", "a", 30), holds("p", "b", 26), holds("q", "b", 25)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "the same shares without acting jointly",
        "Art. 3(3) 4: persons on their own are not added up",
        [A, B, P, Q],
        [holds("p", "a", 30), holds("q", "a", 30), holds("p", "b", 26), holds("q", "b", 25)],
        10,
    ),
    Case(
        "one of the family here, another there",
        "Art. 3(3) 4: the group controls both, though each firm has one owner",
        [A, B, person("p", "family"), person("q", "family")],
        [holds("p", "a", 100), holds("q", "b", 100)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "two families",
        "Art. 3(3) 4: each group on its own",
        [A, B, person("p", "family"), person("q", "neighbours")],
        [holds("p", "a", 100), holds("q", "b", 100)],
        10,
    ),
    Case(
        "a person who appoints the board",
        "Art. 3(3) 4: any of the relations of the first subparagraph",
        [A, B, P],
        [controls("p", "a", Control.APPOINTS), holds("p", "b", 100)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "a person who dominates",
        "Art. 3(3) 2, 4: the presumption is for the listed investors alone",
        [A, B, P],
        [controls("p", "a", Control.DOMINANT, 0), holds("p", "b", 100)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "a person with the help of his firm",
        "Art. 3(3) 4: what the person's firm holds adds to what he holds",
        [A, B, P],
        [holds("p", "b", 100), holds("p", "a", 30), holds("b", "a", 30)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "a person with the help of his firm on another market",
        "Art. 3(3) 4, 3(2): controlled by the person, not linked; the firm's own 30 % make it a partner",
        [A, STEEL, P],
        [holds("p", "b", 100), holds("p", "a", 30), holds("b", "a", 30)],
        40,
        {"b": "partner 30"},
    ),
    Case(
        "a link brings its group",
        "Art. 3(3) 3, 4: the daughter meets the firm on its market, and brings her mother",
        [A, STEEL, firm("c", 1_000, markets={"bread"}), P],
        [holds("p", "a", 100), holds("p", "b", 100), holds("b", "c", 100)],
        1_110,
        {"b": "linked 100", "c": "linked 100"},
    ),
    Case(
        "from market to market",
        "Art. 3(3) 3, 4: linked through an enterprise that is on both markets",
        [A, firm("b", 100, markets={"bread", "steel"}), firm("c", 1_000, markets={"steel"}), P],
        [holds("p", name, 100) for name in "abc"],
        1_110,
        {"b": "linked 100", "c": "linked 100"},
    ),
    Case(
        "votes of the person's firms on other markets",
        "Art. 3(3) 4: two firms that are not linked give the person the majority of a third",
        [A, STEEL, firm("c", 1_000, markets={"bread"}), firm("d", 10_000, markets={"ships"}), P],
        [holds("p", "b", 100), holds("p", "d", 100), holds("b", "a", 26), holds("d", "a", 25), holds("p", "c", 100)],
        10 + 1_000 + 26 + 2_500,
        {"b": "partner 26", "c": "linked 100", "d": "partner 25"},
    ),
    Case(
        "a person above a mother",
        "Art. 3(3) 3, 4: control of the mother is control of the firm",
        [A, FLOUR, firm("c", 1_000, markets={"bread"}), P],
        [holds("p", "b", 100), holds("b", "a", 100), holds("p", "c", 100)],
        1_110,
        {"b": "linked 100", "c": "linked 100"},
    ),
    Case(
        "a linked group and a person together",
        "Art. 3(3) 4: persons do not make strangers' votes theirs",
        [A, B, P],
        [holds("p", "a", 30), holds("b", "a", 30)],
        40,
        {"b": "partner 30"},
    ),
]
