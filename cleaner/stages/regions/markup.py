"""What engines that write Markdown set apart by signs: tables of pipes, headings, quotations, code, what stands before a text.

Dirt looks like these signs too: the rule beside a column is read as a pipe, a speck as ``#`` or ``>``. So a table needs as many
pipes in each of its rows, at both ends, and a quotation the sign in every line. Items of lists are those of any text (``items``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.measure import LONGEST_LINE, Rows
from cleaner.stages.regions.runs import Region, is_parted

PIPE = "|"
FEWEST_PIPES = 3  # of a row: both ends, and one between two cells
_PIPE_RULE = re.compile(r"\|?(?: ?:?-{2,}:? ?\|)+(?: ?:?-{2,}:?)?\Z")  # "|-----|:---:|" below the heads of a table
RULE_HEADS = frozenset("|:-")
_HEADING = re.compile(r"(#{1,6}) +[^\s#]")
_FENCE = re.compile(r"```+ ?([\w+\-]*)\Z")
TEXT_FENCES = frozenset({"markdown", "md", "text", "txt"})  # the engine put what it read between them
RULE = "---"
_FIELD = re.compile(r"[A-Za-z][\w\-]*:(?: |\Z)|- |#")
LONGEST_FRONT = 40  # rows


def ruled(rows: Rows) -> Iterator[Region]:
    """Tables of pipes that have a rule below their heads, as nothing else has."""
    if PIPE not in rows.text or "--" not in rows.text:
        return
    end = 1
    for row, text in enumerate(rows.texts):
        if row >= end and text[0] in RULE_HEADS and PIPE in text and _PIPE_RULE.match(text):
            first = row - (rows.texts[row - 1].strip(PIPE).count(PIPE) == text.strip(PIPE).count(PIPE))
            end = row + 1
            while end < len(rows) and PIPE in rows.texts[end] and not is_parted(rows, end):
                end += 1
            if first < row:
                yield first, end, "table"


def piped(rows: Rows) -> Iterator[Region]:
    """Neighbouring rows that begin and end with a pipe, and have as many between."""
    if PIPE not in rows.text:
        return
    found = [
        row
        for row, text in enumerate(rows.texts)
        if text[0] == text[-1] == PIPE and text.count(PIPE) >= FEWEST_PIPES and rows.widths[row] > FEWEST_PIPES
    ]
    cuts = [0, *(k for k in range(1, len(found)) if not _same_cells(rows, found[k - 1], found[k])), len(found)]
    for start, stop in pairwise(cuts):
        if stop - start > 1:
            yield found[start], found[stop - 1] + 1, "table"


def _same_cells(rows: Rows, row: int, after: int) -> bool:
    """Whether a row is the next one, and has as many pipes."""
    return after == row + 1 and rows.texts[row].count(PIPE) == rows.texts[after].count(PIPE)


def signed(rows: Rows) -> Iterator[Region]:
    """What stands before a text between two rules, code between fences, headings and quotations."""
    yield from _front(rows)
    if "```" in rows.text:
        yield from _fenced(rows)
    if "#" in rows.text:
        for row, text in enumerate(rows.texts):
            if text[0] == "#" and _is_heading(rows, row):
                yield row, row + 1, "lines"
    if ">" in rows.text:
        yield from _quoted(rows)


def _front(rows: Rows) -> Iterator[Region]:
    """Fields between two rules at the head of a text: "title: The Vestry Book"."""
    if len(rows) and rows.texts[0] == RULE and RULE in rows.texts[1:LONGEST_FRONT]:
        end = rows.texts.index(RULE, 1)
        fields = [row for row in range(1, end) if rows.edge(row) == rows.widths[row]]
        if fields and all(_FIELD.match(rows.texts[row]) for row in fields):
            yield 0, end + 1, "lines"


def _fenced(rows: Rows) -> Iterator[Region]:
    """The rows between two fences as code, or the fences alone where they stand around text."""
    fences = [row for row, text in enumerate(rows.texts) if text.startswith("```") and _FENCE.match(text)]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        named = _FENCE.match(rows.texts[first])
        if named and named[1].lower() in TEXT_FENCES:
            yield first, first + 1, "lines"
            yield last, last + 1, "lines"
        else:
            yield first, last + 1, "code"


def _is_heading(rows: Rows, row: int) -> bool:
    """Whether a row is a heading: ``# `` may be a speck in the middle of a sentence, or before one.

    >>> [_is_heading(Rows(text), 1) for text in ("He came.\\n# The Mill", "and so\\n# he came", "He came.\\n# But he\\nwent")]
    [True, False, False]
    """
    head = _HEADING.match(rows.texts[row])
    if not head or rows.widths[row] > LONGEST_LINE:
        return False
    below = rows.texts[row + 1][:4] if row + 1 < len(rows) and not is_parted(rows, row + 1) else ""
    if next(filter(str.isalnum, below), "").islower():
        return False
    return len(head[1]) > 1 or row == 0 or rows.ended[row - 1] or is_parted(rows, row) or rows.texts[row - 1][0] == "#"


def _quoted(rows: Rows) -> Iterator[Region]:
    """Paragraphs of two lines and more of which each begins with ``>``."""
    found = [row for row, text in enumerate(rows.texts) if text[0] == ">"]
    cuts = [
        0,
        *(k for k in range(1, len(found)) if found[k] > found[k - 1] + 1 or is_parted(rows, found[k])),
        len(found),
    ]
    for start, stop in pairwise(cuts):
        if start < stop - 1:
            first, end = found[start], found[stop - 1] + 1
            if (first == 0 or is_parted(rows, first)) and (end == len(rows) or is_parted(rows, end)):
                yield first, end, "lines"
