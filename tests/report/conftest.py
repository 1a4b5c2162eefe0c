"""Golden files: `UPDATE_GOLDEN=1 pytest tests/report` writes them anew; read the difference before keeping it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        path = _FOLDER / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name}: UPDATE_GOLDEN=1 writes it anew"

    return compare
