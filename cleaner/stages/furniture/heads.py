"""Running heads and feet where the pages are known: lines at a page's edge that come back on the pages around it.

Deliberately left alone: the title at a chapter's start that the heads repeat, "CHAPTER IV" at the top of page after
page, a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from cleaner.stages.furniture.pages import (
    DATE,
    FOLIO,
    HEAD,
    NEAR,
    TITLE,
    TWINS,
    Finding,
    Page,
    head_key,
    is_scrap,
)
from cleaner.stages.furniture.pagination import LEAST_KEY, LONGEST, SHORT_LINE, SHORTEST_CHAIN, alike, fold
from cleaner.stages.furniture.rows import HYPHEN_END, OPENERS, PageRows

FEW_RUN_ON = 0.15  # least share of pages whose sentence runs on: 50-85 % in prose, 0-5 % where titles repeat
OPEN_END = re.compile(r"(?:[-\N{NOT SIGN}\N{HYPHEN},]|[^\W\d_])$")
AROUND = 6  # pages on each side that show where a book has its folios
HALF_ALIKE = 50  # rapidfuzz ratio; unrelated lines of that length reach 35-45


def find_heads(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines at the head (or foot) of a page that come back on the pages around it."""
    numbered = [any(finding.rule == HEAD for finding in page.found.values()) for page in pages]
    limit = min(LONGEST, max(24, int(0.9 * rows.width)))
    edges: list[list[tuple[int, str]]] = []
    for page in pages:
        outer = page.edge(top=top)[:2] if len(page.rows) > 1 else []
        edges.append([(row, head_key(rows.texts[row])) for row in outer if len(rows.texts[row]) <= limit])
    whole = Counter(key for edge in edges for key in {key for _, key in edge})
    for at, edge in enumerate(edges):
        page = pages[at]
        for depth, (row, key) in enumerate(edge):
            if row in page.found or len(key) < LEAST_KEY or (depth and not _under_folio(page, edge[0][0])):
                continue
            line = rows.texts[row]
            if TITLE.fullmatch(line) or (not top and HYPHEN_END.search(line)):
                continue
            near = [n for n in range(max(0, at - NEAR), min(len(pages), at + NEAR + 1)) if n != at]
            if depth:  # below a lone folio: like heads that have no folio in their own line
                near = [n for n in near if not numbered[n]]
            twins = [(n, other) for n in near if (other := _first_like(edges[n], key)) is not None]
            if len(twins) < TWINS and len(key) > LEAST_KEY + 1 and whole[key] > TWINS:
                twins = [(n, o) for n in range(len(pages)) for o, k in edges[n] if k == key and n != at]
            if len(twins) >= TWINS:
                finding = _judge_head(
                    rows, pages, (at, row), twins, top=top, numbered=any(numbered[n] for n, _ in twins)
                )
                if finding:
                    page.found[row] = finding


def _first_like(edge: Sequence[tuple[int, str]], key: str) -> int | None:
    return next((row for row, other in edge if alike(key, other)), None)


def _under_folio(page: Page, outer: int) -> bool:
    return outer in page.found and page.found[outer].rule == FOLIO


def _judge_head(
    rows: PageRows,
    pages: Sequence[Page],
    place: tuple[int, int],
    twins: Sequence[tuple[int, int]],
    *,
    top: bool,
    numbered: bool,
) -> Finding | None:
    at, row = place
    line = rows.texts[row]
    why = f"{'head' if top else 'foot'} of {len(twins) + 1} pages"
    if DATE.fullmatch(line):
        return Finding(HEAD, 0.6, why + "; it is a date")
    here = _runs_on_at(rows, pages[at], row, top=top)
    run = here + sum(_runs_on_at(rows, pages[n], other, top=top) for n, other in twins)
    if not numbered and run < FEW_RUN_ON * (len(twins) + 1):
        return Finding(
            HEAD, 0.95 if not top and len(fold(line)) >= SHORT_LINE else 0.6, why + "; no sentence runs on across it"
        )
    if top and not numbered and not here and not _has_prose(rows, pages[at]):
        return Finding(HEAD, 0.6, why + "; this one is over a plate or a table")
    if top and not here and all(n > at for n, _ in twins) and not any(c.isdigit() for c in line):
        return None  # the title that the heads repeat
    return Finding(HEAD, 0.98 if len(twins) > TWINS else 0.95, why)


def _has_prose(rows: PageRows, page: Page) -> bool:
    """Whether a page has three lines that fill half of the measure."""
    return sum(len(rows.texts[row]) >= 0.5 * rows.width for row in page.rows) >= SHORTEST_CHAIN


def _runs_on_at(rows: PageRows, page: Page, row: int, *, top: bool) -> bool:
    """Whether the text inside a page's head goes on with a sentence, or the text above its foot leaves one open."""
    at = bisect_left(page.rows, row) + (1 if top else -1)
    while 0 <= at < len(page.rows) and page.rows[at] in page.found:
        at += 1 if top else -1
    if not 0 <= at < len(page.rows):
        return False
    line = rows.texts[page.rows[at]]
    if len(line) < 0.5 * rows.width:  # a label, a line of verse
        return False
    return line.lstrip(OPENERS)[:1].islower() if top else bool(OPEN_END.search(line))


def find_misread(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines too damaged to be read, in the place where the pages around have theirs.

    "[ ** ]" between "[ 43 ]" and "[ 45 ]"; "214 PHE LIFE JXF jMIAT" where every page has THE LIFE OF MILTON.
    """
    outer = [page.edge(top=top)[0] if len(page.rows) > TWINS else -1 for page in pages]
    rules = [page.found[row].rule if row in page.found else "" for page, row in zip(pages, outer, strict=True)]
    for at, (page, row) in enumerate(zip(pages, outer, strict=True)):
        line = rows.texts[row] if row >= 0 else ""
        if rules[at] or not line or len(line) > LONGEST or TITLE.fullmatch(line):
            continue
        near = [n for n in range(max(0, at - AROUND), min(len(pages), at + AROUND + 1)) if n != at and outer[n] >= 0]
        folios = [n for n in near if rules[n] == FOLIO]
        heads = [n for n in near if rules[n] == HEAD]
        if is_scrap(line) and len(folios) >= max(TWINS, 0.3 * len(near)):
            shaped = [n for n in near if rules[n] == FOLIO or is_scrap(rows.texts[outer[n]])]
            if len(shaped) >= 0.6 * len(near):
                page.found[row] = Finding(FOLIO, 0.94, f"{len(folios)} pages near have their folio here")
        # A title at a chapter's start stands in this place too; no sentence runs on below it, and it has no folio.
        elif len(heads) >= max(TWINS, 0.75 * len(near)) and (
            any(c.isdigit() for c in line) or _runs_on_at(rows, page, row, top=top)
        ):
            key = head_key(line)
            like = [n for n in heads if fuzz.ratio(key, head_key(rows.texts[outer[n]])) >= HALF_ALIKE]
            if len(like) >= TWINS:
                page.found[row] = Finding(HEAD, 0.94, f"half like the heads of {len(like)} pages near, in their place")
