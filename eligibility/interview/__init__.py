"""The interview: which question next, and why. A pure, immutable state machine without a terminal."""
