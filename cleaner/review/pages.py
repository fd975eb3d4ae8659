"""The pages of a review, made of what lies on the desk: texts, series, changes, the text itself. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import render_template

from cleaner import journal, sidebyside
from cleaner.errors import CleanerError, UsageError
from cleaner.names import escape
from cleaner.review import asking, scans, showing
from cleaner.review.asking import Filter, address
from cleaner.review.desk import Desk, Sheet
from cleaner.review.items import Group, Item, counts, grouped, progress
from cleaner.review.showing import SIGNS
from cleaner.sidebyside import Row

AT_ONCE = 100  # changes, or series, on one page: no screen shows more, and a page of them loads in no time
SAMPLES = 3  # changes that stand below their series


class Progress(NamedTuple):
    """How far the review of a text is, and how many of its decisions are not in the clean text yet."""

    settled: int
    total: int

    @property
    def said(self) -> str:
        """As people read it."""
        return f"{self.settled:,} of {self.total:,} settled"


class Summary(NamedTuple):
    """A text in the list of texts; ``fault`` says what is in the way, and then the way on."""

    name: str
    progress: Progress = Progress(0, 0)
    held: int = 0
    quality: journal.Overall = journal.Overall(None, None, None)
    fault: tuple[str, str] | None = None


class Shown(NamedTuple):
    """A text as its pages: (first row, row behind the last) of each, and the rows."""

    log: journal.Log
    rows: Sequence[Row]
    blocks: Sequence[tuple[int, int]]


@dataclass(slots=True)
class Pages:
    """What a browser can look at. ``desk`` is used by one request at a time."""

    desk: Desk
    _shown: Shown | None = None

    def name(self, file: str) -> str:
        """The name of a text that an address speaks of. Raises ``UsageError``."""
        return self.desk.text(asking.plain(file)).name

    # ---- texts -------------------------------------------------------------------------------------------------------

    def texts(self, *, all_: bool) -> str:
        """All texts; those that were not looked at yet are counted when they are asked for, or at once for ``all_``."""
        known = [(text.name, self.summary(text.name) if all_ else None) for text in self.desk.texts]
        return render_template("texts.html.jinja", texts=known, undo=len(self.desk.history))

    def row(self, name: str) -> str:
        """One text in the list, as a part of that page."""
        return render_template("text_row.html.jinja", summary=self.summary(name))

    def summary(self, name: str) -> Summary:
        """What is known of a text."""
        try:
            sheet = self.desk.look_again(name)
        except CleanerError as error:
            return Summary(name, fault=(error.message, error.hint))
        held = sum(item.status != "applied" and not item.settled for item in sheet.items)
        return Summary(name, self.progress(sheet), held, journal.overall(sheet.log))

    def progress(self, sheet: Sheet) -> Progress:
        """How far the review of a text is."""
        return Progress(*progress(sheet.items))

    # ---- series, changes ---------------------------------------------------------------------------------------------

    def series(self, name: str, asked: Filter, first: int) -> str:
        """The series of a text, those first that settle most, from the ``first``-th on, each with some of its changes."""
        sheet = self.desk.look_again(name)
        groups = grouped(asked.takes(sheet.items))
        here = [(group, asked.of(group.like), _rules(group)) for group in groups[first : first + AT_ONCE]]
        ways = _ways("/series", name, asked, first, len(groups))
        return self._page(
            "series", sheet, asked, groups=here, total=len(groups), samples=SAMPLES, ways=ways, first=first
        )

    def changes(self, name: str, asked: Filter, first: int, id_: str) -> str:
        """The changes of a text that are asked for, in its order, from the ``first``-th of all its changes on.

        The place is counted among all: so what was settled on this page moves nothing from the next one to this.
        """
        sheet = self.desk.look_again(name)
        numbers = {item.id: number for number, item in enumerate(sheet.items)}
        found = asked.takes(sheet.items)
        first = numbers.get(id_, first)
        before = [item for item in found if numbers[item.id] < first]
        behind = found[len(before) :]
        here, rest = behind[:AT_ONCE], behind[AT_ONCE:]
        ways: dict[str, str] = {}
        if before:
            ways["back"] = self._at("/changes", name, asked, numbers[before[-AT_ONCE:][0].id])
        if rest:
            ways["on"] = self._at("/changes", name, asked, numbers[rest[0].id])
        group = Group(asked.like, tuple(found)) if asked.like is not None and found else None
        return self._page(
            "changes",
            sheet,
            asked,
            found=here,
            total=len(found),
            open=sum(not item.settled for item in found),
            before=len(before),
            ways=ways,
            group=group,
            current=id_,
        )

    def change(self, name: str, id_: str, *, alone: bool) -> str:
        """One change with all that is known of it; ``alone`` as a part of a page."""
        sheet = self.desk.sheet(name)
        item = sheet.item(id_)
        if alone:
            return render_template("change_part.html.jinja", item=item, **self._common(sheet, Filter()))
        return self._page("change", sheet, Filter(), item=item)

    def _at(self, path: str, name: str, asked: Filter, first: int) -> str:
        return address(path, file=escape(name), first=first or "", **asked.values)

    # ---- the text itself ---------------------------------------------------------------------------------------------

    def text(self, name: str, number: int, id_: str, page: str) -> str:
        """A text with its changes in their places: the ``number``-th part of it, that of a change, or of a printed page."""
        sheet = self.desk.look_again(name)
        shown = self.shown(sheet)
        owned = showing.owners(sheet.log, sheet.items)
        folios = _folios(shown.rows)
        if id_:
            item = owned.get(id_)
            number = next((k for k, span in enumerate(shown.blocks) if item and _holds(shown, span, owned, item)), 0)
        elif page:
            row = next((row for folio, row in folios if folio == page), 0)
            number = next((k for k, (_, last) in enumerate(shown.blocks) if row < last), 0)
        number = max(0, min(number, len(shown.blocks) - 1))
        first, last = shown.blocks[number] if shown.blocks else (0, 0)
        ways = {}
        if number:
            ways["back"] = address("/text", file=escape(name), part=number - 1)
        if number + 1 < len(shown.blocks):
            ways["on"] = address("/text", file=escape(name), part=number + 1)
        return self._page(
            "text",
            sheet,
            Filter(),
            paragraphs=[*showing.paragraphs(shown.rows[first:last], owned, sheet)],
            ways=ways,
            number=number + 1,
            parts_=len(shown.blocks),
            folios=[folio for folio, _ in folios],
            current=id_,
            lines=showing.LINES,
        )

    def shown(self, sheet: Sheet) -> Shown:
        """The rows of a text; those of the last one are kept."""
        if self._shown is None or self._shown.log is not sheet.log:
            rows = sidebyside.rows(sheet.raw, sheet.log)
            self._shown = Shown(sheet.log, rows, showing.blocks(rows))
        return self._shown

    # ---- what pages share --------------------------------------------------------------------------------------------

    def _page(self, template: str, sheet: Sheet, asked: Filter, **values: Any) -> str:
        return render_template(f"{template}.html.jinja", **self._common(sheet, asked), **values)

    def _common(self, sheet: Sheet, asked: Filter) -> dict[str, Any]:
        name = sheet.text.name
        found = sheet.items
        return {
            "file": escape(name),
            "name": name,
            "version": version(sheet),
            "asked": asked,
            "progress": self.progress(sheet),
            "undo": len(self.desk.history),
            "stages": counts(found, "stage"),
            "rules": sorted(counts(found, "rule").items()),
            "statuses": counts(found, "status"),
            "pages": [page for page in counts(found, "page").items() if page[0]],
            "scan": lambda item: self.scan(name, item),
            "signs": SIGNS,
        }

    def scan(self, name: str, item: Item) -> tuple[str, str]:
        """(address of the image, address of the page of the scan) that a change stands on, empty where there is none."""
        config = self.desk.config
        file = raw_file(self.desk, name, item.page_file)
        image = scans.filled(config.page_image, file, item.page)
        if image and not scans.origin(config.page_image):
            there = scans.image(config, file, item.page) is not None
            image = address("/scan", file=escape(name), id=item.id) if there else ""
        return image, scans.filled(config.page_url, file, item.page)


def version(sheet: Sheet) -> str:
    """What a page was made of: a decision from a page of another run of the cleaner would mean something else."""
    return f"{sheet.log.end['sha256'][:12]}-{sheet.log.header['key'][:12]}"


def raw_file(desk: Desk, name: str, page_file: str) -> str:
    """The path in the raw folder of a text, of a book that of one of its pages."""
    file = desk.text(name).ledger
    return f"{file}/{page_file}" if page_file else file


def checked(sheet: Sheet, given: str) -> Sheet:
    """A text, unless it is not the one that a page was made of. Raises ``UsageError``."""
    if given != version(sheet):
        raise UsageError(f"{sheet.text.name} was cleaned again since this page was loaded", "load the page again")
    return sheet


def _rules(group: Group) -> list[str]:
    return sorted({item.rule for item in group.items})


def _ways(path: str, name: str, asked: Filter, first: int, total: int) -> dict[str, str]:
    ways = {}
    if first:
        ways["back"] = address(path, file=escape(name), first=max(0, first - AT_ONCE) or "", **asked.values)
    if first + AT_ONCE < total:
        ways["on"] = address(path, file=escape(name), first=first + AT_ONCE, **asked.values)
    return ways


def _folios(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The printed numbers of the pages, each with the row that it begins in."""
    found: dict[str, int] = {}
    for k, row in enumerate(rows):
        for mark in row.pages:
            found.setdefault(str(mark["folio"] or mark["read"]), k)
    return [(folio, k) for folio, k in found.items() if folio]


def _holds(shown: Shown, span: tuple[int, int], owned: dict[str, Item], item: Item) -> bool:
    records: Iterable[Any] = (record for row in shown.rows[slice(*span)] for record in row.records)
    return any(owned.get(record["id"]) is item for record in records)
