"""Where pages are missing: the folios say that the text of a page does not go on upon the next.

A leaf that was not scanned, or not read, leaves two halves of two sentences that fit each other by chance. A plate is counted
now and then, though the text goes on behind it; nothing tells the two apart, so that here nothing is decided.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from statistics import median

from cleaner.measure import Rows
from cleaner.model import Mark

LONGEST = 1.5  # of a usual page: what is longer holds two, whose boundary left no trace


def after_missing(rows: Rows, pages: list[Mark]) -> set[int]:
    """The rows that begin a page behind missing ones.

    >>> rows = Rows("the one\\nand two\\nand three\\n")
    >>> pages = [Mark(at, at, "page", {"folio": folio}) for at, folio in ((0, "7"), (8, "8"), (16, "11"))]
    >>> after_missing(rows, pages), after_missing(rows, pages[:2])
    ({2}, set())
    """
    firsts = [bisect_left(rows.starts, page.start) for page in pages]
    usual = median([after - first for first, after in pairwise(firsts)]) if len(firsts) > 1 else 0
    out: set[int] = set()
    for (page, then), (first, after) in zip(pairwise(pages), pairwise(firsts), strict=True):
        leaps = follows(str(page.value.get("folio", "")), str(then.value.get("folio", "")))
        if leaps and after - first <= LONGEST * usual and after < len(rows) and rows.starts[after] == then.start:
            out.add(after)  # else half a word stands on each side: nothing is missing
    return out


def follows(folio: str, then: str) -> bool:
    """Do two folios leave room for pages between them?

    >>> follows("7", "9"), follows("7", "8"), follows("", "9"), follows("vii", "9")
    (True, False, False, False)
    """
    return folio.isdecimal() and then.isdecimal() and int(then) > int(folio) + 1
