"""The quality estimate: what tokens say, that it follows damage, page by page, and where it can be read."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import Cleaner, clean, index, journal, language, quality
from cleaner.cli import main
from cleaner.language import General
from cleaner.model import Span
from cleaner.quality.evidence import MIXED, PLAIN
from cleaner.quality.pages import PAGE, Regions, estimates, pieces
from cleaner.settings import Settings
from cleaner.wordlists import listed

TRUTH = Path(__file__).parent / "samples" / "truth"
ENGLISH = language.general("en")
LETTERS = (TRUTH / "letters.txt").read_text(encoding="utf-8")
LOOKALIKES = {"e": "c", "h": "b", "o": "0", "l": "1", "n": "u", "a": "u", "r": "t", "t": "l", "i": "!", "s": "f"}


def share(text, general=ENGLISH):
    return quality.estimate(text, general).share


def damaged(text, rate, seed=1, times=1):
    """A text of which so large a share of the words has a letter misread, so many times over."""
    dice = random.Random(seed)

    def worn(word):
        places = [k for k, letter in enumerate(word) if letter in LOOKALIKES]
        if not places or dice.random() >= rate:
            return word
        at = dice.choice(places)
        return word[:at] + LOOKALIKES[word[at]] + word[at + 1 :]

    if times > 1:
        text = damaged(text, rate, seed + 1, times - 1)
    return "\n".join(" ".join(map(worn, line.split(" "))) for line in text.split("\n"))


# ---- one token -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token", ["harbour", "The", "harbour,\u201d", "well-known", "miller\u2019s", "a", "I", "o'clock", "and/or"]
)
def test_words_that_are_known_speak_for_a_text(token):
    assert quality.Judge(ENGLISH).evidence(token).odds < 1


@pytest.mark.parametrize(
    "token", ["tb|s", "m0uth", "thE", "^", "'.", "e", "harbour,,", ".harbour", "harbour|", "nd", "ing", "h\ufffdrbour"]
)
def test_what_print_has_not_speaks_against_it(token):
    assert quality.Judge(ENGLISH).evidence(token).odds > 3


@pytest.mark.parametrize("token", ["1918", "12mo", "\xa320,", "2nd", "J.", "&c.", "N.S.W.", "\u2014", "...", "d."])
def test_figures_and_abbreviations_say_little(token):
    assert 1 < quality.Judge(ENGLISH).evidence(token).odds < 3


@pytest.mark.parametrize(
    ("token", "own"), [("Osgodby", "capital"), ("Osgodby's", "capital"), ("gloamin", "small"), ("sea-gloamin", "small")]
)
def test_words_that_no_list_holds_are_asked_of_the_text(token, own):
    assert quality.Judge(ENGLISH).evidence(token).own == own


def test_a_word_looks_more_misread_the_less_it_is_spelled_like_one():
    judge = quality.Judge(ENGLISH)
    assert judge.evidence("tbcrc").odds > 5 * judge.evidence("gloamin").odds


@pytest.mark.parametrize("token", ["\ufb01rst", "hou\u017fe", "a\ufb00ord"])
def test_ligatures_and_the_long_s_are_print(token):
    assert quality.Judge(ENGLISH).evidence(token) == PLAIN


def test_the_words_of_a_person_are_words():
    assert quality.Judge(ENGLISH, listed(["Osinskii"])).evidence("Osinskii") == PLAIN
    assert quality.Judge(ENGLISH).evidence("Osinskii") != PLAIN


def test_of_a_token_of_any_length_little_is_looked_at_and_nothing_kept():
    judge = quality.Judge(ENGLISH)
    assert judge.seen(["x|" * 10_000_000, "harbour"]) == {MIXED_EVIDENCE: 1, PLAIN: 1}
    assert [*judge._numbers] == ["harbour"]


MIXED_EVIDENCE = type(PLAIN)(MIXED)


# ---- a text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["essay", "gazette", "handbook", "letters"])
def test_a_clean_text_is_nearly_all_right(name):
    assert share((TRUTH / f"{name}.txt").read_text(encoding="utf-8")) > 0.98


@pytest.mark.parametrize("seed", range(3))
def test_the_more_damage_the_lower(seed):
    rates = (0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
    shares = [share(damaged(LETTERS, rate, seed)) for rate in rates]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(shares)


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2])
def test_the_estimate_is_about_the_share_of_right_words(rate):
    worn = damaged(LETTERS, rate)
    pairs = [*zip(LETTERS.split(), worn.split(), strict=True)]
    true = sum(one == other for one, other in pairs) / len(pairs)
    assert share(worn) == pytest.approx(true, abs=0.03 + 0.3 * (1 - true))


def test_names_count_for_nothing_in_a_good_text_and_for_much_in_a_bad_one():
    names = " ".join(f"Mr. {name} of Osgodby came." for name in ("Tbewes", "Hanmer", "Wendlake", "Yarle") * 5)
    good, bad = LETTERS + names, damaged(LETTERS, 0.3) + names
    lost = [share(text) - share(text + names * 20) for text in (LETTERS, damaged(LETTERS, 0.3))]
    assert share(good) > 0.98
    assert share(bad) < 0.8
    assert lost[0] < 0.05


@pytest.mark.parametrize("text", ["", "\n\n", " \f "])
def test_of_no_words_there_is_no_share(text):
    assert share(text) is None
    assert clean(text, language="en").quality == (None, None, None)


def test_of_no_language_nothing_is_said():
    assert share("some words", language.general("")) is None
    result = clean("Whrabl mostik dvarnjo kulit. " * 60)
    assert result.quality == (None, None, None)
    assert not result.records.quality


def test_french_is_judged_by_french_words():
    raw = "Les hommes de la ville sont venus pour dire que le pont est tr\xe8s vieux et ne tiendra pas l'hiver. " * 9
    worn = damaged(raw, 0.3)
    assert clean(raw).quality.before > 0.95  # also where English is expected
    assert clean(worn, language="fr").quality.before < 0.85


def test_what_is_french_in_an_english_text_does_not_count():
    french = "Il faut que la vie soit plus que le r\xeave et les mots, et que les hommes ne soient pas pour elle. " * 3
    alone, mixed = clean(LETTERS, language="en"), clean(f"{LETTERS}\n{french}\n", language="en")
    words = [sum(page.words[0] for page in journal.qualities(result.records)) for result in (alone, mixed)]
    assert words[1] - words[0] < 10
    assert mixed.quality.after == pytest.approx(alone.quality.after, abs=0.001)


def test_regions_may_cross_parts_and_each_other():
    text = "the harbour " * 10
    regions = Regions(foreign=[Span(0, 60)], garbage=[Span(50, 80)], furniture=[Span(70, 72)])
    first, second = estimates(text, (0, 60), regions, quality.judge(ENGLISH))
    assert (first.words, second.words) == (2, 12)
    assert second.wrong > 4


# ---- before and after ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", ["commit-\ntee", "commit\ntee"])
def test_cut_words_are_wrong_before_and_right_after(cut):
    sentences = ["the committee sat and said that the bridge would not bear another winter. "] * 10
    raw = "".join([*sentences, *(one.replace("committee", cut, 1) for one in sentences)]) + "\n"
    before, after, _ = clean(raw, language="en").quality
    assert 1 - before == pytest.approx(20 / len(raw.replace("-", "").split()), abs=0.015)
    assert after > 0.98


def book(pages=8, worst=None):
    """Pages under a running head, in form feeds; one of them damaged."""
    lines = [line for line in LETTERS.split("\n") if line.strip()] * 9
    words = " ".join(lines).split()
    made = []
    for k in range(pages):
        mine = words[k * 200 : (k + 1) * 200]
        body = "\n".join(" ".join(mine[at : at + 10]) for at in range(0, 200, 10))
        made.append(f"{40 + k} THE DEPARTURE FROM PORT\n\n{damaged(body, 0.8, times=3) if k == worst else body}\n")
    return "\f".join(made)


def test_the_damaged_page_is_found():
    result = clean(book(worst=5), language="en")
    pages = journal.qualities(result.records)
    assert [page.page for page in pages] == [str(40 + k) for k in range(8)]
    assert [page.page for page in pages if page.is_poor] == ["45"]
    bad = min(pages, key=lambda page: page.after)
    assert (bad.first, bad.last) == (111, 132)
    assert bad.page == "45"
    assert bad.before < 0.65
    assert all(page.after > 0.97 for page in pages if page is not bad)
    assert result.quality.worst == bad.after


def test_running_heads_are_wrong_before_cleaning_only():
    result = clean(book(), language="en")
    for page in journal.qualities(result.records):
        assert page.words == (205, 200)
        assert page.before == pytest.approx(1 - 5 / 205, abs=0.01)
        assert page.after > 0.98


def test_without_pages_a_text_is_taken_in_parts():
    text = "\n".join([LETTERS, damaged(LETTERS, 0.8, times=3), LETTERS])
    pages = journal.qualities(clean(text, language="en").records)
    assert len(pages) == len(pieces(clean(text, language="en").text)) > 3 * len(LETTERS) / PAGE - 3
    lines = LETTERS.count("\n") + 1
    for page in pages:
        assert page.page == ""
        if page.words[0] > 100 and (page.last < lines or page.first > 2 * lines):
            assert not page.is_poor
        elif page.words[0] > 100 and lines < page.first and page.last < 2 * lines:
            assert page.is_poor
    assert [page.last - pages[k + 1].first for k, page in enumerate(pages[:-1])] == [0] * (len(pages) - 1)


def test_of_a_book_of_many_files_the_file_is_named():
    files = {f"{k}.txt": text.encode() for k, text in enumerate(book(worst=2).split("\f"))}
    pages = journal.qualities(clean(files, language="en").records)
    assert [page.file for page in pages if page.is_poor] == ["2.txt"]


def test_what_cannot_be_read_counts_as_wrong():
    garbage = "\n".join(
        ["EIT | OE! EZI zci t7I", "IgA a8euadi9d e sy |", "suuAl s3[qni jo suonpU]", "-SZ6I| bZ6l|-SZ6Lj|"] * 4
    )
    result = clean(f"{LETTERS}\n\n{garbage}\n\n{LETTERS}\n", language="en")
    (mark,) = (mark for mark in result.records.marks if mark["mark"] == "garbage")
    assert mark["why"] == "unreadable: scan it again"
    assert mark["lines"][1] - mark["lines"][0] == 15
    (poor,) = (page for page in journal.qualities(result.records) if page.after < 0.9)
    assert poor.first <= mark["lines"][0] <= poor.last
    row = index.row("a.txt", result.log, result.records)
    assert row.unreadable == 1


def test_the_worst_page_has_words_enough():
    page = journal.Quality("", "", 1, 2, (20, 20), 0.1, 0.2)
    assert not page.is_poor
    assert page._replace(words=(200, 200)).is_poor
    few, many = ({"lines": [1, 2], "words": [words, words], "before": 0.1, "after": 0.2} for words in (20, 200))
    log = journal.read(clean("a\n", language="en").log)
    assert journal.overall(log._replace(quality=[few])).worst == 0.2
    assert journal.overall(log._replace(quality=[few, {**many, "after": 0.7}])).worst == 0.7
    assert journal.overall(log._replace(quality=[few, {**many, "after": 0.7}])).after == pytest.approx(144 / 220)


# ---- where it is said ------------------------------------------------------------------------------------------------


def test_the_log_is_the_same_again_and_says_where():
    cleaner = Cleaner(Settings("en"))
    one, other = (cleaner.clean(damaged(LETTERS, 0.2)) for _ in range(2))
    assert one.log == other.log
    line = next(line for line in one.log.splitlines() if b'"quality"' in line)
    record = json.loads(line)
    assert [*record] == ["kind", "raw", "clean", "lines", "words", "before", "after"]
    assert record["raw"][0] == record["clean"][0] == 0


def run(*arguments):
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_index_and_the_summary_say_what_to_scan_again(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in {"worn": damaged(LETTERS, 0.9, times=3), "book": book(worst=5), "good": LETTERS}.items():
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
    said = run("clean", str(raw), "--out", str(tmp_path / "out"), "--lang", "en").stderr
    poorly = said[said.index("poorly read, the worst first: 2") :].splitlines()
    assert poorly[1].strip().startswith(f"{raw}/worn.txt")
    assert poorly[2].strip().startswith(f"{raw}/book.txt")
    assert poorly[2].endswith("1 poor page (page 45)")
    assert "good.txt" not in said
    assert "words right, by estimate: " in said
    rows = index.read((tmp_path / "out" / "index.tsv").read_bytes())
    assert float(rows["worn.txt"].after) < float(rows["book.txt"].after) < float(rows["good.txt"].after)
    assert float(rows["book.txt"].worst) < 0.8 < float(rows["good.txt"].worst)
    (tmp_path / "out" / "index.tsv").unlink()
    assert "3 up to date" in run("clean", str(raw), "--out", str(tmp_path / "out"), "--lang", "en").stderr
    assert index.read((tmp_path / "out" / "index.tsv").read_bytes()) == rows


def test_a_log_whose_estimates_were_damaged_is_written_anew(tmp_path):
    (tmp_path / "a.txt").write_text(LETTERS, encoding="utf-8")
    out = tmp_path / "out"
    run("clean", str(tmp_path / "a.txt"), "--out", str(out), "--lang", "en")
    log, whole = out / "a.changes.jsonl", (out / "a.changes.jsonl").read_bytes()
    (out / "index.tsv").unlink()
    for damage in (whole.replace(b'"words":[', b'"words":[1,'), whole.replace(b'"before":', b'"be":')):
        log.write_bytes(damage)
        run("clean", str(tmp_path / "a.txt"), "--out", str(out), "--lang", "en")
        assert log.read_bytes() == whole
        (out / "index.tsv").unlink()


def test_general_of_a_language_without_a_dictionary_is_judged_by_frequencies():
    judge = quality.Judge(General("xx", {"harbour": 1e-4}))
    assert judge.evidence("harbour") == PLAIN
    assert judge.evidence("harbovr").own == "small"
