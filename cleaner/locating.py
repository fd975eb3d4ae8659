"""Where the pages of a book stand in its clean text, from a path: a clean text with its log, or a raw file.

Reads only. A raw file stands for its clean text in the clean folder of the settings; where there is none of this very
file, it is cleaned in memory. In a clean text that a person edited the pages are found by the words around them.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import books, corpus, finding, journal, sources, store, wordiff
from cleaner.errors import DocumentError, LogError, UsageError
from cleaner.names import visible
from cleaner.pagetable import Page
from cleaner.settings import ARCHIVE, Config
from cleaner.sources import Raw
from cleaner.text import Lines

LONGEST = 60  # characters of the first words of a page


class Opened(NamedTuple):
    """A clean text: where it stands (or would), its log, and, if ``edited``, that it is not the one of the log."""

    path: Path
    data: bytes
    log: journal.Log
    raw: Raw | None
    edited: bool = False
    written: bool = True


def open_text(path: Path, config: Config, given: Mapping[str, Any], *, anew: bool = False) -> Opened:
    """The clean text that a path stands for; ``anew`` cleans a raw text whatever the clean folder holds.

    Raises ``UsageError`` for what is no text, ``DocumentError`` and ``LogError`` for what cannot be read.
    """
    book = config.is_book(path)
    found = finding.find([path], None, config.raw, config.is_book)
    if path.is_dir() and not book:
        raise UsageError(f"{finding.show(path)} is a folder", "give one file, such as texts/book.txt")
    beside = None if book else store.look(store.Pair(path))
    if beside is not None and beside.log is not None:
        return _opened(path, beside, config)
    plan = corpus.plan(found, config.clean, config, given)
    for task in plan.tasks:
        raw = task.read()
        state = store.look(store.Pair(task.clean))
        if not anew and state.ends is not None and state.ends[0].get("sha256") == sources.digest(raw):
            return _opened(task.clean, state, config, raw)
        result = plan.cleaners[task.cleaner].clean(raw, name=task.clean.name)
        return Opened(task.clean, result.data, result.records, raw, written=False)
    fault = found.passed[-1]
    raise DocumentError(f"{finding.show(fault.path)}: {fault.reason}", fault.hint)


def _opened(path: Path, state: store.State, config: Config, raw: Raw | None = None) -> Opened:
    log = journal.read(state.log or b"")
    if state.clean is None:
        raise UsageError(f"{finding.show(path)}: there is no such file", "clean its raw file again")
    if raw is None and not state.whole:
        with suppress(OSError, DocumentError):
            raw = _raw_of(path, log, config)
    return Opened(path, state.clean, log, raw, edited=not state.whole)


def _raw_of(clean: Path, log: journal.Log, config: Config) -> Raw | None:
    """What a clean text that lies in the clean folder of the settings was read from."""
    whole, base = Path(os.path.abspath(clean)), Path(os.path.abspath(config.clean))
    if not whole.is_relative_to(base):
        return None
    raw = config.raw / whole.relative_to(base)
    pages = [file.name for file in sources.files(log.header)]
    if not pages:
        return store.read_if_there(raw)
    folder = raw.with_suffix("")
    return books.read(folder if folder.is_dir() else raw.with_suffix(ARCHIVE), pages)


class Place(NamedTuple):
    """Where a page begins: line and column of the clean text (from 1), its place in the raw text, its first words."""

    line: int
    column: int
    raw: sources.Place
    words: str


class Places:
    """Places of pages in one text. Raises ``LogError`` where it was edited and its raw file is not at hand."""

    def __init__(self, opened: Opened) -> None:
        self._text = opened.data.decode("utf-8", "replace")
        raw, self._changes = _aligned(opened, self._text)
        self._lines, self._raw = Lines(self._text), sources.Places(raw, sources.files(opened.log.header))

    def of(self, page: Page) -> Place:
        """Where a page begins; a word that goes on from the page before is taken as a whole."""
        at = _moved(self._changes, page.clean)
        while 0 < at < len(self._text) and not self._text[at - 1].isspace():
            at -= 1
        line = max(1, bisect_right(self._lines.starts, at))
        start = self._lines.starts[line - 1] if self._lines.starts else 0
        rest = self._text[at:].split("\n", 1)[0] if at < len(self._text) else ""
        words = rest if len(rest) <= LONGEST else rest[:LONGEST].rsplit(None, 1)[0]
        return Place(line, at - start + 1, self._raw.find(page.raw, page.raw + 1), visible(words))


def _aligned(opened: Opened, text: str) -> tuple[str, list[wordiff.Change]]:
    """The raw text, and what a person changed in the clean one."""
    if not opened.edited:
        return journal.undone(opened.data, opened.log)[0], []
    if opened.raw is None or sources.digest(opened.raw) != opened.log.header["sha256"]:
        raise LogError(
            f"{finding.show(opened.path)} was edited since it was cleaned, and the raw file of its log is not at hand",
            "give the raw file instead, or put it into the raw folder of the settings",
        )
    raw = sources.read(opened.raw).text
    return raw, wordiff.between(wordiff.replaced(raw, wordiff.from_log(raw, opened.log)), text)


def _moved(changes: Sequence[wordiff.Change], at: int) -> int:
    """Where a place went.

    >>> [_moved([wordiff.Change(2, 4, "xyz")], at) for at in (1, 3, 4)]
    [1, 2, 5]
    """
    shift = 0
    for start, end, after in changes:
        if start > at:
            break
        if at < end:
            return start + shift
        shift += len(after) - (end - start)
    return at + shift


def line(page: Page, place: Place) -> str:
    """A place for people and for editors, to stand behind the path.

    >>> line(Page(3, "", "213", "", 0, 0), Place(7, 12, sources.Place("", 90, 1), "the men upon the quay"))
    '7:12: p. 213 (not read), raw line 90: the men upon the quay'
    """
    read = "" if page.read == page.folio or not page.folio else f" (read {page.read})" if page.read else " (not read)"
    raw = f"{visible(place.raw.file)} line" if place.raw.file else "raw line"
    return f"{place.line}:{place.column}: p. {page.name}{visible(read)}, {raw} {place.raw.line}: {place.words}".rstrip()
