"""What a report says of one text: counted from its log and its rows, pure, and the same for every format.

A group of edits counts as one change. What was changed in the layout alone (line ends, blanks) is counted apart, by rule:
there is so much of it that it would hide the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cleaner import journal, sidebyside, talk
from cleaner.journal import Language, Log, Overall, Passage, Quality
from cleaner.policy import FLOOR
from cleaner.records import Pages, Record
from cleaner.sidebyside import Row
from cleaner.sources import File, Place, Places, files
from cleaner.stages import STEPS

SAMPLES = 3  # of each rule
STEP = 0.05  # of the confidences that are counted together


class Count(NamedTuple):
    """Changes that were applied, and proposals that were not, of a stage, of a page, or of a range of confidence."""

    name: str
    applied: int
    held: int


class Rule(NamedTuple):
    """The same of a rule, with samples; ``layout`` are the places where it changed nothing but white space."""

    stage: str
    name: str
    applied: int
    held: int
    layout: int
    samples: Sequence[Record]


@dataclass(frozen=True)
class Report:
    """One text: ``name`` is relative to the folder that is reported on, ``edited`` says that a person edited it since.

    Of an edited text everything here is that of its log.
    """

    name: str
    raw: str
    log: Log
    rows: Sequence[Row]
    edited: bool = False

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Those of a book, none of a text that came as one."""
        return files(self.log.header)

    @cached_property
    def changes(self) -> list[Record]:
        """All that was changed or proposed, a group once, in the order of the raw text."""
        return sorted(talk.leaders(self.log.changes), key=lambda change: (change["raw"], change["n"]))

    @cached_property
    def held(self) -> list[Record]:
        """What was proposed and not applied."""
        return [change for change in self.changes if change["status"] != "applied"]

    @cached_property
    def applied(self) -> int:
        """Changes that were applied, without those of the layout."""
        return len(self.changes) - len(self.held)

    @cached_property
    def furniture(self) -> list[Record]:
        """Running heads, folios and the like that were taken out; not form feeds that stood alone."""
        gone = [s.change for row in self.rows for s in row.segments if s.is_furniture and s.change is not None]
        return [change for change in {id(change): change for change in gone}.values() if change["before"].strip()]

    @cached_property
    def stages(self) -> list[Count]:
        """Counts by stage, in the order of the pipeline, without those of the layout; stages that did nothing too."""
        held = Counter(change["stage"] for change in self.held)
        total = Counter(change["stage"] for change in self.changes)
        return [Count(step, total[step] - held[step], held[step]) for step in STEPS]

    @cached_property
    def rules(self) -> list[Rule]:
        """Counts by rule with samples, in the order of the stages."""
        order = {step: k for k, step in enumerate(STEPS)}
        layout: Counter[str] = Counter()
        found: dict[str, list[Record]] = {}
        for change in self.changes:
            found.setdefault(change["rule"], []).append(change)
        for group in self.log.layout:
            layout[group["rule"]] += len(group["at"])
        made = []
        for name in {*found, *layout}:
            mine = found.get(name, [])
            stage = mine[0]["stage"] if mine else name.partition(".")[0]
            held = sum(change["status"] != "applied" for change in mine)
            made.append(Rule(stage, name, len(mine) - held, held, layout[name], samples(mine)))
        return sorted(made, key=lambda rule: (order.get(rule.stage, 0), rule.name))

    @cached_property
    def pages(self) -> list[Count]:
        """Counts by page, in the order of the text; none where the text does not show its pages.

        What stands before the first page counts for it. A page without a folio is called by its number in the text.
        """
        table = self._table
        counts = [[0, 0] for _ in table.marks]
        for change in self.changes if counts else ():
            page = table.of(change["stage"], change["status"], change["raw"], change["before"])
            counts[max(page, 0)][change["status"] != "applied"] += 1
        return [
            Count(folio(mark) or f"#{k}", *count)
            for k, (mark, count) in enumerate(zip(table.marks, counts, strict=True), 1)
        ]

    @cached_property
    def confidence(self) -> list[Count]:
        """Counts by confidence, from the lowest that is ever proposed to 1."""
        first, size = round(FLOOR / STEP), round(1 / STEP)
        counts = [[0, 0] for _ in range(first, size)]
        for change in self.changes:
            k = min(max(int(round(change["confidence"] * 100) / (100 * STEP)), first), size - 1)
            counts[k - first][change["status"] != "applied"] += 1
        return [Count(f"{(k + first) * STEP:.2f}", *count) for k, count in enumerate(counts)]

    @cached_property
    def qualities(self) -> tuple[Quality, ...]:
        """The estimate of each page."""
        return journal.qualities(self.log)

    @cached_property
    def overall(self) -> Overall:
        """The estimate of the text."""
        return journal.overall(self.log)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What cannot be read, and columns that were not read in their order."""
        return journal.passages(self.log)

    @cached_property
    def language(self) -> Language:
        """The language that it was found to be in."""
        return journal.language(self.log)

    @cached_property
    def _table(self) -> Pages:
        return Pages(self.log.marks)

    @cached_property
    def _places(self) -> Places:
        return Places(self.raw, self.files)

    def place(self, row: Row) -> Place:
        """The file, line and column where the first character of a row that is no blank stands in the raw text."""
        return self._places.find(_first(row))

    def page(self, row: Row) -> str:
        """The page that this character stands on, empty where it is not known."""
        number = self._table.at(_first(row))
        return folio(self._table.marks[number]) if number >= 0 else ""


def _first(row: Row) -> int:
    left, start = row.left, row.raw.start
    return start + len(left) - len(left.lstrip()) if left.strip() else start


def report(name: str, raw: str, log: Log, *, edited: bool = False) -> Report:
    """The report of a text. Raises ``ValueError`` and the like where the log was tampered with."""
    return Report(name, raw, log, sidebyside.rows(raw, log), edited)


def samples(changes: Sequence[Record], most: int = SAMPLES) -> list[Record]:
    """The first few of some changes, different ones before those that are alike.

    >>> found = [{"before": word, "after": "the"} for word in ("tbe", "tbe", "tlie", "tbe", "thc")]
    >>> [one["before"] for one in samples(found)], [one["before"] for one in samples(found[:2])]
    (['tbe', 'tlie', 'thc'], ['tbe', 'tbe'])
    """
    kinds: dict[tuple[str, str], Record] = {}
    for change in changes:
        kinds.setdefault((change["before"], change["after"]), change)
        if len(kinds) == most:
            break
    first = [*kinds.values()]
    rest = [change for change in changes[:most] if all(change is not one for one in first)]
    return [*first, *rest][:most]


def folio(mark: Record) -> str:
    """What a page is called: its folio as fitted, else as read, else nothing.

    >>> folio({"folio": "83", "read": "8z"}), folio({"folio": "", "read": ""})
    ('83', '')
    """
    return str(mark["folio"] or mark["read"])


def totals(counts: Iterable[Sequence[Count]]) -> list[Count]:
    """The sums of counts of the same names, in the order in which these come first.

    >>> totals([[Count("words", 2, 1)], [Count("words", 1, 0), Count("seal", 1, 0)]])
    [Count(name='words', applied=3, held=1), Count(name='seal', applied=1, held=0)]
    """
    applied: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for count in (count for one in counts for count in one):
        applied[count.name] += count.applied
        held[count.name] += count.held
    return [Count(name, applied[name], held[name]) for name in applied]
