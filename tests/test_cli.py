"""The command line: what goes where, and with which exit code."""

from __future__ import annotations

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cleaner as package
from cleaner import __version__, corpus, journal
from cleaner.api import Cleaner
from cleaner.cli import main

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
RAW = b"It was a party of revolu-\ntion.\n"
CLEAN = b"It was a party of revolution.\n"


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with settings and one raw file, and the process in it."""
    (tmp_path / "corpora/raw/deep").mkdir(parents=True)
    (tmp_path / "corpora/raw/deep/x.txt").write_bytes(RAW)
    (tmp_path / "cleaner.toml").write_text('language = "en"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_is_quick_and_names_every_command():
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "--help"], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    assert time.monotonic() - start < 1  # 0.06 s where nothing else runs
    for command in main.commands:
        assert command in done.stdout
        assert run(command, "--help").exit_code == 0
    code = "import sys, cleaner.cli; print([m for m in ('ftfy', 'wordfreq', 'rapidfuzz', 'tqdm') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, env=ENVIRONMENT).strip() == "[]"


def test_every_option_says_what_it_does():
    for command in main.commands.values():
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_version():
    assert run("--version").stdout.strip().endswith(__version__)


# ---- clean -----------------------------------------------------------------------------------------------------------


def test_clean_without_paths_takes_the_folders_of_the_settings(home):
    result = run("clean")
    assert result.exit_code == 0
    assert (home / "corpora/clean/deep/x.txt").read_bytes() == CLEAN
    assert result.stdout == ""
    assert "1 cleaned" in result.stderr
    assert all(len(line) <= 80 for line in result.stderr.splitlines())
    assert "1 up to date" in run("clean").stderr


def test_clean_finds_the_settings_from_a_folder_below(home, monkeypatch):
    monkeypatch.chdir(home / "corpora/raw/deep")
    assert run("clean").exit_code == 0
    assert (home / "corpora/clean/deep/x.txt").read_bytes() == CLEAN


def test_settings_by_path_and_the_command_line_wins(home):
    (home / "cleaner.toml").write_text(
        'language = "en"\n[[path]]\nglob = "corpora/raw/deep/*"\nskip = ["hyphens"]\nlayout = "lines"\n'
    )
    run("clean")
    assert (home / "corpora/clean/deep/x.txt").read_bytes() == RAW
    run("clean", "--skip", "glyphs")
    assert (home / "corpora/clean/deep/x.txt").read_bytes() == CLEAN


def test_a_part_of_the_raw_folder_keeps_its_place(home):
    (home / "corpora/raw/y.txt").write_bytes(RAW)
    run("clean")
    for path in ("corpora/raw/deep", "corpora/raw/deep/x.txt"):
        result = run("clean", path, "--prune")
        assert "1 up to date" in result.stderr
        assert "gone" not in result.stderr
    assert run("clean", "corpora/raw/deep", "--out", "there").exit_code == 0
    assert (home / "there/x.txt").read_bytes() == CLEAN


def test_check_and_dry_run_write_nothing(home):
    for flag, code in (("--check", 1), ("--dry-run", 0)):
        result = run("clean", flag)
        assert result.exit_code == code
        assert not (home / "corpora/clean").exists()
        assert "x.txt" in result.stderr or "would be cleaned" in result.stderr
    run("clean")
    assert run("clean", "--check").exit_code == 0
    assert run("clean", "--check", "--layout", "lines").exit_code == 1
    (home / "corpora/clean/index.tsv").unlink()
    assert run("clean", "--check").exit_code == 1
    assert run("clean", "--check", "--dry-run").exit_code == 2


def test_check_names_what_has_no_raw_file(home):
    run("clean")
    (home / "corpora/raw/deep/x.txt").rename(home / "corpora/raw/deep/y.txt")
    (home / "corpora/raw/deep/y.txt").rename(home / "y.txt")
    (home / "corpora/raw/z.txt").write_bytes(RAW)
    run("clean")
    result = run("clean", "--check")
    assert result.exit_code == 0  # without --prune nothing would change
    assert "clean files whose raw file is gone" in result.stderr
    result = run("clean", "--check", "--prune")
    assert result.exit_code == 1
    assert "would be deleted" in result.stderr
    (home / "corpora/raw/z.txt").unlink()
    (home / "y.txt").rename(home / "corpora/raw/deep/y.txt")
    assert "--prune" in run("clean").stderr
    assert run("clean", "--prune").exit_code == 0
    assert sorted(path.name for path in (home / "corpora/clean/deep").iterdir()) == ["y.changes.jsonl", "y.txt"]


def test_stdin_to_stdout(home):
    result = run("clean", "-", input=RAW)
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, CLEAN, "")
    assert not (home / "corpora/clean").exists()
    assert run("clean", "-", "--check", input=RAW).exit_code == 1
    assert run("clean", "-", "--check", input=CLEAN).exit_code == 0
    assert run("clean", "-", "corpora/raw", input=RAW).exit_code == 2
    assert run("clean", "-", "--out", "there", input=RAW).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--skip", "hyphen"], "did you mean hyphens?"),
        (["--skip", "seal"], "cannot be skipped"),
        (["--only", "nothing.here"], "no stage or rule"),
        (["--lang", "xx"], "nothing is known of the language"),
        (["nowhere"], "no such file or folder"),
    ],
)
def test_what_is_unknown_is_refused(home, arguments, said):
    result = run("clean", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (home / "corpora/clean").exists()


def test_broken_settings_and_rules_stop_the_start(home):
    (home / "cleaner.toml").write_text('langauge = "en"\n')
    result = run("clean")
    assert result.exit_code == 2
    assert "did you mean language?" in result.stderr
    (home / "cleaner.toml").write_text('rules = ["mine.toml"]\n')
    (home / "mine.toml").write_text('[[rule]]\nid = "x"\n')
    result = run("clean")
    assert result.exit_code == 2
    assert "mine.toml:1" in result.stderr


def test_a_rerun_says_what_differs(home):
    run("clean")
    assert "x.txt: edits: 1 gone" in run("clean", "--skip", "hyphens").stderr
    (home / "corpora/raw/deep/x.txt").write_bytes(RAW + RAW)
    assert "the raw text is another one" in run("clean").stderr


def test_an_unexpected_error_fails_one_document(home, monkeypatch):
    (home / "corpora/raw/y.txt").write_bytes(CLEAN)
    run("clean")
    old = (home / "corpora/clean/y.txt").read_bytes()
    (home / "corpora/raw/y.txt").write_bytes(b"other\n")
    (home / "corpora/raw/deep/x.txt").write_bytes(CLEAN + b"More.\n")
    real = Cleaner.clean

    def broken(self, raw, *, name, decided):
        if name == "y.txt":
            raise RecursionError("too deep")
        return real(self, raw, name=name, decided=decided)

    monkeypatch.setattr(Cleaner, "clean", broken)
    result = run("clean", "--jobs", "1")
    assert result.exit_code == 3
    assert "RecursionError: too deep" in result.stderr
    assert "Traceback" not in result.stderr
    assert (home / "corpora/clean/y.txt").read_bytes() == old
    assert b"More." in (home / "corpora/clean/deep/x.txt").read_bytes()
    assert "Traceback" in run("clean", "--jobs", "1", env={"CLEANER_DEBUG": "1"}).stderr


def test_long_lists_are_cut(home):
    run("clean")
    for number in range(30):
        (home / f"corpora/raw/{number:02}.pdf").write_bytes(b"%PDF")
        (home / f"corpora/raw/{number:02}.txt").write_bytes(CLEAN)
    run("clean")
    for path in (home / "corpora/clean").glob("??.txt"):
        path.write_bytes(b"edited\n")
    said = run("clean").stderr
    assert "  ... and 10 more (see index.tsv)\n" in said
    assert "  ... and 10 more\n" in said
    assert said.count(".pdf: not a text file") == 20


def test_a_bar_where_somebody_watches(home):
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "cleaner", "clean"]
    done = subprocess.run(command, stderr=slave, stdout=subprocess.PIPE, check=True, env=ENVIRONMENT)
    os.close(slave)
    said = os.read(master, 10_000).decode()
    os.close(master)
    assert "%|" in said
    assert done.stdout == b""
    assert "%|" not in run("clean").stderr


# ---- restore ---------------------------------------------------------------------------------------------------------


def test_restore(home):
    raw = b"caf\xe9 \xff\r\nrevolu-\ntion"
    (home / "corpora/raw/deep/x.txt").write_bytes(raw)
    run("clean")
    clean = "corpora/clean/deep/x.txt"
    assert run("restore", clean).stdout_bytes == raw
    assert run("restore", clean, "--out", "back.txt").exit_code == 0
    assert (home / "back.txt").read_bytes() == raw
    result = run("restore", clean, "--out", "back.txt")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert run("restore", clean, "--out", "back.txt", "--force").exit_code == 0
    (home / clean).write_bytes(b"edited\n")
    result = run("restore", clean)
    assert (result.exit_code, result.stdout_bytes) == (3, b"")
    assert "it was edited" in result.stderr
    assert run("restore", "corpora/raw/deep/x.txt").exit_code == 3
    assert run("restore", "nowhere.txt").exit_code == 2


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_restore_writes_over_files_only(home, make):
    assert run("clean").exit_code == 0
    make(home / "place")
    kind = (home / "place").stat().st_mode
    result = run("restore", "corpora/clean/deep/x.txt", "--out", "place", "--force")
    assert result.exit_code == 2
    assert "is not a file" in result.stderr
    assert (home / "place").stat().st_mode == kind


# ---- diff ------------------------------------------------------------------------------------------------------------


def test_diff_is_the_same_from_raw_and_from_clean(home):
    fresh = run("diff", "corpora/raw/deep/x.txt").stdout
    assert "[-revolu-\u23ce tion.-] {+revolution.+}" in " ".join(fresh.split())
    assert "     1: " in fresh
    assert not (home / "corpora/clean").exists()
    run("clean")
    for path in ("corpora/raw/deep/x.txt", "corpora/clean/deep/x.txt", "corpora/clean", "corpora/raw"):
        result = run("diff", path)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[1:] == fresh.splitlines()[1:]


def test_diff_takes_the_log_and_not_the_rules_of_today(home, monkeypatch):
    run("clean")
    monkeypatch.setattr(Cleaner, "clean", None)
    assert "{+revolution.+}" in run("diff", "corpora/raw").stdout


def test_diff_in_colour_only_on_a_terminal(home):
    assert "\x1b" not in run("diff", "corpora/raw").stdout
    assert "\x1b[31m[-revolu-" in run("diff", "corpora/raw", color=True).stdout


def test_diff_is_as_wide_as_the_terminal(home, monkeypatch):
    (home / "corpora/raw/deep/x.txt").write_bytes(b"The party of revolu-\ntion was in the old town.\n" * 9)
    for width in (40, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = run("diff", "corpora/raw").stdout.splitlines()
        assert width - 20 < max(map(len, lines)) <= width


def test_diff_would(home):
    run("clean")
    assert run("diff", "--would").stdout == ""
    shown = run("diff", "--would", "--skip", "hyphens").stdout
    assert "[-revolution.-] {+revolu- tion.+}" in " ".join(shown.split())
    assert (home / "corpora/clean/deep/x.txt").read_bytes() == CLEAN


def test_diff_of_an_edited_text_fails_and_goes_on(home):
    (home / "corpora/raw/y.txt").write_bytes(RAW)
    run("clean")
    (home / "corpora/clean/deep/x.txt").write_bytes(b"edited\n")
    result = run("diff", "corpora/clean")
    assert result.exit_code == 3
    assert "x.txt" in result.stderr
    assert "y.txt" in result.stdout


# ---- explain and the rest --------------------------------------------------------------------------------------------


def test_explain(home):
    result = run("explain", "a party of revolu-\ntion \x92")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any("hyphens.drop" in line and "applied" in line for line in lines)
    assert any(line.startswith("nothing to do for: furniture, regions, glyphs, numbers, words") for line in lines)
    assert "a party of revolution" in result.stdout
    assert all(len(line) <= 80 for line in lines)
    assert run("explain", "-", input=b"\xff\xe9\x00 \x1b[1m").exit_code == 0
    assert "\x1b" not in run("explain", "-", input=b"a \x1b[1m b").stdout


WORN = "The mayor had carried tbe letter to Mr. Tbewes, and the clerk read it aloud befbre them, of the gov-\nernment."


def test_explain_shows_readings_and_what_was_left(home):
    shown = run("explain", WORN).stdout
    assert 'readings: "the" 0.97, "tbe" 0.03' in shown
    assert 'readings: "government." 0.99, "gov-\\nernment." 0.01' in shown
    assert '"Tbewes" stays' in shown
    assert "Tbewes: no reading is likelier than a name" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if line[:1] == " ")
    assert "too little to tell the language" in run("explain", "Tbewes", "--lang", "auto").stdout
    assert "looks French: only encoding" in run("explain", FRENCH).stdout
    assert 'French, left alone: "' in run("explain", f"{WORN * 3} {FRENCH}").stdout


def test_explain_as_json(home):
    found = [json.loads(line) for line in run("explain", "--json", WORN).stdout.splitlines()]
    assert [record["text"] for record in found if record["kind"] == "text"] == [run("clean", "-", input=WORN).stdout]
    changes = {record["before"]: record for record in found if record["kind"] == "change"}
    assert changes["tbe"]["candidates"] == [["the", 0.97], ["tbe", 0.03]]
    assert changes["Tbewes"]["status"] == "silent"
    assert {"mark", "change", "text"} == {record["kind"] for record in found}


def test_held_changes_are_shown_with_their_readings(home):
    (home / "corpora/raw/worn.txt").write_text(WORN + " W ANTED, a cook.\n")
    run("clean")
    assert 'readings: "WANTED," 0.85, "W ANTED," 0.15' in run("diff", "--held", "corpora/clean/worn.txt").stdout


def test_a_reader_that_leaves_early(home):
    lines = [b"x%d revolu-\ntion of the mill and a word\n" % number for number in range(4000)]
    (home / "corpora/raw/deep/x.txt").write_bytes(b"".join(lines))
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "diff", "corpora/raw"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=20) == 141
    assert said == b""


def test_an_ascii_terminal_shows_all_it_can(home):
    (home / "corpora/raw/caf\u00e9.txt").write_bytes("na\u00efve revolu-\ntion\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "diff", "corpora/raw"],
        capture_output=True,
        check=False,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert b"caf\\xe9.txt" in done.stdout


def test_changes_are_matched_by_their_id():
    def change(name, after="x", status="applied"):
        return {"id": name, "after": after, "status": status}

    old = [change("a"), change("b"), change("c"), change("d")]
    new = [change("a"), change("b", "y"), change("c", status="held"), change("e")]
    assert corpus.compare(old, new) == corpus.Difference(1, 1, 2)
    assert journal.SUFFIX == ".changes.jsonl"


# ---- streams that are closed or full ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("clean 2>&-", 0, ""),
        ("clean --jobs 2 <&- >&- 2>&-", 0, ""),
        ("clean 2>/dev/full", 0, ""),
        ("clean - <&-", 2, "stdin is closed"),
        ("explain - <&-", 2, "stdin is closed"),
        ("clean - </dev/null >&-", 2, "stdout is closed"),
    ],
)
def test_streams_that_are_closed_or_full(home, command, code, said):
    line = f"{sys.executable} -m cleaner {command}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (home / "corpora/clean/index.tsv").exists() == (not said)


def test_what_nobody_foresaw_is_no_change(home, monkeypatch):
    def broken(*arguments):
        raise TypeError("odd")

    monkeypatch.setattr(corpus, "plan", broken)
    result = run("clean", "--check")
    assert result.exit_code == 3
    assert "TypeError: odd" in result.stderr
    assert "CLEANER_DEBUG=1" in result.stderr
    monkeypatch.setenv("CLEANER_DEBUG", "1")
    assert "in broken" in run("clean").stderr


def test_what_is_held_can_be_read(home):
    text = b"a millrace, a mill-race, the millrace and mill-\nrace here\n"
    (home / "corpora/raw/deep/x.txt").write_bytes(text)
    assert "cleaner diff --held corpora/clean" in run("clean", "--lang", "en").stderr
    result = run("diff", "--held")
    assert result.exit_code == 0
    assert "corpora/raw/deep/x.txt" in result.stdout
    assert "hyphens.drop" in result.stdout
    assert "readings:" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert run("diff", "--held", "--would").exit_code == 2


def test_diff_held_says_nothing_where_nothing_waits(home):
    run("clean")
    assert run("diff", "--held").stdout == ""


def test_a_folder_is_not_restored(home):
    run("clean")
    result = run("restore", "corpora/clean")
    assert result.exit_code == 2
    assert "is a folder" in result.stderr


def test_a_picture_that_is_named_is_skipped(home):
    (home / "page.png").write_bytes(bytes(range(32)) * 20)
    result = run("clean", "page.png", "--out", "out")
    assert result.exit_code == 0
    assert "not a text file" in result.stderr
    assert not (home / "out/page.png").exists()


def test_an_edited_text_whose_scan_changed_too_is_said_to_be(home):
    run("clean")
    (home / "corpora/clean/deep/x.txt").write_bytes(b"mine\n")
    (home / "corpora/raw/deep/x.txt").write_bytes(b"another scan\n")
    assert "its raw text has changed too" in " ".join(run("clean").stderr.split())


def test_would_leaves_edited_texts_out(home):
    run("clean")
    (home / "corpora/clean/deep/x.txt").write_bytes(b"mine\n")
    assert run("diff", "--would").stdout == ""


# ---- other languages -------------------------------------------------------------------------------------------------

FRENCH = (
    "Il faut que la vie soit plus belle que les mots, dit le vieux mon-\nsieur qui ne parle pas aux gens dans la rue, et "
    "tlie roi est au châ\nteau avec une dame.\n"
)


@pytest.mark.parametrize("lang", ["auto", "en"])
def test_a_text_in_another_language_is_named_and_left_alone(home, lang):
    (home / "corpora/raw/lettre.txt").write_text(FRENCH * 3)
    result = run("clean", "--lang", lang)
    assert "in another language than is expected, only encoding, furniture and visible hyphens: 1" in result.stderr
    assert "  corpora/raw/lettre.txt: looks French" in result.stderr
    assert "--lang fr" in result.stderr
    text = (home / "corpora/clean/lettre.txt").read_text()
    assert "monsieur" in text
    assert "tlie roi" in text
    assert "châteaux" not in text
    rows = (home / "corpora/clean/index.tsv").read_text().splitlines()
    assert {row.split("\t")[0]: row.split("\t")[-1] for row in rows}["lettre.txt"] == "fr"
    assert "expected" not in run("clean", "--lang", "fr").stderr


def test_stdin_in_another_language_is_said_so(home):
    result = run("clean", "-", "--lang", "en", input=(FRENCH * 3).encode())
    assert "looks French: only encoding, furniture and visible hyphens" in result.stderr
    assert run("clean", "-", "--lang", "fr", input=(FRENCH * 3).encode()).stderr == ""
