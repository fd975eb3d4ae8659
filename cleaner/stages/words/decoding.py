"""The noisy-channel decoder: what an unknown word may have been, ranked by language, document, channel and neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, partial

from cleaner import text as views
from cleaner.candidates import ranked
from cleaner.knowledge import Knowledge
from cleaner.language import VOUCHED, Channel, Lexicon, channel
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.words import long_s
from cleaner.stages.words.judging import CERTAIN, Verdict, judged
from cleaner.stages.words.segmenting import Tokens, segmented
from cleaner.stages.words.spelling import written_by_ear
from cleaner.stages.words.suspects import (
    COMMON,
    MOST_COST,
    TIE,
    Capitals,
    Cause,
    Suspect,
    is_clipped,
    is_known,
    is_strange,
    lookalikes,
    originals,
    readings_of,
    suspects_of,
    vocabulary,
)
from cleaner.stages.words.weighing import believed, nearby, weighed

NOISY = (
    "The mayor had carried {} letter to the counoil, and the clerk read it aloud befbre them. It was said tbat the bridge "
    "would not bear anothcr winter.\n"
)
READ = (
    NOISY.replace("counoil", "council")
    .replace("befbre", "before")
    .replace("tbat", "that")
    .replace("anothcr", "another")
)
LONG_S = (
    "In the firft place the houfe was fo old that fome of the ftones had fallen, and the fame man muft raife thofe "
    "walls himfelf.\n"
)
LONG_S_READ = (
    "In the first place the house was so old that some of the stones had fallen, and the same man must raise those "
    "walls himself.\n"
)
RULES: tuple[Rule, ...] = (
    Rule(
        id="words.misread",
        why="no known word, and a known one is often misread so",
        examples=((NOISY.format("tbe"), READ.format("the")),),
        keep=("Mr. Tbewes lives in Yarborough\n", "o'er the brae the bairns gang\n", "tbe\n"),
    ),
    Rule(
        id="words.long-s",
        why="the print has the long s, which is read as f, and the neighbours ask for the word with s",
        examples=((LONG_S, LONG_S_READ),),
        keep=("the fame of the fine old house was found in many books\n", "a life of strife, safe from fools\n"),
    ),
    Rule(
        id="words.split",
        why="the pieces are no words, and what they make together is one",
        examples=(("the re la t ive c lause of the sen t ence\n", "the relative clause of the sentence\n"),),
        keep=("Messrs. J. A. and T. Hart of St. Ives\n", "a b c d e f g\n", "in to it he may be some one\n"),
    ),
    Rule(
        id="words.fused",
        why="no known word, and two common ones without their blank",
        examples=(
            (
                "it was inthe house, and ofthe best, forthe people\n",
                "it was in the house, and of the best, for the people\n",
            ),
        ),
        keep=("the Osgodby and the Llanfarch rivers\n", "albeit notwithstanding heretofore\n"),
    ),
)
# Tokens in these regions are not spelled like running text.
NOT_WORDS = ("table", "code")
NOT_THIS_SCAN = ("foreign", "garbage")  # nor do words there say how noisy the scan is
PASSES = 5  # over the whole text, at most
FEWEST = 3  # different words that must surely be misread before a text teaches how it misreads
# Where so few of all other words are misread, an unknown one may as well be a slip of the author's, the printer's or who
# keyed it: held. In a long text one in 400 tells, if they are a dozen; in a short one, one in a hundred. Without the bound
# 24 words of the novels are changed, and half a percent more mended in bad newspapers.
CLEAN, CLEAN_SHORT, DOZEN = 1 / 400, 1 / 100, 12
# A place that is noisier than the whole by less than this proves nothing: where people speak Scots, words are strange too.
NOISIER = 3.0
WINDOW = 3  # tokens on either side: where most of them are unknown, it is another language, or dirt
RUBBISH = 0.5  # where so many words are unknown, the text is in no language that is known, or no text
FIGURES = 3  # letters of what may be a misread figure, where no word stands beside it: "fid" for 6d.
LEAST_PART = 3  # letters of a part of such a token that is mended
LETTERLIKE = frozenset("]|/}[{\\")  # signs behind a word that may be its last letter: "usua]"


def decoded(doc: Document, knowledge: Knowledge, named: Sequence[Edit]) -> Proposals:
    """Edits of words that are likely misread, in the order of the text; ``named`` are those that rules make, which stand.

    What is surely mended is neighbour and evidence to the rest: so the whole is decoded again until nothing sure comes,
    as a second run would.
    """
    code = knowledge.language_of(doc)
    if not knowledge.general(code).compounds.size:
        return Proposals()
    found = Tokens.of(doc.text)
    words, starts = [*found.words], found.starts
    decoder = Decoder(knowledge.lexicon(doc, {}), channel(code))
    left_out: set[int] = set()
    for mark in doc.marked(*NOT_WORDS, *NOT_THIS_SCAN):
        inside = range(bisect_left(starts, mark.start), bisect_left(starts, mark.end))
        left_out.update(inside)
        if mark.kind in NOT_THIS_SCAN:
            words[inside.start : inside.stop] = [""] * len(inside)
    for edit in reversed(named):
        k = bisect_right(starts, edit.start) - 1
        if k >= 0 and edit.end <= found.end(k):
            at = edit.start - starts[k]
            words[k] = words[k][:at] + edit.after + words[k][at + len(edit.before) :]
        left_out.update(range(max(k, 0), bisect_right(starts, edit.end)))
    edits, taken = segmented(found, decoder.core, decoder.strange, left_out, knowledge.general(code))
    left_out |= taken
    mended: dict[int, Verdict] = {}
    verdicts: list[Verdict] = []
    # What it taught is forgotten at last: so a second run, to which the mended text teaches nothing, has nothing to add.
    for learns in (True, False):
        for n in range(PASSES):
            verdicts = decoder.decode(words, left_out)
            sure = [verdict for verdict in verdicts if verdict.confidence >= THRESHOLD and not verdict.stays]
            if learns and n == 0:
                misread = [verdict for verdict in sure if verdict.cause is not Cause.BLANK]
                decoder.adapt([(words[verdict.at], verdict.word) for verdict in misread], len(doc.text))
            for verdict in sure:
                token, core = words[verdict.at], decoder.core(words[verdict.at])
                words[verdict.at] = token.replace(core, verdict.word, 1)
                mended[verdict.at] = verdict
            if not sure:
                break
        if not decoder.forget():
            break
    verdicts = [*mended.values(), *(verdict for verdict in verdicts if verdict.at not in mended)]
    edits += [_edit(found, verdict, decoder) for verdict in verdicts if not verdict.stays]
    silent = [_edit(found, verdict, decoder) for verdict in verdicts if verdict.stays]
    return Proposals(sorted(edits, key=lambda edit: edit.start), silent=silent)


def _edit(found: Tokens, verdict: Verdict, decoder: Decoder) -> Edit:
    token = found.words[verdict.at]
    core = decoder.core(token)
    start = found.starts[verdict.at] + token.index(core)
    candidates = ranked(core, verdict.word, verdict.confidence, verdict.others)
    rule, why = verdict.cause.value, verdict.why
    return Edit(start, start + len(core), core, verdict.word, rule, verdict.confidence, why, candidates=candidates)


class Decoder:
    """Decodes the tokens of one text; what is known of a token, whatever the others are, is worked out once."""

    def __init__(self, lexicon: Lexicon, noisy: Channel) -> None:
        self._lexicon = lexicon
        self._channel = noisy
        self.core = cache(bare)  # a method that looks into a dictionary takes four times as long
        self.strange = cache(partial(_is_strange, core=self.core, lexicon=lexicon))
        self._read_f: float | None = None
        self._own: Channel | None = None
        self._own_costs: dict[str, list[tuple[float, str]]] = {}
        self._originals: dict[str, list[tuple[float, str]]] = {}

    def originals(self, core: str) -> list[tuple[float, str]]:
        """The known words that may have been misread so, with their costs."""
        if core not in self._originals:
            general = self._lexicon.language
            found = self._halves(core) if TIE in core else originals(core, general)
            if self._read_f and "f" in core[:-1]:
                more = originals(core[:-1].replace("f", "s") + core[-1], general)
                found = [*found, *((self._channel.cost(core, word), word) for _, word in more)]
            self._originals[core] = sorted(set(found))
        return self._priced(core, self._originals[core], more=True)

    def _halves(self, core: str) -> Sequence[tuple[float, str]]:
        """What a compound may have been of which one part is unknown: "lifo-saving"."""
        parts = core.split(TIE)
        unknown = [k for k, part in enumerate(parts) if not is_known(part.lower(), self._lexicon)]
        if len(unknown) != 1 or len(parts[unknown[0]]) < LEAST_PART or not parts[unknown[0]].islower():
            return originals(core, self._lexicon.language)
        k = unknown[0]
        return [(cost, TIE.join([*parts[:k], word, *parts[k + 1 :]])) for cost, word in self.originals(parts[k])]

    def likenesses(self, core: str) -> list[tuple[float, str]]:
        """The very common words that a known one may have been misread as, with their costs."""
        alike = lookalikes(self._lexicon.language).get(core)
        if not alike:
            return []
        if core not in self._originals:
            found = originals(core, self._lexicon.language)
            common = [(cost, word) for cost, word in found if self._lexicon.language.frequency(word) >= COMMON]
            self._originals[core] = sorted({*common, *alike})
        return self._priced(core, self._originals[core])

    def _priced(self, core: str, words: list[tuple[float, str]], *, more: bool = False) -> list[tuple[float, str]]:
        """Words with their costs in this text, where those are not too high; ``more`` of them, if it taught any."""
        own = self._own
        if not own:
            return [(cost, word) for cost, word in words if cost <= MOST_COST]
        if core not in self._own_costs:
            costs = {word: own.cost(core, word, MOST_COST) if own.taught(core, word) else cost for cost, word in words}
            if more:
                costs |= {
                    word: cost for cost, word in own.originals(core, vocabulary(self._lexicon.language), MOST_COST)
                }
            self._own_costs[core] = sorted((cost, word) for word, cost in costs.items() if cost <= MOST_COST)
        return self._own_costs[core]

    def adapt(self, corrections: Iterable[tuple[str, str]], letters: int) -> None:
        """What this text surely misreads (token, word) makes such confusions cheaper: who reads "tho" reads "mado"."""
        taught = [(self.core(token), word) for token, word in corrections]
        if len({core for core, _ in taught}) >= FEWEST:
            self._own = self._channel.adapted(taught, letters)

    def forget(self) -> bool:
        """Forget what the text taught; returns whether it taught anything."""
        taught, self._own = self._own is not None, None
        self._own_costs = {}
        return taught

    def decode(self, tokens: Sequence[str], left_out: Container[int]) -> list[Verdict]:
        """What is likely misread, in the order of the text."""
        times = Counter(tokens)
        strange = set(filter(self.strange, times))
        if not strange or sum(times[token] for token in strange) > RUBBISH * len(tokens):
            return []
        size = len(tokens)
        cores: Counter[str] = Counter()
        types: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for token, count in times.items():
            core = self.core(token)
            cores[core] += count
            counts[core.lower()] += count
            if token in strange:
                types[core] += count
        lexicon = self._lexicon.recounted(counts)
        suspects = self._suspects(cores, types, lexicon, size)
        belief = believed(suspects.values(), size)
        chances = {core: weighed(suspect, belief) for core, suspect in suspects.items()}
        doubts = {core: suspect.times * chances[core].misread for core, suspect in suspects.items()}
        misread = sum(doubts[core] for core in types)
        # Where most of what may be misread sounds like what it would be, that is how people there spell, or speak.
        by_ear = sum(doubt for core, doubt in doubts.items() if suspects[core].by_ear)
        spoken = 2 * by_ear > sum(doubts.values()) + 1
        least = max(CLEAN * size, min(CLEAN_SHORT * size, DOZEN))
        verdicts = []
        unknown = [*map(strange.__contains__, tokens)]
        # what sounds like a word does not tell how noisy the place is: people may speak so there
        proof = {token for token in strange if not suspects[self.core(token)].by_ear}
        doubt = dict.fromkeys(times, 0.0) | {token: chances[self.core(token)].misread for token in proof}
        noise = nearby(map(doubt.__getitem__, tokens))
        asked = {
            token: suspect
            for token in times
            if (suspect := suspects.get(self.core(token)))
            and (token in strange or suspect.known)
            and not is_clipped(token, suspect.core)
        }
        for k in [k for k, token in enumerate(tokens) if token in asked and k not in left_out]:
            token = tokens[k]
            suspect = asked[token]
            if not suspect.readings:
                why = f"{suspect.core}: no known word is often misread so"
                verdicts.append(Verdict(k, suspect.core, CERTAIN, why, stays=True))
                continue
            left = self.core(tokens[k - 1]).lower().rpartition(" ")[2] if k else ""
            right = self.core(tokens[k + 1]).lower().partition(" ")[0] if k + 1 < len(tokens) else ""
            about = unknown[max(k - WINDOW, 0) : k] + unknown[k + 1 : k + 1 + WINDOW]
            others = misread - (0.0 if suspect.known else doubts[suspect.core])
            strange_here = 2 * sum(about) > len(about)
            signed = token[-1] in LETTERLIKE and token[-1] != suspect.core[-1]
            figure = len(suspect.core) <= FIGURES and not (left + right).isalpha()
            near = noise(k)
            here = chances[suspect.core].nearby(near, suspect.readings)
            noisy = max(min(near, 1.0), near / NOISIER) * others >= least
            clear = noisy and not (strange_here or signed or figure or (spoken and suspect.by_ear))
            verdict = judged(k, suspect, here, (left, right), lexicon, clear=clear)
            if not (suspect.known and verdict.stays and verdict.confidence >= CERTAIN):
                verdicts.append(verdict)
        return verdicts

    def _suspects(
        self, cores: Mapping[str, int], types: Mapping[str, int], lexicon: Lexicon, size: int
    ) -> dict[str, Suspect]:
        """What each word may be, of the ``types`` that nobody knows, and of known ones that look like commoner ones."""
        capitals, common = Capitals.of(cores, lexicon.language), lookalikes(lexicon.language)
        if self._read_f is None:
            self._read_f = long_s.share(cores, lexicon)
        priced = {core: (count, self.originals(core)) for core, count in types.items()}
        suspects = suspects_of(priced, lexicon, size, capitals)
        for core, count in cores.items():
            known = core not in types and core.lower() not in lexicon.given
            old = long_s.readings(core, self._read_f, size, lexicon, capitals) if self._read_f else []
            if known and (old or core in common):
                readings = readings_of(size, self.likenesses(core), lexicon, capitals)
                real = size * max(lexicon.usual(core.lower()), VOUCHED)
                alike = sum(reading.printed for reading in readings if written_by_ear(core, reading.word))
                suspects[core] = Suspect(core, count, readings, real, alike, known=True)
            if old and core in suspects:
                words = {reading.word for reading in old}
                rest = [reading for reading in suspects[core].readings if reading.word not in words]
                suspects[core] = suspects[core]._replace(readings=[*old, *rest])
        return suspects


def _is_strange(token: str, core: Callable[[str], str], lexicon: Lexicon) -> bool:
    """Whether a token is worth a look: it holds letters, and no word that anybody knows."""
    bare = core(token)
    return is_strange(bare, lexicon) and not is_clipped(token, bare)


def bare(token: str) -> str:
    """A token without what clings to it."""
    return token.strip(views.PUNCTUATION)
