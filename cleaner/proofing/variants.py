"""One word in two spellings (colour, color; gray, grey; Caesar, Cæsar) or with two hyphenations (to-day, today).

Only a word that one text writes both ways is reported, where it stands as it stands less often. What differs by its
ending only is not one word in two spellings; words that mean different things with and without a hyphen, or that noun
and verb part (practice, practise), are none either. Where the text has no habit (both ways often) the first place of the
rarer way stands for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.language.spellings import shared
from cleaner.proofing.sheet import POSSESSIVES, Finding, Sheet, plain
from cleaner.text import words

MOST = 5  # places of one spelling that are listed; from there on the first stands for all
SHORTEST = 4  # letters of a word in two spellings
# Apart they are other words: "re-cover a chair", "re-sign a paper".
OTHERS = re.compile(
    r"re-(?:act|collect|count|cover|creat|dress|form|lease|mark|pair|present|prove|search|sent|serve|sign|sort|sound|store|"
    r"strain|tire|treat|turn)|co-op\b|un-ioni"
)


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
        if (form := match.group().lower()) not in forms:
            continue
        word = plain(form)
        start, end = match.start(), match.end() - len(form) + len(word)
        kind, usual = rarer[word]
        own, other = sheet.counts[word], sheet.counts[usual]
        listed[word] = listed.get(word, 0) + 1
        if own <= MOST or listed[word] == 1:
            first = "" if own <= MOST else ", here first"
            yield Finding(start, end, kind, f"{own} x {word}{first}, {other} x {usual}")


def _rarer(sheet: Sheet) -> Iterator[tuple[str, tuple[str, str]]]:
    """(word, (kind, how the text mostly writes it)) of all words that it writes in two ways."""
    counts, code = sheet.counts, sheet.general.code
    alike: dict[str, list[str]] = {}
    for word in counts:
        if "-" in word:
            solid = word.replace("-", "")
            if solid in counts and not OTHERS.match(word) and not _is_stammer(word):
                yield _pair("hyphen", word, solid, counts)
        elif len(word) >= SHORTEST and (key := shared(word, code)) != word:
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
