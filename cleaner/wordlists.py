"""What a person hands over beside the text: lists of words that are right, and counts of a whole corpus.

A *word list* is a text with one word or compound a line; who wrote it vouches for these words and for this spelling of
them, hyphens included. *Counts* say how often a corpus writes each word; ``cleaner lexicon build`` makes them, and the
header that it writes tells one kind from the other. Words are kept in lower case, with one kind of apostrophe. Pure:
bytes and values come in, bytes and values go out; which files are meant is the business of ``settings``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleaner import text as views
from cleaner.errors import LexiconError

FORMAT = 1
HEADER = "#cleaner-counts"
HASH = 16  # hex digits of the SHA-256 of all lines below the header
HEAD = re.compile(rf"{HEADER}\tformat=(\d+)\twords=(\d+)\tforms=\d+\tleast=\d+\tsha256=([0-9a-f]{{{HASH}}})")
COMMENT = re.compile(r"(?:\A|\s)#.*")
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
SHOWN = 40  # characters of a line at fault


@dataclass(frozen=True)
class WordList:
    """``words`` that somebody vouches for, as written, by their lower case; ``counts`` of words among ``total`` words.

    ``name`` is for people; ``sha256`` is that of the file, or of the file that it would be. Two lists with the same
    hash are the same.
    """

    name: str = field(default="", compare=False)
    sha256: str = ""
    words: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    counts: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    total: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        return bool(self.words or self.counts)

    def __contains__(self, word: str) -> bool:
        word = plain(word)
        return word in self.words or word in self.counts

    def count(self, word: str) -> int:
        """How often the corpus writes a word, which is given in lower case."""
        return self.counts.get(plain(word), 0) if self.counts else 0

    def vouches(self, word: str) -> bool:
        """Whether a word, given in lower case, was listed with just these hyphens."""
        return bool(self.words) and plain(word) in self.words

    def corrects(self, word: str) -> bool:
        """Whether a word, given in lower case, was listed with other hyphens only.

        >>> mine = listed(["to-day", "Bolshevik"])
        >>> mine.corrects("today"), mine.corrects("bol-shevik"), mine.corrects("to-day"), mine.corrects("other")
        (True, True, False, False)
        """
        word = plain(word)
        return word not in self.words and word.replace("-", "") in self._solid

    @cached_property
    def _solid(self) -> frozenset[str]:
        return frozenset(word.replace("-", "") for word in self.words)


NOTHING = WordList()


def plain(word: str) -> str:
    """A word with the typewriter's apostrophe.

    >>> plain("o\N{RIGHT SINGLE QUOTATION MARK}clock")
    "o'clock"
    """
    return word.replace(CURLY, "'")


def merged(lists: Sequence[WordList]) -> WordList:
    """Several lists as one: all words, and the sums of the counts. The same list counts once.

    >>> both = merged([listed(["Osinskii"]), counted({"mill": 3}), counted({"mill": 4, "mill-race": 2})])
    >>> both.vouches("osinskii"), both.count("mill"), both.total
    (True, 7, 9)
    """
    apart = list(dict.fromkeys(lists))
    if len(apart) <= 1:
        return apart[0] if apart else NOTHING
    words: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in apart:
        words = {**one.words, **words}
        counts.update(one.counts)
    return WordList(words=words, counts=counts, total=sum(one.total for one in apart))


# ---- from values -----------------------------------------------------------------------------------------------------


def listed(words: Iterable[str], name: str = "words") -> WordList:
    """A list of words that somebody vouches for. Raises ``LexiconError`` for what is no word."""
    found = sorted(unicodedata.normalize("NFC", word) for word in words)
    for word in found:
        if fault := _fault(word):
            raise LexiconError(f"{name}: {fault[0]}", fault[1])
    lower = {_lower(word): word for word in reversed(found)}
    return replaced(WordList(name, words=lower), "".join(f"{word}\n" for word in found).encode())


def counted(counts: Mapping[str, int], name: str = "counts") -> WordList:
    """Counts of a corpus, whose words are in any case. Raises ``LexiconError`` for what is no word or no count."""
    lower: Counter[str] = Counter()
    for given, count in counts.items():
        word = unicodedata.normalize("NFC", given)
        if fault := _fault(word):
            raise LexiconError(f"{name}: {fault[0]}", fault[1])
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise LexiconError(f"{name}: {word!r} has the count {count!r}", "a count is a number from 1 on")
        lower[_lower(word)] += count
    return replaced(WordList(name, counts=lower, total=lower.total()), written(lower, lower.total()))


def replaced(found: WordList, data: bytes) -> WordList:
    """The list with the hash of the file that it stands in."""
    return WordList(found.name, hashlib.sha256(data).hexdigest(), found.words, found.counts, found.total)


def written(counts: Mapping[str, int], total: int, least: int = 1) -> bytes:
    """Counts as a file: sorted, the header first, with the words in all and the forms that were counted.

    Words counted less than ``least`` times are left out. The header holds the hash of the rest, so that a hand edit shows.

    >>> print(written({"mill": 4, "mill-race": 2, "rnill": 1}, total=7, least=2).decode().replace("\\t", " "), end="")
    #cleaner-counts format=1 words=7 forms=3 least=2 sha256=5dcffda16d0442f4
    mill 4
    mill-race 2
    """
    body = "".join(f"{word}\t{count}\n" for word, count in sorted(counts.items()) if count >= least)
    head = f"{HEADER}\tformat={FORMAT}\twords={total}\tforms={len(counts)}\tleast={least}\tsha256={_hash(body)}\n"
    return (head + body).encode()


def untouched(data: bytes) -> bool:
    """Whether bytes are counts just as they were written: nobody edited them.

    >>> data = written({"mill": 4}, 4)
    >>> untouched(data), untouched(data + b"mine\\t9\\n"), untouched(b"mill\\n")
    (True, False, False)
    """
    head, _, body = data.decode(errors="replace").partition("\n")
    match = HEAD.fullmatch(head)
    return match is not None and match[3] == _hash(body)


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:HASH]


# ---- from files ------------------------------------------------------------------------------------------------------


def parse(data: bytes, name: str) -> WordList:
    """A word list or counts from the bytes of a file; ``name`` is its path, for errors.

    >>> parse(b"# names\\n\\nOsinskii\\ncounter-revolution  # never in one word\\n", "names.txt").words
    {'osinskii': 'Osinskii', 'counter-revolution': 'counter-revolution'}
    >>> parse(written({"mill": 4}, total=4), "corpus.tsv").counts
    {'mill': 4}

    Raises ``LexiconError`` with the line and what would be right.
    """
    if b"\0" in data:
        raise _error(name, (0, "not a text: it holds zero bytes", "give a text file in UTF-8, one word a line"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise _error(name, (line, what, "save the file as UTF-8")) from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return replaced(_counts(text, name) if text.startswith(HEADER) else _words(text, name), data)


def _error(name: str, *faults: tuple[int, str, str]) -> LexiconError:
    """What is wrong with a file; the message is of the first fault."""
    line, what, hint = faults[0]
    more = f" (the first of {len(faults):,} lines at fault)" if len(faults) > 1 else ""
    return LexiconError(f"{name}:{line}: {what}{more}" if line else f"{name}: {what}", hint, faults)


def _words(text: str, name: str) -> WordList:
    if faults := [(number, *fault) for number, word in _lines(text) if (fault := _fault(word))]:
        raise _error(name, *faults)
    words: dict[str, str] = {}
    for _, word in _lines(text):
        words.setdefault(_lower(word), word)
    return WordList(name, words=words)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a word list, from 1, that are more than a remark."""
    for number, line in enumerate(text.split("\n"), 1):
        if word := COMMENT.sub("", line).strip():
            yield number, word


def _fault(word: str) -> tuple[str, str] | None:
    """What is wrong with a line, and what would be right; None where it is one word."""
    if views.WORD.fullmatch(word):
        return None
    shown = repr(word if len(word) <= SHOWN else word[:SHOWN] + "...")
    if "\t" in word:
        return f"{shown} holds a tab", "a word list has one word a line; counts are made by 'cleaner lexicon build'"
    if len(word.split()) > 1:
        compound = "-".join(word.split()[:2])
        return f"{shown} is several words", f"one word a line; a compound has its hyphen, such as {compound}"
    return f"{shown} is no word", "a word is letters and digits, with hyphens (-) and apostrophes only inside of it"


def _lower(word: str) -> str:
    return plain(word.lower())


def _counts(text: str, name: str) -> WordList:
    head, _, body = text.partition("\n")
    match = HEAD.fullmatch(head)
    if match is None or int(match[1]) != FORMAT:
        what = "its header is damaged" if match is None else f"counts in format {match[1]}, this version reads {FORMAT}"
        raise _error(name, (1, what, "make the counts again with 'cleaner lexicon build'"))
    if body and not body.endswith("\n"):
        raise _error(name, (0, "cut off in the last line", "make the counts again, or mend the last line"))
    lines = body.split("\n")[:-1]
    try:
        counts = {word: int(count) for word, count in (line.split("\t") for line in lines)}
    except ValueError:
        counts = {}
    if len(counts) < len(lines) or min(counts.values(), default=1) < 1 or "" in counts or body != body.lower():
        raise _error(name, _bad_line(lines))
    # A person may have added lines: the shares of all words are never more than the whole.
    return WordList(name, counts=counts, total=max(int(match[2]), sum(counts.values())))


def _bad_line(lines: Sequence[str]) -> tuple[int, str, str]:
    """The first line that is no count."""
    seen = set()
    for number, line in enumerate(lines, 2):
        word, _, count = line.partition("\t")
        if word in seen:
            return number, f"{word!r} stands there twice", "keep one of the two lines"
        if not word or not re.fullmatch(r"[1-9]\d*", count) or line != line.lower():
            break
        seen.add(word)
    return number, f"{line[:SHOWN]!r} is no count", "a line is a word in lower case, a tab, and a number from 1 on"
