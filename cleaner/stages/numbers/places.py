"""Where the mark of a note may stand as it is: numbers glued to a word or its stop, or a blank behind it.

Left alone are figures that belong to the text: years, days of a month, measures, whatever follows "chapter" or "p.", and
decimals.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from enum import Enum
from typing import NamedTuple

from cleaner.stages.numbers.context import ABBREVIATIONS, MONTHS, REFERENCES, UNITS
from cleaner.stages.numbers.runs import Runs

QUOTES = "'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
STOPS = f".,;:?!){QUOTES}]>\N{HORIZONTAL ELLIPSIS}"
DASHES = "-\N{EN DASH}\N{EM DASH}"
MAYBE_FIGURES = frozenset("!?}")  # before a figure: "otsovists!2" may be 12
LARGEST = 3  # figures of a mark
MOST_STOPS = 4  # behind a word
PLAIN = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}", "'", ".")


class Kind(Enum):
    """How a mark stands: glued to a stop, glued to a word, behind a blank and a stop, behind a blank and a word."""

    STOP = "stop"
    WORD = "word"
    APART = "apart"
    LOOSE = "loose"


class Exact(NamedTuple):
    """A number that may be a mark as it stands: ``text[start:end]`` are the blank before it, if any, and its figures."""

    start: int
    end: int
    number: int
    kind: Kind


def exact(figures: Runs, years: Container[int] = ()) -> Iterator[Exact]:
    """The numbers that may be marks as they stand, in order; ``years`` are the places where broken years end.

    >>> [(found.number, found.kind.value) for found in exact(Runs.of("the party.3 In 1918. 4 It\\nto12 - p. 7."))]
    [(3, 'stop'), (4, 'apart'), (12, 'word')]
    """
    text = figures.text
    for start, end in figures.spans:
        if end - start > LARGEST or text[start] == "0":
            continue
        behind = text[end : end + 2]
        if behind[:1] and not (behind[0].isspace() or behind[0] in f"{DASHES},;){QUOTES}]"):
            continue
        if behind[1:].isdigit() and behind[0] in ", ":  # a thousands group, a broken figure
            continue
        place = place_before(text, start, years)
        if place:
            begin, kind = place
            if kind is Kind.APART and (behind[:1] in {",", ";", ")", "]"} or is_counted(text, end)):
                continue
            yield Exact(begin, end, int(text[start:end]), kind)


def place_before(text: str, start: int, years: Container[int] = ()) -> tuple[int, Kind] | None:
    """Where a mark at ``start`` would stand glued to what is before it, and how it stands; None where none can."""
    at = start
    while at > start - 2 and at and text[at - 1] in " \n":
        at -= 1
    before = text[at - 1 : at]
    if before and before in STOPS:
        begin = at
        while at > begin - MOST_STOPS and at and text[at - 1] in STOPS:
            at -= 1
        last = text[at - 1 : at]
        if not (last.isalpha() or at in years or (last.isdigit() and text[max(at - 4, 0) : at].isdigit())):
            return None
        if text[at:begin] in {".", ","} and is_abbreviation(_word(text, at)) and text[at - 2 : at - 1] not in QUOTES:
            return None
        if text[begin - 1] in MAYBE_FIGURES and begin == start:
            return None
        return begin, Kind.STOP if begin == start else Kind.APART
    if before.isalpha() and at == start:
        word = _word(text, at)
        glued = len(word) > 1 and word[-1].islower() and word.lower() not in ABBREVIATIONS | REFERENCES
        return (at, Kind.WORD) if glued else None
    return None


def _word(text: str, end: int) -> str:
    start = end
    while start > end - 20 and start and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def is_abbreviation(word: str) -> bool:
    """Whether a word with a stop is one that a number follows: "sect.", "s."; a lone capital is an initial.

    >>> [is_abbreviation(word) for word in ("sect", "s", "S", "set")]
    [True, True, False, False]
    """
    return word.lower() in ABBREVIATIONS if len(word) > 1 else word.islower()


def word_before(text: str, start: int) -> str:
    """The word that a mark stands behind, and that it may number: "Question.5", "Sch.5"; "" where a year stands there.

    >>> word_before("A Question.'5", 12)
    'Question'
    """
    at = start
    while at > start - MOST_STOPS and at and text[at - 1] in STOPS:
        at -= 1
    return _word(text, at)


NEXT = re.compile(r"[\s\-]*([^\W\d_]+(?:[.'\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*|%)")


def is_near(text: str, end: int, begin: int) -> bool:
    """Whether what begins there stands in the same line, or in the next one."""
    return begin - end <= 2 and "\n\n" not in text[end:begin]


def is_counted(text: str, end: int) -> bool:
    """Whether the word behind a number says that it is a day or a measure: "14 April", "5 p.m."."""
    word = NEXT.match(text, end)
    return word is not None and (word[1].lower() in MONTHS or word[1].translate(PLAIN) in UNITS)
