"""What a line with several readings can mean."""

import pytest

import eligibility
from eligibility.cli.entry import Answer, read_entry
from eligibility.cli.wizard.readings import readings
from eligibility.values.misread import Misread


@pytest.mark.parametrize(
    ("fact", "typed", "meant"),
    [
        ("group_employees", "3.500", (3500, "3.5")),
        ("group_employees", "3,500", (3500, "3.5")),
        ("group_employees", "1.234 - 2.345", ("1234..2345", "1.234..2.345")),
        ("group_turnover", "3.500 Mio", (3500000000, 3500000)),
        ("group_turnover", "1.000", (1000, 1)),
        # Thousandths of a cent are no amount, so that one reading is left; it is asked all the same.
        ("group_turnover", "1,234", (1234,)),
        ("public_shareholding", "1.234", ()),
        ("founded", "03/04/2019", ("2019-04-03", "2019-03-04")),
        ("site_country", "korea", ("KP", "KR")),
        ("site_region", "Leipzig", ("14713", "14729")),
        # Too many for a list: they are completed as they are typed.
        ("nace", "herstellung von", ()),
        ("group_employees", "many", ()),
        ("group_employees", "ca. 50", ()),
    ],
)
def test_meant(book: eligibility.Rulebook, fact: str, typed: str, meant: tuple[Answer, ...]) -> None:
    subject = book.linked.subject(fact)
    with pytest.raises(Misread) as caught:
        read_entry(subject, typed, "de")
    assert readings(subject, caught.value.code, typed, "de") == meant
