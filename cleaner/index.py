"""``index.tsv``: one row for each clean text of a folder, a pure function of the texts and their logs.

Deterministic and sorted, so that git shows what a change of rules did to a whole corpus. Rows carry the hash of their
log, which says whether a row still holds. The index is derived: it is written over, what cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner import names
from cleaner.journal import Log, language, overall, passages, repairs
from cleaner.records import GARBAGE
from cleaner.sources import digest

FILE = "index.tsv"
LAST = ("held", "quality_before", "quality_after", "quality_worst", "unreadable", "language")
HASH = 16  # hex digits are enough to tell the files of a corpus apart


class Row(NamedTuple):
    """``name`` is relative to the folder, with forward slashes; ``stages`` are applied repairs by stage.

    ``before``, ``after`` and ``worst`` are estimated shares of right words, empty where nobody can tell: of the text, and
    of its worst page after cleaning. ``unreadable`` are passages that are no language; ``language`` is the code of the
    language that the text was found to be in, empty where nobody can tell.
    """

    name: str
    raw: str
    log: str
    stages: Mapping[str, int]
    held: int
    before: str
    after: str
    worst: str = ""
    unreadable: int = 0
    language: str = ""


def row(name: str, data: bytes, log: Log) -> Row:
    """The row of one document, from its log, as bytes and as read."""
    applied, held = repairs(log)
    hashes = log.header["sha256"][:HASH], digest(data)[:HASH]
    before, after, worst = ("" if share is None else f"{share:.4f}" for share in overall(log))
    bad = sum(passage.what == GARBAGE for passage in passages(log))
    return Row(name, *hashes, applied, held.total(), before, after, worst, bad, language(log).code)


def write(rows: Iterable[Row], stages: Sequence[str]) -> bytes:
    """The whole index, sorted by name; ``stages`` are the columns of counts."""
    lines = [["file", "raw", "log", *stages, *LAST]]
    for r in sorted(rows, key=lambda row: row.name):
        counts = [str(r.stages.get(stage, 0)) for stage in stages]
        last = [str(r.held), r.before, r.after, r.worst, str(r.unreadable), r.language]
        lines.append([names.escape(r.name), r.raw, r.log, *counts, *last])
    return "".join("\t".join(line) + "\n" for line in lines).encode("utf-8")


def is_ours(data: bytes) -> bool:
    """Whether a file of this name is an index, whole or damaged, and not something that a person keeps there.

    >>> is_ours(write([], [])), is_ours(b""), is_ours(b"shelf\\ttitle\\n")
    (True, True, False)
    """
    return not data.strip() or data.startswith(b"file\traw\tlog\t")


def read(data: bytes) -> dict[str, Row]:
    """Rows by name. Lines that are no row of such an index are left out; they are made anew when they are needed.

    >>> found = Row("a.txt", "12", "34", {"words": 3}, 1, "0.9000", "", "", 2, "en")
    >>> read(write([found], ["words"])) == {"a.txt": found}
    True
    >>> read(b"something else") == {}
    True
    """
    head, *lines = data.decode("utf-8", "replace").split("\n")
    columns = head.split("\t")
    if columns[:3] != ["file", "raw", "log"] or tuple(columns[-len(LAST) :]) != LAST:
        return {}
    rows = {}
    for line in lines:
        cells = line.split("\t")
        if len(cells) != len(columns):
            continue
        try:
            counts = {
                stage: int(cell) for stage, cell in zip(columns[3 : -len(LAST)], cells[3 : -len(LAST)], strict=True)
            }
            name = names.unescape(cells[0])
            held, before, after, worst, unread, code = cells[-len(LAST) :]
            rows[name] = Row(name, cells[1], cells[2], counts, int(held), before, after, worst, int(unread), code)
        except ValueError:
            continue
    return rows


def holds(found: Row, log: bytes) -> bool:
    """Whether a row was made from a log."""
    return found.log == digest(log)[:HASH]
