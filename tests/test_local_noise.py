"""Noise is judged by the place: a clean part of a document is left alone, a noisy one is mended, whatever the rest is like."""

from __future__ import annotations

from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document
from cleaner.stages import words
from cleaner.stages.words.suspects import Cause, Reading
from cleaner.stages.words.weighing import Chances

CLEAN = (
    "The river had risen in the night, and the lower meadows were already under water when the men came down from the "
    "village with their carts. Nobody had expected it so early in the year. They stood about for a while and counted "
    "the sheep that were left on the far bank, and then the eldest of them went back for the boat.\n"
)
MISREAD = {
    "river": "rlver", "night": "nighl", "lower": "lowcr", "water": "watcr", "when": "whcn", "village": "vlllage",
    "their": "tbeir", "expected": "expectcd", "early": "earlv", "while": "whlle", "left": "lcft", "eldest": "eldcst",
}  # fmt: skip
NOISY = CLEAN
for _word, _read in MISREAD.items():
    NOISY = NOISY.replace(f" {_word}", f" {_read}", 1)
WORD, READ = "counoil", "council"
ASKED = f"It was said before the {WORD} of the town.\n"
LONG = 60  # paragraphs of 60 words: far more than what tells of a place


def applied(text: str) -> list[tuple[int, str]]:
    edits = words.propose(Document(text), Knowledge(general, lang="en")).edits
    return [(edit.start, edit.after) for edit in edits if edit.confidence >= 0.9]


def test_a_noisy_part_of_a_clean_text_is_mended() -> None:
    before = CLEAN * 6 * LONG
    text = before + NOISY * 2 + ASKED + NOISY * 2
    found = applied(text)
    assert READ in [after for _, after in found]
    assert len(found) > len(MISREAD)
    assert all(start >= len(before) for start, _ in found)


def test_a_clean_part_of_a_noisy_text_is_left_alone() -> None:
    text = CLEAN * LONG + ASKED + CLEAN * LONG + NOISY * LONG
    assert [start for start, _ in applied(text) if start < len(CLEAN * LONG + ASKED)] == []
    assert READ in [after for _, after in applied(NOISY * 5 + ASKED + NOISY * 5)]


def test_only_what_noise_causes_changes_with_the_place() -> None:
    readings = [Reading("the", 1.0, 0, 1.0, 1.0), Reading("in the", 1.0, 0, 0.0, 1.0, Cause.BLANK)]
    here = Chances(0.5, 0.1, [0.3, 0.1], 0.0).nearby(2.0, 3.0, readings)
    assert here == Chances(0.5, 0.2, [0.6, 3.0 * 0.1], 0.0)
