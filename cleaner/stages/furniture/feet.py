"""Notes at the foot of pages: where they begin, which sign each has, and whether they interrupt a sentence.

A note is believed by its mark at the start of a line. What proves it is the text: that it breaks off above the notes and
goes on over the next page, that a blank line sets them apart, that a word above has the same mark (it *calls* the note).
Of these one is enough for a sign where the sentence goes on in lower case; where nothing is interrupted each note must be
called, and be set apart. What a note that is not at its end goes on with stands at the next page's foot.

Deliberately left alone: numbered lists and rows of tables, remarks below tables, notes that take nearly all of their
page, and what goes on at the head of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from cleaner.measure import HALF, STOPS, ends_sentence, quantile
from cleaner.policy import THRESHOLD
from cleaner.stages.furniture.pages import Finding
from cleaner.stages.furniture.rows import OPENERS, PageRows, is_cut
from cleaner.stages.furniture.strays import CLOSING, FILLED, RAISED

CALLS = "*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}"
SIGNS = "[\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}\N{PILCROW SIGN}]"
# "*Lenin's last efforts", "** See", "*) In situ", "12. The report", "(3) Ibid."; a note begins with a capital.
MARK = re.compile(
    rf"(?:(?P<sign>\*{{1,3}}|[{RAISED}]{{1,3}}|{SIGNS}{{1,2}})\)? ?|\(?(?P<figure>\d{{1,3}})[.)]? +)(?=\S)"
)
FIGURES = str.maketrans(dict(zip("\N{SUPERSCRIPT ZERO}\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
    "\N{SUPERSCRIPT FOUR}\N{SUPERSCRIPT FIVE}\N{SUPERSCRIPT SIX}\N{SUPERSCRIPT SEVEN}\N{SUPERSCRIPT EIGHT}"
    "\N{SUPERSCRIPT NINE}", "0123456789", strict=True)))  # fmt: skip
LONGEST_PAGE = 150  # lines; what is longer is no page of a book
# Of a page: notes are rarely longer, a list or a chapter's end is; and those that are called.
LARGE, LARGEST = 0.5, 0.75
# Of the lines of a text are narrower than most lines of a note in small type, and than all that are full.
WIDE, FULL = 0.95, 0.75
MEASURE, FEWEST = 0.9, 8  # of the lines of a page are no wider than its measure; lines that show it
FEWEST_WIDE = 3  # lines that show it
NEAR = 2  # lines above notes, of which one is plainly prose
SURE, LIKELY, UNSURE = 0.96, 0.93, 0.6


class Note(NamedTuple):
    """A note: its ``sign``, figures as plain ones, and its ``rows``."""

    sign: str
    rows: Sequence[int]


class Foot(NamedTuple):
    """What stands below the ``text`` of a page, by rows: the ``rest`` of the note that the page before leaves open, if it
    does, and the page's own notes.

    ``parts``: the text breaks off and goes on over the next page. ``is_open``: so does the last note. ``calls``: for each
    note the row that has its mark, None where that is not plain.
    """

    text: Sequence[int]
    rest: Sequence[int]
    notes: Sequence[Note]
    parts: bool
    is_open: bool
    calls: Sequence[int | None]
    confidence: float

    @property
    def last(self) -> int:
        """The last row."""
        return (self.notes[-1].rows if self.notes else self.rest)[-1]


def find_feet(rows: PageRows, found: Mapping[int, Finding], bodies: Sequence[Sequence[int]]) -> dict[int, Foot]:
    """The feet of pages, by the number of the page. ``found`` is the furniture, ``bodies`` are the rows of pages without it.

    A line in the way that may be furniture leaves all as it is.
    """
    held = {row for row, finding in found.items() if finding.confidence < THRESHOLD}
    feet: dict[int, Foot] = {}
    sign = ""
    for page, (body, below) in enumerate(zip(bodies, [*bodies[1:], []], strict=False)):
        before = feet.get(page - 1)
        sign = before.notes[-1].sign if before and before.notes else sign
        foot = _foot(rows, body, below, sign if before and before.is_open else "")
        if not foot or not held.isdisjoint(range(foot.text[-1], below[0] if below else body[-1])):
            continue
        if found.keys().isdisjoint(range(foot.text[-1], body[-1])):
            feet[page] = foot
    return feet


def goes_on(rows: PageRows, text: Sequence[int], below: Sequence[int]) -> bool:
    """Whether the rows of a page break off and the rows ``below`` go on with them, in lower case."""
    return bool(below) and rows.texts[below[0]].lstrip(OPENERS)[:1].islower() and _breaks_off(rows, text)


def _breaks_off(rows: PageRows, text: Sequence[int]) -> bool:
    """Whether the last line of prose stops in mid-word, or in mid-sentence at the end of the measure."""
    width = measure(rows, text)
    line = rows.texts[text[-1]].rstrip(CALLS)
    if not line or is_cut(line):
        return len(line) >= HALF * width
    return not ends_sentence(line) and (line[-1].isalnum() or line[-1] in ",;") and len(line) >= FILLED * width


def measure(rows: PageRows, text: Sequence[int]) -> int:
    """The measure of the text of a page: notes in small type are wider."""
    widths = sorted(len(rows.texts[row]) for row in text)
    return min(rows.width, quantile(widths, MEASURE)) if len(text) >= FEWEST else rows.width


def _foot(rows: PageRows, body: Sequence[int], below: Sequence[int], opened: str) -> Foot | None:
    """The foot of a page; ``opened`` is the sign of the note that the page before leaves open, if it does."""
    least, usual = (max(1, len(body) - int(share * len(body))) for share in (LARGEST, LARGE))
    if len(body) > LONGEST_PAGE:
        return None
    for at in range(least, len(body)):
        if MARK.match(rows.texts[body[at]]):
            notes = list(_notes(rows, body[at:]))
            foot = _with_rest(rows, body[:at], least, below, opened, notes) if opened else None
            foot = foot or _judged(rows, body[:at], below, notes)
            if foot and (at >= usual or foot.rest or foot.calls[0] is not None):
                return foot
    return _with_rest(rows, body, least, below, opened, []) if opened else None


def _notes(rows: PageRows, lines: Sequence[int]) -> Iterator[Note]:
    """The notes that begin with the first of some rows: another sign, or the next number, begins another one."""
    starts: list[int] = []
    signs: list[str] = []
    for at, row in enumerate(lines):
        mark = MARK.match(rows.texts[row])
        if mark and (not at or (_is_capital(rows.texts[row][mark.end() :]) and _follows(_sign(mark), signs))):
            starts.append(at)
            signs.append(_sign(mark))
    for sign, (at, end) in zip(signs, pairwise([*starts, len(lines)]), strict=True):
        yield Note(sign, lines[at:end])


def _sign(mark: re.Match[str]) -> str:
    return (mark["sign"] or mark["figure"]).translate(FIGURES)


def _follows(sign: str, before: Sequence[str]) -> bool:
    """Whether a note with this sign may follow others: the next number, or a sign that they have not."""
    if sign.isdecimal() and before[-1].isdecimal():
        return int(sign) == int(before[-1]) + 1
    return not sign.isdecimal() and not before[-1].isdecimal() and sign not in before


def _is_capital(rest: str) -> bool:
    return rest.lstrip(OPENERS)[:1].isupper()


def _judged(rows: PageRows, text: Sequence[int], below: Sequence[int], notes: Sequence[Note]) -> Foot | None:
    """A foot that begins with a note of its own page, as sure as its text makes it.

    A paragraph below a note that has no mark must be in small type, or it is text.
    """
    line = rows.texts[notes[0].rows[0]]
    mark = MARK.match(line)
    assert mark
    begins, sign = line[mark.end() :].lstrip(OPENERS)[:1], bool(mark["sign"])
    apart = _is_apart(rows, text, notes[0].rows[0])
    parts, is_open = goes_on(rows, text, below), _is_open(rows, text, notes[-1].rows)
    interrupts = parts and begins.isupper() and not is_open
    if not apart and not sign and not (interrupts and ")" in mark[0]):  # a list's item, the row of a table
        return None
    may_be = begins.isupper() or (sign and begins.isalnum())
    if not interrupts and not (may_be and apart and _is_prose(rows, text, HALF * measure(rows, text))):
        return None
    if not all(_is_long(rows, text, note.rows[_block(note.rows) :], FULL) for note in notes if _gaps(note.rows)):
        return None
    calls = _calls(rows, text, notes)
    called = 2 * sum(call is not None for call in calls) >= len(notes)
    if interrupts and (apart or sign):
        confidence = SURE if sign and apart and called else LIKELY if called or (sign and apart) else UNSURE
    elif called:
        confidence = LIKELY
        parts = parts or _parts(rows, text, below)
    else:
        return None
    return Foot(text, (), notes, parts, is_open, calls, confidence)


def _with_rest(
    rows: PageRows, body: Sequence[int], least: int, below: Sequence[int], opened: str, notes: Sequence[Note]
) -> Foot | None:
    """A foot that begins with the rest of the note that the page before leaves open; ``notes`` follow below the ``body``.

    No blank lines are more than those above it. It goes on in lower case and comes to its end, while the text goes on over
    the next page, or its lines are long, or a note that is called, or the next one, stands right below; or its lines are
    plainly those of a small type. A numbered item in it is no note of the page, unless it is called, or the next one.
    """
    gaps = {at: body[at] - body[at - 1] for at in range(least, len(body)) if _is_apart(rows, body[:at], body[at])}
    for at in (at for at, gap in gaps.items() if gap == max(gaps.values())):
        text, rest = body[:at], body[at:]
        mark = MARK.match(rows.texts[rest[0]])
        if mark and _is_capital(rows.texts[rest[0]][mark.end() :]):
            continue
        parts, calls = goes_on(rows, text, below), _calls(rows, text, notes)
        numbered = bool(notes) and notes[0].sign.isdecimal()
        next_one = numbered and opened.isdecimal() and _follows(notes[0].sign, [opened])
        if numbered and None in calls and not next_one:
            continue
        noted = bool(notes) and (calls[0] is not None or next_one)
        ends = noted or not _is_open(rows, text, rest)
        plain = parts or _is_long(rows, text, rest, FULL) or (noted and notes[0].rows[0] == rest[-1] + 1)
        if (rows.texts[rest[0]][0].islower() and ends and plain) or (
            _is_wide(rows, text, rest) and (ends or not notes)
        ):
            is_open = _is_open(rows, text, notes[-1].rows if notes else rest)
            return Foot(text, rest, notes, parts or _parts(rows, text, below), is_open, calls, LIKELY)
    return None


def _parts(rows: PageRows, text: Sequence[int], below: Sequence[int]) -> bool:
    """Whether the text breaks off above what is plainly a note, and what is below is a full line of prose."""
    return _breaks_off(rows, text) and _is_prose(rows, below[:1], FILLED * measure(rows, text))


def _is_apart(rows: PageRows, text: Sequence[int], first: int) -> bool:
    """Whether a blank line parts a row from the text above, in which not every line is followed by one."""
    return first > text[-1] + 1 and 2 * _gaps(text) < len(text)


def _gaps(lines: Sequence[int]) -> int:
    return sum(after > row + 1 for row, after in pairwise(lines))


def _block(lines: Sequence[int]) -> int:
    """How many rows stand before the first blank line among them."""
    return next((at for at, (row, after) in enumerate(pairwise(lines), 1) if after > row + 1), len(lines))


def _is_open(rows: PageRows, text: Sequence[int], note: Sequence[int]) -> bool:
    last = rows.texts[note[-1]]
    return not ends_sentence(last) and last[-1] not in STOPS and len(last) >= HALF * measure(rows, text)


def _is_prose(rows: PageRows, text: Sequence[int], width: float) -> bool:
    """Whether one of the last rows is as wide, and a third of its words are in small letters: no table, no title."""
    for line in (rows.texts[row] for row in text[-NEAR:]):
        words = line.split()
        if len(line) >= width and 3 * sum(word[0].islower() for word in words) >= len(words):
            return True
    return False


def _is_wide(rows: PageRows, text: Sequence[int], rest: Sequence[int]) -> bool:
    """Whether the lines of a note are plainly longer than those of the text above: small type.

    A paragraph of the text that is taken for the first one of the note would show.
    """
    full = _block(rest) - 1
    most = quantile(sorted(len(rows.texts[row]) for row in text), FULL if full else 1)
    first = all(len(rows.texts[row]) > most for row in rest[: max(1, full)])
    return first and len(rest) >= FEWEST_WIDE and _is_long(rows, text, rest, WIDE)


def _is_long(rows: PageRows, text: Sequence[int], rest: Sequence[int], share: float) -> bool:
    """Whether half of some lines are longer than a share of those of the text above; a few show nothing."""
    widths, long = (sorted(len(rows.texts[row]) for row in part) for part in (text, rest))
    return len(long) > 1 and len(widths) >= FEWEST and long[len(long) // 2] > quantile(widths, share)


def _calls(rows: PageRows, text: Sequence[int], notes: Sequence[Note]) -> list[int | None]:
    """For each note the one row of the text that has its mark behind a word; None for all where these are not in order."""
    lines = [(row, rows.texts[row].translate(FIGURES)) for row in text]
    calls: list[int | None] = []
    for sign, _ in notes:
        found = [row for row, line in lines if sign in line for _ in _call(sign).finditer(line)]
        calls.append(found[0] if len(found) == 1 else None)
    places = [row for row in calls if row is not None]
    return calls if places == sorted(places) else [None] * len(calls)


@lru_cache(maxsize=256)
def _call(sign: str) -> re.Pattern[str]:
    """How a note is called: behind a word; with a bracket behind a blank too, else that may be dirt.

    >>> [_call("3").search(line) is not None for line in ("the smoke,3 and", "the smoke 3) and", "in 3 days", "page3a")]
    [True, True, False, False]
    """
    plain = re.escape(sign)
    return re.compile(rf"[^\W\d_][.,;:!?)\]{CLOSING}]*(?:\(?{plain}| {plain}(?=\)))(?![\w*])")
