"""The plan as SQL that DuckDB runs: its Narwhals expressions, written out once by DuckDB itself, stage by stage.

Asking DuckDB for a relation of the whole plan would bind all stages again with each further one, and a plan of very
many columns costs more than its parts: so each stage is written against an empty table, and programmes go in groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from eligibility.engine.columns import Plan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

PROGRAMMES = 12
"""Programmes of one group."""
_STAGE = "stage"
_RELATION = "facts to assess"


@dataclass(frozen=True, slots=True)
class Group:
    """Some programmes as SQL: what each stage adds to the columns before it, and how its results are called."""

    stages: tuple[str, ...]
    results: Mapping[str, str]

    def query(self, source: str, carried: Sequence[str] = ()) -> str:
        """Return the query on a table or subquery that has the facts; `carried` are columns to return beside."""
        for stage in self.stages:
            source = f"(SELECT *, {stage} FROM {source})"
        columns = [quoted(name) for name in carried]
        columns += [f"{quoted(name)} AS {quoted(called)}" for name, called in self.results.items()]
        return f"SELECT {', '.join(columns)} FROM {source}"


@dataclass(slots=True)
class _Recorder:
    """Takes the place of a frame and keeps what the plan would do to it."""

    stages: list[dict[str, nw.Expr]] = field(default_factory=list)
    names: tuple[str, ...] = ()

    def with_columns(self, **columns: nw.Expr) -> "_Recorder":
        self.stages.append(columns)
        return self

    def select(self, *names: str) -> "_Recorder":
        self.names = names
        return self


def groups(plan: Plan, types: Mapping[str, str]) -> Iterator[Group]:
    """Yield a plan as SQL; `types` are the columns of the table, by DuckDB's names of types."""
    import duckdb

    programmes = list(plan.rulebook.programmes.items())
    with duckdb.connect() as connection:
        for start in range(0, len(programmes), PROGRAMMES):
            some = replace(plan.rulebook, programmes=dict(programmes[start : start + PROGRAMMES]))
            part = Plan(some, plan.given, ranged=plan.ranged, reasons=plan.reasons)
            yield _group(connection, part, types, start)


def relation_results(plan: Plan, relation: "DuckDBPyRelation") -> "DuckDBPyRelation":
    """Return a relation with the plan's results beside its columns, which hold the facts of the plan."""
    types = {name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}
    carried = list(types)
    source = quoted(_RELATION)
    for group in groups(plan, types):
        source = f"({group.query(source, carried)})"
        carried += group.results.values()
    found = relation.query(_RELATION, f"SELECT * FROM {source}")
    assert found is not None
    return found


def _group(connection: "DuckDBPyConnection", plan: Plan, types: Mapping[str, str], start: int) -> Group:
    recorded: _Recorder = plan.results(_Recorder())
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_STAGE} ({columns})")
    stages = []
    for stage in recorded.stages:
        if not stage:
            continue
        stages.append(_select_list(connection, stage))
        connection.execute(f"CREATE TEMP TABLE next AS SELECT *, {stages[-1]} FROM {_STAGE}")
        connection.execute(f"DROP TABLE {_STAGE}")
        connection.execute(f"ALTER TABLE next RENAME TO {_STAGE}")
    return Group(tuple(stages), {name: _moved(name, start) for name in recorded.names})


def _select_list(connection: "DuckDBPyConnection", stage: Mapping[str, nw.Expr]) -> str:
    """Return the expressions of a stage as they stand between SELECT and FROM."""
    written: Any = nw.from_native(connection.table(_STAGE)).select(**stage).to_native()
    text: str = written.sql_query()
    return text[text.index(" ") : text.rindex(" FROM ")].strip()


def _moved(name: str, start: int) -> str:
    """Return how a result is called in the plan of all groups: `a1.min` of the second group is `a13.min`."""
    digits, point, end = name[1:].partition(".")
    return f"{name[0]}{int(digits) + start}{point}{end}"


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
