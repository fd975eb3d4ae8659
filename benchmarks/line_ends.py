"""Are words cut at line ends mended, and is the confidence what it says? In lines made of clean texts: the truth is exact.

    python benchmarks/line_ends.py FILE... [--show]

Passages of each text are set in narrow lines, words cut where a vowel, a consonant and a vowel meet and compounds behind
their hyphen; the sign stays ("hyphens"), is lost and leaves a trace in the habit of the scan ("lost, habit"), is lost
without a trace ("lost"), or the lines are run together ("run together"). FILE should be prose that the tables of the
project were not made from. Printed: the share of line ends that are as they were, of cut words joined and of compounds
with their hyphen, false changes in 1,000 words, and for each band of confidence how many proposals were right.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document, Edit
from cleaner.policy import THRESHOLD
from cleaner.stages import hyphens

VOWELS, OTHERS = "aeiouy", "bcdfghjklmnpqrstvwxz"
SYLLABLE = re.compile(rf"(?<=[{VOWELS}])(?=[{OTHERS}][{VOWELS}])|(?<=[{VOWELS}][{OTHERS}])(?=[{OTHERS}][{VOWELS}])")
COMPOUND = re.compile(r"(?<=[a-z])-(?=[a-zA-Z])")
WIDTH, PASSAGE, EVERY = 50, 30_000, 120_000  # characters
CUT = 0.7  # of the words that do not fit are cut
WAYS = ("hyphens", "lost, habit", "lost", "run together")
BANDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
JOINED, TIED, APART = "one word", "compound", "two words"
MENDS = {"drop": JOINED, "join": JOINED, "close": JOINED, "restore": TIED, "compound": TIED}


def cut(word: str, room: int) -> tuple[int, str] | None:
    """Where a word can be cut so that its first part and a hyphen fit, and what it is; the last such place."""
    if "-" in word:
        places = [match.start() for match in COMPOUND.finditer(word) if match.end() <= room]
        return (places[-1], TIED) if places else None
    whole = word.isalpha() and word.islower()
    places = [k for k in (match.start() for match in SYLLABLE.finditer(word)) if 2 <= k < min(room, len(word) - 2)]
    return (places[-1], JOINED) if places and whole else None


def lines_of(text: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """(line without its hyphen, what its end hides) of a text as it is set."""
    for paragraph in re.split(r"\n\s*\n", text):
        line = ""
        for word in paragraph.replace("_", "").replace("--", "\N{EM DASH}").split():
            rest = word
            while len(line) + bool(line) + len(rest) > WIDTH and (line or len(rest) > WIDTH):
                found = cut(rest, WIDTH - len(line) - bool(line)) if dice.random() < CUT else None
                if not found and not line:
                    break
                yield (f"{line} {rest[: found[0]]}".lstrip(), found[1]) if found else (line, APART)
                rest = rest[found[0] + (found[1] == TIED) :] if found else rest
                line = ""
            line = f"{line} {rest}".lstrip()
        if line:
            yield line, ""
        yield "", ""


def scan(text: str, way: str, dice: random.Random) -> tuple[str, dict[int, str]]:
    """The scan of a text, and what each line end hides, by the offset at which the first half ends."""
    raw, hidden = "", {}
    for line, kind in lines_of(text, dice):
        raw += line
        if kind:
            hidden[len(raw)] = kind
        if way == "hyphens" and kind in (JOINED, TIED):
            raw += "-"
        if way == "lost, habit" and kind not in (JOINED, TIED):
            raw += " "
        raw += " " if way == "run together" and kind else "\n"
    return raw, hidden


def proposals(raw: str) -> Iterator[tuple[int, str, float]]:
    """(offset at which the first half ends, what it is taken for, confidence) of all that the stage proposes."""
    moved = set()
    for edit in hyphens.propose(Document(raw), Knowledge(general, lang="en")).edits:
        if edit.group in moved and edit.group is not None:
            continue
        moved.add(edit.group)
        yield (*place(raw, edit), edit.confidence)


def place(raw: str, edit: Edit) -> tuple[int, str]:
    kind = edit.rule.partition(".")[2]
    if kind != "keep":
        return edit.start - (raw[edit.start - 1] == "-"), MENDS[kind]
    return edit.start - 1, TIED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    for way in WAYS:
        dice = random.Random(7)
        there, right, bands, good = Counter[str](), Counter[str](), Counter[int](), Counter[int]()
        false = words = 0
        for path in options.files:
            text = path.read_text(encoding="utf-8")
            for start in range(PASSAGE, len(text) - PASSAGE, EVERY):
                raw, hidden = scan(text[start : start + PASSAGE], way, dice)
                words += len(raw.split())
                found: dict[int, str] = {}
                for at, kind, confidence in proposals(raw):
                    truth = hidden.get(at, APART)
                    band = sum(confidence >= least for least in BANDS)
                    bands[band] += 1
                    good[band] += kind == truth or (way == "hyphens" and kind == TIED and truth == JOINED)
                    if confidence >= THRESHOLD:
                        found.setdefault(at, kind)
                        false += truth == APART
                for at, kind in hidden.items():
                    there[kind] += 1
                    right[kind] += found.get(at, APART) == kind
                    if options.show and found.get(at, APART) != kind:
                        print(f"    {kind}, taken for {found.get(at, APART)}: {raw[at - 20 : at + 20]!r}")
        share = {kind: right[kind] / max(1, there[kind]) for kind in (JOINED, TIED)}
        print(f"{way:13} {sum(right.values()) / sum(there.values()):.4f} as they were;", end=" ")
        print(
            f"{share[JOINED]:.4f} of {there[JOINED]:,} words joined, {share[TIED]:.4f} of {there[TIED]:,} compounds;",
            end=" ",
        )
        print(f"{1000 * false / words:.2f} false in 1,000 words")
        for k in sorted(bands):
            print(
                f"    said {BANDS[k - 1]:.2f} to {min(BANDS[k], 1):.2f}: {good[k] / bands[k]:.3f} of {bands[k]:,} right"
            )


if __name__ == "__main__":
    main()
