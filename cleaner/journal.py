"""The change log: write it, read it, restore the raw bytes with it.

JSON lines, ASCII-escaped and deterministic (no clock, no host), so that a re-run is byte-identical and git can diff it:
one ``run`` line, a ``change`` line for every edit that was applied, held or reported, ``layout`` lines that group the
white-space changes of one rule, ``mark`` lines, and an ``end`` line, without which a log counts as cut off.

Restoring needs only ``n``, ``at``, ``before`` and ``after`` of what was applied; all else serves people and decisions.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from cleaner import decoding
from cleaner.edits import Origins, apply
from cleaner.errors import LogError, ProofError
from cleaner.model import Batch, Edit, Mark, Run, Span, Value
from cleaner.text import Lines

FORMAT = 1
SUFFIX = ".changes.jsonl"
# Characters of context on each side of a change, cut to whole words: enough to find the place by eye.
CONTEXT = 8
# Stages whose white-space edits concern the layout only; elsewhere a blank may part or join words and is listed alone.
LAYOUT_STAGES = ("encoding", "paragraphs", "seal")
BLANK = re.compile(r"\s")
LAYOUT_SPACE = frozenset(" \t\n\r\f\x0b")

# What the first change of a group says for all of them; the others are written without it, and get it back in ``read``.
SHARED = ("rule", "page", "confidence", "why", "context", "candidates")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """What a log says of the run as a whole: ``source`` is the file's name, ``key`` decides what is up to date."""

    source: str
    sha256: str
    codec: str
    chars: int
    cleaner: str
    key: str
    settings: Mapping[str, Any]


Ends = tuple[Record, Record]  # the first and the last record of a log


class Log(NamedTuple):
    """A change log as read."""

    header: Record
    changes: list[Record]
    layout: list[Record]
    marks: list[Record]
    end: Record


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


# ---- writing -------------------------------------------------------------------------------------------------------


def write(run: Run, header: Header, marks: Iterable[Mark] = ()) -> bytes:
    """The log of a run. ``marks`` are added to the run's own, in the offsets of the clean text."""
    records = _records(run, header, marks)
    to_json = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make one for each line
    return "".join(to_json(record) + "\n" for record in records).encode("ascii")


def _records(run: Run, header: Header, marks: Iterable[Mark]) -> Iterator[Record]:
    yield {
        "kind": "run",
        "format": FORMAT,
        "source": header.source,
        "sha256": header.sha256,
        "codec": header.codec,
        "chars": header.chars,
        "cleaner": header.cleaner,
        "key": header.key,
        "settings": dict(header.settings),
    }
    final = list(_mark_records(run, marks))
    applied, layout = 0, 0
    for record in _change_records(run, _Pages(final)):
        applied += record.get("status") == "applied"
        layout += len(record["at"]) if record["kind"] == "layout" else 0
        yield record
    yield from final
    yield {
        "kind": "end",
        "applied": applied,
        "held": sum(len(batch.held) for batch in run.batches),
        "layout": layout,
        "chars": len(run.text),
        "sha256": digest(decoding.encode(run.text, decoding.TEXT)),
    }


class _Pages:
    """The folio of a place in the raw text: that of the last page mark at or before its end."""

    def __init__(self, marks: Iterable[Record]) -> None:
        pages = [mark for mark in marks if mark["mark"] == "page"]
        self._starts = [mark["raw"] for mark in pages]
        self._folios = [mark["folio"] for mark in pages]

    def folio(self, end: int) -> Value:
        k = bisect_right(self._starts, end) - 1
        return self._folios[k] if k >= 0 else None


class _Way:
    """The way back from the text after some batches to the raw text."""

    def __init__(self) -> None:
        self._tables: list[Origins] = []

    def add(self, batch: Batch, size: int) -> int:
        """One batch further, whose input has ``size`` characters; returns the size of its output."""
        if not batch.applied:
            return size
        self._tables.insert(0, Origins(batch.applied, size))
        return size + sum(len(edit.after) - len(edit.before) for edit in batch.applied)

    def back(self, start: int, end: int) -> Span:
        for table in self._tables:
            start, end = table.origin(start, end)
        return Span(start, end)

    def point(self, at: int) -> int:
        for table in self._tables:
            at = table.point(at)
        return at


def _mark_records(run: Run, marks: Iterable[Mark]) -> Iterator[Record]:
    way, size = _Way(), len(run.source)
    for batch in run.batches:
        size = way.add(batch, size)
    for mark in sorted((*marks, *run.marks), key=lambda mark: (mark.start, mark.kind)):
        point = mark.start == mark.end
        yield {
            "kind": "mark",
            "mark": mark.kind,
            "raw": way.point(mark.start) if point else list(way.back(mark.start, mark.end)),
            "clean": mark.start if point else [mark.start, mark.end],
            **mark.value,
        }


def _change_records(run: Run, pages: _Pages) -> Iterator[Record]:
    starts = Lines(run.source).starts or [0]
    way, text = _Way(), run.source
    ids: Counter[str] = Counter()
    for batch in run.batches:
        grouped: set[int] = set()
        listed, layout = _in_order(batch)
        for edit, status, reason in listed:
            raw = way.back(edit.start, edit.end)
            line = bisect_right(starts, raw.start)
            place = f"{batch.stage}:{raw.start}-{raw.end}"
            ids[place] += 1
            first = edit.group is None or edit.group not in grouped
            record: Record = {
                "kind": "change",
                "id": place if ids[place] == 1 else f"{place}.{ids[place]}",
                "n": batch.n,
                "stage": batch.stage,
            }
            if first:
                record["rule"] = edit.rule
            record["at"] = [edit.start, edit.end]
            record["raw"] = [raw.start, raw.end]
            if first and (folio := pages.folio(raw.end)) is not None:
                record["page"] = folio
            record["line"] = line
            record["column"] = raw.start - starts[line - 1] + 1
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
            if first:
                record["why"] = f"{reason}: {edit.why}" if reason else edit.why
                record["context"] = _context(text, edit.start, edit.end)
                if reason:
                    record["candidates"] = _candidates(edit)
            yield record
        for (rule, before, after), at in layout.items():
            yield {"kind": "layout", "n": batch.n, "rule": rule, "before": before, "after": after, "at": at}
        way.add(batch, len(text))
        text = apply(text, batch.applied)


def _in_order(batch: Batch) -> tuple[list[tuple[Edit, str, str]], dict[tuple[str, str, str], list[int]]]:
    """((edit, status, reason) of each change by place, applied first where two start together; where the layout changed).

    The layout is (rule, before, after) -> places.
    """
    listed: list[tuple[Edit, str, str]] = []
    layout: dict[tuple[str, str, str], list[int]] = {}
    for edit in batch.applied:
        if _is_layout(edit, batch.stage):
            layout.setdefault((edit[4], edit[2], edit[3]), []).append(edit[0])
        else:
            listed.append((edit, "applied", ""))
    if batch.held:
        listed.extend(batch.held)
        listed.sort(key=lambda item: (item[0].start, bool(item[2]), item[0].end, item[2]))
    return listed, layout


def _is_layout(edit: Edit, stage: str) -> bool:
    return (
        stage in LAYOUT_STAGES
        and edit.group is None
        and LAYOUT_SPACE.issuperset(edit.before)
        and LAYOUT_SPACE.issuperset(edit.after)
    )


def _candidates(edit: Edit) -> list[list[str | float]]:
    """The readings of a place that was left as it stands, with their probabilities, likeliest first."""
    confidence = round(edit.confidence, 2)
    readings: list[list[str | float]] = [[edit.after, confidence], [edit.before, round(1 - confidence, 2)]]
    return sorted(readings, key=lambda reading: reading[1], reverse=True)


def _context(text: str, start: int, end: int) -> list[str]:
    """What stands on each side of a change, without the pieces of words that the cut leaves."""
    first, last = max(start - CONTEXT, 0), end + CONTEXT
    left, right = text[first:start], text[end:last]
    if first and not text[first - 1].isspace() and (blank := BLANK.search(left)) is not None:
        left = left[blank.end() :] or left
    if last < len(text) and not text[last].isspace() and (blank := BLANK.search(right[::-1])) is not None:
        right = right[: len(right) - blank.end()] or right
    return [left, right]


# ---- reading -------------------------------------------------------------------------------------------------------

CUT_OFF = "clean the raw file again, or take the log from version control"


def read(data: bytes) -> Log:
    """A log as records. Raises ``LogError`` where it is cut off, damaged, or of another format."""
    try:
        lines = data.decode("ascii").split("\n")
        records = [json.loads(line) for line in lines[:-1]]
    except (ValueError, RecursionError) as error:
        raise LogError(f"the change log is damaged: {error}", CUT_OFF) from error
    if lines[-1] or not records or not all(isinstance(record, dict) for record in records):
        raise LogError("the change log is cut off", CUT_OFF)
    header, end = records[0], records[-1]
    if header.get("kind") != "run" or header.get("format") != FORMAT:
        raise LogError(f"this is no change log of format {FORMAT}", CUT_OFF)
    if end.get("kind") != "end":
        raise LogError("the change log is cut off: it has no end line", CUT_OFF)
    log = Log(header, [], [], [], end)
    kinds = {"change": log.changes, "layout": log.layout, "mark": log.marks}
    for record in records[1:-1]:
        kind = record.get("kind")
        if not isinstance(kind, str) or kind not in kinds:
            raise LogError(f"the change log is damaged: unknown line {kind!r}", CUT_OFF)
        kinds[kind].append(record)
    try:
        _complete(log.changes)
    except TypeError as error:
        raise LogError(f"the change log was changed: {error}", CUT_OFF) from error
    return log


def _complete(changes: Iterable[Record]) -> None:
    first: dict[tuple[object, object], Record] = {}
    for change in changes:
        if "group" in change:
            leader = first.setdefault((change.get("n"), change["group"]), change)
            for key in SHARED:
                if key in leader and key not in change:
                    change[key] = leader[key]


def ends(data: bytes) -> Ends | None:
    """The first and the last record of a log, None unless it has both: what stands between is not read."""
    try:
        header, end = json.loads(data[: data.index(b"\n")]), json.loads(data[data.rindex(b"\n", 0, -1) + 1 :])
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or not isinstance(end, dict) or not data.endswith(b"\n"):
        return None
    if header.get("kind") != "run" or header.get("format") != FORMAT or end.get("kind") != "end":
        return None
    return header, end


def repairs(log: Log) -> tuple[Counter[str], Counter[str]]:
    """(applied, held) by stage, as a person counts them: a group is one repair, and so is each change of the layout."""
    applied: Counter[str] = Counter()
    held: Counter[str] = Counter()
    names: dict[int, str] = {}
    groups: set[tuple[int, int, bool]] = set()
    for change in log.changes:
        done = change["status"] == "applied"
        names[change["n"]] = change["stage"]
        if "group" in change:
            group = (change["n"], change["group"], done)
            if group in groups:
                continue
            groups.add(group)
        (applied if done else held)[change["stage"]] += 1
    for layout in log.layout:
        stage = names.get(layout["n"]) or layout["rule"].split(".", 1)[0]
        applied[stage] += len(layout["at"])
    return applied, held


def restore(clean: bytes, data: bytes) -> bytes:
    """The raw bytes, from the bytes of a clean text and of its log.

    Raises ``LogError`` when the log is damaged, belongs to another text, or the text was edited since.
    """
    return restored(clean, read(data))


def restored(clean: bytes, log: Log) -> bytes:
    """As ``restore``, from a log that was read."""
    if digest(clean) != log.end.get("sha256"):
        raise LogError(
            "the clean text is not the one that this log belongs to: it was edited, or the two are of different runs",
            "the raw scan is where it was; to clean it again and keep this text beside it: cleaner clean --force",
        )
    try:
        text = clean.decode("utf-8")
        for changes in _undo_order(log):
            text = _undo(text, changes)
        raw = decoding.encode(text, log.header["codec"])
        same = digest(raw) == log.header["sha256"]
    except (KeyError, TypeError, ValueError, LookupError) as error:
        raise LogError(f"the change log was changed: {error}", CUT_OFF) from error
    if not same:
        raise LogError("the change log was changed: what it gives back is not the raw text", CUT_OFF)
    return raw


def _undo_order(log: Log) -> list[list[tuple[int, str, str]]]:
    """(start, before, after) of all that was applied, by place within a step, the last step first."""
    steps: dict[int, list[tuple[int, str, str]]] = {}
    for change in log.changes:
        if change["status"] == "applied":
            steps.setdefault(change["n"], []).append((change["at"][0], change["before"], change["after"]))
    for group in log.layout:
        before, after = group["before"], group["after"]
        steps.setdefault(group["n"], []).extend((at, before, after) for at in group["at"])
    return [sorted(steps[n], key=itemgetter(0)) for n in sorted(steps, reverse=True)]


def _undo(text: str, changes: Sequence[tuple[int, str, str]]) -> str:
    """The input of a step from its output. Raises ``ValueError`` where the text is not what the change left there."""
    parts: list[str] = []
    at = shift = 0
    for start, before, after in changes:
        here = start + shift
        end = here + len(after)
        if here < at or text[here:end] != after:
            raise ValueError(f"at {start} it does not fit the text")
        parts.append(text[at:here])
        parts.append(before)
        at = end
        shift += len(after) - len(before)
    parts.append(text[at:])
    return "".join(parts)


def prove(clean: bytes, log: bytes, raw: bytes) -> None:
    """Raise ``ProofError`` unless the very bytes about to be written give the raw bytes back."""
    try:
        same = restore(clean, log) == raw
    except LogError as error:
        raise ProofError(f"the proof failed, nothing was written: {error}", "report the text that shows it") from error
    if not same:
        raise ProofError("the proof failed, nothing was written: the raw bytes do not come back", "report the text")
