"""Faults of single characters: controls, line separators, line ends, letters apart from their accents.

Looked for twice, with the same functions: by ``encoding`` before anything else reads the text, and by ``seal`` in what
the stages made of it. Every edit is one run of one fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from cleaner.edits import from_function
from cleaner.model import Edit

# C0 and C1 controls without tab, line ends and form feed; a zero-width no-break space is a byte order mark gone astray.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]+")
# Mandatory line breaks of Unicode (UAX 14) that are no line end in a text file.
SEPARATOR = re.compile("[\x0b\x85\u2028\u2029]")
RETURN = re.compile("\r\n?")
FAULTY = re.compile(f"{CONTROL.pattern[:-2]}{SEPARATOR.pattern[1:-1]}\r]")
# ASCII composes with nothing before it: what NFC does to the whole, it does to each of these.
NORMAL_PIECE = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
# Vowels and finals of Hangul: beside marks, all that composes with what stands before it.
HANGUL = ("\u1160", "\u11ff")
# More marks on one letter than any script stacks.
MANY_MARKS = 30


def faults(text: str, family: str) -> Iterator[Edit]:
    """Edits for all faults; rules are ``family.control``, ``family.separator``, ``family.newline``, ``family.nfc``.

    >>> [edit[:4] for edit in faults("a\\r\\nb\\x00", "seal")]
    [(4, 5, '\\x00', ''), (1, 2, '\\r', '')]
    >>> list(faults("a\\tb\\x0c\\n", "seal"))
    []
    """
    if FAULTY.search(text):
        yield from _single(text, family)
    yield from composed(text, f"{family}.nfc")


def _single(text: str, family: str) -> Iterator[Edit]:
    # A byte order mark at the very start is no stray one: ``encoding.bom`` takes it.
    for match in CONTROL.finditer(text, 1 if text.startswith("\ufeff") else 0):
        names = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(match.group()))
        yield Edit(match.start(), match.end(), match.group(), "", f"{family}.control", 0.95, names)
    for match in SEPARATOR.finditer(text):
        why = f"U+{ord(match.group()):04X}"
        yield Edit(match.start(), match.end(), match.group(), "\n", f"{family}.separator", 0.94, why)
    for match in RETURN.finditer(text):
        after = "" if match.end() - match.start() > 1 else "\n"
        yield Edit(match.start(), match.start() + 1, "\r", after, f"{family}.newline", 1.0, "line end")


def composed(text: str, rule: str) -> Iterator[Edit]:
    """One edit for each run that Unicode NFC changes."""
    if unicodedata.is_normalized("NFC", text):
        return
    yield from from_function(text, _letters(text), _composed, rule=rule, confidence=1.0, why="composed (NFC)")


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Spans of letters with all their marks, in pieces that NFC changes: a piece can be as long as a line."""
    for match in NORMAL_PIECE.finditer(text):
        piece, start = match.group(), match.start()
        if unicodedata.is_normalized("NFC", piece):
            continue
        first = 0
        for k, char in enumerate(piece):
            if k > first and begins_letter(char):
                yield start + first, start + k
                first = k
        yield start + first, match.end()


def begins_letter(char: str) -> bool:
    """Whether a character composes with nothing before it, as marks and the vowels and tails of Hangul do."""
    return unicodedata.category(char)[0] != "M" and not HANGUL[0] <= char <= HANGUL[1]


def _composed(letter: str) -> str:
    """NFC of a letter with its marks. CPython sorts the marks by insertion (90 s for 100,000 of them): here it is done."""
    if len(letter) > MANY_MARKS:
        runs = groupby(letter, key=lambda char: unicodedata.combining(char) > 0)
        letter = "".join(
            char for marks, run in runs for char in (sorted(run, key=unicodedata.combining) if marks else run)
        )
    return unicodedata.normalize("NFC", letter)
