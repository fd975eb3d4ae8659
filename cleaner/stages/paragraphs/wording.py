"""What the words of a text tell of its line ends: which end sentences, which begin them, and which are names."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from cleaner.measure import STOPS
from cleaner.stages.paragraphs.shapes import CLOSING

TIED = 0.1  # a word that ends a sentence so seldom, against the average word, ties its line to the next
ABBREVIATED = 0.02  # hardly a title ends so, either
RAREST = 0.15  # no word speaks more against running on: the stop before it may not have been read
FEWEST = 10  # times: a word that is rarer shows nothing
DOUBT = 2  # times that a word counts as the average word
LEAST = 1e-4  # of the words: none ends a sentence more seldom
TOKENS = 50_000  # are enough to learn which words end a sentence
AROUND = ".,;:!?'\"()-\N{EM DASH}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


class Words:
    """The words of a text: how often they end a sentence, and begin with a capital in the middle of one.

    ``closed``: of the sentences that end inside a line, how many end in a quotation mark, and how many do not.
    """

    def __init__(self, text: str) -> None:
        text = text[: 12 * TOKENS]
        tokens = text.split(None, TOKENS)[:TOKENS]
        self._forms = Counter(tokens)
        self._ends: dict[str, float] = {}
        self._mean = sum(count for form, count in self._forms.items() if form[-1] in STOPS) / max(1, len(tokens))
        self._names, self._starts = Counter[str](), Counter[str]()
        closed = 0
        for line in text.split("\n"):  # inside the lines no layout hides what goes on
            if line[1:].islower():
                continue
            for left, right in pairwise(line.split()):
                if not right[0].isupper():
                    continue
                if left[-1].isalpha() or left[-1] == ",":
                    self._names[right.strip(AROUND)] += 1
                elif left[-1] in STOPS or (left[-1] in CLOSING and left[-2:-1] in STOPS):
                    self._starts[right.strip(AROUND)] += 1
                    closed += left[-1] in CLOSING
        names, starts = self._names.total(), self._starts.total()
        self._named = (names + 1) / (names + starts + 2)
        self.closed = closed, starts - closed

    def ends(self, word: str) -> float:
        """How often a word ends a sentence, against the average word: 1 for a word that the text does not know.

        >>> Words("the cat and the dog saw the man. " * 50).ends("the") < 0.05
        True
        """
        if word[-1] == ".":
            return ABBREVIATED
        if word in self._ends:
            return self._ends[word]
        self._ends[word] = share = self._share(word)
        return share

    def runs_on(self, word: str) -> float:
        """How much likelier a word with a capital stands in mid-sentence than at the beginning of one: 1 if not known.

        >>> words = Words("Then he saw the King. Then the King saw him. " * 50)
        >>> words.runs_on("King") > 5, words.runs_on("Then") < 0.2, words.runs_on("Queen")
        (True, True, 1.0)
        """
        word = word.strip(AROUND)
        named = self._named
        names, starts = self._names[word] + DOUBT * named, self._starts[word] + DOUBT * (1 - named)
        return min(1 / RAREST, max(RAREST, names / starts / named * (1 - named)))

    def _share(self, word: str) -> float:
        low = word.lower()
        inside = self._forms[word] + (self._forms[low] if low != word else 0)
        if inside < FEWEST:
            return 1.0
        ended = sum(self._forms[low + stop] for stop in (".", "?", "!", ".\N{RIGHT DOUBLE QUOTATION MARK}", '."'))
        mean = max(self._mean, LEAST)
        return min(1.0, max((ended + mean * DOUBT) / (inside + ended + DOUBT) / mean, LEAST / mean))
