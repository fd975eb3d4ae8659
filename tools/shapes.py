"""Make ``shapes-CODE.tsv.gz``: which letters stand behind which in the words that no list holds.

    python tools/shapes.py --lang en FILE... > cleaner/data/shapes-en.tsv.gz

Texts clean and free to use, one a file; what the cleaner is measured on does not belong among them. Each row holds up to
two letters, and in turns a letter and how many words have it behind them; a word counts once. Letters that come once
are left out.

shapes-en.tsv.gz: 23,000 words of 76 English novels in the public domain, printed from 1839 to 1933: names, dialect, words
of other languages, rare ones.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

from cleaner import language
from cleaner import text as views
from cleaner.language.shapes import counted
from cleaner.stages.words.segmenting import Tokens
from cleaner.stages.words.suspects import is_clipped, is_strange

LEAST = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    lexicon = language.Lexicon(language.general(options.lang), {})
    words = set()
    for path in options.files:
        text = path.read_text(encoding="utf-8").replace("_", "").replace("--", " ")
        for token in set(Tokens.of(text).words):
            core = token.strip(views.PUNCTUATION)
            if core and is_strange(core, lexicon) and not is_clipped(token, core):
                words.add(core.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    print(f"{len(words):,} words", file=sys.stderr)
    lines = []
    for before, letters in sorted(counted(sorted(words)).items()):
        cells = [f"{letter}\t{count}" for letter, count in sorted(letters.items()) if count >= LEAST]
        if cells:
            lines.append("\t".join([before, *cells]))
    sys.stdout.buffer.write(gzip.compress("\n".join([*lines, ""]).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
