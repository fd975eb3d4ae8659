"""What a text is read from: the bytes of one file, or a book that comes as one file a page; and the way back, exactly.

A book is one text, since a single page has no running heads and words run on from page to page. Its pages are decoded
each by itself (see ``decoding``) and joined by a form feed; a page that ends in one gets none, and a page without a line
end gets that too. Where each file stands in the text is kept, so what joins them is not part of any page. Pure: the
files themselves are the business of ``books`` and ``store``.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaner import decoding, names
from cleaner.errors import UsageError
from cleaner.text import Lines

Pages = Mapping[str, bytes]  # the files of a book by name, with forward slashes, in their order
Raw = bytes | Pages

LINE_ENDS = "\r\n"


class File(NamedTuple):
    """One file of a book: ``text[start:start + chars]`` is what stands in it."""

    name: str
    sha256: str
    codec: str
    start: int
    chars: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it is cleaned. A book has ``files``, each with its codec; what came as one file or string has none."""

    text: str
    sha256: str
    codec: str = ""
    files: tuple[File, ...] = ()


class Place(NamedTuple):
    """Where a person finds something: ``line`` and ``column`` count from 1, in ``file`` if the text is a book's."""

    file: str
    line: int
    column: int


def read(raw: str | Raw) -> Source:
    """The text of a string, of a file's bytes, or of the pages of a book.

    Raises ``UsageError`` for a book without pages, or where ``fault`` finds one.

    >>> book = read({"1.txt": b"the mill-", "2.txt": b"race\\n\\f", "3.txt": b""})
    >>> book.text, [(file.start, file.chars) for file in book.files]
    ('the mill-\\n\\x0crace\\n\\x0c', [(0, 9), (11, 6), (17, 0)])
    """
    if isinstance(raw, str):
        return Source(raw, digest(decoding.encode(raw, decoding.TEXT)), decoding.TEXT)
    if isinstance(raw, bytes):
        text, codec = decoding.decode(raw)
        return Source(text, digest(raw), codec)
    if not raw:
        raise UsageError("a book without pages is no text", "hand over one page at least")
    if found := fault(raw):
        raise UsageError(f"these pages are no book: {found}", "give each page a name of its own, such as page1.txt")
    pieces: list[str] = []
    files: list[File] = []
    at = 0
    for name, data in raw.items():
        if files:
            pieces.append(_joint(pieces[-1]))
            at += len(pieces[-1])
        text, codec = decoding.decode(data)
        files.append(File(name, digest(data), codec, at, len(text)))
        pieces.append(text)
        at += len(text)
    return Source("".join(pieces), _listed((file.name, file.sha256) for file in files), files=tuple(files))


def _joint(page: str) -> str:
    """What is put between a page and the next one. Every page but the first follows a form feed."""
    if page.rstrip(LINE_ENDS).endswith("\f"):
        return ""
    return "\f" if not page or page[-1] in LINE_ENDS else "\n\f"


def write(text: str, header: Mapping[str, Any]) -> Raw:
    """What a text was read from, as the first record of its log says; the inverse of ``read``.

    Raises ``ValueError``, ``KeyError``, ``TypeError`` or ``LookupError`` where the header is not that of this text, or
    names files that could not stand in one folder.
    """
    raw: Raw
    if "sources" in header:
        listed = files(header)
        if found := fault(file.name for file in listed):
            raise ValueError(found)
        pages, at = {}, 0
        for file in listed:
            if file.start < at or file.chars < 0:
                raise ValueError(f"{file.name} overlaps the page before it")
            at = file.start + file.chars
            pages[file.name] = decoding.encode(text[file.start : at], file.codec)
        raw = pages
    else:
        raw = decoding.encode(text, header["codec"])
    if digest(raw) != header["sha256"]:
        raise ValueError("what it gives back is not the raw text")
    return raw


def files(header: Mapping[str, Any]) -> tuple[File, ...]:
    """The files that the first record of a log names; none for a text that came as one."""
    return tuple(File(**entry) for entry in header.get("sources", ()))


def digest(raw: Raw) -> str:
    """The SHA-256 of some bytes, in hex; of a book, that of the list of its files as ``sha256sum`` prints it."""
    if isinstance(raw, bytes):
        return hashlib.sha256(raw).hexdigest()
    return _listed((name, digest(data)) for name, data in raw.items())


def _listed(hashes: Iterable[tuple[str, str]]) -> str:
    return digest("".join(f"{sha256}  {names.escape(name)}\n" for name, sha256 in hashes).encode())


def contents(raw: Raw) -> Collection[bytes]:
    """The bytes of each file."""
    return (raw,) if isinstance(raw, bytes) else raw.values()


def fault(given: Iterable[str]) -> str:
    """Why files of these names cannot stand together in one folder, empty where they can.

    >>> fault(["front.txt", "part1/p1.txt"])
    ''
    >>> fault(["a/../../p1.txt"]), fault(["/etc/p1.txt"]), fault(["p1.txt", "p1.txt"]), fault(["a.txt/b.txt", "a.txt"])
    ("'a/../../p1.txt' is no name inside a folder", "'/etc/p1.txt' is no name inside a folder", "'p1.txt' comes twice", "'a.txt' is a file and a folder")
    """
    seen: set[str] = set()
    folders: set[str] = set()
    for name in given:
        parts = name.split("/") if isinstance(name, str) else [""]
        if not {"", ".", ".."}.isdisjoint(parts) or "\0" in name:
            return f"{name!r} is no name inside a folder"
        if name in seen:
            return f"{name!r} comes twice"
        seen.add(name)
        folders.update("/".join(parts[:k]) for k in range(1, len(parts)))
    both = sorted(seen & folders)
    return f"{both[0]!r} is a file and a folder" if both else ""


class Places:
    """The places of one text, as a person counts them.

    >>> pages = read({"1.txt": b"one\\ntwo", "2.txt": b"three"})
    >>> places = Places(pages.text, pages.files)
    >>> [tuple(places.find(at)) for at in (5, 8, 9, 11)]
    [('1.txt', 2, 2), ('1.txt', 2, 4), ('2.txt', 1, 1), ('2.txt', 1, 3)]
    >>> tuple(places.find(7, 14)), tuple(places.find(7, 9))
    (('2.txt', 1, 1), ('1.txt', 2, 4))
    >>> tuple(Places("one\\ntwo").find(5))
    ('', 2, 2)
    """

    __slots__ = ("_files", "_firsts", "_starts", "_text")

    def __init__(self, text: str, files: Sequence[File] = ()) -> None:
        self._text = text
        self._starts = Lines(text).starts or [0]
        self._files = files or (File("", "", "", 0, len(text)),)
        self._firsts = [file.start for file in self._files]

    def find(self, at: int, end: int = 0) -> Place:
        """The place of an offset, or of a span up to ``end``; what joins two pages stands at the end of the first.

        In a book the first letter of a span counts: a running head goes together with the page break before it.
        """
        if len(self._files) > 1 and (letters := self._text[at:end].lstrip()):
            at = end - len(letters)
        file = self._files[bisect_right(self._firsts, at) - 1]
        at = min(at, file.start + file.chars)
        line = bisect_right(self._starts, at)
        if not file.start:
            return Place(file.name, line, at - self._starts[line - 1] + 1)
        column = at - max(self._starts[line - 1], file.start) + 1
        return Place(file.name, line - bisect_right(self._starts, file.start) + 1, column)

    def line(self, place: Place) -> tuple[int, int]:
        """The span of the line of a place, with its line end: the way back from ``find``. Raises ``LookupError``.

        >>> pages = read({"1.txt": b"one\\ntwo", "2.txt": b"three"})
        >>> Places(pages.text, pages.files).line(Place("2.txt", 1, 1)), pages.text[9:14]
        ((9, 14), 'three')
        """
        file = next((file for file in self._files if file.name == place.file), None)
        if file is None or place.line < 1:
            raise LookupError(place)
        first = bisect_right(self._starts, file.start) - 1
        ends = [*self._starts[1:], len(self._text)]
        start = max(self._starts[first + place.line - 1], file.start)
        if start > file.start + file.chars:
            raise LookupError(place)
        return start, min(ends[first + place.line - 1], file.start + file.chars)
