"""``cleaner rules``: what each command says and writes; rules/README.md does what it says."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import rulebook
from cleaner.cli import main
from cleaner.errors import RuleError, UsageError
from cleaner.rulebook import loading
from cleaner.ruletools import adding, showing

ROOT = Path(__file__).parent.parent
README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
MINE = """
[[rule]]
id = "counoil"
kind = "word"
match = "counoil"
replace = "council"
why = "c with a worn end is read as o"
examples = [["to the counoil in", "to the council in"]]
keep = ["to the council in"]
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text('rules = ["mine.toml"]\nlanguage = "en"\n', encoding="utf-8")
    return tmp_path


def run(*arguments, code=0, **more):
    result = CliRunner().invoke(main, ["rules", *map(str, arguments)], **more)
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else " ".join(result.stderr.split())


def said(*arguments, **more):
    return CliRunner().invoke(main, ["rules", *map(str, arguments)], **more).stderr


# ---- list, show, test, index -----------------------------------------------------------------------------------------


def test_list_shows_shipped_rules_and_ones_own(here):
    lines = run("list").splitlines()
    (line,) = [line for line in lines if line.startswith("mine.counoil ")]
    assert line.endswith('word  auto  1.00  "counoil" -> "council"')
    assert len(lines) == len(list(rulebook.load(rulebook.shipped()).heads)) + 1
    assert run("list", "mine").splitlines() == [re.sub(r"mine\.counoil +", "mine.counoil  ", line)]
    assert "there is no rule 'min' -> did you mean mine?" in run("list", "min", code=2)


def test_show_tells_all_and_what_replaces_what(here):
    (here / "words").mkdir()
    (here / "words" / "more.tsv").write_text(
        "# why: w\n# example: counoil -> counsel\n# keep: x\ncounoil\tcounsel\t12\tscans of 1850\n", encoding="utf-8"
    )
    (here / "cleaner.toml").write_text('rules = ["mine.toml", "words/more.tsv"]\n', encoding="utf-8")
    shown = run("show", "mine.counoil")
    assert "c with a worn end is read as o" in shown
    assert "mine.toml:2" in shown
    assert "replaced  where both are for a text, by more.counoil" in shown
    row = run("show", "more.counoil")
    assert "source    12 times, scans of 1850" in row
    assert "words/more.tsv:4" in row
    assert "replaces  where both are for a text, mine.counoil" in row
    assert "table of 1 words" in run("show", "more")
    assert "did you mean mine.counoil?" in run("show", "mine.counoll", code=2)


def test_test_runs_every_example_and_row(here):
    assert said("test", "mine.toml") == "1 rule: 1 example, 1 text to keep and 0 rows of tables hold\n"
    shipped = rulebook.load(rulebook.shipped())
    assert said("test").startswith(f"{len(list(shipped.heads)) + 1:,} rules: ")
    (here / "bad.toml").write_text(MINE.replace("the council", "a council"), encoding="utf-8")
    assert "the example 'to the counoil in' gives 'to the council in'" in run("test", "bad.toml", code=2)
    assert "no such rule file" in run("test", "none.toml", code=2)


def test_test_takes_a_folder_too(here):
    (here / "more").mkdir()
    (here / "more" / "good.toml").write_text(MINE.replace("counoil", "zzxx"), encoding="utf-8")
    assert said("test", "more") == "1 rule: 1 example, 1 text to keep and 0 rows of tables hold\n"
    (here / "cleaner.toml").write_text('rules = ["more"]\n', encoding="utf-8")
    assert said("test", "more/good.toml").startswith("1 rule: ")
    (here / "more" / "bad.toml").write_text(MINE.replace("the council", "a council"), encoding="utf-8")
    assert "more/bad.toml:8: rule bad.counoil: the example" in run("test", "more", code=2)


def test_test_finds_a_row_that_an_unless_of_its_table_stops(here):
    source = "# why: w\n# unless: xx\n# example: counoil -> council\n# keep: x\ncounoil\tcouncil\nxxo\txo\n"
    (here / "t.tsv").write_text(source, encoding="utf-8")
    assert "its row 'xxo' gives 'xxo', not 'xo'" in run("test", "t.tsv", code=2)


def test_index_is_written_and_checked(here):
    (here / "rules").mkdir()
    (here / "rules" / "mine.toml").write_text(MINE, encoding="utf-8")
    run("index", "--check", code=1)
    run("index")
    text = (here / "rules" / "INDEX.md").read_text(encoding="utf-8")
    assert "| `mine.counoil` | word | auto, 1.00 | `to the counoil in` \u2192 `to the council in` |" in text
    run("index", "--check")
    (here / "rules" / "mine.toml").write_text(MINE.replace("worn", "broken"), encoding="utf-8")
    run("index", "--check", code=1)
    assert "is no folder" in run("index", "nowhere", code=2)


# ---- effect ----------------------------------------------------------------------------------------------------------


def test_effect_tells_new_lost_and_changed(here):
    scans = here / "scans"
    scans.mkdir()
    (scans / "a.txt").write_text("He wrote to the counoil in May.\n", encoding="utf-8")
    (scans / "b.txt").write_text("In the o\ufb00ice mill, it was zzxx and zzxx.\n", encoding="utf-8")
    (scans / "c.txt").write_text("Nothing is wrong here.\n", encoding="utf-8")
    off = MINE.replace('"word"', '"char"').replace("the counoil", "the \ufb00").replace("the council", "the ff")
    off = off.replace('"counoil"\nrep', '"\ufb00"\nrep').replace('"council"', '"ff"') + 'unless = "mill"\n'
    (here / "try.toml").write_text(MINE.replace("counoil", "zzxx") + off, encoding="utf-8")
    lines = run("effect", "try.toml", "--on", scans, "--samples", 1, "--jobs", 1).splitlines()
    assert lines[0] == "3 texts, 1 with differences: 2 new, 1 lost, 0 changed"
    assert lines[1] == "new  try.zzxx: 2 (2 applied)"
    assert "scans/b.txt:1:27" in lines[2]
    assert "[zzxx|council]" in lines[2]
    assert lines[3] == "lost  glyphs.ff: 1 (1 applied)"
    assert not list(here.glob("**/*.jsonl"))


def test_effect_of_a_file_that_the_settings_have(here):
    (here / "scan.txt").write_text("He wrote to the counoil in May.\n", encoding="utf-8")
    lines = run("effect", "mine.toml", "--on", "scan.txt").splitlines()
    assert lines[0] == "1 text, 1 with differences: 0 new, 0 lost, 1 changed"
    assert "(was 'council', words.misread, held)" in lines[2]
    assert "Missing option '--on'" in run("effect", "mine.toml", code=2)


def test_effect_of_a_folder_that_the_settings_have(here):
    (here / "more").mkdir()
    (here / "more" / "mine.toml").write_text(MINE, encoding="utf-8")
    (here / "cleaner.toml").write_text('rules = ["more"]\n', encoding="utf-8")
    (here / "scan.txt").write_text("He wrote to the counoil in May.\n", encoding="utf-8")
    assert run("effect", "more", "--on", "scan.txt").splitlines()[0].endswith("0 new, 0 lost, 1 changed")


def test_effect_of_a_rule_that_only_reports_changes_nothing(here):
    prose = "Thc mayor had carried tho letter to thc council, and tho clerk read it. Then anothcr winter came.\n"
    (here / "scan.txt").write_text(prose * 3, encoding="utf-8")
    mine = MINE.replace("counoil", "tho").replace("council", "the") + 'apply = "report"\n'
    (here / "try.toml").write_text(mine, encoding="utf-8")
    lines = run("effect", "try.toml", "--on", "scan.txt").splitlines()
    assert lines[:2] == ["1 text, 1 with differences: 6 new, 0 lost, 0 changed", "new  try.tho: 6 (0 applied)"]


# ---- add -------------------------------------------------------------------------------------------------------------

KNOWN = {"the", "modem", "modern", "age", "of", "a", "mill", "in", "he", "said"}


@pytest.mark.parametrize(
    ("before", "after", "drafted"),
    [
        ("in tbe mill", "in the mill", ("word", "tbe", "the")),
        ("tbe", "the", ("word", "tbe", "the")),
        ("ofthe mill", "of the mill", ("word", "ofthe", "of the")),
        ("o\ufb00er", "offer", ("char", "\ufb00", "ff")),
        ("th\u00a6s", "this", ("char", "\u00a6", "i")),
        (
            "M\u00fcble here",
            "M\u00fchle here",
            ("word", "M\u00fcble", "M\u00fchle"),
        ),  # a letter of a language is no char
        ("the modem age", "the modern age", ("regex", r"\bthe modem age\b", "the modern age")),
        ("he said.. it", "he said. it", ("regex", r"\bhe said\.\. it\b", "he said. it")),
        ("of t he mill", "of the mill", ("regex", r"\bof t he mill\b", "of the mill")),
    ],
)
def test_the_smallest_rule(before, after, drafted):
    found = adding.draft(before, after, KNOWN)
    assert found == drafted
    if found.kind == "regex":
        assert re.sub(found.match, found.replace, before) == after


@pytest.mark.parametrize(("before", "after"), [("same", "same"), ("modem", "modern"), ("", "x"), ("  ", " ")])
def test_too_little_to_make_a_rule(before, after):
    with pytest.raises(UsageError):
        adding.draft(before, after, KNOWN)


def test_add_writes_what_holds(here):
    options = ("--why", "worn", "--file", "new.toml", "--yes")
    run("add", "--before", "befbre it", "--after", "before it", "--keep", "a fbre", "--keep", "x", *options)
    told = run("add", "--before", "befbre, it", "--after", "befure, it", *options, code=2)
    assert "new.befbre (new.toml:1) matches the same" in told
    run("add", "--before", r"he said\ it", "--after", "he said it", *options)
    rules = tomllib.loads((here / "new.toml").read_text(encoding="utf-8"))["rule"]
    assert rules[0]["id"] == "befbre"
    assert rules[0]["keep"] == ["a fbre", "x"]
    assert rules[1]["match"] == r"\bhe said\\ it\b"
    run("test", "new.toml")


def test_add_asks(here):
    typed = "befbre it\nbefore it\nworn\n"
    out = CliRunner().invoke(main, ["rules", "add", "--file", "new.toml"], input=typed + "n\n")
    assert out.exit_code == 0
    assert not (here / "new.toml").exists()
    assert CliRunner().invoke(main, ["rules", "add", "--file", "new.toml"], input=typed + "y\n").exit_code == 0
    assert 'match = "befbre"' in (here / "new.toml").read_text(encoding="utf-8")


def test_add_keeps_line_ends_and_links(here):
    old = MINE.replace("\n", "\r\n").encode()
    (here / "mine.toml").write_bytes(old)
    (here / "link.toml").symlink_to("mine.toml")
    run("add", "--before", "befbre it", "--after", "before it", "--why", "w", "--yes", "--file", "link.toml")
    assert (here / "link.toml").is_symlink()
    new = (here / "mine.toml").read_bytes()
    assert new.startswith(old + b"\r\n[[rule]]\r\nid = ")
    assert new.count(b"\r\n") == new.count(b"\n")


def test_add_takes_rule_files_only(here):
    options = ("--before", "befbre it", "--after", "before it", "--why", "w", "--yes")
    told = run("add", *options, "--file", "words.txt", code=2)
    assert "words.txt: rules stand in files that end in .toml -> give --file words.toml" in told
    assert "rules effect 'my rules.toml' --on CORPUS" in said("add", *options, "--file", "my rules.toml")


def test_add_leaves_a_file_that_would_break(here):
    before = (here / "mine.toml").read_bytes()
    told = run(
        "add", "--before", "the counoil", "--after", "the council", "--why", "w", "--keep", "the counoil", "--file",
        "other.toml", "--yes", code=2,
    )  # fmt: skip
    assert "which it shall keep" in told
    assert "nothing was written" in told
    assert "other.toml" in told
    assert not (here / "other.toml").exists()
    assert (here / "mine.toml").read_bytes() == before


# ---- suggest ---------------------------------------------------------------------------------------------------------

SCAN = """HOUSE OF THE MILLERS
The mayor had carried the letter to the counoil, and the clerk of the counoil read it aloud to Mr. Ostrander. The house
had cost a farthing to-morrow and to-morrow and to-morrow and to-morrow, and tomorrow. He said that Ostrander had read it.
"""


@pytest.fixture
def scans(here):
    (here / "cleaner.toml").write_text('language = "en"\n', encoding="utf-8")
    (here / "scans").mkdir()
    for name in "abc":
        (here / "scans" / f"{name}.txt").write_text(SCAN, encoding="utf-8")
    return here / "scans"


def test_suggest_writes_proposals_that_hold_and_change_nothing(here, scans):
    out = CliRunner().invoke(main, ["rules", "suggest", "scans", "--out", "found.toml", "--jobs", "1"])
    assert out.exit_code == 0, out.output
    text = (here / "found.toml").read_text(encoding="utf-8")
    rules = {rule["match"]: rule for rule in tomllib.loads(text)["rule"]}
    assert rules["counoil"]["replace"] == "council"
    assert rules["tomorrow"]["replace"] == "to-morrow"
    assert rules["HOUSE OF THE MILLERS"]["kind"] == "line"
    assert {rule["apply"] for rule in rules.values()} == {"report"}
    assert "# 6 times, " in text
    assert "scans/a.txt:2  " in text
    assert "# 3 times, to-morrow 12 times" in text
    assert "# Ostrander  # 3 times" in text
    assert "# c is read as o: 6 times, such as counoil (council)" in text
    assert out.stderr == f"{len(rules)} proposals written to found.toml\n"
    run("test", "found.toml")
    before = CliRunner().invoke(main, ["clean", "-"], input=SCAN).stdout
    (here / "cleaner.toml").write_text('language = "en"\nrules = ["found.toml"]\n', encoding="utf-8")
    assert CliRunner().invoke(main, ["clean", "-"], input=SCAN).stdout == before
    assert CliRunner().invoke(main, ["explain", "-"], input=SCAN).stdout.count("reported") >= 2


def test_suggest_writes_to_stdout_where_no_file_is_named(here, scans):
    run("suggest", "scans", "--out", "found.toml")
    out = CliRunner().invoke(main, ["rules", "suggest", "scans"])
    assert out.stdout == (here / "found.toml").read_text(encoding="utf-8")
    assert out.stderr == ""


def test_suggest_writes_a_sound_file_of_odd_bytes(here, scans):
    for path in scans.iterdir():
        odd = (
            SCAN.encode().replace(b"HOUSE OF", b"HOUSE \x93OF\x94").replace(b"the counoil", b"\x93the \x81 counoil\x94")
        )
        path.write_bytes(odd + b"BELL \x07 GUILD\n")
    run("suggest", "scans", "--out", "found.toml")
    matches = {rule["match"] for rule in tomllib.loads((here / "found.toml").read_text(encoding="utf-8"))["rule"]}
    assert matches == {"counoil", "tomorrow"}


def test_suggest_leaves_out_what_is_rare_or_known(here, scans):
    run("suggest", "scans", "--out", "found.toml", "--least", 7)
    assert "counoil" not in (here / "found.toml").read_text(encoding="utf-8")
    (here / "cleaner.toml").write_text('rules = ["mine.toml"]\nlanguage = "en"\n', encoding="utf-8")
    run("suggest", "scans", "--out", "more.toml")
    assert "counoil" not in (here / "more.toml").read_text(encoding="utf-8")
    assert "more.toml exists" in run("suggest", "scans", "--out", "more.toml", code=2)


# ---- rules/README.md -------------------------------------------------------------------------------------------------


def blocks(kind):
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", README, re.DOTALL | re.MULTILINE)
    return ["".join(line.removeprefix(indent) for line in text.splitlines(keepends=True)) for indent, text in found]


def test_the_worked_example_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "may.txt").write_text(blocks("text")[0], encoding="utf-8")
    commands = [block for block in blocks("console") if block.startswith("$ cleaner rules ")]
    assert len(commands) == 3
    for block in commands:
        command, _, shown = block.removeprefix("$ cleaner ").partition("\n")
        arguments = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', command)]
        more = {"input": "y\n"} if "add" in arguments else {}
        out = CliRunner().invoke(main, arguments, **more)
        assert out.exit_code == 0, out.output
        if shown:
            assert out.stdout + out.stderr == shown
    assert (tmp_path / "gazette.toml").read_text(encoding="utf-8") == blocks("toml")[0]


def test_the_table_and_the_fault_of_the_readme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = next(block for block in blocks("text") if "\t" in block)
    (tmp_path / "NAME.tsv").write_text(table, encoding="utf-8")
    assert "NAME.fuch" in rulebook.load(tmp_path / "NAME.tsv")
    fault = next(block for block in blocks("text") if "wrod" in block)
    path = Path("gazette.toml")
    path.write_text(blocks("toml")[0].replace('"word"', '"wrod"'), encoding="utf-8")
    with pytest.raises(RuleError) as error:
        rulebook.load(path)
    assert str(error.value).partition("\n")[2].strip() + "\n" == fault


def test_the_readme_names_every_key_and_command():
    from cleaner.rulebook import entries

    assert not [key for key in entries.KEYS if f"`{key}`" not in README]
    assert not [
        name for name in main.commands["rules"].commands if f"`{name}" not in README and f" {name}`" not in README
    ]
    assert {"*.toml", "words/*.tsv", "lexicon/*.txt"} == set(
        re.findall(r"`((?:\w+/)?\*\.\w+)`", README.split("All commands")[1])
    )
    assert loading.CORPORA in README
    assert showing.INDEX in README
