"""Lines that are no language at all: a table read upside down, a chart or a picture taken for letters, dirt.

Such lines are known by the make of their tokens, not by their words: an engine that reads print the wrong way up puts
capitals, figures and signs into the middle of words ("a8euadi9d", "IZ|8h"), and hardly a word of four letters comes out.
What is written like words speaks for text, whether a dictionary has it or not: names, dialect, a language that nobody
here knows, heavy noise. So do figures: a table that can be read is none. One bad line between good ones is no garbage.

Rules that judge a token by itself (Taghva, Nartker, Condit and Borsack 2001, "Automatic removal of garbage strings in
OCR text") would take misread words for garbage; here their evidence is added up over lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from cleaner import text as views
from cleaner.language.identify import LANGUAGES

# Log odds of garbage against text for a token of each sort, by how often it comes in tables and charts that were turned
# by 90, 180 or 270 degrees and read by Tesseract (5,000 tokens), and in the text that has most of it: newspapers of
# which a quarter is misread, and French and German ones. Known words .02 against .4 to .5, words as a language writes
# them .04 against .1 to .6, mixed ones .17 against 0 to .03, short ones that are no words .19 against .03 and less.
KNOWN, WRITTEN, SHORT, LETTER, FIGURE, SIGN, SCRAP, MIXED = -3.0, -1.0, -0.5, 0.75, -0.5, 1.0, 1.0, 2.0
NOTHING = 0.0  # what catalogues, title pages and formulas are full of: "12mo", "J.", "LONDINI", "f(x)"
LONG = 4  # letters: shorter words come by chance, and in every language
LONGEST = 400  # characters: what is longer is a paragraph, and no line that was read from a picture
MOST = 8.0  # of one line, however long it is
ENOUGH = 14.0  # of all lines: seven mixed tokens and no word
EACH = 0.15  # of every token in them, on average
DROP = 6.0  # of text between, two known words or six others: there garbage ends
FEWEST = 4  # lines that look so
BLOCK = 512  # lines that are looked through at once
REACH = 10  # lines around one that holds a mixed token

FUNCTION_WORDS = frozenset().union(*LANGUAGES.values())
_SIGNS = frozenset("|{}[]~\N{COPYRIGHT SIGN}\N{REGISTERED SIGN}\N{NOT SIGN}\N{POUND SIGN}\N{EURO SIGN}\N{SECTION SIGN}")
# What joins the parts of a word or a figure: hyphens, full stops, an apostrophe before letters or behind one letter.
_JOINTS = re.compile(
    r"[\-\N{EN DASH}\N{EM DASH}.,/:;&]+"
    rf"|[{views.APOSTROPHES}](?=[^\W\d_]+\Z)|(?<=\b[^\W\d_])[{views.APOSTROPHES}]"
)
_FIGURE = re.compile(r"[^\w\s]*\d[^\W_a-zA-Z]*(?:[^\w\s|{}]+\d+)*[^\w\s|{}]*")  # "1,204", "12.5%", "345-54"
_ABBREVIATED = re.compile(r"\d+[a-z]{1,4}|\d+[A-Z]|[A-Z]?[a-z]{0,3}\d+")  # "12mo", "4A", "T34", "vol2"
_CHEMICAL = re.compile(r"\d?(?:[A-Z][a-z]?\d*|[()]\d*)+")  # "2NaOH", "Ca(OH)2"
_OPERATOR = re.compile(r"[=+^_<>\\*@]|\w\(|//|www\.")  # "x^2", "a_i", "f(x)", "http://"
_EDITORIAL = re.compile(r"[\[(]([^\W\d_]+)[\])]")  # "d[omi]ni", "book(s)"
UNREAD = "\N{REPLACEMENT CHARACTER}"  # a letter that could not be read is no evidence
OTHER_SCRIPTS = "\u0370"  # from here on, behind Latin letters and their marks: no Latin letter is misread so


def odds(token: str, vouches: Callable[[str], bool]) -> float:
    """The log odds of garbage against text for one token; ``vouches`` tells the words of a dictionary, in lower case.

    >>> known = {"preceding"}.__contains__
    >>> [odds(token, known) for token in ("a8euadi9d", "yuowAed", "IZI", "preceding,", "Nowakowska", "12mo.")]
    [2.0, 2.0, 1.0, -3.0, -1.0, 0.0]
    """
    core = token.strip(views.PUNCTUATION)
    if len(core) >= LONG and core.isalpha() and vouches(core.lower()) and _is_cased(core):
        return KNOWN  # most tokens, so they are asked for first
    core = core.replace(UNREAD, "")
    if not any(map(str.isalnum, core)):
        return NOTHING if _SIGNS.isdisjoint(token) else SIGN
    if _FIGURE.fullmatch(core):
        return FIGURE if len(core) > 1 else NOTHING
    parts = [part for part in _JOINTS.split(_EDITORIAL.sub(r"\1", core)) if part]
    words = [part for part in parts if part.isalpha()]
    if any(not (part.isalpha() or _FIGURE.fullmatch(part) or _ABBREVIATED.fullmatch(part)) for part in parts):
        return NOTHING if _OPERATOR.search(core) or _CHEMICAL.fullmatch(core) else MIXED
    if any(part >= OTHER_SCRIPTS for part in words):
        return WRITTEN
    if not all(map(_is_cased, words)):
        return MIXED
    longest = max(map(len, words), default=0)
    if longest >= LONG:
        if any(len(part) >= LONG and vouches(part.lower()) for part in words):
            return KNOWN
        return NOTHING if core.isupper() else WRITTEN
    if len(core) == 1:
        return LETTER if core == token else NOTHING  # "J. K. Hart"
    if core.lower() in FUNCTION_WORDS or vouches(core.lower()):
        return SHORT
    return NOTHING if core.istitle() or token[-1] == "." or not core.isalpha() else SCRAP


def _is_cased(word: str) -> bool:
    """Whether the capitals of a word are where a language has them: nowhere, everywhere, or first."""
    return word.islower() or word.isupper() or word[1:].islower()


def runs(lines: Sequence[str], vouches: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The lines that are no language as (first, behind the last), in order: where the odds, line by line, are highest.

    ``lines`` are those of a text that hold more than blanks.

    >>> salad = ["EIT | OE! EZI zci t7I", "IgA a8euadi9d e sy |", "suuAl s3[qni jo suonpU]", "-SZ6I| bZ6l|-SZ6Lj-bZ6I|"]
    >>> list(runs(["It was so.", *salad, "They went on."], {"they", "went"}.__contains__))
    [(1, 5)]
    >>> list(runs(["It was so.", salad[0], "They went on."], {"they", "went"}.__contains__))
    []
    """
    weigh = cache(lambda token: odds(token, vouches))
    for start, stop in _suspicious(lines, weigh):
        rows = [*map(_tokens, lines[start:stop])]
        gains = [min(sum(map(weigh, row)), MOST) if row else -DROP for row in rows]
        at = 0
        while at < len(gains):
            if gains[at] <= 0:
                at += 1
                continue
            first, end, score, best = at, at, 0.0, 0.0
            while at == first or (at < len(gains) and score > max(0, best - DROP)):
                score += gains[at]
                at += 1
                if score > best:
                    end, best = at, score
            wide = sum(gain > 0 for gain in gains[first:end]) >= FEWEST
            if wide and best >= ENOUGH and best >= EACH * sum(map(len, rows[first:end])):
                yield start + first, start + end
            at = end


def _tokens(line: str) -> list[str]:
    return line.split() if len(line) <= LONGEST else []


def _suspicious(lines: Sequence[str], weigh: Callable[[str], float]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with mixed tokens here and there, as few texts have: only these are weighed as a whole."""
    odd: list[int] = []
    seen: set[str] = set()
    strange: set[str] = set()
    for start in range(0, len(lines), BLOCK):
        rows = [*map(_tokens, lines[start : start + BLOCK])]
        new = set().union(*rows).difference(seen)
        seen |= new
        strange.update(token for token in new if not _is_plain(token) and weigh(token) > 0)
        odd.extend(k for k, row in enumerate(rows, start) if not strange.isdisjoint(row))
    first = 0
    for k in range(1, len(odd) + 1):
        if k == len(odd) or odd[k] - odd[k - 1] > 2 * REACH:
            if k - first >= FEWEST:
                yield max(0, odd[first] - REACH), odd[k - 1] + 1 + REACH
            first = k


def _is_plain(token: str) -> bool:
    """Whether a token is one word and its signs, so that nothing speaks for garbage."""
    core = token.strip(views.PUNCTUATION)
    return core.isalpha() and (core.islower() or _is_cased(core))
