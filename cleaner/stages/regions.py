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
from math import inf, log

from cleaner.knowledge import Knowledge
from cleaner.language import identify
from cleaner.language.garbage import runs as runs_of_garbage
from cleaner.measure import LONGEST_LINE, ROOM, Rows, capital_share, program_width
from cleaner.model import Document, Mark, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = ()  # marks only: nothing here is an edit

Region = tuple[int, int, str]  # first row, row behind the last, kind

BULLETS = frozenset("\N{BULLET}\N{BLACK SQUARE}\N{BLACK CIRCLE}\N{BLACK RIGHT-POINTING POINTER}\N{WHITE BULLET}")
_NUMBER = re.compile(r"[(\[]?(?:(\d{1,3})|([A-Za-z]))(?:[)\]]\.?|\.)\s+(?=\S)")
LONG_DASHES = frozenset("\N{EM DASH}\N{EN DASH}")
DASHES = frozenset("-*\N{MIDDLE DOT}\N{EN DASH}")
ITEM_FULL = 0.92  # of the measure: a shorter line before an item ends something
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
# Of the line ends in mid-sentence: before a capital in verse; with room for the next word in verse, and in prose
FREE = 0.92
ROOMY = 0.7, 0.06
ROOMY_EXACT = 0.93, 0.005  # where a program filled the lines
STOPPED = -0.2, -0.7  # a line that ends a sentence, with room and full: it tells little, but many make no stanza
APART = 9.0  # nats: a run of verse begins at one line in a thousand (7), and prose is not to be broken (2)
DROP = 4.0  # two lines of prose end a run
FEWEST_FREE = 3  # line ends before a capital in mid-sentence
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
    return rows.texts[row - 1][-1] in ";," or rows.widths[row - 1] < ITEM_FULL * rows.measure[row - 1]


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
    """Runs of rows that begin with capitals in mid-sentence and leave room for the word that follows.

    Each line end in mid-sentence counts for or against, as the logarithm of how much likelier it is in lines that stand
    for themselves than in prose of as many capitals as this text's; a run whose sum is worth ``APART`` is set apart.
    """
    scores, free = _scores(rows)
    first = last = 0  # the rows of the best run so far
    total = best = 0.0
    for row, score in enumerate(scores):
        if total <= 0:
            first, total, best = row, 0.0, 0.0
        total += score
        if total > best:
            best, last = total, row + 1
        if total < best - DROP or total <= 0 or row + 1 == len(scores):
            if best >= APART and sum(free[first:last]) >= FEWEST_FREE:
                yield from _set_apart(rows, first, last)
            total = best = 0.0


def _scores(rows: Rows) -> tuple[list[float], list[bool]]:
    """What each line end says for verse, in nats, and whether a capital in mid-sentence follows."""
    share = capital_share(rows.text)
    begins = log(FREE / share), log((1 - FREE) / (1 - share))
    exact = program_width(rows)
    verse, prose = ROOMY_EXACT if exact else ROOMY
    room = log(verse / prose), log((1 - verse) / (1 - prose))
    usual = _usual_gap(rows)
    scores: list[float] = []
    free: list[bool] = []
    for row in range(len(rows) - 1):
        then = rows.texts[row + 1]
        free.append(False)
        if rows.widths[row] > LONGEST_LINE or rows.widths[row + 1] > LONGEST_LINE:
            scores.append(-inf)
            continue
        more = 1 + rows.first_word(row + 1)
        full = rows.edge(row) + more > exact if exact else rows.widths[row] + more >= ROOM * rows.measure[row]
        if rows.numbers[row + 1] - rows.numbers[row] > usual:  # between stanzas, but behind a title, too
            scores.append(0.0)
        elif rows.ended[row] or rows.texts[row][-1] in LONG_DASHES:
            scores.append(STOPPED[full])
        elif then[0] in OPENERS and capital(then):  # speech begins so in prose, too
            scores.append(room[full])
        else:
            free[-1] = capital(then)
            scores.append(begins[not free[-1]] + room[full])
    return scores, free


def _usual_gap(rows: Rows) -> int:
    """By how much the numbers of neighbouring lines differ: 2 where a blank line stands behind every line, else 1."""
    parted = sum(after > number + 1 for number, after in pairwise(rows.numbers))
    return 2 if 2 * parted > len(rows) else 1


def _set_apart(rows: Rows, first: int, last: int) -> Iterator[Region]:
    """The run as ``verse``, or as ``display`` where most words begin with capitals: a title, an address.

    Prose that broke off above it, and prose that begins with its last row, is no part of it.
    """
    if rows.lower[first]:
        first += 1
    near = last + 1 < len(rows) and rows.numbers[last + 1] == rows.numbers[last] + 1
    if near and rows.lower[last + 1] and not rows.ended[last]:
        last -= 1
    words = [word for row in range(first, last + 1) for word in rows.texts[row].split()[1:]]
    lower = 2 * sum(word[0].islower() for word in words) > len(words)
    yield first, last + 1, "verse" if lower else "display"


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
