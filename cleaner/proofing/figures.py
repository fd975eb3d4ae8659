"""Figures in words and letters in numbers: "wor1d", "0f", "i8", "19l8". What would be read instead is said where it is known.

Ordinals, sizes and sums ("3rd", "8vo", "10s"), names of things ("M25", "H2O") and marks of notes behind a word ("party4")
are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from cleaner.proofing.sheet import Finding, Sheet

SITE = re.compile(r"\d(?:(?=[^\W\d_])|(?<=[^\W\d_].))")
BEFORE, REST = re.compile(r"[^\W_]*\Z"), re.compile(r"[^\W_]*")
LONGEST = 30  # code points of a word
WITHIN = re.compile(r"[a-z]\d{1,2}[a-z]")
MISREAD = re.compile(r"\d+[OolI]+\d+|[OolI]\d{3}")  # "19l8", "l918"; "10l" is a sum
THING = re.compile(r"[A-Z]+\d+|\d{2,}[^\W\d_]+")  # "M25", "L12"; "50-year" as German writes it, in one word
LETTERS = {"0": "oO", "1": "lIi", "2": "z", "3": "e", "4": "A", "5": "sS", "6": "b", "7": "T", "8": "sB", "9": "g"}
MOST = 64  # readings of one word that are tried
COMMON = 1e-3  # of a word of two letters: "of", "is", "in"
UNITS = frozenset(
    "s d l lb lbs oz ft in m km cm mm kg g st nd rd th mo vo to am pm p pp h hr min er e o c a b x ns".split()
)


def figures(sheet: Sheet) -> Iterator[Finding]:
    """Each word with figures in it that is no ordinal, size, sum or name of a thing; each number with letters in it.

    >>> from cleaner.language import general
    >>> from cleaner.model import Document
    >>> text = "The wor1d 0f 19l8 on the 3rd: 10s, 8vo, a party4 at M25, xq7zt."
    >>> [(text[f.start:f.end], f.message) for f in figures(Sheet(Document(text), general("en")))]
    [('wor1d', 'figures in a word: world?'), ('0f', 'figures in a word: of?'), ('19l8', 'letters in a number: 1918?'), ('xq7zt', 'figures in a word')]
    """
    text, last = sheet.text, 0
    for site in SITE.finditer(text):
        at = site.start()
        if at < last:
            continue
        before, rest = BEFORE.search(text, max(0, at - LONGEST), at), REST.match(text, at, at + LONGEST)
        assert before is not None
        assert rest is not None
        start, last = before.start(), rest.end()
        word = text[start:last]
        if (message := _fault(word, sheet)) and not sheet.is_address(start, last):
            yield Finding(start, last, "figure", message)


def _fault(word: str, sheet: Sheet) -> str:
    """What is odd about letters and figures side by side; empty where nothing is."""
    if MISREAD.fullmatch(word):
        return f"letters in a number: {word.translate(str.maketrans('OolI', '0011'))}?"
    bare = word.rstrip("0123456789")
    if word.lstrip("0123456789").lower() in UNITS or (len(bare) > 1 and bare.isalpha() and sheet.knows(bare)):
        return ""
    if not THING.fullmatch(word):
        for letters in islice(product(*(LETTERS.get(sign, sign) for sign in word)), MOST):
            reading = "".join(letters)
            if sheet.knows(reading) and (len(word) > 2 or sheet.general.frequency(reading) >= COMMON):
                return f"figures in a word: {reading}?"
    return "figures in a word" if WITHIN.search(word) else ""
