"""What the finders of regions share: runs of rows that come close together, and blank lines between rows."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.measure import Rows

Region = tuple[int, int, str]  # first row, row behind the last, kind


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


def is_parted(rows: Rows, row: int) -> bool:
    """Whether a blank line stands before a row."""
    return rows.numbers[row] > rows.numbers[row - 1] + 1
