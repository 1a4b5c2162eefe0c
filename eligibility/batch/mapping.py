"""Which column holds which fact: by `--map`, by id, by alias; and in which unit."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eligibility.batch.units import Split, Unit, split_unit
from eligibility.language.linking import nearest
from eligibility.rulebook.link import fold
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem

_LONGEST_NAME = 200
ID_COLUMNS = ("company_id", "id")


@dataclass(frozen=True, slots=True)
class Taken:
    """The fact that a column holds, and what its numbers count where its name says so."""

    fact: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is named like a fact and yet not taken: `text` in its name is no unit of the fact."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns are used (column -> fact id, in input order), which names the row, which are only carried along.

    `units` says what the numbers of used columns count, where their names say so; `left_out` names the columns that
    would have been used but for what their names say, `told` those that a map says something of.
    """

    facts: Mapping[str, str]
    id_column: str | None
    carried: tuple[str, ...]
    units: Mapping[str, Unit] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def unclaimed(self) -> tuple[str, ...]:
        """Return the carried columns of which nothing is known: no identifier, none left out, none in the map."""
        known = {self.id_column, *self.left_out, *self.told}
        return tuple(column for column in self.carried if column not in known)


def folded(name: str) -> str:
    """Return a column name as it is compared, with letters composed (some systems write them in parts)."""
    return fold(unicodedata.normalize("NFC", name))


def known_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Return folded column name -> fact or definition id."""
    names: dict[str, str] = {}
    for subject in _subjects(rulebook):
        names[folded(subject)] = subject
    for subject in _subjects(rulebook):
        for alias in rulebook.subject(subject).wording.aliases:
            names.setdefault(folded(alias), subject)
    return names


class Names:
    """Finds the fact that a column name says, with or without a unit."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._names = known_names(rulebook)
        self._by_unit: dict[tuple[str, str], str | None] = {}
        for name, subject in self._aliases():
            split = split_unit(name)
            # Names with a currency in them: `Umsatz KRW` is also where `Umsatz (Mio. KRW)` belongs.
            if split is not None and split.unit is not None and split.unit.factor == 1:
                key = (folded(split.base), split.unit.kind)
                self._by_unit[key] = subject if self._by_unit.get(key, subject) == subject else None

    def _aliases(self) -> Iterator[tuple[str, str]]:
        for subject in _subjects(self._rulebook):
            for alias in self._rulebook.subject(subject).wording.aliases:
                yield alias, subject

    def plain(self, column: str) -> str | None:
        """Return the fact with this name, nothing taken off."""
        return self._names.get(folded(column))

    def taken(self, column: str) -> Taken | LeftOut | None:
        """Return the fact that a column holds and its unit, or why it holds none."""
        fact = self.plain(column)
        if fact is not None:
            return Taken(fact, None)
        split = split_unit(column)
        return None if split is None else self._of_unit(split)

    def _of_unit(self, split: Split) -> Taken | LeftOut | None:
        base, unit = folded(split.base), split.unit
        candidates = [self._by_unit.get((base, unit.kind)) if unit is not None else None, self._names.get(base)]
        for fact in candidates:
            if fact is not None and unit is not None and unit.fits(self._rulebook.subject(fact)):
                return Taken(fact, unit)
        named = next((fact for fact in candidates if fact is not None), None)
        return None if named is None else LeftOut(named, split.text)

    def told(self, column: str, fact: str) -> Taken | None:
        """Return the fact that a column was told to hold, with the unit that its name gives; `None` for no fact."""
        if not fact:
            return None
        split = split_unit(column)
        if self.plain(column) == fact or split is None or split.unit is None:
            return Taken(fact, None)
        unit, subject = split.unit, self._rulebook.subject(fact)
        # Who tells that a column of dollars holds euros has to answer for that; thousands stay thousands.
        if unit.currency is not None and subject.type == "money":
            unit = Unit(subject.currency or unit.kind, unit.factor)
        return Taken(fact, unit if unit.fits(subject) else None)


class KnownNames:
    """Tells which names of columns mean something: those of facts, with or without a unit, and those asked for.

    `also` and, where no rulebook is given, all names are folded.
    """

    def __init__(self, also: Collection[str], rulebook: Rulebook | None = None) -> None:
        self._also = frozenset(also)
        self._names = None if rulebook is None else Names(rulebook)
        self._found: dict[str, bool] = {}

    def __contains__(self, column: object) -> bool:
        name = str(column)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._known(name)
        return found

    def _known(self, name: str) -> bool:
        # Most cells that are looked at are numbers, of which none is a name.
        if not any(letter.isalpha() for letter in name[:_LONGEST_NAME]):
            return False
        return folded(name) in self._also or (self._names is not None and self._names.taken(name) is not None)


def match_columns(
    rulebook: Rulebook, header: Sequence[str], mapping: Mapping[str, str], id_column: str | None, *, by_id: bool = False
) -> ColumnMap:
    """Match columns to facts; `by_id`: facts come by the id of each row, so that no column need hold any.

    Raises:
        AnswerError: a column or fact that does not exist, two columns for one fact, no usable column.
    """
    names = Names(rulebook)
    forced, problems = _forced(rulebook, header, mapping)
    identifier = _identifier(header, id_column, problems)
    facts: dict[str, str] = {}
    units: dict[str, Unit] = {}
    left_out: dict[str, LeftOut] = {}
    taken: dict[str, str] = {fact: column for column, fact in forced.items() if fact}
    for column in header:
        found: Taken | LeftOut | None = None
        if column in forced:
            found = names.told(column, forced[column])
        elif column != identifier:
            found = names.taken(column)
        if isinstance(found, LeftOut):
            left_out[column] = found
            continue
        if found is None or (column not in forced and found.fact in forced.values()):
            continue
        other = taken.setdefault(found.fact, column)
        if other != column:
            message = f"the columns `{other}` and `{column}` both hold `{found.fact}`"
            problems.append(Problem("two-columns", message, None, f"choose one: --map '{column}={found.fact}'"))
        facts[column] = found.fact
        if found.unit is not None:
            units[column] = found.unit
    if problems:
        raise AnswerError(*problems)
    if not (facts or by_id):
        raise AnswerError(_nothing_usable(header, left_out))
    carried = tuple(column for column in header if column not in facts)
    return ColumnMap(facts, identifier, carried, units, left_out, tuple(forced))


def _nothing_usable(header: Sequence[str], left_out: Mapping[str, LeftOut]) -> Problem:
    for column, left in left_out.items():
        message = f"the column `{column}` would hold `{left.fact}`, but `{left.text}` is no unit of it"
        return Problem("no-usable-column", message, None, f"if it does: --map '{column}={left.fact}'")
    shown = ", ".join(f"`{column}`" for column in header[:8])
    hint = "is the first line the header? name columns like the facts, or use --map COLUMN=FACT"
    return Problem("no-usable-column", f"no column is named like a fact: {shown}", None, hint)


def _subjects(rulebook: Rulebook) -> Iterator[str]:
    yield from rulebook.facts
    yield from rulebook.definitions


def _forced(
    rulebook: Rulebook, header: Sequence[str], mapping: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    by_fold = {folded(column): column for column in header}
    subjects = list(_subjects(rulebook))
    forced: dict[str, str] = {}
    problems: list[Problem] = []
    for written, fact in mapping.items():
        column = written if written in header else by_fold.get(folded(written))
        if column is None:
            # A saved map may name a column to carry along that the next table lacks.
            if fact:
                problems.append(
                    Problem("unknown-column", f"there is no column `{written}`", None, nearest(written, header))
                )
        elif fact and fact not in subjects:
            problems.append(Problem("unknown-fact", f"there is no fact `{fact}`", None, nearest(fact, subjects)))
        elif fact and fact in forced.values():
            other = next(name for name, given in forced.items() if given == fact)
            message = f"the columns `{other}` and `{column}` are both mapped to `{fact}`"
            problems.append(Problem("two-columns", message, None, "map one of them"))
        else:
            forced[column] = fact
    return forced, problems


def _identifier(header: Sequence[str], wanted: str | None, problems: list[Problem]) -> str | None:
    if wanted is not None:
        if wanted in header:
            return wanted
        problems.append(Problem("unknown-column", f"there is no column `{wanted}`", None, nearest(wanted, header)))
        return None
    by_name = {column.casefold(): column for column in reversed(header)}
    return next((by_name[name] for name in ID_COLUMNS if name in by_name), None)
