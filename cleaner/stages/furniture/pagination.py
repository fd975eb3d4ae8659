"""Folios and running heads: how a line at a page's edge is read, and which readings fit together as numbered pages.

A page number alone proves nothing: years, notes, lists and tables are full of numbers. What proves it is that the
numbers rise as the pages turn. So every number is kept in several readings ("i6o" is 160, "1 57" is 157) and the
sequence decides: by page where form feeds part the pages (``fit_pages``), by the distance in lines where nothing does
(``chains``).

Deliberately not done here: nothing is removed, and no reading is believed for itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz

# Shapes that OCR gives for a digit (counted by eye on old-style figures: 1 as i, l, I, J; 0 as o; 5 as S, 6 as b).
DIGIT_SHAPES = str.maketrans(
    {
        **dict.fromkeys("iIlLJjtT|!]", "1"),
        **dict.fromkeys("oOQD\N{DEGREE SIGN}\N{MASCULINE ORDINAL INDICATOR}", "0"),
        **dict.fromkeys("zZ", "2"),
        **dict.fromkeys("Ss$\N{SECTION SIGN}", "5"),
        **dict.fromkeys("bG", "6"),
        **dict.fromkeys("B&", "8"),
        **dict.fromkeys("gq", "9"),
    }
)
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE | re.ASCII)
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
ROMAN_LETTERS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
NOT_LETTERS = re.compile(r"[\W\d_]+")
EDGE = "[](){}<>.,:;'\"*-_~=/\\ \t\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{BULLET}\N{MIDDLE DOT}\N{BLACK SQUARE}\
\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\
\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\
\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"

DIGITLIKE = re.escape("".join(map(chr, DIGIT_SHAPES)) + "vxcdmVXCDM") + r"\d"
NUMBERLIKE = re.compile(rf"[{DIGITLIKE}]{{1,9}}")
# The parts of a book, in the languages of most scans. A number after such a word, or after one that counts plates and
# volumes, does not rise with the pages.
PARTS = frozenset(
    "chapter chap book part section letter canto act scene sermon psalm hymn ode elegy epistle sonnet fable lesson note plate "
    "kapitel buch brief aufzug auftritt szene gesang abschnitt theil tafel "
    "chapitre livre lettre acte sc\N{LATIN SMALL LETTER E WITH GRAVE}ne chant partie planche "
    "capitulo cap\N{LATIN SMALL LETTER I WITH ACUTE}tulo".split()
)
LABELS = PARTS | frozenset("pl plates taf tab fig figure vol volume band heft no nr".split())

HIGHEST = 3000  # a folio above that is a year, a price or dirt
LONGEST_ROMAN = 14  # mmdccclxxxviii
FOLIO_DIGITS = 4
LONGEST_TOKEN = 9  # a Roman folio in a book of some hundred pages: lxxxviii
SHORT_LINE = 12  # up to here a whole line may be one damaged folio: "[ 15<5 ]"
LEAST_KEY = 3  # letters of a head that can be compared
SHORT_KEY = 7  # a head of fewer letters must agree better
ALIKE, SHORT_ALIKE = 72, 82  # rapidfuzz ratio; two lines of prose reach 55 at most, three heads of one book 75 and more
LONGEST = 90  # characters of a line that can be furniture: no measure is wider
AS_READ, MENDED, NO_DIGIT = range(3)  # the costs of a reading: as it stands, shapes mended, no digit at all
WEIGHT = (1.0, 0.7, 0.4)  # trust in a reading by its cost
PLAIN = 1.0  # trust in a number that stands alone at a page's head, clean
SWITCH = 1.6  # what a jump in the numbering costs, in clean readings: two of them pay for a plate or a lost leaf
SILENT = 24  # pages without a folio that was read, within one numbering: a section of plates, a damaged quire
SHORTEST_CHAIN = 3  # two numbers that fit are chance
LEAVES = 12  # pages that may be missing between two pages of a sample


class Reading(NamedTuple):
    """One way to read a line as folio and head: ``cost`` indexes ``WEIGHT``; ``rest`` is the folded head."""

    number: int
    roman: bool
    cost: int
    side: str  # "lone", "left" or "right"
    rest: str


def fold(line: str) -> str:
    """The letters of a line, case-folded: what stays the same in a head that is spaced, dotted or numbered.

    >>> fold("T H E  L I FE. 163")
    'thelife'
    """
    return NOT_LETTERS.sub("", line).casefold()


def roman_value(token: str) -> int:
    """The value of a well-formed Roman numeral, 0 for anything else.

    >>> roman_value("xliv"), roman_value("iiii")
    (44, 0)
    """
    if not token or len(token) > LONGEST_ROMAN or not ROMAN.fullmatch(token):
        return 0
    digits = [ROMAN_VALUES[letter] for letter in token.lower()]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def roman(number: int) -> str:
    """A number in Roman numerals, as folios have them.

    >>> roman(44)
    'xliv'
    """
    shown = ""
    for value, letters in ROMAN_LETTERS:
        shown += letters * (number // value)
        number %= value
    return shown


def numbers(token: str) -> list[tuple[int, bool, int]]:
    """(number, roman, cost) for each way to read a token as a folio.

    >>> numbers("83"), numbers("i6o"), numbers("xi"), numbers("head")
    ([(83, False, 0)], [(160, False, 1)], [(11, True, 0)], [])
    """
    token = token.strip(EDGE)
    if not 0 < len(token) <= LONGEST_TOKEN:
        return []
    if token.isascii() and token.isdigit():
        value = int(token)
        return [(value, False, AS_READ)] if 0 < value <= HIGHEST and token[0] != "0" else []
    found = []
    if value := roman_value(token):
        found.append((value, True, AS_READ))
    shaped = token.translate(DIGIT_SHAPES)
    if token[0] != "\N{SECTION SIGN}" and (
        len(shaped) <= FOLIO_DIGITS
        and shaped.isascii()
        and shaped.isdigit()
        and 0 < int(shaped) <= HIGHEST
        and shaped[0] != "0"
    ):
        found.append((int(shaped), False, MENDED if any(c.isdigit() for c in token) else NO_DIGIT))
    return found


@lru_cache(maxsize=8192)
def readings(line: str) -> tuple[Reading, ...]:
    """Every reading of a line as lone folio, or as a head with a folio at its left or right end.

    >>> [(r.number, r.side, r.rest) for r in readings("The New Course 83")]
    [(83, 'right', 'thenewcourse')]
    >>> [(r.number, r.side) for r in readings("- 1 2 -")]
    [(12, 'lone')]
    >>> readings("was young.")
    ()
    """
    if not line or len(line) > LONGEST:
        return ()
    if len(line) > SHORT_LINE and not (
        NUMBERLIKE.fullmatch(line.split(None, 1)[0].strip(EDGE))
        or NUMBERLIKE.fullmatch(line.rsplit(None, 1)[-1].strip(EDGE))
    ):
        return ()
    words = line.split()
    lone = []
    short = "".join(words).strip(EDGE)
    if 0 < len(short) <= LONGEST_TOKEN:
        lone = [found for found in numbers(short) if len(words) == 1 or found[2] < NO_DIGIT]
    if (
        len(line) <= SHORT_LINE and len(words) % 2 and [len(word) for word in words[::2]] == [1, 1]
    ):  # misread brackets: "s 160 1"
        lone += [(n, roman, max(cost, MENDED)) for n, roman, cost in numbers(words[1]) if not roman]
    if lone:
        return tuple(Reading(*found, "lone", "") for found in dict.fromkeys(lone))
    words = [word for word in words if word.strip(EDGE)]
    found: list[Reading] = []
    for side, cuts in (("left", (1, 2)), ("right", (-1, -2))):
        for cut in cuts:
            if len(words) <= abs(cut):
                continue
            taken, rest = (words[:cut], words[cut:]) if cut > 0 else (words[cut:], words[:cut])
            double = abs(cut) > 1
            if double and not any(c.isdigit() for c in taken[0 if cut < 0 else 1]):
                continue  # "1 57" was one number, "1 The" was not
            folded = fold("".join(rest))
            if len(folded) > 1 and not (side == "right" and _is_label(rest[-1])):
                found += [
                    Reading(n, roman, min(cost + double, NO_DIGIT), side, folded)
                    for n, roman, cost in numbers("".join(taken))
                ]
    return tuple(found)


def _is_label(word: str) -> bool:
    parts = [part for part in NOT_LETTERS.split(word.casefold()) if part]
    return bool(parts) and parts[-1] in LABELS


def alike(one: str, other: str) -> bool:
    """Whether two folded heads are the same head, scanning damage allowed for.

    >>> alike("introduction", "pintroduction"), alike("preface", "contents")
    (True, False)
    """
    if one == other:
        return len(one) >= LEAST_KEY
    shorter = min(len(one), len(other))
    if shorter < LEAST_KEY or shorter < 0.56 * max(len(one), len(other)):  # below it no ratio reaches 72
        return False
    cutoff = SHORT_ALIKE if shorter < SHORT_KEY else ALIKE
    return shorter > LEAST_KEY and fuzz.ratio(one, other, score_cutoff=cutoff) > 0


def fit_pages(edges: Sequence[Sequence[tuple[float, Reading]]]) -> list[tuple[int, bool] | None]:
    """The folio (number, roman) of each page from the readings (trust, reading) at its edges; ``None`` where unknown.

    A numbering is a constant difference between folio and page; the path of differences through all pages that keeps
    most readings and jumps least is found by dynamic programming, and each stretch of it needs three pages that say so.

    >>> page = lambda n: [(1.0, Reading(n, False, 0, "lone", ""))]
    >>> fit_pages([page(7), page(8), page(1848), page(10), []])
    [(7, False), (8, False), (9, False), (10, False), (11, False)]
    >>> fit_pages([page(7), page(12), page(3)])
    [None, None, None]
    """
    votes: list[dict[tuple[bool, int], float]] = []
    counts: Counter[tuple[bool, int]] = Counter()
    for at, edge in enumerate(edges):
        vote: dict[tuple[bool, int], float] = {}
        for trust, reading in edge:
            state = (reading.roman, reading.number - at)
            vote[state] = max(vote.get(state, 0.0), trust * WEIGHT[reading.cost])
        votes.append(vote)
        counts.update(vote.keys())
    states = {state for state, n in counts.most_common(200) if n >= SHORTEST_CHAIN}
    if not states:
        return [None] * len(edges)
    score = dict.fromkeys(states, 0.0)
    steps: list[dict[tuple[bool, int], tuple[bool, int]]] = []
    for vote in votes:
        top = max(score, key=lambda state: (score[state], state))
        step = {state: state if score[state] >= score[top] - SWITCH else top for state in states}
        score = {state: score[step[state]] - SWITCH * (step[state] != state) + vote.get(state, 0.0) for state in states}
        steps.append(step)
    state = max(score, key=lambda state: (score[state], state))
    path = []
    for step in reversed(steps):
        path.append(state)
        state = step[state]
    path.reverse()
    return _supported(path, votes)


def _supported(
    path: Sequence[tuple[bool, int]], votes: Sequence[dict[tuple[bool, int], float]]
) -> list[tuple[int, bool] | None]:
    folios: list[tuple[int, bool] | None] = [None] * len(path)
    for _, stretch in groupby(range(len(path)), key=path.__getitem__):
        pages = list(stretch)
        roman, offset = state = path[pages[0]]
        heard = [at for at in pages if state in votes[at]]
        for first, last in _runs(heard):
            trust = [votes[at][state] for at in range(first, last + 1) if state in votes[at]]
            # Half of the trust must be there: three letters read as digits among fifty pages are chance.
            if len(trust) >= SHORTEST_CHAIN and sum(trust) >= max(1.8, 0.12 * (last + 1 - first)):
                before = reversed(range(max(pages[0], first - SILENT), first))
                after = range(last + 1, min(pages[-1], last + SILENT) + 1)
                for at in (*range(first, last + 1), *_silent(before, state, votes), *_silent(after, state, votes)):
                    if at + offset > 0:
                        folios[at] = (at + offset, roman)
    return folios


def _silent(
    pages: Iterable[int], state: tuple[bool, int], votes: Sequence[dict[tuple[bool, int], float]]
) -> Iterator[int]:
    """The pages up to the first that plainly has another number."""
    return takewhile(lambda at: max(votes[at].values(), default=0.0) < PLAIN or state in votes[at], pages)


def _runs(heard: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of pages without a gap of more than ``SILENT``."""
    first = 0
    for at in range(1, len(heard) + 1):
        if at == len(heard) or heard[at] - heard[at - 1] > SILENT:
            yield heard[first], heard[at - 1]
            first = at
