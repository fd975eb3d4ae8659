"""Marks that do not stand together, blanks before them or none behind, and signs that stray into prose.

The style of the text rules: where it puts a blank before a mark one time in four (French prints do before ";:!?"), or
runs two marks together ten times, it means it. Ellipses, decimals and addresses of the net are left alone, and so is the
stop of an abbreviation before a comma ("etc.,").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.proofing.sheet import Finding, Sheet

STYLE = 0.25  # of all places of a mark have a blank before it
FEWEST = 8
USUAL = 10  # times the same run is the text's style: "!," in dialogue without quotes
_CLOSERS = "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK})"
# Each begins with the mark itself, and what stands before it is looked at last: so a search takes half the time.
# ",." and "..", but not "...", and not ".," behind an abbreviation; "!," but not "?!" and "!..."
RUN = re.compile(r"[,;:](?:[,;:!?]|\.(?!\.\.))|\.\.(?!\.)(?<![.\s]..)|[!?](?:[,;:]|\.(?!\.))")
SPACED = re.compile(
    rf"(?:[,;:!?](?=[\s\w{_CLOSERS}]|\Z)|\.(?! ?\.)(?=[\s{_CLOSERS}]|\Z))(?:(?<=[\w{_CLOSERS}] .)|(?<=[\w{_CLOSERS}]  .))"
)
BRACKETED = re.compile(r"[(\[](?= +[^\W_])|[)\]](?<=[^\W_] .)")
JOINED = re.compile(r"[,;](?=[^\W\d_]{2})(?<=[^\W\d_]{2}.)|[.!?](?=[A-Z][a-z])(?<=[a-z]{2}.)")
STRAY = re.compile("[|\N{BROKEN BAR}~^\\\\_\N{BULLET}\N{BLACK SQUARE}](?= [a-z])(?<=[a-z,;] .)")


def punctuation(sheet: Sheet) -> Iterator[Finding]:
    """Each blank before a mark, each lost one behind it, each run of marks that is none, each stray sign.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> text = "He went ,and to the mill , or,. the quay,the lock etc., at 2.30 ... So | he. . . Why?! www.a.com/bb,cc\\n"
    >>> [(text[f.start:f.end], f.message) for f in punctuation(Sheet(Document(text), General("en", {})))]
    [(',', 'a blank before the mark'), (',', 'a blank before the mark'), (',.', 'these marks do not stand together'), (',', 'no blank behind the mark'), ('|', 'no sign of prose')]
    """
    text = sheet.text
    spaced = Counter(match.group() for match in SPACED.finditer(text))
    style = {mark for mark, n in spaced.items() if n >= FEWEST and n >= STYLE * text.count(mark)}
    style.update(sheet.general.facts.spaced)
    often = Counter(match.group() for match in RUN.finditer(text))
    for pattern, message in (
        (SPACED, "a blank before the mark"),
        (RUN, "these marks do not stand together"),
        (BRACKETED, "a blank inside the bracket"),
        (JOINED, "no blank behind the mark"),
        (STRAY, "no sign of prose"),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if pattern is SPACED and match.group() in style:
                continue
            if pattern is RUN and often[match.group()] >= USUAL:
                continue
            if not sheet.is_address(start, end):
                yield Finding(start, end, "mark", message)
