"""Running heads, folios, catchwords and signature marks: what a printer sets around the text of each page.

In the text of a scan they stand between two halves of a sentence, and often of a word. A line goes only where the
document itself proves that it is furniture: its number continues those of the pages before and after, or its head
comes back page after page; and where no form feed says where a page ends, sentences must run on across the place.
Each page leaves a ``page`` mark with its folio.

Deliberately left alone: titles at a chapter's start, "CHAPTER IV" at the top of page after page, dates, numbers in
contents, index, lists, tables and verse, and everything in a text without pages. Whether a paragraph ends at a page's
end is not asked: its lines are only brought together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from cleaner.knowledge import Knowledge
from cleaner.model import Document, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.furniture.catchwords import find_catchwords
from cleaner.stages.furniture.closing import close_up
from cleaner.stages.furniture.notes import RULES as NOTES
from cleaner.stages.furniture.pages import (
    CATCHWORD,
    DATE,
    FEED,
    FOLIO,
    HEAD,
    NEAR,
    SIGNATURE,
    SPECK,
    TITLE,
    TWINS,
    Finding,
    Page,
    fed_pages,
    head_key,
    inferred_pages,
    is_scrap,
    is_speck,
)
from cleaner.stages.furniture.pagination import (
    LEAST_KEY,
    LONGEST,
    NO_DIGIT,
    SHORT_LINE,
    SHORTEST_CHAIN,
    Reading,
    alike,
    fold,
    readings,
)
from cleaner.stages.furniture.rows import HYPHEN_END, OPENERS, PageRows
from cleaner.stages.furniture.strays import RULES as STRAYS
from cleaner.stages.furniture.tails import RULES as TAILS

LEAST_RISING = 5  # folios that rise, where their steps prove nothing
LEAVES = 12  # pages that may be missing between two pages of a sample
FEW_RUN_ON = 0.15  # least share of pages whose sentence runs on: 50-85 % in prose, 0-5 % where titles repeat
OPEN_END = re.compile(r"(?:[-\N{NOT SIGN}\N{HYPHEN},]|[^\W\d_])$")
AROUND = 6  # pages on each side that show where a book has its folios
HALF_ALIKE = 50  # rapidfuzz ratio; unrelated lines of that length reach 35-45


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits that take out page furniture and the blank lines and form feeds around it; a mark for each page.

    A text without pages, or with numbers that no pages explain, gives nothing.
    """
    rows = PageRows(doc.text)
    if not rows.filled:
        return Proposals()
    named = find_named(rows, knowledge.rules.get("line", ()))
    pages = fed_pages(rows) or inferred_pages(rows)
    if not pages:
        return close_up(rows, named, [])
    for page in pages:
        page.found.update((row, named[row]) for row in page.rows if row in named)
    find_folios(rows, pages)
    find_rising(rows, pages)
    find_heads(rows, pages, top=True)
    find_misread(rows, pages, top=True)
    find_catchwords(rows, pages)
    find_heads(rows, pages, top=False)
    find_misread(rows, pages, top=False)
    find_specks(rows, pages)
    found = {row: finding for page in pages for row, finding in page.found.items()}
    return close_up(rows, named | found, pages)


def find_named(rows: PageRows, rules: Sequence[Rule]) -> dict[int, Finding]:
    """Lines that a rule of the kind ``line`` names: what libraries and digitisers put on their pages."""
    patterns = [(re.compile(rule.match), rule) for rule in rules]
    lines = Counter(rows.texts[row] for row in rows.filled) if patterns else {}
    named = {line: rule for pattern, rule in reversed(patterns) for line in lines if pattern.fullmatch(line)}
    return {
        row: Finding(rule.id, round(rule.confidence, 2), rule.why)
        for row in rows.filled
        if (rule := named.get(rows.texts[row]))
    }


def find_folios(rows: PageRows, pages: Sequence[Page]) -> None:
    """Lines at a page's edge whose number is the page's own."""
    for at, page in enumerate(pages):
        if page.folio is None or len(page.rows) <= 1:
            continue
        for top in (True, False):
            for depth, row in enumerate(page.edge(top=top)):
                fitting = [r for r in readings(rows.texts[row]) if (r.number, r.roman) == page.folio]
                if not top:
                    fitting = [r for r in fitting if r.side == "lone"]
                if not fitting or (depth and not _apart(rows, page, row, top=top)):
                    continue
                best = min(fitting, key=lambda r: r.cost)
                lone = best.side == "lone"
                confidence = (0.99, 0.97, 0.92)[best.cost] - (0.02 if depth else 0.0)
                page.found[row] = Finding(FOLIO if lone else HEAD, confidence, _sequence(pages, at))
                page.read = _folio_text(rows.texts[row], best)
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


def find_specks(rows: PageRows, pages: Sequence[Page]) -> None:
    """Isolated dirt beside a page's furniture: a line without letter or digit."""
    for page in pages:
        for top in (True, False):
            for row, inner in pairwise(page.edge(top=top)):
                for speck, beside in ((row, inner), (inner, row)):
                    if beside in page.found:
                        _mark_speck(rows, page, speck)
    for page, following in pairwise(pages):
        if len(page.rows) > 1 and following.rows and following.rows[0] in following.found:
            _mark_speck(rows, page, page.rows[-1])


def _mark_speck(rows: PageRows, page: Page, row: int) -> None:
    if row not in page.found and is_speck(rows.texts[row]):
        page.found[row] = Finding(SPECK, 0.95, "dirt beside a page's furniture")


# Rules: evidence is a whole document, so each example is a small book


_TEXT = (
    (
        "when the ferry left at seven the men upon the quay",
        "looked after it until the smoke was lost, and then",
        "went",
    ),
    (
        "back to the nets that hung from one end of the yard",
        "to the other, and nobody spoke before the bell, for",
        "all",
    ),
    (
        "were thinking of the boy who had gone aboard with a",
        "box under his arm and had not so much as turned his",
        "head",
    ),
    (
        "to see who stood there, although his mother had come",
        "down the hill in her house shoes and was holding the",
        "rail",
    ),
    (
        "with both hands, as people do on deck in bad weather,",
        "and it was long after noon when somebody led her home",
        "again",
    ),
)


def book(tops: Sequence[str], feet: Sequence[str] = ()) -> str:
    """A small book of five pages whose sentence never ends, with these lines over and under the pages."""
    pages = [
        "\n".join([*([top, ""] if top else []), *text, *([foot] if foot else []), ""])
        for top, text, foot in zip(tops, _TEXT, feet or [""] * len(tops), strict=True)
    ]
    return "\f".join(pages)


_PLAIN = book([""] * 5).replace("\f", "")
_STANZA = "The tide is out, the boats are in,\nThe gulls are loud, the nets are thin.\n\n"
_VERSE = "".join(f"{n}\n\n{_STANZA}" for n in range(1, 9))

RULES = (
    Rule(
        id=HEAD,
        why="the title of a book or chapter is printed over every page and stands between two halves of a sentence",
        examples=(
            (book(["The Ferry 81", "82 A Life", "The Ferry 83", "84 A Life", "The Ferry 85"]), _PLAIN),
            (book(["A LIFE AFLOAT", "A LIFE AFL0AT", "A LIEE AFLOAT", "A LIFE AFLOAT.", "A LIFE AFLOAT"]), _PLAIN),
        ),
        keep=("CHAPTER IV\n\nThe ferry left at seven.\n", "Advertisement\n\nSoap.\n\nAdvertisement\n\nTea.\n" * 3),
    ),
    Rule(
        id=FOLIO,
        why="a page number alone in its line is no part of the text",
        examples=(
            (book(["7", "8", "9", "io", "11"]), _PLAIN),
            (book(["- 3 -", "", "- 5 -", "- 6 -", "- 7 -"]), _PLAIN),
        ),
        keep=(_VERSE, "Contents\n\nThe Ferry\n\n1\n\nThe Quay\n\n9\n\nThe Smoke\n\n17\n"),
    ),
    Rule(
        id=FEED,
        why="a form feed is the end of a page, not of a paragraph",
        examples=(
            ("the men on the\n\n\fquay looked\n", "the men on the\nquay looked\n"),
            ("on the\fquay\n", "on the\nquay\n"),
        ),
        keep=("the men on the\n\nquay looked\n",),
    ),
    Rule(
        id=SPECK,
        why="dust beside a page number is read as a point or a dash",
        examples=((book(["7", "8\n-", "9", "10", "11"]), _PLAIN),),
        keep=("He waited.\n\n-\n\nThe ferry left.\n",),
    ),
    Rule(
        id=CATCHWORD,
        why="old printers set the next page's first word below the last line, and it would stand twice",
        examples=((book(["7", "8", "9", "10", "11"], ["back", "were", "to", "with", ""]), _PLAIN),),
        keep=("He went\nback\n\nback to the quay.\n",),
    ),
    Rule(
        id=SIGNATURE,
        why="letters and numbers at the foot of a page told the binder the order of the sheets",
        examples=((book(["7", "8", "9", "10", "11"], ["", "B 2", "", "B 3", "B 4"]), _PLAIN),),
        keep=("The plan shows deck\nB 2\nand deck\nB 3\n",),
    ),
    *NOTES,
    *STRAYS,
    *TAILS,
)
