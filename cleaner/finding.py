"""Which files are meant, and may they be written where they would go? Settled before the first byte is written.

A folder is read recursively and its tree kept; a file given by name keeps only its name. Hidden files are passed over,
linked folders are followed, and whatever else is not taken is named. What would lose data is refused here: an output
over an input, whatever links lead there, and two inputs for one output, also where only a file system that ignores
case would take them for one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import books, index, names
from cleaner.errors import DocumentError, UsageError
from cleaner.settings import ARCHIVE
from cleaner.store import Pair, explain

Identity = tuple[int, int]  # device and inode: what a file is, whatever it is called


class Place(NamedTuple):
    """A raw file, its name below the output folder, with forward slashes, and its size in bytes.

    Of a book ``raw`` is the folder or the archive, ``pages`` are the names of the files in it.
    """

    raw: Path
    name: str
    size: int
    pages: tuple[str, ...] | None = None

    @property
    def files(self) -> list[Path]:
        """The files on disk that are read."""
        return [self.raw / page for page in self.pages] if self.pages and self.raw.is_dir() else [self.raw]


class Passed(NamedTuple):
    """What was not taken, and why. ``failed`` where that is a fault of the file and not its nature."""

    path: Path
    name: str
    reason: str
    failed: bool = False
    hint: str = ""


class Found(NamedTuple):
    """``whole``: all that belongs to the output folder was given and could be read, so what is missing is gone."""

    places: tuple[Place, ...]
    passed: tuple[Passed, ...]
    folders: frozenset[Identity]
    whole: bool

    @property
    def names(self) -> set[str]:
        """Every name below the output folder that something stands for."""
        return {place.name for place in self.places} | {passed.name for passed in self.passed}

    def given(self, folder: Path) -> bool:
        """Whether a folder is one that was given to be cleaned."""
        return identity(folder) in self.folders


def identity(path: Path) -> Identity | None:
    """Device and inode of what a path leads to, None where it leads nowhere."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def no_book(path: Path) -> bool:
    """Every file is a text of its own."""
    return False


def find(
    paths: Sequence[Path],
    out: Path | None,
    base: Path | None = None,
    is_book: Callable[[Path], bool] = no_book,
) -> Found:
    """The text files of ``paths``. Raises ``UsageError`` when one does not exist or an output would lose something.

    Without ``out`` nothing is to be written, and nothing of that kind is refused. ``base`` is the raw folder that
    belongs to the output folder as a whole: what lies inside keeps its tree from there, whichever part was given.
    Where ``is_book`` says so, a folder or an archive is one text.
    """
    if out is not None and os.path.lexists(out) and not os.path.isdir(out):
        raise UsageError(f"{show(out)}: the output is not a folder", "give a folder with --out")
    target = None if out is None else identity(out)
    places: list[Place] = []
    passed: list[Passed] = []
    folders = set()
    for path in paths:
        here = _exists(path)
        inside = _inside(path, base)
        if stat.S_ISDIR(here.st_mode):
            folders.add((here.st_dev, here.st_ino))
            if out is not None and target == (here.st_dev, here.st_ino):
                hint = "give another folder with --out"
                raise UsageError(f"{show(out)}: the output folder is the input folder", hint)
        elif is_book(path) and not books.is_archive(path):
            raise UsageError(f"{show(path)} is no book", "give a folder or a ZIP archive with one file a page")
        if is_book(path):
            found = _book(path, inside or Path(os.path.abspath(path)).name, target)
        elif stat.S_ISDIR(here.st_mode):
            found = _walk(path, f"{inside}/" if inside else "", target, is_book)
        else:
            found = iter([Place(path, path.name if inside is None else inside, here.st_size)])
        for item in found:
            (places if isinstance(item, Place) else passed).append(item)  # type: ignore[arg-type]
    if out is not None:
        places = _distinct(places)
        _refuse_overwriting(places, out)
    whole = bool(paths) and not any(p.failed for p in passed)
    whole = whole and not any(map(is_book, paths))
    whole = whole and all(os.path.isdir(path) if base is None else _inside(path, base) == "" for path in paths)
    return Found(tuple(places), tuple(passed), frozenset(folders), whole)


def _inside(path: Path, base: Path | None) -> str | None:
    """The path below ``base``, with forward slashes; empty for ``base`` itself, None outside of it."""
    if base is None:
        return None
    whole, top = Path(os.path.abspath(path)), Path(os.path.abspath(base))
    if not whole.is_relative_to(top):
        return None
    return "" if whole == top else whole.relative_to(top).as_posix()


def show(path: Path) -> str:
    """A path for people, on one line: relative where it lies below the folder where the command was given."""
    with contextlib.suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    return names.escape(str(path))


def _exists(path: Path) -> os.stat_result:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        hint = "check the spelling; nothing was done"
        raise UsageError(f"{show(path)}: there is no such file or folder", hint) from None
    except OSError as error:
        fault = explain(error, path)
        raise UsageError(f"{show(path)}: {fault.message}", fault.hint) from None
    if not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode):
        raise UsageError(f"{show(path)}: neither a file nor a folder", "to read from a pipe, give - as the path")
    return found


def _book(path: Path, name: str, target: Identity | None) -> Iterator[Place | Passed]:
    """A folder or an archive as one text, named after it; what is in it and no page. A fault in it is one of the book."""
    clean = (name[: -len(ARCHIVE)] if not path.is_dir() else name) + ".txt"
    if path.is_dir():
        items = list(_walk(path, f"{name}/", target, no_book))
        faults = [item._replace(name=clean) for item in items if isinstance(item, Passed) and item.failed]
        if faults:
            yield from faults
            return
        pages = [item for item in items if isinstance(item, Place)]
        ordered = sorted((page.name.removeprefix(f"{name}/") for page in pages), key=books.natural)
        found = books.Contents(tuple(ordered), sum(page.size for page in pages), ())
        yield from (item for item in items if isinstance(item, Passed))
    else:
        try:
            found = books.look(path)
        except DocumentError as error:
            yield Passed(path, clean, error.message, True, error.hint)
            return
        except OSError as error:
            fault = explain(error, path)
            yield Passed(path, clean, fault.message, True, fault.hint)
            return
        yield from (Passed(path / other, f"{name}/{other}", "not a text file") for other in found.others)
    if found.pages:
        yield Place(path, clean, found.size, found.pages)
    else:
        yield Passed(path, clean, "a book without pages: no text file is in it (*.txt, *.text)")


def _walk(top: Path, prefix: str, target: Identity | None, is_book: Callable[[Path], bool]) -> Iterator[Place | Passed]:
    """Everything below a folder, in the order of the names; ``target``, the output folder, is passed over."""
    stack: list[tuple[Path, str, frozenset[Identity]]] = [(top, prefix, frozenset())]
    while stack:
        folder, prefix, above = stack.pop()
        try:
            me = os.stat(folder)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            fault = explain(error, folder)
            yield Passed(folder, prefix, fault.message, True, fault.hint)
            continue
        below = above | {(me.st_dev, me.st_ino)}
        inner = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path, name = Path(entry.path), prefix + entry.name
            try:
                there = os.stat(path)
            except OSError as error:
                yield _unseen(path, name, error)
                continue
            kind = there.st_dev, there.st_ino
            if stat.S_ISDIR(there.st_mode):
                if kind == target:
                    yield Passed(path, name, "the output folder: what is in it is not taken as input")
                elif kind in below:
                    yield Passed(path, name, "a link back to a folder above it")
                elif is_book(path):
                    yield from _book(path, name, target)
                else:
                    inner.append((path, name + "/", below))
            elif stat.S_ISREG(there.st_mode) and is_book(path):
                yield from _book(path, name, target)
            elif not stat.S_ISREG(there.st_mode) or not entry.name.lower().endswith(books.SUFFIXES):
                yield Passed(path, name, "not a text file")
            else:
                yield Place(path, name, there.st_size)
        stack.extend(reversed(inner))


def _unseen(path: Path, name: str, error: OSError) -> Passed:
    """A name that is there and leads to nothing that can be looked at. Only of a link is that its nature."""
    if error.errno in (errno.ENOENT, errno.ELOOP) and os.path.islink(path):
        return Passed(path, name, "the link leads nowhere")
    fault = explain(error, path)
    return Passed(path, name, fault.message, True, fault.hint)


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Each input once. Raises ``UsageError`` where two would write one file."""
    kept: dict[str, Place] = {}
    taken: dict[str, Place] = {}
    for place in places:
        same = kept.get(place.name)
        if same is not None and identity(same.raw) == identity(place.raw):
            continue
        kept[place.name] = place
        for path in Pair(Path(place.name)).paths:
            key = _folded(path)
            other = taken.setdefault(key, place)
            if other is not place:
                what = "would both be written to" if other.name == place.name else "would share, where case is ignored,"
                raise UsageError(
                    f"{show(other.raw)} and {show(place.raw)} {what} {show(path)}",
                    "rename one, or clean them into different folders; nothing was done",
                )
    for place in kept.values():
        for folder in Path(place.name).parents:  # a folder may have any name, that of another text's log too
            blocked = taken.get(_folded(folder))
            if blocked is not None:
                raise UsageError(
                    f"the folder of {show(place.raw)} would stand in the place of what is written for {show(blocked.raw)}",
                    "rename one, or clean them into different folders; nothing was done",
                )
        if _folded(Path(index.FILE)) in {_folded(path) for path in Pair(Path(place.name)).paths}:
            raise UsageError(f"{show(place.raw)}: this name is kept for the index", "rename the file")
    return list(kept.values())


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _refuse_overwriting(places: Iterable[Place], out: Path) -> None:
    places = list(places)
    inputs = {identity(raw): raw for place in places for raw in place.files}
    inputs.pop(None, None)
    for path in (out / index.FILE, *(path for place in places for path in Pair(out / place.name).paths)):
        raw = inputs.get(identity(path))
        if raw is not None:
            raise UsageError(
                f"{show(path)} would be written over the input {show(raw)}",
                "give another folder with --out; nothing was done",
            )
