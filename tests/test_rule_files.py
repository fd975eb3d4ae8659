"""What may stand in a folder of rules: scopes, tables of words, lexicons, files for a corpus; the narrower wins."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import Cleaner, corpus, finding, rulebook
from cleaner.cli import main
from cleaner.errors import SettingsError, UsageError
from cleaner.rulebook import NOWHERE, Where
from cleaner.settings import Config, Settings, read
from tests.made_rules import TABLE, faults, put, rule


def cleaned(folder, text, where=NOWHERE, **settings):
    return Cleaner(Settings(**{"language": "en", **settings}), rules=[folder], where=where).clean(text).text


# ---- what a rule may say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unless", "left"),
    [("'vaccine'", True), ("['virus', 'vaccine']", True), ("'virus'", False), (r"'tiie \w+ine'", True)],
)
def test_unless_looks_around(tmp_path, unless, left):
    put(tmp_path, {"mine.toml": rule(more=f"unless = {unless}")})
    assert ("tiie" in cleaned(tmp_path, "it was tiie vaccine then\n", only=("rules",))) == left
    assert "tiie" not in cleaned(tmp_path, "it was tiie other then\n", only=("rules",))


@pytest.mark.parametrize(("far", "left"), [(rulebook.CONTEXT, True), (rulebook.CONTEXT + 1, False)])
def test_unless_sees_forty_characters(tmp_path, far, left):
    put(tmp_path, {"mine.toml": rule(more="unless = 'z'")})
    for text in (f"tiie{' ' * (far - 1)}z\n", f"z{' ' * (far - 1)}tiie\n"):
        assert ("tiie" in cleaned(tmp_path, text, only=("mine",), layout="lines")) == left


@pytest.mark.parametrize("kind", ["char", "line", "regex"])
def test_unless_holds_for_every_kind(tmp_path, kind):
    match, replace, raw, clean = {
        "char": ("\u00a6", "i", "th\u00a6s", "this"),
        "line": ("STAMP OF .*", "", "a b\nSTAMP OF X\nc d\n", "a b\nc d\n"),
        "regex": ("tii(e)", r"th\1", "tiie", "the"),
    }[kind]
    source = rule(match, replace, kind, raw=raw, clean=clean, more="unless = 'GUILD'")
    put(tmp_path, {"mine.toml": source})
    for extra, left in (("", False), ("GUILD\n", True)):
        text = raw.rstrip("\n") + "\n" + extra
        assert (cleaned(tmp_path, text, only=("mine",), layout="lines") == text) == left


def test_a_pattern_that_would_fire_on_what_it_made_leaves_the_place(tmp_path):
    put(tmp_path, {"mine.toml": rule("qq", "q", "regex", raw="aqqb", clean="aqb")})
    assert cleaned(tmp_path, "aqqb aqqqb qqaqq\n", only=("rules",)) == "aqb aqqqb qaq\n"
    put(
        tmp_path,
        {"mine.toml": rule(r"(?<=x{60} )t(b|h)e", "the", "regex", raw="x" * 60 + " tbe", clean="x" * 60 + " the")},
    )
    assert cleaned(tmp_path, "x" * 60 + " the mill\n", only=("rules",)) == "x" * 60 + " the mill\n"
    put(tmp_path, {"mine.toml": rule("qz", "", "regex", raw="aqzb", clean="ab")})
    assert cleaned(tmp_path, "aqqzz aqzqz\n", only=("rules",)) == "aqqzz a\n"


def test_languages_ask_the_text_and_not_the_settings(tmp_path):
    put(tmp_path, {"mine.toml": rule("tiie", "der", more="languages = ['de']")})
    german = "Der Vater ging mit tiie Mutter in das Haus, und es war nicht so, wie sie es sich auch vorher dachten.\n"
    assert "der Mutter" in cleaned(tmp_path, german, language="auto", only=("rules",))
    put(tmp_path, {"mine.toml": rule("tiie", "der")})
    assert "tiie" in cleaned(tmp_path, german, language="auto", only=("rules",))
    put(tmp_path, {"mine.toml": rule("tiie", "der", more="languages = ['de']")})
    assert "tiie" in cleaned(tmp_path, "He went with tiie others into the house and it was not so.\n", only=("rules",))


def test_a_century_must_be_given(tmp_path):
    put(tmp_path, {"mine.toml": rule(more="centuries = [17, 18]")})
    out = [cleaned(tmp_path, "in tiie mill\n", century=century, only=("rules",)) for century in (0, 17, 18, 19)]
    assert out == ["in tiie mill\n", "in the mill\n", "in the mill\n", "in tiie mill\n"]


def test_the_century_stands_in_the_settings():
    config = read({"century": 19, "path": [{"glob": "old/*", "century": 18}]}, Path("cleaner.toml"))
    assert config.settings_for(Path("old/x.txt"), {}).century == 18
    assert config.settings_for(Path("x.txt"), {}).century == 19
    for value in ("18", True, -1, 31):
        with pytest.raises(SettingsError, match="century"):
            read({"century": value}, Path("cleaner.toml"))
        with pytest.raises(UsageError, match="century"):
            Cleaner(Settings(century=value))


def test_the_century_is_an_option_too():
    run = CliRunner().invoke
    raw = "It was fuch a houfe, and moft of the fame, as they faid.\n"
    assert run(main, ["clean", "-", "--only", "rules", "--century", "18"], input=raw).stdout.startswith("It was such")
    assert run(main, ["clean", "-", "--only", "rules", "--century", "0"], input=raw).stdout == raw
    assert "century = 31" in run(main, ["clean", "-", "--century", "31"], input=raw).stderr


def test_paths_are_those_of_the_settings(tmp_path):
    put(tmp_path, {"mine.toml": rule(more="paths = ['raw/gazette/*', '*/may.txt']")})
    for path, fires in (("raw/gazette/1850/x.txt", True), ("raw/may.txt", True), ("raw/x.txt", False), ("", False)):
        assert ("the" in cleaned(tmp_path, "in tiie mill\n", Where(path), only=("rules",))) == fires


def test_a_cap_holds_for_a_row_of_a_table(tmp_path):
    put(tmp_path, {"words/mine-s.tsv": TABLE.format(head="# apply: review\n")})
    change = Cleaner(Settings("en"), rules=[tmp_path]).clean("it was fuch a day\n").changes[0]
    assert (change.rule, change.status, change.confidence) == ("mine-s.fuch", "held", 0.97)
    assert change.why == "review: the long s is read as f"


# ---- tables of words -------------------------------------------------------------------------------------------------


def test_each_row_of_a_table_is_a_rule(tmp_path):
    put(tmp_path, {"words/mine-s.tsv": TABLE.format(head="")})
    tool = Cleaner(Settings("en", only=("rules",)), rules=[tmp_path])
    changes = tool.clean("fuch men fhall, Fuch men fhallow\n").changes
    assert [(c.rule, c.before, c.after) for c in changes] == [
        ("mine-s.fuch", "fuch", "such"),
        ("mine-s.fhall", "fhall", "shall"),
    ]


@pytest.mark.parametrize(
    "given", [{"only": ("mine-s.fuch",)}, {"skip": ("mine-s.fhall", "words.misread", "words.long-s")}]
)
def test_one_row_can_be_chosen(tmp_path, given):
    put(tmp_path, {"words/mine-s.tsv": TABLE.format(head="")})
    assert cleaned(tmp_path, "fuch men fhall\n", **given) == "such men fhall\n"


def test_a_row_that_nobody_knows_is_named(tmp_path):
    put(tmp_path, {"words/mine-s.tsv": TABLE.format(head="")})
    with pytest.raises(UsageError, match=r"no stage or rule 'mine-s\.fo'"):
        Cleaner(Settings(only=("mine-s.fo",)), rules=[tmp_path])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("# why: the long s is read as f\n", ""), "why missing"),
        (("# example:", "# exmaple:"), "did you mean example"),
        ((" -> ", " = "), "an example is raw -> clean"),
        (("0.97", "often"), "confidence 'often' is no number"),
        (("# keep: the fame\n", ""), "keep missing"),
        (("fuch\t", "fuch "), "mine-s.tsv:5: 'fuch such"),
        (("fuch\tsuch\t212", "fuch\tsuch\tmany"), "is no row"),
        (("fuch\tsuch", "fuch \tsuch"), "is no row"),
        (("fuch\tsuch", "fuch\tsuch "), "is no row"),
        (("fuch\tsuch", "fhall\tshall"), "mine-s.tsv:6: 'fhall' stands in line 5 already"),
        (("fuch\tsuch", "fuch\tfuch"), "mine-s.tsv:5: 'fuch' stands for itself"),
        (("fuch\tsuch", "fuch\tfhall I"), "'fhall' is itself a wrong word here"),
        (("fuch\tsuch", "fuch.\tsuch"), "is no row"),
        (("# keep: the fame", "# keep: fuch fame"), "which it shall keep"),
        (("a day -> such", "a day -> fuch"), "the example 'fuch a day' gives 'such a day'"),
        (("# why:", "# id: other\n# why:"), "id 'other' is not the name of the file"),
        (("# why:", "# unless: (\n# why:"), "mine-s.tsv:1: unless '(' is not a regular expression"),
        (("# why:", "# examples: a -> b\n# why:"), "mine-s.tsv:1: unknown key 'examples' 1 | # examples: a -> b"),
        (("# example:", "# why: twice\n# example:"), "mine-s.tsv:3: why stands there twice"),
        (("# keep: the fame", "# keep: fuch fame"), "4 | # keep: fuch fame"),
        (("fuch\tsuch\t212\tour scans\nfhall\tshall\t190\tour scans\n", ""), "mine-s.tsv:5: a table without rows"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path, change, message):
    source = TABLE.format(head="")
    assert change[0] in source
    put(tmp_path, {"words/mine-s.tsv": source.replace(change[0], change[1], 1)})
    assert message in faults(tmp_path)


def test_count_and_source_may_be_left_out_and_remarks_made(tmp_path):
    source = TABLE.format(head="") + "\n# a remark\nfuppofe\tsuppose\nofthe\tof the\t3\n"
    put(tmp_path, {"words/mine-s.tsv": source.replace("\n", "\r\n")})
    assert cleaned(tmp_path, "I fuppofe ofthe mill\n", only=("rules",)) == "I suppose of the mill\n"


# ---- words that are right --------------------------------------------------------------------------------------------


def test_a_word_that_is_right_silences_its_rule_and_is_known(tmp_path):
    put(tmp_path, {"lexicon/names.txt": "Fuch  # the miller\n", "words/mine-s.tsv": TABLE.format(head="")})
    assert cleaned(tmp_path, "it was fuch a day, fhall we\n", only=("rules",)) == "it was fuch a day, shall we\n"
    tool = Cleaner(rules=[tmp_path])
    assert tool.given.vouches("fuch")
    assert tool.key != Cleaner(rules=[tmp_path / "words" / "mine-s.tsv"]).key


def test_a_broken_lexicon_is_a_fault_among_others(tmp_path):
    put(tmp_path, {"lexicon/names.txt": "two words\n", "mine.toml": rule(kind="wrod")})
    said = faults(tmp_path)
    assert "names.txt:1: 'two words' is several words" in said
    assert "kind 'wrod'" in said
    assert "2 faults" in said
    (tmp_path / "lexicon" / "names.txt").write_text("two words\nmill\na b\n", encoding="utf-8")
    assert "names.txt:3: 'a b' is several words" in faults(tmp_path)


# ---- narrower wins ---------------------------------------------------------------------------------------------------

LAYERS = {
    "a.toml": rule(replace="thee"),
    "b.toml": rule(replace="thou"),
    "corpora/gazette.toml": rule(replace="thy"),
    "corpora/gazette/1850/may.toml": rule(replace="thine"),
}


@pytest.mark.parametrize(
    ("where", "word"),
    [
        (NOWHERE, "thou"),
        (Where("x", "herald", "1850/may"), "thou"),
        (Where("x", "gazette", "1850/june"), "thy"),
        (Where("x", "gazette", "1850/may"), "thine"),
    ],
)
@pytest.mark.parametrize("kind", ["word", "regex", "char"])
def test_the_narrower_and_the_later_rule_stands(tmp_path, where, word, kind):
    match, raw = ("\u00a6", "in \u00a6 mill") if kind == "char" else ("tiie", "in tiie mill")
    files = {
        name: rule(match, re.search("replace = '(.*)'", source)[1], kind, raw=raw) for name, source in LAYERS.items()
    }
    put(tmp_path, files)
    assert cleaned(tmp_path, raw + "\n", where, only=("rules",)) == f"in {word} mill\n"


def test_among_equals_the_one_that_says_more_of_its_texts_stands(tmp_path):
    both = rule(name="narrow", replace="thee", more="languages = ['en']") + rule(name="wide", replace="thou")
    put(tmp_path, {"mine.toml": both})
    assert cleaned(tmp_path, "in tiie mill\n", only=("rules",)) == "in thee mill\n"


def test_a_shipped_rule_is_switched_off_by_a_narrower_one(tmp_path):
    put(tmp_path, {"corpora/gazette.toml": rule("tbe", "the", more="apply = 'report'")})
    change = Cleaner(Settings("en"), rules=[tmp_path], where=Where("x", "gazette")).clean("in tbe mill\n").changes[-1]
    assert (change.rule, change.status) == ("gazette.one", "reported")
    assert cleaned(tmp_path, "in tbe mill\n", Where("x", "gazette"), only=("rules",)) == "in tbe mill\n"
    assert cleaned(tmp_path, "in tbe mill\n", Where("x", "herald"), only=("rules",)) == "in the mill\n"


def test_a_rule_that_only_reports_stands_in_nobodys_way(tmp_path):
    put(tmp_path, {"mine.toml": rule("tho", "the", more="apply = 'report'")})
    text = "Thc mayor had carried tho letter to thc council, and tho clerk read it. Then anothcr winter came.\n" * 3
    tool = Cleaner(Settings("en"), rules=[tmp_path])
    assert tool.clean(text).text == Cleaner(Settings("en")).clean(text).text
    assert tool.clean(text).text.count("the letter") == 3
    assert [change.rule for change in tool.clean(text).changes].count("mine.one") == 6


def test_a_row_and_a_rule_for_one_word(tmp_path):
    put(tmp_path, {"a.toml": rule("fuch", "sutch"), "words/mine-s.tsv": TABLE.format(head="")})
    assert cleaned(tmp_path, "fuch a day\n", only=("rules",)) == "sutch a day\n"
    mine = put(tmp_path / "mine", {"words/mine.tsv": TABLE.format(head="").replace("such", "soch")})
    tool = Cleaner(Settings("en", only=("rules",)), rules=[tmp_path / "a.toml", mine])
    assert tool.clean("fuch a day\n").text == "soch a day\n"


def test_only_rules_for_a_text_enter_its_key(tmp_path):
    book = rulebook.load(put(tmp_path, LAYERS))
    keys = [
        book.applying(where, 0).digest for where in (NOWHERE, Where("", "gazette"), Where("", "gazette", "1850/may"))
    ]
    assert len(set(keys)) == 3
    assert book.applying(Where("", "herald"), 0) is book.applying(NOWHERE, 0)
    (tmp_path / "corpora" / "gazette.toml").write_text(rule(replace="thyself"), encoding="utf-8")
    again = rulebook.load(tmp_path)
    assert again.applying(NOWHERE, 0).digest == keys[0]
    assert again.applying(Where("", "gazette"), 0).digest != keys[1]


def test_a_corpus_cleans_by_its_own_rules_and_is_cleaned_again_when_they_change(tmp_path):
    raw = put(
        tmp_path / "raw", {"gazette/may.txt": "in tiie mill\n", "herald/may.txt": "in tiie mill\n", "x.txt": "tiie\n"}
    )
    mine = put(tmp_path / "rules", {"corpora/gazette.toml": rule()})
    config = Config(settings=Settings("en", only=("rules",)), raw=raw, clean=tmp_path / "clean", rules=(mine,))

    def run():
        plan = corpus.plan(finding.find([raw], config.clean, raw), config.clean, config, {})
        work = plan.work()
        return {task.name: work(task).what for task in plan.tasks}

    assert set(run().values()) == {"cleaned"}
    assert (config.clean / "gazette" / "may.txt").read_text() == "in the mill\n"
    assert (config.clean / "herald" / "may.txt").read_text() == "in tiie mill\n"
    assert set(run().values()) == {"current"}
    put(mine, {"corpora/gazette.toml": rule(replace="thy")})
    assert run() == {"gazette/may.txt": "cleaned", "herald/may.txt": "current", "x.txt": "current"}


def test_a_file_of_a_corpus_is_one_also_when_it_is_given_alone(tmp_path):
    put(tmp_path / "rules", {"corpora/gazette/may.toml": rule()})
    (found,) = rulebook.load(tmp_path / "rules" / "corpora" / "gazette" / "may.toml").rules
    assert (found.id, found.corpus, found.document) == ("gazette/may.one", "gazette", "may")
    put(tmp_path / "corpora", {"mine.toml": rule()})
    (found,) = rulebook.load(tmp_path / "corpora" / "mine.toml").rules
    assert (found.id, found.corpus) == ("mine.one", "")


@pytest.mark.parametrize(
    ("more", "result"),
    [("", "in sutch mill\n"), ("apply = 'report'", "in such mill\n"), ("unless = 'never'", "in fuch mill\n")],
)
def test_what_a_wider_rule_makes_is_mended_by_a_narrower_one_at_once(tmp_path, more, result):
    wide = put(tmp_path / "wide", {"w.tsv": TABLE.format(head="").replace("such a day", "such a day")})
    mine = put(tmp_path / "mine", {"a.toml": rule("such", "sutch", more=more)})
    tool = Cleaner(Settings("en", only=("rules",)), rules=[wide / "w.tsv", mine])
    cleaned = tool.clean("in fuch mill\n")
    assert cleaned.text == result
    assert {change.rule for change in cleaned.changes} <= {"w.fuch"}
    assert tool.clean(result).text == result


def test_a_circle_of_rules_leaves_the_place(tmp_path):
    wide = put(tmp_path / "wide", {"a.toml": rule("tiie", "thc"), "b.toml": rule("q\u00a6", "\u2021", "char")})
    mine = put(tmp_path / "mine", {"c.toml": rule("thc", "tiie"), "d.toml": rule("\u2021", "q\u00a6", "char")})
    tool = Cleaner(Settings("en", only=("rules",)), rules=[wide, mine])
    assert tool.clean("in tiie mill q\u00a6 thc\n").text == "in tiie mill q\u00a6 thc\n"


def test_a_pattern_that_fires_on_the_result_of_a_word_rule_leaves_the_place(tmp_path):
    wide = put(tmp_path / "wide", {"a.toml": rule("tiie", "thc")})
    mine = put(tmp_path / "mine", {"b.toml": rule("thc m", "the m", "regex", raw="in thc mill", clean="in the mill")})
    tool = Cleaner(Settings("en", only=("rules",)), rules=[wide, mine])
    assert tool.clean("in tiie mill, tiie house\n").text == "in tiie mill, thc house\n"


def test_rules_that_never_meet_may_make_what_the_other_changes(tmp_path):
    put(tmp_path, {"corpora/a.toml": rule("tiie", "thc"), "corpora/b.toml": rule("thc", "the")})
    assert len(rulebook.load(tmp_path).rules) == 2
