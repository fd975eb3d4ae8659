"""What is left of a small raised number when it is misread: how likely a tail of signs is to be the number that was printed.

Raised figures are small and stand close to a stop or a quotation mark, so that engines read them as letters and signs, part
them by blanks, and lose one of them. Each figure is read as itself, as one of the signs that look like it, as anything else,
or not at all; a blank may stand between two. Some pairs are read as one sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

# Signs that a small figure looks like.
LOOKS: Mapping[str, str] = {
    "0": "Oo\N{DEGREE SIGN}\N{MASCULINE ORDINAL INDICATOR}DQC()",
    "1": "lIi!|][}{/jtTrJ'\N{RIGHT SINGLE QUOTATION MARK}?",
    "2": "Zz?L",
    "3": "SsBE?J",
    "4": "AahqY",
    "5": "Ss$gJ",
    "6": "bGo&\N{REGISTERED SIGN}\N{EURO SIGN}",
    "7": "T?/>yY'\N{RIGHT SINGLE QUOTATION MARK}!",
    "8": "SsBg&\N{REGISTERED SIGN}",
    "9": "gqyoO\N{DEGREE SIGN}",
    "*": "'\N{RIGHT SINGLE QUOTATION MARK}\"\N{DEGREE SIGN}^?",
    "\N{DAGGER}": "t+fTr1",
    "\N{DOUBLE DAGGER}": "t+f#1i",
    "\N{SECTION SIGN}": "$sS8",
}
QUOTES = frozenset("'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}")  # alone it is one
SORTS = frozenset("*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}")  # a mark of another sort
# What two figures that touch are read as.
PAIRS: Mapping[str, tuple[str, ...]] = {
    "10": ("W", "to", "lo"), "11": ("n", "u", "H", "Y"), "12": ("R",), "13": ("B",), "14": ("H",), "15": ("Y",),
    "25": ("A",), "41": ("Y",),
}  # fmt: skip
# A figure is read rightly, as a sign that looks like it (the first of these oftenest), as any of the others, or not at all:
# rounded from what the marks of scanned books show, where the sequence tells the number.
RIGHT, ALIKE, ANY, LOST = 0.80, 0.14, 0.005, 0.05
SIGNS = 80  # that may stand for any figure
PAIR = 0.01
BLANK, DIRT = 0.15, 0.01  # between two figures
GARBLED = 0.001  # of all marks, nothing is left but signs of which each is as likely as any other


@lru_cache(maxsize=1 << 14)
def chance(tail: str, number: str) -> float:
    """The probability that a raised number, or a sign, is read as this tail, of signs and single blanks; 0.0 where the tail has
    a figure that the number has not: one is seldom read for another, and nothing is worse than to believe it.

    >>> chance("12", "12") > chance("1 2", "12") > chance("2", "12") > chance("I2", "12") > chance("x", "12") > 0
    True
    >>> chance("!2", "12") > 10 * chance("!2", "52")
    True
    >>> [chance(tail, "12") for tail in ("3", "x3", "21", "112")]
    [0.0, 0.0, 0.0, 0.0]
    """
    if not number.isdigit():
        return RIGHT if tail == number else _read(tail, number[0]) if len(tail) == len(number) == 1 else 0.0
    if tail in SORTS or tail in QUOTES or not _holds(number, filter(str.isdigit, tail)):
        return 0.0
    rows = [[1.0] + [0.0] * len(tail)]  # rows[n][k]: the first n figures are read as tail[:k]
    for at, figure in enumerate(number):
        row = [share * LOST for share in rows[at]]
        for k, share in enumerate(rows[at]):
            if not share:
                continue
            if at and tail[k : k + 1] == " ":
                share, k = share * BLANK, k + 1  # noqa: PLW2901
            if k < len(tail):
                row[k + 1] += share * _read(tail[k], figure)
            if k + 1 < len(tail) and tail[k] not in " " + figure:
                row[k + 2] += share * DIRT / SIGNS * _read(tail[k + 1], figure)
        looks = PAIRS.get(number[at - 1 : at + 1], ()) if at else ()
        for k, share in enumerate(rows[at - 1] if looks else ()):
            for look in looks:
                if tail.startswith(look, k):
                    row[k + len(look)] += share * PAIR / len(looks)
        rows.append(row)
    return rows[-1][-1] + GARBLED * any_signs(tail)


def _holds(number: str, figures: Iterable[str]) -> bool:
    """Whether a number has some figures, in their order."""
    left = iter(number)
    return all(figure in left for figure in figures)


def any_signs(tail: str) -> float:
    """The probability of a tail among all of as many signs, longer ones the less likely."""
    return (SIGNS * 2.0) ** -(len(tail) - tail.count(" "))


def _read(sign: str, figure: str) -> float:
    if sign == figure:
        return RIGHT
    if sign == " " or sign.isdigit():
        return 0.0
    rank = LOOKS[figure].find(sign) + 1
    return ALIKE / (rank + 1) / len(LOOKS[figure]) ** 0.5 if rank else ANY / SIGNS
