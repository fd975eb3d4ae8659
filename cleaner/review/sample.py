"""How good the applied changes are: some of them, drawn at random and judged, and what that says of all.

Stratified by stage and confidence, so that rare and unsure changes are seen too. Of each stratum as many are drawn as
the square root of its size asks for (power allocation: M. D. Bankier, The American Statistician 42, 1988); strata count
by their size in what is said of all. The interval is Wilson's (Journal of the American Statistical Association 22,
1927) with the effective number of judgements (L. Kish, Survey Sampling, 1965).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from random import Random
from typing import NamedTuple

from cleaner.decisions import overlap
from cleaner.review.items import Item

BOUNDS = (0.9, 0.95, 0.99)  # where the confidence of one stratum ends and that of the next begins
Z = 1.96  # 95 %
RIGHT, WRONG, UNSURE = "right", "wrong", "unsure"
Stratum = tuple[str, int]


def stratum(item: Item) -> Stratum:
    """The stage and the band of confidence of a change."""
    return item.stage, bisect_right(BOUNDS, item.confidence)


def strata(found: Iterable[Item]) -> dict[Stratum, list[Item]]:
    """Changes by stratum."""
    parts: dict[Stratum, list[Item]] = {}
    for item in found:
        parts.setdefault(stratum(item), []).append(item)
    return parts


def draw(found: Sequence[Item], number: int, seed: int) -> list[Item]:
    """At most ``number`` changes, drawn at random, and in an order of chance: who stops early has judged a sample too."""
    parts = strata(found)
    shares = allocated({key: len(items) for key, items in parts.items()}, number)
    chance = Random(seed)  # noqa: S311  (no secret)
    drawn = [item for key in sorted(parts) for item in chance.sample(parts[key], shares[key])]
    chance.shuffle(drawn)
    return drawn


def allocated(sizes: Mapping[Stratum, int], number: int) -> dict[Stratum, int]:
    """How many are drawn of each stratum.

    >>> allocated({("words", 0): 100, ("words", 3): 10_000, ("seal", 3): 1}, 100)
    {('words', 0): 9, ('words', 3): 90, ('seal', 3): 1}
    """
    shares = dict.fromkeys(sizes, 0)
    for _ in range(min(number, sum(sizes.values()))):
        # the next one goes where fewest are drawn yet of what the square root asks for
        key = min((key for key in sizes if shares[key] < sizes[key]), key=lambda k: (shares[k] + 0.5) / sqrt(sizes[k]))
        shares[key] += 1
    return shares


def is_alone(item: Item, others: Iterable[Item]) -> bool:
    """Whether nothing else was changed in its place: only then to call it right is to say that it shall stand so."""
    return not any(
        other.id != item.id and other.status == "applied" and overlap(other.raw, item.raw) for other in others
    )


class Estimate(NamedTuple):
    """What judgements say of all changes of a stage: ``low`` and ``high`` are the 95 % interval of the precision."""

    changes: int
    judged: int
    right: int
    precision: float
    low: float
    high: float


def estimate(sizes: Mapping[Stratum, int], judged: Mapping[Stratum, Sequence[str]]) -> Estimate | None:
    """The precision of all changes of some strata, None where nothing was judged right or wrong.

    >>> found = estimate({("words", 0): 10, ("words", 3): 990}, {("words", 0): ["wrong"] * 5, ("words", 3): ["right"] * 95})
    >>> round(found.precision, 3), round(found.low, 3), round(found.high, 3)
    (0.99, 0.944, 0.998)
    """
    counts = {key: (said.count(RIGHT), said.count(RIGHT) + said.count(WRONG)) for key, said in judged.items()}
    counts = {key: count for key, count in counts.items() if count[1] and sizes[key]}
    size = sum(sizes[key] for key in counts)
    if not size:
        return None
    precision = sum(sizes[key] * right / n for key, (right, n) in counts.items()) / size
    effective = size**2 / sum(sizes[key] ** 2 / n for key, (_, n) in counts.items())
    right, n = (sum(column) for column in zip(*counts.values(), strict=True))
    return Estimate(sum(sizes.values()), n, right, precision, *wilson(precision, effective))


def wilson(share: float, number: float) -> tuple[float, float]:
    """Wilson's interval for a share of a number of judgements.

    >>> [round(bound, 3) for bound in wilson(0.9, 100)], [round(bound, 3) for bound in wilson(1, 20)]
    ([0.826, 0.945], [0.839, 1.0])
    """
    middle = share + Z**2 / (2 * number)
    spread = Z * sqrt(share * (1 - share) / number + Z**2 / (4 * number**2))
    whole = 1 + Z**2 / number
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def table(found: Sequence[Item], judged: Mapping[Stratum, Sequence[str]]) -> Iterator[str]:
    """What the judgements say: of each stage, and of all changes."""
    sizes = {key: len(items) for key, items in strata(found).items()}
    said = [word for words in judged.values() for word in words]
    counts = ", ".join(f"{said.count(word):,} {word}" for word in (RIGHT, WRONG, UNSURE))
    yield f"{len(said):,} of {len(found):,} applied changes judged: {counts}"
    rows = [(stage, [key for key in sizes if key[0] == stage]) for stage in dict.fromkeys(key[0] for key in sizes)]
    rows += [("all", [*sizes])] if len(rows) > 1 else []
    yield f"{'stage':<12}{'changes':>10}{'judged':>8}{'right':>7}{'precision':>12}   95 % interval"
    for stage, keys in rows:
        known = estimate({key: sizes[key] for key in keys}, {key: judged[key] for key in keys if key in judged})
        if known is None:
            yield f"{stage:<12}{sum(sizes[key] for key in keys):>10,}{0:>8}"
            continue
        interval = f"{known.low:.1%} to {known.high:.1%}"
        figures = f"{known.changes:>10,}{known.judged:>8,}{known.right:>7,}{known.precision:>12.1%}"
        yield f"{stage:<12}{figures}   {interval}"
