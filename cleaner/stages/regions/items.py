"""Items of lists, speeches of plays, captions: blocks that begin with a sign, and whose own lines are joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cleaner.measure import ROOM, Rows
from cleaner.stages.regions.runs import Region, is_parted, runs

BULLETS = frozenset("\N{BULLET}\N{BLACK SQUARE}\N{BLACK CIRCLE}\N{BLACK RIGHT-POINTING POINTER}\N{WHITE BULLET}")
_NUMBER = re.compile(r"[(\[]?(?:(\d{1,3})|([A-Za-z]))(?:[)\]]\.?|\.)\s+(?=\S)")
DASHES = frozenset("-*\N{MIDDLE DOT}\N{EN DASH}")
ITEM_FULL = 0.92  # of the measure: a shorter line before an item ends something
FEWEST_DASHED = 2
OVERFULL = 1.15  # of the measure: no line of prose is so wide, whatever dirt stands at its ends
LONGEST_ITEM = 14  # rows: an item is a paragraph at most, and the next number must come soon

_SPEAKER = re.compile(
    r"([A-Z][A-Z'\N{RIGHT SINGLE QUOTATION MARK}]+(?: [A-Z]+){0,2})(?:[.:]| ?[(\[])(?: (?![A-Z]{2})|\Z)"
)
FEWEST_SPEECHES = 4
_CAPTION = re.compile(
    r"(?:fig(?:ure)?|plate|table|map|pl|abb(?:ildung)?|tafel|planche)\.? (?:\d+|[ivxlc]+)\b", re.IGNORECASE
)
CAPTION_HEADS = frozenset("FPTMAfptma")
LONGEST_CAPTION = 6  # rows


def _number(text: str) -> tuple[str, int] | None:
    """The number at the start of a row as (its style, its value): ``("1.", 3)`` for "3. The party"."""
    match = _NUMBER.match(text)
    if not match:
        return None
    digits, letter = match.groups()
    style = text[0] * (text[0] in "([") + ("1" if digits else "a" if letter.islower() else "A") + match[0].strip()[-1]
    return style, int(digits) if digits else ord(letter)


def items(rows: Rows) -> list[int]:
    """The rows that begin an item of a list: a bullet, or a dash or a number whose neighbour stands near."""
    found = dashed(rows)
    last: dict[str, tuple[int, int]] = {}  # style -> value, row
    for row, text in enumerate(rows.texts):
        head = text[0]
        if head in BULLETS:
            if text[1:2] == " ":
                found.add(row)
        elif head in DASHES:
            if text[1:2] == " " and (_is_free(rows, row) or (row - 1 in found and rows.texts[row - 1][0] == head)):
                if "-" in last and row - last["-"][1] <= LONGEST_ITEM:
                    found.update((last["-"][1], row))
                last["-"] = (0, row)
        elif ("." in text[1:4] or ")" in text[1:4]) and (head.isalnum() or head in "(["):
            number = _number(text)
            if number is None:
                continue
            style, value = number
            before = last.get(style)
            # 1 begins a line, 2 the next one: hardly by chance. Letters may be initials of names.
            beside = "1" in style and before == (value - 1, row - 1)
            if not (beside or _is_free(rows, row) or _item_end(rows, row)):
                continue
            if before and value == before[0] + 1 and row - before[1] <= LONGEST_ITEM:
                found.update((before[1], row))
            last[style] = (value, row)
    return sorted(found)


def dashed(rows: Rows) -> set[int]:
    """The rows of lists that nothing but dashes or asterisks at their beginnings show, one beside the other.

    A dash in running prose is dirt, or the prose's own: most lines above it are full, and end neither a sentence nor a clause.

    >>> sorted(dashed(Rows("He came from the mill and took with him:\\n- the rope\\n- two oars, of which\\n  one was new\\n- a bell\\n")))
    [1, 2, 4]
    >>> dashed(Rows("He took them from the mill:\\n- the rope and the oars that\\n- lay there, and the old bell\\n- which was the miller's.\\n"))
    set()
    """
    found: set[int] = set()
    group: list[int] = []
    for row, text in enumerate(rows.texts):
        if group and is_parted(rows, row):
            found.update(_list_of(rows, group))
            group = []
        if text[0] in DASHES and text[1:2] == " " and (not group or text[0] == rows.texts[group[0]][0]):
            group.append(row)
        elif group and _depth(rows, row) <= _depth(rows, group[-1]):
            group = []  # prose goes on
    found.update(_list_of(rows, group))
    return found


def _list_of(rows: Rows, group: list[int]) -> list[int]:
    """The rows that begin with the same sign, up to the end of a block, if they are a list."""
    if len(group) < FEWEST_DASHED:
        return []
    first = group[0]
    if first and not is_parted(rows, first) and rows.texts[first - 1][-1] != ":":
        return []
    return group if 2 * sum(_goes_on(rows, row) for row in group[1:]) < len(group) else []


def _goes_on(rows: Rows, row: int) -> bool:
    """Whether the row above one with a dash may be prose that goes on in it: as full as prose is, and no clause ends it."""
    above, (_, *words) = row - 1, rows.texts[row].split(None, 2)
    if rows.ended[above] or rows.texts[above][-1] in ";," or not words:
        return False
    return ROOM * rows.measure[above] <= rows.widths[above] + 1 + len(words[0]) and (
        rows.widths[above] <= OVERFULL * rows.measure[above]
    )


def _depth(rows: Rows, row: int) -> int:
    return rows.edge(row) - rows.widths[row]


def _is_free(rows: Rows, row: int) -> bool:
    """Whether nothing above a row goes on in it."""
    return row == 0 or rows.ended[row - 1] or is_parted(rows, row)


def _item_end(rows: Rows, row: int) -> bool:
    """Whether the row above may end an item: it ends a clause, or is short."""
    return rows.texts[row - 1][-1] in ";," or rows.widths[row - 1] < ITEM_FULL * rows.measure[row - 1]


def lists(rows: Rows) -> Iterator[Region]:
    """One region for each item: up to the next item, a blank line, or the end of a long paragraph."""
    for start, after in pairwise([*items(rows), len(rows)]):
        yield start, _item_stop(rows, start, after), "list"


def _item_stop(rows: Rows, start: int, after: int) -> int:
    """The row behind an item that begins with one row, and ends before another at the latest."""
    end = start + 1
    while end < after and not is_parted(rows, end) and end - start < LONGEST_ITEM:
        end += 1
    return end


def speeches(rows: Rows) -> Iterator[Region]:
    """One region for each speech of a play: the speaker's name in capitals and a stop, and names that come again."""
    found = {row: match[1] for row, text in enumerate(rows.texts) if (match := _SPEAKER.match(text))}
    counts = Counter(found.values())
    named = [*found]
    heads = [row for row in named if counts[found[row]] > 1]
    for first, end, count in runs(heads, odd=LONGEST_ITEM, fewest=FEWEST_SPEECHES):
        near = named[bisect_left(named, first) : bisect_left(named, end)]
        if len({found[row] for row in near}) > 1 and count * LONGEST_ITEM >= end - first:
            starts = [row for row in near if counts[found[row]] > 1]
            for start, after in pairwise([*starts, len(rows)]):
                yield start, _item_stop(rows, start, after), "play"


def captions(rows: Rows) -> Iterator[Region]:
    """What stands below a figure, between blank lines: "Fig. 3. The ferry"."""
    for row, text in enumerate(rows.texts):
        if text[0] in CAPTION_HEADS and _CAPTION.match(text) and (row == 0 or is_parted(rows, row)):
            end = _item_stop(rows, row, len(rows))
            if end - row <= LONGEST_CAPTION and end < len(rows):
                yield row, end, "caption"
