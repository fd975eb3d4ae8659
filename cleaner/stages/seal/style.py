"""Normalisations that somebody asked for: straight quotes, ASCII dashes, ellipses, the long s, sentence spacing, NFKC.

Each is off until its setting says otherwise, and changes nothing but its own characters: no word is spelled otherwise, no mark
put or taken. They come when every other stage has read the text with the marks as they were printed, so a text cleaned with
one of them differs from the same text cleaned without in these characters alone.

Angle quotation marks and primes stay: the first are another style, the second no quotation marks. NFKC would also write
"party²" as "party2", "5½" as "51⁄2", "③" as "3" and "´" as a blank and an accent: superscripts (note marks among them),
subscripts, fractions, circled characters, accents that stand alone, and no-break blanks are left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from functools import partial

from cleaner import text as views
from cleaner.characters import begins_letter
from cleaner.edits import from_function
from cleaner.model import Document, Edit
from cleaner.rulebook import Rule

QUOTES, DASHES, ELLIPSES, LONG_S, SENTENCES, NFKC = (
    "seal.quotes",
    "seal.dashes",
    "seal.ellipses",
    "seal.long-s",
    "seal.sentence-spacing",
    "seal.nfkc",
)
WHY = {
    QUOTES: "the settings ask for straight quotation marks",
    DASHES: "the settings ask for ASCII dashes",
    ELLIPSES: "the settings ask for one way to write an ellipsis",
    LONG_S: "the settings ask for round s",
    SENTENCES: "the settings ask for one blank behind a stop",
    NFKC: "the settings ask for NFKC",
}
# They fire only where the settings ask for them, so that they have no examples of their own (tests/test_style.py).
RULES: tuple[Rule, ...] = tuple(Rule(id=rule, why=why, examples=(), keep=()) for rule, why in WHY.items())

STRAIGHT = {
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
    "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{SINGLE LOW-9 QUOTATION MARK}": "'",
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}": "'",
}
EN_DASH = "\N{EN DASH}"
# An en dash is a hyphen between two characters ("1914-18"), and a dash like the others beside a blank, where a hyphen would
# be one at a line end.
ASCII = {
    EN_DASH: "--",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{FIGURE DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{EM DASH}": "--",
    "\N{HORIZONTAL BAR}": "--",
    "\N{TWO-EM DASH}": "----",
    "\N{THREE-EM DASH}": "------",
}
CHARACTER = "\N{HORIZONTAL ELLIPSIS}"
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
# With the marks upon it, as it is composed with them when it is round; the one that is composed already.
LONG = re.compile("\N{LATIN SMALL LETTER LONG S}[\u0300-\u036f]*|\N{LATIN SMALL LETTER LONG S WITH DOT ABOVE}")
ROUND = {"\N{LATIN SMALL LETTER LONG S}": "s", "\N{LATIN SMALL LETTER LONG S WITH DOT ABOVE}": "\u1e61"}
CLOSERS = "'\")]\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
SENTENCE = re.compile(rf"[.!?:][{re.escape(CLOSERS)}]{{0,3}} ( +)(?=[^ \t\n\f])")

# What NFKC would take the meaning from, by the tag of its decomposition (Unicode Character Database).
MEANT = ("<super>", "<sub>", "<fraction>", "<circle>", "<noBreak>")
# In these blanks and dots stand for themselves; what is no language is left as it is.
KEPT: Mapping[str, tuple[str, ...]] = {
    ELLIPSES: ("code", "contents", "index", "table"),
    SENTENCES: ("code", "contents", "index", "table", "verse"),
}
UNTOUCHED = "garbage"


def styled(doc: Document, style: Mapping[str, str]) -> list[Edit]:
    """The edits that a style asks for, disjoint, rule by rule; ``style`` holds the settings that are not left as they are.

    >>> asked = {"quotes": "straight", "dashes": "ascii", "long_s": "round"}
    >>> [edit.after for edit in styled(Document("\\u201c\\u017fo\\u201d \\u2014 1914\\u201318"), asked)]
    ['"', '"', '--', '-', 's']
    >>> styled(Document("\\u201c\\u017fo\\u201d \\u2014 1914\\u201318"), {})
    []
    """
    text = doc.text
    edits: list[Edit] = []
    if not style or not text:
        return edits
    for setting, find in FINDERS.items():
        if setting in style:
            edits += find(text, style[setting])
    if "unicode" in style:
        edits += _nfkc(text, frozenset().union(*(CLAIMED.get(setting, ()) for setting in style)))
    garbage = views.inside(doc.spans(UNTOUCHED))
    left_alone = {rule: views.inside(doc.spans(*kinds)) for rule, kinds in KEPT.items()}
    return [e for e in edits if not garbage(e.start) and not (e.rule in left_alone and left_alone[e.rule](e.start))]


def _replaced(text: str, table: Mapping[str, str], rule: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for match in re.finditer(f"[{''.join(table)}]", text):
        yield Edit(match.start(), match.end(), match.group(), table[match.group()], rule, 1.0, WHY[rule])


def _quotes(text: str, _: str) -> Iterator[Edit]:
    return _replaced(text, STRAIGHT, QUOTES)


def _dashes(text: str, _: str) -> Iterator[Edit]:
    for edit in _replaced(text, ASCII, DASHES):
        beside = text[max(edit.start - 1, 0) : edit.start] + text[edit.end : edit.end + 1]
        if edit.before == EN_DASH and len(beside) == 2 and not any(map(str.isspace, beside)):
            yield edit._replace(after="-")
        else:
            yield edit


def _ellipses(text: str, wanted: str) -> Iterator[Edit]:
    if wanted == "dots":
        yield from _replaced(text, {CHARACTER: "..."}, ELLIPSES)
        return
    for match in DOTS.finditer(text):
        yield Edit(match.start(), match.end(), "...", CHARACTER, ELLIPSES, 1.0, WHY[ELLIPSES])


def _long_s(text: str, _: str) -> Iterator[Edit]:
    for match in LONG.finditer(text):
        before = match.group()
        after = unicodedata.normalize("NFC", ROUND[before[0]] + before[1:])
        yield Edit(match.start(), match.end(), before, after, LONG_S, 1.0, WHY[LONG_S])


def _sentences(text: str, _: str) -> Iterator[Edit]:
    for match in SENTENCE.finditer(text):
        yield Edit(match.start(1), match.end(1), match[1], "", SENTENCES, 1.0, WHY[SENTENCES])


def _nfkc(text: str, kept: Container[str]) -> Iterator[Edit]:
    if unicodedata.is_normalized("NFKC", text):
        return
    fold = partial(folded, kept=kept)
    yield from from_function(text, _letters(text, kept), fold, rule=NFKC, confidence=1.0, why=WHY[NFKC])


def folded(text: str, kept: Container[str] = ()) -> str:
    """NFKC, but for characters whose meaning it would lose, and those in ``kept``.

    >>> folded("\u2167 \uff21 \u3392"), folded("5\u00bd \u00b2 \u00b4 a\u00a0b") == "5\u00bd \u00b2 \u00b4 a\u00a0b"
    ('VIII A MHz', True)
    """
    return unicodedata.normalize("NFC", "".join([_folded(char, kept) for char in text]))


def _folded(char: str, kept: Container[str]) -> str:
    tag, *codes = unicodedata.decomposition(char).split() or [""]
    if tag in MEANT or (tag.startswith("<") and codes[0] == "0020") or char in kept:
        return char
    return unicodedata.normalize("NFKC", char)


def _letters(text: str, kept: Container[str]) -> Iterator[tuple[int, int]]:
    """Spans of letters with their marks that NFKC may change: none composes with what stands before it."""
    for match in re.finditer(r"[\x00-\x7f]?[^\x00-\x7f]+", text):
        first = match.start()
        for at in range(first + 1, match.end()):
            if begins_letter(text[at]) and begins_letter(_folded(text[at], kept)[0]):
                yield first, at
                first = at
        yield first, match.end()


Finder = Callable[[str, str], Iterator[Edit]]
FINDERS: Mapping[str, Finder] = {
    "quotes": _quotes,
    "dashes": _dashes,
    "ellipses": _ellipses,
    "long_s": _long_s,
    "sentence_spacing": _sentences,
}
# The characters that are another setting's to write, which NFKC would write otherwise.
CLAIMED: Mapping[str, Collection[str]] = {"dashes": ASCII, "ellipses": CHARACTER, "long_s": ROUND}
