"""The words that are known, laid out for the question which of them are one letter away from what was read.

Each word stands under every form that one lost letter leaves of it (the symmetric deletes of Garbe's SymSpell, at one
letter): two words that differ by one letter added, lost, changed or by two that change places have such a form in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Vocabulary:
    """Words in lower case, and their share of all words.

    >>> known = Vocabulary({"house": 2e-4, "mouse": 1e-5, "hose": 1e-6})
    >>> "house" in known, "hous" in known
    (True, False)
    >>> sorted(known.near("bouse")), sorted(set(known.near("huose"))), list(known.near("xyz"))
    (['house', 'mouse'], ['hose', 'house'], [])
    """

    __slots__ = ("_short", "shares")

    def __init__(self, shares: Mapping[str, float]) -> None:
        self.shares = shares
        short: dict[str, str] = {}
        for word in shares:
            for k in range(len(word)):
                form = word[:k] + word[k + 1 :]
                short[form] = f"{short[form]} {word}" if form in short else word  # a string takes less room than a list
        self._short = short

    def __contains__(self, word: str) -> bool:
        return word in self.shares

    def near(self, form: str) -> Iterator[str]:
        """The words one letter away, and some that are two; the form itself if it is one. A word may come more than once."""
        words, short = self.shares, self._short
        for shorter in (form, *(form[:k] + form[k + 1 :] for k in range(len(form)))):
            if shorter in words:
                yield shorter
            if shorter in short:
                yield from short[shorter].split(" ")
