"""Passages in another language are found wherever they stand, also where a text is cut in stretches to look through it."""

import pytest

from cleaner import text as views
from cleaner.language import General
from cleaner.language.identify import passages

ENGLISH = General("en", {})
PROSE = "He said that it was of no use to them, and went on with the work of the day. "
FRENCH = "Il faut que la vie soit plus que le r\N{LATIN SMALL LETTER E WITH CIRCUMFLEX}ve et les mots."


def found(text: str) -> list[str]:
    return [text[start:end].strip() for start, end, code in passages(text, ENGLISH) if code == "fr"]


@pytest.mark.parametrize("back", [0, 20, 40, 60, len(FRENCH), 500])
def test_a_passage_at_the_end_of_a_stretch(back: int) -> None:
    before = (PROSE * 1000)[: views.STRETCH - back]
    before = before[: before.rindex(". ") + 2]
    before += "x" * (views.STRETCH - back - len(before) - 2) + ". "  # no blank, so no function word
    text = before + FRENCH + " " + PROSE * 1000
    assert found(text) == [FRENCH]


def test_two_passages_far_apart() -> None:
    text = PROSE * 1200 + FRENCH + " " + PROSE * 1200 + FRENCH + " " + PROSE
    assert found(text) == [FRENCH, FRENCH]


def test_function_words_of_both_languages_in_one_token() -> None:
    """What a dash ties counts word by word: one of the own language speaks against the passage."""
    tied = "Il faut que la vie\N{EM DASH}plus que le jour\N{EM DASH}et les mots dans\N{EM DASH}une nuit."
    assert found(f"{PROSE}{tied} {PROSE}") == [tied]
    against = "que plus que\N{EM DASH}and the of\N{EM DASH}les plus et"
    assert found(f"{PROSE}{against} {PROSE}") == []


def test_own_words_before_one_of_the_same_token_count() -> None:
    tied = "que les plus the\N{EM DASH}of\N{EM DASH}and\N{EM DASH}dans the of and et"
    assert found(f"{PROSE}{tied} {PROSE}") == []
    assert found(f"{PROSE}{tied.replace('the', 'Lenin').replace('and', 'Trotsky').replace('of', 'Marx')} {PROSE}") != []


def test_own_words_at_the_end_of_a_stretch_count() -> None:
    before = "que les " + "the of and " * 4
    text = "x" * (views.STRETCH - len(before) - 1) + f" {before.strip()} \ndans plus que les et."
    ((start, end, _),) = passages(text, ENGLISH)
    assert text[start:end].strip() == "dans plus que les et."


def test_a_passage_begins_behind_the_last_function_word() -> None:
    text = "The mill of the old man que la vie soit plus que le jour et les nuits. " + PROSE
    assert found(text) == ["old man que la vie soit plus que le jour et les nuits."]


def test_nothing_around_it_ends_a_passage_but_a_function_word() -> None:
    names = "Lenin Trotsky Bukharin " * 100  # more than is searched at once
    (passage,) = passages(f"of {names}{FRENCH[:-1]} {names}the", ENGLISH)
    assert passage.start <= len("of ")
    assert passage.end >= len(f"of {names}{FRENCH[:-1]} {names}") - 1


def test_function_words_far_apart_are_no_passage() -> None:
    names = "Lenin Trotsky Bukharin " * 20
    assert passages(names.join(["que ", "les ", "dans ", "plus ", "et "]), ENGLISH) == []


def test_function_words_at_one_place_of_each_stretch_are_no_passage() -> None:
    names = "Lenin " * (views.STRETCH // len("Lenin "))
    assert passages(names.join(["que ", "les ", "dans ", "plus ", "et "]), ENGLISH) == []
