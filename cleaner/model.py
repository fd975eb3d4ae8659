"""The values that flow through the pipeline: frozen, comparable, without behaviour.

Everything is an offset table over one immutable string. Offsets are code points, spans are half-open, and an
``Edit`` is always in the offsets of the *input of its stage*. This module imports nothing of ours and knows nothing
about rules, files or stages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

Value = str | int | float | bool | None
NO_VALUES: Mapping[str, Value] = MappingProxyType({})
DECISION = "decision"  # the kind of the marks that hold what a person said of lines


class Span(NamedTuple):
    """``text[start:end]``, in code points."""

    start: int
    end: int


class Candidate(NamedTuple):
    """What may stand in place of ``before``, and the probability that it is right."""

    text: str
    probability: float


class Edit(NamedTuple):
    """Replace ``text[start:end]``, which reads ``before``, by ``after``.

    ``before`` is redundant on purpose: every edit can be checked and inverted on its own.
    ``group`` ties edits that are applied, held and decided all or nothing.
    ``source=(s, e)`` on an insertion says that the text was *moved* here from ``text[s:e]``; the deletion of exactly
    that span stands in the same group.
    ``candidates`` are the readings that were weighed, ``after`` and ``before`` among them, best first; none where there
    are only these two.

    >>> Edit(17, 19, "-\\n", "", "hyphens.drop", 0.99, "mid-line: 31 x revolution").before
    '-\\n'
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float
    why: str
    group: int | None = None
    source: tuple[int, int] | None = None
    candidates: tuple[Candidate, ...] = ()


class Mark(NamedTuple):
    """What a stage learned about ``text[start:end]`` (an empty span is a point): page, verse, table, language, habit ..."""

    start: int
    end: int
    kind: str
    value: Mapping[str, Value] = NO_VALUES


class Proposals(NamedTuple):
    """What a stage returns: edits and marks, both in the offsets of the text that it was given.

    ``silent`` are the places that it looked at and leaves, for ``explain``: ``after`` is ``before``, ``confidence`` the
    probability that this is right.
    """

    edits: Sequence[Edit] = ()
    marks: Sequence[Mark] = ()
    silent: Sequence[Edit] = ()


class Held(NamedTuple):
    """An edit that was proposed and not applied. ``reason`` is one of the words in ``policy.REASONS``."""

    edit: Edit
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text as one stage sees it, with every mark made so far carried into its offsets."""

    text: str
    marks: tuple[Mark, ...] = ()

    def spans(self, *kinds: str) -> list[tuple[int, int]]:
        """Where the marks of the given kinds stand."""
        return [(mark.start, mark.end) for mark in self.marks if mark.kind in kinds]

    def marked(self, *kinds: str) -> list[Mark]:
        """The marks of the given kinds, in the order of the text."""
        return [mark for mark in self.marks if mark.kind in kinds]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one stage did: ``n`` is the number of its step, edits and marks are in the offsets of its input.

    ``accepted`` are those of the applied edits that a person accepted.
    """

    stage: str
    n: int
    applied: tuple[Edit, ...] = ()
    held: tuple[Held, ...] = ()
    marks: tuple[Mark, ...] = ()
    silent: tuple[Edit, ...] = ()
    accepted: frozenset[Edit] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: the source, what each stage did to it in order, and the text that came out."""

    source: str
    batches: tuple[Batch, ...]
    text: str
    marks: tuple[Mark, ...] = field(default=())
