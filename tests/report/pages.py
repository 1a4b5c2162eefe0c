"""A page with everything that a page can hold, in words of one language, or in one word that is put everywhere."""

import re
from fractions import Fraction

from eligibility.report.page import Bar, Card, Chart, Column, Field, Group, Item, Page, Picture, Source, Table

URL = "https://example.org/guideline?part=5.4&paragraph=2"
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="300" height="40" viewBox="0 0 300 40">'
    '<g role="graphics-object" aria-roledescription="mark" fill="none" transform="translate(5,5)">'
    '<path d="M0,1h180v18h-180Z" fill="#4c78a8"/><text fill="currentColor" font-size="10px">312</text></g></svg>'
)
_TEXTS = {
    "de": {
        "title": "Fördermöglichkeiten für die Schreinerei Huber GmbH",
        "lead": "Stand: 1. März 2021",
        "summary": "Zusammenfassung",
        "first": "Zwei Programme können Sie jetzt beantragen.",
        "plan": "Förderplan",
        "programme": "Investitionsförderung für kleine und mittlere Unternehmen",
        "now": "Jetzt beantragen",
        "not": "Nicht förderfähig",
        "reason": "Beschäftigte in der Unternehmensgruppe: 3 bis 499",
        "word": "Partnerunternehmen",
        "foot": "Das ist eine erste Orientierung, keine Rechtsberatung; es entscheidet die Behörde.",
    },
    "en": {
        "title": "Funding for Huber Joinery Ltd",
        "lead": "As of 1 March 2021",
        "summary": "Summary",
        "first": "You can apply for two programmes now.",
        "plan": "Funding plan",
        "programme": "Investment grants for small and medium-sized enterprises",
        "now": "Apply now",
        "not": "Not eligible",
        "reason": "People in the group: 3 to 499",
        "word": "partner enterprise",
        "foot": "This is a first orientation, no legal advice; the authority decides.",
    },
    "ko": {
        "title": "한빛정밀 주식회사를 위한 지원사업",
        "lead": "기준일: 2021년 3월 1일",
        "summary": "요약",
        "first": "지금 신청할 수 있는 사업이 두 개 있습니다.",
        "plan": "지원 계획",
        "programme": "중소기업 설비투자 보조금",
        "now": "지금 신청 가능",
        "not": "지원 대상 아님",
        "reason": "기업집단의 상시근로자 수: 3명 이상 499명 이하",
        "word": "관계기업",
        "foot": "이 결과는 참고용이며 법률 자문이 아닙니다. 최종 결정은 담당 기관이 합니다.",
    },
}


def texts(language: str) -> dict[str, str]:
    """The texts of the page, which must all be found on it."""
    return dict(_TEXTS[language])


def page(language: str) -> Page:
    """A report in words of a language, two printed pages long."""
    return _page(language, _TEXTS[language], 18)


def page_of(word: str, language: str = "en", url: str = URL) -> Page:
    """A report that says one thing everywhere."""
    return _page(language, dict.fromkeys(_TEXTS["en"], word), 2, url)


def body(html: str) -> str:
    """A document without its style and the hash of it, both of which have tests of their own."""
    return re.sub(
        r"sha256-[^&]*&", "sha256-…&", re.sub(r"<style>.*?</style>", "<style>…</style>", html, flags=re.DOTALL)
    )


def _page(language: str, said: dict[str, str], rows: int, url: str = URL) -> Page:
    name, word = said["programme"], said["word"]
    columns = (Column(name), Column(said["plan"]), Column(said["word"], number=True))
    table = Table(word, columns, tuple((word, name, f"{n}.000 €") for n in range(rows)), (word, "", "19.200–24.000 €"))
    reason = Item(said["reason"], (said["word"],), (Source(said["programme"], url),))
    card = Card(
        name,
        "de.digital",
        (
            Field(word, (Item("24.000 €"),), listed=False),
            Field(word, (Item(url, url=url),), listed=False),
            Field(said["word"], (reason, reason)),
        ),
        (_picture(word),),
        (table,),
    )
    many = tuple(Item(f"{name} {n}") for n in range(9))
    groups = (
        Group(said["summary"], items=(Item(said["first"]), reason)),
        Group(said["plan"], tables=(table,), charts=(Chart(said["plan"], CHART), Chart(said["word"], CHART))),
        Group(said["now"], (card, card)),
        Group(said["not"], (Card(name, "de.other", (Field(word, (reason,)),)),)),
        Group("", items=many),
    )
    return Page(language, said["title"], (said["lead"],), groups, (said["foot"],))


def _picture(word: str) -> Picture:
    half, third, whole = Fraction(1, 2), Fraction(1, 3), Fraction(1)
    return Picture(
        word,
        (
            Bar(word, "48.000 €", Fraction(0), whole, whole, "given"),
            Bar(word, "16.000–24.000 €", Fraction(0), third, half, "part"),
            Bar(word, "24.000–32.000 €", whole, half, third, "cut"),
            Bar(word, "16.000–24.000 €", Fraction(0), third, half, "result"),
        ),
    )
