"""Does the estimate of quality follow the true error? Rank correlation, and what an estimate is worth.

    python benchmarks/quality.py [--show]                    the project's own samples, page by page
    python benchmarks/quality.py --pairs FILE.jsonl [--lang LANG] [--show]

A pair is ``{"ocr": ..., "truth": ...}`` in each line of a file. The true error is the word error rate: words that are put
in, left out or changed on the shortest way from the truth to the text, by the words of the truth; quotation marks and
dashes of one kind count as one. Of a sample each page counts, by the words there that are not those of the truth; notes,
which the truth has behind their paragraph, are found there.

Printed: Spearman's rank correlation of the estimated error with the true one, before cleaning and after; then, for bands
of the estimate, the mean estimate and the mean true error.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import correlation, fmean
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cleaner import Cleaner
from cleaner.settings import Settings

ROOT = Path(__file__).parent.parent
RAW, TRUTH = ROOT / "corpora" / "raw" / "samples", ROOT / "tests" / "samples" / "truth"
BANDS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)  # of the estimated error
FOLDED = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
    }
)
WORD = re.compile(r"\S+")
MOVED = 2  # words on end that are the same by no chance


class Judged(NamedTuple):
    """The estimated and the true error of one text or page."""

    name: str
    estimated: float
    true: float


def words(text: str) -> list[str]:
    return text.translate(FOLDED).split()


def error(text: str, truth: str) -> float:
    """The word error rate of a text.

    >>> error("tbe old old mill", "the old mill stood")
    0.75
    """
    read, printed = words(text), words(truth)
    return Levenshtein.distance(printed, read) / max(1, len(printed))


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """The rank correlation of some pairs; what is equal shares its rank. Zero where all on one side is equal.

    >>> spearman([(1, 10), (2, 20), (3, 15), (4, 40)]), spearman([(1, 1), (1, 2)])
    (0.8, 0.0)
    """
    sides = [_ranks(side) for side in zip(*pairs, strict=True)]
    if len(sides) < 2 or any(len(set(side)) < 2 for side in sides):
        return 0.0
    return round(correlation(*sides), 3)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect(ordered, value)) / 2 for value in values]


def texts(records: Iterable[dict[str, str]], cleaner: Cleaner) -> Iterator[tuple[Judged, Judged]]:
    """Each text before cleaning and after; without those of which nothing is estimated."""
    for n, record in enumerate(records, 1):
        result = cleaner.clean(record["ocr"])
        before, after, _ = result.quality
        if before is None or after is None:
            continue
        name = str(record.get("id", n))
        truth = record["truth"]
        yield Judged(name, 1 - before, error(record["ocr"], truth)), Judged(name, 1 - after, error(result.text, truth))


def pages(name: str, raw: bytes, truth: str, cleaner: Cleaner) -> Iterator[tuple[Judged, Judged]]:
    """Each page of a text before cleaning and after."""
    result = cleaner.clean(raw, name=name)
    sides = [
        _wrong(text, truth, [found[key] for found in result.records.quality])
        for text, key in ((result.run.source, "raw"), (result.text, "clean"))
    ]
    for found, old, new in zip(result.records.quality, *sides, strict=True):
        if found["before"] is not None and found["after"] is not None:
            page = f"{name} {found.get('page', found['lines'])}"
            yield Judged(page, 1 - found["before"], old), Judged(page, 1 - found["after"], new)


def _wrong(text: str, truth: str, spans: Sequence[Sequence[int]]) -> list[float]:
    """The share of words in each span of a text that the truth has not, or elsewhere by itself."""
    places = [match.start() for match in WORD.finditer(text)]
    right = matched(words(text), words(truth))
    bounds = [(bisect(places, start - 1), bisect(places, end - 1)) for start, end in spans]
    return [1 - sum(right[first:last]) / max(1, last - first) for first, last in bounds]


def matched(read: Sequence[str], printed: Sequence[str]) -> list[bool]:
    """Which words of a text are those of the truth; what stands elsewhere there, as notes do, is looked for again.

    >>> matched("one two * the note said three".split(), "one two three the note said".split())
    [True, True, False, True, True, True, False]
    """
    right = [False] * len(read)
    left, wanted = list(range(len(read))), list(range(len(printed)))
    for fewest in (1, MOVED):
        ops = Levenshtein.opcodes([printed[k] for k in wanted], [read[k] for k in left])
        same = [op for op in ops if op.tag == "equal" and op.src_end - op.src_start >= fewest]
        found = {left[k] for op in same for k in range(op.dest_start, op.dest_end)}
        gone = {wanted[k] for op in same for k in range(op.src_start, op.src_end)}
        for k in found:
            right[k] = True
        left = [k for k in left if k not in found]
        wanted = [k for k in wanted if k not in gone]
    return right


def table(judged: Sequence[tuple[Judged, Judged]]) -> Iterator[str]:
    """What is printed of some texts."""
    for side, what in enumerate(("before", "after")):
        found = [pair[side] for pair in judged]
        ranked = spearman([one[1:] for one in found])
        yield f"  {what}: Spearman {ranked:.3f} of {len(found):,}"
        for k in range(len(BANDS) + 1):
            band = [one for one in found if bisect(BANDS, one.estimated) == k]
            if band:
                said, true = fmean(one.estimated for one in band), fmean(one.true for one in band)
                yield f"    estimated error {said:.3f}, true error {true:.3f} ({len(band):,})"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pairs", nargs="+", type=Path, default=[], help='files of {"ocr": ..., "truth": ...} in each line'
    )
    parser.add_argument("--lang", default="auto", help="the language of the texts")
    parser.add_argument("--show", action="store_true", help="print the estimate of each text or page")
    options = parser.parse_args(arguments)
    cleaner = Cleaner(Settings(options.lang))
    sets = {}
    for path in options.pairs:
        records = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))
        sets[f"{path.name}, texts"] = [*texts(records, cleaner)]
    if not options.pairs:
        truths = {path.stem: path.read_text(encoding="utf-8") for path in sorted(TRUTH.glob("*.txt"))}
        found = [pages(name, (RAW / f"{name}.txt").read_bytes(), truth, cleaner) for name, truth in truths.items()]
        sets["samples, pages"] = [pair for one in found for pair in one]
    for name, judged in sets.items():
        print(name)
        for line in table(judged):
            print(line)
        for before, after in judged if options.show else ():
            print(
                f"    {before.name}: {before.estimated:.3f} ({before.true:.3f}) -> {after.estimated:.3f} ({after.true:.3f})"
            )


if __name__ == "__main__":
    main()
