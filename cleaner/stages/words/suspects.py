"""What words of a text may be misread, and what they may have been: suspects and their readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from math import exp, prod
from operator import attrgetter
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import RARE, General, Lexicon, channel
from cleaner.language.bigrams import BOUNDARY
from cleaner.language.confusions import UNREAD
from cleaner.stages.words.segmenting import parted
from cleaner.stages.words.spelling import derived, old_form, respelt, written_by_ear
from cleaner.wordlists import plain

LEAST = 1e-7  # the share of all words of what a misread word may have been
WEIGHT = 0.8  # of a cost: presses and papers differ more than the scans that the channel was learned from
PART = 1e-6  # the share of what is a word in compounds, in no dictionary by itself; "lifo" has a twentieth of it
TIE = "-"  # ties the halves of a compound
SEEN = 5  # times that a word is seen weigh like what is known in general of its capital
LONGEST = 30
LETTERS = re.compile(r"[^\W\d_]")
OF_CLAN = re.compile("[DMO]'[A-Z]")  # "M'William", "O'Dowd": anything may follow
PARTS = re.compile(rf"(?!\A\\)[^\w'{UNREAD}{views.ANGLES}]+")
# U+FFFD beside a mark: a sign that was lost, mostly a quotation mark, and no letter of the word.
LOST_SIGN = re.compile(rf"[^\w'{UNREAD}-]{UNREAD}|{UNREAD}[^\w'{UNREAD}-]")
ROMAN = re.compile(r"(?=[ivxlcdm])m{0,4}(?:c[md]|d?c{0,4})(?:x[cl]|l?x{0,4})(?:i[xv]|v?i{0,4})\Z")
SPELLED = 0.5  # "wi" has 0.85, "tiie" 0.2
VARIANTS = 0.03  # of a word, so many are spelled in one other way that was right elsewhere or once: "chearful", "labor"
QUOTES = frozenset(views.APOSTROPHES + "\N{LEFT SINGLE QUOTATION MARK}")
LONG_S = "\N{LATIN SMALL LETTER LONG S}"
# A word that is one may be a common one, if that is so many times as frequent (with 1e-3 a hundredth less is mended).
COMMON, RARER = 1e-4, 20


class Cause(Enum):
    """Why a word stands there otherwise: the scan is bad, the print has a long s, a blank is missing."""

    NOISE = "words.misread"
    LONG_S = "words.long-s"
    BLANK = "words.fused"


class Reading(NamedTuple):
    """A known word that may stand behind a token: how often it should be printed in the text, how often it stands there
    rightly read, what it costs to misread it so, and how often that should happen where its cause is always there.
    """

    word: str
    printed: float
    right: int
    cost: float
    expected: float
    cause: Cause = Cause.NOISE


class Suspect(NamedTuple):
    """A word, how often it stands there, its readings, and the expected number of words that are really so.

    ``known`` tells that it is a word, if a rare one; then this many are expected of it in any text of that length.
    ``alike`` is how often the text should print what sounds like it, ``shape`` its share among all words that no list
    holds, by its letters, ``blurred`` the same with one misread; ``old`` tells that it is a common word in another spelling.
    """

    core: str
    times: int
    readings: Sequence[Reading]
    real: float
    alike: float = 0.0
    shape: float = 0.0
    blurred: float = 0.0
    known: bool = False
    old: bool = False

    @property
    def spelled(self) -> float:
        """How much likelier its letters are those of a word than of one misread, at most 1.0: "thae", not "tiie"."""
        return min(self.shape / self.blurred, 1.0) if self.blurred else 1.0

    @property
    def by_ear(self) -> bool:
        """Whether it sounds like the likeliest of its readings."""
        return bool(self.readings) and written_by_ear(self.core, self.readings[0].word)

    @property
    def spoken(self) -> bool:
        """Whether it tells of how people speak: it sounds like what it may be, and is spelled as words are."""
        return self.spelled > SPELLED and self.by_ear


def is_strange(core: str, lexicon: Lexicon) -> bool:
    """Whether a core is worth a look: mostly letters, and no word that anybody knows."""
    if not 1 < len(core) <= LONGEST or (core.isupper() and len(core) < 5):
        return False
    if not core.isalpha() and len(LETTERS.findall(core)) < 0.6 * len(core):
        return False
    small = plain(core.lower())
    if (
        is_known(small, lexicon)
        or OF_CLAN.match(plain(core))
        or ROMAN.match(small)
        or "@" in core
        or "//" in core
        or LONG_S in core
        or LOST_SIGN.search(small)
    ):
        return False
    parts = PARTS.split(small)
    return len(parts) == 1 or not all(not part or part.isdigit() or is_part(part, lexicon) for part in parts)


def is_clipped(token: str, core: str) -> bool:
    """Whether an apostrophe stands for what a word leaves out: "nothin'", "peacefu'"; one in quotation marks is whole."""
    start = token.index(core)
    quoted = not QUOTES.isdisjoint(token[:start])
    return token[start + len(core) :][:1] in {*views.APOSTROPHES} and not quoted


def is_known(small: str, lexicon: Lexicon) -> bool:
    """Whether anybody knows a word, in lower case; also as a possessive, or in an old past ("pronounc'd")."""
    general = lexicon.language
    if general.vouches(small) or general.frequency(small) >= RARE or small in lexicon.given:
        return True
    stem, mark, ending = small.partition("'")
    forms = (stem, f"{stem}ed", f"{stem}d") if ending == "d" else (stem,)
    return (
        bool(mark) and len(stem) > 1 and any(general.vouches(form) or general.frequency(form) >= RARE for form in forms)
    )


def is_part(small: str, lexicon: Lexicon) -> bool:
    """Whether anybody knows a word, in lower case, as a part of others: "socio-economic"."""
    return is_known(small, lexicon) or lexicon.language.frequency(small) >= PART


class Capitals(NamedTuple):
    """How a text uses capitals: its words as they are written, with their counts, and the share of words that begin with
    one though they are no names.
    """

    cores: Mapping[str, int]
    share: float

    @classmethod
    def of(cls, cores: Mapping[str, int], general: General) -> Capitals:
        plain = [core for core in cores if _is_plain(core, general)]
        both = sum([cores[core] for core in plain])
        capital = sum([cores[core] for core in plain if core[0].isupper()])
        return cls(cores, (capital + 1) / (both + 10))

    def raised(self, small: str, general: General) -> float:
        """How often a word, in lower case, begins with a capital: as in this text, and as it is a name in general."""
        name = general.name(small)
        average = general.opens(BOUNDARY)
        opens = general.opens(small) * min(self.share / average, 1) if average else 0.0
        # Titles have more capitals than sentences begin.
        others = max(self.share - average, 0) / (1 - average)
        usual = name + (1 - name) * (opens + (1 - opens) * others)
        with_capital, without = self.cores.get(small.capitalize(), 0), self.cores.get(small, 0)
        return (with_capital + SEEN * usual) / (with_capital + without + SEEN)


@lru_cache(maxsize=1 << 15)
def _is_plain(core: str, general: General) -> bool:
    """Whether a core is a word that is never a name, with a capital or without."""
    small = core.lower()
    cased = core[:1].islower() or core[:1].isupper()
    return cased and core.isalpha() and not core.isupper() and small in general and not general.name(small)


def suspects_of(
    types: Mapping[str, tuple[int, Sequence[tuple[float, str]]]], lexicon: Lexicon, size: int, capitals: Capitals
) -> dict[str, Suspect]:
    """The readings of each unknown word, likeliest first, and what speaks for its being a word of its own."""
    suspects, general = {}, lexicon.language
    printed = cache(lambda word: printed_of(word, size, lexicon, capitals))  # many may be the same common words
    for core, (count, priced) in types.items():
        readings = sorted(readings_of(priced, lexicon, printed), key=_expected, reverse=True)
        real = size * (general.frequency(core) + derived(core.lower(), general))
        variants = {reading.word for reading in readings if respelt(core, reading.word)}
        if variants:
            real += VARIANTS * sum(reading.printed for reading in readings if reading.word in variants)
            readings = [reading for reading in readings if reading.word not in variants]
        alike = sum([reading.printed for reading in readings if written_by_ear(core, reading.word)])
        pair = parted(core, general)
        if pair:
            readings.append(Reading(pair[1], size * pair[0], 0, 0.0, size * pair[0], Cause.BLANK))
        shape, blurred = _look(core, general)
        old = bool(old_form(core.lower(), general))
        suspects[core] = Suspect(core, count, readings, real, alike, shape, blurred, old=old)
    return suspects


_expected = attrgetter("expected")


@lru_cache(maxsize=1 << 13)
def _look(core: str, general: General) -> tuple[float, float]:
    return general.shapes.probability(core), general.shapes.blurred(core)


def readings_of(
    priced: Sequence[tuple[float, str]], lexicon: Lexicon, printed_of: Callable[[str], float]
) -> list[Reading]:
    """What a word may be, from (cost, word), where ``printed_of`` tells how often the text should print it."""
    readings, counts = [], lexicon.counts
    for cost, word in priced:
        printed, weighty = printed_of(word), WEIGHT * cost
        readings.append(Reading(word, printed, counts.get(word.lower(), 0), weighty, printed * exp(-weighty)))
    return readings


def printed_of(word: str, size: int, lexicon: Lexicon, capitals: Capitals) -> float:
    """How often a word should be printed like this in a text of so many words."""
    share = lexicon.probability(word)
    if TIE in word:
        share = max(share, prod(map(lexicon.probability, word.split(TIE))))
    printed = size * share
    if word.isupper():
        return printed
    raised = capitals.raised(word.lower(), lexicon.language)
    return printed * (raised if word[:1].isupper() else 1 - raised)


@lru_cache(maxsize=4)
def lookalikes(general: General) -> Mapping[str, list[tuple[float, str]]]:
    """Rarer words that a common one is often misread as: by them, the costs and the common ones."""
    alike: dict[str, list[tuple[float, str]]] = {}
    noisy = channel(general.code)
    common = [word for word, share in general.words.items() if share >= COMMON and len(word) > 1 and word.isalpha()]
    for form in (str.lower, str.capitalize):
        for word in map(form, common):
            for read in noisy.misreadings(word):
                small = read.lower()
                share = general.frequency(small)
                rare = share * RARER <= general.frequency(word)
                if rare and share and read.isalpha() and (general.vouches(small) or share >= RARE):
                    alike.setdefault(read, []).append((noisy.cost(read, word), word))
    return alike
