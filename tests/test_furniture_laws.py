"""Laws of the furniture stage, over made-up books and over what is no book: what may go, where, and how long it takes."""

from __future__ import annotations

import random
import time
from bisect import bisect_left
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.edits import apply, by_place
from cleaner.stages.furniture.pages import DEEP
from cleaner.stages.furniture.pagination import roman
from cleaner.text import Lines
from tests.made_books import Book, applied, bind, bodies, gone, prose, run, sentence, set_in, wrap

FURNITURE = {f"furniture.{what}" for what in ("head", "folio", "catchword", "signature", "speck")}
TITLES = ["A LIFE AFLOAT", "The Ferry", "OF NETS AND SALT.", "Introduction", "The History of the Guild", "ICE"]
seeds = st.integers(0, 100_000)


# ---- what is no book -----------------------------------------------------------------------------------------------------


@st.composite
def plain_texts(draw) -> str:
    """Paragraphs that end with their sentence: with numbers in them that are years and sums, or with any set off between."""
    dice = random.Random(draw(seeds))
    measure, blank = draw(st.integers(36, 90)), draw(st.sampled_from(["\n", "\n\n"]))
    inside = draw(st.sampled_from([0.0, 0.05, 0.3]))
    between = draw(st.sampled_from([0.0, 0.1, 0.5]))
    highest = draw(st.sampled_from([400, 2000] if inside else [9, 40, 400, 2000]))
    pieces = []
    for _ in range(draw(st.integers(1, 60))):
        words = " ".join(sentence(dice) for _ in range(dice.randint(1, 9))).split()
        words = [f"{word} {dice.randint(1, highest)}" if dice.random() < inside else word for word in words]
        pieces.append("\n".join(wrap(" ".join(words), measure, "" if len(blank) > 1 else "    ")))
        if dice.random() < between:
            number = str(dice.randint(1, highest))
            pieces.append(number if len(blank) > 1 else f"\n{number}\n")
    return blank.join(pieces) + "\n"


@settings(max_examples=60)
@given(plain_texts())
def test_prose_without_pages_is_left_alone(text: str) -> None:
    assert not list(applied(text))


def test_first_lines_that_end_in_small_numbers() -> None:
    """Two sections with their numbers, and between them two lines of prose that end in the numbers between."""
    rest = [
        "and nobody had bought one, though the pilot had been asked to go",
        "as had the dean, who knew what the ice does to a hull in a winter.",
        "He kept his own in the yard of the mill, under straw, and he said",
    ]
    tops = [
        "2",
        "The dean had been asked about it on the morning of the 3",
        "His widow sold the nets and the salt that winter for 4",
        "5",
    ]
    pieces = []
    for at, top in enumerate(tops):
        other = [
            "\n".join(["Nobody in the islands had sold a boat in the winter of the year,", *rest, f"{at}{n} so."])
            for n in "abcd"
        ]
        pieces += [top if len(top) == 1 else "\n".join([top, *rest, f"{at} so."]), *other]
    assert not list(applied("\n\n".join(pieces) + "\n"))


@settings(max_examples=60)
@given(seeds, st.integers(40, 400), st.integers(30, 90), st.booleans())
def test_prose_on_lines_is_left_alone(seed: int, lines: int, measure: int, cut: bool) -> None:
    """Also with words cut at the line ends, without a blank line."""
    text = "\n".join(prose(lines, seed, measure=measure))
    assert not list(applied(text if cut else text.replace("-\n", "\n")))


# ---- books -----------------------------------------------------------------------------------------------------------------


@st.composite
def books(draw, *, numbered: bool = True) -> tuple[list[list[str]], list[str], list[str], int]:
    """(text, tops, feet, gap): heads of one or two titles with or without folios, or folios alone; catchwords."""
    pages = draw(st.integers(8, 20))
    text = bodies(pages, draw(seeds), draw(st.integers(18, 44)), indent=draw(st.sampled_from(["", "  ", "    "])))
    first = draw(st.integers(1, 600))
    count = roman if draw(st.booleans()) and first < 60 else str
    left, right = draw(st.permutations(TITLES))[:2]
    shape = draw(st.sampled_from(["heads", "folios", "bare heads"] if not numbered else ["heads", "folios"]))
    at_foot = shape == "bare heads" or (shape == "folios" and draw(st.booleans()))
    folios = [count(n) for n in range(first, first + pages)]
    if shape == "heads":
        tops = [f"{folio} {left}" if n % 2 == 0 else f"{right} {folio}" for n, folio in enumerate(folios, first)]
    elif shape == "bare heads":
        tops = ["", *[left if n % 2 == 0 else right for n in range(1, pages)]]
    else:
        tops = [""] * pages if at_foot else folios
    feet = folios if at_foot else [""] * pages
    if not at_foot and draw(st.booleans()):
        feet = [body[0].split()[0] for body in text[1:]] + [""]
    return text, tops, feet, draw(st.integers(0, 2))


def lost(book: Book) -> tuple[Counter[str], Counter[str]]:
    """(furniture that stays, text that goes)."""
    wanted, went = Counter(book.furniture), Counter(gone(book.raw))
    return wanted - went, went - wanted


@settings(max_examples=80)
@given(books())
def test_numbered_books_with_form_feeds_lose_exactly_their_furniture(book) -> None:
    text, tops, feet, gap = book
    made = bind(text, tops, feet, gap=gap)
    assert gone(made.raw) == made.furniture


@settings(max_examples=60)
@given(books(numbered=False))
def test_books_with_form_feeds_lose_their_furniture(book) -> None:
    """A head without a folio may stay where it is first seen, as the title that the others repeat."""
    text, tops, feet, gap = book
    made = bind(text, tops, feet, gap=gap)
    stays, goes = lost(made)
    assert not goes
    assert all(count == 1 and line in TITLES for line, count in stays.items())


@settings(max_examples=80)
@given(books())
def test_numbered_books_without_form_feeds_lose_nothing_else(book) -> None:
    text, tops, feet, gap = book
    made = bind(text, tops, feet, gap=gap, feeds=False)
    stays, goes = lost(made)
    assert not goes
    assert stays.total() <= 0.1 * len(made.furniture)


# ---- anything --------------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "81", "82", "[ 83 ]", "xiv", "84 A LIFE AFLOAT", "A LIFE AFLOAT 85", "A LIFE AFLOAT", "THE FERRY", "CHAPTER IV", "-", ".",
    "B 2", "every", "* * *", "", "", "\f", "\f", "1848", "    Lund, May 4.",
])  # fmt: skip


@st.composite
def scraps(draw) -> str:
    """Runs of prose with lines of furniture thrown between, in any order."""
    lines = list(prose(600, draw(st.integers(0, 20))))
    pieces: list[str] = []
    for size, between in draw(
        st.lists(st.tuples(st.integers(1, 40), st.lists(PIECES, min_size=1, max_size=4)), max_size=15)
    ):
        pieces += [*between, *lines[:size]]
        del lines[:size]
    return "\n".join(pieces)


@settings(max_examples=120)
@given(scraps() | books().map(lambda book: bind(*book[:3], feeds=False).raw))
def test_furniture_is_whole_lines_at_the_edges_of_pages(text: str) -> None:
    """No line of furniture that goes stands deeper in a page than its third line, from the top or from the foot.

    Dust in the middle of a sentence is no furniture of a page, and has no letter or digit.
    """
    lines = Lines(text, pages=True)
    strings = [line.strip() for line in lines.strings()]
    filled = [row for row, line in enumerate(strings) if line]
    proposals = run(text)
    begins = sorted(mark.start for mark in proposals.marks if mark.kind == "page")
    deep = DEEP + 1  # and dirt beside it
    for edit in proposals.edits:
        if edit.rule not in FURNITURE or edit.confidence < 0.9:
            continue
        first, last = bisect_left(lines.starts, edit.start), bisect_left(lines.starts, edit.end)
        assert edit.start in (*lines.starts, *lines.ends)
        assert edit.end in (*lines.starts, *lines.ends, len(text))
        rows = [row for row in filled if first <= row < last]
        assert len(rows) == 1
        if not any(char.isalnum() for char in strings[rows[0]]):
            continue
        place = bisect_left(filled, rows[0])
        kept = [lines.starts[row] for row in filled[max(0, place - deep) : place + deep + 1]]
        edges = [0, *begins, len(text)]
        assert any(kept[0] <= edge <= kept[-1] for edge in edges) or place < deep or place >= len(filled) - deep


@settings(max_examples=60)
@given(scraps())
def test_no_form_feed_is_left(text: str) -> None:
    out = apply(text, sorted(applied(text), key=by_place))
    assert "\f" not in out or not text.strip()


# ---- time ------------------------------------------------------------------------------------------------------------------


LINEAR = 8  # four times the pages: four times as long where time is linear, sixteen times where it is quadratic


def seconds(raw: str) -> float:
    start = time.process_time()
    run(raw)
    return time.process_time() - start


def growth(make) -> float:
    """How much longer four thousand pages take than a thousand: the shortest of three runs of each, in turn."""
    large, small = make(4000).raw, make(1000).raw
    times = [(seconds(large), seconds(small)) for _ in range(3)]
    return min(long for long, _ in times) / min(short for _, short in times)


@pytest.mark.slow
@pytest.mark.parametrize("feeds", [True, False], ids=["feeds", "no feeds"])
@pytest.mark.parametrize("style", ["heads with folios", "folios at the foot"])
def test_time_grows_with_the_pages(style: str, feeds: bool) -> None:
    text = bodies(4000, 60, 16)
    assert growth(lambda pages: set_in(style, text[:pages], first=1, feeds=feeds)) < LINEAR


@pytest.mark.slow
def test_time_grows_with_the_pages_of_one_head() -> None:
    text = bodies(4000, 60, 10)
    assert growth(lambda pages: bind(text[:pages], ["A LIFE AFLOAT"] * pages)) < LINEAR
