"""``cleaner check`` at the command line: lines, JSON, exit codes, and places by the log; the samples end to end."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import Cleaner, checking, proofing
from cleaner.cli import main
from cleaner.settings import Settings
from tests.test_pages import scan

SAMPLES = Path(__file__).parent.parent / "corpora" / "clean" / "samples"
FAULTY = "It was late.\n\nHe went to the the mill (today , and so on.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('language = "en"\n[folders]\nclean = "texts"\n')
    (tmp_path / "texts" / "inner").mkdir(parents=True)
    (tmp_path / "texts" / "a.txt").write_text(FAULTY)
    (tmp_path / "texts" / "inner" / "b.txt").write_text("It was late.\n")
    (tmp_path / "texts" / "c.png").write_bytes(b"the the")
    return tmp_path


def run(*arguments, code, **options):
    result = CliRunner().invoke(main, ["check", *map(str, arguments)], **options)
    assert result.exit_code == code, result.output
    return result


def test_lines_as_compilers_show_them_and_a_summary_beside(here):
    result = run(code=1)
    assert result.stdout.splitlines() == [
        'texts/a.txt:3:16: doubled: "the the": went to the the mill (today , and so on.',
        "texts/a.txt:3:25: bracket: never closed: the mill (today , and so on.",
        "texts/a.txt:3:32: mark: a blank before the mark: (today , and so on.",
    ]
    assert [" ".join(line.split()) for line in result.stderr.splitlines()] == [
        f"1 {kind} {proofing.KINDS[kind]}" for kind in ("doubled", "bracket", "mark")
    ] + ["3 findings in 2 texts"]
    assert (here / "texts" / "a.txt").read_text() == FAULTY


def test_nothing_found(here):
    result = run("texts/inner", code=0)
    assert (result.stdout, result.stderr) == ("", "0 findings in 1 text\n")


def test_kinds(here):
    assert run("--kind", "mark", "--kind", "bracket", code=1).stdout.count("\n") == 2
    assert ": doubled: " not in run("--skip-kind", "doubled", code=1).stdout
    assert run("--kind", "mark", "--skip-kind", "mark", code=0).stdout == ""
    assert "did you mean doubled?" in run("--kind", "double", code=2).stderr


def test_json(here):
    records = [json.loads(line) for line in run("--json", code=1).stdout.splitlines()]
    assert records[0] == {
        "path": "texts/a.txt", "line": 3, "column": 16, "start": 29, "end": 32, "kind": "doubled",
        "message": '"the the"', "text": "the",
    }  # fmt: skip
    assert len(records) == 3


def test_stdin(here):
    result = run("-", code=1, input=FAULTY)
    assert [line[:7] for line in result.stdout.splitlines()] == ["-:3:16:", "-:3:25:", "-:3:32:"]
    assert "leave out the other paths" in run("-", "texts", code=2).stderr


def test_the_language_may_be_given(here):
    (here / "fr.txt").write_text("Nous nous levons ; il est tard : allez !\n")
    assert run("fr.txt", "--lang", "fr", code=0).stdout == ""
    assert run("fr.txt", "--lang", "en", code=1).stdout.count("a blank before the mark") == 3


def test_what_cannot_be_read(here):
    assert "there is no such file" in run("none", code=2).stderr
    os.mkfifo(here / "texts" / "pipe.txt")
    (here / "texts" / "d.txt").symlink_to(here / "texts" / "d.txt")
    assert run(code=1).stdout.count("\n") == 3  # what is no text by its nature is passed over, as clean does


def test_one_file_that_fails_stops_no_other(here, monkeypatch):
    real = checking._check_file

    def check_file(path, *rest):
        if path.name == "a.txt":
            raise OSError(5, "Input/output error")
        return real(path, *rest)

    monkeypatch.setattr(checking, "_check_file", check_file)
    result = run("texts", code=3)
    assert "texts/a.txt: Input/output error" in result.stderr
    assert "0 findings in 1 text" in result.stderr


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"the the \xe9\x00\x1b[1m", "the the\n".encode("utf-16")])
def test_any_bytes_can_be_checked(here, data):
    (here / "odd.txt").write_bytes(data)
    result = run("odd.txt", code=1 if b"t" in data else 0)
    assert "\x1b" not in result.stdout


def test_the_log_tells_page_and_raw_place(here):
    raw = scan("of the the net", "    The old")
    result = Cleaner(Settings(language="en")).clean(raw)
    (here / "scan.txt").write_bytes(result.data)
    (here / "scan.changes.jsonl").write_bytes(result.log)
    records = [json.loads(line) for line in run("scan.txt", "--json", "--kind", "doubled", code=1).stdout.splitlines()]
    lines = raw.split("\n")
    for record in records:
        place = record["raw"]
        before, word = lines[place["line"] - 1][: place["column"] - 1], lines[place["line"] - 1][place["column"] - 1 :]
        assert word.split()[0].strip(",.") == record["text"] == result.text[record["start"] : record["end"]]
        assert not before or before.split()[-1] == record["text"]
    (net,) = [record for record in records if result.text[record["end"] :].startswith(" net")]
    assert (net["page"], lines[net["raw"]["line"] - 1].endswith("of the the net")) == ("83", True)
    first = run("scan.txt", "--kind", "doubled", code=1).stdout.splitlines()[0]
    assert f"doubled: {records[0]['message']}, p. 81: " in first
    (here / "scan.txt").write_bytes(result.data + b"\nthe the end\n")  # edited: the log speaks of another text
    edited = [json.loads(line) for line in run("scan.txt", "--json", "--kind", "doubled", code=1).stdout.splitlines()]
    assert len(edited) == len(records) + 1
    assert not any("page" in record for record in edited)


def logged(here, raw, **values):
    """Clean a text into ``one.txt`` with its log; the findings of ``check`` in it."""
    result = Cleaner(Settings(**values)).clean(raw)
    (here / "one.txt").write_bytes(result.data)
    (here / "one.changes.jsonl").write_bytes(result.log)
    return [json.loads(line) for line in run("one.txt", "--json", code=1).stdout.splitlines()]


def test_what_a_change_wrote_stands_where_the_change_begins(here):
    (one,) = logged(here, "It was the first \ufb01rst of all of them, they said.\n", language="en")
    assert (one["message"], one["column"], one["raw"]["column"]) == ('"first first"', 18, 18)


def test_the_language_of_the_log_is_that_of_the_text(here):
    (here / "cleaner.toml").write_text("")
    text = "Le vent de de la mer est entr\xe9 dans la maison, et les enfants ne sont plus sur la rive avec nous. "
    raw = text + "Il est tard pour les bateaux qui sont dans le port, et nous nous levons."
    (one,) = logged(here, f"{raw}\n")
    assert one["message"] == '"de de"'
    assert run("one.txt", "--lang", "en", code=0).stdout == ""  # in English it is a foreign passage as a whole


def test_the_samples_end_to_end():
    result = run(SAMPLES, code=1)
    lines = result.stdout.splitlines()
    assert all(max(map(len, lines)) <= 130 for line in lines)
    for name, said in (
        ("handbook", "figure: figures in a word: is?, p. 204: stock i8 dear"),
        ("essay", "bracket: never opened, p. 33: "),
        ("gazette", "mark: a blank before the mark: twenty-four . hours"),
        ("letters", "mark: no sign of prose, p. 114: called | upon"),
    ):
        assert any(f"{name}.txt:" in line and said in line for line in lines), name
    for line in lines:
        path, number, column, kind, _ = line.split(":", 4)
        assert kind.strip() in proofing.KINDS
        row = Path(path).read_text(encoding="utf-8").split("\n")[int(number) - 1]
        assert 1 <= int(column) <= len(row)


def test_the_lines_of_the_readme(monkeypatch):
    monkeypatch.chdir(SAMPLES.parent.parent.parent)
    shown = Path("README.md").read_text(encoding="utf-8").split("$ cleaner check corpora/clean/samples\n")[1]
    lines = [line for line in shown.split("```")[0].splitlines() if line != "..."]
    assert len(lines) > 1
    assert not set(lines) - set(run("corpora/clean/samples", code=1).stdout.splitlines())


def test_the_readme_names_every_kind():
    readme = (SAMPLES.parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert not [kind for kind in proofing.KINDS if f"| `{kind}` | " not in readme]


def test_nothing_is_found_in_clean_prose():
    """The samples' truths are print as it was set: nothing is wrong with it."""
    truths = Path(__file__).parent / "samples"
    for path in sorted((truths / "truth").glob("*.txt")):
        checked = checking.check(path.read_bytes(), "en", proofing.KINDS.keys())
        assert [*checking.lines(path.name, checked)] == []
