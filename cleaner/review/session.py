"""A review as questions and answers: which change comes next, what an answer settles, and the way back.

Says nothing and asks nothing itself: whoever shows the changes calls ``ask`` and then one of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cleaner import decoding, journal
from cleaner.adopting import Ways
from cleaner.decisions import CORPUS, HERE
from cleaner.errors import DocumentError, UsageError
from cleaner.model import Span
from cleaner.review.desk import Desk, Sheet
from cleaner.review.items import Item, Progress, Verdict, chosen, grouped
from cleaner.review.queries import Query
from cleaner.series import words_at

SERIES, PLACE = SORTS = ("series", "place")
Key = tuple[str, str]  # the text, and the id of the change in it


class Asked(NamedTuple):
    """A question: a change, and all like it about which nothing is decided, itself the first."""

    item: Item
    like: tuple[Item, ...]


class Answer(NamedTuple):
    """What can be taken back: where it was given, how many steps of the desk it took, and the changes as they were."""

    at: int
    steps: int
    before: tuple[Item, ...]


@dataclass(slots=True)
class Session:
    """Changes of some texts, in the order in which they are asked about; ``alike`` has those of each series."""

    desk: Desk
    query: Query
    order: list[Key]
    items: dict[Key, Item]
    alike: dict[tuple[str, str, str], list[Key]]
    faults: tuple[DocumentError, ...] = ()
    at: int = 0
    decided: int = 0
    past: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def ask(self) -> Asked | None:
        """The next question, None where there is none."""
        if self.at >= len(self.order):
            return None
        item = self.items[self.order[self.at]]
        others = (self.items[key] for key in self.alike[item.like] if key != key_of(item))
        return Asked(item, (item, *(other for other in others if not other.settled)))

    @property
    def progress(self) -> Progress:
        """How far the review is."""
        return Progress(sum(item.settled for item in self.items.values()), len(self.items))

    def answer(self, found: Sequence[Item], verdict: str, scope: str = HERE) -> None:
        """Accept or reject changes, with a wider ``scope`` the first and all like it.

        Raises ``DecisionError`` where somebody else wrote decisions meanwhile: nothing is decided then, answer again.
        """
        with self._step(found, verdict, scope):
            if scope != HERE:
                self.desk.decide(found[0].file, [found[0].id], verdict, scope=scope)
                return
            for file, items in _by_file(found).items():
                self.desk.decide(file, [item.id for item in items], verdict)

    def write(self, found: Sequence[Item], new: str, scope: str = HERE) -> None:
        """Put ``new`` in the place of the words that changes touch, as they stand in the clean text (see ``words``).

        To write what stands there is to accept what was changed, and to reject what was not. Raises as ``answer``.
        """
        if not decoding.is_valid(new):
            raise UsageError("what was written is no text", "set the terminal to UTF-8")
        with self._step(found, "replace", scope, new):
            if scope != HERE:
                self.desk.decide(found[0].file, [found[0].id], "replace", after=new, scope=scope)
                return
            for file, items in _by_file(found).items():
                self._mend(file, items, new)

    def _mend(self, file: str, found: Iterable[Item], new: str) -> None:
        sheet, places = self.desk.sheet(file), _Places(self.desk.sheet(file))
        parts: list[str] = []
        at = 0
        for (start, end), id_ in sorted((places.of(item), item.id) for item in found):
            if sheet.clean[start:end] == new:
                self.desk.decide(file, [id_], "accept" if sheet.item(id_).status == "applied" else "reject")
            elif start >= at:
                parts += sheet.clean[at:start], new
                at = end
        if parts:
            self.desk.adopt(file, "".join([*parts, sheet.clean[at:]]))

    def words(self, item: Item) -> str:
        """The words that a change touches, as they stand in the clean text."""
        sheet = self.desk.sheet(item.file)
        return sheet.clean[slice(*_Places(sheet).of(item))]

    @contextmanager
    def _step(self, found: Sequence[Item], verdict: str, scope: str, after: str | None = None) -> Iterator[None]:
        """An answer that can be taken back; what goes wrong in it is taken back at once."""
        steps = len(self.desk.history)
        with self.desk.together():
            yield
        settled = [item for item in found if scope in (HERE, CORPUS) or item.file == found[0].file]
        self.answers.append(Answer(self.at, len(self.desk.history) - steps, tuple(settled)))
        for item in settled:
            said = Verdict(verdict, item.after if after is None else after, scope, self.desk.who)
            self.items[key_of(item)] = replace(item, verdict=said)
        self.decided += len(settled)
        self.skip()

    def skip(self) -> None:
        """Go on to the next change that the query asks for."""
        self.past.append(self.at)
        self.at += 1
        while self.at < len(self.order) and not self.query.takes(self.items[self.order[self.at]]):
            self.at += 1

    def back(self) -> bool:
        """Return to the change that was asked about before, also where it is decided. False at the first."""
        if not self.past:
            return False
        self.at = self.past.pop()
        return True

    def undo(self) -> bool:
        """Take the last answer back, False where there is none. Raises ``DecisionError`` as ``answer``."""
        if not self.answers:
            return False
        last = self.answers.pop()
        for _ in range(last.steps):
            self.desk.undo()
        self.items.update((key_of(item), item) for item in last.before)
        self.decided -= len(last.before)
        self.at = last.at
        return True


class _Places:
    """Where the words that changes touch stand in the clean text."""

    def __init__(self, sheet: Sheet) -> None:
        self._clean = sheet.clean
        self._ways = Ways((edits for _, edits in journal.steps(sheet.log)), len(sheet.raw))

    def of(self, item: Item) -> tuple[int, int]:
        return words_at(self._clean, *self._ways.ahead(Span(*item.raw)))


def key_of(item: Item) -> Key:
    """What a change is found by."""
    return item.file, item.id


def _by_file(found: Iterable[Item]) -> dict[str, list[Item]]:
    files: dict[str, list[Item]] = {}
    for item in found:
        files.setdefault(item.file, []).append(item)
    return files


def open_session(desk: Desk, query: Query, sort: str = SERIES) -> Session:
    """The changes of all texts on a desk that a query asks for; ``faults`` say which texts are left out, and why.

    Sorted by ``series`` those come first of which one answer settles most, sorted by ``place`` the text says the order.
    Raises ``DecisionError``.
    """
    found: list[Item] = []
    faults: list[DocumentError] = []
    for text in desk.texts:
        try:
            found += chosen(desk.sheet(text.name).items, query)
        except DocumentError as error:
            faults.append(error)
    groups = grouped(found)
    order = [item for group in groups for item in group.items] if sort == SERIES else found
    alike = {group.like: [key_of(item) for item in group.items] for group in groups}
    items = {key_of(item): item for item in found}
    return Session(desk, query, [*map(key_of, order)], items, alike, tuple(faults))
