"""Verse and display (titles, addresses): lines that stand for themselves, told from prose by their capitals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import inf, log

from cleaner.measure import LONGEST_LINE, ROOM, Rows, capital_share, program_width
from cleaner.stages.regions.runs import Region, is_parted

# Of the line ends in mid-sentence: before a capital in verse; with room for the next word in verse, and in prose
FREE = 0.92
ROOMY = 0.7, 0.06
ROOMY_EXACT = 0.93, 0.005  # where a program filled the lines
STOPPED = -0.2, -0.7  # a line that ends a sentence, with room and full: it tells little, but many make no stanza
APART = 9.0  # nats: a run of verse begins at one line in a thousand (7), and prose is not to be broken (2)
DROP = 4.0  # two lines of prose end a run
FEWEST_FREE = 3  # line ends before a capital in mid-sentence
LONG_DASHES = frozenset("\N{EM DASH}\N{EN DASH}")
OPENERS = "\"'([\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
OPENERS += "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"


def capital(text: str) -> bool:
    """Does a row begin with a capital, marks and dirt before it aside?

    >>> [capital(row) for row in ("The boat", '"The boat', ". The boat", "the boat", "12 boats")]
    [True, True, True, False, False]
    """
    head = text[0]
    return head.isupper() if head.isalnum() else next(filter(str.isalnum, text[:4]), "").isupper()


def verses(rows: Rows) -> Iterator[Region]:
    """Runs of rows that begin with capitals in mid-sentence and leave room for the word that follows.

    Each line end in mid-sentence counts for or against, as the logarithm of how much likelier it is in lines that stand
    for themselves than in prose of as many capitals as this text's; a run whose sum is worth ``APART`` is set apart.
    """
    scores, free = _scores(rows)
    first = last = 0  # the rows of the best run so far
    total = best = 0.0
    for row, score in enumerate(scores):
        if total <= 0:
            first, total, best = row, 0.0, 0.0
        total += score
        if total > best:
            best, last = total, row + 1
        if total < best - DROP or total <= 0 or row + 1 == len(scores):
            if best >= APART and sum(free[first:last]) >= FEWEST_FREE:
                yield from _set_apart(rows, first, last)
            total = best = 0.0


def _scores(rows: Rows) -> tuple[list[float], list[bool]]:
    """What each line end says for verse, in nats, and whether a capital in mid-sentence follows."""
    share = capital_share(rows.text)
    begins = log(FREE / share), log((1 - FREE) / (1 - share))
    exact = program_width(rows)
    verse, prose = ROOMY_EXACT if exact else ROOMY
    room = log(verse / prose), log((1 - verse) / (1 - prose))
    usual = _usual_gap(rows)
    scores: list[float] = []
    free: list[bool] = []
    for row in range(len(rows) - 1):
        then = rows.texts[row + 1]
        free.append(False)
        if rows.widths[row] > LONGEST_LINE or rows.widths[row + 1] > LONGEST_LINE:
            scores.append(-inf)
            continue
        more = 1 + rows.first_word(row + 1)
        full = rows.edge(row) + more > exact if exact else rows.widths[row] + more >= ROOM * rows.measure[row]
        if rows.numbers[row + 1] - rows.numbers[row] > usual:  # between stanzas, but behind a title, too
            scores.append(0.0)
        elif rows.ended[row] or rows.texts[row][-1] in LONG_DASHES:
            scores.append(STOPPED[full])
        elif then[0] in OPENERS and capital(then):  # speech begins so in prose, too
            scores.append(room[full])
        else:
            free[-1] = capital(then)
            scores.append(begins[not free[-1]] + room[full])
    return scores, free


def _usual_gap(rows: Rows) -> int:
    """By how much the numbers of neighbouring lines differ: 2 where a blank line stands behind every line, else 1."""
    parted = sum(after > number + 1 for number, after in pairwise(rows.numbers))
    return 2 if 2 * parted > len(rows) else 1


def _goes_on(rows: Rows, row: int) -> bool:
    """Does a row end a sentence that the row above, full and in lower case, left open?"""
    if row == 0 or not rows.lower[row - 1] or not rows.ended[row] or rows.ended[row - 1] or is_parted(rows, row):
        return False
    return rows.widths[row - 1] + 1 + rows.first_word(row) >= ROOM * rows.measure[row - 1]


def _set_apart(rows: Rows, first: int, last: int) -> Iterator[Region]:
    """The run as ``verse``, or as ``display`` where most words begin with capitals: a title, an address.

    Prose that broke off above it, and prose that begins with its last row, is no part of it.
    """
    while first < last and (rows.lower[first] or _goes_on(rows, first)):
        first += 1
    while last + 1 < len(rows) and not is_parted(rows, last + 1) and not rows.ended[last]:
        if not (rows.lower[last + 1] or is_parted(rows, last)):
            break
        last -= 1
    words = [word for row in range(first, last + 1) for word in rows.texts[row].split()[1:]]
    lower = 2 * sum(word[0].islower() for word in words) > len(words)
    yield first, last + 1, "verse" if lower else "display"
