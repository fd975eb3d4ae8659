"""The algebra of edits: check, merge, apply, invert, and follow a place through a batch. Pure functions.

A *batch* here is a sequence of ``Edit`` in the order of the text. Three laws hold on any text for every
sorted, disjoint batch that ``check`` passes (tests/test_edits.py states them as properties):

* ``apply(apply(t, b), invert(b)) == t``;
* text outside the edits is untouched;
* ``invert(invert(b)) == b``.

``apply`` and ``invert`` never sort: two touching deletions invert to two insertions at one point, whose order counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import add, attrgetter, le, lt

from rapidfuzz.distance import Indel

from cleaner.model import Edit, Span

by_place = attrgetter("start", "end", "rule", "after", "confidence")
# Characters that are aligned one by one: 0.3 s and 50 MB at worst. Lines are shorter, a megabyte of accents is not.
ALIGNED = 20_000


def check(text: str, edits: Sequence[Edit]) -> None:
    """Raise ``ValueError`` unless each edit fits the text, changes something, and each move is whole.

    Says nothing about edits that overlap: that is for ``merge`` to settle. ``before`` must be what stands there; a
    ``source`` needs an insertion of exactly that text and, in the same group, the deletion of exactly that span.

    >>> check("abc", [Edit(1, 2, "b", "x", "r", 1.0, "")])
    >>> check("abc", [Edit(1, 2, "z", "x", "r", 1.0, "")])
    Traceback (most recent call last):
    ...
    ValueError: r: the text at 1-2 is 'b', not 'z'
    """
    size = len(text)
    moves: list[Edit] = []
    for edit in edits:
        start, end, before, after, rule = edit[:5]
        if not 0 <= start <= end <= size:
            raise ValueError(f"{rule}: {start}-{end} is not a span of a text of {size} characters")
        if text[start:end] != before:
            raise ValueError(f"{rule}: the text at {start}-{end} is {text[start:end]!r}, not {before!r}")
        if before == after:
            raise ValueError(f"{rule}: the edit at {start}-{end} changes nothing")
        if edit.source is not None:
            moves.append(edit)
    if moves:
        _check_moves(text, moves, edits)


def _check_moves(text: str, moves: Sequence[Edit], edits: Sequence[Edit]) -> None:
    deletions = {(e.start, e.end, e.group) for e in edits if not e.after and e.group is not None}
    seen = set()
    for edit in moves:
        assert edit.source is not None
        start, end = edit.source
        if edit.before or edit.after != text[start:end]:
            raise ValueError(f"{edit.rule}: a move must insert exactly the text of its source, {start}-{end}")
        if (start, end, edit.group) not in deletions or edit.source in seen:
            raise ValueError(f"{edit.rule}: the source {start}-{end} must be deleted once in the group of the move")
        seen.add(edit.source)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with a sorted, disjoint batch applied.

    >>> apply("revolu-\\ntion", [Edit(6, 8, "-\\n", "", "hyphens.drop", 0.99, "")])
    'revolution'
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts.append(text[at : edit[0]])
        parts.append(edit[3])
        at = edit[1]
    parts.append(text[at:])
    return "".join(parts)


def invert(edits: Iterable[Edit]) -> list[Edit]:
    """The batch that undoes a batch, in the offsets of its output and in the same order.

    A move inverts to the move back: the deletion becomes the insertion that has a source.

    >>> invert([Edit(0, 1, "a", "", "r", 1.0, ""), Edit(1, 2, "b", "", "r", 1.0, "")])[1][:4]
    (0, 0, '', 'b')
    """
    edits = list(edits)
    shift = 0
    turned = []
    landed: dict[tuple[int, int], tuple[int, int]] = {}  # source of a move -> where the moved text stands in the output
    for edit in edits:
        start = edit.start + shift
        end = start + len(edit.after)
        if edit.source is not None:
            landed[edit.source] = (start, end)
        turned.append(edit._replace(start=start, end=end, before=edit.after, after=edit.before, source=None))
        shift += len(edit.after) - len(edit.before)
    if landed:
        for k, edit in enumerate(edits):
            if not edit.after and edit.before and (edit.start, edit.end) in landed:
                turned[k] = turned[k]._replace(source=landed[edit.start, edit.end])
    return turned


class Origins:
    """Where each place of one side of a batch lies on the other: built once, asked often (two bisections a question).

    ``Origins(edits, size)`` leads from the output back to the input, ``forwards(edits, size)`` from the input on to the
    output. The origin of a span is the hull of its characters' origins. A character of ``after`` comes from the whole
    span of its edit, a moved one from the very character it was; an empty span comes from the gap between its
    neighbours'. ``size`` is the length of this side.

    >>> o = Origins([Edit(6, 8, "-\\n", "", "r", 1.0, "")], 16)
    >>> o.origin(4, 7), o.origin(6, 6)
    (Span(start=4, end=9), Span(start=6, end=8))
    """

    __slots__ = ("_ends", "_moved", "_starts", "_there_ends", "_there_size", "_there_starts", "size")

    def __init__(self, edits: Sequence[Edit], size: int, *, ahead: bool = False) -> None:
        """``size`` is the length of the input in code points; ``ahead`` asks for the way from input to output."""
        starts = [edit[0] for edit in edits]
        ends = [edit[1] for edit in edits]
        lengths = [len(edit[3]) for edit in edits]
        shifts = [0, *accumulate([len(edit[3]) - len(edit[2]) for edit in edits])]
        out_starts = [*map(add, starts, shifts)]
        out_ends = [*map(add, out_starts, lengths)]
        here, there = (starts, ends, size), (out_starts, out_ends, size + shifts[-1])
        if not ahead:
            here, there = there, here
        self._starts, self._ends, self.size = here
        self._there_starts, self._there_ends, self._there_size = there
        # The number of an edit whose text on this side was moved -> where the same text starts on the other side.
        self._moved: dict[int, int] = {}
        moves = [k for k, edit in enumerate(edits) if edit.source is not None]
        cuts = {(edit[0], edit[1]): k for k, edit in enumerate(edits) if not edit[3]} if moves and ahead else {}
        for k in moves:
            source = edits[k].source
            assert source is not None
            if ahead:
                self._moved[cuts[source]] = out_starts[k]
            else:
                self._moved[k] = source[0]

    def _character(self, k: int) -> tuple[int, int]:
        i = bisect_right(self._starts, k) - 1
        if i < 0:
            return k, k + 1
        past = k - self._ends[i]
        if past >= 0:
            at = self._there_ends[i] + past
            return at, at + 1
        if i in self._moved:
            at = self._moved[i] + k - self._starts[i]
            return at, at + 1
        return self._there_starts[i], self._there_ends[i]

    def _pieces(self, start: int, end: int) -> Iterator[int]:
        """One character at each end of every stretch of ``start:end`` that maps as a whole: enough for the hull."""
        i = max(bisect_right(self._starts, start) - 1, 0)
        cuts = {start, end}
        while i < len(self._starts) and self._starts[i] < end:
            cuts.update(c for c in (self._starts[i], self._ends[i]) if start < c < end)
            i += 1
        for a, b in pairwise(sorted(cuts)):
            yield a
            yield b - 1

    def origin(self, start: int, end: int) -> Span:
        """Where ``start:end`` of this side lies on the other."""
        if start == end:
            left = self._character(start - 1)[1] if start else 0
            right = self._character(start)[0] if start < self.size else self._there_size
            return Span(min(left, right), max(left, right))
        i = bisect_right(self._starts, start) - 1
        before, after = self._ends[i] if i >= 0 else 0, self._starts[i + 1] if i + 1 < len(self._starts) else self.size
        if before <= start and end <= after:  # between two edits, as most are
            shift = self._there_ends[i] - before if i >= 0 else 0
            return Span(start + shift, end + shift)
        if self._moved:
            found = [self._character(k) for k in self._pieces(start, end)]
            return Span(min(a for a, _ in found), max(b for _, b in found))
        first, last = self._character(start), self._character(end - 1)
        return Span(min(first[0], last[0]), max(first[1], last[1]))

    def point(self, at: int) -> int:
        """Where a point lies on the other side: before the character that follows it, behind what was removed there.

        >>> Origins([Edit(2, 4, "cd", "", "r", 1.0, "")], 6, ahead=True).point(4)
        2
        """
        return self._character(at)[0] if at < self.size else self._there_size


def origin(edits: Sequence[Edit], size: int, start: int, end: int) -> Span:
    """Where ``output[start:end]`` of one batch comes from; for many questions build ``Origins`` once."""
    return Origins(edits, size).origin(start, end)


def forward(edits: Sequence[Edit], size: int, start: int, end: int) -> Span:
    """Where ``input[start:end]`` of one batch went: its origin under the inverse batch.

    >>> forward([Edit(0, 2, "ab", "", "r", 1.0, "")], 5, 2, 5)
    Span(start=0, end=3)
    """
    return forwards(edits, size).origin(start, end)


def forwards(edits: Sequence[Edit], size: int) -> Origins:
    """The table that ``forward`` asks, for many questions: its ``origin`` maps a span of the input to the output."""
    return Origins(edits, size, ahead=True)


def merge(edits: Iterable[Edit], first: Collection[Edit] = ()) -> tuple[list[Edit], list[Edit]]:
    """Settle conflicts: (edits that can stand together, sorted by place; the losers, sorted by place).

    Two edits conflict when their spans overlap, when an insertion stands inside a span, or when they start at one
    place. Not so what is moved to one place: it stands there in the order of where it comes from, before what else is
    changed there. What is in ``first`` wins, then the higher confidence, then the earlier start, then the rule's id. A
    group wins or loses as a whole, with the lowest confidence of its edits.

    >>> a, b = Edit(0, 2, "ab", "", "r.a", 0.9, ""), Edit(1, 3, "bc", "", "r.b", 0.95, "")
    >>> merge([a, b]) == ([b], [a])
    True
    """
    given = list(edits)
    if _stand_apart(given):  # as most do that come from one pass over the text
        return given, []
    ordered = sorted(given, key=by_place)
    places = list(_clusters(ordered))
    if places[-1] == len(ordered) - 1:
        return ordered, []
    taken: list[list[Edit]] = [[] for _ in range(places[-1] + 1)]
    lost: list[Edit] = []
    units = sorted(_units(zip(places, ordered, strict=True)), key=_rank)
    if first:
        units.sort(key=lambda unit: all(edit not in first for _, edit in unit))
    for unit in units:
        if not _take(unit, taken):
            lost.extend(edit for _, edit in unit)
    return [edit for cluster in taken for edit in cluster], sorted(lost, key=_total)


def _stand_apart(edits: Sequence[Edit]) -> bool:
    """Whether edits stand in the order of the text, and no two conflict."""
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    return all(map(lt, starts, starts[1:])) and all(map(le, ends, starts[1:]))


def _total(edit: Edit) -> tuple[int, int, str, str, float, int, str]:
    """A total order, so that nothing depends on the order of proposals."""
    return *by_place(edit), -1 if edit.group is None else edit.group, edit.why


def _order(edit: Edit) -> tuple[int, int, tuple[int, ...]]:
    return edit.start, edit.end, edit.source or ()


def _conflict(first: Edit, second: Edit) -> bool:
    """For edits in ``_order``."""
    return second.start < first.end or (second.start == first.start and first.source is None)


def _clusters(ordered: Iterable[Edit]) -> Iterator[int]:
    """The number of each edit's cluster: edits of two clusters never conflict, so each is settled in a short list.

    One list for all would cost a shift of half of it for each edit (200,000 edits of two confidences: 12 s).
    """
    number, reach, last = -1, -1, -1
    for edit in ordered:
        if edit.start >= reach and edit.start != last:
            number += 1
        reach, last = max(reach, edit.end), edit.start
        yield number


Unit = list[tuple[int, Edit]]  # edits that stand or fall together, each with the number of its cluster


def _units(edits: Iterable[tuple[int, Edit]]) -> Iterator[Unit]:
    groups: dict[int, Unit] = {}
    for place, edit in edits:
        if edit.group is None:
            yield [(place, edit)]
        else:
            groups.setdefault(edit.group, []).append((place, edit))
    yield from groups.values()


def _rank(unit: Unit) -> tuple[float, int, str, list[tuple[int, int, str, str, float, int, str]]]:
    """Surest, earliest, then by the rule's id; the places make the order total, whatever order the edits came in."""
    places = sorted(_total(edit) for _, edit in unit)
    return -round(min(edit.confidence for _, edit in unit), 2), places[0][0], places[0][2], places


def _take(unit: Unit, taken: Sequence[list[Edit]]) -> bool:
    """Put a whole unit, or nothing of it, into the sorted, disjoint edits of its clusters."""
    placed: Unit = []
    for place, edit in unit:
        cluster = taken[place]
        at = bisect_right(cluster, _order(edit), key=_order)
        if (at and _conflict(cluster[at - 1], edit)) or (at < len(cluster) and _conflict(edit, cluster[at])):
            for number, other in placed:
                del taken[number][bisect_right(taken[number], _order(other), key=_order) - 1]
            return False
        cluster.insert(at, edit)
        placed.append((place, edit))
    return True


def changed_runs(before: str, after: str) -> list[tuple[int, int, str]]:
    """(start, end, replacement) for each run of ``before`` that differs from ``after``: the smallest set of changes.

    By longest common subsequence (``rapidfuzz`` Indel), so an edit never spans what stayed. That is quadratic in what
    lies between common prefix and suffix, in time and in memory: longer texts than ``ALIGNED`` differ in one run.

    >>> changed_runs("donâ€™t and canâ€™t", "don’t and can’t")
    [(3, 6, '’'), (15, 18, '’')]
    """
    if len(before) * len(after) > ALIGNED**2:
        return _one_run(before, after)
    runs: list[tuple[int, int, str]] = []
    for op in Indel.opcodes(before, after):
        if op.tag == "equal":
            continue
        new = after[op.dest_start : op.dest_end]
        if runs and runs[-1][1] == op.src_start:
            runs[-1] = (runs[-1][0], op.src_end, runs[-1][2] + new)
        else:
            runs.append((op.src_start, op.src_end, new))
    return runs


def _one_run(before: str, after: str) -> list[tuple[int, int, str]]:
    """All between the first and the last difference as one run; nothing where there is none."""
    if before == after:
        return []
    short = min(len(before), len(after))
    head = next((k for k in range(short) if before[k] != after[k]), short)
    tail = next((k for k in range(short - head) if before[-1 - k] != after[-1 - k]), short - head)
    return [(head, len(before) - tail, after[head : len(after) - tail])]


def from_function(
    text: str,
    spans: Iterable[tuple[int, int]],
    function: Callable[[str], str],
    *,
    rule: str,
    confidence: float,
    why: str,
) -> Iterator[Edit]:
    """One edit for each run that ``function`` (ftfy, NFC) changes in each of the spans, not one from end to end.

    >>> [e[:4] for e in from_function("a Ã¨ b Ã©", [(0, 9)], lambda s: s.replace("Ã¨", "è"),
    ...                               rule="r", confidence=1.0, why="")]
    [(2, 4, 'Ã¨', 'è')]
    """
    for start, end in spans:
        piece = text[start:end]
        result = function(piece)
        if result == piece:
            continue
        for a, b, new in changed_runs(piece, result):
            yield Edit(start + a, start + b, piece[a:b], new, rule, confidence, why)
