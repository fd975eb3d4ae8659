"""Quotation marks, paired within their paragraphs: what has a partner stands, what has none may be dirt.

A mark opens behind a blank, a dash, a bracket or another mark and before a letter; it closes behind anything but a blank
and before no letter; between two letters it is an apostrophe. A paragraph may leave its quotation open, since dialogue
opens it again in the next one, and of old in every line. Which marks a document uses is its own affair: nothing here
knows a style.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleaner import text as views

SINGLE = "'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
DOUBLE = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
OPENS = "\N{LEFT DOUBLE QUOTATION MARK}"
DASHES = "-\N{EN DASH}\N{EM DASH}"
PARAGRAPH = re.compile(r"\n[ \t]*\n|\f")
MARK = re.compile(f"[{SINGLE}{DOUBLE}]")
BEFORE_OPENING = frozenset(f"([-\N{EN DASH}\N{EM DASH}{SINGLE}{DOUBLE}")
# A few words may be set off anywhere ("the 'mysterious theme' is played"), whole speeches begin and end beside a sign.
FEW_WORDS, SPEECH = 60, 2000
NEAR = 9  # characters beside a mark, most of them blanks
SENTENCE_END = re.compile(r"[.!?]\s")
# Single marks that open and have no partner are dirt only beside so many more double ones: else they may say, in every
# paragraph or of old in every line, that the quotation goes on.
OF_DOUBLE = 0.5


class Quote(NamedTuple):
    """A quotation mark at an offset: whether it opens, whether a speech may begin or end there (``placed``: beside a sign,
    before a capital, at the bounds of its paragraph), and where its partner stands, -1 if nowhere.
    """

    at: int
    single: bool
    opens: bool
    placed: bool
    partner: int = -1
    likeness: bool = True  # that the partner is of the same sort

    @property
    def paired(self) -> bool:
        return self.partner >= 0 and self.likeness


class Quotes:
    """The quotation marks of one text, by their offsets in code points.

    >>> [quote.paired for quote in Quotes("'Come,' said the 'miller to them.").marks.values()]
    [True, True, False]
    >>> Quotes("I don't").marks
    {}
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: dict[int, Quote] = {}
        start = 0
        for end in [*(match.start() for match in PARAGRAPH.finditer(text)), len(text)]:
            self._pair([*_read(text, start, end)])
            start = end
        marks = self.marks.values()
        singles, doubles = (
            [mark for mark in marks if mark.placed and mark.single == single] for single in (True, False)
        )
        self.in_doubles = len(doubles) > len(singles)  # what the document quotes in
        main = doubles if self.in_doubles else singles
        # How often a mark that has a partner in print has none here, as far as the document's own sort shows it.
        self.lost = (sum(not mark.paired for mark in main) + 1) / (len(main) + 2)
        loose = sum(mark.single and mark.opens and mark.partner < 0 for mark in marks)
        self.loose_are_odd = loose < OF_DOUBLE * sum(not mark.single for mark in marks)
        self._glyphs = {
            opens: Counter(text[mark.at] for mark in main if mark.opens == opens).most_common(1)
            for opens in (True, False)
        }

    def glyph(self, *, opens: bool) -> str:
        """The mark that the document mostly opens, or closes, its quotations with."""
        found = self._glyphs[opens]
        return found[0][0] if found else ""

    def _pair(self, marks: list[Quote]) -> None:
        last: dict[bool, Quote] = {}
        for mark in marks:
            self.marks[mark.at] = mark
            if mark.opens:
                last[mark.single] = mark
            elif mark.single in last and self._belong(last[mark.single], mark):
                self._tie(last.pop(mark.single), mark)
        left: Quote | None = None
        loose = [self.marks[mark.at] for mark in marks if self.marks[mark.at].partner < 0]
        for mark in [mark for mark in loose if mark.placed or self._is_sure(mark)]:
            if left and not mark.opens and left.single != mark.single and mark.at - left.at <= SPEECH:
                self._tie(left, mark)
            left = mark if mark.opens else None

    def _is_sure(self, mark: Quote) -> bool:
        """Whether a mark can be no apostrophe: one that shows that it opens, or closes before what is no letter."""
        if mark.opens:
            return self.text[mark.at] == OPENS
        behind = self.text[mark.at + 1 : mark.at + NEAR].lstrip()[:1]
        return bool(behind) and not behind.isalnum() and behind not in DASHES

    def is_close(self, mark: Quote) -> bool:
        """Whether a mark closes, for a few words, a quotation that surely opens: as sure as one mark can be of another."""
        start = mark.partner
        few = mark.at - start <= FEW_WORDS and not SENTENCE_END.search(self.text, start, mark.at)
        return not mark.opens and few and self.text[start] == OPENS

    def is_doubled(self, mark: Quote) -> bool:
        """Whether a single mark without partner closes what the double one before it has closed: "Come." and two of them."""
        before = self.marks.get(mark.at - 1)
        return bool(
            self.in_doubles
            and mark.single
            and not mark.opens
            and mark.partner < 0
            and before
            and not before.single
            and not before.opens
            and before.paired
        )

    def _belong(self, first: Quote, last: Quote) -> bool:
        size = last.at - first.at
        if size <= FEW_WORDS and not SENTENCE_END.search(self.text, first.at, last.at):
            return True
        return size <= SPEECH and (first.placed or last.placed)

    def _tie(self, first: Quote, last: Quote) -> None:
        alike = first.single == last.single
        self.marks[first.at] = first._replace(partner=last.at, likeness=alike)
        self.marks[last.at] = last._replace(partner=first.at, likeness=alike)


def _read(text: str, start: int, end: int) -> Iterator[Quote]:
    for match in MARK.finditer(text, start, end):
        at, single = match.start(), match.group() in SINGLE
        before, after = text[max(at - 1, start) : at], text[at + 1 : min(at + 2, end)]
        if after.isalnum():
            if before and not before.isspace() and before not in BEFORE_OPENING:
                continue
            last = text[max(at - NEAR, start) : at].rstrip()[-1:]
            yield Quote(at, single, True, not last.isalnum() or after.isupper())
        elif before and not before.isspace():
            yield Quote(at, single, False, not before.isalnum() or not text[at + 1 : min(at + NEAR, end)].strip())


PAIRED = 0.8  # of the angle quotes of a text that sets them
_LEFT, _RIGHT = views.ANGLES[0], views.ANGLES[1]
# A quotation between angle quotes, French or German; what stands before it is asked last, since most places have no sign.
ANGLED = re.compile(
    "|".join(rf"{a}(?<!\w{a})\s?(?=[^\s{a}{b}])[^{a}{b}]*{b}(?!\w)" for a, b in ((_LEFT, _RIGHT), (_RIGHT, _LEFT)))
)


def angled(text: str) -> bool:
    """Whether the angle quotes of a text are quotation marks: most of them stand in pairs around words; else they are
    letters misread.

    >>> angled("He said \N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}bon jour\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK} to us"), angled("It wa\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK} hi\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK} own")
    (True, False)
    """
    signs = sum(map(text.count, views.ANGLES))
    return signs > 0 and 2 * len(ANGLED.findall(text)) >= PAIRED * signs
