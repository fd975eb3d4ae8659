"""Whatever is in a file, whatever becomes of disk and process: nothing is lost, and it is said what to do."""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import re
import resource
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import hypothesis
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cleaner as package
from cleaner import binary, corpus, finding, finishing, index, settings, store
from cleaner.api import Cleaner
from cleaner.cli import main
from cleaner.errors import DocumentError

RAW = b"It was a party of revolu-\ntion.\n"
CLEAN = b"It was a party of revolution.\n"
NEXT = b"The old mill stood by the river of revolu-\ntion.\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}

CASES = {
    "empty": b"",
    "one line": b"A single line.\n",
    "no line end": b"A line that does not end",
    "crlf": b"One line\r\nand another.\r\n",
    "cr": b"One line\rand another.\r",
    "mixed line ends": b"One\r\n\rtwo\n\r\nthree\r",
    "bom": b"\xef\xbb\xbfA text with a mark.\n",
    "only a bom": b"\xef\xbb\xbf",
    "nul": b"A te\x00xt with\x00\x00 zeros.\n",
    "binary": bytes(range(256)) * 40,
    "utf-16": "A text, caf\u00e9, \U0001d504.\r\n".encode("utf-16"),
    "utf-16, odd": b"\xff\xfeA\x00b",
    "utf-16, lone surrogate": b"\xff\xfe\x00\xd8a\x00",
    "utf-32": "A text.\n".encode("utf-32"),
    "windows-1252": "A caf\u00e9 \u2013 \u201cthe mill\u2019s\u201d \u20ac 5.\n".encode("cp1252"),
    "cut utf-8": "caf\u00e9".encode()[:-1],
    "surrogates in utf-8": b"a\xed\xa0\x80b\n",
    "blank lines": b"\n" * 10_000,
    "blanks": b" \t" * 5_000,
    "form feeds": b"\x0c" * 500,
    "odd blanks": "the gov-\n\u1680\nernment  \u1680 went on\n\u1680and on and  \u1680\n".encode(),
    "separators": "one\u2028two\u2029three\u0085four\x0bfive\x1csix\n".encode(),
    "combining": b"e" + "\u0301".encode() * 400 + b"\n",
    "right to left": "\u202eevil\u202c \u200b\u200d\ufeff\n".encode(),
    "hyphens": b"-\n" * 500,
    "one word": b"a" * 20_000,
    "log lines": b'{"kind":"end"}\n' * 50,
}


def batch(raw, out):
    plan = corpus.plan(finding.find([raw], out), out, settings.Config(), {"language": "en"})
    outcomes = list(map(plan.work(), plan.tasks))
    return {outcome.path.name: outcome for outcome in outcomes}, finishing.finish(plan, outcomes, mode="write")


def cleaner(*arguments):
    return CliRunner().invoke(main, ["clean", "--lang", "en", "--jobs", "1", *map(str, arguments)])


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def drafts(folder):
    return list(folder.rglob("*.new"))


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_bytes(RAW)
    (folder / "b.txt").write_bytes(RAW + RAW)
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


# ---- what is in a file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_any_content_is_cleaned_and_comes_back(tmp_path, out, name):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "x.txt").write_bytes(CASES[name])
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 0, result.stderr
    text = (out / "x.txt").read_bytes().decode("utf-8", "strict")
    assert "\r" not in text
    assert text.endswith("\n") or not text
    assert store.restore(out / "x.txt") == CASES[name]
    assert cleaner(raw, "--out", out, "--check").exit_code == 0


def test_what_other_encodings_mean_is_read(tmp_path, out):
    for name in ("utf-16", "utf-32", "windows-1252"):
        (tmp_path / f"{name}.txt").write_bytes(CASES[name])
    batch(tmp_path, out)
    assert (out / "utf-16.txt").read_bytes() == "A text, caf\u00e9, \U0001d504.\n".encode()
    assert (out / "utf-32.txt").read_bytes() == b"A text.\n"
    assert (out / "windows-1252.txt").read_bytes().startswith("A caf\u00e9 \u2013 \u201cthe".encode())


@hypothesis.settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400) | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_come_back_from_the_disk(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    raw, out = folder / "x.txt", folder / "out"
    raw.write_bytes(data)
    outcomes, _ = batch(raw, out)
    if outcomes["x.txt"].what == "failed":
        with pytest.raises(DocumentError, match=re.escape(outcomes["x.txt"].reason)):
            binary.refuse(data)
        return
    assert outcomes["x.txt"].what == "cleaned", outcomes["x.txt"].reason
    assert store.restore(out / "x.txt") == data
    assert raw.read_bytes() == data


PACKED = io.BytesIO()
with zipfile.ZipFile(PACKED, "w") as archive:
    archive.writestr("p1.txt", "It was a party of the old mill.\n")
KINDS = {
    "v.zip": (PACKED.getvalue(), "a ZIP archive", "--book"),
    "v.txt": (PACKED.getvalue(), "a ZIP archive", "--book"),
    "scan.pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(99), "a PDF", "pdftotext"),
    "novel.epub": (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "an EPUB", "plain text"),
    "page.txt": (b"\x89PNG\r\n\x1a\n", "an image (PNG)", "OCR"),
    "paper.txt": (b"{\\rtf1\\ansi It was a party.}", "an RTF file", "plain text"),
    "cut.txt": ("It was a party.".encode("utf-16-le")[:-1], "looks like UTF-16", "plain text"),
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("options", [(), ("--check",), ("--dry-run",)])
def test_what_holds_text_and_is_none_is_refused_with_the_way_on(raw, out, name, options):
    data, what, hint = KINDS[name]
    (raw / name).write_bytes(data)
    result = cleaner(raw / name, raw / "a.txt", "--out", out, *options)
    assert result.exit_code == 3
    assert what in result.stderr
    assert hint in " ".join(result.stderr.split())
    assert not (out / name).exists()
    assert (out / "a.txt").exists() == (not options)


@pytest.mark.parametrize("version", [b"ustar\x0000", b"ustar  \x00"])
def test_a_tar_archive_is_told_by_more_than_a_piece_of_a_word(version):
    binary.refuse(b"They had ham, ".ljust(256) + b"custard and mustard.\n")
    with pytest.raises(DocumentError, match="a tar archive"):
        binary.refuse(b"p1.txt".ljust(257, b"\x00") + version)


def test_what_is_no_text_is_refused_from_stdin_too():
    result = CliRunner().invoke(main, ["clean", "-"], input=PACKED.getvalue())
    assert result.exit_code != 0
    assert not result.stdout
    assert "a ZIP archive" in result.stderr


def test_a_page_that_is_no_text_is_named(tmp_path, out):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/p1.txt").write_bytes(RAW)
    (tmp_path / "book/p2.txt").write_bytes(KINDS["scan.pdf"][0])
    result = cleaner("--book", tmp_path / "book", "--out", out)
    assert result.exit_code == 3
    assert "p2.txt is a PDF" in result.stderr


def test_utf_16_without_a_mark_is_cleaned_and_comes_back(raw, out):
    data = "\u201cGood,\u201d said he \u2013 and went to the caf\u00e9.\r\n".encode("utf-16-le")
    (raw / "x.txt").write_bytes(data)
    assert cleaner(raw, "--out", out).exit_code == 0
    assert (out / "x.txt").read_text("utf-8") == "\u201cGood,\u201d said he \u2013 and went to the caf\u00e9.\n"
    assert store.restore(out / "x.txt") == data


def test_a_large_binary_is_named_and_skipped(raw, out):
    (raw / "program.txt").write_bytes(bytes(1_100_000))
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 0
    assert "program.txt: not a text file" in result.stderr
    assert not (out / "program.txt").exists()
    assert (out / "a.txt").read_bytes() == CLEAN


@pytest.mark.slow
def test_fifty_megabytes_on_one_line(tmp_path, out):
    sentence = b"It was a party of the old mill and stood by the river, as he said. "
    (tmp_path / "x.txt").write_bytes(sentence * (50_000_000 // len(sentence)))
    code = "from cleaner.cli import main; main()"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run_python(code, "clean", tmp_path / "x.txt", "--out", out)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    # what it works, not what it waits for a busy machine
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 120
    assert (out / "x.txt").stat().st_size > 49_000_000


def run_python(code, *arguments, **options):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, **options)


# ---- names and paths -------------------------------------------------------------------------------------------------

NAMES = [b"caf\xe9.txt", b"tab\there.txt", b"line\nfeed.txt", b"esc\x1b[31m.txt", b"back\\slash.txt", b"-dash.txt",
         b" blank .txt", b"%d{}.txt", "\u202e.txt".encode()]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name(tmp_path, out, name):
    raw = tmp_path / "raw"
    raw.mkdir()
    with open(os.path.join(os.fsencode(raw), name), "wb") as file:
        file.write(RAW)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert list(index.read((out / "index.tsv").read_bytes())) == [os.fsdecode(name)]
    clean = out / os.fsdecode(name)
    assert store.restore(clean) == RAW
    clean.write_bytes(b"edited\n")
    result = cleaner(raw, "--out", out)  # names the file
    assert "edited by hand" in result.stderr
    assert "\x1b" not in result.stderr
    assert CliRunner().invoke(main, ["diff", "--lang", "en", str(raw)]).exit_code == 0


def test_a_name_that_leaves_no_room_for_the_log(tmp_path, out, raw):
    (raw / ("n" * 250 + ".txt")).write_bytes(RAW)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert "shorten the name" in result.stderr
    assert (out / "a.txt").read_bytes() == CLEAN


@pytest.mark.parametrize(
    ("paths", "out", "said"),
    [
        (["none"], "out", "there is no such file or folder"),
        (["raw"], "raw", "the output folder is the input folder"),
        (["raw/a.txt"], "raw", "written over the input"),
        (["raw", "more/a.txt"], "out", "both be written to"),
        (["raw/a.txt/none"], "out", "Not a directory"),
        (["/dev/null"], "out", "neither a file nor a folder"),
        (["loop"], "out", "symbolic links"),
    ],
)
def test_what_cannot_be_done_is_refused(tmp_path, raw, paths, out, said, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more").mkdir()
    (tmp_path / "more/a.txt").write_bytes(RAW)
    (tmp_path / "loop").symlink_to("loop")
    before = tree(tmp_path)
    result = cleaner(*paths, "--out", out)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "  -> " in result.stderr
    assert tree(tmp_path) == before


def test_an_output_folder_inside_the_input_is_not_taken(raw):
    assert cleaner(raw, "--out", raw / "clean").exit_code == 0
    result = cleaner(raw, "--out", raw / "clean")
    assert result.exit_code == 0
    assert "2 up to date" in result.stderr
    assert "what is in it is not taken as input" in result.stderr
    assert not (raw / "clean/clean").exists()


# ---- the disk --------------------------------------------------------------------------------------------------------


def failing(real, error, path, *, write_only=True):
    """``os.open`` that fails for one file."""

    def fake(name, flags, *arguments, **options):
        if os.fspath(name) == str(path) and (flags & os.O_CREAT or not write_only):
            raise OSError(error, os.strerror(error), str(name))
        return real(name, flags, *arguments, **options)

    return fake


@pytest.mark.parametrize(
    ("error", "said"), [(errno.EACCES, "permissions"), (errno.ENOSPC, "make room"), (errno.EROFS, "read-only")]
)
@pytest.mark.parametrize("file", ["a.txt.new", "a.changes.jsonl.new"])
def test_what_cannot_be_written_leaves_the_old_output(raw, out, monkeypatch, error, said, file):
    batch(raw, out)
    old = tree(out)
    (raw / "a.txt").write_bytes(NEXT)
    (raw / "b.txt").write_bytes(NEXT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing(os.open, error, out / file))
        result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    now = tree(out)
    assert {name: now[name] for name in old if name.startswith("a.")} == {
        name: data for name, data in old.items() if name.startswith("a.")
    }
    assert store.restore(out / "b.txt") == NEXT
    assert not drafts(out)


def test_a_raw_file_that_cannot_be_read(raw, out, monkeypatch):
    real = builtins.open

    def fake(name, *arguments, **options):
        if not isinstance(name, int) and os.fspath(name) == str(raw / "a.txt"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "open", fake)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert "a.txt: Permission denied" in result.stderr
    assert "check the permissions" in result.stderr
    assert (out / "b.txt").exists()


def test_a_folder_that_cannot_be_read(raw, out, monkeypatch):
    (raw / "closed").mkdir()
    batch(raw, out)
    real = os.scandir

    def fake(path):
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", fake)
    (raw / "b.txt").unlink()
    result = cleaner(raw, "--out", out, "--prune")
    assert result.exit_code == 3
    assert "Permission denied" in result.stderr
    assert (out / "b.txt").exists()  # what is not seen may be there


def test_a_file_that_cannot_be_looked_at(raw, out, monkeypatch):
    batch(raw, out)
    real = os.stat

    def fake(path, **options):
        if not isinstance(path, int) and os.fspath(path) == str(raw / "a.txt"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, **options)

    monkeypatch.setattr(os, "stat", fake)
    result = cleaner(raw, "--out", out, "--prune")
    assert result.exit_code == 3
    assert "a.txt: Permission denied" in result.stderr
    assert (out / "a.txt").exists()


def test_a_path_that_is_too_long(raw, out):
    os.mkdir(raw / "long")
    handle = os.open(raw / "long", os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=handle)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    with open("x.txt", "wb", opener=lambda name, flags: os.open(name, flags, dir_fd=handle)) as file:
        file.write(RAW)
    os.close(handle)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert "File name too long" in result.stderr
    assert (out / "a.txt").read_bytes() == CLEAN


@pytest.mark.parametrize("name", ["a.changes.jsonl", "a.txt.new", "A.TXT.NEW/deeper", "a.changes.jsonl.new"])
def test_a_folder_that_has_the_name_of_what_is_written(raw, out, name):
    (raw / name).mkdir(parents=True)
    (raw / name / "c.txt").write_bytes(RAW)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 2
    assert "would stand in the place of" in result.stderr
    assert not out.exists()


def test_a_file_that_is_too_large_for_the_disk(raw, out):
    (raw / "big.txt").write_bytes(b"The old mill stood by the river.\n" * 4_000)
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
    code += "from cleaner.cli import main; main()"
    done = run_python(code, "clean", raw, "--out", out, "--jobs", "1", "--lang", "en")
    assert done.returncode == 3
    assert "ulimit -f" in done.stderr
    assert "Traceback" not in done.stderr
    assert not drafts(out)
    assert not (out / "big.txt").exists()
    assert store.restore(out / "a.txt") == RAW


def test_a_disk_that_is_full(raw, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no permission to mount a small disk")
    try:
        assert cleaner(raw, "--out", disk / "out").exit_code == 0
        old = tree(disk)
        (raw / "a.txt").write_bytes(b"The old mill stood by the river.\n" * 20_000)
        result = cleaner(raw, "--out", disk / "out")
        assert result.exit_code == 3
        assert "No space left" in result.stderr
        assert "make room" in result.stderr
        assert tree(disk) == old
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_file_that_changes_while_it_is_read(raw, out, monkeypatch):
    real = os.fstat

    def growing(handle):
        found = real(handle)
        if os.path.samestat(found, os.stat(raw / "a.txt")):
            with open(raw / "a.txt", "ab") as file:
                file.write(b"more\n")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", growing)
        result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert "changed while it was read" in result.stderr
    assert "run again when it is complete" in result.stderr
    assert not (out / "a.txt").exists()
    assert (out / "b.txt").exists()


@pytest.mark.parametrize("name", ["a.txt", "a.changes.jsonl", "a.changes.jsonl.new", "index.tsv", "gone.changes.jsonl"])
def test_a_pipe_in_the_place_of_an_output_is_not_waited_for(raw, out, name):
    batch(raw, out)
    (out / name).unlink(missing_ok=True)
    os.mkfifo(out / name)
    done = run_python("from cleaner.cli import main; main()", "clean", raw, "--out", out, "--lang", "en", timeout=30)
    assert done.returncode == (0 if name.startswith("gone") else 3), done.stderr
    assert f"{name} is neither a file nor a folder" in done.stderr
    assert stat.S_ISFIFO(os.stat(out / name).st_mode)
    assert store.restore(out / "b.txt") == RAW + RAW


def test_a_raw_file_that_becomes_a_pipe_is_not_waited_for(raw, out):
    code = "import os, sys; from cleaner import cli, finding; found = finding.find\n"
    code += "def find(*given):\n    places = found(*given)\n    path = places.places[0].raw\n"
    code += "    path.unlink()\n    os.mkfifo(path)\n    return places\n"
    code += "finding.find = find; cli.main()"
    done = run_python(code, "clean", raw, "--out", out, "--lang", "en", "--jobs", "1", timeout=30)
    assert done.returncode == 3
    assert "a.txt: it is neither a file nor a folder any more" in done.stderr
    assert store.restore(out / "b.txt") == RAW + RAW


def test_an_orphan_that_cannot_be_read_is_named(raw, out, monkeypatch):
    (raw / "c.txt").write_bytes(RAW)
    batch(raw, out)
    (raw / "c.txt").unlink()
    real = Path.read_bytes

    def fake(path):
        if path == out / "c.changes.jsonl":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", fake)
    result = cleaner(raw, "--out", out, "--prune")
    assert result.exit_code == 0
    assert "c.txt: Permission denied" in result.stderr
    assert (out / "c.txt").exists()


@pytest.mark.parametrize("force", [False, True])
def test_an_edit_saved_while_the_file_is_cleaned_is_kept(raw, out, monkeypatch, force):
    batch(raw, out)
    (raw / "a.txt").write_bytes(NEXT)
    real = Cleaner.clean

    def slow(self, data, *, name, decided):
        if name == "a.txt":
            (out / "a.txt").write_bytes(b"edited\n")
        return real(self, data, name=name, decided=decided)

    with monkeypatch.context() as patch:
        patch.setattr(Cleaner, "clean", slow)
        result = cleaner(raw, "--out", out, *(["--force"] if force else []))
    assert result.exit_code == 3
    assert "edited while the raw file was cleaned" in result.stderr
    assert (out / "a.txt").read_bytes() == b"edited\n"
    assert not drafts(out)
    assert "edited by hand" in cleaner(raw, "--out", out).stderr


def test_a_file_of_a_person_in_the_place_of_the_index_is_kept(raw, out):
    out.mkdir()
    (out / "index.tsv").write_bytes(b"shelf\ttitle\n1\tThe Mill\n")
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 0
    assert "index.tsv.edited" in result.stderr
    assert (out / "index.tsv.edited").read_bytes() == b"shelf\ttitle\n1\tThe Mill\n"
    assert list(index.read((out / "index.tsv").read_bytes())) == ["a.txt", "b.txt"]


def test_a_folder_in_the_place_of_an_output(raw, out):
    (out / "a.txt").mkdir(parents=True)
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 3
    assert "move it away" in result.stderr
    assert (out / "b.txt").exists()


def test_another_run_in_the_same_folder(raw, out):
    with store.locked(out):
        result = cleaner(raw, "--out", out)
    assert result.exit_code == 2
    assert "another run is writing there" in result.stderr
    assert cleaner(raw, "--out", out).exit_code == 0


@pytest.mark.parametrize("held", [".", "deep"])
def test_another_run_above_or_below(raw, out, held):
    (raw / "deep").mkdir()
    (raw / "deep/c.txt").write_bytes(RAW)
    mine = (raw, out) if held == "deep" else (raw / "deep", out / "deep")
    with store.locked(out / held):
        with store.locked(out.parent / "other"):  # a neighbour is in nobody's way
            pass
        result = cleaner(mine[0], "--out", mine[1])
    assert result.exit_code == 2
    assert "another run is writing there" in result.stderr
    assert cleaner(mine[0], "--out", mine[1]).exit_code == 0


# ---- logs and edits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [lambda log: log[:-9], lambda log: b"", lambda log: log.replace(b"0.99", b"0.98"), lambda log: b"\xff\x00" + log],
)
def test_a_damaged_log_is_mended_where_nothing_can_be_lost(raw, out, damage):
    batch(raw, out)
    good = tree(out)
    assert b"0.99" in good["a.changes.jsonl"]
    (out / "a.changes.jsonl").write_bytes(damage(good["a.changes.jsonl"]))
    assert cleaner(raw, "--out", out, "--check").exit_code == 1
    assert cleaner(raw, "--out", out).exit_code == 0
    assert tree(out) == good


def rewritten(log, **values):
    """A log whose first change has other values; None leaves the key out."""
    lines = log.decode().splitlines()
    at = next(k for k, line in enumerate(lines) if '"kind":"change"' in line)
    record = {**json.loads(lines[at]), **values}
    lines[at] = json.dumps({key: value for key, value in record.items() if value is not None})
    return "".join(line + "\n" for line in lines).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda log: rewritten(log, group=[1]),
        lambda log: rewritten(log, kind={}),
        lambda log: rewritten(log, n=[]),
        lambda log: rewritten(log, at=[]),
        lambda log: log.replace(b"\n", b"\n" + b"[" * 100_000 + b"\n", 1),
        lambda log: b"[" * 100_000 + b"\n" + log,
    ],
)
def test_a_log_of_any_shape_is_refused_with_a_message_and_mended(raw, out, damage):
    batch(raw, out)
    good = tree(out)
    (out / "a.changes.jsonl").write_bytes(damage(good["a.changes.jsonl"]))
    done = CliRunner().invoke(main, ["restore", str(out / "a.txt")])
    assert done.exit_code == 3
    assert "the change log" in done.stderr
    for index_too in (False, True):
        (out / "a.changes.jsonl").write_bytes(damage(good["a.changes.jsonl"]))
        if index_too:
            (out / "index.tsv").unlink()
        result = cleaner(raw, "--out", out)
        assert result.exit_code == 0, result.stderr
        assert tree(out) == good


def test_a_log_without_what_the_index_needs_is_mended(raw, out):
    batch(raw, out)
    good = tree(out)
    (out / "a.changes.jsonl").write_bytes(rewritten(good["a.changes.jsonl"], stage=None))
    (out / "index.tsv").unlink()
    assert cleaner(raw, "--out", out).exit_code == 0
    assert tree(out) == good


def test_a_damaged_log_beside_an_edited_text(raw, out):
    batch(raw, out)
    (out / "a.txt").write_bytes(b"edited\n")
    (out / "a.changes.jsonl").write_bytes(b"{}")
    result = cleaner(raw, "--out", out)
    assert result.exit_code == 0
    assert "its change log is damaged" in result.stderr
    assert "run again with --force" in result.stderr
    assert (out / "a.txt").read_bytes() == b"edited\n"


def test_an_edited_text_is_kept(raw, out):
    batch(raw, out)
    (out / "a.txt").write_bytes(b"edited\n")
    result = cleaner(raw, "--out", out)
    assert (result.exit_code, (out / "a.txt").read_bytes()) == (0, b"edited\n")
    assert "edited by hand" in result.stderr
    assert cleaner(raw, "--out", out, "--check").exit_code == 0  # nothing would change
    assert cleaner(raw, "--out", out, "--force").exit_code == 0
    assert (out / "a.txt").read_bytes() == CLEAN
    assert (out / "a.txt.edited").read_bytes() == b"edited\n"
