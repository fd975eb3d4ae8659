"""Lost hyphens: line ends that cut a word and show no sign of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from cleaner.language import Lexicon
from cleaner.model import Value
from cleaner.policy import FLOOR
from cleaner.stages.hyphens.reading import (
    PRIOR_WEIGHT,
    Judgement,
    Prior,
    Reading,
    explain,
    free_compound,
    plain_kind,
    read,
)
from cleaner.stages.hyphens.sites import Site

# Without evidence one line end in ten thousand has lost its hyphen; the document must show more (weight in line ends).
LOST_PRIOR = 1e-4
# A scan without any hyphen at a line end, seen or lost, loses one in a thousand.
LOST_SIGN = 1e-3
# Two known words that nobody writes as one are weighed only where lines that cut a word are this common.
UNLIKELY = 0.02
# A scan has the habit when so many cut lines without the trace were seen, most such lines cut a word, and others do not.
HABIT_COUNT = 5
HABIT_CUT = 0.5
HABIT_WHOLE = 0.02
HABIT_WEIGHT = 1  # line ends that may lack the trace for another reason, where hundreds have it


def judge_lost(
    plain: list[Site], lexicon: Lexicon, text: str, visible: int
) -> tuple[list[Judgement], dict[str, Value]]:
    """Line ends whose hyphen was lost, and the scan's habit if it has one.

    The prior of each class of line ends (with and without a trailing blank) is the share of those that plainly cut a
    word, each place judged by the others of its class. A compound is no rarer at a line end than two words are, since
    lines break behind its hyphen as gladly as at a blank; what is asked there is whether this scan loses hyphens:
    ``visible`` is the number of those that it kept. ``text`` is that of the document.
    """
    halves = [(site.left, site.right) for site in plain]
    one_each = dict(zip(halves, plain, strict=True))
    weighed = {pair: _quick(site, lexicon) for pair, site in one_each.items()}
    readings = [weighed[pair] for pair in halves]
    kinds = list(map(plain_kind, readings))
    learned = {trace: Prior(LOST_PRIOR) for trace in (False, True)}
    for (trace, kind), count in Counter(zip((site.trace for site in plain), kinds, strict=True)).items():
        learned[trace].learn(kind, count)
    if _has_habit(learned):
        # Nearly every line of this kind cuts a word: what two words are there is more likely a compound than chance.
        learned[False] = Prior(LOST_PRIOR, HABIT_WEIGHT)
        for k, (site, quick) in enumerate(zip(plain, readings, strict=True)):
            if not site.trace:
                readings[k] = free_compound(quick or read(site, lexicon), site, lexicon)
                kinds[k] = plain_kind(readings[k])
                learned[False].learn(kinds[k])
    cut, whole = (sum(getattr(prior, name) for prior in learned.values()) for name in ("cut", "whole"))
    lost = (cut + PRIOR_WEIGHT * LOST_SIGN) / (cut + visible + PRIOR_WEIGHT)
    breaks = lost * (whole + 1) / (cut + PRIOR_WEIGHT * LOST_PRIOR)
    priors = {(trace, kind): prior.without(kind) for trace, prior in learned.items() for kind in (-1, 0, 1)}
    judged = []
    for site, quick, kind in zip(plain, readings, kinds, strict=True):
        prior = priors[site.trace, kind]
        if quick is None and prior < UNLIKELY:
            continue
        judgement = _judge(site, quick or read(site, lexicon), prior, breaks, lexicon, text)
        if judgement.rule:
            judged.append(judgement)
    if _has_habit(learned):
        bare = learned[False]
        return judged, {"trace": "blank", "cut": bare.cut, "of": bare.cut + bare.whole}
    return judged, {}


def _has_habit(learned: Mapping[bool, Prior]) -> bool:
    bare, traced = learned[False], learned[True]
    mostly_cut = bare.cut >= HABIT_COUNT and bare.cut > HABIT_CUT * (bare.cut + bare.whole)
    return mostly_cut and traced.whole > bare.whole and traced.share < HABIT_WHOLE


def _quick(site: Site, lexicon: Lexicon) -> Reading | None:
    """Weigh a site, or None for the ordinary case, nine in ten: two known words whose fusion nobody knows."""
    if lexicon.plainly_apart(site.left.lower(), site.right.lower()):
        return None
    return read(site, lexicon)


def _judge(site: Site, reading: Reading, prior: float, breaks: float, lexicon: Lexicon, text: str) -> Judgement:
    joined, hyphened, apart = prior * reading.joined, prior * breaks * reading.hyphened, (1 - prior) * reading.apart
    rule, best = ("hyphens.join", joined) if joined >= hyphened else ("hyphens.restore", hyphened)
    if best > apart and all(map(lexicon.language.is_word, (site.left, site.right))):
        # how often this document writes the two apart in mid-line: "any thing"
        apart = max(apart, (1 - prior) * lexicon.share(text.count(f" {site.left} {site.right}")))
    confidence = round(min(best / (joined + hyphened + apart), 0.99), 2)
    if confidence < FLOOR:
        return Judgement(site, "", 0.0, "")
    blank = "a" if site.trace else "no"
    why = explain(site, lexicon, joined=rule == "hyphens.join")
    why += f"; {100 * prior:.2g} % of the lines with {blank} trailing blank cut a word"
    other = min(joined, hyphened) / (joined + hyphened + apart)
    return Judgement(site, rule, confidence, why, other=other)
