"""Line ends that cut a word: hyphens to drop, hyphens to keep, and hyphens that the scan lost.

For each place the readings are laid out (one word, a compound with its hyphen, two words) and ranked by one scorer: the
document's own spelling in mid-line first, then general frequencies, then shape. Where the sign itself was lost, the
prior that a line end cut a word is learned from the document: apart for line ends that leave a trace (a trailing blank)
and for those that leave none, so that a scan's own habit speaks and a clean text is left alone.

The line end is not deleted but moved behind the mended word with the indent behind it, so that the lines keep their
measure and the rest of a hanging line does not stand as an entry of its own. Words that a blank splits in mid-line
(``spaced``) are judged last, by what the line ends have taught; a hyphen without a blank behind it that stands inside
a line is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from cleaner import text as views
from cleaner.candidates import ranked
from cleaner.knowledge import Knowledge
from cleaner.language import Lexicon
from cleaner.model import Candidate, Document, Edit, Mark, Proposals
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.hyphens.lost import judge_lost
from cleaner.stages.hyphens.pairs import Pairs, across_blank_lines
from cleaner.stages.hyphens.reading import Judgement
from cleaner.stages.hyphens.sites import DASHES, LONGEST, MISREAD, PRINTERS, SIGNS, Site, sites
from cleaner.stages.hyphens.spaced import judge_spaced
from cleaner.stages.hyphens.visible import judge_hyphen, judge_misread

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
        id="hyphens.close",
        why="a word that a blank cuts in mid-line, or blank lines at the end of a page",
        examples=(
            ("the govern ment met\n", "the government met\n"),
            ("the govern- ment met\n", "the government met\n"),
        ),
        keep=("he may be in to day some times\n", "mid- and long-term plans\n", "De Witt had a part in it\n"),
    ),
    Rule(
        id="hyphens.compound",
        why="a compound in mid-line whose hyphen was lost, or has a blank behind it",
        examples=(("a self- evident one\n", "a self-evident one\n"),),
        keep=("a well equipped and all powerful army\n",),
    ),
    Rule(
        id="hyphens.restore",
        why="a compound cut at its hyphen, which the scan lost",
        examples=(scan_example("bourgeois", "-", "democratic"),),
        keep=("the old mill\nwheel turned and no\none saw\n",),
    ),
)

# What may follow a word up to the next blank ("tion," or "tion.)") moves up with it; what ends in a hyphen or a dash takes
# the next with it, since a line end behind it would look as if it cut a word.
TOKEN = re.compile(rf"(?:\S*[{SIGNS}{DASHES}][ \t]+)*\S+")
BLANKS = re.compile(r"[ \t]+")
ROUNDS = 3  # in which what is sure teaches what is not: the second seldom adds anything
# Lines in these regions are no running text: nothing is lost at their ends.
NOT_RUNNING = ("table", "contents", "index", "verse", "code", "foreign", "lines")


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Mended words with their line end behind them; a ``habit`` mark where the scan shows cut words by a trace."""
    text = doc.text
    visible, plain = (_readable(_apart(found, doc), doc) for found in sites(text))
    language = knowledge.general(knowledge.language_of(doc))
    pairs = Pairs(text, language.vouched) if language.compounds.size else None
    if not (visible or plain or pairs):
        return Proposals()
    words = pairs.words() if pairs else views.count_words(text.lower())
    lexicon = knowledge.lexicon(doc, _mid_line(words, visible, plain))
    judged, mended = _judged_hyphens([site for site in visible if site.sign not in MISREAD], lexicon)
    judged.extend(judge_misread(_whole(mended, [site for site in visible if site.sign in MISREAD]), lexicon))
    running = _running(plain, doc)
    cut, habit = judge_lost(_whole(mended, running), lexicon, text, len(mended))
    judged.extend(cut)
    judged = [judgement for judgement in _taught(judged, plain, lexicon) if judgement.rule]
    marks = [Mark(0, len(text), "habit", habit)] if habit else []
    spaced = []
    if pairs:
        # What a later stage joins is then a pair in mid-line: weighed as one now, so that a second run has nothing to add.
        open_ends = [*_running(_apart(across_blank_lines(text), doc), doc), *running]
        unshared = _unshared(judged, judge_spaced(text, pairs, _settled(words, judged), lexicon, open_ends))
        readable = set(_readable([judgement.site for judgement in unshared], doc))
        spaced = [judgement for judgement in unshared if judgement.site in readable]
    # A surer judgement of the same line end stands instead of the one before.
    at_ends = {judgement.site: judgement for judgement in judged}
    for judgement in spaced:
        if "\n" in text[slice(*judgement.site[:2])]:
            at_ends[judgement.site] = max(judgement, at_ends.get(judgement.site, judgement), key=lambda j: j.confidence)
    # Where lines end in a blank, the mended line shall end like any other: the line end goes behind the blank.
    traced = 2 * sum(site.trace for site in plain) > len(plain)
    edits: list[Edit] = []
    for group, judgement in enumerate(sorted(at_ends.values()), 1):
        edits.extend(_mended(text, judgement, group, traced=traced))
    taken = {place for edit in edits for place in (edit.start, edit.end)}
    in_line = [judgement for judgement in spaced if judgement.site not in at_ends]
    closing = set(_running([judgement.site for judgement in in_line if taken.isdisjoint(judgement.site[:2])], doc))
    edits.extend(_closed(text, judgement) for judgement in in_line if judgement.site in closing)
    return Proposals(edits, marks)


def _closed(text: str, judgement: Judgement) -> Edit:
    """The edit of a word that a blank cut: what stands between the halves goes, but for a compound's hyphen."""
    site, rule, confidence, why, *_ = judgement
    start, after = site.start, ""
    if rule == "hyphens.compound":
        if site.sign and site.sign not in PRINTERS:
            start += 1
        else:
            after = "-"
    before = text[start : site.end]
    candidates = _candidates(judgement, start, before, after)
    return Edit(start, site.end, before, after, rule, confidence, why, candidates=candidates)


def _candidates(judgement: Judgement, start: int, before: str, after: str) -> tuple[Candidate, ...]:
    """The readings of what stands between two halves; a hyphen that stays is no part of it."""
    if start > judgement.site.start or not judgement.other:
        return ()
    other = before[0] if judgement.letter is not None else "" if after else "-"
    return ranked(before, after, judgement.confidence, [(other, judgement.other)])


def _settled(words: Mapping[str, int], judged: Iterable[Judgement]) -> Counter[str]:
    """The document's words as they will stand once the line ends are mended."""
    settled = [judgement for judgement in judged if judgement.settled]
    counts = Counter(words)
    counts.update([judgement.word for judgement in settled])
    return views.without(counts, _halves(judgement.site for judgement in settled))


def _unshared(judged: Iterable[Judgement], others: Iterable[Judgement]) -> list[Judgement]:
    """Those of others that share no half of a word with what was judged."""
    ends = {judgement.site.end for judgement in judged}
    starts = {judgement.site.start for judgement in judged}
    return [
        other
        for other in others
        if other.site.start - len(other.site.left) not in ends and other.site.end + len(other.site.right) not in starts
    ]


def _judged_hyphens(sites: Iterable[Site], lexicon: Lexicon) -> tuple[list[Judgement], dict[int, str]]:
    """Judge visible hyphens in order; and where a second half begins, what it is mended to, up to there."""
    judged: list[Judgement] = []
    mended: dict[int, str] = {}
    before: dict[
        tuple[str, str, str], Judgement
    ] = {}  # the same halves return, and where they stand makes no difference
    for given in sites:
        for site in _whole(mended, [given]):
            halves = site.left, site.right, site.sign
            if halves not in before:
                before[halves] = judge_hyphen(site, lexicon)
            judgement = before[halves]._replace(site=site)
            judged.append(judgement)
            if judgement.confidence >= THRESHOLD:
                mended[site.end] = judgement.left
    return judged, mended


def _whole(mended: Mapping[int, str], sites: Iterable[Site]) -> list[Site]:
    """The sites as they stand once the hyphens before them are mended: a line of one piece is the middle of a word.

    Judged by that piece alone a place might be left that a second run, which sees the word, would mend.
    """
    whole = []
    for site in sites:
        before = mended.get(site.start - len(site.left))
        if before is None:
            whole.append(site)
        elif len(before) + len(site.left) <= LONGEST:
            whole.append(site._replace(left=before + site.left))
    return whole


def _apart(found: Iterable[Site], doc: Document) -> list[Site]:
    """Without the line ends beside a line of furniture that stays: the other half of the word is not there."""
    kept = doc.marked("furniture")
    if not kept:
        return list(found)
    ends = [mark.end for mark in kept]
    beside = ((site, bisect_left(ends, site.start)) for site in found)
    return [site for site, k in beside if k == len(kept) or site.end < kept[k].start]


def _running(plain: Iterable[Site], doc: Document) -> list[Site]:
    held = views.inside(doc.spans(*NOT_RUNNING))
    return [site for site in plain if not held(site.start)]


def _readable(found: Iterable[Site], doc: Document) -> list[Site]:
    """Without the places beside or in lines that are no language, and line ends where columns are interleaved and kept so."""
    garbage = views.inside(doc.spans("garbage"))
    readable = [site for site in found if not (garbage(site.start - 1) or garbage(site.end))]
    kept = {(mark.start, mark.end) for mark in doc.marked("lines")}
    mixed = [span for mark in doc.marked("columns") if (span := (mark.start, mark.end)) in kept]
    if not mixed:
        return readable
    columns = views.inside(mixed)
    return [
        site
        for site in readable
        if not (columns(site.start - 1) and columns(site.end) and "\n" in doc.text[site.start : site.end])
    ]


def _mid_line(words: Mapping[str, int], *at_line_ends: Iterable[Site]) -> Counter[str]:
    """Counts of the document's words, without those that a line end may have cut."""
    return views.without(words, _halves(chain(*at_line_ends)))


def _halves(sites: Iterable[Site]) -> Counter[str]:
    return Counter([half.lower() for site in sites for half in (site.left, site.right)])


def _taught(judged: list[Judgement], plain: Iterable[Site], lexicon: Lexicon) -> list[Judgement]:
    """Visible hyphens that were left open, judged again by what the sure ones and the whole words at line ends teach.

    So a second run, which finds all of these in mid-line, has nothing to add.
    """
    still = [
        k for k, judgement in enumerate(judged) if judgement.site.sign not in ("", *MISREAD) and not judgement.settled
    ]
    if not still:
        return judged
    asked = {form.lower() for k in still for form in judged[k].site.forms}
    cut = {judgement.site for judgement in judged if judgement.settled and not judgement.site.sign}
    whole = Counter(
        word for site in plain for word in (site.left.lower(), site.right.lower()) if word in asked and site not in cut
    )
    for _ in range(ROUNDS):
        sure = Counter(judgement.word for judgement in judged if judgement.settled and judgement.word in asked)
        taught = lexicon.taught(whole + sure)
        for k in still:
            judged[k] = judge_hyphen(judged[k].site, taught)
        left = [k for k in still if not judged[k].settled]
        if not left or len(left) == len(still):
            break
        still = left
    return judged


def _mended(text: str, judgement: Judgement, group: int, *, traced: bool) -> Iterator[Edit]:
    """The edits of one mended word: what stood between the halves, and the line end, now behind the word."""
    site, rule, confidence, why, doubt, _, letter = judgement
    start = site.start
    after = ""
    first = start if letter is None else start - 1
    if letter is not None and text[first] != site.left[-1]:  # an editor's bracket
        return
    if doubt:
        last = site.end if site.sign in PRINTERS else start + 1  # else it would take the hyphen away from the line end
        yield Edit(first, last, text[first:last], letter or "", "hyphens.drop", doubt, why)
    if rule == "hyphens.keep":
        if site.sign in PRINTERS:
            after = "-"
        elif judgement.other and not doubt:  # held, as one of several readings
            after = site.sign
        else:
            start += 1
    elif rule == "hyphens.restore":
        after = "-"
    elif letter is not None:
        start, after = first, letter
    between = text[start : site.end]
    token = TOKEN.match(text, site.end)
    blank = BLANKS.match(text, token.end()) if token else None
    before, line_end, indent = between.rpartition("\n")
    line_ends = "\n" * before.count("\n") + line_end + (indent if line_end else "")  # a hanging line keeps its indent
    moves = blank is not None and blank.end() < len(text) and text[blank.end()] != "\n"
    shared, candidates = group if moves else None, _candidates(judgement, start, between, after)
    yield Edit(start, site.end, between, after, rule, confidence, why, shared, candidates=candidates)
    if not moves or blank is None:
        return
    if traced:
        yield Edit(blank.end(), blank.end(), "", line_ends, rule, confidence, why, group)
    else:
        yield Edit(blank.start(), blank.end(), blank.group(), line_ends, rule, confidence, why, group)
