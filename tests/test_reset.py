"""What ``cleaner reset`` deletes, and what it must not."""

import pytest
from click.testing import CliRunner

from cleaner.cli import main


def cleaner(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def out(tmp_path):
    raw = tmp_path / "raw"
    (raw / "samples").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "samples/s.txt"):
        (raw / name).write_text("It was a party of revolu-\ntion.\n", encoding="utf-8")
    assert cleaner("clean", raw, "--out", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_derived_files_go(out):
    result = cleaner("reset", out)
    assert result.exit_code == 0
    assert "3 clean texts deleted" in result.stderr
    assert names(out) == []


def test_what_shall_be_kept_stays_with_its_rows(out):
    cleaner("reset", out, "--keep", "samples/*")
    assert names(out) == ["index.tsv", "samples/s.changes.jsonl", "samples/s.txt"]
    rows = (out / "index.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.split("\t")[0] for row in rows[1:]] == ["samples/s.txt"]


def test_an_edited_text_stays(out):
    (out / "a.txt").write_text("mine\n", encoding="utf-8")
    result = cleaner("reset", out)
    assert "a.txt: edited by hand" in result.stderr
    assert names(out) == ["a.changes.jsonl", "a.txt", "index.tsv"]


def test_files_of_others_stay(out):
    (out / "notes.txt").write_text("mine\n", encoding="utf-8")
    (out / "broken.changes.jsonl").write_text("{", encoding="utf-8")
    result = cleaner("reset", out)
    assert "broken.changes.jsonl" in result.stderr
    assert names(out) == ["broken.changes.jsonl", "notes.txt"]


def test_a_folder_that_is_not_there(tmp_path):
    result = cleaner("reset", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "there is no such folder" in result.stderr
