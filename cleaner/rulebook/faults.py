"""What is wrong with rule files: each fault with its file, its line, the line itself, and what would be right.

Faults are gathered and told all at once: a person mends a file in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.errors import RuleError

SHOWN = 100  # characters of a line at fault


class Fault(NamedTuple):
    """``line`` counts from 1, 0 where the file as a whole is meant; ``text`` is that line as it stands."""

    path: str
    line: int
    text: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = self.text.strip()
        text = text if len(text) <= SHOWN else text[:SHOWN] + "..."
        shown = f"\n    {self.line} | {text}" if self.line and text else ""
        return f"{place}: {self.what}{shown}" + (f"\n    -> {self.hint}" if self.hint else "")


class Faults:
    """The faults found so far.

    >>> faults = Faults()
    >>> faults.add("my.toml", 2, ["[[rule]]", "kind = 'wrod'"], "kind 'wrod' is unknown", "did you mean word?")
    >>> print(faults.found[0])
    my.toml:2: kind 'wrod' is unknown
        2 | kind = 'wrod'
        -> did you mean word?
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, line: int, lines: Sequence[str], what: str, hint: str = "") -> None:
        """One more fault, in the line ``line`` (from 1) of ``lines``."""
        self.found.append(Fault(path, line, lines[line - 1] if 0 < line <= len(lines) else "", what, hint))

    def stop(self, what: str = "the rules are broken, nothing was run") -> None:
        """Raise ``RuleError`` where there are any."""
        if self.found:
            many = f"{len(self.found)} faults: " if len(self.found) > 1 else ""
            raise RuleError(f"{many}{what}:\n" + "\n".join(f"  {fault}" for fault in self.found))
