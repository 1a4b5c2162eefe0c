"""The program's own words in German, English and Korean, and numbers, money and dates as these languages write them."""

from eligibility.words.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
