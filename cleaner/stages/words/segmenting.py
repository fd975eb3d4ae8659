"""Blanks that cut words into pieces ("re la t ive", "J ames"), and blanks that are missing ("ajoint").

A piece that is no word gives a place away: the pieces about it may be one word that everybody knows. What stands there
is weighed against that word, with the share of blanks that cut one, as the document shows it by its plainest places.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from math import exp, log
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import RARE, VOUCHED, General
from cleaner.model import Edit
from cleaner.stages.words.spelling import derived

LONGEST_RUN = 7  # pieces of one word
# A word that is put together has so many letters, since of three too many strings are words; or one less, if it is so often
# written ("th e", "w as"): in papers with cut words 3 % more is put together.
LEAST_LETTERS, COMMON = 4, 2e-4
UNKNOWN = 0.01  # the share of words that nobody knows
SINGLE = 1e-4  # a letter by itself that is no word: an initial, a sign, a speck
# Without evidence one blank in two thousand cuts a word, and as many words are two whose blank is missing (weight in words).
PRIOR, WEIGHT = 5e-4, 200
ROUNDS = 3
MORE = 0.3  # of the words that are cut, so many are cut again
WORDS = frozenset(["a", "i", "o"])  # letters that are words
AFTER_APOSTROPHE = frozenset("s t d m ll ve re".split())
PAIR = 2
SELDOM = 0.1  # how often a word is a name that may be one here
CLIPPED = frozenset(views.APOSTROPHES)  # signs of what a word leaves out
LIKELY = 0.5
HELD = 0.85
FUNCTION = 2e-3  # what is written more often is an article, a preposition, a pronoun: no part of a compound
BEFORE_NAME = re.compile("[a-z]+(?=[A-Z][a-z]+$)")
NAMED = 0.5  # a word that was counted, and is oftener a name, may stand behind another: "ofArmenia", not "toString", "byUsername"
STRENGTH = 20  # times that a word is seen weigh like what is believed of the blanks of the whole text
LEAST = 1e-6  # the share of all words of what an unknown one may be made of; of words of two or three letters ``RARE``


TOKEN = re.compile(r"\S+")
# What stands without blanks between two words that are no compound: a dash, or a stop and a dash; a stop before a capital;
# another sign between words of three letters and more. A stop before a small letter may be dirt: "r.voning". In newspapers
# 1.5 % more words are mended so, 19 of 20 rightly.
_DASH, _STOP = "\N{EM DASH}\N{EN DASH}", ".,;:!?"
_SHUT = "\"')\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_OPEN = "\"'(\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
GLUE = re.compile(
    rf"[{_STOP}{_SHUT}{_DASH}-](?<=[^\W\d_].)(?:"
    rf"(?<=[{_DASH}])[{_DASH}]*|(?<=-)-+|(?<=[{_STOP}{_SHUT}])[{_STOP}]*[{_SHUT}]*(?:[{_DASH}]|-)[{_DASH}-]*"
    rf"|(?<=[a-z][a-z][.!?])[{_SHUT}]*(?=[{_OPEN}]?[A-Z][a-z])"
    rf"|(?<=[a-z]{{3}}[,;:!?])[{_SHUT}]*(?=[{_OPEN}]?[A-Za-z][a-z]{{2}})"
    rf")(?=[{_OPEN}]?[^\W\d_])"
)


class Tokens(NamedTuple):
    """What stands between the blanks of a text, or is glued together by ``GLUE``, and where it starts; equal ones are one
    string, since they are many.

    >>> Tokens.of("was bad\N{EM DASH}tbe bouse.-Thcn,said he").words
    ['was', 'bad\N{EM DASH}', 'tbe', 'bouse.-', 'Thcn,', 'said', 'he']
    >>> Tokens.of("well-known, e.g. St.Ives at 9.30--10").words
    ['well-known,', 'e.g.', 'St.Ives', 'at', '9.30--10']
    """

    text: str
    words: list[str]
    starts: array[int]

    @classmethod
    def of(cls, text: str) -> Tokens:
        one: dict[str, str] = {}
        words = GLUE.sub(r"\g<0> ", text).split()
        starts = array("L", map(re.Match.start, TOKEN.finditer(text)))
        if len(words) > len(starts):
            starts = array("L", sorted([*starts, *map(re.Match.end, GLUE.finditer(text))]))
        return cls(text, [*map(one.setdefault, words, words)], starts)

    def end(self, k: int) -> int:
        return self.starts[k] + len(self.words[k])


class Span(NamedTuple):
    """Tokens ``first`` up to ``last`` (not included) that may be one word."""

    odds: float  # log odds, without the prior
    first: int
    last: int
    word: str

    @property
    def more(self) -> int:
        """How many blanks it holds beside the first."""
        return self.last - self.first - 2


def segmented(
    tokens: Tokens,
    core: Callable[[str], str],
    strange: Callable[[str], bool],
    left_out: Container[int],
    general: General,
) -> tuple[list[Edit], set[int]]:
    """Edits of blanks that cut a word, and the numbers of the tokens that they concern.

    ``core`` gives a token without what clings to it, ``strange`` whether it is
    no known word.
    """
    bare = {token: core(token) for token in {*tokens.words}}
    cores = [*map(bare.__getitem__, tokens.words)]
    odd = {token for token, core in bare.items() if strange(token) or _letter(core)}
    pieces = [k for k, token in enumerate(tokens.words) if token in odd and k not in left_out]
    cut = [*_cut(tokens, cores, pieces, general)]
    edits: list[Edit] = []
    taken: set[int] = set()
    prior = _prior(cut, len(cores))
    for odds, span in sorted(((span.odds + prior + span.more * log(MORE), span) for span in cut), reverse=True):
        run = range(span.first, span.last)
        apart = len(cores[span.first]) == 1 and (span.word.isupper() or _of_name(cores, span.first, general))
        # an initial set apart ("W ANTED"), or what a name ends in
        confidence = round(min(_sigmoid(odds), HELD if apart else 0.99), 2)
        if confidence < LIKELY or not taken.isdisjoint(run):
            continue
        taken.update(run)
        edits.extend(_edits(tokens, span, confidence, group=span.first + 1))
    return edits, taken


def _prior(spans: Sequence[Span], size: int) -> float:
    """The log share of the document's tokens that are cut, or fused, as the places that show it are likely to be."""
    prior = log(PRIOR)
    for _ in range(ROUNDS):
        expected = sum(_sigmoid(span.odds + prior + span.more * log(MORE)) for span in spans)
        prior = log((expected + WEIGHT * PRIOR) / (size + WEIGHT))
    return prior


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-min(odds, 50.0)))


def _letter(core: str) -> bool:
    return len(core) == 1 and core.isalpha() and core.lower() not in WORDS


def _cut(tokens: Tokens, cores: Sequence[str], pieces: Sequence[int], general: General) -> Iterator[Span]:
    """Runs of tokens with a piece among them whose letters are one word."""
    tied = cache(partial(_is_tied, tokens, cores))
    seen = set()
    for piece in pieces:
        low = high = piece
        while low and piece - low < LONGEST_RUN - 1 and tied(low - 1):
            low -= 1
        while high + 1 < len(cores) and high - piece < LONGEST_RUN - 1 and tied(high):
            high += 1
        for first in range(low, piece + 1):
            for last in range(max(first + 2, piece + 1), min(first + LONGEST_RUN, high + 1) + 1):
                if (first, last) in seen:
                    continue
                seen.add((first, last))
                whole = "".join(cores[first:last])
                small = whole.lower()
                if not (_long_enough(small, general) and _one_form(whole) and _sure_word(small, general)):
                    continue
                if last - first == PAIR and _lost_apostrophe(small[: len(cores[first])], cores[last - 1], general):
                    continue
                if first and _is_contracted(cores[first - 1], cores[first], general):
                    continue
                apart = sum(log(_share(cores[k], general)) for k in range(first, last))
                yield Span(log(general.frequency(small)) - apart, first, last, whole)


def _long_enough(small: str, general: General) -> bool:
    """Whether letters make more than a string that happens to be a word."""
    return len(small) >= LEAST_LETTERS or (len(small) == LEAST_LETTERS - 1 and general.frequency(small) >= COMMON)


def _is_tied(tokens: Tokens, cores: Sequence[str], k: int) -> bool:
    """Whether only one blank stands between the letters of a token and of the next one, which is not cut short: "wor th'"."""
    left, right = cores[k], cores[k + 1]
    return (
        left.isalpha()
        and right.isalpha()
        and tokens.words[k].endswith(left)
        and tokens.words[k + 1].startswith(right)
        and tokens.words[k + 1][len(right) : len(right) + 1] not in CLIPPED
        and _is_one_gap(tokens.text[tokens.end(k) : tokens.starts[k + 1]])
    )


def _lost_apostrophe(word: str, ending: str, general: General) -> bool:
    """Whether an apostrophe may have stood between two pieces: "Lot s wife", "they ve"."""
    return ending in AFTER_APOSTROPHE and (len(ending) == 1 or _sure_word(word, general))


def _is_contracted(word: str, ending: str, general: General) -> bool:
    """Whether an ending belongs to the word before it, and lost its apostrophe: "didn t he" is not "didn the"."""
    return ending in AFTER_APOSTROPHE and general.frequency(f"{word}'{ending}") >= RARE


def _of_name(cores: Sequence[str], k: int, general: General) -> bool:
    """Whether a letter may be the ending of the name before it, which lost its apostrophe: "Dale s een"."""
    if k == 0 or cores[k] not in AFTER_APOSTROPHE or not cores[k - 1][:1].isupper():
        return False
    return general.name(cores[k - 1].lower()) > SELDOM


def _is_one_gap(gap: str) -> bool:
    """Whether only one blank stands between two tokens, or one line end."""
    return gap == " " or gap.strip(" ") == "\n"


def _one_form(whole: str) -> bool:
    return whole.islower() or whole.isupper() or (whole[0].isupper() and whole[1:].islower())


def _sure_word(small: str, general: General) -> bool:
    return general.vouches(small) and general.frequency(small) > 0


def _share(core: str, general: General) -> float:
    """How often a token stands by itself: as a known word, as an initial, or as a word that nobody knows."""
    small = core.lower()
    if len(small) == 1:
        return general.frequency(small) if small in WORDS else SINGLE
    share = general.frequency(small)
    if general.is_word(small) or share >= RARE:
        return max(share, VOUCHED)
    return max(UNKNOWN * general.shapes.probability(small), share, derived(small, general))


@lru_cache(maxsize=1 << 13)
def parted(core: str, general: General) -> tuple[float, str] | None:
    """The two common words that an unknown one is most likely made of, with how often they stand side by side.

    >>> from cleaner.language import general
    >>> parted("ofthe", general("en"))[1], parted("Osgodby", general("en"))
    ('of the', None)
    >>> parted("ofArmenia", general("en"))[1], parted("toString", general("en")), parted("deLacey", general("en"))
    ('of Armenia', None, None)
    """
    if not core.isalpha() or len(core) < LEAST_LETTERS:
        return None
    small, named = core.lower(), BEFORE_NAME.match(core)
    if not named and not _one_form(core):
        return None
    best: tuple[float, str] | None = None
    for at in [named.end()] if named else range(1, len(small)):
        left, right = small[:at], small[at:]
        if named and (general.frequency(left) < FUNCTION or general.name(right) <= NAMED):
            continue
        if _common(left, general) and _common(right, general):
            found = general.frequency(left) * general.follows(left, right), f"{core[:at]} {core[at:]}"
            best = max(best or found, found)
    return best


def lost_behind(proven: Iterable[Mapping[str, int]], counts: Mapping[str, int], size: int) -> dict[str, float]:
    """How many times likelier than behind others a blank behind a word, in lower case, is lost: in some prints behind the f
    of "of" and "if". ``proven`` are words, and pairs of them, that surely stand for others, with how often they do,
    ``counts`` those of the text, which has ``size`` words. One pair tells nothing of others: it may be one word of the text's own.

    >>> proven = [{"of the": 30}, {"of a": 1}, {"in it": 1, "her": 5}]
    >>> {word: round(times) for word, times in lost_behind(proven, {"of": 100}, 10_000).items()}
    {'of': 64}
    """
    lost, pairs = Counter[str](), Counter[str]()
    for times in proven:
        for words, count in times.items():
            if " " in words:
                left = words.partition(" ")[0]
                lost[left] += count
                pairs[left] += 1
    usual = max(lost.total() / size, PRIOR)
    shares = {
        word: (n + STRENGTH * usual) / (counts.get(word, 0) + n + STRENGTH)
        for word, n in lost.items()
        if pairs[word] > 1
    }
    return {word: max(share / usual, 1.0) for word, share in shares.items()}


def open_compound(pair: str, general: General) -> bool:
    """Whether two words that stood as one may be a compound that lost its hyphen, or a name: none of them is a mere function word."""
    return max(map(general.frequency, pair.split(" "))) < FUNCTION


def _common(word: str, general: General) -> bool:
    if len(word) == 1:
        return word in WORDS
    return general.vouches(word) and general.frequency(word) >= (RARE if len(word) < LEAST_LETTERS else LEAST)


def _edits(tokens: Tokens, span: Span, confidence: float, group: int) -> Iterator[Edit]:
    why = f"{span.word} is a word, not all of its pieces are"
    text = tokens.text
    gaps = [(tokens.end(k), tokens.starts[k + 1]) for k in range(span.first, span.last - 1)]
    if span.last < len(tokens.words) and any("\n" in text[start:end] for start, end in gaps):
        gaps.append((tokens.end(span.last - 1), tokens.starts[span.last]))  # where the line end goes, as at other cuts
    shared = group if len(gaps) > 1 else None
    for k, (start, end) in enumerate(gaps):
        behind = k == span.last - span.first - 1
        if behind and text[start:end] != " ":
            continue
        yield Edit(start, end, text[start:end], "\n" if behind else "", "words.split", confidence, why, shared)
