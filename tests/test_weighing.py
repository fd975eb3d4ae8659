"""How likely a word is misread: a word after all, rubbish, or one of its readings; and how noisy the whole text is."""

from math import exp, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.language import Lexicon, general
from cleaner.stages.words.suspects import Capitals, Cause, Reading, Suspect, printed_of, suspects_of
from cleaner.stages.words.weighing import (
    BY_EAR,
    CAPITAL,
    FUSED,
    LEAST_NOISE,
    NOISE,
    RUBBISH,
    SMALL,
    Belief,
    believed,
    weighed,
)

ENGLISH = general("en")
LEXICON = Lexicon(ENGLISH, {})
SIZE = 10_000
FEW = Capitals({}, 0.05)


def reading(word, printed=20.0, right=20, cost=4.0, cause=Cause.NOISE):
    return Reading(word, printed, right, cost, printed * exp(-cost), cause)


def suspect(core="tbe", times=1, readings=(), **more):
    return Suspect(core, times, readings or [reading("the")], **{"real": 1e-4, "shape": 1e-7, "blurred": 1e-6} | more)


readings = st.lists(
    st.builds(
        reading,
        st.sampled_from(["the", "tie", "The"]),
        st.floats(1e-3, 1e3),
        st.integers(0, 1000),
        st.floats(1, 12),
        st.sampled_from(Cause),
    ),
    min_size=1,
    max_size=4,
)
suspects = st.builds(
    lambda core, times, readings, real, alike, shape, known: Suspect(
        core, times, readings, real, alike, shape, shape, known
    ),
    st.sampled_from(["tbe", "Tbe", "tlie", "arid"]),
    st.integers(1, 60),
    readings,
    st.floats(1e-6, 10),
    st.floats(0, 10),
    st.floats(1e-12, 1e-3),
    st.booleans(),
)
beliefs = st.builds(
    lambda noise, fused, rubbish, small: Belief(SIZE, noise, fused, rubbish, small),
    st.floats(LEAST_NOISE, 3),
    st.floats(1e-5, 0.1),
    st.floats(1e-5, 0.1),
    st.floats(1e-5, 0.1),
)


# ---- one word ----


@given(suspects, beliefs)
def test_what_a_word_may_be_sums_to_one(one, belief):
    chances = weighed(one, belief)
    assert chances.real + chances.rubbish + sum(chances.readings) == pytest.approx(1)
    assert min(chances.real, chances.rubbish, *chances.readings) >= 0
    assert 0 <= chances.by_ear <= chances.real
    assert chances.misread == pytest.approx(1 - chances.real - chances.rubbish)


@given(suspects, st.floats(LEAST_NOISE, 1), st.floats(1, 3))
def test_more_noise_never_makes_a_misread_word_a_right_one(one, noise, times):
    """As long as no more of it is expected than was seen: where a hundred "tbe" should stand, one is no sign of noise."""
    one = one._replace(readings=[each._replace(cause=Cause.NOISE) for each in one.readings])
    assume(all(noise * times * each.expected <= one.times for each in one.readings))
    less, more = (weighed(one, Belief(SIZE, each)) for each in (noise, noise * times))
    assert more.real <= less.real * (1 + 1e-9)
    assert more.misread / more.real >= less.misread / less.real * (1 - 1e-9)


def test_the_cheaper_the_likelier():
    costs = [weighed(suspect(readings=[reading("the", cost=cost)]), Belief(SIZE)).misread for cost in (3, 5, 8, 12)]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > 10 * costs[-1]


def test_what_returns_without_its_reading_is_a_word_of_the_text():
    """Thirty times "Hanmer" and nowhere "Hammer": the more often, the surer."""
    real = [
        weighed(suspect("Hanmer", times, [reading("Hammer", printed=1.0, right=0)], shape=1e-6), Belief(SIZE)).real
        for times in (1, 3, 30)
    ]
    assert real == sorted(real)
    assert real[0] < 0.1
    assert real[-1] > 0.9


def test_what_is_a_habit_of_the_scan_returns_too():
    """Forty times "tho", where the text should have "the" five hundred times: one form that is always misread alike."""
    often = suspect("tho", 40, [reading("the", printed=500.0, right=300)], shape=1e-6)
    assert weighed(often, Belief(SIZE, 1.0)).misread > 0.9
    rare = often._replace(readings=[reading("the", printed=0.5, right=0)])
    assert weighed(rare, Belief(SIZE, 1.0)).misread < 0.3


def test_a_known_word_is_what_a_text_may_be_about():
    """Forty times "arid" in a text on deserts: much too often for a rare word, and still one that neighbours may save."""
    topic = suspect("arid", 40, [reading("and", printed=300.0, right=300)], real=0.01, known=True)
    chances = weighed(topic, Belief(SIZE))
    assert 1e-3 < chances.real < 0.5
    assert chances.rubbish == chances.by_ear == 0


def test_dialect_is_written_by_ear():
    plain, heard = (suspect("thoucht", alike=alike, blurred=1e-8) for alike in (0.0, 10.0))
    belief = Belief(SIZE, by_ear=0.01)
    assert weighed(plain, belief).by_ear == 0
    assert weighed(heard, belief).by_ear > 0.5
    assert weighed(heard, belief).misread < weighed(plain, belief).misread


def test_what_is_spelled_like_no_word_is_not_written_by_ear():
    """ "tiie" sounds like "the" without its vowels; who writes so?"""
    shapes = ({"shape": 2.1e-6, "blurred": 1.9e-7}, {"shape": 2.2e-8, "blurred": 1.1e-7})
    thae, tiie = (suspect(core, 12, alike=30.0, **each) for core, each in zip(("thae", "tiie"), shapes, strict=True))
    assert (thae.spelled, round(tiie.spelled, 1)) == (1.0, 0.2)
    assert thae.spoken
    assert tiie.by_ear
    assert not tiie.spoken
    assert weighed(tiie, Belief(SIZE)).by_ear < weighed(thae, Belief(SIZE)).by_ear


@given(beliefs, st.integers(1, 50))
def test_what_looks_like_a_word_is_sooner_one(belief, times):
    likely, odd = (weighed(suspect(times=times, shape=shape), belief) for shape in (1e-4, 1e-9))
    assert likely.real > odd.real
    assert likely.misread < odd.misread


# ---- the whole text ----


def test_a_text_without_unknown_words_is_cleaner_than_was_believed():
    belief = believed([], 100_000)
    assert belief.noise < NOISE / 100
    assert belief.fused < FUSED / 100
    assert belief.rubbish < RUBBISH / 100
    assert (belief.small, belief.capital, belief.by_ear) < (SMALL, CAPITAL, BY_EAR)


def test_of_nothing_nothing_is_learned():
    assert believed([], 0) == pytest.approx(Belief(0))


def test_noise_is_learned_from_what_is_plainly_misread():
    def text(misread):
        return [suspect(f"tb{k}e", readings=[reading("the", printed=500.0)]) for k in range(misread)]

    noise = [believed(text(misread), SIZE).noise for misread in (0, 20, 200)]
    assert noise == sorted(noise)
    assert noise[0] < NOISE < noise[-1]
    assert believed(text(200), SIZE).fused < FUSED


@given(st.lists(suspects, max_size=12), st.integers(1, 10**6))
def test_beliefs_are_shares(found, size):
    belief = believed(found, size)
    assert belief.size == size
    assert belief.noise >= LEAST_NOISE
    assert min(belief[1:]) > 0
    assert belief.small + belief.capital <= (sum(1 for _ in found) + 500 * (SMALL + CAPITAL)) / (500 + size) + 1e-9


def test_missing_blanks_are_learned_by_themselves():
    fused = [suspect(f"ofthe{k}", readings=[reading("of the", cause=Cause.BLANK, cost=0.0)]) for k in range(60)]
    belief = believed(fused, SIZE)
    assert belief.fused > 3 * FUSED
    assert belief.noise < NOISE


# ---- what is asked of the text before ----


def test_the_reading_of_a_missing_blank_stands_beside_the_others():
    found = suspects_of({"ofthe": (3, [(5.0, "often")])}, LEXICON, SIZE, FEW)["ofthe"]
    assert [(each.word, each.cause) for each in found.readings] == [("often", Cause.NOISE), ("of the", Cause.BLANK)]
    assert found.times == 3


def test_another_spelling_is_no_misreading_but_speaks_for_the_word():
    found = suspects_of({"labour": (1, [(5.0, "labor"), (6.0, "harbour")])}, LEXICON, SIZE, FEW)["labour"]
    assert [each.word for each in found.readings if each.cause is Cause.NOISE] == ["harbour"]
    assert found.real > suspects_of({"labour": (1, [(6.0, "harbour")])}, LEXICON, SIZE, FEW)["labour"].real


def test_what_sounds_like_a_word_stays_its_reading_and_may_be_dialect():
    alike, other = suspects_of(
        {"thoucht": (1, [(5.0, "thought")]), "tbe": (1, [(5.0, "the")])}, LEXICON, SIZE, FEW
    ).values()
    assert [each.word for each in alike.readings] == ["thought"]
    assert alike.alike == alike.readings[0].printed
    assert (alike.by_ear, other.by_ear, other.alike) == (True, False, 0)


def test_the_share_of_capitals_counts_no_names():
    text = {"the": 60, "chair": 30, "The": 9, "Chair": 1, "Charles": 500, "LONDON": 500, "1st": 40}
    assert Capitals.of(text, ENGLISH).share == pytest.approx((10 + 1) / (100 + 10))
    assert Capitals.of({}, ENGLISH).share == 0.1


def test_how_a_text_writes_a_word_counts_more_than_what_names_are_in_general():
    general, mine = (Capitals(cores, 0.05) for cores in ({}, {"Council": 45, "council": 5, "frank": 50}))
    assert general.raised("chair", ENGLISH) < 0.01
    assert mine.raised("council", ENGLISH) == pytest.approx((45 + 5 * general.raised("council", ENGLISH)) / 55)
    assert mine.raised("frank", ENGLISH) < 0.1 < general.raised("frank", ENGLISH)


def test_what_often_begins_a_sentence_often_has_a_capital():
    few, usual, titled = (Capitals({}, share) for share in (0.01, ENGLISH.opens(""), 0.3))
    assert usual.raised("he", ENGLISH) == pytest.approx(ENGLISH.opens("he"))
    assert usual.raised("he", ENGLISH) > 0.2
    assert few.raised("he", ENGLISH) < 0.05
    assert usual.raised("chair", ENGLISH) < 0.01
    assert 0.25 < titled.raised("chair", ENGLISH) < 0.3 < titled.raised("he", ENGLISH)


@pytest.mark.parametrize("word", ["saunders", "reed's", "mew", "charles", "he", "payback", "zzyzx", ""])
@pytest.mark.parametrize("share", [0.0, 0.06, 0.9])
def test_no_word_has_a_capital_more_often_than_it_is_written(word, share):
    """Names that were counted behind "Mr." alone, so that the table has no row of theirs, are no exception."""
    assert 0 <= Capitals({}, share).raised(word, ENGLISH) <= 1


@pytest.mark.parametrize(
    ("likelier", "other"), [("Charles", "charles"), ("the", "The"), ("march", "charles"), ("The", "Hawk")]
)
def test_names_are_printed_with_a_capital_and_others_seldom(likelier, other):
    assert printed_of(likelier, SIZE, LEXICON, FEW) > 5 * printed_of(other, SIZE, LEXICON, FEW)


@pytest.mark.parametrize("word", ["frank", "house", "charles"])
def test_each_word_is_printed_in_one_case_or_the_other(word):
    both = sum(printed_of(form, SIZE, LEXICON, FEW) for form in (word, word.capitalize()))
    assert both == pytest.approx(SIZE * LEXICON.probability(word))


def test_costs_are_natural_logarithms():
    (one,) = suspects_of({"tbe": (1, [(log(100) / 0.8, "the")])}, LEXICON, SIZE, FEW)["tbe"].readings
    assert one.expected == pytest.approx(one.printed / 100)
