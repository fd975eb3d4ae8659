"""Running heads, folios, catchwords and signature marks: what a printer sets around the text of each page.

In the text of a scan they stand between two halves of a sentence, and often of a word. A line goes only where the
document itself proves that it is furniture: its number continues those of the pages before and after, or its head
comes back page after page; and where no form feed says where a page ends, sentences must run on across the place, or
folios stand at the outer sides of left and right pages.
Each page leaves a ``page`` mark with its folio.

Deliberately left alone: titles at a chapter's start, "CHAPTER IV" at the top of page after page, dates, numbers in
contents, index, lists, tables and verse, and everything in a text without pages. Whether a paragraph ends at a page's
end is not asked: its lines are only brought together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cleaner.knowledge import Knowledge
from cleaner.model import Document, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.furniture.catchwords import find_catchwords
from cleaner.stages.furniture.closing import close_up
from cleaner.stages.furniture.folios import count_folios, doubt_years, find_folios, find_rising, settle_folios
from cleaner.stages.furniture.heads import find_heads, find_misread, find_torn
from cleaner.stages.furniture.inferred import inferred_pages
from cleaner.stages.furniture.notes import RULES as NOTES
from cleaner.stages.furniture.pages import (
    CATCHWORD,
    DEEP,
    FEED,
    FOLIO,
    HEAD,
    SIGNATURE,
    SPECK,
    Finding,
    Page,
    is_dirt,
    is_speck,
)
from cleaner.stages.furniture.parted import parted_pages
from cleaner.stages.furniture.rows import PageRows
from cleaner.stages.furniture.strays import RULES as STRAYS
from cleaner.stages.furniture.tails import RULES as TAILS


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits that take out page furniture and the blank lines and form feeds around it; a mark for each page.

    A text without pages, or with numbers that no pages explain, gives nothing.
    """
    rows = PageRows(doc.text)
    if not rows.filled:
        return Proposals()
    found, pages = find(rows, find_named(rows, knowledge.rules.of_kind("line", "")))
    return close_up(doc, rows, found, pages, keep=knowledge.keep_furniture, notes=knowledge.notes)


def find(rows: PageRows, named: Mapping[int, Finding]) -> tuple[dict[int, Finding], Sequence[Page]]:
    """The rows that are furniture, and the pages, none where nothing shows them; ``named`` are known from rules."""
    parted = parted_pages(rows)
    pages, doubtful = (parted, {}) if parted else inferred_pages(rows)
    if not pages:
        return {**doubtful, **named}, []
    for page in pages:
        page.found.update((row, named[row]) for row in page.rows if row in named)
    if not parted:
        count_folios(pages, parted=False)
    find_folios(rows, pages)
    find_rising(rows, pages)
    doubt_years(rows, pages)
    find_heads(rows, pages, top=True)
    find_torn(rows, pages)
    find_misread(rows, pages, top=True)
    find_catchwords(rows, pages)
    find_heads(rows, pages, top=False)
    find_misread(rows, pages, top=False)
    find_specks(rows, pages)
    settle_folios(rows, pages, parted=bool(parted))
    return {**doubtful, **named, **{row: finding for page in pages for row, finding in page.found.items()}}, pages


def find_named(rows: PageRows, rules: Sequence[Rule]) -> dict[int, Finding]:
    """Lines that a rule of the kind ``line`` names: what libraries and digitisers put on their pages."""
    if not rules:
        return {}
    patterns = [(re.compile(rule.match), rule) for rule in rules]
    plain = [pattern.pattern for pattern, _ in patterns if not pattern.groups and pattern.flags == re.UNICODE]
    # One look at each line; what refers to its own groups, or has flags, cannot be part of one expression.
    any_of = re.compile("|".join(f"(?:{pattern})" for pattern in plain)) if len(plain) == len(patterns) else None
    lines = {line for line in rows.texts if line and (any_of is None or any_of.fullmatch(line))}
    named = {line: rule for pattern, rule in reversed(patterns) for line in lines if pattern.fullmatch(line)}
    return {
        row: Finding(rule.id, round(rule.confidence, 2), rule.why)
        for row in rows.filled
        if (rule := named.get(rows.texts[row])) and not rule.spares(rows.text, rows.starts[row], rows.ends[row])
    }


def find_specks(rows: PageRows, pages: Sequence[Page]) -> None:
    """Dirt at a page's edge: signs beside furniture; a stray letter above a head, or where a sentence runs on past it.

    What stands on every second page inside of it too is text: the braces of a listing.
    """
    inside = Counter(rows.texts[row] for page in pages for row in page.rows[DEEP:-DEEP])
    text = {line for line, count in inside.items() if 2 * count >= len(pages)}

    def mark(page: Page, row: int, confidence: float, why: str) -> None:
        if row not in page.found and rows.texts[row] not in text:
            page.found[row] = Finding(SPECK, confidence, why)

    def mark_signs(page: Page, row: int) -> None:
        if is_speck(rows.texts[row]):
            mark(page, row, 0.95, "dirt beside a page's furniture")

    for page in pages:
        for top in (True, False):
            for row, inner in pairwise(page.edge(top=top)):
                for speck, beside in ((row, inner), (inner, row)):
                    if beside in page.found:
                        mark_signs(page, speck)
                if inner in page.found and is_dirt(rows.texts[row]):
                    mark(page, row, 0.93, "a stray letter outside of a page's furniture")
    for page, following in pairwise(pages):
        if len(page.rows) > 1 and following.rows and following.rows[0] in following.found:
            mark_signs(page, page.rows[-1])
        body, below = page.body(), following.body()
        if len(body) <= DEEP or not below:
            continue
        above, line = rows.texts[body[-2]], rows.texts[body[-1]]
        # "I" is a word; the entries of an index end in a number, and a letter stands over the next ones.
        if is_dirt(line) and line not in rows.words and not above[-1].isdigit() and rows.runs_on(body[-2], below[0]):
            mark(page, body[-1], 0.93, "a stray letter at the page's foot; a sentence runs on past it")


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
