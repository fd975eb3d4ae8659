"""Seal: the last look before a text is called clean: valid UTF-8, NFC, ``\\n``, one final newline.

Cannot be skipped, and makes edits like any other stage: what is undecodable becomes U+FFFD here, with the byte in the
edit's ``before``, so that the raw bytes always come back. Who wants to see in the clean text where the pages of the
scan begin gets it here too, when nothing moves any more: as ``[p. 213]``, or as a form feed; and so does who wants other
characters for quotation marks, dashes and the like (``style``), which can be skipped.
"""

from __future__ import annotations

import re
from collections.abc import Container

from cleaner import characters, decoding
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.seal import style

__all__ = ["REQUIRED", "RULES", "propose"]

PAGE = "seal.page"

REQUIRED: tuple[Rule, ...] = (
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
    # Fires only where the settings ask for it and an earlier stage left page marks, so it has no examples of its own.
    Rule(id=PAGE, why="the settings ask for marks where pages begin", examples=(), keep=()),
)
RULES = REQUIRED + style.RULES

TOKEN_START = re.compile(r"(?<!\S)\S")
PAGE_MARK = re.compile(r"\[p\. [^\]\s]+\]")
UNDECODED = re.compile("[\ud800-\udfff]+")


# What may follow the last character of a text and is no part of it.
ENDING = "".join(filter(characters.FAULTY.fullmatch, map(chr, (*range(0xA0), 0x2028, 0x2029, 0xFEFF)))) + "\n"


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits for whatever is not yet valid, composed and ended, or not in the style that is asked for; no marks."""
    text = doc.text
    end = len(text.rstrip(ENDING))
    edits = [edit for edit in style.styled(doc, knowledge.style) if edit.start < end]
    styled = {at for edit in edits for at in range(edit.start, edit.end)}  # what is styled is composed
    faults = (edit for edit in characters.faults(text, "seal") if edit.start < end)
    edits += [edit for edit in faults if styled.isdisjoint(range(edit.start, edit.end))]
    for match in () if decoding.is_valid(text) else UNDECODED.finditer(text):
        before = match.group()
        why = "cannot be decoded: " + " ".join(map(_byte, before))
        edits.append(Edit(match.start(), match.end(), before, "\ufffd" * len(before), "seal.undecodable", 1.0, why))
    edits.extend(_ended(text, end))
    if knowledge.page_marks != "none":
        edits.extend(_page_marks(doc, {edit.start for edit in edits}, end, feeds=knowledge.page_marks == "formfeed"))
    return Proposals(edits)


def _byte(char: str) -> str:
    """The byte that a lone surrogate stands for, in hex; a surrogate of a string that was handed over by its code."""
    code = ord(char)
    return f"{code - 0xDC00:02x}" if code >= 0xDC80 else f"U+{code:04X}"


def _page_marks(doc: Document, taken: Container[int], end: int, *, feeds: bool) -> list[Edit]:
    """A mark before the first word of each page; a word that goes on from the page before belongs to that one.

    A page without a known folio gets no ``[p. ...]``, a page at the text's beginning no form feed. What stands there
    already is not put again.
    """
    text = doc.text
    put: dict[int, str] = {}
    for mark in doc.marked("page"):
        folio = str(mark.value["folio"])
        at = _place(text, mark.start, taken, feeds=feeds)
        if at >= end or not (feeds or folio):
            continue
        if feeds and _parts(text, at):
            put[at] = "\f"
        elif not feeds and not PAGE_MARK.match(text, at):
            put[at] = f"{put.get(at, '')}[p. {folio}] "
    return [Edit(at, at, "", label, PAGE, 1.0, "a page begins here") for at, label in sorted(put.items())]


def _place(text: str, start: int, taken: Container[int], *, feeds: bool) -> int:
    """The first place at or behind ``start`` where a word begins and no other edit does; for a form feed before its indent."""
    for match in TOKEN_START.finditer(text, start):
        at = match.start()
        line = text.rfind("\n", 0, at) + 1
        if feeds and not text[line:at].strip(" \t"):
            at = line
        if at not in taken:
            return at
    return len(text)


def _parts(text: str, at: int) -> bool:
    """Whether a form feed would part two pages: text stands before it, and no other form feed between."""
    while at and text[at - 1].isspace():
        at -= 1
        if text[at] == "\f":
            return False
    return at > 0


def _ended(text: str, end: int) -> list[Edit]:
    """One line feed after the last character, and nothing in an empty text."""
    tail, want = text[end:], "\n" if end else ""
    if tail == want:
        return []
    kept = len(want) if tail.startswith(want) else 0
    return [Edit(end + kept, len(text), tail[kept:], want[kept:], "seal.end", 1.0, "the end of the text")]
