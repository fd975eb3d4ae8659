"""Lines that the printer ended are joined to paragraphs; line ends that the author meant stay.

Evidence that a paragraph ends at a line end: a blank line, an indented next line, a line that left room for the word
after it *and* ends a sentence *and* is followed by a capital, a quotation mark or a figure. Against it: a sentence
that runs on in lower case, across a blank line and a page break too. What the printer would have had to join, had it
been prose, tells as well: a line far below the measure that does not end a sentence is a title, an address, a
signature or a verse, and keeps its line end.

Only white space is touched, one line break in an edit (a run of surplus blank lines counts as one). Deliberately not
done here: mending words split at the line end (``hyphens``), moving notes out of the paragraph that they interrupt,
the final newline (``seal``), and anything in a text whose lines are whole paragraphs, however it parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from cleaner.knowledge import Knowledge
from cleaner.language.facts import FACTS, NO_FACTS
from cleaner.measure import HALF, LONGEST_LINE, ROOM, Layout, Rows, fullness, layout
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import FLOOR, THRESHOLD
from cleaner.stages.paragraphs.rules import BLANKS, INDENT, REFLOW, RULES, TRAILING, WHY

__all__ = ["RULES", "propose"]

FURNITURE = "furniture"
KEPT = frozenset(
    {"verse", "table", "index", "contents", "code", "garbage", FURNITURE}
)  # every line of these stands for itself
ITEM = "list"  # one item: a boundary, but its own lines are joined
PAGE, FEED = "page", "\f"
NOTE = "note"  # paragraphs of their own

# Shares of the measure (see ``fullness``)
SHORT = 0.8  # below this the line is plainly short

DEEP = 2  # blanks: one alone at a line's start is dirt, some scans have it on every page or line
DEEPEST = 12  # what is deeper is centred
BLANKS_HABIT = 0.9  # share of short lines with a blank line behind, from which every paragraph has one
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\N{NOT SIGN}"
DASHES = ("\N{EM DASH}", "\N{EN DASH}", "--")
OPENING = frozenset(
    "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EM DASH}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
)
CLOSING = frozenset(
    "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
GOES_ON = frozenset(",;-\N{EM DASH}\N{EN DASH}(")  # no title or signature ends so
_NOTE = re.compile(r"(?:[*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}]{1,3}|\(?\d{1,2}[).]?) ?[^\W\d_a-z]")
NOTE_MARKS = frozenset("*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}")
NOTE_HEADS = NOTE_MARKS | frozenset("(0123456789")
FOOT = 12  # rows above a page break in which a line may begin a note with a bare figure
# One pattern for each dash: two that begin with a letter are faster than one that may begin with either.
_TIGHT = re.compile(r"\N{EM DASH}(?=\w)"), re.compile(r"\N{EN DASH}(?=[^\W\d])")
_LOOSE = re.compile(r"\N{EM DASH} (?=\S)"), re.compile(r"\N{EN DASH} (?=\S)")
_ORNAMENT = re.compile(r"[^\w\s](?:\W+[^\w\s])+\Z")  # "* * *", a rule of dashes: nobody's words
LONGEST_ORNAMENT = 24


class Step(NamedTuple):
    """What becomes of the line end after a row: ``join``, ``part`` (a blank line must stand there) or ``keep``."""

    do: str
    confidence: float


KEEP = Step("keep", 0.0)
JOIN, LIKELY, UNSURE = Step("join", 0.99), Step("join", 0.95), Step("join", 0.6)
PART, PART_LIKELY, PART_UNSURE = Step("part", 0.99), Step("part", 0.93), Step("part", 0.6)


def indented(rows: Rows, row: int) -> bool:
    """Is a row the indented first line of a paragraph: deeper than the lines above and below?"""
    starts, numbers, lines = rows.starts, rows.numbers, rows.lines.starts
    depth = starts[row] - lines[numbers[row]]
    if not DEEP <= depth <= DEEPEST or depth - (starts[row - 1] - lines[numbers[row - 1]]) < DEEP:
        return False
    if row + 1 == len(rows) or numbers[row + 1] > numbers[row] + 1:
        return True
    return depth - (starts[row + 1] - lines[numbers[row + 1]]) >= DEEP


def begins_note(rows: Rows, row: int, *, figures: bool) -> bool:
    """Does a row begin with the mark of a note, before a capital? Figures are marks only where the caller says so."""
    head = rows.texts[row][0]
    return head in (NOTE_HEADS if figures else NOTE_MARKS) and _NOTE.match(rows.texts[row]) is not None


def ornament(rows: Rows, row: int) -> bool:
    """Is a row nothing but signs, three characters at least?"""
    return rows.widths[row] <= LONGEST_ORNAMENT and _ORNAMENT.match(rows.texts[row]) is not None


def stands_alone(rows: Rows, row: int) -> bool:
    """A short row that ends no sentence and is not continued: a title, a salutation, a signature."""
    if rows.ended[row] or rows.widths[row] > HALF * rows.measure[row] or not rows.texts[row][0].isupper():
        return False
    return row + 1 == len(rows) or not rows.lower[row + 1] or rows.numbers[row + 1] > rows.numbers[row] + 1


def within(rows: Rows, row: int, style: Layout, *, foot: bool) -> Step:
    """A line end inside a block: between a row and the next one, with no blank line and no page break between.

    ``foot``: the rows stand at the foot of a page, where notes do.
    """
    after = row + 1
    text, then = rows.texts[row], rows.texts[after]
    if rows.widths[row] > LONGEST_LINE or not style.wrapped:
        return KEEP
    ended = rows.ended[row]
    goes_on = rows.lower[after]
    if not goes_on and not then[0].isupper():
        if begins_note(rows, after, figures=ended or foot) or ornament(rows, after):
            return KEEP
    elif ornament(rows, row):
        return KEEP
    fill = fullness(rows, row, style)
    full = style.full(fill)
    if rows.starts[after] - rows.lines.starts[rows.numbers[after]] >= DEEP and indented(rows, after):
        return PART if ended else PART_UNSURE if goes_on else PART_LIKELY
    if style.exact and not full:  # a program would have put the word there, so somebody ended the line
        return UNSURE if goes_on else PART if ended else KEEP
    if not ended:
        if full:
            return JOIN
        if fill >= HALF and (goes_on or text[-1] in GOES_ON):
            return JOIN if fill >= SHORT else LIKELY
        if fill >= SHORT and rows.widths[after] >= HALF * rows.measure[after]:
            return LIKELY  # a name or a noun in capitals
        return UNSURE if goes_on else KEEP
    if goes_on:
        return JOIN if full else LIKELY if fill >= SHORT else UNSURE
    if full and stands_alone(rows, after):
        return KEEP
    if full and (then[0] not in OPENING or style.blanks >= BLANKS_HABIT):
        return LIKELY
    if then[0] in OPENING and text[-1] in CLOSING:
        return PART_LIKELY  # the other speaker
    if full:
        return UNSURE
    if fill < SHORT:
        return PART if fill < HALF else PART_LIKELY
    return PART_UNSURE


def across_blank(rows: Rows, row: int, style: Layout) -> Step:
    """A blank line: a paragraph ends, unless a sentence that fills its line goes on in lower case."""
    after = row + 1
    if not rows.lower[after] or rows.ended[row] or rows.widths[row] > LONGEST_LINE:
        return PART
    numbers = rows.numbers
    above = row > 0 and numbers[row] == numbers[row - 1] + 1
    below = after + 1 < len(rows) and numbers[after + 1] == numbers[after] + 1
    if not (above or below):
        return PART  # lines that stand alone were not broken by a printer
    fill = fullness(rows, row, style)
    full = style.full(fill)
    return LIKELY if full else Step("join", 0.5) if fill >= SHORT else PART


def across_page(rows: Rows, row: int, style: Layout) -> Step:
    """A page break, where a missing blank line says nothing: the sentence decides, then the measure."""
    after = row + 1
    text, then = rows.texts[row], rows.texts[after]
    if rows.starts[after] - rows.lines.starts[rows.numbers[after]] >= DEEP and indented(rows, after):
        return PART
    if begins_note(rows, after, figures=True):
        return PART_UNSURE
    ended = rows.ended[row]
    long = rows.widths[row] > LONGEST_LINE
    fill = 1.0 if long else fullness(rows, row, style)
    if rows.lower[after]:
        # after a stop, the line above may be a note, and the sentence began above that
        return UNSURE if ended else JOIN if fill >= HALF or text[-1] in GOES_ON else UNSURE
    if not ended:
        if fill >= ROOM or text[-1] in GOES_ON:
            return UNSURE if stands_alone(rows, after) else LIKELY
        return PART_LIKELY if fill < HALF else PART_UNSURE  # a title, a signature: the blank lines went with the head
    if long:
        return KEEP
    if fill < ROOM:
        return PART_LIKELY if fill < SHORT else PART_UNSURE
    return Step("join", max(FLOOR, round(style.running, 2))) if then[0] not in OPENING else KEEP


def zones(doc: Document, rows: Rows) -> tuple[list[int], set[int], set[int]]:
    """For every row the region that holds it (0: none, negative: an item of a list); the rows that begin a page; and
    the rows that begin or follow notes.
    """
    out = [0] * len(rows)
    for number, mark in enumerate(sorted(doc.marks, key=lambda mark: mark.kind == FURNITURE), 1):
        if mark.kind in KEPT or mark.kind == ITEM:
            first, end = bisect_left(rows.starts, mark.start), bisect_left(rows.starts, mark.end)
            out[first:end] = [-number if mark.kind == ITEM else number] * (end - first)
    notes = [
        place
        for mark in doc.marks
        if mark.kind == NOTE and "number" not in mark.value
        for place in (mark.start, mark.end)
    ]
    parted = {bisect_left(rows.starts, place) for place in notes}
    starts = [mark.start for mark in doc.marks if mark.kind == PAGE]
    if any(rows.text[start - 1 : start] == " " for start in starts):
        return (
            out,
            set(),
            parted,
        )  # pages that begin in mid-line: somebody joined their lines, and those that he left he meant
    # half a word brought up from the new page takes the point into the line above: the next row begins the page
    return out, {bisect_left(rows.starts, start) for start in starts}, parted


def undecided(rows: Rows, row: int, suspenders: frozenset[str]) -> bool:
    """Does a row end in a hyphen that ``hyphens`` left there, undecided? Its line end must stay too.

    A hyphen that is suspended ("mid- and long-term") is decided: a blank follows it.
    """
    line, then = rows.texts[row], rows.texts[row + 1]
    if line[-1] not in HYPHENS or not line[-2:-1].isalnum() or not then[0].isalnum():
        return False
    return then.split(None, 1)[0].lower() not in suspenders


def steps(
    rows: Rows, zone: list[int], pages: set[int], parted: set[int], suspenders: frozenset[str] = frozenset()
) -> list[Step]:
    """What becomes of the line end after each row but the last; ``zone``, ``pages``, ``parted`` are from ``zones``."""
    style = layout(rows)
    flowed = rows.flowed()
    numbers = rows.numbers
    feet = {row for page in pages for row in range(page - FOOT, page)}
    out: list[Step] = []
    for row in range(len(rows) - 1):
        after = row + 1
        gap = numbers[after] - numbers[row] - 1
        if undecided(rows, row, suspenders):
            out.append(KEEP)
        elif after in parted:
            out.append(PART)
        elif zone[row] > 0 or zone[after] > 0 or (zone[after] and zone[row] != zone[after]):
            out.append(KEEP)  # an item breaks where it begins; how far its paragraph runs is seen as in any other
        elif after in pages:
            out.append(across_page(rows, row, style))
        elif flowed:
            out.append(KEEP)
        elif gap == 0 or (gap == 1 and style.doubled):
            out.append(within(rows, row, style, foot=after in feet))
        else:
            out.append(across_blank(rows, row, style))
    return out


def sets_dashes_tight(text: str) -> bool:
    """Does a text set its dashes without a blank behind them? As it does inside its lines; where it has none, yes.

    >>> sets_dashes_tight("the men\N{EM DASH}those who stayed"), sets_dashes_tight("the men \N{EM DASH} those")
    (True, False)
    """
    tight, loose = (sum(len(pattern.findall(text)) for pattern in patterns) for patterns in (_TIGHT, _LOOSE))
    return tight >= loose


class Writer:
    """Collects the edits of one text in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.tight = sets_dashes_tight(text)

    def put(self, start: int, end: int, after: str, rule: str, confidence: float = 0.99) -> None:
        before = self.text[start:end]
        if before != after and FEED not in before:  # the end of a page is not for this stage to remove
            self.edits.append(Edit(start, end, before, after, rule, confidence, WHY[rule]))

    def glues(self, line: str) -> bool:
        """Does a line end in a dash to which the next word is set without a blank?"""
        return self.tight and line.endswith(DASHES) and line[-2:-1] != " "

    def join(self, rows: Rows, row: int, confidence: float) -> None:
        """One blank in place of the line end, none after a dash; the blank that stands there is kept."""
        end, start = rows.ends[row], rows.starts[row + 1]
        line = rows.lines.nexts[rows.numbers[row]]
        stop = start if rows.numbers[row + 1] == rows.numbers[row] + 1 else line
        text = rows.texts[row]
        if confidence < THRESHOLD:
            self.join_unsure(rows, row, confidence)
            return
        if self.glues(text):
            self.put(end, stop, "", REFLOW, confidence)
        elif self.text[end] == " ":
            self.put(end + 1, stop, "", REFLOW, confidence)
        else:
            self.put(end, stop, " ", REFLOW, confidence)
        if stop < start:
            self.put(stop, start, "", BLANKS, confidence)

    def join_unsure(self, rows: Rows, row: int, confidence: float) -> None:
        """The same where it will be held: what has to be done if the line end stays is not part of the edit."""
        lines, number, then = rows.lines, rows.numbers[row], rows.numbers[row + 1]
        self.trail(rows.ends[row], lines.ends[number])
        blank = "" if self.glues(rows.texts[row]) else " "
        self.put(lines.ends[number], lines.nexts[number], blank, REFLOW, confidence)
        if then > number + 1:
            self.trail(lines.starts[number + 1], lines.ends[number + 1])
            self.put(lines.ends[number + 1], lines.nexts[number + 1], "", BLANKS, confidence)
            self.put(lines.starts[number + 2], lines.starts[then], "", BLANKS)
        self.put(lines.starts[then], rows.starts[row + 1], "", INDENT, 0.99 if then > number + 1 else confidence)

    def part(self, rows: Rows, row: int, step: Step, *, strip: bool, reduce: bool) -> None:
        """The line end stays: blanks go, surplus blank lines go, a missing blank line is put."""
        lines, number, then = rows.lines, rows.numbers[row], rows.numbers[row + 1]
        self.trail(rows.ends[row], lines.ends[number])
        if then == number + 1:
            if step.do == "part":
                self.put(lines.ends[number], lines.ends[number], self.text[lines.ends[number] : lines.nexts[number]],
                         BLANKS, step.confidence)  # fmt: skip
        elif reduce:
            self.trail(lines.starts[number + 1], lines.ends[number + 1])
            self.put(lines.starts[number + 2], lines.starts[then], "", BLANKS)
        else:
            for blank in range(number + 1, then):
                self.trail(lines.starts[blank], lines.ends[blank])
        if strip and (step.do != "keep" or then > number + 1):
            self.put(
                lines.starts[then], rows.starts[row + 1], "", INDENT, 0.99 if then > number + 1 else step.confidence
            )

    def trail(self, start: int, end: int) -> None:
        if start < end:
            self.put(start, end, "", TRAILING)


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits of white space only; none that joins or indents where ``knowledge.layout`` is ``lines``."""
    rows = Rows(doc.text)
    lines, writer = rows.lines, Writer(doc.text)
    if not len(rows):
        return Proposals()
    keep_lines = knowledge.layout == "lines"
    flowed = rows.flowed()
    first = rows.numbers[0]
    writer.put(0, lines.starts[first], "", BLANKS)
    if keep_lines:
        whole, zone = [KEEP] * (len(rows) - 1), [1] * len(rows)
    else:
        zone, pages, parted = zones(doc, rows)
        facts = FACTS.get(knowledge.language_of(doc), NO_FACTS)
        whole = steps(rows, zone, pages, parted, facts.suspenders)
    if not (keep_lines or flowed or zone[0]):
        writer.put(lines.starts[first], rows.starts[0], "", INDENT)
    for row, step in enumerate(whole):
        if FEED in doc.text[rows.ends[row] : rows.starts[row + 1]]:
            continue
        if step.do == "join":
            if step.confidence >= FLOOR:
                writer.join(rows, row, step.confidence)
        else:
            writer.part(rows, row, step, strip=not (flowed or zone[row + 1]), reduce=not flowed)
    last = rows.numbers[-1]
    writer.trail(rows.ends[-1], lines.ends[last])
    for blank in range(last + 1, len(lines)):
        writer.trail(lines.starts[blank], lines.ends[blank])
    return Proposals(tuple(writer.edits))
