"""Consolidated accounts: Annex Art. 6(2) to (4)."""

from fractions import Fraction

from eligibility.group.structure import Measure, Period
from tests.group.size_cases.case import Case, firm, holds

TURNOVER = (Measure.TURNOVER, Period.LATEST)
BEFORE = (Measure.EMPLOYEES, Period.PREVIOUS)
EARLIER = (Measure.EMPLOYEES, Period.EARLIER)
IN_B = {"consolidated_in": "b"}
OWNED = [holds("b", "a", 100)]

CASES = [
    Case(
        "the mother's consolidated accounts",
        "Art. 6(2) 1: the consolidated accounts in which the firm is included, nothing twice",
        [firm("a", 10, **IN_B), firm("b", 100, consolidated_employees=108)],
        OWNED,
        108,
        None,
    ),
    Case(
        "the firm's own consolidated accounts",
        "Art. 6(2) 1: the consolidated accounts of the firm",
        [firm("a", 10, consolidated_employees=108), firm("b", 100, consolidated_in="a")],
        [holds("a", "b", 100)],
        108,
        None,
    ),
    Case(
        "less by consolidation",
        "Art. 6(2) 1: sales within the group are gone, which is what consolidation is for",
        [
            firm("a", 10, turnover=5_000_000, **IN_B),
            firm("b", 100, turnover=6_000_000, consolidated_turnover=6_500_000),
        ],
        OWNED,
        110,
        None,
        also={TURNOVER: 6_500_000},
    ),
    Case(
        "linked but not consolidated",
        "Art. 6(2) 3: 100 % of linked enterprises whose data are not yet included",
        [firm("a", 10, **IN_B), firm("b", 100, consolidated_employees=108), firm("c", 1_000)],
        [*OWNED, holds("b", "c", 60)],
        1_108,
        None,
    ),
    Case(
        "consolidated step by step",
        "Art. 6(2): included in the topmost accounts through those in between",
        [
            firm("a", 10, **IN_B),
            firm("b", 100, consolidated_in="c", consolidated_employees=109),
            firm("c", 1_000, consolidated_employees=1_105),
        ],
        [*OWNED, holds("c", "b", 100)],
        1_105,
        None,
    ),
    Case(
        "the topmost accounts do not tell it",
        "Art. 6(4): then the next accounts that tell it, and the topmost by its own",
        [
            firm("a", 10, **IN_B),
            firm("b", 100, consolidated_in="c", consolidated_employees=109),
            firm("c", 1_000, consolidated_turnover=7),
        ],
        [*OWNED, holds("c", "b", 100)],
        1_109,
        None,
        also={TURNOVER: 7},
    ),
    Case(
        "headcount missing in the consolidated accounts",
        "Art. 6(4): the headcount by adding up, the turnover by the accounts",
        [firm("a", 10, turnover=1, **IN_B), firm("b", 100, turnover=2, consolidated_turnover=5)],
        OWNED,
        110,
        None,
        also={TURNOVER: 5},
    ),
    Case(
        "included in part",
        "Art. 6(2) 3: 100 % of a linked enterprise, less the 40 % that are included",
        [firm("a", 10, consolidated_share=40, **IN_B), firm("b", 100, consolidated_employees=104)],
        OWNED,
        110,
        None,
    ),
    Case(
        "a part of a part",
        "Art. 6(2) 3: half of a half is included in the topmost accounts",
        [
            firm("a", 10, consolidated_share=50, **IN_B),
            firm("b", 100, consolidated_in="c", consolidated_share=50),
            firm("c", 1_000, consolidated_employees=Fraction("1052.5")),
        ],
        [*OWNED, holds("c", "b", 100)],
        1_110,
        None,
    ),
    Case(
        "a partner's consolidated accounts",
        "Art. 6(3): the partner's data, consolidated if they exist",
        [firm("a", 10), firm("b", 100, consolidated_employees=1_090), firm("c", 1_000, **IN_B)],
        [holds("b", "a", 30), holds("b", "c", 100)],
        337,
        None,
    ),
    Case(
        "a partner's linked enterprise outside its accounts",
        "Art. 6(3): 100 % of what is linked to the partner and not included",
        [firm("a", 10), firm("b", 100, consolidated_employees=200), firm("c", 1_000)],
        [holds("b", "a", 30), holds("b", "c", 100)],
        370,
        None,
    ),
    Case(
        "a partner already included pro rata",
        "Art. 6(3) 2: only partners whose data are not included in at least the percentage held",
        [firm("a", 10, consolidated_employees=40), firm("b", 100, consolidated_in="a", consolidated_share=30)],
        [holds("a", "b", 30)],
        40,
        None,
    ),
    Case(
        "a partner included for less than is held",
        "Art. 6(3) 2: what is missing to the percentage held",
        [firm("a", 10, consolidated_employees=30), firm("b", 100, consolidated_in="a", consolidated_share=20)],
        [holds("a", "b", 50)],
        60,
        None,
    ),
    Case(
        "a partner included for more than is held",
        "Art. 6(3) 2: nothing is taken off",
        [firm("a", 10, consolidated_employees=60), firm("b", 100, consolidated_in="a", consolidated_share=50)],
        [holds("a", "b", 30)],
        60,
        None,
    ),
    Case(
        "included in a partner's accounts",
        "Art. 6(2): accounts of an enterprise that is not linked do not take the firm's own data away",
        [firm("a", 10, consolidated_share=40, **IN_B), firm("b", 100, consolidated_employees=104)],
        [holds("b", "a", 40)],
        "51.6",
        None,
    ),
    Case(
        "included in a stranger's accounts",
        "Art. 6(2): accounts of a stranger do not count",
        [firm("a", 10, **IN_B), firm("b", 100, consolidated_employees=110)],
        [],
        10,
        None,
    ),
    Case(
        "each period on its own",
        "Art. 4, 6: the ownership of today, the figures and the accounts of each period",
        [
            firm("a", 10, employees_previous=9, employees_earlier=8, **IN_B),
            firm("b", 100, employees_previous=90, employees_earlier=80, consolidated_employees_previous=95),
        ],
        OWNED,
        110,
        None,
        also={BEFORE: 95, EARLIER: 88},
    ),
]
