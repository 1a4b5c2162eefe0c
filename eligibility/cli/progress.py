"""Progress on standard error: one line that is rewritten on a terminal, else a line each ten seconds."""

import time
from typing import TextIO

from eligibility.cli.help import cells
from eligibility.cli.output import is_terminal
from eligibility.cli.wording import number, say

_EACH_ON_TERMINAL = 0.2
_EACH_ELSEWHERE = 10.0


class Progress:
    """Tells how far a run is; the clock it reads measures time and never says which day it is."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = is_terminal(stream)
        self.started = self.last = time.monotonic()
        self.width = 0

    def told(self, rows: int, share: float) -> None:
        """Take note of the rows read so far and the share of the input; show it if it is time."""
        now = time.monotonic()
        if now - self.last < (_EACH_ON_TERMINAL if self.live else _EACH_ELSEWHERE):
            return
        self.last = now
        line = progress_line(rows, share, now - self.started)
        if self.live:
            width = cells(line)
            self.stream.write("\r" + line + " " * (self.width - width))
            self.width = width
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def end(self) -> None:
        """Wipe the line that was rewritten."""
        if self.width:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()
            self.width = 0


def progress_line(rows: int, share: float, seconds: float) -> str:
    """Return rows, rows a second and, where the share is known, the time left."""
    rate = number(int(rows / seconds) if seconds > 0 else 0)
    if not 0 < share <= 1:
        return say("{rows} rows, {rate} a second", rows=number(rows), rate=rate)
    left = int(seconds * (1 - share) / share)
    time_left = f"{left // 60}:{left % 60:02d}"
    return say(
        "{rows} rows, {rate} a second, {share} %, {left} left",
        rows=number(rows),
        rate=rate,
        share=str(int(share * 100)),
        left=time_left,
    )
