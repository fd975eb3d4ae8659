"""What is a confidence worth? By stage and rule: of what was said to be .95 sure, how much was right.

    python benchmarks/reliability.py FILE... [--level LEVEL] [--show]
    python benchmarks/reliability.py --pairs FILE.jsonl... [--show]

FILE should be clean prose that the tables of the project were not made from. Passages of it are set in lines as in
``line_ends.py`` and read as a noisy channel reads them (``cleaner/data/channel-en.tsv``), errors of one kind in bursts;
words are cut by blanks and run together. The truth is exact, but the noise is that which the decoder expects: what real
scans show is told by pairs, ``{"ocr": ..., "truth": ...}`` in each line of a file, which are aligned letter by letter.
The line ends that a truth has where the reading has them decide nothing and are left out.

Printed, for each rule and band of confidence: proposals, and the share that was right; then what was applied, its share
right, and the false changes in 1,000 words; what was held, its share right, and how many there are on a page of 2,000
characters. ``!`` marks ten held ones and more of which less than half are right, or that are more than five a page.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, groupby, product
from math import exp
from pathlib import Path
from typing import NamedTuple

from line_ends import JOINED, PASSAGE, TIED, lines_of
from rapidfuzz.distance import Levenshtein

from cleaner import Cleaner
from cleaner.api import Change
from cleaner.language import Channel, channel
from cleaner.settings import Settings

# How noisy, against the scans that the channel was learned from (6 % of the characters wrong); of the words, so many are
# cut by a blank, and so many run together with the next.
LEVELS = {"clean": (0.0, 0.0), "light": (0.1, 0.001), "medium": (0.4, 0.005), "heavy": (1.0, 0.01)}
WAYS = ("hyphens", "lost", "run together")  # what becomes of line ends, passage by passage
BURSTS = 0.5  # shape of the Gamma distribution by which a confusion is commoner in one passage than in another
EVERY = 120_000  # characters: one passage of so many
PAGE = 2_000
BANDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
LEAST_RIGHT, MOST_HELD, FEWEST = 0.5, 5, 10  # fewer held ones say nothing
STAGES = ("hyphens", "words")
WIDEST, EDGE = 3, " "
BLANKS = re.compile(r"\s+")

Piece = tuple[str, str]  # as read, as printed


class Pair(NamedTuple):
    """A reading and its truth. The place ``k`` in the reading is somewhere in ``first[k]`` to ``last[k]`` of the truth."""

    raw: str
    truth: str
    first: list[int]
    last: list[int]


def pair(pieces: Iterable[Piece]) -> Pair:
    """The pair that pieces make; those of equal length are aligned letter by letter.

    >>> pair([("a", "a"), ("m", "rn"), ("", " "), ("b", "b")])
    Pair(raw='amb', truth='arn b', first=[0, 1, 3, 5], last=[0, 1, 4, 5])
    """
    raw, truth, first, last = "", "", [0], [0]
    parts: list[str] = []
    printed: list[str] = []
    at = 0
    for read, true in pieces:
        parts.append(read)
        printed.append(true)
        if not read:
            last[-1] = at + len(true)
        elif len(read) == len(true):
            first.extend(range(at + 1, at + len(true) + 1))
            last.extend(range(at + 1, at + len(true) + 1))
        else:
            first.extend([at] * (len(read) - 1) + [at + len(true)])
            last.extend([at + len(true)] * len(read))
        at += len(true)
    raw, truth = "".join(parts), "".join(printed)
    return Pair(raw, truth, first, last)


def aligned(raw: str, truth: str) -> Pair:
    """A reading aligned with its truth, by the fewest letters that differ."""
    ops = Levenshtein.opcodes(raw, truth)
    return pair((raw[op.src_start : op.src_end], truth[op.dest_start : op.dest_end]) for op in ops)


# ---- noise -----------------------------------------------------------------------------------------------------------


class Noise:
    """Reads a passage as a channel does, at ``times`` the noise that it was learned from."""

    def __init__(self, noisy: Channel, times: float, dice: random.Random) -> None:
        self._costs = noisy.costs
        self._times = times
        self._dice = dice
        self._burst = cache(lambda printed, read: dice.gammavariate(BURSTS, 1 / BURSTS))  # noqa: ARG005
        self._readings = cache(self._chances)

    def _chances(self, printed: str) -> tuple[list[str], list[float]]:
        """What a group may be read as, and the chances, summed up."""
        readings = sorted(self._costs.get(printed, {}).items()) if self._times else []
        chances = [self._times * exp(-cost) * self._burst(printed, read) for read, cost in readings]
        return [read for read, _ in readings], [*accumulate(chances)]

    def words(self, text: str, cuts: float) -> Iterator[Piece]:
        """A line as it is read; a share ``cuts`` of its words is cut, and as many lose their blank."""
        words = text.split(" ")
        for k, word in enumerate(words):
            cut = len(word) > 4 and word.isalpha() and self._dice.random() < cuts
            at = self._dice.randrange(2, len(word) - 1) if cut else len(word)
            yield from self._letters(word[:at])
            if cut:
                yield " ", ""
                yield from self._letters(word[at:])
            if k + 1 < len(words):
                fused = word.isalpha() and words[k + 1][:1].islower() and self._dice.random() < cuts
                yield "" if fused else " ", " "

    def _letters(self, word: str) -> Iterator[Piece]:
        shown, at = f"{EDGE}{word}{EDGE}", 0
        while at < len(shown):
            read, wide = self._read(shown, at)
            printed = shown[at : at + wide]
            read, printed = read.replace(EDGE, ""), printed.replace(EDGE, "")
            if read or printed:
                yield read, printed
            at += wide

    def _read(self, shown: str, at: int) -> tuple[str, int]:
        for wide in range(1, min(WIDEST, len(shown) - at) + 1):
            readings, chances = self._readings(shown[at : at + wide])
            if readings and (dice := self._dice.random()) < chances[-1]:
                return readings[bisect(chances, dice)], wide
        return shown[at], 1


def read(text: str, noise: Noise, cuts: float, way: str, dice: random.Random) -> Pair:
    """A passage as it is set and read: ``way`` says what becomes of its line ends."""
    pieces: list[Piece] = []
    for line, kind in lines_of(text, dice):
        pieces += noise.words(line, cuts) if line else []
        if way == "hyphens" and kind in (JOINED, TIED):
            pieces.append(("-", "-" if kind == TIED else ""))
        elif kind == TIED:
            pieces.append(("", "-"))
        pieces.append(
            (" " if way == "run together" and kind else "\n", "" if kind in (JOINED, TIED) else " " if kind else "\n")
        )
    return pair(pieces)


def passages(texts: Iterable[str]) -> Iterator[str]:
    """A passage from each stretch of a text; a short text as a whole."""
    for text in texts:
        for start in range(0, max(len(text) - PASSAGE, 1), EVERY):
            yield text[start : start + PASSAGE]


# ---- scoring ---------------------------------------------------------------------------------------------------------


class Scored(NamedTuple):
    """One proposal: a group counts once."""

    change: Change
    right: bool


def scored(made: Pair, cleaner: Cleaner) -> Iterator[Scored]:
    """What the stages propose for a reading, and whether the truth says so."""
    changes = [change for change in cleaner.clean(made.raw).changes if change.stage in STAGES]
    key = lambda change: (change.n, change.group or change.id)  # noqa: E731
    for _, members in groupby(sorted(changes, key=lambda c: (c.n, str(c.group or c.id))), key=key):
        asked = [change for change in members if _plain(change.before) != _plain(change.after)]
        said = [is_right(made, change) for change in asked]
        if asked and None not in said:
            yield Scored(asked[0], all(said))


def is_right(made: Pair, change: Change) -> bool | None:
    """Whether the truth has what a change puts there; None where the truth's own line ends leave that open."""
    start, end = change.raw
    found = [
        made.truth[first:last]
        for first, last in product(*({made.first[at], made.last[at]} for at in (start, end)))
        if first <= last and _bounded(made, change, first, last)
    ]
    if change.stage == "hyphens" and any("\n" in text and _plain(text) == _plain(change.before) for text in found):
        return None
    return _plain(change.after) in map(_plain, found)


def _bounded(made: Pair, change: Change, first: int, last: int) -> bool:
    """A word stands for a whole word: "govern" is not right where the truth has "governs"."""
    start, end = change.raw
    after = change.after
    inside = (
        after[:1].isalnum() and made.truth[first - 1 : first].isalnum() and not made.raw[start - 1 : start].isalnum()
    )
    outside = after[-1:].isalnum() and made.truth[last : last + 1].isalnum() and not made.raw[end : end + 1].isalnum()
    return not (inside or outside)


def _plain(text: str) -> str:
    return BLANKS.sub(" ", text)


# ---- the table -------------------------------------------------------------------------------------------------------


class Table:
    """Counts by rule and band, and what was shown."""

    def __init__(self) -> None:
        self.words = self.wrong = self.characters = 0
        self.rows: defaultdict[str, list[Scored]] = defaultdict(list)

    def add(self, made: Pair, cleaner: Cleaner) -> None:
        self.characters += len(made.raw)
        tokens, truth = Counter(made.raw.split()), Counter(made.truth.split())
        self.words += truth.total()
        self.wrong += (truth - tokens).total()
        for one in scored(made, cleaner):
            self.rows[one.change.rule].append(one)
            self.rows[f"all {one.change.stage}"].append(one)
            self.rows["all"].append(one)

    def lines(self) -> Iterator[str]:
        yield f"{self.words:,} words, {self.wrong / max(1, self.words):.1%} of them not as printed"
        for rule, found in sorted(self.rows.items()):
            yield f"  {rule}"
            bands: defaultdict[int, list[bool]] = defaultdict(list)
            for change, right in found:
                bands[bisect(BANDS, change.confidence)].append(right)
            for k, rights in sorted(bands.items()):
                said = f"{BANDS[k - 1]:.2f} to {min(BANDS[k], 1):.2f}" if k else f"below {BANDS[0]:.2f}"
                yield f"    said {said}: {_share(rights):.3f} of {len(rights):,} right"
            applied = [right for change, right in found if change.status == "applied"]
            held = [right for change, right in found if change.status == "held"]
            false = 1000 * applied.count(False) / max(1, self.words)
            pages = max(1.0, self.characters / PAGE)
            bad = len(held) >= FEWEST and (_share(held) < LEAST_RIGHT or len(held) > MOST_HELD * pages)
            yield f"    applied {len(applied):,}, {_share(applied):.3f} right, {false:.2f} false in 1,000 words"
            yield f"    held {len(held):,}, {_share(held):.3f} right, {len(held) / pages:.2f} a page{' !' * bool(bad)}"

    def shown(self) -> Iterator[str]:
        for rule, found in sorted(self.rows.items()):
            for change, right in found:
                if not right and not rule.startswith("all"):
                    left, after = change.context
                    what = f"{left}[{change.before}]{after} -> [{change.after}]"
                    yield f"    {rule} {change.confidence:.2f} {change.status}: {what!r}"


def _share(rights: list[bool]) -> float:
    return sum(rights) / max(1, len(rights))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pairs", action="store_true", help='the files hold {"ocr": ..., "truth": ...} in each line')
    parser.add_argument("--level", choices=LEVELS, action="append", help="only these; repeatable")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args(arguments)
    cleaner = Cleaner(Settings("en"))
    for name, pairs in _sets(options):
        table = Table()
        for made in pairs:
            table.add(made, cleaner)
        print(f"{name}: {next(lines := table.lines())}")
        for line in (*lines, *(table.shown() if options.show else ())):
            print(line)


def _sets(options: argparse.Namespace) -> Iterator[tuple[str, Iterator[Pair]]]:
    texts = [path.read_text(encoding="utf-8") for path in options.files]
    if options.pairs:
        for path, text in zip(options.files, texts, strict=True):
            records = (json.loads(line) for line in text.splitlines() if line.strip())
            yield path.name, (aligned(record["ocr"], record["truth"]) for record in records)
        return
    for level in options.level or LEVELS:
        times, cuts = LEVELS[level]
        yield level, _readings(texts, times, cuts)


def _readings(texts: list[str], times: float, cuts: float) -> Iterator[Pair]:
    dice = random.Random(7)
    for k, text in enumerate(passages(texts)):
        noise = Noise(channel("en"), times, dice)
        yield read(text, noise, cuts, WAYS[k % len(WAYS)], dice)


if __name__ == "__main__":
    main()
