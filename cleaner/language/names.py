"""Which words are names, and so have a capital wherever they stand: "Charles" always, "Frank" mostly, "March" often.

The general frequencies do not tell "Frank" from "frank". The table counts both in clean prose, within sentences
(``tools/names.py``); what is not in it is no name, or too rare to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


class Names:
    """Counts by word in lower case: with a capital, and in small letters."""

    __slots__ = ("_shares",)

    def __init__(self, counts: Mapping[str, tuple[int, int]] = MappingProxyType({})) -> None:
        self._shares = {word: capital / (capital + small + 1) for word, (capital, small) in counts.items()}

    def share(self, word: str) -> float | None:
        """How often a word, in lower case, is a name; ``None`` for what is not in the table.

        >>> Names({"frank": (3, 1)}).share("frank"), Names().share("frank")
        (0.6, None)
        """
        return self._shares.get(word)


@lru_cache(maxsize=8)
def names(code: str) -> Names:
    """The table of a language: ``cleaner/data/names-CODE.tsv``, made by ``tools/names.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"names-{code}.tsv"
    if not table.is_file():
        return Names()
    rows = (row.split("\t") for row in table.read_text(encoding="utf-8").splitlines())
    return Names({word: (int(capital), int(small)) for word, capital, small in rows})
