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


NOWHERE = Row(Beside([0] * len(KINDS)), Beside([0] * len(KINDS)), 1.0)


class Punctuation:
    """Counts by word, in lower case: what stands behind it and before it.

    ``KINDS`` are a blank alone, a comma, a semicolon or colon, the end of a sentence, a stop within one ("Mr. Hart", "vol. ii"), a
    hyphen, a dash.

    >>> table = Punctuation({"the": Row(Beside([990, 0, 0, 0, 0, 10, 0]), Beside([900, 50, 0, 50, 0, 0, 0])),
    ...                      "mill": Row(Beside([50, 25, 5, 20, 0, 0, 0]), Beside([100, 0, 0, 0, 0, 0, 0]))})
    >>> after_the, after_mill = (table.between(word, "the") for word in ("the", "mill"))
    >>> after_the[COMMA] < 1e-3 < 0.1 < after_mill[COMMA]
    True
    >>> round(sum(after_mill.values()), 6)
    1.0
    """

    __slots__ = ("_after", "_before", "_rows", "shares")

    def __init__(self, rows: Mapping[str, Row] = MappingProxyType({})) -> None:
        self._rows = rows
        total = [sum(row.behind.gaps[k] for row in rows.values()) + 1 for k in range(len(KINDS))]
        self.shares = {kind: count / sum(total) for kind, count in zip(KINDS, total, strict=True)}
        self._after: dict[str, list[float]] = {}
        self._before: dict[str, list[float]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, word: str) -> bool:
        return word in self._rows

    def between(self, left: str, right: str) -> dict[str, float]:
        """The probability of each of ``KINDS`` between two words in lower case, whatever their capitals say."""
        after = self._after.get(left)
        if after is None:
            shares = self._shares(self._rows.get(left, NOWHERE).behind)
            after = self._after[left] = [*map(truediv, shares, self.shares.values())]
        before = self._before.get(right)
        if before is None:
            before = self._before[right] = self._shares(self._rows.get(right, NOWHERE).before)
        weights = [*map(mul, after, before)]
        whole = sum(weights)
        return dict(zip(KINDS, [weight / whole for weight in weights], strict=True))

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
        return self._rows.get(word, NOWHERE).capital

    def clipped(self, word: str, *, before: bool = False) -> float:
        """The share of a word that has an apostrophe behind it, or ``before`` it, for what it leaves out ("an'", "'tis")."""
        row = self._rows.get(word, NOWHERE)
        beside = row.before if before else row.behind
        return beside.clipped / max(sum(beside.gaps) + beside.clipped, 1)


@lru_cache(maxsize=8)
def punctuation(code: str) -> Punctuation:
    """The table of a language: ``cleaner/data/punctuation-CODE.tsv.gz``, made by ``tools/punctuation.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"punctuation-{code}.tsv.gz"
    if not table.is_file():
        return Punctuation()
    rows = {}
    for row in gzip.decompress(table.read_bytes()).decode("utf-8").splitlines():
        word, *cells = row.split("\t")
        *sides, (capitals, times) = (list(map(int, cell.split(" "))) for cell in cells)
        behind, before = (Beside(counts[: len(KINDS)], counts[len(KINDS)]) for counts in sides)
        rows[word] = Row(behind, before, (capitals + HALF) / (times + 1))
    return Punctuation(rows)
