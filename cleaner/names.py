"""File names as text that can be shown and read back: a name is bytes, and may hold tabs, line feeds, escape codes.

``escape`` writes any name on one line of printable characters, ``unescape`` reads it back exactly. ``visible`` does the
same for text that is only shown. Names that are plain text stay as they are.
"""

from __future__ import annotations

import re

WIDTH = 80  # columns of what is shown, where the words allow

_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}
_LONG = {short: char for char, short in _SHORT.items()}
_ESCAPED = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.?)", re.DOTALL)
SURROGATE = 0xDC00  # os.fsdecode turns the byte 0xNN, undecodable, into the code point 0xDCNN
ASCII = 0x80
PLANE = 0x10000  # four hex digits end here


def escape(name: str) -> str:
    """One line of printable characters; bytes that are no UTF-8 as ``\\xNN``.

    >>> escape("caf\\udce9\\t1.txt"), escape("café.txt")
    ('caf\\\\xe9\\\\t1.txt', 'café.txt')
    """
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(_SHORT.get(char) or visible(char) for char in name)


def visible(text: str) -> str:
    """Text with what cannot be printed written out.

    >>> visible("a\\x1b[1m\\n")
    'a\\\\x1b[1m\\\\x0a'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _code(ord(c)) for c in text)


def _code(point: int) -> str:
    if point < ASCII:
        return f"\\x{point:02x}"
    if SURROGATE + ASCII <= point < SURROGATE + 0x100:
        return f"\\x{point - SURROGATE:02x}"
    return f"\\u{point:04x}" if point < PLANE else f"\\U{point:08x}"


def unescape(text: str) -> str:
    """The name that ``escape`` wrote. Raises ``ValueError`` for what it never writes.

    >>> unescape("caf\\\\xe9\\\\t1.txt") == "caf\\udce9\\t1.txt"
    True
    """
    return _ESCAPED.sub(_read, text)


def _read(match: re.Match[str]) -> str:
    code = match.group()
    if code in _LONG:
        return _LONG[code]
    if code[1:2] not in ("x", "u", "U") or code in ("\\x", "\\u", "\\U"):
        raise ValueError(f"no escape: {code!r}")
    point = int(code[2:], 16)
    return chr(point + SURROGATE if code[1] == "x" and point >= ASCII else point)
