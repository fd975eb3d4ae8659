"""Make ``cleaner/data/channel-CODE.tsv``: how often groups of printed characters are read as others.

    python tools/scans.py FILE... > pairs.jsonl
    python tools/channel.py pairs.jsonl > cleaner/data/channel-en.tsv

Truth and reading of each passage are aligned and cut at the blanks that both have; each piece is divided into groups of
at most three characters, printed and read, first by the fewest errors, then by what those counts make most probable
(hard expectation maximisation). The first row is the number of characters and of errors; each other row a group as
printed, as read, how often it was read so, and how often it was printed ("_" is a blank, and the edge of a word). Rows
with the count 0 say how often a character was printed. Passages with long s are left out: f for s is no error of
ordinary prints; ``--long-s`` counts only those. Of passages that were read almost without error nothing is learned
either.

channel-en.tsv was learned from 1,732 passages of 99 English novels in the public domain: 8 of each (without capitals),
and 14 more of 67 of them; read by Tesseract 5.3. Of the 1.0 million characters that were used,
3 to 40 in a hundred were misread.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from cleaner.language.confusions import EDGE, WIDEST, Group
from cleaner.language.noisy import TABLE_EDGE, Channel, counted

LONG_S = "\N{LATIN SMALL LETTER LONG S}"
ROUNDS = 3
LEAST = 3  # a group that was seen less often may be chance
# Of the characters of a passage: who reads better needs no correction, and would make each error look rarer than it is
# where there are many; who reads worse does not read. Of a piece, the same.
LEAST_WRONG, MOST_WRONG = 0.03, 0.4
MOST_WRONG_PIECE = 0.6
# Quotes and dashes come in forms of one meaning.
FORMS = str.maketrans(
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{EM DASH}\N{EN DASH}_",
    "\"\"''-- ",
)


def with_long_s(text: str) -> str:
    """Long s wherever printers of the 18th century set it: not at a word's end, and not beside f.

    >>> with_long_s("Sense's success satisfies us.").replace(LONG_S, "f")
    "Senfe's fuccefs satisfies us."
    """
    return re.sub(r"(?<!f)s(?=[^\W\d_])(?!f)", LONG_S, text)


def pieces(truth: str, read: str) -> list[tuple[str, str]]:
    """Truth and reading cut at the blanks that stand in both: mostly word by word.

    >>> pieces("in the old corner of", "in tbe oldcomer of")
    [('in', 'in'), ('the', 'tbe'), ('old corner', 'oldcomer'), ('of', 'of')]
    """
    cuts = [(-1, -1)]
    for tag, start, end, at, _ in Levenshtein.opcodes(truth, read):
        if tag == "equal":
            cuts += [(k, at + k - start) for k in range(start, end) if truth[k] == EDGE]
    cuts.append((len(truth), len(read)))
    return [(truth[a + 1 : b], read[c + 1 : d]) for (a, c), (b, d) in pairwise(cuts)]


def legible(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pieces of passages (truth, read) that were read, but not too well."""
    for truth, read in pairs:
        if LEAST_WRONG <= Levenshtein.normalized_distance(truth, read) <= MOST_WRONG:
            for piece, reading in pieces(truth, read):
                if piece == reading or Levenshtein.normalized_distance(piece, reading) <= MOST_WRONG_PIECE:
                    yield piece, reading


def together(groups: list[Group]) -> Iterator[Group]:
    """The errors of a piece, and those that stand side by side as one: an alignment cannot tell r lost, n as m from rn as m.

    >>> [tuple(group) for group in together([Group("o", "o"), Group("r", "m"), Group("n", ""), Group("e", "c")])]
    [('r', 'm'), ('n', ''), ('e', 'c'), ('rne', 'mc')]
    """
    for wrong, run in groupby(groups, lambda group: group.printed != group.read):
        if wrong:
            parts = list(run)
            yield from parts
            for first in range(len(parts)):
                for end in range(first + 2, len(parts) + 1):
                    whole = Group(
                        "".join(p.printed for p in parts[first:end]), "".join(p.read for p in parts[first:end])
                    )
                    if max(map(len, whole)) <= WIDEST and whole.printed != whole.read:
                        yield whole


def printed(text: str) -> Iterator[str]:
    """All groups of a piece with its edges: "" before each character, then by one, two and three."""
    text = f"{EDGE}{text}{EDGE}"
    for wide in range(WIDEST + 1):
        yield from (text[k : k + wide] for k in range(len(text) - wide + 1))


def learned(parts: list[tuple[str, str]]) -> tuple[Counter[Group], Counter[str]]:
    """How often each group of pieces (truth, read) was read as another, and how often each was printed."""
    seen = Counter(group for truth, _ in parts for group in printed(truth))
    wrong = Counter((read, truth) for truth, read in parts if read != truth)
    counts: Counter[Group] = Counter()
    for turn in range(ROUNDS + 1):
        channel = counted(counts, seen) if counts else Channel()
        counts = Counter()
        for (read, truth), times in wrong.items():
            groups = channel.groups(read, truth)
            errors = (group for group in groups if group.printed != group.read) if turn else together(groups)
            for group in errors:
                counts[group] += times
        counts = Counter({group: count for group, count in counts.items() if count >= LEAST and group.printed in seen})
    return counts, seen


def table(counts: Counter[Group], seen: Counter[str]) -> Iterator[str]:
    """The rows of the table."""
    yield f"characters\t{seen['']}\terrors\t{sum(counts.values())}"
    rows = [(*group, count) for group, count in counts.items()]
    rows += [(char, "", 0) for char in seen if len(char) <= 1 and (char, "") not in counts and seen[char] >= LEAST]
    for group, read, count in sorted(rows):
        yield f"{group}\t{read}".replace(EDGE, TABLE_EDGE) + f"\t{count}\t{seen[group]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long-s", action="store_true")
    parser.add_argument("pairs", nargs="+", type=Path)
    options = parser.parse_args()
    made = [json.loads(row) for path in options.pairs for row in path.read_text(encoding="utf-8").split("\n") if row]
    wanted = [one for one in made if (LONG_S in one["truth"]) == options.long_s]
    parts = list(legible((one["truth"].translate(FORMS), one["read"].translate(FORMS)) for one in wanted))
    sys.stderr.write(f"{len(wanted)} passages, {len(parts)} pieces, {sum(a != b for a, b in parts)} misread\n")
    for row in table(*learned(parts)):
        print(row)


if __name__ == "__main__":
    main()
