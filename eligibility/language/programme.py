"""Programmes: one funding offer with its criteria and award."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from eligibility.language.award import Award, AwardShape, link_award
from eligibility.language.case import CaseShape
from eligibility.language.cite import Cite, CiteShape, SourceShape, link_cite
from eligibility.language.condition import AllOf
from eligibility.language.criterion import Criterion, CriterionShape, link_criterion
from eligibility.language.cumulation import KINDS as KINDS
from eligibility.language.cumulation import Cumulation, CumulationShape, link_cumulation
from eligibility.language.in_range import InRange
from eligibility.language.linking import MINIMUM_AWARD as MINIMUM_AWARD
from eligibility.language.linking import Path, Scope, check_id, nearest
from eligibility.language.shape import Days, Names, Scalar, Shape, Text
from eligibility.language.window import Window, WindowShape

_PROGRAMME_ID = re.compile(r"[a-z]{2}(\.[a-z0-9]+(-[a-z0-9]+)*)+")


class NoteShape(Shape):
    """A sentence that is told, never tested."""

    text: Text
    cite: CiteShape | None = None
    in_force: Days | None = None


class ProgrammeShape(Shape):
    """A programme as written."""

    id: Scalar
    name: Text
    summary: Text
    authority: Text
    kind: Literal["grant", "loan", "tax_credit", "voucher", "service", "certification", "equity"]
    selection: Literal["entitlement", "first_come", "lottery", "competitive", "open_offer"]
    regime: Literal["de_minimis", "gber", "none"] | None = None
    window: WindowShape
    window_cite: CiteShape | None = None
    apply: Scalar | None = None
    followed_by: Names = ()
    part_of: Scalar | None = None
    sources: dict[Scalar, SourceShape] = Field(min_length=1)
    requires: dict[Scalar, CriterionShape]
    award: AwardShape | None = None
    cumulation: tuple[CumulationShape, ...] = ()
    observe: tuple[NoteShape, ...] = ()
    papers: tuple[Scalar, ...] = ()
    open_points: tuple[NoteShape, ...] = ()
    cases: tuple[CaseShape, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Note:
    """A linked sentence with its citations."""

    text: Text
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A linked programme, fixed at a date. `criteria` are those in force, in rule-file order."""

    id: str
    shape: ProgrammeShape
    window: Window
    window_cites: tuple[Cite, ...]
    criteria: tuple[Criterion, ...]
    award: Award | None
    cumulation: tuple[Cumulation, ...]
    observe: tuple[Note, ...]
    open_points: tuple[Note, ...]

    @property
    def checked(self) -> date:
        """Return the day since which all sources have been checked: that of the one checked longest ago."""
        return min(source.checked for source in self.shape.sources.values())

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """Return the ids of all criteria, the one for the minimum award last."""
        ids = tuple(criterion.id for criterion in self.criteria)
        return (*ids, MINIMUM_AWARD) if self.award is not None and self.award.at_least else ids


def link_programme(written: ProgrammeShape, papers: Mapping[str, Any], scope: Scope) -> Programme:
    """Link a programme as in force on the day of the assessment; problems are recorded in the scope."""
    if not _PROGRAMME_ID.fullmatch(written.id):
        hint = "country, then Land, then a name: `de.by.digitalbonus`"
        scope.problem(("id",), "not-a-programme-id", f"`{written.id}` is not a programme id", hint)
    window: Window = written.window
    scope = scope.at(window.rule_date(scope.as_of))
    criteria: list[Criterion] = []
    for name, criterion in written.requires.items():
        check_id(name, ("requires", name), scope)
        linked = link_criterion(name, criterion, ("requires", name), scope)
        if linked is not None:
            criteria.append(linked)
    award = None
    if written.award is not None:
        award = link_award(written.award, ("award",), replace(scope, limits=_limits(criteria)))
    for index, paper in enumerate(written.papers):
        if paper not in papers and not scope.is_broken(paper, "papers"):
            hint = nearest(paper, papers) or "describe it in a file of papers/"
            scope.problem(("papers", index), "unknown-paper", f"there is no paper `{paper}`", hint)
    cumulation = link_cumulation(written.cumulation, scope)
    observe = _link_notes(written.observe, ("observe",), scope)
    open_points = _link_notes(written.open_points, ("open_points",), scope)
    window_cites = link_cite(written.window_cite, ("window_cite",), scope)
    return Programme(
        written.id, written, window, window_cites, tuple(criteria), award, cumulation, observe, open_points
    )


def _limits(criteria: Sequence[Criterion]) -> Mapping[str, Fraction]:
    """Return the largest numbers that the criteria admit: above them the programme is out of reach anyway."""
    limits: dict[str, Fraction] = {}
    for criterion in criteria:
        tests = criterion.condition.parts if isinstance(criterion.condition, AllOf) else (criterion.condition,)
        for test in tests:
            if isinstance(test, InRange):
                highs = [wanted.high for wanted in test.ranges if wanted.high is not None]
                if len(highs) == len(test.ranges):
                    limits[test.subject] = min(max(highs), limits.get(test.subject, max(highs)))
    return limits


def _link_notes(written: tuple[NoteShape, ...], path: Path, scope: Scope) -> tuple[Note, ...]:
    return tuple(
        Note(note.text, link_cite(note.cite, (*path, index, "cite"), scope))
        for index, note in enumerate(written)
        if note.in_force is None or scope.rule_date in note.in_force
    )
