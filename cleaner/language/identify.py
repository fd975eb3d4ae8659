"""Which language a text is written in, and which passages of it are in another one: by function words.

A bad scan of a language is still that language: where misreadings, names or prices leave too few function words, the
dictionary of the language that is expected has the last word. What is in none of the languages here stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from cleaner import text as views
from cleaner.language.frequencies import General

# Function words that few of the other languages here share; counted, not weighed. Each list covers 15 to 35 per cent
# of running prose in its own language and under 8 of any other.
FUNCTION_WORDS = {
    "en": "the of and to that was for it with as his he be on had not by which this but from they have were their",
    "fr": "le les des et du une dans qui que pour est au par sur plus ne pas il elle ce cette avec aux sont ou nous",
    "de": "der die und den das von zu mit sich des auf nicht ist dem ein eine als auch es wie wird aus bei nach sind",
    "es": "el los las y del una por con se su para como más pero sus lo al fue ha este sobre también entre muy era",
    "it": "il di che la è per un non sono con gli della nel alla dei più delle si ma anche come del questo ed suo",
    "nl": "het een van en dat niet op te zijn voor aan met er ook bij naar maar werd hij deze om uit wordt nog dan",
    "la": "et in est non ad ut cum quod qui sed sunt quae si ex hoc esse ab autem enim etiam quam atque nec eius",
    "pt": "o os do da em um uma não com para no na dos das ao mais como mas foi pelo pela seu sua são ele isso",
}
LANGUAGES = {code: frozenset(words.split()) for code, words in FUNCTION_WORDS.items()}
NAMES = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish",
    "it": "Italian", "nl": "Dutch", "la": "Latin", "pt": "Portuguese",
}  # fmt: skip
SENTENCE = re.compile(r"[.!?]?[\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\n]|[.!?](?=\s)")
LETTERS = re.compile(r"[^\W\d_]+")
TOKEN = re.compile(r"\S+")
SAMPLE = 40_000  # code points are enough for a language: 6,000 words
PIECES = 20
FEWEST_HITS = 4  # in fewer, one title or quotation decides
DIFFERENT = 3  # of them: "Ha! ha! ha! ha!" is no Spanish
SURE_SHARE = 0.12  # prose reaches .15 even when every tenth word is misread
SURE_LEAD = 1.25  # Spanish text scores .6 of its own share for Portuguese, the closest pair here
FAIR_SHARE, FAIR_LEAD = 0.05, 2.0  # advertisements and bad scans hold few function words, but of one language

# Of the words of four letters and more the English dictionary has .64 to .97 in English newspapers, .17 to .38 in French
# and .02 to .19 in German ones (the middle 96 % of 643, 200 and 300 documents); short words are words of many languages.
KNOWN_SHARE, LONG = 0.6, 4
NOISY_SHARE = 0.35  # is enough where no language has more of its function words
COMMON = 1e-3  # "no", "do", "die": a word that the own language writes so often tells of no other
DROP = 3  # so many function words of the own language end a passage in another one
NEAR = 40  # tokens: four function words in a sentence or two
AROUND = 400  # characters that are searched at once


class Passage(NamedTuple):
    """``text[start:end]`` is in the language ``code``."""

    start: int
    end: int
    code: str


class _Hit(NamedTuple):
    """A function word of other languages, and how many of the own ones stand before.

    It is the function word number ``nth`` in the token number ``token`` of the stretch of text that begins at ``start``.
    """

    start: int
    token: int
    nth: int
    own: int
    word: str


class _Run(NamedTuple):
    """A stretch in which so many more function words speak for a language than against it, and where those around stand."""

    score: int
    start: int
    end: int
    code: str
    before: int
    after: int


def language(text: str) -> str:
    """The code of the language that a text is written in, ``""`` when unsure, by the share of function words.

    >>> language("The history of the party that was written by them for the use of the members is not to be had. " * 2)
    'en'
    >>> language("Lenin Trotsky Bukharin " * 20)
    ''
    """
    counts = _words(text)
    (code, best), (_, second) = _hits(counts)
    share = best / max(1, counts.total())
    needed = SURE_LEAD if share >= SURE_SHARE else FAIR_LEAD
    several = best >= FEWEST_HITS and len(LANGUAGES[code] & counts.keys()) >= DIFFERENT
    return code if several and share >= FAIR_SHARE and best >= needed * second else ""


def may_be(text: str, general: General) -> bool:
    """Whether a text whose function words tell nothing may be in a language all the same: its dictionary says so.

    >>> english = General("en", dict.fromkeys(["grocer", "draper", "corn", "merchant"], 1e-4))
    >>> may_be("G. Jones, grocer and corn merchant; Wm. Wren, draper", english)
    True
    >>> may_be("G. Jones, marchand de tissus; Wm. Wren, libraire", english), may_be("12 s. 6 d.", english)
    (False, False)
    """
    counts = _words(text)
    (code, best), (_, second) = _hits(counts)
    known = sum(count for word, count in counts.items() if len(word) >= LONG and general.is_word(word))
    asked = sum(count for word, count in counts.items() if len(word) >= LONG)
    needed = NOISY_SHARE if code == general.code and best > second else KNOWN_SHARE
    return known > 0 and known >= needed * asked


def tells(text: str) -> bool:
    """Whether there are words enough in a text to say that it is in no language that is known."""
    return sum(count for word, count in _words(text).items() if len(word) >= LONG) >= NEAR


def _words(text: str) -> Counter[str]:
    if len(text) > SAMPLE:
        step, size = len(text) // PIECES, SAMPLE // PIECES
        text = " ".join(text[at : at + size] for at in range(0, step * PIECES, step))
    return Counter(LETTERS.findall(text.lower()))


def _hits(counts: Counter[str]) -> list[tuple[str, int]]:
    """(language, number of its function words), the most first."""
    hits = {code: sum(counts[word] for word in words) for code, words in LANGUAGES.items()}
    return sorted(hits.items(), key=lambda pair: -pair[1])[:2]


def passages(text: str, own: General) -> list[Passage]:
    """Passages of a text that are in another language than its own, in order and disjoint; from a sentence on.

    >>> english = General("en", {})
    >>> text = "He said that it was of no use. Il faut que la vie soit plus que le rêve et les mots. And he left the room."
    >>> [text[start:end] for start, end, code in passages(text, english) if code == "fr"]
    [' Il faut que la vie soit plus que le rêve et les mots.']
    >>> passages("They had an affaire de coeur and the bon mot of the day was not for the vicar.", english)
    []
    """
    others = _telling(own)
    if not _stand_close(text, others):
        return []
    any_of = LANGUAGES.get(own.code, frozenset()) | others.keys()
    hits = [*_hits_of_others(text, others, any_of)]
    found = [
        (*run, code)
        for code in LANGUAGES
        if code != own.code
        for run in _runs([hit for hit in hits if code in others[hit.word]])
    ]
    if not found:
        return []
    spans = _spans(text, {hit for _, first, last, _ in found for hit in (first, last)}, any_of)
    runs = []
    for score, first, last, code in found:
        start, end = spans[first][0], spans[last][1]
        runs.append(_Run(score, start, end, code, _end_before(text, start, any_of), _start_after(text, end, any_of)))
    return [_widened(text, run) for run in _disjoint(runs)]


def _stand_close(text: str, others: Container[str]) -> bool:
    """Whether function words of other languages stand close together: most texts have none, and that costs little.

    Signs that cling to words do not matter here.
    """
    at: list[int] = []
    size = 0
    for _, stretch in views.stretches(text):
        tokens = stretch.lower().split()
        at = [*at[1 - FEWEST_HITS :], *(k for k, token in enumerate(tokens, size) if token in others)]
        if any(last - first <= NEAR for first, last in zip(at, at[FEWEST_HITS - 1 :], strict=False)):
            return True
        size += len(tokens)
    return False


def _hits_of_others(text: str, others: Mapping[str, Container[str]], any_of: Container[str]) -> Iterator[_Hit]:
    """The function words of other languages in a text. Each token is looked into once, however often it comes."""
    words: dict[str, list[str]] = {}  # of each token that tells of another language all function words
    own: dict[str, int] = {}
    seen = 0
    for start, stretch in views.stretches(text):
        tokens = stretch.split()
        for token in set(tokens).difference(own):
            told = _function_words(token, any_of)
            own[token] = len(told)
            if told and not others.keys().isdisjoint(told):
                own[token] -= sum(word in others for word in told)
                words[token] = told
        last = 0
        for k in [k for k, token in enumerate(tokens) if token in words]:
            seen += sum(map(own.__getitem__, tokens[last:k]))
            last = k
            before = seen
            for nth, word in enumerate(words[tokens[k]]):
                if word in others:
                    yield _Hit(start, k, nth, before, word)
                else:
                    before += 1
        seen += sum(map(own.__getitem__, tokens[last:]))


def _function_words(token: str, any_of: Container[str]) -> list[str]:
    """The function words in a token, in lower case; most tokens are one word and its signs."""
    core = token.strip(views.PUNCTUATION)
    if core.isalpha():
        return [small] if (small := core.lower()) in any_of else []
    return [small for word in LETTERS.findall(core) if (small := word.lower()) in any_of]


def _spans(text: str, hits: Iterable[_Hit], any_of: Container[str]) -> dict[_Hit, tuple[int, int]]:
    """Where hits stand in a text."""
    spans: dict[_Hit, tuple[int, int]] = {}
    for start, near in groupby(sorted(hits), key=attrgetter("start")):
        places: Iterator[re.Match[str]] = TOKEN.finditer(text, start)
        at = 0
        for token, same in groupby(near, key=attrgetter("token")):
            place = next(islice(places, token - at, None))
            at = token + 1
            told = [word.span() for word in LETTERS.finditer(text, *place.span()) if word[0].lower() in any_of]
            spans.update((hit, told[hit.nth]) for hit in same)
    return spans


def _end_before(text: str, at: int, any_of: Container[str]) -> int:
    """Where the last function word before a place ends, 0 without one."""
    start = at
    while start:
        start = max(start - AROUND, 0)
        while start and not text[start].isspace():
            start -= 1
        ends = [word.end() for word in LETTERS.finditer(text, start, at) if word[0].lower() in any_of]
        if ends:
            return ends[-1]
    return 0


def _start_after(text: str, at: int, any_of: Container[str]) -> int:
    """Where the first function word behind a place begins, the end of the text without one."""
    return next((word.start() for word in LETTERS.finditer(text, at) if word[0].lower() in any_of), len(text))


@lru_cache(maxsize=8)
def _telling(own: General) -> dict[str, frozenset[str]]:
    """The function words that tell of other languages than a text's own, and which."""
    return {
        word: frozenset(code for code, words in LANGUAGES.items() if word in words)
        for word in frozenset().union(*LANGUAGES.values()) - LANGUAGES.get(own.code, frozenset())
        if own.frequency(word) < COMMON
    }


def _runs(hits: list[_Hit]) -> Iterator[tuple[int, _Hit, _Hit]]:
    """Where the function words of a language outnumber those of the own one: the best stretches (Ruzzo and Tompa).

    By how many they do, the first and the last. Only its own words are asked: of all function words
    together, which tell no more, the seven languages take eight times as long.
    """
    run: list[_Hit] = []
    score = best = length = 0
    for hit in [*hits, None]:
        if run:
            score -= hit.own - run[-1].own if hit else 0
            if hit is None or score <= max(0, best - DROP):
                if best >= FEWEST_HITS and len({one.word for one in run[:length]}) >= DIFFERENT:
                    yield best, run[0], run[length - 1]
                run = []
                score = best = 0
        if hit:
            run.append(hit)
            score += 1
            if score > best:
                best, length = score, len(run)


def _disjoint(runs: list[_Run]) -> list[_Run]:
    """Of stretches that overlap the one with the most hits: French holds words of Italian."""
    kept: list[_Run] = []
    for run in sorted(runs, key=lambda run: (-run.score, run.start, run.code)):
        if all(run.end <= other.start or other.end <= run.start for other in kept):
            kept.append(run)
    return sorted(kept, key=lambda run: run.start)


def _widened(text: str, run: _Run) -> Passage:
    """With what stands before and behind in the sentence, up to a function word of the own language; whole tokens."""
    start = max((match.end() for match in SENTENCE.finditer(text, run.before, run.start)), default=run.before)
    after = run.after
    end = next((match.start() for match in SENTENCE.finditer(text, run.end, after)), after)
    while start > run.before and not text[start].isspace() and not text[start - 1].isspace():
        start -= 1
    while end < after and not text[end].isspace():
        end += 1
    return Passage(start, end, run.code)
