"""What stands in two columns and was read one after the other: titles and page numbers, goods and prices, names and offices.

Rows of figures alone are no text: beside as many rows of words, which have no figures, each of them lost its own. Pages of a
book's contents rise; then half as many titles are enough, as the others stand with their numbers, or take two rows. The
labels of a picture are figures alone too, but they rise by one and no list of titles stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.language import General
from cleaner.measure import Rows

BARE = re.compile(
    r"[. \N{MIDDLE DOT}]*(?:[$\N{POUND SIGN}]? ?\d[\d.,/\N{VULGAR FRACTION ONE HALF}]*(?: ?(?:[sdlcp]|cts?|lbs?)\b)?\.? ?){1,3}\Z"
    r"|[ivxlc]+\.?\Z|[IVXLC]+\.?\Z"
)
FEWEST_FIGURES = 5
FEWEST_NAMES = 4
OFFICES = frozenset(
    "president vice-president chairman secretary treasurer minister mayor alderman clerk director manager governor judge "
    "auditor solicitor surveyor librarian curator collector registrar sheriff coroner commissioner superintendent inspector "
    "postmaster ambassador consul chancellor bishop dean steward marshal conductor editor captain lieutenant member "
    "committee council soviet board commission department ministry office society association bank university college".split()
)
HELD = 0.25  # of the rows that tell offices: some take two or three rows
COMMON_NAME = 0.5
INITIAL = re.compile(r"\b[A-Z][a-z]? ?\.")
NAME = re.compile(r"(?:[A-Z][\w'.\-]*(?: \.)?,?(?: (?=\w)|\Z)){1,5}")
LONGEST_NAME, LONGEST_TITLE = 40, 70  # characters
PAGE = re.compile(r"(\d{1,4})\.?")
RISING = 0.8  # share of page numbers that are no less than the one before: some are misread
STRIDE = 2  # pages from title to title
UNENDED = frozenset(",-\N{HYPHEN}\N{SOFT HYPHEN}\N{NOT SIGN}")  # as lines of prose and verse end, and no title
FIGURES, NAMED, WORDS, SIGNS = "figures", "name", "words", "signs"
LETTERED = re.compile(r"[^\W\d_]{3}")


def apart(rows: Rows, language: General) -> Iterator[tuple[int, int]]:
    """Runs of rows, (first, behind the last), of two columns one after the other, in order.

    >>> from cleaner.language import general
    >>> people = "J. Hart\\nMary Stone\\nP. Lamb, Esq.\\nMrs. Field\\n"
    >>> list(apart(Rows(people + "President\\nSecretary\\nTreasurer\\nClerk to the Board\\n"), general("en")))
    [(0, 8)]
    >>> list(apart(Rows(people + "They were all at the meeting.\\nThe mayor was not.\\n" * 2), general("en")))
    []
    """
    kinds = [*map(_kind, rows.texts)]
    cuts = [0, *(row for row in range(1, len(kinds)) if kinds[row] != kinds[row - 1]), len(kinds)]
    at = 0
    for first, end in pairwise(cuts):
        place = None
        if end - first >= FEWEST_FIGURES and kinds[first] == FIGURES:
            place = _beside_titles(rows, kinds, first, end)
        elif end - first >= FEWEST_NAMES and kinds[first] == NAMED:
            place = _beside_offices(rows, first, end, language)
        if place and place[0] >= at:
            yield place
            at = place[1]


def _beside_titles(rows: Rows, kinds: Sequence[str], first: int, end: int) -> tuple[int, int] | None:
    """A run of figures with the titles above or below it that lost them: as many, or half as many beside pages that rise.

    Figures that rise by one may be the labels of a picture: they need as many titles.
    """
    count = end - first
    pages = [int(page[1]) for row in range(first, end) if (page := PAGE.fullmatch(rows.texts[row]))]
    rising = len(pages) == count and sum(a <= b for a, b in pairwise(pages)) >= RISING * (count - 1)
    rising = rising and pages[-1] - pages[0] >= STRIDE * count
    for step in (-1, 1):
        row = first - 1 if step < 0 else end
        titles = goes_on = 0
        while 0 <= row < len(rows) and _is_title(rows, kinds, row, row + (step < 0)):
            titles += kinds[row] != SIGNS and not rows.lower[row]
            goes_on += rows.lower[row]
            row += step
        same = abs(titles - count) <= 1 and not goes_on
        if same or (rising and titles >= max(FEWEST_FIGURES, count / 2) and goes_on <= titles / 2):
            return (row + 1, end) if step < 0 else (first, row)
    return None


def _is_title(rows: Rows, kinds: Sequence[str], row: int, below: int) -> bool:
    """Whether a row may be one of a list of titles on the page of what stands beside it: short, without a figure, no prose."""
    text = rows.texts[row]
    if kinds[row] == FIGURES or rows.widths[row] > LONGEST_TITLE or text[-1].isdigit() or text[-1] in UNENDED:
        return False
    return "\f" not in rows.text[rows.ends[below - 1] : rows.starts[below]] if 0 < below < len(rows) else True


def _beside_offices(rows: Rows, first: int, end: int, language: General) -> tuple[int, int] | None:
    """A run of names with as many rows below or above it that tell offices, and no sentences."""
    texts, count = rows.texts, end - first
    if 2 * sum(_is_person(text, language) for text in texts[first:end]) < count:
        return None
    for start, stop in ((end, end + count), (first - count, first)):
        if start >= 0 and stop <= len(rows) and not any(rows.ended[start:stop]):
            held = sum(map(_tells_office, texts[start:stop]))
            if held >= HELD * count and max(rows.widths[start:stop]) <= LONGEST_NAME:
                return min(first, start), max(end, stop)
    return None


def _tells_office(text: str) -> bool:
    """Whether a row has the word for an office, or for a body that has members."""
    return not OFFICES.isdisjoint(text.lower().split())


def _is_person(text: str, language: General) -> bool:
    """Whether a row of words with capitals names a person: by an initial, or by a name that is known."""
    return INITIAL.search(text) is not None or any(language.name(word) > COMMON_NAME for word in text.lower().split())


def _kind(text: str) -> str:
    """What a row is.

    >>> [_kind(text) for text in ("2s. 6d.", "xiv", "Mr. J. Hart", "The Mill and the Mayor", "* *")]
    ['figures', 'figures', 'name', 'words', 'signs']
    """
    if len(text) <= LONGEST_NAME:
        if BARE.match(text):
            return FIGURES
        if NAME.fullmatch(" ".join(text.split())) and not _tells_office(text):
            return NAMED
    return WORDS if LETTERED.search(text) else SIGNS
