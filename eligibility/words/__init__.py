"""The program's own words in German, English and Korean, and numbers, money and dates as these languages write them."""

from eligibility.words.catalogue import LANGUAGES
from eligibility.words.words import Words

__all__ = ["LANGUAGES", "Words"]
