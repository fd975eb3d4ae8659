"""Folios where the pages are known: a number at a page's edge that is the page's own, or that rises with the pages.

Deliberately not done here: a head's likeness to others is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from cleaner.stages.furniture.pages import (
    FEW_RUN_ON,
    FOLIO,
    FULL,
    HEAD,
    NEAR,
    TWINS,
    Finding,
    Page,
    ends_open,
    ends_whole,
    has_prose,
    head_key,
    runs_on_at,
)
from cleaner.stages.furniture.pagination import LEAVES, NO_DIGIT, SILENT, Reading, alike, readings
from cleaner.stages.furniture.rows import PageRows

LEAST_RISING = 5  # folios that rise, where their steps prove nothing
YEARS = range(1000, 2100)
CROSSED = 0.3  # least share of years over pages across which sentences run on, for them to be folios: 50-85 % in prose


def find_folios(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lines at a page's edge whose number is the page's own.

    A number beside words is believed where sentences run on across such lines, or it numbers titles; and in a line as
    long as text only where other pages have a line like it.
    """
    beside: list[tuple[Page, int, Finding]] = []
    crossed = 0
    sides: set[str] = set()
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
                if not lone and len(rows.texts[row]) >= FULL * rows.width and not _has_twin(rows, pages, at, best.rest):
                    continue
                confidence = (0.99, 0.97, 0.92)[best.cost] - (0.04 if depth else 0.0)
                page.found[row] = Finding(FOLIO if lone else HEAD, confidence, _sequence(pages, at))
                page.read = page.read or _folio_text(rows.texts[row], best)
                if not lone and has_prose(rows, page):
                    beside.append((page, row, page.found[row]))
                    sides.add(best.side)
                    crossed += (runs_on_at(rows, pages, at, row, top=True) and not ends_whole(rows, pages, at)) or (
                        at > 0 and ends_open(rows, pages[at - 1])
                    )
                break
    # A title has its number always at the same end; heads of left and right pages have theirs outside.
    if crossed < FEW_RUN_ON * len(beside) and len(sides) == 1:
        for page, row, finding in beside:
            page.found[row] = finding._replace(confidence=0.6, why=finding.why + "; no sentence runs on across it")


def _has_twin(rows: PageRows, pages: Sequence[Page], at: int, key: str) -> bool:
    near = (pages[n] for n in range(max(0, at - NEAR), min(len(pages), at + NEAR + 1)) if n != at)
    return any(alike(key, head_key(rows.texts[row])) for page in near for row in page.edge(top=True)[:2])


def find_rising(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lone folios of pages that do not follow each other: they rise, but not with the pages (leaves are missing)."""
    for top in (True, False):
        slots = []
        for at, page in enumerate(pages):
            if len(page.rows) > TWINS and not page.read and page.edge(top=top)[0] not in page.found:
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


def doubt_years(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lone numbers over pages that are years, from the first page with a number on: the headings of annals, held.

    Who numbers pages begins below a thousand. The pages of a late volume, or of a sample, do not: their sentences run on.
    """
    years: list[tuple[int, int]] = []
    for at, page in enumerate(pages):
        if not page.read or page.folio is None or page.folio[1]:
            continue
        if page.folio[0] not in YEARS:
            break
        row = page.rows[0]
        if row in page.found and page.found[row].rule == FOLIO:
            years.append((at, row))
    inner = [(at, row) for at, row in years if at]
    crossed = sum(
        (runs_on_at(rows, pages, at, row, top=True) and not ends_whole(rows, pages, at))
        or ends_open(rows, pages[at - 1])
        for at, row in inner
    )
    if crossed < CROSSED * len(inner):
        for at, row in years:
            finding = pages[at].found[row]
            pages[at].found[row] = finding._replace(confidence=0.6, why=finding.why + "; it may be a year")


def _rising(slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of (page, number) that rises by at least one and at most ``LEAVES`` a page."""
    lengths: list[int] = []
    back: list[int] = []
    for n, (at, number) in enumerate(slots):
        before = [
            m
            for m in range(max(0, n - NEAR), n)
            if at - slots[m][0] <= number - slots[m][1] <= LEAVES * (at - slots[m][0])
        ]
        last = max(before, key=lengths.__getitem__, default=-1)
        back.append(last)
        lengths.append(1 + (lengths[last] if before else 0))
    n = max(range(len(slots)), key=lengths.__getitem__, default=-1)
    chain = []
    while n >= 0:
        chain.append(slots[n])
        n = back[n]
    return chain[::-1]


def settle_folios(rows: PageRows, pages: Sequence[Page], *, parted: bool) -> None:
    """The folios that stay: those that were read, those that heads show and that rise, and those counted between them.

    A head that came back may show a number that fits no count, since leaves are missing; ``parted``: where every page
    is one page, the count is not helped out by the length of pages.
    """
    slots = []
    for at, page in enumerate(pages):
        if page.folio and page.read:
            slots += [] if page.folio[1] else [(at, page.folio[0])]
            continue
        for row, finding in page.found.items():
            shown = [r for r in readings(rows.texts[row]) if r.side != "lone" and not r.roman and r.cost < NO_DIGIT]
            if finding.rule == HEAD and shown:
                slots.append((at, min(shown, key=lambda r: r.cost).number))
                break
    for at, number in _rising(slots):
        page = pages[at]
        if not page.read:
            page.folio, page.read = (number, False), str(number)
    for page in pages:
        if not page.read:
            page.folio = None
    count_folios(pages, parted=parted)


def count_folios(pages: Sequence[Page], *, parted: bool) -> None:
    """Give folios to the pages between and around those that have one, by their number and by their length.

    Between two known folios the count must come out. Around them it goes on for ``SILENT`` pages, and where boundaries
    were inferred no further than a page so long that it may be two.
    """
    known = [(at, *page.folio) for at, page in enumerate(pages) if page.folio]
    if not known:
        return
    sizes = sorted(len(page.rows) for page in pages)
    usual = max(1, sizes[len(sizes) // 2])
    turned = [1 if parted else max(1, round(len(page.rows) / usual)) for page in pages]
    for (at, number, roman), (then, later, roman_too) in pairwise(known):
        for steps in ([1] * (then - at), turned[at:then]):
            if roman == roman_too and sum(steps) == later - number:
                for n, step in enumerate(accumulate(steps[:-1]), at + 1):
                    pages[n].folio = (number + step, roman)
                break
    at, number, roman = known[0]
    for n in range(at - 1, max(0, at - SILENT, at - number + 1) - 1, -1):
        if turned[n] > 1:
            break
        pages[n].folio = (number - at + n, roman)
    at, number, roman = known[-1]
    for n in range(at + 1, min(len(pages), at + SILENT)):
        if turned[n - 1] > 1:
            break
        pages[n].folio = (number + n - at, roman)


def _apart(rows: PageRows, page: Page, row: int, *, top: bool) -> bool:
    """Whether nothing but short lines stands between a row and the page's edge."""
    between = [other for other in page.edge(top=top) if (other < row if top else other > row)]
    return all(len(rows.texts[other]) < FULL * rows.width for other in between)


def _folio_text(line: str, reading: Reading) -> str:
    words = line.split()
    return line if reading.side == "lone" else words[0] if reading.side == "left" else words[-1]


def _sequence(pages: Sequence[Page], at: int) -> str:
    folio = pages[at].folio
    if folio is None:
        return ""
    near = [f"{p.folio[0]}" for p in (*pages[max(0, at - 1) : at], *pages[at + 1 : at + 2]) if p.folio]
    return f"folio {folio[0]} beside {' and '.join(near)}" if near else f"folio {folio[0]}"
