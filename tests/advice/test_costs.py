"""Which answers are the costs of an award."""

import pytest

from eligibility.advice.costs import cost_facts
from eligibility.engine.profile import read_profile
from tests.advice.plan_rules import fixed, rules, share, up_to


@pytest.mark.parametrize(
    ("award", "answers", "expected"),
    [
        (None, {}, ()),
        (fixed("5 EUR"), {}, ()),
        (share(50, "training", "machines"), {}, ("machines", "training")),
        (share(50, "both"), {}, ("machines", "training")),
        (share(50, "both"), {"both": 5}, ("both",)),
        (up_to({"min": ["machines", "de_minimis_headroom"]}), {}, ("machines",)),
        (up_to({"max": ["0 EUR", {"difference": ["machines", {"sum": ["advice", "training"]}]}]}), {}, ("machines",)),
        (up_to({"max": ["0 EUR", {"difference": ["machines", {"difference": ["10 EUR", "training"]}]}]}), {},
         ("machines", "training")),
        (up_to({"product": [{"quotient": ["advice", 2]}, 3]}), {}, ("advice",)),
        (share(50, "machines", within={"amount": "advice", "cite": "s 1"}), {}, ("machines",)),
        ({"pays": {"sum": {"fixed": "5 EUR", "when": {"machines": "1.."}, "cite": "s 1"}}}, {}, ()),
        (up_to("won_cost"), {}, ("won_cost",)),
    ],
)  # fmt: skip
def test_costs(award: object, answers: dict[str, object], expected: tuple[str, ...]) -> None:
    rulebook = rules({"de.a": {} if award is None else {"award": award}})
    assert cost_facts(rulebook.programmes["de.a"], rulebook, read_profile(rulebook, answers)) == expected
