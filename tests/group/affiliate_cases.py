"""Worked groups of affiliated firms under Korean law, with the law's reason beside each.

Where `source` names pages, groups and results are those of an official commentary, read on 2026-11-22 in the copies at
https://github.com/wlstjdwkd/Company-Management-System (src/main/webapp/download): "SME" is the commentary on the range
of SMEs by the SME Agency (2015 edition), "MID" that on mid-sized firms by their federation (2017 edition). The others
are our own; `why` tells the rule. Turnovers and totals are in 억 won.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from eligibility.group.structure import Kind
from eligibility.values.truth import Truth
from tests.group.korean_rows import Row, firm, holding, person

UNAUDITED = {"kr_audited": Truth.NO}
KIM = (person("gap", "Kim"), person("kin", "Kim"))


@dataclass(frozen=True)
class Group:
    """A group, what each firm comes to, and who is whose parent in which case (parent, child, case)."""

    name: str
    why: str
    enterprises: Sequence[Row]
    holdings: Sequence[Row]
    totals: Mapping[str, str]
    links: Sequence[str] = field(default_factory=tuple)
    source: str = "our own"


def group(
    name: str, why: str, firms: Sequence[Row], held: str, totals: str, links: str = "", source: str = "our own"
) -> Group:
    """Write a group short: `A B 40; ...` for holdings, `A 170; ...` for totals, `A B 1; ...` for links."""
    parts = [holding(text) for text in held.split("; ") if text]
    pairs = dict(text.split() for text in totals.split("; "))
    return Group(name, why, firms, parts, pairs, [text for text in links.split("; ") if text], source)


_CHAIN = [firm("P", 300), firm("K", 200, **UNAUDITED), firm("S", 100)]

GROUPS = [
    group(
        "half is all",
        "별표 2 no. 3: from 50 % the other's turnover counts in full, on both sides",
        [firm("P", 300), firm("S", 100)],
        "P S 50",
        "P 400; S 400",
        "P S 1",
        "SME p. 37, type 1; MID p. 40",
    ),
    group(
        "the family makes the control but not the amount",
        "Art. 3의2(1) no. 1: 20 + 30 + 10 % control; 별표 2 no. 2: only the firm's own 20 % are added",
        [firm("P", 300), firm("S", 100), *KIM],
        "P S 20; gap S 30; kin S 10; gap P 20; kin P 10",
        "P 320; S 160",
        "P S 1",
        "SME p. 37, type 2; MID p. 40",
    ),
    group(
        "through a child of which half is held",
        "별표 2 no. 5 가: the child's share in the grandchild counts, not rounded up",
        [firm("P", 300), firm("K", 200), firm("S", 100)],
        "P K 50; K S 40",
        "P 540; K 540; S 300",
        "P K 1; K S 1; P S 3",
        "SME p. 37, type 3; MID p. 41",
    ),
    group(
        "through a child of which less than half is held",
        "별표 2 no. 5 나: 40 % x 60 % = 24 %; the child is not audited and so no parent of its own",
        _CHAIN,
        "P K 40; K S 60",
        "P 404; K 320; S 172",
        "P K 1; P S 3",
        "SME p. 38, type 4; MID p. 41",
    ),
    group(
        "directly and through a child",
        "별표 2 no. 2 and 5: 30 % + 40 % x 40 % = 46 %",
        _CHAIN,
        "P K 40; P S 30; K S 40",
        "P 426; K 320; S 238",
        "P K 1; P S 2",
        "SME p. 38, type 5; MID p. 42",
    ),
    group(
        "parents of each other",
        "Art. 7의4(2): of 30 and 40 % the larger counts, and once (the shares of A are more than 100 % in the source)",
        [firm("A", 50), firm("B", 300), person("gap")],
        "B A 40; A B 30; gap A 100; gap B 30",
        "A 170; B 320",
        "A B 1; B A 1",
        "SME p. 38, type 6",
    ),
    group(
        "parents of each other, larger",
        "Art. 7의4(2), as above",
        [firm("A", 350), firm("B", 2100), person("gap")],
        "B A 40; A B 30; gap A 100; gap B 30",
        "A 1190; B 2240",
        source="MID p. 42, type 6",
    ),
    group(
        "four firms in a row",
        "별표 2 no. 1: two levels up and down, and no further",
        [firm("A", 500), firm("B", 200), firm("C", 300), firm("D", 50, **UNAUDITED)],
        "A B 50; B C 50; C D 50",
        "A 850; B 1025; C 800; D 450",
        "A B 1; B C 1; C D 1; A C 3; B D 3",
        "SME p. 43, application 9",
    ),
    group(
        "75 % together, 40 % counted",
        "Art. 3의2(1) no. 1 with 별표 2 no. 2: A with the family holds 75 %, but only its 40 % are added",
        [firm("A", 700), firm("B", 600), *KIM],
        "A B 40; gap B 20; kin B 15; gap A 20; kin A 15",
        "A 940; B 880",
        "A B 1",
        "SME p. 45, application 13; MID p. 49",
    ),
    group(
        "children that hold each other",
        "Art. 7의4(2) for C and D: 45 % + 45 % x 40 % both; 15 % + 100 % x 45 % = 60 % stays 60 %",
        [
            firm("A", 1000),
            firm("B", 200),
            firm("C", 29, **UNAUDITED),
            firm("D", 110, **UNAUDITED),
            firm("E", 58, **UNAUDITED),
        ],
        "A B 100; A E 15; B C 45; B D 45; B E 45; D C 40; C D 20",
        "A 1297.35; B 1313.67; C 605; D 686; E 748",
        "A B 1; A C 3; A D 3; A E 2; B C 1; B D 1; B E 1",
        "SME p. 51, FAQ 21",
    ),
    group(
        "no link runs through a child of case 2",
        "Art. 3의2(1) no. 2: A is B's in case 2, as E with the same owner outweighs B in case 1, so D is not B's",
        [firm("A", 300), firm("B", 200), firm("C", 100, **UNAUDITED), firm("D", 80, **UNAUDITED), firm("E", 50), *KIM],
        "B C 50; C A 3; B A 13; gap B 80; gap A 23; gap E 100; E A 20; A D 100",
        "A 422; B 348; C 300; D 390; E 126",
        "B A 2; E A 1; A D 1; B C 1; E D 3",
        "SME p. 52, FAQ 22",
    ),
    group(
        "a parent with the owner and relatives",
        "Art. 3의2(1) no. 1: 10 + 10 + 10 %",
        [firm("A", 100), firm("B", 100), *KIM],
        "A B 10; gap B 10; kin B 10; gap A 20; kin A 20",
        "A 110; B 110",
        "A B 1",
        "SME p. 29, type 1 case 2",
    ),
    group(
        "another family holds more",
        "Art. 3의2(1): 30 % together, but strangers with their relatives hold 35 %",
        [firm("A", 100), firm("B", 100), *KIM, person("eul", "Lee"), person("lee", "Lee")],
        "A B 10; gap B 10; kin B 10; eul B 20; lee B 15; gap A 20; kin A 20",
        "A 100; B 100",
        source="SME p. 30, type 1 case 3",
    ),
    group(
        "a parent with its child",
        "Art. 3의2(1) no. 2: 25 + 5 %",
        [firm("A", 100), firm("K", 10, **UNAUDITED), firm("B", 100)],
        "A K 100; A B 25; K B 5",
        "A 140; K 110; B 130",
        "A K 1; A B 2",
        "SME p. 31, type 2 case 1",
    ),
    group(
        "a parent with its child, the owner and relatives",
        "Art. 3의2(1) no. 2: 10 + 10 + 5 + 5 %",
        [firm("A", 100), firm("K", 10, **UNAUDITED), firm("B", 100), *KIM],
        "A K 100; A B 10; K B 10; gap B 5; kin B 5; gap A 20; kin A 20",
        "A 130; K 110; B 120",
        "A K 1; A B 2",
        "SME p. 31, type 2 case 2",
    ),
    group(
        "two children without their parent",
        "Art. 3의2(1) no. 3: 50 + 10 %; the child that is not audited is no parent although it holds half",
        [firm("A", 100), firm("K", 10, **UNAUDITED), firm("L", 10), firm("B", 100)],
        "A K 100; A L 100; K B 50; L B 10",
        "A 180; K 110; L 110; B 160",
        "A K 1; A L 1; A B 3",
        "SME p. 32, type 3",
    ),
    group(
        "the family with a child",
        "Art. 3의2(1) no. 4: 10 + 5 + 20 %; only the child's 10 % count",
        [firm("A", 100), firm("K", 10, **UNAUDITED), firm("B", 100), *KIM],
        "A K 100; K B 10; gap B 5; kin B 20; gap A 20; kin A 20",
        "A 120; K 110; B 110",
        "A K 1; A B 4",
        "SME p. 32, type 4",
    ),
    group(
        "consolidated by a listed firm",
        "Art. 3의2(1) proviso: affiliates whatever is held; the amount still follows the share",
        [firm("A", 100, kr_listed=Truth.YES), firm("B", 100, consolidated_in="A")],
        "A B 20",
        "A 120; B 120",
        "A B 5",
        "SME p. 33, type 5 (the share is ours)",
    ),
    group(
        "foreign firms above and below",
        "Art. 2 no. 3: the parent is subject to audit and the child domestic",
        [firm("A", 100, country="US", **UNAUDITED), firm("B", 100), firm("C", 100, country="CN", **UNAUDITED)],
        "A B 100; B C 100",
        "B 100",
        source="SME p. 41, application 3; MID p. 45",
    ),
    group(
        "a medical corporation",
        "commentary on Art. 3의2: corporations not for profit are neither parents nor children",
        [firm("A", 100, kr_nonprofit=Truth.YES), firm("B", 100), firm("C", 5)],
        "A B 30; B A 40; B C 100",
        "A 100; B 105; C 105",
        "B C 1",
        "SME p. 42, application 4 (B's holdings are ours)",
    ),
    group(
        "two firms of one owner",
        "Art. 3의2(1): a person is no parent, and between the firms not one share is held",
        [firm("A", 100), firm("B", 100), person("gap")],
        "gap A 100; gap B 100",
        "A 100; B 100",
        source="SME p. 42, application 5; MID p. 46",
    ),
    group(
        "a large parent",
        "Art. 3(1) no. 2 다: all of the parent is added from half on",
        [firm("A", 2000), firm("B", 10, **UNAUDITED)],
        "A B 50",
        "A 2010; B 2010",
        source="SME p. 43, application 7 (B's turnover is ours)",
    ),
    group(
        "30 % of a very large parent",
        "별표 2 no. 2: 30 % of 10,000",
        [firm("A", 10000), firm("B", 0, **UNAUDITED)],
        "A B 30",
        "A 10000; B 3000",
        source="MID p. 46, application 7",
    ),
    group(
        "an owner with 29 %",
        "Art. 3의2(1) no. 1 가: the largest holder of A, but under 30 %, so no family of A",
        [firm("A", 100), firm("B", 100), person("gap")],
        "A B 29; gap B 71; gap A 29",
        "A 100; B 100",
        source="SME p. 43, application 8; MID p. 47",
    ),
    group(
        "just under 30 %",
        "Art. 3의2(1) no. 1: 30 % at least",
        [firm("P", 300), firm("S", 100)],
        "P S 29.999999",
        "P 300; S 100",
    ),
    group(
        "just 30 %",
        "Art. 3의2(1) no. 1: 30 % at least",
        [firm("P", 300), firm("S", 100)],
        "P S 30",
        "P 330; S 190",
        "P S 1",
    ),
    group(
        "just under half",
        "별표 2 no. 1 가: formal control below 50 %",
        [firm("P", 300), firm("S", 100)],
        "P S 49.999999",
        "P 349.999999; S 249.999997",
        "P S 1",
    ),
    group(
        "two largest shareholders",
        "Art. 3의2(1): who holds as much as the largest is the largest too",
        [firm("P", 300), firm("Q", 50), firm("S", 100)],
        "P S 40; Q S 40",
        "P 340; Q 90; S 240",
        "P S 1; Q S 1",
    ),
    group(
        "a larger shareholder outside",
        "Art. 3의2(1): 45 % are not the largest holding beside 55 %",
        [firm("P", 300), firm("S", 100), person("eul")],
        "P S 45; eul S 55",
        "P 300; S 100",
    ),
    group(
        "an exempt investor",
        "Art. 3의2(3): a venture capital company is no parent",
        [firm("V", 300, kr_exempt_investor=Truth.YES), firm("S", 100)],
        "V S 60",
        "V 300; S 100",
    ),
    group(
        "a parent that is not audited",
        "Art. 2 no. 3: only a firm subject to external audit is a parent",
        [firm("P", 300, **UNAUDITED), firm("S", 100)],
        "P S 60",
        "P 300; S 100",
    ),
    group(
        "consolidated by a firm that is not listed",
        "Art. 3의2(1) proviso: for listed firms alone",
        [firm("A", 100), firm("B", 100, consolidated_in="A")],
        "A B 20",
        "A 100; B 100",
    ),
    group(
        "never more than everything",
        "own bound: half directly is all, and the way through the child adds nothing to it",
        [firm("P", 300), firm("K", 200, **UNAUDITED), firm("S", 100)],
        "P K 100; P S 60; K S 40",
        "P 600; K 500; S 400",
        "P K 1; P S 1",
    ),
    group(
        "a grandchild of case 3 is no further child",
        "Art. 3의2(1) no. 2: only children of case 1 lead on, so D is two steps too far for A",
        [firm("A", 1000), firm("B", 100, **UNAUDITED), firm("C", 10, **UNAUDITED), firm("D", 1, **UNAUDITED)],
        "A B 100; B C 100; C D 100",
        "A 1110; B 1100; C 1010; D 1",
        "A B 1; A C 3",
    ),
    group(
        "siblings",
        "Art. 7의4(1): parent and child are added, two children of one parent are not",
        [firm("P", 300), firm("S", 100), firm("T", 20)],
        "P S 100; P T 100",
        "P 420; S 400; T 320",
        "P S 1; P T 1",
    ),
    group(
        "a holding back without a holding there",
        "Art. 7의4(2): the larger share counts where both hold each other; P holds S through K alone",
        [firm("P", 300), firm("K", 0, **UNAUDITED), firm("S", 100, **UNAUDITED)],
        "P K 100; K S 40; S P 20",
        "P 340; S 220",
        "P K 1; P S 3",
    ),
    group(
        "who owns the rival of a child's parent",
        "Art. 3의2(1) no. 1: g is no family of Q, as Z holds more of it, so Q and g do not outweigh P in K",
        [
            firm("P", 100),
            firm("K", 10, **UNAUDITED),
            firm("Q", 1),
            firm("Z", 5, **UNAUDITED),
            firm("S", 1000, **UNAUDITED),
            person("g"),
        ],
        "P S 20; K S 15; P K 40; Q K 35; g K 10; g Q 30; Z Q 60",
        "P 364; K 50; S 1026; Q 1; Z 5",
        "P K 1; P S 2",
    ),
    Group(
        "shares without votes",
        "Art. 2: shares without votes are left out",
        [firm("P", 300), firm("S", 100)],
        [{"holder": "P", "held": "S", "capital": Fraction(60), "votes": Fraction(20)}],
        {"P": "300", "S": "100"},
    ),
    group(
        "two holdings of one pair",
        "Art. 3의2(1): what one firm holds is one holding",
        [firm("P", 300), firm("S", 100)],
        "P S 20; P S 15",
        "P 335; S 205",
        "P S 1",
    ),
    group(
        "a business angel is a person",
        "Art. 3의2(1) no. 1: persons are counted with their relatives and are no parents",
        [firm("A", 100), firm("B", 100), {**person("gap", "Kim"), "kind": Kind.BUSINESS_ANGEL}, person("kin", "Kim")],
        "A B 30; gap B 16; kin B 15",
        "A 100; B 100",
    ),
]
