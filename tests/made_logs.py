"""Clean texts with logs that were not made by cleaning: any edits, of any text, as many as a test needs."""

from __future__ import annotations

from pathlib import Path

from cleaner import decoding, journal, sources
from cleaner.edits import apply
from cleaner.model import Batch, Edit, Held, Mark, Run
from cleaner.records import Header
from cleaner.store import Pair

WORDS = "the old mill stood by the water and the miller was at his door when the men came up from the town".split()


def write(folder: Path, name: str, raw: str, edits: list[Edit], held: list[Edit] = (), marks: list[Mark] = ()) -> Path:
    """A clean text and its log, of one step, as ``cleaner clean`` would write them."""
    text = apply(raw, edits)
    batch = Batch("words", 7, tuple(edits), tuple(Held(edit, "held", "below") for edit in held))
    data = decoding.encode(raw, "utf-8")
    header = Header(name, sources.digest(data), "utf-8", len(raw), "1.0.0", "key", {})
    pair = Pair(folder / name)
    pair.clean.parent.mkdir(parents=True, exist_ok=True)
    pair.clean.write_bytes(decoding.encode(text, "utf-8"))
    pair.log.write_bytes(journal.write(Run(raw, (batch,), text, tuple(marks)), header))
    return pair.clean


def long_text(size: int, changes: int) -> tuple[str, list[Edit], list[Edit]]:
    """(raw text, changes, a tenth of them held): paragraphs of a hundred words in lines, misread words all through."""
    words = [WORDS[(k * k + k // 7) % len(WORDS)] for k in range(size // 4)]
    lines = [" ".join(words[k : k + 12]) for k in range(0, len(words), 12)]
    raw = "\n\n".join("\n".join(lines[k : k + 9]) for k in range(0, len(lines), 9))[: size - 1] + "\n"
    edits, at = [], 0
    step = len(raw) // (changes + 1)
    while len(edits) < changes:
        at = raw.index(" the ", at) + 1
        edits.append(
            Edit(at, at + 3, "the", "tbe", "words.misread", 0.93, "letters of like shape are taken for each other")
        )
        at += step - 20
    return raw, [edit for k, edit in enumerate(edits) if k % 10], edits[::10]
