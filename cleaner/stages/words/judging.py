"""What a word most likely was between its neighbours, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.language import RARE, VOUCHED, General, Lexicon
from cleaner.stages.words.segmenting import open_compound
from cleaner.stages.words.suspects import Cause, Reading, Suspect, is_known
from cleaner.stages.words.weighing import Chances

# What is no word, and was printed there all the same, also fits its neighbours: three times better than anywhere is a
# cautious guess. With 1 a fifteenth more is mended in bad newspapers, and a little more of it wrong.
FITS = 3
# Neighbours speak for or against a reading by so much at most, a bound since rare pairs were hardly counted,
CONTEXT = 100
OF_NAMES = 3  # and so little for one with a capital: any other name would fit as well
# The odds in context that a word which is one, and is not rare, is another (with 100, 4 % more are mended in bad newspapers
# and a tenth more broken),
SURE = 1_000
OF_HABIT = 30  # and where words that are none have proven that the print is read so: a guess between that and 9
CERTAIN = 0.99  # nothing is surer; a rare word that is so sure to be right is not worth a line of ``explain``
LIKELY = 0.5  # what is less likely is not even proposed: too many of them, and most are wrong
TORN = 0.85  # no surer is what may be torn, or what something beside it speaks against


class Verdict(NamedTuple):
    """What the token of a certain number most likely was, how sure that is, why, and what else it may have been.

    ``stays``: no reading is likely enough, and ``confidence`` is the probability that the word is right as it stands.
    """

    at: int
    word: str
    confidence: float
    why: str
    others: Sequence[tuple[str, float]] = ()
    stays: bool = False
    cause: Cause = Cause.NOISE


def judged(
    at: int, suspect: Suspect, chances: Chances, beside: tuple[str, str], lexicon: Lexicon, *, clear: bool
) -> Verdict:
    """What a word most likely was between its neighbours; ``clear`` if nothing about it says that it be left alone."""
    small, general = suspect.core.lower(), lexicon.language
    left, right = beside
    real = chances.real + FITS * chances.rubbish
    weighed = [
        (weight * _fits(left, reading.word, right, general), reading)
        for weight, reading in zip(chances.readings, suspect.readings, strict=True)
    ]
    best, reading = max(weighed, key=lambda pair: pair[0])
    if suspect.known:
        real *= _fits(left, suspect.core, right, general)
        least = OF_HABIT if reading.cause is Cause.LONG_S else SURE
        clear = clear and (best >= least * real or lexicon.usual(small) < RARE)
    if reading.cause is Cause.BLANK:
        clear = clear and not open_compound(reading.word, general)
    # what the scan tore off may stand, or have stood, beside the word
    torn = reading.word.lower().endswith(small) or _piece(left) or _piece(right)
    total = real + sum(weight for weight, _ in weighed)
    confidence = round(min(best / total, TORN if torn or not clear else 0.99), 2)
    others = [(other.word, weight / total) for weight, other in weighed if other is not reading]
    wholes = () if suspect.known else ((left, small), (small, right))
    # behind an apostrophe anything is part of a word: "king'scouneil"
    cut = next((a + b for a, b in wholes if a.isalpha() and is_known(a + b, lexicon)), "")
    if cut or confidence < LIKELY:
        others.append((reading.word, best / total))
        why = f"it may be a piece of {cut}" if cut else _why_left(suspect, likelier=best > real)
        stands = min(round(real / total, 2), CERTAIN)
        return Verdict(at, suspect.core, stands, f"{suspect.core}: {why}", others, stays=True)
    return Verdict(at, reading.word, confidence, _why(suspect, reading), others, cause=reading.cause)


def _why(suspect: Suspect, reading: Reading) -> str:
    what = f"{suspect.core} is {'a rare' if suspect.known else 'no known'} word"
    if reading.cause is Cause.BLANK:
        return f"{what}, {reading.word} are two"
    seen = f"{reading.word}: {reading.right} x in this text"
    return f"{what}; {seen}; long s is read as f" if reading.cause is Cause.LONG_S else f"{what}; {seen}"


def _why_left(suspect: Suspect, *, likelier: bool) -> str:
    if likelier:
        return "no reading is likely enough"
    return "no reading is likelier than a rare word" if suspect.known else "no reading is likelier than a name"


def _piece(neighbour: str) -> bool:
    """Whether a neighbour is a letter by itself, which may be one of the word."""
    return len(neighbour) == 1 and neighbour.isalpha() and neighbour not in "aio"


def _fits(left: str, word: str, right: str, general: General) -> float:
    """How much better a word stands between its neighbours than anywhere, from 1 / ``CONTEXT`` to ``CONTEXT``; or two words."""
    most = OF_NAMES if word[:1].isupper() else CONTEXT
    first, _, last = word.lower().partition(" ")
    last = last or first
    better = general.follows(left, first) / max(general.frequency(first), VOUCHED) if left in general else 1.0
    if right in general:
        better *= general.follows(last, right) / general.frequency(right)
    return min(max(better, 1 / CONTEXT), most)
