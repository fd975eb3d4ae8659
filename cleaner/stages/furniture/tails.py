"""Ragged tails: dirt that was read beyond the end of good lines, where paper, shadow or the next column begins.

"... demonstrated that without a clear _", "... to concentrate power in hels": one such line end may be a rare word or
a misread one, and is text. Dirt comes in patches. Where line after line reaches the measure and then ends in a scrap
that the document uses nowhere else, the scraps are proposed, never applied. The good part of the line is text.

Deliberately not done: finding a scrap by itself, in a short document (where every word is rare), and dirt before a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from cleaner.measure import LONGEST_LINE, quantile
from cleaner.model import Edit
from cleaner.rulebook import Rule
from cleaner.stages.furniture.pages import Finding
from cleaner.stages.furniture.rows import PageRows
from cleaner.text import count_words

TAIL = "furniture.tail"
# Read by eye, all nine places in three million characters of scans were dirt; so few do not show a figure.
CONFIDENCE = 0.7
FEWEST_WORDS = 2_000  # of a document, for a word that occurs once to be a rare one
RARE = 2e-5  # and the share of its words that a scrap may take
SCRAP = 4  # letters
PATCH = 10  # rows before and behind in which scraps must be common,
COMMON = 0.3  # at this share of the rows,
UNCOMMON = 0.08  # while in the document they are not
FEWEST = 5
GOOD = 0.8  # of the measure: what stands before the tail
WIDE = 0.75  # quantile of the good parts around that stands for their measure
SIGNS = frozenset("_|=~^\\/<>+{}[]\N{SECTION SIGN}\N{DEGREE SIGN}\N{COPYRIGHT SIGN}\N{REGISTERED SIGN}\N{BULLET}")
TOKEN = re.compile(r"\S+")

_GOOD = "the men on the quay looked after it until the smoke was gone"
_PATCH = "".join(
    f"{_GOOD}{scrap}\n" for scrap in (" oer", " _", "", " eel |", " hels", "", " ict", "", " Pea", " ahii")
)

RULES = (
    Rule(
        id=TAIL,
        apply="review",
        why="the edge of the paper, a shadow or the next column is read as scraps at the ends of good lines",
        examples=((f"{_GOOD}\n" * 200 + _PATCH, f"{_GOOD}\n" * 210),),
        keep=(f"{_GOOD}\n" * 100 + f"{_GOOD} oer\n" + f"{_GOOD}\n" * 100, _PATCH),
    ),
)


def find_tails(rows: PageRows, found: Mapping[int, Finding]) -> Iterator[Edit]:
    """One edit for each tail of a patch, with the blank before it; all below the threshold."""
    kept = [row for row in rows.filled if row not in found]
    if len(kept) < 2 * PATCH or rows.width > LONGEST_LINE:
        return
    ends = [rows.texts[row].rsplit(None, 1)[-1] for row in kept]
    may_be = {end for end in set(ends) if _could_be_scrap(end)}
    if not _may_have_patch(ends, may_be, max(1, int(RARE * len(rows.text)))):
        return
    counts = count_words(rows.text)
    size = counts.total()
    if size < FEWEST_WORDS:
        return
    rare = max(1, int(RARE * size))
    scraps = [end in may_be and counts[end] <= rare for end in ends]
    if sum(scraps) > UNCOMMON * len(kept):
        return
    before = [0, *accumulate(scraps)]
    for at, row in enumerate(kept):
        low, high = max(0, at - PATCH), min(len(kept), at + PATCH + 1)
        count = before[high] - before[low]
        if scraps[at] and count >= max(FEWEST, COMMON * (high - low)):
            around = [len(rows.texts[kept[k]]) - scraps[k] * (len(ends[k]) + 1) for k in range(low, high)]
            tail = _tail(rows.texts[row], quantile(sorted(around), WIDE), counts, rare)
            if tail:
                end = rows.starts[row] + rows.text[rows.starts[row] : rows.ends[row]].rindex(tail) + len(tail)
                why = f"{count} of {high - low} lines here end in scraps that stand nowhere else"
                yield Edit(end - len(tail), end, tail, "", TAIL, CONFIDENCE, why)


def _may_have_patch(ends: Sequence[str], may_be: Collection[str], rare: int) -> bool:
    """Whether scraps that end few lines come in a patch anywhere: else the words of the text need not be counted."""
    counts = Counter(ends)
    scraps = {end for end in may_be if counts[end] <= rare}
    places = [at for at, end in enumerate(ends) if end in scraps]
    return any(last - first <= 2 * PATCH for first, last in zip(places, places[FEWEST - 1 :], strict=False))


def _could_be_scrap(token: str) -> bool:
    """A few letters with nothing behind them that a sentence or a cut word would have, or signs that end no line."""
    return (len(token) <= SCRAP and token.isalpha()) or (
        not any(char.isalnum() for char in token) and not SIGNS.isdisjoint(token)
    )


def _tail(line: str, measure: int, counts: Mapping[str, int], rare: int) -> str:
    """The scraps at the end of a line, and what else begins beyond the measure; empty where no good line is left."""
    start = len(line)
    for token in reversed(list(TOKEN.finditer(line))):
        scrap = _could_be_scrap(token[0]) and counts.get(token[0], 0) <= rare
        if not scrap and token.start() <= measure:
            break
        start = token.start()
    good = line[:start].rstrip()
    if len(line) < measure or len(good) < GOOD * measure:
        return ""
    return line[len(good) :]
