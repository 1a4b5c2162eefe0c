"""The columns of enterprises and holdings: what each holds, and the names that offices give it."""

import enum
from collections.abc import Iterator, Mapping
from functools import lru_cache

from eligibility.group.quantities import EUROS, MEASURES, PEOPLE, SHARE, Quantity
from eligibility.group.rows import figure_columns
from eligibility.group.structure import Measure, Period
from eligibility.rulebook.link import fold
from eligibility.values.spelling import unified


class Table(enum.Enum):
    """The two tables of an ownership structure."""

    ENTERPRISES = "enterprises"
    HOLDINGS = "holdings"


_AMOUNT_COLUMNS = {"consolidated_share": SHARE, "budget": EUROS, "inhabitants": PEOPLE}
_FIGURES = {prefix + name: key for prefix in ("", "consolidated_") for name, key in figure_columns().items()}
QUANTITIES: Mapping[Table, Mapping[str, Quantity]] = {
    Table.ENTERPRISES: {**{name: MEASURES[key[0]] for name, key in _FIGURES.items()}, **_AMOUNT_COLUMNS},
    Table.HOLDINGS: {"share": SHARE, "capital": SHARE, "votes": SHARE, "invested": EUROS},
}
"""Columns of numbers, with what they count."""
FIGURE_COLUMNS = tuple(_FIGURES)
TRUTHS: Mapping[Table, tuple[str, ...]] = {
    Table.ENTERPRISES: ("kr_audited", "kr_listed", "kr_nonprofit", "kr_exempt_investor"),
    Table.HOLDINGS: ("involved",),
}
DATES = ("since", "until")
LABELS = ("name", "acts_with", "family", "consolidated_in")
LISTS = ("markets", "control")
"""Columns whose cells hold several values, joined by `;`."""

_NAMES: Mapping[Table, Mapping[str, tuple[str, ...]]] = {
    Table.ENTERPRISES: {
        "id": (
            *(
                "company_id",
                "enterprise",
                "Unternehmens-ID",
                "Kundennummer",
                "Kunden-Nr",
                "Kd.-Nr",
                "Firmen-Nr",
                "Firmennummer",
                "Nummer",
                "LEI",
            ),
            *("기업 ID", "기업번호", "사업자등록번호", "법인등록번호"),
        ),
        "name": ("company", "company name", "Firma", "Firmenname", "Unternehmen", "기업명", "회사명", "상호"),
        "kind": ("type", "Art", "Typ", "종류", "유형"),
        "country": ("country code", "Land", "Staat", "Sitzland", "국가", "소재국"),
        "markets": ("market", "relevant markets", "Märkte", "Markt", "시장", "관련 시장"),
        "acts_with": ("acting jointly", "handelt mit", "gemeinsam handelnd", "공동행위자"),
        "family": ("Familie", "가족", "친족"),
        "consolidated_in": (
            "consolidated by",
            "konsolidiert in",
            "Konzernabschluss von",
            "연결 모회사",
            "연결재무제표 작성회사",
        ),
        "consolidated_share": ("Konsolidierungsquote", "consolidation rate", "연결 비율"),
        "budget": ("annual budget", "Haushalt", "Jahreshaushalt", "예산"),
        "inhabitants": ("population", "Einwohner", "Einwohnerzahl", "인구", "주민수"),
        "kr_audited": ("externally audited", "prüfungspflichtig Korea", "외부감사대상", "외감법인"),
        "kr_listed": ("listed in Korea", "börsennotiert Korea", "상장 여부", "상장법인"),
        "kr_nonprofit": ("nonprofit corporation", "gemeinnützig Korea", "비영리법인"),
        "kr_exempt_investor": ("exempt investor", "ausgenommene Anlegerin Korea", "제외 투자자"),
        "fiscal_year_start": ("business year begins", "Beginn des Geschäftsjahres", "사업연도 개시일"),
    },
    Table.HOLDINGS: {
        "holder": (
            *("parent", "owner", "shareholder", "Gesellschafter", "Inhaber", "Halter", "Mutter", "Anteilseigner"),
            *("Muttergesellschaft", "Mutterunternehmen", "Obergesellschaft", "Anteilseignerin", "Gesellschafterin"),
            *("주주", "주주명", "투자자", "출자자", "모회사", "출자회사"),
        ),
        "held": (
            *("child", "subsidiary", "Beteiligung", "Beteiligungsunternehmen", "Tochter", "Gesellschaft"),
            *("Beteiligung an", "beteiligt an", "Tochtergesellschaft", "Tochterunternehmen", "Untergesellschaft"),
            *("피투자회사", "피투자기업", "자회사", "피출자회사", "투자회사", "발행회사"),
        ),
        "share": (
            "percent",
            "holding",
            "Anteil",
            "Beteiligungsquote",
            "Quote",
            "Anteil in %",
            "지분율",
            "보유 지분율",
            "지분",
        ),
        "capital": ("capital share", "Kapital", "Kapitalanteil", "자본 지분율", "출자비율"),
        "votes": ("voting rights", "Stimmen", "Stimmrechte", "Stimmanteil", "의결권", "의결권 비율"),
        "control": ("means of control", "Kontrolle", "Beherrschung", "지배관계", "지배 수단"),
        "invested": ("amount invested", "investiert", "Investition", "투자금액"),
        "involved": ("involved in management", "beteiligt an der Leitung", "경영 참여"),
        "since": ("valid from", "seit", "ab", "gültig ab", "취득일", "시작일"),
        "until": ("valid to", "bis", "gültig bis", "처분일", "종료일"),
    },
}
_MEASURES: Mapping[Measure, tuple[str, ...]] = {
    Measure.EMPLOYEES: (
        "headcount",
        "staff",
        "Mitarbeiter",
        "Beschäftigte",
        "Mitarbeiterzahl",
        "Mitarbeitende",
        "Anzahl Mitarbeiter",
        "Anzahl Beschäftigte",
        "Beschäftigtenzahl",
        "JAE",
        "VZÄ",
        "FTE",
        "AWU",
        "상시근로자수",
        "직원수",
        "근로자수",
        "종업원수",
    ),
    Measure.TURNOVER: ("revenue", "sales", "Umsatz", "Jahresumsatz", "Umsatzerlöse", "매출액 EUR"),
    Measure.BALANCE_SHEET: ("balance sheet total", "total assets", "Bilanzsumme", "Jahresbilanzsumme", "자산총계 EUR"),
    Measure.KR_AVERAGE_TURNOVER: ("average turnover KRW", "Durchschnittsumsatz KRW", "평균매출액", "3년 평균매출액"),
    Measure.KR_TOTAL_ASSETS: ("total assets KRW", "Bilanzsumme KRW", "자산총액", "자산총계"),
}
_PERIODS = {
    Period.LATEST: ("",),
    Period.PREVIOUS: ("previous", "previous year", "Vorjahr", "전년도", "전기"),
    Period.EARLIER: ("earlier", "year before last", "Vorvorjahr", "전전년도", "전전기"),
}
_CONSOLIDATED = ("consolidated ", "konsolidiert ", "Konzern", "연결 ")


def columns_of(table: Table) -> tuple[str, ...]:
    """Return the columns of a table, those first that every reader expects."""
    quantities = (name for name in QUANTITIES[table] if name not in _NAMES[table])
    return (*_NAMES[table], *quantities)


@lru_cache(maxsize=2)
def names_of(table: Table) -> Mapping[str, str]:
    """Return folded name -> column; a column's own name comes before what others are called."""
    names = {fold(column): column for column in columns_of(table)}
    for column, others in _NAMES[table].items():
        for other in others:
            names.setdefault(folded(other), column)
    if table is Table.ENTERPRISES:
        for other, column in _figure_names():
            names.setdefault(folded(other), column)
    return names


def folded(name: str) -> str:
    """Return a column name as it is compared."""
    return fold(unified(name[:200]))


def _figure_names() -> Iterator[tuple[str, str]]:
    for (measure, period), column in ((key, name) for name, key in figure_columns().items()):
        for other in (measure.word, *_MEASURES[measure]):
            for when in _PERIODS[period]:
                yield f"{other} {when}", column
                yield f"{when} {other}", column
                yield from ((f"{group}{other} {when}", f"consolidated_{column}") for group in _CONSOLIDATED)
