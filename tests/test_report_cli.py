"""``cleaner report``: where its files go, what it leaves alone, and what it says of texts that it cannot show."""

from __future__ import annotations

import json
import os
import shutil
from urllib.parse import unquote_to_bytes

import pytest
from click.testing import CliRunner

from cleaner import store
from cleaner.cli import main
from cleaner.model import Edit
from cleaner.report import FORMATS, writing
from tests import made_logs
from tests.made_reports import ROOT, SAMPLES, Page, run
from tests.test_pages import scan


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A project with the samples, raw and clean."""
    for part in ("raw", "clean"):
        shutil.copytree(ROOT / "corpora" / part / "samples", tmp_path / "corpora" / part / "samples")
    (tmp_path / "cleaner.toml").write_text('language = "auto"\n')
    (tmp_path / "deeper").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_format_has_its_writer():
    assert set(FORMATS) == {writing.HTML, *writing.EACH, *writing.SINGLES}


def test_pages_go_beside_the_settings(home, monkeypatch):
    monkeypatch.chdir(home / "deeper")
    before = tree(home / "corpora")
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 texts written to" in result.stderr
    made_files = tree(home / "reports")
    assert set(made_files) == {"index.html", *(f"samples/{name}.html" for name in SAMPLES)}
    assert tree(home / "corpora") == before
    index = Page(made_files["index.html"].decode())
    assert set(index.links) == {"#main", *(f"samples/{name}.html" for name in SAMPLES)}
    assert "../index.html" in Page(made_files["samples/essay.txt.html"].decode()).links
    run()
    assert tree(home / "reports") == made_files


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("md", [f"{name}.md" for name in SAMPLES]),
        ("diff", [f"{name}.diff" for name in SAMPLES]),
        ("tsv", ["changes.tsv"]),
        ("json", ["report.json"]),
    ],
)
def test_other_formats_to_files_and_to_stdout(home, form, files):
    for _ in range(2):  # its own files are written over
        assert run(home / "corpora/clean/samples", "--format", form, "--out", "there").exit_code == 0
    written = tree(home / "there")
    assert set(written) == set(files)
    told = run(home / "corpora/clean/samples", "--format", form, "--out", "-")
    assert told.stdout_bytes == b"".join(written[name] for name in sorted(written))
    if form == "json":
        assert [text["name"] for text in json.loads(told.stdout)["texts"]] == SAMPLES


def test_one_text_is_one_page(home):
    assert run("corpora/clean/samples/essay.txt", "--out", "page").exit_code == 0
    (html,) = tree(home / "page").values()
    assert "index.html" not in html.decode()


def test_what_is_not_ours_is_not_written_over(home):
    (home / "reports/samples").mkdir(parents=True)
    (home / "reports/samples/essay.txt.html").write_text("my own page")
    result = run()
    assert result.exit_code == 3
    assert "was not made by a report" in result.stderr
    assert (home / "reports/samples/essay.txt.html").read_text() == "my own page"
    assert len(tree(home / "reports")) == 5
    (home / "reports/index.html").write_text("my own index")
    assert run().exit_code == 3
    assert (home / "reports/index.html").read_text() == "my own index"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b'"why":', b'"wy":', 1),
        lambda data: data.replace(b'"rule":', b'"role":', 1),
        lambda data: data.replace(b'"lines":[', b'"lines":[[],'),
        lambda data: b"",
    ],
)
def test_a_damaged_log_is_named_and_the_others_are_done(home, damage):
    log = home / "corpora/clean/samples/essay.changes.jsonl"
    log.write_bytes(damage(log.read_bytes()))
    result = run()
    assert result.exit_code == 3
    assert "essay" in result.stderr
    assert "log" in result.stderr
    assert "3 texts written" in result.stderr
    assert len(tree(home / "reports")) == 4
    assert "Left out" in (home / "reports/index.html").read_text(encoding="utf-8")


def test_a_text_that_was_edited_is_shown_as_its_log_knows_it(home):
    clean = home / "corpora/clean/samples/essay.txt"
    clean.write_text(clean.read_text(encoding="utf-8") + "A word of mine.\n", encoding="utf-8")
    assert run().exit_code == 0
    html = (home / "reports/samples/essay.txt.html").read_text(encoding="utf-8")
    assert "Edited by hand" in html
    assert "A word of mine" not in html
    assert "edited by hand" in (home / "reports/index.html").read_text(encoding="utf-8")
    assert "Edited by hand" in run(clean, "--format", "md", "--out", "-").stdout
    shutil.rmtree(home / "reports")
    (home / "corpora/raw/samples/essay.txt").unlink()
    result = run()
    assert result.exit_code == 0
    assert "essay.txt: left out, edited by hand" in result.stderr
    assert not (home / "reports/samples/essay.txt.html").exists()


def test_a_log_that_was_changed_does_not_pass_for_an_edited_text(home):
    """The raw file is there, the text was edited, and what the log says leads elsewhere."""
    clean = home / "corpora/clean/samples/letters.txt"
    clean.write_text("Mine.\n")
    log = store.Pair(clean).log
    log.write_bytes(log.read_bytes().replace(b'"before":"cf","after":"of"', b'"before":"cf","after":"if"'))
    result = run()
    assert result.exit_code == 3
    assert "letters.txt: the change log was changed" in result.stderr


def test_a_log_of_another_text_and_a_text_that_is_gone(home):
    folder = home / "corpora/clean/samples"
    shutil.copy(folder / "essay.changes.jsonl", folder / "copy.changes.jsonl")
    (folder / "letters.txt").unlink()
    result = run()
    assert result.exit_code == 3
    assert "copy.changes.jsonl: this log is not that of the text that it names" in result.stderr
    assert "letters.txt: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no such file"),
        (["corpora/raw"], "there are no change logs"),
        (["corpora/raw/samples/essay.txt"], "it has no change log"),
        (["--out", "-"], "pages are files"),
        (["--format", "pdf"], "'pdf'"),
    ],
)
def test_what_cannot_be_asked(home, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (home / "reports").exists()


def test_a_book_names_its_files(tmp_path, monkeypatch):
    (tmp_path / "scans/book").mkdir(parents=True)
    for number, page in enumerate(scan("nets.", "    The old").split("\f"), 9):
        (tmp_path / f"scans/book/p{number}.txt").write_text(page)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["clean", "--book", "scans/book", "--out", "texts"]).exit_code == 0
    assert run("texts").exit_code == 0
    said = "".join(Page((tmp_path / "reports/book.txt.html").read_text(encoding="utf-8")).text)
    assert "p10.txt:1" in said
    rows = [line.split("\t") for line in run("texts", "--format", "tsv", "--out", "-").stdout.split("\n")]
    assert {row[1] for row in rows[1:-1]} >= {"p10.txt", "p11.txt"}


@pytest.mark.parametrize("name", ['a <b>&amp; 50%\n#1".txt', "caf\udce9.txt", "\u202eb.txt"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_hostile(tmp_path, monkeypatch, name, form):
    monkeypatch.chdir(tmp_path)
    made_logs.write(tmp_path / "texts", name, "the mill\n", [Edit(0, 3, "the", "The", "words.case", 1.0, "")])
    assert run("texts", "--format", form).exit_code == 0
    for data in tree(tmp_path / "reports").values():
        assert not {"\u202e", "\0"} & set(data.decode("utf-8"))
    if form == "html":
        (_, link) = Page((tmp_path / "reports/index.html").read_text(encoding="utf-8")).links
        assert os.fsdecode(unquote_to_bytes(link)) == f"{name}.html"
        assert (tmp_path / "reports" / f"{name}.html").exists()
