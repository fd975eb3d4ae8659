"""Files that are no text, told by their bytes: what holds control characters, and the formats that scans come in.

Nothing is taken out of these: that is the business of other programs, which are named.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner import books, decoding
from cleaner.errors import DocumentError
from cleaner.sources import Raw

# Files that are this large and hold so many control characters are no text (the share of zero bytes in a program or an
# image is above a third; bad scans stay below one in a thousand). Smaller ones named *.txt or *.text are cleaned,
# whatever they hold; a file of another name was given by a person, who may have slipped, and is looked at in any size.
BINARY_SIZE = 1_000_000
BINARY_SHARE = 0.1
CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"

TEXT_LAYER = "take its text out first: pdftotext -layout scan.pdf scan.txt; one that has none needs OCR"
SAVE = "save it as plain text (UTF-8), and give that"
UNPACK = "unpack it, and give what is in it"
IMAGE = "it needs OCR first, such as tesseract"
# How a file begins that is no text (the byte and what stands there), what it is, and the way on. Of those that share a
# beginning the longer one comes first.
KINDS = (
    (0, b"%PDF-", "a PDF", TEXT_LAYER),
    (0, b"%!PS", "PostScript", "take its text out first: ps2ascii scan.ps scan.txt"),
    (30, b"mimetypeapplication/epub+zip", "an EPUB", SAVE),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", SAVE),
    (30, b"[Content_Types].xml", "a Word or other Office file", SAVE),
    (
        0,
        b"PK\x03\x04",
        "a ZIP archive",
        "one of a book's pages is read with --book; else unpack it, and give the folder",
    ),
    (0, b"\x1f\x8b\x08", "packed with gzip", UNPACK),
    (0, b"BZh91AY&SY", "packed with bzip2", UNPACK),
    (0, b"\xfd7zXZ\x00", "packed with xz", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "packed with zstd", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (257, b"ustar\x0000", "a tar archive", UNPACK),  # the version too: "custard" stands there as well
    (257, b"ustar  \x00", "a tar archive", UNPACK),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", SAVE),
    (0, b"{\\rtf", "an RTF file", SAVE),
    (0, b"AT&TFORM", "a DjVu file", "take its text out first: djvutxt scan.djvu scan.txt"),
    (0, b"\x89PNG\r\n\x1a\n", "an image (PNG)", IMAGE),
    (0, b"\xff\xd8\xff", "an image (JPEG)", IMAGE),
    (0, b"GIF87a", "an image (GIF)", IMAGE),
    (0, b"GIF89a", "an image (GIF)", IMAGE),
    (0, b"II*\x00", "an image (TIFF)", IMAGE),
    (0, b"MM\x00*", "an image (TIFF)", IMAGE),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "an image (JPEG 2000)", IMAGE),
)


def refuse(raw: Raw) -> None:
    """Raise ``DocumentError`` for a text of which a file is of a known kind that is no text, or damaged UTF-16.

    >>> refuse(b"PK is a short name.")
    >>> refuse({"p1.txt": b"%PDF-1.4 ..."})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    cleaner.errors.DocumentError: p1.txt is a PDF, no text (take its text out first: pdftotext ...)
    """
    for name, data in {"": raw}.items() if isinstance(raw, bytes) else raw.items():
        named = name or "it"
        for at, begins, what, hint in KINDS:
            if data.startswith(begins, at):
                raise DocumentError(f"{named} is {what}, no text", hint)
        if decoding.looks_like_utf_16(data) and decoding.decode(data)[1] == decoding.UTF8:
            said = f"{named} looks like UTF-16 but is none: cut off, or with control characters in it"
            raise DocumentError(said, SAVE)


def is_no_text(name: str, files: Iterable[bytes]) -> bool:
    """Whether one of the files of a text is plainly none."""
    named = not name.lower().endswith(books.SUFFIXES)
    return any((named or len(data) > BINARY_SIZE) and is_binary(data) for data in files)


def is_binary(data: bytes) -> bool:
    """Whether bytes are plainly no text, in any encoding that is read.

    >>> is_binary(bytes(100)), is_binary("text".encode("utf-16")), is_binary(b"\\x80caf\\xe9\\f")
    (True, False, False)
    """
    text, codec = decoding.decode(data)
    if codec == decoding.UTF8:
        return len(data) - len(data.translate(None, CONTROLS)) > BINARY_SHARE * len(data)
    table = dict.fromkeys(CONTROLS)
    return len(text) - len(text.translate(table)) > BINARY_SHARE * len(text)
