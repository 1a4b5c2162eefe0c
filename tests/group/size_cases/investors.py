"""Investors that may hold a quarter or more: Annex Art. 3(2), second subparagraph, and the presumption of Art. 3(3)."""

from eligibility.group.structure import Control, Kind
from eligibility.values.truth import Truth
from tests.group.size_cases.case import Case, controls, firm, fund, holds, town

A = firm("a", 10)
LISTED = {
    "public investment corporation": Kind.PUBLIC_INVESTOR,
    "venture capital company": Kind.VENTURE_CAPITAL,
    "university": Kind.RESEARCH,
    "institutional investor": Kind.INSTITUTIONAL,
}
ANGEL = Kind.BUSINESS_ANGEL

CASES = [
    *(
        Case(
            f"{word} with half",
            "Art. 3(2) 2: no partner up to 50 %",
            [A, fund("b", 100, kind)],
            [holds("b", "a", 50)],
            10,
        )
        for word, kind in LISTED.items()
    ),
    *(
        Case(
            f"{word} with the majority",
            "Art. 3(2) 2: not where the investor is linked to the firm",
            [A, fund("b", 100, kind)],
            [holds("b", "a", "50.01")],
            110,
            {"b": "linked 100"},
            public=None,
        )
        for word, kind in LISTED.items()
    ),
    Case(
        "a small town",
        "Art. 3(2) 2(d): budget below 10 million and fewer than 5 000 inhabitants",
        [A, town("b", "9999999.99", 4_999, 100)],
        [holds("b", "a", 50)],
        10,
    ),
    Case(
        "an angel below the limit",
        "Art. 3(2) 2(a): less than 1 250 000 EUR in the firm",
        [A, fund("b", 100, ANGEL)],
        [holds("b", "a", 30, invested="1249999.99")],
        10,
    ),
    Case(
        "an angel at the limit",
        "Art. 3(2) 2(a): 1 250 000 EUR is not less",
        [A, fund("b", 100, ANGEL)],
        [holds("b", "a", 30, invested=1_250_000)],
        40,
        {"b": "partner 30"},
    ),
    Case(
        "angels are added up",
        "Art. 3(2) 2(a): the total investment of the angels in the same firm",
        [A, fund("b", 100, ANGEL), fund("c", 1_000, ANGEL)],
        [holds("b", "a", 25, invested=625_000), holds("c", "a", 25, invested=625_000)],
        285,
        {"b": "partner 25", "c": "partner 25"},
    ),
    Case(
        "what an angel has in another firm",
        "Art. 3(2) 2(a): in the same firm; elsewhere does not count",
        [A, fund("b", 100, ANGEL), firm("c", 1_000)],
        [holds("b", "a", 25, invested=625_000), holds("b", "c", 25, invested=625_000)],
        10,
    ),
    Case(
        "an investor who appoints the board",
        "Art. 3(2) 2, 3(3)(b): linked, the presumption is about dominant influence alone",
        [A, fund("b", 100)],
        [controls("b", "a", Control.APPOINTS, 30)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "an investor who stays out of the management",
        "Art. 3(3) 2: presumed not to dominate",
        [A, fund("b", 100)],
        [controls("b", "a", Control.DOMINANT, 30, involved=Truth.NO)],
        10,
    ),
    Case(
        "an investor of whose involvement nothing is said",
        "Art. 3(3) 2: the presumption holds until involvement is shown",
        [A, fund("b", 100)],
        [controls("b", "a", Control.DOMINANT, 30)],
        10,
    ),
    Case(
        "an investor who is involved in the management",
        "Art. 3(3) 2: the presumption falls",
        [A, fund("b", 100)],
        [controls("b", "a", Control.DOMINANT, 30, involved=Truth.YES)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "two funds of strangers",
        "Art. 3(2) 2: neither alone nor jointly linked",
        [A, fund("b", 100), fund("c", 1_000)],
        [holds("b", "a", 40), holds("c", "a", 40)],
        10,
    ),
    Case(
        "two funds of one house with the majority",
        "Art. 3(2) 2: linked jointly, through the house",
        [A, fund("b", 100), fund("c", 1_000), firm("d", 10_000)],
        [holds("d", "b", 100), holds("d", "c", 100), holds("b", "a", 26), holds("c", "a", 26)],
        11_110,
        {"b": "linked 100", "c": "linked 100", "d": "linked 100"},
    ),
    Case(
        "two funds of one house with half",
        "Art. 3(2) 2: jointly 50 % is not linked",
        [A, fund("b", 100), fund("c", 1_000), firm("d", 10_000)],
        [holds("d", "b", 100), holds("d", "c", 100), holds("b", "a", 25), holds("c", "a", 25)],
        10,
    ),
    Case(
        "the fund's mother holds a little too",
        "Art. 3(2) 2: the ordinary enterprise's 20 % count alone and are no quarter",
        [A, fund("b", 100), firm("c", 1_000)],
        [holds("c", "b", 100), holds("b", "a", 30), holds("c", "a", 20)],
        10,
    ),
    Case(
        "the fund's mother holds a quarter too",
        "Art. 3(2), 6(2), 6(3): a partner by the ordinary quarter alone, with all that is linked to it",
        [A, fund("b", 100), firm("c", 1_000)],
        [holds("c", "b", 100), holds("b", "a", 25), holds("c", "a", 25)],
        10 + 1_100 * 25 // 100,
        {"b": "linked_to_partner 25", "c": "partner 25"},
    ),
    Case(
        "the fund and its mother have the majority",
        "Art. 3(3) 3: investors' votes are added to those of what they are linked to",
        [A, fund("b", 100), firm("c", 1_000)],
        [holds("c", "b", 100), holds("b", "a", 30), holds("c", "a", 21)],
        1_110,
        {"b": "linked 100", "c": "linked 100"},
    ),
    Case(
        "linked through an investor",
        "Art. 3(3) 3: or through any one of the investors",
        [A, fund("b", 100), firm("c", 1_000)],
        [holds("b", "a", 60), holds("b", "c", 60)],
        1_110,
        {"b": "linked 100", "c": "linked 100"},
    ),
    Case(
        "an investor in the mother",
        "Art. 3(2) 2: excepted in the mother too",
        [A, firm("b", 100), fund("c", 1_000)],
        [holds("b", "a", 60), holds("c", "b", 40)],
        110,
        {"b": "linked 100"},
    ),
    Case(
        "an ordinary partner of an investor's firm",
        "Art. 3(2) 2: the exception is the investor's, not the ordinary enterprise's",
        [A, fund("b", 100), firm("c", 1_000)],
        [holds("b", "a", 40), holds("c", "a", 40)],
        410,
        {"c": "partner 40"},
    ),
    Case(
        "a fund held by the firm",
        "Art. 3(2): downstream a fund is an enterprise like others",
        [A, fund("b", 100)],
        [holds("a", "b", 40)],
        50,
        {"b": "partner 40"},
    ),
    Case(
        "a fund asks about itself",
        "Art. 3(2) 2: where the firm below has no partner in the fund, the fund has none in it",
        [fund("a", 10), firm("b", 100)],
        [holds("a", "b", 40)],
        10,
    ),
]
