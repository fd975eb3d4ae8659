"""Notes at a page's foot: the word that one interrupts is brought together, or the whole paragraph.

A note stands below the last line of a page, so in the text of a scan it parts the halves of a sentence and often of a
word ("Testa-", the note, "ment called for ..."). The second half of the word is brought up, as a move that origin and
marks can follow; the note stays where it is, as a paragraph of its own. Who wants the notes after the paragraph that
they interrupt has all of its rest brought up, where its end is plain.

A note is believed by its mark at the start of a line, where the text before it breaks off, the note itself is at an
end, and the next page goes on in lower case. Deliberately left alone: notes after a whole sentence (nothing shows that
they interrupt a paragraph), notes that run over to the next page, and paragraphs that two pages' notes interrupt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.measure import HALF, LONGEST_LINE, STOPS, ends_sentence
from cleaner.model import Edit, Mark, Proposals
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.furniture.pages import Finding, Page
from cleaner.stages.furniture.rows import OPENERS, PageRows, is_cut
from cleaner.stages.furniture.strays import CLOSING, FILLED, NARROWEST, RAISED

NOTE = "furniture.note"
# "*Lenin's last efforts", "** See", "12. The report", "(3) Ibid."; a note begins with a capital.
MARK = re.compile(
    rf"(?:(?P<sign>\*{{1,3}}|[{RAISED}]{{1,3}}|"
    "[\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}\N{PILCROW SIGN}]{1,2}"
    rf") ?|\(?(?P<figure>\d{{1,3}})[.)]? +)(?=\S)"
)
LARGEST = 0.5  # of a page: a note is rarely longer, a list or a chapter's end is
SECOND_HALF = re.compile(r"[ \t]*[^\W\d_]\S*[ \t]+(?=\S)")
INDENT = 2  # blanks by which the first line of a paragraph is indented

_ABOVE = "The ferry left at seven, and all who were still upon\nthe quay looked after it until the smoke* was lost, "
_REST = "to the nets that hung from one\nend of the yard to the other.\n"
_NOTE = "*It was the last boat of the year.\n"
_AFTER = "Nobody spoke before the bell.\n"
_PAGES = ("It rang.\n", "They went home, all but one of them.\n")


def _scan(cut: str, note: str, begin: str) -> str:
    """Four pages; the first ends in ``cut`` and a note, the second begins with ``begin``."""
    return f"{_ABOVE}{cut}\n\n{note}\n\f{begin}{_REST}\n{_AFTER}\f" + "\f".join(_PAGES)


def _mended(cut: str, note: str, begin: str) -> str:
    return f"{_ABOVE}{cut}\n{begin}\n{note}{_REST}\n{_AFTER}" + "".join(_PAGES)


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


class Note(NamedTuple):
    """``rows`` of a note, the row of text ``above`` it, and the probability that it interrupts what stands there."""

    rows: Sequence[int]
    above: int
    confidence: float


def bring_up(
    rows: PageRows, found: Mapping[int, Finding], pages: Sequence[Page], group: int, *, paragraphs: bool
) -> Proposals:
    """For each note that interrupts a sentence the move that mends it, and a ``note`` mark over the note's lines.

    ``found`` is the furniture, by row. The groups are numbered from ``group`` on. With ``paragraphs`` the rest of the
    paragraph is brought up, else the rest of a cut word.
    """
    edits: list[Edit] = []
    marks: list[Mark] = []
    if not NARROWEST <= rows.width <= LONGEST_LINE:
        return Proposals()
    bodies = [[row for row in page.rows if row not in found] for page in pages]
    held = {row for row, finding in found.items() if finding.confidence < THRESHOLD}
    for body, below in pairwise(bodies):
        note = _note(rows, body, below)
        if not note or not held.isdisjoint(range(note.rows[0], below[0])):
            continue
        if note.confidence >= THRESHOLD:
            marks.append(Mark(rows.starts[note.rows[0]], rows.ends[note.rows[-1]], "note"))
        start, end = _source(rows, found, note, below, paragraphs=paragraphs)
        if start == end:
            continue
        moved, place = rows.text[start:end], rows.nexts[note.above]
        above, below_it = rows.texts[note.above].split()[-3:], moved.split()[:3]
        why = f"a note at the page's foot parts {' '.join(above)!r} and {' '.join(below_it)!r}"
        edits.append(Edit(place, place, "", moved, NOTE, note.confidence, why, group, (start, end)))
        edits.append(Edit(start, end, moved, "", NOTE, note.confidence, why, group))
        group += 1
    return Proposals(edits, marks)


def _note(rows: PageRows, body: Sequence[int], below: Sequence[int]) -> Note | None:
    """The note, or notes, at the foot of a page that interrupt a sentence which the next page goes on with."""
    if not body or not below or not rows.texts[below[0]].lstrip(OPENERS)[:1].islower():
        return None
    foot = rows.texts[body[-1]]
    if not ends_sentence(foot) and foot[-1] not in STOPS and len(foot) >= HALF * rows.width:
        return None
    for at in range(max(1, len(body) - int(LARGEST * len(body))), len(body)):
        mark = MARK.match(rows.texts[body[at]])
        above = rows.texts[body[at - 1]]
        if mark and _is_capital(rows.texts[body[at]][mark.end() :]) and _breaks_off(rows, above):
            apart = body[at] > body[at - 1] + 1
            if mark["figure"] and not apart:  # the item of a list, the row of a table
                continue
            called = _is_called(rows, body[:at], mark)
            if mark["figure"]:
                confidence = 0.93 if called else 0.6
            else:
                confidence = 0.96 if apart and called else 0.93 if apart or called else 0.6
            return Note(body[at:], body[at - 1], confidence)
    return None


def _is_capital(rest: str) -> bool:
    return rest.lstrip(OPENERS)[:1].isupper()


def _breaks_off(rows: PageRows, line: str) -> bool:
    """Whether a line of prose stops in mid-word, or in mid-sentence at the end of the measure."""
    if is_cut(line):
        return len(line) >= HALF * rows.width
    return not ends_sentence(line) and (line[-1].isalnum() or line[-1] in ",;") and len(line) >= FILLED * rows.width


def _is_called(rows: PageRows, body: Sequence[int], mark: re.Match[str]) -> bool:
    """Whether the text of the page has the mark behind a word."""
    sign = mark["sign"] or mark["figure"]
    call = re.compile(rf"[^\W\d_][.,;:!?)\]{CLOSING}]*{re.escape(sign)}(?![\w*])")
    return any(sign in rows.texts[row] and call.search(rows.texts[row]) for row in body)


def _source(
    rows: PageRows, found: Mapping[int, Finding], note: Note, below: Sequence[int], *, paragraphs: bool
) -> tuple[int, int]:
    """The span to be brought up: the rest of the paragraph, or of a cut word; empty where neither is plain."""
    start = rows.starts[below[0]]
    last = _paragraph_end(rows, found, below) if paragraphs else None
    if last is not None:
        end = rows.nexts[last]
        return (start, end) if rows.text[end - 1] == "\n" else (start, start)
    second = SECOND_HALF.match(rows.text, start, rows.ends[below[0]])
    # What is brought up stands on a line of its own only where a blank line follows.
    if second and is_cut(rows.texts[note.above]) and not rows.texts[note.above + 1]:
        return second.span()
    return start, start


def _paragraph_end(rows: PageRows, found: Mapping[int, Finding], below: Sequence[int]) -> int | None:
    """The row that plainly ends the paragraph with which a page begins."""
    parted = sum(after > row + 1 for row, after in pairwise(below))
    for row, after in pairwise([*below, below[-1]]):
        line = rows.texts[row]
        if row in rows.feeds or any(between in found for between in range(row + 1, after)):
            return None
        ended, short = ends_sentence(line), len(line) < FILLED * rows.width
        if after > row + 1:
            return row if ended and 2 * parted < len(below) else None
        if ended and (short or (after > row and _depth(rows, after) >= _depth(rows, row) + INDENT)):
            return row
    return None


def _depth(rows: PageRows, row: int) -> int:
    line = rows.text[rows.starts[row] : rows.ends[row]]
    return len(line) - len(line.lstrip())
