"""Any frame that Narwhals takes -> the columns that a batch run writes; eager in, eager out, lazy in, lazy out."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import narwhals as nw

from eligibility.batch.frame_facts import check_columns, fact_columns, fact_expressions
from eligibility.batch.frames_polars import PolarsFrames
from eligibility.batch.layouts import VERDICTS, Offered, check_names, offered
from eligibility.batch.mapping import match_columns
from eligibility.batch.wide import LISTED
from eligibility.batch.words import RATE_DECIMALS
from eligibility.engine.columns import Plan
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.problem import AnswerError, Problem

_ROW = "row number"


def assess_frame(rulebook: Rulebook, frame: Any, layout: str = "wide") -> Any:
    """Assess every row of a frame; a lazy one is looked through once to check its values, the rest waits for `collect`.

    Columns are matched to facts as in a batch run. Truths, dates and numbers are native columns; floating-point
    numbers are rounded to what the fact takes. Only in Polars do the rows of a lazy frame have an order: elsewhere
    `long` needs an eager one. Eager frames of other libraries, such as pandas and PyArrow, are assessed in Polars, and
    those of Spark on its workers.

    Raises:
        AnswerError: no usable column, one of the wrong type, a value that is not one of the fact.
    """
    if layout not in ("wide", "long"):
        raise AnswerError(Problem("no-such-layout", f"there is no layout `{layout}`", None, "wide or long"))
    table: Any = nw.from_native(frame)
    if isinstance(table, nw.DataFrame) and not table.implementation.is_polars():
        return _through_polars(rulebook, table, layout)
    if layout == "long" and isinstance(table, nw.LazyFrame) and not table.implementation.is_polars():
        message = "the rows of this lazy frame have no order that `row` could count"
        raise AnswerError(Problem("no-row-order", message, None, "collect it first, or use the wide layout"))
    if table.implementation.is_pyspark():
        from eligibility.batch.frames_spark import assess_spark

        return assess_spark(rulebook, table)
    if isinstance(table, nw.DataFrame):
        native = table.to_native()
        return PolarsFrames(rulebook, native.schema, layout).assess(native)
    return _lazily(rulebook, table, layout)


def _lazily(rulebook: Rulebook, table: nw.LazyFrame[Any], layout: str) -> Any:
    """Assess a frame by expressions that run when it is collected."""
    names = table.collect_schema().names()
    matched = match_columns(rulebook, names, {}, None)
    inner = {name: f"in {index}" for index, name in enumerate(names)}
    columns = fact_columns(rulebook, matched, table.collect_schema())
    spelled = check_columns(table, columns)
    table = table.select(*(nw.col(name).alias(inner[name]) for name in names))
    if layout == "long":
        table = nw.from_native(table.to_native().with_row_index(_ROW))
    facts = table.with_columns(
        **fact_expressions({inner[name]: column for name, column in columns.items()}, _renamed(spelled, inner))
    )
    plan = Plan(rulebook, tuple(matched.facts.values()), reasons=layout == "long")
    programmes = offered(plan)
    if layout == "long":
        identifier = matched.id_column and inner[matched.id_column]
        results = plan.results(facts, keep=[_ROW, *([identifier] if identifier else [])])
        return _long(results, plan, programmes, identifier).to_native()
    if facts.implementation.is_duckdb():
        from eligibility.batch.duck_plan import relation_results

        results = nw.from_native(relation_results(plan, facts.to_native()))
    else:
        results = plan.results(facts, keep=list(inner.values()))
    return _wide(results, inner, programmes).to_native()


def _renamed(spelled: Mapping[str, Mapping[str, str]], inner: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    return {inner[name]: meant for name, meant in spelled.items()}


def _through_polars(rulebook: Rulebook, table: nw.DataFrame[Any], layout: str) -> Any:
    """Assess a frame of another library in Polars: decimals are exact there, and missing truths and dates have a type.

    What is carried along is the frame as it came, with its own types and index.
    """
    columns = match_columns(rulebook, table.columns, {}, None)
    read = [name for name in table.columns if name in columns.facts or name == columns.id_column]
    try:
        results = assess_frame(rulebook, table.select(read).to_polars(), layout)
        added = nw.from_arrow(results if layout == "long" else results.drop(read), backend=table.implementation)
    except (ImportError, TypeError, ValueError) as error:
        message = f"this {table.implementation.value} frame cannot be converted: {error}"
        hint = "give each column one type; pandas needs pyarrow for this"
        raise AnswerError(Problem("not-converted", message, None, hint)) from error
    if layout == "long":
        return added.to_native()
    check_names(table.columns, added.columns)
    return table.with_columns(*added.iter_columns()).to_native()


def _wide(results: Any, inner: Mapping[str, str], programmes: Sequence[Offered]) -> Any:
    """Return the wide layout of the plan's results, which stand beside the columns of the input."""
    made: dict[str, nw.Expr] = {name: nw.col(column) for name, column in inner.items()}
    added: dict[str, nw.Expr] = {}
    flags = [_is(programme, 0).cast(nw.Int64) for programme in programmes]
    added["eligible_count"] = reduce(add, flags) if flags else nw.lit(0)
    for code, verdict in enumerate(LISTED):
        added[verdict] = _joined([(programme.id, _is(programme, code)) for programme in programmes])
    for programme in programmes:
        added[programme.id] = _verdict(programme)
        if programme.currency:
            for end in ("min", "max"):
                added[f"{programme.id} amount_{end}"] = _amount(programme, end, programme.places)
    check_names(list(made), list(added))
    return results.select(*(expression.alias(name) for name, expression in {**made, **added}.items()))


def _long(results: Any, plan: Plan, programmes: Sequence[Offered], identifier: str | None) -> Any:
    if not programmes:
        raise AnswerError(Problem("no-programmes", "the rulebook has no programmes"))
    parts = [results.select(*_long_columns(plan, programme, identifier)) for programme in programmes]
    whole = parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    return whole.sort("row", _ROW).drop(_ROW)


def _long_columns(plan: Plan, programme: Offered, identifier: str | None) -> list[nw.Expr]:
    index = programme.index
    possible = nw.col(f"v{index}") != VERDICTS.index("not_eligible")
    currency = nw.when(possible).then(nw.lit(programme.currency, dtype=nw.String))
    columns = {
        "row": nw.col(_ROW).cast(nw.Int64) + 1,
        "id": nw.col(identifier).cast(nw.String) if identifier else nw.lit(None, dtype=nw.String),
        "programme": nw.lit(programme.id),
        "verdict": _verdict(programme),
        "window": nw.lit(programme.programme.window.status(plan.rulebook.as_of)),
        "failed": _bits(f"f{index}", programme.programme.criterion_ids),
        "missing": _bits(f"m{index}", plan.missing_ids[index]),
        "rate_min": _rate(programme, "min"),
        "rate_max": _rate(programme, "max"),
        "amount_min": _amount(programme, "min", 2),
        "amount_max": _amount(programme, "max", 2),
        "currency": currency,
        _ROW: nw.lit(index, dtype=nw.Int64),
    }
    return [expression.alias(name) for name, expression in columns.items()]


def _is(programme: Offered, code: int) -> nw.Expr:
    return nw.col(f"v{programme.index}") == code


def _verdict(programme: Offered) -> nw.Expr:
    text = nw.lit(VERDICTS[-1])
    for code, verdict in enumerate(VERDICTS[:-1]):
        text = nw.when(_is(programme, code)).then(nw.lit(verdict)).otherwise(text)
    return text


def _joined(flags: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    if not flags:
        return nw.lit("")
    return nw.concat_str(*(nw.when(flag).then(nw.lit(name)) for name, flag in flags), separator=";", ignore_nulls=True)


def _bits(mask: str, ids: Sequence[str]) -> nw.Expr:
    return _joined([(name, nw.col(mask) // 2**bit % 2 == 1) for bit, name in enumerate(ids)])


def _decimals(units: nw.Expr, places: int, kept: int) -> nw.Expr:
    whole = units.cast(nw.Decimal(38, kept))
    return (whole / 10**places).cast(nw.Decimal(38, kept)) if places else whole


def _amount(programme: Offered, end: str, kept: int) -> nw.Expr:
    if programme.currency is None:
        return nw.lit(None, dtype=nw.Decimal(38, kept))
    return _decimals(nw.col(f"a{programme.index}.{end}"), programme.places, kept)


def _rate(programme: Offered, end: str) -> nw.Expr:
    if not programme.has_rate:
        return nw.lit(None, dtype=nw.Decimal(38, RATE_DECIMALS))
    return _decimals(nw.col(f"r{programme.index}.{end}"), RATE_DECIMALS, RATE_DECIMALS)
