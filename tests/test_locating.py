"""Pages at the command line: the table of them, where they stand, and which clean text a path means."""

from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner

from cleaner import Cleaner, pagetable
from cleaner.cli import main
from cleaner.settings import Settings
from tests.test_pages import PROSE, WORDS, scan

INDENTED = scan("nets.", "    The old")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def cleaned(raw, **values):
    return Cleaner(Settings(language="en", **values)).clean(raw)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The raw folder with a text and with a book of one file a page."""
    (tmp_path / "cleaner.toml").write_text('language = "en"\nbooks = ["book"]\n')
    (tmp_path / "corpora/raw/book").mkdir(parents=True)
    (tmp_path / "corpora/raw/scan.txt").write_text(INDENTED)
    for number, page in enumerate(INDENTED.split("\f"), 9):
        (tmp_path / f"corpora/raw/book/p{number}.txt").write_text(page)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---- which page a change stands on -------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [INDENTED, scan("on the", "quay the"), PROSE.raw()])
def test_a_head_stands_on_its_own_page(raw):
    records = cleaned(raw).records
    for page in pagetable.pages(records):
        heads = [removal for removal in page.removed if removal.rule == "furniture.head"]
        assert [" ".join(head.before.split()) for head in heads] == [page.head]
        assert [c["page"] for c in records.changes if c["id"] == heads[0].id] == [page.folio]


def test_a_foot_stands_on_the_page_that_it_ends():
    lines = scan(head="").split("\n\n\f")
    raw = "\n\n\f".join(f"{page.strip()}\n\n{number}" for number, page in enumerate(lines, 81))
    changes = [change for change in cleaned(raw).changes if change.rule == "furniture.folio"]
    assert [(change.before.strip(" \n\f"), change.page) for change in changes] == [
        (str(n), str(n)) for n in range(81, 86)
    ]


def test_a_move_is_told_once_and_by_what_it_takes():
    note = "\n\n*It was the last boat of the year.\n"
    raw = scan(f"until the smoke* was lost{note}", "from sight. Nobody spoke.\n\nThe bell")
    result = cleaned(raw, notes="after")
    moves = [change for change in result.changes if change.rule == "furniture.note"]
    assert len(moves) > 1
    told = [removal for page in pagetable.pages(result.records) for removal in page.removed if "note" in removal.rule]
    assert len(told) == 1
    assert told[0].before == note.rstrip()


# ---- the table -----------------------------------------------------------------------------------------------------


def test_pages_of_a_raw_text_and_of_its_clean_text_are_the_same(home):
    raw = run("explain", "--pages", "corpora/raw/scan.txt")
    assert raw.exit_code == 0, raw.stderr
    assert raw.stdout.splitlines()[0] == "corpora/raw/scan.txt: 5 pages (81-85)"
    assert max(map(len, raw.stdout.splitlines())) <= 80
    run("clean")
    text = run("explain", "--pages", "corpora/clean/scan.txt")
    assert text.stdout.splitlines()[1:] == raw.stdout.splitlines()[1:]
    table = run("explain", "--pages", "corpora/clean/scan.txt", "--json").stdout.splitlines()
    assert [json.loads(page)["folio"] for page in table] == ["81", "82", "83", "84", "85"]
    book = run("explain", "--pages", "corpora/raw/book").stdout.splitlines()
    assert book[2:] == raw.stdout.splitlines()[2:]


def test_what_is_reported_says_so_once(home):
    shown = run("explain", "--pages", "corpora/raw/scan.txt", "--keep-furniture").stdout
    assert "reported head: folio 82" in shown
    (home / "cleaner.toml").write_text("keep_furniture = true\n")
    assert "reported head" in run("explain", "--pages", "corpora/raw/scan.txt").stdout
    assert "reported" not in run("explain", "--pages", "corpora/raw/scan.txt", "--no-keep-furniture").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give a snippet or --pages"),
        (("a", "--pages", "b"), "give a snippet or --pages"),
        (("--pages", "nowhere"), "there is no such file"),
    ],
)
def test_what_cannot_be_explained(home, arguments, said):
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_text_whose_heads_are_held(home):
    """They count up over sections that are alike, and no sentence runs on across them."""
    section = "The ferry went out to the islands before the bell.\n" * 20
    (home / "plain.txt").write_text("".join(f"{n} DIRECTORY OF THE COUNTY.\n\n{section}\n" for n in range(62, 70)))
    said = run("explain", "--pages", "plain.txt").stdout
    assert said.splitlines() == [
        "plain.txt: no pages: nothing in it proves where one begins",
        "8 lines that may be furniture: held, see cleaner review",
    ]


def test_a_text_without_pages(home):
    (home / "plain.txt").write_text("The ferry went.\n")
    assert (
        run("explain", "--pages", "plain.txt").stdout == "plain.txt: no pages: nothing in it shows where one begins\n"
    )
    assert "none: nothing in it shows" in run("locate", "plain.txt", "1").stderr


# ---- where a page stands -----------------------------------------------------------------------------------------------


def at(home, answer):
    """The clean text from the place that an answer names."""
    path, line, column, _ = answer.split(":", 3)
    return (home / path).read_text().split("\n")[int(line) - 1][int(column) - 1 :]


def test_every_page_is_found_from_every_path(home):
    run("clean")
    shown = run("locate", "corpora/raw/scan.txt", "81", "84", "85")
    assert shown.exit_code == 0
    answers = shown.stdout.splitlines()
    assert [at(home, answer)[:8] for answer in answers] == [
        at(home, answers[0])[:8],
        "The old ",
        at(home, answers[2])[:8],
    ]
    assert all(answer.startswith("corpora/clean/scan.txt:") and len(answer) <= 80 for answer in answers)
    assert "p. 84, raw line" in answers[1]
    assert run("locate", "corpora/clean/scan.txt", "81", "84", "85").stdout == shown.stdout
    book = run("locate", "corpora/raw/book", "84").stdout
    assert book.startswith("corpora/clean/book.txt:")
    assert "p. 84, p12.txt line 3: The old" in book


def test_a_page_that_is_not_there(home):
    result = run("locate", "corpora/raw/scan.txt", "84", "90", "xiv")
    assert result.exit_code == 2
    assert "p. 84" in result.stdout
    assert "has no page 90, xiv\n  -> the pages that are there: 81-85" in result.stderr


def test_a_text_that_is_not_written_yet_is_answered_for(home):
    result = run("locate", "corpora/raw/scan.txt", "84")
    assert result.stdout.startswith("corpora/clean/scan.txt:")
    assert "corpora/clean/scan.txt: not written yet" in result.stderr
    assert not (home / "corpora/clean").exists()


def test_the_clean_text_lies_where_it_was_written_to(home):
    with zipfile.ZipFile("pages.zip", "w") as archive:
        for path in sorted((home / "corpora/raw/book").iterdir()):
            archive.write(path, path.name)
    run("clean", "--book", "pages.zip", "--out", "texts")
    result = run("locate", "pages.zip", "84", "--out", "texts")
    assert result.stdout.startswith("texts/pages.txt:")
    assert result.stderr == ""
    assert run("locate", "texts/pages.txt", "84").stdout == result.stdout


def test_an_edited_text_is_answered_for(home):
    run("clean")
    text = home / "corpora/clean/scan.txt"
    text.write_text("A word before.\n\n" + text.read_text().replace("the ", "that "))
    for path in ("corpora/raw/scan.txt", "corpora/clean/scan.txt"):
        result = run("locate", path, "84")
        assert at(home, result.stdout).startswith("The old")
        assert "edited since it was cleaned" in result.stderr
    assert "the pages of its log" in run("explain", "--pages", text).stderr
    text.rename(home / "scan.txt")
    (home / "corpora/clean/scan.changes.jsonl").rename(home / "scan.changes.jsonl")
    result = run("locate", "scan.txt", "84")
    assert result.exit_code == 3
    assert "not at hand" in result.stderr
    assert "found by the words" not in result.stderr
    result = run("locate", "corpora/raw/scan.txt", "84", "--out", ".")
    assert at(home, result.stdout).startswith("The old")


@pytest.mark.parametrize("command", [("locate", "84"), ("explain", "--pages")])
@pytest.mark.parametrize("folder", ["corpora", "corpora/raw", "corpora/clean"])
def test_a_folder_of_texts_is_no_book(home, command, folder):
    run("clean")
    name, *rest = command
    result = run(name, *([folder, *rest] if name == "locate" else [*rest, folder]))
    assert result.exit_code == 2
    assert f"{folder} is a folder of texts" in result.stderr


def test_the_folder_that_one_stands_in_is_a_book(home, monkeypatch):
    monkeypatch.chdir(home / "corpora/raw/book")
    assert run("explain", "--pages", ".").stdout.startswith(".: 5 pages")
    (home / "cleaner.toml").unlink()
    assert run("explain", "--pages", ".").exit_code == 0


def test_words_are_cut_where_the_line_would_be_too_long(home):
    long = home / ("a" * 90 + ".txt")
    long.write_text(scan(begins=" ".join(WORDS)))
    words = run("locate", long, "84").stdout.rstrip("\n").rpartition(": ")[2]
    assert 10 < len(words) <= 24
    assert " ".join(WORDS).startswith(words)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "\n\n\n" + text,
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("\n\n", "\n\n\n\n"),
        lambda text: text.replace("The old", "Their old"),
        lambda text: text[text.index("The old") :],
        lambda text: "\N{BYTE ORDER MARK}" + text.replace("\n", "\r\n"),
    ],
)
def test_edited_anyhow(home, edit):
    run("clean")
    text = home / "corpora/clean/scan.txt"
    text.write_bytes(edit(text.read_text()).encode())
    answer = run("locate", text, "84").stdout
    assert at(home, answer).startswith(("The", "Their"))
