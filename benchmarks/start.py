"""How fast the program starts: ratios to the bare imports that nobody can avoid, measured in turn in one run.

Prints the median of each ratio: `--help` against `import typer`; the first question (on a real terminal) against
`import typer, pydantic, questionary, yaml`; `check --no-input` against the same.
"""

import statistics
import subprocess
import sys
import time

import pexpect

ROUNDS = 9
FIRST_QUESTION = {"en": "In which country", "de": "In welchem Land"}
IMPORTS = "import typer, pydantic, questionary, yaml"


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def seconds_to_first_question(language: str) -> float:
    start = time.perf_counter()
    arguments = ["-m", "eligibility", "check", "--lang", language]
    wizard = pexpect.spawn(sys.executable, arguments, dimensions=(30, 100), encoding="utf-8", timeout=60)
    wizard.expect(FIRST_QUESTION[language])
    taken = time.perf_counter() - start
    wizard.close(force=True)
    return taken


def main() -> None:
    python = [sys.executable, "-c"]
    program = [sys.executable, "-m", "eligibility"]
    answers = ["check", "--no-input", "--set", "site_country=DE", "--set", "group_employees=50"]
    ratios: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):  # the first round warms the disk cache and is not counted
        typer = seconds([*python, "import typer"])
        imports = seconds([*python, IMPORTS])
        for name, value in (
            ('eligibility --help / python -c "import typer"', seconds([*program, "--help"]) / typer),
            (f'first question, English / python -c "{IMPORTS}"', seconds_to_first_question("en") / imports),
            (f'first question, German / python -c "{IMPORTS}"', seconds_to_first_question("de") / imports),
            (f'check --no-input / python -c "{IMPORTS}"', seconds([*program, *answers]) / imports),
        ):
            ratios.setdefault(name, []).append(value)
    for name, measured in ratios.items():
        counted = measured[1:]
        low, high = min(counted), max(counted)
        sys.stdout.write(f"{statistics.median(counted):5.2f}  ({low:.2f} to {high:.2f})  {name}\n")


if __name__ == "__main__":
    main()
