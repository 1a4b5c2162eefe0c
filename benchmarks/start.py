"""How fast the program starts: ratios to the bare imports that nobody can avoid, measured in turn in one run.

Prints the median of each ratio: `--help` against `import typer`; the first question (on a real terminal) against
`import typer, pydantic, questionary, yaml`; `check --no-input`, and the HTML report on a client of whom much is known,
against the same. What counts is the time on the processor, which is the same as what one waits where nothing else runs,
and much the same where something does.
"""

import compileall
import resource
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect

import eligibility

ROUNDS = 9
FIRST_QUESTION = {"en": "In which country", "de": "In welchem Land"}
IMPORTS = "import typer, pydantic, questionary, yaml"
COMPANY = Path(__file__).parents[1] / "examples" / "company.yaml"
CLIENT = ["check", "--no-input", "--answers", str(COMPANY), "--as-of", "2021-03-01", "--format", "html"]


def seconds(run: Callable[[], object]) -> float:
    """The processor's time for the processes that `run` starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_of(command: list[str]) -> float:
    return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def seconds_to_first_question(language: str) -> float:
    def ask() -> None:
        arguments = ["-m", "eligibility", "check", "--lang", language]
        wizard = pexpect.spawn(sys.executable, arguments, dimensions=(30, 100), encoding="utf-8", timeout=60)
        wizard.expect(FIRST_QUESTION[language])
        # At once: what it would do to leave is not part of the start.
        wizard.kill(signal.SIGKILL)
        wizard.wait()
        wizard.close()

    return seconds(ask)


def main() -> None:
    # As pip leaves what it installs, so that both sides are compiled.
    compileall.compile_dir(str(Path(str(eligibility.__file__)).parent), quiet=1)
    python = [sys.executable, "-c"]
    program = [sys.executable, "-m", "eligibility"]
    answers = ["check", "--no-input", "--set", "site_country=DE", "--set", "group_employees=50"]
    ratios: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):  # the first round warms the disk cache and is not counted
        typer = seconds_of([*python, "import typer"])
        imports = seconds_of([*python, IMPORTS])
        for name, value in (
            ('eligibility --help / python -c "import typer"', seconds_of([*program, "--help"]) / typer),
            (f'first question, English / python -c "{IMPORTS}"', seconds_to_first_question("en") / imports),
            (f'first question, German / python -c "{IMPORTS}"', seconds_to_first_question("de") / imports),
            (f'check --no-input / python -c "{IMPORTS}"', seconds_of([*program, *answers]) / imports),
            (f'the HTML report on one client / python -c "{IMPORTS}"', seconds_of([*program, *CLIENT]) / imports),
        ):
            ratios.setdefault(name, []).append(value)
    for name, measured in ratios.items():
        counted = measured[1:]
        low, high = min(counted), max(counted)
        sys.stdout.write(f"{statistics.median(counted):5.2f}  ({low:.2f} to {high:.2f})  {name}\n")


if __name__ == "__main__":
    main()
