"""The words "I" and "a" read as a sign or a figure: "| told them", "If 1 were", "he had « violin".

A figure is weighed against the word between its neighbours, and by how often the document writes the word, and figures:
what nobody says with "I" is no "I".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner import text as views
from cleaner.language import General
from cleaner.language.bigrams import BOUNDARY, NUMBER
from cleaner.stages.words.gaps import Gap, Reading
from cleaner.wordlists import plain

READ_AS = {"I": "|1[]{}!", "a": "@\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"}
LETTER = r"[^\W\d_]"
WORD = rf"{LETTER}+(?:[{views.APOSTROPHES}]{LETTER}+)?"
OPENING = '("\N{EM DASH}\N{LEFT DOUBLE QUOTATION MARK}'
SIGNS = f"[{re.escape(''.join(READ_AS.values()))}]"
# The signs first, then what is before them: so the pattern takes a tenth of the time.
SIGN = re.compile(rf"{SIGNS}(?<![^\s{OPENING}]{SIGNS})(?=[{views.APOSTROPHES}](?:m|ll|ve|d)\b|[ \n]{LETTER})")
LEFT = re.compile(rf"({WORD})[,;:]?[\s{OPENING}]*\Z")
RIGHT = re.compile(rf"\s({WORD})")
LONGEST = 40  # code points in which the word before is looked for
OTHER_FIGURE = re.compile(r"(?:[02-9]|\d(?=\d))(?<!\S\d)\d*(?=[\s.,;:])")
EDITION = 1000  # words of an ordinary text that the document's own figures, and pronouns, are added to
# The weight of a 1 between two words that a number fits as well as anywhere, of one where it does not, and of any other sign; chosen so that of
# 1.4 million words of clean text none is changed, where a tenth of it does as well.
FIGURE, LEAST, ODD = 3e-4, 1e-4, 1e-3
CONTRACTED = 100.0  # how much better "I" stands before "'m" than anywhere


def pronouns(text: str, general: General) -> Iterator[Gap]:
    """The signs and figures, each at ``start:end``, in code points, that may be words, with what they may be.

    >>> english = __import__("cleaner.language").language.general("en")
    >>> [reading.after for gap in pronouns("and | told them", english) for reading in gap.readings]
    ['|', 'I']
    >>> list(pronouns("no. 1, 2 | 3", english))
    []
    """
    figures, shares = 0.0, dict[str, float]()
    for match in SIGN.finditer(text):
        at, sign = match.start(), match.group()
        before, behind = LEFT.search(text, max(at - LONGEST, 0), at), RIGHT.match(text, at + 1)
        left = plain(before.group(1).lower()) if before else BOUNDARY
        right = plain(behind.group(1)) if behind else ""
        if (left and not general.frequency(left)) or (right and not (right.islower() and general.frequency(right))):
            continue
        if not shares:  # most texts have no such sign
            figures, shares = _habits(text, general)
        real = max(_fits(left, NUMBER, right, general) * FIGURE * figures, LEAST) if sign.isdigit() else ODD
        readings = [
            Reading(
                word, _fits(left, word.lower(), right, general) * shares[word], "words.pronoun", f"{sign} for {word}"
            )
            for word, signs in READ_AS.items()
            if sign in signs
        ]
        yield Gap(at, at + 1, (left, right), [Reading(sign, real), *readings])


def _habits(text: str, general: General) -> tuple[float, dict[str, float]]:
    """How much oftener than others a text writes figures, and each of the words."""
    size = text.count(" ") + text.count("\n") + EDITION
    figures = (len(OTHER_FIGURE.findall(text)) + 1) / size / (general.follows("", NUMBER) or 1.0)
    shares = {
        word: (len(re.findall(rf"{word}(?<!\w{word})(?!\w)", text)) + 1) / size / general.frequency(word)
        for word in READ_AS
    }
    return figures, shares


def _fits(left: str, word: str, right: str, general: General) -> float:
    """How much likelier a word is between two others than anywhere; ``right`` is empty for an apostrophe."""
    better = general.follows(left, word) / (general.frequency(word) or general.follows("", NUMBER))
    if not right:
        return better * (1.0 if word == NUMBER else CONTRACTED)
    return better * general.follows(word, right) / general.frequency(right)
