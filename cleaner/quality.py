"""How good is a text, when nobody has typed it again? The share of its words that the language knows.

An estimate, not a measurement: names, dialect and other languages count against a text, misreadings that happen to be
words ("arid" for "and") for it. So it says something about *one* text before and after, and which of many scans are
bad; it deliberately says nothing where the language is not known.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from cleaner.language import General
from cleaner.text import count_words

# A word that no dictionary holds counts as known from one in a million on. In a million characters of English novels that leaves out 5.4 % of
# the words (names, dialect); one in ten million leaves out 2.4 %, but knows "tbe" (3.6e-7) and "tion" (6.2e-7).
KNOWN = 1e-6


class Estimate(NamedTuple):
    """``known`` of ``words`` are words of the language."""

    words: int
    known: int

    @property
    def share(self) -> float | None:
        """Known words by words, None in a text without words."""
        return self.known / self.words if self.words else None


def estimate(text: str, general: General, dictionary: Container[str] = ()) -> Estimate:
    """Count the words of a text and those that a language knows; a word with a hyphen also by its parts.

    Numbers are no words, words with figures inside are. An empty lexicon knows nothing: ``Estimate(0, 0)``.

    >>> estimate("The tbe, 1918: well-known", General("en", {"the": 0.05, "well": 1e-4, "known": 1e-4}))
    Estimate(words=3, known=2)
    """
    if not len(general):
        return Estimate(0, 0)
    counts = {word: count for word, count in count_words(text).items() if not word.isdecimal()}
    known = sum(count for word, count in counts.items() if _knows(general, dictionary, word))
    return Estimate(sum(counts.values()), known)


def _knows(general: General, dictionary: Container[str], word: str) -> bool:
    def known(form: str) -> bool:
        return form in dictionary or general.frequency(form) >= KNOWN

    word = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    stem = word.removesuffix("'s")
    return known(word) or (stem != word and known(stem)) or ("-" in word and all(map(known, stem.split("-"))))
