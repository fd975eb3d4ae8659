"""The desk of a reviewer: the texts that are open, what is decided about them, and the way back.

Every decision is on the disk before the next question is asked. A file of decisions that somebody else changed
meanwhile is read again, never written over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cleaner import adopting, corpus, decisions, finding, finishing, journal, ledger, store
from cleaner.decisions import CORPUS, HERE, Decision
from cleaner.errors import DecisionError, DocumentError, LogError, UsageError
from cleaner.ledger import Ledger, Page
from cleaner.review.items import Item, items
from cleaner.settings import Config


class Text(NamedTuple):
    """A text that can be reviewed: its name in the clean folder, where it is, and the name of its decisions."""

    name: str
    clean: Path
    ledger: str
    task: corpus.Task | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text as it lies on the desk: the raw and the clean text, the log, and every change with what was decided.

    ``decided`` holds also the decisions that fit the raw text no more.
    """

    text: Text
    raw: str
    clean: str
    log: journal.Log
    items: tuple[Item, ...]
    decided: ledger.Decided

    @property
    def sha256(self) -> str:
        """The hash of the raw file."""
        found: str = self.log.header["sha256"]
        return found

    def item(self, id_: str) -> Item:
        """A change by its id. Raises ``UsageError``."""
        for item in self.items:
            if item.id == id_:
                return item
        raise UsageError(
            f"{self.text.name} has no change {id_!r}", "ids stand in the log: cleaner diff, or x.changes.jsonl"
        )


class Undo(NamedTuple):
    """What one step of a reviewer did: the page as it was, and as it was left."""

    before: Page
    after: Page


@dataclass(slots=True)
class Desk:
    """Texts under review. Nothing is read before it is looked at."""

    config: Config
    out: Path
    texts: tuple[Text, ...]
    plan: corpus.Plan
    who: str = ""
    history: list[Undo] = field(default_factory=list)
    _sheets: dict[str, Sheet] = field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        """The decisions, as they lie on the disk."""
        return self.plan.ledger

    def text(self, name: str) -> Text:
        """A text by its name. Raises ``UsageError``."""
        for text in self.texts:
            if text.name == name:
                return text
        raise UsageError(f"there is no text {name!r} here", "give one of those that are listed")

    def sheet(self, name: str) -> Sheet:
        """A text with its changes, read from the disk when it is asked for first, or after ``turn``.

        Raises ``DocumentError``, ``LogError`` and ``DecisionError``, which say what is in the way.
        """
        if name not in self._sheets:
            self._sheets[name] = self._read(self.text(name))
        return self._sheets[name]

    def turn(self, name: str | None = None) -> None:
        """Forget what was read of a text, or of all."""
        if name is None:
            self._sheets.clear()
        else:
            self._sheets.pop(name, None)

    def _read(self, text: Text) -> Sheet:
        state = store.look(store.Pair(text.clean))
        if state.clean is None or state.log is None:
            raise DocumentError(f"{finding.show(text.clean)} is not cleaned yet", "clean it first: cleaner clean")
        log = journal.read(state.log)
        if not state.whole:
            hint = f"make the edits decisions first: cleaner adopt {finding.show(text.clean)}"
            raise LogError(f"{finding.show(text.clean)} was edited since it was cleaned", hint)
        raw, data = journal.undone(state.clean, log)
        decided = self.ledger.of(text.ledger, data)
        found = items(text.name, raw, log, decided.all)
        return Sheet(text, raw, state.clean.decode("utf-8"), log, tuple(found), decided)

    def decide(
        self, name: str, ids: Iterable[str], verdict: str, *, after: str | None = None, scope: str = HERE
    ) -> list[Decision]:
        """Decide about changes of a text; ``after`` is what a person writes instead. Raises ``DecisionError``."""
        sheet = self.sheet(name)
        found = [sheet.item(id_).decision(verdict, sheet.raw, after=after, scope=scope, who=self.who) for id_ in ids]
        self.note(name, found)
        return found

    def mend(self, name: str, start: int, end: int, new: str) -> list[Decision]:
        """Put ``new`` in the place of ``clean[start:end]``, whether or not a stage noticed anything there."""
        sheet = self.sheet(name)
        if not 0 <= start <= end <= len(sheet.clean):
            raise UsageError(f"{start}-{end} is no span of {name}", f"it has {len(sheet.clean):,} characters")
        return self.adopt(name, sheet.clean[:start] + new + sheet.clean[end:])

    def adopt(self, name: str, edited: str) -> list[Decision]:
        """Decide that a text shall read as it was edited."""
        sheet = self.sheet(name)
        found = adopting.adopted(sheet.raw, sheet.clean, edited, journal.steps(sheet.log), who=self.who)
        self.note(name, found, beside=True)
        return found

    def say(self, name: str, verdict: str, start: int, end: int, folio: str = "") -> Decision:
        """Say of the lines that ``raw[start:end]`` touches what they are: one of ``decisions.SAYS``."""
        sheet = self.sheet(name)
        start = sheet.raw.rfind("\n", 0, start) + 1
        stop = sheet.raw.find("\n", max(start, end - 1))
        stop = len(sheet.raw) if stop < 0 else stop
        text, sides = sheet.raw[start:stop], decisions.context(sheet.raw, start, stop)
        said = Decision(verdict, text, folio, (start, stop), context=sides, who=self.who)
        self.note(name, [said])
        return said

    def note(self, name: str, new: Sequence[Decision], *, beside: bool = False) -> None:
        """Write decisions down; ``beside`` as for ``ledger.noted``. Raises ``DecisionError`` where somebody else wrote into the file meanwhile."""
        sheet = self.sheet(name)
        here = [one for one in new if one.scope != CORPUS]
        if here:
            page = sheet.decided.page
            if page.name != sheet.text.ledger:  # the raw file has another name by now
                page = self.ledger.page(sheet.text.ledger)._replace(decisions=page.decisions)
            self._write(ledger.noted(self._current(page, sheet), here, sheet.sha256, beside=beside), page)
        if everywhere := [one for one in new if one.scope == CORPUS]:
            page = ledger.corpus_page(self.ledger)
            self._write(ledger.noted(page, everywhere, ""), page)
        self._reload(name if here and not everywhere else None)

    def _current(self, page: Page, sheet: Sheet) -> Page:
        """A page whose decisions have their places in the raw text as it is now; those that fit no more stay."""
        if page.sha256 in ("", sheet.sha256):
            return page
        return page._replace(decisions=(*sheet.decided.decisions, *sheet.decided.stale))

    def _write(self, page: Page, before: Page) -> None:
        try:
            after = self.ledger.write(page)
        except DecisionError:
            self._reload(None)
            raise
        if after.data != before.data:
            self.history.append(Undo(before, after))

    def undo(self) -> str:
        """Take the last step back; the name of the file of decisions, empty where there is nothing to take back."""
        if not self.history:
            return ""
        before, after = self.history[-1]
        self.ledger.write(before._replace(data=after.data))
        self.history.pop()
        self._reload(None)
        return before.name

    def _reload(self, name: str | None) -> None:
        self.plan = self.plan.with_ledger(ledger.load(self.config.decisions, self.config.raw))
        self.turn(name)

    def clean(self, name: str) -> corpus.Outcome:
        """Clean a text again, as ``make clean`` would, so that it shows what was decided."""
        task = self.text(name).task
        if task is None:
            raise UsageError(f"the raw file of {name} is not there", "put it back, then clean it again")
        with store.locked(self.out):
            outcome = self.plan.work()(task)
            finishing.finish(self.plan, [outcome], mode="write")
        self.turn(name)
        return outcome


def open_desk(paths: Sequence[Path], config: Config, out: Path, *, who: str = "") -> Desk:
    """The desk for raw or clean files, or folders of either; without paths for all of the raw folder.

    Raises ``UsageError`` for a path that is not there, or under which nothing can be reviewed.
    """
    inside = [path for path in paths if _lies_in(path, out)]
    raw = [path for path in paths if not _lies_in(path, out)]
    found = finding.find(
        [*raw, *([config.raw] if inside or not paths else [])], None, config.raw_of(out), config.is_book
    )
    plan = corpus.plan(found, out, config, {})
    texts = [Text(task.name, task.clean, task.ledger, task) for task in sorted(plan.tasks, key=lambda task: task.name)]
    if inside and not raw:
        texts = [text for text in texts if any(_lies_in(text.clean, path) for path in inside)]
    there = [text for text in texts if os.path.lexists(store.Pair(text.clean).log)]
    if not there:
        named = ", ".join(map(finding.show, paths)) or finding.show(config.raw)
        raise UsageError(f"{named}: nothing is cleaned there yet", "clean it first: cleaner clean, or make clean")
    return Desk(config, out, tuple(there), plan, who)


def _lies_in(path: Path, folder: Path) -> bool:
    whole, top = Path(os.path.abspath(path)), Path(os.path.abspath(folder))
    return whole.is_relative_to(top)
