"""What would a rule file change in a whole corpus? Every text is cleaned without it and with it, and the two compared.

A rule is judged by its changes, not by its looks: what is new, what is lost because a rule now stands in the way of a
stage that did better, what came out differently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from typing import NamedTuple

from cleaner import corpus, finding, rulebook
from cleaner.api import Change, Cleaner, uncollected
from cleaner.engines import local
from cleaner.errors import CleanerError
from cleaner.promises import prove
from cleaner.settings import Config

Pair = tuple[corpus.Task, corpus.Task]


class Difference(NamedTuple):
    """One place of a text: the change without the rules, and with them; ``None`` where there is none."""

    path: str
    old: Change | None
    new: Change | None

    @property
    def kind(self) -> str:
        """Whether a change is ``new``, ``lost`` or ``changed``."""
        return "new" if self.old is None else "lost" if self.new is None else "changed"

    @property
    def rule(self) -> str:
        """The rule that is to be judged by it."""
        return (self.new or self.old).rule  # type: ignore[union-attr]


class Outcome(NamedTuple):
    """What became of one text; ``error`` where it could not be cleaned."""

    path: str
    size: int
    differences: tuple[Difference, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans one text twice; can be sent to another process."""

    without: tuple[Cleaner, ...]
    within: tuple[Cleaner, ...]

    def __call__(self, pair: Pair) -> Outcome:
        """The differences in one text."""
        path = finding.show(pair[0].raw)
        try:
            with uncollected():
                raw = pair[0].read()
                old = self.without[pair[0].cleaner].clean(raw).changes
                new = self.within[pair[1].cleaner].clean(raw).changes
        except (CleanerError, OSError) as error:
            return Outcome(path, pair[0].size, error=str(error))
        return Outcome(path, pair[0].size, tuple(compared(path, old, new)))


def compared(path: str, old: Iterable[Change], new: Iterable[Change]) -> Iterator[Difference]:
    """Where two runs over one raw text differ, in the order of the text."""
    before, after = _by_place(old), _by_place(new)
    for place in sorted(before.keys() | after.keys()):
        ones, others = before[place], after[place]
        lost = [change for same, change in ones.items() if same not in others]
        found = [change for same, change in others.items() if same not in ones]
        yield from (Difference(path, *pair) for pair in zip_longest(lost, found))


def _by_place(changes: Iterable[Change]) -> Mapping[tuple[int, int, str], dict[tuple[str, str, str], Change]]:
    """The changes of each place; a rule that only reports stands there beside another one."""
    places: defaultdict[tuple[int, int, str], dict[tuple[str, str, str], Change]] = defaultdict(dict)
    for change in changes:
        places[*change.raw, change.stage][change.after, change.status, change.rule] = change
    return places


class Prepared(NamedTuple):
    """The work, and each text with what is known of it without the rules and with them."""

    work: Work
    pairs: list[Pair]

    @property
    def size(self) -> int:
        """Bytes of all texts."""
        return sum(task.size for task, _ in self.pairs)


def prepare(file: Path, on: Iterable[Path], config: Config) -> Prepared:
    """To find what a rule file changes in texts, beside the shipped rules and those of the settings.

    A file that these have already is judged too: against the rules without it. Raises ``RuleError`` for a broken set.
    """
    shipped = rulebook.shipped()
    whole = rulebook.load(shipped, *config.rules, file)
    prove(whole)
    rest = rulebook.load(shipped, *config.rules, without=(file,))
    found = finding.find([*on], None, None, config.is_book)
    plans = [corpus.plan(found, config.clean, config, {}, book) for book in (rest, whole)]
    tasks = (sorted(plan.tasks, key=lambda task: task.name) for plan in plans)
    return Prepared(Work(plans[0].cleaners, plans[1].cleaners), list(zip(*tasks, strict=True)))


def run(prepared: Prepared, done: Callable[[str, int], None], jobs: int | None = None) -> list[Outcome]:
    """What became of each text, in the order of their paths."""
    outcomes = []
    for outcome in local.run(prepared.work, prepared.pairs, jobs=jobs or local.cores(), lost=_lost):
        done(outcome.path, outcome.size)
        outcomes.append(outcome)
    return sorted(outcomes, key=lambda outcome: outcome.path)


def _lost(pair: Pair) -> Outcome:
    return Outcome(finding.show(pair[0].raw), pair[0].size, error="the process that cleaned it was killed")


def lines(outcomes: Iterable[Outcome], samples: int) -> Iterator[str]:
    """What a person reads: counts by kind and rule, then so many samples of each, with their places."""
    outcomes = list(outcomes)
    found = [difference for outcome in outcomes for difference in outcome.differences]
    touched = sum(bool(outcome.differences) for outcome in outcomes)
    kinds = Counter(difference.kind for difference in found)
    yield f"{len(outcomes):,} text{'s' * (len(outcomes) != 1)}, {touched:,} with differences: " + ", ".join(
        f"{kinds[kind]:,} {kind}" for kind in ("new", "lost", "changed")
    )
    by = sorted(found, key=lambda difference: (KINDS.index(difference.kind), difference.rule))
    for (kind, rule), group in groupby(by, key=lambda difference: (difference.kind, difference.rule)):
        same = list(group)
        applied = sum((one.new or one.old).status == "applied" for one in same)  # type: ignore[union-attr]
        yield f"{kind}  {rule}: {len(same):,} ({applied:,} applied)"
        step = max(1, len(same) // max(1, samples))
        yield from (f"    {_sample(one)}" for one in same[::step][:samples])


KINDS = ("new", "lost", "changed")


def _sample(difference: Difference) -> str:
    change = difference.new or difference.old
    assert change is not None
    left, right = change.context
    place = f"{difference.path}:{change.line}:{change.column}"
    was = ""
    if difference.new and difference.old:
        was = f"  (was {difference.old.after!r}, {difference.old.rule}, {difference.old.status})"
    text = f"{left}[{change.before}|{change.after}]{right}".replace("\n", " ").strip()
    return f"{place}  {text}  {change.confidence:.2f} {change.status}{was}"
