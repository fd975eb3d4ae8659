"""Closing up: the edits that bring the lines around a page boundary together, and the marks that remember it.

The last line of a page and the first of the next become neighbours, with one line end between them, whatever stood
there: blank lines, form feeds, lines of furniture. Whether a paragraph ends there is deliberately not asked. Where
somebody put paragraphs together and left form feeds in the middle of them, that is answered: the form feeds go alone.
Where furniture is kept nothing goes: what it is is proposed, to be reported, and marked for the stages behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleaner.edits import by_place
from cleaner.measure import flowed
from cleaner.model import Document, Edit, Mark, Proposals, Value
from cleaner.policy import THRESHOLD
from cleaner.stages.furniture.notes import place_notes
from cleaner.stages.furniture.pages import FEED, HEAD, Finding, Page
from cleaner.stages.furniture.pagination import roman
from cleaner.stages.furniture.rows import PageRows
from cleaner.stages.furniture.said import obeyed, pages_said
from cleaner.stages.furniture.strays import find_dust, put_back
from cleaner.stages.furniture.tails import find_tails

END_OF_PAGE = Finding(FEED, 0.99, "a form feed is the end of a page")
MID_LINE = re.compile(r"\S \f\S")
LONGEST_HEAD = 60  # characters of a running head that a mark remembers


def close_up(
    doc: Document,
    rows: PageRows,
    found: Mapping[int, Finding],
    pages: Sequence[Page],
    *,
    keep: bool = False,
    notes: str = "keep",
) -> Proposals:
    """Edits that bring the rows around page boundaries together, and the page marks.

    What is less sure than ``THRESHOLD`` will be held, so its surroundings are closed up as if it were text. With ``keep``
    all of it is text: each line of furniture is an edit of its own, to be reported. ``notes`` says where
    the notes at the feet of pages go. What a person said of lines of ``doc`` is so.
    """
    found = obeyed({**found, **find_dust(rows, found)}, doc, rows)
    gone = set() if keep else {row for row, finding in found.items() if finding.confidence >= THRESHOLD}
    kept = [row for row in rows.filled if row not in gone]
    if not kept:
        return Proposals()
    edits = [_held(rows, row, finding) for row, finding in found.items() if row not in gone]
    marks = _marks(rows, pages, kept) if pages else _feed_marks(rows, kept) if rows.feeds else []
    marks = pages_said(doc, rows, marks, kept)
    if keep:
        return Proposals(sorted(edits), marks)
    regions: dict[int, list[int]] = {}
    for row in sorted({*gone, *rows.feeds}):
        before = bisect_right(kept, row)  # a kept row that ends at a form feed opens the region itself
        regions.setdefault(before, []).extend([row] if row in gone else [])
    joined = " \f" in rows.text and MID_LINE.search(rows.text) and flowed([len(line) for line in rows.text.split("\n")])
    for at, lines in regions.items():
        last, first = kept[at - 1] if at else -1, kept[at] if at < len(kept) else len(rows.texts)
        edits += _region(rows, found, lines, last, first) if lines or not joined else _bare_feeds(rows, last, first)
    placed = place_notes(rows, found, pages, 1, style=notes)
    edits += [*placed.edits, *put_back(rows, found, len(placed.edits) + 1), *find_tails(rows, found)]
    return Proposals(sorted(edits, key=by_place), sorted([*marks, *placed.marks], key=lambda mark: mark.start))


def _held(rows: PageRows, row: int, finding: Finding) -> Edit:
    start = rows.starts[row]
    end = rows.ends[row] if row in rows.feeds else rows.nexts[row]
    return Edit(start, end, rows.text[start:end], "", finding.rule, finding.confidence, finding.why)


def _bounds(rows: PageRows, last: int, first: int) -> tuple[int, int]:
    """Where the region between two neighbouring rows of text begins and ends; -1 and the number of rows are none."""
    start = 0 if last < 0 else rows.ends[last] if last in rows.feeds else rows.nexts[last]
    return start, rows.starts[first] if first < len(rows.starts) else len(rows.text)


def _region(rows: PageRows, found: Mapping[int, Finding], gone: Sequence[int], last: int, first: int) -> Iterator[Edit]:
    """The edits between two neighbouring rows of text, one for each line of furniture (or one for bare form feeds)."""
    start, end = _bounds(rows, last, first)
    after = "\n" if last >= 0 and start == rows.ends[last] else ""
    cuts = [start, *(rows.starts[row] for row in gone[1:]), end]
    reasons = [found[row] for row in gone] or [END_OF_PAGE]
    for (low, high), reason in zip(pairwise(cuts), reasons, strict=True):
        if low < high:
            yield Edit(low, high, rows.text[low:high], after, reason.rule, reason.confidence, reason.why)
        after = ""


def _bare_feeds(rows: PageRows, last: int, first: int) -> Iterator[Edit]:
    """The form feeds between two neighbouring rows of text and nothing else; a line end where they stood for a blank."""
    text = rows.text
    start, end = _bounds(rows, last, first)
    apart = last < 0 or any(char.isspace() and char != "\f" for char in text[start - 1 : end + 1])
    after = "" if apart else "\n"
    for at in range(start, end):
        if text[at] == "\f":
            yield Edit(at, at + 1, "\f", after, END_OF_PAGE.rule, END_OF_PAGE.confidence, END_OF_PAGE.why)
            after = ""


def _marks(rows: PageRows, pages: Sequence[Page], kept: Sequence[int]) -> list[Mark]:
    """A mark for each page, where its first row of text begins; for a blank one where the next begins, if there is one."""
    marks: list[Mark] = []
    for page in reversed(pages):
        if page.rows:
            at = bisect_left(kept, page.rows[0])
            place = rows.starts[kept[at]] if at < len(kept) else len(rows.text)
        elif marks:
            place = marks[-1].start
        else:
            continue  # behind the last form feed
        folio = "" if page.folio is None else roman(page.folio[0]) if page.folio[1] else str(page.folio[0])
        value: dict[str, Value] = {"folio": folio, "read": page.read}
        heads = [rows.texts[row] for row in page.rows if row in page.found and page.found[row].rule == HEAD]
        if heads:
            value["head"] = " ".join(heads[0].split())[:LONGEST_HEAD]
        marks.append(Mark(place, place, "page", value))
    return marks[::-1]


def _feed_marks(rows: PageRows, kept: Sequence[int]) -> list[Mark]:
    openers = {bisect_right(kept, row) for row in rows.feeds}
    places = {rows.starts[kept[at]] for at in {0, *openers} if at < len(kept)}
    return [Mark(place, place, "page", {"folio": "", "read": ""}) for place in sorted(places)]
