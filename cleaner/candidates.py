"""The readings of one place with their probabilities: what it becomes, what else it may be, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.model import Candidate

MOST = 5  # readings that anybody looks at


def ranked(
    before: str, after: str, confidence: float, others: Iterable[tuple[str, float]] = ()
) -> tuple[Candidate, ...]:
    """The likeliest readings of a place that reads ``before``, best first; that as it stands is always among them.

    ``after`` has the probability ``confidence``, and ``others`` theirs; what is left over is that of the place as it
    stands. Probabilities are rounded to two decimals, and other readings that round to nothing are left out. Where
    ``after`` is ``before``, the place is left as it stands with that confidence.

    >>> [tuple(each) for each in ranked("tbe", "the", 0.85, [("toe", 0.004), ("tie", 0.01)])]
    [('the', 0.85), ('tbe', 0.14), ('tie', 0.01)]
    >>> [tuple(each) for each in ranked("Tbewes", "Tbewes", 0.96, [("Thews", 0.04)])]
    [('Tbewes', 0.96), ('Thews', 0.04)]
    """
    found = {text: chance for text, chance in others if text not in (before, after)}
    certain = (
        {after: confidence} if before == after else {after: confidence, before: 1 - confidence - sum(found.values())}
    )
    readings = [Candidate(text, round(max(chance, 0.0), 2)) for text, chance in certain.items()]
    rest = sorted((Candidate(text, round(chance, 2)) for text, chance in found.items()), key=_best)
    readings += [reading for reading in rest if reading.probability][: MOST - len(readings)]
    return tuple(sorted(readings, key=_best))


def _best(reading: Candidate) -> float:
    return -reading.probability
