"""How the lines of a text are set: which hold text, how wide the lines around each are, which end a sentence.

Whether a line end was meant by the author or only by the printer shows in the *measure*: prose fills it, verse, lists
and headings do not, and the last line of a paragraph only by chance. The measure is estimated near each line, since
columns, notes and quotations are set narrower than the page. Nothing here decides anything; the stages do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import add

from cleaner.text import Lines

# Printed lines hold 45 to 75 characters (Bringhurst, Elements of Typographic Style, 2.1.2), a dense folio page about
# 110, a small type across a sheet of A4 120. What is longer is a paragraph on one line.
LONGEST_LINE = 130
FLOWED = 0.25  # share of the characters in such lines: no scan has more than a stray one
CHUNK = 16  # rows; the measure is taken over a chunk and its two neighbours, about one printed page
WIDE = 0.8  # quantile that stands for the measure: dialogue leaves half of the lines short, dirt adds a few long ones
RAGGED = 0.4  # quantile: as many lines of prose are short at most
BLOCK = 3  # rows from which a run without a blank line can show a measure of its own
TIGHT = 0.75  # a block is set to a measure if this quantile-to-quantile ratio is reached: prose reaches .9, verse not
RUNNING = 0.4  # and if so many of its rows begin in lower case, as those of verse, titles and addresses do not

# A line is as full as a share of the measure: its own width, a blank and the first word of the next line.
ROOM = 0.9  # below this the next word would have fitted, whatever the widths of the letters
HALF = 0.6  # below this no compositor would have left it so in mid-sentence

EXACT = 0.995  # of the line ends in mid-sentence leave no room: the lines were filled by a program, not by a compositor
FEWEST_EXACT = 20  # line ends in mid-sentence that show it
SAMPLE = 200_000  # characters that show how often a word in mid-sentence begins with a capital
AVERAGE_CAPITALS, FEWEST_WORDS = 0.08, 50  # what English prose shows, and how many words that counts for
MOST_CAPITALS = 0.5  # German prose

STOPS = frozenset(".!?:\N{HORIZONTAL ELLIPSIS}")
_QUOTES = "'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_QUOTES += "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"  # the last in German
_NOTES = "*\N{DAGGER}\N{DOUBLE DAGGER}\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
_TAIL = frozenset(_QUOTES + _NOTES + ")]}>0123456789|")
_LAST = STOPS | _TAIL
_END = re.compile(
    rf"[.!?:\N{{HORIZONTAL ELLIPSIS}}][{_QUOTES})\]]*"  # the stop and what closes after it
    rf" ?(?:[\[(]?\d{{1,3}}[*)\]]*|[{re.escape(_NOTES)}]{{1,3}})?"  # the mark of a note: ".12", ". [3*]", ".*"
    rf"(?: ?\[\d{{1,3}}\*?\])?[{_QUOTES})\]|]*\Z"
)
# "pp. 12", "No. 7", "No.7", "Vol. 3", "2.5" are no stop with the mark of a note
_NUMBERED = re.compile(r"(?:\b[Pp]{1,2}|\b[Nn]os?|\b[Vv]ols?|\b[Cc]h|\d|\b[A-Z]|\b[Ff]igs?)\. ?\d+\Z")

# "Mr.", "V. I.", "vol.", "Nos.": a stop that ends no sentence
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.\-])(?:[A-Z]|M(?:rs?|me|lle|essrs)|Drs?|Prof|St|Gen|Col|Capt|Lieut|Rev|Hon|Nos?|[Vv]ols?|[Pp]{1,2}|[Ff]igs?|"
    r"[Cc]h|[Aa]rt|[Ss]ec|vs?|cf|viz|i\.e|e\.g|ed|eds)\.\Z"
)


def ends_sentence(line: str) -> bool:
    """Does a line (without blanks around it) end as a sentence ends? Closing quotes and a note's mark may follow.

    >>> all(map(ends_sentence, ("He went.", 'He "went."', "the technocrats.12", "they said:", "it ended. [3*]")))
    True
    >>> any(map(ends_sentence, ("he", "he,", "of 1918", "on pp. 12", "it was 2.5", "(Moscow)", "by V. I.")))
    False
    """
    last = line[-1]
    if last in STOPS:
        return last != "." or _ABBREVIATION.search(line[-9:]) is None
    if last not in _TAIL:
        return False
    tail = line[-16:]
    return _END.search(tail) is not None and _NUMBERED.search(tail) is None


class Rows:
    """The lines of a text that hold more than blanks, in parallel lists; a *row* is an index into them.

    ``texts`` without blanks around them, ``starts`` and ``ends`` their offsets, ``numbers`` their line numbers,
    ``widths`` in code points, ``lower`` (begins lower-case), ``ended`` (ends a sentence), ``measure`` (see above).

    >>> rows = Rows("He was \\n\\n  there.\\n")
    >>> rows.texts, rows.starts, rows.numbers, rows.ended
    (['He was', 'there.'], [0, 11], [0, 2], [False, True])
    """

    __slots__ = ("ended", "ends", "lines", "lower", "measure", "numbers", "starts", "text", "texts", "widths")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines = Lines(text)
        strings = lines.strings()
        stripped = [string.strip() for string in strings]
        self.numbers: list[int] = [number for number, row in enumerate(stripped) if row]
        self.texts = [*filter(None, stripped)]
        self.starts: list[int] = [*map(lines.starts.__getitem__, self.numbers)]
        for row, number in enumerate(self.numbers):
            string = strings[number]
            if string[0].isspace():
                self.starts[row] += len(string) - len(string.lstrip())
        self.widths: list[int] = [*map(len, self.texts)]
        self.ends: list[int] = [*map(add, self.starts, self.widths)]
        self.lower = [row[0].islower() for row in self.texts]
        self.ended = [row[-1] in _LAST and ends_sentence(row) for row in self.texts]
        self.measure = measures(self.widths, self.numbers, self.lower)

    def __len__(self) -> int:
        return len(self.texts)

    def flowed(self) -> bool:
        """Do the lines hold whole paragraphs already? Then many characters stand in lines that no page could hold."""
        return flowed(self.widths)

    def edge(self, row: int) -> int:
        """A row's width with the blanks before it, which a program that fills lines counts."""
        return self.ends[row] - self.lines.starts[self.numbers[row]]

    def first_word(self, row: int) -> int:
        """The length of a row's first word: had it fitted on the line before, it would stand there."""
        blank = self.texts[row].find(" ")
        return blank if blank >= 0 else self.widths[row]


def flowed(widths: Sequence[int]) -> bool:
    """Do lines of these widths hold whole paragraphs: many characters in lines that no page could hold?"""
    return sum(width for width in widths if width > LONGEST_LINE) > FLOWED * sum(widths)


def _wide(ordered: list[int]) -> int:
    """The measure that ordered widths show, those of paragraphs on one line left out."""
    lines = ordered[: bisect_right(ordered, LONGEST_LINE)]
    return quantile(lines, WIDE) if lines else LONGEST_LINE


def quantile(ordered: list[int], share: float) -> int:
    """The value below which a share of an ordered list lies."""
    return ordered[int(share * (len(ordered) - 1) + 0.5)]


def measures(widths: list[int], numbers: list[int], lower: list[bool]) -> list[int]:
    """The measure at every row: of its block if that is prose set to one, else of the page around it.

    >>> measures([60, 61, 12, 59, 60, 30], [0, 1, 2, 3, 4, 6], [False, True, False, True, True, True])
    [60, 60, 60, 60, 60, 60]
    """
    out: list[int] = []
    usual = _wide(sorted(widths))
    for first in range(0, len(widths), CHUNK):
        lines = sorted(widths[max(0, first - CHUNK) : first + 2 * CHUNK])
        wide = _wide(lines)
        if quantile(lines, RAGGED) < TIGHT * wide:  # titles, contents, addresses: they show no measure
            wide = max(wide, usual)
        out.extend([wide] * min(CHUNK, len(widths) - first))
    cuts = [0, *(row for row, (a, b) in enumerate(pairwise(numbers), 1) if b > a + 1), len(numbers)]
    for first, end in pairwise(cuts):
        if BLOCK <= end - first <= 3 * CHUNK and sum(lower[first + 1 : end]) >= RUNNING * (end - first - 1):
            lines = sorted(widths[first : end - 1])  # the last line of a paragraph is as long as it happens to be
            wide = quantile(lines, WIDE)
            if wide <= LONGEST_LINE and quantile(lines, 1 - WIDE) >= TIGHT * wide:
                out[first:end] = [wide] * (end - first)
    return out


def program_width(rows: Rows) -> int:
    """The width up to which a program filled the lines, 0 if none did: no line end in mid-sentence leaves room.

    >>> program_width(Rows("and so he\\n" * 30)), program_width(Rows("and so he\\n" * 30 + "was\\nthere\\n"))
    (9, 0)
    """
    near = [
        row
        for row in range(len(rows) - 1)
        if rows.lower[row + 1]
        and not rows.ended[row]
        and rows.widths[row] <= LONGEST_LINE
        and rows.numbers[row + 1] == rows.numbers[row] + 1
    ]
    if len(near) < FEWEST_EXACT:
        return 0
    edges = [*map(rows.edge, near)]
    widest, full = max(edges), len(near)
    for row, edge in zip(near, edges, strict=True):
        full -= edge + 1 + rows.first_word(row + 1) <= widest
        if full < EXACT * len(near):
            return 0
    return widest


def capital_share(text: str) -> float:
    """How often a word in mid-sentence begins with a capital, at most ``MOST_CAPITALS``; prose of names and nouns, not of verse.

    Looked at inside the lines, where no layout hides what goes on.

    >>> capital_share("he saw the man and the dog in the old house near the church " * 40) < 0.02
    True
    """
    found = total = 0
    for line in text[:SAMPLE].split("\n"):
        for left, right in pairwise(line.split()):
            if (left[-1].isalpha() or left[-1] == ",") and right[0].isalpha():
                total += 1
                found += right[0].isupper()
    return min(MOST_CAPITALS, (found + AVERAGE_CAPITALS * FEWEST_WORDS) / (total + FEWEST_WORDS))
