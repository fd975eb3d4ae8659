"""Files to proofread, from paths: what is odd in each, and where that stands, also on the page and in the raw file.

Reads only. Any text file will do. A clean text that is the very one of the log beside it brings its regions, its language
and its pages from there; in any other text the regions are looked for, and pages are not known.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import adopting, books, corpus, finding, journal, pagetable, proofing, sources, store
from cleaner.errors import CleanerError, DocumentError
from cleaner.knowledge import EXPECTED, Knowledge
from cleaner.language import general, identify
from cleaner.model import Document, Mark, Span
from cleaner.names import WIDTH, visible
from cleaner.proofing import Finding
from cleaner.settings import Config
from cleaner.stages import regions

FEWEST = 24  # characters of the text that are shown, however long the path is
AHEAD = 16  # code points before a finding that are shown, and the word that they begin in
AUTO = "auto"


class Place(NamedTuple):
    """Where a finding stands: in the text that was read, and, where a log tells, its page and its place in the raw text."""

    line: int
    column: int
    page: str = ""
    raw: sources.Place | None = None


class Checked(NamedTuple):
    """One text, and what is odd in it, by place."""

    text: str
    found: Sequence[tuple[Finding, Place]]


def check_files(
    paths: Sequence[Path], config: Config, language: str | None, kinds: Collection[str]
) -> Iterator[tuple[Path, Checked | DocumentError]]:
    """Each text file of ``paths`` with its findings, or with what is in the way of reading it.

    Raises ``UsageError`` for a path that is not there.
    """
    files = finding.find(paths, None)
    yield from ((passed.path, DocumentError(passed.reason, passed.hint)) for passed in files.passed if passed.failed)
    for place in files.places:
        try:
            yield place.raw, _check_file(place.raw, config, language, kinds)
        except CleanerError as error:
            yield place.raw, DocumentError(error.message, error.hint)
        except OSError as error:
            yield place.raw, store.explain(error, place.raw)


def _check_file(path: Path, config: Config, language: str | None, kinds: Collection[str]) -> Checked:
    state = store.look(store.Pair(path))
    if state.whole and state.log is not None and state.clean is not None and language is None:
        return _from_log(state.clean, journal.read(state.log), kinds)
    raw = state.clean if state.clean is not None else books.read_text(path, None)
    assert isinstance(raw, bytes)
    return check(raw, language or config.settings_for(corpus.within(path, config), {}).language, kinds)


def check(raw: bytes, language: str, kinds: Collection[str]) -> Checked:
    """The findings in some bytes. ``language`` is a code, or ``auto``: what it looks like, English where it does not tell."""
    text = sources.read(raw).text
    code = (identify.language(text) or EXPECTED) if language == AUTO else language
    marks = regions.propose(Document(text), Knowledge(general, lang=code)).marks
    found = proofing.findings(Document(text, tuple(marks)), general(code), kinds)
    places = sources.Places(text)
    return Checked(text, [(one, Place(*places.find(one.start)[1:])) for one in found])


def _from_log(clean: bytes, log: journal.Log, kinds: Collection[str]) -> Checked:
    text = clean.decode("utf-8")
    code = journal.language(log).code or EXPECTED
    marks = [
        Mark(record["clean"][0], record["clean"][1], record["mark"])
        for record in log.marks
        if not isinstance(record["clean"], int) and (record["mark"], record.get("code")) != ("foreign", code)
    ]
    found = proofing.findings(Document(text, tuple(marks)), general(code), kinds)
    if not found:
        return Checked(text, ())
    raw, _ = journal.undone(clean, log)
    ways = adopting.Ways((edits for _, edits in journal.steps(log)), len(raw))
    places, raw_places, table = (
        sources.Places(text),
        sources.Places(raw, sources.files(log.header)),
        pagetable.pages(log),
    )
    starts = [page.clean for page in table]
    located: list[tuple[Finding, Place]] = []
    for one in found:
        page = bisect_right(starts, one.start) - 1
        name = table[page].name if page >= 0 else ""
        before = ways.back(Span(one.start, one.end))
        located.append((one, Place(*places.find(one.start)[1:], name, raw_places.find(before.start, before.end))))
    return Checked(text, located)


# ---- for people ------------------------------------------------------------------------------------------------------


def lines(name: str, checked: Checked) -> Iterator[str]:
    """A line for each finding, as compilers show one, in 80 columns where the name leaves room for words.

    >>> checked = check(b"He went in to the\\nold old mill and to the the quay, and so home again by the road.\\n", "en", proofing.KINDS)
    >>> print(*lines("a.txt", checked), sep="\\n")
    a.txt:2:25: doubled: "the the": mill and to the the quay, and so home again by
    """
    for one, place in checked.found:
        page = f", p. {visible(place.page)}" if place.page else ""
        head = f"{name}:{place.line}:{place.column}: {one.kind}: {visible(one.message)}{page}: "
        room = max(WIDTH - len(head), FEWEST)
        words = visible(_around(checked.text, one, min(AHEAD, room // 4)))
        yield head + (words if len(words) <= room else words[: room + 1].rpartition(" ")[0] or words[:room])


def _around(text: str, one: Finding, ahead: int) -> str:
    """The text around a finding, blanks and line ends as one blank; from a word on, about so much ahead of it."""
    least, most = max(0, one.start - ahead), max(0, one.start - ahead - AHEAD)
    start = max(most, 1 + max(text.rfind(" ", most, least), text.rfind("\n", most, least)))
    return " ".join(text[start : one.start + WIDTH].split())


def as_json(name: str, checked: Checked) -> Iterator[str]:
    """A line of JSON for each finding; ``start`` and ``end`` are code points of the text, lines and columns count from 1."""
    for one, place in checked.found:
        record: dict[str, Any] = {"path": name, "line": place.line, "column": place.column, **one._asdict()}
        record["text"] = checked.text[one.start : one.end]
        if place.raw is not None:
            record |= {"page": place.page, "raw": place.raw._asdict()}
        yield json.dumps(record)


def summary(kinds: Iterable[str], texts: int) -> Iterator[str]:
    """How much was found of each kind, and in how many texts it was looked for.

    >>> print(*summary(["quote", "doubled", "quote"], 2), sep="\\n")
           1  doubled   words that stand twice
           2  quote     quotation marks that are unpaired or on the wrong side
    3 findings in 2 texts
    """
    counts = Counter(kinds)
    yield from (f"{counts[kind]:>8,}  {kind:<8}  {what}" for kind, what in proofing.KINDS.items() if counts[kind])
    total = counts.total()
    yield f"{total:,} finding{'s' * (total != 1)} in {texts:,} text{'s' * (texts != 1)}"
