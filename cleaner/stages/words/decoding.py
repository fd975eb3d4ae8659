"""The noisy-channel decoder: what an unknown word may have been, ranked by language, document, channel and neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from cleaner import text as views
from cleaner.candidates import ranked
from cleaner.knowledge import Knowledge
from cleaner.language import VOUCHED, Lexicon
from cleaner.language.confusions import UNREAD
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.words import long_s, quoted
from cleaner.stages.words.cores import STROKE, bare, writes_strokes
from cleaner.stages.words.dialect import misread_near
from cleaner.stages.words.judging import CERTAIN, Verdict, judged
from cleaner.stages.words.originals import Originals
from cleaner.stages.words.places import Place, beginnings, context_of, opening_of
from cleaner.stages.words.quotes import angled
from cleaner.stages.words.segmenting import Tokens, lost_behind, segmented
from cleaner.stages.words.spelling import written_by_ear
from cleaner.stages.words.suspects import (
    Capitals,
    Cause,
    Suspect,
    is_clipped,
    is_strange,
    printed_of,
    readings_of,
    suspects_of,
)
from cleaner.stages.words.weighing import Chances, all_weighed, nearby

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
LESSONS = 2  # times that what is mended teaches how the text misreads
# A word that nobody knows, so often in the text, and so many times as often as what it may be misread as; and how sure it
# must be that it is one: then it is a name or a term of the text's own.
OFTEN, OWN = 3, 0.9
# Where so few of all other words are misread, an unknown one may as well be a slip of the author's, the printer's or who
# keyed it: held. In a long text one in 400 tells, if they are a dozen; in a short one, one in a hundred. Without the bound
# 24 words of the novels are changed, and half a percent more mended in bad newspapers.
CLEAN, CLEAN_SHORT, DOZEN = 1 / 400, 1 / 100, 12
# A sign that the engine could not read needs no such proof, nor half of a letter.
# A place that is noisier than the whole by less than this proves nothing: where people speak Scots, words are strange too.
NOISIER = 3.0
WINDOW = 3  # tokens on either side: where most of them are unknown, it is another language, or dirt
RUBBISH = 0.5  # where so many words are unknown, the text is in no language that is known, or no text
FIGURES = 3  # letters of what may be a misread figure, where no word stands beside it: "fid" for 6d.
ACCOUNTS = frozenset("@#")  # what begins so is a name of its own: "@inLondon"
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
    clinging = views.PUNCTUATION + (views.ANGLES if angled(doc.text) else "")
    word_of = partial(bare, clinging=clinging, halves=not writes_strokes(doc.text))
    decoder = Decoder(knowledge.lexicon(doc, {}), code, word_of, beginnings(found))
    left_out: set[int] = set()
    for mark in doc.marked(*NOT_WORDS, *NOT_THIS_SCAN):
        inside = range(bisect_left(starts, mark.start), bisect_left(starts, mark.end))
        left_out.update(inside)
        if mark.kind in NOT_THIS_SCAN:
            words[inside.start : inside.stop] = [""] * len(inside)
    read = decoder.read([*words])
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
        # What rules mended tells as much of the scan as what is mended here.
        lessons = [(edit.before, edit.after) for edit in named if learns]
        decoder.originals.adapt(lessons, len(doc.text))
        decoder.weigh(read, words)
        for n in range(PASSES):
            verdicts = [_believed(found, each, decoder) for each in decoder.decode(words, left_out | mended.keys())]
            sure = [verdict for verdict in verdicts if verdict.confidence >= THRESHOLD and not verdict.stays]
            if not sure:
                break
            for verdict in sure:
                token, core = words[verdict.at], decoder.core(words[verdict.at])
                words[verdict.at] = token.replace(core, verdict.word, 1)
                mended[verdict.at] = verdict
                if verdict.cause is not Cause.LONG_S:
                    decoder.prove(core, verdict.word)
                if verdict.cause is not Cause.BLANK:
                    lessons.append((core, verdict.word))
            if learns and n < LESSONS and decoder.originals.adapt(lessons, len(doc.text)):
                decoder.weigh(read, words)
        if not decoder.forget() and (read or not named):  # what looked like rubbish may do so no more
            break
        read = decoder.read([*words])
    verdicts = [*mended.values(), *(verdict for verdict in verdicts if verdict.at not in mended)]
    edits += [_edit(found, verdict, decoder) for verdict in verdicts if not verdict.stays]
    silent = [_edit(found, verdict, decoder) for verdict in verdicts if verdict.stays]
    return Proposals(sorted(edits, key=lambda edit: edit.start), silent=silent)


def _place(found: Tokens, verdict: Verdict, decoder: Decoder) -> tuple[int, str]:
    """Where the word of a verdict begins, and how it reads."""
    token = found.words[verdict.at]
    core = decoder.core(token)
    return found.starts[verdict.at] + token.index(core), core


def _believed(found: Tokens, verdict: Verdict, decoder: Decoder) -> Verdict:
    """A verdict, less sure where the sentence quotes both the word and what it would be."""
    if verdict.stays:
        return verdict
    start, core = _place(found, verdict, decoder)
    if not quoted.denied(found.text, start, start + len(core), verdict.word):
        return verdict
    return verdict._replace(confidence=min(verdict.confidence, quoted.HELD), why=f"{verdict.why}; {quoted.WHY}")


def _edit(found: Tokens, verdict: Verdict, decoder: Decoder) -> Edit:
    start, core = _place(found, verdict, decoder)
    candidates = ranked(core, verdict.word, verdict.confidence, verdict.others)
    rule, why = verdict.cause.value, verdict.why
    return Edit(start, start + len(core), core, verdict.word, rule, verdict.confidence, why, candidates=candidates)


class Weighed(NamedTuple):
    """What the words of a text may be, as all of it was read, before their neighbours are asked: by word, its ``chances``.

    ``noise`` is how noisy the text is around a word of a certain number, against the whole, ``misread`` how likely it is there
    that what looks misread is, and no dialect; ``spoken``: it writes by ear.
    """

    suspects: Mapping[str, Suspect]
    chances: Mapping[str, Chances]
    spoken: bool
    noise: Callable[[int], float]
    misread: Callable[[int], float]
    lexicon: Lexicon


class Read(NamedTuple):
    """The tokens of a text as they were read, those of them that are ``strange``, and with their counts its words without
    what clings to them, those that nobody knows (``types``), and how it uses capitals.
    """

    tokens: Sequence[str]
    strange: set[str]
    cores: Mapping[str, int]
    types: Mapping[str, int]
    capitals: Capitals


class Decoder:
    """Decodes the tokens of one text; what is known of a token, whatever the others are, is worked out once.

    ``core`` gives the word of a token.
    """

    def __init__(self, lexicon: Lexicon, code: str, core: Callable[[str], str], begin: Container[int] = ()) -> None:
        self._lexicon = lexicon
        self.originals = Originals(lexicon, code)
        # A method that looks into a dictionary takes four times as long.
        self.core = cache(core)
        self.strange = cache(partial(_is_strange, core=self.core, lexicon=lexicon))
        self._read_f: float | None = None
        self._proven: dict[str, Counter[str]] = defaultdict(Counter)
        self._weighed: Weighed | None = None
        self._beginnings = begin

    def prove(self, core: str, word: str) -> None:
        """A word surely was this one in one place: so it is likelier in others, also with a capital."""
        self._proven[core.lower()][word.lower()] += 1

    def forget(self) -> bool:
        """Forget what the text taught; returns whether it taught anything."""
        self._proven.clear()
        return self.originals.forget()

    def read(self, tokens: Sequence[str]) -> Read | None:
        """What tokens hold; nothing where they hold no unknown words, or nothing else."""
        times = Counter(tokens)
        strange = set(filter(self.strange, times))
        if not strange or sum(times[token] for token in strange) > RUBBISH * len(tokens):
            return None
        cores = _summed((self.core(token), count) for token, count in times.items())
        types = _summed((self.core(token), count) for token, count in times.items() if token in strange)
        return Read(tokens, strange, cores, types, Capitals.of(cores, self._lexicon.language))

    def weigh(self, read: Read | None, mended: Sequence[str]) -> None:
        """What each word may be in a text that was ``read`` so; so far it is ``mended``, which tells what it prints."""
        self._weighed = None
        if not read:
            return
        tokens, strange, cores, types, capitals = read
        size = len(tokens)
        counts = _summed((self.core(token).lower(), count) for token, count in Counter(mended).items())
        lexicon = self._lexicon.recounted(counts)
        if self._read_f is None:
            self._read_f = long_s.share(cores, lexicon)
            self.originals.long_s = bool(self._read_f)
        priced = {core: self.originals.unknown(core) for core in types}
        suspects = self._suspects(cores, types, priced, lexicon, size, capitals)
        chances = all_weighed(suspects, size)
        own = [
            core.lower()
            for core, count in types.items()
            if count >= OFTEN and chances[core].real >= OWN and core.isalpha() and core.istitle()
        ]
        named = {core: found for core, count in types.items() if (found := self._named(core, count, own, cores))}
        if named:
            priced = {core: [*priced[core], *found] for core, found in named.items()}
            suspects |= self._suspects({core: cores[core] for core in named}, types, priced, lexicon, size, capitals)
            chances = all_weighed(suspects, size)
        doubts = {core: chances[core].misread for core in suspects}
        # Where most words that may be misread, each counted twice at most, sound like what they would be, that is how people
        # there spell, or speak; and such a word does not tell how noisy the place is.
        counted = {core: min(suspects[core].times, 2) * doubt for core, doubt in doubts.items()}
        by_ear = sum(doubt for core, doubt in counted.items() if suspects[core].by_ear)
        doubtful = {token: chances[core].misread for token in strange if not suspects[core := self.core(token)].spoken}
        self._weighed = Weighed(
            suspects,
            chances,
            spoken=2 * by_ear > sum(counted.values()) + 1,
            noise=nearby({k: doubtful[token] for k, token in enumerate(tokens) if token in doubtful}, size),
            misread=misread_near(tokens, {token: suspects[self.core(token)] for token in strange}),
            lexicon=lexicon,
        )

    def decode(self, tokens: Sequence[str], left_out: Container[int]) -> list[Verdict]:
        """What is likely misread, in the order of the text."""
        if not self._weighed:
            return []
        suspects, weighed, spoken, noise, misread, lexicon = self._weighed
        proven = {core: self._proven[core.lower()] for core in suspects if core.lower() in self._proven}
        chances = {
            **weighed,
            **{core: weighed[core].proven(times, suspects[core].readings) for core, times in proven.items()},
        }
        # How many words are misread, as all was weighed, with which a place is compared; and as far as is proven by now.
        whole, shown = (_misread(suspects, each) for each in (weighed, chances))
        size = len(tokens)
        lost = lost_behind(self._proven.values(), lexicon.counts, size)
        least = max(CLEAN * size, min(CLEAN_SHORT * size, DOZEN))
        asked = {
            token: suspect
            for token in {*tokens}
            if (suspect := suspects.get(self.core(token)))
            and (suspect.known or self.strange(token))
            and not is_clipped(token, suspect.core)
        }
        verdicts = []
        for k in [k for k, token in enumerate(tokens) if token in asked and k not in left_out]:
            token = tokens[k]
            suspect = asked[token]
            if not suspect.readings:
                why = f"{suspect.core}: no known word is often misread so"
                verdicts.append(Verdict(k, suspect.core, CERTAIN, why, stays=True))
                continue
            left = self.core(tokens[k - 1]).lower().rpartition(" ")[2] if k else ""
            right = self.core(tokens[k + 1]).lower().partition(" ")[0] if k + 1 < size else ""
            about = [*tokens[max(k - WINDOW, 0) : k], *tokens[k + 1 : k + 1 + WINDOW]]
            strange_here = 2 * sum(map(self.strange, about)) > len(about)
            signed = token[-1] in LETTERLIKE and token[-1] != suspect.core[-1]
            figure = len(suspect.core) <= FIGURES and not (left + right).isalpha()
            doubt = strange_here or signed or figure or (spoken and suspect.by_ear)
            near = noise(k)
            own = 0.0 if suspect.known else suspect.times * chances[suspect.core].misread
            others = (whole if near < 1 else shown) - own
            no_letter = UNREAD in suspect.core or suspect.core.startswith(STROKE)
            noisy = no_letter or max(min(near, 1.0), near / NOISIER) * others >= least
            opening = opening_of(tokens, k, self._beginnings)
            place = Place(left, right, context_of(tokens, k, left, right), opening, noisy, doubt)
            pair = next((reading.word for reading in suspect.readings if reading.cause is Cause.BLANK), "")
            fused = lost.get(pair.partition(" ")[0].lower(), 1.0)
            here = chances[suspect.core].nearby(near * misread(k), fused, suspect.readings)
            verdict = judged(k, suspect, here, place, lexicon, proven.get(suspect.core, {}))
            if not (suspect.known and verdict.stays and verdict.confidence >= CERTAIN):
                verdicts.append(verdict)
        return verdicts

    def _named(self, core: str, count: int, own: Sequence[str], cores: Mapping[str, int]) -> list[tuple[float, str]]:
        """What a word may be of the text's ``own``, that stand there so much oftener."""
        listed = {word for _, word in self.originals.unknown(core)}
        found = self.originals.named(core, own) if own else []
        return [(cost, word) for cost, word in found if word not in listed and cores.get(word, 0) >= OFTEN * count]

    def _suspects(
        self,
        cores: Mapping[str, int],
        types: Mapping[str, int],
        priced: Mapping[str, Sequence[tuple[float, str]]],
        lexicon: Lexicon,
        size: int,
        capitals: Capitals,
    ) -> dict[str, Suspect]:
        """What each word may be, of the ``types`` that nobody knows, and of known ones that look like commoner ones."""
        read_f = self._read_f or 0.0
        suspects = suspects_of({core: (types[core], found) for core, found in priced.items()}, lexicon, size, capitals)
        printed = cache(lambda word: printed_of(word, size, lexicon, capitals))
        given = lexicon.given or ()
        for core, count in cores.items():
            old = long_s.readings(core, read_f, size, lexicon, capitals) if read_f else []
            if core not in types and core.lower() not in given and ((known := self.originals.known(core)) or old):
                readings = readings_of(known, lexicon, printed)
                real = size * max(lexicon.usual(core.lower()), VOUCHED)
                by_ear = sum(reading.printed for reading in readings if written_by_ear(core, reading.word))
                suspects[core] = Suspect(core, count, readings, real, by_ear, known=True)
            if old and core in suspects:
                words = {reading.word for reading in old}
                rest = [reading for reading in suspects[core].readings if reading.word not in words]
                suspects[core] = suspects[core]._replace(readings=[*old, *rest])
        return suspects


def _misread(suspects: Mapping[str, Suspect], chances: Mapping[str, Chances]) -> float:
    """How many of the words that nobody knows are misread, by what each may be."""
    return sum(suspect.times * chances[core].misread for core, suspect in suspects.items() if not suspect.known)


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for word, count in counts:
        sums[word] = sums.get(word, 0) + count
    return sums


def _is_strange(token: str, core: Callable[[str], str], lexicon: Lexicon) -> bool:
    """Whether a token is worth a look: it holds letters, and no word that anybody knows."""
    bare = core(token)
    if lexicon.language.vouches(bare.lower()):  # so most are, which needs no closer look
        return False
    if token[:1] in ACCOUNTS:
        return False
    return is_strange(bare, lexicon) and not is_clipped(token, bare)
