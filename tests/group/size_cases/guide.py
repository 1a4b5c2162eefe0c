"""The worked examples of the Commission's user guides and of the courts, as far as pages that could be read tell them.

How firms of an example are linked with each other the guide often leaves to a drawing; where it does, a majority
stands for it. Figures are ours. Checked 2026-11-22.
"""

from fractions import Fraction

from eligibility.group.structure import Control, Kind
from tests.group.size_cases.case import Case, body, controls, firm, fund, holds

A, B, C, D = firm("a", 10), firm("b", 100), firm("c", 1_000), firm("d", 10_000)

# The guide of 2020.
GUIDE_2020 = "https://www.mwitty.com/content.php?id=6859459"
# The guide of 2005 in Italian, its page 30.
GUIDE_2005 = "https://www.yumpu.com/it/document/view/37666342/la-nuova-definizione-di-pmi/30"
# The Court of Justice, 24 September 2020, C-516/19: the facts as told there, the ruling at
# https://haufe.de/recht/deutsches-anwalt-office-premium/eugh-urteil-vom-24092020-c-51619_idesk_PI17574_HI14260999.html
NMI = "https://gebs.info/eugh-zur-kontrolle-durch-oeffentliche-stellen-im-sinne-der-kmu-definition"

CASES = [
    Case(
        "guide of 2005, example 3",
        f"{GUIDE_2005}: three investors of 20 %, B with 70 % of C, C with 60 % of D: together 60 %, all in full",
        [A, B, C, D],
        [holds("b", "c", 70), holds("c", "d", 60), *(holds(name, "a", 20) for name in "bcd")],
        11_110,
        {"b": "linked 100", "c": "linked 100", "d": "linked 100"},
    ),
    Case(
        "guide of 2020, example 4",
        f"{GUIDE_2020}: a university with 25 %, C with 30 %, an institutional investor with 25 %: 30 % of C alone",
        [A, fund("b", 100, Kind.RESEARCH), C, fund("d", 10_000, Kind.INSTITUTIONAL)],
        [holds("b", "a", 25), holds("c", "a", 30), holds("d", "a", 25)],
        310,
        {"c": "partner 30"},
    ),
    Case(
        "guide of 2020, example 5",
        f"{GUIDE_2020}: university and investment corporation linked with each other, 55 %: both in full, 25 % of C",
        [A, fund("b", 100, Kind.RESEARCH), C, fund("d", 10_000, Kind.PUBLIC_INVESTOR)],
        [holds("d", "b", 51), holds("b", "a", 25), holds("c", "a", 25), holds("d", "a", 30)],
        10 + 100 + 250 + 10_000,
        {"b": "linked 100", "c": "partner 25", "d": "linked 100"},
        public=None,
    ),
    Case(
        "guide of 2005, page 21",
        "https://www.yumpu.com/it/document/view/37666342/la-nuova-definizione-di-pmi/21: of a partner's partners "
        "nothing, of what is linked to a partner the partner's percentage; 30 % held, 30 % added",
        [A, B, C, D],
        [holds("a", "b", 30), holds("b", "c", 100), holds("d", "b", 40)],
        340,
        {"b": "partner 30", "c": "linked_to_partner 30"},
    ),
    Case(
        "Court of Justice, C-516/19, NMI Technologietransfer",
        f"{NMI}: 90 % of the capital and 88.8 % of the votes with a foundation in whose board the representatives of "
        "public bodies are the majority, although these have only about 6 % of it: indirect joint control",
        [A, C, body("s")],
        [controls("s", "c", Control.APPOINTS, 6), holds("c", "a", capital=90, votes=Fraction("88.8"))],
        1_010,
        {"c": "linked 100"},
        public=90,
    ),
]
