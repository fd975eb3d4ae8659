"""Are notes at the feet of pages found, and are the paragraphs that they interrupt whole again? The truth is exact.

    python benchmarks/notes.py [--seeds N] [--show]

Books are set of the samples' prose, their measure, indents, words cut at line ends and running heads drawn from a seed, with
notes at the feet of pages: one to three on a page, in the middle of a sentence or not, running over to the next page where
they are long. Layouts: "signs" (asterisk and daggers), "asterisks" (*, **, ***), "figures" (1., numbered through),
"brackets" (1), on each page from one on), "close" (signs, without a blank line above the notes), and "traps": no notes,
but lists, remarks below tables and lines that begin with a number at the feet of pages. Printed: how many pieces of notes there are, how
many of them are found (recall) and how many of those that are found are such (precision), how many paragraphs notes part and
what share of these, and of the notes themselves, comes out whole with ``--notes`` keep, after and end.
"""

from __future__ import annotations

import argparse
import random
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from note_marks import SENTENCES, prose

from cleaner import Result, clean

LAYOUTS = ("signs", "asterisks", "figures", "brackets", "close", "traps")
STYLES = ("keep", "after", "end")
SIGNS = {"asterisks": ("*", "**", "***")}
DAGGERS = ("*", "\N{DAGGER}", "\N{DOUBLE DAGGER}")
CALL = "\ue000"  # stands for a mark until its page is known
NOTED = 0.12  # of the sentences have a note
RUNS_OVER = 0.2  # of the notes are long
CUT = 0.2  # of the lines that could end in a hyphen
PARAGRAPHS, PAGE = 40, 32  # of a book, lines of a page
TRAPS = (
    ("1. Of the boats and their masters.", "2. Of the tolls that they paid.", "3. Of the winter."),
    ("Wheat*        1,204    988", "Barley        1,170    902", "", "* Estimated by the clerk of the market."),
    ("2 They had gone to the lock at noon, as they", "always did."),
)  # fmt: skip


class Made(NamedTuple):
    """A book as it is scanned; its paragraphs in order, those that notes part, its notes, and where their pieces stand."""

    raw: str
    paragraphs: Sequence[str]
    parted: Sequence[str]
    notes: Sequence[str]
    pieces: Sequence[tuple[int, int]]


class Line(NamedTuple):
    """A line of text, the number of its paragraph, and the notes that it calls."""

    text: str
    paragraph: int
    notes: Sequence[str]


class Book:
    """Sets a book, page by page."""

    def __init__(self, layout: str, seed: int) -> None:
        self._dice = dice = random.Random(f"{layout}{seed}")
        self._layout = layout
        self._prose = prose()
        self._measure = dice.choice((52, 58, 64))
        self._indent, self._gap = dice.choice((("    ", False), ("", True)))
        self._cuts = dice.random() < 0.7
        self._first = dice.randrange(1, 300)
        self._number = 0

    def made(self) -> Made:
        paragraphs = [self._paragraph() for _ in range(PARAGRAPHS)]
        lines = [line for number, one in enumerate(paragraphs) for line in self._lines(number, *one)]
        pages, notes, parted = [], [], set[int]()
        rest: list[str] = []
        at = 0
        while at < len(lines) or rest:
            body, foot, begun, rest, at = self._page(lines, at, rest)
            pages.append((body, foot))
            notes += begun
            if foot and body and at < len(lines) and lines[at].paragraph == body[-1].paragraph:
                parted.add(lines[at].paragraph)
        raw, pieces = self._set(pages)
        texts = [text.replace(CALL, "") for text, _ in paragraphs]
        return Made(raw, texts, [texts[number] for number in sorted(parted)], notes, pieces)

    def _paragraph(self) -> tuple[str, list[str]]:
        """A paragraph with a place for each mark, and its notes."""
        dice = self._dice
        notes: list[str] = []
        sentences: list[str] = []
        for sentence in dice.sample(self._prose, dice.randrange(3, 10)):
            words = sentence.split(" ")
            if self._layout != "traps" and dice.random() < NOTED:
                words[dice.randrange(2, len(words))] += CALL
                count = dice.randrange(4, 8) if dice.random() < RUNS_OVER else dice.randrange(1, 3)
                notes.append(" ".join(dice.sample(self._prose, count)))
            sentences.append(" ".join(words))
        if dice.random() < NOTED:
            year, few, many = str(dice.randrange(1820, 1899)), str(dice.randrange(2, 29)), str(dice.randrange(30, 99))
            sentences.append(dice.choice(SENTENCES).format(year=year, few=few, many=many))
        return " ".join(sentences), notes

    def _lines(self, number: int, text: str, notes: Sequence[str]) -> list[Line]:
        wrapped = textwrap.wrap(text, self._measure, initial_indent=self._indent, break_on_hyphens=False)
        for at in range(len(wrapped) - 1):
            head, _, last = wrapped[at].rpartition(" ")
            if self._cuts and head.strip() and len(last) > 6 and last.isalpha() and self._dice.random() < CUT:
                wrapped[at], wrapped[at + 1] = f"{head} {last[:3]}-", f"{last[3:]} {wrapped[at + 1]}"
        waiting = iter(notes)
        lines = [Line(line, number, [next(waiting) for _ in range(line.count(CALL))]) for line in wrapped]
        return [*lines, Line("", number, ())] if self._gap else lines

    def _page(
        self, lines: Sequence[Line], at: int, rest: Sequence[str]
    ) -> tuple[list[Line], list[list[str]], list[str], list[str], int]:
        """(lines of text with their marks, pieces of notes by line, notes that begin here, what runs over, next line)."""
        foot = [list(rest)] if rest else []
        body: list[Line] = []
        begun: list[str] = []
        signs = SIGNS.get(self._layout, DAGGERS)
        number = 0
        if self._layout == "brackets":
            self._number = 0
        while at < len(lines) and len(body) + sum(map(len, foot)) < PAGE:
            line = lines[at]
            if number + len(line.notes) > len(signs) and self._layout not in ("figures", "brackets"):
                break
            text = line.text
            for note in line.notes:
                number, self._number = number + 1, self._number + 1
                plain = {"figures": f"{self._number}. ", "brackets": f"{self._number}) "}
                mark = plain.get(self._layout, signs[number - 1] if number <= len(signs) else "")
                begun.append(note)
                foot.append(textwrap.wrap(mark + note, self._measure + 8, break_on_hyphens=False))
                text = text.replace(CALL, mark.strip(" ."), 1)
            body.append(line._replace(text=text))
            at += 1
        room = max(PAGE - len(body), 2)
        if not foot or sum(map(len, foot[:-1])) + 2 > room:
            return body, foot, begun, [], at
        keep = room - sum(map(len, foot[:-1]))
        foot[-1], over = foot[-1][:keep], foot[-1][keep:]
        return body, foot, begun, over, at

    def _set(
        self, pages: Sequence[tuple[Sequence[Line], Sequence[Sequence[str]]]]
    ) -> tuple[str, list[tuple[int, int]]]:
        raw: list[str] = []
        pieces: list[tuple[int, int]] = []
        size = 0

        def put(line: str) -> None:
            nonlocal size
            raw.append(line + "\n")
            size += len(line) + 1

        for number, (body, foot) in enumerate(pages, self._first):
            put(f"{number} THE GUILDS OF THE WESE" if number % 2 == 0 else f"THE LOCK AND THE LEDGER {number}")
            put("")
            for line in self._trimmed(body):
                put(line)
            if foot and self._layout != "close":
                put("")
            for piece in foot:
                start = size
                for line in piece:
                    put(line)
                pieces.append((start, size - 1))
            if self._layout == "traps" and self._dice.random() < 0.3:
                put("")
                for line in self._dice.choice(TRAPS):
                    put(line)
            raw[-1] += "\f"
            size += 1
        return "".join(raw), pieces

    def _trimmed(self, body: Sequence[Line]) -> list[str]:
        return "\n".join(line.text for line in body).strip("\n").split("\n")


def letters(text: str) -> str:
    """The letters of a text.

    >>> letters("the re-\\nturned* 12")
    'thereturned'
    """
    return "".join(char for char in text if char.isalpha())


class Score(NamedTuple):
    """Pieces of notes, those found rightly, all found; paragraphs parted by notes and notes, and how many are whole by style."""

    pieces: int
    right: int
    found: int
    parted: int
    notes: int
    whole: tuple[int, ...]
    whole_notes: tuple[int, ...]

    def __add__(self, other: tuple[object, ...]) -> Score:
        assert isinstance(other, Score)
        sums = (
            a + b if isinstance(a, int) else tuple(map(int.__add__, a, b)) for a, b in zip(self, other, strict=True)
        )
        return Score(*sums)  # type: ignore[arg-type]


def found(result: Result) -> list[tuple[int, int]]:
    """Where the notes at the feet of pages stand in the raw text."""
    marks = [mark for mark in result.records.marks if mark["mark"] == "note" and "leaf" in mark]
    return [(mark["raw"][0], mark["raw"][1]) for mark in marks]


def score(made: Made, *, show: bool = False) -> Score:
    """What the cleaner makes of a book."""
    results = [clean(made.raw, language="en", notes=style) for style in STYLES]
    pieces, seen = set(made.pieces), found(results[0])
    whole, whole_notes = [], []
    for style, result in zip(STYLES, results, strict=True):
        paragraphs = {letters(line) for line in result.text.split("\n")}
        whole.append(sum(letters(one) in paragraphs for one in made.parted))
        whole_notes.append(sum(letters(one) in paragraphs for one in made.notes))
        if show:
            for one in (*made.parted, *made.notes):
                if letters(one) not in paragraphs:
                    print(f"    {style}: not whole: {one[:60]}")
    if show:
        for start, end in pieces ^ set(seen):
            print("    missed" if (start, end) in pieces else "    false", repr(made.raw[start:end][:70]))
    right = sum(span in pieces for span in seen)
    return Score(
        len(pieces), right, len(seen), len(made.parted), len(made.notes), tuple(whole), tuple(whole_notes)
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=4, help="books of each layout")
    parser.add_argument("--show", action="store_true", help="what was missed, what is false, and what is not whole")
    options = parser.parse_args()
    print(
        f"{'layout':10} {'pieces':>6} {'recall':>7} {'precision':>10}   {'parted':>6}  {'keep after end':14}   {'notes':>6}  keep after end"
    )
    total = Score(0, 0, 0, 0, 0, (0, 0, 0), (0, 0, 0))
    for layout in LAYOUTS:
        one = Score(0, 0, 0, 0, 0, (0, 0, 0), (0, 0, 0))
        for seed in range(options.seeds):
            one += score(Book(layout, seed).made(), show=options.show)
        total += one
        _print(layout, one)
    _print("all", total)


def _print(name: str, one: Score) -> None:
    whole, notes = (
        " ".join(f"{n / (all_ or 1):.2f}" for n in many)
        for many, all_ in ((one.whole, one.parted), (one.whole_notes, one.notes))
    )
    precision = f"{one.right / one.found:.3f}" if one.found else "-"
    print(
        f"{name:10} {one.pieces:6} {one.right / (one.pieces or 1):7.3f} {precision:>10}   {one.parted:6}  {whole:14}   {one.notes:6}  {notes}"
    )


if __name__ == "__main__":
    main()
