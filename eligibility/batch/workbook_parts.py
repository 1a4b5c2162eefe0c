"""What a workbook says about itself: its sheets, how they count days, what its styles make of a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from zipfile import ZipFile

from eligibility.batch.package import UNPACKING
from eligibility.batch.sheet import BadSheet, read_texts

NUMBER, PERCENT, DAY = "number", "percent", "day"
_BUILT_IN_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)))
"""Formats that a file names by number alone; from 27 on they are those of Korea, Japan and China."""
_BUILT_IN_PERCENT = frozenset((9, 10))
# What stands in quotation marks, behind a backslash or in brackets (colours, languages) says nothing of the number.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[dy]|mmm", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the part that holds it, whether people see it."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """A workbook without its cells; `styles` tells by style number what a number in it is."""

    sheets: tuple[Sheet, ...]
    texts: Sequence[str]
    styles: Sequence[str]
    since_1904: bool


def read_parts(package: ZipFile) -> Parts:
    """Read everything but the sheets.

    Raises:
        BadSheet: a part is missing or damaged.
    """
    try:
        return _read_parts(package)
    except KeyError as error:
        raise BadSheet(f"a part is missing: {str(error).strip(chr(34))}") from None
    except ElementTree.ParseError as error:
        raise BadSheet(f"its XML is damaged: {error}") from None
    except UNPACKING as error:
        raise BadSheet(f"a part cannot be unpacked: {error}") from None


def _read_parts(package: ZipFile) -> Parts:
    main = next((target for kind, target in _related(package, "").values() if kind == "officeDocument"), None)
    if main is None:
        raise BadSheet("it names no workbook")
    related = _related(package, main)
    root = ElementTree.fromstring(package.read(main))
    sheets = []
    for element in root.iterfind("{*}sheets/{*}sheet"):
        mark = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        kind, target = related.get(mark, ("", ""))
        if kind == "worksheet":
            sheets.append(Sheet(element.get("name", ""), target, element.get("state", "visible") == "visible"))
    properties = root.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    by_kind = dict(related.values())
    texts: Sequence[str] = ()
    if "sharedStrings" in by_kind:
        with package.open(by_kind["sharedStrings"]) as stream:
            texts = read_texts(stream)
    styles: Sequence[str] = ()
    if "styles" in by_kind:
        styles = _styles(ElementTree.fromstring(package.read(by_kind["styles"])))
    return Parts(tuple(sheets), texts, styles, since_1904)


def _related(package: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return id -> kind and part of all that a part (the package itself: empty) refers to."""
    folder, _, name = part.rpartition("/")
    root = ElementTree.fromstring(package.read(join(folder, "_rels", f"{name}.rels")))
    found = {}
    for element in root:
        if element.get("TargetMode") != "External":
            target = element.get("Target", "")
            # A target that begins with a slash counts from the top of the package.
            whole = normpath(join("/", dirname(part), target)).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], whole)
    return found


def _styles(root: ElementTree.Element) -> list[str]:
    own = {
        element.get("numFmtId", ""): meaning_of(element.get("formatCode", ""))
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    return [
        own.get(number) or _built_in(int(number) if number.isdigit() else 0)
        for number in (element.get("numFmtId", "0") for element in root.iterfind("{*}cellXfs/{*}xf"))
    ]


def _built_in(number: int) -> str:
    if number in _BUILT_IN_PERCENT:
        return PERCENT
    return DAY if number in _BUILT_IN_DAYS else NUMBER


def meaning_of(code: str) -> str:
    """Tell by its format what a number is shown as; a time or duration without a day counts as a number."""
    bare = _DECORATION.sub("", code.partition(";")[0])
    if "%" in bare:
        return PERCENT
    return DAY if _DATE_LETTERS.search(bare) else NUMBER
