"""Decisions on their way through the stages: what they say to each proposal, and what is made so at the end.

A proposal that a person accepted is applied, and no later stage undoes it; one that was refused is held, whichever
stage makes it and however wide; and when all stages are done, what is not yet as it was decided is put right in a last
step of its own. So a replacement disturbs no stage: what is decided of one word moves nothing elsewhere. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner import characters, policy
from cleaner import edits as algebra
from cleaner.decisions import CORPUS, DOCUMENT, HERE, SAYS, Decision, Settled
from cleaner.decoding import valid
from cleaner.edits import Origins
from cleaner.model import DECISION, Edit, Held, Mark, Span
from cleaner.series import series, widened
from cleaner.text import WORD

Spot = tuple[Span, Decision]  # where a decision stands in the text of a stage
UNNAMED = "a person"
FEWEST_LETTERS = 2  # of words that are replaced wherever they stand
RULE = "decisions."
WRITTEN = RULE + "replace"


class Last(NamedTuple):
    """What the last step does: edits that may touch each other, and decisions that fit nothing any more."""

    edits: list[Edit]
    stale: list[Held]


class Obeying:
    """The decisions for one text. Ask ``verdicts`` before each stage's edits are settled, tell ``done`` afterwards."""

    def __init__(self, settled: Settled, source: str) -> None:
        """``settled``: with their spans in ``source``, the raw text."""
        self._source = source
        self._here = [one for one in settled.decisions if one.scope == HERE and one.verdict not in SAYS]
        self._said = [one for one in settled.decisions if one.verdict in SAYS]
        self._wide: dict[str, list[Decision]] = {}  # by the words before: those for the document come first
        for scope in (DOCUMENT, CORPUS):
            for one in settled.decisions:
                if one.scope == scope:
                    self._wide.setdefault(one.text, []).append(one)
        self._refused = [one for one in self._here if one.verdict == "reject"]
        self._written = [one for one in self._here if one.verdict == "replace"]
        self._accepted = {(*_span(one), one.stood, one.after): one for one in self._here if one.verdict == "accept"}
        self._back: list[Origins] = []
        self._ahead: list[Origins] = []
        self._matched: set[Decision] = set()
        self._closed: list[Decision] = []
        self._replaced: list[Spot] = []  # raw spans of changes that a replacement for a whole document speaks of

    def marks(self) -> tuple[Mark, ...]:
        """What was said of lines, for the stages to see, in offsets of the raw text."""
        return tuple(Mark(*_span(one), DECISION, {"says": one.verdict, "folio": _folio(one)}) for one in self._said)

    def verdicts(self, text: str, edits: Iterable[Edit], *, fixed: frozenset[str] = frozenset()) -> dict[Edit, str]:
        """What people say to the edits of a stage: ``accept``, ``rejected``, or ``closed``.

        ``written``: a person wrote what shall stand there, so that what is not applied waits for nobody. ``fixed`` are
        rules that nobody can refuse.
        """
        edits = list(edits)
        refused = _Spots((self._forward(one), one) for one in self._refused)
        closed = _Spots((self._forward(one), one) for one in self._closed)
        written = _Spots((self._forward(one), one) for one in self._written)
        moved = {edit.group for edit in edits if edit.source is not None}
        found: dict[Edit, str] = {}
        for edit in edits:
            if edit.rule in fixed:
                continue
            if verdict := self._verdict(
                text, edit, refused, closed, moved=edit.group in moved and edit.group is not None
            ):
                found[edit] = verdict
            elif any(_inside(edit, spot) for spot, _ in written.near(edit.start, edit.end)):
                found[edit] = "written"
        return found

    def _verdict(self, text: str, edit: Edit, refused: _Spots, closed: _Spots, *, moved: bool) -> str:
        raw = self._origin(edit.start, edit.end)
        if accepted := self._accepted.get((*raw, edit.before, edit.after)):
            self._matched.add(accepted)
            return "accept"
        near = refused.near(edit.start, edit.end)
        if any(_refuses(text, edit, spot, one, moved=moved) for spot, one in near):
            return "rejected"
        if not _moves_lines(edit) and any(_undoes(edit, spot) for spot, _ in closed.near(edit.start, edit.end)):
            return "closed"
        return self._of_all(text, edit) if self._wide else ""

    def _of_all(self, text: str, edit: Edit) -> str:
        """What is said of all changes like this one."""
        like = series(text, edit.start, edit.end, edit.after)
        for one in self._wide.get(like.before, ()):
            if one.verdict == "replace":
                start, end, _ = widened(text, edit.start, edit.end, edit.after)
                self._replaced.append((self._origin(start, end), one))
            elif one.after == like.after:
                return "accept" if one.verdict == "accept" else "rejected"
        return ""

    def done(self, applied: Sequence[Edit], size: int, accepted: Collection[Edit]) -> None:
        """A stage is through: ``applied`` to a text of ``size`` characters, of these ``accepted`` by a person."""
        for edit in accepted:
            raw = self._origin(edit.start, edit.end)
            self._closed.append(Decision("accept", self._source[slice(*raw)], edit.after, (raw.start, raw.end)))
        if applied:
            self._back.insert(0, Origins(applied, size))
            self._ahead.append(algebra.forwards(applied, size))

    def last(self, text: str) -> Last:
        """What is still to be done in the text that came out of all stages."""
        last = Last([], [])
        taken: list[Span] = []
        for one in self._here:
            at = self._forward(one)
            edit = self._edit(text, at, one)
            if one.verdict == "reject":
                edit = self._put_back(text, at, one)
            elif one in self._matched or edit is None:
                edit = None
            elif self._is_stale(text, at, one):
                last.stale.append(policy.hold(edit, "stale"))
                edit = None
            if edit is not None:
                last.edits.append(edit)
            taken.append(at)
        spots = _Spots((at, self._here[k]) for k, at in enumerate(taken))
        for edit in self._everywhere(text):
            if not any(_meet(edit, spot) for spot, _ in spots.near(edit.start, edit.end)):
                last.edits.append(edit)
        return last

    def _edit(self, text: str, at: Span, one: Decision) -> Edit | None:
        before = text[slice(*at)]
        after = valid(one.after) if one.verdict == "replace" else _sealed(one.after)
        if before == after:
            return None
        why = f"{one.who or UNNAMED} decided"
        return Edit(*at, before, after, RULE + one.verdict, 1.0, why)

    def _put_back(self, text: str, at: Span, one: Decision) -> Edit | None:
        """What was refused, and came about by changes each of which is another one, goes back to the raw text."""
        start, end = self._origin(*at)
        refused = self._source[start : _span(one)[0]] + one.after + self._source[_span(one)[1] : end]
        raw = self._source[start:end]
        if text[slice(*at)] != refused or refused == raw:
            return None
        return self._edit(text, at, one._replace(after=raw))

    def _is_stale(self, text: str, at: Span, one: Decision) -> bool:
        """Whether what the person saw is gone: a stage took it out, or makes something else of it than was accepted."""
        there = text[slice(*at)]
        if one.verdict == "accept":
            return one.moved or there.split() != _sealed(one.stood).split()
        return not there and bool(one.stood) and bool(one.after)

    def _everywhere(self, text: str) -> Iterator[Edit]:
        """Replacements for a whole document or corpus, wherever their words stand, and where a stage changed them."""
        wanted = {words: one for words, found in self._wide.items() for one in found[::-1] if one.verdict == "replace"}
        if not wanted:
            return
        done: dict[Span, tuple[Edit, Decision]] = {}
        for raw, one in self._replaced:
            at = self._forward(one._replace(raw=(raw.start, raw.end)))
            edit = self._edit(text, at, one)
            if edit is not None and wanted[one.text] == one:
                done.setdefault(at, (edit, one))
        yield from (edit for edit, _ in done.values())
        spots = _Spots((at, one) for at, (_, one) in done.items())
        for at, one in _standing(text, wanted):
            edit = self._edit(text, at, one)
            if edit is not None and not any(_meet(edit, spot) for spot, _ in spots.near(*at)):
                yield edit

    def _forward(self, one: Decision) -> Span:
        start, end = _span(one)
        for table in self._ahead:
            start, end = table.origin(start, end)
        return Span(start, end)

    def _origin(self, start: int, end: int) -> Span:
        for table in self._back:
            start, end = table.origin(start, end)
        return Span(start, end)


class _Spots:
    """Where decisions stand, to be asked for a place; an empty span is near what touches it."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._spots = sorted(spots, key=lambda spot: spot[0])
        self._starts = [span.start for span, _ in self._spots]
        self._reach = list(accumulate((span.end for span, _ in self._spots), max))

    def near(self, start: int, end: int) -> Iterator[Spot]:
        k = bisect_right(self._starts, end) - 1
        while k >= 0 and self._reach[k] >= start:
            if self._spots[k][0].end >= start:
                yield self._spots[k]
            k -= 1


def _span(one: Decision) -> tuple[int, int]:
    assert one.raw is not None
    return one.raw


def _inside(edit: Edit, spot: Span) -> bool:
    """Whether an edit changes something of a span; what only touches it does not."""
    if edit.start == edit.end:
        return spot.start < edit.start < spot.end
    if spot.start == spot.end:
        return edit.start < spot.start < edit.end
    return max(edit.start, spot.start) < min(edit.end, spot.end)


def _undoes(edit: Edit, spot: Span) -> bool:
    """Whether an edit changes letters of a span, or parts what a person joined at a point; not so a word around it.

    >>> word = Edit(4, 10, "fieids", "fields", "r", 1.0, "")
    >>> _undoes(word, Span(4, 6)), _undoes(word, Span(6, 8)), _undoes(word, Span(6, 6))
    (False, True, False)
    >>> _undoes(Edit(0, 10, "revolution", "revolu tion", "r", 1.0, ""), Span(6, 6))
    True
    """
    return any(
        _meet(edit._replace(start=edit.start + start, end=edit.start + end), spot)
        for start, end, _ in algebra.changed_runs(edit.before, edit.after)
    )


def _meet(edit: Edit, spot: Span) -> bool:
    return _inside(edit, spot) or (edit.start, edit.end) == tuple(spot)


def _refuses(text: str, edit: Edit, spot: Span, one: Decision, *, moved: bool) -> bool:
    """Whether an edit makes of a place, alone or with what is around it, what a person refused."""
    low, high = min(spot.start, edit.start), max(spot.end, edit.end)
    refused = text[low : spot.start] + one.after + text[spot.end : high]
    made = text[low : edit.start] + edit.after + text[edit.end : high]
    if refused == made:
        return True
    kept = text[slice(*spot)].strip()  # what shall not be taken out does not go with what is around it
    gone = edit.start <= spot.start and spot.end <= edit.end and not moved and kept not in edit.after
    return bool(kept) and not one.after.strip() and gone


def _folio(one: Decision) -> str:
    """The folio of a page that a person says begins here: one word, as the marks of pages have it."""
    return valid("".join(one.after.split()))


def _sealed(text: str) -> str:
    """A piece of text as ``seal`` leaves it: what the stages saw can hold what no clean text does."""
    faults, _ = algebra.merge(characters.faults(text, "seal"))
    return valid(algebra.apply(text, faults))


def _moves_lines(edit: Edit) -> bool:
    return not edit.before.strip() and not edit.after.strip()


def _standing(text: str, wanted: Mapping[str, Decision]) -> Iterator[Spot]:
    """Where the words of some series stand alone in a text, in one pass over it; of those that begin together the longest.

    A figure, a sign or a single letter says too little to be changed wherever it stands: only where a stage saw it.
    """
    by_first: dict[str, list[tuple[int, re.Pattern[str], Decision]]] = {}
    for words, one in sorted(wanted.items(), key=lambda item: (-len(item[0]), item[0])):
        first = WORD.search(words)
        if first is not None and sum(map(str.isalpha, words)) >= FEWEST_LETTERS:
            inner = r"\s+".join(map(re.escape, words.split()))
            pattern = re.compile(inner + (r"(?!\w)" if words[-1].isalnum() else ""))
            by_first.setdefault(first.group(), []).append((first.start(), pattern, one))
    if not by_first:
        return
    end = 0
    for match in WORD.finditer(text):
        for offset, pattern, one in by_first.get(match.group(), ()):
            found = pattern.match(text, match.start() - offset) if match.start() - offset >= end else None
            if found:
                end = found.end()
                yield Span(*found.span()), one
                break
