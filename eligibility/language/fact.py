"""Facts: what can be asked about a company or its project."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from eligibility.language.in_range import value_parser
from eligibility.language.linking import Path, Scope, Table, check_id, nearest
from eligibility.language.shape import Names, Scalar, Shape, Text, reading
from eligibility.values.misread import Misread
from eligibility.values.money import MINOR_UNITS
from eligibility.values.number import parse_number
from eligibility.values.ranges import parse_range

Type = Literal["truth", "number", "money", "percent", "date", "choice", "code"]
Changeable = Literal["size", "place", "date", "order", "plan", "modules", "company"]
"""What one chooses by changing a fact: of the project, its size, place, dates, order of spending, papers and content;
or of the company itself, which nobody changes for the sake of a grant."""
LARGEST = {"number": Fraction(10**9), "money": Fraction(10**15), "percent": Fraction(1)}


class SubjectShape(Shape):
    """What facts and definitions share: type, wording, column aliases."""

    type: Type
    label: Text
    question: Text | None = None
    help: Text | None = None
    unit: Text | None = None
    currency: Scalar | None = None
    choices: dict[Scalar, Text] = Field(default_factory=dict)
    choices_from: Scalar | None = None
    form: Literal["nace", "ksic", "region"] | None = None
    names_from: Scalar | None = None
    aliases: tuple[Scalar, ...] = ()


class FactShape(SubjectShape):
    """A fact as written."""

    question: Text
    overlaps: Names = ()
    range: Scalar | None = None
    worked_out_by: Scalar | None = None
    changeable: Changeable | None = None


Order = Annotated[
    int, BeforeValidator(reading(lambda text: int(parse_number(text, decimals=0)))), WithJsonSchema({"type": "integer"})
]


class TopicShape(Shape):
    """A file of facts: one topic of the interview. Topics with a lower `order` are asked first."""

    topic: Scalar
    order: Order = 1000
    title: Text
    facts: dict[Scalar, FactShape]


@dataclass(frozen=True, slots=True)
class Fact:
    """A linked fact.

    `low` and `high` bound what can be given; money in units of the currency, percentages as ratios. `worked_out_by` is
    the definition whose value stands where nobody answered the fact and that value is settled. `changeable` says what
    one chooses by changing it; `None`: it is as it is.
    """

    id: str
    topic: str
    type: str
    currency: str | None
    choices: tuple[str, ...]
    form: str | None
    low: Fraction | None
    high: Fraction | None
    wording: SubjectShape
    names: Mapping[str, Text]
    spellings: Mapping[str, tuple[str, ...]]
    worked_out_by: str | None = None
    changeable: str | None = None

    @property
    def askable(self) -> bool:
        """Whether the interview can ask for it."""
        return self.wording.question is not None


def link_fact(name: str, topic: str, written: FactShape, tables: Mapping[str, Table], path: Path, scope: Scope) -> Fact:
    """Link a fact: check that its type has what it needs and work out its bounds and names.

    Which definition works it out is checked once these are read too.
    """
    check_id(name, path, scope)
    check_type(name, written, path, scope)
    choices, names, spellings = names_of(written, tables, path, scope)
    low, high = (None, None) if written.type not in LARGEST else _bounds(name, written, path, scope)
    if written.range is not None and written.type not in LARGEST:
        message = f"`{name}`: numbers, money and percentages have a `range`, nothing else has"
        scope.problem((*path, "range"), "range", message, "leave it out", key=True)
    typed = (written.type, written.currency, choices, written.form, low, high)
    return Fact(name, topic, *typed, written, names, spellings, changeable=written.changeable)


def check_type(name: str, written: SubjectShape, path: Path, scope: Scope) -> None:
    """Refuse a type without what it needs, or with what it does not take."""
    if (written.type == "money") != (written.currency is not None):
        scope.problem(path, "currency", f"`{name}`: money has a `currency`, nothing else has", key=True)
    elif written.currency is not None and written.currency not in MINOR_UNITS:
        known = ", ".join(MINOR_UNITS)
        scope.problem(
            (*path, "currency"),
            "unknown-currency",
            f"`{written.currency}` is not a known currency",
            f"known: {known}",
        )
    if (written.type == "choice") != bool(written.choices or written.choices_from):
        scope.problem(
            path, "choices", f"`{name}`: a choice has `choices` or `choices_from`, nothing else has", key=True
        )
    elif written.choices and written.choices_from:
        message = f"`{name}` has both `choices` and `choices_from`: one of them is enough"
        scope.problem((*path, "choices_from"), "choices", message, key=True)
    if (written.type == "code") != (written.form is not None):
        message = f"`{name}`: a code has a `form` (nace, ksic or region), nothing else has"
        scope.problem(path, "form", message, key=True)


def names_of(
    written: SubjectShape, tables: Mapping[str, Table], path: Path, scope: Scope
) -> tuple[tuple[str, ...], Mapping[str, Text], Mapping[str, tuple[str, ...]]]:
    """Return the ids of the choices, and the names of choices or codes with other spellings of them."""
    for field, table in (("choices_from", written.choices_from), ("names_from", written.names_from)):
        if table is None:
            continue
        if table not in tables:
            if not scope.is_broken(table, "tables"):
                hint = nearest(table, tables) or "a table is NAME.yaml and NAME.csv in tables/"
                scope.problem((*path, field), "unknown-table", f"there is no reference table `{table}`", hint)
            return (), {}, {}
        names = tables[table].texts
        if not names:
            message = f"table `{table}` names nothing"
            scope.problem((*path, field), "no-names", message, "it needs rows, and the columns `de`, `en` and `ko`")
        return (tuple(names) if field == "choices_from" else ()), names, tables[table].spellings
    return tuple(written.choices), written.choices, {}


def _bounds(name: str, written: FactShape, path: Path, scope: Scope) -> tuple[Fraction, Fraction]:
    largest = LARGEST[written.type]
    if written.type == "money":
        largest = largest / 10 ** MINOR_UNITS.get(written.currency or "", 2)
    if written.range is None:
        return Fraction(0), largest
    parse = value_parser(_Unlinked(name, written.type, written.currency))
    try:
        wanted = parse_range(written.range, parse)
    except Misread as error:
        scope.problem((*path, "range"), error.code, error.message, error.hint)
        return Fraction(0), largest
    low = Fraction(0) if wanted.low is None else wanted.low
    high = largest if wanted.high is None else wanted.high
    if high > largest or low < -largest:
        # A percentage is a ratio here and written as what it is of 100.
        limit = "100 %" if written.type == "percent" else f"{int(largest):,} {written.currency or ''}".rstrip()
        message = f"the range of `{name}` goes beyond {limit}, and larger numbers are not exact in every engine"
        scope.problem((*path, "range"), "too-large", message, "narrow it")
    return low, high


@dataclass(frozen=True, slots=True)
class _Unlinked:
    """Just enough of a fact to read its own range."""

    id: str
    type: str
    currency: str | None
    choices: tuple[str, ...] = ()
    form: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None
