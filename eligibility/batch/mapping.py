"""Which column holds which fact: by `--map`, by id, by alias."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eligibility.language.linking import nearest
from eligibility.rulebook.link import fold
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem

ID_COLUMNS = ("company_id", "id")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns are used (column -> fact id, in input order), which names the row, which are only carried along."""

    facts: Mapping[str, str]
    id_column: str | None
    carried: tuple[str, ...]


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


def match_columns(
    rulebook: Rulebook, header: Sequence[str], mapping: Mapping[str, str], id_column: str | None
) -> ColumnMap:
    """Match columns to facts.

    Raises:
        AnswerError: a column or fact that does not exist, two columns for one fact, no usable column.
    """
    names = known_names(rulebook)
    forced, problems = _forced(rulebook, header, mapping)
    identifier = _identifier(header, id_column, problems)
    facts: dict[str, str] = {}
    taken: dict[str, str] = {fact: column for column, fact in forced.items() if fact}
    for column in header:
        fact = forced[column] if column in forced else None if column == identifier else names.get(folded(column))
        if not fact or (column not in forced and fact in forced.values()):
            continue
        other = taken.setdefault(fact, column)
        if other != column:
            message = f"the columns `{other}` and `{column}` both hold `{fact}`"
            problems.append(Problem("two-columns", message, None, f"choose one: --map '{column}={fact}'"))
        facts[column] = fact
    if problems:
        raise AnswerError(*problems)
    if not facts:
        shown = ", ".join(f"`{column}`" for column in header[:8])
        hint = "is the first line the header? name columns like the facts, or use --map COLUMN=FACT"
        raise AnswerError(Problem("no-usable-column", f"no column is named like a fact: {shown}", None, hint))
    return ColumnMap(facts, identifier, tuple(column for column in header if column not in facts))


def suggestions(rulebook: Rulebook, columns: Sequence[str]) -> Mapping[str, str]:
    """Return for unused columns the fact with the nearest name, where there is one near enough."""
    names = known_names(rulebook)
    found = {}
    for column in columns:
        near = nearest(folded(column), names)
        if near:
            found[column] = names[near.removeprefix("did you mean `").removesuffix("`?")]
    return found


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
