"""Worked cases of large owners under Korean law, with the law's reason beside each.

For `source` see `affiliate_cases`: SME and MID are the two official commentaries, the others are our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eligibility.group.structure import Kind
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth
from tests.group.affiliate_cases import KIM
from tests.group.korean_rows import Row, firm, holdings, person

BILLION_500 = 500_000_000_000
TRILLION_10 = 10_000_000_000_000


@dataclass(frozen=True)
class Owned:
    """A firm S, what A holds of it (percent, `None` if A is not told), and whether A is a large owner of it."""

    name: str
    why: str
    enterprises: Sequence[Row]
    holdings: Sequence[Row]
    share: str | None
    verdict: Truth
    giant: Truth = Truth.NO
    """The same for a threshold of 10 trillion won, counting those that are not for profit."""
    source: str = "our own"


def owned(
    name: str,
    why: str,
    held: str,
    share: str | None,
    verdict: Truth,
    *others: Row,
    assets: object = BILLION_500,
    giant: Truth = Truth.NO,
    source: str = "our own",
    **about: object,
) -> Owned:
    """Write such a case short; `assets` and `about` are A's."""
    owner = firm("A", kr_total_assets=assets, **about)
    named = {row["id"] for row in others} | {"A", "S"}
    parts = holdings(held.split("; "))
    between = sorted({row[end] for row in parts for end in ("holder", "held")} - named)
    rows = [owner, firm("S"), *others, *(firm(name, kr_total_assets=0) for name in between)]
    return Owned(name, why, rows, parts, share, verdict, giant, source)


_GAP = person("gap")
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

OWNERS = [
    owned(
        "through a firm of which half is held",
        "tax adjustment decree Art. 2: the share of the firm between counts in full",
        "A K 50; K S 60",
        "60",
        YES,
        source="SME p. 22, case 1",
    ),
    owned(
        "through a firm of which less than half is held",
        "the product: 40 % x 60 % = 24 %",
        "A K 40; K S 60",
        "24",
        NO,
        source="SME p. 22, case 2",
    ),
    owned(
        "through two firms",
        "all ways are added up: 20 % x 60 % + 100 % x 40 % = 52 %",
        "A K 20; K S 60; A L 55; L S 40",
        "52",
        YES,
        source="SME p. 22, case 3",
    ),
    owned(
        "through two firms in a row",
        "from the top: (40 % x 60 %) x 80 % = 19.2 %",
        "A B 40; B C 60; C S 80",
        "19.2",
        NO,
        source="SME p. 23, case 4",
    ),
    owned("60 % bought", "60 % of the votes", "A S 60", "60", YES, assets=600_000_000_000, source="SME p. 25"),
    owned(
        "35 % beside the head of the firm with 65 %",
        "30 %, but not the largest shareholder",
        "A S 35; gap S 65",
        "35",
        NO,
        _GAP,
        source="SME p. 26, application 2",
    ),
    owned("29 %", "the corporation alone has to hold 30 %", "A S 29", "29", NO, source="SME p. 26, application 3"),
    owned(
        "a venture capital company",
        "Art. 3의2(3) investors are left out by name; not all of them by the rule for mid-sized firms",
        "A S 60",
        "60",
        NO,
        assets=TRILLION_10,
        giant=UNKNOWN,
        kr_exempt_investor=Truth.YES,
        source="SME p. 26, application 5 (the assets are ours)",
    ),
    owned(
        "half and half",
        "who holds as much as the largest is the largest",
        "A S 50; B S 50",
        "50",
        YES,
        source="SME p. 49, FAQ 17",
    ),
    owned(
        "half and half, a very large one",
        "as above",
        "A S 50; B S 50",
        "50",
        YES,
        assets=TRILLION_10,
        giant=YES,
        country="US",
        source="MID p. 58, application 1; p. 59, application 8",
    ),
    owned(
        "through a fund",
        "a general corporation above an exempt fund counts, the fund itself does not",
        "A F 70; F S 50",
        "50",
        YES,
        firm("F", kr_total_assets=BILLION_500, kr_exempt_investor=Truth.YES),
        source="SME p. 50, FAQ 19 case 2",
    ),
    owned(
        "an exempt investor above a fund",
        "neither counts",
        "A F 70; F S 50",
        "50",
        NO,
        firm("F", kr_total_assets=BILLION_500, kr_exempt_investor=Truth.YES),
        kr_exempt_investor=Truth.YES,
        source="SME p. 50, FAQ 19 case 1",
    ),
    owned(
        "30 % through a subsidiary of a foreign corporation",
        "100 % of the firm between: its 30 % count",
        "A B 100; B S 30",
        "30",
        YES,
        assets=TRILLION_10,
        giant=YES,
        country="US",
        source="MID p. 58, application 2",
    ),
    owned(
        "two firms of one large group with 25 % each",
        "each alone has to hold 30 %",
        "A S 25; B S 25",
        "25",
        NO,
        firm("B", kr_total_assets=TRILLION_10),
        assets=TRILLION_10,
        source="MID p. 58, application 3",
    ),
    owned(
        "a city with 36 %",
        "not for profit: left out for SMEs since 2015-06-30, not for mid-sized firms",
        "A S 36",
        "36",
        NO,
        assets=TRILLION_10,
        giant=YES,
        kind=Kind.LOCAL_AUTHORITY,
        kr_nonprofit=None,
        source="MID p. 58, application 4",
    ),
    Owned(
        "preference shares",
        "19 % with votes and 42.34 % without: only votes count",
        [firm("A", kr_total_assets=TRILLION_10), firm("S")],
        [{"holder": "A", "held": "S", "capital": Fraction("61.34"), "votes": Fraction(19)}],
        "19",
        NO,
        source="MID p. 59, application 5",
    ),
    owned("a won below", "500 billion won at least", "A S 100", "100", NO, assets=BILLION_500 - 1),
    owned("29.999999 %", "30 % at least", "A S 29.999999", "29.999999", NO),
    owned("30 %", "30 % at least", "A S 30", "30", YES),
    owned("assets unknown", "nothing is guessed", "A S 40", "40", UNKNOWN, assets=None, giant=UNKNOWN),
    owned(
        "assets in a range over the line",
        "whatever they are, they reach it",
        "A S 40",
        "40",
        YES,
        assets=Interval(BILLION_500, 2 * BILLION_500),
    ),
    owned("kind of owner unknown", "it may be not for profit", "A S 40", "40", UNKNOWN, kr_nonprofit=None),
    owned(
        "the firm between is another's",
        "45 % of K are 36 % of S, but K's largest shareholder is somebody else",
        "A K 45; gap K 55; K S 80",
        "36",
        NO,
        _GAP,
    ),
    owned("the firm between is ours", "45 % of K, the largest holding of it", "A K 45; K S 80", "36", YES),
    owned(
        "directly and through a subsidiary against a stranger",
        "20 % + 25 % outweigh 30 %, though neither does alone",
        "A S 20; A K 100; K S 25; gap S 30",
        "45",
        YES,
        _GAP,
    ),
    owned(
        "a long way with a step that is not the largest holding",
        "ways through more than one firm need the largest holding at each step",
        "A B 60; B C 40; gap C 60; C S 80",
        None,
        NO,
        _GAP,
    ),
    owned("holders of each other", "a way does not pass a firm twice", "A K 60; K A 40; K S 50; S K 10", "50", YES),
    owned(
        "relatives together hold more",
        "persons count with their relatives",
        "A S 40; gap S 25; kin S 25",
        "40",
        NO,
        *KIM,
    ),
]
