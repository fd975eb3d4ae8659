"""Tables, contents, indexes and code: lines that figures, leaders and signs tell from prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from cleaner.measure import LONGEST_LINE, Rows
from cleaner.stages.regions.runs import Region, is_parted, runs

TABLE_BLANKS = "   "  # a justified line is stretched by two blanks, seldom three
TABLE_HABIT = 0.25  # share of such lines from which wide blanks are a habit of the scan, not columns
TABLE_DIGITS = 0.4  # of the characters that are not blank
FEWEST_FIGURES = 3
# "Wheat ....... 54s. 6d.": leader dots between a name and a figure, whatever the figure is
_LED = re.compile(r"\w ?\.{4,} ?[^\s.]\S*(?: \S+)?\Z")
DROP_DIGITS = str.maketrans("", "", "0123456789")

# Leader dots end in a page number, or are more than the four dots of an ellipsis that ends a sentence.
_LEADERS = re.compile(
    r"(?:(?:[.\N{MIDDLE DOT}_] ?){3,}|\N{HORIZONTAL ELLIPSIS}) ?[\dIVXLCivxlc]{1,5}\Z|(?:[.\N{MIDDLE DOT}_] ?){6,}\Z"
)
LEADER = re.compile(r"\.\.|\. \.|\N{MIDDLE DOT}|__|\N{HORIZONTAL ELLIPSIS}")
LEADER_LAST = frozenset("0123456789.\N{MIDDLE DOT}_ivxlcIVXLC")
_PAGE_LAST = re.compile(r"[^\d\s,.;:(\-\N{EN DASH}][,.]? +(\d{1,4})\.?\Z")
# An entry ends in page numbers: "Kulaks, 45-47, 12n". Years end a line of a bibliography, so they do not count.
_ENTRY = re.compile(r"(?:,|[^\W\d_]) +(?!1[5-9]\d\d|20\d\d)\d{1,3}(?:n|ff?)?(?:[-\N{EN DASH}]\d{1,3}n?)?[,;.]?\Z")
_ENTRY_LIST = re.compile(r"(?:, *\d{1,3}n?(?:[-\N{EN DASH}]\d{1,3}n?)?){2}|^[^.!?]{2,50}, +\d{1,3}\b")
_FIGURE_LAST = re.compile(r"\d(?:n|ff?)?[,;.]?\Z")  # as each of them ends: most lines need no more than a look there
INDEX_SHARE = 0.4  # an entry of two or three lines ends in a page number only once
ENTRY_LAST = frozenset("0123456789n,;.f")
DIGITS = frozenset("0123456789")

_CALL = re.compile(r"\w\(.*\)[:;]\Z|^(?:if|for|while) \(.*\):\Z")
FEWEST_CODE = 3
CODE_ODD = 2
CODE_SHARE = 0.4
ENTRY_WIDEST = 64  # columns of an index are narrow
NEIGHBOURS = 40  # rows


def is_figures(row: str) -> bool:
    """Is a row mostly figures, at least three of them?

    >>> is_figures("Wheat 1,204 988 12.5"), is_figures("In 1917 and 1918 he was there until 1920")
    (True, False)
    """
    solid = len(row) - row.count(" ")
    if len(row) - len(row.translate(DROP_DIGITS)) < TABLE_DIGITS * solid:
        return False
    return sum(word[0] in DIGITS or word[-1] in DIGITS for word in row.split()) >= FEWEST_FIGURES


def tables(rows: Rows) -> Iterator[Region]:
    """Rows of figures, or of cells parted by three blanks and more."""
    found = [
        row
        for row, text in enumerate(rows.texts)
        if (text[-1] in DIGITS or text[0] in DIGITS) and rows.widths[row] <= LONGEST_LINE and is_figures(text)
    ]
    if TABLE_BLANKS in rows.text:
        wide = [row for row, text in enumerate(rows.texts) if TABLE_BLANKS in text]
        if len(wide) <= TABLE_HABIT * len(rows) or len(wide) == len(rows):
            found = sorted({*found, *wide})
    for first, end, _ in runs(found, odd=1, fewest=3):
        yield first, end, "table"
    led = [row for row, text in enumerate(rows.texts) if "..." in text and _LED.search(text)]
    for first, end, _ in runs(led, odd=0, fewest=2):
        yield first, end, "table"


def codes(rows: Rows) -> Iterator[Region]:
    """Programs and formulas: blocks in which many lines hold an assignment, a brace, or a call at their end."""
    looks = [k for k, row in enumerate(rows.texts) if reads_as_code(row)]
    found = [*runs(looks, CODE_ODD, FEWEST_CODE)]
    cuts = [0, *(row for row in range(1, len(rows)) if is_parted(rows, row)), len(rows)] if found else []
    for start, stop, count in found:
        first, end = cuts[bisect_right(cuts, start) - 1], cuts[bisect_left(cuts, stop)]
        if count >= CODE_SHARE * (end - first):
            yield first, end, "code"


def reads_as_code(row: str) -> bool:
    """Does a line read as code?

    >>> [reads_as_code(row) for row in ("x = f(y)", "if (a):", "}", "he came (late);", "(see below):")]
    [True, True, True, False, False]
    """
    return row[-1] in "{}" or "=" in row or (row[-1] in ":;" and _CALL.search(row) is not None)


def contents(rows: Rows) -> Iterator[Region]:
    """Rows with leader dots, or ending in page numbers that rise from row to row."""
    leaders = [row for row, text in enumerate(rows.texts) if text[-1] in LEADER_LAST]
    leaders = [row for row in leaders if LEADER.search(rows.texts[row]) and _LEADERS.search(rows.texts[row])]
    for first, end, _ in runs(leaders, odd=1, fewest=3):
        yield first, end, "contents"
    pages: list[tuple[int, int]] = []
    for row, text in enumerate(rows.texts):
        if text[-1] in DIGITS and not rows.lower[row] and (folio := _PAGE_LAST.search(text)):
            pages.append((row, int(folio[1])))
    rising: list[int] = []
    for (row, page), (after, next_page) in pairwise(pages):
        if after - row <= 2 and 0 <= next_page - page <= 200:  # a chapter is no longer
            if not rising or rising[-1] != row:
                yield from _contents(rising)
                rising = [row]
            rising.append(after)
    yield from _contents(rising)


def _contents(rising: list[int]) -> Iterator[Region]:
    """Four titles with rising pages, close together: by chance, four lines of prose do not end so."""
    for first, end, _ in runs(rising, odd=1, fewest=4):
        yield first, end, "contents"


def indexes(rows: Rows) -> Iterator[Region]:
    """Short rows ending in page numbers, close together, continuation rows between them; "Parvus, A.L., 44n, 278"."""
    found = [
        row
        for row, text in enumerate(rows.texts)
        if text[-1] in ENTRY_LAST
        and rows.widths[row] <= ENTRY_WIDEST
        and _FIGURE_LAST.search(text[-4:])
        and _ENTRY.search(text)
    ]
    spans: list[tuple[int, int]] = []
    for first, end, count in runs(found, odd=5, fewest=6):
        lists = sum(_ENTRY_LIST.search(rows.texts[row]) is not None for row in range(first, end))
        if count >= INDEX_SHARE * (end - first) and 2 * lists >= count:
            if spans and first - spans[-1][1] <= NEIGHBOURS and max(rows.widths[spans[-1][1] : end]) <= ENTRY_WIDEST:
                spans[-1] = (spans[-1][0], end)  # between two pages with many figures one with many "see also"
            else:
                spans.append((first, end))
    for first, end in spans:
        yield first, end, "index"
