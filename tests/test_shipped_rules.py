"""The rules that come with the program: the tables of misread words, what they leave alone, and the program that makes them."""

import sys
from collections import Counter
from copy import copy
from pathlib import Path

import pytest

from cleaner import Cleaner, rulebook
from cleaner.language import general
from cleaner.language.packages import packaged
from cleaner.settings import Settings

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "rules" / "words"
TABLES = {table.rule.id: table for table in rulebook.load(rulebook.shipped()).tables}
LANGUAGES = ("en", "fr", "de", "it", "nl", "es", "pt")


@pytest.fixture(scope="module")
def program():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "tools")
        for name in ("channel", "confusions"):
            patch.delitem(sys.modules, name, raising=False)
        import confusions

        yield confusions


@pytest.fixture(scope="module")
def judge(program):
    words = {
        "the": 5000,
        "The": 500,
        "have": 900,
        "house": 300,
        "such": 300,
        "enough": 200,
        "little": 300,
        "London": 90,
    }
    return program.Judge("en", Counter(words))


def cleaned(text, **settings):
    return Cleaner(Settings(**{"language": "en", "only": ("rules",), **settings})).clean(text).text


# ---- the tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_what_is_wrong_is_a_word_in_no_dictionary_and_what_is_right_is_one(name):
    table = TABLES[name]
    (code,) = table.rule.languages
    known = [packaged(other) for other in LANGUAGES]
    assert not [word for word in table.rows if any(word.lower() in words for words in known)]
    own = general(code)
    assert not [right for right in table.rows.values() if right.lower() not in own]
    assert not [word for word in table.rows if not word.isalpha() or not word.isascii()]


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_in_order_and_say_where_they_come_from(name):
    lines = (WORDS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {(int(count) > 0, source) for *_, count, source in rows} <= {(True, "scans"), (False, "channel")}
    assert TABLES[name].rule.source


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tbe men wbich were tbere saw tlie mill.\n", "The men which were there saw the mill.\n"),
        ("She bad a hut, and hare arid modem tomes.\n", None),
        ("The TBE vaccine, a tbe-like thing, tbe's.\n", None),
        ("He fat by the fame old houfe of fuch people.\n", None),
        ("corn, hay, &e., in the mill\n", "corn, hay, &c., in the mill\n"),
    ],
)
def test_english(raw, clean):
    assert cleaned(raw) == (clean or raw)


def test_the_long_s_is_asked_for_by_the_century():
    raw = "It was fuch a houfe, and moft of the fame, as they faid.\n"
    assert cleaned(raw) == raw
    assert cleaned(raw, century=19) == raw
    assert cleaned(raw, century=18) == "It was such a house, and most of the fame, as they said.\n"


@pytest.mark.parametrize(
    ("code", "raw", "clean"),
    [
        ("fr", "lcs hommes et qnelque chose\n", "les hommes et quelque chose\n"),
        ("de", "er ist uicht da, daB er muBte\n", "er ist nicht da, daß er mußte\n"),
        ("de", "er rief: ,,Komm!\n", "er rief: „Komm!\n"),
        ("fr", "il dit : <<Viens !>>\n", "il dit : «Viens !»\n"),
    ],
)
def test_each_language_has_its_own(code, raw, clean):
    assert cleaned(raw, language=code) == clean
    assert cleaned(raw, language="en") == raw


def test_what_rules_mend_tells_how_bad_the_scan_is():
    """Of a scan whose commonest misreadings the rules mend, the others are no rarer."""
    prose = "He went to the mill and had all that she could give to him when the wheel was still. "
    bad = "Tbe men wbich were there saw tbe wheel tbat turns witb tbe wind, and liave tliis to say. "
    read = "It was the ancicnt rnanner of a rich man's bouse.\n"
    assert cleaned(prose * 12 + bad * 4 + read, only=()).endswith("ancient manner of a rich man's house.\n")
    assert cleaned(prose * 16 + read, only=()).endswith(read)


# ---- the program that makes them -------------------------------------------------------------------------------------


def test_words_are_misread_by_shape_and_not_by_losing_letters(program):
    found = dict(program.misreadings("the", 0.05, program.channel("en")))
    assert {"tbe", "thc", "tne"} <= found.keys()
    assert not {"th", "te", "thee", "tthe"} & found.keys()
    assert all(often >= program.RAREST for often in found.values())


@pytest.mark.parametrize(
    ("word", "free"),
    [
        ("tbe", True),
        ("bave", False),
        ("tho", False),
        ("lhe", False),
        ("te", False),
        ("t6e", False),
        ("th\u00e9", False),
    ],
)
def test_what_any_list_holds_is_not_free(judge, word, free):
    assert judge.is_free(word) == free


@pytest.mark.parametrize(
    ("wrong", "right", "sure"),
    [
        ("tbe", "the", True),
        ("Tbe", "the", False),  # another case: a name
        ("eneugh", "enough", False),  # vowels only: dialect
        ("tle", "the", False),  # half of "little"
    ],
)
def test_a_pair_must_be_sure(judge, wrong, right, sure):
    assert judge.is_sure(wrong, right, 1e-4, {right: 1e-4}) == sure
    assert not judge.is_sure(wrong, right, 1e-4, {right: 1e-4, "toe": 3e-6})


@pytest.mark.parametrize(("the", "sure"), [(5_000, False), (1_000_000, True)])
def test_a_misprint_in_a_clean_text_is_one_in_many(judge, the, sure):
    other = copy(judge)
    other.counts = Counter(tbe=1, the=the)
    assert other.is_sure("tbe", "the", 1e-1, {}) == sure


def test_names_are_left_alone_and_pairs_come_with_their_counts(program, judge):
    assert "London" not in judge.usual()
    pairs = {pair.wrong: pair for pair in program.confusions(judge, {"tbe": Counter(the=4)}, long_s=False)}
    assert pairs["tbe"] == ("tbe", "the", 4, "scans")
    assert pairs["liave"] == ("liave", "have", 0, "channel")
    assert program.agrees(Counter(the=4), "tbe", "the", judge)
    assert program.agrees({"the": 4, "rhinoceros": 1}, "tbe", "the", judge)  # a slip of the alignment
    assert not program.agrees({"the": 4, "toe": 1}, "tbe", "the", judge)


def test_what_may_have_a_long_s_is_thought_of(program, judge):
    often = program.OLD * program.LONG_S_READ * judge.share("house")
    assert judge.originals("houfe")["house"] >= often


def test_the_long_s(program, judge):
    pairs = {pair.wrong: pair.right for pair in program.confusions(judge, {}, long_s=True)}
    assert pairs == {"houfe": "house", "fuch": "such"}
