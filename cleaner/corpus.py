"""A batch of files: leave alone what is up to date or edited by hand, clean the rest, say what became of each.

Up to date is decided by content, never by the clock: the hash of the raw file and the key of the settings stand in the
log, and the clean text has the hash that the log names. A clean text that the log does not speak of is a person's work:
it is never written over, unless cleaning would give the very same bytes, or the caller insists, and then a copy stays.

Nothing here prints or asks, and nothing here decides how many documents are worked on at once (see ``engines``).
"""

from __future__ import annotations

import json
import os
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cleaner import binary, books, decisions, index, journal, ledger, sources, store
from cleaner.api import Cleaner, Result, read_rules, uncollected
from cleaner.errors import CleanerError, DocumentError
from cleaner.finding import Found, Place
from cleaner.ledger import Decided, Ledger
from cleaner.records import Record
from cleaner.rulebook import NOWHERE, Rulebook, Where
from cleaner.settings import ARCHIVE, Config
from cleaner.sources import Raw
from cleaner.stages import DECISIONS, STEPS

Mode = Literal["write", "dry", "check"]  # dry cleans and writes nothing, check only looks
What = Literal["cleaned", "current", "stale", "edited", "frozen", "failed", "skipped"]


class Task(NamedTuple):
    """One document: where it is, where it goes, which of the cleaners it needs, and its row of the last index.

    A book is a folder or an archive as a whole; ``pages`` are its files.
    """

    name: str
    raw: Path
    clean: Path
    size: int
    cleaner: int
    row: index.Row | None
    pages: tuple[str, ...] | None = None
    ledger: str = ""  # its name among the decisions

    def read(self) -> Raw:
        """The raw bytes. Raises ``OSError`` and ``DocumentError``."""
        return books.read_text(self.raw, self.pages)


class Difference(NamedTuple):
    """How the changes of a run differ from those of the last; ``same_raw`` is false where the raw file differs."""

    new: int
    gone: int
    changed: int
    same_raw: bool = True


class Renamed(NamedTuple):
    """A raw file that was renamed, as the hash of its text tells: its decisions stand under ``old`` and are for ``new``."""

    old: str
    new: str
    sha256: str
    raw: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: small, so that a batch of any size fits into memory."""

    path: Path
    what: What
    size: int = 0
    reason: str = ""
    hint: str = ""
    trace: str = ""
    row: index.Row | None = None
    held: Mapping[str, int] = field(default_factory=dict)
    difference: Difference | None = None
    language: journal.Language | None = None
    passages: tuple[journal.Passage, ...] = ()
    poor: tuple[journal.Quality, ...] = ()  # its pages that are poorly read
    kept: Path | None = None
    unfit: int = 0  # decisions about it that fit its raw text no more, or not just once
    conflicts: int = 0  # decisions about it of which another one says the opposite
    renamed: Renamed | None = None


class Prepared(NamedTuple):
    """How one text is cleaned: by whom, and what people decided about it."""

    cleaner: Cleaner
    decided: Decided

    @property
    def key(self) -> str:
        """What its log has to say to be up to date."""
        return self.cleaner.key_with(self.decided.all)

    def clean(self, raw: Raw, name: str) -> Result[Raw]:
        """Clean it. Raises ``DocumentError``."""
        return self.cleaner.clean(raw, name=name, decided=self.decided.all)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: made without writing anything."""

    out: Path
    tasks: tuple[Task, ...]
    cleaners: tuple[Cleaner, ...]
    found: Found
    ledger: Ledger

    def prepare(self, task: Task, raw: Raw) -> Prepared:
        """How one of the tasks is cleaned. Raises ``DecisionError``."""
        return Prepared(self.cleaners[task.cleaner], self.ledger.of(task.ledger, raw))

    def with_ledger(self, found: Ledger) -> Plan:
        """The same with other decisions."""
        return replace(self, ledger=found)

    def work(self, mode: Mode = "write", *, force: bool = False) -> Work:
        """What does the tasks; can be sent to another process."""
        return Work(self.cleaners, self.ledger, mode, force)


def plan(found: Found, out: Path, config: Config, given: Mapping[str, Any], book: Rulebook | None = None) -> Plan:
    """Settings and the last index row for each file found; the largest first, so that no process waits at the end.

    ``given`` are the settings of the command line, ``book`` other rules than the shipped ones and those of the settings.
    Raises ``UsageError`` for what no cleaner can do.
    """
    cleaners: dict[tuple[str, str], tuple[int, Cleaner]] = {}
    book = read_rules(*config.rules) if book is None else book

    def cleaner_for(path: Path, where: Where) -> int:
        settings = config.settings_for(path, given)
        key = json.dumps(settings.as_dict()), book.applying(where, settings.century).digest
        if key not in cleaners:
            cleaners[key] = len(cleaners), Cleaner(settings, rules=book, where=where)
        return cleaners[key][0]

    cleaner_for(Path(), NOWHERE)  # what was given is checked even where there is nothing to clean
    rows = read_index(out)
    tasks = []
    for p in found.places:
        path = within(p.raw, config)
        cleaner = cleaner_for(path, where_of(p, path, config.raw))
        name = ledger.name_of(p.raw, config.raw)
        tasks.append(Task(p.name, p.raw, out / p.name, p.size, cleaner, rows.get(p.name), p.pages, name))
    tasks.sort(key=lambda task: (-task.size, task.name))
    decided = ledger.load(config.decisions, config.raw)
    return Plan(out, tuple(tasks), tuple(cleaner for _, cleaner in cleaners.values()), found, decided)


def read_index(out: Path) -> dict[str, index.Row]:
    """The rows of the index of a folder; none where it cannot be read."""
    try:
        return index.read(store.read_if_there(out / index.FILE) or b"")
    except (OSError, DocumentError):
        return {}


def where_of(place: Place, path: Path, raw: Path) -> Where:
    """A text as rules see it: its ``path`` in the settings, its corpus and its name there.

    The corpus is the first folder below ``raw``, the raw folder; elsewhere the folder that was given, or the one that
    the file lies in.

    >>> where_of(Place(Path("/c/raw/gazette/1850/may.txt"), "may.txt", 1), Path("raw/gazette/1850/may.txt"), Path("/c/raw"))
    Where(path='raw/gazette/1850/may.txt', corpus='gazette', document='1850/may')
    >>> where_of(Place(Path("/scans/1850/may.txt"), "1850/may.txt", 1), Path("/scans/1850/may.txt"), Path("/c/raw"))
    Where(path='/scans/1850/may.txt', corpus='scans', document='1850/may')
    """
    whole, top = Path(os.path.abspath(place.raw)), Path(os.path.abspath(raw))
    inside = whole.is_relative_to(top)
    parts = whole.relative_to(top).parts if inside else whole.parts[-len(Path(place.name).parts) - 1 :]
    if len(parts) < 2:
        return Where(path.as_posix())
    document = Path(*parts[1:])
    named = document.suffix.lower() in (*books.SUFFIXES, ARCHIVE)
    return Where(path.as_posix(), parts[0], (document.with_suffix("") if named else document).as_posix())


def within(path: Path, config: Config) -> Path:
    """The path as the settings file sees it: relative to its folder, where it lies inside."""
    if config.file is None:
        return path
    whole = Path(os.path.abspath(path))
    base = config.file.parent
    return whole.relative_to(base) if whole.is_relative_to(base) else whole


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans one document after the other; can be sent to another process. Never raises for what a document does."""

    cleaners: tuple[Cleaner, ...]
    ledger: Ledger
    mode: Mode = "write"
    force: bool = False

    def __call__(self, task: Task) -> Outcome:
        """Clean one document, or find out why not."""
        try:
            with uncollected():
                return self._clean(task)
        except CleanerError as error:
            return failed(task, error)
        except OSError as error:
            return failed(task, store.explain(error, task.raw))
        except Exception as error:  # noqa: BLE001  (whatever goes wrong in one document stops only that one)
            what = DocumentError(f"{type(error).__name__}: {error}", "report the text; CLEANER_DEBUG=1 shows the place")
            return failed(task, what, traceback.format_exc())

    def _clean(self, task: Task) -> Outcome:
        raw = task.read()
        binary.refuse(raw)
        files = sources.contents(raw)
        size = sum(map(len, files))
        if binary.is_no_text(task.name, files):
            return Outcome(path=task.raw, what="skipped", size=size, reason="not a text file (mostly control codes)")
        pair = store.Pair(task.clean)
        if self.mode == "write":
            store.settle(pair)
        state = store.look(pair)
        header = state.ends[0] if state.ends else {}
        _not_anothers(pair, header)
        prepared = Prepared(self.cleaners[task.cleaner], self.ledger.of(task.ledger, raw))
        outcome = self._prepared(task, raw, size, state, prepared)
        if (known := prepared.decided.page.name) == task.ledger:
            return outcome
        return replace(outcome, renamed=Renamed(known, task.ledger, sources.digest(raw), task.raw))

    def _prepared(self, task: Task, raw: Raw, size: int, state: store.State, prepared: Prepared) -> Outcome:
        pair = store.Pair(task.clean)
        header = state.ends[0] if state.ends else {}
        same_raw = header.get("sha256") == sources.digest(raw)
        if prepared.decided.page.frozen and state.clean is not None:
            return _frozen(task, state, size, prepared, same_raw)
        would_repeat = same_raw and header.get("key") == prepared.key
        edited = state.clean is not None and not state.whole
        if settled(state, raw, prepared.key, task.row) and not self.force:
            return Outcome(path=task.raw, what="current", size=size, row=_row_of(task, state))
        damaged = state.log is not None and state.ends is None
        if self.mode == "check" and (damaged or not edited):
            return Outcome(path=task.raw, what="stale", size=size, reason=_why_stale(state, same_raw, prepared.key))
        if edited and not self.force and (would_repeat or self.mode == "check"):
            return _left(task, state, size, same_raw)
        result = prepared.clean(raw, task.clean.name)
        clean = result.data
        edited = edited and clean != state.clean
        if edited and not self.force:
            return _left(task, state, size, same_raw)
        kept = None
        if self.mode == "write":
            if edited and state.clean is not None:
                kept = store.keep_copy(pair.clean, state.clean)
            store.commit(pair, clean, result.log, over=state.clean)
        return Outcome(
            path=task.raw,
            what="cleaned",
            size=size,
            row=index.row(task.name, result.log, result.records),
            held=journal.repairs(result.records)[1],
            difference=_difference(state.log, result.records.changes, same_raw),
            language=journal.language(result.records),
            passages=journal.passages(result.records),
            poor=tuple(page for page in journal.qualities(result.records) if page.is_poor),
            kept=kept,
            unfit=len(prepared.decided.stale) + _unfit(result.records),
            conflicts=len(decisions.settle(prepared.decided.all).conflicts),
        )


def _unfit(log: journal.Log) -> int:
    return sum(change["stage"] == DECISIONS and change["status"] != "applied" for change in log.changes)


def _frozen(task: Task, state: store.State, size: int, prepared: Prepared, same_raw: bool) -> Outcome:
    """A text that a person declared finished: nothing touches it, whatever became of its raw text."""
    assert state.clean is not None
    other = sources.digest(state.clean) != prepared.decided.page.frozen
    said = ["it is not the text that was frozen"] if other else []
    said += [] if same_raw else ["its raw text has changed"]
    row = _row_of(task, state) if state.whole else task.row
    return Outcome(path=task.clean, what="frozen", size=size, reason="; ".join(said), row=row)


def settled(state: store.State, raw: Raw, key: str, row: index.Row | None = None) -> bool:
    """Whether cleaning would give just what stands there: same raw bytes, same key, and nobody touched text or log.

    That the log is as it was written is known from its hash in the index, or, where no row speaks of the text, proven by
    restoring with it.
    """
    if not state.whole or state.ends is None or state.clean is None or state.log is None:
        return False
    header = state.ends[0]
    if (header.get("sha256"), header.get("key")) != (sources.digest(raw), key):
        return False
    if row is not None:
        return index.holds(row, state.log)
    try:
        log = journal.read(state.log)
        return journal.restored(state.clean, log) == raw and _can_be_counted(log)
    except CleanerError:
        return False


def _can_be_counted(log: journal.Log) -> bool:
    """Whether a log holds what a row of the index is made of: restoring does not need that, so it may be damaged."""
    named = [change.get("stage") for change in log.changes] + [mark.get("mark") for mark in log.marks]
    named += [mark.get("code") for mark in log.marks if mark.get("mark") == "language"]
    try:
        journal.overall(log)
    except (KeyError, TypeError, ValueError):
        return False
    return all(isinstance(name, str) for name in named)


def failed(task: Task, error: CleanerError, trace: str = "") -> Outcome:
    """The outcome of a document that could not be cleaned."""
    return Outcome(
        path=task.raw, what="failed", size=task.size, reason=error.message, hint=error.hint, trace=trace, row=None
    )


def lost(task: Task) -> Outcome:
    """The outcome of a document whose process died."""
    hint = "it may have run out of memory: use fewer --jobs, or split the file"
    return failed(task, DocumentError("the process that cleaned it was killed", hint))


def _not_anothers(pair: store.Pair, header: Mapping[str, Any]) -> None:
    """X and x.txt would have one log: whoever comes second is told."""
    source = header.get("source", pair.clean.name)
    if source != pair.clean.name and os.path.lexists(pair.clean.with_name(source)):
        raise DocumentError(f"its log would stand in the place of that of {source}", "rename one of the two raw files")


def _why_stale(state: store.State, same_raw: bool, key: str) -> str:
    if state.clean is None:
        return "not cleaned yet"
    if state.ends is None:
        return "its change log is damaged"
    if same_raw and state.ends is not None and state.ends[0].get("key") == key:
        return "its change log was changed"
    return "rules, decisions, settings or version changed" if same_raw else "the raw text changed"


def _left(task: Task, state: store.State, size: int, same_raw: bool) -> Outcome:
    if state.log is None:
        reason = "a text without a change log stands in its place"
    elif state.ends is None:
        reason = "its change log is damaged, so nobody can tell whether the text was edited"
    else:
        reason = "edited by hand since it was cleaned"
        if not same_raw:
            reason += "; its raw text has changed too"
    hint = "make the edits decisions with 'cleaner adopt', or run again with --force, which keeps a copy (x.txt.edited)"
    return Outcome(path=task.clean, what="edited", size=size, reason=reason, hint=hint, row=task.row)


def _row_of(task: Task, state: store.State) -> index.Row:
    """The row of a document that is up to date: the one that stands in the index if it is of this very log."""
    assert state.log is not None
    if task.row is not None and index.holds(task.row, state.log):
        return task.row
    return index.row(task.name, state.log, journal.read(state.log))


def _difference(old: bytes | None, changes: Iterable[Record], same_raw: bool) -> Difference | None:
    if old is None:
        return None
    try:
        return compare(journal.read(old).changes, changes)._replace(same_raw=same_raw)
    except (CleanerError, KeyError):
        return None


def compare(old: Iterable[Record], new: Iterable[Record]) -> Difference:
    """What is new, gone, or has another result or status: changes are matched by their id.

    >>> compare([{"id": "a", "after": "x", "status": "held"}], [{"id": "a", "after": "x", "status": "applied"}])
    Difference(new=0, gone=0, changed=1, same_raw=True)
    """
    before = {change["id"]: (change["after"], change["status"]) for change in old}
    after = {change["id"]: (change["after"], change["status"]) for change in new}
    changed = sum(before[place] != after[place] for place in before.keys() & after.keys())
    return Difference(len(after.keys() - before.keys()), len(before.keys() - after.keys()), changed)


def totals(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Changes (applied, held) by stage of what was cleaned, in the order of the stages."""
    applied: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.what == "cleaned" and outcome.row is not None:
            applied.update(outcome.row.stages)
            held.update(outcome.held)
    return {step: (applied[step], held[step]) for step in STEPS}
