"""May this regular expression be let loose on a text? It must match something, and must not run for ever.

A pattern with repeats inside of repeats tries ways of matching that double with each character. Nobody sees that from
the pattern in every case, so it is tried: on single characters repeated, on its own examples, a character more each
time, and on what they match, cut anywhere, the end repeated and spoiled. Such texts grow, and what takes long on thirty
characters would take for ever on a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

# What matches nothing at a word, a blank or a line end shows it here.
PROBE = "a Word, 18.\n\nab"
LIMIT = 0.05  # seconds for a few dozen characters, which take microseconds
SIZES = range(9, 34, 3)  # repeats: each step takes eight times as long where each character doubles the ways
LONGEST_REPEATED = 3
LONGEST_TRIED = 200  # characters of an example
SPOILED = "\0"
ANY = "aA1 .\n"  # what a class of characters takes, beside the characters of the pattern itself

FOR_EVER = "a repeat stands in a repeat, as in (a+)+ or (\\w+\\s*)+: say what parts the pieces, or write (?>...) or ++"
NOTHING = "write + for * where at least one is meant, or name a character"
SIGNS = "put a backslash before a sign that is meant as it stands: \\( \\[ \\. \\* \\? \\+"


def problems(name: str, pattern: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a pattern as it is written, and what would be right.

    >>> list(problems("match", "(?:a+ )b")), [what for what, _ in problems("match", "x*")]
    ([], ["match 'x*' also matches nothing at all; it would fire everywhere"])
    """
    try:
        made = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        at = getattr(error, "pos", None)
        what = f"{name} {pattern!r} is not a regular expression: {error}"
        yield what, SIGNS if at is None else f"look at character {at + 1}; {SIGNS}"
        return
    if any(found.start() == found.end() for text in ("", PROBE) for found in made.finditer(text)):
        yield f"{name} {pattern!r} also matches nothing at all; it would fire everywhere", NOTHING


def slow_on(pattern: str, texts: Iterable[str], *, whole: bool = False) -> str:
    """A short text on which a pattern takes longer than ``LIMIT``; empty where none was found.

    ``texts`` are examples of what it matches and does not, ``whole`` where it is to match lines as a whole.

    >>> slow_on("(?:a+ )+b", ["aa aa b"])
    ''
    >>> slow_on("(a+)+b", ["aab"])[:9]
    'aaaaaaaaa'
    """
    made = re.compile(pattern)
    run = made.fullmatch if whole else made.search
    return next((text for text in _tried(made, texts) if _slow(run, text)), "")


def _tried(made: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    for unit in sorted({*made.pattern, *ANY}):
        yield from (unit * times + SPOILED for times in SIZES)
    for text in texts:
        for end in range(1, min(len(text), LONGEST_TRIED) + 1):
            yield text[:end]
        if len(text) > LONGEST_TRIED:
            continue
        for match in made.finditer(text):
            for end in range(match.start() + 1, match.end() + 1):
                for size in range(1, min(LONGEST_REPEATED, end - match.start()) + 1):
                    for times in SIZES:
                        yield text[match.start() : end] + text[end - size : end] * times + SPOILED


def _slow(run: Callable[[str], object], text: str) -> bool:
    """Whether it takes too long, twice: a busy machine is slow once."""
    for _ in range(2):
        start = perf_counter()
        run(text)
        if perf_counter() - start < LIMIT:
            return False
    return True
