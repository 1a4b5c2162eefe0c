"""Which article an entry of a sheet rests on."""

from datetime import date

from eligibility.group.sheet import Entry, Relation, Through
from eligibility.group.structure import Kind
from eligibility.language.cite import Cite
from eligibility.report.page import Source

_TITLE = "Commission Recommendation 2003/361/EC concerning the definition of micro, small and medium-sized enterprises"
_URL = "http://data.europa.eu/eli/reco/2003/361/oj"
_CHECKED = date(2026, 11, 21)

_LETTERS = {Through.VOTES: "(a)", Through.MAJORITY: "(a)", Through.APPOINTS: "(b)", Through.DOMINANT: "(c)"}
_EXCEPTIONS = {
    Kind.PUBLIC_INVESTOR: "(a)",
    Kind.VENTURE_CAPITAL: "(a)",
    Kind.BUSINESS_ANGEL: "(a)",
    Kind.RESEARCH: "(b)",
    Kind.INSTITUTIONAL: "(c)",
    Kind.LOCAL_AUTHORITY: "(d)",
}
_ARTICLES = {
    Relation.OWN: "Art. 6(1)",
    Relation.PARTNER: "Art. 3(2), 6(2)",
    Relation.LINKED_TO_PARTNER: "Art. 6(3)",
    Relation.PUBLIC: "Art. 3(4)",
    Relation.PERSON: "Art. 1",
    Relation.BELOW: "Art. 3(2)",
}


def recommendation(section: str) -> Cite:
    """Return a place in the Annex of Recommendation 2003/361/EC."""
    return Cite("recommendation", f"Annex {section}".strip(), _TITLE, _URL, _CHECKED)


def place(section: str) -> Source:
    """Return a place in the Annex as a line of a report, which gives the address at its end."""
    return Source(f"2003/361/EC, Annex {section}", "")


def article(entry: Entry, kind: Kind) -> str:
    """Return the article of the Annex that an entry rests on; `kind` is that of its node."""
    if entry.relation is Relation.LINKED:
        return _linked([step.through for step in entry.steps])
    if entry.relation is Relation.EXCEPTED:
        return f"Art. 3(2){_EXCEPTIONS.get(kind, '')}"
    return _ARTICLES.get(entry.relation, "")


def _linked(through: list[Through]) -> str:
    if Through.PERSONS in through:
        return "Art. 3(3), subpara. 4"
    if not through:
        return "Art. 3(3)"
    if len(through) > 1 or through[0] is Through.JOINTLY:
        return "Art. 3(3), subpara. 3"
    return f"Art. 3(3){_LETTERS.get(through[0], '(d)')}"
