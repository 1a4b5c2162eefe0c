"""Encodings by name: which can be read, what a byte-order mark says, and what offices of a country write."""

import codecs
from encodings.aliases import aliases

from eligibility.language.linking import nearest
from eligibility.values.problem import AnswerError, Problem

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Encoding by mark, a mark that begins with another one before that one."""
LONGEST_MARK = 4
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_FAMILIES = {
    "cp949": ("ko",),
    "cp932": ("ja",),
    "gb18030": ("zh",),
    "cp1250": ("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"),
    "cp1251": ("ru", "uk", "bg", "be", "mk", "sr"),
    "cp1253": ("el",),
    "cp1254": ("tr", "az"),
    "cp1252": ("de", "en", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "nn", "no", "fi", "is", "ga", "ca"),
}
_ASCII = bytes(range(128))
# They write letters with bytes of ASCII, so that a comma may be part of one.
_NO_TABLES = ("iso2022", "idna", "unicode-escape", "raw-unicode-escape")


def family_of(locale: str) -> str | None:
    """Return what tables of a locale such as `ko_KR.UTF-8` are encoded in if not in Unicode; `None` if unknown."""
    language = locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return next((encoding for encoding, languages in _FAMILIES.items() if language in languages), None)


def checked(encoding: str) -> str:
    """Return the one name of an encoding that was asked for.

    Raises:
        AnswerError: an encoding that is not known, or in which a table cannot be cut into lines and cells.
    """
    wanted = encoding.strip().lower()
    try:
        name = codecs.lookup(wanted).name
        name = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name)
        cuts = name in WIDE or (not name.startswith(_NO_TABLES) and _keeps_ascii(name))
    except (LookupError, ValueError):
        known = [pair for pair in aliases.items() if not pair[1].endswith(("_codec", "rot_13", "mbcs"))]
        near = nearest(wanted.replace("-", "_"), sorted({name for pair in known for name in pair}))
        hint = near or "such as utf-8, utf-16, cp1252 or cp949"
        raise AnswerError(Problem("unknown-encoding", f"there is no encoding `{encoding}`", None, hint)) from None
    if not cuts:
        message = f"tables in `{encoding}` cannot be read: their commas and line ends are not those of ASCII"
        raise AnswerError(Problem("unknown-encoding", message, None, "save the table as CSV UTF-8"))
    return name


def _keeps_ascii(name: str) -> bool:
    try:
        # What is no encoding of text raises a LookupError, as does a name that is not known.
        return _ASCII.decode(name) == _ASCII.decode("ascii")
    except UnicodeError:
        return False
