"""Tables in, verdicts out: dialect, typing, rejects, layouts, atomic output."""
