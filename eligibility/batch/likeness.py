"""Columns that are only carried along and look like a fact: suggested, never taken."""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from eligibility.batch.cell import Cells
from eligibility.batch.mapping import folded, known_names
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread

# How alike two names must be, by the length of the one that is looked for: in short ones a letter means too much.
_ALIKE = ((9, 0.8), (5, 0.88))
_ADDED = re.compile(r"[0-9()\[\]/,;:*#]+")
# Names that mean one thing in one office and another in the next: what stands in their cells tells.
_LOOSE = {
    **dict.fromkeys(("land", "standort", "ort", "stadt", "location"), ("site_country", "site_region")),
    **dict.fromkeys(("country", "staat", "국가", "국적"), ("site_country",)),
    **dict.fromkeys(("bundesland", "region", "kreis", "landkreis", "district", "state"), ("site_region",)),
    **dict.fromkeys(("소재지", "지역", "시도", "주소"), ("site_region",)),
    **dict.fromkeys(("branche", "wirtschaftsbereich", "industry", "sector"), ("nace",)),
    **dict.fromkeys(("업종", "산업", "업종명"), ("kr_industry",)),
}
_MOST_SAMPLES = 50


def similar(rulebook: Rulebook, columns: Sequence[str]) -> Mapping[str, str]:
    """Return for unused columns the fact that is named nearly alike, where there is one."""
    names = known_names(rulebook)
    found = {}
    for column in columns:
        near = _near(folded(column), names)
        if near is not None:
            found[column] = names[near]
    return found


def _near(name: str, names: Mapping[str, str]) -> str | None:
    bare = _ADDED.sub("", name)
    if bare in names:
        return bare
    alike = next((share for length, share in _ALIKE if len(bare) >= length), None)
    if alike is None:
        return None
    return next(iter(get_close_matches(bare, names, n=1, cutoff=alike)), None)


def by_content(rulebook: Rulebook, columns: Sequence[str], sample: Callable[[str], Sequence[str]]) -> Mapping[str, str]:
    """Return for unused columns with a name of several meanings the fact of which most cells of a sample are values."""
    found = {}
    for column in columns:
        facts = [fact for fact in _LOOSE.get(folded(column), ()) if fact in rulebook.facts]
        texts = [text.strip(" ") for text in sample(column) if text.strip(" ")][:_MOST_SAMPLES] if facts else []
        counts = {fact: sum(map(_is_value(rulebook, fact), texts)) for fact in facts}
        best = max(counts, key=lambda fact: counts[fact], default=None)
        if best is not None and 2 * counts[best] > len(texts):
            found[column] = best
    return found


def _is_value(rulebook: Rulebook, fact: str) -> Callable[[str], bool]:
    cells = Cells(rulebook.subject(fact))

    def is_value(text: str) -> bool:
        try:
            cells.read(text)
        except Misread as error:
            # A name that several places have is one of a place all the same.
            return error.code == "ambiguous-name"
        return True

    return is_value
