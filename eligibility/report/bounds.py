"""What the rendering of an own template may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Milliseconds from the start of the process to its end, bytes of memory, bytes of the result."""

    milliseconds: int = 10_000
    memory: int = 512_000_000
    output: int = 10_000_000
