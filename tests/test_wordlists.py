"""Word lists and the counts of a corpus: what they hold, what is no such file, and what they say of a word."""

from collections import Counter
from pathlib import Path

import pytest

from cleaner import Cleaner, clean, language, settings, wordlists
from cleaner.errors import LexiconError, UsageError
from cleaner.language import General, Lexicon
from cleaner.settings import Settings
from cleaner.wordlists import counted, listed, merged, written

RAW = "On the night of the counter-\nrevolution the town slept.\n"
SOLID = "On the night of the counterrevolution the town slept.\n"
HYPHENED = "On the night of the counter-revolution the town slept.\n"
ENGLISH = General("en", {"today": 3e-4, "counterrevolution": 2e-7, "sea": 1e-4, "port": 5e-5, "seaport": 5e-7})


# ---- files -----------------------------------------------------------------------------------------------------------


def test_a_word_list_as_people_write_it():
    data = "\ufeff# names\r\n\r\n  Osinskii \r\ncafe\u0301  # composed\nO\u2019Neill\nosinskii\nC3\rmill\r".encode()
    assert wordlists.parse(data, "x").words == {
        "osinskii": "Osinskii",
        "caf\u00e9": "caf\u00e9",
        "o'neill": "O\u2019Neill",
        "c3": "C3",
        "mill": "mill",
    }
    assert not wordlists.parse(b"# nothing yet\n", "x")


@pytest.mark.parametrize(
    ("data", "where", "what", "hint"),
    [
        (b"mill\nrace\t12\n", ":2:", "holds a tab", "lexicon build"),
        (b"mill\n\nto day\nx y\n", ":3:", "'to day' is several words (the first of 2 lines", "to-day"),
        (b"Dr.\n", ":1:", "'Dr.' is no word", "only inside"),
        (b"un-\n", ":1:", "'un-' is no word", "only inside"),
        (b"mill\ncaf\xe9\n", ":2:", "0xe9 is not UTF-8", "as UTF-8"),
        ("mill\n".encode("utf-16"), ":", "zero bytes", "in UTF-8"),
        (b"\x7fELF\x02\0\0", ":", "not a text", "one word a line"),
        (b"a!" * 99, ":1:", "a!...' is no word", "only inside"),
        (written({"mill": 4}, 4).replace(b"format=1", b"format=2"), ":1:", "format 2", "again"),
        (b"#cleaner-counts\n", ":1:", "header is damaged", "again"),
        (written({"mill": 4}, 4)[:-1], ":", "cut off", "again"),
        (written({"mill": 4}, 4) + b"mill\t4\n", ":3:", "twice", "one of the two"),
        (written({"mill": 4}, 4) + b"race\n", ":3:", "'race' is no count", "a tab"),
        (written({"mill": 4}, 4) + b"race\t0\n", ":3:", "no count", "from 1 on"),
        (written({"mill": 4}, 4) + b"Race\t1\n", ":3:", "no count", "lower case"),
        (written({"mill": 4}, 4) + b"\n", ":3:", "no count", "lower case"),
    ],
)
def test_what_is_no_lexicon_is_named_with_file_line_and_the_way_on(tmp_path, data, where, what, hint):
    path = tmp_path / "list.txt"
    path.write_bytes(data)
    with pytest.raises(LexiconError) as error:
        settings.lexicon(path)
    assert error.value.message.startswith(f"{path}{where}")
    assert what in error.value.message
    assert hint in error.value.hint


def test_what_is_no_file(tmp_path):
    with pytest.raises(LexiconError, match=r"nowhere\.txt: there is no such file"):
        settings.lexicon(tmp_path / "nowhere.txt")
    with pytest.raises(LexiconError, match="is not a file"):
        settings.lexicon(str(tmp_path))


def test_counts_come_back_as_they_were_written():
    data = written({"mill-race": 2, "mill": 4, "\u00fcber": 3, "rnill": 1}, total=10, least=2)
    assert [line.split(b"\t")[0] for line in data.splitlines()[1:]] == [b"mill", b"mill-race", "\u00fcber".encode()]
    found = wordlists.parse(data, "x")
    assert (found.counts, found.total) == ({"mill-race": 2, "mill": 4, "\u00fcber": 3}, 10)


def test_lines_that_a_person_added_to_counts_are_read():
    found = wordlists.parse(written({"mill": 4}, total=4) + b"race\t90\n", "x")
    assert found.count("race") == 90
    assert found.total == 94  # the shares of all words are no more than the whole


def test_values_are_the_files_that_they_would_be():
    assert listed(["mill", "Osinskii"]).sha256 == wordlists.parse(b"Osinskii\nmill\n", "x").sha256
    counts = {"Mill": 3, "mill": 1, "race": 2}
    assert counted(counts).sha256 == wordlists.parse(written({"mill": 4, "race": 2}, 6), "x").sha256
    assert counted(counts).counts == {"mill": 4, "race": 2}


@pytest.mark.parametrize("broken", [["to day"], [""], {"to day": 1}, {"mill": 0}, {"mill": True}, {"mill": 1.5}])
def test_values_are_checked_like_files(broken):
    with pytest.raises(LexiconError, match=r"is several words|is no word|has the count"):
        settings.lexicon(broken)


def test_the_same_list_counts_once():
    corpus = counted({"mill": 3})
    assert merged([corpus, corpus]) is corpus
    assert merged([corpus, counted({"mill": 4})]).count("mill") == 7
    assert merged([]) is wordlists.NOTHING
    first = merged([listed(["Polish"]), listed(["polish", "race"])])
    assert first.words == {"polish": "Polish", "race": "race"}


# ---- what they say of a word -----------------------------------------------------------------------------------------


def odds(lexicon, joined, hyphened):
    return lexicon.known(joined) / lexicon.known(hyphened)


def test_a_listed_word_is_a_word_whatever_its_case_and_apostrophe():
    lexicon = Lexicon(ENGLISH, Counter({"the": 100}), listed(["Osinskii", "O'Neill"]))
    for word in ("OSINSKII", "osinskii", "Osinskii\u2019s", "O\u2019Neill"):
        assert lexicon.known(word) > 1e-4
    assert lexicon.known("Osinskii") == pytest.approx(10 / (100 + 2 * 10 + 50_000))
    assert lexicon.seen("Osinskii")
    assert not lexicon.seen("Osinski")
    assert lexicon.known("osinski") == 0


def test_a_document_overrules_a_list_only_by_writing_otherwise_often():
    def share(times):
        lexicon = Lexicon(ENGLISH, Counter({"today": times}), listed(["to-day"]))
        solid, hyphened = lexicon.known("today"), lexicon.known("to-day")
        return hyphened / (solid + hyphened)

    assert share(0) > 0.98  # though the language writes "today" every 3,000 words
    assert share(1) > 0.89
    assert 0.5 < share(3) < 0.9
    assert share(100) < 0.1


def test_a_list_says_which_hyphens_are_right_either_way():
    corpus = counted({"to-day": 300, "today": 300, "mill": 100_000})
    plain = Lexicon(ENGLISH, Counter(), corpus)
    assert 0.1 < odds(plain, "today", "to-day") < 10
    assert odds(Lexicon(ENGLISH, Counter(), merged([corpus, listed(["today"])])), "today", "to-day") > 100
    assert odds(Lexicon(ENGLISH, Counter(), merged([corpus, listed(["to-day"])])), "today", "to-day") < 1 / 9
    both = Lexicon(ENGLISH, Counter(), merged([corpus, listed(["to-day", "today"])]))
    assert 0.1 < odds(both, "today", "to-day") < 10


def test_a_possessive_is_known_by_its_word():
    lexicon = Lexicon(ENGLISH, Counter(), merged([counted({"mill": 3}), listed(["to-day"])]))
    assert lexicon.counted("mill's") == lexicon.counted("mill") > 0
    assert lexicon.known("today\u2019s") < lexicon.known("to-day\u2019s") / 9


def test_a_dictionary_as_a_list_says_little_of_each_word():
    """A list of a few words may join "sea" and "port" at a line end, 300,000 words must not."""
    few = Lexicon(ENGLISH, Counter(), listed(["seaport"]))
    many = Lexicon(ENGLISH, Counter(), listed(["seaport", *(f"w{k}" for k in range(300_000))]))
    none = Lexicon(ENGLISH, Counter())
    assert few.known("seaport") > 100 * none.known("seaport")
    assert many.known("seaport") < 3 * none.known("seaport")
    assert many.known("w7") > 1000 * many.unseen(2 + len("seaport"))


def test_a_corpus_weighs_less_than_the_document_and_more_than_the_language():
    for size in (100, 100_000, 10_000_000):
        corpus = counted({"counter-revolution": 14, "filling": size})
        lexicon = Lexicon(ENGLISH, Counter({"the": 1000, "osinskii": 1}), corpus)
        assert odds(lexicon, "counterrevolution", "counter-revolution") < 1 / 9
        assert lexicon.known("counter-revolution") / 14 <= lexicon.known("osinskii") / 2
    # the formula of the docstring, by hand: c = 1, n = 1001, C = 14, N = 100014
    general = General("en", {"filler": 1e-5})
    lexicon = Lexicon(general, Counter({"the": 1000, "filler": 1}), counted({"filler": 14, "filling": 100_000}))
    assert lexicon.known("filler") == pytest.approx((1 + 50_000 * (7 + 0.5) / (50_007 + 50_000)) / 51_001)


def test_without_lexicons_nothing_is_another():
    counts = Counter({"today": 2, "the": 60})
    bare, empty = Lexicon(ENGLISH, counts), Lexicon(ENGLISH, counts, merged([listed([])]))
    for word in ("today", "to-day", "seaport", "xyz"):
        assert bare.probability(word) == empty.probability(word)


def test_what_a_list_or_a_corpus_fuses_is_not_plainly_apart():
    assert Lexicon(ENGLISH, Counter({"race": 9, "mill": 9})).plainly_apart("mill", "race")
    for given in (listed(["millrace"]), listed(["mill-race"]), counted({"mill-race": 2})):
        assert not Lexicon(ENGLISH, Counter({"race": 9, "mill": 9}), given).plainly_apart("mill", "race")
    assert Lexicon(ENGLISH, Counter(), listed(["mill", "race"])).plainly_apart("mill", "race")


def test_unseen_words_are_those_that_nobody_handed_over():
    counts = Counter({"osinskii": 1, "the": 100})
    assert Lexicon(ENGLISH, counts, listed(["Osinskii"])).unseen(5) < Lexicon(ENGLISH, counts).unseen(5)


# ---- in the library --------------------------------------------------------------------------------------------------


def test_a_word_that_the_document_writes_once_is_spelled_as_the_lexicons_have_it(tmp_path):
    counts = tmp_path / "counts.tsv"
    counts.write_bytes(written({"counter-revolution": 14, "the": 90_000}, 100_000))
    assert clean(RAW, language="en").text == SOLID
    for lexicon in (["counter-revolution"], counts, str(counts), {"Counter-revolution": 14}):
        result = clean(RAW, language="en", lexicons=[lexicon])
        assert result.text == HYPHENED
        assert result.restore() == RAW
    assert result.changes[0].why == "corpus: 0 x counterrevolution, 14 x counter-revolution"
    result = clean(RAW, language="en", lexicons=[counts, ["Counter-Revolution"]])
    assert result.changes[0].why.startswith("in your word list: counter-revolution; corpus: 0 x")
    assert language.general("en").frequency("counterrevolution") > 0


def test_what_the_document_writes_itself_comes_first():
    raw = f"The counterrevolution, a counterrevolution, that counterrevolution: {RAW}"
    result = clean(raw, language="en", lexicons=[{"counter-revolution": 3, "the": 1_000_000}])
    assert "counter-rev" not in result.text
    assert result.changes[0].why.startswith("mid-line: 3 x counterrevolution, 0 x counter-revolution; corpus: 0 x")


def test_a_listed_word_is_no_matter_of_the_documents_habits():
    raw = "He left to-night, not to-morrow, to-night or to-morrow. He came to-\nday.\n"
    assert "came to-day" in clean(raw, language="en").text
    assert "came today" in clean(raw, language="en", lexicons=[["today"]]).text


def test_a_lost_hyphen_is_found_by_a_listed_word():
    name = "Then came Osin\nskii and spoke.\n" * 2
    assert "Osinskii" not in clean(name, language="en").text
    assert "Osinskii" in clean(name, language="en", lexicons=[["Osinskii"]]).text


def test_the_key_tells_what_is_in_a_lexicon_and_not_its_name(tmp_path):
    (tmp_path / "a.txt").write_text("Osinskii\n")
    (tmp_path / "b.txt").write_text("Osinskii\n")
    (tmp_path / "c.txt").write_text("Osinskij\n")
    a, b, c = (Cleaner(lexicons=[tmp_path / f"{name}.txt"]) for name in "abc")
    assert a.key == b.key
    assert len({Cleaner().key, a.key, c.key}) == 3
    assert Cleaner(lexicons=[tmp_path / "a.txt", tmp_path / "c.txt"]).key == (
        Cleaner(lexicons=[tmp_path / "c.txt", tmp_path / "b.txt", tmp_path / "a.txt"]).key
    )
    (header,) = a.clean("x").records.header["settings"]["lexicons"]
    assert header == {"name": "a.txt", "sha256": a.given.sha256}


def test_lexicons_are_a_list():
    for wrong in ("words.txt", Path("words.txt"), {"mill": 3}):
        with pytest.raises(UsageError, match="must be a list"):
            clean("x", lexicons=wrong)


def test_settings_hold_lexicons_beside_those_that_are_given():
    cleaner = Cleaner(Settings(lexicons=(listed(["mill"]),)), lexicons=[["race"], {"town": 3}])
    assert cleaner.given.vouches("mill")
    assert cleaner.given.vouches("race")
    assert cleaner.given.count("town") == 3


# ---- in the settings -------------------------------------------------------------------------------------------------


def test_lexicons_of_the_settings_by_path_and_on_the_command_line(tmp_path):
    for name in ("all", "french", "given"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n")
    (tmp_path / "cleaner.toml").write_text(
        'lexicons = ["all.txt"]\n[[path]]\nglob = "french/*"\nlexicons = ["french.txt", "all.txt"]\n'
    )
    config = settings.load(tmp_path)

    def names(path, **given):
        return [found.name for found in config.settings_for(Path(path), given).lexicons]

    assert names("x.txt") == ["all.txt"]
    assert names("french/x.txt") == ["french.txt", "all.txt"]
    assert names("french/x.txt", lexicons=(tmp_path / "given.txt",)) == ["given.txt"]


def test_a_file_is_read_once_and_only_where_it_is_needed(tmp_path, monkeypatch):
    (tmp_path / "words.txt").write_text("mill\n")
    (tmp_path / "cleaner.toml").write_text(
        'lexicons = ["words.txt"]\n[[path]]\nglob = "no/*"\nlexicons = ["nowhere.txt"]\n'
    )
    config = settings.load(tmp_path)
    first = config.settings_for(Path("a.txt"), {})
    (tmp_path / "words.txt").unlink()
    assert config.settings_for(Path("b.txt"), {}).lexicons[0] is first.lexicons[0]
    with pytest.raises(LexiconError, match="nowhere"):
        config.settings_for(Path("no/a.txt"), {})


@pytest.mark.parametrize("source", ['lexicons = "words.txt"', "lexicons = [1]", "[[path]]\nglob = '*'\nlexicons = 'x'"])
def test_lexicons_in_the_settings_are_a_list_of_names(tmp_path, source):
    (tmp_path / "cleaner.toml").write_text(source)
    with pytest.raises(settings.SettingsError, match=r"must be a list|list of strings"):
        settings.load(tmp_path)
