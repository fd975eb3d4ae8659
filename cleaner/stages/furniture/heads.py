"""Running heads and feet where the pages are known: lines at a page's edge that come back on the pages around it.

Deliberately left alone: the title at a chapter's start that the heads repeat, "CHAPTER IV" at the top of page after
page, a date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from rapidfuzz import fuzz

from cleaner.measure import ends_sentence
from cleaner.policy import THRESHOLD
from cleaner.stages.furniture.feet import MARK
from cleaner.stages.furniture.pages import (
    DATE,
    DEEP,
    FEW_RUN_ON,
    FOLIO,
    HEAD,
    NEAR,
    SHORT,
    TWINS,
    Finding,
    Page,
    ends_open,
    ends_whole,
    has_prose,
    head_key,
    inside_of,
    is_dirt,
    is_plain,
    is_scrap,
    is_title,
    runs_on_at,
)
from cleaner.stages.furniture.pagination import (
    ALIKE,
    DIGIT_SHAPES,
    LEAST_KEY,
    LONGEST,
    SHORT_LINE,
    SHORTEST_CHAIN,
    alike,
    fold,
    numbers,
    readings,
)
from cleaner.stages.furniture.rows import QUOTES, PageRows, is_cut

WORD = re.compile(r"[A-Z][a-z]{2,}")
CHAPTER = re.compile(r"[IVXLC]+\.")
NEARER = 5  # rapidfuzz ratio by which another line must bring the pieces nearer to the head
FOOT = 0.3  # least share of the pages near, of prose or of plates, that have the same line there; left and right may differ
AROUND = 6  # pages on each side that show where a book has its folios
HALF_ALIKE = 50  # rapidfuzz ratio; unrelated lines of that length reach 35-45


Site = tuple[int, int]  # (page, row) of a line that may be a head


def find_heads(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines at the head (or foot) of a page that come back on the pages around it.

    Whether sentences run on across them is asked of the pages near, and of all lines of the same words the book over: a
    few pages may each end with their sentence.
    """
    twins = _find_twins(rows, pages, top=top)
    across = {(at, row): runs_on_at(rows, pages, at, row, top=top) for at, row in {*twins, *chain(*twins.values())}}
    crossed = _crossed(rows, twins, across)
    numbered = [_is_numbered(page) for page in pages]
    inner = frozenset() if top else frozenset(rows.texts[row] for page in pages for row in page.rows[:-DEEP])
    for site, others in twins.items():
        at, row = site
        if row in pages[at].found or (row != pages[at].edge(top=top)[0] and not _under_edge(rows, pages[at], top=top)):
            continue
        counted = any(numbered[n] for n, _ in others)
        here = sum(across[other] for other in (site, *others)) >= FEW_RUN_ON * (len(others) + 1)
        broken = here or crossed[site] or (counted and (top or not has_prose(rows, pages[at])))
        why = f"{'head' if top else 'foot'} of {len(others) + 1} pages"
        if top:
            finding = _judge_head(rows, pages, site, others, across[site], (counted, broken, why))
        else:
            refrain = rows.texts[row] in inner
            finding = None if refrain else _judge_foot(rows, pages, site, others, (broken, why))
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
            if len(key) < LEAST_KEY or is_title(line) or (not top and is_cut(line)):
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
    return runs_on_at(rows, pages, at, row, top=True) or any(
        other in pages[n].found and pages[n].found[other].rule == HEAD for n, other in twins
    )


def _crossed(rows: PageRows, twins: Iterable[Site], across: Mapping[Site, bool]) -> dict[Site, bool]:
    """Whether sentences run on across enough of all lines of the same words, numbers left out, the book over."""
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in twins:
        groups[_stem(rows.texts[site[1]])].append(site)
    return {
        site: enough
        for group in groups.values()
        for enough in [sum(map(across.__getitem__, group)) >= FEW_RUN_ON * len(group)]
        for site in group
    }


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
    across: bool,
    known: tuple[bool, bool, str],
) -> Finding | None:
    counted, broken, why = known
    at, row = site
    line = rows.texts[row]
    if DATE.fullmatch(line):
        return Finding(HEAD, 0.6, why + "; it is a date")
    if not broken:
        return Finding(HEAD, 0.6, why + "; no sentence runs on across it")
    sure = Finding(HEAD, 0.98 if len(twins) > TWINS else 0.95, why)
    prose = has_prose(rows, pages[at])
    if across or (at and prose and ends_open(rows, pages[at - 1])):
        return sure
    if not counted and not prose:
        return Finding(HEAD, 0.6, why + "; this one is over a plate or a table")
    like = [rows.texts[other] for _, other in twins]
    if not _has_folio(line, like):
        if all(n > at for n, _ in twins):
            return None  # the title that the heads repeat
        if all(any(map(str.isdigit, twin)) for twin in like):
            return Finding(HEAD, 0.6, why + "; all others have a folio: a title has none")
        if not counted and row == pages[at].rows[0] and is_title(inside_of(rows, pages[at], row, top=True)):
            return Finding(HEAD, 0.6, why + "; it stands over a title")
    return sure


def _judge_foot(
    rows: PageRows, pages: Sequence[Page], site: Site, twins: Sequence[Site], known: tuple[bool, str]
) -> Finding | None:
    """A foot is a habit of pages of prose, or of plates. The end of a sentence, a note and a refrain come back at times."""
    broken, why = known
    at, row = site
    line, inside = rows.texts[row], inside_of(rows, pages[at], row, top=False)
    if (line[:1].islower() and inside and not ends_sentence(inside)) or MARK.match(line):
        return None
    prose = has_prose(rows, pages[at])
    kind = [n for n in range(max(0, at - NEAR), at + NEAR + 1) if n < len(pages) and has_prose(rows, pages[n]) == prose]
    if DATE.fullmatch(line):
        return Finding(HEAD, 0.6, why + "; it is a date")
    if _counts_sheets(rows, [site, *twins]):
        return Finding(HEAD, 0.96, why + "; their numbers rise with the pages")
    if sum(n in kind for n, _ in twins) < FOOT * (len(kind) - 1):
        return None
    if not broken:
        plate = not prose and len(fold(line)) >= SHORT_LINE
        return Finding(HEAD, 0.95 if plate else 0.6, why + "; no sentence runs on across it")
    return Finding(HEAD, 0.98 if len(twins) > TWINS else 0.95, why)


def _counts_sheets(rows: PageRows, sites: Sequence[Site]) -> bool:
    """Whether the number at the end of each line tells its sheet: it rises by one in as many pages each time."""
    counted = [
        (at, number)
        for at, row in sorted(sites)
        for number, roman, cost in numbers(rows.texts[row].split()[-1])
        if not roman and not cost
    ]
    steps = [(b - a, n - m) for (a, m), (b, n) in pairwise(counted)]
    if len(counted) < SHORTEST_CHAIN or len(counted) < 0.75 * len(sites):
        return False
    sheet = sorted(pages / rise if rise > 0 else 0.0 for pages, rise in steps)[len(steps) // 2]
    return sheet > 1 and sum(
        rise > 0 and abs(pages / rise - sheet) <= 0.25 * sheet for pages, rise in steps
    ) >= 0.75 * len(steps)


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
        and any(len(key) < len(fold(line)) and alike(fold(" ".join(rest)), key) for key in map(head_key, twins))
        for scrap, rest in ((words[0], words[1:]), (words[-1], words[:-1]))
    )


def _is_like(line: str, folio: tuple[int, bool] | None) -> bool:
    """Whether a scrap may be the folio misread: half of its figures stand there, or as many signs that are none.

    >>> _is_like("[ ** ]", (44, False)), _is_like("209", (259, False)), _is_like("1848", (83, False))
    (True, True, False)
    """
    if folio is None or folio[1]:
        return False
    shown = "".join(c for c in line.strip("[](){} ").translate(DIGIT_SHAPES) if c.isdigit() or c == "*")
    wanted = str(folio[0])
    hits = sum(a in (b, "*") for a, b in zip(shown, wanted, strict=False))
    return wanted in shown or (len(shown) == len(wanted) and 2 * hits >= len(wanted))


def find_torn(rows: PageRows, pages: Sequence[Page]) -> None:
    """The other lines of heads that were torn, or set, in two or three: together they are the head that is known.

    "82" / "A LIFE" / "AFLOAT" where other pages have "A LIFE AFLOAT 81", or the same second line below the same first.
    """
    whole = [[head_key(rows.texts[row]) for row in page.rows[:1] if _is_head(page, row)] for page in pages]
    torn: list[tuple[Page, int]] = []
    crossed = 0
    for at, page in enumerate(pages):
        near = [n for n in range(max(0, at - NEAR), min(len(pages), at + NEAR + 1)) if n != at]
        size = _pieces(rows, page, [key for n in near for key in whole[n]])
        size = size or _returning(rows, pages, at, near)
        if size > 1 and len(page.rows) > 2 * DEEP:
            torn += [(page, row) for row in page.rows[:size] if not _is_sure(page, row)]
            below, above = page.rows[size], pages[at - 1].body()[-1:] if at else []
            crossed += (
                rows.texts[below].lstrip(QUOTES)[:1].islower()
                and not (is_plain(rows.texts[page.rows[size - 1]]) and ends_whole(rows, pages, at))
            ) or any(is_cut(rows.texts[row]) for row in above)
    sure = crossed > 0 and crossed >= FEW_RUN_ON * len({id(page) for page, _ in torn})
    for page, row in torn:
        page.found[row] = Finding(HEAD, 0.95 if sure else 0.6, "a line of a head that stands on several")


def _is_head(page: Page, row: int) -> bool:
    return row in page.found and page.found[row].rule == HEAD


def _is_sure(page: Page, row: int) -> bool:
    return row in page.found and page.found[row].confidence >= THRESHOLD


def _is_lone_folio(page: Page, line: str) -> bool:
    return any(reading.side == "lone" and (reading.number, reading.roman) == page.folio for reading in readings(line))


def _pieces(rows: PageRows, page: Page, heads: Sequence[str]) -> int:
    """How many lines at a page's head make one of the heads near, and none of them alone; 0 where they make none."""

    def likeness(lines: Sequence[int]) -> float:
        key = head_key(" ".join(rows.texts[row] for row in lines))
        return next(iter(sorted((fuzz.ratio(key, head) for head in heads), reverse=True)[TWINS - 1 :]), 0.0)

    best, size = float(ALIKE - NEARER), 0
    for k in range(1, min(DEEP, len(page.rows) - 1) + 1):
        if len(rows.texts[page.rows[k - 1]]) >= SHORT * rows.width:
            break
        best = max(best, likeness(page.rows[k - 1 : k]))
        if k > 1 and likeness(page.rows[:k]) > best + NEARER:
            best, size = likeness(page.rows[:k]), k
    return size


def _returning(rows: PageRows, pages: Sequence[Page], at: int, near: Sequence[int]) -> int:
    """How many lines at a page's head are furniture already, or return in their place on the pages near."""
    size = 0
    for depth, row in enumerate(pages[at].rows[:DEEP]):
        line = rows.texts[row]
        key = head_key(line)
        if len(line) >= SHORT * rows.width or len(pages[at].rows) <= DEEP + depth:
            break
        same = sum(alike(key, head_key(rows.texts[pages[n].rows[depth]])) for n in near if len(pages[n].rows) > depth)
        returns = not line[:1].islower() and not is_title(line) and same >= max(TWINS, FOOT * len(near))
        if not (_is_sure(pages[at], row) or returns or (depth and _is_lone_folio(pages[at], line))):
            break
        size = depth + 1
    return size


def find_misread(rows: PageRows, pages: Sequence[Page], *, top: bool) -> None:
    """Lines too damaged to be read, in the place where the pages around have theirs.

    "[ ** ]" between "[ 43 ]" and "[ 45 ]"; "214 PHE LIFE JXF jMIAT" where every page has THE LIFE OF MILTON.
    """
    outer = [page.edge(top=top)[0] if len(page.rows) > 2 * DEEP else -1 for page in pages]
    rules = [page.found[row].rule if row in page.found else "" for page, row in zip(pages, outer, strict=True)]
    for at, (page, row) in enumerate(zip(pages, outer, strict=True)):
        line = rows.texts[row] if row >= 0 else ""
        if rules[at] or not line or len(line) > LONGEST or is_title(line):
            continue
        near = [n for n in range(max(0, at - AROUND), min(len(pages), at + AROUND + 1)) if n != at and outer[n] >= 0]
        folios = [n for n in near if rules[n] == FOLIO]
        heads = [n for n in near if rules[n] == HEAD]
        if is_scrap(line) and len(folios) >= max(TWINS, 0.3 * len(near)):
            shaped = [n for n in near if rules[n] == FOLIO or is_scrap(rows.texts[outer[n]])]
            open_before = (at and ends_open(rows, pages[at - 1])) if top else ends_open(rows, page, row)
            runs_on = (top and runs_on_at(rows, pages, at, row, top=True)) or open_before
            word = line.strip(".,;:!?") in rows.words
            if len(shaped) >= 0.6 * len(near) and ((runs_on and not word) or _is_like(line, page.folio)):
                page.found[row] = Finding(FOLIO, 0.94, f"{len(folios)} pages near have their folio here")
        # A title at a chapter's start stands in this place too; no sentence runs on below it, and it has no folio.
        elif len(heads) >= max(TWINS, 0.75 * len(near)) and (
            any(_is_like(word, page.folio) for word in line.split()) or runs_on_at(rows, pages, at, row, top=top)
        ):
            key = head_key(line)
            like = [n for n in heads if fuzz.ratio(key, head_key(rows.texts[outer[n]])) >= HALF_ALIKE]
            if len(like) >= TWINS:
                page.found[row] = Finding(HEAD, 0.94, f"half like the heads of {len(like)} pages near, in their place")
