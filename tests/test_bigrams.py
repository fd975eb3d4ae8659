"""Words in context: what follows what, in general English; without a table, how frequent words are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.language import bigrams, general
from cleaner.language.bigrams import BOUNDARY, NUMBER, Bigrams

ENGLISH = general("en")
VOCABULARY = {word for word in ENGLISH.words if not any(map(str.isdigit, word))} | {BOUNDARY, NUMBER}


def fit(left, word, right):
    return ENGLISH.follows(left, word) * ENGLISH.follows(word, right)


@pytest.mark.parametrize(
    ("context", "meant", "read"),
    [
        ("that|was", "he", "be"),
        ("would|a", "be", "he"),
        ("he|been", "had", "bad"),
        ("a|man", "bad", "had"),
        ("men|women", "and", "arid"),
        ("the|world", "modern", "modem"),
        ("loved|and", "dearly", "clearly"),
        ("same|that", "thing", "tiling"),
        ("they|not", "are", "arc"),
        ("his|and", "arms", "anus"),
        ("to|down", "lie", "he"),
        ("o'clock|the", "in", "m"),
        ("the|minutes", "five", "fire"),
        ("the|and", "fire", "five"),
        (f"{NUMBER}|ago", "years", "tears"),
        (f"{BOUNDARY}|is", "there", "three"),
    ],
)
def test_the_true_word_beats_its_look_alike(context, meant, read):
    left, right = context.split("|")
    assert fit(left, meant, right) > 10 * fit(left, read, right)


@pytest.mark.parametrize(
    ("context", "word", "other"),
    [
        ("the|was", "hut", "but"),
        ("the|region", "arid", "and"),
        ("the|of", "arc", "are"),
        ("mother's|and", "arms", "aims"),
        ("will|be", "he", "be"),
    ],
)
def test_a_rare_word_in_its_place_is_not_thrown_out(context, word, other):
    left, right = context.split("|")
    assert fit(left, other, right) < 1000 * fit(left, word, right)


@pytest.mark.parametrize("left", ["the", "he", "modern", "dost", "osinskii", BOUNDARY, NUMBER])
def test_the_probabilities_behind_a_word_sum_to_one(left):
    assert sum(ENGLISH.follows(left, word) for word in VOCABULARY) == pytest.approx(1, abs=0.04)


def test_no_word_of_the_general_lexicon_is_impossible():
    assert min(ENGLISH.follows("the", word) for word in VOCABULARY) > 0
    assert ENGLISH.follows("the", "osinskii") == 0


def test_behind_an_unknown_word_stands_what_is_frequent():
    after = {word: ENGLISH.follows("osinskii", word) for word in ("the", "and", "hut")}
    for word, share in after.items():
        assert share == pytest.approx(ENGLISH.frequency(word), rel=0.1)


@pytest.mark.parametrize("code", ["de", "fr"])
def test_a_language_without_a_table_has_its_frequencies(code):
    other = general(code)
    for word in ("die", "le", "osinskii", BOUNDARY):
        assert other.follows("la", word) == other.frequency(word)
    assert bigrams.bigrams("xx").probability("la", "le", 0.25) == 0.25


def table(counts, total, share=0.5):
    cells = "\t".join(f"{count}\t{word}" for word, count in counts.items())
    return Bigrams({"x": f"{total}\t{share}\t{cells}"})


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=2), st.integers(0, 99), st.floats(1e-9, 1))
def test_what_was_counted_more_often_is_likelier(counts, others, frequency):
    rows = table(counts, sum(counts.values()) + others)
    shares = {word: rows.probability("x", word, frequency) for word in "abcdef"}
    assert min(shares.values()) > 0
    assert sorted("abcdef", key=shares.get) == sorted("abcdef", key=lambda word: counts.get(word, 0))


@given(st.integers(1, 10**6), st.floats(1e-9, 0.5))
def test_what_is_more_frequent_is_likelier_but_less_so_where_it_was_long_expected(total, frequency):
    rows = table({"a": 1}, total)
    once, twice = (rows.probability("x", "he", times * frequency) for times in (1, 2))
    assert once < twice <= 2 * once
    assert rows.probability("x", "he", frequency) > table({"a": 1}, 2 * total).probability("x", "he", frequency)


def test_the_shares_of_boundaries_and_numbers_are_those_of_the_texts():
    rows = Bigrams({BOUNDARY: "6\t1\t6\tthe", NUMBER: "2\t1\t2\tmen", "the": "12\t1\t6\tman"}, size=20)
    assert rows.probability("unknown", BOUNDARY, 0) == pytest.approx(0.3)
    assert rows.probability("unknown", NUMBER, 0) == pytest.approx(0.1)
    assert rows.probability("unknown", "man", 0.5) == pytest.approx(0.3)
