"""The counts of a corpus, made from its texts; and what lists, frequencies and the dictionary know of a word.

A scan cuts words at the ends of its lines, with a hyphen or without one, and the other half may stand below a running
head: so the first and the last word of each line are not counted, in any text. In a clean text, a paragraph on a line,
that costs next to nothing. Nothing else is mended or judged: misreadings that recur are counted as words, so counts of
texts that people have proofread, or of clean ones, are worth more than those of raw scans.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from cleaner import binary, books, finding, language, sources, store, wordlists
from cleaner.errors import DocumentError, UsageError
from cleaner.finding import Found, Place
from cleaner.settings import Settings
from cleaner.text import Lines, count_words
from cleaner.wordlists import WordList

# A line without its first and its last word, and the signs around them: "revolu -" may be cut too.
INNER = re.compile(r"\W*\w\S*\s(.*)\s\S*\w\W*")


class Built(NamedTuple):
    """``words`` of ``texts`` were counted, ``forms`` different ones, of which ``kept`` stand in the file."""

    texts: int
    words: int
    forms: int
    kept: int


def build(found: Found, out: Path, done: Callable[[str, int], None], *, least: int = 1, force: bool = False) -> Built:
    """Count the words of texts into a file, which then holds all of it or what it held before.

    ``done`` is told the name and the bytes of each text. Raises ``UsageError`` where the file is not one that was
    written here and left as it was (unless ``force``), ``DocumentError`` where a text cannot be read: counts without it
    would be other counts.
    """
    places = _places(found, out)
    _may_write(out, force=force)
    counts: Counter[str] = Counter()
    texts = 0
    for place in places:
        raw = _read(place)
        if not binary.is_no_text(place.name, sources.contents(raw)):
            counts.update(count(sources.read(raw).text))
            texts += 1
        done(place.name, place.size)
    total = counts.total()
    store.replace_file(out, wordlists.written(counts, total, least))
    kept = sum(number >= least for number in counts.values())
    return Built(texts, total, len(counts), kept)


def count(text: str) -> Counter[str]:
    """How often a text writes each word, in lower case; without figures, and without the ends of its lines.

    >>> dict(count("The old Mill-\\nrace of 1917, a wheel -\\nof the Well-known miller's\\n"))
    {'old': 1, 'of': 1, 'a': 1, 'the': 1, 'well-known': 1}
    """
    lines = Lines(normalize("NFC", text), pages=True).strings()
    inner = "\n".join(match[1] for match in map(INNER.fullmatch, lines) if match)
    found: Counter[str] = Counter()
    for word, number in count_words(inner.lower()).items():
        if any(map(str.isalpha, word)):
            found[wordlists.plain(word)] += number
    return found


def _places(found: Found, out: Path) -> list[Place]:
    """Each text once, whatever it was given as."""
    for passed in found.passed:
        if passed.failed:
            raise DocumentError(f"{finding.show(passed.path)}: {passed.reason}", passed.hint)
    if not found.places:
        raise UsageError("no text files found (*.txt, *.text)", "give the folder or the files whose words to count")
    once = {finding.identity(place.raw): place for place in found.places}
    if finding.identity(out) in {finding.identity(file) for place in found.places for file in place.files}:
        raise UsageError(f"{finding.show(out)} is one of the texts", "give another name with --out")
    return list(once.values())


def _may_write(out: Path, *, force: bool) -> None:
    if not os.path.lexists(out):
        return
    if not os.path.isfile(out):
        raise UsageError(f"{finding.show(out)} is not a file", "give the name of a file with --out")
    if not force and not wordlists.untouched(out.read_bytes()):
        what = f"{finding.show(out)}: these are no counts that 'lexicon build' wrote, or they were edited since"
        raise UsageError(what, "give another name with --out, or --force to write over it")


def _read(place: Place) -> sources.Raw:
    try:
        raw = books.read_text(place.raw, place.pages)
        binary.refuse(raw)
    except OSError as error:
        fault = store.explain(error, place.raw)
    except DocumentError as error:
        fault = error
    else:
        return raw
    raise DocumentError(f"{finding.show(place.raw)}: {fault.message}", fault.hint)


def told(word: str, settings: Settings) -> Iterator[str]:
    """What is known of a word, a line for each of the lexicons, the general frequencies and the dictionary.

    >>> from cleaner.settings import lexicon
    >>> lists = lexicon(["to-day"]), lexicon({"today": 2, "the": 98})
    >>> print(*told("Today", Settings("en", lexicons=lists)), sep="\\n")
    Today
      words            only with other hyphens
      counts           2 of 100 words
      general (en)     1 in 2,818 words
      dictionary (en)  known
    """
    lower = wordlists.plain(normalize("NFC", word).lower())
    rows = [(found.name, _in_list(lower, found)) for found in dict.fromkeys(settings.lexicons)]
    code = settings.language
    if code == "auto":
        rows.append(("general", "say which language, with --lang"))
    else:
        share = language.general(code).frequency(lower)
        rows.append((f"general ({code})", f"1 in {1 / share:,.0f} words" if share else "not known"))
        rows.append((f"dictionary ({code})", "known" if lower in language.dictionary(code) else "not known"))
    yield word
    wide = max(len(name) for name, _ in rows)
    yield from (f"  {name:<{wide}}  {what}" for name, what in rows)


def _in_list(word: str, found: WordList) -> str:
    if found.counts:
        return f"{found.count(word):,} of {found.total:,} words"
    if found.vouches(word):
        return f"listed as {found.words[word]}"
    return "only with other hyphens" if found.corrects(word) else "not listed"
