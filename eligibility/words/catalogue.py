"""Message catalogues: the .po files beside this module are read as they are, without a compiled copy."""

import importlib.resources
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = ("de", "en", "ko")
SOURCE_LANGUAGE = "en"


@cache
def translations(language: str) -> NullTranslations:
    """Return the messages of a language; those marked fuzzy are left out and stay English.

    English is the language that messages are written in: its catalogue, which tests hold equal to the code, need not
    be read.
    """
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogue(language: str) -> "Catalog":
    """Return the catalogue of a language as written."""
    from babel.messages.pofile import read_po

    source = importlib.resources.files("eligibility.words") / "catalogues" / f"{language}.po"
    return read_po(BytesIO(source.read_bytes()), locale=language)
