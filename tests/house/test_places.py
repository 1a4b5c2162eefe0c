"""No file names a place that exists on one machine only, or a package registry."""

import re

import pytest

from tests.house.tree import kept_files, text_of

# A slash inside a web address or a longer relative path begins nothing.
ON_A_MACHINE = re.compile(
    r"(?<![\w./:})~%-])/(?:home|Users|root|work|tmp|opt|mnt|srv|var)/[\w.$-]+"
    r"|\b[A-Za-z]:\\{1,2}(?:Users|home|work|temp)\\"
    r"|file:///\w+",
)
REGISTRY = re.compile(
    r"https?://[\w.-]*(?:py(?:pi|thonhosted)|registry|anaconda)\.\w+"
    r"|--(?:extra-)?index-url\b|--find[-]links\b|\bPIP_(?:EXTRA_)?INDEX_URL\b",
)


def foreign_places(text: str) -> list[str]:
    return [found.group() for rule in (ON_A_MACHINE, REGISTRY) for found in rule.finditer(text)]


def test_no_foreign_place() -> None:
    texts = [(path, text) for path in kept_files() if (text := text_of(path)) is not None]
    assert texts
    found = [f"{path}: {place}" for path, text in texts for place in foreign_places(text)]
    assert found == []


# Each sample is put together here, so that this file itself stays clean.
@pytest.mark.parametrize(
    ("parts", "clean"),
    [
        (("see docs/", "work/plan.md"), True),
        (("https://example.org/", "home/index.html"), True),
        (("> ", "/dev/null"), True),
        (("#!", "/usr/bin/env bash"), True),
        (("in ", "/home", "/anna/funding"), False),
        (("'", "/Users", "/anna/x.csv'"), False),
        (("(", "/tmp", "/out.csv)"), False),
        (("C:", "\\Users\\anna"), False),
        (("file:", "///srv/wheels"), False),
        (("https://", "pypi", ".org/simple"), False),
        (("pip install --", "index-url x"), False),
    ],
)
def test_foreign_places_are_found(parts: tuple[str, ...], clean: bool) -> None:
    assert (foreign_places("".join(parts)) == []) is clean
