"""The noisy-channel decoder: what an unknown word may have been, ranked by language, document, channel and neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from math import exp, lgamma, log
from typing import NamedTuple

from cleaner import text as views
from cleaner.knowledge import Knowledge
from cleaner.language import VOUCHED, Channel, General, Lexicon, channel
from cleaner.model import Document, Edit
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.words.segmenting import Tokens, segmented
from cleaner.stages.words.spelling import respelt
from cleaner.stages.words.suspects import (
    Reading,
    Suspect,
    expected,
    is_clipped,
    is_known,
    is_strange,
    lookalikes,
    suspects_of,
    vocabulary,
)

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
RULES: tuple[Rule, ...] = (
    Rule(
        id="words.misread",
        why="no known word, and a known one is often misread so",
        examples=((NOISY.format("tbe"), READ.format("the")),),
        keep=("Mr. Tbewes lives in Yarborough\n", "o'er the brae the bairns gang\n", "tbe\n"),
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
# How noisy a scan is, against those that the channel was learned from (6 % of the characters wrong): what is believed
# beforehand, and how many words that weighs.
NOISE, NOISE_WEIGHT = 0.1, 200
WORD_ERRORS = 0.2  # the share of words that are misread at noise 1 and have a reading
ROUNDS = 4
PASSES = 5  # over the whole text, at most
FEWEST = 3  # different words that must surely be misread before a text teaches how it misreads
# Errors of one kind come in bursts: the share of a printed word that is misread in one way varies from document to
# document like a Gamma variable of this shape (Poisson counts then become negative binomial).
SHAPE = 0.5
MOST_COST = 12.0  # of one reading: two confusions
CONTEXT = 100  # neighbours speak for or against a reading by so much at most,
OF_NAMES = 3  # and so little for one with a capital: any other name would fit as well
# Where so few of all other words are misread, an unknown one may as well be a slip of the author's or the printer's: held.
CLEAN = 1 / 400
SURE = 1_000  # the odds in context that a word which is one is another
LIKELY = 0.5  # what is less likely is not even proposed: too many of them, and most are wrong
WINDOW = 3  # tokens on either side: where most of them are unknown, it is another language, or dirt
TORN = 0.85
RUBBISH = 0.5  # where so many words are unknown, the text is in no language that is known, or no text
FIGURES = 3  # letters of what may be a misread figure, where no word stands beside it: "fid" for 6d.
LETTERLIKE = frozenset("]|/}[{\\")  # signs behind a word that may be its last letter: "usua]"


def decoded(doc: Document, knowledge: Knowledge, named: Sequence[Edit]) -> list[Edit]:
    """Edits of words that are likely misread, in the order of the text; ``named`` are those that rules make, which stand.

    What is surely mended is neighbour and evidence to the rest: so the whole is decoded again until nothing sure comes,
    as a second run would.
    """
    code = knowledge.language_of(doc)
    if not knowledge.general(code).compounds.size:
        return []
    found = Tokens.of(doc.text)
    words, starts = [*found.words], found.starts
    decoder = Decoder(knowledge.lexicon(doc, {}), channel(code))
    left_out: set[int] = set()
    for mark in doc.marked(*NOT_WORDS):
        left_out.update(range(bisect_left(starts, mark.start), bisect_left(starts, mark.end)))
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
            sure = [verdict for verdict in verdicts if verdict.confidence >= THRESHOLD]
            if learns and n == 0:
                decoder.adapt([(words[verdict.at], verdict.word) for verdict in sure], len(doc.text))
            for verdict in sure:
                token, core = words[verdict.at], decoder.core(words[verdict.at])
                words[verdict.at] = token.replace(core, verdict.word, 1)
                mended[verdict.at] = verdict
            if not sure:
                break
        if not decoder.forget():
            break
    verdicts = [*mended.values(), *(verdict for verdict in verdicts if verdict.at not in mended)]
    edits += [_edit(found, verdict, decoder) for verdict in verdicts]
    return sorted(edits, key=lambda edit: edit.start)


def _edit(found: Tokens, verdict: Verdict, decoder: Decoder) -> Edit:
    token = found.words[verdict.at]
    core = decoder.core(token)
    start = found.starts[verdict.at] + token.index(core)
    return Edit(start, start + len(core), core, verdict.word, "words.misread", verdict.confidence, verdict.why)


class Verdict(NamedTuple):
    """What the token of a certain number most likely was, how sure that is, and why."""

    at: int
    word: str
    confidence: float
    why: str


class Decoder:
    """Decodes the tokens of one text; what is known of a token, whatever the others are, is worked out once."""

    def __init__(self, lexicon: Lexicon, noisy: Channel) -> None:
        self._lexicon = lexicon
        self._channel = noisy
        self._cores: dict[str, str] = {}
        self._strange: dict[str, bool] = {}
        self._own: Channel | None = None
        self._own_costs: dict[str, list[tuple[float, str]]] = {}
        self._lookalikes = lookalikes(lexicon.language)
        self._originals: dict[str, list[tuple[float, str]]] = {}

    def core(self, token: str) -> str:
        """A token without what clings to it."""
        if token not in self._cores:
            self._cores[token] = token.strip(views.PUNCTUATION)
        return self._cores[token]

    def strange(self, token: str) -> bool:
        """Whether a token is worth a look: it holds letters, and no word that anybody knows."""
        if token not in self._strange:
            core = self.core(token)
            self._strange[token] = is_strange(core, self._lexicon) and not is_clipped(token, core)
        return self._strange[token]

    def originals(self, core: str) -> list[tuple[float, str]]:
        """The known words that may have been misread so, with their costs."""
        if core not in self._originals:
            found = self._channel.originals(core, vocabulary(self._lexicon.language), MOST_COST)
            self._originals[core] = [(cost, word) for cost, word in found if not respelt(core, word)]
        return self._priced(core, self._originals[core])

    def _priced(self, core: str, words: list[tuple[float, str]]) -> list[tuple[float, str]]:
        """Words with their costs in this text."""
        if not self._own:
            return words
        if core not in self._own_costs:
            self._own_costs[core] = [(self._own.cost(core, word, MOST_COST), word) for _, word in words]
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
        counts: Counter[str] = Counter()
        types: Counter[str] = Counter()
        alike: Counter[str] = Counter()
        for token, count in times.items():
            core = self.core(token)
            counts[core.lower()] += count
            if token in strange:
                types[core] += count
            elif core in self._lookalikes and core.lower() not in self._lexicon.given:
                alike[core] += count
        lexicon = self._lexicon.recounted(counts)
        size = len(tokens)
        suspects = suspects_of({core: (count, self.originals(core)) for core, count in types.items()}, lexicon, size)
        noise = _noise([*suspects.values()], size)
        for core, count in alike.items():
            readings = [
                Reading(word, expected(size, word, cost, lexicon), cost)
                for cost, word in self._priced(core, self._lookalikes[core])
            ]
            suspects[core] = Suspect(core, count, readings, size * lexicon.language.frequency(core), known=True)
        chances = {core: _likelihoods(suspect, noise) for core, suspect in suspects.items()}
        doubts = {core: suspects[core].times * (1 - chances[core][0]) for core in types}
        misread = sum(doubts.values())
        doubts |= {core: suspects[core].times * (1 - chances[core][0]) for core in alike}
        # Where most of what may be misread sounds like what it would be, that is how people there spell, or speak.
        by_ear = sum(doubt for core, doubt in doubts.items() if suspects[core].by_ear)
        spoken = 2 * by_ear > sum(doubts.values()) + 1
        verdicts = []
        unknown = [token in strange for token in tokens]
        for k, token in enumerate(tokens):
            suspect = suspects.get(self.core(token))
            if not suspect or not suspect.readings or k in left_out or not (unknown[k] or suspect.known):
                continue
            left = self.core(tokens[k - 1]).lower() if k else ""
            right = self.core(tokens[k + 1]).lower() if k + 1 < len(tokens) else ""
            about = unknown[max(k - WINDOW, 0) : k] + unknown[k + 1 : k + 1 + WINDOW]
            others = misread - (0.0 if suspect.known else doubts[suspect.core])
            strange_here = 2 * sum(about) > len(about)
            signed = token[-1] in LETTERLIKE and token[-1] != suspect.core[-1]
            figure = len(suspect.core) <= FIGURES and not (left + right).isalpha()
            clear = (
                not (strange_here or signed or figure) and others >= CLEAN * size and not (spoken and suspect.by_ear)
            )
            verdict = _judge(k, suspect, chances[suspect.core], (left, right), lexicon, clear=clear)
            if verdict:
                verdicts.append(verdict)
        return verdicts


def _noise(suspects: Sequence[Suspect], size: int) -> float:
    """How noisy the document is, against the scans of the channel: where the misread words it explains are most likely."""
    noise = NOISE
    for _ in range(ROUNDS):
        misread = 0.0
        for suspect in suspects:
            share = sum(_likelihoods(suspect, noise)[1:])
            misread += suspect.times * share
        noise = max((misread / WORD_ERRORS + NOISE_WEIGHT * NOISE) / (NOISE_WEIGHT + size), 1e-4)
    return noise


def _likelihoods(suspect: Suspect, noise: float) -> list[float]:
    """The probabilities that a word is one, and of each reading, before its neighbours are asked."""
    count = suspect.times
    chances = [_burst(count, suspect.real) if suspect.known else suspect.real / (count * (count + 1))]
    chances += [_burst(count, noise * reading.expected) for reading in suspect.readings]
    total = sum(chances)
    if not total:  # so often as no reading explains it, nor chance: it is a word of this text
        return [1.0, *(0.0 for _ in suspect.readings)]
    return [chance / total for chance in chances]


def _burst(count: int, expected: float) -> float:
    """The probability of so many errors of one kind where so many are expected on average (negative binomial)."""
    ways = lgamma(count + SHAPE) - lgamma(count + 1) - lgamma(SHAPE)
    return exp(ways + count * log(expected / (expected + SHAPE)) + SHAPE * log(SHAPE / (expected + SHAPE)))


def _judge(
    at: int, suspect: Suspect, chances: Sequence[float], beside: tuple[str, str], lexicon: Lexicon, *, clear: bool
) -> Verdict | None:
    """What a word most likely was between its neighbours; ``clear`` if nothing about it says that it be left alone."""
    small, general = suspect.core.lower(), lexicon.language
    left, right = beside
    if not suspect.known and any(is_known(whole, lexicon) for whole in (left + small, small + right)):
        return None  # a word that a blank cuts
    real, *weights = chances
    weighed = [
        (weight * _fits(left, reading.word, right, general), reading)
        for weight, reading in zip(weights, suspect.readings, strict=True)
    ]
    best, reading = max(weighed, key=lambda pair: pair[0])
    if suspect.known:
        real *= _fits(left, suspect.core, right, general)
        clear = clear and (best >= SURE * real or not general.vouches(small))
    # what the scan tore off may stand, or have stood, beside the word
    torn = reading.word.lower().endswith(small) or _piece(left) or _piece(right)
    confidence = round(
        min(best / (real + sum(weight for weight, _ in weighed)), TORN if torn or not clear else 0.99), 2
    )
    if confidence < LIKELY:
        return None
    times = lexicon.counts.get(reading.word.lower(), 0)
    return Verdict(
        at,
        reading.word,
        confidence,
        f"{suspect.core} is {'a rare' if suspect.known else 'no known'} word; {reading.word}: {times} x in this text",
    )


def _piece(neighbour: str) -> bool:
    """Whether a neighbour is a letter by itself, which may be one of the word."""
    return len(neighbour) == 1 and neighbour.isalpha() and neighbour not in "aio"


def _fits(left: str, word: str, right: str, general: General) -> float:
    """How much better a word stands between its neighbours than anywhere, from 1 / ``CONTEXT`` to ``CONTEXT``."""
    most = OF_NAMES if word[:1].isupper() else CONTEXT
    word = word.lower()
    share = max(general.frequency(word), VOUCHED)
    better = general.follows(left, word) / share if left in general else 1.0
    if right in general:
        better *= general.follows(word, right) / general.frequency(right)
    return min(max(better, 1 / CONTEXT), most)
