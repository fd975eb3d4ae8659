"""Reports as HTML pages: self-contained, without scripts, for the screen and for paper.

Whatever comes from a text, a log or a file name passes two gates before it is part of a page: what cannot be printed is
written out (``shown``, as the ``finalize`` of the templates), and Jinja escapes it. The pages allow themselves nothing but
their own stylesheet, by its hash. Of long texts only what is looked at is laid out (``content-visibility``).
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from cleaner import talk
from cleaner.language import identify
from cleaner.records import Record
from cleaner.report import charts
from cleaner.report.charts import Chart
from cleaner.report.gather import Report, folio
from cleaner.report.showing import MAKER, around, clip, named, place, runs, shown
from cleaner.report.summary import Summary
from cleaner.sidebyside import Row, Segment

SUFFIX = ".html"
INDEX = "index.html"
# Characters of text in a block that is laid out when it comes near the screen: about three screens.
BLOCK = 6_000
SHORT_LIST = 40  # longer lists are closed at first


class Piece(NamedTuple):
    """A part of a cell: plain text, or with ``change`` what it removed or added, or a place that is ``held``.

    ``id`` is given to one piece of each record on a page, so that links lead there.
    """

    text: str
    change: Record | None
    held: Sequence[Record]
    page: str
    id: str


class Cells(NamedTuple):
    """A row as it is shown: where it stands, both sides, and what was changed and held."""

    place: str
    furniture: bool
    left: Sequence[Piece]
    right: Sequence[Piece]
    records: Sequence[Record]


class Block(NamedTuple):
    """Rows that stand together: changed ones, or with ``same`` their texts alone, which the log left as they are."""

    rows: Sequence[Cells]
    same: Sequence[str] = ()
    place: str = ""


def page(report: Report, *, up: str = "") -> str:
    """The page of one text; ``up`` leads to the index, empty where there is none."""
    found = [
        charts.bars("stages", "Changes by stage", report.stages),
        charts.columns("confidence", "Changes by confidence", report.confidence, "confidence"),
    ]
    if report.pages:
        found.append(charts.columns("pages", "Changes by page", report.pages, "page"))
    if report.qualities:
        found.append(
            charts.shares("quality", "Words that are right, by estimate", charts.pages(report.qualities), "page")
        )
    anchors: set[str] = set()
    blocks = [*_blocks(report, anchors)]
    return _render(
        "text.html.jinja", report=report, charts=found, blocks=blocks, anchors=anchors, up=up, short=SHORT_LIST
    )


def index(summaries: Sequence[Summary], charts: Sequence[Chart], faults: Sequence[tuple[str, str, str]]) -> str:
    """The page that leads to the others; ``faults`` are (file, what is wrong, what to do)."""
    return _render("index.html.jinja", summaries=summaries, charts=charts, faults=faults)


def link(name: str) -> str:
    """The address of a text's page, from the index.

    >>> link("a/50% #1.txt")
    'a/50%25%20%231.txt.html'
    """
    return quote(os.fsencode(name)) + SUFFIX


def up(name: str) -> str:
    """The address of the index, from a text's page.

    >>> up("essay.txt"), up("a/b/essay.txt")
    ('index.html', '../../index.html')
    """
    return "../" * name.count("/") + INDEX


def counted(row: Cells) -> str:
    """How many changes of a row were applied, and how many are held.

    >>> counted(Cells("", False, [], [], [{"status": "applied"}, {"status": "held"}]))
    '1 change, 1 held'
    """
    held = sum(record["status"] != "applied" for record in row.records)
    done = len(row.records) - held
    told = [f"{done:,} change{'s' * (done != 1)}"] * (done > 0) + [f"{held:,} held"] * (held > 0)
    return ", ".join(told)


# ---- rows, as they are shown -------------------------------------------------------------------------------------------


def _blocks(report: Report, anchors: set[str]) -> Iterator[Block]:
    """The rows of a text; ``anchors`` gets the ids of the records that can be linked to."""
    bad = [tuple(passage["raw"]) for passage in report.log.marks if passage["mark"] in ("garbage", "columns")]
    for same, rows in groupby(report.rows, key=lambda row: not row.records and not _inside(row, bad)):
        for part in _parts(rows):
            if same:
                texts = [row.right.strip("\n") for row in part if row.right.strip()]
                yield Block((), texts, named(report, part[0]))
            else:
                yield Block([_cells(report, row, anchors) for row in part])


def _inside(row: Row, spans: Sequence[tuple[int, ...]]) -> bool:
    return any(start < row.raw.end and row.raw.start < end for start, end in spans)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    size = 0
    for row in rows:
        part.append(row)
        size += len(row.left)
        if size >= BLOCK:
            yield part
            part, size = [], 0
    if part:
        yield part


def _cells(report: Report, row: Row, anchors: set[str]) -> Cells:
    left, right = [], []
    for segment in row.segments:
        new = next((record["id"] for record in _of(segment) if record["id"] not in anchors), "")
        anchors.update([new] if new else [])
        page = _page(segment.page) if segment.page else ""
        is_place = not segment.left and not segment.right
        if segment.left or is_place:
            left.append(Piece(segment.left, segment.change, segment.held, page, new))
        if segment.right or (is_place and segment.held):
            right.append(
                Piece(segment.right, segment.change, segment.held, "", "" if segment.left or is_place else new)
            )
    return Cells(named(report, row), row.furniture, _trimmed(left), _trimmed(right), [*talk.leaders(row.records)])


def _page(mark: Record) -> str:
    return f"p. {name}" if (name := folio(mark)) else "new page"


def _of(segment: Segment) -> list[Record]:
    return [*([segment.change] if segment.change else []), *segment.held]


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the line ends before and behind a paragraph, but those that were changed."""
    if pieces and pieces[0].change is None:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip("\r\n"))
    if pieces and pieces[-1].change is None:
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
    return pieces


# ---- templates ---------------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cleaner.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = made.get_template("style.css").render()
    made.globals.update(
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        maker=MAKER,
        percent=charts.percent,
        languages=identify.NAMES,
        kinds=talk.KINDS,
    )
    made.filters.update(
        runs=runs,
        clip=clip,
        around=around,
        counted=counted,
        fragment=quote,
        link=link,
        place=place,
        readings=talk.readings_of,
    )
    return made


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)
