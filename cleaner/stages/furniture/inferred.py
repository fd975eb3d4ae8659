"""Pages where nothing parts them: inferred from folios that rise with the distance and heads that return.

A text of a scan without form feeds shows its pages only by what the printer set around them. What tells a folio from the
number of a section, a stanza or an item of a list is asked of ``proofs``.

Deliberately not done here: nothing is removed, and a boundary that left no trace is not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from rapidfuzz import fuzz, process

from cleaner.stages.furniture.chains import LEAST_PAGE, MOST_PAGE, Candidate, Link, fit_lines, leaves_missing
from cleaner.stages.furniture.pages import (
    DEEP,
    FULL,
    NEAR,
    TWINS,
    Finding,
    Page,
    head_key,
    is_scrap,
    is_title,
)
from cleaner.stages.furniture.pagination import (
    ALIKE,
    LEAST_KEY,
    NO_DIGIT,
    SHORTEST_CHAIN,
    alike,
    fold,
    readings,
)
from cleaner.stages.furniture.proofs import LONE_RUN_ON, counts_pages, doubtful_heads, runs_across
from cleaner.stages.furniture.rows import PageRows

GAP, LOOSE_END = 2, 4  # so many links of a chain, parted from it by more pages than that, may be chance
MOST_BLANKS = 2  # more blank lines than two say no more
OFF = 0.25  # share of a page by which a head may miss the place where it is expected
LEAST_GAP = 20  # filled lines that must stand between two heads without a folio
ITEM = re.compile(r"\W*\w{1,5}[.)] ")
SCRAP_EDGE = re.compile(r"^[\[\](){}|\d]|[\[\](){}|\d]$")
WORDS = re.compile(r"[^\W\d_]+")
MANY = 10  # pages whose head a line must repeat to be one wherever it stands alone: no heading within a text does


def inferred_pages(rows: PageRows) -> tuple[list[Page], dict[int, Finding]]:
    """Pages where no form feed parts them, from folios that rise with the distance, else from heads that come back.

    And the lines that may be heads, though nothing proves that they stand between pages.
    """
    lines = candidates(rows)
    fitted, length = fit_lines(lines)
    fitted = [_headed(rows, chain) for chain in fitted]
    counted = [counts_pages(rows, chain) for chain in fitted]
    doubtful = doubtful_heads(rows, (chain for chain, sure in zip(fitted, counted, strict=True) if not sure))
    chains = [_footed(rows, _trimmed(rows, chain)) for chain, sure in zip(fitted, counted, strict=True) if sure]
    links = [link for chain in chains for link in chain]
    boundaries = {link.row: link for link in links}
    heads = repeated_heads(rows, links, length)
    indented = lone_blanks(rows)
    if not boundaries and not heads and not indented:
        return [], doubtful
    return _cut(rows, boundaries, heads, indented), doubtful


def lone_blanks(rows: PageRows) -> frozenset[int]:
    """The rows that begin with one blank, where these come once a page and break into sentences: pages begin there.

    Some engines set the first line of a page so; the indents of an author break into no sentence.
    """
    text = rows.text
    found = [
        place
        for place, row in enumerate(rows.filled)
        if place and text[rows.starts[row]] == " " and text[rows.starts[row] + 1] != " "
    ]
    gaps = sorted(b - a for a, b in pairwise(found))
    if len(found) < SHORTEST_CHAIN or not LEAST_PAGE <= gaps[len(gaps) // 2] <= MOST_PAGE:
        return frozenset()
    hits = sum(rows.runs_on(rows.filled[place - 1], rows.filled[place]) for place in found)
    return frozenset(rows.filled[place] for place in found) if hits >= LONE_RUN_ON * len(found) else frozenset()


def candidates(rows: PageRows) -> list[Candidate]:
    """Short lines beside a blank line that can be read as a folio, or as a head with a folio."""
    found = []
    for row, place, before in rows.set_off:
        line = rows.texts[row]
        read = readings(line)
        if not read:
            continue
        after = row + 1 == len(rows.texts) or not rows.texts[row + 1]
        # The last line of a paragraph ends in a note mark or a year far more often than in a folio.
        read = tuple(reading for reading in read if reading.cost < NO_DIGIT and (before or reading.side != "right"))
        if not after and ITEM.match(line) and not line.isupper():  # "3. Under this point" opens a paragraph of a list
            continue
        if read:
            found.append(Candidate(row, place, read))
    return found


def _headed(rows: PageRows, chain: Sequence[Link]) -> list[Link]:
    """A chain without lines as long as text that no other line of it is like: their number ends a sentence."""
    return [
        link
        for n, link in enumerate(chain)
        if len(rows.texts[link.row]) < FULL * rows.width
        or any(
            alike(link.reading.rest, near.reading.rest)
            for near in (*chain[max(0, n - NEAR) : n], *chain[n + 1 : n + 1 + NEAR])
        )
    ]


def _trimmed(rows: PageRows, chain: Sequence[Link]) -> list[Link]:
    """A chain without ends that hang on it by a gap: numbers in front matter and index that happen to fit."""
    across = [runs_across(rows, chain, at) for at in range(len(chain))]
    first, last = 0, len(chain)
    for at in range(1, len(chain)):
        if chain[at].page - chain[at - 1].page > GAP:
            if at <= LOOSE_END and not any(across[:at]):
                first = at
            elif at >= len(chain) - LOOSE_END and not any(across[at:]):
                last = min(last, at)
    return list(chain[first:last])


def _footed(rows: PageRows, chain: list[Link]) -> list[Link]:
    """A chain of lone folios that stand at the foot, told to do so: blank lines or a head that returns follow them."""
    lone = [link for link in chain if link.reading.side == "lone"]
    if len(lone) < 0.5 * len(chain) or chain[0].row == rows.filled[0]:
        return chain
    texts = rows.texts
    after = [
        rows.filled[place] for link in lone if (place := bisect_left(rows.filled, link.row) + 1) < len(rows.filled)
    ]
    keys = [fold(texts[row]) if len(texts[row]) < 0.8 * rows.width else "" for row in after]
    votes = sum(
        _blanks(rows, link.row, 1)
        - _blanks(rows, link.row, -1)
        + 2 * any(alike(keys[n], key) for key in (*keys[max(0, n - 3) : n], *keys[n + 1 : n + 4]))
        for n, link in enumerate(lone[: len(keys)])
    )
    if votes <= 0 and chain[-1].row != rows.filled[-1]:
        return chain
    return [link._replace(page=link.reading.number + (link.reading.side == "lone")) for link in chain]


def _blanks(rows: PageRows, row: int, step: int) -> int:
    """How many blank rows (two at most) stand before or after a row."""
    count = 0
    while count < MOST_BLANKS and 0 <= row + step < len(rows.texts) and not rows.texts[row + step]:
        row += step
        count += 1
    return count


def repeated_heads(rows: PageRows, links: Sequence[Link], length: float) -> set[int]:
    """Rows without a folio that fits which repeat a head: near heads of a chain, or at the distance of pages."""
    taken = {link.row for link in links}
    lines = [
        (row, place, before)
        for row, place, before in rows.set_off
        if row not in taken and len(rows.texts[row]) <= 0.85 * rows.width and not is_title(rows.texts[row])
    ]
    if not links:
        return _heads_alone(rows, lines)
    return _heads_in_gaps(rows, lines, links, length) | _heads_of_many(rows, lines, links, length)


def _heads_of_many(
    rows: PageRows, lines: Sequence[tuple[int, int, bool]], links: Sequence[Link], length: float
) -> set[int]:
    """Lines between blanks that repeat a head of many numbered pages word by word, behind the first of them: as in an index
    whose pages lost their numbers, and are of another length. What stands alone oftener is none: the speaker of a play.
    """
    ordered = sorted((bisect_left(rows.filled, link.row), link.page) for link in links)
    heads: dict[str, list[int]] = {}
    for link in links:
        heads.setdefault(_words(rows.texts[link.row]), []).append(bisect_left(rows.filled, link.row))
    found: dict[str, list[int]] = {}
    for row, place, before in lines:
        key = _words(rows.texts[row])
        known = heads.get(key, [])
        alone = before and not rows.texts[min(row + 1, len(rows.texts) - 1)]
        if not alone or len(known) < MANY or key.count(" ") < 2 or place < known[0]:
            continue
        if _far(ordered, place) and min(abs(place - other) for other in known) > 0.5 * length:
            found.setdefault(key, []).append(row)
    return {row for key, same in found.items() if len(same) < 0.5 * len(heads[key]) for row in same}


def _words(line: str) -> str:
    """The words of a line without its figures: what a head shows beside its folio."""
    return " ".join(WORDS.findall(line))


def _heads_in_gaps(
    rows: PageRows, lines: Sequence[tuple[int, int, bool]], links: Sequence[Link], length: float
) -> set[int]:
    """Heads and lone folios where a page without a number should begin, and heads that break into a sentence."""
    ordered = sorted((bisect_left(rows.filled, link.row), link.page) for link in links)
    loose: dict[int, int] = {}  # place -> how often its head must come back
    for row, place, before in lines:
        inside, open_around = ordered[0][0] < place < ordered[-1][0], _open_around(rows, place)
        numbered = any(reading.side != "lone" and reading.cost < NO_DIGIT for reading in readings(rows.texts[row]))
        if _page_missing(ordered, place, length) and (inside or numbered or open_around):
            loose[place] = 1 if numbered and (inside or open_around) else TWINS
        elif before and (open_around or (_has_digit_at_end(rows.texts[row]) and _far(ordered, place))):
            loose[place] = 2 * TWINS
    keys = sorted(
        [(bisect_left(rows.filled, link.row), link.reading.rest) for link in links if link.reading.rest]
        + [(place, _key_at(rows, place)) for place in loose]
    )
    places = [place for place, _ in keys]
    bare = sum(not link.reading.rest for link in links) >= 0.6 * len(links)
    return {
        rows.filled[place]
        for place, least in loose.items()
        if _returns(keys, places, place, _key_at(rows, place), length, least)
        or (bare and least == TWINS and _is_number_scrap(_line_at(rows, place)) and _open_around(rows, place))
    }


def _far(ordered: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a line is more than a head's depth away from where a page is known to begin."""
    after = bisect_left(ordered, (place, 0))
    return all(abs(place - other) > DEEP for other, _ in ordered[max(0, after - 1) : after + 1])


def _has_digit_at_end(line: str) -> bool:
    words = line.split()
    return len(words) > 1 and any(c.isdigit() for c in words[0] + words[-1])


def _heads_alone(rows: PageRows, lines: Sequence[tuple[int, int, bool]]) -> set[int]:
    """Heads in a book whose pages have no number: the same line, pages apart, between the halves of sentences."""
    groups: dict[str, list[int]] = {}
    for row, place, before in lines:
        if before:  # else it is the last word of a paragraph
            groups.setdefault(fold(rows.texts[row]), []).append(place)
    return {
        rows.filled[place]
        for key, places in groups.items()
        if len(key) >= LEAST_KEY and len(places) >= 2 * TWINS and _page_like(rows, places)
        for place in places
    }


def _line_at(rows: PageRows, place: int) -> str:
    return rows.texts[rows.filled[place]]


def _key_at(rows: PageRows, place: int) -> str:
    return head_key(_line_at(rows, place))


def _returns(
    keys: Sequence[tuple[int, str]], places: Sequence[int], place: int, key: str, length: float, least: int
) -> bool:
    """Whether a head is found again on so many pages near."""
    low, high = bisect_left(places, place - NEAR * length), bisect_left(places, place + NEAR * length)
    near = [other for _, other in keys[low:high]]
    found = process.extract(key, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    again = (abs(places[low + k] - place) > 0.5 * length and alike(key, other) for other, _, k in found)
    return sum(again) >= least


def _is_number_scrap(line: str) -> bool:
    return is_scrap(line) and SCRAP_EDGE.search(line) is not None


def _open_around(rows: PageRows, place: int) -> bool:
    return 0 < place < len(rows.filled) - 1 and rows.runs_on(rows.filled[place - 1], rows.filled[place + 1])


def _page_missing(ordered: Sequence[tuple[int, int]], place: int, length: float) -> bool:
    """Whether a page without a folio that was read should begin near a place in filled lines."""
    after = bisect_left(ordered, (place, 0))
    if 0 < after < len(ordered):
        (a, first), (b, last) = ordered[after - 1], ordered[after]
        pages = last - first
        if leaves_missing(pages, (b - a) / length):
            pages = round((b - a) / length)
        turned = (place - a) / (b - a) * pages
        return 0 < round(turned) < pages and abs(turned - round(turned)) <= OFF
    turned = abs(place - (ordered[0][0] if not after else ordered[-1][0])) / length
    return 0 < round(turned) <= NEAR and abs(turned - round(turned)) <= OFF


def _page_like(rows: PageRows, places: Sequence[int]) -> bool:
    """Whether lines that repeat stand a page or a multiple of it apart, and break into sentences."""
    gaps = [b - a for a, b in pairwise(places)]
    unit = sorted(gaps)[len(gaps) // 4]
    if not LEAST_GAP <= unit <= 2 * MOST_PAGE:
        return False
    regular = sum(abs(gap / unit - round(gap / unit)) <= OFF for gap in gaps)
    inner = [place for place in places if 0 < place < len(rows.filled) - 1]
    hits = sum(rows.runs_on(rows.filled[place - 1], rows.filled[place + 1]) for place in inner)
    return regular >= 0.75 * len(gaps) and hits >= max(2, 2 * LONE_RUN_ON * len(inner))


def _cut(
    rows: PageRows, boundaries: Mapping[int, Link], heads: AbstractSet[int], indented: AbstractSet[int]
) -> list[Page]:
    """Cut the rows into pages: a head opens one, a lone folio that was fitted as a foot closes one."""
    pages = [Page([])]
    for row in rows.filled:
        link = boundaries.get(row)
        if link is None and row not in heads:
            if row in indented and len(pages[-1].rows) > DEEP:
                pages.append(Page([]))
            pages[-1].rows.append(row)
            continue
        number = (link.reading.number, link.reading.roman) if link else None
        if link and link.page != link.reading.number:
            page = pages[-1]
            if page.folio and page.folio != number and (opening := _opening(rows, page.rows)):
                pages.append(Page(page.rows[opening:]))
                del page.rows[opening:]
            pages[-1].rows.append(row)
            pages[-1].folio, pages[-1].foot = pages[-1].folio or number, number
            pages.append(Page([], (link.page, link.reading.roman)))
        else:
            if pages[-1].rows:
                pages.append(Page([]))
            pages[-1].rows.append(row)
            pages[-1].folio = number or pages[-1].folio
    return pages


def _opening(rows: PageRows, page: Sequence[int]) -> int:
    """Where in a page's rows another page opens without a head, as chapters do: at its title; 0 if nowhere.

    That is the line below the longest run of blank lines, or the first of those whose letters are all capitals.
    """
    blanks = [0, *(row - above - 1 for above, row in pairwise(page))]
    inner = range(DEEP, len(page) - 1)
    most = max((blanks[at] for at in inner), default=0)
    tops = [at for at in inner if most and blanks[at] == most]
    titles = [at for at in tops if _is_display(rows.texts[page[at]])]
    return titles[0] if titles else tops[0] if len(tops) == 1 else 0


def _is_display(line: str) -> bool:
    return len(fold(line)) > LEAST_KEY and line == line.upper()
