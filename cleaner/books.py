"""A book on disk: a folder or a ZIP archive with one text file a page goes in, a folder with the same files comes out.

Pages are in natural order (page2 before page10). An archive is somebody else's: what it says of itself is checked before
anything is unpacked, and nothing but its text files is. The archive's own bytes are not kept, its pages are.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cleaner import sources, store
from cleaner.errors import CleanerError, DocumentError, LogError, UsageError
from cleaner.settings import ARCHIVE
from cleaner.sources import Pages, Raw

SUFFIXES = (".txt", ".text")
# The longest books are some ten million characters; an archive of a few kilobytes can unpack to as many gigabytes.
LARGEST = 500_000_000
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others cannot be unpacked a little at a time
ENCRYPTED = 0x1  # the bit among the flags of a member
NOISE = "__MACOSX"  # what the Finder adds to archives
UNPACK = "unpack it, and give the folder"
NUMBER = re.compile("([0-9]+)")


class Contents(NamedTuple):
    """The text files of an archive in natural order, their bytes in all, and the names of what else is in it."""

    pages: tuple[str, ...]
    size: int
    others: tuple[str, ...]


def natural(name: str) -> list[list[str | tuple[int, str]]]:
    """The key that sorts names as people count, folder by folder.

    >>> sorted(["p10.txt", "b/p1.txt", "p2.txt", "B/p01.txt", "p.txt"], key=natural)
    ['B/p01.txt', 'b/p1.txt', 'p.txt', 'p2.txt', 'p10.txt']
    """
    stem, _ = os.path.splitext(name)
    return [*map(_counted, stem.split("/")), [name]]


def _counted(part: str) -> list[str | tuple[int, str]]:
    pieces = NUMBER.split(part.casefold())
    return [_number(piece) if k % 2 else piece for k, piece in enumerate(pieces)]


def _number(digits: str) -> tuple[int, str]:
    """Sorts as the number does, however long it is."""
    short = digits.lstrip("0")
    return len(short), short


def is_archive(path: Path) -> bool:
    """Whether a file is named as a ZIP archive."""
    return path.name.lower().endswith(ARCHIVE)


def read_text(path: Path, pages: Iterable[str] | None) -> Raw:
    """The raw bytes of one text: a file, or the ``pages`` of a book. Raises ``OSError`` and ``DocumentError``."""
    return store.read_steady(path) if pages is None else read(path, pages)


def read(book: Path, pages: Iterable[str]) -> Pages:
    """The bytes of each page of a folder or an archive. Raises ``DocumentError`` for what cannot be read as a book."""
    if book.is_dir():
        return {name: store.read_steady(book / name) for name in pages}
    with _opened(book) as archive:
        return {info.filename: archive.read(info) for info in _pages(archive)}


def look(book: Path) -> Contents:
    """What is in an archive. Raises ``DocumentError`` where it is damaged, encrypted, too large or not to be trusted."""
    with _opened(book) as archive:
        pages = _pages(archive)
        taken = set(pages)
        others = [info.filename for info in archive.infolist() if info not in taken and not _is_noise(info)]
        return Contents(tuple(info.filename for info in pages), sum(info.file_size for info in pages), tuple(others))


@contextmanager
def _opened(book: Path) -> Iterator[zipfile.ZipFile]:
    """An archive; whatever the library trips over in it is a fault of the archive."""
    try:
        with zipfile.ZipFile(book) as archive:
            yield archive
    except CleanerError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, struct.error, LookupError) as error:
        raise DocumentError(f"the archive is damaged: {str(error) or 'it is cut off'}", "pack it again") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise DocumentError("the archive is damaged: it points outside of itself", "pack it again") from error


def _pages(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    pages = [info for info in archive.infolist() if _is_page(info)]
    if fault := sources.fault(info.filename for info in pages):
        raise DocumentError(f"the archive cannot be a folder: {fault}", UNPACK)
    size = sum(info.file_size for info in pages)
    if size > LARGEST:
        said = f"its texts would be {size / 1e6:,.0f} MB, and {LARGEST / 1e6:,.0f} MB are the most that is unpacked"
        raise DocumentError(said, f"if that is what you expect, {UNPACK}")
    for info in pages:
        if info.flag_bits & ENCRYPTED:
            raise DocumentError(f"{info.filename!r} in the archive is encrypted", UNPACK)
        if info.compress_type not in PACKINGS:
            raise DocumentError(f"{info.filename!r} in the archive is packed in an unusual way", UNPACK)
    return sorted(pages, key=lambda info: natural(info.filename))


def _is_page(info: zipfile.ZipInfo) -> bool:
    link = stat.S_ISLNK(info.external_attr >> 16)
    return info.filename.lower().endswith(SUFFIXES) and not info.is_dir() and not link and not _is_noise(info)


def _is_noise(info: zipfile.ZipInfo) -> bool:
    """Folders, and what is passed over on disk too: hidden files, and what a system adds to an archive of its own."""
    hidden = any(part.startswith(".") and part not in (".", "..") for part in info.filename.split("/"))
    return info.is_dir() or hidden or info.filename.startswith(f"{NOISE}/")


def unpack(pages: Pages, out: Path, *, force: bool = False) -> None:
    """Write the pages of a book into a folder that is new or empty; with ``force`` over what stands there.

    Raises ``UsageError`` where the folder is neither, ``LogError`` for a name that would leave it, ``OSError``.
    """
    if os.path.lexists(out) and not out.is_dir():
        raise UsageError(f"{out} is not a folder", "give the name of a new folder with --out")
    if not force and out.is_dir() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty", "give a new folder with --out, or --force to write over what is there")
    top = out.resolve()
    for name in pages:  # the folder may hold links, and another system may read a name in another way
        if sources.fault([name]) or not (out / name).parent.resolve().is_relative_to(top):
            raise LogError(f"the page {name!r} would be written outside of {out}", "give a new folder with --out")
    for name, data in pages.items():
        store.replace_file(out / name, data)
