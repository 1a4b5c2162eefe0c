"""The decree on affiliated firms and large owners, read word by word over rows, slowly and for known data only.

Written from the text (decree Art. 3(1) no. 2, 3의2, 7의4, 별표 2) and the official commentary of 2015, not from how the
program does it. Shares are fractions of one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import permutations
from typing import Any

from eligibility.group.structure import Kind
from eligibility.values.truth import Truth

THIRTY, HALF = Fraction(3, 10), Fraction(1, 2)


class Literal:
    """One group of firms, persons and bodies."""

    def __init__(self, enterprises: Sequence[Mapping[str, Any]], holdings: Sequence[Mapping[str, Any]]) -> None:
        self.about = {row["id"]: row for row in enterprises}
        self.votes: dict[tuple[str, str], Fraction] = {}
        for row in holdings:
            pair = (row["holder"], row["held"])
            share = Fraction(row.get("votes", row.get("share"))) / 100
            if share > 0 and pair[0] != pair[1]:
                self.votes[pair] = self.votes.get(pair, Fraction(0)) + share
        self.corporations = [node for node in self.about if not self.is_person(node)]
        self.persons = [node for node in self.about if self.is_person(node)]
        self.relatives = cache(self._relatives)
        self.family_behind = cache(self._family_behind)
        self.subsidiaries = cache(self._subsidiaries)

    def own(self, holder: str, held: str) -> Fraction:
        return self.votes.get((holder, held), Fraction(0))

    def sum_of(self, holders: Iterable[str], held: str) -> Fraction:
        return sum((self.own(holder, held) for holder in holders), Fraction(0))

    def is_person(self, node: str) -> bool:
        return self.about[node].get("kind", Kind.ENTERPRISE) in (Kind.PERSON, Kind.BUSINESS_ANGEL)

    def is_yes(self, node: str, question: str) -> bool:
        return self.about[node].get(question) is Truth.YES

    def _relatives(self, person: str) -> frozenset[str]:
        label = self.about[person].get("family")
        if label is None:
            return frozenset({person})
        return frozenset(one for one in self.persons if self.about[one].get("family") == label)

    # Art. 2 no. 3, Art. 3의2(1) and (3): who can control, and who can be controlled.

    def may_control(self, firm: str) -> bool:
        able = self.is_yes(firm, "kr_audited") and not self.is_yes(firm, "kr_exempt_investor")
        return able and self.may_be_controlled(firm)

    def may_be_controlled(self, firm: str) -> bool:
        domestic = self.about[firm]["country"] == "KR"
        return domestic and not self.is_person(firm) and not self.is_yes(firm, "kr_nonprofit")

    # Art. 3의2(1) no. 1 가 and 나: the individual who with relatives holds 30 % and is the largest, and the relatives.

    def _family_behind(self, firm: str) -> set[str]:
        behind: set[str] = set()
        for person in self.persons:
            together = self.sum_of(self.relatives(person), firm)
            others = [self.own(other, firm) for other in self.corporations]
            others += [self.sum_of(self.relatives(other), firm) for other in self.persons]
            if together >= THIRTY and together >= max(others):
                behind |= self.relatives(person)
        return behind

    # The four cases: who is added up. None where one whom the case names holds nothing.

    def added_up(self, case: int, parent: str, child: str) -> set[str] | None:
        family, below = self.family_behind(parent), self.subsidiaries(parent) - {child} if case > 1 else set()
        members = {1: {parent} | family, 2: {parent} | below | family, 3: below, 4: below | family}[case]
        named = {1: [{parent}], 2: [{parent}, below], 3: [below], 4: [below, family]}[case]
        return members if all(self.sum_of(some, child) > 0 for some in named) else None

    def rivals(self, case: int, parent: str, child: str, members: set[str]) -> Iterator[Fraction]:
        for other in self.corporations:
            if other not in (parent, child) and self.may_control(other):
                bloc = self.added_up(case, other, child)
                if bloc is not None:
                    yield self.sum_of(bloc, child)
            if other not in members:
                yield self.own(other, child)
        for person in self.persons:
            if person not in members:
                yield self.sum_of(self.relatives(person), child)

    def controls(self, case: int, parent: str, child: str) -> bool:
        if parent == child or not (self.may_control(parent) and self.may_be_controlled(child)):
            return False
        if case == 5:
            return self.about[child].get("consolidated_in") == parent and self.is_yes(parent, "kr_listed")
        members = self.added_up(case, parent, child)
        if members is None:
            return False
        together = self.sum_of(members, child)
        return together >= THIRTY and all(together >= rival for rival in self.rivals(case, parent, child, members))

    def _subsidiaries(self, parent: str) -> set[str]:
        return {child for child in self.corporations if self.controls(1, parent, child)}

    def cases(self, parent: str, child: str) -> list[int]:
        return [case for case in (1, 2, 3, 4, 5) if self.controls(case, parent, child)]

    # Art. 7의4(2) and 별표 2.

    def share(self, holder: str, held: str) -> Fraction:
        there, back = self.own(holder, held), self.own(held, holder)
        return max(there, back) if there > 0 and back > 0 else there

    def direct_ratio(self, holder: str, held: str) -> Fraction:
        share = self.share(holder, held)
        return Fraction(1) if share >= HALF else share

    def ratio(self, parent: str, child: str) -> Fraction:
        total = self.direct_ratio(parent, child)
        for between in self.subsidiaries(parent) - {child}:
            total += self.direct_ratio(parent, between) * self.share(between, child)
        return min(Fraction(1), total)

    def total(self, firm: str) -> Fraction:
        total = Fraction(self.about[firm]["kr_average_turnover"])
        for other in self.corporations:
            ratios = [self.ratio(*pair) for pair in ((other, firm), (firm, other)) if self.cases(*pair)]
            total += max(ratios, default=Fraction(0)) * self.about[other].get("kr_average_turnover", 0)
        return total

    # Art. 3(1) no. 2 나, with the indirect share of the International Tax Adjustment Act, decree Art. 2.

    def is_largest_step(self, holder: str, held: str) -> bool:
        others = [self.own(other, held) for other in self.corporations]
        others += [self.sum_of(self.relatives(other), held) for other in self.persons]
        return 0 < self.own(holder, held) >= max(others)

    def indirect_share(self, owner: str, firm: str) -> Fraction:
        between = [node for node in self.corporations if node not in (owner, firm)]
        total = Fraction(0)
        for length in range(1, len(between) + 1):
            for chain in permutations(between, length):
                steps = list(zip((owner, *chain), (*chain, firm), strict=True))
                if length == 1 or all(self.is_largest_step(*step) for step in steps):
                    share = self.own(*steps[0])
                    for step in steps[1:]:
                        share = self.own(*step) if share >= HALF else share * self.own(*step)
                    total += share
        return total

    def owner_share(self, owner: str, firm: str) -> Fraction:
        return min(Fraction(1), self.own(owner, firm) + self.indirect_share(owner, firm))

    def led_by(self, owner: str) -> set[str]:
        """Return the firms to which a chain of largest holdings leads down from the owner, and the owner."""
        led = {owner}
        while more := {node for node in self.corporations for top in led if self.is_largest_step(top, node)} - led:
            led |= more
        return led

    def is_largest_owner(self, owner: str, firm: str) -> bool:
        led = self.led_by(owner)
        others = [self.own(other, firm) for other in self.corporations if other not in led]
        others += [self.sum_of(self.relatives(other), firm) for other in self.persons]
        return self.owner_share(owner, firm) >= max(others, default=Fraction(0))

    def large_owners(self, firm: str, threshold: int, *, nonprofits: bool) -> set[str]:
        return {
            owner
            for owner in self.corporations
            if owner != firm
            and (nonprofits or not self.is_yes(owner, "kr_nonprofit"))
            and not self.is_yes(owner, "kr_exempt_investor")
            and self.about[owner].get("kr_total_assets", 0) >= threshold
            and self.owner_share(owner, firm) >= THIRTY
            and self.is_largest_owner(owner, firm)
        }
