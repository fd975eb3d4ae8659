"""What is wrong with rule files: each fault with its file, its line, the line itself, and what would be right.

Faults are gathered and told all at once: a person mends a file in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.names import WIDTH

SHOWN = 64  # characters of a line at fault
LONGEST = 400  # characters of what is said of it
MANY = 50  # faults of one file: a table of the wrong form has one in every line
INDENT = 2  # blanks before each fault
BEGIN = re.compile(r"\s*\[\[\s*rule\s*\]\]\s*(?:#.*)?")


class Problem(NamedTuple):
    """What is wrong, at which key of a rule, and what would be right."""

    key: str
    what: str
    hint: str = ""


class Fault(NamedTuple):
    """``line`` counts from 1, 0 where the file as a whole is meant; ``text`` is that line as it stands."""

    path: str
    line: int
    text: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        told = _wrapped(f"{place}: {_cut(self.what, LONGEST)}", "", "    ")
        if self.line and (text := _cut(self.text.strip(), SHOWN)):
            told.append(f"    {self.line} | {text}")
        return "\n".join([*told, *_wrapped(_cut(self.hint, LONGEST), "    -> ", "       ")])


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "..."


def _wrapped(text: str, first: str, others: str) -> list[str]:
    return wrap(
        text, WIDTH - INDENT, initial_indent=first, subsequent_indent=others, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


class Faults:
    """The faults found so far, and the lines of the files that were read; of others they are read when one is at fault.

    >>> faults = Faults()
    >>> faults.lines["my.toml"] = ["[[rule]]", "kind = 'wrod'"]
    >>> faults.add_to_rule("my.toml:1", Problem("kind", "kind 'wrod' is unknown", "did you mean word?"))
    >>> print(faults.found[0])
    my.toml:2: kind 'wrod' is unknown
        2 | kind = 'wrod'
        -> did you mean word?
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.lines: dict[str, list[str]] = {}

    def add(self, path: str, line: int, what: str, hint: str = "") -> None:
        """One more fault, in a line of a file, from 1; 0 is the file as a whole."""
        lines = self._lines(path) if line else []
        self.found.append(Fault(path, line, lines[line - 1] if 0 < line <= len(lines) else "", what, hint))

    def add_to_rule(self, place: str, problem: Problem) -> None:
        """One more fault, of the rule that begins at ``file:line``, in the line that gives the key.

        A table begins in its first line; there a key stands in a line ``# key: value``, or is the word of a row.
        """
        path, _, first = place.rpartition(":")
        self.add(path, line_of(self._lines(path), int(first), problem.key), problem.what, problem.hint)

    def _lines(self, path: str) -> list[str]:
        if path not in self.lines:
            self.lines[path] = lines_of(Path(path).read_bytes().decode("utf-8-sig"))
        return self.lines[path]

    def stop(self, what: str = "the rules are broken, nothing was run") -> None:
        """Raise ``RuleError`` where there are any: of each file the first ``MANY``, and how many more there are."""
        if not self.found:
            return
        told: list[str] = []
        files: Counter[str] = Counter()
        for fault in self.found:
            files[fault.path] += 1
            if files[fault.path] <= MANY:
                told.append(str(fault))
        told += [f"{path}: and {count - MANY:,} more" for path, count in files.items() if count > MANY]
        many = f"{len(self.found):,} faults: " if len(self.found) > 1 else ""
        raise RuleError(f"{many}{what}:\n" + "\n".join(" " * INDENT + one for one in told))


def lines_of(source: str) -> list[str]:
    """The lines of a rule file, which end at a line feed, or at a carriage return and a line feed."""
    return source.replace("\r\n", "\n").split("\n")


def line_of(lines: list[str], first: int, key: str) -> int:
    """The line, from 1, in which the rule that begins in line ``first`` gives a key; ``first`` where it does not.

    >>> line_of(["[[rule]]", "id = 'a'", "[[rule]]", "id = 'b'", "keep = ['b']"], 3, "keep")
    5
    >>> line_of(["[[rule]]", "id = 'a'", "[[rule]]", "id = 'b'", "keep = ['b']"], 1, "keep")
    1
    """
    within = range(first, len(lines) + 1)
    if not BEGIN.fullmatch(lines[first - 1]):
        return line_with(lines, rf"#\s*{re.escape(key)}?:|{re.escape(key)}\t", within) or first  # an example, examples
    end = next((number for number in within[1:] if BEGIN.fullmatch(lines[number - 1])), within.stop)
    return line_with(lines, gives(key), range(first, end)) or first


def gives(key: str) -> str:
    """A pattern of a line that gives a key, in a file of rules."""
    return rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]"""


def line_with(lines: list[str], pattern: str, within: range) -> int:
    """The first line, from 1, that begins with a pattern; 0 where none does."""
    begin = re.compile(pattern)
    return next((number for number in within if begin.match(lines[number - 1])), 0)
