"""Text that comes from answers or rule files, made safe to show."""

import re
import unicodedata
from urllib.parse import urlsplit

# Line feed and tab stay; what moves the cursor, hides or turns text is shown by its number instead.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NOT_IN_LINKS = re.compile(r'[<>"\\\s]')


def clean_for_terminal(text: str) -> str:
    r"""Show control and bidirectional characters as `\x1b` or `\u202e`; all else stays as it is."""
    return _HARMFUL.sub(_by_number, text)


def _by_number(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def web_address(url: str) -> str | None:
    """Return an address that may become a link: http or https with a host, and nothing that ends a link early."""
    # What is printable holds no control character: most addresses need no look at each letter.
    if _NOT_IN_LINKS.search(url) or not (url.isprintable() or not any(map(_is_control, url))):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs")
