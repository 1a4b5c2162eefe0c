"""The smallest sets of answers that settle some tests, by what blocks them.

A block of a test is a set of answers without which all the others do not settle it. A set of answers settles the tests
exactly if it has a part in every block, so the smallest sets are found in turns: take those with a part in all blocks
known so far; where one does not settle a test yet, what it leaves out holds a further block.
"""

from collections.abc import Iterable, Iterator, Sequence

from eligibility.advice.kept import Answers, Kept, Test, places
from eligibility.values.truth import Truth

Wanted = tuple[Test, Truth]
MOST_JUDGED = 600
"""How many judgements one search may take; after that a set is told that is irreducible, but need not be smallest."""
_MOST_COMPARED = 200


class Smallest:
    """Finds smallest sets of answers. Only a memory: what several programmes test is judged once."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._read: dict[Test, Answers] = {}
        self._truths: dict[tuple[Test, Answers], Truth] = {}
        self._blocks: dict[Wanted, list[Answers]] = {}

    def sets(self, wanted: Sequence[Wanted], most: int) -> list[Answers]:
        """Return up to `most` of the smallest sets of answers under which all tests have the truth wanted.

        In the order of the rulebook. Each test must have that truth by all answers together. Where the search takes
        too long, one set from which no answer can be left out.
        """
        begun = self.kept.judged
        while True:
            hits = smallest_hits([block for one in wanted for block in self._blocks.get(one, ())], most)
            unsettled = [answers for answers in hits if not self._settles(answers, wanted)]
            if not unsettled:
                return hits
            if self.kept.judged - begun > MOST_JUDGED:
                return [self._irreducible(wanted)]
            for answers in unsettled:
                self._learn(answers, wanted)

    def _reads(self, test: Test) -> Answers:
        if test not in self._read:
            self._read[test] = self.kept.read_by(test.facts())
        return self._read[test]

    def _holds(self, one: Wanted, answers: Answers) -> bool:
        test, truth = one
        key = (test, answers & self._reads(test))
        if key not in self._truths:
            self._truths[key] = self.kept.truth(test, key[1])
        return self._truths[key] is truth

    def _settles(self, answers: Answers, wanted: Sequence[Wanted]) -> bool:
        return all(self._holds(one, answers) for one in wanted)

    def _learn(self, answers: Answers, wanted: Sequence[Wanted]) -> None:
        """Add for each test that these answers leave open a block in which they have no part."""
        for one in wanted:
            if not self._holds(one, answers):
                blocks = self._blocks.setdefault(one, [])
                block = self._block(one, answers)
                if block not in blocks:
                    blocks.append(block)

    def _block(self, one: Wanted, answers: Answers) -> Answers:
        """Return what is left when as many further answers as possible are added without settling the test."""
        read = self._reads(one[0])
        largest = answers & read
        for place in places(read & ~largest):
            if not self._holds(one, largest | 1 << place):
                largest |= 1 << place
        return read & ~largest

    def _irreducible(self, wanted: Sequence[Wanted]) -> Answers:
        answers = 0
        for test, _ in wanted:
            answers |= self._reads(test)
        for place in reversed(places(answers)):
            if self._settles(answers & ~(1 << place), wanted):
                answers &= ~(1 << place)
        return answers


def smallest_hits(blocks: Iterable[Answers], most: int) -> list[Answers]:
    """Return up to `most` of the smallest sets with a part in every block, in the order of the rulebook."""
    left = sorted(set(blocks), key=lambda block: (block.bit_count(), block))
    forced = 0
    for block in left:
        if block.bit_count() == 1:
            forced |= block
    size = 0
    while True:
        found = []
        for hit in _hits(left, forced, 0, size):
            found.append(hit)
            if len(found) == _MOST_COMPARED:
                break
        if found:
            return sorted(found, key=places)[:most]
        size += 1


def _hits(blocks: Sequence[Answers], chosen: Answers, refused: Answers, size: int) -> Iterator[Answers]:
    """Yield each set of the chosen answers and `size` further ones, none refused, that has a part in every block."""
    apart = _apart(blocks, chosen)
    if len(apart) > size:
        return
    if not apart:
        if size == 0:
            yield chosen
        return
    for place in places(apart[0] & ~refused):
        yield from _hits(blocks, chosen | 1 << place, refused, size - 1)
        # Sets with this answer have all been yielded.
        refused |= 1 << place


def _apart(blocks: Sequence[Answers], chosen: Answers) -> list[Answers]:
    """Return blocks in which the chosen answers have no part and of which no two share one: each needs its own."""
    apart: list[Answers] = []
    taken = chosen
    for block in blocks:
        if not block & taken:
            apart.append(block)
            taken |= block
    return apart
