"""Column expressions as a graph: equal parts are one node, and what several others use becomes a column of its own.

An expression written out in full repeats its parts, and engines do not find them all again. Here each part exists
once: `Sheet.program` turns the graph into stages of columns, in an order in which all that each needs is there.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from typing import Any

import narwhals as nw

Constant = int | str | bool | date | tuple[str, ...] | None
Operation = Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One node: an operation on terms and constants. Equal nodes of a sheet are the same object."""

    sheet: "Sheet" = field(repr=False)
    operation: str
    parts: tuple["Term | Constant", ...]

    def __and__(self, other: "Term") -> "Term":
        return self if self is other else self.sheet.term("and", self, other)

    def __or__(self, other: "Term") -> "Term":
        return self if self is other else self.sheet.term("or", self, other)

    def __invert__(self) -> "Term":
        if self.operation == "not":
            (part,) = self.parts
            assert isinstance(part, Term)
            return part
        return self.sheet.term("not", self)

    def __add__(self, other: "Term | int") -> "Term":
        return self.sheet.term("add", self, other)

    def __sub__(self, other: "Term | int") -> "Term":
        return self.sheet.term("subtract", self, other)

    def __mul__(self, other: "Term | int") -> "Term":
        return self.sheet.term("multiply", self, other)

    def __floordiv__(self, other: int) -> "Term":
        return self.sheet.term("divide", self, other)

    def __le__(self, other: "Term | Constant") -> "Term":
        return self.sheet.term("at most", self, other)

    def __lt__(self, other: "Term | Constant") -> "Term":
        return self.sheet.term("below", self, other)

    def __ge__(self, other: "Term | Constant") -> "Term":
        return self.sheet.term("at least", self, other)

    def __gt__(self, other: "Term | Constant") -> "Term":
        return self.sheet.term("above", self, other)

    def equals(self, other: "Term | Constant") -> "Term":
        """Return where both are equal; NULL where one is."""
        return self.sheet.term("equal", self, other)

    def is_null(self) -> "Term":
        """Return where it is NULL."""
        return self.sheet.term("is null", self)

    def or_else(self, value: "Term | Constant") -> "Term":
        """Return it with NULL replaced."""
        return self.sheet.term("fill", self, value)

    def is_in(self, values: tuple[str, ...]) -> "Term":
        """Return where a text is one of some values."""
        return self.sheet.term("is in", self, values)

    def prefix(self, length: int) -> "Term":
        """Return the first characters of a text."""
        return self.sheet.term("prefix", self, length)

    def mapped(self, values: Mapping[str, int]) -> "Term":
        """Return the number that each text stands for; NULL for any other."""
        return self.sheet.term("map", self, tuple(values), tuple(str(value) for value in values.values()))

    def date_part(self, part: str) -> "Term":
        """Return `year`, `month` or `day` of a date."""
        return self.sheet.term(part, self)


PLAIN: Mapping[str, Operation] = {
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.invert,
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.floordiv,
    "at most": operator.le,
    "below": operator.lt,
    "at least": operator.ge,
    "above": operator.gt,
    "equal": operator.eq,
}
"""The operations that expressions and series write alike."""


@cache
def _operations() -> dict[str, Operation]:
    """Return how each operation is written as an expression."""
    types = {"truth": nw.Boolean(), "number": nw.Int64(), "code": nw.Int8()}

    def mapped(column: Any, keys: tuple[str, ...], values: tuple[str, ...]) -> Any:
        return column.replace_strict(keys, [int(value) for value in values], default=None, return_dtype=nw.Int64)

    return {
        "column": nw.col,
        "literal": lambda kind, value: nw.lit(value, dtype=types[kind]),
        **PLAIN,
        "is null": lambda part: part.is_null(),
        "fill": lambda part, value: (
            part.fill_null(value) if not isinstance(value, nw.Expr) else nw.coalesce(part, value)
        ),
        "is in": lambda part, values: part.is_in(values),
        "prefix": lambda part, length: part.str.slice(0, length),
        "map": mapped,
        "year": lambda part: part.dt.year().cast(nw.Int64),
        "month": lambda part: part.dt.month().cast(nw.Int64),
        "day": lambda part: part.dt.day().cast(nw.Int64),
        "mask": lambda *flags: reduce(
            operator.add, (flag.cast(nw.Int64) * 2**bit for flag, bit in zip(flags[::2], flags[1::2], strict=True))
        ),
        "when": lambda condition, yes: nw.when(condition).then(yes),
        "if": lambda condition, yes, no: nw.when(condition).then(yes).otherwise(no),
        "least": nw.min_horizontal,
        "greatest": nw.max_horizontal,
    }


@dataclass(frozen=True, slots=True)
class Program:
    """Columns to add, stage by stage, and the expressions of the results."""

    stages: tuple[Mapping[str, Any], ...]
    results: Mapping[str, Any]


class Sheet:
    """The graph of one plan."""

    def __init__(self) -> None:
        self._terms: dict[tuple[Any, ...], Term] = {}

    def column(self, name: str) -> Term:
        """Return a column of the table."""
        return self.term("column", name)

    def mask(self, flags: Mapping[int, Term]) -> Term:
        """Return a number with the bit of each flag that is set; a flag is never NULL."""
        return self.term("mask", *(part for bit, flag in flags.items() for part in (flag, bit)))

    def truth(self, value: bool | None) -> Term:
        """Return a truth that is the same in every row."""
        return self.term("literal", "truth", value)

    def number(self, value: int | None) -> Term:
        """Return a number that is the same in every row."""
        return self.term("literal", "number", value)

    def code(self, value: int) -> Term:
        """Return a small number that is the same in every row."""
        return self.term("literal", "code", value)

    def term(self, operation: str, *parts: Term | Constant) -> Term:
        """Return the node of an operation, made once for the same parts."""
        # `True == 1` in Python: the type is part of the key.
        key = (operation, *((type(part), part) if not isinstance(part, Term) else id(part) for part in parts))
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = Term(self, operation, parts)
        return found

    def program(self, results: Mapping[str, Term]) -> Program:
        """Turn the part of the graph that the results need into stages of columns."""
        return _Writer(results).program()


class _Writer:
    """Writes terms as expressions; one that several others use becomes a column of the first stage that can hold it."""

    def __init__(self, results: Mapping[str, Term]) -> None:
        self.results = results
        self.operations = _operations()
        self.uses: Counter[int] = Counter()
        self.stages: list[dict[str, Any]] = []
        self.written: dict[int, tuple[Any, int]] = {}
        self._count()

    def program(self) -> Program:
        results = {name: self._write(term)[0] for name, term in self.results.items()}
        return Program(tuple(self.stages), results)

    def _count(self) -> None:
        self.uses.update(id(term) for term in self.results.values())
        for term in terms_below(self.results.values()):
            self.uses.update(id(part) for part in _terms_of(term))

    def _write(self, term: Term) -> tuple[Any, int]:
        """Return the expression of a term and the stage from which on it can be worked out."""
        if id(term) in self.written:
            return self.written[id(term)]
        parts: list[Any] = []
        stage = 0
        for part in term.parts:
            if isinstance(part, Term):
                expression, needed = self._write(part)
                parts.append(expression)
                stage = max(stage, needed)
            else:
                parts.append(part)
        expression = self.operations[term.operation](*parts)
        if self.uses[id(term)] > 1 and term.operation not in ("column", "literal"):
            expression, stage = self._keep(expression, stage), stage + 1
        self.written[id(term)] = expression, stage
        return expression, stage

    def _keep(self, expression: Any, stage: int) -> Any:
        while len(self.stages) <= stage:
            self.stages.append({})
        name = f"~{len(self.written)}"
        self.stages[stage][name] = expression
        return nw.col(name)


def terms_below(terms: Iterable[Term]) -> list[Term]:
    """Return the terms and all that they are made of, each once and after its parts."""
    order: dict[int, Term] = {}
    waiting = [*terms]
    while waiting:
        term = waiting[-1]
        parts = [part for part in _terms_of(term) if id(part) not in order]
        if parts:
            waiting.extend(parts)
            continue
        order.setdefault(id(term), term)
        waiting.pop()
    return list(order.values())


def _terms_of(term: Term) -> Iterator[Term]:
    return (part for part in term.parts if isinstance(part, Term))


def when(condition: Term, yes: Term) -> Term:
    """Return `yes` where the condition holds, else NULL."""
    return condition.sheet.term("when", condition, yes)


def if_then_else(condition: Term, yes: Term, no: Term) -> Term:
    """Return `yes` where the condition holds, else `no` (also where the condition is NULL)."""
    return yes if yes is no else condition.sheet.term("if", condition, yes, no)


def least_of(*terms: Term) -> Term:
    """Return the smallest, passing NULL over."""
    return terms[0] if len(terms) == 1 else terms[0].sheet.term("least", *terms)


def greatest_of(*terms: Term) -> Term:
    """Return the greatest, passing NULL over."""
    return terms[0] if len(terms) == 1 else terms[0].sheet.term("greatest", *terms)
