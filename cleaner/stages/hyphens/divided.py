"""Words that a line end divides otherwise than they are written: German until 1996 ("Brük-ke", "Schiff-fahrt").

There ck became k-k between two vowels, and of three like consonants, written as two before a vowel, all three came back.
A hyphen between k and k may part a compound as well ("Musik-kneipe") or a foreign word ("Ak-kord"), so the word lists
and the document speak first. Three like consonants are what the new spelling writes: without a word that says so, they stay.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.language import Lexicon
from cleaner.policy import FLOOR
from cleaner.stages.hyphens.sites import Site

VOWELS = frozenset("aeiouyäöü")
# Neither spelling is known. Of the rarest words of the German list with kk or ck between vowels, cut where the first half is
# no word, 1,264 of 1,328 have ck; the others are foreign, many of them names, and of names some are in no list. A first half
# that is a word may be that of a compound whose second half nobody knows.
UNKNOWN = 0.93
UNKNOWN_COMPOUND = 0.6
# Both are known: what the letters say as they stand is ten times likelier than its share of the words tells ("Bekker").
AS_IT_STANDS = 10


class Division(NamedTuple):
    """``letter`` stands for the last one of the first half, with a probability; ``other`` is that of the word as divided."""

    letter: str
    share: float
    other: float
    why: str


def division(site: Site, lexicon: Lexicon) -> Division | None:
    """How the halves are written where the line end divided them otherwise; None where they meet as they stand.

    >>> from collections import Counter
    >>> from cleaner.language import General
    >>> lexicon = Lexicon(General("de", {"brücke": 4e-5, "akkord": 1e-6}), Counter())
    >>> division(Site(0, 2, "Brük", "ke", "-", False), lexicon)
    Division(letter='c', share=1.0, other=0.0, why='k-k is ck at a line end: Brücke is a known word, Brükke is none')
    >>> division(Site(0, 2, "Ak", "kord", "-", False), lexicon)
    """
    left, right = site.left.rsplit("-", 1)[-1], site.right.split("-", 1)[0]
    letter = _letter(left, right, lexicon)
    if letter is None:
        return None
    written, divided = left[:-1] + letter + right, left + right
    shares = _shares(written, divided, lexicon)
    if shares:
        share = shares[0] / sum(shares)
        if share < FLOOR:
            return None
        known = "in the document" if lexicon.counted(written) else "a known word"
        against = "is none" if not shares[1] else "too"
        why = f"{written} is {known}, {divided} {against}"
    elif not letter or all(map(lexicon.language.is_word, (left.lower(), right.lower()))):
        return None
    else:
        compound = lexicon.language.is_word(left.lower())
        share, why = (UNKNOWN_COMPOUND if compound else UNKNOWN), f"neither {written} nor {divided} is known"
    why = f"k-k is ck at a line end: {why}" if letter else f"one of three like consonants is written: {why}"
    return Division(letter, share, 1 - share, why)


def _letter(left: str, right: str, lexicon: Lexicon) -> str | None:
    """What the last letter of the first half may be in the undivided word, empty where it is not written."""
    facts, end, start = lexicon.facts, left[-2:].lower(), right[:2].lower()
    if min(len(end), len(start)) < 2 or start[1] not in VOWELS:
        return None
    as_written = facts.divided.get(end[1] + start[0])
    if as_written and end[0] in VOWELS:
        return as_written.upper() if left[-1].isupper() else as_written
    return "" if facts.thins and end[0] == end[1] == start[0] and end[0] not in VOWELS else None


def _shares(written: str, divided: str, lexicon: Lexicon) -> tuple[float, float] | None:
    """How often each is written: in the document, or else in the language; None where both are unknown."""
    own = lexicon.counted(written), lexicon.counted(divided)
    if any(own):
        return own
    general = lexicon.known(written), AS_IT_STANDS * lexicon.known(divided)
    return general if any(general) else None
