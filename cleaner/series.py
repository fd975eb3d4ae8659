"""What makes two changes alike: the same words before and after, wherever they stand.

A decision for a whole document, and the concordance of a review, speak of a *series*: "b" for "h" is no series, "tbe"
for "the" is one. So a change is cut down to what differs and widened to the words that it touches.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.text import APOSTROPHES

LONGEST = 80  # characters on each side that a word may reach: what is longer is dirt


class Series(NamedTuple):
    """The words that a change touches, before and after it, each white space as one blank."""

    before: str
    after: str


def series(text: str, start: int, end: int, after: str) -> Series:
    """The series of the change that puts ``after`` in the place of ``text[start:end]`` (code points).

    >>> series("in tbe house", 4, 5, "h"), series("in tbe house", 0, 6, "in the")
    (Series(before='tbe', after='the'), Series(before='tbe', after='the'))
    >>> series("revolu-\\ntion was", 6, 8, ""), series("ofthe", 2, 2, " ")
    (Series(before='revolu- tion', after='revolution'), Series(before='ofthe', after='of the'))

    What only moves lines, and signs beside no word that they change, stand for themselves:

    >>> series("the\\nmill", 3, 4, " "), series("so,. he", 3, 4, "")
    (Series(before=' ', after=' '), Series(before='.', after=''))
    """
    start, end, after = widened(text, start, end, after)
    return Series(one_line(text[start:end]), one_line(after))


def widened(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """(start, end, after) of a change, cut down to what differs and widened to the words that it touches.

    >>> widened("in tbe house", 0, 6, "in the"), widened("so,. he", 2, 4, ",")
    ((3, 6, 'the'), (3, 4, ''))
    """
    before = text[start:end]
    if _only_lines(before, after):
        return start, end, after
    start, end, after = _trimmed(text, start, end, after)
    if _touches(text, start, end, after):
        left, right = words_at(text, start, end)
        return left, right, text[left:start] + after + text[end:right]
    return start, end, after


def words_at(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to the words that it touches; one that touches none stays.

    >>> words_at("in tbe house", 4, 5), words_at("in tbe house", 2, 3)
    ((3, 6), (0, 6))
    """
    return _reach_left(text, start), _reach_right(text, end)


def _only_lines(before: str, after: str) -> bool:
    return not before.strip() and not after.strip() and "\n" in before + after and bool(after)


def _trimmed(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """Without what is the same at both ends."""
    while start < end and after and text[start] == after[0]:
        start, after = start + 1, after[1:]
    while start < end and after and text[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    return start, end, after


def _touches(text: str, start: int, end: int, after: str) -> bool:
    """Whether letters or digits change, or stand on both sides of what does."""
    if any(map(str.isalnum, text[start:end] + after)):
        return True
    return _in_word(text[start - 1 : start]) and _in_word(text[end : end + 1])


def _in_word(char: str) -> bool:
    return char.isalnum() or (char != "" and char in APOSTROPHES + "-")


def _reach_left(text: str, at: int) -> int:
    last = max(0, at - LONGEST)
    while at > last and _in_word(text[at - 1]):
        at -= 1
    return at


def _reach_right(text: str, at: int) -> int:
    last = min(len(text), at + LONGEST)
    while at < last and _in_word(text[at]):
        at += 1
    return at


def one_line(text: str) -> str:
    """White space as one blank each.

    >>> one_line(" a\\n\\n b ")
    ' a b '
    """
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return " " * text[0].isspace() + words + " " * text[-1].isspace()
