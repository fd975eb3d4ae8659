"""Where a blank in mid-line may cut a word: pairs of words whose whole is known, found in one pass over the tokens."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, compress, islice
from itertools import count as numbers

from cleaner import text as views
from cleaner.stages.hyphens.sites import DASHES, LONGEST, SIGNS, Site

# Text is read in blocks of about so many characters: a list of all tokens takes twelve times the text.
BLOCK = 1 << 16
# The letters at a token's end and at its start, where nothing clings to them that makes them another word: "o'" and
# "clock", "e.g", "n't".
OPENING = r"\s\-(\[\"" + DASHES + "\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
LAST_LETTERS = re.compile(rf"(?:\A['\"]*|[{OPENING}]'?)([^\W\d_]+)\Z")
FIRST_LETTERS = re.compile(rf"([^\W\d_]+)(?=\Z|[^\w@{views.APOSTROPHES}.]|\.(?!\w)|[{views.APOSTROPHES}](?:s\b|\W|\Z))")
NO_LETTERS = "\0"  # stands in no word
# One pattern for each sign: five scans for one letter are faster than one for any of five.
SIGN_AND_BLANK = {sign: re.compile(rf"{sign} (?=\S)") for sign in SIGNS}
BLANK_LINES = re.compile(r"\n[ \t]*\n[ \t\n]*")

Pair = tuple[str, str]


class Pairs:
    """The pairs of words of one text that stand with one blank between them, in lower case, and its tokens, counted.

    ``known`` are the words of the language. ``size`` is the number of all pairs. Those with a half that is no word are
    few, and found at once; ``own`` are the words of the document, compounds without their hyphen too.

    >>> words = {"the", "govern", "thegovern", "government", "in", "to", "into"}
    >>> pairs = Pairs("The govern ment came in to town", words)
    >>> pairs.with_a_piece(own=set()), pairs.size
    (Counter({('govern', 'ment'): 1}), 6)
    >>> [(site.start, site.left, site.right) for site in pairs.sites({("govern", "ment")})]
    [(10, 'govern', 'ment')]
    >>> sorted(pairs.all(own=set()))
    [('govern', 'ment'), ('in', 'to'), ('the', 'govern')]
    """

    def __init__(self, text: str, known: Container[str]) -> None:
        self._text = text
        self._known = known
        self._first = cache(partial(_as_first, known=known))
        self._second = cache(partial(_as_second, known=known))
        self._places: list[array[int]] = []
        self._pieces: Counter[Pair] = Counter()
        self.tokens: Counter[str] = Counter()
        pieces: set[str] = set()
        for start, tokens in _blocks(text):
            before = len(self.tokens)
            self.tokens.update(tokens if start == 0 else tokens[1:])
            new = islice(reversed(self.tokens), len(self.tokens) - before)
            pieces.update(filter(self._has_piece, new))
            found = compress(numbers(), map(pieces.__contains__, tokens))
            places = sorted({k for at in found for k in (at - 1, at) if 0 <= k < len(tokens) - 1})
            self._places.append(array("L", places))
            self._pieces.update(self._pairs(tokens, places))
        self.size = max(self.tokens.total() - 1, 0)

    def words(self) -> Counter[str]:
        """How often the text writes each word, in lower case."""
        return views.words_of((token.lower(), count) for token, count in self.tokens.items())

    def with_a_piece(self, own: Container[str]) -> Counter[Pair]:
        """How often each pair stands there whose whole is a word, and a half is none."""
        return Counter({pair: count for pair, count in self._pieces.items() if self._is_whole(pair, own)})

    def all(self, own: Container[str]) -> Counter[Pair]:
        """How often each pair stands there whose whole is a word; ``sites`` then finds all of them."""
        self._places = []
        found: Counter[Pair] = Counter()
        for _, tokens in _blocks(self._text):
            pairs = [*enumerate(self._pairs(tokens, range(len(tokens) - 1)))]
            hits = [(k, pair) for k, pair in pairs if self._is_whole(pair, own)]
            self._places.append(array("L", [k for k, _ in hits]))
            found.update([pair for _, pair in hits])
        return found

    def _has_piece(self, token: str) -> bool:
        """Whether the letters at a token's end, or at its start, are no word; most tokens are one word and its signs."""
        bare = token.strip(views.PUNCTUATION)
        if bare.isalpha() and bare.lower() in self._known:
            return False
        return self._is_piece(self._first(token)) or self._is_piece(self._second(token))

    def _is_piece(self, letters: str) -> bool:
        return letters != NO_LETTERS and letters not in self._known

    def _pairs(self, tokens: Sequence[str], places: Iterable[int]) -> Iterator[Pair]:
        return ((self._first(tokens[k]), self._second(tokens[k + 1])) for k in places)

    def _is_whole(self, pair: Pair, own: Container[str]) -> bool:
        whole = "".join(pair)
        return whole in self._known or whole in own

    def sites(self, wanted: Container[Pair]) -> Iterator[Site]:
        """Where the wanted pairs stand, in the order of the text."""
        text = self._text
        for (start, tokens), places in zip(_blocks(text), self._places, strict=True):
            found = [(k, pair) for k, pair in zip(places, self._pairs(tokens, places), strict=True) if pair in wanted]
            # the blanks that were put around a line end are not in the text
            starts = [*accumulate((len(t) + 1 if t != "\n" else 0 for t in tokens), initial=start)] if found else []
            for k, (left, right) in found:
                at = starts[k + 1]
                yield Site(at - 1, at, text[at - 1 - len(left) : at - 1], text[at : at + len(right)], "", trace=False)


def hyphened(text: str) -> list[Site]:
    """Pairs with a hyphen before the blank ("govern- ment"), whatever their whole."""
    signs = [sign for sign in SIGNS if sign in text]
    spans = sorted(match.span() for sign in signs for match in SIGN_AND_BLANK[sign].finditer(text))
    found = (_site(text, start, end, sign=text[start]) for start, end in spans)
    return [site for site in found if site]


def across_blank_lines(text: str) -> list[Site]:
    """Pairs with blank lines between, which the end of a page leaves ("pro", "tracted"), whatever their whole."""
    found = (_site(text, *match.span()) for match in BLANK_LINES.finditer(text))
    return [site for site in found if site]


def _site(text: str, start: int, end: int, sign: str = "") -> Site | None:
    """The place where ``text[start:end]`` stands between two halves of a word, if it does."""
    second = text[end : end + LONGEST + 1].partition(" ")[0].partition("\n")[0]
    if not second[:1].islower():
        return None
    while not sign and start and text[start - 1] in " \t":
        start -= 1
    left = _as_first(text[max(start - LONGEST - 1, 0) : start].rpartition(" ")[2].rpartition("\n")[2])
    right = _as_second(second)
    if NO_LETTERS in (left, right):
        return None
    return Site(start, end, text[start - len(left) : start], right, sign, text[start] in " \t")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """(offset, tokens) of pieces of a text; the last token of a piece is the first of the next.

    Tokens stand between blanks; a line end is a token of its own.
    """
    start = 0
    while start < len(text):
        blank = text.find(" ", start)
        end = text.find(" ", max(start + BLOCK, blank + 1)) if blank >= 0 else -1
        tokens = text[start : end if end >= 0 else len(text)].replace("\n", " \n ").split(" ")
        yield start, tokens
        start = end - len(tokens[-1]) if end >= 0 else len(text)


def _as_first(token: str, known: Container[str] = ()) -> str:
    """The letters at a token's end, in lower case, if they may be the first half of a word.

    A word that a hyphen ties to another is none: there is no "politicalless" in "non-political less".
    A small letter by itself is a word, or what a lost apostrophe leaves; a capital may have been set apart ("T he").

    >>> [_as_first(token) for token in ("(Govern", "counter-revolu", "T")]
    ['govern', 'revolu', 't']
    >>> {_as_first(token) for token in ("t", "rock'n", "1st", "up,", "e.g", "")} == {NO_LETTERS}
    True
    """
    if not token[-1:].isalpha():
        return NO_LETTERS
    if 1 < len(token) <= LONGEST and token.isalpha() and token.islower():
        return token
    match = None if token.isalpha() and len(token) <= LONGEST else LAST_LETTERS.search(token[-LONGEST - 1 :])
    letters = match[1] if match else token
    if not letters.isalpha() or len(letters) > LONGEST or (len(letters) == 1 and not letters.isupper()):
        return NO_LETTERS
    small = letters.lower()
    if len(small) != len(letters):  # "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" becomes two
        return NO_LETTERS
    return NO_LETTERS if token[-len(small) - 1 : -len(small)] == "-" and small in known else small


def _as_second(token: str, known: Container[str] = ()) -> str:
    """The letters at a token's start, if they may be the second half of a word: in lower case as they stand.

    >>> [_as_second(token) for token in ("ment,", "ment's", "tion-ary")]
    ['ment', 'ment', 'tion']
    >>> {_as_second(token) for token in ("Witt", "s", "n't", "o'clock", "m.yor", "")} == {NO_LETTERS}
    True
    """
    if not token[:1].islower():
        return NO_LETTERS
    if 1 < len(token) <= LONGEST and token.isalpha() and token.islower():
        return token
    match = None if token.isalpha() and len(token) <= LONGEST else FIRST_LETTERS.match(token[: LONGEST + 1])
    letters = match[1] if match else token
    if not letters.isalpha() or not 1 < len(letters) <= LONGEST or not letters.islower():
        return NO_LETTERS
    return NO_LETTERS if token[len(letters) : len(letters) + 1] == "-" and letters in known else letters
