"""What it costs to read a word as another, the search for what was printed, and the program that counts."""

import itertools
import shutil
import sys
import time
from collections import Counter
from math import inf
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from cleaner.language import general
from cleaner.language.confusions import ADDED, ALIKE, LOST, SWAPPED, UNREAD, Group, substituted
from cleaner.language.noisy import LIKELY, Channel, channel, counted
from cleaner.language.vocabulary import Vocabulary

TOOLS = Path(__file__).parent.parent / "tools"


def vocabulary(listed):
    return Vocabulary(dict.fromkeys(listed, 1e-4))


KNOWN = vocabulary(
    "the then he have house horse corner comer modern modem clear dear hill bill uncle like lake king iowa said".split()
)
ENGLISH = channel("en")
words = st.text("abcehilmnortu", min_size=1, max_size=8)
readings = st.text("abcehilmnortuTI1.' " + UNREAD, max_size=8)


# ---- costs ----


@given(readings, readings)
def test_only_the_word_itself_costs_nothing(read, truth):
    assert (ENGLISH.cost(read, truth) == 0.0) == (read == truth)


@given(readings, readings, st.floats(0, 30))
def test_a_limit_hides_what_costs_more_and_nothing_else(read, truth, most):
    cost = ENGLISH.cost(read, truth)
    assert ENGLISH.cost(read, truth, most) == (cost if cost <= most else inf)


SHORT_WORDS = ("a", "the", "and", "of", "I", "It", "him", "man", "hid", "can")


@given(st.sampled_from(SHORT_WORDS), st.data(), st.booleans())
def test_no_way_costs_less_than_a_short_word_surely_does(truth, data, taught):
    some = ENGLISH.adapted([("kouse", "house"), ("tke", "the"), ("gpen", "seen")] * 9, 1_000) if taught else ENGLISH
    read = data.draw(readings) if data.draw(st.booleans()) else data.draw(st.sampled_from(misread_as(some, truth)))
    assert some.ways.at_least(read, truth) <= some.ways.cheapest(f" {read} ", f" {truth} ").cost


def test_what_a_document_shows_is_no_surer_to_cost_much():
    mine = ENGLISH.adapted([("kouse", "house"), ("tke", "the"), ("kave", "have")] * 9, 1_000)
    assert mine.ways.at_least("kim", "him") <= mine.cost("kim", "him") < ENGLISH.ways.at_least("kim", "him")


def misread_as(some, truth):
    """A word with any of the listed confusions inside of it."""
    return [
        truth.replace(printed, read, 1)
        for printed, costs in some.costs.items()
        if printed and printed in truth
        for read in costs
    ]


@given(readings, readings)
def test_groups_are_the_two_words_cut_up(read, truth):
    groups = ENGLISH.groups(read, truth)
    assert "".join(group.printed for group in groups) == f" {truth} "
    assert "".join(group.read for group in groups) == f" {read} "


@pytest.mark.parametrize(
    ("read", "truth", "dearer"),
    [
        ("tbe", "the", "toe"),  # h printed faintly
        ("comer", "corner", "cover"),
        ("modem", "modern", "model"),
        ("uncie", "uncle", "uncte"),
        ("bave", "have", "gave"),
        ("aud", "and", "aid"),
        ("tlie", "the", "tile"),
        ("bouse", "house", "mouse"),
        ("wbat", "what", "wheat"),
        ("Iike", "like", "hike"),
        ("1ike", "like", "hike"),
        ("0ne", "One", "Fne"),
        ("'the", "the", "xthe"),
        ("oF", "of", "ox"),
    ],
)
def test_what_scans_do_is_cheaper_than_what_they_do_not(read, truth, dearer):
    assert ENGLISH.cost(read, truth) < ENGLISH.cost(read, dearer)


def test_what_was_never_counted_has_the_price_of_its_shape():
    assert Channel().cost("cat", "eat") == substituted("e", "c") == ALIKE
    assert substituted("e", "k") > ALIKE > substituted("0", "O")
    assert Channel().cost("ca", "cat") == LOST


def test_a_letter_that_could_not_be_read_is_any_letter_or_none():
    assert ENGLISH.cost(f"t{UNREAD}e", "the") == ENGLISH.cost(f"t{UNREAD}e", "toe") < ENGLISH.cost("txe", "the")
    assert ENGLISH.cost(f"the{UNREAD}", "the") < ENGLISH.cost("thex", "the")
    assert [word for _, word in Channel().originals(f"hou{UNREAD}e", KNOWN, 5.0)] == ["house"]
    assert [word for _, word in Channel().originals(f"hou{UNREAD}se", KNOWN, 5.0)] == ["house"]


def test_f_for_long_s_is_not_cheap():
    assert ENGLISH.cost("feveral", "several") > ENGLISH.cost("bouse", "house")


# ---- what was printed ----


@pytest.mark.parametrize(
    ("read", "truth"),
    [
        ("tbe", "the"), ("Tbe", "The"), ("TBE", "THE"), ("comer", "corner"), ("ciear", "clear"), ("hou\ufffde", "house"),
        ("thc", "the"), ("tlie", "the"), ("'the", "the"), ("Iike", "like"), ("bouae", "house"),
    ],
)  # fmt: skip
def test_what_was_printed_is_found(read, truth):
    assert truth in [word for _, word in ENGLISH.originals(read, KNOWN, 14.0)]


@pytest.mark.parametrize("read", [UNREAD * 200, "rnnimiiinul" * 40, "H" * 300])
def test_what_is_no_word_ends_soon(read):
    known = vocabulary("".join(letters) for letters in itertools.product("aeinmru", repeat=5))
    began = time.process_time()
    assert ENGLISH.originals(read, known, 12.0) == []
    assert time.process_time() - began < 5  # 0.3 s; without a limit on each step, minutes


@pytest.mark.parametrize("read", ["zzzz", "", "12", "the"])
def test_nothing_is_found_where_nothing_is_near(read):
    assert [word for _, word in ENGLISH.originals(read, KNOWN, 3.5)] == []


@pytest.mark.parametrize(
    ("read", "truth", "cost"),
    [("kouse", "house", ALIKE), ("hose", "horse", LOST), ("houvse", "house", ADDED), ("hosue", "house", SWAPPED)],
)
def test_one_error_that_no_table_holds_is_undone_and_not_two(read, truth, cost):
    assert (cost, truth) in Channel().originals(read, KNOWN, 12.0)
    assert Channel().originals(f"{read}q", KNOWN, 12.0) == []


@given(st.lists(words, max_size=12), readings, st.sampled_from([5.0, 9.0, 12.0]))
def test_the_costs_of_what_is_found_are_those_of_the_channel(listed, read, most):
    found = ENGLISH.originals(read, vocabulary(listed), most)
    assert found == sorted(found)
    for cost, word in found:
        assert word.lower() in listed
        assert word != read
        # how tall a first letter was that is misread nobody knows: a capital costs no more there
        own = str.upper if 2 * sum(map(str.isupper, read)) > len(read) else str.lower
        assert cost == ENGLISH.cost(read, word if read[:1].isupper() else own(word)) <= most


CONFUSIONS = sorted(
    (printed, read)
    for printed, readings in ENGLISH.costs.items()
    for read, cost in readings.items()
    if read and cost <= LIKELY and (printed + read).islower() and (printed + read).isalpha()
)


@given(words, words, st.sampled_from(CONFUSIONS) | st.tuples(st.sampled_from(["", "k"]), st.sampled_from(["", "v"])))
def test_what_one_error_of_any_kind_makes_is_found(left, right, confusion):
    truth, read = confusion[0].join((left, right)), confusion[1].join((left, right))
    assume(read != truth)
    cost = ENGLISH.cost(read, truth)
    assert (cost, truth) in ENGLISH.originals(read, vocabulary([truth]), cost)


@given(st.lists(words, max_size=12), words)
def test_a_vocabulary_is_a_set(listed, word):
    known = vocabulary(listed)
    assert (word in known) == (word in listed)
    near = known.near([word])
    assert near <= set(listed)
    assert near >= {other for other in listed if OSA.distance(word, other) <= 1}


def test_what_begins_with_another_letter_may_have_had_a_capital():
    found = [word for _, word in ENGLISH.originals("raculty", vocabulary(["faculty"]), 20)]
    assert sorted(found) == ["Faculty", "faculty"]
    assert [word for _, word in ENGLISH.originals("facultv", vocabulary(["faculty"]), 20)] == ["faculty"]


# ---- a document's own ----


@given(st.lists(st.tuples(words, words), max_size=5), words, words, st.integers(0, 100_000))
def test_what_a_document_shows_makes_nothing_dearer(corrections, read, truth, letters):
    mine = ENGLISH.adapted(corrections, letters)
    assert mine.cost(read, truth) <= ENGLISH.cost(read, truth)


def test_what_a_document_does_often_becomes_cheap_in_it():
    once = ENGLISH.adapted([("tke", "the")], 5_000)
    often = ENGLISH.adapted([("tke", "the"), ("kouse", "house"), ("wkat", "what")], 5_000)
    assert ENGLISH.cost("kave", "have") > once.cost("kave", "have") > often.cost("kave", "have")
    assert often.cost("bave", "have") == ENGLISH.cost("bave", "have")
    assert often.cost("kave", "have") < ENGLISH.adapted([("tke", "the")] * 3, 500_000).cost("kave", "have")


# ---- the table, and the program that makes it ----


def test_every_language_has_a_channel():
    assert channel("xx").costs == ENGLISH.costs
    assert ENGLISH.shares["e"] > ENGLISH.shares["z"] > 0


@pytest.fixture(scope="module")
def learner():
    sys.path.insert(0, str(TOOLS))
    try:
        import channel as program

        yield program
    finally:
        sys.path.remove(str(TOOLS))


def test_confusions_are_counted_by_what_was_printed(learner):
    """Counted by hand: h is printed 5 times a round, and read as b once; rn twice, and read as m once."""
    truth, read = "the hen in the corner of the barn hut", "tbe hen in the comer of the barn hut"
    counts, seen = learner.learned(list(learner.legible([(truth, read)] * 4)))
    assert counts == {Group("h", "b"): 4, Group("rn", "m"): 4}
    assert (seen["h"], seen["rn"], seen["th"]) == (20, 8, 12)


def test_blanks_that_came_and_went_are_counted(learner):
    parts = learner.legible([("in the old corner of it", "in theold cor ner 'of it")] * 3)
    counts, _ = learner.learned(list(parts))
    assert counts[Group(" ", "")] == 3
    assert sum(count for group, count in counts.items() if " " in group.read and not group.printed.strip()) >= 3


def test_what_was_not_read_at_all_teaches_nothing(learner):
    assert list(learner.legible([("in the old corner", "~~ =) .. |||| .. /")])) == []
    assert list(learner.legible([("in the old corner", "in the old corner")])) == []
    assert list(learner.legible([("in old the corner", "in o1d the corner")])) != []


def test_what_is_seen_less_than_three_times_may_be_chance(learner):
    counts, _ = learner.learned([("the", "tbe")] * 2 + [("hen", "hen")])
    assert counts == Counter()


def test_the_table_is_read_as_it_was_written(learner):
    counts = Counter({Group("h", "b"): 4, Group(" ", ""): 3, Group("", " "): 5})
    seen = Counter({"": 90, "h": 20, " ": 30, "e": 9})
    rows = list(learner.table(counts, seen))
    assert rows[0] == "characters\t90\terrors\t12"
    assert "_\t\t3\t30" in rows
    assert "e\t\t0\t9" in rows
    from cleaner.language.noisy import table_of

    read, made = table_of("\n".join(rows)), counted(counts, seen)
    assert (read.costs, read.shares) == (made.costs, made.shares)


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("tesseract") and shutil.which("fc-match")), reason="needs tesseract and fontconfig"
)
def test_a_scan_is_made_and_read(learner):
    pytest.importorskip("numpy")
    pytest.importorskip("PIL.Image")
    import scans

    truth = "It was the first assembly of the guild, and the mayor had hung the hall with lamps for a committee. " * 4
    made = scans.Made(truth.strip(), "Nimbus Roman:style=Regular", 11, 200, (("blurred", 0.1),), knowing=True, seed=1)
    pairs = learner.pieces(made.truth, scans.read(made))
    assert sum(a == b for a, b in pairs) > 50


def test_what_a_document_taught_is_added_to_what_was_known_before():
    reads = "tbo thc Tbe tne bouse hoiisc corn3r mado modcm Clcar dcar THF iiill sald tkinxs kistoxy".split()
    known = Vocabulary({word: share for word, share in general("en").words.items() if share > 3e-6 and word.isalpha()})
    taught = [
        ("tke", "the"),
        ("wkat", "what"),
        ("madc", "made"),
        ("bouse", "house"),
        ("sald", "said"),
        ("thc", "the"),
        ("iiill", "mill"),
    ]
    mine = ENGLISH.adapted(taught, letters=2_000)
    anew = Channel(mine.costs, mine.shares, mine.cheaper)
    found = [mine.originals(read, known, 12.0) for read in reads]
    assert found == [anew.originals(read, known, 12.0) for read in reads]
    assert found != [ENGLISH.originals(read, known, 12.0) for read in reads]
