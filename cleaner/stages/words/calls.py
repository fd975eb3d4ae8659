"""The marks behind words that a note in the text has: no dirt, and no part of the word.

``numbers`` reads the marks of notes where pages, or a section of notes, prove them. A text that was cleaned has no pages
any more, and a mark in mid-sentence looks like dirt ("forty-three years* old") or like a letter misread ("respectable3").
That a line begins with the same mark, before a capital, is proof enough that it may be one. A misread letter ("al1") stands
behind what is no word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from cleaner.model import Mark

SIGN = "\\*{1,3}|[\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}]{1,2}"
NOTE = re.compile(
    rf"^[ \t]*(?:(?P<sign>{SIGN})\)? ?|\(?(?P<figure>\d{{1,3}})[.)]? +)(?=[\"'(\[\N{{LEFT DOUBLE QUOTATION MARK}}"
    "\N{LEFT SINGLE QUOTATION MARK}]?[^\\W\\d_a-z])",
    re.MULTILINE,
)
CALL = re.compile(rf"(?<![^\W\d_])(?P<word>[^\W\d_]++)[.,;:!?\"'\N{{RIGHT DOUBLE QUOTATION MARK}}\N{{RIGHT SINGLE QUOTATION MARK}}]*(?P<mark>{SIGN}|\d{{1,3}}\)?)(?![\w*])")  # fmt: skip
MOST = 2  # calls for each note: where a sign stands behind more words it is dirt


def calls(text: str, is_word: Callable[[str], bool]) -> Iterator[Mark]:
    """A ``note`` mark over each mark behind a word that some note of the text has too.

    >>> text = "He was forty years* old, and al1 the years,1 and more.2\\n\\n* It was so.\\n\\n1. Or so.\\n"
    >>> [(mark.start, mark.value["number"]) for mark in calls(text, {"years", "more"}.__contains__)]
    [(18, '*'), (43, '1')]
    """
    labels = Counter(match["sign"] or match["figure"] for match in NOTE.finditer(text))
    if not labels:
        return
    found = [
        (match.span("mark"), label)
        for match in CALL.finditer(text)
        if (label := match["mark"].rstrip(")")) in labels and is_word(match["word"].lower())
    ]
    called = Counter(label for _, label in found)
    for span, label in found:
        if called[label] <= MOST * labels[label]:
            yield Mark(*span, "note", {"number": label})
