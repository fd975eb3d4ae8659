"""Paragraphs: which line ends are the printer's, and that nothing but white space is touched."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import edits as algebra
from cleaner import policy
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Edit, Mark
from cleaner.rulebook import Rule
from cleaner.stages import paragraphs, regions

KNOWLEDGE = Knowledge(general=lambda code: General(code, {}))
LINES = Knowledge(general=KNOWLEDGE.general, layout="lines")
THRESHOLD = policy.THRESHOLDS["paragraphs"]
DASH = "\N{EM DASH}"

FLOOD = (
    "The river had risen in the night and the lower meadows were already under water when the men came down from the "
    "village with their carts. Nobody had expected it so early in the year. They stood about for a while, counting the "
    "sheep that were left on the far bank, and then Martin Holm, who was the eldest of them, went back for the boat."
)
BOAT = (
    "It lay where it had always lain, keel upwards under the alders, and it took four of them to turn it over and two "
    "more to carry it, because the path was steep there and the ground had gone soft. By the time it was afloat there "
    "was nothing left to be seen of the sheep but a patch of grey in the rain."
)
PARISH = (
    "What the parish said of it afterwards is another matter. In the winter a collection was made in the church, and "
    "the money was given to those who had lost most, though some of them did not want it and one of them sent it back."
)
STORY = [FLOOD, BOAT, PARISH, FLOOD.replace("Holm", "Berg"), BOAT.replace("four", "three")]


def wrap(text: str, width: int = 60) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def proposed(text: str, marks: tuple[Mark, ...] = (), knowledge: Knowledge = KNOWLEDGE) -> list[Edit]:
    known = (*marks, *regions.propose(Document(text), knowledge).marks)
    return list(paragraphs.propose(Document(text, known), knowledge).edits)


def clean(text: str, marks: tuple[Mark, ...] = (), knowledge: Knowledge = KNOWLEDGE) -> str:
    return algebra.apply(text, [e for e in proposed(text, marks, knowledge) if e.confidence >= THRESHOLD])


def blocks(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


# --- whole texts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [32, 45, 60, 72])
@pytest.mark.parametrize("tail", ["", " "])
def test_wrapped_paragraphs_come_back(width: int, tail: str) -> None:
    text = "\n\n".join("\n".join(line + tail for line in wrap(p, width)) for p in STORY) + "\n"
    assert clean(text) == "\n\n".join(STORY) + "\n"


def test_an_indent_counts_for_a_program_that_fills_lines() -> None:
    story = [f"    \N{BULLET} {p}" for p in STORY]
    assert blocks(clean("\n\n".join("\n".join(wrap(p)) for p in story) + "\n")) == story


@pytest.mark.parametrize("width", [45, 60])
def test_an_indent_parts_paragraphs_without_blank_lines(width: int) -> None:
    text = "\n".join("\n".join(wrap("   " + p, width)) for p in STORY) + "\n"
    assert clean(text) == "\n\n".join(STORY) + "\n"


def test_a_short_last_line_parts_paragraphs_without_blank_lines() -> None:
    text = "\n".join("\n".join(wrap(p)) for p in STORY) + "\n"
    assert clean(text) == "\n\n".join(STORY) + "\n"


def test_doubled_spacing_is_no_evidence() -> None:
    text = "\n\n\n".join("\n\n".join(wrap(p)) for p in STORY) + "\n"
    assert clean(text) == "\n\n".join(STORY) + "\n"


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_lines_that_are_paragraphs_stay(between: str) -> None:
    text = between.join(["Chapter 1", *STORY, "1. See above.", "2. See below."]) + "\n"
    assert proposed(text) == []


def test_lines_end_as_they_like() -> None:
    text = "\r\n\r\n".join("\r\n".join(wrap(p)) for p in STORY) + "\r\n"
    assert blocks(clean(text).replace("\r\n", "\n")) == STORY


def test_where_a_program_filled_the_lines_room_for_one_word_ends_a_paragraph() -> None:
    first = "He sent the boat back to them in the night, with the oars."
    lines = wrap("\n".join(STORY), 60)
    assert 60 - len(first) < 5
    assert f"{first}\n\nIt was" not in clean("\n".join([*lines, first, "It was late."]) + "\n")
    assert f"{first[:-6]}.\n\nIt was" in clean("\n".join([*lines, "", first[:-6] + ".", "It was late."]) + "\n")


# --- single line ends, in the middle of a text set 60 wide ------------------------------------------------------------

HEAD, TAIL = "\n".join(wrap(FLOOD)), "\n".join(wrap(PARISH))


def placed(middle: str) -> str:
    """The text that came out of a place between two wrapped paragraphs."""
    out = clean(f"{HEAD}\n\n{middle}\n\n{TAIL}\n")
    assert out.startswith(FLOOD)
    assert out.endswith(f"{PARISH}\n")
    return out[len(FLOOD) : -len(PARISH) - 1].strip("\n")


FULL = "a line of words that is about as wide as all the others are"


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        # a printer's line end
        (f"{FULL}\nand goes on.", f"{FULL} and goes on."),
        (f"{FULL} \nand goes on.", f"{FULL} and goes on."),
        (f"{FULL}\t\nand goes on.", f"{FULL} and goes on."),
        (f"{FULL}\n and goes on.", f"{FULL} and goes on."),
        (f"{FULL}\nMartin Holm went on.", f"{FULL} Martin Holm went on."),
        (f"{FULL}\n1871 was wet.", f"{FULL} 1871 was wet."),
        (f"{FULL} Mr.\nHolm went on.", f"{FULL} Mr. Holm went on."),
        (f"{FULL[:-4]}{DASH}\nand goes on.", f"{FULL[:-4]}{DASH}and goes on."),
        (f"{FULL[:-4]}{DASH} \nand goes on.", f"{FULL[:-4]}{DASH}and goes on."),
        (f"{FULL[:-4]} {DASH}\nand goes on.", f"{FULL[:-4]} {DASH} and goes on."),
        (f"{FULL[:-4]}--\nand goes on.", f"{FULL[:-4]}--and goes on."),
        (f"{FULL} well-\nand goes on.", f"{FULL} well- and goes on."),
        # a blank line in mid-sentence, and its near misses
        (f"{FULL}\n{FULL}\n\nand goes on.", f"{FULL} {FULL} and goes on."),
        (f"{FULL}\n{FULL}.\n\nand goes on.", f"{FULL} {FULL}.\n\nand goes on."),
        (f"{FULL}\n{FULL}\n\nAnd goes on.", f"{FULL} {FULL}\n\nAnd goes on."),
        (f"{FULL}\nhe wrote that\n\nand goes on.", f"{FULL} he wrote that\n\nand goes on."),
        (f"{FULL}.\nThe Mill\n\nand goes on.", f"{FULL}.\nThe Mill\n\nand goes on."),
        # short lines that are their own
        ("Martin Holm\nThe Mill\nLower Meadows", "Martin Holm\nThe Mill\nLower Meadows"),
        (f"{FULL}.\nYours truly,\nMartin Holm", f"{FULL}.\nYours truly,\nMartin Holm"),
        (f"{FULL}.\nMartin Holm\nwent on.", f"{FULL}. Martin Holm went on."),
        ("CHAPTER II\nTHE BOAT", "CHAPTER II\nTHE BOAT"),
        (f"{FULL}\n* See the letters of 1871.", f"{FULL}\n* See the letters of 1871."),
        (f"{FULL}.\n3 See the letters of 1871.", f"{FULL}.\n3 See the letters of 1871."),
        (f"{FULL}.\n* * *\nAnd so on.", f"{FULL}.\n* * *\nAnd so on."),
        # a paragraph ends without a blank line
        (f"{FULL}\nand ends here.\nAnother one begins and is as wide as all the rest of\nthem are.",
         f"{FULL} and ends here.\n\nAnother one begins and is as wide as all the rest of them are."),
        ('"Is it you?" said Martin.\n"It is."', '"Is it you?" said Martin.\n\n"It is."'),
    ],
)  # fmt: skip
def test_a_line_end(raw: str, want: str) -> None:
    assert placed(raw) == want


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("One.\n\n\n\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("\n \n\nOne.\n", "One.\n"),
        ("One. \n \t\nTwo.\N{NO-BREAK SPACE}\n", "One.\n\nTwo.\n"),
        ("One.\n\n   Two.\n", "One.\n\nTwo.\n"),
        ("  One.\n", "One.\n"),
        ("One.\n\n\n", "One.\n\n\n"),  # the end is not this stage's
        ("", ""),
        (" \n\n", " \n\n"),
    ],
)
def test_blank_lines_and_blanks(raw: str, want: str) -> None:
    assert clean(raw) == want


@pytest.mark.parametrize("kind", ["table", "index", "contents", "garbage"])
def test_a_region_keeps_its_lines_and_its_indents(kind: str) -> None:
    block = "\n".join("  " + line for line in wrap(BOAT))
    text = f"{HEAD}\n\n\n{block} \n\n{TAIL}\n"
    start = text.index(block)
    want = f"{FLOOD}\n\n{block}\n\n{PARISH}\n"
    assert clean(text, (Mark(start, start + len(block), kind),)) == want


def test_a_verse_keeps_its_lines_but_for_what_the_page_was_too_narrow_for() -> None:
    lines = ["The river rose in the silent night and took the lower", "meadow,", "And none of us heard it go;"]
    lines += ["The sheep stood white on the farther bank", "Like a remnant of the snow;"]
    block = "\n".join(lines)
    text = f"{HEAD}\n\n{block}\n\n{TAIL}\n"
    start = text.index(block)
    want = "\n".join([" ".join(lines[:2]), *lines[2:]])
    assert clean(text, (Mark(start, start + len(block), "verse"),)) == f"{FLOOD}\n\n{want}\n\n{PARISH}\n"


def test_an_item_of_a_list_is_joined_and_the_items_stay_apart() -> None:
    items = ["1. " + BOAT, "2. " + PARISH, "3. The end."]
    text = f"{HEAD}\n\n" + "\n".join("\n".join(wrap(item)) for item in items) + "\n"
    assert clean(text) == "\n".join([FLOOD + "\n", *items]) + "\n"


def test_lines_layout_joins_nothing() -> None:
    text = f"  {HEAD} \n\n\n{TAIL} \n"
    assert clean(text, knowledge=LINES) == f"  {HEAD}\n\n{TAIL}\n"


# --- page breaks -----------------------------------------------------------------------------------------------------


def turned(above: str, below: str, between: str = "\n") -> str:
    """What became of a page break: the text of the block that ``above`` ends up in."""
    first = f"{HEAD}\n{above}{between}"
    text = f"{first}{below}\n\n{TAIL}\n"
    out = clean(text, (Mark(len(first), len(first), "page", {"folio": "83"}),))
    assert out.startswith(FLOOD[:-1])
    return out[len(" ".join(wrap(FLOOD))) : -len(PARISH) - 1].strip("\n")


@pytest.mark.parametrize(
    ("above", "below", "want"),
    [
        (FULL, "and goes on.", f"{FULL} and goes on."),
        (FULL, "Holm goes on.", f"{FULL} Holm goes on."),
        ("and ends here.", "Another begins.", "and ends here.\n\nAnother begins."),
        (f"{FULL[:-1]}.", "   Another begins.", f"{FULL[:-1]}.\n\nAnother begins."),
        (f"{FULL[:-1]}.", "the note above ended so.", f"{FULL[:-1]}.\nthe note above ended so."),
        (f"{FULL[:-1]}.", "1 See the letters.", f"{FULL[:-1]}.\n1 See the letters."),
    ],
)
def test_a_page_break(above: str, below: str, want: str) -> None:
    assert turned(above, below).split(". ", 1)[-1].endswith(want)


def test_a_blank_line_at_a_page_break_says_nothing() -> None:
    assert turned(FULL, "and goes on.", "\n\n\n").endswith(f"{FULL} and goes on.")


def test_a_word_brought_up_takes_the_page_into_the_line_above() -> None:
    first = f"{HEAD}\n{FULL} revolu"
    text = f"{first}tion\nwas late. It was said that nobody had seen it come, and so\non.\n\n{TAIL}\n"
    assert "revolution was late." in clean(text, (Mark(len(first), len(first), "page"),))


def test_flowed_text_is_joined_at_a_page_break_only_in_mid_sentence() -> None:
    half = FLOOD[:200].rsplit(" ", 1)[0]
    first = f"{BOAT}\n\n{half}\n"
    text = f"{first}{FLOOD[len(half) + 1 :]}\n\n{PARISH}\n"
    page = (Mark(len(first), len(first), "page"),)
    assert clean(text, page) == f"{BOAT}\n\n{FLOOD}\n\n{PARISH}\n"
    assert clean(text) == text


# --- rules and laws ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", paragraphs.RULES, ids=lambda rule: rule.id)
def test_a_rule_does_what_it_says(rule: Rule) -> None:
    for raw, want in rule.examples:
        assert rule.id in {edit.rule for edit in proposed(raw)}
        assert clean(raw) == want
        assert not [edit for edit in proposed(want) if edit.rule == rule.id]
    for text in rule.keep:
        assert rule.id not in {edit.rule for edit in proposed(text)}


def test_every_rule_is_registered() -> None:
    assert {rule.id for rule in paragraphs.RULES} == {*paragraphs.WHY, *paragraphs.spacing.WHY}


BLANKS = ["\n", "\n\n", " ", "\t", "\f", "\r\n", "\r"]
PIECES = st.sampled_from([*STORY, HEAD, TAIL, *BLANKS, "* * *", "1. A", "a,", DASH, "Ab. "])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=10).map("".join)


@given(TEXTS, st.lists(st.integers(0, 2000), max_size=3), st.sampled_from([KNOWLEDGE, LINES]))
def test_edits_fit_touch_white_space_only_and_stand_apart(text: str, pages: list[int], knowledge: Knowledge) -> None:
    marks = tuple(Mark(p, p, "page") for p in sorted(pages) if p <= len(text))
    edits = proposed(text, marks, knowledge)
    algebra.check(text, edits)
    for edit in edits:
        assert not (edit.before + edit.after).strip()
        assert 0.3 <= edit.confidence < 1
        assert len(re.findall(r"\r\n|\n|\r", edit.before)) <= 1 or edit.rule == "paragraphs.blank"
    assert all(a.end <= b.start and a.start < b.start for a, b in pairwise(edits))
    assert algebra.apply(algebra.apply(text, edits), algebra.invert(edits)) == text
    assert edits == proposed(text, marks, knowledge)
    if knowledge is LINES:
        assert not any(edit.rule in {"paragraphs.reflow", "paragraphs.indent"} for edit in edits)


NOUNS = ["river", "Holm", "the", "of", "meadow", "was", "not", "1871", "boat,", "far-off"]
WORDS = st.lists(st.sampled_from(NOUNS), min_size=8, max_size=60)
PROSE = WORDS.map(lambda words: "And " + " ".join(words) + " there.")


@given(st.lists(PROSE, min_size=1, max_size=8), st.sampled_from([40, 55, 70]))
def test_what_was_reflowed_is_left_alone(prose: list[str], width: int) -> None:
    wrapped = "\n\n".join("\n".join(wrap(p, width)) for p in prose) + "\n"
    assert not proposed("\n\n".join(prose) + "\n")
    once = clean(wrapped)
    assert clean(once) == once


# --- blocks that keep their indents ---------------------------------------------------------------------------------


ADDRESS = """\
                    Lower Meadows, by Wendlake,
                    Martinmas Eve, 1842."""
HEADS = """\
                 North.   South.
                 s.  d.   s.  d.
Wheat, per qr.   52  0    49  6
Barley           38  6    37  0
Oats             24  0    23  3"""


@pytest.mark.parametrize("block", [ADDRESS, HEADS])
@pytest.mark.parametrize("before", ["", "\n".join(wrap(FLOOD)) + "\n\n"])
def test_the_first_line_of_a_block_stands_as_the_others(block: str, before: str) -> None:
    text = f"{before}{block}\n\n" + "\n".join(wrap(BOAT)) + "\n"
    assert block in clean(text).split("\n\n")


@pytest.mark.parametrize("indent", ["  ", "     ", " " * 24])
def test_a_paragraph_loses_its_indent_and_a_title_too(indent: str) -> None:
    text = "".join(indent + "\n".join(wrap(part)) + "\n\n" for part in [*STORY, "The Mill", *STORY])
    assert clean(text).split("\n\n")[5:7] == ["The Mill", FLOOD]
