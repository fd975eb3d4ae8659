"""The words that are known, as a tree of letters: for searches that spell a word letter by letter and must see dead ends.

The tree is laid out over a sorted list, and only where somebody walks: to sort 160,000 words takes 0.1 s, to build the
whole tree would take ten times that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

EDGE = " "  # stands before and behind each word of a text


class Node:
    """A beginning of words, and the letters that follow it, each with its node; behind a word that is ``EDGE``.

    >>> tree = Vocabulary(["he", "hen", "house"]).root
    >>> sorted(tree.children["h"].children), sorted(tree.children["h"].children["e"].children)
    (['e', 'o'], [' ', 'n'])
    """

    __slots__ = ("_children", "_first", "_stop", "_words", "depth")

    def __init__(self, words: list[str], first: int, stop: int, depth: int) -> None:
        self._words = words
        self._first = first
        self._stop = stop
        self._children: dict[str, Node] | None = None
        self.depth = depth

    @property
    def beginning(self) -> str:
        return self._words[self._first][: self.depth]

    @property
    def is_word(self) -> bool:
        """Whether a word and its edge end here."""
        return self.depth > 0 and self._words[self._first][self.depth - 1] == EDGE

    @property
    def children(self) -> dict[str, Node]:
        if self._children is None:
            self._children = {}
            start, depth = self._first, self.depth
            while start < self._stop and depth < len(self._words[start]):
                after = self._words[start][:depth] + chr(ord(self._words[start][depth]) + 1)
                stop = bisect_left(self._words, after, start, self._stop)
                self._children[self._words[start][depth]] = Node(self._words, start, stop, depth + 1)
                start = stop
        return self._children

    def spelt(self, letters: str) -> Node | None:
        """The node that so many letters lead to, if words go on so."""
        node: Node | None = self
        for letter in letters:
            if node is None:
                return None
            node = node.children.get(letter)
        return node


class Vocabulary:
    """Words as they are looked up, each once.

    >>> known = Vocabulary(["house", "mouse"])
    >>> "house" in known, "hous" in known
    (True, False)
    """

    __slots__ = ("_words", "root")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word + EDGE for word in words})
        self.root = Node(self._words, 0, len(self._words), 0)

    def __contains__(self, word: str) -> bool:
        word += EDGE
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at] == word
