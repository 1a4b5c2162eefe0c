"""Columns of shares, headcounts and amounts: texts -> exact whole numbers of the smallest unit, low and high end.

What is in plain spelling is read for a whole column at once, all else once per distinct text.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from eligibility.group.spellings import is_unknown
from eligibility.group.structure import OPEN, SHARE_SCALE, WHOLE, Measure
from eligibility.group.text_rows import Style
from eligibility.values.bands import read_band
from eligibility.values.misread import Misread, shown
from eligibility.values.number import INTEGER_DIGITS, too_large, too_many_decimals
from eligibility.values.pointed import NUMERAL, OTHER, no_number, pointed
from eligibility.values.ranges import Range
from eligibility.values.spelling import unified
from eligibility.values.typed import read_amount, read_number

LARGEST = 10**16
"""The most units that one figure can have: sums over a group stay far below what a column can hold."""
_PEOPLE = ("명", "인", "VZÄ", "JAE", "FTE", "AWU", "Mitarbeiter", "Personen", "people")
_BEHIND = {"EUR": ("€", "EUR", "Euro"), "KRW": ("원", "KRW", "₩"), "%": ("%",), "": _PEOPLE}
_DECIMALS = re.compile(r"\.([0-9]{3})(?![0-9])")
_LETTERS = re.compile(r"[^0-9.,'’%<>=≤≥+~ -]")
# Tables are written in any language, so that a word with two meanings is refused as where German is typed.
_LANGUAGE = "de"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a column counts: `scale` smallest units make one; `unit` is a currency, `%`, or nothing for people."""

    scale: int
    unit: str = ""
    most: int = LARGEST

    @property
    def decimals(self) -> int:
        """Return how many decimals a value can have."""
        return len(str(self.scale)) - 1


SHARE = Quantity(SHARE_SCALE, "%", WHOLE)
EUROS = Quantity(100, "EUR")
PEOPLE = Quantity(1)
MEASURES = {
    Measure.EMPLOYEES: Quantity(Measure.EMPLOYEES.scale),
    Measure.TURNOVER: EUROS,
    Measure.BALANCE_SHEET: EUROS,
    Measure.KR_AVERAGE_TURNOVER: Quantity(Measure.KR_AVERAGE_TURNOVER.scale, "KRW"),
    Measure.KR_TOTAL_ASSETS: Quantity(Measure.KR_TOTAL_ASSETS.scale, "KRW"),
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column as read: both ends in smallest units, NULL where nothing is known; `bad` says what texts are wrong."""

    low: pl.Series
    high: pl.Series
    bad: dict[str, Misread]


def read_amounts(texts: pl.Series, quantity: Quantity, style: Style) -> Amounts:
    """Read a column of texts (NULL: nothing stands there)."""
    frame = pl.DataFrame({"text": texts})
    plain = frame.lazy().select(_plain(pl.col("text"), quantity, style)).collect().to_series()
    low = high = plain
    if (texts.is_not_null() & plain.is_null()).any():
        frame = frame.select(text=pl.when(plain.is_null()).then("text"))
        low, high = _ends(frame, plain, quantity, style)
    left = texts.is_not_null() & low.is_null() & high.is_null()
    if not left.any():
        return Amounts(low, high, {})
    return _with_others(texts, left, low, high, quantity, style)


def _plain(text: pl.Expr, quantity: Quantity, style: Style) -> pl.Expr:
    """Return the values of digits with a decimal mark, NULL for all else."""
    places = len(str(quantity.scale * style.factor)) - 1
    behind = rf"(?:[{style.mark}][0-9]{{1,{places}}})?" if places and style.mark else ""
    spelled = text.str.contains(rf"^[0-9]{{1,{INTEGER_DIGITS}}}{behind}$")
    number = text.str.replace(",", ".", literal=True) if style.mark == "," else text
    # A decimal with so many places is the whole number of the smallest unit, only told otherwise.
    units = number.cast(pl.Decimal(38, places), strict=False).reinterpret(dtype=pl.Int128).cast(pl.Int64, strict=False)
    return pl.when(spelled & (units <= quantity.most)).then(units)


def _ends(frame: pl.DataFrame, plain: pl.Series, quantity: Quantity, style: Style) -> tuple[pl.Series, pl.Series]:
    """Return both ends of what is left: grouped digits with a unit behind, and two ends with `..` between."""
    ends = frame.select(pl.col("text").str.split_exact("..", 1)).unnest("text")
    read = ends.lazy().select(_plain(_bare(pl.col(name), quantity, style), quantity, style) for name in ends.columns)
    low, high = read.collect().get_columns()
    one = ends["field_1"].is_null()
    fine = (one & low.is_not_null()) | (low <= high).fill_null(False)
    found = pl.DataFrame({"plain": plain, "low": low, "high": high, "one": one, "fine": fine})
    both = found.select(
        low=pl.coalesce("plain", pl.when("fine").then("low")),
        high=pl.coalesce("plain", pl.when("fine").then(pl.when("one").then("low").otherwise("high"))),
    )
    return both["low"], both["high"]


def _bare(text: pl.Expr, quantity: Quantity, style: Style) -> pl.Expr:
    """Return numbers without the unit behind them and without grouping; all else stays as it is."""
    text = text.str.strip_chars(" ")
    if style.factor == 1:
        words = _BEHIND[quantity.unit]
        ends = (pl.when(text.str.ends_with(word)).then(text.str.strip_suffix(word)) for word in words)
        text = pl.coalesce(*ends, text).str.strip_chars_end(" ")
    if style.mark is None:
        return text
    other = OTHER[style.mark]
    grouped = text.str.contains(rf"^[1-9][0-9]{{0,2}}(?:[{other}][0-9]{{3}})+(?:[{style.mark}][0-9]+)?$")
    return pl.when(grouped).then(text.str.replace_all(other, "", literal=True)).otherwise(text)


def _with_others(
    texts: pl.Series, left: pl.Series, low: pl.Series, high: pl.Series, quantity: Quantity, style: Style
) -> Amounts:
    lows: dict[str, int] = {}
    highs: dict[str, int] = {}
    bad: dict[str, Misread] = {}
    for text in texts.filter(left).unique(maintain_order=True).to_list():
        try:
            ends = read_amount_ends(text, quantity, style)
        except Misread as error:
            bad[text] = error
            continue
        if ends is not None:
            lows[text], highs[text] = ends
    if not lows:
        return Amounts(low, high, bad)
    rest = pl.Series("text", texts.zip_with(left, pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))))
    read = pl.DataFrame({"text": list(lows), "low": list(lows.values()), "high": list(highs.values())})
    found = pl.DataFrame({"text": rest}).join(read, on="text", how="left", maintain_order="left")
    return Amounts(low.fill_null(found["low"]), high.fill_null(found["high"]), bad)


def read_amount_ends(text: str, quantity: Quantity, style: Style) -> tuple[int, int] | None:
    """Read one text in any spelling; `None` is unknown, said so.

    Raises:
        Misread: no such quantity, out of its bounds, or one whose meaning cannot be told.
    """
    line = unified(text)
    if is_unknown(line):
        return None
    band: Range[Fraction] = read_band(line, lambda end: _end(end, quantity, style))
    low = 0 if band.low is None else _units(band.low, text, quantity) + band.low_open
    top = quantity.most if quantity.unit == "%" else OPEN
    high = top if band.high is None else _units(band.high, text, quantity) - band.high_open
    return low, high


def _end(text: str, quantity: Quantity, style: Style) -> Fraction:
    line = unified(text)
    if quantity.unit == "":
        line = next((line.removesuffix(word).rstrip(" ") for word in _BEHIND[""] if line.endswith(word)), line)
    if "%" in line and quantity.unit != "%":
        raise no_number(text)
    if style.factor != 1 and _LETTERS.search(line):
        message = f"{shown(text)} has a unit, and its column has another one: write only one"
        raise Misread("two-units", message)
    # Decimals that were told apart from thousands once must not be called ambiguous again.
    line = NUMERAL.sub(lambda found: _DECIMALS.sub(r".\g<1>0", pointed(found[0], style.mark)), line)
    if quantity.unit in ("", "%"):
        return read_number(line, decimals=INTEGER_DIGITS, lang=_LANGUAGE) * style.factor
    return read_amount(line, quantity.unit, _LANGUAGE) * style.factor


def _units(value: Fraction, text: str, quantity: Quantity) -> int:
    """Return a value in smallest units, if it is one that a column can hold."""
    units = value * quantity.scale
    if quantity.unit == "%" and not 0 <= units <= quantity.most:
        raise Misread("share-out-of-range", f"{shown(text)} is no share: write 0 to 100, in percent")
    if units < 0:
        raise Misread("negative-figure", f"{shown(text)} is below zero")
    if units > quantity.most:
        raise too_large(text) if quantity.scale == 1 else Misread("too-large", f"{shown(text)} is too large")
    if units.denominator != 1:
        raise too_many_decimals(text, quantity.decimals)
    return int(units)
