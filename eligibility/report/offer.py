"""The award of a programme in words, as its rules state it, before any answer is known."""

from dataclasses import replace
from fractions import Fraction

from eligibility.language.award import Award, Part
from eligibility.language.bands import Bands
from eligibility.language.decide import Decide, Line, Open, SameAs
from eligibility.language.rate import Bonus, Rate
from eligibility.report.criteria import limit_text, under_condition
from eligibility.report.speech import RuleSpeech
from eligibility.values.ranges import Range


def rate_texts(rate: Rate, speech: RuleSpeech) -> list[str]:
    """Return a rate as lines: one, or one for each band or line of a decision list."""
    if isinstance(rate.value, Bands):
        return band_texts(rate.value, speech)
    if isinstance(rate.value, Decide):
        return decide_texts(rate.value, speech)
    return [rate.value.show(speech)]


def band_texts(bands: Bands, speech: RuleSpeech) -> list[str]:
    """Return one line for each band, from the end of the one before to its own."""
    lines = []
    low: Fraction | None = None
    for band in bands.bands:
        high = band.test.ranges[0].high
        test = replace(band.test, ranges=(Range(low, high, low_open=low is not None),))
        lines.append(under_condition(band.value.show(speech), test, speech))
        low = high
    return lines


def decide_texts(decide: Decide, speech: RuleSpeech, owner: str = "") -> list[str]:
    """Return one line for each line of a decision list; `owner` is the definition whose choices it names."""
    last = len(decide.lines) - 1
    return [_line(line, speech, owner, index == last > 0) for index, line in enumerate(decide.lines)]


def _line(line: Line, speech: RuleSpeech, owner: str, otherwise: bool) -> str:
    value = _decided(line.value, speech, owner)
    if line.when is None and otherwise:
        return speech.say("{what} (otherwise)", what=value)
    return under_condition(value, line.when, speech)


def _decided(value: object, speech: RuleSpeech, owner: str) -> str:
    if isinstance(value, bool):
        return speech.truth(value)
    if isinstance(value, str):
        return speech.choice(owner, value)
    if isinstance(value, SameAs):
        return speech.say("as for {what}", what=speech.label(value.subject))
    if isinstance(value, Open):
        return speech.say("you are asked") if value.asked else speech.say("left open")
    return value.show(speech)  # type: ignore[attr-defined, no-any-return]  # what is left of the union is an amount


def bonus_text(bonus: Bonus, speech: RuleSpeech) -> str:
    """Return a bonus with its condition, in the words of the rule file if it has some."""
    condition = bonus.when.show(speech) if bonus.text is None else speech.text(bonus.text)
    points = speech.words.number(points_of(bonus) * 100)
    return speech.say("plus {points} percentage points: {condition}", points=points, condition=condition)


def points_of(bonus: Bonus) -> Fraction:
    """Return the percentage points of a bonus as a ratio."""
    points = bonus.points.bounds[0]
    assert points is not None
    return points


def part_text(part: Part, speech: RuleSpeech) -> str:
    """Return a part of the award: a share of a cost, a fixed sum, or a sum up to which the authority decides."""
    amount = part.amount.show(speech)
    if part.way == "share_of" and part.rate is not None:
        rates = speech.join(rate_texts(part.rate, speech), either=True)
        amount = speech.say("{rate} of: {cost}", rate=rates, cost=amount)
    elif part.way == "share_of":
        amount = speech.say("a share of: {cost}", cost=amount)
    elif part.way == "up_to":
        amount = speech.say("up to {high}", high=amount)
    told = under_condition(amount, part.when, speech)
    return told if part.text is None else speech.say("{what}: {value}", what=speech.text(part.text), value=told)


def limit_texts(award: Award, speech: RuleSpeech) -> dict[str, list[str]]:
    """Return the lines on minimum, cap and budget under the names of the rule language."""
    return {
        "at_least": [limit_text(limit, speech) for limit in award.at_least],
        "at_most": [limit_text(limit, speech) for limit in award.at_most],
        "within": [] if award.within is None else [limit_text(award.within, speech)],
    }
