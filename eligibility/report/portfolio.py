"""The report on a whole table: who qualifies for what, how much that is, what excludes, what to ask."""

from collections.abc import Sequence

from eligibility.advice.portfolio import Portfolio
from eligibility.report.html import page_html
from eligibility.report.page import Group, Item, Page
from eligibility.report.portfolio_input import input_groups
from eligibility.report.portfolio_money import between, money_groups, purse_title, purses
from eligibility.report.portfolio_reasons import criterion_groups, fact_groups, programme_groups, waited_for
from eligibility.report.portfolio_verdicts import verdict_groups
from eligibility.report.portfolio_words import PortfolioSpeech, TableRead, qualifying
from eligibility.report.rules_told import rules_told
from eligibility.report.speech import RuleSpeech
from eligibility.rulebook.rulebook import Rulebook
from eligibility.words import Words


def portfolio_html(portfolio: Portfolio, rulebook: Rulebook, table: TableRead, language: str) -> str:
    """Return the report as an HTML document."""
    return page_html(portfolio_page(portfolio, rulebook, table, language))


def portfolio_page(portfolio: Portfolio, rulebook: Rulebook, table: TableRead, language: str) -> Page:
    """Return the report in `de`, `en` or `ko`."""
    words = Words(language)
    speech = PortfolioSpeech(portfolio, RuleSpeech(words, rulebook))
    lead = (_rows(portfolio, words), *rules_told(rulebook, words))
    groups = (
        Group(words.say("At a glance"), items=tuple(Item(line) for line in _glance(speech))),
        *verdict_groups(speech),
        *money_groups(speech),
        *criterion_groups(speech),
        *fact_groups(speech),
        *programme_groups(speech),
        *input_groups(table, speech),
    )
    foot = (words.say("This is a first orientation, no legal advice; the authority decides."),)
    return Page(language, words.say("Funding report: {name}", name=table.name), lead, groups, foot)


def _rows(portfolio: Portfolio, words: Words) -> str:
    read = words.plural("{n} row read", "{n} rows read", portfolio.read)
    assessed = words.plural("{n} assessed", "{n} assessed", portfolio.assessed)
    rejected = words.plural("{n} rejected", "{n} rejected", portfolio.rejected)
    return words.say("{read}: {assessed}, {rejected}", read=read, assessed=assessed, rejected=rejected)


def _glance(speech: PortfolioSpeech) -> Sequence[str]:
    if not speech.portfolio.assessed:
        return (speech.say("No row could be assessed, so there is nothing to say about programmes."),)
    words = speech.speech.words
    lines = [
        words.plural(
            "{n} programme takes applications now and is within reach of at least one company, as far as is known",
            "{n} programmes take applications now and are within reach of at least one company, as far as is known",
            len(speech.possible),
        )
    ]
    first = next(iter(speech.possible), None)
    if first is not None and qualifying(first):
        name = speech.name(first)
        lines.append(
            words.plural(
                "Reaches furthest: {programme} ({n} company)",
                "Reaches furthest: {programme} ({n} companies)",
                qualifying(first),
                programme=name,
            )
        )
    for purse in purses(speech):
        if purse.total.possible:
            title = purse_title(purse, speech)
            lines.append(
                speech.say("{what}, for those that qualify: {sum}", what=title, sum=between(purse.total, speech))
            )
    asked = next(iter(waited_for(speech)), None)
    if asked is not None:
        lines.append(
            words.plural(
                "Worth asking first: {fact}; {n} verdict waits for it",
                "Worth asking first: {fact}; {n} verdicts wait for it",
                asked.waiting_verdicts,
                fact=speech.speech.label(asked.fact),
            )
        )
    return lines
