"""Letters of the wrong case: "sO", "eXCept", "OUt". Small letters and capitals of one shape differ in height alone.

Hardly anybody writes so but in names, formulas and programs; therefore the word must be one that the language knows and that
the document itself writes in small letters, over and over. Or it is a longer one of good prints, begins with a small letter
and is neither a name nor made of two words ("claSped", not "iPhone", "callBack", "MacKay"): where there are several such
words the print is read so; one or two are held, since somebody may mean them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.language import General
from cleaner.model import Edit
from cleaner.rulebook import Rule

SLIP = "words.case"
SHAPES = "CKOPSUVWXZ"  # capitals that have the shape of their small letters
SEEN = re.compile(rf"[A-Z](?:(?<=[a-z][{SHAPES}])|(?=[{SHAPES}]+[a-z]))")
WORD = re.compile(r"[A-Za-z]+")
KNOWN = 1e-5  # as frequent in the language
PRINTED, LONG = 1e-7, 5  # or this share of good prints, of a word of as many letters: that is no "iPod", no "kPa"
SYLLABLE = 3  # letters; less than that may be put before any word: "unPack"
A_NAME = 0.1  # what is as often a name has its capital from there: "DeWitt", "unChristian"
OFTENER = 5  # times as often the document writes the word in small letters, and so many times at least
CONFIDENCE = 0.95
SEVERAL, HELD = 3, 0.8  # so many different words prove that the print is read so; fewer are only proposed
CODE_BEFORE, CODE_BEHIND = (
    frozenset("@#./_\\$&%"),
    frozenset("@/_(=<>\\"),
)  # signs that programs and addresses put beside words

RULES: tuple[Rule, ...] = (
    Rule(
        id=SLIP,
        why="a capital of the same shape as the small letter",
        examples=(
            (
                "It was so, and so it was, so they said, and so it stayed; so it was sO.\n",
                "It was so, and so it was, so they said, and so it stayed; so it was so.\n",
            ),
            (
                "They were diSpersed, with claSped hands, and sOmetimes wept.\n",
                "They were dispersed, with clasped hands, and sometimes wept.\n",
            ),
        ),
        keep=(
            "The pH of it was low, and pHs differ.\n",
            "McCoy and VanWyck met OSs there.\n",
            "The iPhone, a callBack.\n",
        ),
    ),
)


def slips(text: str, general: General) -> Iterator[Edit]:
    """One edit for each word with a capital that can be none, in the order of the text."""
    wrong = [(start, word) for start, word in _seen(text) if _is_wrong(word)]
    if not wrong:
        return
    smalls = {word.lower() for _, word in wrong}
    counts = Counter(filter(smalls.__contains__, WORD.findall(text)))
    odd = Counter(word.lower() for _, word in wrong)
    printed = {word for start, word in wrong if odd[word.lower()] == 1 and _is_printed(text, start, word, general)}
    for start, word in wrong:
        small = word.lower()
        known = general.frequency(small) >= KNOWN and counts[small] >= OFTENER * odd[small]
        if known or word in printed:
            confidence = CONFIDENCE if known or len(printed) >= SEVERAL else HELD
            yield Edit(start, start + len(word), word, _mended(word), SLIP, confidence, RULES[0].why)


def _is_printed(text: str, start: int, word: str, general: General) -> bool:
    """Whether good prints have a word, in small letters, no capital in it is likely that of a name or of a second word, and
    nothing beside it is of a program or an address.
    """
    small, end = word.lower(), start + len(word)
    if len(word) < LONG or word[0] != small[0] or general.printed(small) < PRINTED or general.name(small) >= A_NAME:
        return False
    dotted = text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()
    if dotted or text[max(start - 1, 0) : start] in CODE_BEFORE or text[end : end + 1] in CODE_BEHIND:
        return False
    for at in range(1, len(word) - 1):
        left, right = small[:at], small[at:]
        if word[at].isupper() and general.vouches(right) and _may_stand_before(left, right, general):
            return False
    return True


def _may_stand_before(left: str, right: str, general: General) -> bool:
    return len(left) < SYLLABLE or general.vouches(left) or general.name(right) >= A_NAME


def _mended(word: str) -> str:
    return word[0] + word[1:].lower()


def _is_wrong(word: str) -> bool:
    """Whether all that is wrong with a word are capitals that have the shape of their small letters."""
    wrong = {letter for letter, right in zip(word, _mended(word), strict=True) if letter != right}
    return bool(wrong) and wrong <= set(SHAPES)


def _seen(text: str) -> Iterator[tuple[int, str]]:
    """The words that have such a capital, each once, and where they begin."""
    end = 0
    for seen in SEEN.finditer(text):
        at = seen.start()
        if at < end:
            continue
        while at > end and text[at - 1].isascii() and text[at - 1].isalpha():
            at -= 1
        word = WORD.match(text, at)
        assert word
        end = word.end()
        yield at, word[0]
