"""Words that stand twice: "in the the field". What language, names, sounds and this text double is left alone.

Only the same word with nothing but blanks between: "no, no" is speech. Three in a row are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.proofing.sheet import Finding, Sheet, plain

_BLANK = r"(?:[^\S\n\r\f]+|[^\S\n\r\f]*(?:\r\n|[\n\r])[^\S\n\r\f]*)"
REPEATED = re.compile(rf"\b([^\W\d_]++)(?:{_BLANK}(\1)\b)+", re.IGNORECASE)
BESIDE = frozenset("'\N{RIGHT SINGLE QUOTATION MARK}-")  # "that that's" is not one word twice
# Good prints double "had" 96 times in 10,000, "that" 24, "very" 45, "no" 148 (a comma between counts too), but "the" .5,
# "of" .8, "is" 4.5, "and" 5: from here on it is grammar or emphasis.
USUAL = 1e-3
HABIT = 0.2  # of all places of a word stand side by side: "tick tick", "haw haw"
COMMON = 1e-3  # "The The" is no name; "Wagga Wagga" and "Sing Sing" are


def doubled(sheet: Sheet) -> Iterator[Finding]:
    """Each doubled word, the second of the two as the place.

    >>> from cleaner.language import general
    >>> from cleaner.model import Document
    >>> text = "She had had to go to the the mill that that man keeps in Wagga Wagga."
    >>> [(text[f.start:f.end], f.start) for f in doubled(Sheet(Document(text), general("en")))]
    [('the', 25)]
    """
    text, general = sheet.text, sheet.general
    found = [match for match in REPEATED.finditer(text) if _is_twice(match)]
    often = Counter(match[1].lower() for match in found)
    for match in found:
        word = match[1].lower()
        share = general.frequency(word)
        if (
            general.doubles(word) >= USUAL
            or (len(word) == 1 and share < COMMON)
            or (match[1][0].isupper() and match[2][0].isupper() and share < COMMON)
            or (share < COMMON and often[word] > 1 and often[word] >= HABIT * sheet.counts[plain(word)])
        ):
            continue
        yield Finding(match.start(2), match.end(2), "doubled", f'"{match[1]} {match[2]}"')


def _is_twice(match: re.Match[str]) -> bool:
    """Whether a word stands just twice, and no hyphen or apostrophe makes another word of either."""
    text, start, end = match.string, match.start(), match.end()
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return len(match.group().split()) == 2 and BESIDE.isdisjoint(beside)
