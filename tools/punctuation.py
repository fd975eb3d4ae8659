"""Make ``punctuation-CODE.tsv.gz``: what stands behind each word and before it.

    python tools/punctuation.py --lang en FILE... > cleaner/data/punctuation-en.tsv.gz

Texts clean and free to use, one a file; what the cleaner is measured on does not belong among them. Each row: a word in
lower case; how often each of ``punctuation.KINDS`` stands behind it, and an apostrophe for what it leaves out; the same
before it; how often it follows a word in lower case with a capital, and in all. Left out: what no general lexicon has, and what comes less than 30 times.

punctuation-en.tsv.gz: the 76 English novels of ``bigrams-en.tsv.gz``.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from cleaner import language
from cleaner.language.punctuation import ABBREVIATION, BLANK, COMMA, DASH, HYPHEN, KINDS, SEMICOLON, STOP
from cleaner.text import APOSTROPHES

LEAST = 30
NUMBER = "0"  # stands for any digits
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*|\d+")
QUOTES = re.compile(
    "[()\\[\\]\"'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]"
)
CLIPPED = re.compile(rf"[{APOSTROPHES}]\s")
CLIPS = re.compile(rf"\s[{APOSTROPHES}\N{{LEFT SINGLE QUOTATION MARK}}]")
FIRST = {",": COMMA, ";": SEMICOLON, ":": SEMICOLON, "\N{EM DASH}": DASH, "!": STOP, "?": STOP}


def kind(gap: str, follower: str) -> str:
    """Which of ``KINDS`` stands in a gap, quotation marks and brackets left aside; empty for what is none of them.

    >>> kind("." + chr(0x201D) + " ", "Then"), kind(". ", "ii"), kind(" ", "mill"), kind("-", "like"), kind("\\n\\n", "But")
    ('.', '.x', ' ', '-', '')
    """
    if not gap or gap.count("\n") > 1:
        return ""
    marks = QUOTES.sub("", gap).strip()
    if not marks:
        return BLANK if gap[0].isspace() or gap[-1].isspace() else ""
    if marks == ".":
        return STOP if follower[0].isupper() else ABBREVIATION
    if marks.startswith("--"):
        return DASH
    return HYPHEN if gap == "-" else FIRST.get(marks[0], "")


def gaps(text: str) -> Iterator[tuple[str, str, str]]:
    """Each two neighbouring words, as they are written, with what stands between them."""
    for left, right in pairwise(WORD.finditer(text.replace("_", ""))):
        yield left.group(), text[left.end() : right.start()], right.group()


def plain(word: str) -> str:
    return NUMBER if word[0].isdigit() else word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general = language.general(options.lang)
    behind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    inline: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for path in options.files:
        text = path.read_text(encoding="utf-8").replace("_", "")
        for left, gap, right in gaps(text):
            found = kind(gap, right)
            if found:
                behind[plain(left)][found] += 1
                before[plain(right)][found] += 1
            if found == BLANK and left.islower():
                inline[plain(right)][right[0].isupper()] += 1
            if CLIPPED.match(gap) and right.islower():
                behind[plain(left)]["'"] += 1
            if CLIPS.fullmatch(gap):
                before[plain(right)]["'"] += 1
    lines = []
    for word in sorted(behind.keys() & before.keys()):
        sides = behind[word], before[word]
        if max(side.total() for side in sides) >= LEAST and (word in general or word == NUMBER):
            cells = (" ".join(str(side[key]) for key in (*KINDS, "'")) for side in sides)
            lines.append("\t".join([word, *cells, f"{inline[word][True]} {inline[word].total()}"]))
    sys.stdout.buffer.write(gzip.compress("\n".join([*lines, ""]).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
