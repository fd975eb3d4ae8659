"""What is known of words."""

from collections import Counter

import pytest

from cleaner import language
from cleaner.language import General, Lexicon


def test_general_frequencies_come_from_a_package():
    english = language.general("en")
    assert english.frequency("Revolution") > english.frequency("counterrevolution") > 0
    assert english.frequency("revolu") < 1e-7
    assert len(language.general("")) == len(language.general("xx")) == 0


def test_dictionaries_hold_no_halves_of_words():
    english = language.dictionary("en")
    assert "committee" in english
    assert "tion" not in english
    assert "committee" not in language.dictionary("xx")


def test_what_the_document_writes_is_a_word_of_it():
    lexicon = Lexicon(General("en", {"the": 0.05}), Counter({"osinskii": 3, "the": 60, "well-known": 2}))
    assert lexicon.seen("Osinskii")
    assert not lexicon.seen("osin")
    assert lexicon.probability("Osinskii") > 1000 * lexicon.probability("Osinskij")
    assert lexicon.heads["well"] == 1
    assert lexicon.counted("Well-Known") == pytest.approx(2 / (65 + language.GENERAL_WEIGHT))


def test_a_longer_unseen_word_is_less_likely():
    lexicon = Lexicon(General("en", {}), Counter())
    assert lexicon.probability("abcdef") == pytest.approx(lexicon.probability("abc") / 1000)


def test_a_text_full_of_new_words_expects_more_of_them():
    general = General("en", {"the": 0.05})
    clean = Lexicon(general, Counter({"the": 1000}))
    noisy = Lexicon(general, Counter({"the": 500, **{f"w{k}": 1 for k in range(500)}}))
    assert noisy.unseen(5) > 10 * clean.unseen(5)
