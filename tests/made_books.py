"""Made-up books for tests: plausible prose that runs on from page to page, and what a printer sets around it.

The prose is drawn from a seed, so that a test says in a line what its book looks like and nothing is copied from one.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Edit, Proposals
from cleaner.stages.furniture import propose

MEASURE = 60
KNOWLEDGE = Knowledge(general=lambda code: General(code, {}))

_NOUNS = (
    "harbour pilot widow lantern ferry barrel winter garden letter mill customs sister bargeman anchor island judge "
    "meadow candle treaty stranger market herring rudder orchard parish smuggler captain timber bishop window village "
    "compass quarrel cellar schoolmaster bridge gull tax daughter kettle almanac brother storm wages chimney hymn"
).split()
_ADJECTIVES = (
    "old narrow quiet frozen distant honest wooden crooked patient forgotten grey foreign lawful bitter new sudden "
    "empty broken learned heavy southern hungry careful painted poor solemn drowned famous"
).split()
_DEEDS = (
    "remembered sold crossed praised carried refused mended described followed feared painted measured found lost "
    "watched buried counted answered repaired opened burned blamed envied surveyed inherited outlived"
).split()
_PLACES = "in under beyond beside behind before near above within against without upon".split()
_LINKS = ", and |; but |, because |, so that |, although |: |, while |, until ".split("|")
_OPENERS = "Afterwards |It is said that |In those days |Every autumn |On the contrary, |For all that, |||||||".split(
    "|"
)


def sentence(dice: random.Random) -> str:
    """One sentence of one to three clauses."""

    def thing() -> str:
        adjective = f"{dice.choice(_ADJECTIVES)} " if dice.random() < 0.4 else ""
        return f"{dice.choice(('the', 'a', 'his', 'no', 'that', 'every'))} {adjective}{dice.choice(_NOUNS)}"

    def clause() -> str:
        place = f" {dice.choice(_PLACES)} {thing()}" if dice.random() < 0.7 else ""
        return f"{thing()} {dice.choice(_DEEDS)} {thing()}{place}"

    text = dice.choice(_OPENERS) + dice.choice(_LINKS).join(clause() for _ in range(dice.randint(1, 3)))
    return text[0].upper() + text[1:] + "."


def wrap(paragraph: str, measure: int, indent: str) -> list[str]:
    return textwrap.wrap(paragraph, measure, initial_indent=indent, break_on_hyphens=False)


@lru_cache(maxsize=64)
def prose(lines: int, seed: int = 1, *, indent: str = "    ", measure: int = MEASURE) -> tuple[str, ...]:
    """So many lines of paragraphs; words are cut with a hyphen at some line ends."""
    dice = random.Random(seed)
    printed: list[str] = []
    while len(printed) < lines:
        paragraph = " ".join(sentence(dice) for _ in range(dice.randint(2, 5)))
        wrapped = wrap(paragraph, measure, indent)
        for at in range(len(wrapped) - 1):
            line, _, last = wrapped[at].rpartition(" ")
            if line.strip() and len(last) > 6 and last.isalpha() and dice.random() < 0.3:
                wrapped[at], wrapped[at + 1] = f"{line} {last[:3]}-", f"{last[3:]} {wrapped[at + 1]}"
        printed += wrapped
    return tuple(printed[:lines])


def bodies(pages: int, seed: int = 1, lines: int = 28, **values) -> list[list[str]]:
    """The prose of so many pages, cut wherever a page is full."""
    printed = prose(pages * lines, seed, **values)
    return [list(printed[at * lines : (at + 1) * lines]) for at in range(pages)]


class Book(NamedTuple):
    """A book as it was read, and its lines of furniture in order."""

    raw: str
    furniture: list[str]


def bind(
    text: Sequence[Sequence[str]],
    tops: Sequence[str | Sequence[str]] = (),
    feet: Sequence[str | Sequence[str]] = (),
    *,
    feeds: bool = True,
    gap: int = 1,
) -> Book:
    """Pages with their furniture; ``gap``: blank lines between a head and the text (and a foot)."""
    pages, furniture = [], []
    for at, body in enumerate(text):
        top, foot = (_lines(lines[at]) if lines else [] for lines in (tops, feet))
        furniture += [*top, *foot]
        blank = [""] * gap
        pages.append("\n".join([*top, *(blank if top else []), *body, *(blank if foot else []), *foot]))
    return Book(("\n\f" if feeds else "\n\n").join(pages) + "\n", furniture)


def _lines(furniture: str | Sequence[str]) -> list[str]:
    lines = [furniture] if isinstance(furniture, str) else list(furniture)
    return [line for line in lines if line]


def run(raw: str) -> Proposals:
    return propose(Document(raw), KNOWLEDGE)


def applied(raw: str, least: float = 0.9) -> Iterator[Edit]:
    return (edit for edit in run(raw).edits if edit.confidence >= least)


def gone(raw: str, least: float = 0.9) -> list[str]:
    """The lines with something in them that go."""
    lines = []
    for edit in applied(raw, least):
        lines += [line.strip() for line in edit.before.replace("\f", "\n").splitlines() if line.strip()]
    return lines


Style = Callable[[int], tuple[str, str]]
# How a book shows its pages, by the folio: what stands over the text, and what stands under it.
STYLES: dict[str, Style] = {
    "heads with folios": lambda n: (f"{n} A LIFE AFLOAT" if n % 2 == 0 else f"THE FERRY {n}", ""),
    "folios at the top": lambda n: (str(n), ""),
    "folios at the foot": lambda n: ("", str(n)),
    "heads, folios at the foot": lambda n: ("A Life Afloat", f"- {n} -"),
}


def set_in(style: str, text: Sequence[Sequence[str]], *, first: int = 81, feeds: bool = True, gap: int = 1) -> Book:
    """The book in one of the ``STYLES``."""
    shown = [STYLES[style](first + at) for at in range(len(text))]
    # A head without a folio over the very first page may be the title that the others repeat: it is not printed.
    tops = [top if at or any(c.isdigit() for c in top) else "" for at, (top, _) in enumerate(shown)]
    return bind(text, tops, [foot for _, foot in shown], feeds=feeds, gap=gap)


def opened(text: Sequence[Sequence[str]], page: int, *, whole: bool = False) -> list[list[str]]:
    """The same pages, and the page given begins with a paragraph; the page before ends with one.

    ``whole``: only the page given is made whole, at its own end.
    """
    out = [list(body) for body in text]
    if not whole:
        while not out[page][0].startswith("    "):
            del out[page][0]
        _end(out[page - 1])
    else:
        _end(out[page])
        if page + 1 < len(out):
            while not out[page + 1][0].startswith("    "):
                del out[page + 1][0]
    return out


def _end(body: list[str]) -> None:
    while not body[-1].endswith("."):
        body.pop()
