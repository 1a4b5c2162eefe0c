"""What the documents say is so: their examples run, and nothing that can be written or typed is left out."""

import re
import shlex
from pathlib import Path

import pytest
from pydantic import BaseModel

from eligibility.cli.main import main
from eligibility.language.award import AwardShape, BenefitShape, CeilingShape, LimitShape, PartShape
from eligibility.language.bands import BandsShape
from eligibility.language.case import CaseShape, ExpectShape
from eligibility.language.cite import SourceShape
from eligibility.language.condition import MAP_TESTS, ConditionShape
from eligibility.language.criterion import CriterionShape
from eligibility.language.decide import LineShape
from eligibility.language.definition import DefinitionShape, DefinitionsShape
from eligibility.language.fact import FactShape, TopicShape
from eligibility.language.lookup import LookupShape, NoteShape
from eligibility.language.programme import ProgrammeShape
from eligibility.language.rate import BonusShape
from eligibility.rulebook.tables import TableShape

README = Path("README.md").read_text("utf-8")
LANGUAGE = Path("docs/language.md").read_text("utf-8")
SHAPES: list[type[BaseModel]] = [
    AwardShape, BandsShape, BenefitShape, BonusShape, CaseShape, CeilingShape, ConditionShape, CriterionShape,
    DefinitionShape, DefinitionsShape, ExpectShape, FactShape, LimitShape, LineShape, LookupShape, NoteShape,
    PartShape, ProgrammeShape, SourceShape, TableShape, TopicShape,
]  # fmt: skip
COMMANDS = [line[2:] for line in re.findall(r"^\$ eligibility .*$", README, re.MULTILINE)]
TYPED = [command for command in COMMANDS if "check --lang" not in command]  # the wizard needs a terminal


def keys() -> list[str]:
    fields = {field.alias or name for shape in SHAPES for name, field in shape.model_fields.items()}
    return sorted(fields | set(MAP_TESTS))


@pytest.mark.parametrize("key", keys())
def test_every_key_of_the_language_is_described(key: str) -> None:
    # Only where it is marked as code or written as a key: many keys are common words.
    written = rf"`[^`\n]*\b{key}\b[^`\n]*`|^[ -]*{key}:|[{{,] ?{key}:"
    assert re.search(written, LANGUAGE, re.MULTILINE), f"docs/language.md does not say what `{key}` is"


@pytest.mark.parametrize(
    "command", ["check", "batch", "compare", "inspect", "programmes", "facts", "group", "grant-equivalent", "rules"]
)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`eligibility {command}" in README


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 70, 130])
def test_every_exit_code_is_in_the_readme(code: int) -> None:
    assert re.search(rf"^\| {code}\b", README, re.MULTILINE)


def test_the_readme_has_commands_to_run() -> None:
    assert len(TYPED) >= 3


@pytest.mark.parametrize("command", TYPED)
def test_the_commands_of_the_readme_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(command.partition(" | ")[0])
    outputs = {place + 1 for place, word in enumerate(words) if word in ("-o", "--report") and words[place + 1] != "-"}
    words = [str(tmp_path / word) if place in outputs else word for place, word in enumerate(words)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main())
    assert ended.value.code in (0, None)


def test_the_python_of_the_readme_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    told = dict(re.findall(r"^(\S.*?) +# (.*)$", block, re.MULTILINE))
    assert told["result.verdict"] == f"Verdict.{names['result'].verdict.name}"  # type: ignore[attr-defined]
    worked_out = 'assessment.to_dict()["derived"]["group_employees"]'
    assert told[worked_out] == repr(eval(worked_out, names))
    for expression in ("sorted(result.missing)[:2]", "result.award.rate"):
        assert told[expression].partition(": ")[0] == repr(eval(expression, names))
    assert told["interview.question.fact"] == repr(names["rulebook"].interview({}).question.fact)  # type: ignore[attr-defined]
