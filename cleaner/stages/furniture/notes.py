"""Notes at the foot of pages: where they go, so that the paragraph that they interrupt is whole.

A note stands below the last line of a page, so in the text of a scan it parts the halves of a sentence and often of a
word ("Testa-", the note, "ment called for ..."). It goes behind the paragraph that it interrupts, which may end pages
later, behind other notes; who wants that has each note behind the paragraph that calls it, or all at the end of the text.
What a note goes on with at the next page's foot follows it. All this are moves, that origin and marks can follow.

Where the paragraph has no plain end the note stays, and the second half of a cut word is brought up. Notes that interrupt
nothing stay too, and are marked. What a note is ``feet`` says. Deliberately left alone: a note whose rest is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from cleaner.measure import LONGEST_LINE, ends_sentence
from cleaner.model import Edit, Mark, Proposals, Value
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.furniture.feet import Foot, find_feet, goes_on, measure
from cleaner.stages.furniture.pages import Finding, Page
from cleaner.stages.furniture.rows import OPENERS, PageRows, is_cut
from cleaner.stages.furniture.strays import FILLED, NARROWEST

NOTE = "furniture.note"
SECOND_HALF = re.compile(r"[ \t]*[^\W\d_]\S*[ \t]+(?=\S)")
INDENT = 2  # blanks by which the first line of a paragraph is indented
MOST_PAGES = 5  # on which one paragraph stands

_ABOVE = "The ferry left at seven, and all who were still upon\nthe quay looked after it until the smoke* was lost, "
_REST = "to the nets that hung from one\nend of the yard to the other.\n"
_NOTE = "*It was the last boat of the year.\n"
_AFTER = "Nobody spoke before the bell.\n"
_PAGES = ("It rang.\n", "They went home, all but one of them.\n")


def _scan(cut: str, note: str, begin: str) -> str:
    """Four pages; the first ends in ``cut`` and a note, the second begins with ``begin``."""
    return f"{_ABOVE}{cut}\n\n{note}\n\f{begin}{_REST}\n{_AFTER}\f" + "\f".join(_PAGES)


def _mended(cut: str, note: str, begin: str) -> str:
    return f"{_ABOVE}{cut}\n{begin}{_REST}\n{note}\n{_AFTER}" + "".join(_PAGES)


_FIGURE = "1. It was the last boat of the year.\n"

RULES = (
    Rule(
        id=NOTE,
        why="a note at the foot of a page stands between two halves of a word, or of a sentence",
        examples=((_scan("re-", _NOTE, "turned "), _mended("re-", _NOTE, "turned ")),),
        keep=(
            _mended("and", _NOTE, "went back "),
            f"{_ABOVE}and\n\n{_FIGURE}\nwent back {_REST}",
        ),
    ),
)


class _Book(NamedTuple):
    """The rows of text on each page, the feet that are sure, the last row that stays where it is, and the furniture."""

    rows: PageRows
    texts: Sequence[Sequence[int]]
    feet: Mapping[int, Foot]
    last: int
    found: Mapping[int, Finding]


def place_notes(
    rows: PageRows, found: Mapping[int, Finding], pages: Sequence[Page], group: int, *, style: str
) -> Proposals:
    """The moves of notes, and a ``note`` mark over the lines of each that is sure.

    ``found`` is the furniture, by row. The groups are numbered from ``group`` on. ``style`` is ``keep``, ``after`` or
    ``end``. A mark says which ``sign`` the note has and on which ``leaf`` it is printed, counted from 1; one with ``open``
    goes on in the next mark, which has no sign.
    """
    if not NARROWEST <= rows.width <= LONGEST_LINE:
        return Proposals()
    bodies = [[row for row in page.rows if row not in found] for page in pages]
    feet = find_feet(rows, found, bodies)
    sure = {page: foot for page, foot in feet.items() if foot.confidence >= THRESHOLD}
    texts = [sure[page].text if page in sure else body for page, body in enumerate(bodies)]
    leaving = {
        row for page, foot in sure.items() if _chain(sure, page) for row in range(foot.text[-1] + 1, foot.last + 1)
    }
    gone = {row for row, finding in found.items() if finding.confidence >= THRESHOLD}
    last = next((row for row in reversed(rows.filled) if row not in leaving and row not in gone), -1)
    book = _Book(rows, texts, sure, last, found)
    edits = [edit for number, page in enumerate(feet, group) for edit in _edits(book, page, feet[page], style, number)]
    return Proposals(edits, [mark for page, foot in sure.items() for mark in _marks(book, page, foot)])


def _marks(book: _Book, page: int, foot: Foot) -> Iterator[Mark]:
    pieces = [("", foot.rest)] if foot.rest else []
    for sign, lines in [*pieces, *foot.notes]:
        value: dict[str, Value] = {"sign": sign} if sign else {}
        value["leaf"] = page + 1
        if lines[-1] == foot.last and _goes_on(book.feet, page):
            value["open"] = True
        yield Mark(book.rows.starts[lines[0]], book.rows.ends[lines[-1]], "note", value)


def _goes_on(feet: Mapping[int, Foot], page: int) -> bool:
    return feet[page].is_open and page + 1 in feet and bool(feet[page + 1].rest)


def _chain(feet: Mapping[int, Foot], page: int) -> list[int]:
    """The pages on which the last note of a page stands, from that one on; none where its end is not found."""
    chain = [page]
    while feet[chain[-1]].is_open and (len(chain) == 1 or not feet[chain[-1]].notes):
        if not _goes_on(feet, chain[-1]):
            return []
        chain.append(chain[-1] + 1)
    return chain


def _edits(book: _Book, page: int, foot: Foot, style: str, group: int) -> Iterator[Edit]:
    """The moves of the notes that begin at a page's foot, or that of the second half of a word: one group."""
    rows, chain = book.rows, _chain({**book.feet, page: foot}, page)
    if not chain or not foot.notes:
        return
    behind = _paragraph_end(book, page + 1, 0) if foot.parts else None
    half = _second_half(book, page, foot) if foot.parts and behind is None and style != "end" else None
    if half:
        yield from _move(book, half, rows.nexts[foot.text[-1]], foot.confidence, _parting(book, page, foot), group)
    why = _parting(book, page, foot) if foot.parts else "a note at the page's foot"
    places = [None] * len(foot.notes) if half else _places(book, page, foot, behind, style)
    above = foot.rest[-1] if foot.rest else foot.text[-1]
    for place, together in groupby(zip(places, foot.notes, strict=True), key=itemgetter(0)):
        notes = [note for _, note in together]
        end = notes[-1].rows[-1]
        if place is not None:
            yield from _move(book, (rows.ends[above], rows.ends[end]), rows.ends[place], foot.confidence, why, group)
        above = end
    to = above if places[-1] is None else places[-1]
    for other in chain[1:]:
        yield from _move_rest(book, book.feet[other], rows.ends[to], foot.confidence, group)


def _parting(book: _Book, page: int, foot: Foot) -> str:
    above, below = (book.rows.texts[row].split() for row in (foot.text[-1], book.texts[page + 1][0]))
    return f"a note at the page's foot parts {' '.join(above[-3:])!r} and {' '.join(below[:3])!r}"


def _move(book: _Book, span: tuple[int, int], to: int, confidence: float, why: str, group: int) -> tuple[Edit, Edit]:
    moved = book.rows.text[slice(*span)]
    return (
        Edit(to, to, "", moved, NOTE, confidence, why, group, span),
        Edit(*span, moved, "", NOTE, confidence, why, group),
    )


def _move_rest(book: _Book, foot: Foot, to: int, confidence: float, group: int) -> Iterator[Edit]:
    """The rest of a note, as the next line; the blank lines above it go."""
    rows, rest = book.rows, foot.rest
    start, blank = rows.ends[rest[0] - 1], rows.ends[foot.text[-1]]
    why = "the note at the foot of the page before goes on"
    if blank < start:
        yield Edit(blank, start, rows.text[blank:start], "", NOTE, confidence, why, group)
    yield from _move(book, (start, rows.ends[rest[-1]]), to, confidence, why, group)


def _places(book: _Book, page: int, foot: Foot, behind: int | None, style: str) -> list[int | None]:
    """For each note the row behind which it goes, None where it stays; ``behind`` is the end of what they interrupt.

    A note of which nobody knows where it is called goes with the next one: their order stays.
    """
    place = book.last if style == "end" else behind
    places: list[int | None] = []
    for call in reversed(foot.calls):
        if style == "after" and call is not None:
            end = _paragraph_end(book, page, list(foot.text).index(call))
            place = behind if end is None else end
        places.append(None if place == foot.text[-1] else place)
    return places[::-1]


def _second_half(book: _Book, page: int, foot: Foot) -> tuple[int, int] | None:
    """The span of the rest of a cut word."""
    rows, below = book.rows, book.texts[page + 1][0]
    second = SECOND_HALF.match(rows.text, rows.starts[below], rows.ends[below])
    # What is brought up stands on a line of its own only where a blank line follows.
    if second and not foot.rest and is_cut(rows.texts[foot.text[-1]]) and not rows.texts[foot.text[-1] + 1]:
        return second.span()
    return None


def _paragraph_end(book: _Book, page: int, at: int) -> int | None:
    """The row that plainly ends the paragraph of the row ``at`` of a page, or the sentence that ends with a page."""
    for number in range(page, min(page + MOST_PAGES, len(book.texts))):
        text = book.texts[number]
        for row, after in pairwise(text[at:]):
            end = _ends(book, row, after, text)
            if end is not None:
                return row if end else None
        if not text:
            return None
        at, last, below = 0, text[-1], book.texts[number + 1] if number + 1 < len(book.texts) else []
        parted = number in book.feet and book.feet[number].parts
        if not parted and not goes_on(book.rows, text, below):
            lower = below and book.rows.texts[below[0]].lstrip(OPENERS)[:1].islower()
            return last if ends_sentence(book.rows.texts[last]) and not lower else None
    return None


def _ends(book: _Book, row: int, after: int, text: Sequence[int]) -> bool | None:
    """Whether a paragraph ends between two rows of a page; None where it goes on, False where that is not plain."""
    rows, line = book.rows, book.rows.texts[row]
    if row in rows.feeds or any(between in book.found for between in range(row + 1, after)):
        return False
    ended, short = ends_sentence(line), len(line) < FILLED * measure(rows, text)
    if after > row + 1:
        return ended and 2 * sum(below > above + 1 for above, below in pairwise(text)) < len(text)
    return True if ended and (short or _depth(rows, after) >= _depth(rows, row) + INDENT) else None


def _depth(rows: PageRows, row: int) -> int:
    line = rows.text[rows.starts[row] : rows.ends[row]]
    return len(line) - len(line.lstrip())
