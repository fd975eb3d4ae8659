"""Which texts are meant by some paths: raw files, clean files, their logs, folders of these, or files of decisions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cleaner import corpus, finding, journal, ledger, store
from cleaner.errors import LogError, UsageError
from cleaner.finding import Found, show
from cleaner.settings import Config


class Text(NamedTuple):
    """A text that can be reviewed: its name in the clean folder, where it is, and the name of its decisions.

    ``task`` cleans it again; None where its raw file is gone.
    """

    name: str
    clean: Path
    ledger: str
    task: corpus.Task | None = None


class Texts(NamedTuple):
    """Texts by name, cleaned or not, and the plan that cleans them."""

    texts: tuple[Text, ...]
    plan: corpus.Plan


def find(paths: Sequence[Path], config: Config, out: Path) -> Texts:
    """The texts of ``paths``, or of the raw folder where there are none; ``out`` is the folder of the clean texts.

    Raises ``UsageError`` for a path that is not there, and for a clean text of which nobody knows the raw file.
    """
    named = [_meant(path, config) for path in paths]
    inside = [path for path in named if _lies_in(path, out)]
    base = config.raw_of(out)
    for path in inside:
        if not os.path.lexists(path) and not os.path.lexists(store.Pair(path).log):
            raise UsageError(f"{show(path)}: there is no such file or folder", "check the spelling; nothing was done")
        if base is None:
            hint = f"give the raw files, with --out {show(out)} (of export --clean)"
            raise UsageError(f"{show(path)}: which raw file it was made of stands nowhere", hint)
    given = [path for path in named if not _lies_in(path, out)]
    for path in given:
        if path.suffix and os.path.lexists(store.Pair(path).log):
            hint = f"give its raw file, with --out {show(path.parent)} (of export --clean)"
            raise UsageError(f"{show(path)} is a clean text outside of {show(out)}", hint)
        if path.is_dir() and next(path.rglob("*" + journal.SUFFIX), None):
            hint = f"give the raw files, with --out {show(path)} (of export --clean)"
            raise UsageError(f"{show(path)} holds clean texts outside of {show(out)}", hint)
    found = finding.find(given, None, base, config.is_book)
    whole = Found((), (), frozenset(), False)
    if (inside or not paths) and (config.raw.is_dir() or base is None):
        whole = finding.find([config.raw], None, base, config.is_book)
    wanted = [p for p in whole.places if not inside or any(_lies_in(out / p.name, path) for path in inside)]
    places = {place.name: place for place in (*found.places, *wanted)}
    plan = corpus.plan(Found(tuple(places.values()), found.passed, frozenset(), False), out, config, {})
    texts = [Text(task.name, task.clean, task.ledger, task) for task in plan.tasks]
    if base is not None:
        texts += _gone(inside or ([] if paths else [out]), out, {text.name for text in texts})
    return Texts(tuple(sorted(texts)), plan)


def _meant(path: Path, config: Config) -> Path:
    """A log stands for its clean text, a file of decisions for its raw text."""
    if path.name.endswith(journal.SUFFIX):
        pair = store.named_by(path)
        if pair is None:
            raise UsageError(f"{show(path)} is no change log", "give a clean text, its log, or a raw file")
        return pair.clean
    if path.name.endswith(ledger.SUFFIX) and _lies_in(path, config.decisions):
        return config.raw / name_in(path, config.decisions).removesuffix(ledger.SUFFIX)
    return path


def _gone(paths: Iterable[Path], out: Path, known: set[str]) -> Iterator[Text]:
    """Clean texts whose raw file is gone."""
    for path in paths:
        logs = path.rglob("*" + journal.SUFFIX) if path.is_dir() else [store.Pair(path).log]
        for log in sorted(logs):
            pair = store.named_by(log)
            if pair is None or pair.log != log or name_in(pair.clean, out) in known:
                continue
            name = name_in(pair.clean, out)
            header, _ = journal.ends(log.read_bytes()) or ({}, {})
            yield Text(name, pair.clean, name.removesuffix(".txt") if "sources" in header else name)


def name_in(path: Path, folder: Path) -> str:
    """The name of a file in a folder, with forward slashes."""
    return Path(os.path.relpath(path, folder)).as_posix()


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))


@contextmanager
def named(text: Text) -> Iterator[None]:
    """Whatever is wrong with a log is said of its text: many are read at once. Raises ``LogError``."""
    try:
        yield
    except LogError as error:
        raise LogError(f"{show(text.clean)}: {error.message}", error.hint) from error
