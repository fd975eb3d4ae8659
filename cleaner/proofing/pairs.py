"""Brackets without their other half, or closed by one of another kind; and what brackets and quotation marks share.

A passage that opens in one paragraph and closes in another one near by is whole, as long as nothing of its kind stands
between. The marks of lists ("a)", "12)") and faces (":-)") are no brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from cleaner.proofing.sheet import Finding, Sheet

REACH = 3_000  # code points, about a page: what opens farther away belongs to something else
PARTNERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {closer: opener for opener, closer in PARTNERS.items()}
BRACKETS = re.compile(r"[()\[\]{}]")
# "1)", "(a) b)", "iv)": what stands before it is the number of an item, on its own between blanks
_ITEM = re.compile(r"(?:\A|[\s(\[,;])(?:\d{1,3}[.*]?|[A-Za-z]|[ivxlc]{1,5})\Z")
_FACE = re.compile(r"(?:\A|\s)[:;=8]-?\Z")
_BACK = 8


class Loose(NamedTuple):
    """A mark without its other half: its place, the number of its paragraph, and the key of those that it may meet."""

    start: int
    end: int
    paragraph: int
    opens: bool
    key: str


def run_over(
    loose: Iterable[Loose], kind: str, stands_between: Callable[[Loose, Loose], bool] = lambda *_: False
) -> Iterator[Finding]:
    """A finding for each loose mark, but for those that are the two ends of one passage over several paragraphs.

    >>> a, b = Loose(0, 1, 0, True, "("), Loose(90, 91, 2, False, "(")
    >>> list(run_over([a, b], "bracket")), [found.message for found in run_over([b], "bracket")]
    ([], ['never opened'])
    """
    loose = sorted(loose)
    waiting: dict[str, Loose] = {}
    ended: set[int] = set()
    for mark in loose:
        first = waiting.pop(mark.key, None)
        if mark.opens:
            waiting[mark.key] = mark
        elif first and mark.start - first.start <= REACH and not stands_between(first, mark):
            ended |= {first.start, mark.start}
    for mark in loose:
        if mark.start not in ended:
            yield Finding(mark.start, mark.end, kind, "never closed" if mark.opens else "never opened")


def brackets(sheet: Sheet) -> Iterator[Finding]:
    """Each bracket that has no other half, and each that is closed by one of another kind.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> text = "1) He (the mayor) went: [it was] :-)\\n\\n(Aside: a\\n\\nb.)\\n\\nOf (two].\\n"
    >>> found = brackets(Sheet(Document(text), General("en", {})))
    >>> [(text[f.start:f.end], f.start, f.message) for f in found]
    [('(two]', 57, 'closed by another kind')]
    >>> [f.message for f in brackets(Sheet(Document("So (it was.\\n\\nAnd (so) it stayed].\\n"), General("en", {})))]
    ['never closed', 'never opened']
    """
    text = sheet.text
    loose: list[Loose] = []
    found: list[Finding] = []
    for number, inside in groupby(BRACKETS.finditer(text), lambda match: sheet.paragraph(match.start())):
        stack: list[tuple[str, int]] = []
        depth: Counter[str] = Counter()
        for match in inside:
            sign, at = match.group(), match.start()
            if sign in PARTNERS:
                stack.append((sign, at))
                depth[sign] += 1
                continue
            opener = CLOSERS[sign]
            if not depth[opener] and _is_item(match):
                continue
            near = bool(stack) and at - stack[-1][1] <= REACH and text.find("\n", stack[-1][1], at) < 0
            if not depth[opener] and near:
                other, start = stack.pop()
                depth[other] -= 1
                found.append(Finding(start, at + 1, "bracket", "closed by another kind"))
                continue
            if not depth[opener]:
                loose.append(Loose(at, at + 1, number, False, opener))
                continue
            while True:
                other, start = stack.pop()
                depth[other] -= 1
                if other == opener:
                    break
                loose.append(Loose(start, start + 1, number, True, other))
        loose += (Loose(start, start + 1, number, True, sign) for sign, start in stack)
    yield from found
    yield from run_over(loose, "bracket")


def _is_item(match: re.Match[str]) -> bool:
    """Whether a closing bracket stands behind the number of an item, or ends a face."""
    before = match.string[max(0, match.start() - _BACK) : match.start()]
    return match.group() == ")" and bool(_ITEM.search(before) or _FACE.search(before))
