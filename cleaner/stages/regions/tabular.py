"""Tables, contents, indexes and code: lines that figures, leaders and signs tell from prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.measure import LONGEST_LINE, Rows
from cleaner.stages.regions.runs import Region, is_parted, runs

TABLE_BLANKS = "   "  # a justified line is stretched by two blanks, seldom three
TABLE_HABIT = 0.25  # share of such lines from which wide blanks are a habit of the scan, not columns
TABLE_DIGITS = 0.4  # of the characters that are not blank
FEWEST_FIGURES = 3
# "Wheat ....... 54s. 6d.": leader dots between a name and a figure, whatever the figure is
_LED = re.compile(r"\w ?\.{4,} ?[^\s.]\S*(?: \S+)?\Z")
# What stands at the end of an entry in accounts: "0 4 6", "£1 12s. 8d.", "15 10-1/2"
_PART = (
    r"\d(?:[\d,./]*\d)?(?:-\d/\d|[\N{VULGAR FRACTION ONE QUARTER}-\N{VULGAR FRACTION THREE QUARTERS}])?(?:[lsdp]\b\.?)?"
)
_SUM = re.compile(
    rf"(?<![^\s.\N{{HORIZONTAL ELLIPSIS}}\N{{MIDDLE DOT}}_\-])(?:[$\N{{POUND SIGN}}] ?)?{_PART}(?: +{_PART}){{0,3}}\Z"
)
SUM_LAST = frozenset(
    "0123456789d.\N{VULGAR FRACTION ONE QUARTER}\N{VULGAR FRACTION ONE HALF}\N{VULGAR FRACTION THREE QUARTERS}"
)
LEADS = " .\N{MIDDLE DOT}_-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}"
FEWEST_LEADS = 3
ENTRY_ODD = 2  # rows between two sums: an entry takes a second line, and there may be a note below it
FEWEST_ENTRIES = 3
PENCE = frozenset(f"{figure}d" for figure in range(10))
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
    led = [row for row, text in enumerate(rows.texts) if "..." in text and _LED.search(text)]
    spans = [(first, end) for first, end, _ in runs(found, odd=1, fewest=3)]
    spans += [(first, end) for first, end, _ in runs(led, odd=0, fewest=2)]
    for first, end in united([*spans, *accounts(rows)]):
        yield first, end, "table"


def united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one.

    >>> united([(4, 9), (0, 3), (2, 5), (9, 12)])
    [(0, 9), (9, 12)]
    """
    out: list[tuple[int, int]] = []
    for first, end in sorted(spans):
        if out and first < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((first, end))
    return out


class Sum(NamedTuple):
    """The figures at the end of a row: how many, and whether leaders or a wide blank stand before them."""

    figures: int
    led: bool


def sum_of(text: str) -> Sum | None:
    """The sum in which an entry of accounts ends, None for a row that ends in none.

    >>> sum_of("Pd. the glazier ........ 0 4 6"), sum_of("For ale    1s. 9d."), sum_of("To a vagrant 1 0")
    (Sum(figures=3, led=True), Sum(figures=2, led=True), Sum(figures=2, led=False))
    >>> sum_of("he came in the year 1763"), sum_of("on pp. 12, 14")
    (Sum(figures=1, led=False), Sum(figures=1, led=False))
    >>> sum_of("he came."), sum_of("12 14 11")
    (None, None)
    """
    match = _SUM.search(text)
    if not match:
        return None
    before = text[: match.start()]
    name = before.rstrip(LEADS)
    if not name:
        return None
    leaders = before[len(name) :].replace(" ", "")
    led = len(leaders) >= FEWEST_LEADS or "\N{HORIZONTAL ELLIPSIS}" in leaders or before.endswith(TABLE_BLANKS)
    return Sum(len(match[0].split()), led)


def accounts(rows: Rows) -> Iterator[tuple[int, int]]:
    """Entries that end in sums of two figures and more; an entry may run over two lines, if leaders show where it ends.

    Leaders before one figure alone are those of contents, or of a few pence among pounds.
    """
    sums = {
        row: found
        for row, text in enumerate(rows.texts)
        if text[-1] in SUM_LAST
        and (text[-1] != "." or text[-3:-1] in PENCE)
        and rows.widths[row] <= LONGEST_LINE
        and (found := sum_of(text))
        and (found.led or found.figures > 1)
    }
    led = [row for row in sums if sums[row].led]
    for first, end, count in [*runs(led, ENTRY_ODD, FEWEST_ENTRIES), *runs([*sums], 1, FEWEST_ENTRIES)]:
        if 2 * sum(sums[row].figures > 1 for row in range(first, end) if row in sums) >= count:
            yield first, end


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
