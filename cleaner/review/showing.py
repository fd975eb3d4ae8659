"""A text under review as it is shown: runs of letters that keep their place, changes with what was decided. Pure.

All that a reader sees of the clean text knows its offset there (code points), so that what is selected on a page is a span
of the text. What cannot be seen is written out, one sign for each character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from cleaner import decisions
from cleaner.decisions import Decision, overlap
from cleaner.journal import Log
from cleaner.model import Span
from cleaner.records import Record
from cleaner.report.gather import folio
from cleaner.report.showing import BLANKS, clip, shown
from cleaner.review.desk import Sheet
from cleaner.review.items import Item, Verdict
from cleaner.sidebyside import Row, Segment
from cleaner.stages import DECISIONS

BLOCK = 12_000  # characters of the clean text on one page: some six printed ones

SIGNS = {"accept": "\N{CHECK MARK}", "reject": "\N{MULTIPLICATION X}", "replace": "\N{LOWER RIGHT PENCIL}", "": ""}
SAID = {"accept": "accepted", "reject": "rejected", "replace": "replaced"}
WIDE = {decisions.HERE: "", decisions.DOCUMENT: " in the whole text", decisions.CORPUS: " in all texts"}
# What may be said of lines, as a person reads it.
LINES = {
    "furniture": "furniture: a running head, a page number, a stamp",
    "text": "not furniture: part of the text",
    "page": "a page begins here",
    "lines": "keep these lines as they are",
    "garbage": "unreadable, leave alone",
}


class Run(NamedTuple):
    """A run of the clean text from ``at``; ``odd`` is one character that cannot be seen, written out."""

    text: str
    at: int
    odd: bool = False


class Part(NamedTuple):
    """A part of a paragraph: what was there (``gone``) and what stands there now, and the change that did or would do it.

    ``item`` is None for plain text, and, with ``decided``, for what a person wrote. A part without any text is a place.
    """

    runs: Sequence[Run]
    gone: str = ""
    item: Item | None = None
    decided: bool = False
    held: bool = False
    page: str = ""


class Note(NamedTuple):
    """A decision that stands beside no change: what it says, and the name by which it can be taken back."""

    key: str
    said: str


class Paragraph(NamedTuple):
    """A row of the text: where it stands in both texts, its parts, and what else was decided about it."""

    raw: Span
    clean: Span
    furniture: bool
    parts: Sequence[Part]
    notes: Sequence[Note]


def runs(text: str, at: int) -> Iterator[Run]:
    """The runs of a piece of the clean text that stands at ``at``.

    >>> [*runs("a\\x00\\x01b", 7)][1:]
    [Run(text='\\\\x00', at=8, odd=True), Run(text='\\\\x01', at=9, odd=True), Run(text='b', at=10, odd=False)]
    """
    for is_odd, chars in groupby(text, key=_is_odd):
        piece = "".join(chars)
        if is_odd:
            yield from (Run(shown(char), at + k, odd=True) for k, char in enumerate(piece))
        else:
            yield Run(piece, at)
        at += len(piece)


def _is_odd(char: str) -> bool:
    return bool(shown(char) != char)


def blocks(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """(first row, row behind the last) of each page that a text is shown on.

    >>> row = Row([Segment(0, 0, "x" * 7_000, "x" * 7_000)])
    >>> blocks([row] * 5), blocks([])
    ([(0, 2), (2, 4), (4, 5)], [])
    """
    found, first, size = [], 0, 0
    for k, row in enumerate(rows):
        size += len(row.right)
        if size >= BLOCK:
            found.append((first, k + 1))
            first, size = k + 1, 0
    return [*found, (first, len(rows))] if first < len(rows) else found


def owners(log: Log, found: Iterable[Item]) -> dict[str, Item]:
    """The item of each change of a log by the change's id: all changes of a group have one."""
    by_id = {item.id: item for item in found}
    leaders: dict[tuple[Any, ...], str] = {}
    owned = {}
    for change in log.changes:
        id_: str = change["id"]
        if "group" in change:
            id_ = leaders.setdefault((change["n"], change["group"], change["status"]), id_)
        if id_ in by_id:
            owned[change["id"]] = by_id[id_]
    return owned


def paragraphs(rows: Iterable[Row], owned: dict[str, Item], sheet: Sheet) -> Iterator[Paragraph]:
    """Rows as they are shown, each change once: the parts of a change that stands in several places belong together."""
    rows = [*rows]
    if not rows:
        return
    hull = rows[0].raw.start, rows[-1].raw.end
    written = {tuple(change["raw"]) for change in sheet.log.changes if change["stage"] == DECISIONS}
    near = [item for item in sheet.items if item.verdict is not None and _touches(item.raw, hull)]
    loose = [
        (one.raw, one)
        for one in sheet.decided.decisions
        if one.raw and _touches(one.raw, hull) and not any(item.is_of(one) for item in near)
    ]
    for row in rows:
        parts = [part for segment in row.segments for part in _parts(segment, owned)]
        here = [(raw, one) for raw, one in loose if _touches(raw, row.raw)]
        notes = [Note(decisions.digest([one]), told(one, done=raw in written)) for raw, one in here]
        yield Paragraph(row.raw, row.clean, row.furniture, _trimmed(parts), notes)


def _touches(span: tuple[int, int], row: tuple[int, int]) -> bool:
    return overlap(span, row) or span[0] == span[1] == row[0]


def _parts(segment: Segment, owned: dict[str, Item]) -> Iterator[Part]:
    if segment.page is not None:
        name = folio(segment.page)
        yield Part((), page=name or "new page")
    change, there = segment.change, [*runs(segment.right, segment.clean)]
    if change is not None:
        yield Part(there, segment.left, owned.get(change["id"]), decided=change["stage"] == DECISIONS)
    elif item := _first(segment.held, owned):
        yield Part(there, "", item, held=True)
    elif there:
        yield Part(there)


def _first(held: Sequence[Record], owned: dict[str, Item]) -> Item | None:
    return next((owned[record["id"]] for record in held if record["id"] in owned), None)


def _trimmed(parts: list[Part]) -> list[Part]:
    """Without the blank lines behind a paragraph."""
    if parts and parts[-1].runs and parts[-1].item is None and not parts[-1].runs[-1].odd:
        *before, last = parts[-1].runs
        parts[-1] = parts[-1]._replace(runs=[*before, last._replace(text=last.text.rstrip("\n"))])
    return parts


def told(decision: Decision, *, done: bool = False) -> str:
    """A decision that needs no change, for people.

    >>> told(Decision("replace", "bouse", "house", (3, 8))), told(Decision("page", "x", "17", (3, 4)))
    ('you: “house” for “bouse”, in the next clean text', 'you: a page begins here, 17')
    """
    if decision.verdict in LINES:
        return f"you: {LINES[decision.verdict]}" + (f", {decision.after}" if decision.after else "")
    return f"you: {swapped(decision)}" + ("" if done else ", in the next clean text")


def swapped(decision: Decision) -> str:
    """What a replacement does.

    >>> swapped(Decision("replace", "bouse", "house")), swapped(Decision("replace", "", "x")), swapped(Decision("replace", "x"))
    ('“house” for “bouse”', '“x” put in', '“x” taken out')
    """
    before, after = (shown(clip(text)) for text in (decision.stood, decision.after))
    return (
        f"“{after}” for “{before}”" if before and after else f"“{after}” put in" if after else f"“{before}” taken out"
    )


def said(verdict: Verdict | None) -> str:
    """What was decided about a change, for people; empty where nothing was.

    >>> said(Verdict("replace", "the", "document", "Ada")), said(Verdict("accept", "", "here"))
    ('replaced by “the” in the whole text (Ada)', 'accepted')
    """
    if verdict is None:
        return ""
    by = f" by “{verdict.after}”" if verdict.verdict == "replace" else ""
    return f"{SAID[verdict.verdict]}{by}{WIDE[verdict.scope]}" + (f" ({verdict.who})" if verdict.who else "")


def state(item: Item) -> dict[str, str]:
    """What a page shows of what was decided about a change."""
    verdict = item.verdict.verdict if item.verdict else ""
    return {"verdict": verdict, "said": shown(said(item.verdict)), "sign": SIGNS[verdict]}


def readings(item: Item) -> list[tuple[str, float]]:
    """What else might stand in the place of a change, the likeliest first, without what it does and what stands there."""
    return [(text, share) for text, share in item.candidates if text not in (item.before, item.after)]


def oneline(text: str) -> str:
    """The words around a change on one line."""
    return BLANKS.sub(" ", text)


def exact(text: str) -> str:
    """What a form can send back: a text without characters that cannot be seen."""
    return "".join(char for char in text if char == "\n" or not _is_odd(char))


def is_word(item: Item) -> bool:
    """Whether a change can be decided for more than its place: words were changed, not only lines moved."""
    return bool(item.series.before.strip()) and item.series.before != item.series.after


class RawLine(NamedTuple):
    """A line of the raw text without its end."""

    start: int
    end: int
    text: str


def raw_lines(raw: str, start: int, end: int) -> list[RawLine]:
    r"""The lines that ``raw[start:end]`` touches, but those without anything to see.

    >>> raw_lines("one\n\ntwo\nthree", 5, 10)
    [RawLine(start=5, end=8, text='two'), RawLine(start=9, end=14, text='three')]
    """
    found = []
    at = raw.rfind("\n", 0, start) + 1
    while at <= max(start, end - 1) and at < len(raw):
        stop = raw.find("\n", at)
        stop = len(raw) if stop < 0 else stop
        if raw[at:stop].strip():
            found.append(RawLine(at, stop, raw[at:stop].strip("\r\f")))
        at = stop + 1
    return found
