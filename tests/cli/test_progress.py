"""How far a run is."""

import io
from itertools import count

import pytest

from eligibility.cli import progress, wording
from eligibility.cli.help import cells
from eligibility.cli.progress import Progress, progress_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_second_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(seconds))


@pytest.mark.parametrize(
    ("rows", "share", "seconds", "line"),
    [
        (1_500, 0.25, 3.0, "1,500 rows, 500 a second, 25 %, 0:09 left"),
        (1_500, 0.01, 75.0, "1,500 rows, 20 a second, 1 %, 123:45 left"),
        (1_500, 1.0, 3.0, "1,500 rows, 500 a second, 100 %, 0:00 left"),
        (1_500, 0.0, 3.0, "1,500 rows, 500 a second"),
        (0, 0.0, 0.0, "0 rows, 0 a second"),
    ],
)
def test_line(rows: int, share: float, seconds: float, line: str) -> None:
    assert progress_line(rows, share, seconds) == line


def test_on_a_terminal_one_line_is_rewritten_and_wiped() -> None:
    stream = Terminal()
    shown = Progress(stream)
    shown.told(1_000, 0.5)
    shown.told(1_001, 0.0)
    shown.end()
    shown.end()
    first, second = "1,000 rows, 1,000 a second, 50 %, 0:01 left", "1,001 rows, 500 a second"
    blanks = " " * (len(first) - len(second))
    assert stream.getvalue() == f"\r{first}\r{second}{blanks}\r{' ' * len(second)}\r"


def test_wide_letters_are_wiped_too() -> None:
    wording.use("ko")
    stream = Terminal()
    shown = Progress(stream)
    shown.told(1_000, 0.5)
    shown.end()
    line, blanks = stream.getvalue().split("\r")[1:3]
    assert cells(line) == len(blanks) > len(line)


def test_elsewhere_a_line_each_ten_seconds() -> None:
    stream = io.StringIO()
    shown = Progress(stream)
    for rows in range(25):
        shown.told(rows, 0.0)
    shown.end()
    assert stream.getvalue() == "9 rows, 0 a second\n19 rows, 0 a second\n"
