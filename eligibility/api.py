"""The Python interface: load a rulebook, assess answers or a table, run an interview."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eligibility.engine.assess import assess
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.priors import BundledPriors, Likelihoods, parse_priors
from eligibility.engine.profile import read_profile, site_of
from eligibility.interview.interview import Interview
from eligibility.language.linking import nearest
from eligibility.rulebook.files import bundled_priors, bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook as Linked
from eligibility.values.dates import FIRST_YEAR, LAST_YEAR
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, EligibilityError, Place, Problem, RuleError

if TYPE_CHECKING:
    from eligibility.advice.advice import Advice
    from eligibility.aid.award import History
    from eligibility.group.found import GroupFound
    from eligibility.group.structure import Structure


def load_rulebook(
    as_of: date,
    *,
    paths: str | Path | Sequence[str | Path] = (),
    bundled: bool = True,
    programmes: str | Sequence[str] = (),
    keep_in: Path | None = None,
    replacing: str | Path | Sequence[str | Path] = (),
) -> "Rulebook":
    """Load the bundled rules (unless `bundled` is false) and the directories in `paths`, fixed at a day.

    Args:
        as_of: the day of the assessment; nothing here reads the clock.
        paths: a further rule directory, or several; an id that stands twice is an error.
        bundled: whether the rules that ship with the program are read.
        programmes: the id of the programme to keep, or several; all of them if empty.
        keep_in: a directory in which what was read is kept, so that the next start is faster.
        replacing: a directory, or several, read after the others: an id that stands there already is replaced by what
            is said here, so that a changed copy of one file asks "what if". `linked.replaced` lists such ids.

    Raises:
        EligibilityError: `as_of` is no date (a text or a point in time is none), or too far away.
        RuleError: with every problem of all files; there is no such directory or programme, or no rules are left.
    """
    _check_day(as_of)
    directories = [*([bundled_rules()] if bundled else []), *_directories(paths)]
    changes = _directories(replacing)
    if not directories and not changes:
        raise RuleError(Problem("no-rules", "there are no rules: give a directory or keep the bundled ones"))
    only = [programmes] if isinstance(programmes, str) else programmes
    return Rulebook(load(directories, as_of, only or None, keep_in, changes))


def _directories(paths: str | Path | Sequence[str | Path]) -> list[Path]:
    # A text is a sequence too: of letters.
    return [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]


def _check_day(as_of: object) -> None:
    if not isinstance(as_of, date) or isinstance(as_of, datetime) or not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        message = f"`as_of` is a date of the years {FIRST_YEAR} to {LAST_YEAR}, not {as_of!r}"
        raise EligibilityError(Problem("not-a-date", message, None, "such as date(2021, 3, 1)"))


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rulebook says of a profile: iterate over it, or look a programme up by its id.

    `group` is what was found of its group, where an ownership structure or a list of awards was given.
    """

    assessed: Assessed
    group: "GroupFound | None" = None

    def __getitem__(self, programme: str) -> ProgrammeResult:
        """Return the result for a programme.

        Raises:
            KeyError: the rulebook has no programme of this id.
        """
        for result in self.assessed.programmes:
            if result.id == programme:
                return result
        raise KeyError(programme)

    def __iter__(self) -> Iterator[ProgrammeResult]:
        return iter(self.assessed.programmes)

    def advice(self, also: Iterable[str] = (), chances: Mapping[str, Fraction] | None = None) -> "Advice":
        """Return why each programme stands where it stands, what would change it, and the best funding plan.

        Args:
            also: facts that are to be looked at for a change, besides those that are marked changeable.
            chances: programme -> how likely it is granted, from 0 to 1; certain if left out.

        Raises:
            AnswerError: there is no such fact or programme, or a chance is none.
        """
        from eligibility.advice.advice import advise

        return advise(self.assessed, tuple(also), chances)

    def to_dict(self, language: str = "en", advice: "Advice | None" = None) -> dict[str, Any]:
        """Return the assessment as plain data (schema `eligibility.assessment/1`).

        `group` is told only where there is one; `advice` adds explanations, changes and plans.

        Raises:
            ValueError: `language` is not `de`, `en` or `ko`.
        """
        rulebook, profile = self.assessed.rulebook, self.assessed.profile
        start = Interview(rulebook, profile.answers, priors=read_priors(rulebook), findings=profile.findings)
        if advice is None:
            from eligibility.report.data import to_dict

            told = to_dict(self.assessed, language, start.question)
        else:
            from eligibility.report.advice_data import advised_dict

            told = advised_dict(self.assessed, language, start.question, advice)
        if self.group is None:
            return told
        from eligibility.report.group_page import group_dict

        return {**told, "group": group_dict(self.group, language)}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Facts, definitions, tables and programmes, linked, checked and fixed at a date."""

    linked: Linked

    @property
    def as_of(self) -> date:
        """Return the day of the assessment."""
        return self.linked.as_of

    def assess(
        self,
        answers: Mapping[str, object],
        *,
        structure: "Structure | None" = None,
        subject: str | None = None,
        awards: "History | None" = None,
        member_state: str | None = None,
    ) -> Assessment:
        """Assess one company.

        Facts that the answers leave open are filled from the group and its aid; an answer stands over them.

        Args:
            answers: fact -> value, as in an answers file.
            structure: who holds what of whom (see `read_ownership`).
            subject: the id of the company in it, if the structure does not say.
            awards: the de-minimis aid that the company and its single undertaking received (see `read_awards`).
            member_state: the code of the state that is to grant the next aid; aid counts for each on its own. That of
                the site if left out.

        Raises:
            AnswerError: with one problem for each answer that cannot be used; it cannot be told which enterprise of
                the structure is meant, or there is no such member state; `subject` or `member_state` has nothing that
                it belongs to.
        """
        if subject is not None and structure is None:
            raise _needs("subject", "structure")
        if member_state is not None and awards is None:
            raise _needs("member_state", "awards")
        if structure is None and awards is None:
            return Assessment(assess(self.linked, answers))
        from eligibility.group.findings import found_of_firm, group_findings

        firm, state = _subject(structure, subject), _state(member_state) or site_of(answers)
        found = found_of_firm(self.linked, structure, firm, awards, state)
        assessed = assess(self.linked, answers, group_findings(found))
        return Assessment(assessed, replace(found, assessed=assessed))

    def assess_frame(self, frame: Any, layout: str = "wide") -> Any:
        """Assess every row of a table: any frame that Narwhals takes, eager in and eager out, lazy in and lazy out.

        Columns named by fact or definition ids are read, all others carried along (`layout="wide"`) or left out
        (`"long"`).

        Raises:
            AnswerError: there is no such layout; no usable column, one of the wrong type, a value that is not one of
                the fact.
        """
        from eligibility.batch.frames import assess_frame

        return assess_frame(self.linked, frame, layout)

    def interview(self, answers: Mapping[str, object], priors: str | Path | None = None) -> Interview:
        """Start an interview with what is known already.

        `priors` is a table of how likely the values of facts are (CSV; see `rules/priors/README.md`), which decides the
        order of the questions; without it the bundled one does.

        Raises:
            AnswerError: with one problem for each answer, or row of the table, that cannot be used.
            OSError: the table cannot be read.
        """
        # Only for what it raises: the interview would not find a wrong answer before its first question is wanted.
        read_profile(self.linked, answers)
        return Interview(self.linked, dict(answers), priors=read_priors(self.linked, priors))


def _subject(structure: "Structure | None", wanted: str | None) -> int | None:
    """Return the company that is meant in a structure: never guessed."""
    if structure is None:
        return None
    from eligibility.group.structure import NO_FIRMS

    if wanted is None and structure.subject is not None:
        return structure.subject
    if wanted is None:
        raise AnswerError(
            Problem("no-subject", "the structure does not say which firm is meant", None, "give `subject`")
        )
    if wanted not in structure.index:
        hint = nearest(wanted, structure.nodes.ids)
        raise AnswerError(Problem("unknown-subject", f"there is no enterprise `{wanted}`", None, hint))
    subject = structure.index[wanted]
    if structure.nodes.kinds[subject] in NO_FIRMS:
        message = f"`{wanted}` is no enterprise, so that there is no size to tell"
        raise AnswerError(Problem("not-an-enterprise", message, None, "give the id of a company as `subject`"))
    return subject


def _needs(argument: str, other: str) -> AnswerError:
    message = f"`{argument}` says something of `{other}`, which is not given"
    return AnswerError(Problem(f"no-{other}", message, None, f"give `{other}`, or leave `{argument}` out"))


def _state(member_state: str | None) -> str | None:
    if member_state is None:
        return None
    from eligibility.aid.entries import read_state

    try:
        return read_state(member_state)
    except Misread as error:
        raise AnswerError(Problem(error.code, f"`member_state`: {error.message}", None, error.hint)) from None


def read_ownership(paths: str | Path | Sequence[str | Path], as_of: date) -> "Structure":
    """Read who holds what of whom on a day, from one YAML or JSON file or from tables (see docs/ownership.md).

    Raises:
        AnswerError: whatever is wrong with the files, each with its place.
        OSError: reading failed.
    """
    from eligibility.batch.structure_table import read_structure

    names = [paths] if isinstance(paths, str | Path) else paths
    return read_structure([Path(name) for name in names], as_of)


def read_awards(path: str | Path, structure: "Structure | None" = None) -> "History":
    """Read the aid that was received, from YAML, JSON or a table (see docs/aid.md); `structure` has the recipients.

    Raises:
        AnswerError: whatever is wrong with the file, each with its place.
        OSError: reading failed.
    """
    from eligibility.batch.aid_table import read_aid

    return read_aid(Path(path), None if structure is None else structure.index)


def priors_of(rulebook: Linked, data: bytes, name: str) -> Likelihoods:
    """Read a table of priors of one's own; `name` is shown in messages.

    Raises:
        AnswerError: with one problem for each row that cannot be used.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        raise AnswerError(Problem("not-utf-8", message, Place(name), "save the table as CSV in UTF-8")) from None
    return parse_priors(rulebook, text, name)


def read_priors(rulebook: Linked, file: str | Path | None = None) -> Likelihoods:
    """Read a table of priors; without a file the bundled one, as far as it speaks of facts of this rulebook.

    Raises:
        AnswerError: with one problem for each row that cannot be used.
        OSError: the file cannot be read.
    """
    if file is not None:
        return priors_of(rulebook, Path(file).read_bytes(), str(file))
    path = bundled_priors()
    return BundledPriors(rulebook, path.read_text("utf-8"), path.name)
