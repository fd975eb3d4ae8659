"""Make ``compounds-CODE.tsv``: how good prints write two words that are, or could be, one: apart, with a hyphen, solid.

    python tools/compounds.py --lang en FILE... > cleaner/data/compounds-en.tsv

One book a file, clean and free to use; what the cleaner is measured on does not belong among them. The first row holds
the number of words read, each other row a pair in lower case and its three counts. compounds-en.tsv was counted in 10
million words of 76 English novels in the public domain, printed from 1839 to 1933; at line ends of 25 others (a novel
wrapped with hyphens) it raised the share of true hyphens that are kept from .80 to .94, rows with a count of one
included: without these it was .93, and .80 for .89 in newspapers.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from cleaner import language

SLIPS = 5e-4  # of a word, so many were cut by whoever keyed the book ("him self", 4 beside 11,891 x "himself")
LEAST = 2  # books: what stands apart in one only may be a misprint
FIRST = r"(?:^|[\s(\[\"\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EM DASH}-])([^\W\d_]+)"
PAIR = re.compile(FIRST + r"(?=\s+([^\W\d_]+)(?:[^\w'\N{RIGHT SINGLE QUOTATION MARK}]|$))")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Pair = tuple[str, str]


def compounds(text: str) -> Iterator[Pair]:
    """The pairs that a hyphen ties, of longer compounds each by itself.

    >>> list(compounds("a son-in-law by the sea-shore"))
    [('son', 'in'), ('in', 'law'), ('sea', 'shore')]
    """
    for word in WORD.findall(text):
        if "-" in word:
            yield from pairwise(word.split("-"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general = language.general(options.lang)
    size = 0
    apart: Counter[Pair] = Counter()
    books: Counter[Pair] = Counter()
    hyphened: Counter[Pair] = Counter()
    solid: Counter[str] = Counter()
    for path in options.files:
        text = path.read_text(encoding="utf-8").lower().replace("_", "")
        size += len(text.split())
        pairs = Counter((match[1], match[2]) for match in PAIR.finditer(text))
        apart.update(pairs)
        books.update(pairs.keys())
        hyphened.update(compounds(text))
        solid.update(WORD.findall(text))
    print(f"words\t{size}")
    for pair in sorted({pair for pair in apart if "".join(pair) in general} | hyphened.keys()):
        whole = solid["".join(pair)]
        blanks = apart[pair] if books[pair] >= LEAST and apart[pair] > SLIPS * whole else 0
        hyphens = hyphened[pair] if hyphened[pair] > SLIPS * whole else 0
        if blanks or hyphens:
            print(*pair, blanks, hyphens, whole, sep="\t")


if __name__ == "__main__":
    main()
