"""What packages know of a language, read from their data files: frequencies of wordfreq, dictionaries of pyspellchecker.

The packages themselves are not imported: they load much that nothing here asks for (names of languages, tokenizers, how
to correct a word), and for a first small file that takes as long as its cleaning. What is read is what they would give
(tests/test_packages.py).
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec, module_from_spec
from itertools import repeat

import msgpack

SIZES = ("small", "large")  # of wordfreq's lists, the better last
LIST = ".msgpack.gz"


def _folder(package: str, name: str) -> Traversable:
    """A folder of an installed package."""
    spec = find_spec(package)
    assert spec is not None
    return resources.files(module_from_spec(spec)) / name


@lru_cache(maxsize=1)
def _lists() -> dict[str, Traversable]:
    """The best list of wordfreq by language: they are called ``large_en.msgpack.gz``."""
    names = {file.name: file for file in _folder("wordfreq", "data").iterdir() if file.name.endswith(LIST)}
    return {
        name.removeprefix(f"{size}_").removesuffix(LIST): file
        for size in SIZES
        for name, file in names.items()
        if name.startswith(f"{size}_")
    }


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """The codes of the languages whose frequencies are known."""
    return frozenset(_lists())


def frequencies(code: str) -> dict[str, float]:
    """Relative frequency by word, in lower case, down to about 1e-8; empty where none are known.

    The list number k of a file, from 0, holds the words that come once in ten to the power of k / 100 words.

    >>> round(frequencies("en")["the"], 3), frequencies("xx")
    (0.054, {})
    """
    if code not in _lists():
        return {}
    _, *bins = msgpack.unpackb(gzip.decompress(_lists()[code].read_bytes()))
    words: dict[str, float] = {}
    for k, found in enumerate(bins):
        words.update(zip(found, repeat(10 ** (-k / 100))))
    return words


def packaged(code: str) -> frozenset[str]:
    """The dictionary of a language, which leaves out what frequencies count too: misprints, halves of words, web addresses.

    >>> "mill" in packaged("en"), "tbe" in packaged("en"), packaged("xx")
    (True, False, frozenset())
    """
    file = _folder("spellchecker", "resources") / f"{code}.json.gz"
    if not file.is_file():
        return frozenset()
    return frozenset(json.loads(gzip.decompress(file.read_bytes()).lower()))
