"""How many of some tokens are misread, when nobody has typed them again: what makes all their evidence most likely.

A text is a mixture: of words that it prints and that are known, of words of its own (names, dialect), and of what was
misread. How much it has of each is chosen so that its tokens, each as likely as each of the three makes it, are likeliest
together (expectation and maximisation, Dempster, Laird and Rubin 1977). So "Osgodby" counts for nothing in a text that has
no other fault, and for a half among "tbe" and "m0uth".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cleaner.quality.evidence import Evidence

# What is believed of a text beforehand, and how many words that belief weighs: of one token in twenty that it is misread,
# of three in a thousand and of one in a hundred that it is a word of the text's own, in small letters and with a capital.
NOISE, NOISE_WEIGHT = 0.05, 60
OWN, OWN_WEIGHT = {"small": 0.003, "capital": 0.01}, 2_000
ROUNDS = 10  # then the noise moves by less than a hundredth of itself
ROUNDS_NEARBY = 5  # where it begins with that of the whole

Seen = Mapping[Evidence, int]  # how many tokens say what


class Belief(NamedTuple):
    """The share of tokens that are misread, and of words of the text's own, in small letters and with a capital."""

    noise: float = NOISE
    small: float = OWN["small"]
    capital: float = OWN["capital"]

    def odds(self, evidence: Evidence) -> float:
        """How many times as often misread tokens of this text are like one as right ones."""
        odds, own = evidence
        return odds / (self.small if own == "small" else self.capital) if own else odds

    def wrong(self, seen: Seen) -> float:
        """How many of some tokens are misread."""
        return sum(count * self.misread(evidence) for evidence, count in seen.items())

    def misread(self, evidence: Evidence) -> float:
        """The probability that a token is misread.

        >>> [round(Belief(noise).misread(Evidence(10.0, "")), 2) for noise in (0.0, 0.01, 0.1)]
        [0.0, 0.09, 0.53]
        """
        wrong = self.noise * self.odds(evidence)
        return wrong / (wrong + 1 - self.noise)


def believed(seen: Seen) -> Belief:
    """What makes the tokens of a text most likely.

    >>> believed({Evidence(0.35): 10_000}).noise < 0.001
    True
    >>> round(believed({Evidence(0.35): 9_000, Evidence(100.0): 700}).noise, 2)
    0.1
    """
    belief, size = Belief(), sum(seen.values())
    for _ in range(ROUNDS):
        own, wrong = dict.fromkeys(OWN, 0.0), 0.0
        for evidence, count in seen.items():
            misread = belief.misread(evidence)
            wrong += count * misread
            if evidence.own:
                own[evidence.own] += count * (1 - misread)
        small, capital = ((own[kind] + OWN_WEIGHT * OWN[kind]) / (OWN_WEIGHT + size) for kind in ("small", "capital"))
        belief = Belief((wrong + NOISE_WEIGHT * NOISE) / (NOISE_WEIGHT + size), small, capital)
    return belief


def nearby(seen: Seen, belief: Belief, weight: float) -> float:
    """How many tokens of a part of a text are misread, where what is believed of the whole weighs like so many words.

    >>> good, bad = {Evidence(0.35): 100}, {Evidence(100.0): 50, Evidence(0.35): 50}
    >>> round(nearby(good, Belief(0.1), 50), 1), round(nearby(bad, Belief(0.1), 50), 1)
    (1.6, 59.8)
    """
    all_odds = [(count, belief.odds(evidence)) for evidence, count in seen.items()]
    size, noise, wrong = sum(seen.values()), belief.noise, 0.0
    for _ in range(ROUNDS_NEARBY):
        right = 1 - noise
        wrong = sum([count * noise * odds / (noise * odds + right) for count, odds in all_odds])
        noise = (wrong + weight * belief.noise) / (weight + size)
    return wrong
