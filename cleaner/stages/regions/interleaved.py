"""Two columns of running text, line by line: a row goes on two rows below, or from its middle, and not from its end in the next.

What goes on where is told by words that are cut at a line end and whole elsewhere, by words that often follow each other (in
English; see ``language.bigrams``), and by sentences that end before a small letter. One row tells little; of ten it is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf, log

from cleaner.language import General
from cleaner.measure import LONGEST_LINE, Rows, ends_sentence
from cleaner.stages.regions.runs import runs

HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}\N{NOT SIGN}"
LETTERS = r"[^\W\d_]"
HEAD = re.compile(rf"\W*({LETTERS}+)")
TAIL = re.compile(rf"({LETTERS}+)\W*\Z")
CUT = re.compile(rf"({LETTERS}{{2,}})[{HYPHENS}]\Z")

# The log odds that one word goes on with another: of a cut word that is made whole there, or is not; of a sentence that
# ended before a small letter, or before a capital. Of all others they are taken from the pairs of the language.
WHOLE, BROKEN, ENDED_LOWER, ENDED_CAPITAL = 4.0, -1.0, -1.5, 0.5
LEAST, MOST = -2.5, 3.0
IS_CUT, ENDED, OPEN = "cut", "ended", "open"  # how a word ends
# Rows are mostly read in order: so much speaks for that in each. In 13 million words of novels, as they are and wrapped, of
# scans and of their truth nothing reaches ``ENOUGH``; two places in novels reach 7.
DRIFT, DROP, ENOUGH = 0.5, 10.0, 10.0
FEWEST = 8  # rows
MIDDLE = 0.3, 0.7  # of a row: where its right half begins
# Only where lines do not go on as they should, more than once, are all rows weighed: a tenth of the time.
REACH, FEWEST_ODD = 20, 2
# Behind these, at a line's end, none of those can begin the next line: English, as are the pairs of words.
DETERMINERS = frozenset("the a an my his her its our their your this every".split())
NO_NOUNS = frozenset(
    "of and or to in was is had were are be been has have that which who with from by at on for as but if it he she they we "
    "the a an would could should did not".split()
)
OPENERS = frozenset("The He She They It But And We In This That There".split())


def interleaved(rows: Rows, language: General) -> Iterator[tuple[int, int]]:
    """Runs of rows, (first, behind the last), that hold two columns in turn, or side by side, in order.

    >>> from cleaner.language import general
    >>> left = "It was known to all that the gov-\\nernment would not send any mon-\\ney to the town before the win-\\nter."
    >>> right = "The old mill had been burnt in\\nthe night by some of those who\\nwere to have kept it for the\\nmayor."
    >>> rows = [row for pair in zip(left.split("\\n"), right.split("\\n")) for row in pair] * 3
    >>> list(interleaved(Rows("\\n".join(rows)), general("en")))
    [(0, 24)]
    >>> list(interleaved(Rows(f"{left}\\n{right}\\n" * 3), general("en")))
    []
    """
    for start, stop in _suspicious(rows, language):
        reach = range(start, min(stop, len(rows) - 2))
        words = [rows.texts[row][:LONGEST_LINE].split(" ") for row in range(start, reach.stop + 2)]
        here = [goes_on(line[-1], then[0], language) for line, then in pairwise(words)]
        found = []
        for elsewhere in (_below, _within):
            odds = [
                _better(elsewhere(words, k, language), here[k]) - DRIFT if rows.widths[row] <= LONGEST_LINE else -DROP
                for k, row in enumerate(reach)
            ]
            found += [(first, end) for first, end in _highest(odds) if end - first >= FEWEST]
        at = 0
        for first, end in sorted(found):
            if first >= at:
                yield start + first, start + end + 2
                at = end


def _better(there: float, here: float) -> float:
    """By how much likelier a row goes on there than here. That it does not go on here says nothing of there."""
    return min(there - here, WHOLE) if there > 0 else min(there - here, 0.0)


def _below(words: Sequence[Sequence[str]], row: int, language: General) -> float:
    """The log odds that a row goes on two rows below."""
    return goes_on(words[row][-1], words[row + 2][0], language)


def _within(words: Sequence[Sequence[str]], row: int, language: General) -> float:
    """The log odds that what goes on in the next row is the left half of this one: of the best place to part it."""
    line, then = words[row], words[row + 1][0]
    low, high = (int(share * len(line)) for share in MIDDLE)
    best = -inf
    for k in range(low, high):
        there = goes_on(line[k], then, language)
        at_most = there - LEAST if there > 0 else min(there - LEAST, 0.0)  # whatever stands behind
        if at_most > best:
            best = max(best, _better(there, goes_on(line[k], line[k + 1], language)))
    return best if low < high else LEAST


def _highest(odds: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where a sum of log odds is highest: (first, behind the last) of runs that reach ``ENOUGH``.

    >>> list(_highest([-1.0] * 3 + [3.0] * 8 + [-1.0] * 9)), list(_highest([1.0, -1.0] * 30))
    ([(3, 11)], [])
    """
    at = 0
    while at < len(odds):
        if odds[at] <= 0:
            at += 1
            continue
        first, end, score, best = at, at, 0.0, 0.0
        while at < len(odds) and score > best - DROP and score >= 0:
            score += odds[at]
            at += 1
            if score > best:
                end, best = at, score
        if best >= ENOUGH:
            yield first, end
        at = end


def goes_on(left: str, right: str, language: General) -> float:
    """The log odds that a word, with the signs beside it, goes on with another one.

    >>> from cleaner.language import general
    >>> [round(goes_on(*pair, general("en"))) for pair in (("govern-", "ment"), ("govern-", "he"), ("of", "the"))]
    [4, -1, 2]
    """
    head = _head(right)
    if not (head and left):
        return 0.0
    end, word = _end(left)
    if end == IS_CUT:
        return WHOLE if language.is_word((word + head).lower()) else BROKEN
    if end == ENDED:
        return ENDED_LOWER if right[0].islower() else ENDED_CAPITAL
    if not (word and right[0].islower()):
        return 0.0
    chance, behind = language.frequency(head), language.follows(word, head)
    return max(LEAST, min(log(behind / chance), MOST)) if chance and behind else 0.0


@lru_cache(maxsize=1 << 14)
def _head(word: str) -> str:
    """The letters at the beginning of a word, behind its signs."""
    head = HEAD.match(word)
    return head[1] if head else ""


@lru_cache(maxsize=1 << 14)
def _end(word: str) -> tuple[str, str]:
    """How a word ends, and its last letters: as they stand where it is cut, else in lower case; none where they tell nothing.

    >>> [_end(word) for word in ("gov-", "mill.", '"Come!"', "Mill,")]
    [('cut', 'gov'), ('ended', ''), ('open', ''), ('open', 'mill')]
    """
    cut = word[-1] in HYPHENS and CUT.search(word)
    if cut:
        return IS_CUT, cut[1]
    if ends_sentence(word):
        return (ENDED if "." in word else OPEN), ""  # "Come!" said he
    tail = TAIL.search(word)
    return OPEN, tail[1].lower() if tail else ""


def _suspicious(rows: Rows, language: General) -> Iterator[tuple[int, int]]:
    """Stretches of rows in which lines do not go on in the next one, more than once."""
    narrow = (row for row in range(len(rows) - 2) if rows.widths[row] <= LONGEST_LINE)
    odd = [row for row in narrow if _is_odd(rows, row, language)]
    for start, stop, _ in runs(odd, 2 * REACH - 1, FEWEST_ODD):
        yield max(0, start - REACH), stop - 1 + REACH


def _is_odd(rows: Rows, row: int, language: General) -> bool:
    """Whether a row can hardly go on in the next one."""
    text, then = rows.texts[row], rows.texts[row + 1]
    if rows.ended[row]:
        return rows.lower[row + 1] and "." in text[-2:]
    last, first = text[text.rfind(" ") + 1 :], then.split(" ", 1)[0]
    if text[-1] in HYPHENS:
        return goes_on(last, first, language) == BROKEN
    return text[-1].islower() and (first in OPENERS or (first in NO_NOUNS and last.lower() in DETERMINERS))
