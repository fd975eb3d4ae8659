"""Verse and inscriptions told by their indents: every other line is set in, or all are, far narrower than the prose around.

Deliberately not taken for verse: dialogue and entries of bibliographies, whose paragraphs may be of two lines each. There the
line that stands out begins one, in verse some go on in lower case, or leave room beside prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.measure import HALF, ROOM, Rows
from cleaner.stages.regions.runs import Region, is_parted

INSET = 2  # blanks
FEWEST_STANZA = 4  # rows: two pairs
FAR = 4  # blanks: what a block is set in
FEWEST_LINES, MOST_LINES = 3, 14  # of an inscription; what is longer may be a narrow column
WIDE_PROSE = 45  # characters: of the lines around (Bringhurst)


def insets(rows: Rows) -> Iterator[Region]:
    """Blocks between blank lines of which every other row is set in, and narrow blocks set in between prose."""
    depths = [rows.edge(row) - rows.widths[row] for row in range(len(rows))]
    if not any(depth >= INSET for depth in depths):
        return
    blocks = [*pairwise([0, *(row for row in range(1, len(rows)) if is_parted(rows, row)), len(rows)])]
    wide = [max(rows.widths[first:end]) if min(depths[first:end]) < FAR else 0 for first, end in blocks]
    paired = [_is_paired(rows, depths, first, end) for first, end in blocks]
    verse = [paired[k] and _goes_on(rows, first, end) for k, (first, end) in enumerate(blocks)]
    for k, (first, end) in enumerate(blocks):
        near = slice(max(0, k - 1), k + 2)
        around = [wide[beside] for beside in (k - 1, k + 1) if 0 <= beside < len(blocks)]
        if (paired[k] and any(verse[near])) or (
            FEWEST_LINES <= end - first <= MOST_LINES
            and min(depths[first:end]) >= FAR
            and min(around, default=0) > 0
            and max(around) >= WIDE_PROSE
            and max(rows.widths[first:end]) <= HALF * max(around)
        ):
            yield first, end, "lines"


def _is_paired(rows: Rows, depths: Sequence[int], first: int, end: int) -> bool:
    """Whether the even rows of a block stand at one depth, and the odd ones deeper, of which some begin in lower case.

    >>> rows = Rows("The gate was up,\\n  and so were we;\\nthe tide was in,\\n  and loud the sea.\\n")
    >>> _is_paired(rows, [0, 2, 0, 2], 0, 4), _is_paired(rows, [2, 0, 2, 0], 0, 4)
    (True, False)
    """
    if end - first < FEWEST_STANZA or len({*depths[first:end:2]}) > 1 or len({*depths[first + 1 : end : 2]}) > 1:
        return False
    return depths[first + 1] >= depths[first] + INSET and any(rows.lower[first + 1 : end : 2])


def _goes_on(rows: Rows, first: int, end: int) -> bool:
    """Whether the rows of a block that stand out begin no entries: one in lower case, or all leave room beside prose."""
    room = ROOM * _around(rows, first, end)
    return any(rows.lower[first + 2 : end : 2]) or all(
        rows.widths[row] + 1 + rows.first_word(row + 1) < room for row in range(first, end - 1)
    )


def _around(rows: Rows, first: int, end: int) -> int:
    """The measure of the prose around a block, 0 where none is."""
    return max((rows.measure[row] for row in (first - 1, end) if 0 <= row < len(rows)), default=0)
