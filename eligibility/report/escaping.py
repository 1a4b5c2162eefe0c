"""Text that stands in Markdown without becoming markup."""

import re

from markupsafe import Markup

from eligibility.report.clean import clean_for_terminal, web_address

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$]")
# These mean something at the start of a line only: list, heading, underline, numbered list.
_AT_START = re.compile(r"^(\d*)((?<!\d)[-+#=]|(?<=\d)[.)](?= |$))")


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    line = " ".join(clean_for_terminal(text).replace("\n", " ").replace("\t", " ").split(" "))
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line.strip(" ")))


def link(text: str, url: str) -> Markup:
    """Return a link, or both as text where the address is not one of the web."""
    address = web_address(url)
    if address is None:
        return Markup(" ".join(part for part in (escaped(text), escaped(url)) if part))
    return Markup(f"[{escaped(text)}](<{address}>)")
