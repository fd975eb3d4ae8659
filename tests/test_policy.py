"""What is applied and what is held."""

import pytest

from cleaner import policy
from cleaner.model import Edit


def edit(start, confidence, rule="r.a", group=None):
    return Edit(start, start + 1, "a", "b", rule, confidence, "", group)


def decide(edits, caps=None, threshold=0.9):
    caps = caps or {}
    decided = policy.decide(edits, cap=lambda rule: caps.get(rule, "auto"), threshold=threshold)
    return [e.start for e in decided.apply], [(h.edit.start, h.status, h.reason) for h in decided.held]


@pytest.mark.parametrize(
    ("confidence", "applied"),
    [(0.9, True), (0.896, True), (0.895, True), (0.8949, False), (1.0, True), (0.3, False)],
)
def test_confidence_is_rounded_to_two_decimals_before_it_is_compared(confidence, applied):
    assert bool(decide([edit(0, confidence)])[0]) is applied


def test_a_cap_wins_over_any_confidence():
    caps = {"r.review": "review", "r.report": "report"}
    edits = [edit(0, 1.0, "r.review"), edit(1, 1.0, "r.report"), edit(2, 0.95)]
    assert decide(edits, caps) == ([2], [(0, "held", "review"), (1, "reported", "report")])


def test_a_cap_does_not_raise_confidence():
    assert decide([edit(0, 0.5)])[1] == [(0, "held", "below")]


def test_a_group_is_decided_by_its_weakest_edit_and_strictest_cap():
    caps = {"r.report": "report", "r.review": "review"}
    weak = [edit(0, 0.99, group=1), edit(1, 0.6, group=1)]
    capped = [edit(2, 0.99, group=2), edit(3, 0.99, "r.report", group=2), edit(4, 0.99, "r.review", group=2)]
    assert decide([*weak, *capped, edit(5, 0.99, group=3)], caps) == (
        [5],
        [(0, "held", "below"), (1, "held", "below")] + [(k, "reported", "report") for k in (2, 3, 4)],
    )


def test_every_reason_is_explained():
    assert set(policy.REASONS) == {"review", "report", "below", "overlaps", "rejected", "closed", "stale"}
