"""Structures as plain values, and tables of texts, for the tests of reading."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from eligibility.group.reading import structure_of_texts
from eligibility.group.structure import Structure
from eligibility.group.text_rows import Lines, TextRows

DAY = date(2026, 1, 1)


def text_rows(file: str, *lines: str) -> TextRows:
    """A table from lines with `|` between the cells; the first line names the columns."""
    header, *rows = ([cell.strip() or None for cell in line.split("|")] for line in lines)
    frame = pl.DataFrame(rows, schema={str(name): pl.String for name in header}, orient="row")
    return TextRows(frame, Lines(file, pl.int_range(2, frame.height + 2, dtype=pl.Int64, eager=True)))


def read(firms: Sequence[str] = (), holdings: Sequence[str] = (), as_of: date = DAY) -> Structure:
    return structure_of_texts(
        [text_rows("firms.csv", *firms)] if firms else [],
        [text_rows("edges.csv", *holdings)] if holdings else [],
        as_of,
    )


def plain(structure: Structure) -> dict[str, object]:
    """All that a structure says, so that two can be compared; a figure unknown everywhere is as good as none."""
    nodes, holdings = structure.nodes, structure.holdings
    count = range(len(nodes))
    told = {
        (prefix, key): [figure.interval(node, key[0].scale) for node in count]
        for prefix, group in (("", nodes.figures), ("consolidated", nodes.consolidated))
        for key, figure in group.items()
    }
    figures = {key: column for key, column in told.items() if any(not one.is_unknown for one in column)}
    heads = nodes.consolidated_in
    shares = nodes.consolidated_share
    return {
        "ids": list(nodes.ids),
        "kinds": nodes.kinds.tolist(),
        "maps": [
            dict(one)
            for one in (
                *(nodes.names, nodes.countries, nodes.markets, nodes.acts_with, nodes.families, nodes.budgets),
                *(nodes.inhabitants, nodes.kr_audited, nodes.kr_listed, nodes.kr_nonprofit),
                *(nodes.kr_exempt_investor, nodes.fiscal_year_starts, holdings.invested, holdings.involved),
            )
        ],
        "figures": figures,
        "heads": None if heads is None else heads.tolist(),
        "shares": None if shares is None else shares.tolist(),
        "undescribed": nodes.undescribed,
        "holdings": [
            column.tolist()
            for column in (
                *(holdings.holder, holdings.held, holdings.capital_low, holdings.capital_high),
                *(holdings.votes_low, holdings.votes_high, holdings.control, holdings.possible_control),
            )
        ],
        "adjacent": structure.adjacent,
        "subject": structure.subject,
        "own": structure.own_shares,
        "index": dict(structure.index),
    }
