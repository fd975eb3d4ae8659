"""How often a word follows another one: counts of pairs that ``tools/bigrams.py`` makes, smoothed.

What was counted is discounted a little, and what that saves is shared out among all words by their general frequency
(interpolated absolute discounting: Ney, Essen and Kneser 1994), less to those that were to be expected and did not
come: among 739,000 words behind "the" nobody wrote "the him", and of rare words most had no chance. Words are in lower
case, with a straight apostrophe ("don't"); marks within a sentence are passed over, the halves of a compound are words.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

BOUNDARY = ""  # stands between sentences
NUMBER = "0"  # stands for any digits
DISCOUNT = 0.75  # of each count; .5 to .9 tell words apart equally well
PATIENCE = 3.0  # what was expected so often and never came is half as likely; 1 to 10 do about equally well


def unseen(frequency: float, total: int) -> float:
    """What is left of the frequency of a word that was not seen among ``total`` words.

    >>> round(unseen(0.004, 100), 5), unseen(0.004, 500_000) < 0.004 / 600, unseen(1e-7, 500_000) > 0.98e-7
    (0.00353, True, True)
    """
    return frequency / (1 + total * frequency / PATIENCE)


class Followers(NamedTuple):
    """What was counted behind a word: ``counts`` of the words, ``total`` of all, also of those left out as too rare.

    ``share`` is what words that were not seen get of what is left of their frequency.
    """

    counts: Mapping[str, int]
    total: int
    share: float

    @classmethod
    def read(cls, row: str, known: dict[str, str]) -> Followers:
        """From a row of the table, behind its word: the total, the share, then in turns a count and the words that have it.

        ``known`` keeps each word once for all rows: that halves what they take.

        >>> Followers.read("10\\t0.4\\t4\\tbe not\\t1\\tone", {})
        Followers(counts={'be': 4, 'not': 4, 'one': 1}, total=10, share=0.4)
        """
        total, share, *cells = row.split("\t")
        counts: dict[str, int] = {}
        for count, words in zip(cells[::2], cells[1::2], strict=True):
            counts |= dict.fromkeys([known.setdefault(word, word) for word in words.split(" ")], int(count))
        return cls(counts, int(total), float(share))


NOBODY = Followers({}, 0, 1.0)


class Bigrams:
    """Counts of pairs: ``rows`` by their first word, read when they are first asked for.

    ``size`` is the number of words and boundaries of the texts that were counted, 0 where no table is known.
    """

    __slots__ = ("_followers", "_known", "_marks", "_rows", "_totals", "_words", "size")

    def __init__(self, rows: Mapping[str, str] = MappingProxyType({}), size: int = 0) -> None:
        self._rows = rows
        self.size = size
        self._followers: dict[str, Followers] = {}
        self._known: dict[str, str] = {}
        self._totals: dict[str, int] = {}
        self._marks = {mark: self.total(mark) / size for mark in (BOUNDARY, NUMBER) if mark in rows}
        self._words = 1 - sum(self._marks.values())

    def __getitem__(self, left: str) -> Followers:
        """What was counted behind a word."""
        followers = self._followers.get(left)
        if followers is None:
            if left not in self._rows:
                return NOBODY
            followers = self._followers[left] = Followers.read(self._rows[left], self._known)
        return followers

    def total(self, left: str) -> int:
        """How many words were counted behind a word, 0 where it was not."""
        total = self._totals.get(left)
        if total is None:
            row = self._rows.get(left)
            if row is None:
                return 0
            total = self._totals[left] = int(row[: row.index("\t")])  # rows are long, and a partition copies them
        return total

    def probability(self, left: str, right: str, frequency: float) -> float:
        """The probability of ``right`` after ``left``, where ``frequency`` is that of ``right`` in general.

        >>> table = Bigrams({"may": "10\\t0.4\\t4\\tbe not\\t1\\tone"})
        >>> round(table.probability("may", "be", 0.006), 3), round(table.probability("may", "he", 0.006), 3)
        (0.327, 0.002)
        >>> table.probability("osinskii", "he", 0.006)
        0.006
        """
        counts, total, share = self[left]
        count = counts.get(right)
        alone = self._marks[right] if right in self._marks else frequency * self._words
        alone = share * unseen(alone, total)
        return alone if count is None else (count - DISCOUNT) / total + alone


@lru_cache(maxsize=8)
def bigrams(code: str) -> Bigrams:
    """The table of a language: ``cleaner/data/bigrams-CODE.tsv.gz``, made by ``tools/bigrams.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"bigrams-{code}.tsv.gz"
    if not table.is_file():
        return Bigrams()
    head, *rows = gzip.decompress(table.read_bytes()).decode("utf-8").splitlines()
    return Bigrams(dict(row.split("\t", 1) for row in rows), int(head.split("\t")[1]))
