"""Hierarchical codes: industries (NACE Rev. 2, KSIC revisions 10 and 11) and regions (Germany, Korea)."""

from __future__ import annotations

import re

from eligibility.values.misread import Misread, shown, trimmed

# Sections with their first and last division. NACE: Regulation (EC) No 1893/2006, Annex I.
_NACE = (
    "A01-03 B05-09 C10-33 D35-35 E36-39 F41-43 G45-47 H49-53 I55-56 J58-63 K64-66 "
    "L68-68 M69-75 N77-82 O84-84 P85-85 Q86-88 R90-93 S94-96 T97-98 U99-99"
)
_KSIC = (
    "A01-03 B05-08 C10-34 D35-35 E36-39 F41-42 G45-47 H49-52 I55-56 J58-63 K64-66 "
    "L68-68 M70-73 N74-76 O84-84 P85-85 Q86-87 R90-91 S94-96 T97-98 U99-99"
)


def _divisions(sections: str) -> dict[str, str]:
    return {f"{n:02}": s[0] for s in sections.split() for n in range(int(s[1:3]), int(s[4:]) + 1)}


_SECTION_OF = {"nace": _divisions(_NACE), "ksic": _divisions(_KSIC)}
_NAME_OF = {"nace": "NACE", "ksic": "KSIC"}
# Dots only where the official spelling has them: 62.01 and, with the German fifth digit, 62.01.9.
_INDUSTRY = re.compile(r"([A-Za-z]?) *([0-9]{2}(?:\.?[0-9](?:[0-9](?:\.?[0-9])?)?)?)?")
_LOST_ZERO = re.compile(r"[A-Za-z]? *[0-9](?:\.[0-9]{1,2})?")
_REGION = re.compile(r"[0-9]{2}|[0-9]{5}|KR-[0-9]{2}")
_KOREAN_DISTRICT = re.compile(r"(KR-[0-9]{2})-([0-9]{2})([0-9]{3})")
# How the legal district codes of each Korean province (ISO 3166-2 on the left) begin, the present digits first: Gangwon
# (2023) and Jeonbuk (2024) got new ones, and their districts kept the other three.
_KOREAN_PROVINCES = {
    "KR-11": ("11",),
    "KR-26": ("26",),
    "KR-27": ("27",),
    "KR-28": ("28",),
    "KR-29": ("29",),
    "KR-30": ("30",),
    "KR-31": ("31",),
    "KR-41": ("41",),
    "KR-42": ("51", "42"),
    "KR-43": ("43",),
    "KR-44": ("44",),
    "KR-45": ("52", "45"),
    "KR-46": ("46",),
    "KR-47": ("47",),
    "KR-48": ("48",),
    "KR-49": ("50",),
    "KR-50": ("36",),
}
_PROVINCE_OF = {first: province for province, firsts in _KOREAN_PROVINCES.items() for first in firsts}


def parse_code(text: str, form: str) -> str:
    """Read a code of the form "nace", "ksic" or "region" and return its one stored spelling.

    Industries are stored with section letter and without dots (`62.01` is J6201), regions as 2 or 5 digits
    of the German key, as `KR-dd` for a Korean province or as `KR-dd-ddddd` for a district in it. Raises Misread
    "not-a-code" or "too-long", ValueError for another form.
    """
    if form == "region":
        return _parse_region(text)
    if form not in _SECTION_OF:
        raise ValueError(f"no code has the form {form!r}")
    return _parse_industry(text, form)


def _parse_industry(text: str, form: str) -> str:
    inner, name, section_of = trimmed(text), _NAME_OF[form], _SECTION_OF[form]
    match = _INDUSTRY.fullmatch(inner)
    if match is None or not inner:
        hint = "a leading zero may be missing" if _LOST_ZERO.fullmatch(inner) else ""
        how = "write the section letter, digits or both, like C, C28 or 28.1"
        raise Misread("not-a-code", f"{shown(text)} is not a {name} code: {how}", hint)
    letter, digits = match[1].upper(), (match[2] or "").replace(".", "")
    if not digits:
        if letter not in section_of.values():
            raise Misread("not-a-code", f"{shown(text)} is not a {name} code: there is no section {letter}")
        return letter
    division = digits[:2]
    section = section_of.get(division)
    if section is None:
        raise Misread("not-a-code", f"{shown(text)} is not a {name} code: there is no division {division}")
    if letter not in ("", section):
        why = f"division {division} belongs to section {section}"
        raise Misread("not-a-code", f"{shown(text)} is not a {name} code: {why}")
    return section + digits


def _parse_region(text: str) -> str:
    inner = trimmed(text)
    code = inner.upper() if inner.isascii() else inner
    if _REGION.fullmatch(code):
        return code
    district = _KOREAN_DISTRICT.fullmatch(code)
    if district is not None:
        return _korean_district(text, district[1], district[2], district[3])
    hint = ""
    if re.fullmatch(r"[0-9]|[0-9]{4}", code):
        hint = f"a leading zero may be missing: 0{code}"
    elif re.fullmatch(r"[0-9]{8}|[0-9]{12}", code):
        hint = f"the first five digits name the district: {code[:5]}"
    elif re.fullmatch(r"[0-9]{10}", code) and code[:2] in _PROVINCE_OF:
        hint = f"the first five digits name the district: {_PROVINCE_OF[code[:2]]}-{code[:5]}"
    how = "write 2 or 5 digits of the German key, or KR- and 2 digits, and 5 more for a district"
    raise Misread("not-a-code", f"{shown(text)} is not a region code: {how}, like 09162, KR-26 or KR-26-26110", hint)


def _korean_district(text: str, province: str, first: str, rest: str) -> str:
    firsts = _KOREAN_PROVINCES.get(province, ())
    if first in firsts:
        return f"{province}-{firsts[0]}{rest}"
    hint = f"{first}{rest} lies in {_PROVINCE_OF[first]}" if first in _PROVINCE_OF else ""
    how = f"its districts begin with {firsts[0]}" if firsts else "there is no such province"
    raise Misread("not-a-code", f"{shown(text)} is not a region code ({province}: {how})", hint)


def covers(prefix: str, code: str) -> bool:
    """Tell whether a code is the other one or lies under it; both in their stored spelling."""
    return code.startswith(prefix)
