"""Delete what ``clean`` made, and nothing else: clean texts that nobody edited, their logs, and the index.

What is derived is known from its log alone: a text whose hash its log names came from the raw file and can be made
again. Edited texts, texts without a log, damaged logs and every other file stay.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from cleaner import index, sources, store
from cleaner.errors import UsageError
from cleaner.stages import STEPS


class Reset(NamedTuple):
    """Clean texts that were deleted, and those that stay: a person edited them or their log is damaged, or froze them."""

    deleted: tuple[Path, ...]
    edited: tuple[Path, ...]
    frozen: tuple[Path, ...] = ()


def reset(out: Path, keep: Sequence[str] = (), frozen: Collection[str] = ()) -> Reset:
    """Delete the derived files below ``out``; ``keep`` are globs relative to it, such as ``samples/*``.

    ``frozen`` are the hashes of clean texts that people declared finished.

    Raises ``UsageError`` where there is no such folder, ``OSError`` where something cannot be deleted.
    """
    if not out.is_dir():
        raise UsageError(f"{out}: there is no such folder", "give the folder of the clean texts")
    deleted, edited, kept = [], [], []
    for log in list(store.logs(out)):
        if any(fnmatchcase(log.relative_to(out).as_posix(), glob) for glob in keep):
            continue
        pair = store.named_by(log)
        if pair is not None and pair.log != log:
            pair = None
        state = None if pair is None else store.look(pair)
        if pair is not None and state is not None and state.clean and sources.digest(state.clean) in frozen:
            kept.append(pair.clean)
        elif pair is not None and state is not None and (state.whole or state.clean is None):
            for path in (pair.clean, pair.log):  # the log last: what is left of a killed run goes with the next
                path.unlink(missing_ok=True)
            deleted.append(pair.clean)
        else:
            edited.append(log if pair is None else pair.clean)
    _reindex(out)
    return Reset(tuple(deleted), tuple(edited), tuple(kept))


def _reindex(out: Path) -> None:
    """The index of what is left, and none where nothing is."""
    path = out / index.FILE
    data = store.read_if_there(path)
    if data is None:
        return
    rows = [row for name, row in index.read(data).items() if os.path.lexists(out / name)]
    if rows:
        store.replace_file(path, index.write(rows, STEPS), ours=True)
    else:
        path.unlink()
