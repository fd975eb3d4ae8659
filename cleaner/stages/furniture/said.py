"""What a person says of lines: this is furniture, this is text, here begins a page. Certain, so it is not weighed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from cleaner.model import DECISION, Document, Mark
from cleaner.stages.furniture.pages import HEAD, Finding
from cleaner.stages.furniture.rows import PageRows

FURNITURE = Finding(HEAD, 1.0, "a person says that this line is furniture")


def rows_said(doc: Document, rows: PageRows, says: str) -> frozenset[int]:
    """The filled rows of which a person says one thing.

    >>> doc = Document("one\\n\\nA HEAD 7\\n\\ntwo\\n", (Mark(5, 13, DECISION, {"says": "furniture", "folio": ""}),))
    >>> rows_said(doc, PageRows(doc.text), "furniture"), rows_said(doc, PageRows(doc.text), "text")
    (frozenset({2}), frozenset())
    """
    found: set[int] = set()
    for mark in doc.marked(DECISION):
        if mark.value["says"] == says:
            first = bisect_right(rows.starts, mark.start) - 1
            end = max(first + 1, bisect_left(rows.starts, mark.end))
            found.update(row for row in range(first, end) if rows.texts[row])
    return frozenset(found)


def obeyed(found: Mapping[int, Finding], doc: Document, rows: PageRows) -> dict[int, Finding]:
    """Findings as a person has them: with the rows that are said to be furniture, without those said to be text."""
    text = rows_said(doc, rows, "text")
    said = dict.fromkeys(rows_said(doc, rows, "furniture"), FURNITURE)
    return {row: finding for row, finding in {**found, **said}.items() if row not in text}


def pages_said(doc: Document, rows: PageRows, marks: Iterable[Mark], kept: Sequence[int]) -> list[Mark]:
    """The marks of pages, by place, and those of the pages that a person says begin in a row; ``kept`` rows are text."""
    marks = list(marks)
    for mark in doc.marked(DECISION):
        if mark.value["says"] == "page":
            at = bisect_left(kept, bisect_right(rows.starts, mark.start) - 1)
            place = rows.starts[kept[at]] if at < len(kept) else len(rows.text)
            known = [k for k, one in enumerate(marks) if one.kind == "page" and one.start == place]
            old = marks.pop(known[-1]) if known else Mark(place, place, "page", {"read": ""})
            marks.append(old._replace(value={**old.value, "folio": mark.value["folio"]}))
    return sorted(marks, key=lambda mark: mark.start)
