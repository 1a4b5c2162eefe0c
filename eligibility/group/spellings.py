"""How kinds, means of control, countries and truths are spelled in ownership structures, in three languages."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from eligibility.group.structure import Control, Kind
from eligibility.rulebook.link import fold
from eligibility.values.dates import calendar_date
from eligibility.values.misread import Misread, shown
from eligibility.values.spelling import nearest_name, unified
from eligibility.values.truth import parse_truth_typed

V = TypeVar("V")

_UNKNOWN = frozenset(("unknown", "unbekannt", "nichtbekannt", "k.a.", "n/a", "?", "미상", "모름", "알수없음"))

KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ENTERPRISE: ("company", "firm", "business", "Unternehmen", "Firma", "Betrieb", "기업", "회사", "법인"),
    Kind.PERSON: ("natural person", "individual", "Mensch", "natürliche Person", "Privatperson", "개인", "자연인"),
    Kind.PUBLIC_BODY: ("state", "öffentliche Stelle", "öffentliche Hand", "Körperschaft", "공공기관", "국가"),
    Kind.PUBLIC_INVESTOR: ("public investment corporation", "öffentliche Beteiligungsgesellschaft", "공공투자기관"),
    Kind.VENTURE_CAPITAL: ("venture capital company", "VC", "Wagniskapital", "Risikokapitalgesellschaft", "벤처캐피탈"),
    Kind.BUSINESS_ANGEL: ("angel", "엔젤투자자"),
    Kind.RESEARCH: (
        "university",
        "research centre",
        "Hochschule",
        "Universität",
        "Forschungszentrum",
        "대학",
        "연구소",
    ),
    Kind.INSTITUTIONAL: (
        "institutional investor",
        "institutionelle Anlegerin",
        "institutioneller Anleger",
        "기관투자자",
    ),
    Kind.LOCAL_AUTHORITY: ("municipality", "Gemeinde", "Gebietskörperschaft", "Kommune", "지방자치단체", "지자체"),
}
CONTROLS: Mapping[Control, tuple[str, ...]] = {
    Control.NONE: ("no", "keine", "nein", "없음", "-"),
    Control.MAJORITY: ("majority of votes", "Mehrheit", "Stimmenmehrheit", "과반수", "의결권 과반수"),
    Control.APPOINTS: (
        "appointment",
        "Bestellung",
        "bestellt",
        "Bestellungsrecht",
        "Bestellung der Geschäftsführung",
        "임원 선임",
        "선임권",
    ),
    Control.DOMINANT: (
        "dominant influence",
        "beherrschend",
        "beherrschender Einfluss",
        "Beherrschungsvertrag",
        "지배적 영향력",
        "지배",
    ),
    Control.AGREEMENT: (
        "voting agreement",
        "Vereinbarung",
        "Stimmbindung",
        "Stimmbindungsvertrag",
        "Poolvertrag",
        "약정",
        "합의",
    ),
}
_ALL_MEANS = Control.MAJORITY | Control.APPOINTS | Control.DOMINANT | Control.AGREEMENT
_MONTH_DAY = re.compile(r"(?:--)?([0-9]{2})-([0-9]{2})")
# Groups of countries and private codes, which CLDR names too.
_OTHER_COUNTRIES = {"한국": "KR", "Republic of Korea": "KR", "Republik Korea": "KR", "Korea": "KR", "BRD": "DE"}
_NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))


def is_unknown(text: str) -> bool:
    """Tell whether a text says that nothing is known."""
    return text.casefold().replace(" ", "") in _UNKNOWN


def read_kind(text: str) -> int:
    """Read what an enterprise, person or body is; raises Misread "unknown-kind"."""
    return int(_named(text, _kind_names(), "unknown-kind", "no kind of enterprise, person or body"))


def read_control(text: str) -> int:
    """Read means of control joined by `;`, those that are certain in the low four bits, those possible above them.

    Raises:
        Misread: "unknown-control", or "mixed-control" where `none` stands beside others.
    """
    certain, possible, parts = Control.NONE, Control.NONE, [part.strip() for part in text.split(";") if part.strip()]
    for part in parts:
        if is_unknown(unified(part)):
            possible = _ALL_MEANS
            continue
        means = Control(_named(part, _control_names(), "unknown-control", "no means of control"))
        if means is Control.NONE and len(parts) > 1:
            message = f"{shown(text)} says that there is no control, and names some"
            raise Misread("mixed-control", message, "leave `none` out")
        certain |= means
    return int(certain) | int(certain | possible) << 4


def read_country(text: str) -> str:
    """Read a country by its code (ISO 3166-1 alpha-2) or name; raises Misread "unknown-country"."""
    codes, names = _countries()
    code = text.strip().upper()
    if code in codes:
        return code
    return _named(text, names, "unknown-country", "no country")


def read_markets(text: str) -> str | None:
    """Read markets joined by `;`; `None` where none is told."""
    return text if text.strip("; ") and not is_unknown(text) else None


def read_truth(text: str) -> bool | None:
    """Read yes, no or unknown; raises Misread "not-a-truth"."""
    return None if is_unknown(unified(text)) else parse_truth_typed(text)


def read_month_day(text: str) -> int:
    """Read `04-01`, the day on which a business year begins, as 401; raises Misread "not-a-day-of-the-year"."""
    found = _MONTH_DAY.fullmatch(unified(text))
    try:
        if found is not None:
            # A year without a leap day: a business year begins on a day that each year has.
            day = calendar_date(2001, int(found[1]), int(found[2]), text)
            return day.month * 100 + day.day
    except Misread:
        pass
    message = f"{shown(text)} is not a day of every year: write month and day like 04-01"
    raise Misread("not-a-day-of-the-year", message)


def _named(text: str, names: Mapping[str, V], code: str, what: str) -> V:
    found = names.get(fold(unified(text)))
    if found is None:
        near = nearest_name(fold(unified(text)), [*names, *_UNKNOWN])
        meant = None if near is None else _shown_name(names[near]) if near in names else "unknown"
        hint = "" if meant is None else f"did you mean `{meant}`?"
        raise Misread(code, f"{shown(text)} is {what}", hint)
    return found


def _shown_name(value: object) -> str:
    """Return how a file names a value."""
    return str(value.name).lower() if isinstance(value, Kind | Control) else str(value)


@lru_cache(maxsize=1)
def _kind_names() -> Mapping[str, Kind]:
    return {fold(name): kind for kind, others in KINDS.items() for name in (kind.name, *others)}


@lru_cache(maxsize=1)
def _control_names() -> Mapping[str, Control]:
    return {fold(name): means for means, others in CONTROLS.items() for name in (str(means.name), *others)}


@lru_cache(maxsize=1)
def _countries() -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the codes, and folded names in three languages with their codes."""
    # Most structures name no country, and need not load the library.
    from babel import Locale

    codes: set[str] = set()
    names: dict[str, str] = {}
    for language in ("en", "de", "ko"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
                codes.add(code)
                names[fold(name)] = code
    names |= {fold(name): code for name, code in _OTHER_COUNTRIES.items()}
    return frozenset(codes), names
