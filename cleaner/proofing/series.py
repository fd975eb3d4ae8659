"""Numbers that are missing from a series, or stand in it twice or misread: items of lists, notes, their marks, chapters.

A series is what the lines of one style count ("1.", "(1)", "[1]", "CHAPTER IV", or "[1]" and raised figures within the lines): values that
rise by one. A gap is reported where numbers on both its sides rise by one, so that years, verses of a psalm and
citations by number are no series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from cleaner.proofing.sheet import Finding, Sheet

LARGEST_GAP = 3  # numbers in a row that go missing; a larger leap is another series
ROMAN = r"[IVXLC]+"
ITEM = re.compile(r"^[ \t]*([(\[]?)(\d{1,3})([.)\]]{1,2})(?=[ \t])", re.MULTILINE)
ROMAN_ITEM = re.compile(rf"^[ \t]*({ROMAN})(\.?)(?=[ \t\r]*$)", re.MULTILINE)
HEADING = re.compile(
    rf"^[ \t]*([^\W\d_a-z][^\W\d_]{{3,11}})[ \t]+(\d{{1,3}}|{ROMAN})\b(?=[ \t]*(?:[.:\r\N{{EM DASH}}]|$))", re.MULTILINE
)
CALL = re.compile(r"(?<=[\w.,;:!?\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}])(\[)(\d{1,3})(\])")
_RAISED = "\N{SUPERSCRIPT ZERO}\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT FOUR}-\N{SUPERSCRIPT NINE}"
RAISED_CALL = re.compile(rf"(?<=[^\s\d])([{_RAISED}]{{1,3}})")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Number(NamedTuple):
    """One number of a series: its place, and its value."""

    start: int
    end: int
    value: int


def series(sheet: Sheet) -> Iterator[Finding]:
    """The number behind each gap, and each that stands twice or out of order.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> text = "1. The mill.\\n2. The quay.\\n4. The lock.\\n5. A fair.\\n5. The inn.\\n6. The ford.\\n\\n1914. War.\\n1918. Peace."
    >>> [(text[f.start:f.end], f.message) for f in series(Sheet(Document(text), General("en", {})))]
    [('4', '3 is missing between 2 and 4'), ('5', '5 stands twice')]
    """
    styles: dict[tuple[str, ...], list[Number]] = {}
    text = sheet.text
    for match in ITEM.finditer(text):
        styles.setdefault(("item", match[1], match[3]), []).append(_number(match, 2))
    for match in ROMAN_ITEM.finditer(text):
        styles.setdefault(("item", "I", match[2]), []).append(_number(match, 1))
    for match in HEADING.finditer(text):
        styles.setdefault(("heading", match[1].casefold()), []).append(_number(match, 2))
    for match in CALL.finditer(text):
        styles.setdefault(("call",), []).append(_number(match, 2))
    for match in RAISED_CALL.finditer(text):
        styles.setdefault(("raised",), []).append(_number(match, 1))
    for numbers in styles.values():
        yield from _faults(numbers)


def _faults(numbers: Sequence[Number]) -> Iterator[Finding]:
    """What breaks the rise, where two numbers before and one behind rise by one."""
    values = [number.value for number in numbers]
    for k in range(2, len(values)):
        first, last, value = values[k - 2 : k + 1]
        if last != first + 1 or value == last + 1:
            continue
        behind = values[k + 1] if k + 1 < len(values) else None
        start, end, _ = numbers[k]
        if behind == last + 2:
            yield Finding(start, end, "number", f"{value} where {last + 1} is expected")
        elif last + 1 < value <= last + 1 + LARGEST_GAP and behind in (value + 1, None):
            gone = f"{last + 1} is" if value == last + 2 else f"{last + 1} to {value - 1} are"
            yield Finding(start, end, "number", f"{gone} missing between {last} and {value}")
        elif value == last and behind == last + 1:
            yield Finding(start, end, "number", f"{value} stands twice")


def _number(match: re.Match[str], group: int) -> Number:
    return Number(*match.span(group), _value(match[group]))


def _value(number: str) -> int:
    """The value of a number: Roman in capitals, in figures, or in raised ones.

    >>> _value("XIV"), _value("14"), _value("\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT FOUR}")
    (14, 14, 14)
    """
    number = normalize("NFKC", number)
    if number.isdigit():
        return int(number)
    values = [VALUES[letter] for letter in number]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))
