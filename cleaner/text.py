"""Views of one string: its lines as a table of offsets, its words as matches and as counts.

Lines end at ``\\n``, ``\\r\\n`` and a lone ``\\r`` and nowhere else: ``str.splitlines`` also cuts at form feeds, vertical
tabs, NEL and U+2028, which in a scan are page breaks, dirt, or part of a misread character.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

LINE_END = re.compile(r"\r\n|\n|\r")
LINE_OR_PAGE_END = re.compile(r"\r\n|\n|\r|\f")
# A word: letters, marks and digits, with apostrophes and hyphens inside it. One pattern for every per-word pass.
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}\-][^\W_]+)*")
# What mostly clings to a word: without these signs most pieces of text are letters, or digits, and nothing else.
PUNCTUATION = (
    string.punctuation
    + "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    + "\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}"
)
ANGLES = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_SPACE = re.compile(r"\s")
# Characters: all tokens of a text at once take twelve times its memory, and half as much time again.
STRETCH = 1 << 16


def inside(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether a place lies in one of some spans.

    >>> list(map(inside([(7, 9), (2, 4), (1, 4)]), (0, 1, 2, 4, 8)))
    [False, True, True, False, True]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    ends = [end for _, end in merged]

    def holds(at: int) -> bool:
        k = bisect_right(ends, at)
        return k < len(ends) and merged[k][0] <= at

    return holds


class Line(NamedTuple):
    """One line: its text is ``text[start:end]``, its line end ``text[end:next]`` (empty on an unfinished last line)."""

    start: int
    end: int
    next: int


class Lines:
    """The table of lines of one text; with ``pages`` a form feed ends a line too.

    >>> [tuple(line) for line in Lines("a\\r\\nb\\n")]
    [(0, 1, 3), (3, 4, 5)]
    >>> len(Lines("a\\x0bb\\u2028c"))  # neither is a line end
    1
    >>> len(Lines("")), len(Lines("a\\x0cb")), len(Lines("a\\x0cb", pages=True))
    (0, 1, 2)
    """

    __slots__ = ("ends", "nexts", "starts", "text")

    def __init__(self, text: str, *, pages: bool = False) -> None:
        self.text = text
        pages = pages and "\f" in text
        if pages or "\r" in text:
            spans = [match.span() for match in (LINE_OR_PAGE_END if pages else LINE_END).finditer(text)]
            self.ends = [start for start, _ in spans]
            self.nexts = [end for _, end in spans]
        else:
            self.ends = [match.start() for match in re.finditer("\n", text)]
            self.nexts = [end + 1 for end in self.ends]
        self.starts = [0, *self.nexts]
        if self.starts[-1] == len(text):
            self.starts.pop()
        else:
            self.ends.append(len(text))
            self.nexts.append(len(text))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> Line:
        return Line(self.starts[number], self.ends[number], self.nexts[number])

    def __iter__(self) -> Iterator[Line]:
        return map(Line, self.starts, self.ends, self.nexts)

    def read(self, number: int) -> str:
        """The text of a line, without its line end."""
        return self.text[self.starts[number] : self.ends[number]]

    def strings(self) -> list[str]:
        """The texts of all lines, without their line ends."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]


def stretches(text: str, size: int = STRETCH) -> Iterator[tuple[int, str]]:
    """(offset, piece) of pieces of a text, each of about ``size`` characters and up to a blank: no token is cut.

    >>> list(stretches("the old mill", 5))
    [(0, 'the old'), (7, ' mill')]
    """
    at = 0
    while at < len(text):
        blank = _SPACE.search(text, at + size)
        end = blank.start() if blank else len(text)
        yield at, text[at:end]
        at = end


def count_words(text: str) -> Counter[str]:
    """How often each word occurs, as it is written. Pieces between blanks are counted first, each looked into once.

    >>> sorted(count_words("the mill, the mill-race").items())
    [('mill', 1), ('mill-race', 1), ('the', 2)]
    """
    pieces: Counter[str] = Counter()
    for _, stretch in stretches(text):
        pieces.update(stretch.split())
    return words_of(pieces.items())


def words_of(pieces: Iterable[tuple[str, int]]) -> Counter[str]:
    """How often each word occurs in pieces of a text that were counted.

    >>> words_of([("mill,", 2), ("the-mill.", 1), ("mill", 3)])
    Counter({'mill': 5, 'the-mill': 1})
    """
    counts: dict[str, int] = {}
    for piece, count in pieces:
        bare = piece.strip(PUNCTUATION)
        if bare.isalnum():
            counts[bare] = counts.get(bare, 0) + count
        else:
            for word in WORD.findall(bare):
                counts[word] = counts.get(word, 0) + count
    return Counter(counts)


def without(counts: Mapping[str, int], gone: Mapping[str, int]) -> Counter[str]:
    """The counts less others, as far as anything is left.

    >>> without({"the": 3, "mill": 1}, {"the": 1, "mill": 2, "race": 1})
    Counter({'the': 2})
    """
    left = Counter(counts)
    for word, count in gone.items():
        if left[word] > count:
            left[word] -= count
        else:
            left.pop(word, None)
    return left


def words(text: str) -> Iterator[re.Match[str]]:
    """Every word of a text in order, as matches.

    >>> [m.group() for m in words("Lenin's anti-party bloc, 1918")]
    ["Lenin's", 'anti-party', 'bloc', '1918']
    """
    return WORD.finditer(text)
