"""Does it matter how many rules there are? Texts are cleaned with 10, 1,000 and 100,000 word rules of one's own.

    python benchmarks/rules.py FILE... [--rounds N] [--whole]

The ten misread words of the smallest table are put into the text, one for every fifty words, and stand in every table:
so each table changes the same places. Times are those of the pass over the words that rules name; with ``--whole`` of
cleaning as well. Each round times all sizes in turn, so that a busy machine slows them alike: read the ratios, which are
medians over the rounds. Reading the rule files is shown apart.
"""

from __future__ import annotations

import argparse
import random
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from cleaner import language, text
from cleaner.api import Cleaner, read_rules
from cleaner.knowledge import Knowledge
from cleaner.model import Document
from cleaner.settings import Settings
from cleaner.stages.words import written

SIZES = (10, 1_000, 100_000)
FIRST = 10  # rules whose words stand in the text
EVERY = 50  # words


def made_up(count: int, dice: random.Random) -> list[str]:
    """Words that no text has."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(string.ascii_lowercase, k=dice.randint(5, 10))) + "qx"] = None
    return list(found)


def table(words: Sequence[str]) -> str:
    """Word rules for some words, as a file."""
    head = f"# why: made up\n# example: in {words[0]} mill -> in {words[0][:-2]} mill\n# keep: in the mill\n"
    return head + "".join(f"{word}\t{word[:-2]}\t1\tmade up\n" for word in words)


def misread(prose: str, words: Sequence[str]) -> str:
    """A text in which every so many words one is misread."""
    pieces: list[str] = []
    at = 0
    for number, match in enumerate(text.words(prose)):
        if number % EVERY == EVERY - 1:
            pieces += [prose[at : match.start()], words[number // EVERY % len(words)]]
            at = match.end()
    return "".join([*pieces, prose[at:]])


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, which other programs cost less than time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(name: str, works: dict[int, Callable[[], object]], rounds: int) -> list[float]:
    """The time of each size against that of the smallest."""
    times: dict[int, list[float]] = {size: [] for size in works}
    for number in range(-1, rounds):
        for size, work in works.items():
            spent = seconds(work)
            if number >= 0:  # the first round fills caches
                times[size].append(spent)
    ratios = [statistics.median(a / b for a, b in zip(times[size], times[SIZES[0]], strict=True)) for size in works]
    for size, ratio in zip(works, ratios, strict=True):
        print(f"  {name}: {size:>7,} rules {1000 * statistics.median(times[size]):9.1f} ms, ratio {ratio:.3f}")
    return ratios


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args(arguments)
    words = made_up(SIZES[-1], random.Random(1))
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"made-{size}.tsv" for size in SIZES}
        for size, path in paths.items():
            path.write_text(table(words[:size]), encoding="utf-8")
        for size, path in paths.items():
            print(f"reading {size:,} rules: {1000 * seconds(lambda: read_rules(path)):.0f} ms")  # noqa: B023
        cleaners = {size: Cleaner(Settings("en"), rules=[path]) for size, path in paths.items()}
    for path in options.files:
        raw = misread(path.read_text(encoding="utf-8"), words[:FIRST])
        doc = Document(raw)
        known = {size: Knowledge(language.general, "en", rules=made.rulebook) for size, made in cleaners.items()}
        found = {size: list(written.named(doc, knowledge)) for size, knowledge in known.items()}
        same = [[edit[:4] for edit in edits] for edits in found.values()]
        assert all(edits == same[0] for edits in same)
        print(f"{path.name}: {len(raw):,} characters, {len(same[0]):,} changes by rules")
        compare("words", {s: lambda k=k: list(written.named(doc, k)) for s, k in known.items()}, options.rounds)  # type: ignore[misc]  # noqa: B023
        if options.whole:
            compare("whole", {s: lambda c=c: c.clean(raw) for s, c in cleaners.items()}, options.rounds)  # type: ignore[misc]  # noqa: B023


if __name__ == "__main__":
    main()
