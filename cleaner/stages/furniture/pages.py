"""One page: its lines, its folio, and why some of its lines are furniture. And what such lines look like.

Deliberately not done here: finding pages, and judging lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cleaner.measure import ends_sentence
from cleaner.stages.furniture.pagination import (
    NO_DIGIT,
    PARTS,
    SHORT_LINE,
    SHORTEST_CHAIN,
    fold,
    readings,
)
from cleaner.stages.furniture.rows import OPENERS, QUOTES, PageRows

HEAD, FOLIO, FEED, SPECK = "furniture.head", "furniture.folio", "furniture.feed", "furniture.speck"
CATCHWORD, SIGNATURE = "furniture.catchword", "furniture.signature"
DEEP = 3  # lines from a page's edge that can be furniture: folio, two lines of head
NEAR = 8  # pages on each side where a head must come back: chapters of fewer pages than four are rare
TWINS = 2  # other pages that must show the same head
FEW_RUN_ON = 0.15  # least share of pages whose sentence runs on: 50-85 % in prose, 0-5 % where titles repeat
FULL = 0.7  # share of the measure that a line of prose fills
SHORT = 0.5  # and that a label, a line of verse or a piece of a head does not
SPECK_MARKS = 3  # signs in a line of dirt
DIRT_LETTERS = 3  # that the edge of the paper, or a scratch, is read as
# The word for a part of a book with its number alone is a title, however often it stands at the top of a page.
COUNTED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th"
    r"|(?:ers|zwei|drit|vier|f[uü]nf|sechs|sieben|sieb|ach|neun|zehn|elf|zw[oö]lf)te[rs]?"
    r"|premi(?:er|[eè]re)|seconde|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix)i[eè]me)"
)
PART = "|".join(sorted(PARTS, key=len, reverse=True))
TITLE = re.compile(
    rf"\W*(?:(?:{COUNTED}|\d+)\W+)?(?:{PART})\b[\W_]*(?:the\W+)?(?:{COUNTED}|[\divxlc]*)\W*", re.IGNORECASE
)
MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\w*"
DATE = re.compile(rf"\W*(?:\d{{1,2}}\W+)?{MONTH}\W+(?:\d{{1,2}}\w{{0,2}}\W+)?\d{{4}}\W*", re.IGNORECASE)
CUT_END = re.compile(r"(?:[-\N{NOT SIGN}\N{HYPHEN}]|[^\W\d_])$")
WORDLIKE = re.compile(r"[^\W\d_]{4}")
INITIALS = re.compile(r"(?:[A-Z]\. ?){2,4}")
SYLLABLE = re.compile(r"[^\W\d_]{2}")


class Finding(NamedTuple):
    """Why one row is furniture."""

    rule: str
    confidence: float
    why: str


@dataclass(slots=True)
class Page:
    """One page: its filled rows, its folio as fitted and as read, and the furniture found so far by row.

    ``foot`` is the folio at its foot, where that is another one: the boundary between the two left no trace.
    """

    rows: list[int]
    folio: tuple[int, bool] | None = None
    foot: tuple[int, bool] | None = None
    read: str = ""
    found: dict[int, Finding] = field(default_factory=dict)

    def edge(self, *, top: bool) -> list[int]:
        """The rows at the head or the foot that could be furniture, from the edge inwards."""
        deep = min(DEEP, max(1, len(self.rows) - 1))
        return self.rows[:deep] if top else self.rows[::-1][:deep]

    def body(self) -> list[int]:
        """The rows that are not known to be furniture."""
        return [row for row in self.rows if row not in self.found]


@lru_cache(maxsize=8192)
def head_key(line: str) -> str:
    """A head without its folio, folded."""
    found = [reading for reading in readings(line) if reading.side != "lone" and reading.cost < NO_DIGIT]
    return min((reading.rest for reading in found), key=len, default=fold(line))


def is_title(line: str) -> bool:
    """Whether a line is the word for a part of a book, with its number or alone; in lower case it ends a sentence.

    >>> is_title("CHAPTER IV."), is_title("Letter the First"), is_title("letter."), is_title("The Letter")
    (True, True, False, False)
    """
    return not line[:1].islower() and TITLE.fullmatch(line) is not None


def is_scrap(line: str) -> bool:
    """Whether a line could be a misread folio: short, no word in it nor two, and not dirt alone.

    >>> is_scrap("[ iM ]"), is_scrap("It is"), is_scrap("J. T.")
    (True, False, False)
    """
    if len(line) > SHORT_LINE or WORDLIKE.search(line) or INITIALS.fullmatch(line):
        return False
    if not any(c.isalnum() or c == "*" for c in line):
        return False
    return any(c.isdigit() for c in line) or len(SYLLABLE.findall(line)) <= 1


def is_dirt(line: str) -> bool:
    """Whether a line at a page's edge says nothing: a letter or two alone, or among more signs than letters.

    >>> is_dirt("V"), is_dirt("l__.____"), is_dirt("12"), is_dirt("No.")
    (True, True, False, False)
    """
    letters = [c for c in line if c.isalnum()]
    return (
        len(letters) <= DIRT_LETTERS
        and not any(c.isdigit() for c in letters)
        and (len(line) == 1 or 2 * len(letters) < len(line.replace(" ", "")))
    )


def is_speck(line: str) -> bool:
    """Whether a line is dirt: a few marks without letter or digit; U+FFFD may have been one, the same mark twice is a break.

    >>> is_speck(" -. ".strip()), is_speck("\N{REPLACEMENT CHARACTER}"), is_speck("***")
    (True, False, False)
    """
    if len(line) > SPECK_MARKS:
        return False
    signs = line.replace(" ", "")
    return len(set(signs)) == len(signs) and not any(c.isalnum() or c == "\N{REPLACEMENT CHARACTER}" for c in line)


def has_prose(rows: PageRows, page: Page) -> bool:
    """Whether a page has three lines that fill half of the measure."""
    return sum(len(rows.texts[row]) >= SHORT * rows.width for row in page.rows) >= SHORTEST_CHAIN


def inside_of(rows: PageRows, page: Page, row: int, *, top: bool) -> str:
    """The line next to a head or foot, further inside the page, past other furniture; empty where there is none."""
    at = bisect_left(page.rows, row) + (1 if top else -1)
    while 0 <= at < len(page.rows) and page.rows[at] in page.found:
        at += 1 if top else -1
    return rows.texts[page.rows[at]] if 0 <= at < len(page.rows) else ""


def runs_on_at(rows: PageRows, pages: Sequence[Page], at: int, row: int, *, top: bool) -> bool:
    """Whether a sentence runs on below a page's head, or past its foot to the next page.

    After a whole sentence a line in small letters is text, though the next goes on in lower case: "Lieber Bruder,". And
    below the name of a speaker "(she rises" is a stage direction.
    """
    line = inside_of(rows, pages[at], row, top=top)
    if len(line) < SHORT * rows.width:  # a label, a line of verse
        return False
    if not top:
        below = pages[at + 1].body() if at + 1 < len(pages) else []
        return CUT_END.search(line) is not None and not (below and rows.texts[below[0]].lstrip(OPENERS)[:1].isupper())
    return line.lstrip(QUOTES)[:1].islower() and not (is_plain(rows.texts[row]) and ends_whole(rows, pages, at))


def is_plain(line: str) -> bool:
    """Whether a line is set as text is, neither in capitals nor with a number.

    >>> is_plain("Lieber Bruder,"), is_plain("THE FERRY"), is_plain("The Ferry 83")
    (True, False, False)
    """
    return line != line.upper() and not any(c.isdigit() for c in line)


def ends_whole(rows: PageRows, pages: Sequence[Page], at: int) -> bool:
    """Whether the page before the page ``at`` ends with a whole sentence."""
    above = pages[at - 1].body() if at else []
    return bool(above) and ends_sentence(rows.texts[above[-1]])


def ends_open(rows: PageRows, page: Page, foot: int = -1) -> bool:
    """Whether a page ends in mid-sentence, above ``foot`` if it is given: its last line fills the measure and goes on."""
    body = [row for row in page.body() if row != foot]
    last = rows.texts[body[-1]] if body else ""
    return len(last) >= FULL * rows.width and not ends_sentence(last)
