"""`eligibility check`: one company, asked or from its answers."""

import gc
import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.cli.check_options import (
    Answers,
    Chances,
    Changes,
    Form,
    Name,
    NoInput,
    Output,
    Ownership,
    Plain,
    Priors,
    Resume,
    Save,
    Subject,
)
from eligibility.cli.exit_codes import INTERRUPTED
from eligibility.cli.options import (
    Aid,
    AsOf,
    Language,
    MemberState,
    NoBundledRules,
    Programmes,
    RuleDirectories,
    Settings,
    open_rulebook,
)
from eligibility.cli.output import STANDARD, emit, is_terminal, read_input, tell, write_whole
from eligibility.cli.ownership import GroupFiles, GroupGiven, read_group
from eligibility.cli.template import Template, own_template
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, later, say

if TYPE_CHECKING:
    from eligibility.api import Assessment, Rulebook
    from eligibility.cli.wizard.group_aid import GroupAid
    from eligibility.interview.interview import Interview

NAME = "check"
ABOUT = later.say(
    "Tell which programmes one company qualifies for: asks what is needed, then shows the result.\n\n"
    "With --no-input nothing is asked; what is not known stays unknown. Numbers given with --set may be written "
    "as one types them, such as 1,2 Mio or 12억.\n\n"
    "Facts that no answer gives are filled from --ownership (who holds what of whom) and --aid (what was received).\n\n"
    "The report tells why, what each missing answer would decide, what would change a result, and the best funding "
    "plan."
)
EXAMPLES = (
    later.say("Assess a file of answers as of a day:"),
    "$ eligibility check --no-input --answers examples/company.yaml --as-of 2021-03-01",
    later.say("A single programme, as data:"),
    "$ eligibility check --no-input --set site_country=DE --programme de.digital-jetzt --format json",
    later.say("With the figures of the group worked out from who holds what of whom:"),
    "$ eligibility check --no-input --answers examples/company.yaml --ownership examples/group.yaml",
    later.say("A report to print, with a name, and with a chance for the plan:"),
    "$ eligibility check --no-input --answers examples/company.yaml --name 'Muster GmbH' --format html "
    "-o report.html --chance de.by.digitalbonus=50",
    later.say("Be asked, in German:"),
    "$ eligibility check --lang de",
)


def run(
    answers: Answers = None,
    settings: Settings = None,
    ownership: Ownership = None,
    aid: Aid = None,
    subject: Subject = None,
    member_state: MemberState = None,
    no_input: NoInput = False,
    plain: Plain = False,
    priors: Priors = None,
    as_of: AsOf = None,
    programme: Programmes = None,
    name: Name = "",
    change: Changes = None,
    chance: Chances = None,
    rules: RuleDirectories = None,
    no_bundled_rules: NoBundledRules = False,
    lang: Language = None,
    form: Form = "text",
    template: Template = None,
    output: Output = None,
    save: Save = None,
    resume: Resume = None,
) -> int:
    """Assess one company; returns the exit code."""
    _check_terminal(asks=not no_input)
    group = GroupFiles(ownership or (), aid, subject, member_state)
    files = _files(answers, resume)
    _check_targets([*files, *group.names], output, save, asks=not no_input)
    own = own_template(template, form, answers=answers, written=(output, save), asks=not no_input)
    rulebook = open_rulebook(as_of, rules, no_bundled_rules, programme)
    from eligibility.cli.answers import gather_with_open
    from eligibility.cli.check_result import read_wishes, written
    from eligibility.engine.profile import site_of

    wishes = read_wishes(rulebook.linked, name, change or (), chance or ())
    known = gather_with_open(rulebook.linked, files, settings or [])
    given = {fact: answer for fact, answer in known.items() if answer is not None}
    group = replace(group, site=site_of(given))
    kept: Path | None = None
    if no_input:
        result = _assessed(rulebook, given, group, resume)
        if save is not None:
            _save_as_told(save, result.assessed.profile.answers)
    else:
        # Facts that were left open before are not asked again by an interview that goes on.
        left_open = [] if resume is None else [fact for fact, answer in known.items() if answer is None]
        start = _started(rulebook, given, left_open, _asks_open_only(rulebook, programme), priors)
        start, told = _with_group(start, group, resume)
        notice = _put_aside() if save is None and resume is None else ""
        target = _kept_in(save)
        interview = _ask(start, told.aid, target, plain, notice)
        if interview is None:
            return INTERRUPTED
        result = _result(interview, told)
        kept = target if _keep(target, interview) else None
    emit(written(result, form, wishes, output, own), output, styled=form == "text")
    if kept is not None:
        _tell_kept(kept)
    return 0


def _check_terminal(*, asks: bool) -> None:
    if asks and not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        message = say("there is no terminal to ask questions on")
        hint = say("use --no-input, and give answers with --answers FILE or --set FACT=VALUE")
        raise misuse("no-terminal", message, hint)


def _assessed(rulebook: "Rulebook", given: Mapping[str, object], group: GroupFiles, resume: str | None) -> "Assessment":
    from eligibility.api import Assessment
    from eligibility.cli.kept_group import kept_group
    from eligibility.engine.assess import assess

    if resume is not None and not group.ownership and (file := kept_group(_resumed(resume))) is not None:
        group = replace(group, ownership=(file,), kept=True)
    told = read_group(rulebook.linked, group)
    return Assessment(assess(rulebook.linked, given, told.findings), told.found)


def _with_group(start: "Interview", group: GroupFiles, resume: str | None) -> "tuple[Interview, GroupGiven]":
    told = read_group(start.rulebook, group)
    start = replace(start, findings=told.findings)
    if resume is None:
        return start, told
    from eligibility.cli.kept_group import with_kept

    return with_kept(start, _resumed(resume), group, told)


def _result(interview: "Interview", told: GroupGiven) -> "Assessment":
    from eligibility.api import Assessment
    from eligibility.cli.kept_group import sheet_of

    return Assessment(interview.assessed, sheet_of(interview, told))


def _resumed(resume: str) -> Path:
    from eligibility.cli.answers import saved_answers

    return Path(resume) if resume else saved_answers()


def _files(answers: str | None, resume: str | None) -> list[str]:
    from eligibility.cli.answers import saved_answers

    files = []
    if resume is not None:
        files.append(resume or str(saved_answers()))
    if answers is not None:
        files.append(answers)
    if files.count(STANDARD) > 1:
        raise misuse("standard-input-twice", say("standard input can be read only once"))
    return files


def _check_targets(files: list[str], output: str | None, save: str | None, *, asks: bool) -> None:
    """Refuse a result that would replace the answers, and one that would be mixed with them."""
    if save == STANDARD and asks:
        raise misuse("save", say("the wizard saves to a file: name one with --save FILE"))
    if output in (None, STANDARD):
        if save == STANDARD:
            message = say("the answers and the result cannot both go to standard output")
            raise misuse("same-file", message, say("give one of them a file: -o FILE or --save FILE"))
        return
    real = os.path.realpath(str(output))
    if os.path.exists(real) and not os.path.isfile(real):
        return
    if real in {os.path.realpath(name) for name in (*files, save) if name not in (None, STANDARD)}:
        message = say("the result would replace the answers in {file}", file=str(output))
        raise misuse("same-file", message, say("choose another name for -o"))


def _kept_in(save: str | None) -> Path:
    from eligibility.cli.answers import saved_answers

    return saved_answers() if save is None else Path(save)


def _save_as_told(save: str, answers: Mapping[str, object]) -> None:
    from eligibility.cli.answers import save as save_answers
    from eligibility.rulebook.answers_file import write_answers

    if save == STANDARD:
        emit(write_answers(answers).decode())
    else:
        save_answers(Path(save), answers)


def _asks_open_only(rulebook: "Rulebook", programmes: list[str] | None) -> bool:
    """Tell whether closed programmes are left out of the questions: not if one of them was asked for by its id."""
    linked = rulebook.linked
    windows = {one.window.status(linked.as_of) for one in linked.programmes.values()}
    return not (programmes and "closed" in windows)


def _started(
    rulebook: "Rulebook", given: dict[str, object], left_open: list[str], only_open: bool, priors: str | None
) -> "Interview":
    from eligibility.api import priors_of, read_priors
    from eligibility.interview.interview import Interview

    linked = rulebook.linked
    expected = read_priors(linked) if priors is None else priors_of(linked, read_input(priors), priors)
    start = Interview(linked, given, only_open=only_open, priors=expected)
    for fact in left_open:
        if linked.subject(fact).askable:
            start = start.change(fact).skip()
    return start


def _put_aside() -> str:
    """Keep the answers of the wizard before, which this one is going to replace; say how to go on with them instead."""
    from eligibility.cli.answers import saved_answers

    last = saved_answers()
    try:
        data = last.read_bytes()
        if data.strip() in (b"", b"{}"):
            return ""
        from eligibility.cli.kept_group import put_draft_aside

        before = last.with_name("answers-before.yaml")
        write_whole(before, data, private=True)
        put_draft_aside(last, before)
    except OSError:
        return ""
    # Leaving without an answer changes nothing, so that they are still there.
    return say("To go on with your answers of last time: Ctrl-C, then {command}", command=_resuming(last))


def _ask(start: "Interview", aid: "GroupAid | None", target: Path, plain: bool, notice: str) -> "Interview | None":
    """Run the wizard; returns `None` where the user left it, with the answers kept."""
    from eligibility.cli.wizard import WizardLeft, run_wizard
    from eligibility.words import Words

    # The rules and the plan stay: looking through them for garbage again and again would halt the wizard.
    gc.disable()
    try:
        words = Words(language())
        return run_wizard(
            start, words=words, save=lambda now: _is_kept(target, now), plain=plain, notice=notice, aid=aid
        )
    except WizardLeft as left:
        # Where nothing was answered, nothing may replace what was kept before.
        if _is_told_more(start, left.interview) and _keep(target, left.interview):
            _tell_kept(target)
        return None
    finally:
        gc.enable()


def _is_told_more(start: "Interview", left: "Interview") -> bool:
    before, now = (_transcript(start), start.group, start.draft), (_transcript(left), left.group, left.draft)
    return before != now


def _keep(target: Path, interview: "Interview") -> bool:
    """Keep the answers; where that cannot be done they are shown instead."""
    if _is_kept(target, interview):
        return True
    from eligibility.rulebook.answers_file import write_answers

    tell("\n" + say("Your answers could not be kept in {file}; here they are:", file=str(target)))
    tell(write_answers(_transcript(interview)).decode())
    return False


def _tell_kept(target: Path) -> None:
    tell("\n" + say("Your answers are kept in {file}", file=str(target)))
    tell(say("Go on with: {command}", command=_resuming(target)))


def _resuming(target: Path) -> str:
    from eligibility.cli.answers import saved_answers

    return "eligibility check --resume" + ("" if target == saved_answers() else f" {shlex.quote(str(target))}")


def _is_kept(target: Path, interview: "Interview") -> bool:
    """Keep the answers; a disk that refuses them must not end the interview."""
    from eligibility.cli.answers import save as save_answers
    from eligibility.cli.kept_group import keep_draft

    try:
        save_answers(target, _transcript(interview))
        keep_draft(target, interview)
    except OSError:
        return False
    return True


def _transcript(interview: "Interview") -> dict[str, object]:
    """Return the answers, and `None` for what was asked and is not known: an answers file like any other."""
    return {**interview.answers, **dict.fromkeys(sorted(interview.skipped - interview.answers.keys()))}
