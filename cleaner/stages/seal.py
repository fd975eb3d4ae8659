"""Seal: the last look before a text is called clean: valid UTF-8, NFC, ``\\n``, one final newline.

Cannot be skipped, and makes edits like any other stage: what is undecodable becomes U+FFFD here, with the byte in the
edit's ``before``, so that the raw bytes always come back.
"""

from __future__ import annotations

import re

from cleaner import characters, decoding
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="seal.undecodable",
        why="a byte that nothing could read",
        examples=(("a\udc81b\n", "a\ufffdb\n"),),
        keep=("caf\u00e9\n",),
    ),
    Rule(
        id="seal.nfc",
        why="letters and their accents are composed (Unicode NFC)",
        examples=(("cafe\u0301\n", "caf\u00e9\n"),),
        keep=("caf\u00e9\n",),
    ),
    Rule(
        id="seal.control",
        why="a control character has no place in a text",
        examples=(("the\x00 mill\n", "the mill\n"),),
        keep=("a\tb\n\x0cc\n",),
    ),
    Rule(
        id="seal.separator",
        why="a line separator that is no line end elsewhere",
        examples=(("one\u2028two\n", "one\ntwo\n"),),
        keep=("one two\n",),
    ),
    Rule(
        id="seal.newline",
        why="line ends are line feeds",
        examples=(("one\r\ntwo\n", "one\ntwo\n"),),
        keep=("one\ntwo\n",),
    ),
    Rule(
        id="seal.end",
        why="a text ends with one line end",
        examples=(("one", "one\n"), ("one\n\n\n", "one\n")),
        keep=("one\n", ""),
    ),
)

UNDECODED = re.compile("[\ud800-\udfff]+")


# What may follow the last character of a text and is no part of it.
ENDING = "".join(filter(characters.FAULTY.fullmatch, map(chr, (*range(0xA0), 0x2028, 0x2029, 0xFEFF)))) + "\n"


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits for whatever is not yet valid, composed and ended; no marks."""
    text = doc.text
    end = len(text.rstrip(ENDING))
    edits = [edit for edit in characters.faults(text, "seal") if edit.start < end]
    for match in () if decoding.is_valid(text) else UNDECODED.finditer(text):
        before = match.group()
        why = "cannot be decoded: " + before.encode("utf-8", "surrogatepass").hex(" ")
        edits.append(Edit(match.start(), match.end(), before, "\ufffd" * len(before), "seal.undecodable", 1.0, why))
    edits.extend(_ended(text, end))
    return Proposals(edits)


def _ended(text: str, end: int) -> list[Edit]:
    """One line feed after the last character, and nothing in an empty text."""
    tail, want = text[end:], "\n" if end else ""
    if tail == want:
        return []
    kept = len(want) if tail.startswith(want) else 0
    return [Edit(end + kept, len(text), tail[kept:], want[kept:], "seal.end", 1.0, "the end of the text")]
