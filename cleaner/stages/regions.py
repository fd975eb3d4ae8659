"""Where the line ends belong to the text: verse, tables, lists, indexes, contents, code; and what language it is written in,
if in any.

A stage that joins lines has to know where not to. This one changes nothing, it leaves marks: one ``language`` mark on
the whole text, and spans of whole lines for each region. In ``verse``, ``table``, ``index``, ``contents`` and ``code`` every
line stands for itself; a ``list`` mark is *one item*, which may run over several lines. ``garbage`` cannot be read: it is left
as it is, every line of it.

It is meant to overlook a region rather than to see one in prose: what it overlooks is mostly kept by the short lines
alone (see ``paragraphs``), what it wrongly marks stays broken. So it deliberately does not look for verse of two or
three lines, for lists without bullets or running numbers, nor for anything in lines that hold whole paragraphs.
Narrow newspaper columns are prose: their lines are short too, but they fill their measure and begin in mid-sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from cleaner.knowledge import Knowledge
from cleaner.language import identify
from cleaner.language.garbage import runs as runs_of_garbage
from cleaner.measure import LONGEST_LINE, Rows, quantile
from cleaner.model import Document, Mark, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = ()  # marks only: nothing here is an edit

Region = tuple[int, int, str]  # first row, row behind the last, kind

BULLETS = frozenset("\N{BULLET}\N{BLACK SQUARE}\N{BLACK CIRCLE}\N{BLACK RIGHT-POINTING POINTER}\N{WHITE BULLET}")
_NUMBER = re.compile(r"[(\[]?(?:(\d{1,3})|([A-Za-z]))(?:[)\]]\.?|\.)\s+(?=\S)")
DASHES = frozenset("-*\N{MIDDLE DOT}\N{EN DASH}")
LONGEST_ITEM = 14  # rows: an item is a paragraph at most, and the next number must come soon

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

VERSE_WIDEST = 64  # hexameters in quotation marks reach 60
VERSE_LINES = 4
VERSE_CAPITALS = 0.8
VERSE_FREE = 0.4  # share of capitals that no sentence end before asks for: 0 in dialogue, .1 in prose
VERSE_ROOM = 0.7  # share of lines that leave room for the next word; in prose none but the last does
VERSE_FULL = 0.92  # of the measure around: a line that would stay below this leaves room
VERSE_ALONE = 8  # lines, where nothing around shows a measure: German prose begins 2 lines of 5 with a capital
NEIGHBOURS = 40
OPENERS = "\"'([\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
OPENERS += "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"


def runs(rows: list[int], odd: int, fewest: int) -> Iterator[tuple[int, int, int]]:
    """Where rows come close together: (first, behind the last, how many), with at most ``odd`` other rows between two.

    >>> list(runs([3, 4, 6, 20], odd=1, fewest=3))
    [(3, 7, 3)]
    """
    first, count = 0, len(rows)
    for at in range(1, count + 1):
        if at == count or rows[at] - rows[at - 1] > odd + 1:
            if at - first >= fewest:
                yield rows[first], rows[at - 1] + 1, at - first
            first = at


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
    for start, stop, count in runs(looks, CODE_ODD, FEWEST_CODE):
        first = next((row for row in range(start, 0, -1) if _parted(rows, row)), 0)
        end = next((row for row in range(stop, len(rows)) if _parted(rows, row)), len(rows))
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
        and rows.widths[row] <= VERSE_WIDEST
        and _FIGURE_LAST.search(text[-4:])
        and _ENTRY.search(text)
    ]
    spans: list[tuple[int, int]] = []
    for first, end, count in runs(found, odd=5, fewest=6):
        lists = sum(_ENTRY_LIST.search(rows.texts[row]) is not None for row in range(first, end))
        if count >= INDEX_SHARE * (end - first) and 2 * lists >= count:
            if spans and first - spans[-1][1] <= NEIGHBOURS and max(rows.widths[spans[-1][1] : end]) <= VERSE_WIDEST:
                spans[-1] = (spans[-1][0], end)  # between two pages with many figures one with many "see also"
            else:
                spans.append((first, end))
    for first, end in spans:
        yield first, end, "index"


def _number(text: str) -> tuple[str, int] | None:
    """The number at the start of a row as (its style, its value): ``("1.", 3)`` for "3. The party"."""
    match = _NUMBER.match(text)
    if not match:
        return None
    digits, letter = match.groups()
    style = text[0] * (text[0] in "([") + ("1" if digits else "a" if letter.islower() else "A") + match[0].strip()[-1]
    return style, int(digits) if digits else ord(letter)


def items(rows: Rows) -> list[int]:
    """The rows that begin an item of a list: a bullet, or a number whose neighbour stands near."""
    found: set[int] = set()
    last: dict[str, tuple[int, int]] = {}  # style -> value, row
    for row, text in enumerate(rows.texts):
        head = text[0]
        if head in BULLETS:
            if text[1:2] == " ":
                found.add(row)
        elif head in DASHES:
            if text[1:2] == " " and (row == 0 or rows.ended[row - 1] or _parted(rows, row) or row - 1 in found):
                if "-" in last and row - last["-"][1] <= LONGEST_ITEM:
                    found.update((last["-"][1], row))
                last["-"] = (0, row)
        elif (head.isalnum() or head in "([") and (text[1:2] in ".)" or text[2:3] in ".)" or text[3:4] in ".)"):
            number = _number(text)
            if number is None or not (row == 0 or rows.ended[row - 1] or _parted(rows, row) or _item_end(rows, row)):
                continue
            style, value = number
            before = last.get(style)
            if before and value == before[0] + 1 and row - before[1] <= LONGEST_ITEM:
                found.update((before[1], row))
            last[style] = (value, row)
    return sorted(found)


def _parted(rows: Rows, row: int) -> bool:
    return rows.numbers[row] > rows.numbers[row - 1] + 1


def _item_end(rows: Rows, row: int) -> bool:
    return rows.texts[row - 1][-1] in ";," or rows.widths[row - 1] < VERSE_FULL * rows.measure[row - 1]


def lists(rows: Rows) -> Iterator[Region]:
    """One region for each item: up to the next item, a blank line, or the end of a long paragraph."""
    starts = items(rows)
    for start, after in pairwise([*starts, len(rows)]):
        end = start + 1
        while end < after and not _parted(rows, end) and end - start < LONGEST_ITEM:
            end += 1
        yield start, end, "list"


def capital(text: str) -> bool:
    """Does a row begin with a capital, an opening quotation mark aside?"""
    head = text[0]
    if head in OPENERS:
        head = text.lstrip(OPENERS)[:1]
    return head.isupper()


def verses(rows: Rows) -> Iterator[Region]:
    """Runs of short rows that begin with capitals in mid-sentence and leave room for the word that follows."""
    heads = [
        row
        for row, text in enumerate(rows.texts)
        if not rows.lower[row] and rows.widths[row] <= VERSE_WIDEST and capital(text)
    ]
    for first, end, count in runs(heads, odd=1, fewest=VERSE_LINES):
        if count >= VERSE_CAPITALS * (end - first):
            yield from _verses(rows, first, end)


def _verses(rows: Rows, first: int, end: int) -> Iterator[Region]:
    """The run itself if it reads as verse, else the stretch of it whose lines leave room."""
    around = sorted([*rows.widths[max(0, first - NEIGHBOURS) : first], *rows.widths[end : end + NEIGHBOURS]])
    if len(around) < max(VERSE_LINES, (end - first) // 2):
        if end - first >= VERSE_ALONE and _reads_as_verse(rows, first, end):
            yield first, end, "verse"
        return
    full = VERSE_FULL * min(quantile(around, 0.8), LONGEST_LINE)
    roomy = [row for row in range(first, end - 1) if rows.widths[row] + 1 + rows.first_word(row + 1) <= full]
    for begin, stop, count in runs(roomy, odd=1, fewest=VERSE_LINES - 1):
        start = begin
        # the last line of a stanza has nothing of its own to follow, so it is short or it is not verse
        after = stop + 1 if stop < end and rows.widths[stop] <= full else stop
        # nor is what stands alone above or below part of the stanza: a heading, the end of a paragraph
        while start < after - 1 and (_parted(rows, start + 1) or not capital(rows.texts[start])):
            start += 1
        while start < after - 1 and (_parted(rows, after - 1) or not capital(rows.texts[after - 1])):
            after -= 1
        if count >= VERSE_ROOM * (after - start) and _reads_as_verse(rows, start, after):
            yield start, after, "verse"


def _reads_as_verse(rows: Rows, first: int, end: int) -> bool:
    """Capitals in mid-sentence, and words in lower case between them: titles and addresses have few."""
    if end - first < VERSE_LINES:
        return False
    if 2 * (rows.numbers[end - 1] - rows.numbers[first] - (end - first - 1)) > end - first:
        return False  # a stanza is not all blank lines
    free = sum(not rows.ended[row - 1] and capital(rows.texts[row]) for row in range(first + 1, end))
    if free < max(3, VERSE_FREE * (end - first - 1)):
        return False
    words = [word for row in range(first, end) for word in rows.texts[row].split()[1:]]
    return 2 * sum(word[0].islower() for word in words) > len(words)


def garbage(rows: Rows, vouches: Callable[[str], bool]) -> Iterator[Region]:
    """Rows that are no language at all, nor code; ``vouches`` tells the words of the text's own, in lower case."""
    for first, end in runs_of_garbage(rows.texts, vouches):
        if sum(map(reads_as_code, rows.texts[first:end])) < CODE_SHARE * (end - first):
            yield first, end, "garbage"


def regions(rows: Rows, vouches: Callable[[str], bool]) -> list[Region]:
    """All regions in order, without overlap: what is surer (no language, figures, page numbers) comes first."""
    taken = bytearray(len(rows))
    out: list[Region] = []
    for find in (partial(garbage, vouches=vouches), indexes, tables, contents, codes, lists, verses):
        for first, end, kind in find(rows):
            if not any(taken[first:end]):
                taken[first:end] = b"\x01" * (end - first)
                out.append((first, end, kind))
    return sorted(out)


def tongues(text: str, knowledge: Knowledge) -> Iterator[Mark]:
    """One ``language`` mark on the whole text, and a ``foreign`` mark on all of it that is not in the expected language.

    A text is in the expected language if that is what it looks like, or if it looks like no other and either is too
    short to tell, or is in words that the expected language has: a bad scan is no other language. Who names a language
    that nothing here can tell from others is believed.
    """
    expected, size = knowledge.expected, len(text)
    code = identify.language(text) if expected in identify.LANGUAGES else expected
    if not code and (knowledge.lang == expected or identify.may_be(text, knowledge.general(expected))):
        code = expected
    if code != expected and (code or identify.tells(text)):
        yield Mark(0, size, "language", {"code": code, "expected": expected})
        yield Mark(0, size, "foreign", {"code": code})
        return
    yield Mark(0, size, "language", {"code": code})
    if code in identify.LANGUAGES:
        for start, end, other in identify.passages(text, knowledge.general(expected)):
            yield Mark(start, end, "foreign", {"code": other})


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Marks for the languages, and for every region (from the start of a line to the end of a line)."""
    text = doc.text
    marks = [*tongues(text, knowledge)]
    own = knowledge.general(str(marks[0].value["code"]))
    rows = Rows(text)
    lines = rows.lines
    for first, end, kind in regions(rows, own.vouches):
        marks.append(Mark(lines.starts[rows.numbers[first]], lines.ends[rows.numbers[end - 1]], kind))
    return Proposals((), tuple(marks))
