"""Message catalogues: the .po files beside this module are read as they are, without a compiled copy."""

import importlib.resources
from functools import cache
from gettext import GNUTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("de", "en", "ko")


@cache
def translations(language: str) -> GNUTranslations:
    """Return the messages of a language; those marked fuzzy are left out and stay English."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as written."""
    source = importlib.resources.files("eligibility.words") / "catalogues" / f"{language}.po"
    return read_po(BytesIO(source.read_bytes()), locale=language)
