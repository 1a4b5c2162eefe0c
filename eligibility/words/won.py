"""Won as Koreans read it: in 조, 억 and 만."""

_UNITS = (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1))


def won(value: int) -> str:
    """Write an amount such as `50억원` or `1억 2,345만 6,789원`; nothing is rounded away."""
    parts: list[str] = []
    rest = abs(value)
    for unit, worth in _UNITS:
        count, rest = divmod(rest, worth)
        if count:
            parts.append(f"{count:,}{unit}")
    sign = "-" if value < 0 else ""
    return f"{sign}{' '.join(parts) or '0'}원"
