"""The long s that is read as f: a habit of a print, resolved by what stands beside it; elsewhere an f is an f."""

import re
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply, merge
from cleaner.knowledge import Knowledge
from cleaner.language import Lexicon, general, with_s
from cleaner.model import Document
from cleaner.policy import THRESHOLD
from cleaner.stages import words
from cleaner.stages.words import long_s
from cleaner.stages.words.suspects import Capitals, Cause

ENGLISH = Knowledge(general, lang="en")
LISTED = Lexicon(general("en"), {})
PAGE = """\
It was in the firft place a moft excellent houfe, and the mafter of it was himfelf a perfon of fome confequence in
thofe parts. He faid that they fhould all go off to the fea, if the day was fafe, and that he muft himfelf fee the
ifland and the fhore of it before the reft of the veffels.
"""
CLEAN = """\
It was in the first place a most excellent house, and the master of it was himself a person of some consequence in
those parts. He said that they should all go off to the sea, if the day was safe, and that he must himself see the
island and the shore of it before the rest of the vessels.
"""
# A line as it was read, and what its words with f were: mostly both are words, and only the neighbours tell.
PAIRS = [
    ("He had always been the fame man to rich and poor", "same"),
    ("The fame of this man was found in all the land", "fame found"),
    ("They found that the found of the bells had gone", "found sound"),
    ("and his wife was a woman of the town", "wife"),
    ("he was very fad, and went home", "sad"),
    ("The fat ox was in the field, and they feed it", "fat field feed"),
    ("He fat down in the chair by the window", "sat"),
    ("the fun is hot in the morning", "sun"),
    ("at the fight of the house he fell down", "sight fell"),
    ("the man that fold his corn to the town", "sold"),
    ("his life was full of faith and fire", "life full faith fire"),
    ("the fail of the great fhip was torn", "sail ship"),
]


def mended(text):
    found = words.propose(Document(text), ENGLISH).edits
    return apply(text, merge([edit for edit in found if edit.confidence >= THRESHOLD])[0])


def test_a_page_of_the_eighteenth_century():
    assert mended(PAGE) == CLEAN


@pytest.mark.parametrize(("line", "right"), PAIRS)
def test_neighbours_tell_which_of_two_words_it_is(line, right):
    last = mended(f"{PAGE}{line}.\n").splitlines()[-1]
    found = [word for word, old in zip(_words(last), _words(line), strict=True) if "f" in old[:-1]]
    assert found == right.split()


def _words(line):
    return re.findall(r"[A-Za-z]+", line)


@pytest.mark.parametrize("word", ["of", "if", "off", "for", "from", "itself", "first", "self"])
def test_these_have_an_f_everywhere(word):
    line = f"It was {word} the house, and {word} the hill, and {word} them all.\n"
    assert mended(PAGE + line).endswith(line)


@pytest.mark.parametrize("line", [line for line, _ in PAIRS[:-1]])
def test_where_no_long_s_is_an_f_is_one(line):
    """Those that are odd English are so because their author, or the engine, made them so: one place tells no habit."""
    text = f"{CLEAN * 3}{line}.\n"
    assert mended(text) == text


def test_an_old_text_whose_long_s_was_rightly_read_is_left_alone():
    text = CLEAN + "The fame of the fine house was found in many books; his fat wife was safe, and fit for a feast.\n"
    assert mended(text * 3) == text * 3


def test_one_long_s_is_no_habit():
    text = f"{CLEAN * 3}It was the fame man that had come to the houfe before.\n"
    assert mended(text) == text


def test_a_capital_f_is_no_long_s():
    text = PAGE + "The Fame of Mr. Foley and Mr. Fisher, the Fun of the Fair.\n"
    assert mended(text).endswith(text[len(PAGE) :])


def test_the_rule_says_what_was_read():
    found = [edit for edit in words.propose(Document(PAGE), ENGLISH).edits if edit.before == "houfe"]
    assert [(edit.rule, edit.after) for edit in found] == [("words.long-s", "house")]
    assert "long s is read as f" in found[0].why


# ---- the share that is read as f, and the readings ----


def counted(text):
    return {word: text.count(word) for word in _words(text)}


@pytest.mark.parametrize(("text", "least", "most"), [(PAGE, 0.5, 0.99), (CLEAN, 0.0, 0.0), ("", 0.0, 0.0)])
def test_how_many_are_read_so(text, least, most):
    cores = counted(text)
    assert least <= long_s.share(cores, LISTED.recounted(cores)) <= most


def test_the_more_are_rightly_read_the_smaller_the_share():
    read = counted(PAGE)
    shares = [
        long_s.share(cores, LISTED.recounted(cores)) for cores in (read, read | {"house": 20}, read | {"house": 200})
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.3 < shares[0]


@pytest.mark.parametrize(
    ("core", "found"),
    [
        ("fame", ["same"]),
        ("houfe", ["house"]),
        ("firft", ["first"]),
        ("of", []),  # at its end a word has the round s
        ("off", []),
        ("baff", []),  # nor is it "bass"
        ("Fame", []),
        ("FAME", []),
        ("for", []),
        ("from", []),
        ("the", []),
        ("ufefulnefs", ["usefulness"]),
    ],
)
def test_what_a_word_with_f_may_be(core, found):
    readings = long_s.readings(core, 0.9, 1_000, LISTED, Capitals({}, 0.05))
    assert sorted(reading.word for reading in readings) == found
    assert {reading.cause for reading in readings} <= {Cause.LONG_S}
    assert long_s.readings(core, 0.0, 1_000, LISTED, Capitals({}, 0.05)) == []


@given(st.sampled_from("fame firft houfe ufefulnefs confefs fenfe fo".split()), st.floats(0.01, 0.99))
def test_every_reading_changes_some_f_to_s_and_costs_as_many(core, share):
    found = long_s.readings(core, share, 1_000, LISTED, Capitals({}, 0.05))
    assert found
    for reading in found:
        changed = [(old, new) for old, new in zip(core, reading.word, strict=True) if old != new]
        assert set(changed) == {("f", "s")}
        assert reading.word[-1] == core[-1]
        assert reading.word in with_s(core)
        assert reading.expected == pytest.approx(reading.printed * share ** len(changed))
        assert reading.expected == pytest.approx(reading.printed * exp(-reading.cost))
