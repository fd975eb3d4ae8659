"""Whether people write so where a word stands, in dialect or in an old spelling, or an engine misread it.

What people write can be said: of the unknown words of clean novels, one in thirteen is less like a word than one with a
letter misread, of those that scans misread a third. One of them tells little, all that stand near each other tell much:
in dialect, the words that nobody knows all look like words, and each alone looks like another one misread ("vather",
"sodger", "reight").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from math import exp, log

from cleaner.stages.words.suspects import WEIGHT, Suspect

NEAR = 200  # words on either side that tell of a place
# The odds, before any word tells, that people write so where words are unknown: a guess, as most texts are no dialect. In six
# passages of dialect and old spelling 41 words are changed without any of this, with .05 8, with .2 one; in newspapers it
# costs one of 2,588 words that were mended, and in a second set 30 of 3,570.
BEFORE = 0.2
TELLS = 8.0  # cost of a confusion, at most: what nothing cheap explains is no candidate for misreading anyhow
# The log odds that people wrote a word and no engine misread one, by how much likelier its letters are as they stand than
# with one misread (natural logarithm): a line through what was counted, 1,700 unknown words of 24 novels that no table was
# made from, half of them names, against 3,200 misread ones of scans, and no more than either end of it.
SLOPE, START, LEAST, MOST = 0.4, -0.6, -2.6, 0.8
# The same of what spells a common word otherwise, as half of the unknown words of old spelling do, a quarter of those of
# dialect, and a tenth of the misread ones, short ones mostly: "wyll", "payre".
OTHERWISE, LETTERS = 1.5, 4
OF_ENGINES = -1.0  # "woro" for "were" looks like a word, but nobody who writes or speaks confuses these two
CONFUSED = frozenset("eo")
MARKED = frozenset("'-\N{RIGHT SINGLE QUOTATION MARK}")  # of words whose letters tell nothing: "ha'n't", "half-past"


def evidence(suspect: Suspect) -> float:
    """The log odds that people wrote an unknown word so; 0.0 where it tells nothing: known words, what is short.

    >>> from cleaner.stages.words.suspects import Reading
    >>> vather = Suspect("vather", 1, [Reading("rather", 0.1, 0, 4.0, 0.002)], 0.0, shape=1e-8, blurred=1e-9)
    >>> round(evidence(vather), 2), round(evidence(vather._replace(core="vatber", shape=1e-12)), 2)
    (0.32, -2.6)
    """
    core, readings = suspect.core, suspect.readings
    if suspect.known or not readings or len(core) < 3 or core[1:] != core[1:].lower() or not MARKED.isdisjoint(core):
        return 0.0
    if min(reading.cost for reading in readings) > WEIGHT * TELLS:
        return 0.0
    if suspect.old and len(core) >= LETTERS:
        return OTHERWISE
    told = START + SLOPE * (log(suspect.shape) - log(suspect.blurred))
    if _is_e_for_o(core.lower(), readings[0].word.lower()):
        told = min(told, OF_ENGINES)
    return min(max(told, LEAST), MOST)


def _is_e_for_o(read: str, word: str) -> bool:
    """Whether two words differ in nothing but e and o."""
    pairs = zip(read, word, strict=False)
    return len(read) == len(word) and all(one == other or {one, other} == CONFUSED for one, other in pairs)


def misread_near(tokens: Sequence[str], unknown: Mapping[str, Suspect]) -> Callable[[int], float]:
    """How likely it is that words are misread where the token of a certain number stands, against a place of which nothing is
    known: 1.0 at most. ``unknown`` are the tokens that nobody knows; the token itself does not tell.
    """
    told = {token: evidence(suspect) / suspect.times for token, suspect in unknown.items()}
    shown = [(k, told[token]) for k, token in enumerate(tokens) if told.get(token)]
    places, sums = [k for k, _ in shown], [*accumulate((odds for _, odds in shown), initial=0.0)]

    def misread(at: int) -> float:
        here = sums[bisect_left(places, at + NEAR + 1)] - sums[bisect_left(places, at - NEAR)]
        odds = min(here - told.get(tokens[at], 0.0), 50.0)
        return min((1 + BEFORE) / (1 + BEFORE * exp(odds)), 1.0)

    return misread
