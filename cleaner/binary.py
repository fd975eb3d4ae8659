"""Files that are no text, told by their bytes."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner import books, decoding

# Files that are this large and hold so many control characters are no text (the share of zero bytes in a program or an
# image is above a third; bad scans stay below one in a thousand). Smaller ones named *.txt or *.text are cleaned,
# whatever they hold; a file of another name was given by a person, who may have slipped, and is looked at in any size.
BINARY_SIZE = 1_000_000
BINARY_SHARE = 0.1
CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"


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
