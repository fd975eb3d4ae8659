"""The desk of a reviewer: the texts that are open, what is decided about them, and the way back.

Every decision is on the disk before the next question is asked. A file of decisions that somebody else changed
meanwhile is read again, never written over.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from cleaner import adopting, corpus, decisions, decoding, finishing, journal, ledger, sources, store
from cleaner.decisions import CORPUS, HERE, Decision
from cleaner.edits import apply
from cleaner.errors import CleanerError, DecisionError, DocumentError, LogError, UsageError
from cleaner.finding import show
from cleaner.ledger import Ledger, Page
from cleaner.review import texts
from cleaner.review.items import Item, items, judged
from cleaner.review.texts import Text
from cleaner.settings import Config
from cleaner.text import Lines

# Texts that are held in memory with their logs: a corpus of any size can be reviewed.
OPEN = 16
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


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
    state: store.State

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


class Adopted(NamedTuple):
    """What became of an edited file: the decisions that were made of its edits, and what cleaning made of it then.

    ``outcome`` is None where nobody had edited it. It is ``edited`` where cleaning still gives another text, since rules
    or the version changed: then the edited text stays.
    """

    decisions: tuple[Decision, ...] = ()
    outcome: corpus.Outcome | None = None


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
    _dated: set[str] = field(default_factory=set)  # whose decisions are to be read again

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
        elif name in self._dated:
            self._sheets[name] = self._decided(self._sheets[name])
        self._dated.discard(name)
        while len(self._sheets) > OPEN:
            del self._sheets[next(iter(self._sheets))]
        return self._sheets[name]

    def turn(self, name: str | None = None) -> None:
        """Forget what was read of a text, or of all."""
        if name is None:
            self._sheets.clear()
        else:
            self._sheets.pop(name, None)

    def look_again(self, name: str) -> Sheet:
        """A text as it lies on the disk now: who cleaned it, edited it, or decided about it meanwhile is heard.

        Raises as ``sheet`` does.
        """
        sheet = self._sheets.get(name)
        if sheet is None or sheet.state != store.look(store.Pair(sheet.text.clean)):
            self.turn(name)
        self._reload(name)
        return self.sheet(name)

    def _read(self, text: Text, *, edited: bool = False) -> Sheet:
        """``edited``: as its log left it, whatever became of the clean file since."""
        state = store.look(store.Pair(text.clean))
        if state.clean is None or state.log is None:
            raise DocumentError(f"{show(text.clean)} is not cleaned yet", "clean it first: cleaner clean")
        with texts.named(text):
            log = journal.read(state.log)
            whole = journal.undone(state.clean, log) if state.whole else None
        if whole is not None:
            (raw, data), clean = whole, state.clean.decode("utf-8")
        elif edited:
            data = _raw_of(text, log)
            raw = clean = sources.read(data).text
            for _, step in journal.steps(log):
                clean = apply(clean, step)
            if sources.digest(decoding.encode(clean, decoding.TEXT)) != log.end.get("sha256"):
                raise LogError(f"the change log of {show(text.clean)} was changed", journal.CUT_OFF)
        else:
            hint = f"make the edits decisions first: cleaner adopt {show(text.clean)}"
            raise LogError(f"{show(text.clean)} was edited since it was cleaned", hint)
        decided = self.ledger.of(text.ledger, data)
        found = items(text.name, raw, log, decided.all)
        return Sheet(text, raw, clean, log, tuple(found), decided, state)

    def _decided(self, sheet: Sheet) -> Sheet:
        """A text with what is decided about it now: the changes are the same."""
        decided = self.ledger.about(sheet.text.ledger, sheet.sha256, lambda: sheet.raw)
        return replace(sheet, decided=decided, items=judged(sheet.items, decided.all))

    def decide(
        self, name: str, ids: Iterable[str], verdict: str, *, after: str | None = None, scope: str = HERE
    ) -> list[Decision]:
        """Decide about changes of a text; ``after`` is what a person writes instead. Raises ``DecisionError``."""
        sheet = self.sheet(name)
        after = None if after is None else one_kind_of_line_end(after)
        by_id = {item.id: item for item in sheet.items}
        chosen = [by_id.get(id_) or sheet.item(id_) for id_ in ids]
        found = [item.decision(verdict, sheet.raw, after=after, scope=scope, who=self.who) for item in chosen]
        self.note(name, found)
        return found

    def withdraw(self, name: str, ids: Iterable[str]) -> int:
        """Take back what is decided of changes of a text, in the scope that it is seen in; how many decisions went."""
        sheet = self.sheet(name)
        by_id = {item.id: item for item in sheet.items}
        chosen = [by_id.get(id_) or sheet.item(id_) for id_ in ids]
        return self.drop(name, [one for one in sheet.decided.all if any(item.is_of(one) for item in chosen)])

    def drop(self, name: str, gone: Sequence[Decision]) -> int:
        """Take decisions about a text, or those for the corpus, back; how many there were."""
        sheet = self.sheet(name)
        if any(one.scope != CORPUS for one in gone):
            page = self._page(sheet)
            self._write(ledger.without(page, gone)._replace(sha256=sheet.sha256), page)
        if any(one.scope == CORPUS for one in gone):
            page = ledger.corpus_page(self.ledger)
            self._write(ledger.without(page, gone), page)
        self._reload(None)
        return len(gone)

    def mend(self, name: str, start: int, end: int, new: str) -> list[Decision]:
        """Put ``new`` in the place of ``clean[start:end]``, whether or not a stage noticed anything there."""
        sheet = self.sheet(name)
        if not 0 <= start <= end <= len(sheet.clean):
            raise UsageError(f"{start}-{end} is no span of {name}", f"it has {len(sheet.clean):,} characters")
        return self.adopt(name, sheet.clean[:start] + one_kind_of_line_end(new) + sheet.clean[end:])

    def adopt(self, name: str, edited: str) -> list[Decision]:
        """Decide that a text shall read as it was edited."""
        sheet = self.sheet(name)
        found = adopting.adopted(sheet.raw, sheet.clean, edited, journal.steps(sheet.log), who=self.who)
        self.note(name, found, beside=True)
        return found

    def adopt_file(self, name: str) -> Adopted:
        """Make decisions of what a person changed in the clean file with an editor, and clean it again.

        The edited file stays until cleaning gives the very same text. Line ends of another system, or a byte order mark,
        that an editor put everywhere are no edit. Raises ``LogError``, ``DecisionError`` and ``DocumentError``, which say
        what is in the way.
        """
        text = self.text(name)
        state = store.look(store.Pair(text.clean))
        if state.whole or state.clean is None:
            return Adopted()
        sheet = self._read(text, edited=True)
        if sheet.decided.page.frozen:
            raise UsageError(f"{show(text.clean)} is frozen", f"thaw it first: cleaner thaw {show(text.clean)}")
        edited = as_text(state.clean, sheet.clean, text.clean)
        self._sheets[name] = sheet
        found = self.adopt(name, edited)
        data = edited.encode()
        if data != state.clean:
            if store.read_if_there(text.clean) != state.clean:
                raise DocumentError(f"{show(text.clean)} was edited meanwhile", "run again")
            store.replace_file(text.clean, data)
        plan, task = self._as_cleaned(text, sheet.log)
        return Adopted(tuple(found), self._clean(plan, task))

    def _as_cleaned(self, text: Text, log: journal.Log) -> tuple[corpus.Plan, corpus.Task]:
        """What cleans a text with the settings of its log, whatever the settings are by now."""
        task = _task(text)
        now, then = self.plan.cleaners[task.cleaner].settings.as_dict(), log.header["settings"]
        given = {key: then[key] for key in now if key != "lexicons" and then.get(key, now[key]) != now[key]}
        if not given:
            return self.plan, task
        given = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
        places = tuple(place for place in self.plan.found.places if place.name == task.name)
        plan = corpus.plan(self.plan.found._replace(places=places), self.out, self.config, given)
        return plan, plan.tasks[0]

    def say(self, name: str, verdict: str, start: int, end: int, folio: str = "") -> Decision:
        """Say of the lines that ``raw[start:end]`` touches what they are: one of ``decisions.SAYS``.

        A form feed begins a line too, and blanks at the ends of the span touch none.
        """
        sheet = self.sheet(name)
        if verdict not in decisions.SAYS:
            raise UsageError(f"nobody can say {verdict!r} of lines", f"one of {', '.join(decisions.SAYS)}")
        if not 0 <= start <= end <= len(sheet.raw) or not sheet.raw:
            raise UsageError(f"{start}-{end} is no span of {name}", f"its raw text has {len(sheet.raw):,} characters")
        inner = sheet.raw[start:end]
        if inner.strip():
            start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
        lines = Lines(sheet.raw, pages=True)
        first = bisect_right(lines.starts, start) - 1
        start, end = lines.starts[first], lines.ends[bisect_right(lines.starts, max(start, end - 1)) - 1]
        text, sides = sheet.raw[start:end], decisions.context(sheet.raw, start, end)
        said = Decision(verdict, text, folio, (start, end), context=sides, who=self.who)
        self.note(name, [said])
        return said

    def freeze(self, name: str) -> bool:
        """Declare a text finished: no run touches it any more. False where it is so already.

        Raises ``LogError`` for a text that was edited since it was cleaned.
        """
        sheet = self.sheet(name)
        frozen = sources.digest(sheet.clean.encode())
        page = self._page(sheet)
        if page.frozen == frozen:
            return False
        self._write(page._replace(frozen=frozen, sha256=sheet.sha256), page)
        self._reload(name)
        return True

    def thaw(self, name: str) -> bool:
        """Take that back, also of a text that was edited since. False where it was not frozen."""
        text = self.text(name)
        page = (
            self.ledger.page(text.ledger) if text.task is None else self.ledger.of(text.ledger, text.task.read()).page
        )
        if not page.frozen:
            return False
        self._write(page._replace(frozen=""), page)
        self._reload(name)
        return True

    def note(self, name: str, new: Sequence[Decision], *, beside: bool = False) -> None:
        """Write decisions down; ``beside`` as for ``ledger.noted``.

        Raises ``DecisionError`` where somebody else wrote into the file meanwhile.
        """
        sheet = self.sheet(name)
        here = [one for one in new if one.scope != CORPUS]
        if here:
            page = self._page(sheet)
            self._write(ledger.noted(page, here, sheet.sha256, beside=beside, stale=sheet.decided.stale), page)
        if everywhere := [one for one in new if one.scope == CORPUS]:
            page = ledger.corpus_page(self.ledger)
            self._write(ledger.noted(page, everywhere, ""), page)
        self._reload(name if here and not everywhere else None)

    def _page(self, sheet: Sheet) -> Page:
        """The file of decisions about a text, as it is to be written."""
        return self.ledger.bring(sheet.decided, sheet.text.ledger, sheet.sha256)

    def _write(self, page: Page, before: Page) -> None:
        try:
            after = self.ledger.write(page)
        except DecisionError:
            self._reload(None)
            raise
        if after.data != before.data:
            self.history.append(Undo(before, after))

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is decided inside is decided as a whole: where one thing goes wrong, all of it is taken back."""
        steps = len(self.history)
        try:
            yield
        except CleanerError:
            while len(self.history) > steps:
                self.undo()
            raise

    def undo(self) -> str:
        """Take the last step back; the name of the file of decisions, empty where there is nothing to take back."""
        if not self.history:
            return ""
        before, after = self.history.pop()
        try:
            self.ledger.write(before._replace(data=after.data))
        finally:
            self._reload(None)
        return before.name

    def _reload(self, name: str | None) -> None:
        """Read the decisions about a text, or about all, again when they are asked for next."""
        self._dated.update(self._sheets if name is None else [name])
        self.plan = self.plan.with_ledger(ledger.load(self.config.decisions, self.config.raw))

    def clean(self, name: str) -> corpus.Outcome:
        """Clean a text again, as ``make clean`` would, so that it shows what was decided."""
        return self._clean(self.plan, _task(self.text(name)))

    def _clean(self, plan: corpus.Plan, task: corpus.Task) -> corpus.Outcome:
        with store.locked(self.out):
            outcome = plan.work()(task)
            finishing.finish(plan, [outcome], mode="write")
        self.turn(task.name)
        return outcome


def _task(text: Text) -> corpus.Task:
    if text.task is None:
        raise UsageError(f"the raw file of {text.name} is not there", "put it back, then run again")
    return text.task


def _raw_of(text: Text, log: journal.Log) -> sources.Raw:
    """The raw bytes that a log was made for, from the raw file."""
    raw = _task(text).read()
    if sources.digest(raw) != log.header["sha256"]:
        raise LogError(
            f"{show(text.clean)} was edited, and its raw file has changed since it was cleaned",
            "put the raw file back as it was, adopt the edits, then bring the new one",
        )
    return raw


def as_text(data: bytes, before: str, path: Path) -> str:
    """A clean text as a person left it, without what an editor does to a whole file. Raises ``DocumentError``.

    >>> as_text("\\ufeffone\\r\\ntwo\\r\\n".encode(), "one\\n", Path("a.txt"))
    'one\\ntwo\\n'
    >>> as_text(b"one\\r\\ntwo\\n", "one\\n", Path("a.txt"))
    'one\\r\\ntwo\\n'
    """
    text, _ = decoding.decode(data)
    if not decoding.is_valid(text):
        raise DocumentError(f"{show(path)} is no UTF-8 any more", "save it as UTF-8 in the editor, then adopt it")
    if not before.startswith(BOM):
        text = text.removeprefix(BOM)
    if "\r" not in before and text.count("\r\n") == text.count("\n") == text.count("\r"):
        text = text.replace("\r\n", "\n")
    return text


def one_kind_of_line_end(written: str) -> str:
    """What a person wrote, with the line ends of a clean text: forms in browsers send others.

    >>> one_kind_of_line_end("To be,\\r\\nor not")
    'To be,\\nor not'
    """
    return written.replace("\r\n", "\n").replace("\r", "\n")


def open_desk(paths: Sequence[Path], config: Config, out: Path, *, who: str = "") -> Desk:
    """The desk for raw or clean files, or folders of either; without paths for all of the raw folder.

    Raises ``UsageError`` for a path that is not there, or under which nothing can be reviewed.
    """
    found = texts.find(paths, config, out)
    there = tuple(text for text in found.texts if os.path.lexists(store.Pair(text.clean).log))
    if not there:
        named = ", ".join(map(show, paths)) or show(config.raw)
        raise UsageError(f"{named}: nothing is cleaned there yet", "clean it first: cleaner clean, or make clean")
    return Desk(config, out, there, found.plan, who)
