"""The raw and the clean text beside each other, paragraph by paragraph, with who changed what: for reports and reviews.

The log is replayed on the raw text, and each piece of it keeps in mind what became of it and which change did that. So
one list of segments reads as the raw text on the left and as the clean text on the right, character for character.
Nothing is aligned or guessed. Changes of the layout (line ends, blanks) are no segments of their own: a segment without
a change may differ in its white space. Knows nothing of files, and nothing of how it is shown.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from cleaner.journal import Log
from cleaner.model import Span
from cleaner.records import FURNITURE, Record

BLANK_LINE = re.compile(r"\n\s*\n")
# Code points of a row from which on it ends at the next line end, and at twice as many at the next blank: texts without
# blank lines would be one row. A page of a book has 2,000.
LONGEST = 4_000
BLANK = re.compile(r"\s")
NEVER: Record = {}  # what is changed only in its white space was changed by nobody


class Segment(NamedTuple):
    """``left``, at ``raw`` in the raw text, became ``right``, at ``clean`` in the clean text, both in code points.

    ``change`` is the record that did it, None where nothing but white space differs; ``held`` are the proposals for just
    these characters that were not applied. A segment without characters is a place: of a held insertion, or of the
    beginning of a page, whose mark is ``page``.
    """

    raw: int
    clean: int
    left: str
    right: str
    change: Record | None = None
    held: tuple[Record, ...] = ()
    page: Record | None = None

    @property
    def is_furniture(self) -> bool:
        """Whether this is a running head, a folio, a form feed or the like that was taken out."""
        found = self.change
        return bool(found and found["stage"] == FURNITURE and "group" not in found and not self.right.strip())


class Row(NamedTuple):
    """A paragraph, or what was taken out between two of them (``furniture``)."""

    segments: Sequence[Segment]
    furniture: bool = False

    @property
    def left(self) -> str:
        """What stands in the raw text."""
        return "".join(segment.left for segment in self.segments)

    @property
    def right(self) -> str:
        """What stands in the clean text."""
        return "".join(segment.right for segment in self.segments)

    @property
    def raw(self) -> Span:
        """The place in the raw text."""
        last = self.segments[-1]
        return Span(self.segments[0].raw, last.raw + len(last.left))

    @property
    def clean(self) -> Span:
        """The place in the clean text."""
        last = self.segments[-1]
        return Span(self.segments[0].clean, last.clean + len(last.right))

    @property
    def records(self) -> list[Record]:
        """The changes and the held proposals of this row, each once, in the order of the text."""
        found = {}
        for segment in self.segments:
            for record in (*((segment.change,) if segment.change else ()), *segment.held):
                found[id(record)] = record
        return [*found.values()]

    @property
    def pages(self) -> list[Record]:
        """The marks of the pages that begin in this row."""
        return [segment.page for segment in self.segments if segment.page is not None]


def rows(raw: str, log: Log) -> list[Row]:
    """The rows of a text: their left sides are the raw text, their right sides the clean text that the log leads to.

    A row ends behind a blank line of the clean text, and where it grows too long. Furniture between two paragraphs is a
    row, furniture that stood within one is a segment. Raises ``ValueError`` where a log that was tampered with leads
    nowhere; whether the right sides are the clean text is for the caller to see.

    >>> from cleaner import clean
    >>> raw = "It was a party of revolu-\\ntion in\\nthe town.\\n\\nThe mill stood.\\n"
    >>> first, second = rows(raw, clean(raw, language="en").records)
    >>> [(segment.left, segment.right) for segment in first.segments]
    [('It was a party of revolu', 'It was a party of revolu'), ('-\\n', ''), ('tion in\\nthe town.\\n\\n', 'tion in the town.\\n\\n')]
    >>> second.records
    []
    """
    pieces = [_Piece(raw, 0, len(raw))]
    changes: dict[int, list[_Edit]] = {}
    waiting: dict[int, list[Record]] = {}
    for record in log.changes:
        if record["status"] == "applied":
            changes.setdefault(record["n"], []).append((*record["at"], record["after"], record))
        else:
            waiting.setdefault(record["n"], []).append(record)
    for group in log.layout:
        edits, size = changes.setdefault(group["n"], []), len(group["before"])
        edits.extend((at, at + size, group["after"], NEVER) for at in group["at"])
    for n in sorted({*changes, *waiting}):
        if n in waiting:
            pieces = [*_held(pieces, sorted(waiting[n], key=itemgetter("at")))]
        pieces = [*_applied(pieces, sorted(changes.get(n, ()), key=itemgetter(0)))]
    clean = "".join(piece.text for piece in pieces if piece.side is not LEFT)
    pages = [mark for mark in log.marks if mark["mark"] == "page"]
    return _rows(_folded(_cut(_settled(pieces), pages, _ends(clean))))


# ---- replaying -------------------------------------------------------------------------------------------------------

BOTH, LEFT, RIGHT = "both", "left", "right"
_Edit = tuple[int, int, str, Record]  # (start, end, what stands there afterwards, by whom), in the text of its step


class _Piece(NamedTuple):
    """``source[start:end]``: what is on both sides, was removed (``LEFT``), or was added (``RIGHT``)."""

    source: str
    start: int
    end: int
    side: str = BOTH
    change: Record | None = None
    held: tuple[Record, ...] = ()

    @property
    def text(self) -> str:
        return self.source[self.start : self.end]

    @property
    def size(self) -> int:
        """The characters that it has in the text of the step at hand."""
        return 0 if self.side is LEFT else self.end - self.start

    def parted(self, size: int) -> tuple[_Piece, _Piece | None]:
        """Its first characters, and the rest, if there is one."""
        at = self.start + size
        return self._replace(end=at), self._replace(start=at) if at < self.end else None


def _applied(pieces: Iterable[_Piece], edits: Iterable[_Edit]) -> Iterator[_Piece]:
    """The pieces after a step. What an earlier step removed keeps its place among the others."""
    coming = iter(pieces)
    piece = next(coming, None)
    at = 0
    for start, end, after, record in edits:
        while at < start:
            if piece is None:
                raise ValueError(f"{start}-{end} is behind the end of the text")
            first, rest = piece.parted(start - at) if at + piece.size > start else (piece, None)
            yield first
            at += first.size
            piece = rest or next(coming, None)
        while at < end:
            if piece is None:
                raise ValueError(f"{start}-{end} is behind the end of the text")
            first, rest = piece.parted(end - at) if at + piece.size > end else (piece, None)
            at += first.size
            if first.side is BOTH:
                yield first._replace(side=LEFT, change=record)
            elif first.side is LEFT:
                yield first
            elif first.held:
                yield _Piece("", 0, 0, LEFT, held=first.held)
            piece = rest or next(coming, None)
        if after:
            yield _Piece(after, 0, len(after), RIGHT, record)
    if piece is not None:
        yield piece
    yield from coming


def _held(pieces: Iterable[_Piece], records: Iterable[Record]) -> Iterator[_Piece]:
    """The pieces, each with what was proposed for it in a step, and a piece without characters for each held insertion."""
    queue = deque(records)
    active: list[Record] = []
    at = 0
    for piece in pieces:
        rest: _Piece | None = piece
        while rest is not None:
            while queue and queue[0]["at"][0] <= at:
                record = queue.popleft()
                if record["at"][1] > at:
                    active.append(record)
                else:
                    yield _Piece("", 0, 0, LEFT, held=(record,))
            if not rest.size:
                yield rest
                break
            ends = [*(record["at"][1] for record in active), *([queue[0]["at"][0]] if queue else [])]
            first, rest = rest.parted(min([rest.size, *(end - at for end in ends)]))
            yield first._replace(held=(*first.held, *active))
            at += first.size
            active = [record for record in active if record["at"][1] > at]
    yield from (_Piece("", 0, 0, LEFT, held=(record,)) for record in queue)


def _settled(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, where a blank that a change took and the layout put back is nobody's change.

    So it is behind a word that was mended at a line end: the line end was moved there, and the lines were joined.
    """
    for piece, after in pairwise([*pieces, _Piece("", 0, 0)]):
        layout = after.side is RIGHT and after.change is NEVER and after.text.isspace()
        yield piece._replace(change=NEVER) if piece.side is LEFT and layout and piece.text.isspace() else piece


# ---- from pieces to rows -----------------------------------------------------------------------------------------------


def _ends(clean: str) -> list[int]:
    """Where rows end in the clean text.

    >>> _ends("one\\n\\ntwo\\nthree\\n\\n\\n  four"), len(_ends("a b\\n" * 10_000)), len(_ends("a b " * 10_000))
    ([5, 17], 9, 4)
    """
    found: list[int] = []
    borders = [0, *(match.end() for match in BLANK_LINE.finditer(clean)), len(clean)]
    for start, end in pairwise(borders):
        at = start
        while end - at > LONGEST:
            line = clean.find("\n", at + LONGEST, min(at + 2 * LONGEST, end))
            blank = None if line >= 0 else BLANK.search(clean, at + 2 * LONGEST, end)
            at = line + 1 if line >= 0 else blank.end() if blank else end
            if at < end:
                found.append(at)
        if end < len(clean):
            found.append(end)
    return found


_Part = tuple[_Piece, Record | None, bool]  # a piece, the page that begins there, whether it begins a row


def _cut(pieces: Iterable[_Piece], pages: Sequence[Record], ends: Sequence[int]) -> Iterator[_Part]:
    """The pieces parted where pages begin in the raw text and where rows end in the clean one."""
    raws, cleans = deque(pages), deque(ends)
    raw = clean = 0
    for piece in pieces:
        rest: _Piece | None = piece
        while rest is not None:
            while raws and raws[0]["raw"] <= raw:
                yield _Piece("", 0, 0, LEFT), raws.popleft(), _due(cleans, clean)
            sizes = [rest.end - rest.start]
            if rest.side is not RIGHT and raws:
                sizes.append(raws[0]["raw"] - raw)
            first_of_row = _due(cleans, clean)
            if rest.side is not LEFT and cleans:
                sizes.append(cleans[0] - clean)
            first, rest = rest.parted(min(sizes))
            yield first, None, first_of_row
            raw += 0 if first.side is RIGHT else first.end - first.start
            clean += first.size
    yield from ((_Piece("", 0, 0, LEFT), page, False) for page in raws)


def _due(ends: deque[int], at: int) -> bool:
    due = False
    while ends and ends[0] <= at:
        ends.popleft()
        due = True
    return due


_Key = tuple[Record | None, tuple[Record, ...], Record | None]  # what pieces that become one segment share


def _folded(parts: Iterable[_Part]) -> Iterator[list[Segment]]:
    """The segments of each row: pieces of one change, and pieces that nobody changed, become one."""
    row: list[Segment] = []
    lefts: list[str] = []
    rights: list[str] = []
    raw = clean = 0
    last: _Key | None = None

    def close() -> None:
        nonlocal raw, clean
        if last is None:
            return
        left, right = "".join(lefts), "".join(rights)
        row.append(Segment(raw, clean, left, right, *last))
        raw, clean = raw + len(left), clean + len(right)
        lefts.clear()
        rights.clear()

    for piece, page, begins in parts:
        if begins and last is not None:
            close()
            yield row
            row, last = [], None
        key = piece.change or None, piece.held, page
        if last is None or not _same(last, key):
            close()
            last = key
        if piece.side is not RIGHT:
            lefts.append(piece.text)
        if piece.side is not LEFT:
            rights.append(piece.text)
    close()
    if row:
        yield row


def _same(one: _Key, other: _Key) -> bool:
    return one[0] is other[0] and one[2] is other[2] and [*map(id, one[1])] == [*map(id, other[1])]


def _rows(found: Iterable[list[Segment]]) -> list[Row]:
    """Rows, with the furniture before the first word of a paragraph and behind its last word as rows of their own."""
    made: list[Row] = []
    for segments in found:
        words = [k for k, segment in enumerate(segments) if segment.right.strip()]
        first, last = (words[0], words[-1]) if words else (len(segments), len(segments))
        head = max((k + 1 for k in range(first) if segments[k].is_furniture), default=0)
        tail = min((k for k in range(last + 1, len(segments)) if segments[k].is_furniture), default=len(segments))
        for part, furniture in ((segments[:head], True), (segments[head:tail], False), (segments[tail:], True)):
            if part and furniture and made and made[-1].furniture:
                made[-1] = Row([*made[-1].segments, *part], furniture=True)
            elif part:
                made.append(Row(part, furniture))
    return made
