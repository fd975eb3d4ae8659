"""How text from scans and logs is shown, on every page and in every format: nothing acts, nothing is invisible.

Control characters, marks that change the direction of writing, characters without a form and half code points are written
out (``\\x0c``), so that a page shows them and does not obey them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from markupsafe import Markup

from cleaner import talk
from cleaner.names import visible
from cleaner.records import Record
from cleaner.report.gather import Report
from cleaner.sidebyside import Row

MAKER = "ocr-cleaner report"  # how a file of ours is known
PLAIN = "\n\t"  # what a page shows as it is, though it cannot be printed
OPEN_BOX, LINE_END = "\N{OPEN BOX}", "\N{RETURN SYMBOL}"
BLANKS = re.compile(r"\s+")


def _is_odd(char: str) -> bool:
    return not char.isprintable() and char not in PLAIN and unicodedata.category(char) != "Zs"


def shown(value: Any) -> Any:
    """A value that is shown: in text, what cannot be printed is written out, but for blanks and line ends.

    >>> shown("a\\x00b\\u202ec\\n")
    'a\\\\x00b\\\\u202ec\\n'
    """
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join(visible(char) if _is_odd(char) else char for char in value)


def runs(text: str, *, marked: bool = False, flat: bool = False) -> Iterator[tuple[str, bool]]:
    """(piece, whether it stands for characters that cannot be seen) of a text.

    ``marked`` shows line ends, and blanks where there is nothing else; ``flat`` keeps all on one line.

    >>> [*runs("a\\x0c\\nb")], [*runs("-\\n", marked=True)], [*runs(" ", marked=True)]
    ([('a', False), ('\\\\x0c', True), ('\\nb', False)], [('-', False), ('⏎', True), ('\\n', False)], [('␣', True)])
    """
    blank = marked and not text.strip()
    if text.isprintable() and not blank:
        yield text, False
        return
    for kind, chars in groupby(text, key=lambda char: _kind(char, marked=marked, blank=blank, flat=flat)):
        piece = "".join(chars)
        if kind == "end":
            for _ in piece:
                yield LINE_END, True
                if not flat:
                    yield "\n", False
        elif kind == "odd":
            yield "".join(OPEN_BOX if char == " " else visible(char) for char in piece), True
        else:
            yield piece, False


def _kind(char: str, *, marked: bool, blank: bool, flat: bool) -> str:
    if char == "\n" and (marked or flat):
        return "end"
    odd = _is_odd(char) or (marked and char != " " and char.isspace()) or (blank and char == " ")
    return "odd" if odd else ""


def clip(text: str) -> str:
    """The two ends of a long text."""
    half = talk.SNIPPET // 2
    return text if len(text) <= talk.SNIPPET else f"{text[:half]} ... {text[-half:]}"


def around(change: Record) -> tuple[str, str]:
    """The words on both sides of a change, on one line.

    >>> around({"context": ["known.\\n\\n", "the mill"]})
    ('known. ', 'the mill')
    """
    left, right = (BLANKS.sub(" ", text) for text in change["context"])
    return left, right


def place(change: Record) -> str:
    """Where a change stands: page, and line and column of the raw file.

    >>> place({"page": "83", "line": 4, "column": 18}), place({"file": "p1.txt", "line": 4, "column": 18})
    ('p. 83, 4:18', 'p1.txt:4:18')
    """
    page = f"p. {change['page']}, " if change.get("page") else ""
    file = f"{change['file']}:" if "file" in change else ""
    return f"{page}{file}{change['line']}:{change['column']}"


def named(report: Report, row: Row) -> str:
    """Where a row stands, for people: page, and line of the raw file."""
    page, found = report.page(row), report.place(row)
    line = f"{found.file}:{found.line}" if found.file else f"line {found.line}"
    return f"p. {page}, {line}" if page else line
