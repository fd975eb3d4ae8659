"""What words of a text may be misread, and what they may have been: suspects and their readings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import LETTER, RARE, General, Lexicon, Vocabulary, channel
from cleaner.stages.words.spelling import derived, written_by_ear
from cleaner.wordlists import plain

LEAST = 5e-7  # the share of all words of what a misread word may have been
WEIGHT = 0.8  # of a cost: presses and papers differ more than the scans that the channel was learned from
LONGEST = 30
LETTERS = re.compile(r"[^\W\d_]")
ROMAN = re.compile(r"(?=[ivxlcdm])m{0,4}(?:c[md]|d?c{0,4})(?:x[cl]|l?x{0,4})(?:i[xv]|v?i{0,4})\Z")
WRITERS = 3e-5  # of a word, so many are spelled in one certain other way that sounds alike
LONG_S = "\N{LATIN SMALL LETTER LONG S}"
# A word that is one may be one of the commonest, if that is so many times as frequent.
COMMON, RARER = 1e-3, 20


class Reading(NamedTuple):
    """A known word that may stand behind a token, and the expected number of times that it is misread so at noise 1."""

    word: str
    expected: float
    cost: float


class Suspect(NamedTuple):
    """A word, how often it stands there, its readings, and the expected number of words that are really so.

    ``known`` tells that it is a word, if a rare one; then this many are expected of it in any text of that length.
    """

    core: str
    times: int
    readings: Sequence[Reading]
    real: float
    known: bool = False

    @property
    def by_ear(self) -> bool:
        """Whether it sounds like the likeliest of its readings."""
        return bool(self.readings) and written_by_ear(self.core, self.readings[0].word)


def is_strange(core: str, lexicon: Lexicon) -> bool:
    """Whether a core is worth a look: mostly letters, and no word that anybody knows."""
    if not 1 < len(core) <= LONGEST or (core.isupper() and len(core) < 5):
        return False
    if not core.isalpha() and len(LETTERS.findall(core)) < 0.6 * len(core):
        return False
    small = plain(core.lower())
    if is_known(small, lexicon) or ROMAN.match(small) or "@" in core or "//" in core or LONG_S in core:
        return False
    parts = re.split(r"[^\w'\N{REPLACEMENT CHARACTER}]+", small)
    return len(parts) == 1 or not all(not part or part.isdigit() or is_known(part, lexicon) for part in parts)


def is_clipped(token: str, core: str) -> bool:
    """Whether an apostrophe stands for what a word leaves out: "nothin'", "peacefu'"; one in quotation marks is whole."""
    start = token.index(core)
    return token[start + len(core) :][:1] in {*views.APOSTROPHES} and not token[:start]


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


def suspects_of(
    types: Mapping[str, tuple[int, Sequence[tuple[float, str]]]], lexicon: Lexicon, size: int
) -> dict[str, Suspect]:
    """The readings of each unknown word; what has none tells how many words here are simply unknown."""
    found = {}
    for core, (_, priced) in types.items():
        weighed = (Reading(word, expected(size, word, cost, lexicon), cost) for cost, word in priced)
        found[core] = sorted(weighed, key=lambda reading: -reading.expected)
    alone = Counter(core[0].isupper() for core, readings in found.items() if not readings)
    suspects = {}
    for core, readings in found.items():
        real = size * lexicon.language.frequency(core) + (alone[core[0].isupper()] + 1) * LETTER ** len(core)
        real += WRITERS * sum(
            reading.expected * exp(WEIGHT * reading.cost) for reading in readings if written_by_ear(core, reading.word)
        )
        real += size * derived(core.lower(), lexicon.language)
        suspects[core] = Suspect(core, types[core][0], readings, real)
    return suspects


def expected(size: int, word: str, cost: float, lexicon: Lexicon) -> float:
    """How often a word is misread in one way in a text of so many words, at noise 1."""
    return size * lexicon.probability(word) * exp(-WEIGHT * cost)


@lru_cache(maxsize=4)
def lookalikes(general: General) -> Mapping[str, list[tuple[float, str]]]:
    """Rarer words that a very common one is often misread as: by them, the costs and the common ones."""
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


@lru_cache(maxsize=4)
def vocabulary(general: General) -> Vocabulary:
    """The words that a misread one may have been: those of the dictionary that are not too rare."""
    return Vocabulary(
        {word: share for word, share in general.words.items() if share >= LEAST and general.is_word(word)}
    )
