"""Closing up: the edits that bring the lines around a page boundary together, and the marks that remember it.

The last line of a page and the first of the next become neighbours, with one line end between them, whatever stood
there: blank lines, form feeds, lines of furniture. Whether a paragraph ends there is deliberately not asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleaner.edits import by_place
from cleaner.model import Edit, Mark, Proposals
from cleaner.policy import THRESHOLD
from cleaner.stages.furniture.notes import bring_up
from cleaner.stages.furniture.pages import FEED, Finding, Page
from cleaner.stages.furniture.pagination import roman
from cleaner.stages.furniture.rows import PageRows
from cleaner.stages.furniture.strays import find_specks, put_back
from cleaner.stages.furniture.tails import find_tails


def close_up(rows: PageRows, found: Mapping[int, Finding], pages: Sequence[Page]) -> Proposals:
    """Edits that bring the rows around page boundaries together, and the page marks.

    What is less sure than ``THRESHOLD`` will be held, so its surroundings are closed up as if it were text.
    """
    found = {**found, **find_specks(rows, found)}
    gone = {row for row, finding in found.items() if finding.confidence >= THRESHOLD}
    kept = [row for row in rows.filled if row not in gone]
    if not kept:
        return Proposals()
    edits = [_held(rows, row, finding) for row, finding in found.items() if row not in gone]
    regions: dict[int, list[int]] = {}
    for row in sorted({*gone, *rows.feeds}):
        before = bisect_right(kept, row)  # a kept row that ends at a form feed opens the region itself
        regions.setdefault(before, []).extend([row] if row in gone else [])
    for at, lines in regions.items():
        last, first = kept[at - 1] if at else -1, kept[at] if at < len(kept) else len(rows.texts)
        edits += _region(rows, found, lines, last, first)
    notes = bring_up(rows, found, pages, 1)
    edits += [*notes.edits, *put_back(rows, found, len(notes.edits) + 1), *find_tails(rows, found)]
    marks = _marks(rows, pages, kept) if pages else _feed_marks(rows, kept) if rows.feeds else []
    return Proposals(sorted(edits, key=by_place), sorted([*marks, *notes.marks], key=lambda mark: mark.start))


def _held(rows: PageRows, row: int, finding: Finding) -> Edit:
    start = rows.starts[row]
    end = rows.ends[row] if row in rows.feeds else rows.nexts[row]
    return Edit(start, end, rows.text[start:end], "", finding.rule, finding.confidence, finding.why)


def _region(rows: PageRows, found: Mapping[int, Finding], gone: Sequence[int], last: int, first: int) -> Iterator[Edit]:
    """The edits between two neighbouring rows of text, one for each line of furniture (or one for bare form feeds)."""
    start = 0 if last < 0 else rows.ends[last] if last in rows.feeds else rows.nexts[last]
    end = rows.starts[first] if first < len(rows.starts) else len(rows.text)
    after = "\n" if last >= 0 and start == rows.ends[last] else ""
    cuts = [start, *(rows.starts[row] for row in gone[1:]), end]
    reasons = [found[row] for row in gone] or [Finding(FEED, 0.99, "a form feed is the end of a page")]
    for (low, high), reason in zip(pairwise(cuts), reasons, strict=True):
        if low < high:
            yield Edit(low, high, rows.text[low:high], after, reason.rule, reason.confidence, reason.why)
        after = ""


def _marks(rows: PageRows, pages: Sequence[Page], kept: Sequence[int]) -> list[Mark]:
    marks = []
    for page in pages:
        at = bisect_left(kept, page.rows[0]) if page.rows else len(kept)
        if at < len(kept):
            place = rows.starts[kept[at]]
            folio = "" if page.folio is None else roman(page.folio[0]) if page.folio[1] else str(page.folio[0])
            marks.append(Mark(place, place, "page", {"folio": folio, "read": page.read}))
    return marks


def _feed_marks(rows: PageRows, kept: Sequence[int]) -> list[Mark]:
    openers = {bisect_right(kept, row) for row in rows.feeds}
    places = {rows.starts[kept[at]] for at in {0, *openers} if at < len(kept)}
    return [Mark(place, place, "page", {"folio": "", "read": ""}) for place in sorted(places)]
