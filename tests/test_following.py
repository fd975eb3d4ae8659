"""Decisions follow a raw file that was renamed, so that a later edit keeps them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import decisions, ledger, sources
from cleaner.cli import main
from cleaner.decisions import Decision
from cleaner.ledger import Page

TEXT = "The men upon tbe quay looked after it until the smoke was lost, and went back to their nets.\n"
THEIRS = "Nobody spoke before tbe bell, for all were thinking of the boy who had gone aboard.\n"
RAW, FOLDER, CLEAN = Path("corpora/raw"), Path("rules/decisions"), Path("corpora/clean")
OLD, NEW = FOLDER / "chapter.txt.jsonl", FOLDER / "kapitel.txt.jsonl"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("cleaner.toml").write_text('language = "en"\n')
    put("chapter.txt", TEXT)
    decide("chapter.txt", TEXT, "ye")
    return tmp_path


def put(name, text, *, mode="w"):
    path = RAW / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open(mode, encoding="utf-8") as file:
        file.write(text)


def decide(name, text, after):
    span = text.index("tbe"), text.index("tbe") + 3
    found = ledger.load(FOLDER, RAW)
    one = Decision("replace", "tbe", after, span, context=decisions.context(text, *span))
    found.write(ledger.noted(found.page(name), [one], sources.digest(text.encode())))


def rename(old, new):
    (RAW / new).parent.mkdir(parents=True, exist_ok=True)
    (RAW / old).rename(RAW / new)


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["clean", *map(str, arguments), "--jobs", "1"])
    assert result.exit_code == code, result.output
    return result.stderr


def clean(name):
    return (CLEAN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("new", ["kapitel.txt", "deep/kapitel.txt"])
def test_a_later_edit_keeps_what_was_decided(home, new):
    run()
    rename("chapter.txt", new)
    said = run("--prune")
    assert f"decisions that follow a renamed raw file: 1\n  {OLD}: {FOLDER / new}.jsonl by now\n" in said
    assert not OLD.exists()
    put(new, "A note by the scanner.\n", mode="a")
    said = run()
    assert "upon ye quay" in clean(new)
    assert "decisions that" not in said
    assert "decisions to look at" not in said


@pytest.mark.parametrize("option", ["--check", "--dry-run"])
def test_nothing_is_moved_where_nothing_is_to_be_written(home, option):
    rename("chapter.txt", "kapitel.txt")
    said = run(option, code=option == "--check")
    assert OLD.exists()
    assert not NEW.exists()
    assert "decisions that follow" not in said


def test_a_copy_takes_nothing_along(home):
    put("kapitel.txt", TEXT)
    assert "decisions that" not in run()
    assert OLD.exists()
    assert not NEW.exists()


def test_of_two_new_names_nobody_can_tell_which_it_was(home):
    rename("chapter.txt", "kapitel.txt")
    put("other.txt", TEXT)
    assert "several raw files have this text" in run()
    assert OLD.exists()
    assert len([*FOLDER.iterdir()]) == 1


def test_what_was_decided_about_another_text_of_the_new_name_is_kept(home):
    put("kapitel.txt", THEIRS)
    decide("kapitel.txt", THEIRS, "thy")
    rename("chapter.txt", "kapitel.txt")
    run()
    assert "upon ye quay" in clean("kapitel.txt")
    [aside] = set(FOLDER.glob("*.jsonl")) - {NEW}
    assert '"thy"' in aside.read_text()
    put("found.txt", THEIRS)  # and obeyed where that text turns up again
    run()
    assert "before thy bell" in clean("found.txt")
    assert "upon ye quay" in clean("kapitel.txt")


def test_what_was_put_aside_before_is_not_written_over(home):
    found = ledger.load(FOLDER, RAW)
    page = found.page("chapter.txt")
    aside = found.write(page._replace(name=f"kapitel.txt.{page.sha256[: ledger.ASIDE]}", data=None))
    more = Decision("replace", "smoke", "smog", (48, 53), context=decisions.context(TEXT, 48, 53))
    found.write(Page("kapitel.txt", page.sha256, (more,)))
    found.moved(Page("other.txt", "12", (more,)), "kapitel.txt")
    assert {one.after for one in found.page(aside.name).decisions} == {"ye", "smog"}


def test_names_that_were_exchanged_are_told_apart(home):
    put("kapitel.txt", THEIRS)
    decide("kapitel.txt", THEIRS, "thy")
    rename("chapter.txt", "away.txt")
    rename("kapitel.txt", "chapter.txt")
    rename("away.txt", "kapitel.txt")
    for _ in range(2):
        run()
        assert "upon ye quay" in clean("kapitel.txt")
        assert "before thy bell" in clean("chapter.txt")
    assert {path.name for path in FOLDER.iterdir()} == {OLD.name, NEW.name}
    put("kapitel.txt", "A note.\n", mode="a")
    put("chapter.txt", "A note.\n", mode="a")
    run()
    assert "upon ye quay" in clean("kapitel.txt")
    assert "before thy bell" in clean("chapter.txt")


def test_a_file_elsewhere_takes_its_decisions_along_only_within_its_folder(home):
    OLD.unlink()
    (RAW / "chapter.txt").unlink()
    for place in ("here/scans", "there/other"):
        Path(place).mkdir(parents=True)
    Path("here/scans/a.txt").write_text(TEXT)
    decide("scans/a.txt", TEXT, "ye")
    Path("there/other/b.txt").write_text(TEXT)  # a copy, as far as anybody knows
    run("there/other", "--out", "texts")
    assert (FOLDER / "scans/a.txt.jsonl").exists()
    Path("here/scans/b.txt").write_text(TEXT)
    run("here/scans/b.txt", "--out", "texts")
    assert (FOLDER / "scans/a.txt.jsonl").exists()
    Path("here/scans/a.txt").unlink()
    run("here/scans/b.txt", "--out", "texts")
    assert [path.name for path in (FOLDER / "scans").iterdir()] == ["b.txt.jsonl"]


def test_what_cannot_be_moved_is_said_and_obeyed(home):
    rename("chapter.txt", "kapitel.txt")
    NEW.write_text('{"kind":"decisions"}\nbroken\n')
    said = run()
    assert "decisions under the old name of a raw file: 1" in said
    assert "upon ye quay" in clean("kapitel.txt")
    assert OLD.exists()
    assert NEW.read_text().endswith("broken\n")
