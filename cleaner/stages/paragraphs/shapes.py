"""What single lines look like: how they begin, whether they are indented, a heading, or set in capitals."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.measure import CHUNK, HALF, Rows, quantile

LOWER, CAPITAL, QUOTE, OTHER = range(4)
OPENING = frozenset(
    "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EM DASH}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
)
CLOSING = frozenset(
    "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
RAISED = frozenset("'\N{LEFT SINGLE QUOTATION MARK}")  # what the raised figure of a note is read as
BULLETS = frozenset("-\N{BULLET}\N{EN DASH}\N{MIDDLE DOT}\N{BLACK SQUARE}\N{BLACK CIRCLE}\N{WHITE BULLET}")
DEEP = 2  # blanks: one alone at a line's start is dirt, some scans have it on every page or line
DEEPEST = 12  # what is deeper is centred
LEFTMOST = 0.1  # quantile: dirt adds a few lines that begin further left
FEWEST_CAPITALS = 4
CAPITALS = 0.9  # of the letters


def begun(text: str, *, stopped: bool) -> int:
    """How a line begins behind one that ends a sentence, or does not: dirt before the first letter is looked past.

    A sign, a blank and a capital are how a note begins: its raised figure is read as anything.

    >>> [begun(line, stopped=False) for line in ("and", "* and", "And", "12", '"And')] == [
    ...     LOWER, LOWER, CAPITAL, OTHER, QUOTE]
    True
    >>> begun('" and', stopped=True) == QUOTE
    True
    """
    head = text[0]
    if head.islower():
        return LOWER
    if head.isupper():
        return CAPITAL
    letter = next(filter(str.isalnum, text[1:4]), "")
    if head in OPENING:
        return LOWER if letter.islower() and not stopped else OTHER if head in RAISED and text[1:2] == " " else QUOTE
    if head in BULLETS:
        return OTHER
    return LOWER if letter.islower() else CAPITAL if letter.isupper() and text[1:2] != " " else OTHER


def depths_of(rows: Rows) -> list[int]:
    """How many blanks stand before each row."""
    return [start - rows.lines.starts[number] for start, number in zip(rows.starts, rows.numbers, strict=True)]


def margins_of(depths: Sequence[int]) -> list[int]:
    """The depth at which the lines around each row begin, those of dialogue aside, which are all indented.

    >>> margins_of([2, 0, 2, 2, 2, 0, 2, 2, 2, 2]), margins_of([6, 8, 6])
    ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [6, 6, 6])
    """
    out: list[int] = []
    for first in range(0, len(depths), CHUNK):
        near = sorted(depths[max(0, first - CHUNK) : first + 2 * CHUNK])
        out.extend([quantile(near, LEFTMOST)] * min(CHUNK, len(depths) - first))
    return out


def indented(rows: Rows, row: int, depths: Sequence[int], margins: Sequence[int]) -> bool:
    """Is a row the indented first line of a paragraph: deeper than the lines above and below?

    In dialogue these are often such lines as well, each a sentence.
    """
    depth = depths[row]
    if not DEEP <= depth <= margins[row] + DEEPEST:
        return False
    inset = depth - margins[row] >= DEEP
    above = depth - depths[row - 1]
    if above < DEEP and not (inset and above > -DEEP and rows.ended[row - 1]):
        return False
    if row + 1 == len(rows) or rows.numbers[row + 1] > rows.numbers[row] + 1:
        return True
    below = depth - depths[row + 1]
    return below >= DEEP or (inset and below > -DEEP and rows.ended[row])


def is_heading(rows: Rows, row: int) -> bool:
    """A short row that begins with a capital, ends no sentence and is not continued: a title, a salutation, a name."""
    text = rows.texts[row]
    if rows.ended[row] or rows.widths[row] > HALF * rows.measure[row] or not text[0].isupper() or text[-1] == ";":
        return False
    return row + 1 == len(rows) or not rows.lower[row + 1] or rows.numbers[row + 1] > rows.numbers[row] + 1


def in_capitals(text: str) -> bool:
    """Is a line set in capitals, a misread letter or two aside?

    >>> in_capitals("THE TREATY OF BERLiN."), in_capitals("NN, p. 3"), in_capitals("He came")
    (True, False, False)
    """
    if text.islower() or (not text[1:3].isupper() and not text[-3:].strip(".,;:!?").isupper()):  # most lines
        return False
    upper = sum(map(str.isupper, text))
    return upper >= FEWEST_CAPITALS and upper >= CAPITALS * sum(map(str.isalpha, text))


def titles(rows: Rows, capitals: Sequence[bool]) -> set[int]:
    """The first rows of titles of two lines: in capitals, no mark or blank line between, no others in capitals beside them.

    Three and more are a title page, or verse; a comma parts a name from an address.

    >>> rows = Rows("THE BOATS OF THE\\nGUILD\\nHe came.\\nA MAP\\n\\nTHE\\nEND\\nOF IT\\n")
    >>> titles(rows, [in_capitals(row) for row in rows.texts])
    {0}
    """
    numbers = rows.numbers

    def beside(row: int) -> bool:
        return 0 <= row < len(rows) - 1 and capitals[row] and capitals[row + 1] and numbers[row + 1] == numbers[row] + 1

    found = (row for row in range(len(rows) - 1) if beside(row) and not beside(row - 1) and not beside(row + 1))
    return {row for row in found if rows.texts[row][-1].isalpha() and rows.texts[row + 1][0].isalpha()}
