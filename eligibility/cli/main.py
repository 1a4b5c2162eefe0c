"""The console script: runs a command and turns whatever happens into the exit codes of the contract."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from eligibility.cli import wording
from eligibility.cli.exit_codes import (
    DEFECT,
    DONE,
    INTERRUPTED,
    NOT_WRITTEN,
    READER_LEFT,
    UNUSABLE_INPUT,
    UNUSABLE_RULES,
    USAGE,
)
from eligibility.cli.wording import say

GARBAGE_AFTER = 200_000

_COMPLETION = "_ELIGIBILITY_COMPLETE"
_DEBUG = "--debug"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; it never raises."""
    # A run makes far more objects than it drops: looking for garbage after every 700 of them only delays the start.
    gc.set_threshold(GARBAGE_AFTER)
    # No plugin of pydantic has a part in reading rules; looking for one opens every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = os.environ.get("ELIGIBILITY_DEBUG") == "1" or _DEBUG in given
    given = [argument for argument in given if argument != _DEBUG]
    wording.use(wording.language_of(given, os.environ), getattr(sys.stderr, "encoding", None))
    if isinstance(getattr(sys.stderr, "errors", None), str) and hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    try:
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BaseException as error:
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        return _failed(error, debug)
    if arguments is None:
        # The process ends now: Python would look through all rules for garbage three times more before it does.
        gc.freeze()
    return code


def _run(arguments: list[str]) -> int:
    import typer

    from eligibility.cli.app import command
    from eligibility.cli.usage import of_typer

    if os.environ.get(_COMPLETION):
        command().main(args=arguments, prog_name="eligibility")
    # Behind an option of the root, such as --help, the name of a command selects nothing.
    root = command(arguments[0] if arguments else None)
    try:
        with root.make_context("eligibility", with_resume_value(arguments)) as context:
            result = root.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        raise of_typer(error) from None
    return result if isinstance(result, int) else DONE


def with_resume_value(arguments: list[str]) -> list[str]:
    """Give `--resume` an empty value where none follows: Typer knows no option whose value may be left out."""
    written: list[str] = []
    for index, argument in enumerate(arguments):
        follows = arguments[index + 1] if index + 1 < len(arguments) else "-x"
        bare = argument == "--resume" and follows.startswith("-") and follows != "-"
        written.append("--resume=" if bare else argument)
    return written


def _failed(error: BaseException, debug: bool) -> int:
    from eligibility.values.problem import EligibilityError

    if debug and not isinstance(error, KeyboardInterrupt | BrokenPipeError):
        import traceback

        _tell("".join(traceback.format_exception(error)).rstrip("\n"))
    if isinstance(error, EligibilityError):
        return _refused(error)
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _silence()
        return READER_LEFT
    if isinstance(error, UnicodeEncodeError):
        _silence()
        what = say("standard output takes only the letters of {encoding}", encoding=error.encoding)
        _tell(say("error: {text}", text=what))
        _tell(say("hint: {hint}", hint=say("set PYTHONUTF8=1, or write to a file with -o")))
        return NOT_WRITTEN
    if isinstance(error, OSError):
        _silence()
        _tell(say("error: {text}", text=_reason(error)))
        return NOT_WRITTEN
    _tell(_defect(error, debug))
    return DEFECT


def _refused(error: BaseException) -> int:
    from eligibility.cli.problems import problems_text
    from eligibility.cli.usage import Misuse
    from eligibility.values.problem import EligibilityError, RuleError

    assert isinstance(error, EligibilityError)
    text = problems_text(error.problems).rstrip("\n")
    _tell(say("error: {text}", text=text) if error.problems and error.problems[0].place is None else text)
    if isinstance(error, Misuse):
        return USAGE
    return UNUSABLE_RULES if isinstance(error, RuleError) else UNUSABLE_INPUT


def _reason(error: OSError) -> str:
    from eligibility.report.clean import clean_for_terminal

    reason = error.strerror or str(error) or type(error).__name__
    name = "" if error.filename is None else clean_for_terminal(os.fsdecode(error.filename))
    return f"{name}: {reason}" if name else reason


def _defect(error: BaseException, debug: bool) -> str:
    """Say what broke and where, without any value: a report of it must not give a company's data away."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = "" if frame is None else f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}"
    what = say("this is a defect in eligibility: {kind} at {where}", kind=type(error).__name__, where=where)
    hint = say("please report it with the command that you ran")
    more = "" if debug else "\n" + say("--debug shows where it happened; that text may hold your data")
    return say("error: {text}", text=what) + f"\n{hint}{more}"


def _tell(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr)


def _silence() -> None:
    """Let what is left unwritten go nowhere; else the interpreter would fail on it again when it ends."""
    if sys.stdout is not None:
        _to_nowhere(sys.stdout)


def _to_nowhere(stream: TextIO) -> None:
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    # Only the real streams of the process: under a test these are files of the test.
    if number in (1, 2):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
