"""All that is found of the group of one firm, before it is told."""

from dataclasses import dataclass, replace

from eligibility.aid.award import History
from eligibility.aid.checks import unplaced
from eligibility.aid.headroom import Headroom, headroom
from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed
from eligibility.group.facts import SizeFacts, size_facts
from eligibility.group.korean_sheet import KoreanSheet, OwnerSheet
from eligibility.group.structure import OPEN, Measure, Structure
from eligibility.group.undertaking import Undertaking, single_undertaking
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval

_KOREA = "KR"
_PUBLIC = "public_shareholding"
_IN_WON = (Measure.KR_AVERAGE_TURNOVER, Measure.KR_TOTAL_ASSETS)


@dataclass(frozen=True, slots=True)
class AidFound:
    """The single undertaking of a firm with its headroom."""

    undertaking: Undertaking
    headroom: Headroom


@dataclass(frozen=True, slots=True)
class GroupFound:
    """All that was found of the group of one firm; `assessed` holds what the rulebook works out from the sums."""

    size: SizeFacts
    assessed: Assessed
    korean: KoreanSheet | None = None
    owners: OwnerSheet | None = None
    aid: AidFound | None = None

    @property
    def public(self) -> Interval:
        """What public bodies control of the firm, in percent, if they may be among the holders that nobody names."""
        known = self.assessed.profile.given(_PUBLIC)
        if isinstance(known, Interval):
            return known * Interval.point(100)
        return Interval(0, 100) if _PUBLIC in self.assessed.rulebook.facts else self.size.sheet.public


def group_found(
    rulebook: Rulebook,
    structure: Structure,
    subject: int,
    history: History | None = None,
    member_state: str | None = None,
) -> GroupFound:
    """Work out the size of a firm with its group, under Korean law too where it is or may be Korean, and its aid.

    `history` is the de-minimis aid of the group, `member_state` who is to grant the next. Aid of a recipient that the
    structure lacks may be aid of the group or not: it may be one of its enterprises under another name.
    """
    size = size_facts(rulebook, structure, subject)
    found = GroupFound(size, assess(rulebook, size.answers))
    if is_korean(structure, subject):
        from eligibility.group.korea import korean_sheet
        from eligibility.group.owners import owner_sheet

        korean, owners = korean_sheet(structure, subject), owner_sheet(structure, subject)
        found = replace(found, korean=korean, owners=owners)
    if history is not None:
        found = replace(found, aid=_aid(rulebook, structure, subject, history, member_state))
    return found


def is_korean(structure: Structure, subject: int) -> bool:
    """Tell whether a firm is told to be Korean, or has figures in won."""
    nodes = structure.nodes
    if nodes.countries.get(subject) == _KOREA:
        return True
    won = [figures for (measure, _), figures in nodes.figures.items() if measure in _IN_WON]
    return any(figures.low[subject] > 0 or figures.high[subject] < OPEN for figures in won)


def _aid(
    rulebook: Rulebook, structure: Structure, subject: int, history: History, member_state: str | None
) -> AidFound:
    ids = structure.nodes.ids
    firm = ids[subject] if history.firm is None else history.firm
    awards = tuple(replace(one, recipient=one.recipient or firm) for one in history.awards)
    # A history about another firm of the structure; a name that the structure lacks is one more name of this firm.
    own_name = None if firm in structure.index else firm
    undertaking = single_undertaking(structure, subject)
    found = headroom(
        replace(history, firm=own_name, awards=awards),
        [ids[node] for node in undertaking.certain],
        rulebook.as_of,
        member_state,
        structure.nodes.fiscal_year_starts.get(subject),
        possible=[*(ids[node] for node in undertaking.possible), *unplaced(history, structure.index)],
    )
    return AidFound(undertaking, found)
