"""What changes between two rulebooks, as data (docs/comparison.schema.json)."""

from collections.abc import Sequence

from eligibility.advice.comparison import CompanyChange, Comparison, ProgrammeComparison, Shift
from eligibility.advice.portfolio import Money
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.report.comparison import totals
from eligibility.report.comparison_words import ComparisonSpeech
from eligibility.report.exact import Json, amount_text, cited, ends
from eligibility.rulebook.rulebook import Rulebook

SCHEMA = "eligibility.comparison/1"
COMPANY_SCHEMA = "eligibility.company-comparison/1"


def comparison_dict(comparison: Comparison, language: str) -> Json:
    """Return what changes for the companies of a table as JSON values; decimals are strings."""
    speech = ComparisonSpeech.of(comparison.before, comparison.after, language)
    return {
        "schema": SCHEMA,
        **_rules(comparison.before, comparison.after),
        "rows": {
            "read": comparison.read,
            "compared": comparison.compared,
            "rejected": comparison.rejected,
            "changed": comparison.changed,
        },
        "rejects": dict(comparison.rejects),
        "made_unknown": dict(comparison.made_unknown),
        "programmes": [_programme(one, speech) for one in comparison.programmes],
        "same": list(comparison.same),
        "difference": [_money(money) for money in totals(comparison.programmes)],
    }


def company_dict(before: Assessed, after: Assessed, changes: Sequence[CompanyChange], language: str) -> Json:
    """Return what changes for one company as JSON values; decimals are strings."""
    speech = ComparisonSpeech.of(before.rulebook, after.rulebook, language)
    return {
        "schema": COMPANY_SCHEMA,
        **_rules(before.rulebook, after.rulebook),
        "programmes": [_change(change, speech) for change in changes],
    }


def _rules(before: Rulebook, after: Rulebook) -> Json:
    return {
        name: {
            "as_of": rulebook.as_of.isoformat(),
            "version": rulebook.version,
            "digest": rulebook.digest,
            "replaced": list(dict.fromkeys(rulebook.replaced)),
        }
        for name, rulebook in (("before", before), ("after", after))
    }


def _programme(one: ProgrammeComparison, speech: ComparisonSpeech) -> Json:
    rise = one.difference
    return {
        "id": one.programme,
        "name": speech.title(one.programme),
        "window": {"before": one.windows[0], "after": one.windows[1]},
        "changed": one.changed,
        "awards": one.awards,
        "verdicts": [
            {"before": before, "after": after, "rows": rows} for (before, after), rows in one.transitions.items()
        ],
        "newly_failed": _criteria(one, one.newly_failed, 1, speech),
        "no_longer_failed": _criteria(one, one.no_longer_failed, 0, speech),
        "newly_missing": _facts(one.newly_missing, 1, speech),
        "no_longer_missing": _facts(one.no_longer_missing, 0, speech),
        "money": {"before": _known(one.money[0]), "after": _known(one.money[1]), "difference": _known(rise)},
        "open_money": {"before": _known(one.open_money[0]), "after": _known(one.open_money[1])},
    }


def _criteria(one: ProgrammeComparison, shifts: Sequence[Shift], which: int, speech: ComparisonSpeech) -> list[Json]:
    told = []
    for shift in shifts:
        text, cites = speech.criterion(one.programme, shift.id, which)
        told.append({**_shift(shift, text), **cited(cites)})
    return told


def _facts(shifts: Sequence[Shift], which: int, speech: ComparisonSpeech) -> list[Json]:
    return [_shift(shift, speech.label(shift.id, which)) for shift in shifts]


def _shift(shift: Shift, text: str) -> Json:
    return {"id": shift.id, "text": text, "rows": shift.rows, "verdict_changes": shift.flips}


def _known(money: Money | None) -> Json | None:
    return None if money is None else _money(money)


def _money(money: Money) -> Json:
    return {
        "currency": money.currency,
        "min": amount_text(money.sure, money.currency),
        "max": amount_text(money.possible, money.currency),
        "unbounded": money.unbounded,
    }


def _change(change: CompanyChange, speech: ComparisonSpeech) -> Json:
    return {
        "id": change.programme,
        "name": speech.title(change.programme),
        "before": _result(change.before),
        "after": _result(change.after),
        "newly_failed": [_criterion(change, name, 1, speech) for name in change.newly_failed],
        "no_longer_failed": [_criterion(change, name, 0, speech) for name in change.no_longer_failed],
        "newly_missing": list(change.newly_missing),
        "no_longer_missing": list(change.no_longer_missing),
    }


def _criterion(change: CompanyChange, name: str, which: int, speech: ComparisonSpeech) -> Json:
    text, cites = speech.criterion(change.programme, name, which)
    return {"id": name, "text": text, **cited(cites)}


def _result(result: ProgrammeResult | None) -> Json | None:
    if result is None:
        return None
    award = result.award
    amount = rate = currency = None
    if award is not None:
        currency = award.currency
        rate = None if award.rate is None else ends(award.rate, "percent")
        amount = None if award.amount is None or currency is None else ends(award.amount, currency)
    return {
        "verdict": result.verdict.value,
        "window": result.window,
        "failed": list(result.failed),
        "missing": sorted(result.missing),
        "award": None if award is None else {"currency": currency, "rate": rate, "amount": amount},
    }
