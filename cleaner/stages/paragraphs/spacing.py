"""Blanks within lines of prose: doubled ones, tabs, and blanks before a mark that the text sets without.

Scans that stretch their lines, and engines that see a blank where letters stand wide, leave them. A blank that is set on
purpose stays: columns and tables, verse, lists, code; the two blanks of a typist behind each full stop; the blank that French
sets before high marks, which is the document's own style and seen as such, in any language; no-break blanks; letters that
are spaced out, and what stands behind a number or a name at the beginning of a line. No blank is put anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, islice

from cleaner import text as views
from cleaner.language import punctuation
from cleaner.measure import Rows
from cleaner.model import Document, Edit
from cleaner.rulebook import Rule
from cleaner.text import PUNCTUATION

DOUBLED, TAB, BEFORE = "paragraphs.doubled", "paragraphs.tab", "paragraphs.before"
WHY = {
    DOUBLED: "one blank between words",
    TAB: "a blank between words",
    BEFORE: "the text sets no blank before such a mark",
}
# A text that has many such lines as they should be.
SOUND = "They came down to the river, and there the bridge was gone. Who had seen it? Nobody knew; but one had heard it fall.\n"
RULES: tuple[Rule, ...] = (
    Rule(
        id=DOUBLED,
        why=WHY[DOUBLED],
        examples=(
            ("The party  was young, and those who led   it were younger.\n",
             "The party was young, and those who led it were younger.\n"),
            (f"The party was young.  Those who led it were younger.\n{SOUND * 9}",
             f"The party was young. Those who led it were younger.\n{SOUND * 9}"),
        ),
        keep=(
            "The party was young.  Those who led it were not.  They said so, and  \n",
            "CHAPTER II.  The Winter\n",
            "1.  The party was young when it met in the town.\n",
            "T H E  P A R T Y  W A S  Y O U N G\n",
            "Wheat and the other grain      the pound of it two shillings\n",
            "Wheat  1,204  988  12.5\nBarley  3,204  98  12.5\nOats  1,204  988  12.5\n",
        ),
    ),
    Rule(
        id=TAB,
        why=WHY[TAB],
        examples=(("The party was\tyoung, and those who led it were younger.\n",
                   "The party was young, and those who led it were younger.\n"),),
        keep=(
            "The mayor of the town\tthe clerk\nThe mayor of the other\tthe beadle\n",
            "1.\tThe party was young when it met in the town.\n",
            "\tThe party was young when it met in the town.\n",
        ),
    ),
    Rule(
        id=BEFORE,
        apply="review",
        why=WHY[BEFORE],
        examples=((f"They wept ! And so they went.\n{SOUND * 60}", f"They wept! And so they went.\n{SOUND * 60}"),),
        keep=(
            f"They wept ! and went , and he saw . . . the ! Town.\n{SOUND * 60}",
            "He went ; she stayed ; they wept ; so it was !\n" * 9,
            "They wept ! And so they went.\n",
        ),
    ),
)  # fmt: skip

# In these a blank may stand for itself, or is not known to be none; in verse, display and lists too, but before a mark.
NOT_TEXT = ("table", "index", "contents", "code", "garbage", "furniture")
NOT_PROSE = (*NOT_TEXT, "verse", "display", "lines", "list")
RUN = re.compile(r"[ \t]{2,}|\t")
BLANK_RUN = re.compile("   *")  # the same where there is no tab: two blanks and more
WIDEST = 3  # blanks: what is wider parts columns
GUTTER = " " * (WIDEST + 1)
WORDY = re.compile(r"[^\W\d_]{2}\S*")
FEWEST_WORDS = 5  # of a line of prose
STOPS = ".!?:"
CLOSERS = "'\")]\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
CLOSING_ANGLE = "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
OPENERS = "'\"([\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
# Behind a stop two blanks are the text's own where they are no rarer than this; dirt doubles one in a hundred.
HABIT = 0.1
# What begins with a rare sign is found ten times as fast as what begins with a letter: here and below.
SENTENCE = re.compile(rf"[{STOPS}](?<=[^\W\d_].)[{re.escape(CLOSERS)}]?( +)(?=[^\W\d_{STOPS}])")
STOPPED = re.compile(rf"[{STOPS}][{re.escape(CLOSERS)}]*\Z")
LONGEST = 30  # characters that are looked at on each side

# Low marks and high ones: French sets a blank before the high ones alone.
MARKS = (",.", ";:!?")
WEIGHED = ",.;:"
BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
SENTENCE_STOPS = ".!?"
# A slip now and then in a long text; in newspapers such blanks stand where brackets were lost, too, so that it is proposed.
LIKELY = 0.8
FEWEST_TIGHT = 100
OFTEN, SELDOM = 10, 0.02  # times; of these so few before a mark: one word of eight stands before one
LETTER = r"[^\W\d_]"
ENDED = rf"(?=[\s{re.escape(CLOSERS)}{CLOSING_ANGLE}]|\Z)"
MOST_LOOSE = 0.01


def spaced(doc: Document, rows: Rows, code: str) -> Iterator[Edit]:
    """The edits of blanks within lines, each of one run of blanks, rule by rule; ``code`` is the language of the text.

    Where a table tells which marks stand between two words (English), ``words`` has weighed what a blank before one of
    ``WEIGHED`` means: of five that are left in a scan four are specks.
    """
    if "\t" in doc.text or "  " in doc.text:
        yield from _between_words(rows, views.inside(doc.spans(*NOT_PROSE)))
    left_alone = views.inside(doc.spans(*NOT_TEXT))
    for marks in MARKS:
        yield from _before_marks(doc.text, marks, WEIGHED if punctuation(code) else "", left_alone)


def _between_words(rows: Rows, left_alone: Callable[[int], bool]) -> Iterator[Edit]:
    """Runs of blanks with a tab, or of more than one, between two words of a line of prose."""
    text = rows.text
    own = has_double_stops(text)
    runs = (match.span() for match in (RUN if "\t" in text else BLANK_RUN).finditer(text))
    for row, inside in groupby(runs, key=lambda span: bisect_right(rows.starts, span[0]) - 1):
        if row < 0 or left_alone(rows.starts[row]) or not is_prose(rows.texts[row]):
            continue
        tabs = any("\t" in rows.texts[near] for near in (row - 1, row + 1) if 0 <= near < len(rows))
        for start, end in inside:
            if end >= rows.ends[row] or not parts_words(text, rows.starts[row], start, end):
                continue
            run = text[start:end]
            if "\t" in run:
                if not tabs:
                    yield Edit(start, end, run, " ", TAB, 0.95, WHY[TAB])
            elif len(run) <= WIDEST and not (own and STOPPED.search(text[max(start - LONGEST, 0) : start])):
                yield Edit(start + 1, end, run[1:], "", DOUBLED, 0.97, WHY[DOUBLED])


def has_double_stops(text: str) -> bool:
    """Whether two blanks behind a stop are a text's own.

    >>> has_double_stops("He went.  She stayed.  They wept."), has_double_stops("He went. She stayed. " * 9 + "He is.  I am")
    (True, False)
    """
    found = Counter(len(match[1]) > 1 for match in SENTENCE.finditer(text))
    return found[True] > HABIT * found.total()


def is_prose(row: str) -> bool:
    """Whether a row holds words enough to be one of prose, and no gutter."""
    return GUTTER not in row and sum(1 for _ in islice(WORDY.finditer(row), FEWEST_WORDS)) == FEWEST_WORDS


def parts_words(text: str, first: int, start: int, end: int) -> bool:
    """Whether a run of blanks stands between two words, but behind a number or a label at a row's beginning, ``first``.

    >>> [parts_words(text, 0, at, at + 2) for text, at in (("the  mill", 3), ("the mill (a  b)", 11), ("ACT II.  He", 7))]
    [True, False, True]
    >>> [parts_words(text, 0, at, at + 2) for text, at in (("HAMLET.  He", 7), ("a)  the", 2), ("E  P A", 1))]
    [False, False, False]
    """
    left, right = text[max(start - LONGEST, first) : start], text[end : end + LONGEST]
    if left.isspace() or right.isspace():  # no-break blanks
        return False
    before, after = left.rsplit(None, 1)[-1], right.split(None, 1)[0]
    if start - len(before) == first and not before.rstrip(",;").isalpha():
        return False
    if not (before[-1].isalnum() or before[-1] in f",;{STOPS}{CLOSERS}"):
        return False
    if not (after[0].isalpha() or after[0] in OPENERS or (after[0].isdigit() and before[-1].islower())):
        return False
    words = sum(len(word.strip(PUNCTUATION)) > 1 for word in (before, after))
    return words > 0 and any(char.isalpha() for char in (before + after))


def _before_marks(text: str, marks: str, weighed: str, left_alone: Callable[[int], bool]) -> Iterator[Edit]:
    """A blank before one of some marks, where hardly any such mark of the text has one.

    A word that is frequent and hardly ever stands before one ("the") has a speck behind it; where one has, the others may be
    specks as well.
    """
    if not any(f" {mark}" in text for mark in marks if mark not in weighed):
        return  # as in most texts
    found = re.finditer(rf"[{marks}](?<={LETTER}[{BLANKS}].){ENDED}", text)
    loose = [match.start() - 1 for match in found if match[0] not in weighed and not left_alone(match.start() - 1)]
    if not loose:
        return
    tight = [match.start() for match in re.finditer(rf"[{marks}](?<={LETTER}.){ENDED}", text)]
    if len(tight) < FEWEST_TIGHT or len(loose) > MOST_LOOSE * len(tight):
        return
    if not all(fits(text, at + 1) for at in loose):
        return
    before = Counter(word_before(text, at) for at in tight)
    words = Counter[str]()
    for word, count in views.count_words(text).items():
        words[word.lower()] += count
    why = f"{WHY[BEFORE]}: {len(tight):,} x without, {len(loose):,} x with"
    held = {word_before(text, at) for at in loose}
    if all(words[word] < OFTEN or before[word] >= SELDOM * words[word] for word in held):
        yield from (Edit(at, at + 1, " ", "", BEFORE, LIKELY, why) for at in loose if text[at] == " ")


def word_before(text: str, end: int) -> str:
    """The word that ends at a place, in lower case: letters only.

    >>> word_before("the mill;", 8), word_before("the 12;", 6)
    ('mill', '')
    """
    start = end
    while start and text[start - 1].isalnum() and not text[start - 1].isdecimal():
        start -= 1
    return text[start:end].lower()


def fits(text: str, at: int) -> bool:
    """Whether a mark with a blank before it is likely one, and no speck or one of several points: by what follows it.

    A question mark may stand for an editor's doubt ("Epione ? arenosa") before anything.

    >>> [fits(text, 4) for text in ("old , and", "old . And", "old ; ")], [fits(text, 4) for text in ("old . and", "old . . .")]
    ([True, True, True], [False, False])
    """
    if text[at] == "?":
        return False
    behind = text[at + 1 : at + LONGEST].lstrip(CLOSERS + CLOSING_ANGLE).lstrip()[:1]
    if text[at] in SENTENCE_STOPS:
        return not behind or behind.isupper() or behind in OPENERS
    return not behind or behind.isalnum() or behind in OPENERS
