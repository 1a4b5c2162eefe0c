"""Where each programme stands after some answers, and which facts can still change that.

What was worked out once is kept: a programme is looked at again only when an answer that it reads has changed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import Verdict
from eligibility.engine.cells import Cells
from eligibility.engine.diagram import LEAF
from eligibility.engine.formula import names_in
from eligibility.engine.priors import COUNTRY_FACT, Likelihoods
from eligibility.engine.profile import Profile, Value
from eligibility.engine.reference import Reference
from eligibility.interview.chances import Chances
from eligibility.interview.question import Threshold
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.interval import Interval
from eligibility.values.truth import Truth

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a programme stands.

    `verdict` is `None` while some answer can still change it. `wanted` are the facts and definitions that matter now:
    those that can change the verdict, then those that can change the award; the ones known by a range or a coarse code
    are among them if more exact knowledge would matter. `left` is what is left of the diagrams: that of the verdict
    while it is open, then those of the award.
    """

    verdict: Verdict | None
    wanted: frozenset[str]
    left: tuple[tuple[Cells, int], ...] = ()


class Plan:
    """The diagrams of a rulebook and what was found out with them. Only a memory: it changes no result."""

    def __init__(self, rulebook: Rulebook, priors: Likelihoods) -> None:
        self.rulebook = rulebook
        self.priors = priors
        self._chances: dict[str | None, Chances] = {}
        self._cells: dict[frozenset[str], Cells] = {}
        self._verdicts: dict[Hashable, int | None] = {}
        self._compared: dict[tuple[Cells, int], tuple[str, ...]] = {}
        self._standings: dict[Hashable, Standing] = {}
        self._facts_behind: dict[str, frozenset[str]] = {}
        self._largest: dict[str, tuple[str, Fraction] | None] = {}
        self._reads = {name: tuple(sorted(reads)) for name, reads in rulebook.reads.items()}

    def standing(
        self,
        programme: str,
        profile: Profile,
        asked_for: frozenset[str] = NOTHING,
        stated: frozenset[str] = NOTHING,
    ) -> Standing:
        """Return where a programme stands.

        `asked_for` are definitions that can be asked for where facts behind them are still wanted, `stated` those that
        are looked at as if they were always asked for.
        """
        values, reads = profile.values, self.rulebook.reads[programme]
        given = tuple((name, values[name]) for name in self._reads[programme] if name in values)
        stated = (stated & reads).union(name for name, _ in given if name in self.rulebook.definitions)
        found = self._standing(programme, given, stated, None, profile)
        # What is worked out of the rest may settle it without them.
        instead = frozenset(
            name for name in (asked_for & reads) - stated if not self._behind(name).isdisjoint(found.wanted)
        )
        return self._standing(programme, given, stated | instead, found.verdict, profile) if instead else found

    def _standing(
        self, programme: str, given: Hashable, stated: frozenset[str], verdict: Verdict | None, profile: Profile
    ) -> Standing:
        key = (programme, stated, given, verdict)
        found = self._standings.get(key)
        if found is None:
            if verdict is None:
                found = self._stands(programme, profile, stated)
            else:
                found = self._with_award(programme, verdict, stated, profile)
            self._standings[key] = found
        return found

    def _behind(self, definition: str) -> frozenset[str]:
        """Return the facts and definitions that a definition is worked out from, also through others."""
        found = self._facts_behind.get(definition)
        if found is None:
            own = self.rulebook.definitions[definition].facts()
            inside = (self._behind(name) for name in own if name in self.rulebook.definitions)
            found = self._facts_behind[definition] = own.union(*inside)
        return found

    def chances(self, profile: Profile) -> Chances:
        """Return the chances of values for a site in the country of a profile."""
        country = profile.given(COUNTRY_FACT)
        key = country if isinstance(country, str) else None
        if key not in self._chances:
            self._chances[key] = Chances(self.rulebook, self.priors, key)
        return self._chances[key]

    def largest_award(self, programme: str) -> tuple[str, Fraction] | None:
        """Return currency and amount of the largest award that a programme can give, where it is bounded."""
        if programme not in self._largest:
            award = assess_programme(self.rulebook, Profile({}, {}), self.rulebook.programmes[programme]).award
            self._largest[programme] = None
            if award is not None and award.currency is not None and award.amount is not None and award.amount.high:
                self._largest[programme] = award.currency, Fraction(award.amount.high)
        return self._largest[programme]

    def asks_for(self, definition: str, profile: Profile, exhausted: frozenset[str]) -> bool:
        """Tell whether a definition has to be asked for: of nothing else that it lacks can more become known."""
        if not self.rulebook.definitions[definition].askable:
            return False
        lacking = self._missing(definition, profile)
        return bool(lacking) and lacking <= exhausted | {definition}

    def lacking(self, profile: Profile, exhausted: frozenset[str]) -> frozenset[str]:
        """Return the definitions that can be asked for because no more can become known of the facts behind them."""
        names = self.rulebook.definitions
        return frozenset(
            name for name in names if profile.given(name) is None and self.asks_for(name, profile, exhausted)
        )

    def threshold(self, fact: str, standings: Iterable[Standing]) -> Threshold | None:
        """Return the threshold of a fact that most programmes still ask about; the lowest of several."""
        cuts: Counter[Any] = Counter()
        for standing in standings:
            for cells, function in standing.left:
                place = cells.diagrams.places[fact]
                nodes = (cells.diagrams.nodes[number] for number in cells.diagrams.below(function))
                cuts.update({key for node in nodes if node.place == place for key in node.keys})
        if not cuts:
            return None
        value, above = min(cuts, key=lambda cut: (-cuts[cut], cut))
        return Threshold(value, bool(above))

    def _missing(self, name: str, profile: Profile) -> frozenset[str]:
        return Reference(self.rulebook, profile).known(name).missing

    def _stands(self, programme: str, profile: Profile, stated: frozenset[str]) -> Standing:
        cells = self._cells.get(stated)
        if cells is None:
            cells = self._cells[stated] = Cells(self.rulebook, stated)
        verdict = self._verdict(programme, cells, stated)
        if verdict is None:
            return self._by_kleene(programme, profile, stated)
        left = self._restricted(cells, verdict, profile)
        if self._compares_known(cells, left, profile):
            # With one of the facts known the comparison is a threshold of the other.
            cells = Cells(self.rulebook, stated, profile)
            exact = cells.verdict(self.rulebook.programmes[programme])
            if exact is None:
                return self._by_kleene(programme, profile, stated)
            left = exact
        if not cells.diagrams.is_leaf(left):
            return Standing(None, self._asked_in(cells, left, profile), ((cells, left),))
        truth = cells.diagrams.values[left]
        if truth is Truth.NO:
            return Standing(Verdict.NOT_ELIGIBLE, NOTHING)
        return self._with_award(programme, self._settled(programme, truth), stated, profile)

    def _compares_known(self, cells: Cells, function: int, profile: Profile) -> bool:
        comparisons = (cells.comparisons[name] for name in self._comparisons(cells, function))
        # Where a business year ended is no threshold of its closing day, nor of the day that lies in it.
        amounts = (comparison for comparison in comparisons if comparison.ended is None)
        return any(is_exact(profile.given(fact)) for comparison in amounts for fact in comparison.facts())

    def _settled(self, programme: str, truth: object) -> Verdict:
        if truth is Truth.UNKNOWN:
            return Verdict.UNDETERMINED
        manual = any(criterion.condition is None for criterion in self.rulebook.programmes[programme].criteria)
        return Verdict.LIKELY if manual else Verdict.ELIGIBLE

    def _by_kleene(self, programme: str, profile: Profile, stated: frozenset[str]) -> Standing:
        result = assess_programme(self.rulebook, profile, self.rulebook.programmes[programme])
        if not result.missing:
            return Standing(result.verdict, NOTHING)
        wanted = result.missing.union(name for name in stated if profile.given(name) is None)
        return Standing(None if result.verdict is Verdict.UNDETERMINED else result.verdict, wanted)

    def _verdict(self, programme: str, cells: Cells, stated: frozenset[str]) -> int | None:
        key = (programme, stated)
        if key not in self._verdicts:
            self._verdicts[key] = cells.verdict(self.rulebook.programmes[programme])
        return self._verdicts[key]

    def _with_award(self, programme: str, verdict: Verdict, stated: frozenset[str], profile: Profile) -> Standing:
        # Much is known by now: put in from the start it keeps these diagrams small.
        cells = Cells(self.rulebook, stated, profile)
        functions = cells.award(self.rulebook.programmes[programme])
        if functions is None:
            return Standing(verdict, self._by_kleene(programme, profile, stated).wanted)
        diagrams = cells.diagrams
        wanted: set[str] = set()
        for function in functions:
            wanted |= self._asked_in(cells, function, profile)
            formulas = (diagrams.values[number] for number in diagrams.below(function) if diagrams.is_leaf(number))
            for formula in formulas:
                assert isinstance(formula, Fraction | tuple)
                # An amount known within a range stays so: nothing more exact is asked for.
                wanted.update(name for name in names_in(formula) if profile.given(name) is None)
        return Standing(verdict, frozenset(wanted), tuple((cells, function) for function in functions))

    def _restricted(self, cells: Cells, function: int, profile: Profile) -> int:
        diagrams = cells.diagrams
        known = {diagrams.places[name]: value for name, value in profile.values.items() if name in diagrams.places}
        reference = Reference(self.rulebook, profile)
        for name in self._comparisons(cells, function):
            truth = cells.comparisons[name].truth(reference)
            if truth is not Truth.UNKNOWN:
                known[diagrams.places[name]] = truth is Truth.YES
        if not known:
            return function
        diagrams.room = LEAF
        return diagrams.restrict(function, known, {})

    def _comparisons(self, cells: Cells, function: int) -> tuple[str, ...]:
        key = (cells, function)
        if key not in self._compared:
            self._compared[key] = tuple(name for name in _asked_by(cells, function) if name in cells.comparisons)
        return self._compared[key]

    def _asked_in(self, cells: Cells, function: int, profile: Profile) -> frozenset[str]:
        """Return the facts that a function still asks for, those behind its comparisons among them."""
        wanted: set[str] = set()
        for name in _asked_by(cells, function):
            comparison = cells.comparisons.get(name)
            if comparison is None:
                wanted.add(name)
            else:
                wanted.update(fact for fact in comparison.facts() if not is_exact(profile.given(fact)))
        return frozenset(wanted)


def _asked_by(cells: Cells, function: int) -> list[str]:
    diagrams = cells.diagrams
    asked = {diagrams.nodes[number].place for number in diagrams.below(function) if not diagrams.is_leaf(number)}
    return [diagrams.variables[place].name for place in sorted(asked)]


def is_exact(value: Value | None) -> bool:
    """Tell whether an answer is known exactly, as far as that can be told without the rules."""
    return value is not None and (not isinstance(value, Interval) or value.is_point)
