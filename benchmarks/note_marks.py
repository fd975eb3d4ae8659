"""Are the marks of notes read as they were printed? On books made of this project's own prose: the truth is exact.

    python benchmarks/note_marks.py [--seed N] [--show]

The prose of the samples is set with marks in five layouts: "end" (a section of notes behind each chapter), "foot" (notes at
the foot of each page, numbered through the chapter), "restarted" (numbered from one on each page), "signs" (asterisks and
daggers) and "bare" (no notes anywhere), and in a sixth, "none", without any marks. A mark is damaged as worn scans of scholarly
books show it: a blank before it, blanks between its figures, letters and signs for figures, a figure lost, its stop read as
part of it, or the whole mark lost. Years, dates, chapters and percentages stand in the text too. Printed: for each layout how
many of the marks of which a trace is left are read rightly and surely (recall), of those that are damaged, and how many of
the marks that the log tells surely are right (precision).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import clean
from cleaner.policy import THRESHOLD

TRUTH = Path(__file__).parent.parent / "tests" / "samples" / "truth"
LAYOUTS = ("end", "foot", "restarted", "signs", "bare", "none")
SIGNS = "*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}"
# What marks are read as, as they were seen in worn scans: of a hundred marks, about so many have such a damage.
BLANK, PARTED, SIGN, CUT, SWALLOWED, GONE = 0.20, 0.08, 0.10, 0.05, 0.02, 0.03
READ = {
    "0": "oO\N{DEGREE SIGN}", "1": "lI!l1", "2": "Z?2", "3": "3B?", "4": "A4h", "5": "SS5", "6": "b\N{REGISTERED SIGN}6",
    "7": "T\N{RIGHT SINGLE QUOTATION MARK}7", "8": "sS8B", "9": "gqo9", "*": "\N{DEGREE SIGN}'", "\N{DAGGER}": "t+f",
    "\N{DOUBLE DAGGER}": "t+#", "\N{SECTION SIGN}": "S$",
}  # fmt: skip
WHOLE = {"10": ("to", "lo", "!\N{DEGREE SIGN}"), "11": ("II", "I I", "ll"), "25": ("A",), "41": ("Y",), "13": ("! 3",)}
EACH = 0.3  # of the sentences have a mark
DECOYS = 0.12  # of the sentences are followed by one with a number that belongs to the text
SENTENCES = (
    "In {year} it was the same.", "As we saw in chapter {few}, nobody came.", "About {many} per cent of it was lost.",
    "On {few} May the gates were shut.", "It was {year}. Then {many} men came.", "The toll was paid in {year}, and again in {year}.",
)  # fmt: skip
WIDTH, PAGE, CHAPTERS, LONG = 62, 34, 3, 90  # of lines, lines of a page; sentences of a chapter
HIDDEN = 0xE000  # stands for a mark until all is set


class Printed(NamedTuple):
    """A mark at ``raw[start:end]``: what was printed, and whether it is read otherwise."""

    label: str
    start: int
    end: int
    damaged: bool


class Made(NamedTuple):
    """A book as it is scanned, and the marks of which a trace is left."""

    raw: str
    marks: Sequence[Printed]


def prose() -> list[str]:
    """The sentences of the samples, without their own notes and anything that has figures."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TRUTH.glob("*.txt")))
    paragraphs = [line for line in text.split("\n") if len(line) > 300 and not line[0].isdigit()]
    found = [sentence for line in paragraphs for sentence in re.split(r"(?<=[a-z]{3}[.])(?:[0-9])? (?=[A-Z])", line)]
    return [
        sentence for sentence in found if 40 < len(sentence) < 220 and not re.search(r"[0-9*\"\u201c\u201d]", sentence)
    ]


def worn(label: str, dice: random.Random) -> tuple[str, bool]:
    """A mark as it is read behind a full stop, which belongs to it, and whether it is damaged; "." where nothing is left."""
    draw = dice.random()
    for share, kind in ((GONE, "gone"), (SWALLOWED, "swallowed"), (CUT, "cut"), (SIGN, "sign"), (PARTED, "parted")):
        if draw < share:
            return _damaged(label, kind, dice)
        draw -= share
    return (". " if draw < BLANK else ".") + label, False


def _damaged(label: str, kind: str, dice: random.Random) -> tuple[str, bool]:
    if kind == "gone":
        return ".", True
    if kind == "swallowed" and label in WHOLE:
        return dice.choice(WHOLE[label]), True
    if kind == "cut" and len(label) > 1:
        gone = dice.randrange(len(label))
        return "." + label[:gone] + label[gone + 1 :], True
    if kind == "parted" and len(label) > 1:
        return "." + dice.choice(("", " ")) + " ".join(label), True
    if label in WHOLE and dice.random() < EACH:
        return ". " + dice.choice(WHOLE[label]), True
    at = dice.randrange(len(label))
    read = label[:at] + dice.choice(READ[label[at]]) + label[at + 1 :]
    return "." + dice.choice(("", "", " ")) + read, read != label


class Book:
    """Sets a book, chapter by chapter, and knows where its marks are."""

    def __init__(self, layout: str, seed: int) -> None:
        self._dice = random.Random(f"{layout}{seed}")
        self._layout = layout
        self._prose = prose()
        self._hidden: list[tuple[str, str, bool]] = []  # what is printed, what is read, whether it is damaged
        self._pages: list[str] = []

    def made(self) -> Made:
        for chapter in range(CHAPTERS):
            self._chapter(chapter)
        text = "\f".join(f"{n + 11}\n\n{page}\n" for n, page in enumerate(self._pages))
        raw: list[str] = []
        marks: list[Printed] = []
        at = 0
        for part in re.split(f"([{chr(HIDDEN)}-{chr(HIDDEN + len(self._hidden))}])", text):
            read = part
            if len(part) == 1 and ord(part) >= HIDDEN:
                label, read, damaged = self._hidden[ord(part) - HIDDEN]
                if read != ".":
                    marks.append(Printed(label, at, at + len(read), damaged))
            raw.append(read)
            at += len(read)
        return Made("".join(raw), marks)

    def _chapter(self, chapter: int) -> None:
        number = 0
        lines = [f"CHAPTER {'I' * (chapter + 1)}", ""]
        notes: list[str] = []
        on_page: list[str] = []
        for paragraph in self._paragraphs():
            words = paragraph.split(" ")
            line = ""
            for k, word in enumerate(words):
                if line and len(line) + 1 + len(word) > WIDTH:
                    lines.append(line)
                    line = ""
                    if len(lines) + 2 * len(on_page) >= PAGE:
                        self._page(lines, on_page)
                        lines, on_page = [], []
                        number = 0 if self._layout in ("restarted", "signs") else number
                marked = self._layout != "none" and word.endswith(".\u241f")
                word = word.rstrip("\u241f")  # noqa: PLW2901
                if marked and not (self._layout == "signs" and number >= len(SIGNS)):
                    number += 1
                    label = SIGNS[number - 1] if self._layout == "signs" else str(number)
                    self._hidden.append((label, *worn(label, self._dice)))
                    line = f"{line} {word[:-1]}{chr(HIDDEN + len(self._hidden) - 1)}".lstrip()
                    note = self._note(label, " ".join(words[max(k - 6, 0) : k]))
                    (notes if self._layout == "end" else on_page).append(note)
                else:
                    line = f"{line} {word}".lstrip()
            lines += [line, ""]
        self._page(lines, on_page)
        if notes:
            self._page(["NOTES", "", *(line for note in notes for line in note.split("\n"))], [])

    def _paragraphs(self) -> Iterator[str]:
        dice = self._dice
        sentences = []
        for sentence in dice.sample(self._prose, LONG):
            sentences.append(sentence + ("\u241f" if dice.random() < EACH else ""))
            if dice.random() < DECOYS:
                year, few, many = (
                    str(dice.randrange(1820, 1899)),
                    str(dice.randrange(2, 29)),
                    str(dice.randrange(30, 99)),
                )
                sentences.append(dice.choice(SENTENCES).format(year=year, few=few, many=many))
            if len(sentences) >= dice.randrange(4, 9):
                yield " ".join(sentences)
                sentences = []
        yield " ".join(sentences)

    def _note(self, label: str, about: str) -> str:
        """A note, half of which say what they are about."""
        dice = self._dice
        said = re.sub(r"[^\w ]", "", about) if dice.random() < 0.5 else dice.choice(self._prose)[:60].rsplit(" ", 1)[0]
        blank = "" if self._layout == "signs" else ". "
        return f"{label}{blank}See on {said}, p. {dice.randrange(2, 300)}."

    def _page(self, lines: Sequence[str], notes: Sequence[str]) -> None:
        foot = "\n\n" + "\n".join(notes) if notes and self._layout in ("foot", "restarted", "signs") else ""
        self._pages.append("\n".join(lines).strip("\n") + foot)


class Score(NamedTuple):
    """How many marks were printed and left a trace, and of those damaged; how many of both were read rightly; all that were read."""

    printed: int
    damaged: int
    right: int
    right_damaged: int
    read: int

    @property
    def recall(self) -> float:
        return self.right / (self.printed or 1)

    @property
    def precision(self) -> float:
        return self.right / (self.read or 1)


def score(made: Made, *, show: bool = False) -> Score:
    """What the cleaner reads of a book: a mark is read rightly if its place and its number are, and the log is sure of it."""
    records = clean(made.raw, language="en").records.marks
    found = [record for record in records if record.get("mark") == "note" and "number" in record]
    sure = [record for record in found if record["confidence"] >= THRESHOLD]
    right = right_damaged = 0
    for mark in made.marks:
        hits = [record for record in sure if record["raw"][0] < mark.end and mark.start < record["raw"][1]]
        good = len(hits) == 1 and hits[0]["number"] == mark.label
        right += good
        right_damaged += good and mark.damaged
        if show and not good:
            print(
                "   ",
                mark.label,
                repr(made.raw[mark.start - 20 : mark.end + 12]),
                [(hit["number"], hit["read"]) for hit in hits],
            )
    for record in sure if show else []:
        if not any(record["raw"][0] < mark.end and mark.start < record["raw"][1] for mark in made.marks):
            print("    false", record["number"], repr(made.raw[record["raw"][0] - 20 : record["raw"][1] + 12]))
    return Score(len(made.marks), sum(mark.damaged for mark in made.marks), right, right_damaged, len(sure))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="what was missed, and what is false")
    options = parser.parse_args()
    total = Score(0, 0, 0, 0, 0)
    print(f"{'layout':10} {'marks':>6} {'recall':>7} {'damaged':>8} {'recall':>7} {'precision':>10}")
    for layout in LAYOUTS:
        one = score(Book(layout, options.seed).made(), show=options.show)
        total = Score(*map(sum, zip(total, one, strict=True)))
        _print(layout, one)
    _print("all", total)


def _print(name: str, one: Score) -> None:
    damaged = one.right_damaged / (one.damaged or 1)
    print(f"{name:10} {one.printed:6} {one.recall:7.3f} {one.damaged:8} {damaged:7.3f} {one.precision:10.3f}")


if __name__ == "__main__":
    main()
