"""Make ``cleaner/data/pairs-CODE.tsv``: pairs of words that good prints write apart and that would be one word together.

    python tools/pairs.py --lang en FILE... > cleaner/data/pairs-en.tsv

The files must be clean and free to use; what the cleaner is measured on does not belong among them. The first row is the
number of words read, each other row a pair, in lower case, and its count. pairs-en.tsv was counted in
5.6 million words of English novels in the public domain.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from cleaner import language

LEAST = 2  # a pair that stands once may be a misprint
FIRST = r"(?:^|[\s(\[\"\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EM DASH}-])([^\W\d_]+)"
PAIR = re.compile(FIRST + r"(?=\s+([^\W\d_]+)(?:[^\w'\N{RIGHT SINGLE QUOTATION MARK}]|$))")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general = language.general(options.lang)
    size = 0
    counts: Counter[tuple[str, str]] = Counter()
    for path in options.files:
        text = path.read_text(encoding="utf-8").lower().replace("_", "")
        size += len(text.split())
        pairs = Counter((match[1], match[2]) for match in PAIR.finditer(text))
        counts.update({pair: count for pair, count in pairs.items() if "".join(pair) in general})
    print(f"words\t{size}")
    for (left, right), count in sorted(counts.items()):
        if count >= LEAST:
            print(f"{left}\t{right}\t{count}")


if __name__ == "__main__":
    main()
