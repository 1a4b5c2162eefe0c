import pytest

from eligibility.report.clean import clean_for_terminal, web_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gründung 설립 – 12 €", "Gründung 설립 – 12 €"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x00\x07\x08\r\x7f", "\\x00\\x07\\x08\\x0d\\x7f"),
        ("\x85\x9b", "\\x85\\x9b"),
        ("a\u202eb\u2066c\u2069\u200f\u061c", "a\\u202eb\\u2066c\\u2069\\u200f\\u061c"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\udc80", "\\udc80"),
    ],
)
def test_clean_for_terminal(text: str, shown: str) -> None:
    assert clean_for_terminal(text) == shown


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org/법령", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[bad", False),
        ("https://example.org/a b", False),
        ("https://example.org/>x", False),
        ('https://example.org/"x', False),
        ("https://example.org/\u202ex", False),
        ("https://example.org/\\x", False),
        ("", False),
    ],
)
def test_web_address(url: str, links: bool) -> None:
    assert web_address(url) == (url if links else None)
