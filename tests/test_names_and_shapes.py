"""Tables of names, of shapes and of more words: what each says of words, and the programs that make them."""

import gzip
import subprocess
import sys
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.language import Lexicon, dictionary, general
from cleaner.language.frequencies import UNCOUNTED
from cleaner.language.names import Names, names
from cleaner.language.packages import packaged
from cleaner.language.shapes import ANY, NO_TABLE, Shapes, counted, shapes

ENGLISH = general("en")
LOOKS = shapes("en")
ROOT = Path(__file__).parent.parent
TABLES = (
    "words-en.txt",
    "compounds-en.tsv",
    "bigrams-en.tsv.gz",
    "punctuation-en.tsv.gz",
    "names-en.tsv",
    "shapes-en.tsv.gz",
)

letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
anything = st.text(min_size=1, max_size=12)


# ---- shapes ----


@pytest.mark.parametrize(
    ("word", "dirt"),
    [
        ("thae", "tbae"),
        ("Osgodby", "Osgodbv"),
        ("Llanfarch", "Llanfarcb"),
        ("dinna", "dinua"),
        ("Hanmer", "Hamncr"),
        ("mither", "mithcr"),
        ("naething", "uaething"),
    ],
)
def test_dialect_and_names_are_spelled_as_words_are(word, dirt):
    assert LOOKS.probability(word) > 10 * LOOKS.probability(dirt)


@given(anything, anything)
def test_a_longer_word_is_never_likelier(word, more):
    """But for its end: "thos" may be as unlikely an end as "those" is a likely one; so the beginnings are compared."""
    assert LOOKS.blurred(word + more) > 0
    assert 0 < LOOKS.probability(word + more) < 1
    assert _begun(LOOKS, word + more) <= _begun(LOOKS, word)


def _begun(table, word):
    """The probability of all words that begin so: the steps but for the end."""
    line = "^^" + word.lower()
    share = 1.0
    for at in range(2, len(line)):
        share *= table._step(line[at - 2 : at], line[at])
    return share


@given(st.lists(letters, min_size=1, max_size=6), letters)
def test_the_letters_behind_others_sum_to_one(words, before):
    """Over the letters that were counted; each of the others is one of sixty signs."""
    table = Shapes(counted(words))
    seen = {letter for word in words for letter in word} | {"$"}
    total = sum(table._step(before[-2:], letter) for letter in seen)
    unseen = table._step(before[-2:], "\N{SNOWMAN}")
    assert total + unseen * (1 / ANY - len(seen)) == pytest.approx(1)


@given(letters)
def test_case_does_not_count(word):
    assert LOOKS.probability(word.upper()) == LOOKS.probability(word)


@given(letters, st.integers(0, 11), st.sampled_from("qxz]|1"))
def test_one_misread_sign_costs_less_where_it_may_be_any(word, at, sign):
    assume(len(word) > 3)
    at %= len(word)
    read = word[:at] + sign + word[at + 1 :]
    assume(LOOKS.probability(read) < LOOKS.probability(word) / 1000)
    assert LOOKS.blurred(read) > LOOKS.probability(read)


def test_a_language_without_a_table_knows_only_the_length():
    none = shapes("xx")
    assert none.probability("abc") == none.probability("qqq") == NO_TABLE**3
    assert none.blurred("abc") == ANY * NO_TABLE**2


# ---- names ----


@pytest.mark.parametrize(
    ("word", "least", "most"),
    [
        ("charles", 0.95, 1.0),
        ("london", 0.95, 1.0),
        ("frank", 0.2, 0.9),
        ("chair", 0.0, 0.0),  # in the pairs and not in the table: never a name
        ("the", 0.0, 0.0),
        ("smartphone", UNCOUNTED, UNCOUNTED),  # in no old print
    ],
)
def test_how_often_a_word_is_a_name(word, least, most):
    assert least <= ENGLISH.name(word) <= most


def test_one_is_added_to_what_was_counted():
    assert Names({"frank": (3, 1), "once": (1, 0)}).share("once") == 0.5


def test_a_language_without_names_has_none_to_tell():
    assert names("xx").share("charles") is None


# ---- words that the packaged dictionary lacks ----


@pytest.mark.parametrize("word", "labour neighbour odour specialise centre theatre offence traveller catalogue".split())
def test_british_words_are_words(word):
    assert word in dictionary("en")


@pytest.mark.parametrize("word", "labor neighbor odor specialize center theater offense traveler catalog".split())
def test_american_words_are_words(word):
    assert word in dictionary("en")


@pytest.mark.parametrize("word", ["govern-", "tbe", "tlie", "couneil", "befbre", "monev", "houfe", "inthe"])
def test_what_engines_make_is_none(word):
    assert word not in dictionary("en")


def test_a_language_without_a_dictionary_has_no_words():
    assert not dictionary("xx")


# ---- old prints ----


def test_the_share_in_old_prints_is_that_of_the_pairs():
    assert ENGLISH.printed("ye") > 3 * ENGLISH.frequency("ye")
    assert ENGLISH.printed("tho") < ENGLISH.frequency("tho") / 3
    assert ENGLISH.printed("smartphone") == 0
    assert general("fr").printed("le") == general("fr").frequency("le") > 0


def test_how_usual_a_word_is_depends_on_how_old_a_text_seems():
    old, new = (Lexicon(ENGLISH, {word: 50}) for word in ("to-day", "today"))
    assert old.usual("ye") > 2 * new.usual("ye")
    assert old.usual("tho") < new.usual("tho") / 2


# ---- the programs ----


TEXT = (
    "Then Charles went home, and Charles was glad; but charles is written small once. The odour of the roses, said Mr. "
    "Frank, was frank enough. Thae bairns o' Llanfarch gaed awa, said Jeannie, and Thae bairns gaed hame.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What a program writes of three books that are nearly alike, called as its docstring says; and once more the same."""
    folder = tmp_path_factory.mktemp("books")
    files = [folder / f"{k}.txt" for k in range(3)]
    for file in files:
        file.write_text(TEXT, encoding="utf-8")
    files[0].write_text(TEXT + "Once, and Margaret was there.\n", encoding="utf-8")  # too seldom to tell

    @cache
    def made(program):
        path = ROOT / "tools" / f"{program}.py"
        assert f"python tools/{program}.py --lang en FILE..." in path.read_text(encoding="utf-8")
        command = [sys.executable, path, "--lang", "en", *files]
        return subprocess.run(command, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)}).stdout

    return made


def test_names_are_counted_within_sentences(made):
    """By hand, in one book: "Then Charles", "and Charles", "but charles"; "Mr. Frank", "was frank"; no "The odour"."""
    rows = made("names").decode().splitlines()
    assert rows == ["charles\t6\t3", "frank\t3\t3", "jeannie\t3\t0", "mr\t3\t0", "thae\t3\t0"]


def test_shapes_are_counted_in_the_words_that_no_list_holds(made):
    """By hand: thae, llanfarch, gaed, awa, each once, have six a, and two e behind one."""
    rows = gzip.decompress(made("shapes")).decode().splitlines()
    assert rows == ["\t$\t4\ta\t6\te\t2\th\t2\tl\t2", "a\te\t2"]


def test_words_are_listed_that_the_package_lacks(made):
    rows = made("words").decode().split()
    assert "odour" in rows
    assert not set(rows) & packaged("en")
    assert rows == sorted(set(rows))


def test_the_list_of_words_does_not_hide_its_own_words(made):
    """Counted again where the old list lies it has the same British words; of others these books have too few."""
    rows = set(made("words").decode().split())
    listed = set((resources.files("cleaner") / "data" / "words-en.txt").read_text(encoding="utf-8").split())
    assert rows <= listed
    assert len(rows) > len(listed) / 2


@pytest.mark.parametrize("program", ["bigrams", "compounds", "punctuation"])
def test_the_other_programs_run_as_they_say(program, made):
    assert made(program)


@pytest.mark.parametrize("table", TABLES)
def test_make_counts_each_table_again(table):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (listed,) = [line.split(":=")[1].split() for line in makefile.splitlines() if line.startswith("TABLES ")]
    assert table in listed
    assert (ROOT / "tools" / f"{table.split('-')[0]}.py").is_file()
    assert (ROOT / "cleaner" / "data" / table).is_file()


def test_each_table_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tables = {path.name for path in (ROOT / "cleaner" / "data").iterdir() if path.is_file()}
    assert tables == {*TABLES, "channel-en.tsv"}
    assert not [table for table in tables if f"`{table}`" not in readme]
