"""How fast is the whole pipeline (text, log and proof) on one core, beside ftfy alone on the same text?

    python benchmarks/speed.py FILE... [--rounds N] [--stages]

Each round times both in turn, so that a busy machine slows them alike: read the ratio. ``--stages`` shows where the
time goes. Loading of the language's frequencies is done before, and shown apart.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

from cleaner import decoding, journal, language, pipeline
from cleaner.api import Cleaner
from cleaner.knowledge import Knowledge
from cleaner.model import Document
from cleaner.stages import STAGES


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def stages(cleaner: Cleaner, raw: bytes, rounds: int) -> None:
    """Milliseconds of each stage (propose, and all that is done with it), of the log and of the proof."""
    text, codec = decoding.decode(raw)
    knowledge = Knowledge(language.general, "auto", "paragraphs", cleaner.rulebook)
    doc = Document(text)
    for stage in STAGES:
        proposing = min(seconds(lambda: stage.propose(doc, knowledge)) for _ in range(rounds))  # noqa: B023
        whole = min(
            seconds(lambda: pipeline.step(doc, stage, knowledge, cleaner.settings, cleaner.rulebook))  # noqa: B023
            for _ in range(rounds)
        )
        print(f"    {stage.name:12} {1000 * proposing:7.1f} ms, with deciding and applying {1000 * whole:7.1f} ms")
        _, doc = pipeline.step(doc, stage, knowledge, cleaner.settings, cleaner.rulebook)
    result = cleaner.clean(raw)
    header = journal.Header("x", "0", codec, len(text), "0", "0", {})
    print(
        f"    {'log':12} {1000 * min(seconds(lambda: journal.write(result.run, header)) for _ in range(rounds)):7.1f} ms"
    )
    proof = min(seconds(lambda: journal.prove(result.data, result.log, raw)) for _ in range(rounds))
    print(f"    {'proof':12} {1000 * proof:7.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--stages", action="store_true")
    options = parser.parse_args()
    cleaner = Cleaner()
    for path in options.files:
        raw = path.read_bytes()
        text, _ = decoding.decode(raw)
        first = seconds(lambda: cleaner.clean(raw))  # noqa: B023
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(seconds(lambda: cleaner.clean(raw)))  # noqa: B023
            theirs.append(seconds(lambda: ftfy.fix_text(text)))  # noqa: B023
        mine, other = (len(text) / statistics.median(times) / 1e6 for times in (ours, theirs))
        print(
            f"{path.name}: {len(text):,} characters; cleaner {mine:.2f} Mchar/s, ftfy alone {other:.2f} Mchar/s, "
            f"ratio {mine / other:.2f} (first file, with loading: {first:.2f} s)"
        )
        if options.stages:
            stages(cleaner, raw, options.rounds)


if __name__ == "__main__":
    main()
