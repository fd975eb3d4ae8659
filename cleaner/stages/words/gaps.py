"""What stands between two words of a text, and what may have been printed there: a mark, another one, or a blank alone.

How likely each is, is told by the two words (``language.Punctuation``), by the document's habits, and by the pairs of its
quotation marks. Which errors the document is full of is not known here: see ``marks``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from string import ascii_lowercase
from typing import NamedTuple

from cleaner import text as views
from cleaner.language import Lexicon, Punctuation
from cleaner.language.punctuation import ABBREVIATION, BLANK, COMMA, DASH, HYPHEN, SEMICOLON, STOP
from cleaner.stages.words.cores import STROKE, writes_strokes
from cleaner.stages.words.quotes import DOUBLE, SINGLE, Quote, Quotes
from cleaner.wordlists import plain

LETTER = r"[^\W\d_]"
BLANKS = " \t\n"
LEFT = re.compile(rf"(?:{LETTER}+[{views.APOSTROPHES}])?{LETTER}+\Z")
RIGHT = re.compile(rf"{LETTER}+(?:[{views.APOSTROPHES}]{LETTER}+)?")
IN_SENTENCE = re.compile(rf"[ \n](?<=[a-z].)({LETTER}+)", re.DOTALL)
LONGEST = 30  # letters of a word
DOUBLES = frozenset(DOUBLE)
BETWEEN, BEHIND, BEFORE, ALONE = (
    "between",
    "behind",
    "before",
    "alone",
)  # where a sign stands: which of its blanks are there
SPECKS = frozenset("^*~\\\N{BULLET}\N{MIDDLE DOT}\N{BLACK SQUARE}\N{NOT SIGN}" + views.ANGLES)
KIND = {",": COMMA, ";": SEMICOLON, ":": SEMICOLON, ".": STOP}
# A sign, the blank behind it and the next word: with the blank before it, which is mostly none, the pattern takes five
# times as long.
SIGN = re.compile(
    rf"([{re.escape(''.join(sorted({*SINGLE, *KIND, *SPECKS, '-'})))}])([ \t]*\n[ \t]*| |)(?=({RIGHT.pattern}))"
)
# The share of gaps in which some writer sets a sign where no other would. These, and the shares below, were chosen so that
# in 1.4 million words of clean novels, newspapers and old prints next to nothing is changed.
ODD: Mapping[str, float] = {".": 3e-5, ":": 3e-4, ",": 1e-3, ";": 1e-3, "-": 3e-5, "'": 3e-5}
# The last, a single mark that closes what a double one opens a few words before, was found 33 times in 15 million words, and
# half of those are misprints.
ODD_SPECK, ODD_BLANK, ODD_QUOTE, ODD_CLOSE = 1e-4, 1e-3, 5e-4, 2e-6
COLONS = 0.3  # of semicolons and colons
SMALL = 5e-3  # of sentences begin with a small letter: a misread one, or a printer's slip
SELDOM = 1e-3  # where sentences end so seldom, none does; and no word is clipped that loses a letter so seldom
DASHES = 5  # a dash read as a hyphen is so much likelier beforehand than other errors
COMMON = 1e-4  # what is so frequent is a plain word
COMMONEST = 1e-3
USUAL = 50  # words: what a capital within a sentence weighs in general, beside the document's own
HABIT = 0.2  # from this share on, a blank before a sign is how the document is set
ENDINGS = frozenset("s t d m ll ve re em er st dst rt lt n".split())
# What a word may have lost behind an apostrophe, or before one: "runnin'", "an'", "wi'"; "'ouse", "'bout", "'cause".
LOST_BEHIND, LOST_BEFORE = "g d t f h k n l th ve ll".split(), "h a be re per ex un in".split()
CLIPPED, PLURAL = 0.01, 0.02
FEW_DROPPED = 3
EDITION = 1000  # words of a text that is asked how often it sets single marks
# Behind these a speech may begin without marks: "and he said unto them, Go".
SPEAKING = frozenset(
    "say says said saying answer answered answering reply replied cry cried crying ask asked think thought spake quoth saith "
    "exclaimed call called read tell tells told telling informed heard whispered shouted wrote writes sing sang".split()
)
SENTENCE = 60  # characters in which they are looked for
VERSE = 55  # characters: a shorter line may be one of verse, which ends in any mark and goes on with a capital


class Reading(NamedTuple):
    """What may have been printed in a gap: ``after`` instead of what is read there, its weight before the errors of the
    document are known, the ``rule`` that repairs it and the ``error`` that made it what it is, empty for none.
    """

    after: str
    weight: float
    rule: str = ""
    error: str = ""


class Gap(NamedTuple):
    """What stands between two words at ``start:end``, in code points, and its readings."""

    start: int
    end: int
    words: tuple[str, str]
    readings: Sequence[Reading]


class Seen(NamedTuple):
    """A gap with one sign, as it is read: its words as written and in lower case, the sign, where it
    stands, the blank that is there or would be.
    """

    at: int
    gap: str
    sign: str
    place: str
    blank: str
    shown: tuple[str, str]
    left: str
    right: str
    capital: bool  # whether the right word has one


class Gaps:
    """The gaps of one text that hold a sign."""

    def __init__(self, text: str, lexicon: Lexicon, table: Punctuation) -> None:
        self._text = text
        self._language = lexicon.language
        self._table = table
        self._quotes = Quotes(text)
        self._strokes = writes_strokes(text)
        self._capitals, self._smalls = Counter[str](), Counter[str]()
        for word, count in Counter(IN_SENTENCE.findall(text)).items():
            (self._smalls if word.islower() else self._capitals)[word.lower()] += count
        self._apart = {sign: text.count(f" {sign}") > HABIT * text.count(sign) for sign in KIND}
        # How often, in a gap, a single mark stands that lost its partner: where a speech may begin or end, or elsewhere.
        single = Counter(mark.placed for mark in self._quotes.marks.values() if mark.single and mark.paired)
        gaps = text.count(" ") + text.count("\n") + EDITION
        self._loose = {placed: self._quotes.lost * (single[placed] + 1) / gaps for placed in (True, False)}

    def found(self) -> Iterator[Gap]:
        """The gaps where something else than what is read may have been printed."""
        text, words = self._text, self._table.rows
        for match in SIGN.finditer(text):
            at = start = match.start()
            while start and text[start - 1] in BLANKS:
                start -= 1
            first = text[start:at]
            before = _word_before(text, start)
            if not before or (first and first != " " and first.count("\n") != 1):
                continue
            sign, second, behind = match.groups()
            if sign == STROKE and self._strokes:
                continue
            if second.partition("\n")[2]:  # an indented line begins a paragraph, and any mark may end one
                continue
            left, right = plain(before.lower()), plain(behind.lower())
            if left in words and right in words:
                place = ALONE if first and second else BEFORE if first else BEHIND if second else BETWEEN
                gap, blank, capital = text[start : match.end()], second or first or " ", behind[0].isupper()
                readings = self._readings(Seen(start, gap, sign, place, blank, (before, behind), left, right, capital))
                if readings:
                    yield Gap(start, match.end(), (left, right), readings)
        yield from self._beside_signs()

    def _readings(self, seen: Seen) -> Sequence[Reading]:
        if seen.sign in KIND:
            return self._mark(seen) if self._is_plain(seen) else ()
        if seen.sign == "-":
            return [*self._hyphen(seen)]
        real = self._apostrophe(seen) if seen.sign in SINGLE else 0.0 if self._may_be_letter(seen) else ODD_SPECK
        if not real:
            return ()
        clean = self._clean(seen, self._table.between(seen.left, seen.right))
        return [Reading(seen.gap, real), clean._replace(error=f"' {seen.place}") if seen.sign in SINGLE else clean]

    def _clean(self, seen: Seen, odds: Mapping[str, float]) -> Reading:
        """A blank alone was printed there."""
        return Reading(seen.blank, odds[BLANK] * self._within(seen), "words.stray", f"{seen.sign} {seen.place}")

    def _may_be_letter(self, seen: Seen) -> bool:
        """Whether a double angle mark that clings to a word may be a letter of it: "was" or "buildings"."""
        if seen.sign not in views.ANGLES:
            return False
        frequency = self._language.frequency
        if seen.place == BEFORE:
            return any(frequency(letter + seen.right) >= COMMON for letter in ascii_lowercase)
        return seen.place == BEHIND and frequency(f"{seen.left}s") > 0

    def _is_plain(self, seen: Seen) -> bool:
        """Whether neither word is a letter, nor, before a full stop, may be an abbreviation or a name."""
        left, right, shown = seen.left, seen.right, seen.shown[0]
        if (len(left) == 1 and left not in "ai") or (len(right) == 1 and right not in "ai"):
            return False
        if seen.sign != ".":
            return True
        vouches = self._language.vouches
        return (
            len(shown) > 1
            and (shown.islower() or self._language.frequency(shown) >= COMMON)
            and vouches(left)
            and vouches(right)
        )

    def _mark(self, seen: Seen) -> Sequence[Reading]:
        """A comma, a colon, a semicolon or a full stop."""
        sign, blank, shares, capital = seen.sign, seen.blank, self._table.shares, seen.capital
        odds, within = self._table.between(seen.left, seen.right), self._within(seen)
        clean = Reading(blank, odds[BLANK] * within, "words.stray", f"{sign} {seen.place}")
        ends = odds[STOP] * (1.0 if capital else SMALL)
        real = odds[KIND[sign]] * within * (COLONS if sign == ":" else 1.0)
        if sign == ".":
            real = ends + odds[ABBREVIATION] * within
        if seen.place == BEHIND:
            readings = [Reading(seen.gap, real + ODD[sign] * within)]
            if not (capital and odds[STOP] > SELDOM):
                readings.append(clean)
            if sign == ".":
                readings.append(Reading("," + blank, odds[COMMA] / shares[COMMA] * within, "words.stop", ". for ,"))
            elif sign == "," and self._may_begin(seen):
                readings.append(Reading("." + blank, ends / shares[STOP], "words.stop", ", for ."))
            return readings
        if seen.place == ALONE:
            apart = Reading(sign + blank, real / shares[KIND[sign]], "words.blank", f"{sign} {ALONE}")
            return [Reading(seen.gap, real if self._apart[sign] else ODD_BLANK), apart]
        error = f"{sign} {seen.place} without its blank"
        apart = Reading(sign + blank, real / shares[KIND[sign]], "words.blank", error)
        if capital or sign == ",":
            return [Reading(seen.gap, ODD_BLANK), apart]
        return [Reading(seen.gap, ODD["."]), clean, apart]

    def _within(self, seen: Seen) -> float:
        """How often the document writes the right word so, with a capital if it has one, within its sentences."""
        if not seen.capital:
            return 1.0
        word = seen.right
        capitals, smalls = self._capitals[word], self._smalls[word]
        usual = min(self._capitalised * self._table.capital(word), 1.0)
        return (capitals + usual * USUAL) / (capitals + smalls + USUAL)

    @cached_property
    def _capitalised(self) -> float:
        """How many times oftener than others the document gives the commonest words a capital, as verse without lines does."""
        words = {*self._smalls, *self._capitals} - {"i"}
        common = [word for word in words if self._language.frequency(word) >= COMMONEST]
        seen = sum(self._capitals[word] for word in common)
        usual = sum(self._table.capital(word) * (self._smalls[word] + self._capitals[word]) for word in common)
        return max((seen + 1) / (usual + 1), 1.0)

    def _may_begin(self, seen: Seen) -> bool:
        """Whether a sentence may begin behind a mark: between a small word and a capital, where nobody is quoted."""
        if not (seen.shown[0].islower() and seen.shown[1].istitle()):
            return False
        before = self._text[max(seen.at - SENTENCE, 0) : seen.at].lower()
        if "\n" in seen.gap and "\n" in before[-VERSE:]:
            return False
        return SPEAKING.isdisjoint(re.split(r"\W+", before))

    def _hyphen(self, seen: Seen) -> Iterator[Reading]:
        """A hyphen for a blank ("wrote-a"), or before a word; a compound, a chain of them and a dash stay."""
        text, facts, frequency = self._text, self._language.facts, self._language.frequency
        left, right, at = seen.left, seen.right, seen.at
        name = seen.shown[0] != left and frequency(left) < COMMON
        if seen.place not in (BETWEEN, BEFORE) or seen.capital or name:
            return
        odds = self._table.between(left, right)
        real = odds[DASH] + ODD["-"]
        if seen.place == BETWEEN:
            chained = text[max(at - len(left) - 1, 0) : at - len(left)] == "-" or text.startswith(
                "-", at + 1 + len(right)
            )
            compound = self._language.compounds[left, right].hyphened or self._language.is_word(left + right)
            if chained or compound or left in facts.prefixes | facts.name_prefixes | facts.tens:
                return
            real += odds[HYPHEN]
        yield Reading(seen.gap, real)
        yield Reading(seen.gap, DASHES * (odds[COMMA] + odds[SEMICOLON] + odds[STOP]), "", f"a dash {seen.place}")
        yield self._clean(seen, odds)

    def _apostrophe(self, seen: Seen) -> float:
        """How likely a single mark is to stand there, as a quotation mark or as an apostrophe; 0.0 where it surely does."""
        if seen.place == BETWEEN:
            whole = f"{seen.left}'{seen.right}"
            known = seen.right in ENDINGS or self._language.frequency(whole) or self._language.vouches(whole)
            return 0.0 if known or min(len(seen.left), len(seen.right)) == 1 else ODD["'"]
        quote = self._quotes.marks.get(seen.at + seen.gap.index(seen.sign))
        if seen.place == ALONE or not quote or quote.partner >= 0:
            return 0.0
        if quote.opens and self._begins_line(quote.at):
            return 0.0
        return self._opening(quote, seen.right) if quote.opens else self._closing(quote, seen.left)

    def _begins_line(self, at: int) -> bool:
        """Whether a mark opens a paragraph, or a line behind a short one, as who quotes a letter opens each of its lines."""
        start = self._text.rfind("\n", 0, at)
        if start < 0 or self._text[start:at].strip():
            return start < 0
        return start - self._text.rfind("\n", 0, start) - 1 < VERSE

    def _closing(self, quote: Quote, word: str) -> float:
        clipped = self._table.clipped(word) + CLIPPED * self._clips(word, "", LOST_BEHIND)
        return self._loose[quote.placed] + clipped + PLURAL * (word[-1] in "szx")

    def _opening(self, quote: Quote, word: str) -> float:
        if not self._quotes.loose_are_odd:
            return 0.0
        drops = self._drops_h and self._language.frequency(f"h{word}") > 0
        clipped = CLIPPED * (drops or self._clips("", word, LOST_BEFORE))
        return self._loose[quote.placed] + self._table.clipped(word, before=True) + clipped

    def _ends_quotation(self, quote: Quote) -> bool:
        """Whether a single mark that closes can be nothing else: no apostrophe of a clipped word or of a plural, and it has
        a double one for a partner.
        """
        word = _word_before(self._text, quote.at).lower()
        behind = self._text[quote.at + 1 : quote.at + 3]
        if quote.opens or not word or word[-1] in "szx" or not (behind[:1] in "[(" or behind.strip()[:1] in ("[", "(")):
            return False
        return self._table.clipped(word) < SELDOM and not self._clips(word, "", LOST_BEHIND)

    def _clips(self, left: str, right: str, lost: Sequence[str]) -> bool:
        """Whether a word is rarer than one that is longer at one end: "runnin", "bout"."""
        frequency, own = self._language.frequency, self._language.frequency(left + right)
        return any(frequency(left + letters + right) > own for letters in lost)

    @cached_property
    def _drops_h(self) -> bool:
        """Whether the document drops its aitches: "'ouse", "'ad", "'er"."""
        frequency, dropped = self._language.frequency, 0
        for at, quote in self._quotes.marks.items():
            word = RIGHT.match(self._text, at + 1) if quote.opens and quote.single else None
            if word and frequency(f"h{word.group()}") > frequency(word.group()):
                dropped += 1
        return dropped >= FEW_DROPPED

    def _beside_signs(self) -> Iterator[Gap]:
        """Quotation marks that have a partner of the other sort, and single ones that open behind a sign: ", 'The"."""
        text, quotes = self._text, self._quotes
        for at, quote in quotes.marks.items():
            mark, glyph = text[at], quotes.glyph(opens=quote.opens)
            if quote.partner >= 0 and not quote.likeness and quote.single == quotes.in_doubles and glyph:
                # two single marks are one double
                end = at + 1 + (not quote.opens and text[at + 1 : at + 2] in (mark, "'"))
                beside = text[max(at - 1, 0) : at] + text[end : end + 1]
                if DOUBLES.isdisjoint(beside):
                    surely = quotes.is_close(quote) or self._ends_quotation(quote)
                    odd = ODD_CLOSE if surely else ODD_QUOTE
                    mended = Reading(glyph, 1.0, "words.quote", f"{mark} for {glyph}")
                    yield Gap(at, end, ("", ""), [Reading(text[at:end], odd), mended])
            if quotes.is_doubled(quote):
                yield Gap(
                    at, at + 1, ("", ""), [Reading(mark, ODD_CLOSE), Reading("", 1.0, "words.stray", f"{mark} doubled")]
                )
            word = RIGHT.match(text, at + 1) if quote.opens and quote.single and quote.partner < 0 else None
            before = text[max(at - 2, 0) : at]
            if word and not before[:1].isalpha() and before[-1:].isspace() and not self._begins_line(at):
                right = plain(word.group().lower())
                real = self._opening(quote, right) if right in self._table else 0.0
                if real:
                    yield Gap(
                        at, at + 1, ("", right), [Reading(mark, real), Reading("", 1.0, "words.stray", f"' {BEFORE}")]
                    )


def _word_before(text: str, end: int) -> str:
    """The word that ends at an offset, or its last letters; "" where none does."""
    word = text[max(end - LONGEST, 0) : end]
    if not word or word[-1].isspace():
        return ""
    word = word.rsplit(None, 1)[-1]
    if word.isalpha():  # so most are: the pattern tries each place
        return word
    match = LEFT.search(word)
    return match.group() if match else ""
