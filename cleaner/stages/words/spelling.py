"""Spellings that differ and are both right, or a writer's own: old ones, American ones, a printer's slips, dialect."""

from __future__ import annotations

import re

from cleaner.language import VOUCHED, General

DERIVED = 1e-3  # how often an ending makes a word of another that no list holds
# What writers of English have spelled both ways, beyond what engines confuse: "encrease", "connexion",
# "chearful", "publick", "labor", "realise", "waggon", "threatned".
SAME = (
    (re.compile(r"['-]"), ""),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"ye|ie|ey|[iy]"), "i"),
    (re.compile(r"ea|ae|oe|ee"), "e"),
    (re.compile(r"ou|au|eu|oo|ow|aw|ew"), "o"),
    (re.compile(r"ck|[kq]"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[zx]|ct(?=i)|c(?=[ei])"), "s"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"^(?:em|im|en|in)"), "in"),
    (re.compile(r"(?:or|re|er|ar)\b"), "r"),
    (re.compile(r"e(?=[nrd](?:ed|ing)?\b)|e\b|(?<=.)e(?=ment|ful|less|ly\b|able)"), ""),
    (re.compile(r"a(?=n[ct])|e(?=n[ct])|a(?=b[il])|i(?=b[il])"), "e"),
)


VOWELS, CONSONANTS = re.compile(r"[aeiouwyhv]"), re.compile(r"[^aeiou]")


def respelt(one: str, other: str) -> bool:
    """Whether two words may be one in two spellings.

    >>> [respelt(*pair) for pair in (("chearful", "cheerful"), ("encreased", "increased"), ("colour", "color"))]
    [True, True, True]
    >>> respelt("tbe", "the"), respelt("modem", "modern")
    (False, False)
    """
    return _sound(one.lower()) == _sound(other.lower())


def written_by_ear(one: str, other: str) -> bool:
    """Whether two words sound so alike that a writer, or dialect, may have one for the other: but for "e" and "o", which
    engines confuse and nobody else, vowels do not count, nor w, y, h and v.

    >>> written_by_ear("amang", "among"), written_by_ear("subsistance", "subsistence")
    (True, True)
    >>> written_by_ear("autumual", "autumnal"), written_by_ear("tho", "the")
    (False, False)
    """
    one, other = one.lower(), other.lower()
    vowels = zip(CONSONANTS.sub("", one), CONSONANTS.sub("", other), strict=False)
    return VOWELS.sub("", _sound(one)) == VOWELS.sub("", _sound(other)) and {"e", "o"} not in map(set, vowels)


def derived(small: str, general: General) -> float:
    """The share of a word, in lower case, that an ending, or a part before it, makes of a known one: "inconsequently".

    It is rarer than what the lists hold, which would know it.
    """
    endings, starts = general.facts.endings, general.facts.fused
    stems = [small.removesuffix(end) for end in (*endings, "s", "es") if small.endswith(end)]
    stems += [small.removeprefix(start) for start in starts if small.startswith(start)]
    return min(DERIVED * max((general.frequency(stem) for stem in stems if len(stem) > 2), default=0.0), VOUCHED)


def _sound(word: str) -> str:
    for pattern, letters in SAME:
        word = pattern.sub(letters, word)
    return word
