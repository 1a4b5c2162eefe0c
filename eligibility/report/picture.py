"""The bars of a picture, in what an SVG understands: exact shares of the width become percentages."""

from fractions import Fraction

from eligibility.report.page import Picture

# What a bar is, told beside its colour: to those who hear the page and, by a sign, to those who see no colours.
KINDS = {
    "given": "this is given",
    "part": "this is added",
    "cut": "this is taken away",
    "result": "this is the result",
}
_DECIMALS = 3


def percent(share: Fraction) -> str:
    """Write a share of the width as a percentage that CSS and SVG read; rounded half up after three decimals."""
    steps = (abs(share) * 10 ** (_DECIMALS + 2) * 2 + 1) // 2
    whole, rest = divmod(int(steps), 10**_DECIMALS)
    digits = f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")
    return f"-{digits}%" if share < 0 and steps else f"{digits}%"


def uncertain(picture: Picture) -> bool:
    """Tell whether any bar reaches further than is certain."""
    return any(bar.reach != bar.end for bar in picture.bars)
