"""How likely an unknown word is misread: a word after all, rubbish, or one of its readings, as often as this text has each.

How noisy a text is, and how many words of its own it has, nobody says beforehand: both are chosen so that its unknown
words are most likely. Of those, some look like words and stand for none (names, dialect), some for one that is often
misread so, and some look like nothing: in a clean text an unknown word is a rare word, in a bad scan a misread one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import exp, lgamma
from typing import NamedTuple

from cleaner.stages.words.suspects import Cause, Reading, Suspect

# What a constant brings, here and in ``decoding``, was measured once: in bad newspapers (136 articles of the overProof set,
# 43,000 words) and in the 25 novels that no table was made from (460,000 words, none changed as misread).
#
# How noisy a scan is, against those that the channel was learned from (6 % of the characters wrong): what is believed
# beforehand, a guess that a page outweighs, and how many words that weighs.
NOISE, NOISE_WEIGHT = 0.1, 200
# The share of words that are misread at noise 1 and have a reading; chosen so that novels stay as they are: with 0.03 the
# noise is put higher, an eighth more is mended in bad newspapers, a third more broken, and 25 words of the novels.
MISREAD = 0.1
# The share of blanks that are missing, as of those that cut words (``segmenting.PRIOR``), and how many words that belief
# weighs; with a hundredth of it as much is mended.
FUSED, FUSED_WEIGHT = 5e-4, 200
# So many words are beyond recognition, and so many words that belief weighs; each of their signs is one of so many
# (the entropy of single letters, 4.1 bits). The shares are guesses that a few pages outweigh.
RUBBISH, RUBBISH_WEIGHT, ANY_SIGN = 0.003, 500, 0.06
# Unknown words in a thousand, each counted once, in small letters and with a capital: in clean novels 2.0 and 1.3 a book,
# more in a short text, which has most of its words once; and how many words that belief weighs.
SMALL, CAPITAL, OWN_WEIGHT = 0.003, 0.01, 500
# Of a word, so many are written in one certain other way that sounds alike, by a slip, or since people speak so; and how
# many words that belief weighs. A cautious guess: with a thousandth of it hardly more is mended, and nothing changed in the
# novels.
BY_EAR, EAR_WEIGHT = 3e-5, 20_000
AGAIN = 0.01  # rubbish is seldom alike
LEAST_NOISE = 1e-4  # no text is so clean that nothing in it can be misread
ROUNDS = 6  # then the noise moves by less than a thousandth of itself
# Errors of one kind come in bursts: the share of a printed word that is misread in one way varies from document to
# document like a Gamma variable of this shape (Poisson counts then become negative binomial).
SHAPE = 0.5
# One in so many is a habit of the scan: any share of the word is as likely. And of the rare words of a language one in so
# many is what a text is about. With a hundredth of the one 8 % less is mended in bad newspapers and as much broken; with a
# hundredth of the other 4 % more is mended, and 9 words of the novels are changed.
HABIT, TOPIC = 0.3, 0.1
# Noise differs from place to place, like a Gamma variable of this shape: so many misread words are as good evidence as all
# that is believed of the whole. What is so many words away tells of a place.
EVEN, NEAR = 2.0, 500
# What a word may be is much the same in all its places: three of them where its neighbours prove it weigh like all that was
# believed before. Without it a fifteenth less is mended in bad newspapers, and no less broken.
BEFORE = 3.0


CAUSES = [Cause.NOISE, Cause.BLANK, Cause.LONG_S]


class Belief(NamedTuple):
    """What is believed of a text of ``size`` words: how noisy it is, the shares of its own words of either case, and of
    those written by ear.
    """

    size: int
    noise: float = NOISE
    fused: float = FUSED
    rubbish: float = RUBBISH
    small: float = SMALL
    capital: float = CAPITAL
    by_ear: float = BY_EAR

    @property
    def strengths(self) -> tuple[float, float, float]:
        """How strong each of ``CAUSES`` is."""
        return self.noise, self.fused, 1.0


class Chances(NamedTuple):
    """The probabilities that a word is one, that it is rubbish, and of each reading, before its neighbours are asked."""

    real: float
    rubbish: float
    readings: Sequence[float]
    by_ear: float  # what of ``real`` is written by ear

    def nearby(self, noise: float, fused: float, readings: Sequence[Reading]) -> Chances:
        """The same, not normalised, where the text is so many times as noisy as the whole, and a blank so many times as likely
        to be lost.
        """
        strengths = {Cause.NOISE: noise, Cause.BLANK: fused}
        weights = [
            chance * strengths.get(reading.cause, 1.0) for reading, chance in zip(readings, self.readings, strict=True)
        ]
        return self._replace(rubbish=self.rubbish * noise, readings=weights)

    def proven(self, times: Mapping[str, int], readings: Sequence[Reading]) -> Chances:
        """The same where a word was surely misread elsewhere in the text, so many ``times`` from each word, in lower case.

        All that was believed of it before weighs like ``BEFORE`` of its places.
        """
        all_ = BEFORE + sum(times.values())
        left = BEFORE / all_
        weights = [
            left * chance + times.get(reading.word.lower(), 0) / all_
            for reading, chance in zip(readings, self.readings, strict=True)
        ]
        return Chances(left * self.real, left * self.rubbish, weights, left * self.by_ear)

    @property
    def misread(self) -> float:
        return sum(self.readings)


class _Term(NamedTuple):
    """What of the weight of a reading does not depend on what is believed."""

    expected: float
    habit: float  # how likely it is where it is a habit of the scan
    cause: int  # the number of its cause in ``CAUSES``


class _Terms(NamedTuple):
    """What of the chances of a suspect does not depend on what is believed: worked out once for all rounds."""

    suspect: Suspect
    by_ear: float  # how often it should come so, if one in so many is
    tail: float  # what is written once is written again, half of it twice, a third three times
    real: float  # of a known word
    rubbish: float
    ways: float  # see ``_ways``
    readings: Sequence[_Term]
    capital: bool

    @classmethod
    def of(cls, suspect: Suspect) -> _Terms:
        count = suspect.times
        tail = 1 / (count * (count + 1))
        real = _burst(count, suspect.real) + TOPIC * min(suspect.real, 1) * tail if suspect.known else 0.0
        readings = [
            _Term(
                expected,
                HABIT * min(printed / count, 1) ** 2 * exp(-cost) / (count + right + 1),
                CAUSES.index(cause),
            )
            for _, printed, right, cost, expected, cause in suspect.readings
        ]
        rubbish = ANY_SIGN ** len(suspect.core) * AGAIN ** (count - 1)
        # Who writes by ear spells as words are spelled: "thae", not "tiie". In newspapers 1.3 % more is mended so.
        by_ear = tail * suspect.alike * suspect.spelled
        return cls(suspect, by_ear, tail, real, rubbish, _ways(count), readings, suspect.core[:1].isupper())

    def weighed(self, belief: Belief) -> Chances:
        suspect, alike, tail, real, rubbish, ways, terms, capital = self
        count, by_ear = suspect.times, belief.by_ear * alike
        if suspect.known:
            real += by_ear
            rubbish = 0.0
        else:
            own = belief.size * (belief.capital if capital else belief.small)
            real = tail * (suspect.real + own * suspect.shape) + by_ear
            rubbish = belief.size * belief.rubbish * rubbish
            rubbish = rubbish / 2 + tail * belief.noise * MISREAD * own * suspect.blurred
        strengths = belief.strengths
        readings = []
        for expected, habit, cause in terms:  # ``_burst`` written out: asked for each reading in each round
            strength = strengths[cause]
            mean = strength * expected
            whole = mean + SHAPE
            readings.append(ways * (mean / whole) ** count * (SHAPE / whole) ** SHAPE + habit * strength)
        total = real + rubbish + sum(readings)
        return Chances(real / total, rubbish / total, [chance / total for chance in readings], by_ear / total)


def believed(suspects: Iterable[Suspect], size: int) -> Belief:
    """What makes the unknown words of a text most likely (expectation and maximisation)."""
    return _believed([_Terms.of(suspect) for suspect in suspects], size)


def all_weighed(suspects: Mapping[str, Suspect], size: int) -> dict[str, Chances]:
    """What each of the unknown words of a text may be, as makes them most likely."""
    terms = {core: _Terms.of(suspect) for core, suspect in suspects.items()}
    belief = _believed([*terms.values()], size)
    return {core: one.weighed(belief) for core, one in terms.items()}


def _believed(terms: Sequence[_Terms], size: int) -> Belief:
    belief = Belief(size)
    for _ in range(ROUNDS):
        by_cause = [0.0] * len(CAUSES)
        rubbish = small = capital = by_ear = 0.0
        for one in terms:
            suspect, chances = one.suspect, one.weighed(belief)
            times = suspect.times
            for (_, _, cause), chance in zip(one.readings, chances.readings, strict=True):
                by_cause[cause] += times * chance
            rubbish += times * chances.rubbish
            by_ear += times * chances.by_ear
            if one.capital:
                capital += chances.real - chances.by_ear
            else:
                small += chances.real - chances.by_ear
        misread, fused, _ = by_cause
        noise = (misread / MISREAD + NOISE_WEIGHT * NOISE) / (NOISE_WEIGHT + size)
        belief = Belief(
            size,
            max(noise, LEAST_NOISE),
            fused=(fused + FUSED_WEIGHT * FUSED) / (FUSED_WEIGHT + size),
            rubbish=(rubbish + RUBBISH_WEIGHT * RUBBISH) / (RUBBISH_WEIGHT + size),
            small=(small + OWN_WEIGHT * SMALL) / (OWN_WEIGHT + size),
            capital=(capital + OWN_WEIGHT * CAPITAL) / (OWN_WEIGHT + size),
            by_ear=(by_ear + EAR_WEIGHT * BY_EAR) / (EAR_WEIGHT + size),
        )
    return belief


def weighed(suspect: Suspect, belief: Belief) -> Chances:
    """What a word may be, as this text has each."""
    return _Terms.of(suspect).weighed(belief)


def nearby(doubts: Mapping[int, float], size: int) -> Callable[[int], float]:
    """How noisy a text of so many words is around its word of a certain number, against the whole: 1.0 where it is as noisy
    as anywhere.

    ``doubts`` are the probabilities that words are misread, by their numbers, in order; all others are not. The word
    itself does not count.

    >>> [round(nearby(dict.fromkeys(range(2000, 4000), 0.1), 4000)(at), 2) for at in (0, 1000, 2000, 3000)]
    [0.07, 0.04, 1.0, 1.96]
    >>> nearby({1: 0.5, 2: 0.25}, 3)(1)
    1.0
    """
    places = [*doubts]
    sums = [*accumulate(doubts.values(), initial=0.0)]

    def factor(at: int) -> float:
        first, end, own = max(at - NEAR, 0), min(at + NEAR + 1, size), doubts.get(at, 0.0)
        share = (end - first - 1) / max(size - 1, 1)
        here = sums[bisect_left(places, end)] - sums[bisect_left(places, first)]
        return (EVEN + here - own) / (EVEN + share * (sums[-1] - own))

    return factor


def _burst(count: int, expected: float) -> float:
    """The probability of so many errors of one kind where so many are expected on average (negative binomial)."""
    whole = expected + SHAPE
    chance: float = _ways(count) * (expected / whole) ** count * (SHAPE / whole) ** SHAPE
    return chance


@lru_cache(maxsize=1 << 10)
def _ways(count: int) -> float:
    return exp(lgamma(count + SHAPE) - lgamma(count + 1) - lgamma(SHAPE))
