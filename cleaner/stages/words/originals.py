"""What words of one text may have been, and what they cost: as scans in general have it, and as the text itself taught."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from cleaner import text as views
from cleaner.language import Channel, General, Lexicon, Vocabulary, channel
from cleaner.stages.words.cores import STROKE, WHOLE
from cleaner.stages.words.spelling import derived
from cleaner.stages.words.suspects import COMMON, LEAST, RARER, TIE, is_part, lookalikes

MOST_COST = 12.0  # of one reading: two confusions
FEWEST = 3  # different words that must surely be misread before a text teaches how it misreads
LEAST_PART = 3  # letters of a part of a compound that is mended
FURTHEST_NAME = 3  # letters in which they differ, a confusion or two
# Of a word that is near to none so large a share of the letters may be misread, of one with a capital, which may be a name, a
# smaller one; and at what cost. In bad newspapers a twentieth more is mended than with a third and 18 for all words of seven
# letters; of what is mended so five sixths are right.
LONG, FAR, FURTHEST = 5, 1 / 2, 24.0
FAR_NAME, FURTHEST_OF_NAMES = 1 / 3, 18.0
NEARBY = 7.0  # the cost of a word that is near: a confusion and a half
SHORTEST_NAME = 5  # letters of a word of the text's own that others are taken for: of short ones too many are alike
PART = 3  # letters that a word has at least of which others are made
TIES = frozenset(f"-{views.APOSTROPHES}")
INNER = re.compile("(?<=[a-z])(?=[A-Z])")
NOTHING: Mapping[str, float] = MappingProxyType({})
Priced = list[tuple[float, str]]  # words and their costs


class Originals:
    """The words that those of a text may have been, with their costs; each is looked for once.

    ``long_s`` tells that the text reads its long s as f.
    """

    def __init__(self, lexicon: Lexicon, code: str) -> None:
        self._lexicon = lexicon
        self._general = lexicon.language
        self._channel = channel(code)
        self._taught: Channel | None = None
        self._costs: dict[str, Priced] = {}
        self._found: dict[str, Priced] = {}
        self.long_s = False

    def unknown(self, core: str) -> Priced:
        """What a word may have been that nobody knows."""
        if core not in self._found:
            found = self._halves(core) if TIE in core else originals(core, self._general)
            if self.long_s and "f" in core[:-1]:
                more = originals(core[:-1].replace("f", "s") + core[-1], self._general)
                found = [*found, *((self._channel.cost(core, word), word) for _, word in more)]
            self._found[core] = sorted(set(found))
        if core not in self._costs:
            near = _near(self._taught, core, self._general) if self._taught else []
            costs = {word: cost for cost, word in near}
            left = [(cost, word) for cost, word in self._found[core] if word not in costs]
            costs |= self._as_taught(core, left)
            # half of a W is no dirt that may go: "\\Vienna" is written so
            halved = core.startswith(STROKE)
            self._costs[core] = sorted((cost, word) for word, cost in costs.items() if not halved or word[0] in WHOLE)
        return self._costs[core]

    def _halves(self, core: str) -> Sequence[tuple[float, str]]:
        """What a compound may have been of which one part is unknown: "lifo-saving"; a stop within stays: "lifc.-The"."""
        parts = core.split(TIE)
        unknown = [k for k, part in enumerate(parts) if not is_part(part.lower(), self._lexicon)]
        if len(unknown) != 1 or len(parts[unknown[0]]) < LEAST_PART or not parts[unknown[0]].islower():
            return originals(core, self._general)
        k = unknown[0]
        part = parts[k].rstrip(views.PUNCTUATION)
        signs = parts[k][len(part) :]
        mended = [(cost, TIE.join([*parts[:k], word + signs, *parts[k + 1 :]])) for cost, word in self.unknown(part)]
        return [*mended, *originals(core, self._general)]

    def named(self, core: str, own: Sequence[str]) -> Priced:
        """The words of the text's ``own``, in lower case, that an unknown one may have been: "Wcndlake" for "Wendlake".

        What ends otherwise may be another form of it: "Hospitalis" beside "Hospitale".
        """
        if len(core) < SHORTEST_NAME:
            return []
        alike = extract(core.lower(), own, scorer=Levenshtein.distance, score_cutoff=FURTHEST_NAME, limit=None)
        words = [word for word, _, _ in alike if word[-1] == core[-1].lower()]
        return (self._taught or self._channel).priced(core, words, MOST_COST)

    def known(self, core: str) -> Priced:
        """What a word may have been that is one: a common one, or with what the text taught a far commoner one."""
        found = self._costs.get(core)
        if found is None:
            found = self._costs[core] = sorted((cost, word) for word, cost in self._commoner(core).items())
        return found

    def _commoner(self, core: str) -> Mapping[str, float]:
        alike = lookalikes(self._general).get(core)
        if alike:
            found = [(cost, word) for cost, word in originals(core, self._general) if self._often(word) >= COMMON]
            return self._as_taught(core, [*alike, *found])
        if not self._taught or not core.isalpha() or len(core) == 1:
            return NOTHING
        least = RARER * max(self._often(core), LEAST)
        known = vocabulary(self._general).above(least)
        words = [word for word in self._taught.undone(core, known) if known.shares[word] >= least]
        return {word: cost for cost, word in self._taught.priced(core, words, MOST_COST)} if words else NOTHING

    def _often(self, word: str) -> float:
        return self._general.frequency(word)

    def _as_taught(self, core: str, words: Iterable[tuple[float, str]]) -> dict[str, float]:
        """By words their costs in this text."""
        return self._taught.repriced(core, words) if self._taught else {word: cost for cost, word in words}

    def adapt(self, corrections: Iterable[tuple[str, str]], letters: int) -> bool:
        """What this text surely misreads (word, truth) makes such confusions cheaper: who reads "tho" reads "mado".

        Returns whether there were enough of them.
        """
        taught = [*corrections]
        if len({core for core, _ in taught}) < FEWEST:
            return False
        self._taught, self._costs = self._channel.adapted(taught, letters), {}
        return True

    def forget(self) -> bool:
        """Forget what the text taught; returns whether it taught anything."""
        taught, self._taught = self._taught is not None, None
        self._costs = {}
        return taught


@lru_cache(maxsize=4)
def vocabulary(general: General) -> Vocabulary:
    """The words that a misread one may have been: those of the dictionary that are not too rare."""
    return Vocabulary(
        {word: share for word, share in general.words.items() if share >= LEAST and general.is_word(word)}
    )


# The same scraps, and the same rare words, come in one text after another: a seventh of the time for newspapers.
@lru_cache(maxsize=1 << 13)
def originals(core: str, general: General) -> Sequence[tuple[float, str]]:
    """The known words that may have been misread so, with their costs, as scans in general have it: words one letter away, or
    where none is near, such as have other letters in common.
    """
    noisy, known = channel(general.code), vocabulary(general)
    found = _near(noisy, core, general)
    near = bool(found) and found[0][0] <= NEARBY
    if near or len(core) < LONG or not TIES.isdisjoint(core) or _is_made(core, general):
        return found
    first, _, rest = INNER.sub(" ", core).partition(" ")
    if rest and general.is_word(first.lower()):
        return found
    share, most = (FAR_NAME, FURTHEST_OF_NAMES) if core.istitle() else (FAR, FURTHEST)
    far = known.far(core.lower(), int(share * len(core))).difference(word.lower() for _, word in found)
    # where so much is misread, the first letter's height is what is left of it
    more = [one for one in noisy.priced(core, far, most) if core[:1].isupper() or one[1].islower()]
    return sorted([*found, *more])


def _near(noisy: Channel, core: str, general: General) -> Priced:
    """Words one letter away or two by a certain channel, but for what is made of known words."""
    first, _, rest = INNER.sub(" ", core).partition(" ")
    most = NEARBY if _is_made(core, general) else MOST_COST
    found = noisy.originals(core, vocabulary(general), most)
    # without the capital behind it a word reads well, but the capital may be one of its letters: "hiB", "chosenT"
    return [one for one in found if not rest or one[1] != first]


@lru_cache(maxsize=1 << 13)
def _is_made(core: str, general: General) -> bool:
    """Whether an unknown word is made of known ones: with an ending ("importunities"), of two ("Corkman", "chosenAs").

    >>> english = __import__("cleaner.language").language.general("en")
    >>> [_is_made(core, english) for core in ("importunities", "Corkman", "chosenAs", "vcrionS")]
    [True, True, True, False]
    """
    small, (first, _, rest) = core.lower(), INNER.sub(" ", core).partition(" ")
    if derived(small, general) or (len(rest) > 1 and general.is_word(first.lower()) and general.is_word(rest.lower())):
        return True
    return any(general.is_word(small[:at]) and general.is_word(small[at:]) for at in range(PART, len(small) - PART + 1))
