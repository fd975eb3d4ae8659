"""Folios where the pages are known: a number at a page's edge that is the page's own, or that rises with the pages.

Deliberately not done here: a head's likeness to others is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.stages.furniture.pages import FOLIO, HEAD, NEAR, TWINS, Finding, Page
from cleaner.stages.furniture.pagination import LEAVES, NO_DIGIT, Reading, readings
from cleaner.stages.furniture.rows import PageRows

LEAST_RISING = 5  # folios that rise, where their steps prove nothing


def find_folios(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lines at a page's edge whose number is the page's own."""
    for at, page in enumerate(pages):
        if page.folio is None or len(page.rows) <= 1:
            continue
        for top in (True, False):
            for depth, row in enumerate(page.edge(top=top)):
                folio = page.folio if top else page.foot or page.folio
                fitting = [r for r in readings(rows.texts[row]) if (r.number, r.roman) == folio]
                if not top:
                    fitting = [r for r in fitting if r.side == "lone"]
                if not fitting or (depth and not _apart(rows, page, row, top=top)):
                    continue
                best = min(fitting, key=lambda r: r.cost)
                lone = best.side == "lone"
                confidence = (0.99, 0.97, 0.92)[best.cost] - (0.02 if depth else 0.0)
                page.found[row] = Finding(FOLIO if lone else HEAD, confidence, _sequence(pages, at))
                page.read = page.read or _folio_text(rows.texts[row], best)
                break


def find_rising(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lone folios of pages that do not follow each other: they rise, but not with the pages (leaves are missing)."""
    for top in (True, False):
        slots = []
        for at, page in enumerate(pages):
            if len(page.rows) > TWINS and page.edge(top=top)[0] not in page.found:
                found = [
                    r
                    for r in readings(rows.texts[page.edge(top=top)[0]])
                    if r.side == "lone" and not r.roman and r.cost < NO_DIGIT
                ]
                slots += [(at, found[0].number)] if found else []
        chain = _rising(slots)
        if len(chain) < LEAST_RISING or len(chain) < 0.6 * len(slots):
            continue
        for at, number in chain:
            page = pages[at]
            row = page.edge(top=top)[0]
            page.folio, page.read = (number, False), rows.texts[row]
            page.found[row] = Finding(FOLIO, 0.95, f"one of {len(chain)} folios that rise from page to page")


def _rising(slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of (page, number) that rises by at least one and at most ``LEAVES`` a page."""
    best: list[list[tuple[int, int]]] = []
    for n, (at, number) in enumerate(slots):
        before = [
            chain
            for chain in best[max(0, n - NEAR) :]
            if chain[-1][1] + (at - chain[-1][0]) <= number <= chain[-1][1] + LEAVES * (at - chain[-1][0])
        ]
        best.append([*max(before, key=len, default=[]), (at, number)])
    return max(best, key=len, default=[])


def _apart(rows: PageRows, page: Page, row: int, *, top: bool) -> bool:
    """Whether nothing but short lines stands between a row and the page's edge."""
    between = [other for other in page.edge(top=top) if (other < row if top else other > row)]
    return all(len(rows.texts[other]) < 0.7 * rows.width for other in between)


def _folio_text(line: str, reading: Reading) -> str:
    words = line.split()
    return line if reading.side == "lone" else words[0] if reading.side == "left" else words[-1]


def _sequence(pages: Sequence[Page], at: int) -> str:
    folio = pages[at].folio
    if folio is None:
        return ""
    near = [f"{p.folio[0]}" for p in (*pages[max(0, at - 1) : at], *pages[at + 1 : at + 2]) if p.folio]
    return f"folio {folio[0]} beside {' and '.join(near)}" if near else f"folio {folio[0]}"
