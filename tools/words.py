"""Make ``words-CODE.txt``: words that good prints have and the dictionary lacks, above all British spellings.

    python tools/words.py --lang en FILE... > cleaner/data/words-en.txt

Texts clean and free to use, one a file; what the cleaner is measured on does not belong among them. A word is listed that
the general frequencies know, that the packaged dictionary does not hold, and that several texts write in small letters or
that is British for one that it holds ("odour", "specialise"). Short ones are left out: among them are too many halves of
words.

words-en.txt: 76 English novels in the public domain, printed from 1839 to 1933, and wordfreq. The dictionary is American.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from cleaner import language
from cleaner.language.packages import packaged

WORD = re.compile(r"(?<![\w'\N{RIGHT SINGLE QUOTATION MARK}-])[a-z]{5,}(?![\w'\N{RIGHT SINGLE QUOTATION MARK}-])")
LEAST, BOOKS = 5, 3
LEAST_SHARE = 1e-7  # of all words, by the general frequencies, for those that no text has
# British endings and what they are in American, by language.
BRITISH = {
    "en": tuple(
        (re.compile(british), american)
        for british, american in (
            (r"our(?=s?$|ed|ing|able|abl|ful|less|ite|hood|er|ist|al|ly)", "or"),
            (r"(?<=[^aeiou])is(?=e|ing|ation|abl)", "iz"),
            (r"ys(?=e|ing)", "yz"),
            (r"ll(?=ed|ing|er)", "l"),
            (r"ence(?=s?$|less)", "ense"),
            (r"(?<=[tbh])re(?=s?$|d$)", "er"),
            (r"(?<=...)ogue(?=s?$)", "og"),
            (r"[ao]e(?=[a-z]{3})", "e"),
        )
    )
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    general, dictionary = language.general(options.lang), packaged(options.lang)
    counts: Counter[str] = Counter()
    books: Counter[str] = Counter()
    for path in options.files:
        here = Counter(WORD.findall(path.read_text(encoding="utf-8").replace("_", "")))
        counts += here
        books.update(set(here))
    printed = {word for word, count in counts.items() if count >= LEAST and books[word] >= BOOKS and word in general}
    long = (word for word, share in general.words.items() if share >= LEAST_SHARE and WORD.fullmatch(word))
    british = {
        word for word in long if any(one.sub(other, word) in dictionary for one, other in BRITISH.get(options.lang, ()))
    }
    for word in sorted(printed | british):
        if word not in dictionary:
            sys.stdout.write(f"{word}\n")


if __name__ == "__main__":
    main()
