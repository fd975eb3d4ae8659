"""Where a line end may cut a word: the line ends between two words, with a visible hyphen and without."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner import text as views

# Signs that end a cut word. Two of them are no hyphens and cannot stay. A soft hyphen is never the author's; a not sign is
# what an engine makes of any hyphen at a line end: one in thirty is the author's, as of the others.
SIGNS = "-\N{SOFT HYPHEN}\N{NOT SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
PRINTERS = SOFT_HYPHEN + "\N{NOT SIGN}"
# A hyphen is sometimes read as one of these; mostly they are what they are.
DASHES = "\N{EM DASH}\N{EN DASH}"
# So are the last two, now and then; a small letter must follow for it.
MARKS = ".:"
MISREAD = DASHES + MARKS
WORD_AT_END = re.compile(rf"[^\W_]+(?:[{views.APOSTROPHES}\-][^\W_]+)*\Z")
# Beside a hyphen an apostrophe may be a letter of the word: "Khar'-" and "kov", where the document knows Khar'kov.
BEFORE_SIGN = re.compile(rf"[^\W_]+(?:[{views.APOSTROPHES}\-][^\W_]+)*[{views.APOSTROPHES}]?\Z")
AFTER_SIGN = re.compile(rf"[{views.APOSTROPHES}]?{views.WORD.pattern}")
OPENS = frozenset("[" + views.APOSTROPHES)
BRACKETS = str.maketrans("", "", "[]")  # an editor's: "[t]here", "part[ed]"
# A letter that the engine could not read is a letter of the word.
UNREAD = "\N{REPLACEMENT CHARACTER}"
DAMAGED, DAMAGED_AT_END = re.compile(rf"(?:[^\W\d_]|{UNREAD})+"), re.compile(rf"(?:[^\W\d_]|{UNREAD})+\Z")
# So many blanks behind a word are the gap between two columns: "GPL-" in the last one, "from" in the second of the line
# below (the table in the licence of Python). Justified lines have up to three.
GAP = "    "
COLUMNS = re.compile(rf"\S+{GAP}")
# "mem-", a blank line, "xiv A LIFE AFLOAT": the other half is below the running head.
FOLIO = re.compile(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
# Longer runs of letters are no words, and so unlikely that their probability would be 0.0.
LONGEST = 60


class Site(NamedTuple):
    """A line end that may cut a word: ``text[start:end]`` is all that stands between the halves.

    ``sign`` is the hyphen, empty where none is seen; ``trace`` tells whether a blank stands before the line end.
    """

    start: int
    end: int
    left: str
    right: str
    sign: str
    trace: bool

    @property
    def forms(self) -> tuple[str, str]:
        """The halves as one word, and as a compound."""
        return self.left + self.right, f"{self.left}-{self.right}"


def sites(text: str) -> tuple[list[Site], list[Site]]:
    """Line ends between two words, in the order of the text: (with a visible hyphen, without).

    A dash that stands apart ("organisations -") is no hyphen. Behind a visible hyphen blank lines are passed over: some
    scans have one after every line, and where two are made one a second run would pass over it. A line with a form feed
    is not blank: the end of a page is not for this stage to remove; a Roman numeral behind a blank line is a folio.

    >>> visible, plain = sites("revolu-\\ntion was \\nyoung\\n")
    >>> [(s.left, s.sign, s.right, s.trace) for s in visible + plain]
    [('revolu', '-', 'tion', False), ('was', '', 'young', True)]
    """
    table = views.Lines(text)
    lines = table.strings()
    starts = table.starts
    visible: list[Site] = []
    plain: list[Site] = []
    for k in range(len(lines) - 1):
        line = lines[k]
        body = line.rstrip(" \t")
        if not body:
            continue
        last = body[-1]
        sign = last if last in SIGNS or last in MISREAD else ""
        if not sign and not last.isalpha() and last != UNREAD:
            continue
        below = k + 1
        while sign and last not in MARKS and not lines[below].strip(" \t") and below + 1 < len(lines):
            below += 1
        follows = lines[below].lstrip(" \t")
        first = follows[:1]
        if not (first.isalnum() or first == UNREAD or (sign and first in OPENS and follows[1:2].isalpha())) or (
            not sign and first.isdigit()
        ):
            continue
        if (last in MARKS and not first.islower()) or (GAP in follows and COLUMNS.match(follows)):
            continue
        left, right = _last_word(body[:-1] if sign else body, sign), _first_word(follows, sign)
        if not left or not right or (below > k + 1 and FOLIO.fullmatch(right)):
            continue
        start = starts[k] + len(body) - len(sign)
        end = starts[below] + len(lines[below]) - len(follows)
        site = Site(start, end, left, right, sign, len(body) < len(line))
        (visible if sign else plain).append(site)
    return visible, plain


def _last_word(line: str, sign: str) -> str:
    token = line[line.rfind(" ") + 1 :]
    if not token.isalnum():
        parts = line.rsplit(None, 1)
        if not parts or line[-1] in " \t":
            return ""
        token = parts[-1]
    if token.isalnum():
        return token if len(token) <= LONGEST else ""
    pattern = DAMAGED_AT_END if UNREAD in token else BEFORE_SIGN if sign else WORD_AT_END
    match = pattern.search(token.translate(BRACKETS)[-LONGEST:])
    return _with_a_letter(match.group()) if match else ""


def _first_word(line: str, sign: str) -> str:
    token = line.partition(" ")[0]
    if not token.isalnum():
        token = line.split(None, 1)[0]
    if token.isalnum():
        return token if len(token) <= LONGEST else ""
    if token[0] == "[" and "]" not in token:  # no editor's letter: the mark of a page, a remark
        return ""
    pattern = DAMAGED if UNREAD in token else AFTER_SIGN if sign else views.WORD
    match = pattern.match(token.translate(BRACKETS)[:LONGEST])
    return _with_a_letter(match.group()) if match else ""


def _with_a_letter(word: str) -> str:
    return word if word.strip(UNREAD) else ""
