"""What a table was good for: rows read and refused, cells without a value, columns used and unused."""

from eligibility.report.page import Column, Group, Item, Table
from eligibility.report.portfolio_words import PortfolioSpeech, TableRead


def input_groups(table: TableRead, speech: PortfolioSpeech) -> tuple[Group, ...]:
    """Return the quality of the input."""
    tables = (_rows(speech), *_refused(speech), *_unknown(speech), *_columns(table, speech))
    return (Group(speech.say("Quality of the table"), items=_items(table, speech), tables=tables),)


def _items(table: TableRead, speech: PortfolioSpeech) -> tuple[Item, ...]:
    items = []
    if table.id_column is not None:
        items.append(Item(speech.say("Companies are named by the column {column}", column=table.id_column)))
    carried = [name for name in table.carried if name != table.id_column]
    if carried:
        text = speech.speech.words.plural(
            "{n} column is not used, only carried along", "{n} columns are not used, only carried along", len(carried)
        )
        items.append(Item(text, (", ".join(carried),)))
    return tuple(items)


def _rows(speech: PortfolioSpeech) -> Table:
    portfolio = speech.portfolio
    columns = (Column(speech.say("Rows")), *speech.numbers(speech.say("Number")))
    rows = (
        (speech.say("read"), speech.count(portfolio.read)),
        (speech.say("assessed"), speech.count(portfolio.assessed)),
        (speech.say("rejected"), speech.count(portfolio.rejected)),
    )
    return Table("", columns, rows)


def _refused(speech: PortfolioSpeech) -> tuple[Table, ...]:
    columns = (
        Column(speech.say("Reason")),
        Column(speech.say("Column")),
        *speech.numbers(speech.say("Rows")),
    )
    rows = tuple(
        (code, column or speech.say("the whole row"), speech.count(count))
        for (code, column), count in speech.portfolio.refused.items()
    )
    return (Table(speech.say("Rejected rows"), columns, rows),) if rows else ()


def _unknown(speech: PortfolioSpeech) -> tuple[Table, ...]:
    columns = (Column(speech.say("Column")), *speech.numbers(speech.say("Cells")))
    found = sorted(speech.portfolio.made_unknown.items(), key=lambda entry: -entry[1])
    rows = tuple((column, speech.count(count)) for column, count in found)
    return (Table(speech.say("Unreadable cells, taken as unknown"), columns, rows),) if rows else ()


def _columns(table: TableRead, speech: PortfolioSpeech) -> tuple[Table, ...]:
    """Return what each used column says, and the facts that come from elsewhere."""
    if not speech.portfolio.assessed:
        return ()
    given = {one.fact: one.given for one in speech.portfolio.facts}
    used = dict(table.columns)
    elsewhere = [one.fact for one in speech.portfolio.facts if one.given and one.fact not in used.values()]
    sources = [*used.items(), *((speech.say("not from a column"), fact) for fact in elsewhere)]
    columns = (
        Column(speech.say("Column")),
        Column(speech.say("Answer")),
        *speech.numbers(speech.say("companies that give it"), speech.say("share")),
    )
    rows = tuple(
        (column, speech.speech.label(fact), *speech.counts(given.get(fact, 0)), speech.share(given.get(fact, 0)))
        for column, fact in sources
    )
    return (Table(speech.say("Columns used"), columns, rows),) if rows else ()
