"""OpenFisca-core: a small tax and benefit system, dated parameters, variables with vectorised formulas.

It has no unknown and gives no reasons: it is handed companies of which all is known, and says a verdict and an amount.
Vectors are put into the simulation before the clock starts.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.digital_jetzt import BARRED, FORMS, SCHEMA, Answer

MONTH = "2021-03"
COMPANY = build_entity(key="company", plural="companies", label="A company", is_person=True)
Country = Enum("Country", ["DE", "FR", "KR"])
LegalForm = Enum("LegalForm", [*FORMS, *BARRED])
CHOICES = {"site_country": Country, "legal_form": LegalForm}
NAMES = {pl.Boolean: bool, pl.Int64: int, pl.Float64: float}
PARAMETERS = {
    "small": {"2020-09-07": 0.50, "2021-07-01": 0.40},
    "medium": {"2020-09-07": 0.45, "2021-07-01": 0.35},
    "large": {"2020-09-07": 0.40, "2021-07-01": 0.30},
    "cap": {"2020-09-07": 50_000},
    "cap_of_chain": {"2020-09-07": 100_000},
    "least": {"2020-09-07": 17_000},
    "least_of_training": {"2020-09-07": 3_000},
    "de_minimis": {"2020-09-07": 200_000},
}


class total(Variable):  # noqa: N801 (the name of a variable is that of its class)
    """The grant before any cap."""

    value_type = float
    entity = COMPANY
    definition_period = DateUnit.MONTH

    def formula(company: Any, period: Any, parameters: Any) -> Any:  # noqa: N805
        rates = parameters(period)
        staff = company("group_employees", period)
        rate = (
            np.where(staff <= 50, rates.small, np.where(staff <= 250, rates.medium, rates.large))
            + 0.05 * company("value_chain_project", period)
            + 0.05 * company("it_security_project", period)
            + 0.10 * company("structurally_weak_region", period)
        )
        return (company("digital_investment_cost", period) + company("training_cost", period)) * rate


class eligible(Variable):  # noqa: N801
    """Whether every criterion is met."""

    value_type = bool
    entity = COMPANY
    definition_period = DateUnit.MONTH

    def formula(company: Any, period: Any, parameters: Any) -> Any:  # noqa: N805
        limits = parameters(period)
        staff = company("group_employees", period)
        form = company("legal_form", period)
        barred = form == LegalForm[BARRED[0]]
        for name in BARRED[1:]:
            barred = barred | (form == LegalForm[name])
        investing = company("digital_investment_cost", period) > 0
        return (
            (company("site_country", period) == Country["DE"])
            & (staff >= 3)
            & (staff <= 499)
            & (company("public_shareholding", period) == 0)
            & ~barred
            & ~company("nonprofit", period)
            & ~company("in_formation", period)
            & ~company("insolvent", period)
            & ~company("in_difficulty", period)
            & company("digitalisation_plan", period)
            & ~company("project_started", period)
            & (company("de_minimis_received", period) < limits.de_minimis)
            & (company("total", period) >= np.where(investing, limits.least, limits.least_of_training))
        )


class amount(Variable):  # noqa: N801
    """What is paid, nothing where the company is not eligible."""

    value_type = float
    entity = COMPANY
    definition_period = DateUnit.MONTH

    def formula(company: Any, period: Any, parameters: Any) -> Any:  # noqa: N805
        limits = parameters(period)
        cap = np.where(company("value_chain_project", period), limits.cap_of_chain, limits.cap)
        left = limits.de_minimis - company("de_minimis_received", period)
        paid = np.minimum(np.minimum(company("total", period), cap), left)
        return paid * company("eligible", period)


def by_vectors(companies: pl.DataFrame) -> Callable[[], list[np.ndarray]]:
    """Return the work of computing verdicts and amounts of all companies."""
    simulation = _simulation(companies)

    def work() -> list[np.ndarray]:
        for name in ("total", "eligible", "amount"):
            simulation.delete_arrays(name)
        return [simulation.calculate(name, MONTH) for name in ("eligible", "amount")]

    return work


def _simulation(companies: pl.DataFrame) -> Simulation:
    system = TaxBenefitSystem([COMPANY])
    values = {
        name: {"values": {day: {"value": value} for day, value in dated.items()}} for name, dated in PARAMETERS.items()
    }
    system.parameters = ParameterNode(data=values)
    for fact, dtype in SCHEMA.items():
        system.add_variable(_input(fact, dtype))
    system.add_variables(total, eligible, amount)
    simulation = SimulationBuilder().build_default_simulation(system, count=companies.height)
    for fact in SCHEMA:
        simulation.set_input(fact, MONTH, _vector(companies[fact]))
    return simulation


def _input(fact: str, dtype: Any) -> type[Variable]:
    body: dict[str, Any] = {"entity": COMPANY, "definition_period": DateUnit.MONTH}
    if fact in CHOICES:
        choices = CHOICES[fact]
        body |= {"value_type": Enum, "possible_values": choices, "default_value": next(iter(choices))}
    else:
        body["value_type"] = NAMES[dtype]
    return type(fact, (Variable,), body)


def _vector(column: pl.Series) -> np.ndarray:
    if column.name not in CHOICES:
        return column.to_numpy()
    choices = CHOICES[column.name]
    codes = {choice.name: choice.index for choice in choices}
    return EnumArray(column.replace_strict(codes, return_dtype=pl.UInt8).to_numpy(), choices)


def answers(said: Sequence[np.ndarray]) -> list[Answer]:
    """Return what was said of each company."""
    return [
        Answer("eligible", (), (), float(paid)) if is_eligible else Answer("not_eligible", (), (), None)
        for is_eligible, paid in zip(*said, strict=True)
    ]
