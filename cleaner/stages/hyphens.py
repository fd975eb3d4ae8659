"""Line ends that cut a word: hyphens to drop, hyphens to keep, and hyphens that the scan lost.

For each place the readings are laid out (one word, a compound with its hyphen, two words) and ranked by one scorer: the
document's own spelling in mid-line first, then general frequencies, then shape. Where the sign itself was lost, the
prior that a line end cut a word is learned from the document: apart for line ends that leave a trace (a trailing blank)
and for those that leave none, so that a scan's own habit speaks and a clean text is left alone.

The line end is not deleted but moved behind the mended word, so that the lines keep their measure. Words split in
mid-line by a blank are not looked at here, nor is any hyphen that stands inside a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner import text as views
from cleaner.knowledge import Knowledge
from cleaner.language import General, Lexicon
from cleaner.model import Document, Edit, Mark, Proposals, Value
from cleaner.policy import FLOOR
from cleaner.rulebook import Rule

# What the example scan cuts, for the habit to show.
CUTS = (("exam", "ining"), ("commit", "tee"), ("gover", "nor"), ("contin", "ued"), ("remark", "able"), ("propos", "al"))


def scan_example(left: str, sign: str, right: str) -> tuple[str, str]:
    """(raw, clean) of a short scan that leaves a blank at every line end but where a word was cut.

    Its other cut words teach the stage the habit; ``left``, ``sign`` and ``right`` are the word in question.
    """
    known = " ".join([*(a + b for a, b in CUTS), left + sign + right]) + " were words \n"
    cuts = [*((a, "", b) for a, b in CUTS), (left, sign, right)]
    raw = "".join(f"and they saw that {a}\n{b} was what \nthey had come for \n" for a, _, b in cuts)
    clean = "".join(f"and they saw that {a}{sign}{b} \nwas what \nthey had come for \n" for a, sign, b in cuts)
    return known + raw, known + clean


RULES: tuple[Rule, ...] = (
    Rule(
        id="hyphens.drop",
        why="the printer's hyphen at a line end",
        examples=(("the canal revo-\nlution was young\n", "the canal revolution\nwas young\n"),),
        keep=("mid- and long-term plans\n", "he paused \u2014\nand went\n", "a party of P -\nand others\n"),
    ),
    Rule(
        id="hyphens.keep",
        why="the author's hyphen at a line end",
        examples=(
            ("pages 345-\n54 of it\n", "pages 345-54\nof it\n"),
            ("Upper-\nLauren is far\n", "Upper-Lauren\nis far\n"),
        ),
        keep=("one-sided work\n",),
    ),
    Rule(
        id="hyphens.join",
        why="a word cut at a line end whose hyphen the scan lost",
        examples=(scan_example("govern", "", "ment"),),
        keep=("the old mill\nwheel turned and no\none saw\n",),
    ),
    Rule(
        id="hyphens.restore",
        why="a compound cut at its hyphen, which the scan lost",
        examples=(scan_example("bourgeois", "-", "democratic"),),
        keep=("the old mill\nwheel turned and no\none saw\n",),
    ),
)

# Signs that end a cut word. A soft hyphen or a not sign is never the author's.
SIGNS = "-\N{SOFT HYPHEN}\N{NOT SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
PRINTERS = "\N{SOFT HYPHEN}\N{NOT SIGN}"
# A hyphen is sometimes read as one of these; mostly they are what they are.
DASHES = "\N{EM DASH}\N{EN DASH}"
WORD_AT_END = re.compile(rf"[^\W_]+(?:[{views.APOSTROPHES}\-][^\W_]+)*\Z")
LONGEST = 60  # characters of a word that are looked at; longer ones are no words
# What may follow a word up to the next blank ("tion," or "tion.)") moves up with it.
TOKEN = re.compile(r"\S+")
BLANKS = re.compile(r"[ \t]+")
# Lines in these regions are no running text: nothing is lost at their ends.
NOT_RUNNING = ("table", "contents", "index", "verse")

# How often a compound of two known words is written, against its rarer half. Compounds take about one word in a
# hundred thousand occurrences of a part (five, with a part that likes them: a prefix, a first half the document uses).
COMPOUND = 1e-5
COMPOUND_PREFIX = 1e-2
NUMERAL = 1e-1
# One line-end hyphen in a thousand is a dash, and one dash in a thousand is a hyphen: the words must speak against it.
DASH = 0.001
# Of the words that nobody has seen, as many are compounds as of those at line ends in hyphenated books (1-3 %).
UNSEEN_COMPOUND = 0.02
UNSEEN_PREFIX = 0.5
# "Left-dominated" is rare, "Brest-Litovsk" and "anti-Bolshevik" the rule: how a capital bears on the readings.
CAPITAL_THEN_SMALL = 0.1
SMALL_THEN_CAPITAL = 1e-4
# Without evidence one line end in ten thousand has lost its hyphen; the document must show more (weight in line ends).
LOST_PRIOR = 1e-4
PRIOR_WEIGHT = 10
# Odds that count a line end as plainly cut, or as plainly whole, when the prior is learned.
SURE = 1_000
PLAINLY_WHOLE = 0.01
# Two known words that nobody writes as one are weighed only where lines that cut a word are this common.
UNLIKELY = 0.02
# From here on the hyphen goes together with the line end; below, two halves meet at once (wrong where a dash was read as a
# hyphen, one in fifty in hyphenated books) and the hyphen is left to a person unless it is likely enough by itself.
SURE_DROP = 0.95
KEEP = 0.97
# A scan has the habit when so many cut lines without the trace were seen, most such lines cut a word, and others do not.
HABIT_COUNT = 5
HABIT_CUT = 0.5
HABIT_WHOLE = 0.02


class Reading(NamedTuple):
    """The probabilities of the readings of one place as words of this document."""

    joined: float
    hyphened: float
    apart: float
    known: bool  # the joined word, or the compound, is one that document or language has seen


class Site(NamedTuple):
    """A line end that may cut a word: ``text[start:end]`` is all that stands between the halves.

    ``sign`` is the hyphen, empty where none is seen; ``trace`` tells whether a blank stands before the line end.
    """

    start: int
    end: int
    left: str
    right: str
    sign: str
    trace: bool


class Judgement(NamedTuple):
    """What to do at a site: a rule (empty: leave it), the probability that this is right, and why."""

    site: Site
    rule: str
    confidence: float
    why: str


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Mended words with their line end behind them; a ``habit`` mark where the scan shows cut words by a trace."""
    text = doc.text
    visible, plain = sites(text)
    if not visible and not plain:
        return Proposals()
    lexicon = Lexicon(_general(doc, knowledge), _mid_line(text, visible, plain))
    judged = [_judge(site, lexicon) for site in visible if site.sign not in DASHES]
    judged.extend(_dashes([site for site in visible if site.sign in DASHES], lexicon))
    cut, habit = _lost(_running(plain, doc), lexicon)
    judged.extend(cut)
    # Where lines end in a blank, the mended line shall end like any other: the line end goes behind the blank.
    traced = 2 * sum(site.trace for site in plain) > len(plain)
    edits: list[Edit] = []
    for group, judgement in enumerate(sorted(judged), 1):
        if judgement.rule:
            edits.extend(_mended(text, judgement, group, traced=traced))
    return Proposals(edits, [Mark(0, len(text), "habit", habit)] if habit else [])


def sites(text: str) -> tuple[list[Site], list[Site]]:
    """Line ends between two words, in the order of the text: (with a visible hyphen, without).

    A dash that stands apart ("organisations -") is no hyphen. Behind a visible hyphen one blank line is passed over: some
    scans have one after every line.

    >>> visible, plain = sites("revolu-\\ntion was \\nyoung\\n")
    >>> [(s.left, s.sign, s.right, s.trace) for s in visible + plain]
    [('revolu', '-', 'tion', False), ('was', '', 'young', True)]
    """
    table = views.Lines(text)
    lines = table.strings()
    starts = table.starts
    visible: list[Site] = []
    plain: list[Site] = []
    for k in range(len(lines) - 1):
        line = lines[k]
        body = line.rstrip(" \t")
        if not body:
            continue
        last = body[-1]
        sign = last if last in SIGNS or last in DASHES else ""
        if not sign and not last.isalpha():
            continue
        below = k + 1
        if sign and not lines[below].strip() and below + 1 < len(lines):
            below += 1
        follows = lines[below].lstrip(" \t")
        if not follows or not follows[0].isalnum() or (not sign and follows[0].isdigit()):
            continue
        left = _last_word(body[:-1] if sign else body)
        if not left:
            continue
        start = starts[k] + len(body) - len(sign)
        end = starts[below] + len(lines[below]) - len(follows)
        site = Site(start, end, left, _first_word(follows), sign, len(body) < len(line))
        (visible if sign else plain).append(site)
    return visible, plain


def _last_word(line: str) -> str:
    parts = line.rsplit(None, 1)
    if not parts or line[-1] in " \t":
        return ""
    token = parts[-1]
    if token.isalnum():
        return token
    match = WORD_AT_END.search(token[-LONGEST:])
    return match.group() if match else ""


def _first_word(line: str) -> str:
    token = line.split(None, 1)[0]
    if token.isalnum():
        return token
    match = views.WORD.match(token[:LONGEST])
    return match.group() if match else ""


def _running(plain: Iterable[Site], doc: Document) -> list[Site]:
    regions = [(mark.start, mark.end) for mark in doc.marked(*NOT_RUNNING)]
    if not regions:
        return list(plain)
    ends = [end for _, end in regions]
    running = []
    for site in plain:
        k = bisect_right(ends, site.start)
        if k == len(regions) or site.start < regions[k][0]:
            running.append(site)
    return running


def _general(doc: Document, knowledge: Knowledge) -> General:
    codes = [str(mark.value.get("code", "")) for mark in doc.marked("language")]
    code = codes[0] if codes else knowledge.lang if knowledge.lang != "auto" else ""
    return knowledge.general(code)


def _mid_line(text: str, *at_line_ends: Iterable[Site]) -> Counter[str]:
    """Counts of the document's words, without those that a line end may have cut."""
    counts = Counter(views.WORD.findall(text.lower()))
    counts.subtract(word.lower() for sites in at_line_ends for site in sites for word in (site.left, site.right))
    return +counts


def _read(site: Site, lexicon: Lexicon) -> Reading:
    """Weigh the readings of a site. Parts of longer compounds ("anarcho-syndi", "calist") are weighed where they meet."""
    left, right = site.left.rsplit("-", 1)[-1], site.right.split("-", 1)[0]
    whole, compound = site.left + site.right, f"{site.left}-{site.right}"
    in_text = lexicon.counted(whole) if whole != left + right else 0.0
    joined = lexicon.probability(left + right) + in_text
    rate, share = _compounding(left, right, lexicon, hyphenated=bool(site.sign) and "-" in site.left + site.right)
    hyphened = lexicon.counted(compound) + rate * min(lexicon.known(left), lexicon.known(right))
    hyphened += share * lexicon.unseen(len(left) + len(right))
    if right[0].isupper() and not (left.isupper() and len(left) > 1):
        joined *= SMALL_THEN_CAPITAL
    elif left[0].isupper():
        hyphened *= CAPITAL_THEN_SMALL
    apart = lexicon.probability(left) * lexicon.probability(right)
    return Reading(joined, hyphened, apart, known=in_text > 0 or lexicon.seen(left + right))


def _compounding(left: str, right: str, lexicon: Lexicon, *, hyphenated: bool) -> tuple[float, float]:
    """(how often two known parts are written with a hyphen, against the rarer; the share of unseen words with one).

    ``hyphenated`` tells that the word has other parts that are.
    """
    left = left.lower()
    facts = lexicon.facts
    if left in facts.tens and right.lower() in facts.units:
        return NUMERAL, UNSEEN_PREFIX
    if hyphenated or left in facts.prefixes or lexicon.heads.get(left, 0) > 1:
        return COMPOUND_PREFIX, UNSEEN_PREFIX
    return COMPOUND, UNSEEN_COMPOUND


def _judge(site: Site, lexicon: Lexicon) -> Judgement:
    """A visible hyphen: the printer's, the author's, or none at all (a dash, or a word whose other half is not here)."""
    left, right = site.left[-1], site.right[0]
    if site.sign not in PRINTERS and site.right.lower() in lexicon.facts.suspenders:
        return Judgement(site, "", 0.0, "")
    if left.isdigit() or right.isdigit():
        return _judge_figures(site)
    if (
        site.sign not in DASHES
        and right.isupper()
        and not site.left[-2:].isupper()
        and not lexicon.counted(site.left + site.right)
    ):
        return _judge_capital(site, lexicon)
    reading = _read(site, lexicon)
    hyphened = reading.hyphened * (COMPOUND_PREFIX if site.sign in PRINTERS else 1)
    total = reading.joined + hyphened + (0.0 if site.sign in PRINTERS else DASH * reading.apart)
    if reading.joined >= FLOOR * total:
        rule, share = "hyphens.drop", reading.joined / total
    else:
        rule, share = "hyphens.keep", hyphened / total
    if share < FLOOR:
        return Judgement(site, "", 0.0, "")
    return Judgement(site, rule, round(min(share, 0.99), 2), _why(site, lexicon))


def _judge_figures(site: Site) -> Judgement:
    if site.sign in PRINTERS:
        return Judgement(site, "hyphens.drop", 0.9, "a sign that only printers set")
    if site.left[-1].isdigit():
        return Judgement(site, "hyphens.keep", 0.97, "a hyphen after a figure")
    # "T-34", "U-2"; but "ser-" before a figure is a word whose other half is elsewhere
    return Judgement(site, "hyphens.keep", 0.95 if site.left.isupper() else 0.6, "a hyphen before a figure")


def _dashes(dashes: list[Site], lexicon: Lexicon) -> Iterator[Judgement]:
    """Dashes that cut a word: a hyphen misread, the more likely the more of this document's dashes plainly do so."""
    sites = [site for site in dashes if site.left[-1].isalpha() and site.right[0].islower()]
    readings = [_read(site, lexicon) for site in sites]
    learned = _Prior(DASH)
    for reading in readings:
        learned.learn(reading)
    for site, reading in zip(sites, readings, strict=True):
        prior = learned.without(reading)
        share = prior * reading.joined / (prior * reading.joined + (1 - prior) * reading.apart)
        if share >= FLOOR:
            yield Judgement(site, "hyphens.drop", round(min(share, 0.97), 2), _why(site, lexicon))


def _judge_capital(site: Site, lexicon: Lexicon) -> Judgement:
    """A capital after a hyphen is the author's, or the line goes on elsewhere."""
    compound = f"{site.left}-{site.right}"
    if lexicon.counted(compound):
        confidence, why = 0.98, _why(site, lexicon)
    elif site.left.rsplit("-", 1)[-1].lower() in lexicon.facts.name_prefixes:
        confidence, why = 0.95, "a prefix before a name"
    elif site.left[0].isupper() and not lexicon.facts.capital_nouns:
        confidence, why = 0.93, "a hyphen between two names"
    else:
        confidence, why = 0.6, "a capital after a hyphen: a compound, a dash, or the rest of the word is not here"
    return Judgement(site, "hyphens.keep", confidence, why)


def _why(site: Site, lexicon: Lexicon) -> str:
    whole, compound = (site.left + site.right), f"{site.left}-{site.right}"
    counts = lexicon.counts
    joined, hyphened = counts.get(whole.lower(), 0), counts.get(compound.lower(), 0)
    if joined or hyphened:
        return f"mid-line: {joined} x {whole}, {hyphened} x {compound}"
    return f"{whole}: {'a known word' if lexicon.seen(whole) else 'not seen elsewhere'}"


def _lost(plain: list[Site], lexicon: Lexicon) -> tuple[list[Judgement], dict[str, Value]]:
    """Line ends whose hyphen was lost, and the scan's habit if it has one.

    The prior of each class of line ends (with and without a trailing blank) is the share of those that plainly cut a
    word, each place judged by the others of its class.
    """
    readings = [_quick(site, lexicon) for site in plain]
    learned = {trace: _Prior(LOST_PRIOR) for trace in (False, True)}
    for site, reading in zip(plain, readings, strict=True):
        learned[site.trace].learn(reading)
    judged = []
    for site, quick in zip(plain, readings, strict=True):
        prior = learned[site.trace].without(quick)
        if quick is None and prior < UNLIKELY:
            continue
        judgement = _judge_lost(site, quick or _read(site, lexicon), prior, lexicon)
        if judgement.rule:
            judged.append(judgement)
    bare, traced = learned[False], learned[True]
    mostly_cut = bare.cut >= HABIT_COUNT and bare.cut > HABIT_CUT * (bare.cut + bare.whole)
    if mostly_cut and traced.whole > bare.whole and traced.share < HABIT_WHOLE:
        return judged, {"trace": "blank", "cut": bare.cut, "of": bare.cut + bare.whole}
    return judged, {}


def _quick(site: Site, lexicon: Lexicon) -> Reading | None:
    """Weigh a site, or None for the ordinary case, nine in ten: two known words whose fusion nobody knows."""
    left, right = site.left.lower(), site.right.lower()
    if (
        lexicon.seen(left)
        and lexicon.seen(right)
        and not lexicon.seen(left + right)
        and f"{left}-{right}" not in lexicon.counts
    ):
        return None
    return _read(site, lexicon)


class _Prior:
    """The share of one class of line ends that cut a word, learned from those that leave no doubt."""

    def __init__(self, before: float) -> None:
        self._before = before
        self.cut = 0
        self.whole = 0

    def learn(self, reading: Reading | None) -> None:
        kind = _plain_kind(reading)
        self.cut += kind > 0
        self.whole += kind < 0

    @property
    def share(self) -> float:
        return (self.cut + PRIOR_WEIGHT * self._before) / (self.cut + self.whole + PRIOR_WEIGHT)

    def without(self, reading: Reading | None) -> float:
        """The share as the other places show it."""
        kind = _plain_kind(reading)
        cut, whole = self.cut - (kind > 0), self.whole - (kind < 0)
        return (cut + PRIOR_WEIGHT * self._before) / (cut + whole + PRIOR_WEIGHT)


def _plain_kind(reading: Reading | None) -> int:
    """1 for a place that plainly cuts a word, -1 for one that plainly does not, 0 for all others."""
    if reading is None:
        return -1
    odds = (reading.joined + reading.hyphened) / reading.apart
    return 1 if reading.known and odds > SURE else -1 if odds < PLAINLY_WHOLE else 0


def _judge_lost(site: Site, reading: Reading, prior: float, lexicon: Lexicon) -> Judgement:
    joined, hyphened, apart = prior * reading.joined, prior * reading.hyphened, (1 - prior) * reading.apart
    rule, best = ("hyphens.join", joined) if joined >= hyphened else ("hyphens.restore", hyphened)
    confidence = round(min(best / (joined + hyphened + apart), 0.99), 2)
    if confidence < FLOOR:
        return Judgement(site, "", 0.0, "")
    blank = "a" if site.trace else "no"
    why = f"{_why(site, lexicon)}; {100 * prior:.2g} % of the lines with {blank} trailing blank cut a word"
    return Judgement(site, rule, confidence, why)


def _mended(text: str, judgement: Judgement, group: int, *, traced: bool) -> Iterator[Edit]:
    """The edits of one mended word: what stood between the halves, and the line end, now behind the word."""
    site, rule, confidence, why = judgement
    start = site.start
    after = ""
    if rule == "hyphens.drop" and confidence < SURE_DROP and site.sign not in PRINTERS + DASHES:
        # The halves belong together either way; only whether the hyphen goes is in doubt, and is proposed alone.
        yield Edit(start, start + 1, site.sign, "", rule, confidence, why)
        rule, confidence = "hyphens.keep", KEEP
    if rule == "hyphens.keep":
        if site.sign in PRINTERS:
            after = "-"
        else:
            start += 1
    elif rule == "hyphens.restore":
        after = "-"
    between = text[start : site.end]
    token = TOKEN.match(text, site.end)
    blank = BLANKS.match(text, token.end()) if token else None
    line_ends = "\n" * between.count("\n")
    moves = blank is not None and blank.end() < len(text) and text[blank.end()] != "\n"
    yield Edit(start, site.end, between, after, rule, confidence, why, group if moves else None)
    if not moves or blank is None:
        return
    if traced:
        yield Edit(blank.end(), blank.end(), "", line_ends, rule, confidence, why, group)
    else:
        yield Edit(blank.start(), blank.end(), blank.group(), line_ends, rule, confidence, why, group)
