"""Decisions from the words of a command: changes by their ids, places by line and column, lines by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner import decisions, decoding, journal, sources
from cleaner.adopting import Ways
from cleaner.decisions import Decision
from cleaner.errors import UsageError
from cleaner.model import Span
from cleaner.review.desk import Desk, Sheet
from cleaner.sources import Place, Places

AT = re.compile(r"(?:(?P<file>.+):)?(?P<line>[0-9]{1,9}):(?P<column>[0-9]{1,9})", re.DOTALL)
RANGE = re.compile(r"(?:(?P<file>.+):)?(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?", re.DOTALL)


class Side(NamedTuple):
    """The text that places are counted in: the raw one, or the clean one."""

    sheet: Sheet
    clean: bool

    @property
    def text(self) -> str:
        """Its characters."""
        return self.sheet.clean if self.clean else self.sheet.raw

    @property
    def places(self) -> Places:
        """Its lines; of a raw book by file."""
        return Places(self.text, () if self.clean else sources.files(self.sheet.log.header))


def pair(given: str) -> tuple[str, str]:
    """The two halves of OLD=NEW or ID=TEXT. Raises ``UsageError``.

    >>> pair("tbe=the"), pair("=,")
    (('tbe', 'the'), ('', ','))
    """
    old, sign, new = given.partition("=")
    if not sign:
        raise UsageError(f"{given!r} has no '='", "write what stands there, '=', and what shall stand there")
    if not decoding.is_valid(new):
        raise UsageError("what shall stand there is no text", "set the terminal to UTF-8")
    return old, new


def write_at(desk: Desk, side: Side, at: str, replacing: str) -> list[Decision]:
    """Decide that NEW shall stand where OLD stands, at LINE:COLUMN; of a raw book at FILE:LINE:COLUMN.

    Raises ``UsageError`` where there is no such place, or something else stands there.
    """
    match = AT.fullmatch(at)
    if match is None:
        raise UsageError(f"--at {at}: this is no place", "write LINE:COLUMN, both from 1; in a book FILE:LINE:COLUMN")
    start, end = _line(side, match["file"], int(match["line"]))
    start += int(match["column"]) - 1
    old, new = pair(replacing)
    stands = side.text[start : start + len(old)]
    if not start <= end or stands != old or old == new:
        raise UsageError(f"at {at} stands {side.text[start : max(end, start)][:20]!r}, not {old!r}", "look it up again")
    name = side.sheet.text.name
    if side.clean:
        return desk.mend(name, start, start + len(old), new)
    found = [_raw(side.sheet, start, start + len(old), new, desk.who)]
    desk.note(name, found)
    return found


def _raw(sheet: Sheet, start: int, end: int, new: str, who: str) -> Decision:
    """A replacement in the raw text, widened where a stage changes all around it as a whole."""
    ways = Ways((edits for _, edits in journal.steps(sheet.log)), len(sheet.raw))
    span = Span(start, end)
    while (wider := _hull(span, ways.back(ways.ahead(span)))) != span:
        span = wider
    after = sheet.raw[span.start : start] + new + sheet.raw[end : span.end]
    text, sides = sheet.raw[slice(*span)], decisions.context(sheet.raw, *span)
    return Decision("replace", text, after, (span.start, span.end), context=sides, who=who)


def _hull(first: Span, second: Span) -> Span:
    return Span(min(first.start, second.start), max(first.end, second.end))


def say(desk: Desk, side: Side, verdict: str, given: str) -> Decision:
    """Say of lines what they are: LINE, or FIRST-LAST; of a page LINE=FOLIO. In a raw book with FILE: before it.

    Lines of a clean text stand for those of the raw text that they came from.
    """
    where, _, folio = given.partition("=") if verdict == "page" else (given, "", "")
    match = RANGE.fullmatch(where)
    if match is None or (verdict == "page" and not folio):
        form = "LINE=FOLIO" if verdict == "page" else "LINE or FIRST-LAST"
        raise UsageError(f"--{verdict} {given}: these are no lines", f"write {form}, from 1; in a book FILE: before it")
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise UsageError(f"--{verdict} {given}: {last} comes before {first}", "write the first line first")
    start, end = _line(side, match["file"], first)[0], _line(side, match["file"], last)[1]
    if side.clean:
        ways = Ways((edits for _, edits in journal.steps(side.sheet.log)), len(side.sheet.raw))
        start, end = ways.back(Span(start, start + len(side.text[start:end].rstrip("\n"))))
    return desk.say(side.sheet.text.name, verdict, start, end, folio)


def _line(side: Side, file: str | None, number: int) -> tuple[int, int]:
    """The span of a line, without its line end."""
    try:
        start, end = side.places.line(Place(file or "", number, 1))
    except LookupError:
        where = f"{file}:{number}" if file else f"line {number:,}"
        files = [one.name for one in sources.files(side.sheet.log.header)] if not side.clean else []
        hint = f"its files: {', '.join(files[:5])}" if files else f"it has {len(side.text.splitlines()):,} lines"
        raise UsageError(f"{side.sheet.text.name} has no {where}", hint) from None
    return start, start + len(side.text[start:end].rstrip("\r\n"))


def by_id(desk: Desk, name: str, answers: Sequence[tuple[str, str, str | None]], scope: str) -> list[Decision]:
    """Decide about changes: (verdict, id, what shall stand there). Nothing is decided where one of them is not there."""
    sheet = desk.sheet(name)
    found = [
        sheet.item(id_).decision(verdict, sheet.raw, after=after, scope=scope, who=desk.who)
        for verdict, id_, after in answers
    ]
    desk.note(name, found)
    return found
