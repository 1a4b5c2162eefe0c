"""The order of questions: which are open, and that the place of the firm comes first."""

from datetime import date

import pytest

import eligibility
from eligibility.interview.order import LIKELY, Worth, topic_of


@pytest.mark.parametrize(
    ("worth", "is_open"),
    [
        (Worth(settles=0.0, needed=LIKELY), True),
        (Worth(settles=0.0, needed=LIKELY - 0.001), False),
        (Worth(settles=0.001, needed=0.0), True),
        (Worth(settles=0.0, needed=0.0), False),
    ],
)
def test_a_question_waits_that_settles_nothing_and_is_hardly_needed(worth: Worth, is_open: bool) -> None:
    assert worth.is_open is is_open


def test_the_place_is_asked_in_one_piece_at_the_beginning() -> None:
    rulebook = eligibility.load_rulebook(as_of=date(2021, 3, 1), programmes="de.digital-jetzt")
    interview = rulebook.interview({}).answer("DE")
    assert interview.question is not None
    # It rules nothing out here and would wait in any other topic.
    assert interview.question.fact == "site_region"
    following = interview.answer("09162").question
    assert following is not None
    assert topic_of(rulebook.linked, following.fact) != "place"
