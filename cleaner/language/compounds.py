"""How good prints write two words that are, or could be, one: a table that ``tools/compounds.py`` makes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple


class Written(NamedTuple):
    """How often two words were counted apart ("sea shore"), with a hyphen, and solid."""

    apart: int = 0
    hyphened: int = 0
    solid: int = 0


NEVER = Written()
COLUMNS = 5  # of the table: two words, and their counts


class Compounds:
    """Counts of pairs of words that are, or would be, one word together ("in to", "may be", "sea-shore").

    ``size`` is the number of words of the texts that were counted, 0 where no table is known; all in lower case.

    >>> table = Compounds({("may", "be"): Written(15), ("sea", "shore"): Written(0, 16, 7)}, size=10_000)
    >>> table["may", "be"].apart, table["with", "out"].apart, table["sea", "shore"].hyphened
    (15, 0, 16)
    >>> table.tied
    {('sea', 'shore'): Written(apart=0, hyphened=16, solid=7)}
    """

    __slots__ = ("_pairs", "size", "tied")

    def __init__(
        self,
        pairs: Mapping[tuple[str, str], Written] = MappingProxyType({}),
        size: int = 0,
    ) -> None:
        self._pairs = pairs
        self.tied = {pair: written for pair, written in pairs.items() if written.hyphened}
        self.size = size

    def __getitem__(self, pair: tuple[str, str]) -> Written:
        """The counts of a pair."""
        return self._pairs.get(pair, NEVER)


@lru_cache(maxsize=8)
def compounds(code: str) -> Compounds:
    """The table of a language: ``cleaner/data/compounds-CODE.tsv``, made by ``tools/compounds.py``; empty where none is."""
    table = resources.files("cleaner") / "data" / f"compounds-{code}.tsv"
    if not table.is_file():
        return Compounds()
    head, _, rows = table.read_text(encoding="utf-8").partition("\n")
    cells = rows.replace("\n", "\t").split("\t")
    counts = (map(int, cells[k::COLUMNS]) for k in range(2, COLUMNS))
    pairs = dict(zip(zip(cells[::COLUMNS], cells[1::COLUMNS], strict=False), map(Written, *counts), strict=False))
    return Compounds(pairs, int(head.split("\t")[1]))
