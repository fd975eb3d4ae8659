"""The change log: write it, read it, restore the raw bytes with it.

JSON lines, ASCII-escaped and deterministic (no clock, no host), so that a re-run is byte-identical and git can diff it:
one ``run`` line, a ``change`` line for every edit that was applied, held or reported, ``layout`` lines that group the
white-space changes of one rule, ``mark`` lines, a ``quality`` line for each page (see ``cleaner.quality``), and an ``end``
line, without which a log counts as cut off.

Restoring needs only ``n``, ``at``, ``before`` and ``after`` of what was applied, and for a book where its files stand in
the text (``sources`` of the ``run`` line); all else serves people and decisions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from cleaner import records, sources
from cleaner.errors import LogError, ProofError
from cleaner.model import Edit, Mark, Run
from cleaner.quality import Judge
from cleaner.records import COLUMNS, FORMAT, GARBAGE, Header, Record, records_of
from cleaner.sources import File, Raw

SUFFIX = ".changes.jsonl"

# What the first change of a group says for all of them; the others are written without it, and get it back in ``read``.
SHARED = ("rule", "page", "confidence", "why", "context", "candidates")
# What stands between two records in a list of them, and nowhere else: each begins with its kind, as no part of one does.
BETWEEN = '},{"kind":'

Ends = tuple[Record, Record]  # the first and the last record of a log


class Log(NamedTuple):
    """A change log as read."""

    header: Record
    changes: list[Record]
    layout: list[Record]
    marks: list[Record]
    quality: list[Record]
    end: Record


def write(run: Run, header: Header, marks: Iterable[Mark] = (), judges: Callable[[str], Judge] | None = None) -> bytes:
    """The log of a run. ``marks`` are added to the run's own, in the offsets of the clean text; ``judges`` as for ``records_of``."""
    listed = json.dumps([*records_of(run, header, marks, judges)], separators=(",", ":"))
    # All at once takes half of the time of one after another; within a string the quotation marks would be escaped.
    return (listed[1:-1].replace(BETWEEN, BETWEEN.replace(",{", "\n{")) + "\n").encode("ascii")


# ---- reading -------------------------------------------------------------------------------------------------------

CUT_OFF = "clean the raw file again, or take the log from version control"


def read(data: bytes) -> Log:
    """A log as records. Raises ``LogError`` where it is cut off, damaged, or of another format."""
    try:
        lines = data.decode("ascii").split("\n")
        found = [*map(_record, lines[:-1])]
    except (ValueError, RecursionError) as error:
        raise LogError(f"the change log is damaged: {error}", CUT_OFF) from error
    if lines[-1] or not found or not all(isinstance(record, dict) for record in found):
        raise LogError("the change log is cut off", CUT_OFF)
    header, end = found[0], found[-1]
    if header.get("kind") != "run" or header.get("format") != FORMAT:
        raise LogError(f"this is no change log of format {FORMAT}", CUT_OFF)
    if end.get("kind") != "end":
        raise LogError("the change log is cut off: it has no end line", CUT_OFF)
    log = Log(header, [], [], [], [], end)
    kinds = {"change": log.changes, "layout": log.layout, "mark": log.marks, "quality": log.quality}
    for record in found[1:-1]:
        kind = record.get("kind")
        if not isinstance(kind, str) or kind not in kinds:
            raise LogError(f"the change log is damaged: unknown line {kind!r}", CUT_OFF)
        kinds[kind].append(record)
    try:
        _complete(log.changes)
    except TypeError as error:
        raise LogError(f"the change log was changed: {error}", CUT_OFF) from error
    return log


_decode = json.JSONDecoder().raw_decode


def _record(line: str) -> Record:
    """A line as a record: as ``json.loads``, which takes twice the time. Raises ``ValueError``."""
    line = line.strip(" \t\r")
    record, end = _decode(line)
    if end < len(line):
        raise ValueError(f"more than a record: {line[end : end + 20]!r}")
    found: Record = record
    return found


def _complete(changes: Iterable[Record]) -> None:
    first: dict[tuple[object, object], Record] = {}
    for change in changes:
        if "group" in change:
            leader = first.setdefault((change.get("n"), change["group"]), change)
            for key in SHARED:
                if key in leader and key not in change:
                    change[key] = leader[key]


def explained(run: Run, files: Sequence[File] = ()) -> list[Record]:
    """All changes of a run as ``read`` gives them, each with its readings, and what was looked at and left (``silent``)."""
    changes = [*records.explained(run, files)]
    _complete(changes)
    return changes


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


class Language(NamedTuple):
    """The code of the language that a text was found to be in, empty where nobody can tell, and of the expected one."""

    code: str
    expected: str

    @property
    def foreign(self) -> bool:
        """Whether a text is in another language than is expected, or in none that is known."""
        return self.code != self.expected


def language(log: Log) -> Language:
    """The language of a text; logs say what was expected where it is another one."""
    found: Record = next((mark for mark in log.marks if mark["mark"] == "language"), {})
    code: str = found.get("code", "")
    return Language(code, found.get("expected", code))


class Passage(NamedTuple):
    """Where somebody has to look at the scan: the folio of the page, the file of a book, the first and the last raw line.

    The folio is empty where it is not known, the file where the text is one. ``what`` is ``garbage``, or how columns were
    read: ``interleaved`` or ``apart``.
    """

    page: str
    file: str
    first: int
    last: int
    what: str = GARBAGE


def passages(log: Log) -> tuple[Passage, ...]:
    """The passages of a text that are no language, and where columns were not read in their order."""
    return tuple(
        Passage(mark.get("page", ""), mark.get("file", ""), first, last, mark.get("order", GARBAGE))
        for mark in log.marks
        if mark["mark"] in (GARBAGE, COLUMNS)
        for first, last in (mark["lines"],)
    )


FEWEST_WORDS = 50  # of a page that may be the worst: a title page has too few to tell
# Below this share of right words search, names and all that is counted suffer plainly (van Strien et al. 2020).
POOR = 0.8


class Quality(NamedTuple):
    """What is estimated of a page: the share of words that are right, from 0 to 1, before and after cleaning.

    The folio is empty where it is not known, the file where the text is one; ``first`` and ``last`` are lines of the raw
    file; ``words`` are counted before and after; of no words there is no share.
    """

    page: str
    file: str
    first: int
    last: int
    words: tuple[int, int]
    before: float | None
    after: float | None

    @property
    def is_poor(self) -> bool:
        """Whether so much of a page is misread, after all that was mended, that it deserves a new scan."""
        return self.after is not None and self.words[1] >= FEWEST_WORDS and self.after < POOR


def qualities(log: Log) -> tuple[Quality, ...]:
    """The estimates for the pages of a text, in its order; none where its language is not known."""
    return tuple(map(_quality, log.quality))


def _quality(found: Record) -> Quality:
    (first, last), (before, after) = found["lines"], found["words"]
    page, file = found.get("page", ""), found.get("file", "")
    return Quality(page, file, first, last, (before, after), found["before"], found["after"])


class Overall(NamedTuple):
    """The share of words of a whole text that are likely right, before and after cleaning, and that of its worst page."""

    before: float | None
    after: float | None
    worst: float | None


def overall(log: Log) -> Overall:
    """The estimate for a whole text, from those of its pages, by their words.

    The worst page is told after cleaning; one of few words counts only where no page has more.
    """
    pages = qualities(log)
    before = [(page.words[0], page.before) for page in pages if page.before is not None]
    after = [(page.words[1], page.after) for page in pages if page.after is not None]
    enough = [share for words, share in after if words >= FEWEST_WORDS]
    return Overall(_mean(before), _mean(after), min(enough or [share for _, share in after], default=None))


def _mean(shares: Sequence[tuple[int, float]]) -> float | None:
    words = sum(words for words, _ in shares)
    return sum(words * share for words, share in shares) / words if words else None


def restore(clean: bytes, data: bytes) -> Raw:
    """The raw bytes, those of each page for a book, from the bytes of a clean text and of its log.

    Raises ``LogError`` when the log is damaged, belongs to another text, or the text was edited since.
    """
    return restored(clean, read(data))


def restored(clean: bytes, log: Log) -> Raw:
    """As ``restore``, from a log that was read."""
    return undone(clean, log)[1]


def undone(clean: bytes, log: Log) -> tuple[str, Raw]:
    """(the text before the first step, the raw bytes that it was read from), both of them proven. As ``restored``."""
    if sources.digest(clean) != log.end.get("sha256"):
        raise LogError(
            "the clean text is not the one that this log belongs to: it was edited, or the two are of different runs",
            "make decisions of the edits with 'cleaner adopt', or clean the raw scan again with 'cleaner clean --force', "
            "which keeps this text beside it",
        )
    try:
        text = clean.decode("utf-8")
        for changes in _undo_order(log):
            text = _undo(text, changes)
        return text, sources.write(text, log.header)
    except (KeyError, TypeError, ValueError, LookupError) as error:
        raise LogError(f"the change log was changed: {error}", CUT_OFF) from error


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


def steps(log: Log) -> list[tuple[int, list[Edit]]]:
    """(number, applied edits in the order of the text) of each step that changed something, in their order.

    As they were applied, but for their reasons: ``why`` is empty, and so is the rule of what is not the first of a group.
    Raises ``LogError``.
    """
    found: dict[int, list[Edit]] = {}
    try:
        for change in log.changes:
            if change["status"] == "applied":
                found.setdefault(change["n"], []).append(_edit(change))
        for layout in log.layout:
            before, after = layout["before"], layout["after"]
            spans = [(at, at + len(before), before, after, layout["rule"], 1.0, "") for at in layout["at"]]
            found.setdefault(layout["n"], []).extend(Edit(*span) for span in spans)
    except (KeyError, TypeError) as error:
        raise LogError(f"the change log was changed: {error}", CUT_OFF) from error
    return [(n, sorted(found[n], key=itemgetter(0))) for n in sorted(found)]


def _edit(change: Record) -> Edit:
    start, end = change["at"]
    rule, confidence = change.get("rule", ""), change.get("confidence", 1.0)
    edit = Edit(start, end, change["before"], change["after"], rule, confidence, "", change.get("group"))
    return edit._replace(source=(change["source"][0], change["source"][1])) if "source" in change else edit


def prove(clean: bytes, data: bytes, raw: Raw) -> Log:
    """The log as it was read for that; ``ProofError`` unless the very bytes about to be written give the raw bytes back."""
    try:
        log = read(data)
        same = restored(clean, log) == raw
    except LogError as error:
        raise ProofError(f"the proof failed, nothing was written: {error}", "report the text that shows it") from error
    if not same:
        raise ProofError("the proof failed, nothing was written: the raw bytes do not come back", "report the text")
    return log
