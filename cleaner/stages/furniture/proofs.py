"""What proves that a chain of numbers counts pages, and not sections, stanzas, or the items of a list.

Sentences run on across pages, and never across a heading; and a printer sets folios at the outer side of left and right
pages, where a heading has its number always at the same end. Words, numbers and distances alone prove nothing: twelve
forms are counted, headed and set alike. Where nothing else is known their headings are held.

Deliberately not done here: finding chains, and cutting a text into pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cleaner.stages.furniture.chains import Link
from cleaner.stages.furniture.pages import FULL, HEAD, TWINS, Finding, is_title
from cleaner.stages.furniture.pagination import SHORTEST_CHAIN, alike, fold
from cleaner.stages.furniture.rows import PageRows, is_cut

LONE_RUN_ON = 0.2  # least share of boundaries where a sentence runs on, if nothing else says that there are pages
RETURNING = 0.25  # least share of heads that come back: a left or a right page's does, the words of a list never
LEFT_RETURNS = (
    0.5  # least share of heads that come back where all have words: the left pages' do, whatever stands right
)
MISPLACED = 0.1  # greatest share of misread lines: folios on the wrong side, words in small letters
LEAST_ALIKE = 5  # heads that count on and on, of which nothing but their likeness says that they are heads
LONG_WORD = 4  # letters of a word that begins with a capital in a title: "of" and "the" do not
EVEN = 0.25  # share of the usual distance by which one of them may miss it
MOSTLY = 0.75  # share of the distances that must be so; a chapter's end, or a plate, is not


def counts_pages(rows: PageRows, chain: Sequence[Link]) -> bool:
    """Whether a chain numbers pages."""
    if _interrupts(rows, chain) and _heads_return(chain):
        return True
    return _are_titles(rows, chain) and (takes_sides(chain) or _cuts(rows, chain))


def _are_titles(rows: PageRows, chain: Sequence[Link]) -> bool:
    """Whether the words beside the numbers are set as titles are, but for a few misread ones."""
    good = sum(link.reading.side == "lone" or is_head_like(rows.texts[link.row], link.reading.side) for link in chain)
    return good >= (1 - MISPLACED) * len(chain)


def is_head_like(line: str, side: str) -> bool:
    """Whether a line with its folio at that side is set as a title is: its longer words begin with a capital.

    >>> is_head_like("62 HISTORY OF ORMESBY.", "left"), is_head_like("History of Ormesby xviii", "right")
    (True, True)
    >>> is_head_like("62. See above.", "left"), is_head_like("62. Rolls, 65", "left"), is_head_like("LETTER 4", "right")
    (False, False, False)
    """
    words = line.split()
    words = words[1:] if side == "left" else words[:-1]
    return (
        not is_title(line)
        and not any(c.isdigit() for word in words for c in word)
        and not any(word[0].islower() for word in words if len(word) >= LONG_WORD)
    )


def _interrupts(rows: PageRows, chain: Sequence[Link]) -> bool:
    """Whether sentences run on across the lines of a chain: numbers over sections or stanzas never interrupt one."""
    across = [runs_across(rows, chain, at) for at in range(len(chain))]
    return sum(across) >= TWINS and sum(across) >= LONE_RUN_ON * len({link.page for link in chain})


def runs_across(rows: PageRows, chain: Sequence[Link], at: int) -> bool:
    """Whether a sentence runs on across one line of a chain, or across it and a neighbour at the same page's end."""
    first = bisect_left(rows.filled, chain[at].row)
    last = first
    if at and chain[at - 1].page == chain[at].page:
        return False  # counted with the line before
    if at + 1 < len(chain) and chain[at + 1].page == chain[at].page:
        last = bisect_left(rows.filled, chain[at + 1].row)
    if first == 0 or last + 1 >= len(rows.filled):
        return False
    before, after = rows.filled[first - 1], rows.filled[last + 1]
    if rows.runs_on(before, after):
        return True
    # A foot, and the next page's head below it: that line may stand between the halves of the sentence too.
    others = (*chain[max(0, at - 4) : at], *chain[at + 1 : at + 5])
    below = {
        rows.filled[place] for link in others if (place := bisect_left(rows.filled, link.row) + 1) < len(rows.filled)
    }
    head = len(rows.texts[after]) < 0.85 * rows.width and last + 2 < len(rows.filled)
    return (
        head
        and any(alike(fold(rows.texts[row]), fold(rows.texts[after])) for row in below - {after})
        and rows.runs_on(before, rows.filled[last + 2])
    )


def _heads_return(chain: Sequence[Link]) -> bool:
    """Whether the heads of a chain come back, or its folios stand alone: the items of a list begin with new words."""
    rests = [link.reading.rest for link in chain]
    good = sum(
        not rest or any(alike(rest, other) for other in (*rests[max(0, n - 4) : n], *rests[n + 1 : n + 5]))
        for n, rest in enumerate(rests)
    )
    return good >= RETURNING * len(chain)


def takes_sides(chain: Sequence[Link]) -> bool:
    """Whether heads have their number at the left of even pages and at the right of odd ones, two of each at least.

    Those of one side must come back: the words of a list are new in every line.

    >>> from cleaner.stages.furniture.chains import Candidate, fit_lines
    >>> from cleaner.stages.furniture.pagination import readings
    >>> def chain(*lines):
    ...     return fit_lines([Candidate(n * 30, n * 30, readings(line)) for n, line in enumerate(lines)])[0][0]
    >>> takes_sides(chain("62 A LIFE", "SALT 63", "64 A LIFE", "TAR 65"))
    True
    >>> takes_sides(chain("62 A LIFE", "63 A LIFE", "64 A LIFE", "65 A LIFE"))
    False
    """
    headed = [link for link in chain if link.reading.side != "lone"]
    outer: defaultdict[str, list[str]] = defaultdict(list)
    for link in headed:
        if (link.reading.number % 2 == 0) == (link.reading.side == "left"):
            outer[link.reading.side].append(link.reading.rest)
    fitting = sum(map(len, outer.values()))
    returning = sum(_have_twins(rests) for rests in outer.values())
    return (
        len(outer) == len({"left", "right"})
        and min(map(len, outer.values())) >= TWINS
        and fitting >= (1 - MISPLACED) * len(headed)
        and len(headed) >= 0.5 * len(chain)
        and returning >= LEFT_RETURNS * fitting
    )


def _have_twins(rests: Sequence[str]) -> int:
    """How many heads are like another one."""
    return sum(any(alike(rest, other) for m, other in enumerate(rests) if m != n) for n, rest in enumerate(rests))


def _cuts(rows: PageRows, chain: Sequence[Link]) -> bool:
    """Whether one of three to five heads, that come back and count on, breaks off a line of prose that goes on below it."""
    if not _is_worded(rows, chain) or not _counts_on(chain, SHORTEST_CHAIN):
        return False
    places = [bisect_left(rows.filled, link.row) for link in chain]
    cuts = sum(_is_cut_at(rows, place) for place in places if 0 < place < len(rows.filled) - 1)
    returning = _have_twins([link.reading.rest for link in chain])
    return cuts > 0 and cuts >= LONE_RUN_ON * len(chain) and returning >= LEFT_RETURNS * len(chain)


def _is_cut_at(rows: PageRows, place: int) -> bool:
    above, below = rows.texts[rows.filled[place - 1]], rows.texts[rows.filled[place + 1]]
    full = min(len(above), len(below)) >= FULL * rows.width
    return full and below[0].islower() and (is_cut(above) or above[-1].isalpha())


def _is_worded(rows: PageRows, chain: Sequence[Link]) -> bool:
    """Whether each head has more than one word: "Hymn 62", one word and its number, is no more than a label."""
    return all(len(rows.texts[link.row].split()) > TWINS for link in chain)


def _counts_on(chain: Sequence[Link], least: int) -> bool:
    """Whether so many heads or more count up by one and stand equally far apart."""
    if len(chain) < least or any(link.reading.side == "lone" for link in chain):
        return False
    gaps = [b.place - a.place for a, b in pairwise(chain)]
    usual = sorted(gaps)[len(gaps) // 2]
    even = sum(abs(gap - usual) <= EVEN * usual for gap in gaps)
    return even >= MOSTLY * len(gaps) and all(b.page - a.page == 1 for a, b in pairwise(chain))


def doubtful_heads(rows: PageRows, chains: Iterable[Sequence[Link]]) -> dict[int, Finding]:
    """Heads that only their words show, letter by letter the same: held, as the headings of forms or cases may be so too."""
    found: dict[int, Finding] = {}
    for chain in chains:
        titles = _are_titles(rows, chain) and all(_is_alone(rows, link.row) for link in chain)
        words = Counter(link.reading.rest for link in chain)
        same = sum(count for count in words.values() if count > 1) >= MOSTLY * len(chain)
        if titles and same and _is_worded(rows, chain) and _counts_on(chain, LEAST_ALIKE):
            why = f"one of {len(chain)} like lines that count up; nothing else shows that they are heads"
            found.update((link.row, Finding(HEAD, 0.6, why)) for link in chain)
    return found


def _is_alone(rows: PageRows, row: int) -> bool:
    """Whether a row stands between blank ones."""
    return not (row and rows.texts[row - 1]) and row + 1 < len(rows.texts) and not rows.texts[row + 1]
