"""The texts that a report is made of, from a folder of clean texts with their logs, or from one of them. Reads only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError

from cleaner import journal, locating, sources, store
from cleaner.errors import CleanerError, DocumentError, LogError, UsageError
from cleaner.finding import show
from cleaner.report import gather
from cleaner.report.gather import Report
from cleaner.settings import Config


class Text(NamedTuple):
    """A clean text that has a log: its path, its name relative to what was asked for, the bytes of both."""

    path: Path
    log: Path
    name: str
    size: int


class Fault(NamedTuple):
    """A text without a report: why, and what to do. ``failed`` where its log is damaged, and not only left out."""

    name: str
    message: str
    hint: str
    failed: bool


def find(place: Path) -> list[Text]:
    """The texts in a folder, by their logs, or the one text that is named. Raises ``UsageError`` where there is none."""
    if not place.is_dir():
        pair = store.Pair(place)
        if not os.path.lexists(place):
            raise UsageError(f"{show(place)}: there is no such file", "give a clean text, or a folder of clean texts")
        if not os.path.lexists(pair.log) and not os.path.lexists(pair.pending):
            raise UsageError(f"{show(place)}: it has no change log", "give a clean text, with its log beside it")
        return [_text(pair.log, pair.clean, place.parent)]
    found = []
    for log in store.logs(place):
        named = store.named_by(log)
        found.append(_text(log, log if named is None or named.log != log else named.clean, place))
    if not found:
        raise UsageError(
            f"{show(place)}: there are no change logs", "give a folder of clean texts, see cleaner clean --out"
        )
    return found


def _text(log: Path, clean: Path, base: Path) -> Text:
    size = sum(os.path.getsize(path) for path in {clean, log} if path.exists())
    return Text(clean, log, clean.relative_to(base).as_posix(), size)


def each(texts: Iterable[Text], config: Config, take: Callable[[Report], None]) -> Iterator[tuple[Text, Fault | None]]:
    """Read text by text and hand the report over; of a text that was edited since that of its log, if it is to be had.

    Yields each text when it is done, with what went wrong; the others are not touched by that.
    """
    for text in texts:
        try:
            with tampering():
                take(_read(text, config))
        except OSError as error:
            told = store.explain(error, text.path)
            yield text, Fault(text.name, told.message, told.hint, failed=True)
        except CleanerError as error:
            yield text, Fault(text.name, error.message, error.hint, failed=not isinstance(error, _EditedError))
        else:
            yield text, None


def _read(text: Text, config: Config) -> Report:
    if text.path == text.log:
        journal.read(text.log.read_bytes())
        raise LogError("this log is not that of the text that it names", "move it away, or clean the text again")
    opened = locating.open_pair(text.path, store.look(store.Pair(text.path)), config)
    try:
        raw = locating.texts(opened)[0]
    except LogError as error:
        if not opened.edited:
            raise
        raise _EditedError("edited by hand since it was cleaned, and its raw file is not at hand", _RAW) from error
    report = gather.report(text.name, raw, opened.log, edited=opened.edited)
    clean = "".join(row.right for row in report.rows)
    if sources.digest(clean.encode("utf-8")) != opened.log.end["sha256"]:
        raise LogError("the change log was changed: it does not lead to the clean text", journal.CUT_OFF)
    return report


_RAW = "put it back into the raw folder of the settings, or see cleaner clean --force"


class _EditedError(DocumentError):
    """A person edited the text: nothing is wrong, but its log cannot be shown."""


@contextmanager
def tampering() -> Iterator[None]:
    """Whatever a log does not have that every log has is a fault of the log: ``LogError``."""
    try:
        yield
    except (KeyError, TypeError, ValueError, LookupError, AttributeError, TemplateError) as error:
        raise LogError(f"the change log was changed: {error}", journal.CUT_OFF) from error
