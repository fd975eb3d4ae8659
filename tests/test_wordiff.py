"""Word differences: steps compose, words align, lines fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, wordiff
from cleaner.settings import Settings
from cleaner.wordiff import Change

SHORT = st.text("ab \n", max_size=14)


@st.composite
def steps(draw, count=3):
    """A text and changes of it, changes of what comes out, and so on."""
    text = draw(SHORT)
    found, start = [], text
    for _ in range(count):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        step = [Change(a, b, draw(st.text("xy ", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        found.append((text, step))
        text = wordiff.replaced(text, step)
    return start, found, text


@given(steps())
def test_steps_compose(example):
    start, found, end = example
    whole: list[Change] = []
    for text, step in found:
        whole = wordiff.compose(whole, text, step)
    assert wordiff.replaced(start, whole) == end
    assert all(a.end <= b.start for a, b in pairwise(whole))


@given(SHORT, SHORT)
def test_aligned_texts_have_the_words_of_the_second(old, new):
    assert wordiff.replaced(old, wordiff.between(old, new)).split() == new.split()


def marked(old, changes):
    return [" ".join("".join((*wordiff.MARKS[kind],)).replace("--", "-" + text + "-").replace("++", "+" + text + "+")
                     if kind != "same" else text for text, kind in hunk.pieces)
            for hunk in wordiff.hunks(old, changes)]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("one two three", "one too three", ["one [-two-] {+too+} three"]),
        ("one  two\nthree", "one two three", []),
        ("", "", []),
        ("", "new words", ["{+new words+}"]),
        ("gone", "", ["[-gone-]"]),
        ("a b c d e f g h i j k l x", "A b c d e f g h i j k l X", ["[-a-] {+A+} b c d e", "i j k l [-x-] {+X+}"]),
        ("a b c d X", "A b c d Y", ["[-a-] {+A+} b c d [-X-] {+Y+}"]),
    ],
)
def test_words_that_differ(old, new, shown):
    assert marked(old, wordiff.between(old, new)) == shown


def test_the_log_tells_what_became_of_the_raw_text():
    raw = "The mill\nof revolu-\ntion and \x92the ri-\nver.\n"
    result = Cleaner(Settings(language="en", layout="lines")).clean(raw)
    changes = wordiff.from_log(raw, result.records)
    assert wordiff.replaced(raw, changes) == result.text
    hunks = list(wordiff.hunks(raw, changes))
    assert hunks[0].line == 2
    assert ("revolu-\u23ce tion", "removed") in hunks[0].pieces
    assert ("revolution", "added") in hunks[0].pieces


@given(st.integers(20, 200), st.text("ab ", min_size=1, max_size=400))
def test_lines_fit(width, text):
    for hunk in wordiff.hunks(text, [Change(0, len(text), "x")]):
        for line in wordiff.lines(hunk, width):
            assert len("".join(piece for piece, _ in line)) <= max(width, 28)


def test_a_long_stretch_is_shown_by_its_ends():
    (hunk,) = wordiff.hunks("w " * 500, [Change(0, 1000, "")])
    assert "... 476 words ..." in hunk.pieces[0][0]
    assert len(hunk.pieces[0][0]) < 100


WORDS = st.lists(st.sampled_from("a b c d e f g h".split()), max_size=12)


@given(WORDS, WORDS, st.sampled_from([0, 6, 400]))
def test_aligned_runs_are_all_that_differs(old, new, table):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wordiff, "TABLE", table)
        runs = wordiff.align(old, new)
    made, at = [], 0
    for a1, a2, b1, b2 in runs:
        made += [*old[at:a1], *new[b1:b2]]
        at = a2
    assert made + old[at:] == new
    assert all(a[1] < b[0] and a[3] < b[2] for a, b in pairwise(runs))


def test_long_texts_are_parted_at_words_that_come_once(monkeypatch):
    monkeypatch.setattr(wordiff, "TABLE", 9)
    old = "the men of Wese and the men of Marle and the boys".split()
    new = "the men of Wese or the girls and the men and the boys".split()
    assert wordiff.align(old, new) == [(4, 4, 4, 7), (7, 9, 10, 10)]
    assert wordiff.align(old, [*old[6:], *old[:6]]) == [(0, 6, 0, 0), (12, 12, 6, 12)]


def test_every_word_of_a_book_may_have_changed():
    """As where every long s is written as a short one; a table of all its words would take a gigabyte."""
    old = [word for k in range(40_000) for word in (f"name{k}", "the", "same")]
    new = [word.replace("same", "fame") for word in old]
    runs = wordiff.align(old, new)
    assert runs == [(k, k + 1, k, k + 1) for k in range(2, 120_000, 3)]
