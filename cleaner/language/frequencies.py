"""General word frequencies of a language, its dictionary, its compounds and its pairs: all from packages and tables."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from importlib import resources

from cleaner.language.bigrams import BOUNDARY, Bigrams, bigrams
from cleaner.language.compounds import Compounds, compounds
from cleaner.language.facts import FACTS, NO_FACTS
from cleaner.language.names import Names, names
from cleaner.language.packages import frequencies, known_codes, packaged
from cleaner.language.shapes import Shapes, shapes

COMMON = 1e-6  # what is written less often is no word to rely on where no dictionary says so
UNCOUNTED = 0.3  # of the words that good prints do not have where they were counted, so many are names


class General:
    """General word frequencies of one language: relative frequency by lower-case word, 0.0 where unknown.

    ``vouch`` gives the dictionary of the language, ``compounds`` its ``Compounds``, ``bigrams`` its ``Bigrams``,
    ``shapes`` its ``Shapes``, ``names`` its ``Names``, when they are first asked for.
    """

    def __init__(
        self,
        code: str,
        words: Mapping[str, float],
        vouch: Callable[[], Container[str]] = frozenset,
        compounds: Callable[[], Compounds] | None = None,
        bigrams: Callable[[], Bigrams] | None = None,
        shapes: Callable[[], Shapes] | None = None,
        names: Callable[[], Names] | None = None,
    ) -> None:
        self.code = code
        self._vouch = vouch
        self._compounds = compounds or Compounds
        self._bigrams = bigrams or Bigrams
        self._shapes = shapes or Shapes
        self._names = names or Names
        self.facts = FACTS.get(code, NO_FACTS)
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    def frequency(self, word: str) -> float:
        """Relative frequency of a word in any case."""
        return self.words.get(word.lower(), 0.0)

    def follows(self, left: str, right: str) -> float:
        """The probability of a word after another one, both in lower case; the frequency of ``right`` where no table is.

        A boundary between sentences is ``bigrams.BOUNDARY``, a number ``bigrams.NUMBER``. Zero only for words that
        neither was counted nor has a frequency.

        >>> general = General("en", {"be": 6e-3, "he": 5e-3}, bigrams=lambda: Bigrams({"may": "10\\t0.3\\t8\\tbe"}))
        >>> general.follows("may", "be") > 300 * general.follows("may", "he") > 0
        True
        >>> general.follows("not", "he")
        0.005
        """
        return self._bigrams().probability(left, right, self.words.get(right, 0.0))

    def unlisted(self, left: str) -> float:
        """How many times likelier a word that was not counted behind another one, in lower case, is there than anywhere.

        >>> General("en", {}, bigrams=lambda: Bigrams({"may": "10\\t0.4\\t8\\tbe"})).unlisted("may"), General("en", {}).unlisted("may")
        (0.4, 1.0)
        """
        return self._bigrams()[left].share

    def doubles(self, word: str) -> float:
        """How often a word, in lower case, is followed by itself: by grammar, or by what was counted; else 0.0.

        >>> General("en", {}, bigrams=lambda: Bigrams({"had": "10\\t0.3\\t4\\thad"})).doubles("had"), General("en", {}).doubles("the")
        (0.4, 0.0)
        """
        if word in self.facts.doubled:
            return 1.0
        followers = self._bigrams()[word]
        return followers.counts.get(word, 0) / followers.total if followers.total else 0.0

    def opens(self, word: str) -> float:
        """How often a word, in lower case, begins a sentence, 0.0 where nobody knows; "" asks for all words.

        A rare name that stands behind "Mr." has no row of its own in the table: how often it stands elsewhere was not counted.

        >>> table = Bigrams({"": "10\\t0.4\\t4\\the pym", "he": "16\\t0.4\\t4\\tis", "is": "9\\t1\\t4\\the"}, 110)
        >>> general = General("en", {}, bigrams=lambda: table)
        >>> general.opens("he"), general.opens("is"), general.opens("pym"), general.opens("")
        (0.25, 0.0, 0.0, 0.1)
        """
        table = self._bigrams()
        starts, times = table[BOUNDARY], table.total(word)
        if word == BOUNDARY:
            return starts.total / max(table.size - starts.total, 1)
        return starts.counts.get(word, 0) / times if times else 0.0

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def vouches(self, word: str) -> bool:
        """Whether the dictionary of the language has a word, in lower case."""
        return word in self._vouch()

    def is_slip(self, left: str, right: str) -> bool:
        """Whether two words written as one are a slip of many writers ("tobe", "highstreet"), and no word.

        A dictionary that knows both and not the whole says so; without a dictionary nothing is a slip.
        """
        words = self._vouch()
        left, right = left.lower(), right.lower()
        return left in words and right in words and left + right not in words

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has a word, in lower case; without a dictionary, whether it is at all common."""
        words = self._vouch()
        return word in words if words else self.words.get(word, 0.0) > COMMON

    @property
    def vouched(self) -> Container[str]:
        """The words of the dictionary, in lower case; without a dictionary all whose frequency is known."""
        return self._vouch() or self.words

    @property
    def compounds(self) -> Compounds:
        """Pairs of words that are one word when written together, and how good prints write them."""
        return self._compounds()

    @property
    def shapes(self) -> Shapes:
        """How words look that no list holds."""
        return self._shapes()

    def printed(self, word: str) -> float:
        """The share of a word, in lower case, in the good prints whose pairs were counted; general where none were."""
        table = self._bigrams()
        return table.total(word) / table.size if table.size else self.words.get(word, 0.0)

    def name(self, word: str) -> float:
        """How often a word, in lower case, has a capital because it is a name.

        >>> general = General("en", {}, names=lambda: Names({"frank": (3, 1)}))
        >>> general.name("frank"), general.name("payback")
        (0.6, 0.3)
        """
        share = self._names().share(word)
        if share is None:
            share = 0.0 if self._bigrams().total(word) else UNCOUNTED
        return share

    @cached_property
    def shifted(self) -> Sequence[tuple[str, str]]:
        """(compound, whole) of words that the counted prints mostly write with a hyphen and most others solid."""
        table = self.compounds
        return [
            (f"{left}-{right}", left + right)
            for (left, right), (_, hyphened, solid) in table.tied.items()
            if hyphened > solid and self.frequency(left + right) * table.size >= hyphened + solid
        ]


@lru_cache(maxsize=8)
def general(code: str) -> General:
    """The general lexicon of a language code; an unknown or empty code gives an empty one.

    From wordfreq (subtitles, books, Wikipedia, news and web text of many years, merged), down to about 1e-8.
    """
    if code not in known_codes():
        return General(code, {})
    return General(
        code,
        frequencies(code),
        partial(dictionary, code),
        partial(compounds, code),
        partial(bigrams, code),
        partial(shapes, code),
        partial(names, code),
    )


@lru_cache(maxsize=8)
def dictionary(code: str) -> Container[str]:
    """The dictionary of a language, in lower case: words that people vouch for, also rare ones; empty where there is none.

    What the packaged one lacks (British spellings) is in ``cleaner/data/words-CODE.txt``, made by ``tools/words.py``.
    """
    more = resources.files("cleaner") / "data" / f"words-{code}.txt"
    return packaged(code) | frozenset(more.read_text(encoding="utf-8").split() if more.is_file() else ())
