"""Catchwords and signature marks: what old printers set under the last line of a page for the binder.

A catchword is the first word of the next page, so it would stand twice in a sentence that runs across the page; a
signature mark ("D 5", "13*") tells the sheet. Both are believed only as a habit of the book: three pages at least.

Deliberately left alone: the last line of the text, and a short last line in a book that has no such habit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from cleaner.measure import ends_sentence
from cleaner.stages.furniture.pages import CATCHWORD, FULL, SIGNATURE, Finding, Page, is_speck, is_title
from cleaner.stages.furniture.pagination import LEAST_KEY, SHORT_LINE, SHORTEST_CHAIN, fold
from cleaner.stages.furniture.rows import PageRows

# A letter or two, then the number of the leaf ("D 5", "Aa 2"), or the number of the sheet, with a star on its second leaf ("13", "13 *").
SIGN = re.compile(r"([A-Za-z])(?: ?([A-Za-z]))?[. ]{0,2}(\d?)\d?[.*]?|(\d{1,3})( ?\*)?")
VOLUME = re.compile(
    r"v[o0]l\W{1,3}[ivxlj1]{1,5}\W{1,3}(?=\S)", re.IGNORECASE
)  # "VOL. I. D": the volume before the mark
YEAR = re.compile(r"\d{3}")
SHEETS = (8, 12, 16, 24, 32)  # pages of a folded sheet: quarto, half duodecimo, octavo, duodecimo, sextodecimo
# Printers signed with the Latin alphabet, V or U for one letter; A was the preliminaries, but Aa came after Z.
ALPHABET = "BCDEFGHIKLMNOPQRSTUXYZ"
SAME_LETTER = str.maketrans("VJ", "UI")
LEAST_LINES = 3  # of a page that has a last line to speak of
MOST_WORDS = 6  # mark, dust and catchword together
# Least share of pages whose last line echoes in the next, and of the last lines that are short. In 23 books with
# catchwords they are 0.33 and 0.5 or more, in others 0.1 and 0.04 at most.
HABIT, OF_SHORT = 0.2, 0.3
BY_CHANCE = 2  # times the share of echoes in mid-page: the words of a sorted list are alike everywhere
MIDDLE = 9  # lines of a page's middle
FIRM_HABIT = 0.35  # from here on a short last line is a catchword even if it was misread
ALWAYS = 0.7  # least share of catchwords that stand under a full line
SAME_WORD = 66  # rapidfuzz ratio: one letter in three misread


class LastLine(NamedTuple):
    """The last line of a page, if it is short: does it say what the next page begins with; mark and word in it.

    ``proven``: the mark names its volume, or the sheet that the folio lies on. ``under``: it stands under a full line.
    """

    at: int
    row: int
    echo: bool
    sign: bool
    proven: bool
    word: bool
    under: bool


def find_catchwords(rows: PageRows, pages: Sequence[Page]) -> None:
    """Catchwords (the next page's first word, set below the last line) and signature marks ("D 5")."""
    for _ in range(2):  # one may stand below the other
        lines = _last_lines(rows, pages)
        echoes, signs = sum(last.echo for last in lines), len({rows.texts[last.row] for last in lines if last.sign})
        habit = echoes / max(1, len(pages) - 1)
        if habit <= BY_CHANCE * _echoes_inside(rows, pages):
            habit = 0.0
        is_habit = echoes >= max(SHORTEST_CHAIN, OF_SHORT * sum(last.word for last in lines)) and habit >= HABIT
        always = sum(last.echo and last.under for last in lines) >= ALWAYS * echoes
        for last in lines:
            finding = None
            if last.echo and is_habit:
                finding = Finding(CATCHWORD, 0.97, f"the next page begins so; {echoes} pages have a catchword")
            elif last.sign and not last.word and (last.proven or signs >= SHORTEST_CHAIN):
                why = "the sheet that this page lies on" if last.proven else f"one of {signs} signature marks"
                finding = Finding(SIGNATURE, 0.95 if last.proven else 0.94, why)
            elif habit >= FIRM_HABIT and _stands_like_one(rows, pages, last, always):
                finding = Finding(CATCHWORD, 0.93, f"catchwords stand here on {echoes} pages")
            if finding:
                pages[last.at].found[last.row] = finding


def _last_lines(rows: PageRows, pages: Sequence[Page]) -> list[LastLine]:
    lines: list[LastLine] = []
    for at, page in enumerate(pages):
        left = page.body()
        while len(left) >= LEAST_LINES and is_speck(rows.texts[left[-1]]):
            left.pop()
        if len(left) < LEAST_LINES:
            continue
        line = rows.texts[left[-1]]
        words = [word for word in VOLUME.sub("", line).split() if any(c.isalnum() for c in word)]
        if len(line) > max(SHORT_LINE, 0.45 * rows.width) or not 0 < len(words) <= MOST_WORDS:
            continue
        following = pages[at + 1].body() if at + 1 < len(pages) else []
        begin = rows.texts[following[0]] if following else ""
        mark, word = _sign_and_word(words)
        proven = mark is not None and (VOLUME.match(line) is not None or _on_its_sheet(mark, page.folio))
        if mark and not proven and (mark[0] == mark[4] or (mark[0].rstrip(". ") == mark[1] and not word)):
            mark, word = None, words[-1]  # a number alone may be anything, and a letter the author of an essay
        echo = bool(word and begin) and (_echoes(word, begin) or _echoes("".join(words[-2:]), begin))
        known = {finding.rule for finding in page.found.values()}
        lines.append(
            LastLine(
                at,
                left[-1],
                echo and CATCHWORD not in known,
                mark is not None and SIGNATURE not in known,
                proven,
                bool(word),
                len(rows.texts[left[-2]]) >= FULL * rows.width,
            )
        )
    return lines


def _echoes_inside(rows: PageRows, pages: Sequence[Page]) -> float:
    """The share of the lines in the middle of pages that such a word ends, where no catchword stands."""
    short = max(SHORT_LINE, 0.45 * rows.width)
    middles = (page.rows[len(page.rows) // 2 :][:MIDDLE] for page in pages)
    pairs = [(rows.texts[row], rows.texts[below]) for middle in middles for row, below in pairwise(middle)]
    echoes = sum(len(line) <= short and _echoes(line.split()[-1], below) for line, below in pairs)
    return echoes / max(1, len(pairs))


def _stands_like_one(rows: PageRows, pages: Sequence[Page], last: LastLine, always: bool) -> bool:
    """Whether a last line is as short as a catchword, where every page has one."""
    line = rows.texts[last.row]
    if CATCHWORD in {finding.rule for finding in pages[last.at].found.values()}:
        return False
    if YEAR.search(line) or is_title(line):
        return False
    if len(line.split()) > 2 + last.sign or len(line) > max(SHORT_LINE, 0.3 * rows.width):
        return False
    # A paragraph may end at a page's end too, and the text itself on its last page.
    return not ends_sentence(line) and (last.at + 1 < len(pages) or (always and last.under))


def _on_its_sheet(mark: re.Match[str], folio: tuple[int, bool] | None) -> bool:
    """Whether a mark names the sheet, and the leaf of it, that a page with this folio lies on."""
    if folio is None or folio[1]:
        return False
    if mark[4]:
        sheet, leaf = int(mark[4]) - 1, 1 + bool(mark[5])
    else:
        letter, leaf = mark[1].upper().translate(SAME_LETTER), int(mark[3] or 1)
        if letter not in ALPHABET and not (letter == "A" and mark[2]):
            return False
        sheet = ALPHABET.find(letter) + (len(ALPHABET) + 1) * bool(mark[2])
    return any(folio[0] == pages * sheet + 2 * leaf - 1 for pages in SHEETS if 2 * leaf <= pages)


def _sign_and_word(words: Sequence[str]) -> tuple[re.Match[str] | None, str]:
    """The signature mark that opens a last line, and its catchword ("" where there is only the mark)."""
    for cut in (3, 2, 1):
        mark = SIGN.fullmatch(" ".join(words[:cut])) if len(words) >= cut else None
        if mark and (not mark[2] or mark[1].casefold() == mark[2].casefold()):
            return mark, "".join(words[cut:][-1:])
    return None, words[-1]


def _echoes(word: str, line: str) -> bool:
    """Whether a line begins with a catchword (one letter in four may be misread)."""
    key = fold(word)
    begin = fold(line[: len(word) + 12])
    if len(key) <= 1:
        return bool(key) and fold(line.split(maxsplit=1)[0]) == key
    return begin.startswith(key) or (len(key) >= LEAST_KEY and fuzz.ratio(key, begin[: len(key)]) >= SAME_WORD)
