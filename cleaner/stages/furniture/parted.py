"""Pages that the text parts itself: at form feeds, or at blank lines that come once a page.

Deliberately not done here: nothing is removed, and a blank line that parts paragraphs is no page break.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from cleaner.stages.furniture.chains import LEAST_PAGE, MOST_PAGE
from cleaner.stages.furniture.pages import (
    DEEP,
    FULL,
    TWINS,
    Page,
    has_prose,
    head_key,
)
from cleaner.stages.furniture.pagination import (
    SHORTEST_CHAIN,
    Reading,
    alike,
    fit_pages,
    readings,
)
from cleaner.stages.furniture.rows import PageRows

PLATE = 0.6  # trust in a number on a page without prose: it may be that of a figure
CROSSING = 0.1  # least share of blank lines inside a sentence, where blank lines part pages; authors leave none there
SCRAPS = 0.25  # greatest share of blank lines that part a line or two: else heads and folios stand apart from the text


def parted_pages(rows: PageRows) -> list[Page]:
    """The pages that form feeds part, or else blank lines; none where these part chapters or paragraphs.

    Blank lines are believed where they come once a page, at a page's distance, and sentences run on across them.
    """
    for parts, least in ((rows.feeds, 0), (rows.blanks, LEAST_PAGE)):
        pages = _parted(rows, parts)
        sizes = sorted(len(page.rows) for page in pages)
        if len(pages) < SHORTEST_CHAIN or not least <= sizes[len(sizes) // 2] <= MOST_PAGE:
            continue
        if parts is rows.feeds:
            return _numbered(rows, pages)
        if sum(size <= DEEP for size in sizes) > SCRAPS * len(sizes):
            continue
        pages = _whole(pages)
        if _sentences_cross(rows, pages) and not _heads_before(rows, pages):
            return _numbered(rows, pages)
    return []


def _parted(rows: PageRows, parts: frozenset[int]) -> list[Page]:
    cuts = [0, *(bisect_right(rows.filled, row) for row in sorted(parts)), len(rows.filled)]
    return [Page(rows.filled[start:end]) for start, end in pairwise(cuts)]


def _whole(pages: Sequence[Page]) -> list[Page]:
    """Pages with what a blank line parted from their foot: a catchword, a signature mark, a folio."""
    whole: list[Page] = []
    for page in pages:
        if whole and len(page.rows) <= DEEP:
            whole[-1].rows.extend(page.rows)
        else:
            whole.append(page)
    return whole


def _sentences_cross(rows: PageRows, pages: Sequence[Page]) -> bool:
    """Whether sentences run on across the edges of pages, past a head above and a catchword below."""
    hits = sum(
        rows.runs_on(last, first)
        for page, following in pairwise(pages)
        for last, first in [(_inner(rows, page, top=False), _inner(rows, following, top=True))]
        if last >= 0 and first >= 0
    )
    return hits >= max(SHORTEST_CHAIN, CROSSING * (len(pages) - 1))


def _heads_before(rows: PageRows, pages: Sequence[Page]) -> bool:
    """Whether heads come back before the blank lines, and not after them: the pages part above the heads then."""

    def returning(rank: int) -> int:
        keys = [head_key(rows.texts[page.rows[rank]]) if page.rows else "" for page in pages]
        return sum(alike(key, other) for n, key in enumerate(keys) for other in keys[n + 1 : n + 3])

    if returning(-1) > max(returning(0), TWINS):
        return True
    first, second = ([reading.number for reading in readings(rows.texts[page.rows[-1]])] for page in pages[:2])
    return len(pages[0].rows) <= DEEP and any(number + 1 in second for number in first)


def _inner(rows: PageRows, page: Page, *, top: bool) -> int:
    """The outermost line of a page that fills its measure, as prose does and furniture does not; -1 without one."""
    return next((row for row in page.edge(top=top) if len(rows.texts[row]) >= FULL * rows.width), -1)


def _numbered(rows: PageRows, pages: list[Page]) -> list[Page]:
    edges = [_edge_readings(rows, page) for page in pages]
    for page, folio in zip(pages, fit_pages(edges), strict=True):
        page.folio = folio
    return pages


def _edge_readings(rows: PageRows, page: Page) -> list[tuple[float, Reading]]:
    found: list[tuple[float, Reading]] = []
    prose = 1.0 if has_prose(rows, page) else PLATE
    for top in (True, False):
        for depth, row in enumerate(page.edge(top=top)[: DEEP if top else 2]):
            # The number of a head or foot stands in the outermost line; dirt may come before it, or lines of the head.
            trust = (1.0, 0.6, 0.5)[depth] * (1.0 if top else 0.9) * prose
            read = [reading for reading in readings(rows.texts[row]) if depth < 2 or reading.side == "lone"]
            found.extend((trust, reading) for reading in read if top or reading.side == "lone")
    return found
