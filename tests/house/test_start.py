"""`import eligibility` is quick: what is heavy is loaded where it is used."""

import json
import subprocess
import sys

HEAVY = {"narwhals", "numpy", "polars", "questionary", "yaml"}


def loaded_by(source: str) -> set[str]:
    """The heavy packages that a fresh interpreter holds after `source`."""
    program = f"{source}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return HEAVY & set(json.loads(run.stdout))


def test_import_loads_nothing_heavy() -> None:
    # The version makes sure that the package itself was found, not an empty namespace of its name.
    assert loaded_by("import eligibility\nassert eligibility.__version__") == set()


def test_heavy_imports_are_found() -> None:
    assert loaded_by("import yaml, narwhals") == {"yaml", "narwhals"}


def test_help_loads_no_rules_and_no_interview() -> None:
    rooms = ("aid", "engine", "group", "interview", "language", "report", "rulebook")
    program = "import eligibility.cli.main, eligibility.cli.check, eligibility.cli.group, eligibility.cli.batch, sys\n"
    program += f"print([one for one in sys.modules if one.split('.')[:2] in {[['eligibility', r] for r in rooms]}])"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"
