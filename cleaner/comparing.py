"""Pairs of texts to be compared, from paths: raw and clean, or clean as it stands and clean as it would be now.

Reads only. A file with a change log beside it is a clean text, any other a raw one; a raw text that has no clean text
of its own yet, or an outdated one, is cleaned in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import corpus, decoding, finding, journal, store, wordiff
from cleaner.errors import CleanerError, DocumentError
from cleaner.settings import Config


class Compared(NamedTuple):
    """A text, and what became of it."""

    old: str
    changes: list[wordiff.Change]
    records: Sequence[journal.Record] = ()


Answer = tuple[Path, Compared | DocumentError]
Compare = Callable[[corpus.Task, corpus.Plan], Compared | None]


@dataclass(frozen=True, slots=True)
class Texts:
    """Where to look: ``out`` holds the clean texts, ``given`` are the settings of the command line."""

    config: Config
    out: Path
    given: Mapping[str, Any]

    def changes(self, paths: Sequence[Path]) -> Iterator[Answer]:
        """From raw to clean, for each text file of ``paths``. Raises ``UsageError`` for a path that is not there."""
        yield from self._each(paths, self._change)

    def would(self, paths: Sequence[Path]) -> Iterator[Answer]:
        """From the clean text as it stands to what it would be if the raw file were cleaned now, where they differ."""
        yield from self._each(paths, self._would)

    def _each(self, paths: Sequence[Path], compare: Compare) -> Iterator[Answer]:
        base = self.config.raw_of(self.out)
        plan = corpus.plan(finding.find(paths, None, base), self.out, self.config, self.given)
        for task in sorted(plan.tasks, key=lambda task: task.name):
            try:
                compared = compare(task, plan)
            except CleanerError as error:
                yield task.raw, DocumentError(error.message, error.hint)
            except OSError as error:
                yield task.raw, store.explain(error, task.raw)
            else:
                if compared is not None:
                    yield task.raw, compared

    def _change(self, task: corpus.Task, plan: corpus.Plan) -> Compared:
        beside = store.look(store.Pair(task.raw))
        if beside.log is not None and beside.clean is not None:
            log = journal.read(beside.log)
            raw = journal.restored(beside.clean, log)
            return _composed(raw, log)
        data = store.read_steady(task.raw)
        cleaner = plan.cleaners[task.cleaner]
        state = store.look(store.Pair(task.clean))
        if state.log is not None and corpus.settled(state, data, cleaner):
            return _composed(data, journal.read(state.log))
        return _composed(data, cleaner.clean(data, name=task.raw.name).records)

    def _would(self, task: corpus.Task, plan: corpus.Plan) -> Compared | None:
        data = store.read_steady(task.raw)
        cleaner = plan.cleaners[task.cleaner]
        state = store.look(store.Pair(task.clean))
        if corpus.settled(state, data, cleaner):
            return None
        if state.clean is not None and not state.whole:
            return None  # edited by hand: clean leaves it
        old = (state.clean or b"").decode("utf-8", "replace")
        new = cleaner.clean(data, name=task.raw.name).text
        return Compared(old, wordiff.between(old, new)) if old != new else None


def _composed(raw: bytes, log: journal.Log) -> Compared:
    text, _ = decoding.decode(raw)
    return Compared(text, wordiff.from_log(text, log), log.changes)
