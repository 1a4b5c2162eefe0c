"""How many questions the interview asks, against other orders, a floor and the optimum; how fast the next one comes.

python -m benchmarks.questions [profiles] [--parts counts optimum times] [--tables whole open] [--as-of DAY]

Counts: complete profiles drawn from the priors are led through the whole catalogue, then through the programmes that
take applications; each interview ends when nothing can change any more, and must then say what all facts together say.
Optimum: situations so small that the best order is found by exhaustive search. Times: from an answer to the question
after it, every interview with a memory of its own.
"""

import gc
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.clairvoyant import Clairvoyant
from benchmarks.optimum import Situation, catalogue_situations, small_situations
from benchmarks.profiles import Sampler
from benchmarks.rounds import Stopwatch, chosen, options
from benchmarks.rulebooks import write_rules
from eligibility.api import read_priors
from eligibility.cli.main import GARBAGE_AFTER
from eligibility.engine.assess import assess_profile
from eligibility.engine.assessment import Assessed, ProgrammeResult
from eligibility.engine.priors import Likelihoods, Priors
from eligibility.engine.profile import read_profile
from eligibility.interview.chances import Chances
from eligibility.interview.interview import Interview
from eligibility.interview.order import Candidates, Order, by_file, by_occurrence, by_settling, ranks
from eligibility.interview.plan import Plan
from eligibility.rulebook.files import bundled_rules
from eligibility.rulebook.link import load
from eligibility.rulebook.rulebook import Rulebook

AS_OF = date(2026, 11, 22)
SEED = 1
TOLD_EVERY = 500
KEPT_FOR = 50
"""For how many profiles a memory is kept: longer, and it fills with answers that never come again."""
SYNTHETIC = 1_000
NO_TOPIC = "-"
Answers = Mapping[str, Any]


def by_worth(rulebook: Rulebook, candidates: Candidates, chances: Chances, topic: str | None) -> str:
    """Choose as `by_settling` does, whatever the topic."""
    return by_settling(rulebook, candidates, chances, NO_TOPIC)


ORDERS: Mapping[str, Order] = {
    "ours": by_settling,
    "ours without topics": by_worth,
    "order of the files": by_file,
    "by occurrence": by_occurrence,
}


@dataclass
class Counted:
    """The numbers of questions by order, one for each profile; and the programmes on which the interview was wrong."""

    asked: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, questions: int) -> None:
        """Add the questions of one interview."""
        self.asked.setdefault(name, []).append(questions)

    def tell(self, title: str) -> None:
        """Print the table, and ours as a ratio to each."""
        print(title)
        ours = self.asked["ours"]
        for name, questions in self.asked.items():
            mean = statistics.mean(questions)
            # A mean of fewer profiles is held against ours on these.
            ratio = statistics.mean(ours[: len(questions)]) / mean
            over = "" if name == "ours" else f", ours / this = {ratio:.3f}"
            few = "" if len(questions) == len(ours) else f" (the first {len(questions):,})"
            print(f"  {name}{few}: {mean:.2f} questions, 95 % have at most {percentile(questions, 95):.0f}{over}")
        print(f"  verdicts and awards that differ from those with all facts: {len(self.wrong)}", flush=True)
        for case in self.wrong[:5]:
            print(f"    {case}")


def percentile(numbers: Sequence[float], percent: int) -> float:
    """Return the least of the numbers that so many percent do not exceed."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def interviewed(interview: Interview, answers: Answers) -> Interview:
    """Answer every question."""
    while interview.question is not None:
        interview = interview.answer(answers[interview.question.fact])
    return interview


def count(rulebook: Rulebook, priors: Likelihoods, profiles: Iterable[Answers], only_open: bool, few: int) -> Counted:
    """Count the questions of all orders on some profiles; the slow comparisons only on the first ones."""
    counted = Counted()
    considered = [
        name
        for name, programme in rulebook.programmes.items()
        if not only_open or programme.window.status(rulebook.as_of) != "closed"
    ]
    plan = Plan(rulebook, priors)
    for number, answers in enumerate(profiles):
        if number % KEPT_FOR == 0:
            plan = Plan(rulebook, priors)
            print(f"{number:,} profiles", file=sys.stderr, flush=True)
        if number % TOLD_EVERY == 0 and number:
            counted.tell(f"after {number:,} profiles")
        full = read_profile(rulebook, answers)
        start = Interview(rulebook, priors=priors, memory=plan, only_open=only_open)
        ended = {name: interviewed(replace(start, choose=order), answers) for name, order in ORDERS.items()}
        for name, interview in ended.items():
            counted.add(name, len(interview.steps))
        wrong = differing(ended["ours"].assessed, assess_profile(rulebook, full), considered)
        counted.wrong += [f"profile {number}: {case}" for case in wrong]
        if number < few:
            asked = [step.fact for step in min(ended.values(), key=lambda end: len(end.steps)).steps]
            floor = Clairvoyant(plan, considered, full.values, asked).floor()
            counted.add("knowing all answers", floor.few)
            counted.add("no order can ask less", floor.least)
            counted.add("Kleene logic, order of the files", by_kleene(start, answers))
    return counted


def differing(ours: Assessed, right: Assessed, considered: Sequence[str]) -> Iterator[str]:
    """Yield what the interview says of a programme where all facts say something else."""
    for result, other in zip(ours.programmes, right.programmes, strict=True):
        if result.id in considered and _said(result) != _said(other):
            yield f"{result.id}: {_said(result)} and not {_said(other)}"


def _said(result: ProgrammeResult) -> tuple[object, ...]:
    award = result.award
    return (result.verdict.value, *(() if award is None else (award.rate, award.amount)))


def by_kleene(interview: Interview, answers: Answers) -> int:
    """Count the questions of an interview that asks what Kleene logic lacks, in the order of the files."""
    rulebook = interview.rulebook
    rank = ranks(rulebook)
    known: dict[str, Any] = {}
    while True:
        results = assess_profile(rulebook, read_profile(rulebook, known)).programmes
        opened = [result for result in results if result.window != "closed"]
        closed = [] if interview.only_open else [result for result in results if result.window == "closed"]
        wanted: set[str] = set().union(*(result.missing for result in opened))
        wanted = wanted or set().union(*(result.missing for result in closed))
        if not wanted:
            return len(known)
        fact = min(wanted, key=rank.__getitem__)
        known[fact] = answers[fact]


def compare(title: str, situations: Iterable[Situation]) -> None:
    """Print how far our order, with topics and without, is from the best one."""
    ratios: dict[str, list[float]] = {"ours": [], "ours without topics": []}
    for situation in situations:
        least = situation.least()
        for name, own in ratios.items():
            own.append(situation.expected(ORDERS[name]) / least)
    print(f"{title}: {len(ratios['ours'])} situations")
    for name, own in ratios.items():
        print(f"  {name} / optimum: mean {statistics.mean(own):.3f}, worst {max(own):.3f}", flush=True)


@dataclass(frozen=True)
class Pace:
    """The seconds of the first questions, and of each later one with what was answered before it."""

    first: list[float] = field(default_factory=list)
    later: list[tuple[float, str]] = field(default_factory=list)

    def tell(self, title: str) -> None:
        """Print the mean, the 95th percentile and the worst, and the slowest steps."""
        seconds = [taken for taken, _ in self.later]
        for name, times in (("first question", self.first), ("next question", seconds)):
            mean, most, worst = statistics.mean(times), percentile(times, 95), max(times)
            print(f"{title}, {name}: mean {mean * 1e3:.1f} ms, 95 % {most * 1e3:.1f} ms, worst {worst * 1e3:.1f} ms")
        slowest = ", ".join(f"{step} {taken * 1e3:.0f} ms" for taken, step in sorted(self.later, reverse=True)[:5])
        print(f"  slowest: {slowest}", flush=True)


def time_questions(start: Callable[[], Interview], profiles: Iterable[Answers]) -> Pace:
    """Time the questions of interviews that begin without any memory."""
    pace = Pace()
    for answers in profiles:
        began = Stopwatch.now()
        interview = start()
        question = interview.question
        pace.first.append(Stopwatch.now() - began)
        while question is not None:
            began = Stopwatch.now()
            interview = interview.answer(answers[question.fact])
            following = interview.question
            taken = Stopwatch.now() - began
            pace.later.append((taken, f"after {question.fact} (no. {len(interview.steps)})"))
            question = following
    return pace


def measure_counts(as_of: date, profiles: int, few: int, tables: Sequence[str]) -> None:
    """Print the tables of questions."""
    rulebook = load([bundled_rules()], as_of)
    priors = read_priors(rulebook)
    sampler = Sampler(rulebook, priors)
    titles = {"whole": "whole catalogue", "open": f"programmes that take applications on {as_of}"}
    for table in tables:
        counted = count(rulebook, priors, sampler.profiles(profiles), table == "open", few)
        counted.tell(f"{titles[table]}, {profiles:,} profiles")


def measure_optimum(as_of: date, catalogue: int, small: int) -> None:
    """Print both tables of small situations."""
    rulebook = load([bundled_rules()], as_of)
    loaded = partial(load, [bundled_rules()], as_of)
    compare("catalogue", catalogue_situations(rulebook, read_priors(rulebook), loaded, catalogue, SEED))
    with tempfile.TemporaryDirectory() as folder:
        compare("synthetic", small_situations(Path(folder), as_of, small, SEED))


def measure_times(as_of: date, interviews: int) -> None:
    """Print the times of questions for the catalogue, the open programmes, and many synthetic ones."""
    rulebook = load([bundled_rules()], as_of)
    priors = read_priors(rulebook)
    profiles = list(Sampler(rulebook, priors).profiles(interviews))
    # Garbage is looked for as seldom as in the wizard.
    gc.set_threshold(GARBAGE_AFTER)
    gc.freeze()
    for title, only_open in (("whole catalogue", False), ("open programmes", True)):
        start = partial(Interview, rulebook, priors=priors, only_open=only_open)
        time_questions(start, profiles).tell(title)
    with tempfile.TemporaryDirectory() as folder:
        write_rules(Path(folder), SYNTHETIC)
        synthetic = load([Path(folder)], as_of)
        nothing = Priors({})
        few = Sampler(synthetic, nothing).profiles(max(interviews // 10, 1))
        time_questions(partial(Interview, synthetic, priors=nothing), few).tell(f"{SYNTHETIC:,} synthetic programmes")


def main(arguments: Sequence[str] | None = None) -> None:
    told = options("The questions of the interview: how many, how near the best order, how fast.")
    told.add_argument("profiles", nargs="?", type=int, default=2_000)
    parts = ("counts", "optimum", "times")
    told.add_argument("--parts", nargs="+", choices=parts, default=parts)
    told.add_argument("--tables", nargs="+", choices=("whole", "open"), default=("whole", "open"))
    told.add_argument("--as-of", type=date.fromisoformat, default=AS_OF)
    told.add_argument("--few", type=int, default=200, help="profiles for the slow comparisons: floor, Kleene logic")
    told.add_argument("--catalogue", type=int, default=30, help="small situations of the catalogue")
    told.add_argument("--small", type=int, default=20, help="small synthetic rulebooks")
    told.add_argument("--timed", type=int, default=50, help="interviews to time")
    choice = chosen(told, arguments)
    works: dict[str, Callable[[], None]] = {
        "counts": lambda: measure_counts(choice.as_of, choice.profiles, choice.few, choice.tables),
        "optimum": lambda: measure_optimum(choice.as_of, choice.catalogue, choice.small),
        "times": lambda: measure_times(choice.as_of, choice.timed),
    }
    for part in choice.parts:
        works[part]()


if __name__ == "__main__":
    main()
