"""Running heads and feet where the pages are known: lines at a page's edge that come back on the pages around it.

Deliberately left alone: the title at a chapter's start that the heads repeat, "CHAPTER IV" at the top of page after
page, a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from rapidfuzz import fuzz

from cleaner.stages.furniture.pages import (
    DATE,
    DEEP,
    FOLIO,
    FULL,
    HEAD,
    NEAR,
    TITLE,
    TWINS,
    Finding,
    Page,
    head_key,
    is_dirt,
    is_scrap,
)
from cleaner.stages.furniture.pagination import LEAST_KEY, LONGEST, SHORT_LINE, SHORTEST_CHAIN, alike, fold, numbers
from cleaner.stages.furniture.rows import HYPHEN_END, OPENERS, PageRows

FEW_RUN_ON = 0.15  # least share of pages whose sentence runs on: 50-85 % in prose, 0-5 % where titles repeat
OPEN_END = re.compile(r"(?:[-\N{NOT SIGN}\N{HYPHEN},]|[^\W\d_])$")
CUT_END = re.compile(r"(?:[-\N{NOT SIGN}\N{HYPHEN}]|[^\W\d_])$")
WORD = re.compile(r"[A-Z][a-z]{2,}")
CHAPTER = re.compile(r"[IVXLC]+\.")
AROUND = 6  # pages on each side that show where a book has its folios
HALF_ALIKE = 50  # rapidfuzz ratio; unrelated lines of that length reach 35-45


Site = tuple[int, int]  # (page, row) of a line that may be a head


def find_heads(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines at the head (or foot) of a page that come back on the pages around it.

    Whether sentences run on across them is asked of the pages near, and of all lines of the same words the book over: a
    few pages may each end with their sentence.
    """
    twins = _find_twins(rows, pages, top=top)
    across = {(at, row): _runs_on_at(rows, pages[at], row, top=top) for at, row in {*twins, *chain(*twins.values())}}
    series = _series(rows, twins)
    numbered = [_is_numbered(page) for page in pages]
    for site, others in twins.items():
        at, row = site
        if row in pages[at].found or (row != pages[at].edge(top=top)[0] and not _under_edge(rows, pages[at], top=top)):
            continue
        counted = any(numbered[n] for n, _ in others)
        broken = counted or any(
            sum(across[other] for other in sites) >= FEW_RUN_ON * len(sites)
            for sites in (series[site], [site, *others])
        )
        why = f"{'head' if top else 'foot'} of {len(others) + 1} pages"
        finding = _judge_head(rows, pages, site, others, across, (top, counted, broken, why))
        if finding:
            pages[at].found[row] = finding


def _find_twins(rows: PageRows, pages: Sequence[Page], *, top: bool) -> dict[Site, list[Site]]:
    """The lines at the pages' edges that come back, each with the lines that are like it."""
    limit = min(LONGEST, max(24, int(0.9 * rows.width)))
    edges: list[list[tuple[int, str]]] = []
    places: defaultdict[str, list[Site]] = defaultdict(list)
    for at, page in enumerate(pages):
        outer = page.edge(top=top)[:2] if len(page.rows) > 1 else []
        edges.append([(row, head_key(rows.texts[row])) for row in outer if len(rows.texts[row]) <= limit])
        for row, key in edges[-1]:
            places[key].append((at, row))
    numbered = [_is_numbered(page) for page in pages]
    twins: dict[Site, list[Site]] = {}
    for at, edge in enumerate(edges):
        for depth, (row, key) in enumerate(edge):
            line = rows.texts[row]
            if len(key) < LEAST_KEY or TITLE.fullmatch(line) or (not top and HYPHEN_END.search(line)):
                continue
            near = [n for n in range(max(0, at - NEAR), min(len(pages), at + NEAR + 1)) if n != at]
            if depth:  # below a lone folio: like heads that have no folio in their own line
                near = [n for n in near if not numbered[n]]
            found = [(n, other) for n in near if (other := _first_like(edges[n], key)) is not None]
            if len(found) < TWINS and len(key) > LEAST_KEY + 1 and len(places[key]) > TWINS:
                found = [site for site in places[key] if site[0] != at]
            if len(found) >= (1 if top and not depth and _is_taught(rows, pages, (at, row), found) else TWINS):
                twins[at, row] = found
    return twins


def _is_taught(rows: PageRows, pages: Sequence[Page], site: Site, twins: Sequence[Site]) -> bool:
    """Whether one like line is enough: both have a number, and the folio proves the other, or a sentence runs on here.

    "Gretel's Fiddle, 3" on page 13, where page 15 has "Gretel's Fiddle. 15"; "4 PREFACE." on the page after "PREFACE."
    """
    at, row = site
    if not any(c.isdigit() for c in rows.texts[row]):
        return False
    return _runs_on_at(rows, pages[at], row, top=True) or any(
        other in pages[n].found and pages[n].found[other].rule == HEAD for n, other in twins
    )


def _series(rows: PageRows, twins: Mapping[Site, Sequence[Site]]) -> dict[Site, list[Site]]:
    """All lines of the same words, numbers left out, that come back from one page to the next."""
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in twins:
        groups[_stem(rows.texts[site[1]])].append(site)
    return {site: group for group in groups.values() for site in group}


def _stem(line: str) -> str:
    """The words of a head without numbers: "BULIMUS. PLATE XX" and "BULIMUS. PLATE XXI" are one head."""
    return " ".join(word for word in line.split() if not numbers(word))


def _first_like(edge: Sequence[tuple[int, str]], key: str) -> int | None:
    return next((row for row, other in edge if alike(key, other)), None)


def _under_edge(rows: PageRows, page: Page, *, top: bool) -> bool:
    """Whether the outermost line of a page is its folio, or a scrap: a torn piece of the head, or the edge of the paper."""
    outer = page.edge(top=top)[0]
    return page.found[outer].rule == FOLIO if outer in page.found else is_dirt(rows.texts[outer])


def _judge_head(
    rows: PageRows,
    pages: Sequence[Page],
    site: Site,
    twins: Sequence[Site],
    across: Mapping[Site, bool],
    known: tuple[bool, bool, bool, str],
) -> Finding | None:
    top, counted, broken, why = known
    at, row = site
    line = rows.texts[row]
    if DATE.fullmatch(line):
        return Finding(HEAD, 0.6, why + "; it is a date")
    inside = _inside(rows, pages[at], row, top=top)
    if not top and line[:1].islower() and OPEN_END.search(inside):
        return None if HYPHEN_END.search(inside) else Finding(HEAD, 0.6, why + "; a sentence may end in it")
    if not broken:
        same = sum(fold(rows.texts[other]) == fold(line) for _, other in twins)
        sure = not top and len(fold(line)) >= SHORT_LINE and same >= TWINS
        return Finding(HEAD, 0.95 if sure else 0.6, why + "; no sentence runs on across it")
    if not top or across[site] or (at and _ends_open(rows, pages[at - 1])):
        return Finding(HEAD, 0.98 if len(twins) > TWINS else 0.95, why)
    if not counted and not _has_prose(rows, pages[at]):
        return Finding(HEAD, 0.6, why + "; this one is over a plate or a table")
    if not _has_folio(line, [rows.texts[other] for _, other in twins]):
        if all(n > at for n, _ in twins):
            return None  # the title that the heads repeat
        if not counted and row == pages[at].rows[0] and TITLE.fullmatch(_inside(rows, pages[at], row, top=top)):
            return Finding(HEAD, 0.6, why + "; it stands over a title")
    return Finding(HEAD, 0.98 if len(twins) > TWINS else 0.95, why)


def _is_numbered(page: Page) -> bool:
    return any(finding.rule == HEAD for finding in page.found.values())


def _has_folio(line: str, twins: Sequence[str]) -> bool:
    """Whether a line has a digit, or a scrap at an end, where no like line has it: a folio, however damaged.

    The numeral with a full stop before a chapter's title is none, nor is a word such as "Sir".
    """
    words = line.split()
    if any(c.isdigit() for c in line):
        return True
    return any(
        is_scrap(scrap)
        and not (scrap == words[0] and CHAPTER.fullmatch(scrap))
        and not WORD.fullmatch(scrap)
        and len(scrap) < len(line)
        and any(fold(" ".join(rest)) == head_key(twin) for twin in twins)
        for scrap, rest in ((words[0], words[1:]), (words[-1], words[:-1]))
    )


def _has_prose(rows: PageRows, page: Page) -> bool:
    """Whether a page has three lines that fill half of the measure."""
    return sum(len(rows.texts[row]) >= 0.5 * rows.width for row in page.rows) >= SHORTEST_CHAIN


def _inside(rows: PageRows, page: Page, row: int, *, top: bool) -> str:
    """The line next to a head or foot, further inside the page, past other furniture; empty where there is none."""
    at = bisect_left(page.rows, row) + (1 if top else -1)
    while 0 <= at < len(page.rows) and page.rows[at] in page.found:
        at += 1 if top else -1
    return rows.texts[page.rows[at]] if 0 <= at < len(page.rows) else ""


def _runs_on_at(rows: PageRows, page: Page, row: int, *, top: bool) -> bool:
    """Whether the text inside a page's head goes on with a sentence, or the text above its foot leaves one open."""
    line = _inside(rows, page, row, top=top)
    if len(line) < 0.5 * rows.width:  # a label, a line of verse
        return False
    return line.lstrip(OPENERS)[:1].islower() if top else bool(OPEN_END.search(line))


def _ends_open(rows: PageRows, page: Page) -> bool:
    """Whether a page ends in mid-sentence: its last line fills the measure and ends in a letter, or in a cut word."""
    body = page.body()
    last = rows.texts[body[-1]] if body else ""
    return len(last) >= FULL * rows.width and CUT_END.search(last) is not None


def find_misread(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines too damaged to be read, in the place where the pages around have theirs.

    "[ ** ]" between "[ 43 ]" and "[ 45 ]"; "214 PHE LIFE JXF jMIAT" where every page has THE LIFE OF MILTON.
    """
    outer = [page.edge(top=top)[0] if len(page.rows) > 2 * DEEP else -1 for page in pages]
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
