"""Encoding: what went wrong between bytes and characters, before anything else looks at the text.

Mojibake is repaired by ftfy, asked only about lines that hold suspicious characters; stray Windows-1252 bytes (they
arrive as lone surrogates, since decoding never guesses), byte order marks, control characters and line ends follow.
Quotes, dashes, widths and entities are the author's and are left alone, and so is what ftfy finds sound.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cleaner import characters, decoding
from cleaner.edits import changed_runs
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="encoding.bom",
        why="a byte order mark is no text",
        examples=(("\ufeffHarbour dues\n", "Harbour dues\n"),),
        keep=("Harbour dues\n",),
    ),
    Rule(
        id="encoding.mojibake",
        why="UTF-8 that was read in another encoding",
        examples=(
            ("the mill\u00e2\u20ac\u2122s wheel\n", "the mill\u2019s wheel\n"),
            ("\u00e2\u20ac\u0153the mill,\u00e2\u20ac\ufffd he said\n", "\u201cthe mill,\u201d he said\n"),
        ),
        keep=("ch\u00e2teau, \u20ac 5, Trade\u2122\n", "AOU\u00c9 \u00bb\n"),
    ),
    Rule(
        id="encoding.cp1252",
        why="a byte that is no UTF-8 and reads well in Windows-1252",
        examples=(("the mill\udc92s wheel\n", "the mill\u2019s wheel\n"),),
        keep=("a\udc81b\n",),
    ),
    Rule(
        id="encoding.control",
        why="a control character has no place in a text",
        examples=(("the\x00 mi\x08ll\n", "the mill\n"),),
        keep=("a\tb\n\x0cc\n",),
    ),
    Rule(
        id="encoding.separator",
        why="a line separator that is no line end elsewhere",
        examples=(("one\u2028two\n", "one\ntwo\n"), ("one\x0btwo\n", "one\ntwo\n")),
        keep=("one two\n",),
    ),
    Rule(
        id="encoding.newline",
        why="line ends are line feeds",
        examples=(("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),),
        keep=("one\ntwo\n",),
    ),
    Rule(
        id="encoding.nfc",
        why="letters and their accents are composed (Unicode NFC)",
        examples=(("cafe\u0301\n", "caf\u00e9\n"),),
        keep=("caf\u00e9\n",),
    ),
)

GUESSED = frozenset({"encoding.mojibake", "encoding.cp1252"})  # a person may know better how these were meant

# Every mojibake that ftfy knows holds a character beyond ASCII, curly quotes and dashes: lines without one are sound.
# This finds them fifty times faster than asking about every line (5 against 284 ms for a million characters).
SUSPECT = re.compile("[^\x00-\x7f\u2013\u2014\u2018-\u201d]")
# ftfy judges a stretch of text as a whole; longer lines are asked about in stretches of this many characters.
STRETCH = 2_000
LAYERS = 10  # readings upon readings that are undone; a bound, so that no text can keep this running

# Half of the letters of any western text are plain ASCII: above this share of stray bytes the file is in no encoding
# that Windows-1252 could stand for, and nothing is claimed.
STRAY_SHARE = 0.25
UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # bytes that Windows-1252 leaves undefined
CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0x100) if byte not in UNDEFINED}
# As ftfy shall see stray bytes: one character each, so that offsets hold, and U+FFFD where seal will put it.
SHOWN = {**CP1252, **{0xDC00 + byte: "\ufffd" for byte in UNDEFINED}}
# U+FFFD in a scan is a letter that the engine could not read: by itself it is no trace of mojibake.
UNREAD = {0xFFFD: "?"}
# Hidden inside a misread character, they are not there for ftfy. C1 controls are: they are bytes of such characters.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
# The closing quote is E2 80 9D in UTF-8, and Windows-1252 has no 9D: so its last byte is lost where those of the others are not.
# ftfy would take the rest for rubbish. Behind a misread first byte it is a piece of another character, misread twice. Other signs that lose theirs are seldom: a hyphen (90), and what nobody sees.
CUT_QUOTE = re.compile("(?<!\u00c3\u00a2)\u00e2\u20ac[\ufffd\udc9d]")
WHOLE_QUOTE = "\u00e2\u20ac\x9d"
# What opens or closes a quotation, as it stands there or misread.
DOUBLE = re.compile(f"(\u201c|\u00e2\u20ac\u0153)|\u201d|{WHOLE_QUOTE}|{CUT_QUOTE.pattern}")
BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]")  # of raw texts, with any line ends
SPEECH = 3_000  # characters of a quotation at most
UNPROVEN = 0.8  # nothing opens there
STRAY = re.compile(f"[{''.join(map(chr, CP1252))}]+")


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits for everything between bytes and characters; no marks."""
    text = doc.text
    edits: list[Edit] = []
    if not text.isascii():
        edits.extend(_mojibake(text))
        edits.extend(_apart(_stray_bytes(text), edits))
    if text.startswith("\ufeff"):
        edits.append(Edit(0, 1, "\ufeff", "", "encoding.bom", 1.0, "byte order mark at the start"))
    mojibake = [edit for edit in edits if edit.rule == "encoding.mojibake"]
    edits.extend(_apart(characters.faults(text, "encoding"), mojibake))
    return Proposals(edits)


def _apart(edits: Iterator[Edit], mojibake: Sequence[Edit]) -> list[Edit]:
    """Without the edits that touch mojibake: what they would mend is a piece of a misread character."""
    if not mojibake:
        return list(edits)
    ends = [edit.end for edit in mojibake]

    def clear(edit: Edit) -> bool:
        k = bisect_right(ends, edit.start)
        return k == len(ends) or edit.end <= mojibake[k].start

    return list(filter(clear, edits))


def _suspect_spans(text: str) -> Iterator[tuple[int, int]]:
    """Lines with a suspicious character, long ones in stretches that end at a blank."""
    at = 0
    while match := SUSPECT.search(text, at):
        here = match.start()
        start = max(text.rfind("\n", at, here) + 1, at)
        if here - start > STRETCH:
            start = max(text.rfind(" ", here - STRETCH, here) + 1, here - STRETCH)
        end = text.find("\n", here, here + STRETCH)
        if end < 0:
            end = min(here + STRETCH, len(text))
            if end < len(text):
                end = max(text.rfind(" ", here + 1, end), here + 1)
        yield start, end
        at = end


def _mojibake(text: str) -> Iterator[Edit]:
    spans = [*_suspect_spans(text)]
    if not spans:
        return
    from ftfy.badness import is_bad  # noqa: PLC0415  (60 ms to load, and few texts have to ask)

    closing = _closing(text)
    for start, end in spans:
        line = CUT_QUOTE.sub(WHOLE_QUOTE, text[start:end])
        if not is_bad(UNSEEN.sub("", line).translate(SHOWN).translate(UNREAD)):
            continue
        seen = [k for k, char in enumerate(line) if not UNSEEN.match(char)]
        shown = "".join(line[k] for k in seen).translate(SHOWN)
        for a, b, new in changed_runs(shown, _repaired(shown)):
            first = start + (seen[a] if a < len(seen) else len(line))
            last = start + seen[b - 1] + 1 if b > a else first
            before = text[first:last]
            cut = [first + match.start() for match in CUT_QUOTE.finditer(before)]
            why = "UTF-8 read as another code, a byte of it lost" if cut else "ftfy: UTF-8 read as another code"
            yield Edit(
                first, last, before, new, "encoding.mojibake", 0.97 if closing.issuperset(cut) else UNPROVEN, why
            )


def _closing(text: str) -> set[int]:
    """Where a quotation is open in its paragraph, and a cut quote stands where it may end.

    >>> cut = "\u00e2\u20ac\ufffd"
    >>> _closing(f"\u201cWe go,{cut} he said."), _closing(f"\u201cwell{cut}known\u201d"), _closing(f"We go,{cut} he said.")
    ({7}, set(), set())
    """
    found = set()
    opened = None
    for match in DOUBLE.finditer(text):
        start, end = match.span()
        if CUT_QUOTE.match(match.group()):
            if not text[start - 1 : start].strip() or text[end : end + 1].isalnum():
                continue
            if opened is not None and start - opened <= SPEECH and not BLANK_LINE.search(text, opened, start):
                found.add(start)
        opened = end if match.group(1) else None
    return found


def _repaired(line: str) -> str:
    """As ftfy repairs a line, and repairs it again once what is no text is gone: a second run shall find nothing."""
    from ftfy import fix_encoding  # noqa: PLC0415  (see above)
    from ftfy.badness import is_bad  # noqa: PLC0415

    for _ in range(LAYERS):
        fixed = fix_encoding(line)
        settled = unicodedata.normalize("NFC", characters.CONTROL.sub("", fixed))
        if settled == line or not is_bad(settled.translate(UNREAD)):
            break
        line = settled
    return fixed


def _stray_bytes(text: str) -> Iterator[Edit]:
    """Stray bytes, a run at a time. Where they are many the encoding is unknown and they stay."""
    if decoding.is_valid(text):
        return
    runs = [match.span() for match in STRAY.finditer(text)]
    confidence = 0.95 if sum(end - start for start, end in runs) <= STRAY_SHARE * len(text) else 0.4
    for start, end in runs:
        before = text[start:end]
        after = before.translate(CP1252)
        why = f"{before.encode('utf-8', 'surrogateescape').hex(' ')} is no UTF-8; Windows-1252: {after}"
        yield Edit(start, end, before, after, "encoding.cp1252", confidence, why)
