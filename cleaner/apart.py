"""How often good prints write two words apart that would be one word together: tables that ``tools/pairs.py`` makes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


class Pairs:
    """How often good prints write two words apart that would be one word together ("in to", "may be", "any body").

    ``size`` is the number of words of the texts that were counted, 0 where no table is known; pairs are in lower case.

    >>> pairs = Pairs({("may", "be"): 15, ("in", "deed"): 1}, size=10_000)
    >>> pairs.apart("may", "be"), pairs.apart("with", "out")
    (15, 0)
    """

    __slots__ = ("_counts", "size")

    def __init__(self, counts: Mapping[tuple[str, str], int] = MappingProxyType({}), size: int = 0) -> None:
        self._counts = counts
        self.size = size

    def apart(self, left: str, right: str) -> int:
        """The count of a pair, in lower case."""
        return self._counts.get((left, right), 0)


@lru_cache(maxsize=8)
def written_apart(code: str) -> Pairs:
    """The pairs of a language: ``cleaner/data/pairs-CODE.tsv``, made by ``tools/pairs.py``; empty where there is none."""
    table = resources.files("cleaner") / "data" / f"pairs-{code}.tsv"
    if not table.is_file():
        return Pairs()
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    cells = (row.split("\t") for row in rows)
    return Pairs({(left, right): int(count) for left, right, count in cells}, int(head.split("\t")[1]))
