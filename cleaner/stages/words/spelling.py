"""Spellings that differ and are both right, or a writer's own: old ones, American ones, a printer's slips, dialect."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.language import VOUCHED, General

SEEN_OFTEN = 1e-5  # the share of all words of a common one
DERIVED = 1e-3  # how often an ending makes a word of another that no list holds
# What writers of English have spelled both ways, beyond what engines confuse: "encrease", "connexion",
# "chearful", "publick", "labor", "realise", "waggon", "threatned", "chymist", "oeconomy", "antient", "perswade",
# "accompt", "chuse", "houshold", "unfrequent".
SAME = (
    (re.compile(r"['-]"), ""),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"ye|ie|ey|[iy]"), "i"),
    (re.compile(r"ea|ae|oe|ee"), "e"),
    (re.compile(r"ou|oa|au|eu|oo|ow|aw|ew"), "o"),
    (re.compile(r"ck|[kq]"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"chem"), "chim"),
    (re.compile(r"[zx]|ct(?=i)|c(?=[ei])|(?<=[aino])t(?=in[tc])"), "s"),
    (re.compile(r"sw(?=a)"), "su"),
    (re.compile(r"mpt"), "nt"),
    (re.compile(r"(?<=ch)u(?=s)"), "o"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"^(?:em|im|en|in|un(?=.{5}))"), "in"),
    (re.compile(r"(?:or|re|er|ar)\b"), "r"),
    (re.compile(r"e(?=[nrd](?:ed|ing)?\b)|e\b|(?<=.)e(?=ment|ful|less|ly\b|able|hold)"), ""),
    (re.compile(r"a(?=n[ct])|e(?=n[ct])|a(?=b[il])|i(?=b[il])"), "e"),
)
# What speakers of English make of each other's words, and writers of novels of that: "mysel", "lookin", "thoucht",
# "tamned", "peyond", "brudder"; and then no vowel counts, nor w, y, h and v.
SPOKEN = (
    (re.compile(r"lf?(?:es)?\b"), "l"),
    (re.compile(r"ing?\b"), "in"),
    (re.compile(r"[cg]h"), ""),
    (re.compile("b"), "p"),
    (re.compile("d"), "t"),
    (re.compile("g"), "c"),
    (re.compile(r"[aeiouwyhv]"), ""),
    (re.compile(r"(.)\1"), r"\1"),
)
CONSONANTS = re.compile(r"[^aeiou]")
SHEW = re.compile(r"(?<=sh|tr)e(?=w)")


# Asked again in every pass over a text: with what was answered kept, two thirds of the passes' time goes.
@lru_cache(maxsize=1 << 14)
def respelt(one: str, other: str) -> bool:
    """Whether two words may be one in two spellings.

    >>> [respelt(*pair) for pair in (("chearful", "cheerful"), ("encreased", "increased"), ("colour", "color"))]
    [True, True, True]
    >>> [respelt(*pair) for pair in (("oeconomy", "economy"), ("antient", "ancient"), ("shew", "show"))]
    [True, True, True]
    >>> respelt("tbe", "the"), respelt("modem", "modern"), respelt("othor", "other")
    (False, False, False)
    """
    one, other = one.lower(), other.lower()
    return _sound(one) == _sound(other) and not _has_e_for_o(one, other)


@lru_cache(maxsize=1 << 14)
def written_by_ear(one: str, other: str) -> bool:
    """Whether two words sound so alike that a writer, or dialect, may have one for the other: vowels do not count (but for
    "e" and "o"), nor w, y, h and v, nor which of b and p, d and t, g and k it is.

    >>> written_by_ear("amang", "among"), written_by_ear("subsistance", "subsistence"), written_by_ear("thoucht", "thought")
    (True, True, True)
    >>> written_by_ear("autumual", "autumnal"), written_by_ear("tho", "the")
    (False, False)
    """
    one, other = one.lower(), other.lower()
    return _sound(one, SPOKEN) == _sound(other, SPOKEN) and not _vowels_have_e_for_o(one, other)


def _has_e_for_o(one: str, other: str) -> bool:
    """Whether two words differ by "e" and "o", which engines confuse and nobody else, but in "shew" and "strew"."""
    one, other = SHEW.sub("o", one), SHEW.sub("o", other)
    return len(one) == len(other) and any({a, b} == {"e", "o"} for a, b in zip(one, other, strict=True))


def _vowels_have_e_for_o(one: str, other: str) -> bool:
    """The same of the vowels alone, one after the other, where any other vowel may stand for them too."""
    vowels = zip(CONSONANTS.sub("", one), CONSONANTS.sub("", other), strict=False)
    return {"e", "o"} in map(set, vowels)


@lru_cache(maxsize=1 << 14)
def derived(small: str, general: General) -> float:
    """The share of a word, in lower case, that an ending, or a part before it, makes of a known one: "inconsequently".

    It is rarer than what the lists hold, which would know it.
    """
    endings, starts = general.facts.endings, general.facts.fused
    stems = [small.removesuffix(end) for end in (*endings, "s", "es") if small.endswith(end)]
    stems += [f"{stem}e" for stem in stems if stem and small[len(stem)] in "aei"]
    stems += [f"{small.removesuffix('ies')}y"] if small.endswith("ies") else []
    stems += [small.removeprefix(start) for start in starts if small.startswith(start)]
    return min(DERIVED * max((general.frequency(stem) for stem in stems if len(stem) > 2), default=0.0), VOUCHED)


@lru_cache(maxsize=4)
def _common_by_sound(general: General) -> dict[str, str]:
    """Common words by what is the same in all their spellings."""
    words = [word for word, share in general.words.items() if share >= SEEN_OFTEN and general.is_word(word)]
    return dict(zip(map(_sound, words), words, strict=True))


def old_form(small: str, general: General) -> str:
    """The common word that an unknown one spells otherwise, as people once did, or who learned it by ear; or nothing.

    >>> from cleaner.language import general
    >>> [old_form(word, general("en")) for word in ("wyll", "payre", "shepe", "tbere", "numbor")]
    ['will', 'pair', 'sheep', '', '']
    """
    word = _common_by_sound(general).get(_sound(small), "")
    return "" if _has_e_for_o(small, word) else word


@lru_cache(maxsize=1 << 14)
def _sound(word: str, more: tuple[tuple[re.Pattern[str], str], ...] = ()) -> str:
    for pattern, letters in (*SAME, *more):
        word = pattern.sub(letters, word)
    return word
