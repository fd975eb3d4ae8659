"""One family of errors: each says what happened, where, and what to do next.

A broken rule or setting stops the start; a broken document stops only that document.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CleanerError(Exception):
    """The root of the family. ``message`` says what happened, ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(CleanerError):
    """Something in the call cannot be done as asked: a path, an option, a folder."""


class SettingsError(UsageError):
    """A settings file cannot be read, or holds a key or a value that is unknown."""


class RuleError(UsageError):
    """A rule file is broken: nothing runs on a broken set."""


class LexiconError(UsageError):
    """A word list or the counts of a corpus cannot be read: nothing runs without what somebody vouches for.

    ``faults`` are all that a file has: its line, from 1, or 0 for the whole; what is wrong; what would be right.
    """

    def __init__(self, message: str, hint: str = "", faults: Iterable[tuple[int, str, str]] = ()) -> None:
        super().__init__(message, hint)
        self.faults = tuple(faults)


class DecisionError(UsageError):
    """What people decided cannot be read: nothing runs where it might be forgotten."""


class DocumentError(CleanerError):
    """One document cannot be cleaned; its old output stays, the others are cleaned."""


class StageError(DocumentError):
    """A stage failed or broke its contract, such as an edit that does not match the text it was made for."""


class ProofError(DocumentError):
    """What is about to be written does not give the raw bytes back; nothing was written."""


class LogError(DocumentError):
    """A change log was edited, cut off, or belongs to another text."""


def nearest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to try where a name is unknown: the name that is most like it, or ``otherwise``, or all of them.

    >>> nearest("langauge", ["language", "layout"]), nearest("zz", ["language", "layout"])
    ('did you mean language?', 'known: language, layout')
    """
    known = list(known)
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"did you mean {near[0]}?" if near else otherwise or f"known: {', '.join(known)}"
