"""A rule out of one pair: how a place reads, and how it should. The smallest that does it and is safe to repeat.

An odd character makes a rule for the character; a word that is none makes a rule for the word; whatever else was
changed, and a word that is a word elsewhere, makes a rule for the place, with a neighbour on either side.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import promises, rulebook, store
from cleaner.errors import RuleError, UsageError
from cleaner.rulebook.entries import LONGEST_CHAR
from cleaner.text import WORD

SLUG = re.compile(r"[^a-z0-9]+")
PIECE = re.compile(r"\S+")


class Draft(NamedTuple):
    """A rule to be: what it matches and makes."""

    kind: str
    match: str
    replace: str


def draft(before: str, after: str, known: Container[str] = ()) -> Draft:
    """The smallest sensible rule that makes ``after`` of ``before``; ``known`` are words, in lower case.

    >>> draft("in tbe mill", "in the mill", {"in", "the", "mill"})
    Draft(kind='word', match='tbe', replace='the')
    >>> draft("the o\N{LATIN SMALL LIGATURE FF}er", "the offer").kind
    'char'
    >>> draft("the modem age", "the modern age", {"modem", "modern", "age"}).match
    '\\\\bthe modem age\\\\b'

    Raises ``UsageError`` where nothing differs, or too little is given to tell the place.
    """
    before, after = (unicodedata.normalize("NFC", text) for text in (before, after))
    if before == after:
        raise UsageError("before and after are the same", "give the text as it stands, and as it should be")
    if odd := _odd(before, after):
        return odd
    start, end = _differ(before, after)
    words = [match for match in WORD.finditer(before) if match.start() <= start and end <= match.end()]
    if words and (result := _inside(before, after, words[0])) and words[0].group().lower() not in known:
        return Draft("word", words[0].group(), result)
    return _place(before, after, start, end)


def differing(before: str, after: str) -> tuple[str, str]:
    """What of each differs from the other: what both begin and end with is left out.

    >>> differing("tbe", "the"), differing("ofthe", "of the")
    (('b', 'h'), ('', ' '))
    """
    start, end = _differ(before, after)
    return before[start:end], after[start : len(after) - (len(before) - end)]


def _differ(before: str, after: str) -> tuple[int, int]:
    """Where ``before`` differs."""
    shortest = min(len(before), len(after))
    start = next((k for k in range(shortest) if before[k] != after[k]), shortest)
    rest = shortest - start
    tail = next((k for k in range(rest) if before[-1 - k] != after[-1 - k]), rest)
    return start, len(before) - tail


def _odd(before: str, after: str) -> Draft | None:
    """A character that is no plain letter of any language, and is read so wherever it stands."""
    match, made = differing(before, after)
    if not 0 < len(match) <= LONGEST_CHAR or match.isascii() or match in after or match in made:
        return None
    letters = unicodedata.normalize("NFKC", match) == match and any(map(str.isalpha, match))
    return Draft("char", match, made) if not letters and before.replace(match, made) == after else None


def _inside(before: str, after: str, word: re.Match[str]) -> str:
    """What stands in ``after`` in the place of a word; empty where that would hold the word again."""
    result = after[word.start() : len(after) - (len(before) - word.end())]
    fits = before[: word.start()] + result + before[word.end() :] == after
    return result if fits and word.group() not in WORD.findall(result) else ""


def _place(before: str, after: str, start: int, end: int) -> Draft:
    """A pattern for the pieces that differ, with one neighbour on either side."""
    pieces = list(PIECE.finditer(before))
    inside = [k for k, piece in enumerate(pieces) if piece.start() <= end and start <= piece.end()]
    if not inside:
        raise UsageError("nothing but blanks stands there", "give the words around it too")
    low, high = max(0, inside[0] - 1), min(len(pieces) - 1, inside[-1] + 1)
    if high - low < 2 and len(inside) < 2:
        raise UsageError(f"{before!r} is too little to tell the place", "give a neighbour on either side too")
    left, right = pieces[low].start(), pieces[high].end()
    match = before[left:right]
    result = after[left : len(after) - (len(before) - right)]
    edges = [r"\b" if sign.isalnum() else "" for sign in (match[0], match[-1])]
    pattern = edges[0] + re.escape(match).replace("\\ ", " ") + edges[1]
    return Draft("regex", pattern, result.replace("\\", r"\\"))


def written(drafted: Draft, *, name: str, why: str, pair: tuple[str, str], keep: Sequence[str]) -> str:
    """A rule as it stands in a file.

    >>> print(written(Draft("word", "tbe", "the"), name="tbe", why="h is read as b", pair=("tbe", "the"), keep=["TBE"]))
    [[rule]]
    id = "tbe"
    kind = "word"
    match = "tbe"
    replace = "the"
    why = "h is read as b"
    examples = [["tbe", "the"]]
    keep = ["TBE"]
    <BLANKLINE>
    """
    values = {"id": name, **drafted._asdict(), "why": why}
    lines = ["[[rule]]", *(f"{key} = {quoted(value)}" for key, value in values.items())]
    lines += [f"examples = [[{quoted(pair[0])}, {quoted(pair[1])}]]"]
    lines += [f"keep = [{', '.join(map(quoted, keep))}]"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as TOML: in single quotes where it holds backslashes, so that patterns stay readable."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def name_for(drafted: Draft, taken: Container[str]) -> str:
    """An id that says what it is for, and that no other rule of the file has.

    >>> name_for(Draft("word", "tbe", "the"), ["tbe"]), name_for(Draft("char", "\N{LATIN SMALL LIGATURE FF}", "ff"), [])
    ('tbe-2', 'latin-small-ligature-ff')
    """
    match = drafted.match
    if drafted.kind == "char":
        match = " ".join(unicodedata.name(sign, f"u-{ord(sign):04x}") for sign in match)
    if drafted.kind == "regex":
        match = re.sub(r"\\.", " ", match)
    plain = SLUG.sub("-", unicodedata.normalize("NFKD", match).lower()).strip("-") or "rule"
    return next(name for k in range(1, 10_000) if (name := plain if k == 1 else f"{plain}-{k}") not in taken)


def names_in(file: Path) -> set[str]:
    """The ids that rules of a file have. Raises ``RuleError`` where it is broken."""
    if not file.exists():
        return set()
    return {rule.id.rpartition(".")[2] for rule in rulebook.load(file).rules}


def add(file: Path, text: str, others: Sequence[Path]) -> None:
    """Put a rule at the end of a file, if it does what it promises there and beside the ``others``; else leave the file.

    The file keeps its line ends, and a link to it stays one. Raises ``RuleError``.
    """
    old = file.read_bytes().decode("utf-8") if file.exists() else ""
    new = old.rstrip("\r\n") + "\n\n" + text if old.strip() else text
    data = (new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in old else new).encode()
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / file.name
        tried.write_bytes(data)
        try:
            promises.prove(rulebook.load(rulebook.shipped(), *others, tried, without=(file,)), first=1)
        except RuleError as error:
            raise RuleError(error.message.replace(str(tried), str(file)), "nothing was written") from None
    store.replace_file(Path(os.path.realpath(file)), data)
