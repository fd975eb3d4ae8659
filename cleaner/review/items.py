"""What a person decides on: the changes of a log, each with the words around it and what was decided. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cleaner import decisions, journal
from cleaner.decisions import CORPUS, DOCUMENT, HERE, Decision, overlap
from cleaner.edits import apply
from cleaner.errors import UsageError
from cleaner.records import Record
from cleaner.review.queries import Query
from cleaner.series import Series, series
from cleaner.stages import DECISIONS

AROUND = 60  # characters on each side that show a change in its sentence


class Verdict(NamedTuple):
    """What was decided about a change: ``after`` is what shall stand there, ``scope`` says for how much it was said."""

    verdict: str
    after: str
    scope: str
    who: str = ""


@dataclass(frozen=True)
class Item:
    """One change that was applied, or proposed. Of a group the first stands for all.

    ``raw`` is its span in the raw text (code points) and ``text`` what stands there; ``before`` and ``after`` are what the
    stage saw and made. ``line`` and ``column`` count from 1 in the raw file, of a book in ``page_file``. ``left`` and
    ``right`` are the text around, as the stage saw it.
    """

    file: str
    id: str
    stage: str
    rule: str
    status: str
    confidence: float
    why: str
    raw: tuple[int, int]
    line: int
    column: int
    page: str
    page_file: str
    text: str
    before: str
    after: str
    left: str
    right: str
    series: Series
    candidates: tuple[tuple[str, float], ...] = ()
    moved: bool = False
    verdict: Verdict | None = None

    @property
    def settled(self) -> bool:
        """Whether a person decided about it."""
        return self.verdict is not None

    @property
    def like(self) -> tuple[str, str, str]:
        """What it has in common with all like it: the words before and after, and the stage where only lines move."""
        return self.series.before, self.series.after, "" if self.series.before.strip() else self.stage

    def is_of(self, decision: Decision) -> bool:
        """Whether a decision is about this change, in the scope of the one that ``verdict`` shows."""
        if self.verdict is None or decision.scope != self.verdict.scope or decision.verdict not in decisions.CHANGES:
            return False
        replaces = decision.verdict == "replace"
        if decision.raw is None:
            return decision.text == self.series.before and (replaces or decision.after == self.series.after)
        if replaces:
            return overlap(decision.raw, self.raw)
        return (decision.raw, decision.stood, decision.after) == (self.raw, self.before, self.after)

    def decision(
        self, verdict: str, raw: str, *, after: str | None = None, scope: str = HERE, who: str = ""
    ) -> Decision:
        """A decision about it; ``raw`` is the whole raw text, ``after`` what a person writes instead.

        Raises ``UsageError`` for a wider scope where no word says which other changes are meant.
        """
        said = Decision(verdict, "", stage=self.stage, rule=self.rule, who=who, scope=scope)
        if scope != HERE and not self.series.before:
            raise UsageError(f"{self.id} touches no word, so that nothing is like it", "decide about this one alone")
        if scope != HERE:
            return said._replace(text=self.series.before, after=self.series.after if after is None else after)
        return said._replace(
            text=self.text,
            after=self.after if after is None else after,
            raw=self.raw,
            context=decisions.context(raw, *self.raw),
            seen=None if self.before == self.text else self.before,
            moved=self.moved,
        )


def items(file: str, raw: str, log: journal.Log, decided: Iterable[Decision] = ()) -> list[Item]:
    """The changes of a log of the text ``raw``, in their order, with what was ``decided`` about them."""
    return [*judged((_item(file, raw, *found) for found in _changes(raw, log)), decided)]


def judged(found: Iterable[Item], decided: Iterable[Decision]) -> tuple[Item, ...]:
    """The same changes with what is ``decided`` about them now."""
    said = _Said(decided)
    verdicts = ((item, said.of(item)) for item in found)
    return tuple(item if item.verdict == verdict else replace(item, verdict=verdict) for item, verdict in verdicts)


def _changes(raw: str, log: journal.Log) -> Iterator[tuple[Record, str, bool]]:
    """(first change of its group, the text that its stage saw, whether text is moved)."""
    steps = dict(journal.steps(log))
    moved = {(change["n"], change["group"]) for change in log.changes if "source" in change}
    by_step: dict[int, list[Record]] = {}
    for change in log.changes:
        by_step.setdefault(change["n"], []).append(change)
    text = raw
    for n in sorted({*steps, *by_step}):
        seen: set[tuple[int, str]] = set()
        for change in by_step.get(n, ()):
            group = change.get("group")
            if change["stage"] == DECISIONS or (group is not None and (group, change["status"]) in seen):
                continue
            if group is not None:
                seen.add((group, change["status"]))
            yield change, text, (n, group) in moved
        text = apply(text, steps.get(n, ()))


def _item(file: str, raw: str, change: Record, text: str, moved: bool) -> Item:
    start, end = change["at"]
    span = change["raw"][0], change["raw"][1]
    return Item(
        file=file,
        id=change["id"],
        stage=change["stage"],
        rule=change["rule"],
        status=change["status"],
        confidence=change["confidence"],
        why=change["why"],
        raw=span,
        line=change["line"],
        column=change["column"],
        page=change.get("page", ""),
        page_file=change.get("file", ""),
        text=raw[slice(*span)],
        before=change["before"],
        after=change["after"],
        left=text[max(0, start - AROUND) : start],
        right=text[end : end + AROUND],
        series=series(text, start, end, change["after"]),
        candidates=tuple((text, probability) for text, probability in change.get("candidates", ())),
        moved=moved,
    )


class _Said:
    """What was decided, to be asked for a change: the narrower scope first."""

    def __init__(self, decided: Iterable[Decision]) -> None:
        settled = decisions.settle(decided).decisions
        self._here: dict[tuple[tuple[int, int], str, str], Decision] = {}
        self._wide: dict[tuple[str, str], list[Decision]] = {}
        self._written: list[tuple[tuple[int, int], Decision]] = []  # by place; none overlaps another
        for one in settled:
            if one.verdict == "replace" and one.raw:
                self._written.append((one.raw, one))
            elif one.raw and one.verdict in decisions.CHANGES:
                self._here[one.raw, one.stood, one.after] = one
            elif one.scope != HERE:
                self._wide.setdefault((one.scope, one.text), []).append(one)

    def of(self, item: Item) -> Verdict | None:
        # what a person wrote there is what will stand there, whatever was refused before
        one = self._replaced(item.raw)
        one = one or self._here.get((item.raw, item.before, item.after))
        for scope in (DOCUMENT, CORPUS):
            for other in self._wide.get((scope, item.series.before), ()):
                if other.verdict == "replace" or other.after == item.series.after:
                    one = one or other
        return Verdict(one.verdict, one.after, one.scope, one.who) if one else None

    def _replaced(self, raw: tuple[int, int]) -> Decision | None:
        """What a person wrote in the place of a span, or of a part of it."""
        at = bisect_right(self._written, raw[1], key=lambda found: found[0][0])
        while at and self._written[at - 1][0][1] >= raw[0]:
            at -= 1
            if overlap(self._written[at][0], raw):
                return self._written[at][1]
        return None


class Group(NamedTuple):
    """All changes of one series, in their order."""

    like: tuple[str, str, str]
    items: tuple[Item, ...]

    @property
    def open(self) -> int:
        """How many of them nobody decided about."""
        return sum(not item.settled for item in self.items)


def grouped(found: Iterable[Item]) -> list[Group]:
    """Changes by series, those first of which one answer settles most."""
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in found:
        groups.setdefault(item.like, []).append(item)
    made = [Group(like, tuple(members)) for like, members in groups.items()]
    return sorted(made, key=lambda group: (-group.open, -len(group.items), group.like))


class Progress(NamedTuple):
    """How far a review is."""

    settled: int
    total: int

    def __str__(self) -> str:
        return f"{self.settled:,} of {self.total:,} settled"


def progress(found: Sequence[Item]) -> Progress:
    """How many of some changes somebody decided about.

    >>> str(progress([]))
    '0 of 0 settled'
    """
    return Progress(sum(item.settled for item in found), len(found))


def counts(found: Iterable[Item], what: str) -> Counter[str]:
    """How many changes there are of each stage, rule, status or page."""
    return Counter(str(getattr(item, what)) for item in found)


def chosen(found: Iterable[Item], query: Query) -> list[Item]:
    """The changes that a query asks for, in their order."""
    return [item for item in found if query.takes(item)]
