"""Catchwords and signature marks: what old printers set under the last line of a page for the binder.

A catchword is the first word of the next page, so it would stand twice in a sentence that runs across the page; a
signature mark ("D 5", "13*") tells the sheet. Both are believed only as a habit of the book: three pages at least.

Deliberately left alone: the last line of the text, and a short last line in a book that has no such habit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from cleaner.stages.furniture.pages import CATCHWORD, SIGNATURE, Finding, Page, is_speck
from cleaner.stages.furniture.pagination import LEAST_KEY, SHORT_LINE, SHORTEST_CHAIN, fold
from cleaner.stages.furniture.rows import PageRows

SIGN = re.compile(r"([A-Za-z])(?: ?([A-Za-z]))?[. ]{0,2}\d{0,2}[.*]?|\d{1,3}\*")
YEAR = re.compile(r"\d{3}")
LEAST_LINES = 3  # of a page that has a last line to speak of
MOST_WORDS = 6  # mark, dust and catchword together
HABIT = 0.1  # least share of pages whose last line echoes in the next: by chance it is 1 in 100
FIRM_HABIT = 0.35  # from here on a short last line is a catchword even if it was misread
SAME_WORD = 66  # rapidfuzz ratio: one letter in three misread


class LastLine(NamedTuple):
    """The last line of a page, if it is short: does it say what the next page begins with, is there a mark, a word."""

    at: int
    row: int
    echo: bool
    sign: bool
    word: bool


def find_catchwords(rows: PageRows, pages: Sequence[Page]) -> None:
    """Catchwords (the next page's first word, set below the last line) and signature marks ("D 5")."""
    lines: list[LastLine] = []
    for at, page in enumerate(pages):
        left = page.body()
        while len(left) >= LEAST_LINES and is_speck(rows.texts[left[-1]]):
            left.pop()
        following = pages[at + 1].body() if at + 1 < len(pages) else []
        if len(left) < LEAST_LINES:
            continue
        line = rows.texts[left[-1]]
        words = line.split()
        if len(line) > max(SHORT_LINE, 0.45 * rows.width) or len(words) > MOST_WORDS:
            continue
        sign, word = _sign_and_word(words)
        begin = rows.texts[following[0]] if following else ""
        echo = bool(word and begin) and (_echoes(word, begin) or _echoes("".join(words[-2:]), begin))
        lines.append(LastLine(at, left[-1], echo, sign, bool(word)))
    echoes = sum(last.echo for last in lines)
    signs = sum(last.sign for last in lines)
    habit = echoes / max(1, len(pages) - 1)
    for last in lines:
        line = rows.texts[last.row]
        few = (
            not YEAR.search(line)
            and len(line.split()) <= 2 + last.sign
            and len(line) <= max(SHORT_LINE, 0.3 * rows.width)
        )
        finding = None
        if last.echo and echoes >= SHORTEST_CHAIN and habit >= HABIT:
            finding = Finding(CATCHWORD, 0.97, f"the next page begins so; {echoes} pages have a catchword")
        elif last.sign and not last.word and signs >= SHORTEST_CHAIN:
            finding = Finding(SIGNATURE, 0.94, f"one of {signs} signature marks")
        elif habit >= FIRM_HABIT and few and last.at + 1 < len(pages):
            finding = Finding(CATCHWORD, 0.93, f"catchwords stand here on {echoes} pages")
        if finding:
            pages[last.at].found[last.row] = finding


def _sign_and_word(words: Sequence[str]) -> tuple[bool, str]:
    """Whether a last line opens with a signature mark, and its catchword ("" where there is only the mark)."""
    for cut in (3, 2, 1):
        mark = SIGN.fullmatch(" ".join(words[:cut])) if len(words) >= cut else None
        if (
            mark
            and (not mark[2] or mark[1].casefold() == mark[2].casefold())
            and (len(words) > cut or mark[0] != mark[1])
        ):
            return True, "".join(words[cut:][-1:])
    return False, words[-1]


def _echoes(word: str, line: str) -> bool:
    """Whether a line begins with a catchword (one letter in four may be misread)."""
    key = fold(word)
    begin = fold(line[: len(word) + 12])
    if len(key) <= 1:
        return bool(key) and fold(line.split(maxsplit=1)[0]) == key
    return begin.startswith(key) or (len(key) >= LEAST_KEY and fuzz.ratio(key, begin[: len(key)]) >= SAME_WORD)
