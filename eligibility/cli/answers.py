"""The answers of one company, from files and from the command line; every problem in one pass."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from eligibility.cli.entry import read_entry
from eligibility.cli.output import STANDARD, read_input, write_whole
from eligibility.cli.usage import misuse
from eligibility.cli.wording import language, say
from eligibility.engine.profile import read_answer
from eligibility.language.linking import nearest
from eligibility.rulebook.answers_file import read_located, write_answers
from eligibility.rulebook.rulebook import Rulebook
from eligibility.values.misread import Misread
from eligibility.values.problem import AnswerError, Problem


def saved_answers() -> Path:
    """Return where the answers of a wizard that was left are kept."""
    import platformdirs

    return Path(platformdirs.user_state_dir("eligibility", appauthor=False)) / "answers.yaml"


def gather(rulebook: Rulebook, files: Sequence[str], settings: Sequence[str]) -> dict[str, object]:
    """Return the answers of files and settings; later files win over earlier ones, settings over all.

    Raises:
        AnswerError: with one problem for each answer that cannot be used.
        Misuse: a setting is not written `FACT=VALUE`.
    """
    known = gather_with_open(rulebook, files, settings)
    return {fact: answer for fact, answer in known.items() if answer is not None}


def gather_with_open(rulebook: Rulebook, files: Sequence[str], settings: Sequence[str]) -> dict[str, object]:
    """Return the answers as `gather`, and `None` for each fact that a file leaves open by naming it.

    A wizard writes that where it was told "I do not know", so that it does not ask again.
    """
    answers: dict[str, object] = {}
    problems: list[Problem] = []
    for name in files:
        written = read_located(_shown(name), read_input(name))
        for fact, answer in written.values.items():
            answers.pop(fact, None)
            if answer is None and fact in {*rulebook.facts, *rulebook.definitions}:
                answers[fact] = None
                continue
            try:
                read_answer(rulebook, fact, answer)
                answers[fact] = answer
            except Misread as error:
                problems.append(Problem(error.code, f"`{fact}`: {error.message}", written.places.get(fact), error.hint))
    for fact, text in split_settings(settings):
        answers.pop(fact, None)
        try:
            answer = typed_answer(rulebook, fact, text)
            if answer is not None:
                answers[fact] = answer
        except Misread as error:
            problems.append(Problem(error.code, f"`{fact}`: {error.message}", None, error.hint))
    if problems:
        raise AnswerError(*problems)
    return answers


def typed_settings(rulebook: Rulebook, settings: Sequence[str]) -> dict[str, object]:
    """Return the answers of settings alone; raises as `gather`."""
    return gather(rulebook, (), settings)


def split_settings(settings: Sequence[str]) -> list[tuple[str, str]]:
    """Split `FACT=VALUE`; raises Misuse where there is no equals sign."""
    pairs = []
    for setting in settings:
        fact, sign, text = setting.partition("=")
        if not sign or not fact.strip():
            message = say("`--set {text}` is not written as FACT=VALUE", text=setting)
            raise misuse("not-a-setting", message, say("such as --set group_employees=50"))
        pairs.append((fact.strip(), text.strip()))
    return pairs


def typed_answer(rulebook: Rulebook, fact: str, text: str) -> object:
    """Read what a person types for a fact; nothing means unknown."""
    if fact not in rulebook.facts and fact not in rulebook.definitions:
        # Says that there is no such fact, with the nearest name.
        read_answer(rulebook, fact, text)
    if not text:
        return None
    subject = rulebook.subject(fact)
    try:
        # Nobody sees how a setting was read, so a part of a name does not count.
        answer = read_entry(subject, text, language(), whole=True)
    except Misread as error:
        if error.code == "unknown-choice" and not error.hint:
            raise Misread(error.code, error.message, nearest(text, subject.choices)) from None
        raise
    read_answer(rulebook, fact, answer)
    return answer


def save(path: Path, answers: Mapping[str, object]) -> None:
    """Write answers to a file that only its owner can read; a directory that is missing is made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, write_answers(answers, as_json=path.suffix == ".json"), private=True)


def _shown(name: str) -> str:
    return say("standard input") if name == STANDARD else name
