"""What lies on disk for one document: the clean text, its change log, and the way both get there.

Two files cannot be renamed into place at once. So the new log is written first, under the name of a *pending* log, then
the clean text is renamed, then the pending log takes the place of the old one. A run that is killed anywhere in between
leaves the old pair, or the new text beside a pending log that names its hash: ``look`` takes that one for the log, and
``settle`` finishes the job. Nothing here knows what cleaning is, and nothing trusts the clock.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cleaner import journal, sources
from cleaner.errors import DocumentError, LogError, UsageError

# Where a person's text is kept when --force writes over it: x.txt.edited, x.txt.edited.2 ...
KEPT = ".edited"
PAUSE = 0.05  # seconds until a lock is asked for again
# What the operating system says, in words that name the way on.
HINTS = {
    errno.ENOSPC: "make room on the disk, then run again: what is done stays done",
    errno.EDQUOT: "the quota is used up: make room, then run again: what is done stays done",
    errno.EFBIG: "the file is larger than this disk or this shell allows (see ulimit -f)",
    errno.EACCES: "check the permissions of the file and of its folder",
    errno.EPERM: "check the permissions of the file and of its folder",
    errno.EROFS: "the disk is read-only: choose another --out",
    errno.EISDIR: "a folder stands in the place of the file: move it away",
    errno.ENOTDIR: "a file stands in the place of a folder: move it away",
    errno.EEXIST: "move the file that stands in the way, or wait for the other run that writes it",
    errno.ENAMETOOLONG: "shorten the name of the raw file (the log needs ten characters more), or that of its folders",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The paths of one clean text: the log beside it, and the two names under which both are written first."""

    clean: Path

    @property
    def log(self) -> Path:
        """``x.changes.jsonl`` for ``x.txt``; other endings keep theirs, so that x.txt and x.text have a log each."""
        name = self.clean.name
        return self.clean.with_name((name[:-4] if name.endswith(".txt") and name != ".txt" else name) + journal.SUFFIX)

    @property
    def pending(self) -> Path:
        """The new log, until the new clean text stands."""
        return self.log.with_name(self.log.name + ".new")

    @property
    def draft(self) -> Path:
        """The new clean text, until it is whole."""
        return self.clean.with_name(self.clean.name + ".new")

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every path that writing the pair may touch."""
        return self.clean, self.log, self.pending, self.draft


@dataclass(frozen=True, slots=True)
class State:
    """What stands there. ``ends`` are the first and the last record of the log, None without a log that is whole."""

    clean: bytes | None
    log: bytes | None
    ends: journal.Ends | None
    pending: bool = False  # the log still stands under its pending name

    @property
    def whole(self) -> bool:
        """Whether the clean text is the very one that the log speaks of."""
        if self.clean is None or self.ends is None:
            return False
        return sources.digest(self.clean) == self.ends[1].get("sha256")


def look(pair: Pair) -> State:
    """Read the pair. Writes nothing; a pending log that fits the clean text counts as the log."""
    clean = read_if_there(pair.clean)
    pending = read_if_there(pair.pending)
    if clean is not None and pending is not None:
        state = State(clean, pending, journal.ends(pending), pending=True)
        if state.whole:
            return state
    log = read_if_there(pair.log)
    return State(clean, log, None if log is None else journal.ends(log))


def named_by(log: Path) -> Pair | None:
    """The pair of the text that a log names as its source, None where it names none.

    The pair's own log is another one where this log was copied, or where two sources would share it.
    """
    ends = journal.ends(read_if_there(log) or b"")
    source = ends[0].get("source") if ends else None
    if not isinstance(source, str) or not source or os.path.basename(source) != source:
        return None
    return Pair(log.with_name(source))


def logs(folder: Path) -> Iterator[Path]:
    """The change logs below a folder, folder by folder, in the order of their names."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(place) / file for file in sorted(files) if file.endswith(journal.SUFFIX))


def settle(pair: Pair) -> None:
    """Finish, or take back, what a killed run left. Drafts are ours only where a pending log stands beside them."""
    if not os.path.lexists(pair.pending):
        return
    if look(pair).pending:
        os.replace(pair.pending, pair.log)
        sync_folder(pair.log.parent)
        pair.draft.unlink(missing_ok=True)
    else:
        pair.draft.unlink(missing_ok=True)
        pair.pending.unlink(missing_ok=True)


def commit(pair: Pair, clean: bytes, log: bytes, *, over: bytes | None) -> None:
    """Write both, the clean text first and the log last. On any failure the old pair stays, or the new one stands.

    ``over`` is the clean text that may be written over, None where there was none: cleaning takes a while, and who saved
    an edit meanwhile keeps it (``DocumentError``). The parent folder is made where it is missing. Any error goes to the
    caller, with nothing of ours left behind.
    """
    pair.clean.parent.mkdir(parents=True, exist_ok=True)
    settle(pair)
    _free(pair.draft)
    try:
        _write_new(pair.pending, log)
        _write_new(pair.draft, clean)
        if read_if_there(pair.clean) != over:
            raise DocumentError("its clean text was edited while the raw file was cleaned", "run again")
        os.replace(pair.draft, pair.clean)
        sync_folder(pair.clean.parent)
        os.replace(pair.pending, pair.log)
        sync_folder(pair.clean.parent)
    except BaseException:
        with suppress(OSError):
            settle(pair)
        raise


def replace_file(path: Path, data: bytes, *, ours: bool = False) -> None:
    """Write one file so that a reader sees the old one or the new one. ``OSError`` leaves nothing behind.

    ``ours``: a draft of that name can only be what a killed run left, and is written over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    if ours:
        draft.unlink(missing_ok=True)
    _free(draft)
    try:
        _write_new(draft, data)
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def keep_copy(path: Path, data: bytes) -> Path:
    """Put a person's text beside its place, under the first free name; the same text is kept once."""
    number = 1
    while True:
        copy = path.with_name(path.name + KEPT + (f".{number}" if number > 1 else ""))
        there = read_if_there(copy)
        if there == data:
            return copy
        if there is None:
            replace_file(copy, data, ours=True)
            return copy
        number += 1


def _free(path: Path) -> None:
    """Raise ``FileExistsError`` where something stands that nobody told us we may write over."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _write_new(path: Path, data: bytes) -> None:
    """A new file, on the disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the renames in a folder on the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_if_there(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none.

    Raises ``DocumentError`` for a pipe, a socket or a device: reading one may never end.
    """
    try:
        kind = os.stat(path).st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # a folder is refused by the system, with its own reason
            raise DocumentError(f"{path} is neither a file nor a folder", "move it away, then run again")
        return path.read_bytes()
    except FileNotFoundError:
        return None


def read_steady(path: Path) -> bytes:
    """The bytes of a raw file. Raises ``DocumentError`` when it changed while it was read, or is no file any more."""
    with open(path, "rb", opener=_open_at_once) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode) and not stat.S_ISDIR(before.st_mode):
            raise DocumentError("it is neither a file nor a folder any more", "put the file back, then run again")
        data = file.read()
        after = os.fstat(file.fileno())
    now = os.stat(path)  # the name may stand for another file by now
    seen = {(s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns) for s in (before, after, now)}
    if len(seen) > 1 or len(data) != before.st_size:
        raise DocumentError("the file changed while it was read", "run again when it is complete")
    return data


def _open_at_once(name: str, flags: int) -> int:
    """Open without waiting for somebody to write into a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def restore(clean: Path) -> sources.Raw:
    """The raw bytes of a clean file, for a book those of each page, by the log beside it. Raises ``LogError``, which says what is in the way."""
    pair = Pair(clean)
    state = look(pair)
    if state.clean is None:
        raise UsageError(f"{clean}: there is no such file", "give the path of a clean text")
    if state.log is None:
        raise LogError(f"there is no change log {pair.log.name} beside it", "give a clean text, not a raw one")
    return journal.restore(state.clean, state.log)


def explain(error: OSError, path: Path) -> DocumentError:
    """What the operating system refused, in the house's words. Names the file at fault where it is not ``path``."""
    place = error.filename if isinstance(error.filename, str | bytes) else None
    named = os.fsdecode(place) if place is not None else ""
    other = f"{named}: " if named and named != str(path) else ""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return DocumentError(f"{other}{reason}", HINTS.get(error.errno or 0, "see to it, then run again"))


@contextmanager
def locked(folder: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a folder against a second run that writes to it. The lock ends with the process and leaves no file.

    ``patience``: so many seconds it is waited for the other one to end.

    The folders above are held too, but shared: a run for a whole tree and one for a part of it write the same files.
    Raises ``UsageError`` when another run holds it; where the system or the disk knows no locks there is none.
    """
    try:
        import fcntl  # noqa: PLC0415  (not on every system)

        folder.mkdir(parents=True, exist_ok=True)
        whole = folder.resolve()
    except (ImportError, OSError):  # what cannot be written is reported for each document
        yield
        return
    with ExitStack() as held:
        for place in (whole, *whole.parents):
            try:
                handle = os.open(place, os.O_RDONLY)
                held.callback(os.close, handle)
                kind = fcntl.LOCK_EX if place == whole else fcntl.LOCK_SH
                for _ in range(round(patience / PAUSE)):
                    with suppress(BlockingIOError):
                        fcntl.flock(handle, kind | fcntl.LOCK_NB)
                        break
                    time.sleep(PAUSE)
                else:
                    fcntl.flock(handle, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(f"{place}: another run is writing there", "wait until it has ended") from None
            except OSError:
                continue
        yield
