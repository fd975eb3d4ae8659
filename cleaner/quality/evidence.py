"""What one token says of how well a text was read: how much oftener a misread token is like it than a right one.

Engines leave traces that print has not: figures and signs inside of words, single letters, short pieces, letters in an
order that no word has. And what is read rightly is mostly a word that everybody knows. Each token is asked once, by
itself, in a text of any size. That a common word stands there for another one ("arid" for "and") is not seen by this; it
is as frequent as the rest of a text is bad, which ``mixture`` takes into account.

Nothing here calls a word wrong: names, dialect and old spellings are words that no list holds, and how many of them a
text has is asked of the text (``mixture``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import RARE, General
from cleaner.language.frequencies import UNCOUNTED
from cleaner.wordlists import NOTHING, WordList, plain

# Of the tokens that are not as they were printed, and of those that are, so many are of each sort. Rounded from newspapers
# and books of 1700 to 1930 with known truth: between a bad newspaper and a good book, misread tokens are made alike.
SIGNS = 0.04 / 0.0005  # nothing but signs: "^*", "'."
LETTER = 0.05 / 0.001  # one letter alone, but for "a", "I", "O", and "J." or "d."
MIXED = 0.09 / 0.0005  # figures and signs inside of words, capitals behind small letters: "tb|s", "m0uth", "thE"
FIGURE = 0.04 / 0.02  # numbers and abbreviations, which nothing vouches for
UNKNOWN, CAPITAL = 0.30, 0.10  # words that no list holds: of misread tokens; of right ones ``mixture`` tells
# Of all that is wrong with a token, so much is not in its letters (a mark, a capital, a word too many), or makes a word
# that is as common as others.
WORD = 0.35
# A misread token is one certain word of two, three or four letters so often, whatever the word: so rare ones are likelier
# misread ("ot", "hut", "lias"). Of longer ones there are too many.
CHANCE = {2: 1.5e-4, 3: 5e-5, 4: 5e-6}
MOST = 30.0  # a rare word is never better evidence than a token that is none
LEAST = 1e-9  # the share of a word that no list counted
# How a word that no list holds looks tells less than it seems: its letters do not vary on their own.
TRUST = 0.5
LONG = 4  # letters: of longer words none comes by chance
LONGEST = 60  # characters of a token that are looked at
MOST_KEPT = 1 << 16  # tokens whose evidence is kept
DIGITS = 2  # of odds that are told apart

LIGATURES = str.maketrans(
    {
        "\N{LATIN SMALL LIGATURE FF}": "ff",
        "\N{LATIN SMALL LIGATURE FI}": "fi",
        "\N{LATIN SMALL LIGATURE FL}": "fl",
        "\N{LATIN SMALL LIGATURE FFI}": "ffi",
        "\N{LATIN SMALL LIGATURE FFL}": "ffl",
        "\N{LATIN SMALL LETTER LONG S}": "s",
    }
)
DASHES = "-\N{HYPHEN}\N{EN DASH}\N{EM DASH}"
_SIGN = re.compile(
    rf"[{DASHES}&=+*\N{{DAGGER}}\N{{DOUBLE DAGGER}}\N{{SECTION SIGN}}\N{{HORIZONTAL ELLIPSIS}}]+|\.{{3,}}"
)
_PART = re.compile(
    rf"[^\w\N{{REPLACEMENT CHARACTER}}]*[{DASHES}{views.APOSTROPHES}/]+[^\w\N{{REPLACEMENT CHARACTER}}]*"
)
# "1,204", "21st", "12mo"; "4A"
_FIGURE = re.compile(
    r"(?:\d[\d.,:]*)?[\d\u00bc-\u00be\u2150-\u215e](?:st|nd|rd|th|d|s|l|f|c|p|mo|vo|to|er|e)?|\d+[A-Za-z]"
)
_POINTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")  # "N.S.W", "i.e", "Ph.D"
_MONEY = "\N{POUND SIGN}$\N{EURO SIGN}"
# What nobody prints beside a word: dirt, a stop before it, two stops behind.
_DIRT = frozenset("^~|\\{}<>=#@\N{BULLET}\N{BLACK SQUARE}\N{DEGREE SIGN}\N{COPYRIGHT SIGN}\N{REGISTERED SIGN}")
_BEFORE = frozenset(".,;:!?-")
_TWICE = re.compile(r"[,;:][,;:.]")
_WORDS = frozenset("aiAIO")
_CLIPPED = frozenset(("&", *views.APOSTROPHES))


class Evidence(NamedTuple):
    """``odds``: how many times oftener misread tokens are like this one than right ones.

    Of a word that no list holds, against a word of the text's own: ``own`` is then ``small`` or ``capital``.
    """

    odds: float
    own: str = ""


PLAIN = Evidence(WORD)
PLAIN_ENDS = ".,;:!?"


class _Numbers(dict[str, int]):
    """By tokens the numbers of what they say, each worked out once. Every token of a text is looked up here: a number is
    counted in two thirds of the time of what it stands for.
    """

    def __init__(self, work_out: Callable[[str], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, token: str) -> int:
        if len(token) > LONGEST:
            return self._work_out(token[:LONGEST])
        if len(self) >= MOST_KEPT:
            self.clear()
        number = self[token] = self._work_out(token)
        return number


class Judge:
    """Knows a language and what a person handed over, and what each token says; each is asked once."""

    def __init__(self, general: General, given: WordList = NOTHING) -> None:
        self.general = general
        self._given = given
        self._kinds: dict[Evidence, int] = {}
        self._numbers = _Numbers(lambda token: self._kinds.setdefault(self.evidence(token), len(self._kinds)))

    def __bool__(self) -> bool:
        """Whether anything is known of the language at all."""
        return len(self.general) > 0

    def seen(self, tokens: Iterable[str]) -> dict[Evidence, int]:
        """What the tokens of a text say, and how often.

        >>> Judge(General("en", {"harbour": 1e-4})).seen(["harbour", "harbour,", "h^rbour"])
        {Evidence(odds=0.35, own=''): 2, Evidence(odds=180.0, own=''): 1}
        """
        counts = Counter(map(self._numbers.__getitem__, tokens))
        kinds = [*self._kinds]
        return {kinds[number]: count for number, count in counts.items()}

    def evidence(self, token: str) -> Evidence:
        """What a token, which holds no blank, says.

        >>> judge = Judge(General("en", {"the": 0.05, "mill": 1e-4, "ot": 1e-5}))
        >>> [judge.evidence(token).odds > 1 for token in ("the", "mill,", "ot", "m1ll", "mill,,", "^")]
        [False, False, True, True, True, True]
        >>> judge.evidence("Osgodby").own, judge.evidence("tbe").own, judge.evidence("the").own
        ('capital', 'small', '')
        """
        core = token[:-1] if token[-1] in PLAIN_ENDS else token
        if len(core) > LONG and core.isalpha() and core.islower() and self.general.vouches(core):
            return PLAIN  # most are, which needs no closer look
        token = token if token.isascii() else token.translate(LIGATURES)
        core = token.strip(views.PUNCTUATION)
        if core.isalpha() and len(core) > 1 and _is_cased(core) and self._knows(core):
            return self._word(token, core)
        if not any(map(str.isalnum, core)):
            return Evidence(FIGURE if _SIGN.fullmatch(token) else SIGNS)
        if len(core) == 1 and core.isalpha():
            return _letter(token, core)
        parts = [part for part in _PART.split(core.strip(_MONEY)) if part]
        words = [part for part in parts if not (part.isdecimal() or _FIGURE.fullmatch(part))]
        if not words or _POINTED.fullmatch(core):
            return Evidence(FIGURE)
        if not all(word.isalpha() and _is_cased(word) for word in words):
            return Evidence(MIXED)
        unknown = [word for word in words if len(word) > 1 and not self._knows(word)]
        return self._strange(max(unknown, key=len)) if unknown else PLAIN

    def _knows(self, word: str) -> bool:
        small, general = plain(word.lower()), self.general
        listed = general.vouches(small) or general.frequency(small) >= RARE or small in self._given
        return listed or general.name(small) > UNCOUNTED

    def _word(self, token: str, word: str) -> Evidence:
        signs = len(token) - len(word)
        if signs and not (_DIRT.isdisjoint(token) and token[0] not in _BEFORE):
            return Evidence(MIXED)
        if signs > 1 and _TWICE.search(token):
            return Evidence(MIXED)
        chance = CHANCE.get(len(word))
        if not chance:
            return PLAIN
        small = word.lower()
        usual = (self.general.printed(small) + self.general.frequency(small)) / 2
        return Evidence(_rounded(min(WORD + chance / max(usual, LEAST), MOST)))

    def _strange(self, word: str) -> Evidence:
        shapes = self.general.shapes
        looks = (shapes.blurred(word) / shapes.probability(word)) ** TRUST
        if word[0].isupper() and not self.general.facts.capital_nouns:
            return Evidence(_rounded(CAPITAL * looks), "capital")
        return Evidence(_rounded(UNKNOWN * looks), "small")


def _letter(token: str, letter: str) -> Evidence:
    """One letter alone: a word, an initial or an abbreviation ("J.", "d.", "&c"), or what is left of something."""
    if letter in _WORDS:
        return PLAIN
    behind = token[token.index(letter) + 1 :][:1]
    return Evidence(FIGURE if token[0] in _CLIPPED or behind == "." or behind in _CLIPPED else LETTER)


def _rounded(odds: float) -> float:
    """Odds that hardly differ are one, so that a long text has not much more to weigh than a short one."""
    return float(f"{odds:.{DIGITS}g}")


def _is_cased(word: str) -> bool:
    """Whether the capitals of a word are where a language has them; also "McLean"."""
    return word.islower() or word.isupper() or word[1:].islower() or (word.startswith("Mc") and word[3:].islower())


@lru_cache(maxsize=8)
def judge(general: General, given: WordList = NOTHING) -> Judge:
    """The judge of a language, kept: in one text after another the same words return."""
    return Judge(general, given)
