"""Make ``names-CODE.tsv``: words that are often written with a capital within a sentence: "Charles", "Frank", "March".

    python tools/names.py --lang en FILE... > cleaner/data/names-en.tsv

Texts clean and free to use, one a file; what the cleaner is measured on does not belong among them. Each row holds a word
in lower case, how often it was written with a capital, and how often in small letters. Left out: what the general lexicon
does not have, what has a capital once, or less often than one time in ten.

names-en.tsv: the texts of ``bigrams-en.tsv.gz``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from cleaner import language

WORD = re.compile(r"(?:(?<=[a-z,;])|(?<=[MD]r\.)|(?<=rs\.))\s([A-Z]?[a-z]+)\b")  # within a sentence, or behind a title
LEAST, SHARE = 2, 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general = language.general(options.lang)
    counts: Counter[str] = Counter()
    for path in options.files:
        counts.update(WORD.findall(path.read_text(encoding="utf-8").replace("_", "")))
    for word in sorted({word.lower() for word in counts if word[0].isupper()}):
        capital, small = counts[word.capitalize()], counts[word]
        if word in general and capital >= LEAST and capital >= SHARE * (capital + small):
            sys.stdout.write(f"{word}\t{capital}\t{small}\n")


if __name__ == "__main__":
    main()
