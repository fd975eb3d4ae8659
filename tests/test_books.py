"""A book that comes as one file a page: one text out of many files, and every file back out of one text."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import zipfile

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import Cleaner, books, clean, index, journal, settings, sources, store
from cleaner.cli import main
from cleaner.decoding import decode
from cleaner.errors import DocumentError, LogError, UsageError
from cleaner.text import Lines
from tests.strategies import texts

TITLES = ("THE CANAL GUILDS", "OF THE WESE")
LINES = (
    "The committee met in the long room above the",
    "lock, and the committee had its clerk, who was",
    "also the clerk of the other committee and kept",
    "the books of both, so that nobody could say what",
)


def page(number):
    """A page of a book: its running head, four lines, and half of a word that the next page goes on with."""
    head = f"{TITLES[number % 2]} {number}" if number % 2 else f"{number} {TITLES[number % 2]}"
    first = "mittee paid them all.\n" if number > 80 else ""
    return f"{head}\n\n{first}{chr(10).join(LINES)}\nof it and the com-\n".encode()


PAGES = {f"page{number}.txt": page(number + 80) for number in range(12)}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def said(result):
    return " ".join(result.stderr.split())


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder, pages):
    for name, data in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def packed(path, pages, **options):
    with zipfile.ZipFile(path, "w", **{"compression": zipfile.ZIP_DEFLATED, **options}) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "cleaner.toml").write_text('language = "en"\nbooks = ["volume-*", "shelf/*"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def scan(home):
    """A folder of pages outside of the raw folder."""
    return fill(home / "scan", PAGES)


# ---- pages and their text ----------------------------------------------------------------------------------------------

names = st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".txt")
contents = st.one_of(
    st.binary(max_size=60),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"", b"\f", b"\n\f", b"a\r", b"\nb", b"\f\n", b"\xff\xfea\x00", b"\xef\xbb\xbfa", b"\xc3", b"\xa9"]
    ),
    st.sampled_from(["utf-16", "utf-32"]).map("caf\u00e9 \U0001d504\r\n".encode),
)
some_pages = st.dictionaries(names, contents, min_size=1, max_size=6)
DEFAULT = Cleaner()


@given(some_pages)
@example({"a.txt": b"\xc3", "b.txt": b"\xa9"})  # two halves of one letter are not put together
@example({"a.txt": b"e", "b.txt": b"\xcc\x81"})
@example({"a.txt": b"a\r", "b.txt": b"\nb"})
def test_any_pages_come_back(pages):
    result = DEFAULT.clean(pages)
    assert list(result.restore().items()) == list(pages.items())
    assert journal.restore(result.data, result.log) == pages


@given(some_pages)
def test_each_page_stands_in_the_text_as_it_is_and_begins_a_page(pages):
    source = sources.read(pages)
    for file, data in zip(source.files, pages.values(), strict=True):
        text, codec = decode(data)
        assert (source.text[file.start : file.start + file.chars], file.codec) == (text, codec)
        assert not file.start or source.text[: file.start].rstrip("\r\n").endswith("\f")
    assert sources.digest(pages) == source.sha256


@given(some_pages)
def test_every_change_of_a_book_stands_in_a_page_where_it_says(pages):
    result = DEFAULT.clean(pages)
    for change in result.changes:
        text = decode(pages[change.file])[0]
        lines = Lines(text)
        assert 1 <= change.line <= len(lines) + 1
        start = lines[change.line - 1].start if change.line <= len(lines) else len(text)
        assert start <= start + change.column - 1 <= len(text)


@pytest.mark.parametrize(
    ("first", "joint"),
    [
        (b"a\n", "\f"),
        (b"a\r\n", "\f"),
        (b"a", "\n\f"),
        (b"", "\f"),
        (b"a\f", ""),
        (b"a\n\f", ""),
        (b"a\f\n", ""),
        (b"a\x0b", "\n\f"),
        (b"a\f ", "\n\f"),
    ],
)
def test_what_joins_two_pages(first, joint):
    source = sources.read({"1.txt": first, "2.txt": b"b"})
    assert source.text == first.decode() + joint + "b"


def test_pages_are_one_text():
    whole = clean(b"\f".join(PAGES.values()), language="en")
    book = clean(PAGES, language="en")
    assert book.text == whole.text
    assert "the committee paid them all" in book.text.replace("\n", " ")
    assert "WESE" not in book.text
    alone = "".join(clean(data, language="en").text for data in PAGES.values())
    assert "WESE" in alone


def test_the_log_names_the_pages_and_says_where_in_them():
    result = clean(PAGES, language="en")
    header = result.records.header
    assert [list(entry) for entry in header["sources"]] == [["name", "sha256", "codec", "start", "chars"]] * 12
    assert "codec" not in header
    change = next(change for change in result.changes if change.before.startswith("-"))
    assert (change.file, change.line, change.column) == ("page0.txt", 7, 18)
    record = next(record for record in result.records.changes if record["id"] == change.id)
    assert list(record)[7:10] == ["page", "file", "line"]
    head = next(change for change in result.changes if "WESE 81" in change.before or "GUILDS 81" in change.before)
    assert (head.file, head.line, head.column) == ("page1.txt", 1, 1)
    assert "file" not in clean(PAGES["page1.txt"], language="en").log.decode()


def test_the_hash_of_a_book_is_that_of_the_list_of_its_files():
    """As ``sha256sum page*.txt | sha256sum`` gives it."""
    listed = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in PAGES.items())
    assert sources.digest(PAGES) == hashlib.sha256(listed.encode()).hexdigest()


def test_a_book_needs_pages_that_have_names_of_their_own():
    with pytest.raises(UsageError, match="without pages"):
        clean({})
    with pytest.raises(UsageError, match="no name inside a folder"):
        clean({"../a.txt": b""})


# ---- the command line --------------------------------------------------------------------------------------------------


def test_a_folder_is_cleaned_and_comes_back(home, scan):
    fill(scan, {"notes/page2.txt": b"a\n", "notes/page10.txt": b"", "cover.jpg": b"\xff\xd8", ".x.txt": b""})
    result = run("clean", "--book", scan, "--out", "out")
    assert result.exit_code == 0, result.stderr
    assert "scan/cover.jpg: not a text file" in result.stderr
    assert sorted(tree(home / "out")) == ["index.tsv", "scan.changes.jsonl", "scan.txt"]
    header = journal.read((home / "out/scan.changes.jsonl").read_bytes()).header
    assert header["source"] == "scan.txt"
    ordered = ["notes/page2.txt", "notes/page10.txt", *(f"page{number}.txt" for number in range(12))]
    assert [entry["name"] for entry in header["sources"]] == ordered
    rows = index.read((home / "out/index.tsv").read_bytes())
    assert list(rows) == ["scan.txt"]
    assert header["sha256"].startswith(rows["scan.txt"].raw)
    assert run("restore", "out/scan.txt", "--out", "back").exit_code == 0
    assert tree(home / "back") == {**PAGES, "notes/page2.txt": b"a\n", "notes/page10.txt": b""}


@pytest.mark.parametrize(
    "change",
    [
        lambda scan: (scan / "page12.txt").write_bytes(b"added\n"),
        lambda scan: (scan / "page3.txt").write_bytes(b"changed\n"),
        lambda scan: (scan / "page3.txt").unlink(),
        lambda scan: (scan / "page11.txt").rename(scan / "page12.txt"),
    ],
    ids=["added", "changed", "removed", "renamed"],
)
def test_a_book_is_up_to_date_as_long_as_its_pages_are(home, scan, change):
    book = ("clean", "--book", scan, "--out", "out")
    assert run(*book, "--check").exit_code == 1
    assert "would be cleaned" in run(*book, "--dry-run").stderr
    assert not (home / "out").exists()
    run(*book)
    before = tree(home / "out")
    assert "1 up to date" in run(*book).stderr
    assert run(*book, "--check").exit_code == 0
    assert run("diff", "--would", "--book", scan, "--out", "out").stdout == ""
    change(scan)
    result = run(*book, "--check")
    assert result.exit_code == 1
    assert "the raw text changed" in result.stderr
    assert tree(home / "out") == before
    assert "1 cleaned" in run(*book).stderr
    run("restore", "out/scan.txt", "--out", "back")
    assert tree(home / "back") == tree(scan)


def test_an_edited_book_is_never_written_over(home, scan):
    book = ("clean", "--book", scan, "--out", "out")
    run(*book)
    (home / "out/scan.txt").write_bytes(b"mine\n")
    assert "edited by hand" in run(*book).stderr
    (scan / "page3.txt").unlink()
    assert "its raw text has changed too" in said(run(*book))
    assert (home / "out/scan.txt").read_bytes() == b"mine\n"
    result = run("restore", "out/scan.txt", "--out", "back")
    assert result.exit_code == 3
    assert not (home / "back").exists()
    assert run(*book, "--force").exit_code == 0
    assert (home / "out/scan.txt.edited").read_bytes() == b"mine\n"
    assert "1 clean texts deleted" in run("reset", "out").stderr
    assert sorted(tree(home / "out")) == ["scan.txt.edited"]


def test_a_run_that_was_killed_between_text_and_log_is_finished(home, scan):
    run("clean", "--book", scan, "--out", "out")
    done = tree(home / "out")
    (home / "out/scan.changes.jsonl").rename(home / "out/scan.changes.jsonl.new")
    assert "1 up to date" in run("clean", "--book", scan, "--out", "out").stderr
    assert tree(home / "out") == done


def test_diff_names_the_pages(home, scan):
    shown = run("diff", "--book", scan, "--out", "out").stdout
    assert shown.startswith("scan: page0.txt\n")
    assert "\nscan: page1.txt\n" in shown
    assert "[-com-\u23ce" in shown
    run("clean", "--book", scan, "--out", "out")
    assert run("diff", "--book", scan, "--out", "out").stdout == shown
    beside = run("diff", "out/scan.txt").stdout
    assert beside == shown.replace("scan: ", "out/scan.txt: ")
    (scan / "page1.txt").unlink()
    assert "scan\n" in run("diff", "--would", "--book", scan, "--out", "out").stdout
    (scan / "page0.txt").write_bytes(b"a millrace, a mill-race, the millrace and a\n  millrace and mill-\nrace here\n")
    held = run("diff", "--held", "--book", scan, "--out", "out").stdout
    assert "  page0.txt:2:20" in held


def test_books_of_the_settings(home):
    raw = home / "corpora/raw"
    fill(raw / "volume-1", PAGES)
    fill(raw / "single", {"page1.txt": b"one\n", "page2.txt": b"two\n"})
    fill(raw / "shelf/a", PAGES)
    packed(raw / "volume-2.zip", PAGES)
    fill(raw, {"volume-3.txt": b"three\n"})
    result = run("clean")
    assert result.exit_code == 0, result.stderr
    clean = home / "corpora/clean"
    made = ["shelf/a.txt", "single/page1.txt", "single/page2.txt", "volume-1.txt", "volume-2.txt", "volume-3.txt"]
    assert [name for name in sorted(tree(clean)) if name.endswith(".txt")] == made
    text = (clean / "volume-1.txt").read_bytes()
    assert text == (clean / "volume-2.txt").read_bytes() == (clean / "shelf/a.txt").read_bytes()
    assert run("clean", "--check").exit_code == 0
    for part in ("corpora/raw/volume-1", "corpora/raw/shelf", "corpora/raw/volume-2.zip", "corpora/raw/volume-3.txt"):
        result = run("clean", part, "--prune")
        assert "1 up to date" in result.stderr
        assert "gone" not in result.stderr
    assert run("diff", "corpora/raw/volume-1").stdout.startswith("corpora/raw/volume-1: page0.txt")
    shutil.rmtree(raw / "volume-1")
    assert "raw file is gone" in run("clean").stderr
    run("clean", "--prune")
    assert not (clean / "volume-1.txt").exists()
    assert not (clean / "volume-1.changes.jsonl").exists()


def test_what_was_cleaned_page_by_page_goes_with_prune(home):
    fill(home / "corpora/raw/bound", PAGES)
    run("clean")
    assert (home / "corpora/clean/bound/page1.txt").exists()
    (home / "cleaner.toml").write_text('language = "en"\nbooks = ["bound"]\n')
    run("clean", "--prune")
    assert sorted(tree(home / "corpora/clean")) == ["bound.changes.jsonl", "bound.txt", "index.tsv"]


def test_settings_by_path_hold_for_a_book_as_a_whole(home):
    toml = 'language = "en"\nbooks = ["volume-1"]\n[[path]]\nglob = "corpora/raw/volume-1"\nskip = ["hyphens"]\n'
    (home / "cleaner.toml").write_text(toml)
    fill(home / "corpora/raw/volume-1", PAGES)
    run("clean")
    assert journal.read((home / "corpora/clean/volume-1.changes.jsonl").read_bytes()).header["settings"]["skip"] == [
        "hyphens"
    ]


@pytest.mark.parametrize(
    ("path", "book"),
    [
        ("volume-1", True),
        ("shelf/a", True),
        ("shelf", False),
        ("volume-1/volume-2", False),
        ("deep/volume-1", False),
        ("../volume-1", False),
        (".", False),
    ],
)
def test_a_glob_stands_for_whole_names(home, path, book):
    config = settings.load(home)
    (config.raw / path).mkdir(parents=True, exist_ok=True)
    assert config.is_book(config.raw / path) is book


def test_a_book_beside_paths_and_what_clashes(home, scan):
    fill(home / "other", {"a.txt": b"a\n"})
    assert "2 cleaned" in run("clean", "other", "--book", scan, "--out", "out").stderr
    assert "gone" not in run("clean", "other", "--out", "out2").stderr
    fill(home / "other", {"scan.txt": b"a\n"})
    result = run("clean", "other", "--book", scan, "--out", "out")
    assert result.exit_code == 2
    assert "would both be written to" in said(result)
    assert run("clean", "--book", scan, "--out", scan).exit_code == 2
    assert run("clean", "--book", "nowhere", "--out", "out").exit_code == 2
    result = run("clean", "--book", "other/a.txt", "--out", "out")
    assert result.exit_code == 2
    assert "is no book" in result.stderr
    assert run("clean", "-", "--book", scan).exit_code == 2


def test_a_book_is_not_all_that_belongs_to_an_output(home, scan):
    fill(home / "other", PAGES)
    run("clean", "--book", scan, "--out", "out")
    assert "gone" not in run("clean", "--book", "other", "--out", "out", "--prune").stderr
    assert (home / "out/scan.txt").exists()


def test_a_book_is_read_as_a_whole_or_not_at_all(home, scan, monkeypatch):
    fill(scan, {"sub/page1.txt": b"one\n"})
    run("clean", "--book", scan, "--out", "out")
    before = tree(home / "out")
    scandir = os.scandir

    def refuse(folder):
        if os.path.basename(folder) == "sub":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(folder))
        return scandir(folder)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        result = run("clean", "--book", scan, "--out", "out")
    assert result.exit_code == 3
    assert "scan/sub: Permission denied" in result.stderr
    assert tree(home / "out") == before


def test_an_output_inside_of_the_book_is_not_read(home, scan):
    for _ in range(2):
        result = run("clean", "--book", scan, "--out", scan / "out")
    assert "1 up to date" in result.stderr


def test_no_output_is_written_over_a_page(home):
    fill(home / "vol", {"a.txt": b"a\n"})
    os.makedirs(home / "out")
    os.link(home / "vol/a.txt", home / "out/vol.txt")
    result = run("clean", "--book", "vol", "--out", "out")
    assert result.exit_code == 2
    assert "would be written over the input vol/a.txt" in said(result)


def test_a_book_without_pages_is_named(home):
    fill(home / "empty", {"x.jpg": b""})
    packed(home / "empty2.zip", {"x.jpg": b""})
    result = run("clean", "--book", "empty", "--book", "empty2.zip", "--out", "out")
    assert result.exit_code == 0
    assert result.stderr.count("a book without pages") == 2


def test_a_page_that_is_no_text_stops_the_book(home, scan):
    (scan / "page3.txt").write_bytes(bytes(2_000_000))
    result = run("clean", "--book", scan, "--out", "out")
    assert "not a text file (mostly control codes)" in result.stderr
    assert not (home / "out/scan.txt").exists()


def test_pages_cleaned_apart_are_asked_about(home):
    fill(home / "scan", {f"page{number:03}.txt": page(80) for number in range(30)})
    fill(home / "dates", {f"1899-{number // 20 + 1:02}-{number % 20:02}.txt": b"a\n" for number in range(30)})
    fill(home / "novels", {f"novel{number}.txt": b"A long text.\n" * 1_000 for number in range(30)})
    fill(home / "few", {f"page{number}.txt": b"a\n" for number in range(20)})
    result = run("clean", "scan", "dates", "few", "--out", "out", "--only", "seal")
    assert [line for line in result.stderr.split("\n") if "--book" in line] == [
        "scan: 30 pages of one book? --book reads them as one text"
    ]
    assert "--book" not in run("clean", "novels", "--out", "out2", "--only", "seal").stderr
    assert "--book" not in run("clean", "scan", "--out", "out", "--only", "seal").stderr  # nothing was cleaned


# ---- restoring ---------------------------------------------------------------------------------------------------------


def test_where_a_book_is_restored_to(home, scan):
    run("clean", "--book", scan, "--out", "out")
    result = run("restore", "out/scan.txt")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--out DIR" in result.stderr
    fill(home / "there", {"page1.txt": b"mine\n", "own.txt": b"mine\n"})
    result = run("restore", "out/scan.txt", "--out", "there")
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert (home / "there/page1.txt").read_bytes() == b"mine\n"
    assert run("restore", "out/scan.txt", "--out", "there", "--force").exit_code == 0
    assert tree(home / "there") == {**PAGES, "own.txt": b"mine\n"}
    result = run("restore", "out/scan.txt", "--out", "there/own.txt", "--force")
    assert result.exit_code == 2
    assert "is not a folder" in result.stderr


HOSTILE = ["/etc/page.txt", "../page.txt", "a/../../page.txt", "..", ".", "", "a//b.txt", "a/", "a\0b.txt"]


def relabelled(name, **more):
    """The text and log of a book whose log was changed by somebody who knows how: hashes fit, one name is hostile."""
    result = clean({"a.txt": b"one\n", "b.txt": b"two\n"}, language="en")
    records = [json.loads(line) for line in result.log.decode().splitlines()]
    records[0]["sources"][1].update(name=name, **more)
    given = {entry["name"]: data for entry, data in zip(records[0]["sources"], (b"one\n", b"two\n"), strict=True)}
    records[0]["sha256"] = sources.digest(given)
    return result.data, "".join(json.dumps(record) + "\n" for record in records).encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_log_can_write_outside_of_the_folder(home, name):
    text, log = relabelled(name)
    fill(home / "deep/er", {"x.txt": text, "x.changes.jsonl": log})
    before = tree(home)
    result = run("restore", "deep/er/x.txt", "--out", "deep/er/back")
    assert result.exit_code == 3, name
    assert tree(home) == before
    with pytest.raises(LogError):
        journal.restore(text, log)


def test_a_name_that_is_harmless_comes_through():
    assert journal.restore(*relabelled("sub/c.txt")) == {"a.txt": b"one\n", "sub/c.txt": b"two\n"}


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header["sources"][1].update(start=0),
        lambda header: header["sources"][1].update(start=-4),
        lambda header: header["sources"][1].update(chars=-1),
        lambda header: header["sources"][1].update(chars="4"),
        lambda header: header["sources"][1].update(codec="rot13"),
        lambda header: header["sources"][1].update(name=7),
        lambda header: header["sources"][1].update(name=["a"]),
        lambda header: header["sources"][1].update(name="c.txt"),
        lambda header: header["sources"][1].update(other=1),
        lambda header: header["sources"].reverse(),
        lambda header: header["sources"].pop(),
        lambda header: header["sources"].append(header["sources"][1]),
        lambda header: header.update(sources=7),
        lambda header: header.update(sources=["ab"]),
        lambda header: header.pop("sources"),
    ],
)
def test_a_header_that_was_changed_is_refused(change):
    result = clean({"a.txt": b"one\n", "b.txt": b"two\n"}, language="en")
    records = [json.loads(line) for line in result.log.decode().splitlines()]
    change(records[0])
    with pytest.raises(LogError, match="was changed"):
        journal.restore(result.data, "".join(json.dumps(record) + "\n" for record in records).encode())


def test_no_log_gives_one_stretch_of_a_text_twice():
    """A log of a few lines would give back files of any size."""
    result = clean({"a.txt": b"one\n", "b.txt": b"one\n"}, language="en")
    records = [json.loads(line) for line in result.log.decode().splitlines()]
    records[0]["sources"][1].update(start=0)
    with pytest.raises(LogError, match="overlaps"):
        journal.restore(result.data, "".join(json.dumps(record) + "\n" for record in records).encode())


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_is_written_outside_of_the_folder(home, name):
    with pytest.raises(LogError, match="outside"):
        books.unpack({"good.txt": b"one\n", name: b"two\n"}, home / "back")
    assert not (home / "back").exists()


def test_no_link_leads_out_of_the_folder(home, scan):
    fill(scan, {"sub/page1.txt": b"one\n"})
    run("clean", "--book", scan, "--out", "out")
    (home / "outside").mkdir()
    (home / "back").mkdir()
    (home / "back/sub").symlink_to(home / "outside")
    result = run("restore", "out/scan.txt", "--out", "back", "--force")
    assert result.exit_code == 3
    assert "outside" in result.stderr
    assert not tree(home / "outside")
    assert not tree(home / "back")


# ---- archives ----------------------------------------------------------------------------------------------------------


def test_an_archive_is_cleaned_and_comes_back(home):
    pages = {f"vol/{name}": data for name, data in PAGES.items()}
    noise = {
        "__MACOSX/vol/._page1.txt": b"x",
        "__MACOSX/vol/page1.txt": b"x",
        "vol/.hidden.txt": b"x",
        "vol/": b"",
        "vol/cover.jpg": b"x",
    }
    packed(home / "vol.ZIP", {**dict(reversed(pages.items())), **noise})
    result = run("clean", "--book", "vol.ZIP", "--out", "out")
    assert result.exit_code == 0, result.stderr
    assert "skipped: 1\n  vol.ZIP/vol/cover.jpg" in result.stderr
    assert run("clean", "--book", "vol.ZIP", "--out", "out", "--check").exit_code == 0
    run("restore", "out/vol.txt", "--out", "back")
    assert tree(home / "back") == pages
    folder = clean({name: PAGES[name] for name in sorted(PAGES, key=books.natural)}, language="en")
    assert (home / "out/vol.txt").read_bytes() == folder.data


def test_an_archive_packed_anew_is_the_same_book(home):
    packed(home / "vol.zip", PAGES)
    run("clean", "--book", "vol.zip", "--out", "out")
    packed(home / "vol.zip", dict(reversed(PAGES.items())), compression=zipfile.ZIP_STORED)
    assert "1 up to date" in run("clean", "--book", "vol.zip", "--out", "out").stderr


def encrypted(path):
    data = bytearray(packed(path, {"a.txt": b"one\n"}).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)


def cut(path):
    path.write_bytes(packed(path, PAGES).read_bytes()[:-30])


def rotten(path):
    """One bit of a page."""
    data = bytearray(packed(path, {"a.txt": b"one two three\n"}, compression=zipfile.ZIP_STORED).read_bytes())
    data[data.index(b"two")] ^= 1
    path.write_bytes(data)


def lying(path):
    """More in it than it says."""
    data = bytearray(packed(path, {"a.txt": b"x" * 1_000}).read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)


def twice(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"one\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"two\n")


BROKEN = {
    "encrypted": (encrypted, "in the archive is encrypted"),
    "cut off": (cut, "is damaged"),
    "empty": (lambda path: path.write_bytes(b""), "is damaged"),
    "rotten": (rotten, "is damaged"),
    "lying": (lying, "is damaged"),
    "a name twice": (twice, "comes twice"),
    "a name above": (lambda path: packed(path, {"../a.txt": b"one\n"}), "no name inside a folder"),
    "an absolute name": (lambda path: packed(path, {"/tmp/a.txt": b"one\n"}), "no name inside a folder"),
    "a file as a folder": (lambda path: packed(path, {"a.txt": b"", "a.txt/b.txt": b""}), "a file and a folder"),
    "odd packing": (lambda path: packed(path, {"a.txt": b"x"}, compression=zipfile.ZIP_LZMA), "in an unusual way"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_archive_fails_alone(home, scan, kind):
    make, message = BROKEN[kind]
    packed(home / "vol.zip", {"a.txt": b"old\n"})
    run("clean", "--book", "vol.zip", "--out", "out")
    old = (home / "out/vol.txt").read_bytes()
    make(home / "vol.zip")
    result = run("clean", "--book", scan, "--book", "vol.zip", "--out", "out", "--prune")
    assert result.exit_code == 3
    assert message in said(result)
    assert "Traceback" not in result.stderr
    assert (home / "out/vol.txt").read_bytes() == old
    assert (home / "out/scan.txt").exists()
    alone = run("clean", "--book", "vol.zip", "--out", "out")
    assert alone.exit_code == 3
    assert "no text files found" not in alone.stderr


def test_an_archive_is_not_unpacked_beyond_a_limit(home, monkeypatch):
    packed(home / "vol.zip", {f"{number}.txt": bytes(1_000_000) for number in range(3)})
    assert (home / "vol.zip").stat().st_size < 10_000
    monkeypatch.setattr(books, "LARGEST", 2_500_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)  # nothing may be unpacked
    result = run("clean", "--book", "vol.zip", "--out", "out")
    assert result.exit_code == 3
    assert "its texts would be 3 MB, and 2 MB are the most" in said(result)


def test_a_link_in_an_archive_is_no_page(home):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(home / "vol.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "one\n")
    assert books.look(home / "vol.zip") == (("a.txt",), 4, ("link.txt",))
    assert books.read(home / "vol.zip", ()) == {"a.txt": b"one\n"}


@given(st.data())
def test_no_byte_of_an_archive_breaks_more_than_the_archive(tmp_path_factory, data):
    path = packed(tmp_path_factory.mktemp("zip") / "vol.zip", {"a.txt": b"one\n" * 20, "sub/b.txt": b"two\n"})
    broken = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(broken)
    try:
        pages = books.read(path, books.look(path).pages)
    except DocumentError:
        return
    assert not sources.fault(pages)
    assert set(pages.values()) <= {b"one\n" * 20, b"two\n"}


def test_a_folder_with_a_page_that_went_away_fails(home, scan):
    listed = books.read(scan, ["page1.txt"])
    assert listed == {"page1.txt": PAGES["page1.txt"]}
    with pytest.raises(FileNotFoundError):
        books.read(scan, ["page1.txt", "gone.txt"])


def test_the_pages_of_a_clean_book_are_read_from_its_log(home, scan):
    run("clean", "--book", scan, "--out", "out")
    assert store.restore(home / "out/scan.txt") == PAGES
