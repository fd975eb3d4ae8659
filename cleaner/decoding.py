"""Bytes to text and back, exactly. Decoding never guesses.

A file is UTF-8 with ``surrogateescape`` (exact for any bytes); only UTF-16 or UTF-32 with a byte order mark is read
otherwise, and only if it encodes back to the same bytes. Windows-1252 and mojibake are repaired by edits later, so raw
offsets never depend on a guess. A byte order mark stays in the text until an edit removes it.
"""

from __future__ import annotations

import codecs
import re

UTF8 = "utf-8"
# Surrogates that surrogateescape never makes; two of them in a row would not survive a log.
NOT_FROM_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
UNDECODED = re.compile("[\ud800-\udfff]")
# Text that never was bytes: restored as text, hashed as UTF-8 with lone surrogates as they are.
TEXT = "str"
# UTF-32 first: its little-endian mark starts with that of UTF-16.
MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """(text, codec) of any bytes.

    >>> decode(b"caf\\xe9")
    ('caf\\udce9', 'utf-8')
    >>> decode("caf\\xe9".encode("utf-16"))[1]
    'utf-16-le'
    """
    for mark, codec in MARKED:
        if data.startswith(mark):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if text.encode(codec) == data:
                return text, codec
    return data.decode(UTF8, "surrogateescape"), UTF8


def is_valid(text: str) -> bool:
    """Whether a text can be encoded: it holds no surrogate. Five times as fast as a search for one."""
    try:
        text.encode(UTF8)
    except UnicodeEncodeError:
        return False
    return True


def valid(text: str) -> str:
    """The text with U+FFFD for each byte that could not be decoded.

    >>> valid("caf\\udce9") == "caf\\ufffd", valid("caf\\xe9") == "caf\\xe9"
    (True, True)
    """
    return text if is_valid(text) else UNDECODED.sub("\ufffd", text)


def encode(text: str, codec: str) -> bytes:
    """The bytes that ``decode`` made the text from."""
    if codec == TEXT:
        return text.encode(UTF8, "surrogatepass")
    return text.encode(codec, "surrogateescape" if codec == UTF8 else "strict")
