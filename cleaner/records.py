"""A run as the records of its change log: what was done, where it stands in the raw text, and why.

Only data: ``journal`` turns it into bytes, reads them, and restores with them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from cleaner import decoding, quality
from cleaner.candidates import ranked
from cleaner.edits import Origins, apply
from cleaner.model import Batch, Edit, Mark, Run, Span
from cleaner.quality import Judge
from cleaner.sources import File, Places, digest

FORMAT = 1
# Characters of context on each side of a change, cut to whole words: enough to find the place by eye.
CONTEXT = 8
# Stages whose white-space edits concern the layout only; elsewhere a blank may part or join words and is listed alone.
LAYOUT_STAGES = ("encoding", "paragraphs", "seal")
BLANK = re.compile(r"\s")
INDENT = " \t"
# The marks of lines that are no language, and of columns that were not read in their order: somebody has to look at the
# scan, so their place is said.
GARBAGE, COLUMNS = "garbage", "columns"
RESCAN = "unreadable: scan it again"
FURNITURE = "furniture"  # the stage that takes out what stands between two pages
HYPHENS = "hyphens"  # the stage that joins words
LAYOUT_SPACE = " \t\n\r\f\x0b"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """What a log says of the run as a whole: ``source`` is the file's name, ``key`` decides what is up to date.

    ``files`` are those of a book; each has its codec, so that the book has none.
    """

    source: str
    sha256: str
    codec: str
    chars: int
    cleaner: str
    key: str
    settings: Mapping[str, Any]
    files: tuple[File, ...] = ()


def records_of(
    run: Run, header: Header, marks: Iterable[Mark] = (), judges: Callable[[str], Judge] | None = None
) -> Iterator[Record]:
    """Every record of the log of a run, in order. ``marks`` are added to the run's own, in offsets of the clean text.

    ``judges`` gives, by the code of a language, who estimates the quality of each page; without it there is no estimate.
    """
    yield {
        "kind": "run",
        "format": FORMAT,
        "source": header.source,
        "sha256": header.sha256,
        **({"sources": [file._asdict() for file in header.files]} if header.files else {"codec": header.codec}),
        "chars": header.chars,
        "cleaner": header.cleaner,
        "key": header.key,
        "settings": dict(header.settings),
    }
    ways = _ways(run)
    final = list(_mark_records(run, marks, ways[-1]))
    applied, layout = 0, 0
    pages, places = Pages(final), Places(run.source, header.files)
    for mark in final:
        if mark["mark"] in (GARBAGE, COLUMNS):
            mark.update(_where(mark["raw"], pages, places))
        if mark["mark"] == GARBAGE:
            mark.update(why=RESCAN)
    furniture: list[tuple[int, Span]] = []
    cuts: list[Span] = []
    for record in _change_records(run, pages, places, ways):
        if record["kind"] == "change" and _is_furniture(record):
            page = pages.of(record["stage"], record["status"], record["raw"], record["before"])
            furniture.append((page, Span(*record["raw"])))
        elif record["kind"] == "change" and _joins(record):
            cuts.append(Span(*record["raw"]))
        applied += record.get("status") == "applied"
        layout += len(record["at"]) if record["kind"] == "layout" else 0
        yield record
    yield from final
    if judges:
        code = next((mark["code"] for mark in final if mark["mark"] == "language"), "")
        raw_of = lambda at: _line_start(run.source, ways[-1].point(at))  # noqa: E731
        yield from quality.records(run.source, run.text, final, furniture, cuts, places, judges(code), raw_of)
    yield {
        "kind": "end",
        "applied": applied,
        "held": sum(len(batch.held) for batch in run.batches),
        "layout": layout,
        "chars": len(run.text),
        "sha256": digest(decoding.encode(run.text, decoding.TEXT)),
    }


def _is_furniture(change: Record) -> bool:
    """Whether a change took out a line that is no part of the text."""
    gone = change["before"].strip() and not change["after"].strip()
    return bool(change["stage"] == FURNITURE and change["status"] == "applied" and "group" not in change and gone)


def _joins(change: Record) -> bool:
    """Whether a change joins two halves of a word that had only blanks between them."""
    return bool(
        change["stage"] == HYPHENS
        and change["status"] == "applied"
        and change["before"].isspace()
        and not change["after"]
    )


def explained(run: Run, files: Sequence[File]) -> Iterator[Record]:
    """The records of all changes of a run, each with its readings, and with status ``silent`` what was left as it stands."""
    ways = _ways(run)
    pages = Pages(_mark_records(run, (), ways[-1]))
    found = _change_records(run, pages, Places(run.source, files), ways, explain=True)
    return (record for record in found if record["kind"] == "change")


class Pages:
    """The page marks of a log, and which page a change stands on."""

    __slots__ = ("_starts", "marks")

    def __init__(self, marks: Iterable[Record]) -> None:
        self.marks = [mark for mark in marks if mark["mark"] == "page"]
        self._starts = [mark["raw"] for mark in self.marks]

    def of(self, stage: str, status: str, raw: Sequence[int], before: str) -> int:
        """The number, from 0, of the page that a change of the span ``raw`` stands on; -1 before the first.

        What was removed between two pages is a foot of the first or a head of the second: a form feed beside it tells,
        else what the pages are known to have had.

        >>> pages = Pages({"mark": "page", "raw": at, "read": read} for at, read in ((0, "7"), (60, "8")))
        >>> lines = "7\\n\\f", "\\f8\\n", "7\\n", "8\\n"
        >>> [pages.of("furniture", "applied", (50, 60), line) for line in lines]
        [0, 1, 0, 1]
        """
        start, end = raw
        if stage != FURNITURE:
            return self.at(end)
        if status != "applied":
            return self.at(start)
        last = self.at(end)
        if last <= 0 or self._starts[last] < end:
            return last
        first = max(0, bisect_left(self._starts, end) - 1)
        line = before.strip()
        if "\f" in before.strip(" \t\r\n"):
            return first if before.partition("\f")[0].strip() else last
        words = line.split()
        for k in range(last, first - 1, -1):
            head, read = self.marks[k].get("head"), self.marks[k]["read"]
            if (head and " ".join(words).startswith(head)) or (read and (read == line or read in words)):
                return k
        return last

    def at(self, place: int) -> int:
        """The number, from 0, of the page that an offset of the raw text stands on; -1 before the first."""
        return bisect_right(self._starts, place) - 1


class _Way:
    """The way back to the raw text from the text that some batches made, the last of them first."""

    def __init__(self, tables: Sequence[Origins]) -> None:
        self._tables = tables

    def back(self, start: int, end: int) -> Span:
        for table in self._tables:
            start, end = table.origin(start, end)
        return Span(start, end)

    def point(self, at: int) -> int:
        for table in self._tables:
            at = table.point(at)
        return at


def _ways(run: Run) -> list[_Way]:
    """From the input of each step back to the raw text, and from the text that came out."""
    ways, tables, size = [_Way(())], [], len(run.source)
    for batch in run.batches:
        if batch.applied:
            tables.append(Origins(batch.applied, size))
            size = tables[-1].size
        ways.append(_Way(tables[::-1]))
    return ways


def _mark_records(run: Run, marks: Iterable[Mark], way: _Way) -> Iterator[Record]:
    for mark in sorted((*marks, *run.marks), key=lambda mark: (mark.start, mark.kind)):
        point = mark.start == mark.end
        if point and mark.kind in (GARBAGE, COLUMNS):
            continue  # a person took it out: there is nothing left to look at
        yield {
            "kind": "mark",
            "mark": mark.kind,
            "raw": _line_start(run.source, way.point(mark.start)) if point else list(way.back(mark.start, mark.end)),
            "clean": mark.start if point else [mark.start, mark.end],
            **mark.value,
        }


def _where(raw: Sequence[int], pages: Pages, places: Places) -> Record:
    """The page, the file of a book, and the first and the last line of a span of whole lines."""
    first, last = places.find(*raw), places.find(max(raw[0], raw[1] - 1))
    page = pages.at(raw[0])
    return {
        **({"page": pages.marks[page]["folio"]} if page >= 0 else {}),
        **({"file": first.file} if first.file else {}),
        "lines": [first.line, last.line],
    }


def _line_start(text: str, at: int) -> int:
    """Before the blanks that a line begins with: what was removed up to a page's first line ends there."""
    while at and text[at - 1] in INDENT:
        at -= 1
    return at


def _change_records(
    run: Run, pages: Pages, places: Places, ways: Iterable[_Way], *, explain: bool = False
) -> Iterator[Record]:
    text = run.source
    since: list[Batch] = []  # what is applied only when somebody asks what stood around a change
    ids: dict[str, int] = {}
    for batch, way in zip(run.batches, ways, strict=False):
        grouped: set[int] = set()
        listed, layout = _in_order(batch, batch.silent if explain else ())
        if listed:
            text = reduce(lambda text, batch: apply(text, batch.applied), since, text)
            since = []
        for edit, status, reason in listed:
            raw = way.back(edit.start, edit.end)
            id_ = f"{batch.stage}:{raw.start}-{raw.end}"
            ids[id_] = ids.get(id_, 0) + 1
            first = edit.group is None or edit.group not in grouped
            record: Record = {
                "kind": "change",
                "id": id_ if ids[id_] == 1 else f"{id_}.{ids[id_]}",
                "n": batch.n,
                "stage": batch.stage,
            }
            if first:
                record["rule"] = edit.rule
            record["at"] = [edit.start, edit.end]
            record["raw"] = [raw.start, raw.end]
            if first and (page := pages.of(batch.stage, status, raw, edit.before)) >= 0:
                record["page"] = pages.marks[page]["folio"]
            place = places.find(raw.start, raw.end)
            if place.file:
                record["file"] = place.file
            record["line"] = place.line
            record["column"] = place.column
            record["before"] = edit.before
            record["after"] = edit.after
            if edit.group is not None:
                record["group"] = edit.group
                grouped.add(edit.group)
            if edit.source is not None:
                record["source"] = list(edit.source)
            if first:
                record["confidence"] = round(edit.confidence, 2)
            record["status"] = status
            if edit in batch.accepted:
                record["decision"] = "accept"
            if first:
                record["why"] = f"{reason}: {edit.why}" if reason else edit.why
                record["context"] = _context(text, edit.start, edit.end)
                if reason or explain:
                    record["candidates"] = _candidates(edit)
            yield record
        for (rule, before, after), at in layout.items():
            yield {"kind": "layout", "n": batch.n, "rule": rule, "before": before, "after": after, "at": at}
        since.append(batch)


def _in_order(
    batch: Batch, silent: Sequence[Edit]
) -> tuple[list[tuple[Edit, str, str]], dict[tuple[str, str, str], list[int]]]:
    """((edit, status, reason) of each change by place, applied first where two start together; where the layout changed).

    The layout is (rule, before, after) -> places.
    """
    listed: list[tuple[Edit, str, str]] = []
    layout: dict[tuple[str, str, str], list[int]] = {}
    has_layout = batch.stage in LAYOUT_STAGES
    for edit in batch.applied:
        if has_layout and edit.group is None and not edit[2].strip(LAYOUT_SPACE) and not edit[3].strip(LAYOUT_SPACE):
            layout.setdefault((edit[4], edit[2], edit[3]), []).append(edit[0])
        else:
            listed.append((edit, "applied", ""))
    if batch.held or silent:
        listed.extend(batch.held)
        listed.extend((edit, "silent", "") for edit in silent)
        listed.sort(key=lambda item: (item[0].start, bool(item[2]), item[0].end, item[2]))
    return listed, layout


def _candidates(edit: Edit) -> list[list[str | float]]:
    """The readings of a place with their probabilities, likeliest first."""
    return [[*reading] for reading in edit.candidates or ranked(edit.before, edit.after, edit.confidence)]


def _context(text: str, start: int, end: int) -> list[str]:
    """What stands on each side of a change, without the pieces of words that the cut leaves."""
    first, last = max(start - CONTEXT, 0), end + CONTEXT
    left, right = text[first:start], text[end:last]
    if first and not text[first - 1].isspace() and (blank := BLANK.search(left)) is not None:
        left = left[blank.end() :] or left
    if last < len(text) and not text[last].isspace() and (blank := BLANK.search(right[::-1])) is not None:
        right = right[: len(right) - blank.end()] or right
    return [left, right]
