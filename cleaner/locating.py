"""Where the pages of a book stand in its clean text, from a path: a clean text with its log, or a raw file.

Reads only. A raw file stands for its clean text in the clean folder of the settings; where there is none of this very
file, it is cleaned in memory. In a clean text that a person edited the pages are found by the words around them.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import corpus, decoding, finding, journal, store, wordiff
from cleaner.errors import LogError, UsageError
from cleaner.names import visible
from cleaner.pagetable import Page
from cleaner.settings import Config
from cleaner.text import Lines

LONGEST = 60  # characters of the first words of a page


class Opened(NamedTuple):
    """A clean text: where it stands (or would), its log, and, if ``edited``, that it is not the one of the log."""

    path: Path
    data: bytes
    log: journal.Log
    raw: bytes | None
    edited: bool = False
    written: bool = True


def open_text(path: Path, config: Config, given: Mapping[str, Any], *, anew: bool = False) -> Opened:
    """The clean text that a path stands for; ``anew`` cleans a raw file whatever the clean folder holds.

    Raises ``UsageError`` for what is no file, ``LogError`` for a log that cannot be read.
    """
    found = finding.find([path], None, config.raw)
    if path.is_dir():
        raise UsageError(f"{finding.show(path)} is a folder", "give one file, such as texts/book.txt")
    beside = store.look(store.Pair(path))
    if beside.log is not None:
        return _opened(path, beside, _raw_of(path, config))
    plan = corpus.plan(found, config.clean, config, given)
    (task,) = plan.tasks
    data = store.read_steady(path)
    state = store.look(store.Pair(task.clean))
    if not anew and state.ends is not None and state.ends[0].get("sha256") == journal.digest(data):
        return _opened(task.clean, state, data)
    result = plan.cleaners[task.cleaner].clean(data, name=path.name)
    return Opened(task.clean, result.data, result.records, data, written=False)


def _opened(path: Path, state: store.State, raw: bytes | None) -> Opened:
    log = journal.read(state.log or b"")
    if state.clean is None:
        raise UsageError(f"{finding.show(path)}: there is no such file", "clean its raw file again")
    return Opened(path, state.clean, log, raw, edited=not state.whole)


def _raw_of(clean: Path, config: Config) -> bytes | None:
    """The raw file of a clean one that lies in the clean folder of the settings."""
    whole, base = Path(os.path.abspath(clean)), Path(os.path.abspath(config.clean))
    return store.read_if_there(config.raw / whole.relative_to(base)) if whole.is_relative_to(base) else None


class Place(NamedTuple):
    """Where a page begins: line and column of the clean text, line of the raw text (all from 1), its first words."""

    line: int
    column: int
    raw_line: int
    words: str


class Places:
    """Places of pages in one text. Raises ``LogError`` where it was edited and its raw file is not at hand."""

    def __init__(self, opened: Opened) -> None:
        self._text = opened.data.decode("utf-8", "replace")
        raw, self._changes = _aligned(opened, self._text)
        self._lines, self._raw_lines = Lines(self._text), Lines(raw)

    def of(self, page: Page) -> Place:
        """Where a page begins; a word that goes on from the page before is taken as a whole."""
        at = _moved(self._changes, page.clean)
        while 0 < at < len(self._text) and not self._text[at - 1].isspace():
            at -= 1
        line = max(1, bisect_right(self._lines.starts, at))
        start = self._lines.starts[line - 1] if self._lines.starts else 0
        rest = self._text[at:].split("\n", 1)[0] if at < len(self._text) else ""
        words = rest if len(rest) <= LONGEST else rest[:LONGEST].rsplit(None, 1)[0]
        return Place(line, at - start + 1, max(1, bisect_right(self._raw_lines.starts, page.raw)), visible(words))


def _aligned(opened: Opened, text: str) -> tuple[str, list[wordiff.Change]]:
    """The raw text, and what a person changed in the clean one."""
    if not opened.edited:
        return decoding.decode(journal.restored(opened.data, opened.log))[0], []
    if opened.raw is None or journal.digest(opened.raw) != opened.log.header["sha256"]:
        raise LogError(
            f"{finding.show(opened.path)} was edited since it was cleaned, and the raw file of its log is not at hand",
            "give the raw file instead, or put it into the raw folder of the settings",
        )
    raw = decoding.decode(opened.raw)[0]
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

    >>> line(Page(3, "", "213", "", 0, 0), Place(7, 12, 90, "the men upon the quay"))
    '7:12: p. 213 (not read), raw line 90: the men upon the quay'
    """
    read = "" if page.read == page.folio or not page.folio else f" (read {page.read})" if page.read else " (not read)"
    return (
        f"{place.line}:{place.column}: p. {page.name}{visible(read)}, raw line {place.raw_line}: {place.words}".rstrip()
    )
