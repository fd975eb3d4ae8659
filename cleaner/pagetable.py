"""The pages of a book as its change log knows them: what was read over each, what was fitted, what went, and where it is.

The log has a mark for each page and a record for each line of furniture; the table joins the two. Nothing is stored
twice, nothing is worked out anew, and form feeds are not listed: they only say where a page ends.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from cleaner import journal
from cleaner.names import WIDTH, visible
from cleaner.records import FURNITURE, Pages, Record
from cleaner.stages.furniture.pages import FEED, FOLIO, HEAD
from cleaner.stages.furniture.pagination import roman_value

SHOWN_ELSEWHERE = (HEAD, FOLIO)  # their text stands in the columns of the head and the folio
COLUMNS = "{:>4}  {:<6} {:<6} {:<25} {}"  # number, read, fitted, head, what became of it
INDENT = len(COLUMNS.format("", "", "", "", ""))
LONGEST = 25  # characters of a head in its column
SHORT = 6  # characters of a folio in its column


@dataclass(frozen=True, slots=True)
class Removal:
    """A line of furniture: ``status`` is ``applied``, ``held`` or ``reported``."""

    id: str
    rule: str
    status: str
    before: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number in the file from 1, its folio as read and as fitted, its place in raw and clean text.

    ``raw`` is the offset in code points of its first line of text, ``clean`` that of its first word; those of the next
    page where it has none.
    """

    n: int
    read: str
    folio: str
    head: str
    raw: int
    clean: int
    removed: tuple[Removal, ...] = ()

    @property
    def name(self) -> str:
        """The folio as fitted, else as read."""
        return self.folio or self.read


def pages(log: journal.Log) -> list[Page]:
    """The pages of a text in their order; none where it has none."""
    known = Pages(log.marks)
    removed: list[list[Removal]] = [[] for _ in known.marks]
    for change in _removals(log.changes) if known.marks else ():
        stands_on = known.of(change["stage"], change["status"], change["raw"], change["before"])
        values = (change[key] for key in ("id", "rule", "status", "before", "why"))
        removed[max(0, stands_on)].append(Removal(*values))
    return [
        Page(n, mark["read"], mark["folio"], mark.get("head", ""), mark["raw"], mark["clean"], tuple(found))
        for n, (mark, found) in enumerate(zip(known.marks, removed, strict=True), 1)
    ]


def held(log: journal.Log) -> int:
    """How many lines may be furniture, and are held."""
    return sum(change["status"] == "held" for change in _removals(log.changes))


def _removals(changes: Iterable[Record]) -> Iterator[Record]:
    """What the furniture stage took out or would; of a group, such as a move, the first change that takes something."""
    seen = set()
    for change in changes:
        if change["stage"] != FURNITURE:
            continue
        group = change.get("group")
        if group is None or (group not in seen and change["before"]):
            seen.add(group)
            yield change


# ---- for people ------------------------------------------------------------------------------------------------------


def lines(name: str, table: Sequence[Page], held: int = 0) -> Iterator[str]:
    """The table of one text, in 80 columns; one line for a text without pages, with the number of heads that are held."""
    if not table:
        yield f"{name}: no pages: nothing in it {'proves' if held else 'shows'} where one begins"
        if held:
            yield f"{held:,} line{'s' * (held > 1)} that may be furniture: held, see cleaner review"
        return
    yield f"{name}: {len(table):,} page{'s' * (len(table) > 1)} ({ranges(table)})"
    yield COLUMNS.format("page", "read", "fitted", "head", "removed or held, and why").rstrip()
    for page in table:
        said = [part for removal in page.removed if removal.rule != FEED for part in _said(removal)] or [""]
        row = (page.n, _cut(page.read or "-", SHORT), _cut(page.folio or "-", SHORT), _cut(page.head or "-", LONGEST))
        yield COLUMNS.format(*row, said[0]).rstrip()
        yield from (" " * INDENT + part for part in said[1:])


def _said(removal: Removal) -> list[str]:
    what = removal.rule.rsplit(".", 1)[-1]
    if removal.rule not in SHOWN_ELSEWHERE:
        what += f' "{_cut(removal.before, LONGEST)}"'
    if removal.status != "applied":
        what = f"{removal.status} {what}"
    return textwrap.wrap(
        visible(f"{what}: {removal.why.removeprefix('report: ')}"), WIDTH - INDENT, subsequent_indent="  "
    )


def _cut(text: str, longest: int) -> str:
    text = visible(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 2] + ".."


def as_json(table: Sequence[Page]) -> Iterator[str]:
    """A line of JSON for each page, with the ids of its changes."""
    yield from (json.dumps(asdict(page)) for page in table)


# ---- finding ---------------------------------------------------------------------------------------------------------


def find(table: Sequence[Page], wanted: str) -> list[Page]:
    """The pages with a folio. Figures mean the number, however it is printed; a Roman numeral only Roman ones.

    >>> book = [Page(1, "xiv", "xiv", "", 0, 0), Page(2, "", "13", "", 0, 0), Page(3, "14", "14", "", 0, 0)]
    >>> [page.n for page in find(book, "14")], [page.n for page in find(book, "XIV")], find(book, "15")
    ([1, 3], [1], [])
    """
    wanted = wanted.strip().lower()
    kind, number = _number(wanted)
    if number is None:
        return [page for page in table if page.name.lower() == wanted]
    found = [(page, *_number(page.name)) for page in table]
    return [page for page, roman, value in found if value == number and (roman or not kind)]


def _number(folio: str) -> tuple[bool, int | None]:
    """(whether it is Roman, its value); None where it is no number."""
    if folio.isascii() and folio.isdecimal():
        return False, int(folio)
    value = roman_value(folio) or None
    return value is not None, value


def ranges(table: Sequence[Page]) -> str:
    """The folios that are there, in the order of the file.

    >>> ranges([Page(1, "", "xi", "", 0, 0), Page(2, "", "xii", "", 0, 0), Page(3, "", "1", "", 0, 0),
    ...         Page(4, "", "", "", 0, 0)])
    'xi-xii, 1; 1 without a number'
    """
    runs: list[list[Page]] = []
    for page in (page for page in table if page.name):
        (kind, value), last = _number(page.name), _number(runs[-1][-1].name) if runs else (False, None)
        if value is not None and last[1] is not None and last == (kind, value - 1):
            runs[-1].append(page)
        else:
            runs.append([page])
    known = ", ".join(run[0].name if len(run) == 1 else f"{run[0].name}-{run[-1].name}" for run in runs)
    bare = sum(not page.name for page in table)
    return "; ".join([*([known] if known else []), *([f"{bare:,} without a number"] if bare else [])])
