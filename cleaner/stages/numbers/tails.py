"""What may be left of a mark that was misread: in a stretch where marks are missing, the tails that are no words.

Behind a word and its stops that is whatever is no word ("party'.4 I", "Lenin'Y5", "criticism.!9"), and words that cannot stand
there ("construction. to The"). How likely the tail is to stand there without a mark is told beside it, so that it can be
weighed against its being one. Left alone are figures that belong to the text: what follows "chapter" or "p.", days, measures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from cleaner.language import RARE, General
from cleaner.stages.numbers.context import ABBREVIATIONS, BEFORE_NUMBERS, BEFORE_YEARS, MONTHS, REFERENCES
from cleaner.stages.numbers.places import DASHES, LARGEST, QUOTES, STOPS, Kind, is_abbreviation, is_counted, is_near
from cleaner.stages.numbers.runs import Runs, places_of
from cleaner.stages.numbers.shapes import any_signs
from cleaner.text import APOSTROPHES, PUNCTUATION

ENDS = frozenset(".?!")  # of a sentence


class Option(NamedTuple):
    """A tail that may be a mark: ``text[start:end]`` with the blank before it; how likely it stands there without being one."""

    start: int
    end: int
    tail: str
    kind: Kind
    otherwise: float
    stop: str = ""  # that was read as part of the tail


# A piece between blanks: what stands before a word, the word (or a year), the stops that print sets behind it, and a tail.
SMALL = r"[^\W\d_A-Z]"
PIECE = re.compile(r"\S+")
PIECE_BEFORE = re.compile(r"\S+[ \n]{1,2}\Z")
STOPPED = rf"(?P<stops>(?:\.\.\.|[.,;:!?\N{{HORIZONTAL ELLIPSIS}}])?[{QUOTES})\]>]*[.,;:]{{0,3}})(?P<tail>\S{{0,4}})"
PARTS = re.compile(
    rf"\W*?(?P<word>(?:[A-Z]{{0,3}}{SMALL}+|[A-Z]{{2,}})(?:[-{APOSTROPHES}]+[A-Z]?{SMALL}+)*|[12]\d{{3}}s?){STOPPED}"
)
BARE = re.compile(rf"(?P<word>){STOPPED}")
TRAILING = re.compile(rf"[^\W\d_]+(?P<stops>[.,;:!?{QUOTES})\]]+)\Z")
# Signs that a mark has and a word has not; where marks are rare only what holds one is looked at.
ODD = "\N{DEGREE SIGN}\N{REGISTERED SIGN}\N{SECTION SIGN}}{*\N{DAGGER}\N{DOUBLE DAGGER}"
SECOND_STOP = re.compile("[!?](?<=[.,;:!?].)")
FEW_PIECES = 40  # code points
YEAR_AND_STOP = 5
PLAIN_ENDS = frozenset(
    {
        *STOPS,
        *(stop + quote for stop in ".,;:?!" for quote in QUOTES),
        *(quote + stop for stop in ".,;:" for quote in QUOTES),
    }
)
SHORT, PIECES = 3, 3  # signs of a piece that may be of a mark; pieces of one
# How often such a thing stands at a place in scanned prose that is no mark. A number has any value.
NUMBER, GLUED, DIRT = 3e-3, 1e-4, 1e-3
VALUES = 30
NOUGHT = 1e-3  # of numbers begin with one
LOOSE = 0.03  # of words, a number follows
COMMON = 1e-4  # a word
COMMONEST = 5e-3  # a letter is a word: "a", "I"
LOWER, CAPITAL = 1e-4, 1e-3  # a sentence begins in lower case; a capital that is no name's follows "A" or "I"
RUN_ON = 1e-4  # a blank behind a stop is missing
ASKED = 1e-2  # a question or exclamation mark stands outside of quotation marks, or behind a stop
ODDLY = 1e-3  # or apart from its word
TWICE = 1e-4  # behind a stop
EXCLAIMED, EXCLAIMED_WITHIN = 0.02, 1e-4  # of stops are such, at the end of a sentence and within one
NAMED = 0.5  # of the uses of a word that have a capital, from here on it is a name
UNREAD = "\N{REPLACEMENT CHARACTER}"  # a letter of the word
PLAIN = frozenset("!?\"'()[].,;:\N{EM DASH}\N{EN DASH}-")
OPENING = frozenset("\"'([\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}.,;:")
FIGURE_LIKE = re.compile(r"[0-9lIoOsSBZ|!\[\](){}]+\Z")


Place = tuple[int, int, list[tuple[int, int]]]  # a piece, and the pieces behind it


class Tails:
    """The tails of one text that may be marks; those in what is ``taken`` are left out.

    >>> english = __import__("cleaner.language").language.general("en")
    >>> text = "of the party'.4 I In the construction. to The left"
    >>> tails = Tails(Runs.of(text), english, lambda at: False)
    >>> [[option.tail for option in options] for options in tails.between(0, 50)]
    [['4', '4 I'], ['to']]
    """

    def __init__(self, figures: Runs, general: General, taken: Callable[[int], bool]) -> None:
        self._figures, self._text, self._general, self._taken = figures, figures.text, general, taken
        self._known: dict[tuple[int, str], list[Option]] = {}

    def between(self, start: int, end: int, signs: str = "", *, sparse: bool = False) -> Iterator[list[Option]]:
        """What may be misread marks in ``text[start:end]``: for each place the tails, of which one at most is a mark.

        ``signs`` are letters that a mark may be read as; where marks are ``sparse``, only what holds an odd sign is looked at.
        """
        if sparse:
            places = self._odd[bisect_left(self._odd, (start,)) : bisect_left(self._odd, (end,))]
        else:
            places = list(_suspect(self._text, start, end, signs))
        for begin, stop, after in places:
            if (begin, signs) not in self._known:
                found = _Reader(self._text, self._general, after, signs).options(begin, stop)
                self._known[begin, signs] = [option for option in found if self._is_free(option)]
            options = [option for option in self._known[begin, signs] if option.end <= end]
            if options:
                yield options

    def _is_free(self, option: Option) -> bool:
        return option.otherwise > 0 and not self._taken(option.start + 1) and not self._taken(option.end - 1)

    @cached_property
    def _odd(self) -> list[Place]:
        return list(_odd(self._figures, self._taken))


@lru_cache(maxsize=1 << 14)
def _is_plain(piece: str) -> bool:
    """Whether a piece is a word with its ordinary stops and nothing else, which no mark can be in.

    >>> [_is_plain(piece) for piece in ("'Party',", "party.4", "partyY", "party.!")]
    [True, False, False, False]
    """
    word = piece.strip(PUNCTUATION)
    if not (word.isalpha() and word[1:].islower()):
        return False
    return piece.endswith(word) or piece[piece.index(word) + len(word) :] in PLAIN_ENDS


def _suspect(text: str, start: int, end: int, signs: str) -> Iterator[Place]:
    """The pieces of a stretch that may hold a mark, or have one behind them."""
    spans = [match.span() for match in PIECE.finditer(text, start, end + FEW_PIECES)]
    for k, (begin, stop) in enumerate(spans):
        last = text[stop - 1]
        if begin >= end:
            break
        if _is_plain(text[begin:stop]) and last not in signs:
            if k + 1 == len(spans) or spans[k + 1][1] - spans[k + 1][0] > SHORT:
                continue  # most words, with a word behind them
            if last.isalpha() and not (text[spans[k + 1][0]].isdigit() or text[spans[k + 1][0]] == "l"):
                continue
        yield begin, stop, spans[k + 1 : k + 2 + PIECES]


def _odd(figures: Runs, taken: Callable[[int], bool]) -> Iterator[Place]:
    """The pieces of a text that begin as words, or years, and hold a sign which no word has."""
    text, last = figures.text, 0
    stops = (match.start() - 1 for match in SECOND_STOP.finditer(text))
    for at in sorted([*(start for start, _ in figures.spans), *places_of(text, ODD), *stops]):
        if at < last:
            continue
        begin = at
        while begin > last and not text[begin - 1].isspace():
            begin -= 1
        if begin == at and not text[at].isdigit():  # "the smoke. *": it belongs to what stands before
            before = PIECE_BEFORE.search(text, max(begin - FEW_PIECES, last), begin)
            begin = before.start() if before else begin
        piece = PIECE.match(text, begin)
        if piece:
            last = piece.end()
            if (begin < at or last - begin > YEAR_AND_STOP) and not taken(at):
                behind = [match.span() for match in PIECE.finditer(text, last, last + FEW_PIECES)]
                yield begin, last, behind[: PIECES + 1]


class _Reader:
    """What stands at a piece and the ``after`` ones behind it."""

    def __init__(self, text: str, general: General, after: list[tuple[int, int]], signs: str) -> None:
        self._text, self._general, self._after, self._signs = text, general, after, signs

    def options(self, begin: int, stop: int) -> Iterator[Option]:
        text = self._text
        parts = PARTS.fullmatch(text, begin, stop) or BARE.fullmatch(text, begin, stop)
        if not parts:
            return
        word, stops, tail, at = parts["word"], parts["stops"], parts["tail"], parts.start("tail")
        whole = TRAILING.match(tail)
        if whole and not stops:  # "toO.": a misread word with its stop
            word, stops, tail = word + tail, whole["stops"], ""
        if not word and not self._goes_on(begin, stops, tail):
            return
        if stops in {".", ","} and is_abbreviation(word):
            return
        if tail:
            kind = Kind.STOP if stops else Kind.WORD
            if (
                kind is Kind.STOP and stops in {"!", "?"} and tail.isdigit()
            ):  # "otsovists!2": the sign may be of the mark
                ends = not self._after or not self._text[self._after[0][0]].islower()
                chance = DIRT * any_signs(stops + tail)
                yield Option(at, stop, tail, Kind.STOP, chance / (EXCLAIMED if ends else EXCLAIMED_WITHIN))
                yield Option(at - 1, stop, stops + tail, Kind.WORD, chance)
                yield from self._longer(at, stop, tail, kind, GLUED / VALUES, 0)
            else:
                yield from self._glued(at, tail, kind, word, stops)
            return
        ends_in_sign = self._signs and not stops and word[-1:] in self._signs
        if ends_in_sign and word.islower() and self._general.vouches(word[:-1]) and not self._is_word(word):
            yield Option(stop - 1, stop, word[-1], Kind.WORD, RUN_ON)  # "smoket"
        kind = Kind.APART if stops else Kind.LOOSE
        if stops or word.lower() not in REFERENCES | ABBREVIATIONS | MONTHS:
            told = not stops and word.lower() in BEFORE_YEARS | BEFORE_NUMBERS
            yield from self._apart(stop, kind, sentence=not ENDS.isdisjoint(stops), told=told)

    def _goes_on(self, begin: int, stops: str, tail: str) -> bool:
        """Whether stops without a word before them are those of an ellipsis, or stand apart from their word: "it . 81"."""
        before = self._text[max(begin - 2, 0) : begin].strip()
        ends = before[-1:] == "." or (before[-1:].isalpha() and stops == ".")
        return bool(stops) and not tail.isalpha() and (ends or (len(stops) > 1 and stops[0] == "."))

    def _glued(self, start: int, tail: str, kind: Kind, word: str, stops: str) -> Iterator[Option]:
        """A tail that clings to a stop or a word, alone and with what stands behind it."""
        if tail[-1] in ".,;:" or tail[0] in DASHES or UNREAD in tail:
            return
        letters = sum(map(str.isalpha, tail))
        if letters == len(tail) and (letters >= SHORT or len(word) == 1 or (letters > 1 and tail.istitle())):
            return
        if letters and tail[-1] == ")":  # "a)"
            return
        if kind is Kind.WORD:
            odd = any(sign.isdigit() or sign.isupper() or not (sign.isalnum() or sign in PLAIN) for sign in tail)
            if not odd or len(word) < 2 or self._is_word((word + tail).lower()):
                return
            if not word.isdigit() and word.lower() in REFERENCES | ABBREVIATIONS:
                return
        if tail.isdigit():
            chance = GLUED / VALUES
        elif self._is_word(tail.lower()):
            chance = RUN_ON * self._general.frequency(tail)
        elif set(tail) <= {"!", "?"}:
            quoted = len(tail) == 1 and stops[-1:] not in {".", ",", ";", ":"}
            chance = ASKED if quoted else TWICE * ASKED ** (len(tail) - 1)
        elif set(tail) <= PLAIN:
            chance = 0.0
        elif tail.isalpha() and tail.islower() and len(tail) > 1:
            chance = RUN_ON  # the rest of a word that is misread
        else:
            chance = DIRT * any_signs(tail)
        alone = tail.isalpha() and not stops.strip(QUOTES) and bool(self._after)
        stop = self._swallowed() if alone else ""
        yield Option(start, start + len(tail), tail, kind, chance, stop)
        yield from self._longer(start, start + len(tail), tail, kind, chance, 0)

    def _swallowed(self) -> str:
        """The stop that must have stood before a tail of letters, where a sentence begins behind it: "partyY Indeed"."""
        return "." if self._begins_sentence(self._text[slice(*self._after[0])], least=RARE) else ""

    def _apart(self, stop: int, kind: Kind, *, sentence: bool, told: bool) -> Iterator[Option]:
        """A short piece behind a stop or a word, alone and with what stands behind it; alone no number that a word told."""
        if not self._after or not is_near(self._text, stop, self._after[0][0]):
            return
        begin, end = self._after[0]
        tail = self._text[begin:end]
        if (
            end - begin > SHORT
            or tail[-1] in ".,;:"
            or (tail[0] in OPENING and len(tail) > 1)
            or (tail[-1] == ")" and tail[0].isalpha())
        ):
            return
        if kind is Kind.LOOSE and not tail.isdigit() and tail != "l":
            return
        chance = self._alone(tail, 0, sentence=sentence, loose=kind is Kind.LOOSE)
        another = self._text[end : end + 2].strip().isdigit()
        if not (tail.isdigit() and (told or another or is_counted(self._text, end))):
            yield Option(stop, end, tail, kind, chance)
        yield from self._longer(stop, end, tail, kind, chance, 1)

    def _longer(self, start: int, end: int, tail: str, kind: Kind, chance: float, k: int) -> Iterator[Option]:
        for at in range(k, min(k + PIECES - 1, len(self._after))):
            begin, stop = self._after[at]
            piece = self._text[begin:stop]
            if not is_near(self._text, end, begin) or stop - begin > 2 or not FIGURE_LIKE.match(piece):
                return
            tail, end = f"{tail} {piece}", stop
            chance *= self._alone(piece, at, sentence=False, loose=True)
            if sum(map(str.isalnum, tail)) > LARGEST + 1 or is_counted(self._text, end):
                return
            yield Option(start, end, tail, kind, chance)

    def _alone(self, piece: str, k: int, *, sentence: bool, loose: bool) -> float:
        """How likely a piece of text, the ``k``-th behind the place, stands there as what it is."""
        if piece.isdigit():
            return (LOOSE if loose else NUMBER) / VALUES * (NOUGHT if piece[0] == "0" else 1.0)
        if not piece.isalpha():
            rest = sum(map(str.islower, piece)) > 1  # of a word that is misread
            if set(piece) <= PLAIN:  # "table. ? At"
                return ODDLY if set(piece) <= {"!", "?", "'"} and len(piece) == 1 else 0.0
            return RUN_ON if rest else DIRT * any_signs(piece)
        follows = self._text[slice(*self._after[k + 1])] if k + 1 < len(self._after) else ""
        small = piece.lower()
        single = len(piece) == 1 and (self._general.frequency(small) < COMMONEST or follows.isdigit())
        if single or not self._is_word(small):
            return DIRT * any_signs(piece)
        share, raised = self._general.frequency(small), self._begins_sentence(follows)
        if piece.islower():
            return LOWER * share if sentence and raised else 0.0
        return CAPITAL * share if raised else 0.0

    def _begins_sentence(self, follows: str, least: float = COMMON) -> bool:
        """Whether a word has a capital that it has at the beginning of a sentence only."""
        word = follows.strip(PUNCTUATION)
        small = word.lower()
        return word.istitle() and self._general.frequency(small) >= least and self._general.name(small) < NAMED

    def _is_word(self, small: str) -> bool:
        return self._general.vouches(small) or self._general.frequency(small) >= RARE
