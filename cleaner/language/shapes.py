"""How the words look that no list holds: names, dialect, other languages. Letters behind letters, counted.

A word that nobody knows is a rare word or a misread one, and its letters tell which: "thae", "Osgodby" are spelled as
words are, "tbo", "nnd" are not. The table counts each letter behind the two before it in the unknown words of clean
prose (``tools/shapes.py``); what was not counted is shared out by the letter before it, and so on (Witten and Bell 1991).
Case does not count.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import prod
from types import MappingProxyType

START, END = "^", "$"
BEFORE = (
    2  # letters that tell the next one: with one 2.6 nats a letter in books that were not counted, two 2.4, three 2.2
)
ANY = 1 / 60  # of any one sign where nothing is known
USUAL = 0.09  # of a letter behind those before it, as measured (2.4 nats)
NO_TABLE = 0.1  # a letter where no table is: one of about ten that are likely in its place (3.3 bits)


class Shapes:
    """Counts of letters by the letters before them, up to ``BEFORE``."""

    __slots__ = ("_counts", "_steps")

    def __init__(self, counts: Mapping[str, Mapping[str, int]] = MappingProxyType({})) -> None:
        self._counts = {before: (letters, sum(letters.values())) for before, letters in counts.items()}
        self._steps: dict[tuple[str, str], float] = {}

    def probability(self, word: str) -> float:
        """The share of a word among all that no list holds; it falls with each letter.

        >>> shapes = Shapes(counted(["thae", "thee", "thole"]))
        >>> shapes.probability("Those") > 10 * shapes.probability("tbose")
        True
        >>> Shapes().probability("tbo") == NO_TABLE**3
        True
        """
        if not self._counts:
            return NO_TABLE ** len(word)
        line = START * BEFORE + word.lower() + END
        return prod(self._step(line[at - BEFORE : at], line[at]) for at in range(BEFORE, len(line)))

    def blurred(self, word: str) -> float:
        """The same where one sign is misread, and stands for any letter: the likeliest place for it.

        >>> shapes = Shapes(counted(["thae", "thee", "thole"]))
        >>> shapes.blurred("tboe") > shapes.probability("tboe"), shapes.blurred("thoe") < shapes.probability("thoe")
        (True, True)
        """
        if not self._counts:
            return ANY * NO_TABLE ** (len(word) - 1)
        line = START * BEFORE + word.lower() + END
        steps = [self._step(line[at - BEFORE : at], line[at]) for at in range(BEFORE, len(line))]
        whole = prod(steps)
        around = min(
            prod(steps[at : at + BEFORE + 1]) / USUAL ** len(steps[at : at + BEFORE + 1]) for at in range(len(word))
        )
        return ANY * whole / around

    def _step(self, before: str, letter: str) -> float:
        """The probability of a letter behind others."""
        step = before, letter
        if step not in self._steps:
            shorter = self._step(before[1:], letter) if before else ANY
            letters, total = self._counts.get(before, ({}, 0))
            kinds = len(letters)
            self._steps[step] = (letters.get(letter, 0) + kinds * shorter) / (total + kinds) if total else shorter
        return self._steps[step]


def counted(words: list[str]) -> dict[str, dict[str, int]]:
    """How often each letter stands behind the letters before it, for ``Shapes``.

    >>> counted(["at"])["^a"], counted(["at"])[""]
    ({'t': 1}, {'a': 1, 't': 1, '$': 1})
    """
    counts: dict[str, dict[str, int]] = {}
    for word in words:
        line = START * BEFORE + word.lower() + END
        for at in range(BEFORE, len(line)):
            for first in range(at - BEFORE, at + 1):
                letters = counts.setdefault(line[first:at], {})
                letters[line[at]] = letters.get(line[at], 0) + 1
    return counts


@lru_cache(maxsize=8)
def shapes(code: str) -> Shapes:
    """The table of a language: ``cleaner/data/shapes-CODE.tsv.gz``, made by ``tools/shapes.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"shapes-{code}.tsv.gz"
    if not table.is_file():
        return Shapes()
    return Shapes(dict(map(_row, gzip.decompress(table.read_bytes()).decode("utf-8").splitlines())))


def _row(row: str) -> tuple[str, dict[str, int]]:
    before, *cells = row.split("\t")
    return before, {letter: int(count) for letter, count in zip(cells[::2], cells[1::2], strict=True)}
