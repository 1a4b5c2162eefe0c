"""Units in which columns count, as offices write them: `TEUR`, `Mio. €`, `억원`, `%`, `VZÄ`.

Sources: none but usage; every spelling stands in the table below, what is not in it is no unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eligibility.engine.profile import Subject
from eligibility.values.spelling import unified


@dataclass(frozen=True, slots=True)
class Unit:
    """What a 1 stands for: `factor` of a currency (`EUR`), of `percent`, of `persons`, or of nothing told (`scale`).

    The kinds `truth` and `date` are notes on how such cells are written, which change nothing.
    """

    kind: str
    factor: int = 1

    @property
    def currency(self) -> str | None:
        """Return the currency, `None` where it tells none."""
        return self.kind if self.kind.isupper() else None

    def fits(self, subject: Subject) -> bool:
        """Tell whether numbers of a fact can be counted in this unit."""
        if subject.type == "money":
            return self.kind in (subject.currency, "scale")
        return self.kind in _FITTING.get(subject.type, ())


_FITTING = {"number": ("persons", "scale"), "percent": ("percent",), "truth": ("truth",), "date": ("date",)}
_CURRENCIES = {
    "EUR": ("eur", "euro", "euros", "€"),
    "KRW": ("krw", "won", "₩", "원"),
    "USD": ("usd", "us$", "$", "us-dollar", "dollar", "dollars", "달러", "불"),
}
_LETTERS = {10**3: ("k", "t"), 10**6: ("m", "mn")}
_SCALES = {
    10**3: ("tsd", "tsd.", "tausend", "thousand", "thousands"),
    10**6: ("mio", "mio.", "mill.", "million", "millions", "millionen"),
    10**9: ("mrd", "mrd.", "milliarde", "milliarden", "bn"),
}
_COUNTED = {10**3: ("1000", "1.000", "1,000", "thousandsof"), 10**6: ("millionsof",)}
_KOREAN = {
    10**3: "천",
    10**4: "만",
    10**5: "십만",
    10**6: "백만",
    10**7: "천만",
    10**8: "억",
    10**9: "십억",
    10**10: "백억",
    10**11: "천억",
    10**12: "조",
}
_PERCENT = ("%", "prozent", "percent", "percentage", "퍼센트")
_NOTES = {
    "truth": ("y/n", "j/n", "ja/nein", "yes/no", "o/x", "예/아니오", "예/아니요"),
    "date": (
        *("yyyy-mm-dd", "yyyy.mm.dd", "yyyy/mm/dd", "yyyymmdd", "jjjj-mm-tt"),
        *("tt.mm.jjjj", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy"),
    ),
}
PERSONS = (
    *("person", "personen", "persons", "people", "mitarbeiter", "beschäftigte", "employees"),
    *("vzä", "vzae", "vollzeitäquivalente", "fte", "ftes", "awu", "jae", "명", "인"),
)


def _european() -> Iterator[tuple[str, Unit]]:
    scales = [
        (factor, word) for group in (_LETTERS, _SCALES, _COUNTED) for factor, words in group.items() for word in words
    ]
    for currency, words in _CURRENCIES.items():
        for word in words:
            yield word, Unit(currency)
            for factor, scale in scales:
                yield f"{scale}{word}", Unit(currency, factor)
                yield f"{word}{scale}", Unit(currency, factor)
    for factor, words in _SCALES.items():
        yield from ((word, Unit("scale", factor)) for word in words)


def _korean() -> Iterator[tuple[str, Unit]]:
    currencies = (("원", "KRW"), ("krw", "KRW"), ("달러", "USD"), ("불", "USD"), ("유로", "EUR"))
    yield "유로", Unit("EUR")
    for factor, scale in _KOREAN.items():
        # Whoever counts in these without a currency means won.
        yield scale, Unit("KRW", factor)
        for word, currency in currencies:
            yield f"{scale}{word}", Unit(currency, factor)
            yield f"{word}{scale}", Unit(currency, factor)
    yield from (("천명", Unit("persons", 10**3)), ("만명", Unit("persons", 10**4)))


def _counted() -> Iterator[tuple[str, Unit]]:
    yield from ((word, Unit("percent")) for word in _PERCENT)
    yield from ((word, Unit("persons")) for word in (*PERSONS, "anzahl"))
    yield from ((word, Unit(kind)) for kind, words in _NOTES.items() for word in words)


UNITS = dict((*_european(), *_korean(), *_counted()))
_LEAD = re.compile(r"(?:in|단위 ?:?|einheit ?:?|unit ?:?) +|단위 ?: ?")
_BRACKETS = re.compile(r"([^(\[]*[^(\[ ]) *[(\[]([^()\[\]]*)[)\]]")
_IN = re.compile(r"(.*[^ ]) +in +(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[ _,/]+")
_MOST_WORDS = 3


def unit_of(text: str) -> Unit | None:
    """Return the unit with this spelling; case and spaces do not count."""
    if len(text) > 40:
        return None
    word = unified(text).casefold()
    return UNITS.get(_LEAD.sub("", word, count=1).replace(" ", "") if _LEAD.match(word) else word.replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Split:
    """A column name taken apart; `unit` is `None` where what stands in the place of a unit is none."""

    base: str
    text: str
    unit: Unit | None


def split_unit(name: str) -> Split | None:
    """Take the unit off a column name such as `Umsatz (TEUR)`, `Umsatz in T€` or `Umsatz TEUR`; `None` if it has none.

    Without brackets or `in` only a unit that says what it counts is one: of `Klasse m` nothing is taken off.
    """
    # Brackets and spaces of Korean keyboards; a name that is too long for a reader has no unit.
    if len(name) > 200:
        return None
    line = unified(name)
    for pattern in (_BRACKETS, _IN):
        found = pattern.fullmatch(line)
        if found is not None:
            return Split(found[1], found[2], unit_of(found[2]))
    for between in list(_BETWEEN.finditer(line))[-_MOST_WORDS:]:
        base, tail = line[: between.start()], line[between.end() :]
        unit = unit_of(tail)
        if base and unit is not None and unit.kind != "scale":
            return Split(base, tail, unit)
    return None
