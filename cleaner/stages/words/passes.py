"""Several passes over one text as one batch: each reads what the passes before it surely mended.

A word is read by its neighbours, a mark by the words beside it: so marks are mended first, then words, then the marks
that these show. All edits are returned in the offsets of the first text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain

from cleaner.edits import Origins, apply, forwards, invert, merge
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import THRESHOLD

ROUNDS = 4  # at most: one finds what a second run would find in the mended text

Pass = Callable[[Document, Sequence[Edit]], Proposals]


def run(doc: Document, named: Sequence[Edit], passes: Sequence[Pass]) -> Proposals:
    """The edits of all passes, sure ones others, and what they leave, beside ``named``, which stand, and which none of them touches.

    A pass is given the text as it is mended so far, with its marks, and ``named`` in its offsets. They are run in turn
    until all the others surely mend nothing behind one of them.
    """
    text = doc.text
    sure: list[Edit] = []
    held: dict[Pass, list[Edit]] = {}
    silent: dict[Pass, list[Edit]] = {}
    idle = 0  # passes in a row that surely mended nothing
    for n, one in enumerate([*passes] * ROUNDS):
        ahead = forwards(sure, len(text))
        mended = read_on(doc, sure)
        standing = [edit._replace(start=ahead.point(edit.start), end=ahead.point(edit.end)) for edit in named]
        proposed = one(mended, standing)
        found = clear_of(noted(mended), clear_of(standing, proposed.edits))
        settled = [edit for edit in found if edit.confidence >= THRESHOLD]
        first = Composer(text, sure, mended.text)
        held[one] = [placed for edit in found if edit.confidence < THRESHOLD for placed in first.placed(edit)]
        back = Origins(sure, len(text))
        left = (edit._replace(**back.origin(edit.start, edit.end)._asdict()) for edit in proposed.silent)
        silent[one] = [edit for edit in left if text[edit.start : edit.end] == edit.before]
        sure = first.composed(merge(settled)[0])
        idle = 0 if settled else idle + 1
        if idle >= len(passes) - 1 <= n:
            break
    return Proposals([*sure, *chain(*held.values())], silent=[*chain(*silent.values())])


def read_on(doc: Document, edits: Sequence[Edit]) -> Document:
    """A document as some edits leave it, with its marks."""
    ahead = forwards(edits, len(doc.text))
    marks = (mark._replace(start=ahead.point(mark.start), end=ahead.point(mark.end)) for mark in doc.marks)
    return Document(apply(doc.text, edits), tuple(marks))


def noted(doc: Document) -> list[Edit]:
    """The marks of notes as edits that change nothing: no other may touch them.

    >>> from cleaner.model import Mark
    >>> mark = Mark(4, 6, "note", {"number": "12"})
    >>> clear_of(noted(Document("seen12 here", (mark,))), [Edit(0, 5, "seen1", "seem", "r", 1.0, "")])
    []
    """
    marks = (mark for mark in doc.marked("note") if "number" in mark.value)
    return [Edit(mark.start, mark.end, "", "", "note", 1.0, "") for mark in marks]


def clear_of(standing: Sequence[Edit], edits: Iterable[Edit]) -> list[Edit]:
    """Those of some edits that touch none of others, which are in the order of the text.

    >>> one, other = Edit(0, 2, "ab", "", "r", 1.0, ""), Edit(3, 4, "d", "", "r", 1.0, "")
    >>> clear_of([one], [one, other]) == [other]
    True
    """
    ends = [edit.end for edit in standing]
    free = []
    for edit in edits:
        k = bisect_left(ends, edit.start)
        if k == len(ends) or standing[k].start >= max(edit.end, edit.start + 1):
            free.append(edit)
    return free


class Composer:
    """A sorted, disjoint batch ``first`` that made ``mended`` of ``text``, and edits of ``mended`` to be put on top of it.

    >>> first = [Edit(2, 3, ".", "", "stray", 0.95, "")]
    >>> composer = Composer("tb.e mill", first, "tbe mill")
    >>> [edit[:5] for edit in composer.composed([Edit(0, 3, "tbe", "the", "misread", 0.99, "")])]
    [(0, 4, 'tb.e', 'the', 'misread')]
    >>> [edit[:5] for edit in composer.composed([Edit(4, 8, "mill", "hill", "misread", 0.99, "")])]
    [(2, 3, '.', '', 'stray'), (5, 9, 'mill', 'hill', 'misread')]
    """

    def __init__(self, text: str, first: Sequence[Edit], mended: str) -> None:
        self._text, self._first, self._mended = text, first, mended
        undo = invert(first)
        self._spans = [(edit.start, edit.end) for edit in undo]
        self._shifts = [0, *accumulate(len(edit.after) - len(edit.before) for edit in undo)]

    def composed(self, edits: Sequence[Edit]) -> list[Edit]:
        """One sorted batch of ``text`` that does what the first one does and then ``edits``, sorted and disjoint."""
        return [edit for edit, _ in self._clusters(edits, range(len(self._first)))]

    def placed(self, edit: Edit) -> list[Edit]:
        """One edit in the offsets of ``text``, together with what it overlaps; empty if that changes nothing."""
        near = range(
            bisect_left(self._spans, edit.start, key=lambda span: span[1]),
            bisect_right(self._spans, edit.end, key=lambda span: span[0]),
        )
        return [found for found, new in self._clusters([edit], near) if new]

    def _clusters(self, edits: Sequence[Edit], numbers: range) -> Iterator[tuple[Edit, bool]]:
        """What overlaps becomes one edit; whether any of ``edits`` is in it."""
        items = [(*self._spans[k], 0, k) for k in numbers]
        items += [(edit.start, edit.end, 1, k) for k, edit in enumerate(edits)]
        done = numbers.start
        cluster: list[tuple[int, int, int, int]] = []
        for item in [*sorted(items), None]:
            if cluster and (item is None or not self._joins(cluster, item)):
                olds = [k for _, _, new, k in cluster if not new]
                news = [edits[k] for _, _, new, k in cluster if new]
                found = self._one(olds, news, done)
                done += len(olds)
                if found:
                    yield found, bool(news)
                cluster = []
            if item:
                cluster.append(item)

    def _joins(self, cluster: Sequence[tuple[int, int, int, int]], item: tuple[int, int, int, int]) -> bool:
        """Whether an edit overlaps those before it, or would start where one of them does."""
        start, reach = item[0], max(end for _, end, _, _ in cluster)
        if start != reach:
            return start < reach
        last, end, new, k = cluster[-1]
        if new:
            return last == end
        return not self._first[k].before or (last == end == item[1])

    def _one(self, olds: Sequence[int], news: Sequence[Edit], done: int) -> Edit | None:
        """Some of the first edits and of the new ones as one edit; ``done`` is how many of the first stand before them."""
        if not news:
            return self._first[olds[0]]
        low = min([*(self._spans[k][0] for k in olds), *(edit.start for edit in news)])
        high = max([*(self._spans[k][1] for k in olds), *(edit.end for edit in news)])
        start, end = low + self._shifts[done], high + self._shifts[done + len(olds)]
        before = self._text[start:end]
        after = apply(self._mended[low:high], [e._replace(start=e.start - low, end=e.end - low) for e in news])
        if before == after:
            return None
        sureness = min(edit.confidence for edit in [*news, *(self._first[k] for k in olds)])
        return news[0]._replace(start=start, end=end, before=before, after=after, confidence=sureness)
