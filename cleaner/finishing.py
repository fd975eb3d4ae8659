"""When every document of a batch is done: the index, and what has no raw file any more.

Only what is proven to be derived is ever deleted: a clean text that its log speaks of, and the log.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner import corpus, index, journal, sources, store
from cleaner.errors import DocumentError
from cleaner.stages import STEPS


class Orphan(NamedTuple):
    """A log whose raw file is gone. ``reason`` says why it is not for ``prune``, empty where it is."""

    clean: Path
    log: Path
    reason: str


class Finish(NamedTuple):
    """``outdated``: index.tsv was, or would be, written anew. ``error``: why something here could not be done.

    ``kept``: where a person's file is now that stood in the place of index.tsv.
    """

    orphans: tuple[Orphan, ...]
    asked: bool  # to prune
    pruned: bool
    outdated: bool
    error: DocumentError | None
    kept: Path | None = None


def finish(plan: corpus.Plan, outcomes: Iterable[corpus.Outcome], *, mode: corpus.Mode, prune: bool = False) -> Finish:
    """Write the index, and list or delete what has no raw file any more."""
    deleting = prune and mode == "write" and bool(plan.tasks)
    path = plan.out / index.FILE
    gone: tuple[Orphan, ...] = ()
    try:
        gone = tuple(orphans(plan))
        if deleting:
            for orphan in gone:
                if not orphan.reason:  # the log last: what is left of a killed run is pruned by the next
                    orphan.clean.unlink(missing_ok=True)
                    orphan.log.unlink()
        rows = {name: row for name, row in corpus.read_index(plan.out).items() if os.path.lexists(plan.out / name)}
        rows.update((outcome.row.name, outcome.row) for outcome in outcomes if outcome.row is not None)
        data = index.write(rows.values(), STEPS)
        there = store.read_if_there(path)
        new = (bool(rows) or there is not None) and data != there
        kept = None
        if new and mode == "write":
            kept = store.keep_copy(path, there) if there is not None and not index.is_ours(there) else None
            store.replace_file(path, data, ours=True)
    except OSError as error:
        return Finish(gone, prune, False, False, store.explain(error, path))
    except DocumentError as error:
        return Finish(gone, prune, False, False, error)
    return Finish(gone, prune, deleting, new, None, kept)


def orphans(plan: corpus.Plan) -> Iterable[Orphan]:
    """Logs in the output folder that no file of this batch belongs to; only where whole folders were given."""
    if not plan.found.whole:
        return
    known = {store.Pair(plan.out / name).log for name in plan.found.names}
    for folder, folders, files in os.walk(plan.out):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _anothers(here / f, plan))
        for file in sorted(files):
            if file.endswith(journal.SUFFIX) and here / file not in known:
                yield _orphan(here / file, plan.ledger.frozen)


def _anothers(folder: Path, plan: corpus.Plan) -> bool:
    """Whether a folder is not part of this output: an input, or the output of other runs, with an index of its own."""
    return plan.found.given(folder) or (folder / index.FILE).exists()


def _orphan(log: Path, frozen: Collection[str]) -> Orphan:
    guess = log.with_name(log.name.removesuffix(journal.SUFFIX) + ".txt")
    try:
        return _orphan_of(log, guess, frozen)
    except OSError as error:
        return Orphan(guess, log, store.explain(error, log).message)
    except DocumentError as error:
        return Orphan(guess, log, error.message)


def _orphan_of(log: Path, guess: Path, frozen: Collection[str]) -> Orphan:
    pair = store.named_by(log)
    if pair is None:
        return Orphan(guess, log, "its change log is damaged")
    if pair.log != log:
        return Orphan(guess, log, f"its change log is that of {pair.clean.name}")
    state = store.look(pair)
    if state.clean is not None and sources.digest(state.clean) in frozen:
        return Orphan(pair.clean, log, "frozen")
    edited = state.clean is not None and not state.whole
    return Orphan(pair.clean, log, "edited by hand since it was cleaned" if edited else "")
