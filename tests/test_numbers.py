"""Broken figures, letters and figures read for each other, impossible dates, lost numbers of lists: and their near misses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean as clean_whole
from cleaner import edits as algebra
from cleaner import language
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Mark
from cleaner.stages.numbers import propose

KNOWLEDGE = Knowledge(language.general, "en")
YEARS = "It was so in 1917, in 1918 and in 1921, as in the years of 1930 and 1932.\n"
BROKEN = "In May 1 9 1 7 it rose. In June 1 9 1 8 it fell. In July 19 1 9 it was gone.\n"


def edits(text: str, *marks: Mark) -> list[Edit]:
    return list(propose(Document(text, marks), KNOWLEDGE).edits)


def clean(text: str, *marks: Mark) -> str:
    sure = [edit for edit in edits(text, *marks) if edit.confidence >= 0.9 and edit.rule != "numbers.date"]
    return algebra.apply(text, algebra.merge(sure)[0])


def held(text: str) -> list[tuple[str, str, str]]:
    return [(edit.rule, edit.before, edit.after) for edit in edits(text) if edit.confidence < 0.9]


JOINED = [
    ("In the first half of 19 18 between", "In the first half of 1918 between"),
    ("during 1 9 17 and early 191 8 they", "during 1917 and early 1918 they"),
    ("in the early 1 930s was", "in the early 1930s was"),
    ("On 2 1 February and 1 4  April it", "On 21 February and 14  April it"),
    ("In May 1 989, a man", "In May 1989, a man"),
    ("on the 1 5th of the month", "on the 15th of the month"),
    ("about 8 1 per cent of it", "about 81 per cent of it"),
    ("about 10, 000 men, and 2, 000 more", "about 10,000 men, and 2,000 more"),
    ("of the mid- 1920s too", "of the mid-1920s too"),
    ("On 12- 13 May a", "On 12-13 May a"),
    ("pp. 294- 6 of it", "pp. 294-6 of it"),
]


@pytest.mark.parametrize(("raw", "mended"), JOINED)
def test_broken_figures_are_joined(raw: str, mended: str) -> None:
    assert clean(f"{YEARS}{raw}.\n") == f"{YEARS}{mended}.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Of 60 000 men 10 000 came, and 1 250 000 stayed.",  # thin-spaced thousands
        "In 1918 20 men came, and in 19 of 20 cases they left.",
        "the verses 19 18 and 17 of chapter 2 3",
        "Wheat 19 18 17 16",  # a row of figures
        "1 9 1 8 2 0",
        "He paid \N{POUND SIGN}19 10s for it, and 8 1-3 per cent of the rest.",
        "He had 1 2 cwt. of it, and 3 4 lbs.",
        "scored 12, 19 18, 17 and 16 points",
        "mid- and long-term plans of the 1920s",
        "from 1918- 3 of them left",
        "at 12 30 and at 7 15 p.m.",
        "It cost 2, 500 and 300.",
        "Of 1 917 cases about 1 200 were lost, of 1 850 men 1 100 came, and in 1 500 cases nothing was known.",
        "It came by the 18 30, left by the 19 18 and was there before 19 45, or by the 20 05.",
        "The rooms 1, 001, 002 and 003 were empty.",
    ],
)
def test_figures_that_stand_apart_stay(text: str) -> None:
    assert clean(f"{text}\n") == f"{text}\n"


def test_a_year_asks_for_its_neighbours() -> None:
    """Alone it is only proposed; where the text has such years, or breaks others, it is joined."""
    alone = "He said 19 32 and left.\n"
    assert clean(alone) == alone
    assert held(alone) == [("numbers.join", "19 32", "1932")]
    assert clean(YEARS + "He said 1 9 3 2 and left.\n").endswith("He said 1932 and left.\n")


def test_years_in_lists() -> None:
    assert clean(YEARS + "In 1917, 19 18, and 1921 too.\n").endswith("In 1917, 1918, and 1921 too.\n")
    scored = YEARS + "They scored 12, 19 18, 17 and 16.\n"
    assert clean(scored) == scored


def test_years_that_are_mended_prove_others() -> None:
    text = "It was in October 1 89 1 that he came. See his 1 8 9 1 preface.\n"
    assert clean(text) == "It was in October 1891 that he came. See his 1891 preface.\n"
    assert clean(text[text.index("See") :]) == text[text.index("See") :]


def test_a_habit_of_broken_figures_makes_others_likelier() -> None:
    text = "A majority of 1 26 to 30, as chapter 1 2 says.\n"
    assert clean(text) == text
    assert "chapter 12 says" in clean(BROKEN + text)
    assert "1 26" in clean(BROKEN + text)
    assert ("numbers.join", "1 26", "126") in held(BROKEN + text)


def test_thousands_and_times_make_no_habit() -> None:
    """Nor does a habit of broken years make years of them."""
    text = "About 1 200 came of 1 850, in 1 500 cases of 1 100, by the 15 30 and before 17 45.\n"
    assert clean(text) == text
    assert clean(BROKEN + text).endswith(text)
    assert clean(BROKEN + "They met in 1 918 and in 19 17.\n").endswith("They met in 1918 and in 1917.\n")


def test_regions_that_are_no_text_stay() -> None:
    text = "In the year 1 9 1 8 they met in May 1 9 1 8 again.\n"
    assert clean(text) != text
    for kind in ("table", "index", "contents", "code", "garbage", "foreign"):
        assert clean(text, Mark(0, len(text), kind)) == text


def test_other_languages_are_left_to_their_writers() -> None:
    text = "Im Mai 1 9 1 8 war es so, und im Juni 1 9 1 8 auch.\n"
    assert propose(Document(text), Knowledge(language.general, "de")).edits == ()


FIGURES = [
    ("in l9l8 and I9I7 and 19I7 they", "in 1918 and 1917 and 1917 they"),
    ("in the l920s", "in the 1920s"),
    ("on l2 May and 3O June", "on 12 May and 30 June"),
    ("the 2lst day and the l4th", "the 21st day and the 14th"),
    ("1O per cent of it", "10 per cent of it"),
]


@pytest.mark.parametrize(("raw", "mended"), FIGURES)
def test_letters_in_numbers(raw: str, mended: str) -> None:
    assert clean(f"{raw}.\n") == f"{mended}.\n"


@pytest.mark.parametrize(
    "text",
    [
        "It cost 5s. 6d., or 150l., or 118s. at 19B in Lane 2B.",
        "H2O and CO2, MI5 and x1, the A4 and the B52s",
        "in 1S50 it was begun",  # 1850 or 1550
        "the 1980s and the 20th of it",
        "the code i111 of it",
    ],
)
def test_measures_and_codes_stay(text: str) -> None:
    assert clean(f"{text}\n") == f"{text}\n"


def test_a_letter_that_may_be_two_figures_is_decided_by_the_other_years() -> None:
    text = "It was begun in 1S50.\n"
    assert clean("It was so in 1851, 1853 and 1859.\n" + text).endswith("It was begun in 1850.\n")
    assert held(text) == [("numbers.figure", "1S50", "1550")]


LETTERS = [
    ("all the wor1d and Schoo1s", "all the world and Schools"),
    ("he was 1n the house", "he was in the house"),
    ("so, 1.e., not now, and 1.e. then", "so, i.e., not now, and i.e. then"),
    ("the work of G. 1. Morozik too", "the work of G. I. Morozik too"),
    ("re1igi0n and power", "religion and power"),
]


@pytest.mark.parametrize(("raw", "mended"), LETTERS)
def test_figures_in_words(raw: str, mended: str) -> None:
    assert clean(f"{raw}\n") == f"{mended}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Leeks 1s to 1s 6d per dozen, and 5s the term",
        "the 1egion of it",  # region
        "and d c1are it",  # declare
        "A. 1. The house, B. 1. The garden",
        "See Annex B. 1. Morozik and others",
        "in the lot of B. 1. Morozik, of the town. 2. Zaretsky, of the village",
        "At 1. e.g. he said so, and section 1.e. says it",
        "After 1.e the game was lost",
        "the word1 and the mark2",
        "6in. by 4ft., 1b of it",
        "in b1t and x0y of the formula",
    ],
)
def test_figures_beside_letters_that_stay(text: str) -> None:
    assert clean(f"{text}\n") == f"{text}\n"


def test_impossible_dates_are_never_applied() -> None:
    text = (
        "It was on 81 March 1932. " + "In 1931 he came, in 1932 he left, in 1933 he wrote. " * 3 + "In 1982 he spoke. "
    )
    text += "In 1931 he came, in 1932 he left, in 1933 he wrote. " * 3
    assert ("numbers.date", "1982", "1932") in held(text)
    assert ("numbers.date", "81", "31") in held(text)
    assert clean_whole(f"{text}\n", language="en").text == f"{text.rstrip()}\n"


@pytest.mark.parametrize(
    "text",
    [
        "It was on 31 March and 30 April and 29 February.\n",
        "It was on 31 April.\n",  # misread how? nothing likely makes it a date
        "In 1931, 1932, 1933, 1934, 1935, 1982, 1931, 1932, 1933, 1934, 1935 and 1982.\n",  # twice
        "In 1820, 1832, 1843, 1914, 1935, 1982, 1931, 1732, 1933, 1934, 1935.\n",  # no run
    ],
)
def test_possible_dates(text: str) -> None:
    assert not [edit for edit in edits(text) if edit.rule == "numbers.date" and edit.before != "31"]


ITEMS = "1. The ferry\n2. The bridge\n{} The town\n4. The mill\n5. The church\n"


def test_the_number_of_an_item_is_put_back_between_its_neighbours() -> None:
    assert clean(ITEMS.format(".")) == ITEMS.format("3.")
    assert clean(ITEMS.format("3.")) == ITEMS.format("3.")


@pytest.mark.parametrize(
    ("text", "proposals"),
    [
        ("1. The ferry\n2. The bridge\n. The town\n", [("numbers.item", "", "3")]),
        (". The ferry\n2. The bridge\n3. The town\n", [("numbers.item", "", "1")]),
        ("1. The ferry\n. The bridge\n4. The town\n", []),
        ("1. The ferry\n. The bridge\n", []),
        ("1. The ferry\n. . . and so on\n3. The town\n", []),
        ("1) The ferry\n. The bridge\n3) The town\n", []),
        ("1. The ferry\n" + "and so on\n" * 200 + ". The bridge\n3. The town\n", []),
    ],
)
def test_an_item_that_one_neighbour_proves_is_held(text: str, proposals: list[tuple[str, str, str]]) -> None:
    assert held(text) == proposals
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    ["1 " * 6_000, "1O" * 6_000, "1." * 6_000, "word.1 " * 6_000, "1\n" * 6_000, "*\n" * 6_000, "9" * 9_000, "a1" * 6_000,
     ". 1 2 3! 4? " * 3_000, "In May 1 9 1 8 and " * 2_000, "NOTES\n" * 2_000, "NOTES\n" * 60_000, "1. See\n" * 4_000, "it.5 5 5 5\n" * 2_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_odd_texts_take_no_long(text: str) -> None:
    start = time.process_time()
    assert clean_whole(text, language="en").restore() == text
    assert time.process_time() - start < 10


@given(st.text(alphabet="0123456789lIOS .,;-'\n\tabMay*\N{DAGGER}!?", max_size=80))
def test_any_text_gives_edits_that_can_be_taken_back(text: str) -> None:
    proposed = propose(Document(text, (Mark(0, len(text), "page"),)), KNOWLEDGE)
    algebra.check(text, proposed.edits)
    applied, _ = algebra.merge(proposed.edits)
    assert algebra.apply(algebra.apply(text, applied), algebra.invert(applied)) == text
    assert all(0 <= mark.start <= mark.end <= len(text) for mark in proposed.marks)
    assert all(0.3 <= edit.confidence <= 1 for edit in proposed.edits)


@given(st.lists(st.sampled_from(["1", "9", "18", "1918", " ", "  ", " in ", " May ", ", ", ".\n", "s"]), max_size=24))
def test_joining_changes_blanks_alone(pieces: list[str]) -> None:
    text = "In the spring of 1918 and of 1919 they came. " + "".join(pieces)
    for edit in edits(text):
        if edit.rule == "numbers.join":
            assert edit.before.replace(" ", "").replace(",", "") == edit.after.replace(",", "")
