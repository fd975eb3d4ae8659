"""The words of tokens: what is left of them without the signs that cling to them."""

from __future__ import annotations

import re

from cleaner.language.confusions import UNREAD

STROKE, HALF, WHOLE = "\\", ("V", "v"), ("W", "w")  # "\Vhat"
# What people write backslashes for: commands of TeX, folders of Windows, what stands for a line end in strings.
# A number in brackets behind half of a W is the mark of a note.
WRITTEN = re.compile(r"\\[A-Za-z]+\*?(?:\{|\[(?!\d+\]))|(?<![^\W\d_])[A-Za-z]:\\(?![Vv])\w|\\\\\w+\\\w|\w\\n[\"']")


def writes_strokes(text: str) -> bool:
    r"""Whether the backslashes of a text were written, and are no dirt and no halves of letters.

    >>> writes_strokes(r"with \emph{all} that, in C:\Texts"), writes_strokes(r"\Vhat was \with them?")
    (True, False)
    >>> writes_strokes(r"Mr. \Vhitman[2] wrote so")
    False
    """
    return STROKE in text and bool(WRITTEN.search(text))


def bare(token: str, clinging: str, *, halves: bool = True) -> str:
    r"""A token without what clings to it; U+FFFD beyond a mark was a sign, beside a letter it may have been a letter.
    Where ``halves``, a backslash before a V is half of a W.

    >>> bare(f"(again,{UNREAD}", "(,"), bare(f"({UNREAD}gain,", "(,") == f"{UNREAD}gain"
    ('again', True)
    >>> print(bare(r"(\Vhat", "(\\"), bare(r"(\Start", "(\\"))
    \Vhat Start
    """
    core = token.strip(clinging)
    if halves and core[:1] in HALF and token[: token.index(core)].endswith(STROKE):
        return STROKE + core
    if UNREAD not in core:
        return core
    inner = core.strip(clinging + UNREAD)
    before, _, behind = core.partition(inner) if inner else ("", "", "")
    first = len(before.rstrip(UNREAD))
    last = len(core) - len(behind.lstrip(UNREAD))
    return core[first:last]
