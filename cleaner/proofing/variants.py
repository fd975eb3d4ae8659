"""One word in two spellings (colour, color; gray, grey; Caesar, Cæsar) or with two hyphenations (to-day, today).

Only a word that one text writes both ways is reported, where it stands as it stands less often. What differs by its
ending only is not one word in two spellings; words that mean different things with and without a hyphen, or that noun
and verb part (practice, practise), are none either. Where the text has no habit (both ways often) the first place of the
rarer way stands for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

from cleaner.proofing.sheet import POSSESSIVES, Finding, Sheet, plain
from cleaner.text import words

MOST = 5  # places of one spelling that are listed; from there on the first stands for all
SHORTEST = 4  # letters of a word in two spellings
# Apart they are other words: "re-cover a chair", "re-sign a paper".
OTHERS = frozenset(
    "re-cover re-sign re-sort re-lease re-form re-creation re-collect re-present re-mark re-serve re-store re-sound re-pair "
    "re-turn re-count re-tire re-act re-dress re-sent re-search re-strain re-treat re-prove co-op un-ionized".split()
)
# What British and American print, and British print of different years, write differently: (pattern, what stands for it).
# Only letters of the same word, so that no other word comes of it: "four" is no "for".
_OUR = "arb ard arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab misdemean neighb od parl ranc rig rum sav splend succ trem tum val vap vig"
_RE = "cent theat fib somb lust spect meag sab calib sepulch mit reconnoit och manoeuv lit goit"
SPELLINGS = tuple(
    (hint, re.compile(pattern), form)
    for hint, pattern, form in (  # what the word must hold for a pattern to be tried
        ("our", rf"^(.*?(?:{_OUR.replace(' ', '|')}))our", r"\1or"),
        ("re", rf"^(.*?(?:{_RE.replace(' ', '|')}))re(s|d|)$", r"\1er\2"),
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
)
LIGATURES = str.maketrans({"\N{LATIN SMALL LETTER AE}": "ae", "\N{LATIN SMALL LIGATURE OE}": "oe"})


def variants(sheet: Sheet) -> Iterator[Finding]:
    """Each place of a word that the text mostly writes otherwise.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> text = "Colour, colour, colors; color. To-day and today and to-day. Four for Cæsar, Caesar, Caesar; filled, filed."
    >>> found = variants(Sheet(Document(text), General("en", {})))
    >>> [(f.kind, text[f.start:f.end], f.message) for f in found]
    [('spelling', 'color', '1 x color, 2 x colour'), ('hyphen', 'today', '1 x today, 2 x to-day'), ('spelling', 'Cæsar', '1 x cæsar, 2 x caesar')]
    """
    rarer = dict(_rarer(sheet))
    forms = {*rarer, *(word + ending for word in rarer for ending in POSSESSIVES)}
    listed: dict[str, int] = {}
    for match in words(sheet.text) if rarer else ():
        if (word := match.group().lower()) not in forms:
            continue
        word = plain(word)
        kind, usual = rarer[word]
        own, other = sheet.counts[word], sheet.counts[usual]
        listed[word] = listed.get(word, 0) + 1
        if own <= MOST or listed[word] == 1:
            first = "" if own <= MOST else ", here first"
            yield Finding(match.start(), match.start() + len(word), kind, f"{own} x {word}{first}, {other} x {usual}")


def _rarer(sheet: Sheet) -> Iterator[tuple[str, tuple[str, str]]]:
    """(word, (kind, how the text mostly writes it)) of all words that it writes in two ways."""
    counts = sheet.counts
    alike: dict[str, list[str]] = {}
    for word in counts:
        if "-" in word:
            solid = word.replace("-", "")
            if solid in counts and word not in OTHERS and not _is_stammer(word):
                yield _pair("hyphen", word, solid, counts)
        elif len(word) >= SHORTEST and (key := spelling(word)):
            alike.setdefault(key, []).append(word)
    for key, forms in alike.items():
        ways = sorted({*forms, key} & counts.keys(), key=lambda word: (-counts[word], word))
        for word in ways[1:]:
            yield word, ("spelling", ways[0])


def _pair(kind: str, one: str, other: str, counts: dict[str, int]) -> tuple[str, tuple[str, str]]:
    rare, usual = (one, other) if counts[one] <= counts[other] else (other, one)
    return rare, (kind, usual)


def _is_stammer(word: str) -> bool:
    """Whether letters are drawn out or spelled: "b-but", "I-I", "m-a-t"."""
    parts = word.split("-")
    return min(map(len, parts)) == 1 or any(second.startswith(first) for first, second in pairwise(parts))


@lru_cache(maxsize=1 << 16)
def spelling(word: str) -> str:
    """The form that a word, in lower case, has in common with its other spellings; empty where it is that form itself.

    >>> [spelling(word) for word in ("colours", "recognised", "travelled", "mediaeval", "four", "filled", "colors")]
    ['colors', 'recognized', 'traveled', 'medieval', '', '', '']
    """
    form = word
    if not form.isascii():
        form = "".join(sign for sign in normalize("NFD", form.translate(LIGATURES)) if not combining(sign))
    for hint, pattern, other in SPELLINGS:
        if hint in form:
            form = pattern.sub(other, form)
    return form if form != word else ""
