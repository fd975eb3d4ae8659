"""Words that are quoted as words: "the compositor had set 'tbe' for 'the'" says how it was printed.

Who sets a word and what it would be read as side by side, each between quotation marks or marks of italics, means both.
So a change that would make one the other is held. A word that is quoted alone is misread like any other.
"""

from __future__ import annotations

import re

from cleaner import text as views
from cleaner.stages.words.quotes import DOUBLE, PARAGRAPH, SENTENCE_END, SINGLE

HELD = 0.5  # how sure a change is that the sentence itself seems to deny
WHY = "its sentence quotes both"
LOW = "\N{DOUBLE LOW-9 QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
MARKS = re.escape(SINGLE + DOUBLE + LOW + views.ANGLES)
LONGEST = 40  # characters between the marks
CLINGING = ".,;:!?"  # a mark of the sentence that stands within the quotation marks
QUOTED = re.compile(
    rf"(?<!\w)[{MARKS}_*](?P<word>[^\W_](?:[^{MARKS}_*\f]{{0,{LONGEST}}}?[^\W_])?)[{CLINGING}]?[{MARKS}_*](?!\w)"
)
SENTENCE = 400  # characters before and behind a word that are looked at


def denied(text: str, start: int, end: int, after: str) -> bool:
    """Whether ``text[start:end]`` is quoted by itself, and its sentence quotes ``after``, too; offsets are code points.

    >>> set_for = "He set 'tbe' for 'the' here."
    >>> denied(set_for, 8, 11, "the"), denied(set_for, 8, 11, "toe"), denied("He cried 'tbe man' and 'the'.", 10, 13, "the")
    (True, False, False)
    """
    if start == 0 or text[start - 1].isalnum() or text[start - 1].isspace():
        return False
    low, high = max(start - SENTENCE, 0), min(end + SENTENCE, len(text))
    for bound in (PARAGRAPH, SENTENCE_END):
        low = max([low, *(match.end() for match in bound.finditer(text, low, start))])
        high = min([high, *(match.start() + 1 for match in bound.finditer(text, end, high))])
    quoted = [match.span("word") for match in QUOTED.finditer(text, low, high)]
    wanted = after.casefold().split()
    return (start, end) in quoted and any(
        text[first:last].casefold().split() == wanted for first, last in quoted if first != start
    )
