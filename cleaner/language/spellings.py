"""What one language spells in two ways, each right: "colour" and "color", "recognise" and "recognize", "grey" and "gray".

For each way there is one form that both have in common. Not here: what parts noun and verb ("practise"), what means
two things ("cheque", "metre" and "meter"), and what two spellings tell apart ("filled" and "filed").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import combining, normalize

_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|misdemean|neighb|od|parl|ranc|rig|"
    "rum|sav|splend|succ|trem|tum|val|vap|vig"
)
_RE = "cent|theat|fib|somb|lust|spect|meag|sab|calib|sepulch|mit|reconnoit|och|manoeuv|lit|goit"
# (what a word must hold, a pattern, what stands for it): what British and American print, and those of different
# years, write differently (Oxford English Dictionary). No other word may come of it: "four" is no "for".
_ENGLISH = (
    ("our", rf"^(.*?(?:{_OUR}))our", r"\1or"),
    ("re", rf"^(.*?(?:{_RE}))re(s|d|)$", r"\1er\2"),
    ("is", r"^([^\W\d_]{3,})is(e|es|ed|er|ers|ing|able|ation|ations)$", r"\1iz\2"),
    ("lys", r"^(ana|para|cata|electro)lys(e|es|ed|er|ing)$", r"\1lyz\2"),
    ("ll", r"^([^\W\d_]*[aeiou][^\W\d_]*[^\Waeiou\d_][aeiou])ll(ed|ing|er|ers|or|ors|ous)$", r"\1l\2"),
    ("logue", r"^(cata|dia|mono|pro|epi|ana)logue(s|d|)$", r"\1log\2"),
    ("ence", r"^(def|off|pret)ence", r"\1ense"),
    ("ae", r"^(encyclop|an|medi|h|prim|p)ae(?=d|sthe|val|mo)", r"\1e"),
    ("noeuv", r"^manoeuv", "maneuv"),
    ("gement", r"^(jud|acknowled|abrid|lod|fled)gement", r"\1gment"),
    ("xion", r"^(conne|refle|infle|defle)xion", r"\1ction"),
    ("grey", r"^grey", "gray"),
    ("waggon", r"^waggon", "wagon"),
    ("spatch", r"^despatch", "dispatch"),
    ("enquir", r"^enquir", "inquir"),
    ("intrust", r"^intrust", "entrust"),
    ("shew", r"^shew(s|n|ed|ing|)$", r"show\1"),
    ("gaol", r"^gaol", "jail"),
    ("plough", r"^plough", "plow"),
    ("sceptic", r"^sceptic", "skeptic"),
    ("mould", r"^(s|)mould", r"\1mold"),
    ("programme", r"^programme(s|)$", r"program\1"),
    ("jewell", r"^jewellery", "jewelry"),
    ("pyjama", r"^pyjama", "pajama"),
    ("plane", r"^aeroplane", "airplane"),
    ("cosy", r"^cosy$", "cozy"),
    ("wards", r"^(to|after)wards$", r"\1ward"),  # "upward" and "upwards" are two words
    ("sk", r"^([^\W\d_]{3,}sk)(?:ii|ij|iy|i)$", r"\1y"),  # Trotskii, Trotsky
)
# The accents of English words are optional ("role"); those of other languages part words.
SPELLINGS: Mapping[str, tuple[tuple[str, re.Pattern[str], str], ...]] = {
    "en": tuple((hint, re.compile(pattern), form) for hint, pattern, form in _ENGLISH)
}
LIGATURES = str.maketrans({"\N{LATIN SMALL LETTER AE}": "ae", "\N{LATIN SMALL LIGATURE OE}": "oe"})


@lru_cache(maxsize=1 << 16)
def shared(word: str, code: str) -> str:
    """The form that a word, in lower case, shares with its other spellings in a language: mostly the word itself.

    >>> [shared(word, "en") for word in ("colours", "recognised", "travelled", "medi\N{LATIN SMALL LETTER AE}val", "r\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}le")]
    ['colors', 'recognized', 'traveled', 'medieval', 'role']
    >>> [shared(word, "en") for word in ("four", "filled", "colors")], shared("m\N{LATIN SMALL LETTER U WITH DIAERESIS}ssen", "de")
    (['four', 'filled', 'colors'], 'm\N{LATIN SMALL LETTER U WITH DIAERESIS}ssen')
    """
    if code not in SPELLINGS:
        return word
    if not word.isascii():
        word = "".join(sign for sign in normalize("NFD", word.translate(LIGATURES)) if not combining(sign))
    for hint, pattern, form in SPELLINGS[code]:
        if hint in word:
            word = pattern.sub(form, word)
    return word
