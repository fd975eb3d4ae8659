"""Quotation marks without their other half, on the wrong side of their word, or between two blanks.

Each paragraph is read by itself. A speech of several paragraphs opens its quotes again in each and closes them in the
last, so that an open end is right where the next paragraph begins with quotes; a passage that opens once and closes some
paragraphs later is whole too. Which sign opens and which closes the text itself tells (German and French differ), and a
straight sign tells it by the blanks beside it. Apostrophes are no quotation marks; where one may be either ("the boys'")
both readings go on. Not seen: a lost closing mark before a paragraph that begins with another speech.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaner.proofing.pairs import Loose, run_over
from cleaner.proofing.sheet import Finding, Sheet

LOW, LEFT, RIGHT = (
    "\N{DOUBLE LOW-9 QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
)
LOW_ONE, LEFT_ONE = "\N{SINGLE LOW-9 QUOTATION MARK}", "\N{LEFT SINGLE QUOTATION MARK}"
RIGHT_ONE = "\N{RIGHT SINGLE QUOTATION MARK}"
INTO, OUT = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
STRAIGHT, STRAIGHT_ONE = '"', "'"
DOUBLE = re.compile(rf"[{LOW}{LEFT}{RIGHT}{STRAIGHT}]")
OF_TEX = re.compile(rf"{DOUBLE.pattern}|''|``")
SINGLE = re.compile(rf"[{LOW_ONE}{LEFT_ONE}{RIGHT_ONE}{STRAIGHT_ONE}]")
CURVED = re.compile(f"[{LEFT}{RIGHT}]")
ANGLED = re.compile(f"[{INTO}{OUT}]")
DASHES = "-\N{EN DASH}\N{EM DASH}"
SPEECH = re.compile(rf"[{LEFT}{LOW}{STRAIGHT}](?=[^\W\d_a-z])(?:(?<=\s.)|(?<=\A.))")
SPEECH_ONE = re.compile(rf"[{LEFT_ONE}{STRAIGHT_ONE}](?=[^\W\d_a-z])(?:(?<=\s.)|(?<=\A.))")
BEFORE = frozenset("([{" + DASHES + LEFT + LEFT_ONE + LOW + LOW_ONE + INTO)  # stand before a mark that opens
BEHIND = frozenset(")]}.,;:!?\N{HORIZONTAL ELLIPSIS}" + DASHES + RIGHT + RIGHT_ONE + OUT)  # behind one that closes
STOPS = frozenset(".,;:!?)]\N{HORIZONTAL ELLIPSIS}" + DASHES)  # before a single mark that surely closes
EITHER = frozenset(STRAIGHT + STRAIGHT_ONE)
MARKS = frozenset((LOW, LEFT, RIGHT, LOW_ONE, LEFT_ONE, RIGHT_ONE, INTO, OUT))
DANGLING = frozenset(DASHES + ".\N{HORIZONTAL ELLIPSIS}")
LINE_ENDS = "\r\n"
OPEN, CLOSE = "open", "close"
# A text most of whose paragraphs with quotes do not come out uses them in a way that is not known here: it is left alone
# from so many findings on, and free-standing marks from so large a share on.
HABIT, FREE, FEWEST = 0.5, 0.2, 12
CLEARLY = 2  # times as often as the other
NEAR = 8  # code points at the beginning of a paragraph, for brackets, dashes and other marks before the first
WORD = re.compile(r"[^\W_]*")


class Sign(NamedTuple):
    """A quotation mark: ``says`` what it may do by its form and by the blanks beside it, nothing where both are open to doubt.

    ``doubtful``: it may be no quotation mark at all.
    """

    start: int
    end: int
    says: frozenset[str]
    doubtful: bool = False
    free: bool = False


def quotes(sheet: Sheet) -> Iterator[Finding]:
    """Each quotation mark that is unpaired, on the wrong side, or between two blanks.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> def shown(text):
    ...     return [(f.start, f.message) for f in quotes(Sheet(Document(text), General("en", {})))]
    >>> shown('"Go," he said," and come."\\n\\nHe left" then.\\n\\n"Who? he said.\\n\\nNobody.')
    [(14, 'on the wrong side'), (35, 'never opened'), (44, 'never closed')]
    >>> shown('"It was late.\\n\\n"It was dark," said the boys\\' friend. "\\'Tis 6\\" long."')
    []
    """
    text = sheet.text
    families: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Sign | None]]] = []
    if any(sign in text for sign in (STRAIGHT, LEFT, RIGHT, LOW, "``")):
        families.append((OF_TEX if "``" in text else DOUBLE, _double(text)))
    if INTO in text or OUT in text:
        families.append((ANGLED, _angled(sheet)))
    if speaks_in_single(text):
        families.append((SINGLE, _single(sheet)))
    for pattern, read in families:
        yield from _family(sheet, pattern, read)


def speaks_in_single(text: str) -> bool:
    """Whether single marks are those of speech: more of them open before a capital than double ones do.

    >>> speaks_in_single("'Go,' he said. 'Why?' Then 'No' and \\"Yes\\"."), speaks_in_single("\\"Call it 'Go'\\", \\"No\\"")
    (True, False)
    """
    return len(SPEECH_ONE.findall(text)) > len(SPEECH.findall(text))


def _family(sheet: Sheet, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Sign | None]) -> Iterator[Finding]:
    """The findings for the marks of one kind, unless the text has a habit that makes them worthless."""
    signs = [sign for match in pattern.finditer(sheet.text) if (sign := read(match)) and not sheet.is_quiet(sign.start)]
    paragraphs = [(n, list(found)) for n, found in groupby(signs, lambda sign: sheet.paragraph(sign.start))]
    firsts = {n: found[0] for n, found in paragraphs}
    starts = [sign.start for sign in signs]
    found: list[Finding] = []
    loose: list[Loose] = []
    for n, own in paragraphs:
        following = firsts.get(n + 1)
        reopens = following is not None and _begins(sheet, n + 1, following)
        for sign, message in _unpaired(sheet, n, own, reopens=reopens):
            if message in (OPEN, CLOSE):
                loose.append(Loose(sign.start, sign.end, n, message == OPEN, ""))
            else:
                found.append(Finding(sign.start, sign.end, "quote", message))

    def stands_between(first: Loose, last: Loose) -> bool:
        """Whether paragraphs between two loose marks have marks of their own."""
        k = bisect_right(starts, sheet.paragraphs[first.paragraph].end)
        return starts[k] < sheet.paragraphs[last.paragraph].start

    found += run_over(loose, "quote", stands_between)
    if len(found) < FEWEST or len(found) < HABIT * len(paragraphs):
        yield from found
    free = [sign for sign in signs if sign.free]
    if len(free) < FREE * len(signs) or len(signs) < FEWEST:
        unpaired = {finding.start for finding in found}
        yield from (Finding(s.start, s.end, "quote", "between two blanks") for s in free if s.start not in unpaired)


def _begins(sheet: Sheet, paragraph: int, first: Sign) -> bool:
    """Whether a paragraph begins with this mark, but for other signs before it, and the mark may open."""
    start = sheet.paragraphs[paragraph].start
    before = sheet.text[start : min(first.start, start + NEAR)]
    return CLOSE not in first.says and first.start < start + NEAR and not any(map(str.isalnum, before))


def _unpaired(sheet: Sheet, paragraph: int, signs: Sequence[Sign], *, reopens: bool) -> Iterator[tuple[Sign, str]]:
    """(mark, what is wrong with it) of one paragraph; ``OPEN`` and ``CLOSE`` for marks without their other half.

    ``may`` holds the states that the readings so far allow: inside quotes, outside, or either.
    """
    text = sheet.text
    may = frozenset((False,))
    opened: Sign | None = None
    for k, sign in enumerate(signs):
        behind = signs[k + 1].says if k + 1 < len(signs) else frozenset()
        says = sign.says
        if sign.doubtful:
            if True in may and OPEN not in says:
                may |= {False}
            if False in may and CLOSE not in says:
                may |= {True}
                opened = opened or sign
            continue
        if len(says) != 1:  # a straight mark, or one whose form and blanks contradict each other
            role = (CLOSE if True in may else OPEN) if len(may) == 1 or not says else OPEN
            if len(says) == 2:
                yield sign, "on the wrong side"
        else:
            (role,) = says
        if role == OPEN:
            if False not in may and says:
                if text[sign.start - 1] in LINE_ENDS:  # older prints begin each line of a quotation so
                    continue
                if behind == {OPEN}:
                    yield sign, "on the wrong side"
                    may, opened = frozenset((False,)), None
                    continue
                assert opened is not None
                yield opened, OPEN
            may, opened = frozenset((True,)), sign
        else:
            if True not in may:
                if behind == {CLOSE}:
                    yield sign, "on the wrong side"
                    may, opened = frozenset((True,)), sign
                else:
                    yield sign, CLOSE
                continue
            may, opened = frozenset((False,)), None
    if False not in may and not reopens:
        assert opened is not None
        yield opened, OPEN


# ---- what each mark says ---------------------------------------------------------------------------------------------


def _sides(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a mark; a blank between two marks ("he said ’ ”") is passed over."""
    text, start, end = match.string, *match.span()
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    if left == " " and text[max(0, start - 2) : start - 1] in MARKS:
        left = text[start - 2]
    if right == " " and text[end + 1 : end + 2] in MARKS:
        right = text[end + 1]
    return left, right


def _shape(left: str, right: str) -> str:
    """What the blanks beside a mark say: it opens, it closes, or nothing."""
    blank_left, blank_right = not left or left.isspace(), not right or right.isspace()
    if (blank_left or left in BEFORE) and right.isalnum():
        return OPEN
    if (blank_right or right in BEHIND) and not blank_left and left not in BEFORE:
        return CLOSE
    if blank_left and not blank_right and right not in BEHIND:
        return OPEN
    return ""


def _sign(match: re.Match[str], form: str) -> Sign:
    left, right = _sides(match)
    shape = _shape(left, right)
    text, start, end = match.string, match.start(), match.end()
    free = left == right == " " or (left == " " and right in LINE_ENDS)
    if free and (text[max(0, start - 2) : start - 1] in DANGLING or text[end + 1 : end + 2] in DANGLING):
        free = False  # "I shall - " she said
    return Sign(start, end, frozenset({form, shape} - {""}), free=free)


def _double(text: str) -> Callable[[re.Match[str]], Sign | None]:
    """Reads double marks; what each curved one does is what the blanks beside it mostly say: German closes as English opens."""
    shapes = Counter((match.group(), _shape(*_sides(match))) for match in CURVED.finditer(text))
    forms = {"``": OPEN, LOW: OPEN}
    for sign, usual in ((LEFT, OPEN), (RIGHT, CLOSE)):
        opens, closes = shapes[sign, OPEN], shapes[sign, CLOSE]
        forms[sign] = OPEN if opens > CLEARLY * closes else CLOSE if closes > CLEARLY * opens else ""
        if not opens + closes:
            forms[sign] = usual

    def read(match: re.Match[str]) -> Sign | None:
        sign, (left, right) = match.group(), _sides(match)
        if sign == STRAIGHT and left.isalpha() and right.isalpha():
            return None  # a letter of transliterations: s"ezd
        if sign == STRAIGHT and left.isdigit():
            return Sign(match.start(), match.end(), frozenset((CLOSE,)), doubtful=True)  # 6" are inches
        return _sign(match, forms.get(sign, ""))

    return read


def _angled(sheet: Sheet) -> Callable[[re.Match[str]], Sign | None]:
    """Reads angled marks: the one that comes first in most paragraphs opens."""
    first: dict[int, str] = {}
    for match in ANGLED.finditer(sheet.text):
        first.setdefault(sheet.paragraph(match.start()), match.group())
    seen = list(first.values())
    opener = INTO if seen.count(INTO) >= seen.count(OUT) else OUT

    def read(match: re.Match[str]) -> Sign:
        return Sign(match.start(), match.end(), frozenset((OPEN if match.group() == opener else CLOSE,)))

    return read


def _single(sheet: Sheet) -> Callable[[re.Match[str]], Sign | None]:
    """Reads single marks; what may be an apostrophe is doubtful, what surely is one is no mark."""
    elided = sheet.general.facts.elided

    def read(match: re.Match[str]) -> Sign | None:
        left, right = _sides(match)
        if (left.isalnum() and right.isalnum()) or right.isdigit():
            return None
        start, end, sign = *match.span(), match.group()
        shape = _shape(left, right)
        if shape == CLOSE and sign not in (LEFT_ONE, LOW_ONE):
            return Sign(start, end, frozenset((CLOSE,)), doubtful=left not in STOPS)
        if shape == OPEN and sign != RIGHT_ONE:
            word = WORD.match(match.string, end)
            spoken = word.group().lower() if word else ""
            odd = sign in EITHER and not right.isupper()
            return Sign(start, end, frozenset((OPEN,)), doubtful=odd or spoken in elided or sheet.knows(f"h{spoken}"))
        return Sign(start, end, frozenset(), doubtful=True)

    return read
