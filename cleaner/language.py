"""What is known of words: general frequencies of a language (from packages) and this document's own counts.

One probability for every stage that guesses: ``Lexicon.probability(word)`` mixes what the document itself writes with
what the language writes in general (a cache model), and leaves a little for words that neither has seen, less for each
letter. Scoring is pure; only ``general`` reads a package's data, once per language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import resources
from types import MappingProxyType

from cleaner import text as views

# The general frequencies count like a text of so many words beside the document's own.
GENERAL_WEIGHT = 50_000
# A word that nobody has seen: how often the document writes one is estimated from its own words that stand once and that
# the language does not know (Good and Turing); before anything was read they are this share of its words, which weighs
# like a text of UNSEEN_WEIGHT words. Each letter of such a word is one of about ten that are likely in its place (the entropy of English spelling, 3.3 bits).
UNSEEN = 0.01
UNSEEN_WEIGHT = 1_000
LETTER = 0.1
# Of two words that stand fused in a frequency list and in no dictionary, so many are one word after all.
SLIP = 0.01
COMMON = 1e-6  # what is written less often is no word to rely on where no dictionary says so
RARE = 1e-5  # what is written more often than this is a word, whatever a dictionary says


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a language that no frequency list holds.

    ``suspenders`` may follow a hyphen that stays ("mid- and long-term"); ``prefixes`` are written with a hyphen before
    almost any word, ``name_prefixes`` before a name, ``suffixes`` after almost any; ``tens`` and ``units`` are joined by one ("forty-six"); ``capital_nouns``: a capital tells no name.
    """

    suspenders: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    name_prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    tens: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    capital_nouns: bool = False


FACTS: Mapping[str, Facts] = {
    "en": Facts(
        suspenders=frozenset("and or to nor".split()),
        prefixes=frozenset("self non ex all half quasi semi vice well ill anti pro ultra neo pseudo cross so".split()),
        name_prefixes=frozenset(
            "anti pro non un ex pre post trans pan mid inter neo pseudo philo semi sub all".split()
        ),
        tens=frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split()),
        units=frozenset(
            "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
            "eighth ninth".split()
        ),
    ),
    "fr": Facts(
        suspenders=frozenset("et ou".split()),
        prefixes=frozenset("ex vice demi mi semi quasi non au avant ci là celui celle est".split()),
        suffixes=frozenset(
            "on il elle ils elles je tu nous vous ce moi toi lui leur y en là ci même mêmes t être".split()
        ),
        tens=frozenset("vingt trente quarante cinquante soixante quatre".split()),
        units=frozenset("deux trois quatre cinq six sept huit neuf dix vingt vingts".split()),
    ),
    "de": Facts(
        suspenders=frozenset("und oder bis sowie".split()),
        prefixes=frozenset("nicht ex vize".split()),
        capital_nouns=True,
    ),
}
NO_FACTS = Facts()


class General:
    """General word frequencies of one language: relative frequency by lower-case word, 0.0 where unknown.

    ``vouch`` gives the dictionary of the language, ``pairs`` its ``Pairs``, when they are first asked for.
    """

    __slots__ = ("_pairs", "_vouch", "code", "facts", "words")

    def __init__(
        self,
        code: str,
        words: Mapping[str, float],
        vouch: Callable[[], Container[str]] = frozenset,
        pairs: Callable[[], Pairs] | None = None,
    ) -> None:
        self.code = code
        self._vouch = vouch
        self._pairs = pairs or Pairs
        self.facts = FACTS.get(code, NO_FACTS)
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    def frequency(self, word: str) -> float:
        """Relative frequency of a word in any case."""
        return self.words.get(word.lower(), 0.0)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def is_slip(self, left: str, right: str) -> bool:
        """Whether two words written as one are a slip of many writers ("tobe", "highstreet"), and no word.

        A dictionary that knows both and not the whole says so; without a dictionary nothing is a slip.
        """
        words = self._vouch()
        left, right = left.lower(), right.lower()
        return left in words and right in words and left + right not in words

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has a word, in lower case; without a dictionary, whether it is at all common."""
        words = self._vouch()
        return word in words if words else self.words.get(word, 0.0) > COMMON

    @property
    def vouched(self) -> Container[str]:
        """The words of the dictionary, in lower case; without a dictionary all whose frequency is known."""
        return self._vouch() or self.words

    @property
    def pairs(self) -> Pairs:
        """Pairs of words that are one word when written together, and how often they are written apart."""
        return self._pairs()


class Pairs:
    """How often good prints write two words apart that would be one word together ("in to", "may be", "any body").

    ``size`` is the number of words of the texts that were counted, 0 where no table is known; pairs are in lower case.

    >>> pairs = Pairs({("may", "be"): 15, ("in", "deed"): 1}, size=10_000)
    >>> pairs.apart("may", "be"), pairs.apart("with", "out")
    (15, 0)
    """

    __slots__ = ("_counts", "size")

    def __init__(self, counts: Mapping[tuple[str, str], int] = MappingProxyType({}), size: int = 0) -> None:
        self._counts = counts
        self.size = size

    def apart(self, left: str, right: str) -> int:
        """The count of a pair, in lower case."""
        return self._counts.get((left, right), 0)


@lru_cache(maxsize=8)
def written_apart(code: str) -> Pairs:
    """The pairs of a language: ``cleaner/data/pairs-CODE.tsv``, made by ``tools/pairs.py``; empty where there is none."""
    table = resources.files("cleaner") / "data" / f"pairs-{code}.tsv"
    if not table.is_file():
        return Pairs()
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    cells = (row.split("\t") for row in rows)
    return Pairs({(left, right): int(count) for left, right, count in cells}, int(head.split("\t")[1]))


@lru_cache(maxsize=8)
def general(code: str) -> General:
    """The general lexicon of a language code; an unknown or empty code gives an empty one.

    From wordfreq (subtitles, books, Wikipedia, news and web text of many years, merged), down to about 1e-8.
    """
    import wordfreq  # noqa: PLC0415  (0.2 s to load: only where a stage asks)

    if code not in known_codes():
        return General(code, {})
    return General(
        code, wordfreq.get_frequency_dict(code, "best"), partial(dictionary, code), partial(written_apart, code)
    )


@lru_cache(maxsize=8)
def dictionary(code: str) -> Container[str]:
    """The dictionary of a language, in lower case: words that people vouch for, also rare ones; empty where there is none.

    From pyspellchecker, whose lists leave out what wordfreq counts too: misprints, halves of words, web addresses.
    """
    from spellchecker import SpellChecker  # noqa: PLC0415

    if code not in SpellChecker.languages():
        return frozenset()
    words: Container[str] = SpellChecker(language=code, distance=1).word_frequency.dictionary
    return words


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """The language codes that ``general`` knows."""
    import wordfreq  # noqa: PLC0415

    return frozenset(wordfreq.available_languages("best"))


class Lexicon:
    """This document's words over a general lexicon. Words are looked up in lower case; ``counts`` must be in lower case.

    >>> lexicon = Lexicon(General("en", {"revolution": 3e-5, "the": 0.05}), Counter({"osinskii": 4}))
    >>> lexicon.probability("osinskii") > lexicon.probability("revolution") > lexicon.probability("xqzkrj")
    True
    >>> lexicon.seen("Osinskii"), lexicon.seen("tion")
    (True, False)
    """

    __slots__ = ("_general", "_scale", "_unseen", "counts", "heads")

    def __init__(self, general: General, counts: Mapping[str, int]) -> None:
        self._general = general
        self.counts = counts
        self.heads = Counter(word.split("-", 1)[0] for word in counts if "-" in word)
        size = sum(counts.values())
        self._scale = 1 / (size + GENERAL_WEIGHT)
        once = sum(count == 1 and word not in general for word, count in counts.items())
        self._unseen = (once + UNSEEN * UNSEEN_WEIGHT) / (size + UNSEEN_WEIGHT)

    def taught(self, counts: Mapping[str, int]) -> Lexicon:
        """The same, with more counts for some words."""
        other = copy(self)
        other.counts = {**self.counts, **{word: self.counts.get(word, 0) + n for word, n in counts.items()}}
        return other

    @property
    def facts(self) -> Facts:
        return self._general.facts

    def seen(self, word: str) -> bool:
        """Whether the document or the language knows the word."""
        word = word.lower()
        return self.counts.get(word, 0) > 0 or word in self._general

    def plainly_apart(self, left: str, right: str) -> bool:
        """Whether two words, in lower case, are known and nobody knows them as one or with a hyphen.

        The ordinary case at nine line ends of ten, so it asks no more than it must.
        """
        counts, words = self.counts, self._general.words
        whole = left + right
        return (
            (left in words or left in counts)
            and (right in words or right in counts)
            and whole not in words
            and whole not in counts
            and f"{left}-{right}" not in counts
        )

    def counted(self, word: str) -> float:
        """The share of a word among the document's own, with nothing for what it never writes."""
        return self.counts.get(word.lower(), 0) * self._scale

    def known(self, word: str) -> float:
        """The probability of a word as one that document or language has seen; 0.0 where neither has."""
        word = word.lower()
        return (self.counts.get(word, 0) + GENERAL_WEIGHT * self._general.frequency(_stem(word))) * self._scale

    def fused(self, left: str, right: str) -> float:
        """The probability of two parts as one word: as ``probability``, but what only slips have fused hardly counts."""
        whole = left + right
        general = GENERAL_WEIGHT * self._general.frequency(_stem(whole)) * self._scale
        if 0 < general < RARE and self._general.is_slip(left, right):
            general *= SLIP
        return self.counted(whole) + general + self.unseen(len(whole))

    def unseen(self, length: int) -> float:
        """The probability of one certain word of so many letters that nobody has seen."""
        return self._unseen * LETTER**length

    def probability(self, word: str) -> float:
        """The probability of a word at any place of this document, never 0.0."""
        return self.known(word) + self.unseen(len(word))


def _stem(word: str) -> str:
    """Without a possessive or an old past ending ("recover'd"), which no frequency list treats as the word's own."""
    return word[:-2] if len(word) > 3 and word[-1] in "sd" and word[-2] in views.APOSTROPHES else word
