"""The estimate for each page of a text, and for the whole: what share of its words stands there rightly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner import text as views
from cleaner.model import Span
from cleaner.quality.evidence import Evidence, Judge
from cleaner.quality.mixture import believed, nearby

PAGE = 2_000  # characters of a page where nothing shows where one begins
# What is believed of a whole text weighs like so many words beside those of a page, of which it has 300.
WHOLE = 50
# A word that a line end cuts: two pieces that are none.
_CUT = re.compile(r"[-\N{NOT SIGN}](?<=[^\W\d_].)[ \t\r]*+\n\s*+(?=[a-z\u00df-\u00ff])")
HALVES = 2


class Estimate(NamedTuple):
    """Of ``words`` so many are expected to be ``wrong``."""

    words: int
    wrong: float

    @property
    def share(self) -> float | None:
        """The share of words that are right, from 0 to 1; None where there are none."""
        return max(0.0, 1 - self.wrong / self.words) if self.words else None


class Regions(NamedTuple):
    """Spans of a text that are not read for what they are: ``foreign`` words do not count, those of ``garbage`` and of
    ``furniture`` are no words of the text; at ``cuts`` words are cut that the text itself does not show to be.
    """

    foreign: Sequence[Span] = ()
    garbage: Sequence[Span] = ()
    furniture: Sequence[Span] = ()
    cuts: Sequence[Span] = ()


class Part(NamedTuple):
    """What a part of a text has: what its tokens say, and how many words are plainly none."""

    seen: Mapping[Evidence, int]
    words: int
    lost: int


def estimates(text: str, starts: Sequence[int], regions: Regions, judge: Judge) -> list[Estimate]:
    """An estimate for each part of a text; the parts begin at ``starts``, in order, the first at 0.

    Of a language that is not known, no words count.

    >>> from cleaner.language import General
    >>> judge = Judge(General("en", {"the": 0.05, "mill": 1e-4}))
    >>> [round(one.wrong) for one in estimates("the mill " * 150 + "tb^ m1ll " * 20, (0, 1350), Regions(), judge)]
    [4, 39]
    """
    if not judge:
        return [Estimate(0, 0.0) for _ in starts]
    ends = [*starts[1:], len(text)]
    regions_of = (Regions(*found) for found in zip(*(_by_part(spans, starts, ends) for spans in regions), strict=True))
    parts = [_part(text[start:end], own, judge) for start, end, own in zip(starts, ends, regions_of, strict=True)]
    whole: Counter[Evidence] = Counter()
    for part in parts:
        whole.update(part.seen)
    belief = believed(whole)
    if len(parts) == 1:
        return [Estimate(part.words, part.lost + belief.wrong(part.seen)) for part in parts]
    return [Estimate(part.words, part.lost + nearby(part.seen, belief, WHOLE)) for part in parts]


def _by_part(spans: Iterable[Span], starts: Sequence[int], ends: Sequence[int]) -> list[list[Span]]:
    """What of some spans lies in each part of a text, in offsets of the part."""
    found: list[list[Span]] = [[] for _ in starts]
    for start, end in spans:
        for k in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
            found[k].append(Span(max(start, starts[k]) - starts[k], min(end, ends[k]) - starts[k]))
    return found


def _part(text: str, regions: Regions, judge: Judge) -> Part:
    lost = sum(len(text[start:end].split()) for start, end in (*regions.garbage, *regions.furniture))
    rest, cut = _CUT.subn("", _without(text, regions))
    tokens = rest.split()
    return Part(judge.seen(tokens), len(tokens) + cut + lost, lost + HALVES * cut)


def _without(text: str, regions: Regions) -> str:
    """A text without its regions, and with a hyphen where words are cut."""
    spans = [(*span, "\n") for found in regions[:-1] for span in found]
    pieces, at = [], 0
    for start, end, instead in sorted([*spans, *((*span, "-\n") for span in regions.cuts)]):
        if end > at:
            pieces += [text[at : max(start, at)], instead]
            at = end
    return "".join([*pieces, text[at:]])


def pieces(text: str) -> list[int]:
    """Where the parts of a text begin that has no pages: each has about ``PAGE`` characters, up to a blank.

    >>> pieces("the mill " * 400), pieces("")
    ([0, 2001], [0])
    """
    return [0, *(start for start, _ in views.stretches(text, PAGE) if start)]
