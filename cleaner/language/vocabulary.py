"""The words that are known, laid out for the question which of them are one letter away from what was read.

Each word stands under every form that one lost letter leaves of it (the symmetric deletes of Garbe's SymSpell, at one
letter): two words that differ by one letter added, lost, changed or by two that change places have such a form in common.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations, pairwise
from math import floor, inf, log, log10

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from cleaner.language.parts import Parts

EDIT = 5  # the cost of a letter added, lost or changed, by which the likeliest words are chosen,
LIKELIEST = 6  # so many, before their costs are worked out: twelve take half as long again and find no more
# The shares of words that a long one may be, however it is misread: the commoner ones are asked first, and of the rarer
# only those that can be as likely; with three such steps or four it takes as long.
STEPS = (1e-5, 3e-7)
HAIR = 1e-9  # sums are rounded
KEPT = 1 << 13  # answers
SHORT, COMMON = 3, 1e-3  # letters of a word that is likely misread in all of them, and its share of all words


class Vocabulary:
    """Words in lower case, and their share of all words.

    >>> known = Vocabulary({"house": 2e-4, "mouse": 1e-5, "hose": 1e-6})
    >>> "house" in known, "hous" in known
    (True, False)
    >>> [sorted(known.near([form])) for form in ("bouse", "huose", "xyz")]
    [['house', 'mouse'], ['hose', 'house'], []]
    """

    def __init__(self, shares: Mapping[str, float]) -> None:
        self.shares = shares
        self._words: dict[int, list[str]] = {}
        for word in shares:
            self._words.setdefault(len(word), []).append(word)
        # By each form the words that leave it. Strings that are cut when they are needed take less room than lists; the word
        # itself is one of its forms, so that one look tells all (in two thirds of the time of two).
        self._forms: dict[str, str] = {}
        self._laid_out: set[int] = set()
        self._beginnings: frozenset[str] | None = None
        self._steps: list[tuple[float, Parts]] = []
        self._found: dict[tuple[str, int], set[str]] = {}
        self._above: dict[int, Vocabulary] = {}
        self._letters = frozenset().union(*shares)
        # The commonest short words: any of them may be behind a short one, whatever letters they have in common.
        self.short = {word for word, share in shares.items() if share >= COMMON and len(word) <= SHORT}

    def __contains__(self, word: str) -> bool:
        return word in self.shares

    @property
    def beginnings(self) -> frozenset[str]:
        """What any of the words begins with, and the words themselves."""
        if self._beginnings is None:
            self._beginnings = frozenset(word[:end] for word in self.shares for end in range(len(word) + 1))
        return self._beginnings

    def above(self, share: float) -> Vocabulary:
        """The words that are no rarer than a share, and some rarer ones.

        >>> known = Vocabulary({"house": 2e-4, "mouse": 1e-5, "hose": 1e-6})
        >>> [word in known.above(1e-4) for word in ("house", "mouse")], "hose" in known.above(1e-7)
        ([True, False], True)
        """
        power = floor(log10(share))
        if power not in self._above:
            self._above[power] = Vocabulary({word: own for word, own in self.shares.items() if own >= 10.0**power})
        return self._above[power]

    def near(self, readings: Collection[str]) -> set[str]:
        """The words one letter away from any of the readings, and some that are two; those that are words themselves."""
        lengths = {*map(len, readings)}
        for length in (lengths | {length - 1 for length in lengths}) - self._laid_out:
            self._lay_out(length)
        forms, letters = self._forms, self._letters
        asked: set[str] = set()
        for reading in readings:
            if letters.issuperset(reading):
                asked.update(_shorter(reading))
            else:  # a sign that no word has must go: so a third of all forms need no look
                left = "".join(filter(letters.__contains__, reading))
                if len(left) + 1 == len(reading):
                    asked.add(left)
        return {*" ".join([forms[form] for form in forms.keys() & asked]).split()}

    def far(self, read: str, most: int) -> set[str]:
        """Words that are not rare and differ from a reading in no more than so many letters; of many the nearest and commonest.

        >>> Vocabulary({"strongest": 1e-5, "strangest": 1e-6, "longest": 1e-5}).far("sfrougcst", 3)
        {'strongest'}
        """
        # Kept, since each lesson of a text asks again.
        found = self._found.get((read, most))
        if found is None:
            if len(self._found) >= KEPT:
                self._found.clear()
            found = self._found[read, most] = self._farther(read, most)
        return found

    def _farther(self, read: str, most: int) -> set[str]:
        if not self._steps:
            for above, share in pairwise((inf, *STEPS)):
                words = [word for word, own in self.shares.items() if share <= own < above]
                self._steps.append((-log(max(map(self.shares.__getitem__, words), default=share)), Parts(words)))
        shares, best = self.shares, list[tuple[float, str]]()
        for rare, parts in self._steps:
            left = (best[-1][0] - rare) / EDIT + HAIR if len(best) == LIKELIEST else most
            reach = min(most, floor(left))
            if reach < (read not in self):
                break
            some, scorer = parts.alike(read, reach), Levenshtein.distance
            near = extract(read, some, scorer=scorer, score_cutoff=reach, limit=None)  # type: ignore[arg-type]
            for word, distance, _ in near:
                insort(best, (EDIT * distance - log(shares[word]), word))
                del best[LIKELIEST:]
        return {word for _, word in best}

    def _lay_out(self, length: int) -> None:
        """All forms of so many letters: a clean text asks for few."""
        self._laid_out.add(length)
        forms = self._forms
        forms.update(zip(own := self._words.get(length, ()), own, strict=True))
        for word in self._words.get(length + 1, ()):
            for form in {*map("".join, combinations(word, length))}:
                others = forms.setdefault(form, word)
                if others is not word:
                    forms[form] = f"{others} {word}"


def _shorter(word: str) -> Iterator[str]:
    """A word, and what each lost letter leaves of it."""
    return chain((word,), map("".join, combinations(word, len(word) - 1)) if word else ())


def likeliest(read: str, near: Iterable[str], known: Vocabulary) -> set[str]:
    """The commonest of the words that are nearest: ``EDIT`` for each letter that differs, and how rare they are.

    The common ones are asked first: so most of hundreds need no look.
    """
    shares, least = known.shares, EDIT * (read not in known)
    best: list[tuple[float, str]] = []
    for word in sorted(near, key=shares.__getitem__, reverse=True):
        rare = -log(shares[word])
        if len(best) == LIKELIEST and least + rare > best[-1][0]:
            break
        insort(best, (EDIT * Levenshtein.distance(read, word) + rare, word))
        del best[LIKELIEST:]
    return {word for _, word in best}
