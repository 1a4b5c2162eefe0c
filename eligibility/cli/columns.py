"""What was found out about the columns of a table, in words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from eligibility.cli.wording import number, say

if TYPE_CHECKING:
    from eligibility.batch.decisions import Decision, Witness
    from eligibility.batch.mapping import LeftOut
    from eligibility.batch.units import Unit


def told_columns(
    decisions: "Mapping[str, Decision]",
    units: "Mapping[str, Unit]",
    left_out: "Mapping[str, LeftOut]",
    similar: Mapping[str, str] | None = None,
) -> list[str]:
    """Return a line for each column of which something was decided that is not plain from its name."""
    lines = [_left_out(column, left) for column, left in left_out.items()]
    lines += [_unit(column, unit) for column, unit in units.items() if unit.kind not in ("truth", "date")]
    for column, decision in decisions.items():
        lines.extend(_decision(column, decision))
    for column, fact in (similar or {}).items():
        option = f"--map '{column}={fact}'"
        lines.append(say("`{column}` is only carried along; if it is {fact}: {option}", **_named(column, fact, option)))
    return lines


def _left_out(column: str, left: "LeftOut") -> str:
    named = _named(column, left.fact, f"--map '{column}={left.fact}'")
    return say("`{column}` is NOT read: {text} is no unit of {fact}; to take it: {option}", text=left.text, **named)


def _named(column: str, fact: str, option: str) -> dict[str, str]:
    return {"column": column, "fact": fact, "option": option}


def _unit(column: str, unit: "Unit") -> str:
    word = {"percent": "%", "persons": say("persons"), "scale": ""}.get(unit.kind, unit.kind)
    if unit.factor == 1:
        return say("`{column}` is read in {unit}", column=column, unit=word)
    amount = f"{number(unit.factor)} {word}".rstrip()
    return say("`{column}` is read in units of {amount}", column=column, amount=amount)


def _decision(column: str, decision: "Decision") -> Iterator[str]:
    if decision.why == "forced":
        return
    why = _why(decision)
    if decision.why == "both":
        message = say("`{column}` is written in two ways ({why}); such cells are rejected", column=column, why=why)
    elif decision.choice is None:
        message = {
            "decimals": say("`{column}`: 1.200 may be thousands or decimals; give --decimal", column=column),
            "dates": say("`{column}`: dates may begin with the day or the month", column=column),
        }.get(decision.about, say("`{column}`: X may be yes or no", column=column))
    elif decision.about == "decimals":
        message = say("`{column}`: the decimal sign is {sign} ({why})", column=column, sign=decision.choice, why=why)
    elif decision.about == "dates" and decision.choice == "day":
        message = say("`{column}`: dates begin with the day ({why})", column=column, why=why)
    elif decision.about == "dates":
        message = say("`{column}`: dates begin with the month ({why})", column=column, why=why)
    elif decision.choice == "no":
        message = say("`{column}`: O is yes and X is no ({why})", column=column, why=why)
    else:
        message = say("`{column}`: x is yes", column=column)
    yield message


def _why(decision: "Decision") -> str:
    if decision.why == "others":
        return say("as in the other columns")
    return ", ".join(_witness(witness) for witness in decision.witnesses)


def _witness(witness: "Witness") -> str:
    if witness.line is None:
        return say("{text} in row {row}", text=witness.text, row=str(witness.row))
    return say("{text} in line {line}", text=witness.text, line=str(witness.line))
