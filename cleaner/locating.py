"""Where the pages of a book stand in its clean text, from a path: a clean text with its log, or a raw file.

Reads only. A raw file stands for its clean text in the clean folder of the settings; where there is none of this very
file, it is cleaned in memory. In a clean text that a person edited the pages are found by the words around them.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import books, corpus, finding, journal, sources, store, wordiff
from cleaner.errors import DocumentError, LogError, UsageError
from cleaner.names import WIDTH, visible
from cleaner.pagetable import Page
from cleaner.settings import ARCHIVE, Config
from cleaner.sources import Raw
from cleaner.text import Lines

FEWEST = 24  # characters of the first words of a page, however long its path is


class Opened(NamedTuple):
    """A clean text: where it stands (or would), its log, and, if ``edited``, that it is not the one of the log."""

    path: Path
    data: bytes
    log: journal.Log
    raw: Raw | None
    edited: bool = False
    written: bool = True


def open_text(path: Path, config: Config, given: Mapping[str, Any], out: Path, *, anew: bool = False) -> Opened:
    """The clean text that a path stands for, in the folder ``out``; ``anew`` cleans a raw text whatever is there.

    Where one text is asked for, an archive is a book, and so is a folder that does not hold texts of its own.
    Raises ``UsageError`` for what is no text, ``DocumentError`` and ``LogError`` for what cannot be read.
    """
    if path.is_dir() and _holds_texts(path, config):
        raise UsageError(f"{finding.show(path)} is a folder of texts", "give one text, such as texts/book.txt")
    if path.is_dir() or books.is_archive(path):
        config = replace(config, given_books=(path,))
    book = config.is_book(path)
    found = finding.find([path], None, config.raw_of(out), config.is_book)
    beside = None if book else store.look(store.Pair(path))
    if beside is not None and beside.log is not None:
        return open_pair(path, beside, config)
    plan = corpus.plan(found, out, config, given)
    for task in plan.tasks:
        raw = task.read()
        state = store.look(store.Pair(task.clean))
        if not anew and state.ends is not None and state.ends[0].get("sha256") == sources.digest(raw):
            return open_pair(task.clean, state, config, raw)
        result = plan.prepare(task, raw).clean(raw, task.clean.name)
        return Opened(task.clean, result.data, result.records, raw, written=False)
    fault = found.passed[-1]
    raise DocumentError(f"{finding.show(fault.path)}: {fault.reason}", fault.hint)


def _holds_texts(folder: Path, config: Config) -> bool:
    """Whether a folder is no book: clean texts are in it, or it is the raw folder as a whole."""
    raw = Path(os.path.abspath(config.raw))
    above = raw.is_dir() and raw.is_relative_to(os.path.abspath(folder))
    return above or any(folder.glob(f"*{journal.SUFFIX}"))


def open_pair(path: Path, state: store.State, config: Config, raw: Raw | None = None) -> Opened:
    """A clean text from what lies on disk for it. Raises as ``open_text`` does."""
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
    """Where a page begins: line and column of the clean text (from 1), its place in the raw text, the rest of the line."""

    line: int
    column: int
    raw: sources.Place
    words: str


class Places:
    """Places of pages in one text. Raises ``LogError`` where it was edited and its raw file is not at hand."""

    def __init__(self, opened: Opened) -> None:
        self._text = opened.data.decode("utf-8", "replace")
        raw, cleaned = texts(opened)
        self._ends = [match.end() for match in wordiff.WORDS.finditer(cleaned)]
        self._starts = [match.start() for match in wordiff.WORDS.finditer(self._text)]
        self._runs = wordiff.align(cleaned.split(), self._text.split()) if opened.edited else []
        self._lines, self._raw = Lines(self._text), sources.Places(raw, sources.files(opened.log.header))

    def of(self, page: Page) -> Place:
        """Where a page begins; a word that goes on from the page before is taken as a whole."""
        word = moved(self._runs, bisect_right(self._ends, page.clean))
        at = self._starts[word] if word < len(self._starts) else len(self._text)
        line = max(1, bisect_right(self._lines.starts, at))
        start = self._lines.starts[line - 1] if self._lines.starts else 0
        rest = self._text[at:].split("\n", 1)[0] if at < len(self._text) else ""
        return Place(line, at - start + 1, self._raw.find(page.raw, page.raw + 1), rest)


def texts(opened: Opened) -> tuple[str, str]:
    """The raw text, and the clean text as the log left it. Raises ``LogError`` where they are not to be had."""
    if not opened.edited:
        return journal.undone(opened.data, opened.log)[0], opened.data.decode("utf-8")
    if opened.raw is None or sources.digest(opened.raw) != opened.log.header["sha256"]:
        raise LogError(
            f"{finding.show(opened.path)} was edited since it was cleaned, and the raw file of its log is not at hand",
            "give the raw file instead, with --out and the folder of the clean text",
        )
    raw = sources.read(opened.raw).text
    return raw, wordiff.replaced(raw, wordiff.from_log(raw, opened.log))


def moved(runs: Sequence[tuple[int, int, int, int]], word: int) -> int:
    """The number of a word in an edited text; ``runs`` as ``wordiff.align`` gives them. Of one that went, the next.

    >>> [moved([(2, 4, 2, 7), (9, 9, 12, 14)], word) for word in (1, 2, 3, 4, 10)], moved([(2, 4, 2, 2)], 3)
    ([1, 2, 3, 7, 15], 2)
    """
    k = bisect_right(runs, word, key=itemgetter(0)) - 1
    if k < 0:
        return word
    a1, a2, b1, b2 = runs[k]
    return word + b2 - a2 if word >= a2 else min(b1 + word - a1, b2)


def line(name: str, page: Page, place: Place) -> str:
    """A place for people and for editors, as grep shows one, in 80 columns where the name leaves room for words.

    >>> at = Place(7, 12, sources.Place("", 90, 1), "the men upon the quay looked after it until the smoke was lost")
    >>> line("a.txt", Page(3, "", "213", "", 0, 0), at)
    'a.txt:7:12: p. 213 (not read), raw line 90: the men upon the quay looked after'
    """
    read = "" if page.read == page.folio or not page.folio else f" (read {page.read})" if page.read else " (not read)"
    raw = f"{visible(place.raw.file)} line" if place.raw.file else "raw line"
    head = f"{name}:{place.line}:{place.column}: p. {visible(page.name)}{visible(read)}, {raw} {place.raw.line}: "
    room = max(WIDTH - len(head), FEWEST)
    words = visible(place.words[: room + 1])
    return (head + (words if len(words) <= room else words[:room].rsplit(None, 1)[0])).rstrip()
