"""Bytes to text and back, exactly. Decoding never guesses.

A file is UTF-8 with ``surrogateescape`` (exact for any bytes); only UTF-16 or UTF-32 with a byte order mark is read
otherwise, and UTF-16 without one where its zero bytes and the text that they leave prove it; and only if it encodes back
to the same bytes. Windows-1252 and mojibake are repaired by edits later, so raw
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
# UTF-16 of a western text: so many of its code units are plain Latin, with a zero byte each on one side, and hardly one has
# it on the other (U+0100, U+2000). Programs, images and sounds hold as many zeros, but control characters too.
ZEROS, STRAY_ZEROS = 0.5, 0.05
STRAY_CONTROLS = 0.01  # of the characters of a text
LEAST = 8  # code units: of fewer nothing is claimed
NO_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
PLAIN = re.compile("[A-Za-z ]")


def decode(data: bytes) -> tuple[str, str]:
    """(text, codec) of any bytes.

    >>> decode(b"caf\\xe9")
    ('caf\\udce9', 'utf-8')
    >>> decode("caf\\xe9".encode("utf-16"))[1]
    'utf-16-le'
    >>> decode("\\u201cGo on,\\u201d he said".encode("utf-16-be"))[1]
    'utf-16-be'
    """
    for mark, codec in MARKED:
        if data.startswith(mark):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if text.encode(codec) == data:
                return text, codec
    codec = looks_like_utf_16(data)
    if codec and (text := _as_utf_16(data, codec)):
        return text, codec
    return data.decode(UTF8, "surrogateescape"), UTF8


def looks_like_utf_16(data: bytes) -> str:
    """The codec of bytes of which most are zero on one side of each code unit, whole or cut off; else nothing.

    >>> looks_like_utf_16("Harbour dues".encode("utf-16-le")), looks_like_utf_16(b"Harbour dues, and more"), looks_like_utf_16(bytes(99))
    ('utf-16-le', '', '')
    """
    units = len(data) // 2
    if units < LEAST or data.count(0) < ZEROS * units:
        return ""
    first, second = (data[side : 2 * units : 2].count(0) for side in (0, 1))
    if second >= ZEROS * units and first <= STRAY_ZEROS * units:
        return "utf-16-le"
    return "utf-16-be" if first >= ZEROS * units and second <= STRAY_ZEROS * units else ""


def _as_utf_16(data: bytes, codec: str) -> str:
    """The text of bytes, nothing where it is none: it holds too many control characters, or few letters and blanks."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    sound = len(NO_TEXT.findall(text)) <= STRAY_CONTROLS * len(text) and 2 * len(PLAIN.findall(text)) >= len(text)
    return text if sound and text.encode(codec) == data else ""


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
