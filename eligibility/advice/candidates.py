"""Which programmes a plan is made of: those that pay, those that go beside them, those still to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eligibility.engine.assessment import Assessed, ProgrammeResult, Verdict
from eligibility.language.programme import Programme
from eligibility.rulebook.rulebook import Rulebook

PAYING = ("grant", "voucher", "tax_credit")
WITHIN_REACH = (Verdict.ELIGIBLE, Verdict.LIKELY)
RUNNING = ("open", "continuous")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Programmes within reach in one currency, in the order of the rulebook.

    `paying` have an award in money, `unpriced` pay a sum that is not known; one can apply for both now, as for what
    goes `beside`. `upcoming` will pay once their window opens.
    """

    paying: tuple[ProgrammeResult, ...]
    unpriced: tuple[ProgrammeResult, ...]
    beside: tuple[ProgrammeResult, ...]
    upcoming: tuple[ProgrammeResult, ...]


def candidates(assessed: Assessed) -> Mapping[str, Candidates]:
    """Return the candidates by currency; no currency without a programme that pays, now or later."""
    homes = _homes(assessed.rulebook)
    within: dict[str, list[ProgrammeResult]] = {}
    for result in assessed.programmes:
        currency = _currency(result.programme) or homes.get(_country(result.programme))
        if currency is not None and result.verdict in WITHIN_REACH:
            within.setdefault(currency, []).append(result)
    found = {currency: _sorted_out(results) for currency, results in within.items()}
    return {currency: one for currency, one in found.items() if one.paying or one.unpriced or one.upcoming}


def _sorted_out(results: Sequence[ProgrammeResult]) -> Candidates:
    running = [result for result in results if result.window in RUNNING]
    pays = [result for result in running if result.programme.shape.kind in PAYING]
    priced = [result for result in pays if _currency(result.programme) is not None]
    return Candidates(
        tuple(priced),
        tuple(result for result in pays if not _amount_is_known(result)),
        tuple(result for result in running if result.programme.shape.kind not in PAYING),
        tuple(one for one in results if one.window == "upcoming" and one.programme.shape.kind in PAYING),
    )


def _amount_is_known(result: ProgrammeResult) -> bool:
    return result.award is not None and result.award.amount is not None and result.award.amount.high is not None


def _currency(programme: Programme) -> str | None:
    return None if programme.award is None else programme.award.currency


def _homes(rulebook: Rulebook) -> Mapping[str, str]:
    """Return in which currency the programmes of a country pay, for those that pay nothing themselves."""
    homes: dict[str, str] = {}
    for programme in rulebook.programmes.values():
        currency = _currency(programme)
        if currency is not None:
            homes.setdefault(_country(programme), currency)
    return homes


def _country(programme: Programme) -> str:
    return programme.id.partition(".")[0]
