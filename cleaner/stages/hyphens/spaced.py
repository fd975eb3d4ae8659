"""Words that a blank cuts in mid-line ("govern ment", "govern- ment"), as where somebody ran the lines of a scan together.

What a line end would show is lost here, and many pairs of words could be one word as well ("in to", "may be", "some
times"). So a pair is weighed only if its whole is a word of this document or of the dictionary. The share of pairs
that are one cut word is learned from those with a half that is no word; only where it is high are pairs of two words
weighed at all, and then the blank stands against how often good prints write them apart. Only where a table of such
pairs is known, so far for English. Words in three pieces, and pairs before a capital ("De Witt"), are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import OPEN_COMPOUND, General, Lexicon
from cleaner.policy import FLOOR
from cleaner.stages.hyphens.pairs import Pair, Pairs, hyphened
from cleaner.stages.hyphens.reading import SURE, Judgement, explain, read
from cleaner.stages.hyphens.sites import Site

# Without evidence one pair of words in a hundred thousand is a cut word (weight in pairs); of the pairs with a hyphen
# before the blank, one in ten ("two- and three-fold" is rarer than that).
BLANK_PRIOR = 1e-5
BLANK_WEIGHT = 1_000
HYPHEN_PRIOR = 0.1
HYPHEN_WEIGHT = 10
COMMON_CUTS = 1e-3  # from this share on two words may be one cut word, too
PLAIN = 0.65  # of cut words leave a half that is no word: 378 of 582 in one hyphenated novel
MOST = 3  # a pair that returns oftener ("per se") may be the author's: it counts no more than so often
# Each time that the same two words return oftener than the share of cuts explains counts against a cut.
REPEATED = 0.1


class Weight(NamedTuple):
    """What is known of a pair of words, whatever the prior: probabilities as words of this document."""

    joined: float
    hyphened: float
    apart: float
    words: bool  # both halves are words
    plain: bool  # one half is no word, and the whole is


class Verdict(NamedTuple):
    """What to do with a pair, the odds against leaving it, how sure that is, and the share of pairs that are cut words."""

    rule: str
    odds: float
    confidence: float
    prior: float
    other: float  # the probability of the rule that was not taken


def judge_spaced(
    text: str, pairs: Pairs, words: Mapping[str, int], lexicon: Lexicon, line_ends: Iterable[Site]
) -> list[Judgement]:
    """Pairs that are, or may be, one cut word, in the order of the text; no two share a half.

    ``pairs`` are those of the text, ``words`` are its words in lower case as they were counted; the lexicon's may be
    others. ``line_ends`` are other places to weigh like those in mid-line: what joins the lines later shall not make
    words that only a second run would mend.
    """
    general = lexicon.language
    known = general.vouched
    own = words.keys() | {word.replace("-", "") for word in words if word.count("-") == 1}
    signed = hyphened(text)
    ends = [
        (site, _pair(site)) for site in line_ends if (whole := site.left.lower() + site.right) in known or whole in own
    ]
    for every in (False, True):
        asked = [(site, pair) for site, pair in ends if every or not all(half in known for half in pair)]
        in_line = pairs.all(own) if every else pairs.with_a_piece(own)
        types = in_line + Counter(pair for _, pair in asked)
        if not types and not signed:
            return []
        lexicon = lexicon.recounted(_without_halves(words, types, signed, general))
        weights = {pair: _weigh(*pair, lexicon, general) for pair in types}
        cuts = {pair: min(times, MOST) for pair, times in in_line.items() if weights[pair].plain}
        cut, size = sum(cuts.values()) + BLANK_WEIGHT * BLANK_PRIOR, PLAIN * pairs.size + BLANK_WEIGHT
        if every or cut < COMMON_CUTS * size:
            break
    verdicts = {
        pair: _judge(pair, weights[pair], (cut - cuts.get(pair, 0)) / size, types[pair], lexicon) for pair in types
    }
    verdicts = {pair: verdict for pair, verdict in verdicts.items() if verdict.confidence >= FLOOR}
    places = [(site, pair) for site, pair in asked if pair in verdicts]
    if verdicts:
        places.extend((site, _pair(site)) for site in pairs.sites(verdicts))
    judged = [*_judge_hyphened(signed, lexicon)]
    for site, pair in places:
        rule, odds, confidence, prior, other = verdicts[pair]
        why = explain(site, lexicon, joined=rule == "hyphens.close")
        why += f"; {100 * prior:.2g} % of the pairs of words are one cut word"
        judged.append((odds, Judgement(site, rule, confidence, why, other=other)))
    return _disjoint(judged)


def _pair(site: Site) -> Pair:
    return site.left.lower(), site.right


def _without_halves(
    words: Mapping[str, int], types: Mapping[Pair, int], signed: Iterable[Site], general: General
) -> Counter[str]:
    """The document's words, without those that may be halves: they shall not vouch for themselves."""
    gone = Counter([half.lower() for site in signed for half in (site.left, site.right)])
    for (left, right), times in types.items():
        if not general.compounds[left, right].apart:
            gone[left] += times
            gone[right] += times
    return views.without(words, gone)


def _weigh(left: str, right: str, lexicon: Lexicon, general: General) -> Weight:
    whole = left + right
    joined, hyphened = lexicon.fused(left, right), lexicon.tied(left, right)
    apart = lexicon.apart(left, right)
    count = general.compounds[left, right].apart
    words = count > 0 or all(lexicon.counts.get(half, 0) and general.is_word(half) for half in (left, right))
    facts = lexicon.facts
    if left not in facts.prefixes | facts.name_prefixes or lexicon.counts.get(left, 0):
        apart = max(apart, OPEN_COMPOUND * hyphened)
    # "we ll", "don t" have lost an apostrophe, if anything
    apart = max(apart, general.frequency(f"{left}'{right}"))
    known = lexicon.seen(whole)
    return Weight(joined, hyphened, apart, words, plain=known and not words and joined > SURE * apart)


def _judge(pair: Pair, weight: Weight, prior: float, times: int, lexicon: Lexicon) -> Verdict:
    if weight.words:
        expected = prior * (times + lexicon.counts.get("".join(pair), 0))
        prior *= min(1.0, max(expected / times, REPEATED)) ** (times - 1)
    joined, hyphened, apart = prior * weight.joined, prior * weight.hyphened, (1 - prior) * weight.apart
    rule, best = ("hyphens.close", joined) if joined >= hyphened else ("hyphens.compound", hyphened)
    total = joined + hyphened + apart
    return Verdict(rule, best / apart, round(min(best / total, 0.99), 2), prior, min(joined, hyphened) / total)


def _judge_hyphened(sites: list[Site], lexicon: Lexicon) -> Iterator[tuple[float, Judgement]]:
    """Pairs with a hyphen before the blank: the more likely cut, the more of them plainly are."""
    sites = [site for site in sites if site.right.lower() not in lexicon.facts.suspenders]
    readings = [read(site, lexicon) for site in sites]
    plain = [reading.known and reading.joined + reading.hyphened > SURE * reading.apart for reading in readings]
    for site, reading, sure in zip(sites, readings, plain, strict=True):
        prior = (sum(plain) - sure + HYPHEN_WEIGHT * HYPHEN_PRIOR) / (len(sites) - 1 + HYPHEN_WEIGHT)
        joined, hyphened, apart = prior * reading.joined, prior * reading.hyphened, (1 - prior) * reading.apart
        rule, best = ("hyphens.close", joined) if joined >= hyphened else ("hyphens.compound", hyphened)
        confidence = round(min(best / (joined + hyphened + apart), 0.99), 2)
        if confidence >= FLOOR:
            why = explain(site, lexicon, joined=rule == "hyphens.close")
            other = min(joined, hyphened) / (joined + hyphened + apart)
            yield best / apart, Judgement(site, rule, confidence, why, other=other)


def _disjoint(judged: Iterable[tuple[float, Judgement]]) -> list[Judgement]:
    """Of two that share a half ("the re newed") the one with the better odds, in the order of the text."""
    kept: list[tuple[float, Judgement]] = []
    for odds, judgement in sorted(judged, key=lambda each: each[1].site):
        site = judgement.site
        if kept and site.start - len(site.left) < (before := kept[-1][1].site).end + len(before.right):
            if odds > kept[-1][0]:
                kept[-1] = odds, judgement
        else:
            kept.append((odds, judgement))
    return [judgement for _, judgement in kept]
