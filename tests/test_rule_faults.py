"""What is refused of rule files, and how it is told: every fault, with its line and what would be right."""

import os
import re

import pytest

from cleaner import rulebook
from cleaner.errors import RuleError
from cleaner.names import WIDTH
from cleaner.rulebook import Fault, patterns
from cleaner.rulebook.faults import INDENT
from tests.made_rules import TABLE, faults, put, rule


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"mine.toml": rule(more="languages = ['english']")}, "is no code of a language"),
        ({"mine.toml": rule(more="languages = 'en'")}, "languages must be a list"),
        ({"mine.toml": rule(more="centuries = ['18']")}, "centuries ['18'] must be a list of numbers"),
        ({"mine.toml": rule(more="paths = [1]")}, "paths must be a list"),
        ({"mine.toml": rule(more="unless = '('")}, "unless '(' is not a regular expression"),
        ({"mine.toml": rule(more="unless = 'x*'")}, "unless 'x*' also matches nothing"),
        ({"mine.toml": rule(more="unles = 'x'")}, "did you mean unless"),
        ({"mine.toml": rule("STAMP", "", "line", more="languages = ['en']")}, "a line rule has no languages"),
        ({"mine.toml": rule("e", "c", "char")}, "beyond ASCII"),
        ({"mine.toml": rule("\u00a6", "\u00a6\u00a6", "char")}, "would be changed again"),
        ({"mine.toml": rule(replace="tiie man")}, "would be changed again"),
        ({"a.toml": rule("tiie", "thc"), "b.toml": rule("thc", "the")}, "'thc', is changed again by b.one"),
        ({"a.toml": rule("tiie", "fuch"), "words/w.tsv": TABLE.format(head="")}, "is changed again by w"),
        ({"a.toml": rule(replace="o\u00a6") + rule("\u00a6", "i", "char", "two")}, "is changed again by a.two"),
        (
            {"a.toml": rule("\u00a6", "\u2021", "char") + rule("\u2021", "i", "char", "two")},
            "is changed again by a.two",
        ),
        ({"a.toml": rule("such", "sutch"), "words/w.tsv": TABLE.format(head="")}, "'such', is changed again by a.one"),
        ({"w.toml": rule(name="fuch"), "words/w.tsv": TABLE.format(head="")}, "rule w.fuch: this id stands at"),
        ({"a.toml": rule() + rule(name="two", replace="thy")}, "a.one (TMP/a.toml:2) matches the same"),
        ({"a.toml": rule("(a+)+b", "x", "regex", raw="aab", clean="x")}, "match takes for ever"),
        ({"a.toml": rule(more=r"unless = '(\w+\s*)+:'")}, "unless takes for ever"),
        ({"a.toml": rule(more="unless = '(q|q)+z'")}, "unless takes for ever"),
    ],
)
def test_refused(tmp_path, files, message):
    put(tmp_path, files)
    assert message in faults(tmp_path).replace(str(tmp_path), "TMP")


@pytest.mark.parametrize("pattern", ["(a+)+b", r"(\w+\s*)+:", "(a|aa)+b", "(x+x+)+y", r"Scanned by (\w+ ?)+!"])
def test_patterns_that_take_for_ever_are_found_in_time(pattern):
    texts = ["aab", "abc def:", "xxxy", "Scanned by a mill!", "a" * 60]
    assert patterns.slow_on(pattern, texts)


def test_shipped_patterns_are_quick():
    for one in rulebook.load(rulebook.shipped()).rules:
        for pattern in [one.match] * (one.kind in ("regex", "line")) + [*one.unless]:
            texts = [*(raw for raw, _ in one.examples), *one.keep]
            assert not patterns.slow_on(pattern, texts, whole=one.kind == "line")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\x00" * 9, b"[[rule]]\nid = " + b"[" * 5000, b"rule = 1", b"\xef\xbb\xbf"]
)
@pytest.mark.parametrize("name", ["mine.toml", "words/mine.tsv", "lexicon/mine.txt", "corpora/x.toml"])
def test_hostile_files_are_refused_or_empty_and_never_crash(tmp_path, name, data):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    book, said = None, ""
    try:
        book = rulebook.load(tmp_path)
    except RuleError as error:
        said = str(error)
    assert path.name in said if book is None else not book


def test_what_is_no_file_is_named_and_never_waited_for(tmp_path):
    for name in ("pipe", "loop", "nowhere"):
        (tmp_path / f"in-{name}").mkdir()
    os.mkfifo(tmp_path / "in-pipe" / "a.toml")
    (tmp_path / "in-loop" / "a.toml").symlink_to("a.toml")
    (tmp_path / "in-nowhere" / "a.toml").symlink_to("b.toml")
    for folder in tmp_path.iterdir():
        assert "a.toml: is no file" in faults(folder)
        assert "a.toml: is neither a file nor a folder" in faults(folder / "a.toml")


def test_all_faults_of_a_rule_come_at_once_each_with_its_line(tmp_path):
    source = (
        "[[rule]]\nkind = 'wrd'\nmatch = 7\nwhy = ' '\nconfidence = 98\nunles = 'x'\nunless = '('\ncenturies = 18\n"
    )
    put(tmp_path, {"a.toml": "\n" + rule(name="fine") + source + 'languages = ["english"]\nid = "Two"\n'})
    said = faults(tmp_path)
    assert said.startswith("10 faults: ")
    found = re.findall(r"a\.toml:(\d+): rule 'Two': (.*?) \d+ \|", said)
    assert [(int(line) - 12, what.split(" ")[0]) for line, what in found] == [
        (0, "replace,"), (1, "kind"), (2, "match"), (3, "why"), (4, "confidence"), (5, "unknown"), (6, "unless"),
        (7, "centuries"), (8, "'english'"), (9, "id"),
    ]  # fmt: skip
    assert "replace, examples, keep missing" in said


def test_a_broken_promise_and_a_chain_show_their_lines(tmp_path):
    put(tmp_path, {"a.toml": rule(clean="in thy mill")})
    assert "a.toml:8: rule a.one: the example 'in tiie mill' gives 'in the mill'" in faults(tmp_path)
    put(tmp_path, {"a.toml": rule("tiie", "thc") + rule("thc", "the", name="two")})
    assert "a.toml:6: what a.one makes, 'thc', is changed again by a.two 6 | replace = 'thc'" in faults(tmp_path)


def test_many_faults_of_a_file_are_counted_and_long_ones_cut(tmp_path):
    put(tmp_path, {"words/a.tsv": TABLE.format(head="") + "no row\n" * 1_000, "b.toml": rule(kind="x" * 10_000)})
    said = faults(tmp_path)
    assert said.startswith("1,001 faults: ")
    assert "a.tsv: and 950 more" in said
    assert said.count("is no row") == 50
    assert len(said) < 20_000


def test_what_is_said_fits_the_width_where_the_words_allow():
    said = str(Fault("a.toml", 3, "match = '" + "x" * 200, "what is wrong " * 10, "what would be right " * 10))
    assert max(map(len, said.splitlines())) <= WIDTH - INDENT
    assert "    3 | match = 'xxx" in said


def test_all_faults_of_all_files_come_at_once(tmp_path):
    put(tmp_path, {"a.toml": rule(kind="wrod") + rule(more="confidence = 7"), "b.toml": "[[rule", "words/c.tsv": "x\n"})
    said = faults(tmp_path)
    for name in ("a.toml:4", "a.toml:20", "b.toml:1", "c.tsv:1"):
        assert name in said, said
