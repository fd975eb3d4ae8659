"""Decisions follow a raw file that was renamed.

A run knows such a file by the hash of its text and obeys what was decided about it, until it is edited: then its hash
is another one, and only a file of decisions under its own name is found. So whoever writes clean texts brings the file of
decisions under the new name while the hash still tells. Where the raw file of the old name is there this one is a copy,
and where two raw files have this text nobody can tell which of them was renamed: decisions stay where they are.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cleaner import ledger, store
from cleaner.corpus import Outcome, Renamed
from cleaner.errors import CleanerError
from cleaner.settings import Config


class Followed(NamedTuple):
    """A file of decisions, and the one that it is by now; ``error`` says why it stays where it is, empty where it moved."""

    old: Path
    new: Path
    error: str = ""


def follow(outcomes: Iterable[Outcome], config: Config) -> list[Followed]:
    """Bring the decisions about raw files that were renamed under their new names, one after the other.

    What stands there is about another raw text: it is put aside, see ``Ledger.moved``.
    """
    found = sorted(one.renamed for one in outcomes if one.renamed is not None and _was_there(one.renamed, config))
    claims = Counter(renamed.old for renamed in found)
    return [_follow(renamed, claims[renamed.old] > 1, config) for renamed in found]


def _was_there(renamed: Renamed, config: Config) -> bool:
    """Whether the old name is one that this very file may have had.

    In the raw folder every name is. That of a file elsewhere says only in which folder it stood (``ledger.name_of``): it
    was renamed if the old one is of that folder too, and is there no more.
    """
    if os.path.lexists(config.raw / renamed.new):
        return True
    old, new = PurePosixPath(renamed.old), PurePosixPath(renamed.new)
    return old.parent == new.parent and not os.path.lexists(renamed.raw.with_name(old.name))


def _follow(renamed: Renamed, shared: bool, config: Config) -> Followed:
    folder = config.decisions
    old, new = (folder / (name + ledger.SUFFIX) for name in (renamed.old, renamed.new))
    if shared:
        return Followed(
            old, new, "several raw files have this text: rename it to the name of one, with .jsonl behind it"
        )
    try:
        known = ledger.load(folder, config.raw)  # each move gives other files another name too
        page = known.renamed(renamed.new, renamed.sha256)
        if page is not None:
            known.moved(page, renamed.new)
    except CleanerError as error:
        return Followed(old, new, error.message)
    except OSError as error:
        return Followed(old, new, store.explain(error, new).message)
    return Followed(old, new)
