"""How much page furniture goes, and how much text with it, in books made of clean texts: the truth is exact.

    python benchmarks/books.py FILE... [--pages N] [--damage SHARE] [--show]

Each text (a form feed in a file begins another) is set as a book of N pages, its measure, page length, indents, heads,
folios and catchwords drawn from a seed, and the furniture damaged as OCR damages it; pages are parted by form feeds, by a
blank line, by nothing. FILE should be prose that is free of furniture. Printed: lines of furniture that went, lines of text that went with them (1.00
are one in a thousand), and pages a second.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cleaner import pipeline, rulebook
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document
from cleaner.settings import Settings
from cleaner.stages import STAGES

FURNITURE = next(stage for stage in STAGES if stage.name == "furniture")
STYLES = ("title", "chapter", "folio", "brackets", "folio at the foot", "title, folio at the foot")
TEXT, HEAD, CATCHWORD = "text", "furniture", "catchwords"
DIRT = "ilcbhnmo.,-~'1405"
MISSING, MISREAD = 0.1, 0.15  # of the catchwords
CUT = 0.25  # of the lines that could end in a hyphen
LEAST_PAGES = 8
FEEDS = {"\f": "form feeds", "\n": "a blank line", "": "nothing"}

Line = tuple[str, str]  # what stands there, and what it is


def damaged(line: str, share: float, dice: random.Random) -> str:
    """Letters misread and lost."""
    seen = (dice.choice(DIRT) if dice.random() < share else c for c in line)
    return "".join(c for c in seen if dice.random() >= share / 3)


def lines_of(paragraphs: list[str], dice: random.Random, size: int) -> list[tuple[str, bool]]:
    """(line, whether it is a title) of a text as it is set, with words cut at line ends."""
    width, indent, blank = dice.choice([45, 55, 62, 70]), dice.choice(["", "  ", "    "]), dice.random() < 0.5
    cuts = dice.random() < 0.6
    lines: list[tuple[str, bool]] = []
    for paragraph in paragraphs:
        if len(paragraph) < 40 and paragraph.isupper():
            lines += [("", False), (paragraph, True), ("", False)]
            continue
        wrapped = textwrap.wrap(paragraph, width - len(indent), initial_indent=indent)
        for k in range(len(wrapped) - 1):
            head, _, last = wrapped[k].rpartition(" ")
            if cuts and head.strip() and len(last) > 6 and last.isalpha() and dice.random() < CUT:
                half = len(last) // 2
                wrapped[k], wrapped[k + 1] = f"{head} {last[:half]}-", f"{last[half:]} {wrapped[k + 1]}"
        lines += [(line, False) for line in wrapped] + [("", False)] * blank
        if len(lines) > size:
            break
    return lines


def book(text: str, number: int, pages: int, damage: float) -> tuple[str, list[list[Line]]]:
    """(style, pages of lines) of a text."""
    dice = random.Random(number)
    paragraphs = [line for line in text.split("\n") if line.strip()]
    if len(paragraphs) < LEAST_PAGES:
        return "", []
    title = " ".join(paragraphs[0].replace("_", " ").split())[:40].upper()
    per, style, gap = dice.choice([24, 30, 38, 44]), STYLES[number % len(STYLES)], dice.choice([0, 1, 1, 2])
    share, catch, folio = dice.choice([0, damage / 2, damage]), dice.random() < 0.25, dice.randrange(1, 300)
    lines = lines_of(paragraphs[dice.randrange(1, 1 + len(paragraphs) // 2) :], dice, per * (pages + 1))
    chapter, made = title, []
    for at in range(0, len(lines) - per, per):
        here = lines[at : at + per]
        chapter = next((line for line, is_title in reversed(here) if is_title), chapter)
        opens = any(is_title for _, is_title in here[:2])
        number_, left = str(folio + len(made)), (folio + len(made)) % 2 == 0
        name = title if left or style != "chapter" else chapter.title()
        heads = {"folio": number_, "brackets": f"[ {number_} ]", "title, folio at the foot": title}
        head = heads.get(style, "" if "foot" in style else f"{number_} {name}" if left else f"{name} {number_}")
        head = "" if opens and style not in ("folio", "brackets") else head
        body = "\n".join(line for line, _ in here).strip("\n").split("\n")
        page: list[Line] = [(damaged(head, share, dice), HEAD)] + [("", TEXT)] * gap if head else []
        page += [(line, TEXT) for line in body]
        follows = next((lines[k][0].split()[0] for k in range(at + per, len(lines)) if lines[k][0].strip()), "")
        if catch and follows and dice.random() >= MISSING:
            page.append((damaged(follows, 0.5, dice) if dice.random() < MISREAD else follows, CATCHWORD))
        if "foot" in style:
            page += [("", TEXT)] * gap + [(damaged(number_, share, dice), HEAD)]
        made.append(page)
    return style, made[:pages]


def gone(text: str, knowledge: Knowledge, rules: rulebook.Rulebook) -> bytearray:
    """A flag for each character that furniture takes; moves take none."""
    batch, _ = pipeline.step(Document(text), FURNITURE, knowledge, Settings(), rules)
    flags = bytearray(len(text) + 1)
    for edit in batch.applied:
        if edit.rule != "furniture.note":
            flags[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
    return flags


def outcomes(pages: list[list[Line]], feed: str, flags: bytearray) -> Iterator[tuple[str, bool, str]]:
    """(kind, whether it went, line) of each line with a letter or digit."""
    at = 0
    for page in pages:
        for line, kind in page:
            letters = [at + match.start() for match in re.finditer(r"[^\W_]", line)]
            if letters:
                yield kind, 2 * sum(flags[place] for place in letters) > len(letters), line
            at += len(line) + 1
        at += len(feed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--damage", type=float, default=0.05)
    parser.add_argument("--show", action="store_true", help="print each line of text that went")
    options = parser.parse_args()
    rules = rulebook.load(rulebook.shipped())
    knowledge = Knowledge(lambda code: General(code, {}), rules=rules)
    texts = (text for path in options.files for text in path.read_text(encoding="utf-8").split("\f"))
    made = [book(text, number, options.pages, options.damage) for number, text in enumerate(texts)]
    made = [(style, pages) for style, pages in made if len(pages) >= LEAST_PAGES]
    for feed, name in FEEDS.items():
        counts: defaultdict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
        seconds = 0.0
        for style, pages in made:
            text = feed.join("".join(f"{line}\n" for line, _ in page) for page in pages)
            start = time.perf_counter()
            flags = gone(text, knowledge, rules)
            seconds += time.perf_counter() - start
            for kind, went, line in outcomes(pages, feed, flags):
                counts[style][kind, went] += 1
                counts["all"][kind, went] += 1
                if options.show and went and kind == TEXT:
                    print(f"    {style}: {line}")
        total = sum(len(pages) for _, pages in made)
        print(f"{len(made)} books, {name} between pages, {total / seconds:,.0f} pages a second")
        for style, count in sorted(counts.items()):
            shares = [f"{kind} {_share(count, kind):.1%}" for kind in (HEAD, CATCHWORD) if count[kind, True]]
            lost = 1000 * _share(count, TEXT)
            print(f"  {style:26} gone: {', '.join(shares)}; text lost in 1,000 lines: {lost:.2f}")


def _share(count: Counter[tuple[str, bool]], kind: str) -> float:
    return count[kind, True] / max(1, count[kind, True] + count[kind, False])


if __name__ == "__main__":
    main()
