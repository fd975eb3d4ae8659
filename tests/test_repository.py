"""The repository as a user meets it: `make clean` on a fresh checkout, scans kept byte for byte, documents that agree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_checkout_changes_a_scan():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "corpora/** -text" in attributes
    found = subprocess.run(
        ["git", "check-attr", "text", "corpora/raw/x.txt"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode == 0:  # outside a git checkout (an unpacked archive) there is nothing to ask
        assert found.stdout.strip().endswith("text: unset")


@pytest.mark.parametrize(
    "target",
    [
        "clean",
        "report",
        "diff",
        "review",
        "test",
        "install",
        "lint",
        "types",
        "format",
        "samples",
        "channel",
        "tables",
        "reset",
    ],
)
def test_make_knows_its_targets_and_says_what_they_do(target):
    assert re.search(rf"^{target}: .*## \S", MAKEFILE, re.MULTILINE)


def test_ci_runs_make_test():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


def test_every_command_and_option_stands_in_the_readme():
    from cleaner.cli import main

    groups = ("decisions", "lexicon", "rules")
    inner = {f"{group} {name}": command for group in groups for name, command in main.commands[group].commands.items()}
    commands = main.commands | inner
    assert not [name for name in commands if f"`cleaner {name}" not in README]
    options = {
        option
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert not sorted(option for option in options if option not in README)


def test_the_examples_of_the_readme_run(tmp_path, monkeypatch):
    import doctest

    (tmp_path / "words.txt").write_text("counter-revolution\n")
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 4
    assert results.failed == 0


def test_what_the_readme_shows_of_a_word(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from cleaner import wordlists
    from cleaner.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.tsv").write_bytes(wordlists.written({"counter-revolution": 14}, 103_215))
    shown = README.split("$ cleaner lexicon show ")[1].split("```")[0]
    command, _, said = shown.partition("\n")
    assert CliRunner().invoke(main, ["lexicon", "show", *command.split()]).stdout == said


SHOWN = re.findall(r"^ *\$ cleaner ((?:explain|locate) .*)\n((?:(?! *```| *\$ ).*\n)+)", README, re.MULTILINE)


@pytest.mark.parametrize(("command", "said"), SHOWN, ids=[command.split(" ")[0] for command, _ in SHOWN])
def test_what_the_readme_shows_of_a_command(command, said, monkeypatch):
    """Line by line; "..." leaves lines out."""
    import shlex
    import textwrap

    from click.testing import CliRunner

    from cleaner.cli import main

    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(main, shlex.split(command, comments=True)).stdout
    at = 0
    for piece in re.split(r"^\.\.\.\n", textwrap.dedent(said), flags=re.MULTILINE):
        found = printed.find(piece, at)
        assert found >= 0, printed
        at = found + len(piece)


def test_there_are_such_commands_in_the_readme():
    assert sorted(command.split(" ")[0] for command, _ in SHOWN) == ["explain", "explain", "locate"]


def test_what_the_readme_shows_of_a_review(monkeypatch):
    from click.testing import CliRunner

    from cleaner.cli import main

    monkeypatch.chdir(ROOT)
    shown = README.split("$ cleaner review corpora/clean/samples/letters.txt ")[1].split("```")[0]
    options, card, prompt = shown.split("\n", 1)[0], *shown.split("\n", 1)[1].split("\n$ ")[0].rsplit("\n", 1)
    found = CliRunner().invoke(main, ["review", "corpora/clean/samples/letters.txt", *options.split()], input="q\n")
    assert found.stdout == f"\n{card}\n"
    assert found.stderr.startswith(prompt)


def files_of_the_project():
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if found.returncode:
        pytest.skip("not a git checkout")
    return [Path(os.fsdecode(name)) for name in found.stdout.split(b"\0") if name]


@pytest.mark.slow
def test_make_clean_on_a_fresh_checkout(tmp_path):
    """It makes .venv, installs the locked versions, cleans what a user put into corpora/raw, and leaves the samples."""
    for name in files_of_the_project():
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    mine = tmp_path / "corpora" / "raw" / "mine" / "scan.txt"
    mine.parent.mkdir()
    mine.write_text("It was a party of revolu-\ntion in the whole of the town.\n", encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MAKE", "VIRTUAL_ENV"))}

    def make(*arguments):
        command = ["make", *arguments, f"PYTHON={sys.executable}"]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)

    samples = tmp_path / "corpora" / "clean" / "samples"
    before = {path.name: path.read_bytes() for path in samples.iterdir()}
    assert "+}" in make("diff").stdout  # the new text would be written
    assert "1 cleaned" in make("clean").stderr
    clean = tmp_path / "corpora" / "clean" / "mine" / "scan.txt"
    assert clean.read_text(encoding="utf-8") == "It was a party of revolution in the whole of the town.\n"
    assert {path.name: path.read_bytes() for path in samples.iterdir()} == before
    assert "5 up to date" in make("clean").stderr
    assert make("diff").stdout.count("+}") == 0
    make("reset")
    assert not clean.exists()
    assert {path.name: path.read_bytes() for path in samples.iterdir()} == before


def test_the_example_of_the_readme_is_what_the_cleaner_does():
    """The page that the README shows, in a book of five: the clean text, and the very line of the log."""
    table = README.split("```text\n")[1].split("```")[0].split("\n")[2:-1]
    page = "\n".join(line[:45].rstrip() for line in table).rstrip()
    clean = " ".join(line[45:].strip() for line in table).rstrip()
    page = page.replace("\n\nTHE", "\n\n\fTHE")
    others = (
        "The committee met in the long room above the\nlock, and the committee had its clerk, who was\n"
        "also the clerk of the other committee and\n\n",
        "kept the books of both, so that no committee\ncould say what it owed the other committee, and\n"
        "the bargemen paid the committee twice and\n\n",
        "never learned of it until the committee had\nbeen dissolved. A new committee was then named\n"
        "by the guild, and the committee sat in winter\n\n",
        "as the old committee had sat in summer, though\nthe committee had no more power than before it\n"
        "and the last committee had had none but this one committee.\n",
    )
    title = "THE CANAL GUILDS OF THE WESE"
    book = f"82 {title}\n\n{page}\n\n{others[0]}\f84 {title}\n\n{others[1]}\f{title} 85\n\n{others[2]}\f86 {title}\n\n{others[3]}"
    result = cleaner.clean(book, language="en")
    assert result.text.split("\n")[0] == clean
    shown = README.split("```json\n")[1].split("\n```")[0]
    assert shown in result.log.decode().split("\n")
