"""The files of a report: one for each text, or one for all, and the index. Writes over nothing that it did not make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import store
from cleaner.errors import DocumentError
from cleaner.finding import show
from cleaner.report import pages, plain, summary
from cleaner.report.gather import Report
from cleaner.report.reading import Fault
from cleaner.report.showing import MAKER
from cleaner.report.summary import Summary

HTML = "html"
BEGINNING = 2_000  # bytes of a file in which it says who made it


class Single(NamedTuple):
    """A format that is one file for all texts: its name, what it begins and ends with, and what stands between texts."""

    file: str
    head: str
    between: str
    end: str
    part: Callable[[Report], str]


SINGLES = {
    "tsv": Single("changes.tsv", plain.head(), "", "", plain.tsv),
    "json": Single("report.json", f'{{"made_by":"{MAKER}","texts":[\n', ",\n", "\n]}\n", plain.as_json),
}
EACH: dict[str, Callable[[Report], str]] = {"md": plain.markdown, "diff": plain.diff}


def is_ours(data: bytes) -> bool:
    """Whether a file was made by a report, and may be written over.

    >>> is_ours(b"# ocr-cleaner report: paragraphs"), is_ours(plain.head().encode()), is_ours(b"My report")
    (True, True, False)
    """
    return MAKER.encode() in data[:BEGINNING] or data.startswith(plain.head().encode())


Put = Callable[[str, str], None]  # takes the name of a file, relative to the folder of the report, and its text


class Writer:
    """Takes the reports of texts as they come, and hands over files in one format."""

    def __init__(self, put: Put, form: str, *, lone: bool = False) -> None:
        """``lone``: one text alone needs no index."""
        self._put, self._form, self._lone = put, form, lone
        self._summaries: list[Summary] = []
        self._parts: list[str] = []

    def add(self, report: Report) -> None:
        """One text. Raises what ``put`` raises."""
        if self._form in SINGLES:
            self._parts.append(SINGLES[self._form].part(report))
        elif self._form == HTML:
            self._put(report.name + pages.SUFFIX, pages.page(report, up="" if self._lone else pages.up(report.name)))
            self._summaries.append(summary.of(report))
        else:
            self._put(f"{report.name}.{self._form}", EACH[self._form](report))

    def finish(self, faults: Sequence[Fault]) -> None:
        """What belongs to all texts: the index, or the one file. Raises what ``put`` raises."""
        if self._form in SINGLES:
            single = SINGLES[self._form]
            self._put(single.file, single.head + single.between.join(self._parts) + single.end)
        elif self._form == HTML and not self._lone:
            told = [(fault.name, fault.message, fault.hint) for fault in faults]
            self._put(pages.INDEX, pages.index(self._summaries, summary.figures(self._summaries), told))


def into(folder: Path) -> Put:
    """Puts files into a folder. Raises ``DocumentError`` where something stands there that no report made, and ``OSError``."""

    def put(name: str, text: str) -> None:
        path, data = folder / name, text.encode("utf-8")
        there = store.read_if_there(path)
        if there is not None and not is_ours(there):
            raise DocumentError(f"{show(path)} was not made by a report", "move it away, or name another --out")
        if there != data:
            store.replace_file(path, data, ours=True)

    return put
