"""Words that have a part in common with what was read: of all words only these can be like it, and are worth measuring.

A word of which at most k letters are misread is cut into k + 1 parts: then one of them was read as it stands, and hardly
out of its place (the pigeonhole; how far, as in Pass-Join: Li, Deng, Wang and Feng 2011).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, pairwise

LEAST_PART = 1.5  # letters of a part on average: shorter ones are read in most words


class Parts:
    """Words, by their parts where a reading that differs in so many letters was first asked for.

    >>> words = Parts(["strongest", "longest", "mildly"])
    >>> sorted(words.alike("sfrougest", 2)), [*words.alike("kindred", 1)]
    (['longest', 'strongest'], [])
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[int, list[str]] = {}
        for word in words:
            self._words.setdefault(len(word), []).append(word)
        self._with_part: dict[tuple[int, int], dict[tuple[int, str], list[str]]] = {}

    def alike(self, read: str, most: int) -> Iterable[str]:
        """Words that may differ from a reading in at most so many letters: all that do, and others."""
        sizes = range(len(read) - most, len(read) + most + 1)
        return chain.from_iterable(self._of_size(size, read, most) for size in sizes if size in self._words)

    def _of_size(self, size: int, read: str, most: int) -> Collection[str]:
        if size < LEAST_PART * (most + 1):
            return self._words[size]
        with_part, longer, found = self._cut(size, most), len(read) - size, set[str]()
        for number, (start, end) in enumerate(_parts(size, most)):
            # letters that are lost or added before the part move it, and those behind it make up for the rest
            before, behind = number, most - number
            first = max(0, start - before, start + longer - behind)
            last = min(len(read) - (end - start), start + before, start + longer + behind)
            for at in range(first, last + 1):
                found.update(with_part.get((number, read[at : at + end - start]), ()))
        return found

    def _cut(self, size: int, most: int) -> dict[tuple[int, str], list[str]]:
        """The words of a size by the number of a part and its letters."""
        if (size, most) not in self._with_part:
            cut = self._with_part[size, most] = {}
            for number, (start, end) in enumerate(_parts(size, most)):
                for word in self._words[size]:
                    cut.setdefault((number, word[start:end]), []).append(word)
        return self._with_part[size, most]


def _parts(size: int, most: int) -> list[tuple[int, int]]:
    """Where the parts of a word of so many letters start and end.

    >>> _parts(7, 2)
    [(0, 2), (2, 4), (4, 7)]
    """
    cuts = [size * number // (most + 1) for number in range(most + 2)]
    return [*pairwise(cuts)]
