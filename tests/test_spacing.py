"""Blanks within lines: what is mended, and what is the text's own."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.edits import apply, check
from cleaner.measure import Rows
from cleaner.model import Document, Mark
from cleaner.stages.paragraphs.spacing import NOT_PROSE, NOT_TEXT, SOUND, has_double_stops, spaced

MANY = SOUND * 120


def mended(text, marks=(), code="de"):
    edits = sorted(spaced(Document(text, tuple(marks)), Rows(text), code), key=lambda edit: edit.start)
    check(text, edits)
    return apply(text, edits)


MENDED = [
    ("The mayor  had the lamps hung in the hall.\n", "The mayor had the lamps hung in the hall.\n"),
    ("The mayor had   the lamps,  hung in the hall.\n", "The mayor had the lamps, hung in the hall.\n"),
    ("The mayor said  \N{LEFT DOUBLE QUOTATION MARK}come with me to the hall.\n",
     "The mayor said \N{LEFT DOUBLE QUOTATION MARK}come with me to the hall.\n"),
    ("In the year  1918 the mayor had the lamps hung.\n", "In the year 1918 the mayor had the lamps hung.\n"),
    ("He and  I had the lamps hung in the hall.\n", "He and I had the lamps hung in the hall.\n"),
    ("The mayor\t had the lamps hung \tin the hall.\n", "The mayor had the lamps hung in the hall.\n"),
    ("Dans la ville  dormait le maire de la commune.\n", "Dans la ville dormait le maire de la commune.\n"),
]  # fmt: skip
KEPT = [
    "The mayor had the lamps.  They were hung.  He said so.\n",  # a typist's
    "  The mayor had the lamps hung in the hall.  \n",  # an indent, and what ``paragraphs.trailing`` takes
    "The mayor had the lamps      hung in the hall.\n",  # a gutter
    "The mayor  had it    hung in the hall of the town.\n",
    "The hall:  No. 12\n",  # no prose
    "I.  The mayor had the lamps hung in the hall.\n",
    "(a)  The mayor had the lamps hung in the hall.\n",
    "*  The mayor had the lamps hung in the hall.\n",
    "MAYOR.  They have the lamps hung in the hall.\n",
    "they wrote T H E  M A Y O R on the hall of the town\n",
    "the lamps of the hall were 12  14 of them in all\n",
    "The mayor\tof the town of the river\nThe clerk\tof the town of the river\n",
    "The mayor had  * the lamps hung in the hall.\n",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{NO-BREAK SPACE}Dans la ville dormait\N{NO-BREAK SPACE}! le maire.\n",
]


@pytest.mark.parametrize(("raw", "want"), MENDED)
def test_mended(raw, want):
    assert mended(raw) == want
    assert mended(want) == want


@pytest.mark.parametrize("text", KEPT)
def test_kept(text):
    assert mended(text) == text


@pytest.mark.parametrize("kind", NOT_PROSE)
def test_where_blanks_may_stand_for_themselves_they_stay(kind):
    text = "The mayor  had the lamps\thung in the hall , and so\n"
    kept = text if kind in NOT_TEXT else text.replace(" ,", ",")
    assert mended(text + MANY, [Mark(0, len(text), kind)]) == kept + MANY
    assert mended(text + MANY) == "The mayor had the lamps hung in the hall, and so\n" + MANY


def test_two_blanks_behind_a_stop_are_dirt_where_hardly_any_has_them():
    raw = "He had it hung in the hall.  The others of them saw it.\n"
    assert mended(raw + MANY) == raw.replace("  ", " ") + MANY
    typed = MANY.replace(". ", ".  ").replace("? ", "?  ")
    assert has_double_stops(typed)
    assert mended(raw + typed) == raw + typed
    assert mended(raw.replace("had it", "had  it") + typed) == raw + typed


FRENCH = "Il vint, et la ville dormait. Qui va là ? Personne ; la nuit était calme ! Il dit : rien.\n"


@pytest.mark.parametrize("blank", [" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_french_keeps_the_blank_before_high_marks_and_loses_it_before_low_ones(blank):
    text = FRENCH * 120
    for mark in "?;!:":
        text = text.replace(f" {mark}", f"{blank}{mark}")
    assert mended(text) == text
    dirty = text.replace("vint,", "vint ,", 1)
    assert mended(dirty) == text
    (held,) = clean(dirty, language="fr").changes
    assert (held.rule, held.status, held.before, held.after) == ("paragraphs.before", "held", " ", "")


GERMAN = (
    "Er kam zum Hafen, und dort war die Brücke fort. Wer hatte sie gesehen? Niemand; aber einer hörte sie fallen!\n"
)


@pytest.mark.parametrize("mark", [",", ";", "!", ":"])
def test_a_text_that_sets_no_blank_loses_the_few_that_it_has(mark):
    raw, want = f"Das Haus {mark} und das alte Tor.\n", f"Das Haus{mark} und das alte Tor.\n"
    if mark == "!":
        raw, want = raw.replace("und", "Und"), want.replace("und", "Und")
    assert mended(raw + GERMAN * 120) == want + GERMAN * 120
    assert mended(raw + GERMAN * 30) == raw + GERMAN * 30  # too little to tell
    many = raw * 30 + GERMAN * 120
    assert mended(many) == many  # a style, whoever's
    (held,) = clean(raw + GERMAN * 120, language="de").changes
    assert (held.rule, held.status) == ("paragraphs.before", "held")


@pytest.mark.parametrize(
    "place",
    [
        "They came to the , bridge",  # a speck
        "the old house . and they saw",
        "the house . . . They saw",
        "the house ; : they saw",
        "a house ? They saw",  # an editor's doubt
        "rifles of .22 and",
        "in 12 , and",
        "they said ) , and",
    ],
)
def test_a_mark_that_may_be_anything_else_keeps_its_blank(place):
    assert mended(f"{place} all.\n{MANY}") == f"{place} all.\n{MANY}"


def test_where_one_mark_is_a_speck_the_others_may_be_specks():
    raw = "The house , and it was old.\n"
    assert mended(raw + MANY) == raw.replace(" ,", ",") + MANY
    assert mended(f"{raw}They came to the , bridge.\n{MANY}") == f"{raw}They came to the , bridge.\n{MANY}"


@pytest.mark.parametrize("mark", ",.;:")
def test_marks_that_words_weighs_are_left_to_it(mark):
    raw = f"The house {mark} The old one.\n"
    assert mended(raw + MANY, code="en") == raw + MANY
    assert mended(raw + MANY) != raw + MANY


PIECES = st.sampled_from(["the", "mayor", "It", "a", "12", "?", ",", ".", " ", "  ", "   ", "\t", "\n", "\n\n", "\N{NO-BREAK SPACE}",
                          "\u2003", "(", "\N{RIGHT DOUBLE QUOTATION MARK}", "hung in the hall of the town", "\f"])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_only_blanks_go_and_nothing_is_left_for_a_second_time(text):
    once = mended(text)
    assert "".join(once.split()) == "".join(text.split())
    assert once.split() == text.split() or any(mark in text for mark in ",.?")
    assert mended(once) == once


@given(st.text(max_size=200))
def test_any_text(text):
    assert "".join(mended(text).split()) == "".join(text.split())


def test_a_megabyte_of_blanks_takes_no_time():
    text = "the mayor  had  hung " * 50_000
    assert "  " not in mended(text).rstrip()


def test_a_run_of_no_break_blanks_is_no_word():
    blanks = "\N{NO-BREAK SPACE}" * 40
    for text in (
        f"The mayor had the lamps hung{blanks}  in the hall.\n",
        f"The mayor had the lamps hung  {blanks}in the hall.\n",
    ):
        assert mended(text) == text


def test_time_is_linear_in_the_longest_word():
    began = time.process_time()
    mended(f"{MANY}They wept ! {'a' * 40_000}\n")
    assert time.process_time() - began < 5  # 0.1 s; minutes where each letter begins a word
