"""What a line end may stand for: the readings of a place, weighed by document and language, and priors learned."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.language import VOUCHED, Lexicon
from cleaner.policy import THRESHOLD
from cleaner.stages.hyphens.sites import Site

# How often a compound of two known words is written, against its rarer half. Compounds take about one word in a
# hundred thousand occurrences of a part (five, with a part that likes them: a prefix, a first half the document uses).
COMPOUND = 1e-5
COMPOUND_PREFIX = 1e-2
COMPOUND_PART = 1e-3  # where other parts of the word have their hyphens: four-year-old, but hard-bit-ten
NUMERAL = 1e-1
STREET = 1e-1  # "Oxford-street": of the names before such a word
FUSED = 1e-3  # how often a prefix or an ending makes one word of another, against that word
# Of the words that nobody has seen, as many are compounds as of those at line ends in hyphenated books (1-3 %).
UNSEEN_COMPOUND = 0.02
UNSEEN_PREFIX = 0.5
BREAKS = 25  # lines break so much more readily behind a compound's hyphen than in a word: there one in 25 ends in a cut
# "Left-dominated" is rare, "Brest-Litovsk" and "anti-Bolshevik" the rule: how a capital bears on the readings.
CAPITAL_THEN_SMALL = 0.1
SMALL_THEN_CAPITAL = 1e-4
LEAST_STEM = 3  # letters of what a prefix or an ending is put to
PRIOR_WEIGHT = 10
MOST = 100  # times that a prefix makes a compound likelier where no hyphen is seen
FUNCTION = 2e-3  # what is written more often is an article, a preposition, a pronoun
# Odds that count a line end as plainly cut, or as plainly whole, when the prior is learned.
SURE = 1_000
PLAINLY_WHOLE = 0.01


class Reading(NamedTuple):
    """The probabilities of the readings of one place as words of this document."""

    joined: float
    hyphened: float
    apart: float
    known: bool  # the joined word, or the compound, is one that document or language has seen


class Judgement(NamedTuple):
    """What to do at a site: a rule (empty: leave it), the probability that this is right, and why.

    ``doubt`` is the probability that the hyphen, which the rule keeps, should go too; 0.0 where that is no question.
    ``other`` is that of the halves with a hyphen where the rule joins them, without one where it ties them.
    ``letter``, where there is one, is how the last letter of the left half is written when the hyphen goes ("Brük-ke").
    """

    site: Site
    rule: str
    confidence: float
    why: str
    doubt: float = 0.0
    other: float = 0.0
    letter: str | None = None

    @property
    def settled(self) -> bool:
        """Whether the place will be mended, with nothing left to decide."""
        return bool(self.rule) and not self.doubt and self.confidence >= THRESHOLD

    @property
    def word(self) -> str:
        """What the halves become, in lower case."""
        return f"{self.left}{self.site.right}".lower()

    @property
    def left(self) -> str:
        """What stands before the right half when the place is mended."""
        left = self.site.left
        if self.rule in ("hyphens.keep", "hyphens.restore"):
            return f"{left}-"
        return left if self.letter is None else left[:-1] + self.letter


def read(site: Site, lexicon: Lexicon) -> Reading:
    """Weigh the readings of a site. Parts of longer compounds ("anarcho-syndi", "calist") are weighed where they meet."""
    left, right = site.left.rsplit("-", 1)[-1], site.right.split("-", 1)[0]
    whole, compound = site.left + site.right, f"{site.left}-{site.right}"
    in_text = lexicon.counted(whole) if whole != left + right else 0.0
    joined = lexicon.fused(left, right) + in_text + _derived(left, right, lexicon)
    # where a hyphen is seen, the two are not simply written apart
    apart = lexicon.probability(left) * lexicon.probability(right) if site.sign else lexicon.apart(left, right)
    rate, share = _compounding(site, left, right, lexicon)
    new = rate * min(lexicon.known(left), lexicon.known(right))
    if not site.sign:
        # no hyphen is seen that would tell of a compound: two rare words are not one for being rare
        new = min(new, min(rate / COMPOUND, MOST) * UNSEEN_COMPOUND * apart)
        share /= BREAKS
    hyphened = lexicon.counted(compound) if compound != f"{left}-{right}" else 0.0
    hyphened += lexicon.tied(left, right) + new + share * lexicon.unseen(len(left) + len(right))
    if left.lower() in lexicon.facts.fused:
        habit = lexicon.parts_vowels(left, right)
        hyphened += joined * habit / (1 - habit)
    if right[0].isupper() and not (left.isupper() and len(left) > 1):
        joined *= SMALL_THEN_CAPITAL
    elif left[0].isupper() and rate == COMPOUND:
        hyphened *= CAPITAL_THEN_SMALL
    return Reading(joined, hyphened, apart, known=in_text > 0 or lexicon.seen(left + right))


def free_compound(reading: Reading, site: Site, lexicon: Lexicon) -> Reading:
    """The same, where the halves may be a compound that nobody has seen: any two words that are no function words."""
    if all(0 < lexicon.known(word) < FUNCTION for word in (site.left, site.right)):
        return reading._replace(hyphened=reading.hyphened + UNSEEN_COMPOUND * reading.apart)
    return reading


def _compounding(site: Site, left: str, right: str, lexicon: Lexicon) -> tuple[float, float]:
    """(how often two known parts are written with a hyphen, against the rarer; the share of unseen words with one)."""
    hyphenated = bool(site.sign) and "-" in site.left + site.right
    named = left[:1].isupper()
    left, right = left.lower(), right.lower()
    facts = lexicon.facts
    if left in facts.tens and right in facts.units:
        return NUMERAL, UNSEEN_PREFIX
    if site.sign and named and right in facts.street:
        return STREET, UNSEEN_PREFIX
    if left in facts.prefixes or right in facts.suffixes or lexicon.heads.get(left, 0) > 1:
        return COMPOUND_PREFIX, UNSEEN_PREFIX
    return (COMPOUND_PART, UNSEEN_PREFIX) if hyphenated else (COMPOUND, UNSEEN_COMPOUND)


def _derived(left: str, right: str, lexicon: Lexicon) -> float:
    """The probability of a word that a prefix or an ending makes, though nobody has seen it: "un-heeding".

    It is rarer than what the lists hold: "fore-again" would be known, so often does "again" stand behind "fore".
    """
    facts = lexicon.facts
    if left.lower() in facts.fused and len(right) >= LEAST_STEM:
        return min(FUSED * lexicon.known(right), VOUCHED)
    if right.lower() in facts.endings and len(left) >= LEAST_STEM:
        return min(FUSED * lexicon.known(left), VOUCHED)
    return 0.0


def explain(site: Site, lexicon: Lexicon, *, joined: bool) -> str:
    """Why the halves are one word (``joined``), or a compound: how the document spells it, a person's list, a corpus."""
    whole, compound = site.forms
    small = whole.lower(), compound.lower()
    given, said = lexicon.given, []
    if given and (listed := [form for form, low in zip(site.forms, small, strict=True) if given.vouches(low)]):
        said.append(f"in your word list: {', '.join(listed)}")
    for where, count in (("mid-line", lexicon.counts.get), ("corpus", given.count))[: 2 if given else 1]:
        together, apart = (count(form) or 0 for form in small)
        if together or apart:
            said.append(f"{where}: {together} x {whole}, {apart} x {compound}")
    if said:
        return "; ".join(said)
    if joined:
        known = lexicon.known(site.left.rsplit("-", 1)[-1] + site.right.split("-", 1)[0])
        return f"{whole} is a known word" if known else f"{whole}: no such compound is known"
    return f"{compound}: its parts are words, {whole} is hardly one"


class Prior:
    """The share of one class of line ends that cut a word, learned from those that leave no doubt."""

    def __init__(self, before: float, weight: float = PRIOR_WEIGHT) -> None:
        self._before = before
        self._weight = weight
        self.cut = 0
        self.whole = 0

    def learn(self, kind: int, count: int = 1) -> None:
        """Count so many places; ``kind`` as from ``plain_kind``."""
        self.cut += count * (kind > 0)
        self.whole += count * (kind < 0)

    @property
    def share(self) -> float:
        return (self.cut + self._weight * self._before) / (self.cut + self.whole + self._weight)

    def without(self, kind: int) -> float:
        """The share as the other places show it, for a place of that kind."""
        cut, whole = self.cut - (kind > 0), self.whole - (kind < 0)
        return (cut + self._weight * self._before) / (cut + whole + self._weight)


def plain_kind(reading: Reading | None) -> int:
    """1 for a place that plainly cuts a word, -1 for one that plainly does not, 0 for all others."""
    if reading is None:
        return -1
    odds = (reading.joined + reading.hyphened) / reading.apart
    return 1 if reading.known and odds > SURE else -1 if odds < PLAINLY_WHOLE else 0
