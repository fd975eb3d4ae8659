"""Changes as a person at a terminal sees them: in their sentence, or all of a series below each other. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.names import escape, visible
from cleaner.review.items import AROUND, Item
from cleaner.review.session import Asked, Session
from cleaner.series import one_line, widened
from cleaner.wordiff import GAP, LINE_END, Styled

LONGEST_LIST = 20
SNIPPET = 200  # characters of what a change takes out or puts in
READINGS = 5
BLANK = "\N{OPEN BOX}"
INDENT = " " * 8


class Pieces(NamedTuple):
    """A change widened to the words that it touches, and the text around it, all of it on one line."""

    left: str
    before: str
    after: str
    right: str

    @property
    def change(self) -> list[Styled]:
        """What goes and what comes, told by signs and not by colour alone."""
        gone, comes = (f"[-{self.before}-]", "removed"), (f"{{+{self.after}+}}", "added")
        return [gone] * bool(self.before) + [comes] * bool(self.after)


def pieces(item: Item) -> Pieces:
    """What is shown of a change: line ends, blanks that stand alone and control codes are written out."""
    left, right = item.left, item.right
    if len(left) == AROUND:  # without the word that is cut there
        left = left[left.find(" ") + 1 :]
    if len(right) == AROUND and " " in right:
        right = right[: right.rfind(" ")]
    text = left + item.before + right
    start, end, after = widened(text, len(left), len(left) + len(item.before), item.after)
    return Pieces(
        visible(one_line(text[:start])), _whole(text[start:end]), _whole(after), visible(one_line(text[end:]))
    )


def _whole(text: str) -> str:
    """A text that somebody decides about: nothing in it is left out but its middle.

    >>> _whole("revolu-\\ntion"), _whole(" "), _whole("\\x1b[1m")
    ('revolu-⏎tion', '␣', '\\\\x1b[1m')
    """
    if len(text) > SNIPPET:
        text = f"{text[: SNIPPET // 2]} {GAP} {text[-SNIPPET // 2 :]}"
    return visible(text.replace("\n", LINE_END) if text.strip() else text.replace(" ", BLANK).replace("\n", LINE_END))


def card(session: Session, asked: Asked, width: int) -> Iterator[list[Styled]]:
    """A change as it is asked about: where it stands, in its sentence, by which rule, how sure and why, its readings."""
    item, like = asked
    where = f"{escape(item.file)}:" + (f"{visible(item.page_file)}:" if item.page_file else "")
    page = f"  p. {visible(item.page)}" if item.page else ""
    yield _plain(f"{session.at + 1:,}/{len(session.order):,}  {where}{item.line}:{item.column}{page}")
    found = pieces(item)
    yield from _filled([(found.left, "same"), *found.change, (found.right, "same")], width)
    yield from _wrapped(f"{item.rule}  {item.confidence:.2f} {item.status}: {visible(item.why)}", width)
    if len(item.candidates) > 1:
        readings = ", ".join(f'"{_whole(text)}" {share:.2f}' for text, share in item.candidates[:READINGS])
        yield from _wrapped(f"readings: {readings}", width)
    if item.verdict is not None:
        by = f" by {visible(item.verdict.who)}" if item.verdict.who else ""
        scope = "" if item.verdict.scope == "here" else f" for the {item.verdict.scope}"
        yield from _wrapped(f'decided{by}: {item.verdict.verdict} "{_whole(item.verdict.after)}"{scope}', width)
    if len(like) > 1:
        others = sum(other.file != item.file for other in like)
        there = f", {others:,} of them in other texts" if others else ""
        yield from _wrapped(f"{len(like) - 1:,} more like this{there}", width)


def _plain(text: str) -> list[Styled]:
    return [(text, "gap")]


def _wrapped(text: str, width: int) -> Iterator[list[Styled]]:
    for line in textwrap.wrap(text, width, initial_indent=INDENT, subsequent_indent=INDENT):
        yield _plain(line)


def _filled(text: Iterable[Styled], width: int) -> Iterator[list[Styled]]:
    """Styled text in lines that break at blanks, and within what is longer than a line."""
    room = max(width - len(INDENT), 20)
    line: list[Styled] = _plain(INDENT)
    used = 0
    for word in _words(text):
        size = sum(len(piece) for piece, _ in word)
        if used and used + 1 + size > room:
            yield line
            line, used = _plain(INDENT), 0
        line += [(" ", "gap")] * bool(used)
        used += bool(used)
        for piece, kind in word:
            rest = piece
            while used + len(rest) > room:
                yield [*line, (rest[: room - used], kind)]
                rest, line, used = rest[room - used :], _plain(INDENT), 0
            line.append((rest, kind))
            used += len(rest)
    yield line


def _words(text: Iterable[Styled]) -> Iterator[list[Styled]]:
    """Runs without a blank; one may be of several styles.

    >>> list(_words([("the hand", "same"), ("[-.-]", "removed"), (" a", "same")]))
    [[('the', 'same')], [('hand', 'same'), ('[-.-]', 'removed')], [('a', 'same')]]
    """
    word: list[Styled] = []
    for piece, kind in text:
        for k, part in enumerate(piece.split(" ")):
            if k and word:
                yield word
                word = []
            if part:
                word.append((part, kind))
    if word:
        yield word


def quoted(text: str) -> str:
    """A text as it is shown within a sentence."""
    return f'"{_whole(text)}"'


def concordance(found: Sequence[Item], width: int) -> Iterator[list[Styled]]:
    """Changes below each other, each with its place and the words around, as many of these as a line has room for."""
    shown = found[:LONGEST_LIST]
    names = [f"{escape(item.file)}:{item.line}" for item in shown]
    indent = min(max(map(len, names)), width // 3)
    for name, item in zip(names, shown, strict=True):
        around = pieces(item)
        room = max((width - indent - 1 - sum(len(piece) for piece, _ in around.change)) // 2, 0)
        left, right = around.left[-room:] if room else "", around.right[:room]
        place = f"{name[-indent:]:<{indent}} {left:>{room}}"
        yield [(place, "gap"), *around.change, (right, "same")]
    if len(found) > LONGEST_LIST:
        yield _plain(f"{GAP} and {len(found) - LONGEST_LIST:,} more")


# What each key does.
HELP = """
a  accept: what is proposed shall stand there, what was applied stays
r  reject: what stood there before stays, whatever proposes it
e  edit: write what shall stand there; \\n is a line end
l  all like this: shows them below each other; then a, r or e for these
d  the same for the whole document, c for the whole corpus: these, and all that come
s  skip it        b  back to the one before        u  undo the last answer
q  quit; every answer is saved as it is given
"""
