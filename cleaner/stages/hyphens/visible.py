"""Visible hyphens, and signs that may be misread ones: the printer's, the author's, or no hyphen at all."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.language import RARE, Lexicon
from cleaner.policy import FLOOR, THRESHOLD
from cleaner.stages.hyphens.divided import division
from cleaner.stages.hyphens.reading import COMPOUND_PREFIX, Judgement, Prior, explain, plain_kind, read
from cleaner.stages.hyphens.sites import PRINTERS, SOFT_HYPHEN, Site
from cleaner.text import APOSTROPHES

# One line-end hyphen in a thousand is a dash, and one dash, or full stop before a small letter, in a thousand is a hyphen:
# the words must speak against it.
DASH = 0.001


def judge_hyphen(site: Site, lexicon: Lexicon) -> Judgement:
    """A visible hyphen: the printer's, the author's, or none at all (a dash, or a word whose other half is not here)."""
    left, right = site.left[-1], site.right[0]
    whole = (site.left + site.right).lower()
    suspended = site.right.lower() in lexicon.facts.suspenders and lexicon.general(whole) < RARE  # but "in-", "to"
    if site.sign not in PRINTERS and suspended:
        return Judgement(site, "", 0.0, "")
    if left in APOSTROPHES or right in APOSTROPHES:
        known = lexicon.counted(site.left + site.right)
        return (
            Judgement(site, "hyphens.drop", 0.98, explain(site, lexicon, joined=True))
            if known
            else Judgement(site, "", 0.0, "")
        )
    if left.isdigit() or right.isdigit():
        return _judge_figures(site)
    if right.isupper() and not site.left[-2:].isupper() and not lexicon.counted(site.left + site.right):
        return _judge_capital(site, lexicon)
    reading = read(site, lexicon)
    hyphened = reading.hyphened * (COMPOUND_PREFIX if site.sign == SOFT_HYPHEN else 1)
    total = reading.joined + hyphened + (0.0 if site.sign in PRINTERS else DASH * reading.apart)
    joined, together = reading.joined / total, (reading.joined + hyphened) / total
    otherwise = division(site, lexicon)
    if otherwise:
        letter, share, other, why = otherwise
        if sure(max(share, together)) < THRESHOLD or share >= THRESHOLD:
            return Judgement(site, "hyphens.drop", sure(share), why, other=other, letter=letter)
        return Judgement(site, "hyphens.keep", sure(max(share, together)), why, sure(share), other, letter)
    if joined >= (FLOOR if site.sign == SOFT_HYPHEN else THRESHOLD):
        return Judgement(
            site, "hyphens.drop", sure(joined), explain(site, lexicon, joined=True), other=hyphened / total
        )
    if together < FLOOR:
        return Judgement(site, "", 0.0, "")
    if site.sign not in PRINTERS and sure(together) < THRESHOLD and joined >= FLOOR:
        # Nothing will be done: whoever decides is asked once, for all readings of the place.
        drop, shares = joined >= hyphened / total, sorted((joined, hyphened / total))
        rule = "hyphens.drop" if drop else "hyphens.keep"
        return Judgement(site, rule, sure(shares[1]), explain(site, lexicon, joined=drop), other=shares[0])
    # The halves belong together, with or without the hyphen: the line end goes, and what is in doubt is only the hyphen.
    doubt = sure(joined) if joined >= FLOOR and site.sign not in PRINTERS else 0.0
    return Judgement(site, "hyphens.keep", sure(together), explain(site, lexicon, joined=False), doubt)


def sure(share: float) -> float:
    """A probability as a confidence: nothing is certain, and nobody can weigh the third decimal."""
    return round(min(share, 0.99), 2)


def _judge_figures(site: Site) -> Judgement:
    if site.sign in PRINTERS:
        return Judgement(site, "hyphens.drop", 0.9, "a sign that only printers set")
    if site.left[-1].isdigit():
        return Judgement(site, "hyphens.keep", 0.97, "a hyphen after a figure")
    # "T-34", "U-2"; but "ser-" before a figure is a word whose other half is elsewhere
    return Judgement(site, "hyphens.keep", 0.95 if site.left.isupper() else 0.6, "a hyphen before a figure")


def _judge_capital(site: Site, lexicon: Lexicon) -> Judgement:
    """A capital after a hyphen is the author's, or the line goes on elsewhere."""
    compound = f"{site.left}-{site.right}"
    if lexicon.counted(compound):
        confidence, why = 0.98, explain(site, lexicon, joined=False)
    elif site.left.rsplit("-", 1)[-1].lower() in lexicon.facts.name_prefixes:
        confidence, why = 0.95, "a prefix before a name"
    elif site.left[0].isupper() and not lexicon.facts.capital_nouns:
        confidence, why = 0.93, "a hyphen between two names"
    else:
        confidence, why = 0.6, "a capital after a hyphen: a compound, a dash, or the rest of the word is not here"
    return Judgement(site, "hyphens.keep", confidence, why)


def judge_misread(misread: list[Site], lexicon: Lexicon) -> Iterator[Judgement]:
    """Dashes, full stops and colons that cut a word: a hyphen misread, the likelier the more of that sign plainly do so."""
    sites = [site for site in misread if site.left[-1].isalpha() and site.right[0].islower()]
    readings = [read(site, lexicon) for site in sites]
    learned = {site.sign: Prior(DASH) for site in sites}
    for site, reading in zip(sites, readings, strict=True):
        learned[site.sign].learn(plain_kind(reading))
    for site, reading in zip(sites, readings, strict=True):
        prior = learned[site.sign].without(plain_kind(reading))
        share = prior * reading.joined / (prior * reading.joined + (1 - prior) * reading.apart)
        if share >= FLOOR:
            yield Judgement(site, "hyphens.drop", round(min(share, 0.97), 2), explain(site, lexicon, joined=True))
