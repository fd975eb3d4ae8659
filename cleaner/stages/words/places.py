"""Where a word stands: what is beside it, and whether a sentence begins with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from enum import Enum
from typing import NamedTuple

from cleaner.language.bigrams import BOUNDARY, NUMBER
from cleaner.measure import ends_sentence
from cleaner.stages.words.segmenting import Tokens

ENDS = re.compile(r"[.!?]\W*\Z")  # of a token that ends a sentence, or an abbreviation: so they were counted
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# Behind what introduces speech, or within its marks, a sentence may begin or not.
INTRODUCES = frozenset("\N{EM DASH}-:")
SPEECH = frozenset("\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")


class Opening(Enum):
    """What may begin where a word stands: a sentence, nothing, or nobody knows."""

    SENTENCE, NOTHING, UNKNOWN = range(3)


class Place(NamedTuple):
    """Where a word stands: the words beside it, and its ``context``, where ends of sentences and figures are marks of the
    pairs that were counted; whether the text is ``noisy`` there, and the word in ``doubt`` for other reasons: much beside it
    is strange too, or it may be a figure, or how people speak.
    """

    left: str
    right: str
    context: tuple[str, str]
    opening: Opening
    noisy: bool
    doubt: bool


def context_of(tokens: Sequence[str], at: int, left: str, right: str) -> tuple[str, str]:
    """What stands on either side of a token, as pairs of words were counted."""
    before = BOUNDARY if not at or ENDS.search(tokens[at - 1]) else NUMBER if left.isdigit() else left
    behind = BOUNDARY if at + 1 == len(tokens) or ENDS.search(tokens[at]) else NUMBER if right.isdigit() else right
    return before, behind


def beginnings(found: Tokens) -> frozenset[int]:
    """The numbers of the tokens behind blank lines: of paragraphs, or where the text goes on behind a page.

    >>> sorted(beginnings(Tokens.of("CHAPTER I\\n\\nIhe clerk\\n")))
    [2]
    """
    return frozenset(bisect_left(found.starts, match.end()) for match in BLANK_LINE.finditer(found.text))


def opening_of(tokens: Sequence[str], at: int, begin: Container[int] = ()) -> Opening:
    """Whether a sentence begins with a token. Nobody knows behind "viz.", beside a foreign passage, whose words are empty, and
    where a paragraph may ``begin`` behind no stop.

    >>> [opening_of(line.split(), 1).name for line in ("late. lhe", "that lhe", "viz. lhe", "said: lhe")]
    ['SENTENCE', 'NOTHING', 'UNKNOWN', 'UNKNOWN']
    """
    before = tokens[at - 1] if at else "."
    if ENDS.search(before):
        return Opening.SENTENCE if ends_sentence(before) else Opening.UNKNOWN
    speech = tokens[at][0] in SPEECH or before[-1:] in INTRODUCES
    return Opening.UNKNOWN if speech or not before or at in begin else Opening.NOTHING
