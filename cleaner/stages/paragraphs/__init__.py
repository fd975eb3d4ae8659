"""Lines that the printer ended are joined to paragraphs; line ends that the author meant stay.

What a line end is tells the evidence of the whole text (``evidence``), except where a mark tells it: inside a table, at
a page break, before a note. Where it is likelier than not that the paragraph goes on the lines are joined, and a blank
line is put where one is missing.

Only white space is touched, one line break in an edit (a run of surplus blank lines counts as one). Deliberately not
done here: mending words split at the line end (``hyphens``), moving notes out of the paragraph that they interrupt,
the final newline (``seal``), and anything in a text whose lines are whole paragraphs, however it parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from cleaner.knowledge import Knowledge
from cleaner.language.facts import FACTS, NO_FACTS
from cleaner.measure import LONGEST_LINE, Rows
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import FLOOR, THRESHOLDS
from cleaner.stages.paragraphs import rules, spacing
from cleaner.stages.paragraphs.evidence import SURE, Evidence, Weighed
from cleaner.stages.paragraphs.leaves import after_missing
from cleaner.stages.paragraphs.rules import BLANKS, INDENT, REFLOW, TRAILING, WHY

__all__ = ["RULES", "propose"]

RULES = rules.RULES + spacing.RULES
STAGE = "paragraphs"
FURNITURE = "furniture"
KEPT = frozenset(
    {"table", "index", "contents", "code", "garbage", "lines", FURNITURE}
)  # every line of these stands for itself
LINES = frozenset({"verse", "display"})  # and of these, but for what the page was too narrow for
ITEMS = frozenset({"list", "play", "caption"})  # each is a boundary, but its own lines are joined
PAGE, FEED = "page", "\f"
NOTE = "note"  # paragraphs of their own

DIRT = "*'.,+|\N{BULLET}"  # before a word at a line's start
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\N{NOT SIGN}"
DASHES = ("\N{EM DASH}", "\N{EN DASH}", "--")
_NOTE = re.compile(r"(?:[*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}]{1,3}|\(?\d{1,2}[).]?) ?[^\W\d_a-z]")
_MISREAD_NOTE = re.compile(r"['\"?^\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}] [^\W\d_a-z]")
NOTE_MARKS = frozenset("*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}")
NOTE_HEADS = NOTE_MARKS | frozenset("(0123456789")
FOOT = 12  # rows above a page break in which a line may begin a note with a bare figure
# One pattern for each dash: two that begin with a letter are faster than one that may begin with either.
_TIGHT = re.compile(r"\N{EM DASH}(?=\w)"), re.compile(r"\N{EN DASH}(?=[^\W\d])")
_LOOSE = re.compile(r"\N{EM DASH} (?=\S)"), re.compile(r"\N{EN DASH} (?=\S)")
_ORNAMENT = re.compile(r"[^\w\s]\W+[^\w\s]\Z")  # "* * *", a rule of dashes: nobody's words
LONGEST_ORNAMENT = 24


class Step(NamedTuple):
    """What becomes of the line end after a row: ``join``, ``part`` (a blank line must stand there) or ``keep``."""

    do: str
    confidence: float


KEEP = Step("keep", 0.0)
PART = Step("part", 0.99)
PART_UNSURE = Step("part", 0.5)
UNSURE = 0.5  # never applied


def begins_note(rows: Rows, row: int, *, figures: bool) -> bool:
    """Does a row begin with the mark of a note, before a capital? Figures are marks only where the caller says so."""
    head = rows.texts[row][0]
    return head in (NOTE_HEADS if figures else NOTE_MARKS) and _NOTE.match(rows.texts[row]) is not None


def ornament(rows: Rows, row: int) -> bool:
    """Is a row nothing but signs, three characters at least?"""
    return rows.widths[row] <= LONGEST_ORNAMENT and _ORNAMENT.match(rows.texts[row]) is not None


def stands(rows: Rows, row: int, *, foot: bool) -> bool:
    """Does a line end stay, whatever its evidence: before a note, around an ornament, behind a line that is none?

    ``foot``: the rows stand at the foot of a page, where notes do.
    """
    after = row + 1
    if rows.widths[row] > LONGEST_LINE:
        return True
    then = rows.texts[after]
    if rows.lower[after]:
        return False
    if not then[0].isupper():
        if foot and _MISREAD_NOTE.match(then):
            return True
        return begins_note(rows, after, figures=rows.ended[row] or foot) or ornament(rows, after)
    return ornament(rows, row)


@lru_cache(maxsize=1 << 10)
def decided(weighed: Weighed) -> Step:
    """The step that the likeliest reading asks for."""
    if weighed.mid >= max(weighed.end, weighed.display):
        return Step("join", min(0.99, round(weighed.mid, 2)))
    if weighed.end >= weighed.display:
        return Step("part", min(0.99, round(weighed.end, 2)))
    return KEEP


class Zones(NamedTuple):
    """Where line ends are not to be weighed as those of prose.

    ``region``: for every row the number of the region that holds it (0: none, negative: an item of a list); ``lines``:
    the regions whose line ends are the author's until something speaks against it; ``pages``: the rows that begin a
    page; ``parted``: the rows that begin or follow notes; ``leaps``: those that begin a page behind missing ones.
    """

    region: list[int]
    lines: set[int]
    pages: set[int]
    parted: set[int]
    leaps: set[int]


def zones(doc: Document, rows: Rows) -> Zones:
    """What the marks say of the rows."""
    region = [0] * len(rows)
    lines: set[int] = set()
    for number, mark in enumerate(sorted(doc.marks, key=lambda mark: mark.kind == FURNITURE), 1):
        if mark.kind in KEPT or mark.kind in ITEMS or mark.kind in LINES:
            first, end = bisect_left(rows.starts, mark.start), bisect_left(rows.starts, mark.end)
            region[first:end] = [-number if mark.kind in ITEMS else number] * (end - first)
            if mark.kind in LINES:
                lines.add(number)
    notes = [
        place
        for mark in doc.marks
        if mark.kind == NOTE and "number" not in mark.value
        for place in (mark.start, mark.end)
        if not (place == mark.start and "sign" not in mark.value) and not (place == mark.end and "open" in mark.value)
    ]
    parted = {bisect_left(rows.starts, place) for place in notes}
    turned = doc.marked(PAGE)
    starts = [mark.start for mark in turned]
    if any(rows.text[start - 1 : start] == " " for start in starts):
        # pages that begin in mid-line: somebody joined their lines, and those that he left he meant
        return Zones(region, lines, set(), parted, set())
    # half a word brought up from the new page takes the point into the line above: the next row begins the page
    return Zones(
        region, lines, {bisect_left(rows.starts, start) for start in starts}, parted, after_missing(rows, turned)
    )


def undecided(rows: Rows, row: int, suspenders: frozenset[str]) -> bool:
    """Does a row end in a hyphen that ``hyphens`` left there, undecided? Its line end must stay too.

    A hyphen that is suspended ("mid- and long-term") is decided: a blank follows it.
    """
    line = rows.texts[row]
    if line[-1] not in HYPHENS or not line[-2:-1].isalnum():
        return False
    word = rows.texts[row + 1].split(None, 1)[0].lstrip(DIRT)
    return word[:1].isalnum() and word.lower() not in suspenders


def steps(rows: Rows, zones: Zones, suspenders: frozenset[str] = frozenset()) -> list[Step]:
    """What becomes of the line end after each row but the last."""
    region, pages = zones.region, zones.pages
    evidence = Evidence(rows, pages)
    flowed = rows.flowed()
    feet = {row for page in pages for row in range(page - FOOT, page)}
    out: list[Step] = []
    runs = False
    for row in range(len(rows) - 1):
        page, lines = row + 1 in pages, region[row] > 0 or region[row + 1] > 0
        step = _settled(rows, row, zones, suspenders, foot=row + 1 in feet, weighs=evidence.wrapped and not flowed)
        step = step or decided(evidence.weigh(row, runs=runs, page=page, lines=lines))
        if page and step.do == "join" and rows.ended[row] and rows.lower[row + 1]:
            step = Step("join", min(step.confidence, UNSURE))  # the sentence may have begun above a note
        if row + 1 in zones.leaps and step.do == "join":
            step = Step("join", min(step.confidence, UNSURE))
        out.append(step)
        runs = step.do == "join" and step.confidence >= SURE
    return out


def _settled(
    rows: Rows, row: int, zones: Zones, suspenders: frozenset[str], *, foot: bool, weighs: bool
) -> Step | None:
    """What becomes of a line end that need not be weighed, None for others; ``weighs``: whether those within pages are."""
    region, lines, pages, parted, _ = zones
    after, here, there = row + 1, region[row], region[row + 1]
    if undecided(rows, row, suspenders):
        return KEEP
    if after in parted:
        return PART
    if (here > 0 and here not in lines) or (there > 0 and there not in lines) or (there < 0 and here != there):
        return KEEP  # an item breaks where it begins; how far its paragraph runs is seen as in any other
    if after in pages:
        return PART_UNSURE if begins_note(rows, after, figures=True) else None
    if weighs and not stands(rows, row, foot=foot):
        return None
    return PART if rows.numbers[after] > rows.numbers[row] + 1 else KEEP


def sets_dashes_tight(text: str) -> bool:
    """Does a text set its dashes without a blank behind them? As it does inside its lines; where it has none, yes.

    >>> sets_dashes_tight("the men\N{EM DASH}those who stayed"), sets_dashes_tight("the men \N{EM DASH} those")
    (True, False)
    """
    tight, loose = (sum(len(pattern.findall(text)) for pattern in patterns) for patterns in (_TIGHT, _LOOSE))
    return tight >= loose


def stands_in_block(rows: Rows, row: int, steps: Sequence[Step]) -> bool:
    """Does a row stay above another one, right below it, that keeps its indent? Then its own is no paragraph's.

    >>> rows = Rows("    To the Mayor\\n    The Mill\\n\\n    He came.\\n")
    >>> [stands_in_block(rows, row, [KEEP, PART]) for row in range(3)]
    [True, False, False]
    """
    after = row + 1
    return after < len(rows) and steps[row].do == "keep" and rows.numbers[after] == rows.numbers[row] + 1


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
        if confidence < THRESHOLDS[STAGE]:
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
        found = zones(doc, rows)
        facts = FACTS.get(knowledge.language_of(doc), NO_FACTS)
        whole, zone = steps(rows, found, facts.suspenders), found.region
    if not (keep_lines or flowed or zone[0] or stands_in_block(rows, 0, whole)):
        writer.put(lines.starts[first], rows.starts[0], "", INDENT)
    has_feeds = FEED in doc.text
    for row, step in enumerate(whole):
        if has_feeds and FEED in doc.text[rows.ends[row] : rows.starts[row + 1]]:
            continue
        if step.do == "join":
            if step.confidence >= FLOOR:
                writer.join(rows, row, step.confidence)
        else:
            strip = not (flowed or zone[row + 1] or stands_in_block(rows, row + 1, whole))
            writer.part(rows, row, step, strip=strip, reduce=not flowed)
    last = rows.numbers[-1]
    writer.trail(rows.ends[-1], lines.ends[last])
    for blank in range(last + 1, len(lines)):
        writer.trail(lines.starts[blank], lines.ends[blank])
    within = spacing.spaced(doc, rows, knowledge.language_of(doc))
    return Proposals(tuple(sorted([*writer.edits, *within], key=itemgetter(0, 1))))
