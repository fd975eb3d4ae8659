"""What a word most likely was between its neighbours, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cleaner import text as views
from cleaner.language import RARE, VOUCHED, General, Lexicon
from cleaner.language.bigrams import BOUNDARY, NUMBER
from cleaner.language.confusions import UNREAD
from cleaner.language.noisy import capitalised
from cleaner.stages.words.dialect import evidence
from cleaner.stages.words.originals import vocabulary
from cleaner.stages.words.places import Opening, Place
from cleaner.stages.words.segmenting import FUNCTION, open_compound
from cleaner.stages.words.suspects import COMMON, Cause, Reading, Suspect, is_known
from cleaner.stages.words.weighing import Chances

# Neighbours speak for a reading by so much at most, a bound since rare pairs were hardly counted,
CONTEXT = 100
# against it by its square, as pairs that never come ("the they") are known better; and that a pair was not counted by half
# of that, beside a word of which no pair was: other texts have other pairs,
ABSENT = 0.5
OF_NAMES = 3  # and so little for what is a name: any other would fit as well
# The odds in context that a word which is one, and is not rare, is another (with 100, 4 % more are mended in bad newspapers
# and a tenth more broken),
SURE = 1_000
# that a rare one is ("Whet it" is not "What it"; with any odds that make it likely 1 % more are mended),
OF_RARE = 100
# and where words that are none have proven that the print is read so, or the same word in other places: a guess between
# that and 9.
OF_HABIT, PROVEN = 30, 2
# The odds of a capital where a sentence begins, of a word that has none elsewhere (stops are misread too), and where one may
# begin; and within one, as so many times those of the word in the whole text.
OPENS, WITHIN = {Opening.SENTENCE: 10.0, Opening.UNKNOWN: 1.0}, 0.1
CERTAIN = 0.99  # nothing is surer; a rare word that is so sure to be right is not worth a line of ``explain``
LIKELY = 0.5  # what is no likelier is not even proposed: too many of them, and most are wrong
TORN = 0.85  # no surer is what may be torn, or what something beside it speaks against
NAMED = 0.5  # how often a word is a name that is mostly one
PIECE = 4  # letters of the beginning of a word that was cut
SIGN = "U+FFFD beside it may be a quotation mark that was lost"
MARKS = (BOUNDARY, NUMBER)
FIGURES = "0123456789"
DOUBTFUL = FIGURES + views.ANGLES


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
    at: int, suspect: Suspect, chances: Chances, place: Place, lexicon: Lexicon, proven: Mapping[str, int]
) -> Verdict:
    """What a word most likely was in its place; ``proven`` is how often it surely was which word in other places."""
    small, general = suspect.core.lower(), lexicon.language
    left, right, (before, behind), opening, noisy, doubt = place
    # An unknown word was not counted behind its neighbour either: a tenth more is mended in bad newspapers. But any name may
    # stand anywhere.
    real = (chances.real + chances.rubbish) * (
        general.unlisted(before) if suspect.core.islower() and not suspect.known else 1.0
    )
    # Beside a name, too, any name may stand.
    most = OF_NAMES if suspect.known and suspect.core[:1].isupper() and general.name(small) else CONTEXT
    absent = 1.0 if suspect.known else ABSENT
    weights = [
        weight * case * min(_fits(before, reading.word, behind, general, absent), most)
        for weight, case, reading in zip(
            chances.readings, _cases(opening, suspect.readings), suspect.readings, strict=True
        )
    ]
    best = max(weights)
    reading = suspect.readings[weights.index(best)]
    clear = noisy and not doubt
    if suspect.known:
        real *= _fits(before, suspect.core, behind, general)
        habit = proven.get(reading.word.lower(), 0) >= PROVEN
        least = OF_HABIT if reading.cause is Cause.LONG_S else SURE
        if lexicon.usual(small) < RARE:
            least = min(least, OF_RARE) if general.vouches(small) else 0
        clear = noisy and (habit or not doubt) and best >= least * real
    if reading.cause is Cause.BLANK:
        named = (
            suspect.core.istitle() and opening is not Opening.SENTENCE and general.name(left) > NAMED
        )  # "Mr. Hisgrove"
        clear = clear and not named and not open_compound(reading.word, general)
    # what the scan tore off may stand, or have stood, beside the word
    torn = reading.word.lower().endswith(small) or _piece(left) or _piece(right)
    # a figure beside a word may be the mark of a note, or a number of its own, that lost its blank
    torn = torn or (small.strip(DOUBTFUL) == reading.word.lower() != small)
    # or the sign in it was no letter: an apostrophe, a dash, a quotation mark
    torn = torn or (UNREAD in small and _signless(small, reading.word, general))
    torn = (
        torn or _is_a_name(suspect, reading.word, left, general) or _drops_a_word(suspect.core, reading.word, general)
    )
    total = real + sum(weights)
    confidence = round(min(best / total, TORN if torn or not clear else 0.99), 2)
    others = [
        (other.word, weight / total)
        for weight, other in zip(weights, suspect.readings, strict=True)
        if other is not reading
    ]
    wholes = () if suspect.known else ((left, small), (small, right))
    # behind an apostrophe anything is part of a word: "king'scouneil"
    cut = next((a + b for a, b in wholes if a.isalpha() and is_known(a + b, lexicon)), "")
    cut = cut or ("" if suspect.known else _damaged(left, small, general))
    lost = _loses_a_sign(small, reading.word)
    if cut or lost or confidence <= LIKELY:
        others.append((reading.word, best / total))
        why = f"it may be a piece of {cut}" if cut else SIGN if lost else _why_left(suspect, likelier=best > real)
        stands = min(round(real / total, 2), CERTAIN)
        return Verdict(at, suspect.core, stands, f"{suspect.core}: {why}", others, stays=True)
    return Verdict(at, reading.word, confidence, _why(suspect, reading), others, cause=reading.cause)


def _loses_a_sign(small: str, word: str) -> bool:
    """Whether a reading takes U+FFFD at a word's end for nothing: most likely it was a quotation mark.

    >>> unread = "\N{REPLACEMENT CHARACTER}"
    >>> _loses_a_sign(f"again{unread}", "again"), _loses_a_sign(f"agai{unread}", "again")
    (True, False)
    """
    return UNREAD in (small[0], small[-1]) and small.strip(UNREAD) == word.lower()


def _signless(small: str, word: str, general: General) -> bool:
    """Whether what stands about U+FFFD are common words, or all of the reading: then that may be a sign.

    >>> from cleaner.language import general
    >>> unread = "\N{REPLACEMENT CHARACTER}"
    >>> [_signless(small.replace("?", unread), word, general("en")) for small, word in (("day?or", "dayton"), ("wo?an", "woman"))]
    [True, False]
    """
    beside = small.strip(UNREAD).split(UNREAD)
    return small.replace(UNREAD, "") == word.lower() or all(
        general.frequency(part) >= COMMON and (len(beside) == 1 or len(part) > 1) for part in beside
    )


def _why(suspect: Suspect, reading: Reading) -> str:
    what = f"{'a rare' if suspect.known else 'no known'} word"
    if reading.cause is Cause.BLANK:
        return f"{what}, {reading.word} are two"
    if reading.right:
        what = f"{what}; {reading.word}: {reading.right} x in this text"
    return f"{what}; long s is read as f" if reading.cause is Cause.LONG_S else what


def _why_left(suspect: Suspect, *, likelier: bool) -> str:
    if likelier:
        return "no reading is likely enough"
    return "no reading is likelier than a rare word" if suspect.known else "no reading is likelier than a name"


def _is_a_name(suspect: Suspect, word: str, left: str, general: General) -> bool:
    """Whether a word behind a name, or a title, is likely a name that nobody knows, and no other name misread: "Gerald Gorman";
    of such changes in newspapers three in four are right.
    """
    names = (left, word.lower())
    return suspect.core.istitle() and all(general.name(name) > NAMED for name in names) and evidence(suspect) > 0


def _drops_a_word(core: str, word: str, general: General) -> bool:
    """Whether a reading is one of two words that stand as one, and takes the other, a mere function word, for dirt.

    >>> from cleaner.language import general
    >>> [_drops_a_word(*pair, general("en")) for pair in (("ofmarmalade", "marmalade"), ("tthe", "the"))]
    [True, False]
    """
    other = core.lower().removesuffix(word.lower())
    return 1 < len(other) < len(core) and general.frequency(other) >= FUNCTION


def _piece(neighbour: str) -> bool:
    """Whether a neighbour is a letter by itself, which may be one of the word."""
    return len(neighbour) == 1 and neighbour.isalpha() and neighbour not in "aio"


@lru_cache(maxsize=1 << 12)
def _damaged(left: str, read: str, general: General) -> str:
    """The known word that a reading ends, if one letter of it is wrong: "mentt" behind "govern"; or nothing.

    >>> english = __import__("cleaner.language").language.general("en")
    >>> _damaged("govern", "mentt", english), _damaged("the", "mentt", english)
    ('government', '')
    """
    if len(left) < PIECE:
        return ""
    whole = left + read
    words = vocabulary(general).near([whole])
    return next(
        (word for word in sorted(words) if word.startswith(left) and Levenshtein.distance(word, whole) == 1), ""
    )


# The same words stand beside the same readings from pass to pass, and the common ones in text after text.
@lru_cache(maxsize=1 << 15)
def _fits(left: str, word: str, right: str, general: General, absent: float = 1.0) -> float:
    """How much better a word stands between its neighbours than anywhere, at most ``CONTEXT`` times; or two words.

    That it was not counted before the next one says as much, to the power of ``absent``, and at most ``CONTEXT`` twice so.
    """
    small = word.lower()
    first, _, last = small.partition(" ") if " " in small else (small, "", small)
    after = _before(last, right, general)
    better = _behind(left, first, general) * (after if after >= 1 else after**absent)
    least: float = CONTEXT ** (-2 * absent)
    most = OF_NAMES if word[:1].isupper() and general.name(first) else CONTEXT
    return min(max(better, least), most)


def _cases(opening: Opening, readings: Sequence[Reading]) -> list[float]:
    """How much likelier each reading is written with its capital, or without, in its place than anywhere."""
    printed = {reading.word: reading.printed for reading in readings}
    cases = []
    for word, here, *_ in readings:
        small, raised = word.lower(), word[:1].isupper()
        capital = capitalised(small)
        other = printed.get(small if raised else capital, 0.0)
        if not here or not other or word not in (small, capital) or capital.isupper():  # "A" is in capitals too
            cases.append(1.0)
            continue
        odds = here / other if raised else other / here  # of a capital, anywhere
        there = odds * WITHIN if opening is Opening.NOTHING else odds + OPENS[opening]
        cases.append(there / (1 + there) * (1 + odds) / odds if raised else (1 + odds) / (1 + there))
    return cases


@lru_cache(maxsize=1 << 15)
def _behind(left: str, word: str, general: General) -> float:
    """How many times likelier a word is behind another one than anywhere; 1.0 where nobody knows the other."""
    known = left in general or left in MARKS
    return general.follows(left, word) / max(general.frequency(word), VOUCHED) if known else 1.0


@lru_cache(maxsize=1 << 15)
def _before(word: str, right: str, general: General) -> float:
    """The same before another one."""
    usual = general.printed(right) if right in MARKS else general.frequency(right)
    return general.follows(word, right) / usual if usual else 1.0
