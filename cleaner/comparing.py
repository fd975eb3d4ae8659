"""Pairs of texts to be compared, from paths: raw and clean, or clean as it stands and clean as it would be now.

Reads only. A file with a change log beside it is a clean text, any other a raw one; a raw text that has no clean text
of its own yet, or an outdated one, is cleaned in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import corpus, finding, journal, sources, store, wordiff
from cleaner.errors import CleanerError, DocumentError
from cleaner.records import Record
from cleaner.settings import Config


class Compared(NamedTuple):
    """A text, and what became of it. ``files`` are those of a raw book."""

    old: str
    changes: list[wordiff.Change]
    records: Sequence[Record] = ()
    files: Sequence[sources.File] = ()


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
        found = finding.find(paths, None, base, self.config.is_book)
        plan = corpus.plan(found, self.out, self.config, self.given)
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
        beside = store.look(store.Pair(task.raw)) if task.pages is None else None
        if beside is not None and beside.log is not None and beside.clean is not None:
            log = journal.read(beside.log)
            return _composed(journal.undone(beside.clean, log)[0], log)
        raw = task.read()
        prepared = plan.prepare(task, raw)
        state = store.look(store.Pair(task.clean))
        if state.log is not None and corpus.settled(state, raw, prepared.key):
            return _composed(sources.read(raw).text, journal.read(state.log))
        result = prepared.clean(raw, task.clean.name)
        return _composed(result.run.source, result.records)

    def _would(self, task: corpus.Task, plan: corpus.Plan) -> Compared | None:
        raw = task.read()
        prepared = plan.prepare(task, raw)
        state = store.look(store.Pair(task.clean))
        if corpus.settled(state, raw, prepared.key):
            return None
        if state.clean is not None and not state.whole:
            return None  # edited by hand: clean leaves it
        old = (state.clean or b"").decode("utf-8", "replace")
        new = prepared.clean(raw, task.clean.name).text
        return Compared(old, wordiff.between(old, new)) if old != new else None


def _composed(text: str, log: journal.Log) -> Compared:
    return Compared(text, wordiff.from_log(text, log), log.changes, sources.files(log.header))
