"""What is applied, what is held, and why: the only module that decides.

What a person decided settles it, else a rule's cap and the edit's confidence against the threshold. Confidence is the probability that the change is
right, rounded to two decimals before it is compared. A group is decided as a whole, by its lowest confidence and its
strictest cap. Nothing that was proposed disappears.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from cleaner.model import Edit, Held
from cleaner.rulebook import Cap

# A wrong change costs a reader's trust, a missed one only what the scan had cost already: nine misses for a wrong change.
THRESHOLD = 0.90
# A line end that is left stands as the end of a paragraph: there is no doing nothing, so what is likelier than not is
# done, with a little in favour of the line end, since a reader minds a broken paragraph less than two in one.
THRESHOLDS = {"paragraphs": 0.60}
# Below this a proposal is noise to the person who reviews; a stage must not make it.
FLOOR = 0.30

REASONS: Mapping[str, str] = {
    "review": "the rule asks for a person's decision",
    "report": "the rule only reports",
    "below": "the confidence is below the threshold",
    "overlaps": "a surer change stands in the same place",
    "rejected": "a person rejected it",
    "closed": "a person settled this place",
    "stale": "what a person decided fits nothing here any more",
}
STATUS_OF = {"report": "reported"}


NOTHING_SAID: Mapping[Edit, str] = MappingProxyType({})


class Decided(NamedTuple):
    """``apply`` in the order given; ``held`` with the reason for each."""

    apply: list[Edit]
    held: list[Held]


def hold(edit: Edit, reason: str) -> Held:
    """An edit that is not applied, for one of ``REASONS``."""
    return Held(edit, STATUS_OF.get(reason, "held"), reason)


def decide(
    edits: Sequence[Edit], *, cap: Callable[[str], Cap], threshold: float, said: Mapping[Edit, str] = NOTHING_SAID
) -> Decided:
    """Part what a stage proposed into what is applied and what is held; ``said`` is what people say to some of it.

    People say ``accept``, ``rejected``, ``closed``, or ``written`` where what is not applied waits for nobody.

    >>> sure, unsure = (Edit(k, k + 1, "a", "b", "r", c, "") for k, c in enumerate((0.97, 0.5)))
    >>> [e.start for e in decide([sure, unsure], cap=lambda rule: "auto", threshold=0.9).apply]
    [0]
    >>> decide([sure], cap=lambda rule: "review", threshold=0.9).held[0].reason
    'review'
    """
    kinds = {(edit.rule, edit.confidence) for edit in edits}
    reason_of = {(rule, confidence): _reason(cap(rule), confidence, threshold) for rule, confidence in kinds}
    of_group: dict[int, str] = {}
    for group, members in _grouped(edits).items():
        reasons = [_spoken(reason_of[edit.rule, edit.confidence], said.get(edit)) for edit in members]
        of_group[group] = min(reasons, key=STRICTNESS.index)
    decided = Decided([], [])
    for edit in edits:
        if edit.group is not None:
            reason = of_group[edit.group]
        else:
            reason = reason_of[edit.rule, edit.confidence]
            if said:
                reason = _spoken(reason, said.get(edit))
        if reason in (APPLIED, "accept"):
            decided.apply.append(edit)
        else:
            decided.held.append(hold(edit, reason))
    return decided


# Of a group's edits the first of these that holds for one holds for all.
APPLIED = ""
STRICTNESS = ("rejected", "closed", "accept", "report", "review", "below", APPLIED)


def _spoken(reason: str, said: str | None) -> str:
    if said == "written":
        return "closed" if reason else reason
    return reason if said is None else said


def _grouped(edits: Iterable[Edit]) -> dict[int, list[Edit]]:
    groups: dict[int, list[Edit]] = {}
    for edit in edits:
        if edit.group is not None:
            groups.setdefault(edit.group, []).append(edit)
    return groups


def _reason(cap: Cap, confidence: float, threshold: float) -> str:
    if cap != "auto":
        return cap
    return "below" if round(confidence, 2) < threshold else APPLIED
