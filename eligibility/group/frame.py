"""What an ownership structure says about all its firms at once, as the columns that the engine reads.

Row i is node i. It says of every firm what `facts.size_facts` answers about one: that is the meaning, and this the way
for a whole portfolio. The limits of the size classes are not known here either: the rulebook's own definition runs on
the figures of each period.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from eligibility.engine.fact_columns import high_end
from eligibility.engine.kleene import Kleene
from eligibility.engine.lowering import Columns
from eligibility.engine.profile import answer_bounds
from eligibility.engine.series import SeriesProgram
from eligibility.engine.spans import scale_of
from eligibility.engine.term import Term
from eligibility.group.classes import CLASS, ORDER, READS
from eligibility.group.facts import GROUP_FIGURES, OWN_FIGURES
from eligibility.group.korean_facts import TURNOVER, owner_truths
from eligibility.group.portfolio import Portfolio, portfolio_sizes
from eligibility.group.public import unnamed
from eligibility.group.structure import OPEN, SHARE_SCALE, WHOLE, Figures, Ints, Kind, Measure, Period, Structure
from eligibility.group.turnovers import group_turnovers
from eligibility.rulebook.rulebook import Rulebook

_NO_FIRMS = (Kind.PERSON, Kind.PUBLIC_BODY, Kind.LOCAL_AUTHORITY)
_KOREA = "KR"
_IN_WON = (Measure.KR_AVERAGE_TURNOVER, Measure.KR_TOTAL_ASSETS)
_QUARTER = 25 * SHARE_SCALE


def fact_frame(rulebook: Rulebook, structure: Structure) -> pl.DataFrame:
    """Return the facts about each node as columns; of what is no firm nothing is said.

    Numbers are in the units of `engine.columns.Plan`; a fact that is a known range of any firm has a second column for
    the upper ends (`engine.fact_columns.high_end`). Facts of which nothing is known of any firm are left out.

    Raises:
        AnswerError: figures that are too large to be added up.
    """
    return pl.DataFrame(list(_Frame(rulebook, structure).columns()))


def is_korean(structure: Structure) -> NDArray[np.bool_]:
    """Tell of each node whether it is told to be Korean, or has figures in won."""
    korean = np.zeros(len(structure.nodes), dtype=np.bool_)
    korean[[node for node, country in structure.nodes.countries.items() if country == _KOREA]] = True
    for (measure, _), figures in structure.nodes.figures.items():
        if measure in _IN_WON:
            korean |= (figures.low > 0) | (figures.high < OPEN)
    return korean


def is_firm(structure: Structure) -> NDArray[np.bool_]:
    """Tell of each node whether it is a firm, which programmes can be for."""
    firm: NDArray[np.bool_] = ~np.isin(structure.nodes.kinds, np.array(_NO_FIRMS, dtype=np.int8))
    return firm


class _Frame:
    """The columns of one structure."""

    def __init__(self, rulebook: Rulebook, structure: Structure) -> None:
        self._rulebook = rulebook
        self._structure = structure
        self._firm = is_firm(structure)

    @cached_property
    def _portfolio(self) -> Portfolio:
        return portfolio_sizes(self._structure)

    def columns(self) -> Iterator[pl.Series]:
        """Yield all columns of which something is known."""
        for fact, key in OWN_FIGURES.items():
            figures = self._structure.nodes.figures.get(key)
            if fact in self._rulebook.facts and figures is not None:
                yield from self._number(fact, figures, key[0].scale)
        for fact, key in GROUP_FIGURES.items():
            figures = self._portfolio.figures.get(key)
            if fact in self._rulebook.facts and figures is not None:
                yield from self._number(fact, figures, key[0].scale)
        if "public_shareholding" in self._rulebook.facts:
            yield from self._number("public_shareholding", self._public, SHARE_SCALE, self._firm & self._public_told)
        if "size_limits_crossed" in self._rulebook.facts:
            yield from (column for column in self._status() if column.null_count() < len(column))
        yield from self._korean()

    @cached_property
    def _public(self) -> Figures:
        """What public bodies hold, with what nobody is named for."""
        named = self._portfolio.public
        return Figures(named.low, np.minimum(named.high + unnamed(self._structure), WHOLE))

    @property
    def _public_told(self) -> NDArray[np.bool_]:
        told: NDArray[np.bool_] = (self._public.low > 0) | (self._public.high < WHOLE)
        return told

    def _korean(self) -> Iterator[pl.Series]:
        """Yield what Korean law asks of Korean firms; most structures have none, or no programme reads it."""
        read = frozenset().union(*self._rulebook.reads.values()) & self._rulebook.facts.keys()
        firms = self._firm & is_korean(self._structure)
        if not firms.any():
            return
        if TURNOVER in read:
            yield from self._number(TURNOVER, Figures(*group_turnovers(self._structure)), 1, firms)
        for fact, truths in owner_truths(self._rulebook.as_of, self._structure, read):
            known = firms & (truths != 0)
            if known.any():
                yield pl.Series(fact, truths > 0).set(pl.Series(~known), None)

    def _number(
        self, fact: str, figures: Figures, scale: int, told: NDArray[np.bool_] | None = None
    ) -> Iterator[pl.Series]:
        """Yield the lower and, where there are ranges, the upper ends of a number as `answers.as_answer` writes it.

        `told` are the nodes of which it is told, all firms if left out.
        """
        subject = self._rulebook.subject(fact)
        # Percentages are written from 0 to 100, and held as what they are.
        unit = scale_of(subject.type, subject.currency) // (100 if subject.type == "percent" else 1)
        bounds = answer_bounds(subject)
        written = 100 if subject.type == "percent" else 1
        least, most = (None if bound is None else int(bound * written * scale) for bound in bounds)
        low, high = figures.low, figures.high
        if least is not None:
            low, high = np.maximum(low, least), np.maximum(high, least)
        if most is not None:
            low, high = np.minimum(low, most), np.where(high > most, OPEN, high)
        known = (self._firm if told is None else told) & ((high < OPEN) | (low > (least or 0)))
        if not known.any():
            return
        low, bounded = _rounded(low, scale, unit), known & (high < OPEN)
        high = _rounded(np.where(bounded, high, 0), scale, unit)
        yield _nullable(fact, low, known)
        if (known & ~bounded).any() or (low[known] != high[known]).any():
            yield _nullable(high_end(fact), high, bounded)

    def _status(self) -> Iterator[pl.Series]:
        """Yield whether a limit was crossed between the two last periods, and a status that only a third explains."""
        latest, previous, earlier = (self._classes(period) for period in Period)
        settled = (latest >= 0) & (previous >= 0)
        yield pl.Series("size_limits_crossed", latest != previous).set(pl.Series(~settled), None)
        if "eu_size_class" not in self._rulebook.definitions:
            return
        # Two years decide by the definition. A third one may move the status, which only an answer of its own can say.
        standing = np.sort(np.stack((latest, previous, earlier)), axis=0)[1]
        moved = settled & (earlier >= 0) & (standing != previous) & (latest != previous)
        moved &= self._public.high < _QUARTER
        names = pl.Series(ORDER)
        yield names.gather(np.where(moved, standing, 0)).set(pl.Series(~moved), None).alias("eu_size_class")

    def _classes(self, period: Period) -> NDArray[np.int8]:
        """Return the number of each firm's class by the figures of one period, -1 where they leave it open."""
        codes = np.full(len(self._structure.nodes), -1, dtype=np.int8)
        if CLASS not in self._rulebook.definitions:
            return codes
        facts = pl.DataFrame(list(self._figures_read(period)))
        given = [fact for fact in READS.values() if fact in facts.columns]
        ranged = [fact for fact in given if high_end(fact) in facts.columns]
        columns = Columns(self._rulebook, given, ranged=ranged, reasons=False)
        options = columns.options(CLASS)
        settled: dict[str, Kleene] = {choice: options.is_(choice) for choice in ORDER}
        for choice, found in _where(settled, facts).items():
            codes[found & self._firm] = ORDER.index(choice)
        return codes

    def _figures_read(self, period: Period) -> Iterator[pl.Series]:
        """Yield the figures of a period under the names by which the definition reads those of the latest."""
        for measure, fact in READS.items():
            figures = self._portfolio.figures.get((measure, period))
            if fact in self._rulebook.facts and figures is not None:
                yield from self._number(fact, figures, measure.scale)


def _where(truths: Mapping[str, Kleene], facts: pl.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Return where each truth surely holds; one that no figure decides is left out."""
    terms = {name: truth for name, truth in truths.items() if isinstance(truth, Term)}
    found = SeriesProgram(terms).run(facts) if terms else facts
    return {name: found[name].fill_null(False).to_numpy() for name in terms}


def _rounded(values: Ints, scale: int, unit: int) -> Ints:
    """Return numbers of `scale` units in the coarser `unit`, rounded half up."""
    step = scale // unit
    return values if step == 1 else (2 * values + step) // (2 * step)


def _nullable(name: str, values: Ints, known: NDArray[np.bool_]) -> pl.Series:
    series = pl.Series(name, values)
    return series if known.all() else series.set(pl.Series(~known), None)
