"""The long s of old prints, which engines read as f: "fome" for some, "fame" for same.

It is a habit of a document or none: where many words with f are no words and would be with s, the print has the long s,
and so many of its letters are read so that any f but the last letter of a word may be one. What the word is then, its
neighbours tell ("the fame man"); elsewhere an f is an f.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from cleaner.language import Lexicon, with_s
from cleaner.stages.words.suspects import Capitals, Cause, Reading, printed_of

ONE = 1  # is added to what was counted, either way


def share(cores: Mapping[str, int], lexicon: Lexicon) -> float:
    """How many long s are read as f in a text of these words, with their counts: 0.0 where it has none.

    Counted are words that only one of the two makes a word: "fome" against "house".
    """
    if not lexicon.has_long_s:
        return 0.0
    known = lexicon.language
    read_f = read_s = 0
    for core, count in cores.items():
        small = core.lower()
        if "f" in small[:-1] and not known.is_word(small) and any(map(known.is_word, with_s(small))):
            read_f += count
        elif "s" in small[:-1] and known.is_word(small) and not known.is_word(_with_f(small)):
            read_s += count
    return (read_f + ONE) / (read_f + read_s + 2 * ONE)


def readings(core: str, read_f: float, size: int, lexicon: Lexicon, capitals: Capitals) -> list[Reading]:
    """The words that a core with f may be with s, where this share of them is read as f."""
    small = core.lower()
    if not read_f or "f" not in small[:-1] or core[1:] != small[1:] or core[0] == "F":
        return []
    found = []
    for form in with_s(small):
        if form[-1] == small[-1] and lexicon.language.is_word(form):
            word = form.capitalize() if core[0].isupper() else form
            times = sum(one != other for one, other in zip(form, small, strict=True))
            printed, right = printed_of(word, size, lexicon, capitals), lexicon.counts.get(form, 0)
            found.append(Reading(word, printed, right, -times * log(read_f), printed * read_f**times, Cause.LONG_S))
    return found


def _with_f(small: str) -> str:
    return small[:-1].replace("s", "f") + small[-1]
