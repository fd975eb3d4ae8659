"""What stands between words: how often prints set a mark behind a word and before one, by a table that
``tools/punctuation.py`` makes.

Nobody writes a full stop behind "the", or a comma before "of" and behind "in": what an engine reads there is dirt. Only
the two words beside a gap are asked, each for itself (naive Bayes).
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from operator import mul, truediv
from types import MappingProxyType
from typing import NamedTuple

BLANK, COMMA, SEMICOLON, STOP, ABBREVIATION, HYPHEN, DASH = KINDS = (" ", ",", ";", ".", ".x", "-", "--")
# How sure a count is: who writes a word otherwise than others do is allowed for, so no word counts as more than this,
MOST = 20_000
SMOOTHING = 1.0  # and each has seen so many gaps as all words have them.


HALF = 0.5  # of an occurrence, for what was never counted


class Beside(NamedTuple):
    """How often each of ``KINDS`` stands on one side of a word, and how often an apostrophe, for what it leaves out."""

    gaps: Sequence[int]
    clipped: int = 0


class Row(NamedTuple):
    """What is known of a word; ``capital`` is the share of it that is written with one within a sentence."""

    behind: Beside
    before: Beside
    capital: float = 0.0

    @classmethod
    def read(cls, row: str) -> Row:
        """From a row of the table, behind its word: the counts behind it and before it, with a capital and of all.

        >>> Row.read("8 1 0 1 0 0 0 0\\t9 1 0 0 0 0 0 2\\t1 9")
        Row(behind=Beside(gaps=[8, 1, 0, 1, 0, 0, 0], clipped=0), before=Beside(gaps=[9, 1, 0, 0, 0, 0, 0], clipped=2), capital=0.15)
        """
        *sides, (capitals, times) = ([*map(int, cell.split(" "))] for cell in row.split("\t"))
        behind, before = (Beside(counts[: len(KINDS)], counts[len(KINDS)]) for counts in sides)
        return cls(behind, before, (capitals + HALF) / (times + 1))


NOWHERE = Row(Beside([0] * len(KINDS)), Beside([0] * len(KINDS)), 1.0)


class Punctuation:
    """Counts by word, in lower case: what stands behind it and before it. ``rows`` are those of the table, each read when it
    is first asked for.

    ``KINDS`` are a blank alone, a comma, a semicolon or colon, the end of a sentence, a stop within one ("Mr. Hart", "vol. ii"), a
    hyphen, a dash.

    >>> table = Punctuation({"the": "990 0 0 0 0 10 0 0\\t900 50 0 50 0 0 0 0\\t0 9",
    ...                      "mill": "50 25 5 20 0 0 0 0\\t100 0 0 0 0 0 0 0\\t0 9"})
    >>> after_the, after_mill = (table.between(word, "the") for word in ("the", "mill"))
    >>> after_the[COMMA] < 1e-3 < 0.1 < after_mill[COMMA]
    True
    >>> round(sum(after_mill.values()), 6)
    1.0
    """

    __slots__ = ("_after", "_before", "_read", "rows", "shares")

    def __init__(self, rows: Mapping[str, str] = MappingProxyType({})) -> None:
        self.rows = rows
        behind = zip(*(row.partition("\t")[0].split(" ") for row in rows.values()), strict=True)
        total = [sum(map(int, counts)) + 1 for counts in [*behind][: len(KINDS)]] or [1] * len(KINDS)
        self.shares = {kind: count / sum(total) for kind, count in zip(KINDS, total, strict=True)}
        self._read: dict[str, Row] = {}
        self._after: dict[str, list[float]] = {}
        self._before: dict[str, list[float]] = {}

    def __getitem__(self, word: str) -> Row:
        """What is known of a word."""
        row = self._read.get(word)
        if row is None:
            if word not in self.rows:
                return NOWHERE
            row = self._read[word] = Row.read(self.rows[word])
        return row

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, word: str) -> bool:
        return word in self.rows

    def between(self, left: str, right: str) -> dict[str, float]:
        """The probability of each of ``KINDS`` between two words in lower case, whatever their capitals say."""
        after = self._after.get(left)
        if after is None:
            shares = self._shares(self[left].behind)
            after = self._after[left] = [*map(truediv, shares, self.shares.values())]
        before = self._before.get(right)
        if before is None:
            before = self._before[right] = self._shares(self[right].before)
        weights = [*map(mul, after, before)]
        whole = sum(weights)
        return {kind: weight / whole for kind, weight in zip(KINDS, weights, strict=True)}

    def _shares(self, beside: Beside) -> list[float]:
        """The share of each of ``KINDS`` on one side of a word."""
        total = sum(beside.gaps)
        scale = min(1.0, MOST / total) if total else 0.0
        return [
            (count * scale + SMOOTHING * share) / (total * scale + SMOOTHING)
            for count, share in zip(beside.gaps, self.shares.values(), strict=True)
        ]

    def capital(self, word: str) -> float:
        """The share of a word that is written with a capital within a sentence: nearly all of a name."""
        return self[word].capital

    def clipped(self, word: str, *, before: bool = False) -> float:
        """The share of a word that has an apostrophe behind it, or ``before`` it, for what it leaves out ("an'", "'tis")."""
        row = self[word]
        beside = row.before if before else row.behind
        return beside.clipped / max(sum(beside.gaps) + beside.clipped, 1)


@lru_cache(maxsize=8)
def punctuation(code: str) -> Punctuation:
    """The table of a language: ``cleaner/data/punctuation-CODE.tsv.gz``, made by ``tools/punctuation.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"punctuation-{code}.tsv.gz"
    if not table.is_file():
        return Punctuation()
    rows = gzip.decompress(table.read_bytes()).decode("utf-8").splitlines()
    return Punctuation(dict(row.split("\t", 1) for row in rows))
