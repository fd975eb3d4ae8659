"""This document's words over what a person hands over and the general frequencies of its language: one probability."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from string import ascii_lowercase

from cleaner import text as views
from cleaner.language.compounds import Written
from cleaner.language.facts import Facts
from cleaner.language.frequencies import General
from cleaner.wordlists import NOTHING, WordList

# The general frequencies count like a text of so many words beside the document's own.
GENERAL_WEIGHT = 50_000
# An occurrence in a corpus weighs at most so much of one in the document: others wrote and printed it.
ELSEWHERE = 0.5
# A word that a person lists counts as if the document wrote it so often: a document that writes it otherwise once is
# overruled (ten to one is more than the nine to one from which a change is applied), twice, and it is left to a person.
LISTED = 10
# A whole list counts like a text of so many words at most: who lists ten words means these, who hands over a dictionary
# of 300,000 says that they exist (each then weighs as if it were one word in two million), not that this text is full of
# them: else "sea" at a line end before "port" would be joined wherever a scan loses hyphens.
LIST_WEIGHT = 10_000
# A word that nobody has seen: how often the document writes one is estimated from its own words that stand once and that
# the language does not know (Good and Turing); before anything was read they are this share of its words, which weighs
# like a text of UNSEEN_WEIGHT words. Each letter of such a word is one of about ten that are likely in its place (the entropy of English spelling, 3.3 bits).
UNSEEN = 0.01
UNSEEN_WEIGHT = 1_000
LETTER = 0.1
# Of two words that stand fused in a frequency list and in no dictionary, so many are one word after all; and of the words
# that a person lists with other hyphens only.
SLIP = 0.01
# A word that the dictionary vouches for and no frequency list holds is about as rare as the rarest that they hold.
VOUCHED = 2e-8
LONG_S = 0.5  # what reading an f as a long s costs, where the document has that habit
HABIT_S, OF_UNKNOWN = 5, 0.3  # least number, and share of the unknown words with f, that are words with s for f
OPEN_COMPOUND = 0.1  # of what is hyphenated, so much is open: "large-scale industry on a large scale"
HALF = 0.5  # what a spelling that was never counted counts
UNREAD = "\N{REPLACEMENT CHARACTER}"  # a letter that the engine could not read
MOST_F = 4  # letters f of one word that are tried
VOWELS = frozenset("aeiou")
RARE = 1e-5  # what is written more often than this is a word, whatever a dictionary says


class Lexicon:
    """This document's words over what a person hands over and a general lexicon. Words are looked up in lower case;
    ``counts`` must be in lower case.

    The document is drawn from a background that counts like a text of W = ``GENERAL_WEIGHT`` words; that of a corpus is
    drawn from the general frequencies in the same way. With c of n words in the document, e * C of e * N in the corpus
    (e = ``ELSEWHERE``), v for a listed word and V for the whole list, and the general frequency g,

        P(word) = (c + v + W * (e * C + W * g) / (e * N + W)) / (n + V + W).

    So the larger a corpus is, the less one occurrence in it weighs beside one in the document, and the less the general
    frequencies do beside the corpus. For a word that is listed with other hyphens only ("today" where "to-day" is), C
    and g hardly count.

    >>> lexicon = Lexicon(General("en", {"revolution": 3e-5, "the": 0.05}), Counter({"osinskii": 4}))
    >>> lexicon.probability("osinskii") > lexicon.probability("revolution") > lexicon.probability("xqzkrj")
    True
    >>> lexicon.seen("Osinskii"), lexicon.seen("tion")
    (True, False)
    """

    __slots__ = (
        "_general",
        "_has_given",
        "_known",
        "_listed",
        "_long_s",
        "_old_style",
        "_scale",
        "_share",
        "_starts",
        "_unseen",
        "counts",
        "given",
        "heads",
    )

    def __init__(self, general: General, counts: Mapping[str, int], given: WordList = NOTHING) -> None:
        self._general = general
        self._long_s: bool | None = None
        self.forget()
        self.counts = counts
        self.given = given
        self._has_given = bool(given)
        self.heads = Counter([word.split("-", 1)[0] for word in counts if "-" in word])
        size = sum(counts.values())
        self._listed = min(LISTED, LIST_WEIGHT / max(1, len(given.words)))
        self._share = GENERAL_WEIGHT / (ELSEWHERE * given.total + GENERAL_WEIGHT)
        self._scale = 1 / (size + self._listed * len(given.words) + GENERAL_WEIGHT)
        once = [word for word, count in counts.items() if count == 1 and word not in general.words]
        strange = [word for word in once if word not in given] if given else once
        self._unseen = (len(strange) + UNSEEN * UNSEEN_WEIGHT) / (size + UNSEEN_WEIGHT)

    def taught(self, counts: Mapping[str, int]) -> Lexicon:
        """The same, with more counts for some words."""
        other = copy(self)
        other.counts = {**self.counts, **{word: self.counts.get(word, 0) + n for word, n in counts.items()}}
        other.forget()
        return other

    def forget(self) -> None:
        """Drop what was worked out from the counts; it will be again."""
        self._known: dict[str, float] = {}
        self._old_style: float | None = None
        self._starts: dict[str, list[str]] | None = None

    def recounted(self, counts: Mapping[str, int]) -> Lexicon:
        """The same lists over the same language for other words of the document."""
        return Lexicon(self._general, counts, self.given)

    @property
    def language(self) -> General:
        return self._general

    @property
    def facts(self) -> Facts:
        return self._general.facts

    def seen(self, word: str) -> bool:
        """Whether the document, a person or the language knows the word."""
        word = word.lower()
        return self.counts.get(word, 0) > 0 or word in self._general or word in self.given

    def plainly_apart(self, left: str, right: str) -> bool:
        """Whether two words, in lower case, are known and nobody knows them as one or with a hyphen.

        The ordinary case at nine line ends of ten, so it asks no more than it must.
        """
        counts, words, given = self.counts, self._general.words, self.given
        whole, compound = left + right, f"{left}-{right}"
        return (
            (left in counts or left in words or left in given)
            and (right in counts or right in words or right in given)
            and (left, right) not in self._general.compounds.tied
            and whole not in counts
            and compound not in counts
            and whole not in words
            and not (self._has_given and (whole in given or compound in given))
        )

    def share(self, times: float) -> float:
        """What is written so often in this document, as a probability on the scale of all others."""
        return times * self._scale

    def counted(self, word: str) -> float:
        """The share of a word among those that the document, or a person for it, writes; 0.0 for what neither does."""
        return self._written(word.lower()) * self._scale

    def known(self, word: str) -> float:
        """The probability of a word as one that document, person or language has seen; 0.0 where none has."""
        word = word.lower()
        if word not in self._known:
            self._known[word] = (self._written(word) + self._background(word)) * self._scale
        return self._known[word]

    def general(self, word: str) -> float:
        """The share of a word, in lower case, in the language: as it stands, as modern spelling has it, or vouched for."""
        share = self._general.words.get(word, 0.0)
        if share:
            return share
        stem = _stem(word)
        if stem != word:
            share = max(map(self._general.frequency, (stem, *_past(word, stem))))
        if not share and UNREAD in word:
            return sum(map(self._general.frequency, _readings(word)))
        if not share and "\N{LATIN SMALL LETTER LONG S}" in word:
            return self.general(word.replace("\N{LATIN SMALL LETTER LONG S}", "s"))
        if not share and "f" in word and self.has_long_s:
            share = LONG_S * max(map(self._general.frequency, with_s(word)), default=0.0)
        return share or (VOUCHED if self._general.vouches(stem) else 0.0)

    @property
    def has_long_s(self) -> bool:
        """Whether the document's long s was read as f: many of its unknown words with f are words with s."""
        if self._long_s is None:
            strange = [word for word in self.counts if "f" in word and word.isalpha() and word not in self._general]
            mended = sum(any(form in self._general for form in with_s(word)) for word in strange)
            self._long_s = mended >= max(HABIT_S, OF_UNKNOWN * len(strange))
        return self._long_s

    def parts_vowels(self, left: str, right: str) -> float:
        """The share of words in which this document puts a hyphen between a part and the vowel that ends it.

        Who writes "re-enter" writes "re-election", whatever else begins with "re". One is added to those without.

        >>> lexicon = Lexicon(General("en", {}), {"re-enter": 3, "return": 9})
        >>> lexicon.parts_vowels("re", "election"), lexicon.parts_vowels("re", "turn")
        (0.75, 0.0)
        """
        left, vowel = left.lower(), right[:1].lower()
        if vowel != left[-1:] or vowel not in VOWELS:
            return 0.0
        words = self._beginning(left)
        apart = sum(self.counts[word] for word in words if word.startswith(f"{left}-{vowel}"))
        together = sum(self.counts[word] for word in words if word.startswith(left + vowel))
        return apart / (apart + together + 1)

    def _beginning(self, part: str) -> Sequence[str]:
        """The document's words that begin with the first two letters of a part."""
        if self._starts is None:
            self._starts = defaultdict(list)
            for word in self.counts:
                self._starts[word[:2]].append(word)
        return self._starts.get(part[:2], ())

    def fused(self, left: str, right: str) -> float:
        """The probability of two parts as one word: as ``probability``, but what only slips have fused hardly counts."""
        whole = (left + right).lower()
        background = self._background(whole) * self._scale
        if 0 < background < RARE * self._share and self._general.is_slip(left, right):
            background *= SLIP
        written = self._compound(left, right)
        if written:
            of_old = self._of_old((written.solid + HALF) / self._general.compounds.size) * self._doubt(whole)
            background = self.old_style * of_old + (1 - self.old_style) * background
        return self.counted(whole) + background + self.unseen(len(whole))

    def tied(self, left: str, right: str) -> float:
        """The probability of two parts as a compound with its hyphen that document, person or counted prints have written.

        Prints like those that were counted write it as often as they do; all others so much less as they write it solid.
        """
        compound = f"{left}-{right}".lower()
        written = self._compound(left, right)
        if not written:
            return self.counted(compound)
        share = written.hyphened / self._general.compounds.size
        modern = max(share - self._general.frequency(left + right), 0.0)
        share = self.old_style * share + (1 - self.old_style) * modern
        return self.counted(compound) + self._of_old(share) * self._doubt(compound)

    def apart(self, left: str, right: str) -> float:
        """The probability of two words side by side: as often as chance brings them there, or as good prints write them so.

        Where these would know the two as one word and never write them apart ("with", "out"), less than chance would.
        """
        chance = self.probability(left) * self.probability(right)
        table, small = self._general.compounds, (left.lower(), right.lower())
        if not table.size or min(map(len, small)) == 1:
            return chance
        written = table[small]
        if written.apart or (all(map(self._general.is_word, small)) and "".join(small) in self._general):
            chance = max(written.apart, min(chance * table.size, 1)) / table.size
        return max(chance, OPEN_COMPOUND * self.tied(left, right))

    def _compound(self, left: str, right: str) -> Written | None:
        return self._general.compounds.tied.get((left.lower(), right.lower()))

    def _of_old(self, share: float) -> float:
        return self._share * GENERAL_WEIGHT * self._scale * share

    @property
    def old_style(self) -> float:
        """The share of hyphens in words that had one in prints of 1839 to 1933 and lost it since, as this document writes them.

        One half where it writes none of them.

        >>> from cleaner.language.compounds import Compounds
        >>> table = Compounds({("to", "night"): Written(0, 90, 10)}, size=1_000_000)
        >>> general = General("en", {"tonight": 2e-4}, compounds=lambda: table)
        >>> [Lexicon(general, counts).old_style for counts in ({"to-night": 4}, {}, {"tonight": 4})]
        [0.8333333333333334, 0.5, 0.16666666666666666]
        """
        if self._old_style is None:
            shifted = self._general.shifted
            if not self._has_given:  # asked of each text, and most write few of them
                shifted = [pair for pair in shifted if not self.counts.keys().isdisjoint(pair)]
            hyphened = sum(self._written(compound) for compound, _ in shifted)
            solid = sum(self._written(whole) for _, whole in shifted)
            self._old_style = (hyphened + 1) / (hyphened + solid + 2)
        return self._old_style

    def usual(self, word: str) -> float:
        """The share of a word, in lower case, in texts as old as this one seems: "tho" is of our days, "ye" is not."""
        return self.old_style * self._general.printed(word) + (1 - self.old_style) * self._general.frequency(word)

    def _written(self, word: str) -> float:
        """How often a word, in lower case, is written, counted in words of the document."""
        own = self.counts.get(word, 0)
        if not self._has_given:
            return own
        given, stem = self.given, _stem(word)
        corpus = ELSEWHERE * self._share * (given.count(word) or given.count(stem)) * self._doubt(word)
        return own + corpus + self._listed * (given.vouches(word) or given.vouches(stem))

    def _background(self, word: str) -> float:
        """How often the language would write a word, in lower case, counted in words of the document."""
        written = self._share * GENERAL_WEIGHT * self.general(word)
        return written * self._doubt(word) if self._has_given else written

    def _doubt(self, word: str) -> float:
        given = self.given
        return SLIP if given.words and (given.corrects(word) or given.corrects(_stem(word))) else 1

    def unseen(self, length: int) -> float:
        """The probability of one certain word of so many letters that nobody has seen."""
        return self._unseen * LETTER**length

    def probability(self, word: str) -> float:
        """The probability of a word at any place of this document, never 0.0."""
        return self.known(word) + self.unseen(len(word))


def _stem(word: str) -> str:
    """Without a possessive or an old past ending ("recover'd"), which no frequency list treats as the word's own."""
    return word[:-2] if len(word) > 3 and word[-1] in "sd" and word[-2] in views.APOSTROPHES else word


def _past(word: str, stem: str) -> tuple[str, ...]:
    """What an old past ending stands for: "knowledg'd", "overjoy'd"."""
    return (stem + "ed", stem + "d") if word[-1] == "d" else ()


@lru_cache(maxsize=65536)
def _readings(word: str) -> tuple[str, ...]:
    """What a word with one letter that could not be read may be: any letter stands there, or none.

    >>> "supplanted" in _readings("su\N{REPLACEMENT CHARACTER}planted"), _readings("\N{REPLACEMENT CHARACTER}" * 2)
    (True, ())
    """
    if word.count(UNREAD) != 1:
        return ()
    return tuple(word.replace(UNREAD, letter) for letter in ("", *ascii_lowercase))


@lru_cache(maxsize=65536)
def with_s(word: str) -> tuple[str, ...]:
    """The forms of a word, in lower case, with s for one or more of its letters f.

    >>> with_s("fafe")
    ('safe', 'fase', 'sase')
    """
    places = [k for k, letter in enumerate(word) if letter == "f"][:MOST_F]
    forms = []
    for chosen in range(1, 2 ** len(places)):
        letters = list(word)
        for bit, place in enumerate(places):
            if chosen >> bit & 1:
                letters[place] = "s"
        forms.append("".join(letters))
    return tuple(forms)
