"""Make ``rules/words/confusions.tsv``: what common words are misread as, where it is no word and can be no other.

    python tools/confusions.py --head rules/words/confusions.tsv --scans scans.jsonl FILE... > confusions.tsv
    python tools/confusions.py --lang fr --head rules/words/confusions-fr.tsv > confusions-fr.tsv

The head of the table that is there (the lines that begin with #) is kept. Texts clean and free to use, one a file; scans
are those of ``tools/scans.py``. Without texts the words are the commonest of the general frequencies, in small letters. Each word that is at all common is misread in every way that the channel knows, as
long as that should happen once in ``RAREST`` words of a bad scan, but for letters that are lost or added, which writers do
too. A pair is kept if

- what is read is no word of a dictionary, in this language or in ``FOREIGN``, and no frequency list holds it but as the
  misreading that it is;
- the texts, which are clean, have it at most as a misprint, and it is neither a spelling of what it should be nor dialect,
  nor differs from it in vowels only;
- the odds that it is this word are ``ODDS`` to 1 against all others that may be read so, against its being a word that
  nobody lists, which its letters tell, or half of one, and against what is counted of it;
- no scan has it for another word.

``--long-s`` makes ``long-s.tsv``: the common words with their long s, all of them, read as f.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import exp
from pathlib import Path
from typing import NamedTuple

from channel import FORMS, LONG_S, pieces, with_long_s

from cleaner.language import General, channel, general
from cleaner.language.confusions import EDGE, WIDEST
from cleaner.language.noisy import Channel
from cleaner.language.packages import frequencies, packaged
from cleaner.language.vocabulary import Vocabulary
from cleaner.stages.words.spelling import respelt, written_by_ear
from cleaner.text import WORD

USUAL, COMMONEST = 1e-5, 1e-4  # the share of all words of one whose misreadings are listed; and where no texts are
RAREST = 1e-6  # of all words of a bad scan, a misreading that is worth a rule
ODDS = 50
MISPRINT = 1e-5  # of a word, so many may be misprints in a clean text
FOREIGN = ("en", "fr", "de", "it", "nl", "es", "pt")  # what readers of one of them meet in its books
FOREIGN_WORD = 1e-6  # the share in another language of what is a word there, whatever its dictionary says
STRANGE = 1e-3  # of the words of a clean text, so many are in no list
CUT = 1e-2  # of the words of a scan, so many are cut by line ends, and each half may stand for itself: "lit-", "tle"
HALF = 2  # letters of a half, at least
SMALL = 0.2  # of a word's places, so many are in small letters at least; else it is a name, and others differ from it by a letter
LONG_S_READ = 0.5  # of the long s of a print that has them, so many are read as f
OLD = 0.01  # of what is read, so much has the long s, and "fhe" may be she
VOWELS = re.compile("[aeiouy]")
FARTHEST = 14.0  # what misreading a word costs at most for it to be thought of
SHORTEST = 3
PASSAGE_KNOWN = 0.8  # of the words of a passage that is in the language, not in letters drawn by lot


class Pair(NamedTuple):
    """What is read, what it should be, how often scans have it, and where it comes from."""

    wrong: str
    right: str
    count: int
    source: str


def words_of(files: Iterable[Path]) -> Counter[str]:
    """The words of texts as they are written."""
    counts: Counter[str] = Counter()
    for path in files:
        counts.update(WORD.findall(re.sub(r"_|--", " ", path.read_text(encoding="utf-8"))))
    return counts


def misreadings(word: str, share: float, how: Channel) -> Iterator[tuple[str, float]]:
    """What a word of this share of all words is read as, and how often that should happen, down to ``RAREST``.

    >>> from cleaner.language.noisy import table_of
    >>> how = table_of("characters\\t900\\terrors\\t9\\nh\\tb\\t9\\t900\\nh\\t\\t9\\t900\\n")
    >>> [read for read, _ in misreadings("the", 0.05, how)]
    ['tbe']
    """
    ahead = [("", word, share)]
    while ahead:
        done, left, likely = ahead.pop()
        for at in range(len(left)):
            for wide in range(1, min(WIDEST, len(left) - at) + 1):
                for read, cost in how.costs.get(left[at : at + wide], {}).items():
                    expected = likely * exp(-cost)
                    if expected >= RAREST and read and EDGE not in read and _shapes(left[at : at + wide], read):
                        begun, rest = done + left[:at] + read, left[at + wide :]
                        yield begun + rest, expected
                        ahead.append((begun, rest, expected))


def _shapes(printed: str, read: str) -> bool:
    """Whether letters were taken for others of their shape: not lost, not doubled, not added, as writers do too."""
    return not (set(printed) <= set(read) or set(read) <= set(printed))


def seen_in(scans: Iterable[Path], known: General, *, long_s: bool) -> dict[str, Counter[str]]:
    """What each word that engines read was printed as, in passages in the language, in small letters, with or without long s."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for path in scans:
        for row in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(row)
            truth, read = one["truth"].translate(FORMS), one["read"].translate(FORMS)
            words = WORD.findall(truth.replace(LONG_S, "s").lower())
            if truth.isupper() or (LONG_S in truth) != long_s:
                continue
            if sum(word in known for word in words) >= PASSAGE_KNOWN * len(words):
                for printed, reading in pieces(truth, read):
                    if len(core := WORD.findall(reading)) == 1:
                        seen[core[0]][" ".join(WORD.findall(printed)).replace(LONG_S, "s")] += 1
    return seen


class Judge:
    """What is known of words that stand for others."""

    def __init__(self, code: str, counts: Mapping[str, int]) -> None:
        self.known = general(code)
        self.how = channel(code)
        self.counts = counts
        self.total = max(1, sum(counts.values()))
        self.small: Counter[str] = Counter()
        for word, count in counts.items():
            self.small[word.lower()] += count
        shares = {
            word: share for word, share in self.known.words.items() if word.isalpha() and self.known.is_word(word)
        }
        if counts:
            shares = {
                word: (shares.get(word, 0.0) + self.small[word] / self.total) / 2
                for word in shares.keys() | {word for word, count in self.small.items() if word.isalpha() and count > 2}
            }
        self.shares = shares
        self.vocabulary = Vocabulary({word: share for word, share in shares.items() if share})
        self.halves: Counter[str] = Counter()
        for word, share in shares.items():
            for at in range(HALF, len(word) - HALF + 1):
                self.halves.update({word[:at]: share, word[at:]: share})
        self._old: dict[str, list[str]] = defaultdict(list)
        for word in self.usual():
            self._old[with_f(word)].append(word)
        self._others = [packaged(other) for other in FOREIGN]
        self._shares = [frequencies(other) for other in FOREIGN if other != code]

    def share(self, form: str) -> float:
        """The share of a word as it is written among all words."""
        small = form.lower()
        cases = self.counts.get(form, 0) / self.small[small] if self.small[small] else 1.0
        return self.shares.get(small, 0.0) * cases

    def usual(self) -> list[str]:
        """The common words, each as it is written, in small letters or with a capital."""
        forms = self.counts or self.shares
        return [
            form
            for form in forms
            if form.isalpha()
            and (
                form.islower()
                or (form.istitle() and self.counts.get(form.lower(), 0) >= SMALL * self.small[form.lower()])
            )
            and self.share(form) >= (USUAL if self.counts else COMMONEST)
        ]

    def is_free(self, wrong: str) -> bool:
        """Whether what is read can be no word that any list holds."""
        small = wrong.lower()
        return (
            len(wrong) >= SHORTEST
            and wrong.isascii()
            and wrong.isalpha()
            and not self.known.is_word(small)
            and not any(small in words for words in self._others)
            and max(shares.get(small, 0.0) for shares in self._shares) <= FOREIGN_WORD
        )

    def counted(self, wrong: str) -> float:
        """How often a text has what is read without any misreading: by the lists, by its letters, as half of a word."""
        small = wrong.lower()
        listed = max(self.known.words.get(small, 0.0), self.counts.get(wrong, 0) / self.total)
        return listed + STRANGE * self.known.shapes.probability(small) + CUT * self.halves[small]

    def is_sure(self, wrong: str, right: str, expected: float, others: Mapping[str, float]) -> bool:
        """Whether a reading that is expected so often is this word, and nothing else."""
        if not (wrong.islower() and right.islower()) and not (wrong.istitle() and right.istitle()):
            return False
        if self.counts.get(wrong, 0) > MISPRINT * self.counts.get(right, 0):
            return False
        if respelt(wrong, right) or written_by_ear(wrong, right) or VOWELS.sub("", wrong) == VOWELS.sub("", right):
            return False
        rest = sum(often for word, often in others.items() if word.lower() != right.lower())
        return expected >= ODDS * (rest + self.counted(wrong))

    def originals(self, wrong: str) -> dict[str, float]:
        """The words that may be read so, and how often that should happen."""
        found = {
            word: self.share(word) * exp(-cost) for cost, word in self.how.originals(wrong, self.vocabulary, FARTHEST)
        }
        old = {word: OLD * LONG_S_READ * self.share(word) for word in self._old.get(wrong, ())}
        return {word: max(found.get(word, 0.0), old.get(word, 0.0)) for word in found.keys() | old.keys()}


def agrees(seen: Mapping[str, int], wrong: str, right: str, judge: Judge) -> bool:
    """Whether no scan has it for another word that may be read so."""
    return not any(
        word.lower() != right.lower() and word.isalpha() and judge.how.cost(wrong, word, FARTHEST) < FARTHEST
        for word in seen
    )


def with_f(word: str) -> str:
    """A word with its long s read as f.

    >>> with_f("possess"), with_f("is")
    ('poffefs', 'is')
    """
    return with_long_s(word).replace(LONG_S, "f")


def confusions(judge: Judge, seen: Mapping[str, Counter[str]], *, long_s: bool) -> Iterator[Pair]:
    """The pairs that can be nothing else, in the order of the alphabet."""
    readings: dict[str, dict[str, float]] = defaultdict(dict)
    for word in judge.usual():
        share = judge.share(word)
        ways = [(with_f(word), share * LONG_S_READ)] if long_s else misreadings(word, share, judge.how)
        for wrong, expected in ways:
            readings[wrong][word] = max(expected, readings[wrong].get(word, 0.0))
    for wrong in sorted(readings):
        right, expected = max(readings[wrong].items(), key=lambda item: item[1])
        if not judge.is_free(wrong) or not judge.is_sure(wrong, right, expected, readings[wrong]):
            continue
        here = seen.get(wrong, {})
        if judge.is_sure(wrong, right, expected, judge.originals(wrong)) and agrees(here, wrong, right, judge):
            count = here.get(right, 0)
            yield Pair(wrong, right, count, "scans" if count else "channel")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--head", type=Path, help="the table whose head is kept")
    parser.add_argument("--scans", type=Path, action="append", default=[])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--long-s", action="store_true")
    options = parser.parse_args()
    if options.head:
        rows = options.head.read_text(encoding="utf-8").splitlines(keepends=True)
        sys.stdout.writelines(row for row in rows if row.startswith("#"))
    judge = Judge(options.lang, words_of(options.files))
    seen = seen_in(options.scans, judge.known, long_s=options.long_s)
    for pair in confusions(judge, seen, long_s=options.long_s):
        sys.stdout.write("\t".join(map(str, pair)) + "\n")


if __name__ == "__main__":
    main()
