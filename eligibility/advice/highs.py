"""The solver HiGHS, which calculates with rounded numbers: nothing but the choice is taken from it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from eligibility.advice.model import Model, Row

# Money is scaled so that the greatest amount is this: the tolerances are then far below what is compared.
_LARGEST = 10**6
_TOLERANCE = 1e-9
_OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": _TOLERANCE,
    # It takes longer than all the rest for problems of this size.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_feasibility_tolerance": _TOLERANCE,
    "primal_feasibility_tolerance": _TOLERANCE,
    "dual_feasibility_tolerance": _TOLERANCE,
}


class PlanFailure(RuntimeError):
    """The solver failed, or its choice does not stand up to exact arithmetic: a defect, never the fault of answers."""


def solve(model: Model) -> tuple[tuple[int, ...], Fraction] | None:
    """Return the places of the best offers and about what they are worth; `None` where no choice is left.

    Raises:
        PlanFailure: the solver stopped without an optimum.
    """
    import highspy  # it takes longer to load than most commands run

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    scales = _scales(model)
    solver.passModel(_stated(model, scales, highspy))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise PlanFailure(f"the solver ended with {solver.modelStatusToString(status)}")
    values = solver.getSolution().col_value
    chosen = tuple(index for index in range(len(model.task.offers)) if round(values[index]) == 1)
    worth = sum(
        worth * one * Fraction(value) for worth, one, value in zip(model.worth, scales, values, strict=True) if value
    )
    return chosen, Fraction(worth, model.task.parts)


def _scales(model: Model) -> list[int]:
    """Return how much one of each column of the solver stands for: yes and no for themselves, money in large units."""
    offers = model.task.offers
    money = max(1, max(offer.possible for offer in offers) // _LARGEST)
    return [1 if column < len(offers) else money for column in range(len(model.worth))]


def _stated(model: Model, scales: list[int], highspy: Any) -> Any:
    """Return the model in the words of the solver; a whole number divided by another is the nearest number it knows."""
    columns, offers, scale = len(model.worth), len(model.task.offers), scales[-1]
    stated = highspy.HighsLp()
    stated.num_col_, stated.num_row_ = columns, len(model.rows)
    stated.col_cost_ = [
        worth * one * _LARGEST / model.largest + float(favour * one * _LARGEST)
        for worth, favour, one in zip(model.worth, model.favour, scales, strict=True)
    ]
    stated.col_lower_ = [0] * columns
    stated.col_upper_ = [most / one for most, one in zip(model.most, scales, strict=True)]
    stated.row_lower_ = [_end(row.low, row, scale, -highspy.kHighsInf) for row in model.rows]
    stated.row_upper_ = [_end(row.high, row, scale, highspy.kHighsInf) for row in model.rows]
    starts = [0]
    for row in model.rows:
        starts.append(starts[-1] + len(row.factors))
    stated.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    stated.a_matrix_.start_ = starts
    stated.a_matrix_.index_ = [column for row in model.rows for column in row.factors]
    stated.a_matrix_.value_ = [
        factor * scales[column] / (scale if row.money else 1)
        for row in model.rows
        for column, factor in row.factors.items()
    ]
    whole, any_number = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    stated.integrality_ = [whole if column < offers else any_number for column in range(columns)]
    stated.sense_ = highspy.ObjSense.kMaximize
    return stated


def _end(end: int | None, row: Row, scale: int, infinite: float) -> float:
    return infinite if end is None else end / (scale if row.money else 1)
