"""The lines of a scan as page furniture is sought in them: cut at form feeds, and what is set off or runs on.

Deliberately not known here: pages, folios, heads.
"""

from __future__ import annotations

import re
from functools import cached_property

from cleaner.stages.furniture.pagination import LONGEST
from cleaner.text import Lines

QUOTES = "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
OPENERS = QUOTES + "(["
HYPHEN_END = re.compile(r"[^\W\d_][-\N{NOT SIGN}\N{HYPHEN}]")


def is_cut(line: str) -> bool:
    """Whether a line ends in a letter and a hyphen.

    >>> is_cut("of the revolu-"), is_cut("he paused -")
    (True, False)
    """
    return HYPHEN_END.fullmatch(line[-2:]) is not None


class PageRows:
    """The table of rows: lines that are also cut at form feeds. ``filled`` are the rows that are not blank."""

    def __init__(self, text: str) -> None:
        self.text = text
        lines = Lines(text, pages=True)
        self.starts, self.ends, self.nexts = lines.starts, lines.ends, lines.nexts
        self.texts = [line.strip() for line in lines.strings()]
        self.filled = [row for row, line in enumerate(self.texts) if line]

    @cached_property
    def feeds(self) -> frozenset[int]:
        """The rows that end at a form feed."""
        if "\f" not in self.text:
            return frozenset()
        return frozenset(row for row, end in enumerate(self.ends) if self.text[end : end + 1] == "\f")

    @cached_property
    def blanks(self) -> frozenset[int]:
        """The last row of each run of blank rows between two filled ones."""
        texts = self.texts
        return frozenset(row - 1 for row in self.filled[1:] if not texts[row - 1])

    @cached_property
    def words(self) -> frozenset[str]:
        """What stands between blanks somewhere in the text, not in a line of its own."""
        return frozenset(word for line in self.texts if " " in line for word in line.split())

    @cached_property
    def width(self) -> int:
        """The measure: nine lines of ten are not longer."""
        lengths = sorted(len(self.texts[row]) for row in self.filled)
        return lengths[len(lengths) * 9 // 10] if lengths else 0

    @cached_property
    def set_off(self) -> list[tuple[int, int, bool]]:
        """(row, place among the filled rows, blank before) of the short lines beside a blank line."""
        texts, limit = self.texts, min(LONGEST, max(24, int(0.95 * self.width)))
        padded = ["", *texts, ""]
        return [
            (row, place, not padded[row])
            for place, row in enumerate(self.filled)
            if (not padded[row] or not padded[row + 2]) and len(texts[row]) <= limit
        ]

    def runs_on(self, last: int, first: int) -> bool:
        """Whether a sentence, or a word, goes on from the row ``last`` to the row ``first``.

        A comma at the end proves nothing: verse has one at every other line, and each line begins with a capital.
        """
        return self.texts[first].lstrip(OPENERS)[:1].islower() or is_cut(self.texts[last])
