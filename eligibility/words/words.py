"""One language: messages translated and filled in; numbers, money, dates and lists as it writes them.

Babel, which knows how, is loaded where it is used: most screens show no more than small counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Protocol

from eligibility.words.catalogue import LANGUAGES, translations
from eligibility.words.won import won

if TYPE_CHECKING:
    from babel import Locale

# British English: "a, b and c", and a day before its month.
_LOCALES = {"de": "de", "en": "en_GB", "ko": "ko"}
_MOST_DECIMALS = 6
_FIRST_GROUPED = 1000


class Span(Protocol):
    """A span of time in calendar units."""

    @property
    def years(self) -> int: ...
    @property
    def months(self) -> int: ...
    @property
    def days(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: `de`, `en` or `ko`; ValueError for another."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"there is no catalogue for the language {self.language!r}")

    @property
    def locale(self) -> "Locale":
        """Return the locale by which numbers and dates are written."""
        return _locale(self.language)

    def say(self, message: str, **values: str) -> str:
        """Translate a message that is written in English in the code, then fill in its named fields."""
        return translations(self.language).gettext(message).format(**values)

    def plural(self, one: str, many: str, n: int, **values: str) -> str:
        """Translate the form of a message that belongs to a count; the field `n` is the count as written."""
        message = translations(self.language).ngettext(one, many, n)
        return message.format(n=self.number(Fraction(n)), **values)

    def number(self, value: Fraction) -> str:
        """Write a number; decimals that never end are rounded half up after the sixth."""
        if value.denominator == 1 and 0 <= value < _FIRST_GROUPED:
            # All languages write it so, and need not be loaded for it.
            return str(value.numerator)
        from babel.numbers import format_decimal

        return format_decimal(decimal_of(value, _MOST_DECIMALS), locale=self.locale, decimal_quantization=False)

    def fixed(self, value: Fraction, decimals: int) -> str:
        """Write a number with exactly so many decimals, rounded half up, so that it stands well in a column."""
        from babel.numbers import format_decimal

        pattern = f"#,##0.{'0' * decimals}"
        return format_decimal(decimal_of(value, decimals), pattern, locale=self.locale, decimal_quantization=False)

    def percent(self, ratio: Fraction) -> str:
        """Write a ratio as a percentage: 1/8 is `12.5%`, in German `12,5 %`."""
        from babel.numbers import format_percent

        exact = decimal_of(ratio, _MOST_DECIMALS)
        return format_percent(exact, locale=self.locale, decimal_quantization=False)

    def money(self, value: Fraction, currency: str) -> str:
        """Write an amount in units of the currency, with all its decimals or, where they are zero, with none."""
        from babel.numbers import format_currency, get_currency_precision

        decimals = get_currency_precision(currency)
        exact = decimal_of(value, decimals)
        if self.language == "ko" and currency == "KRW":
            return won(int(exact))
        pattern = self.locale.currency_formats["standard"].pattern
        whole = exact == exact.to_integral_value()
        places = "" if whole else f".{'0' * decimals}"
        pattern = pattern.replace(".00", places)
        return format_currency(exact, currency, pattern, locale=self.locale, currency_digits=False)

    def day(self, value: date) -> str:
        """Write a day in full, such as `1 March 2021`."""
        from babel.dates import format_date

        return format_date(value, format="long", locale=self.locale)

    def duration(self, value: Span) -> str:
        """Write a span such as `5 years 3 months`."""
        parts: list[str] = []
        # Not by babel: it knows no Korean units of time.
        if value.years:
            parts.append(self.plural("{n} year", "{n} years", value.years))
        if value.months:
            parts.append(self.plural("{n} month", "{n} months", value.months))
        if value.days or not parts:
            parts.append(self.plural("{n} day", "{n} days", value.days))
        return " ".join(parts)

    def join(self, parts: Sequence[str], *, either: bool = False) -> str:
        """List parts: `a, b and c`, or `a, b or c`."""
        from babel.lists import format_list

        return format_list(list(parts), "or" if either else "standard", locale=self.locale)

    def country(self, code: str) -> str:
        """Name a country by its two-letter code (`EU` too); a code without a name is shown as it is."""
        return str(self.locale.territories.get(code.upper(), code))


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale

    return Locale.parse(_LOCALES[language])


def decimal_of(value: Fraction, decimals: int) -> Decimal:
    """Return a number with that many decimals: exactly, or rounded half up where it has more."""
    scaled = abs(value) * 10**decimals
    digits = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Built from its digits: arithmetic on Decimal would round to the precision of the context.
    return Decimal((int(value < 0 and digits != 0), tuple(int(digit) for digit in str(digits)), -decimals))
