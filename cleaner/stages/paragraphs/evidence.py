"""What a line end is, by the evidence of the whole text: the printer's, the end of a paragraph, or meant to stand.

Three readings of a line end are weighed against each other (naive Bayes): inside a paragraph (``MID``), at its end
(``END``), or between lines that stand for themselves (``DISPLAY``: a title, an address, a verse). What is looked at:
how full the line is, what stands between it and the next, how it ends, how the next begins, its indent, and whether
either is a heading. Above the last line of a page engines put blank lines of their own, so that these are learned apart.
How the lines of *this* text look where they are sure to run on (no stop, then lower case) and
where a paragraph is sure to end (a stop far from the margin, then a capital) says how much each of these counts: a
scan with a blank line behind every line teaches that blank lines mean nothing, lines that a program filled that room
for one more word means everything.

The shares of average prose stand in for what a short text cannot tell; they count like ``WEIGHT`` lines of its own.
Deliberately not looked at: what the lines say, but for the words at their ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from cleaner.measure import HALF, LONGEST_LINE, Rows, capital_share, program_width
from cleaner.stages.paragraphs.shapes import (
    CAPITAL,
    CLOSING,
    DEEP,
    LOWER,
    QUOTE,
    begun,
    depths_of,
    in_capitals,
    indented,
    is_heading,
    margins_of,
    titles,
)
from cleaner.stages.paragraphs.wording import TIED, Words

MID, END, DISPLAY = range(3)
WEIGHT = 20  # lines
HABIT = 2  # lines: whether blank lines part paragraphs is soon seen
PROSE, LONG, APART = range(3)  # lines of a page; lines that are paragraphs already; those of verse and display
PRIOR = ((0.82, 0.30, 0.05), (0.15, 0.69, 0.15), (0.03, 0.01, 0.80))

# Each feature is a row of shares for MID, END and DISPLAY.
# How full with the next word, as a share of the measure: bounds of the classes, then the shares
FILLS = (0.6, 0.7, 0.8, 0.9, 1.0)
FULL, FULLEST = 4, 5  # the last classes
FILL = (
    (0.002, 0.006, 0.02, 0.06, 0.212, 0.70),
    (0.50, 0.10, 0.10, 0.10, 0.10, 0.10),
    (0.60, 0.12, 0.10, 0.08, 0.06, 0.04),
)
EXACT_FILL = (0.001, 0.001, 0.001, 0.001, 0.001, 0.995)  # MID, where a program filled the lines
# Blank lines between: none, one, more; these three again above the last line of a page
GAP = ((0.990, 0.008, 0.002), (0.45, 0.45, 0.10), (0.60, 0.30, 0.10))
GAPS = 3
# The line ends in a stop, in a colon (a speech follows, or a quotation set apart), in a sign that something follows, in none
STOP, COLON, GOES_ON, OPEN = range(4)
ENDS = ((0.065, 0.005, 0.12, 0.81), (0.93, 0.03, 0.006, 0.034), (0.17, 0.03, 0.25, 0.55))
# The next line begins in lower case, with a capital, with a quotation mark, with anything else
BEGINS = ((0.85, 0.10, 0.04, 0.01), (0.006, 0.72, 0.22, 0.054), (0.10, 0.72, 0.08, 0.10))
AFTER_STOP = (0.03, 0.87, 0.09, 0.01)  # in mid-paragraph
SPEAKER = (0.03, 0.60, 0.05)  # a quotation mark behind a stop and a quotation mark
# The next line is indented; it is a heading; one of the two lines is in capitals and the other not
INDENTED = (0.004, 0.30, 0.15)
HEADING = (0.003, 0.06, 0.30)
CASE = (0.002, 0.04, 0.20)
# A quotation mark stands behind the stop, and none begins the next line: anywhere, until the text shows more
CLOSED = 0.1
# The next line holds nothing but marks of notes
MARKS = (0.01, 0.0005, 0.0005)
# The line goes on from the line above
RUNS = (0.80, 0.70, 0.08)
CAPITAL_WIDTH = 1.4  # in letters of prose: 2/3 of an em against less than 1/2 (Times, Garamond)
SURE = 0.99  # no word makes it surer
LEAST = 1e-4  # no share is less, and no word ends a sentence more seldom

SIGNS_ON = frozenset(",;-\N{EM DASH}\N{EN DASH}(\N{NOT SIGN}\N{HYPHEN}")
DASH_ENDS = frozenset("\N{EM DASH}\N{EN DASH}-")
LEADS = re.compile(r"[:.] ?(?:\N{EM DASH}|\N{EN DASH}|--?)\Z")  # ":\N{EM DASH}"

DASHED = re.compile(r"(?:\N{EM DASH}|\N{EN DASH}|--)(?=.)")
MARK_HEADS = frozenset("[(0123456789")
_MARKS = re.compile(r"(?:[\[(]?\d{1,3}\*?[\])] ?)+\Z")

Shares = Sequence[Sequence[float]]
Triple = tuple[float, float, float]  # MID, END, DISPLAY


def learned(counts: Sequence[int], average: Sequence[float], weight: int = WEIGHT) -> list[float]:
    """The shares that counts show, with the average for ``weight`` more; none below ``LEAST``.

    >>> learned([0, 0], [0.9, 0.1]), learned([0, 980], [0.9, 0.1])
    ([0.9, 0.1], [0.018, 0.982])
    """
    total = sum(counts) + weight
    return [max((count + weight * share) / total, LEAST) for count, share in zip(counts, average, strict=True)]


def mixed(*shares: Sequence[float]) -> list[float]:
    """The mean of several shares."""
    return [sum(values) / len(shares) for values in zip(*shares, strict=True)]


def either(gaps: Sequence[float], others: Sequence[float]) -> list[float]:
    """The shares of blank lines where two causes put them.

    >>> [round(share, 2) for share in either([0.5, 0.4, 0.1], [0.5, 0.5, 0.0])]
    [0.25, 0.65, 0.1]
    """
    none = gaps[0] * others[0]
    more = max(gaps[2], others[2])
    return [none, max(1 - none - more, LEAST), more]


def column(shares: Shares) -> list[Triple]:
    """Logarithms by class."""
    return [(log(a), log(b), log(c)) for a, b, c in zip(*shares, strict=True)]


def two(shares: Sequence[float]) -> list[Triple]:
    """Logarithms of a feature that is absent (0) or there (1)."""
    return column([(1 - share, share) for share in shares])


# What is looked at in a line end, each as a class of its feature, in the order of the tables that ``_learn`` makes; None for
# what tells nothing there.
Seen = tuple[int | None, ...]


class Weighed(NamedTuple):
    """The probabilities of the three readings of a line end."""

    mid: float
    end: float
    display: float


class Evidence:
    """The line ends of a text, weighed by what its own sure line ends show.

    ``exact``: a program filled the lines up to this width, 0 if none did. ``wrapped``: some line ends in mid-sentence,
    before lower case; without one nothing shows that the line ends are not the author's. ``pages``: the rows that begin
    a page.
    """

    def __init__(self, rows: Rows, pages: AbstractSet[int] = frozenset()) -> None:
        self.rows = rows
        self.words = Words(rows.text)
        self.feet = {page - 2 for page in pages} | ({len(rows) - 2} if pages else set())
        self._capitals = [*map(in_capitals, rows.texts)]
        self._titles = titles(rows, self._capitals)
        self._depths = depths_of(rows)
        self._margins = margins_of(self._depths)
        self._weighed: dict[Seen, tuple[Triple, Weighed]] = {}
        sure = [
            row
            for row in range(len(rows) - 1)
            if rows.lower[row + 1] and not rows.ended[row] and rows.widths[row] <= LONGEST_LINE
        ]
        self.wrapped = bool(sure)
        self.exact = program_width(rows)
        self.gaps = [min(after - number - 1, 2) for number, after in pairwise(rows.numbers)]
        self.fills = self._fills()
        self._learn(sure)

    def _fills(self) -> list[int]:
        """The class of the fullness of each row but the last."""
        rows = self.rows
        with_next = [1 + rows.first_word(row) for row in range(1, len(rows))]
        if self.exact:
            edges = [rows.edge(row) + more for row, more in enumerate(with_next)]
            return [
                FULLEST if edge > self.exact else min(bisect_right(FILLS, edge / self.exact), FULL) for edge in edges
            ]
        widths, measure = rows.widths, rows.measure
        return [
            bisect_right(FILLS, (CAPITAL_WIDTH if row in self._titles else 1) * (width + more) / full)
            for row, (width, more, full) in enumerate(zip(widths, with_next, measure, strict=False))
        ]

    def _learn(self, sure: Sequence[int]) -> None:
        rows, gap, fill = self.rows, self.gaps.__getitem__, self.fills.__getitem__
        ends = [
            row
            for row in range(len(rows) - 1)
            if rows.ended[row] and not rows.lower[row + 1] and rows.widths[row] < HALF * rows.measure[row]
        ]
        # neither is learned where the other is odd: a line far from the margin with a blank line behind it is not so sure
        full = [row for row in sure if fill(row) >= FULL]
        mid_gaps = _counts((gap(row) for row in full if row not in self.feet), GAPS)
        usual = mid_gaps.index(max(mid_gaps))
        mid_gap = learned(mid_gaps, GAP[MID])
        end_gap = learned(_counts(map(gap, ends), GAPS), GAP[END], HABIT)
        foot_gap = learned(_counts((gap(row) for row in full if row in self.feet), GAPS), mid_gap)
        mid_fills = _counts((fill(row) for row in sure if gap(row) == usual), len(FILL[MID]))
        mid_fill = EXACT_FILL if self.exact else learned(mid_fills, FILL[MID])
        near = [row for row in ends if gap(row) == 0]
        deep = sum(self._indented(row + 1) for row in near)
        # half of the ends are far from the margin
        end = learned([max(0, len(rows) - 2 * len(ends)), 2 * len(ends)], (1 - PRIOR[END][PROSE], PRIOR[END][PROSE]))[1]
        display = PRIOR[DISPLAY]
        prior = [(1 - end - display[PROSE], *PRIOR[MID][1:]), (end, *PRIOR[END][1:]), display]
        inset = learned([deep, len(near) - deep], (INDENTED[END], 1 - INDENTED[END]), HABIT)[0]
        closed = [rows.texts[row][-1] in CLOSING for row in ends if rows.texts[row + 1][0].isupper()]
        said = learned(self.words.closed, (CLOSED, 1 - CLOSED))
        spoken = learned((sum(closed), closed.count(False)), said)
        marks = [begun(rows.texts[row + 1], stopped=True) for row in ends]
        end_begins = learned(_counts(marks, 4), BEGINS[END])
        capital = capital_share(rows.text)
        begins = (1 - capital - 0.05, capital, 0.04, 0.01)
        self._tables = [
            column(prior),
            column(ENDS),
            column((mid_gap, end_gap, mixed(mid_gap, GAP[DISPLAY])))
            + column((foot_gap, either(end_gap, foot_gap), mixed(foot_gap, GAP[DISPLAY]))),
            column((mid_fill, FILL[END], FILL[DISPLAY])),
            column((begins, end_begins, BEGINS[DISPLAY])),
            column((AFTER_STOP, end_begins, BEGINS[DISPLAY])),
            two(SPEAKER),
            two((said[0], spoken[0], said[0])),
            two(MARKS),
            two((INDENTED[MID], inset, INDENTED[DISPLAY])),
            two(HEADING),
            two(CASE),
            two(RUNS),
        ]

    def stop(self, row: int) -> int:
        """How a row ends."""
        text = self.rows.texts[row]
        last = text[-1]
        if self.rows.ended[row]:
            return COLON if last == ":" else STOP
        if last in DASH_ENDS and (LEADS.search(text[-4:]) or self._quotes(row)):
            return COLON
        return GOES_ON if last in SIGNS_ON else OPEN

    def weigh(self, row: int, *, runs: bool = False, page: bool = False, lines: bool = False) -> Weighed:
        """The line end behind a row.

        ``runs``: the line surely goes on from the line above; ``page``: a page break stands there, so blank lines tell
        nothing; ``lines``: in a region of lines that stand for themselves, or at its edge.
        """
        rows, capitals, after = self.rows, self._capitals, row + 1
        text, then = rows.texts[row], rows.texts[after]
        stop, last, goes_on = self.stop(row), text[-1], rows.lower[after]
        stopped = stop in (STOP, COLON)
        begin = LOWER if goes_on else begun(then, stopped=stopped)
        marks = then[0] in MARK_HEADS and _MARKS.match(then) is not None
        long = rows.widths[row] > LONGEST_LINE
        # a heading fills no measure
        unset = long or (capitals[row] and capitals[after] and stop == OPEN and self._word(row) < TIED)
        title = row in self._titles and not stopped
        seen = (
            APART if lines else LONG if long else PROSE,
            stop,
            None if page else self.gaps[row] + GAPS * (row in self.feet),
            None if unset else self.fills[row],
            None if marks or stopped or title else begin,
            begin if stopped and not marks else None,
            begin == QUOTE if stopped and last in CLOSING else None,
            last in CLOSING if stop == STOP and begin == CAPITAL else None,
            marks,
            self._indented(after),
            None if title else not goes_on and is_heading(rows, after),
            capitals[row] != capitals[after],
            runs or rows.lower[row],
        )
        if seen not in self._weighed:
            sums = self._sum(seen)
            self._weighed[seen] = sums, shares(sums)
        (mid, end, display), found = self._weighed[seen]
        runs_on = 1.0
        if begin == CAPITAL and last not in DASH_ENDS and not stopped and not (capitals[row] or capitals[after]):
            runs_on = self.words.runs_on(then.split(None, 1)[0])
        # its last word can only speak against the end of a sentence
        word = self._word(row) if stop == OPEN and not (found.mid >= SURE and runs_on >= 1) else 1.0
        if word == runs_on == 1.0:
            return found
        return shares((mid + log(runs_on), end + log(word), display + log(word) / 2))

    def _quotes(self, row: int) -> bool:
        """Does a row end in a dash, and the next begin with a quotation mark?"""
        return (self.rows.texts[row][-1] != "-" or self.rows.texts[row].endswith("--")) and begun(
            self.rows.texts[row + 1], stopped=False
        ) == QUOTE

    def _indented(self, row: int) -> bool:
        return self._depths[row] >= DEEP and indented(self.rows, row, self._depths, self._margins)

    def _word(self, row: int) -> float:
        return self.words.ends(DASHED.split(self.rows.texts[row].rsplit(None, 1)[-1])[-1])

    def _sum(self, seen: Seen) -> Triple:
        """The logarithms of all that was seen, added for each reading."""
        mid = end = display = 0.0
        for table, value in zip(self._tables, seen, strict=True):
            if value is not None:
                a, b, c = table[value]
                mid, end, display = mid + a, end + b, display + c
        return mid, end, display


def shares(sums: Triple) -> Weighed:
    """Probabilities of logarithms."""
    most = max(sums)
    mid, end, display = (exp(value - most) for value in sums)
    total = mid + end + display
    return Weighed(mid / total, end / total, display / total)


def _counts(classes: Iterable[int], size: int) -> list[int]:
    counter = Counter(classes)
    return [counter[k] for k in range(size)]
