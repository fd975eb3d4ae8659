"""Confusions that no table lists: what it costs to read one character as another, by their shapes, as nothing, or where
nothing is. Costs are natural logarithms. What was counted is ``noisy``'s business.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, log
from typing import NamedTuple

EDGE = " "  # stands before and behind each word
WIDEST = 3  # characters of a group, printed or read
UNREAD = "\N{REPLACEMENT CHARACTER}"  # a letter that the engine could not read
# Costs of what the table does not hold: one printed character read as one certain other that is its twin, that is of like
# shape, of another shape; as nothing; one certain character read where nothing is; two that change places. Of the order of
# what the table has little of; the ranking of words hardly changes when all are three times as likely or a third.
TWIN, ALIKE, UNLIKE = -log(5e-4), -log(1e-4), -log(2e-5)
LOST, ADDED, SWAPPED = -log(1e-4), -log(2e-5), -log(1e-5)
# U+FFFD is mostly one letter, more seldom none or two.
UNREAD_AS = (4.6, 2.3, 4.6)
# Characters that differ in size or in a serif, beside small letters and their capitals.
TWINS = ("0OoQDC", "1lIi!|", "5Ss", "8B", "2Z", "6b", "9g")
# Characters of like shape: x-height, ascenders, descenders, thin strokes, round, capitals and figures, points.
SHAPES = ("acemnorsuvwxz", "bdfhklt", "gpqyj", "iljtfrI1!|/", "coeCOQG06", "bhB8",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", ".,'-;:\"")  # fmt: skip


class Group(NamedTuple):
    """Characters as printed, and as they were read."""

    printed: str
    read: str


@lru_cache(maxsize=1 << 14)
def substituted(printed: str, read: str) -> float:
    """The cost of reading one character as another, where no table knows better.

    >>> substituted("e", "c") < substituted("e", "k")
    True
    """
    if printed.casefold() == read.casefold() or any(printed in twins and read in twins for twins in TWINS):
        return TWIN
    return ALIKE if any(printed in shape and read in shape for shape in SHAPES) else UNLIKE


def unlisted(read: str, truth: str) -> list[tuple[float, int, int]]:
    """Steps that no table lists, from two places on that differ: (cost, characters printed, characters read)."""
    one, other = truth[:1], read[:1]
    steps = []
    if one:
        steps.append((LOST, 1, 0))
    if other:
        steps.append((ADDED, 0, 1))
    if one and other:
        steps.append((substituted(one, other), 1, 1))
        if truth[:2] == read[1:2] + other:
            steps.append((SWAPPED, 2, 2))
    if other == UNREAD:
        steps += [(cost, k, 1) for k, cost in enumerate(UNREAD_AS) if k <= len(truth)]
    return steps


def floor(group: Group) -> float:
    """The cost of a confusion that was never counted; ``inf`` for a group that is no single character or swap."""
    if len(group.printed) == len(group.read) == 1:
        return substituted(*group)
    if len(group.printed) + len(group.read) == 1:
        return LOST if group.printed else ADDED
    return SWAPPED if group.printed == group.read[::-1] and len(group.read) == 2 else inf
