"""Near misses as data, for the JSON of an assessment."""

from collections.abc import Iterable
from fractions import Fraction

from eligibility.advice.change import Change, Changed
from eligibility.report.exact import Json, amount_text, answered, ends
from eligibility.rulebook.rulebook import Rulebook


def changes_dict(changes: Iterable[Change], rulebook: Rulebook) -> list[Json]:
    """Return the changes of one programme as JSON values; answers are written as they are given, money as strings.

    `before` is null where nothing was answered. `rate` (a ratio) and `amount` are those after the change, `gain` tells
    by how much the ends of the amount rise; each is null where there is none.
    """
    return [_change(change, rulebook) for change in changes]


def _change(change: Change, rulebook: Rulebook) -> Json:
    award, currency = change.award, change.currency
    amount = None if award is None or award.amount is None or currency is None else ends(award.amount, currency)
    return {
        "facts": [_changed(one, rulebook) for one in change.changed],
        "verdict": change.verdict.value,
        "currency": currency,
        "rate": None if award is None or award.rate is None else ends(award.rate, "percent"),
        "amount": amount,
        "gain": None if amount is None or currency is None else _gain(change.gain, currency),
    }


def _changed(one: Changed, rulebook: Rulebook) -> Json:
    kind = rulebook.subject(one.fact).type
    return {
        "fact": one.fact,
        "before": None if one.before is None else answered(one.before, kind),
        "after": answered(one.after, kind),
    }


def _gain(gain: tuple[Fraction | None, Fraction | None], currency: str) -> Json:
    low, high = (None if end is None else amount_text(end, currency) for end in gain)
    return {"min": low, "max": high}
