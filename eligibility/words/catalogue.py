"""Message catalogues: the .po files beside this module are read as they are, without a compiled copy."""

import importlib.resources
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from eligibility.words.compiling import compiled

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
    return GNUTranslations(BytesIO(compiled(_written(language).decode())))


def catalogue(language: str) -> "Catalog":
    """Return the catalogue of a language as written."""
    from babel.messages.pofile import read_po

    return read_po(BytesIO(_written(language)), locale=language)


def _written(language: str) -> bytes:
    return (importlib.resources.files("eligibility.words") / "catalogues" / f"{language}.po").read_bytes()
