"""The cases that rule files carry: run on the reference evaluator and, where no answer is a range, on columns too."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from eligibility.engine.assess import assess_programme
from eligibility.engine.assessment import ProgrammeResult
from eligibility.engine.definition_columns import as_programme
from eligibility.engine.known import Judgement, Options, Quantity
from eligibility.engine.profile import Profile, Subject, read_profile
from eligibility.engine.reference import Reference
from eligibility.engine.thresholds import Cut, Touched
from eligibility.language.case import CaseShape, ExpectShape
from eligibility.language.definition import DefinitionShape
from eligibility.language.linking import nearest
from eligibility.language.programme import ProgrammeShape
from eligibility.rulebook.link import Linker
from eligibility.rulebook.rulebook import Rulebook
from eligibility.rulebook.rules import Rules, Written
from eligibility.values.interval import Interval
from eligibility.values.misread import Misread
from eligibility.values.money import parse_money
from eligibility.values.number import parse_number, shortest
from eligibility.values.percent import parse_percent, percent_text
from eligibility.values.problem import AnswerError, Place, Problem
from eligibility.values.ranges import Range, parse_range
from eligibility.values.truth import Truth

_TRUTHS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How many cases ran, how many of them on columns too, and what deviates."""

    cases: int
    on_columns: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its base worked in: the programme or definition it is about, its day, its answers."""

    subject: str
    name: str
    on: date
    given: Mapping[str, object]
    expect: ExpectShape
    place: Place


Row = tuple[Case, Profile, ProgrammeResult]
"""A case, its answers, and what the reference evaluator says of them."""


@dataclass(slots=True)
class _Cases:
    programmes: list[Case] = field(default_factory=list)
    definitions: list[Case] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run_cases(rules: Rules, files: Collection[str] = ()) -> CaseRun:
    """Run the cases of rules: all, or those of some files alone (named as in messages).

    Raises:
        RuleError: the rules do not link on a day that a case names.
    """
    cases = _collected(rules, files)
    problems = cases.problems
    touched = Touched()
    on_columns = 0
    linker = Linker(rules)
    for day in sorted({case.on for case in (*cases.programmes, *cases.definitions)}):
        rulebook = linker.fix(day, {case.subject for case in cases.programmes if case.on == day})
        rows: list[Row] = []
        for case in cases.definitions:
            if case.on == day:
                rows.extend(_try_definition(rulebook, case, touched, problems))
        for case in cases.programmes:
            if case.on == day:
                rows.extend(_try_programme(rulebook, case, touched, problems))
        on_columns += _try_columns(rulebook, rows, problems)
    problems.extend(_gap(rules, *gap) for gap in touched.gaps())
    total = len(cases.programmes) + len(cases.definitions)
    return CaseRun(total, on_columns, tuple(problems))


def _try_programme(rulebook: Rulebook, case: Case, touched: Touched, problems: list[Problem]) -> Iterator[Row]:
    """Yield the case as a row for the columns, unless its answers cannot be read."""
    profile = _read(rulebook, case, problems)
    if profile is None:
        return
    programme = rulebook.programmes[case.subject]
    touched.add(rulebook, programme, profile)
    result = assess_programme(rulebook, profile, programme)
    problems.extend(_deviations(case, result))
    yield case, profile, result


def _deviations(case: Case, result: ProgrammeResult) -> Iterator[Problem]:
    """Yield each difference between what is expected and what was found."""
    expect = case.expect
    found = (
        ("verdict", expect.verdict, result.verdict.value),
        ("window", expect.window, result.window),
        ("failed", _ids(expect.failed), _ids(result.failed)),
        ("missing", _ids(expect.missing), _ids(result.missing)),
    )
    for what, wanted, got in found:
        if wanted is not None and wanted != got:
            yield _deviation(case, what, wanted, got or "nothing")
    if expect.value is not None:
        yield _deviation(case, "value", expect.value, "a programme, which has none")
    award = result.award
    currency = award.currency if award is not None else None
    rate = None if award is None else award.rate
    amount = None if award is None else award.amount
    yield from _compare(case, "rate", expect.rate, rate, "percent")
    yield from _compare(case, "amount", expect.amount, amount, currency or "EUR")


def _try_definition(rulebook: Rulebook, case: Case, touched: Touched, problems: list[Problem]) -> Iterator[Row]:
    """Yield what is known of the definition as a row for the columns, unless the answers cannot be read."""
    profile = _read(rulebook, case, problems)
    if profile is None:
        return
    definition = rulebook.definitions[case.subject]
    touched.add(rulebook, definition, profile)
    known = Reference(rulebook, profile).known(definition.id)
    problems.extend(_definition_deviations(case, known, definition))
    programme = as_programme(f"{case.subject} in {case.name}", definition, known)
    yield case, profile, assess_programme(rulebook, profile, programme)


def _definition_deviations(case: Case, known: Judgement | Options | Quantity, subject: Subject) -> Iterator[Problem]:
    missing, got = _ids(case.expect.missing), _ids(known.missing)
    if missing is not None and missing != got:
        yield _deviation(case, "missing", missing, got or "nothing")
    wanted = case.expect.value
    if wanted is None:
        return
    if isinstance(known, Quantity):
        yield from _compare_quantity(case, wanted, known.interval, subject)
        return
    told = _TRUTHS[known.truth] if isinstance(known, Judgement) else known.value or "unknown"
    aliases = {"true": "yes", "false": "no"} if isinstance(known, Judgement) else {}
    if aliases.get(wanted, wanted) != told:
        yield _deviation(case, "value", wanted, told)


def _try_columns(rulebook: Rulebook, rows: Sequence[Row], problems: list[Problem]) -> int:
    """Compare the column engine with the reference evaluator; cases with a known range have no columns."""
    if not rows:
        return 0
    # Polars is loaded only when there is something to compare.
    from eligibility.engine.case_columns import differences

    tried, found = differences(rulebook, [(profile, result) for _, profile, result in rows])
    for index, what, wanted, got in found:
        problems.append(_deviation(rows[index][0], f"{what} on columns", wanted, got))
    return tried


def _read(rulebook: Rulebook, case: Case, problems: list[Problem]) -> Profile | None:
    try:
        return read_profile(rulebook, case.given)
    except AnswerError as error:
        problems.extend(_unread(case, problem) for problem in error.problems)
        return None


def _compare_quantity(case: Case, wanted: str, found: Interval, subject: Subject) -> Iterator[Problem]:
    unit = subject.currency or subject.type
    if wanted == "unknown":
        if found.is_point:
            yield _deviation(case, "value", wanted, _interval(found, unit))
        return
    yield from _compare(case, "value", wanted, found, unit)


def _compare(case: Case, what: str, wanted: str | None, found: Interval | None, unit: str) -> Iterator[Problem]:
    if wanted is None:
        return
    got = "none" if found is None else _interval(found, unit)
    if wanted == "none" or found is None:
        if wanted != got:
            yield _deviation(case, what, wanted, got)
        return
    try:
        expected = parse_range(wanted, lambda text: _parse(text, unit))
    except Misread as error:
        yield Problem(error.code, f"case `{case.name}`: {what}: {error.message}", case.place, error.hint)
        return
    if (expected.low, expected.high) != (found.low, found.high):
        yield _deviation(case, what, _range(expected, unit), got)


def _parse(text: str, unit: str) -> Fraction:
    if unit == "percent":
        return parse_percent(text)
    return parse_number(text) if unit == "number" else parse_money(text, unit)[0]


def _interval(interval: Interval, unit: str) -> str:
    low, high = (None if end is None else Fraction(end) for end in (interval.low, interval.high))
    return _range(Range(low, high), unit)


def _range(wanted: Range[Fraction], unit: str) -> str:
    ends = ["" if end is None else _text(end, unit) for end in (wanted.low, wanted.high)]
    return ends[0] if wanted.low == wanted.high and wanted.low is not None else "..".join(ends)


def _text(value: Fraction, unit: str) -> str:
    if unit == "percent":
        return percent_text(value)
    return shortest(value) if unit == "number" else f"{shortest(value)} {unit}"


def _ids(names: Sequence[str] | frozenset[str] | None) -> str | None:
    return None if names is None else ", ".join(sorted(names))


def _deviation(case: Case, what: str, wanted: str, got: str) -> Problem:
    message = f"case `{case.name}` of `{case.subject}`: {what}: expected {wanted or 'nothing'}, got {got}"
    return Problem("case-failed", message, case.place)


def _gap(rules: Rules, subject: str, cut: Cut, side: str) -> Problem:
    written = rules.programmes.get(subject) or rules.definitions[subject]
    value = str(date.fromordinal(int(cut.value))) if cut.unit == "date" else _text(Fraction(cut.value), cut.unit)
    where = ("at or below" if cut.below else "below") if side == "under" else "above" if cut.below else "at or above"
    message = f"no case of `{subject}` has `{cut.fact}` just {where} {value}, where a rule changes"
    hint = "add a case that gives it, with what is expected there"
    return Problem("untouched", message, written.document.place((*written.path, "cases"), key=True), hint)


def _unread(case: Case, problem: Problem) -> Problem:
    return Problem(problem.code, f"case `{case.name}` of `{case.subject}`: {problem.message}", case.place, problem.hint)


def _collected(rules: Rules, files: Collection[str]) -> _Cases:
    found = _Cases()
    for name, programme in rules.programmes.items():
        if not files or programme.document.file in files:
            found.programmes.extend(_resolved(name, programme.shape.cases, programme, found.problems))
    for name, definition in rules.definitions.items():
        if not files or definition.document.file in files:
            found.definitions.extend(_resolved(name, definition.shape.cases, definition, found.problems))
    return found


def _resolved(
    subject: str,
    cases: Sequence[CaseShape],
    written: Written[ProgrammeShape] | Written[DefinitionShape],
    problems: list[Problem],
) -> Iterator[Case]:
    """Yield the cases of one programme or definition with the answers of their bases.

    What cannot be resolved is a problem.
    """
    named: dict[str, CaseShape] = {}
    for index, case in enumerate(cases):
        place = written.document.place((*written.path, "cases", index))
        if case.name in named:
            problems.append(Problem("name-clash", f"there is a case `{case.name}` of `{subject}` already", place))
            continue
        named[case.name] = case
        chain = _chain(case, {other.name: other for other in cases})
        if isinstance(chain, str):
            problems.append(Problem("unknown-base", f"case `{case.name}` of `{subject}`: {chain}", place))
            continue
        on = next((one.on for one in chain if one.on is not None), None)
        if on is None:
            problems.append(
                Problem("no-day", f"case `{case.name}` of `{subject}` has no day", place, "write `on: 2021-03-01`")
            )
            continue
        given = {fact: answer for one in reversed(chain) for fact, answer in one.given.items()}
        yield Case(subject, case.name, on, given, case.expect, place)


def _chain(case: CaseShape, named: Mapping[str, CaseShape]) -> list[CaseShape] | str:
    """Return a case, its base, the base of that and so on; or what is wrong with them."""
    chain = [case]
    while (base := chain[-1].base) is not None:
        if base not in named:
            return f"there is no case `{base}` to start from{_near(base, named)}"
        if named[base] in chain:
            return f"the case `{base}` starts from itself"
        chain.append(named[base])
    return chain


def _near(base: str, named: Mapping[str, CaseShape]) -> str:
    hint = nearest(base, named)
    return f" ({hint})" if hint else ""
