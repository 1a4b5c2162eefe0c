"""Facts that a definition works out where nobody answers them: which definition that is, and that it can be."""

from collections.abc import Mapping

from eligibility.language.definition import DefinitionShape
from eligibility.language.fact import FactShape, SubjectShape
from eligibility.language.linking import Path, Scope, nearest
from eligibility.rulebook.rules import Rules, Written

FIELD = "worked_out_by"
_TYPES = ("truth", "choice")


def work_out_by(name: str, written: Written[FactShape], rules: Rules, scope: Scope) -> str | None:
    """Return the definition that works a fact out; `None` if it names none, or one that cannot."""
    wanted = written.shape.worked_out_by
    if wanted is None:
        return None
    path: Path = (*written.path, FIELD)
    definition = rules.definitions.get(wanted)
    if definition is None:
        if not scope.is_broken(wanted, "definitions"):
            hint = nearest(wanted, rules.definitions) or "`eligibility facts` lists them"
            scope.problem(path, "unknown-definition", f"there is no definition `{wanted}`", hint)
        return None
    problem = _misfit(name, written.shape, wanted, definition.shape)
    if problem:
        scope.problem(path, "wrong-type", problem)
        return None
    return wanted


def _misfit(name: str, fact: FactShape, wanted: str, definition: DefinitionShape) -> str:
    if fact.type not in _TYPES:
        # What is known of a number can be a range, and then neither an answer nor a definition says it all.
        return f"`{name}` is a {fact.type}: only a truth or a choice has a definition that works it out"
    if _kind(fact) != _kind(definition):
        return f"`{wanted}` does not have the same type and choices as `{name}`"
    return ""


def _kind(shape: SubjectShape) -> tuple[object, ...]:
    return shape.type, tuple(shape.choices), shape.choices_from


def circle_through(circle: list[str], by: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the fact of a circle that is worked out by what reads it, with a message; `None` if none is in it."""
    fact = next((name for name in circle if name in by), None)
    if fact is None:
        return None
    place = circle.index(fact)
    around = [*circle[place:-1], *circle[:place], fact]
    return fact, f"`{fact}` is worked out by what reads it: {' -> '.join(around)}"
