"""``cleaner lexicon build`` and ``show``, and lexicons on the command line."""

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import cleaner as package
from cleaner import finding, lexicons, wordlists
from cleaner.cli import main

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
RAW = "They spoke of the counter-\nrevolution all night.\n"
SOLID = "They spoke of the counterrevolution all night.\n"
HYPHENED = "They spoke of the counter-revolution all night.\n"
CORPUS = "And then the counter-revolution came. It was a counter-revolution, they said; the Counter-Revolution won.\n"


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a corpus and a raw file, and the process in it."""
    for name in ("corpus/a.txt", "corpus/deep/b.text", "corpora/raw/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CORPUS, encoding="utf-8")
    (tmp_path / "corpora/raw/x.txt").write_text(RAW)
    (tmp_path / "corpus/log.jsonl").write_text("no text at all\n")
    (tmp_path / "cleaner.toml").write_text('language = "en"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def counts(path):
    return wordlists.parse(path.read_bytes(), str(path))


# ---- build -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the old mill wheel turned\n", {"old", "mill", "wheel"}),
        ("he saw a revolu-\ntion in the town\n", {"saw", "a", "in", "the"}),
        ("he saw a revolu\u00ac \ntion in the town\n", {"saw", "a", "in", "the"}),
        ("he saw a revolu -\ntion in the town\n", {"saw", "a", "in", "the"}),
        ("he saw a revolu-\n\n\fTHE OLD MILL 83\n\ntion in the town\n", {"saw", "a", "old", "mill", "in", "the"}),
        ("he saw it\ftion in the town\n", {"saw", "in", "the"}),
        ("  \u201ction (it was) gone\u201d \u2014  \n", {"it", "was"}),
        ("in 1917 of 3-4 and U-2 too\n", {"of", "and", "u-2"}),
        ("the O\u2019Neill and cafe\u0301 here\n", {"o'neill", "and", "caf\u00e9"}),
        ("one two\n\nthree\n", set()),
    ],
)
def test_words_that_a_line_end_may_have_cut_are_left_out(text, found):
    assert set(lexicons.count(text)) == found


def test_counts_of_a_folder(home):
    result = run("lexicon", "build", "corpus", "--out", "made/counts.tsv")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "24 words of 2 texts, 9 different ones; 9 kept" in result.stderr
    found = counts(home / "made/counts.tsv")
    assert (found.total, found.count("counter-revolution"), found.count("and")) == (24, 6, 0)
    lines = (home / "made/counts.tsv").read_text().splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert sorted(path.name for path in (home / "made").iterdir()) == ["counts.tsv"]


def test_rare_words_are_left_out_but_counted(home):
    run("lexicon", "build", "corpus", "--out", "c.tsv", "--least", "5")
    assert set(counts(home / "c.tsv").counts) == {"counter-revolution"}
    assert counts(home / "c.tsv").total == 24
    run("lexicon", "build", "corpus/a.txt", "--out", "one.tsv")
    assert set(counts(home / "one.tsv").counts) == {"the", "counter-revolution"}


def test_the_same_texts_give_the_same_bytes_in_any_order_and_count_once(home):
    run("lexicon", "build", "corpus", "--out", "1.tsv")
    run("lexicon", "build", "corpus/deep", "corpus/a.txt", "corpus", "--out", "2.tsv")
    assert (home / "1.tsv").read_bytes() == (home / "2.tsv").read_bytes()


def test_an_archive_is_read_and_what_is_no_text_is_not(home):
    with zipfile.ZipFile(home / "book.zip", "w") as archive:
        archive.writestr("p1.txt", CORPUS)
        archive.writestr("p2.txt", CORPUS)
    (home / "program").write_bytes(b"\1\2\3\4 an old mill wheel\n" * 100)
    run("lexicon", "build", "book.zip", "program", "--out", "c.tsv")
    assert counts(home / "c.tsv").count("counter-revolution") == 6
    assert "mill" not in counts(home / "c.tsv")


def test_each_text_is_told_when_it_is_done(home):
    told = []
    found = finding.find([Path("corpus")], None)
    lexicons.build(found, Path("c.tsv"), lambda name, size: told.append((name, size)))
    assert told == [("a.txt", len(CORPUS)), ("deep/b.text", len(CORPUS))]


def test_a_file_is_written_over_only_if_it_is_ours(home):
    def build(*options):
        return run("lexicon", "build", "corpus", "--out", "c.tsv", *options)

    assert build().exit_code == 0
    first = (home / "c.tsv").read_bytes()
    assert build("--least", "3").exit_code == 0
    for others in (b"mine\t3\n", first + b"added\t9\n", b""):
        (home / "c.tsv").write_bytes(others)
        result = build()
        assert result.exit_code == 2
        assert "--force" in result.stderr
        assert (home / "c.tsv").read_bytes() == others
    assert build("--force").exit_code == 0
    assert (home / "c.tsv").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere", "--out", "c.tsv"], 2, "no such file or folder"),
        (["empty", "--out", "c.tsv"], 2, "no text files found"),
        (["corpus", "--out", "corpus"], 2, "not a file"),
        (["corpus", "--out", "corpus/a.txt", "--force"], 2, "is one of the texts"),
        (["broken.zip", "--out", "c.tsv"], 3, "archive is damaged"),
        (["corpus", "scan.txt", "--out", "c.tsv"], 3, "scan.txt: it is a PDF"),
    ],
)
def test_what_cannot_be_counted_writes_nothing(home, arguments, code, said):
    (home / "empty").mkdir()
    (home / "broken.zip").write_bytes(b"PK\3\4")
    (home / "scan.txt").write_bytes(b"%PDF-1.4\n1 0 obj\n")
    result = run("lexicon", "build", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert not (home / "c.tsv").exists()
    assert (home / "corpus/a.txt").read_text() == CORPUS


def test_a_text_that_cannot_be_read_stops_the_count(home, monkeypatch):
    real = lexicons.books.read_text

    def broken(path, pages):
        if path.name == "b.text":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, pages)

    monkeypatch.setattr(lexicons.books, "read_text", broken)
    result = run("lexicon", "build", "corpus", "--out", "c.tsv")
    assert result.exit_code == 3
    assert "b.text" in result.stderr
    assert not (home / "c.tsv").exists()


def test_a_bar_where_somebody_watches(home):
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "cleaner", "lexicon", "build", "corpus", "--out", "c.tsv"]
    subprocess.run(command, stderr=slave, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    os.close(slave)
    said = os.read(master, 10_000).decode()
    os.close(master)
    assert "%|" in said
    assert "24 words" in said
    assert "%|" not in run("lexicon", "build", "corpus", "--out", "c.tsv").stderr


# ---- show ------------------------------------------------------------------------------------------------------------


def test_show_says_what_each_source_knows(home):
    run("lexicon", "build", "corpus", "--out", "c.tsv")
    (home / "mine.txt").write_text("Osinskii\nto-day\n")
    (home / "cleaner.toml").write_text('language = "en"\nlexicons = ["mine.txt", "c.tsv"]\n')
    result = run("lexicon", "show", "c.tsv", "OSINSKII", "today", "Counter-Revolution")
    assert result.exit_code == 0
    said = [line.split(None, 1) if line.startswith(" ") else line for line in result.stdout.splitlines()]
    assert said[:3] == ["OSINSKII", ["mine.txt", "listed as Osinskii"], ["c.tsv", "0 of 24 words"]]
    assert ["mine.txt", "only with other hyphens"] in said[5:9]
    assert ["c.tsv", "6 of 24 words"] in said[10:]


def test_show_asks_for_the_language_where_nobody_said_it(home):
    (home / "cleaner.toml").unlink()
    (home / "mine.txt").write_text("Osinskii\n")
    assert "--lang" in run("lexicon", "show", "mine.txt", "mill").stdout
    assert "general (de)" in run("lexicon", "show", "mine.txt", "mill", "--lang", "de").stdout
    result = run("lexicon", "show", "mine.txt", "mill", "--lang", "xx")
    assert (result.exit_code, "nothing is known of the language" in result.stderr) == (2, True)
    assert run("lexicon", "show", "nowhere.txt", "mill").exit_code == 2


# ---- --lexicon -------------------------------------------------------------------------------------------------------


def test_every_command_that_cleans_takes_lexicons(home):
    (home / "mine.txt").write_text("counter-revolution\n")
    run("lexicon", "build", "corpus", "--out", "c.tsv")
    assert run("clean", "-", input=RAW).stdout == SOLID
    for lexicon in ("mine.txt", "c.tsv"):
        assert run("clean", "-", "--lexicon", lexicon, input=RAW).stdout == HYPHENED
        assert HYPHENED in run("explain", RAW, "--lexicon", lexicon).stdout
        assert "counterrevolution" not in run("diff", "corpora/raw", "--lexicon", lexicon).stdout
    assert "counterrevolution" in run("diff", "corpora/raw").stdout
    assert "in your word list: counter-revolution; corpus: 0 x" in (
        run("explain", RAW, "--lexicon", "mine.txt", "--lexicon", "c.tsv").stdout
    )


def test_a_text_is_cleaned_again_when_a_lexicon_changes_and_not_when_it_moves(home):
    (home / "mine.txt").write_text("Osinskii\n")
    (home / "cleaner.toml").write_text('language = "en"\nlexicons = ["mine.txt"]\n')
    run("clean")
    out = home / "corpora/clean/x.txt"
    assert out.read_text() == SOLID
    log = (home / "corpora/clean/x.changes.jsonl").read_text().splitlines()
    assert [found["name"] for found in json.loads(log[0])["settings"]["lexicons"]] == ["mine.txt"]
    assert "1 up to date" in run("clean").stderr
    (home / "mine.txt").rename(home / "other.txt")
    assert "1 up to date" in run("clean", "--lexicon", "other.txt").stderr
    (home / "mine.txt").write_text("Osinskii\ncounter-revolution\n")
    assert run("clean", "--check").exit_code == 1
    run("clean")
    assert out.read_text() == HYPHENED
    (home / "mine.txt").unlink()
    assert run("reset").exit_code == 0  # what cleans nothing needs no lexicon


def test_two_lexicons_of_one_name_are_two(home):
    for folder, word in (("a", "counter-revolution"), ("b", "Osinskii")):
        (home / folder).mkdir()
        (home / folder / "words.txt").write_text(f"{word}\n")
        (home / f"corpora/raw/{folder}.txt").write_text(RAW)
    (home / "cleaner.toml").write_text(
        'language = "en"\nlexicons = ["a/words.txt"]\n[[path]]\nglob = "*/b.txt"\nlexicons = ["b/words.txt"]\n'
    )
    assert run("clean", "--jobs", "2").exit_code == 0
    assert (home / "corpora/clean/a.txt").read_text() == HYPHENED
    assert (home / "corpora/clean/b.txt").read_text() == SOLID


def test_a_broken_lexicon_stops_the_start(home):
    (home / "mine.txt").write_text("Osinskii\nto day\n")
    result = run("clean", "--lexicon", "mine.txt")
    assert result.exit_code == 2
    assert "mine.txt:2: 'to day' is several words" in result.stderr
    assert "to-day" in result.stderr
    assert not (home / "corpora/clean").exists()
    assert "no such file" in run("clean", "--lexicon", "nowhere.txt").stderr
