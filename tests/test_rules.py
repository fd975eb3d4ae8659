"""Every rule, from code and from files, lives up to its examples and stays silent on its keeps."""

import contextlib
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, language, pipeline, promises, rulebook
from cleaner.errors import RuleError
from cleaner.knowledge import Knowledge
from cleaner.model import Document
from cleaner.settings import Settings
from cleaner.stages import STAGES
from cleaner.stages.seal import style

SHIPPED = rulebook.load(rulebook.shipped())
STAGE_OF = {rule.id: stage for stage in STAGES for rule in stage.rules}
RULES = [rule for stage in STAGES for rule in stage.rules]
BY_ID = {rule.id: rule for rule in RULES}


def stage_alone(rule, text):
    """The text after the stage of the rule alone, and the ids of what was applied, held, or reported."""
    stage, book = STAGE_OF[rule], SHIPPED.applying(rulebook.NOWHERE, 0)
    knowledge = Knowledge(language.general, "en", "paragraphs", book)
    batch, doc = pipeline.step(Document(text), stage, knowledge, Settings(threshold=0.3), book)
    return doc.text, {edit.rule for edit in batch.applied} | {held.edit.rule for held in batch.held}


def cases(field):
    return [pytest.param(rule.id, case, id=f"{rule.id}-{k}") for rule in RULES for k, case in enumerate(field(rule))]


@pytest.mark.parametrize("rule", list(SHIPPED.heads), ids=lambda rule: rule.id)
def test_a_shipped_rule_does_what_it_promises(rule):
    rows = {table.rule.id: table.rows for table in SHIPPED.tables}
    assert not list(promises.broken(rule, rows.get(rule.id, promises.NO_ROWS)))


@pytest.mark.parametrize(("rule", "case"), cases(lambda rule: rule.examples))
def test_example(rule, case):
    raw, clean = case
    text, fired = stage_alone(rule, raw)
    assert rule in fired
    if BY_ID[rule].apply == "auto":
        assert text == clean


@pytest.mark.parametrize(("rule", "case"), cases(lambda rule: rule.examples))
def test_the_result_of_an_example_does_not_fire_again(rule, case):
    assert rule not in stage_alone(rule, case[1])[1]


@pytest.mark.parametrize(("rule", "text"), cases(lambda rule: rule.keep))
def test_keep(rule, text):
    assert rule not in stage_alone(rule, text)[1]


def test_every_rule_says_why_and_shows_where_it_fires_and_where_not():
    # these fire where the settings ask for them: tests/test_pages.py, tests/test_style.py
    setting = {"seal.page", *style.WHY}
    assert {rule.id for rule in (*RULES, *SHIPPED.heads) if not (rule.why and rule.examples and rule.keep)} == setting


def test_ids_are_unique_and_start_with_their_family():
    ids = [rule.id for rule in (*RULES, *SHIPPED.heads)]
    assert len(ids) == len(set(ids))
    assert not [rule.id for stage in STAGES for rule in stage.rules if not rule.id.startswith(stage.name + ".")]


# ---- rule files --------------------------------------------------------------------------------------------------

GOOD = """
[[rule]]
id = "the-tbe"
kind = "word"
match = "tbe"
replace = "the"
why = "h is read as b"
examples = [["tbe mill", "the mill"]]
keep = ["TBE"]
"""


def load(tmp_path, source, name="mine.toml"):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return rulebook.load(path)


def test_a_good_file_loads(tmp_path):
    rule = load(tmp_path, GOOD).rules[0]
    assert (rule.id, rule.match, rule.replace, rule.apply) == ("mine.the-tbe", "tbe", "the", "auto")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("why =", "because ="), "unknown key 'because'"),
        (("why =", "wyh ="), "did you mean why"),
        (('why = "h is read as b"\n', ""), "why missing"),
        (('keep = ["TBE"]', "keep = []"), "keep missing"),
        (("id =", "id = 7 #"), "id must be a string"),
        (('"word"', '"wrod"'), "kind 'wrod' is none of word"),
        (('"the-tbe"', '"The tbe"'), "lower-case letters"),
        (('match = "tbe"', 'match = "t b"'), "without blanks"),
        (('match = "tbe"', 'match = "(tbe"'), "without blanks or signs"),
        (('match = "tbe"', 'match = "tb.e"'), "without blanks or signs"),
        (('match = "tbe"', 'match = ""'), "match is empty"),
        (('why = "h is read as b"', 'why = " "'), "why is empty"),
        (('kind = "word"\nmatch = "tbe"', 'kind = "regex"\nmatch = "\\\\b"'), "matches nothing at all"),
        (('kind = "word"\nmatch = "tbe"', 'kind = "regex"\nmatch = "(?<=a)(?=b)"'), "matches nothing at all"),
        (('"word"\nmatch = "tbe"\nreplace = "the"', '"regex"\nmatch = "t(b)e"\nreplace = "\\\\2"'), "does not fit"),
        (('"word"\nmatch = "tbe"\nreplace = "the"', '"regex"\nmatch = "t(b)e"\nreplace = "\\\\g<b>"'), "does not fit"),
        (('kind = "word"', 'kind = "word"\nconfidence = true'), "confidence True"),
        (("[[rule]]", "[rule]"), "begin each rule with [[rule]]"),
        ((GOOD, "rule = [1]"), "begin each rule with [[rule]]"),
        (('replace = "the"', 'replace = "tbe"'), "the same"),
        (('[["tbe mill", "the mill"]]', '["tbe mill"]'), "list of pairs"),
        (('kind = "word"\nmatch = "tbe"', 'kind = "regex"\nmatch = "x*"'), "matches nothing at all"),
        (('kind = "word"\nmatch = "tbe"', 'kind = "regex"\nmatch = "(x"'), "not a regular expression"),
        (
            ('kind = "word"\nmatch = "tbe"\nreplace = "the"', 'kind = "regex"\nmatch = "t(b)e"\nreplace = \'\\2\''),
            "does not fit match",
        ),
        (('kind = "word"', 'kind = "line"'), "replace must be empty"),
        (("[[rule]]", "rule = [1]\n[more]"), "begin each rule with [[rule]]"),
        (('kind = "word"\nmatch = "tbe"', 'kind = "char"\nmatch = "abcdef"'), "at most four characters"),
        (('kind = "word"', 'kind = "word"\napply = "always"'), "apply 'always'"),
        (('kind = "word"', 'kind = "word"\nconfidence = 7'), "confidence 7"),
        (("[[rule]]", "[rules]"), "unknown key 'rules'"),
        (("[[rule]]", "[[rule"), "cannot be read"),
    ],
)
def test_a_broken_file_stops_with_file_and_fault(tmp_path, change, message):
    source = GOOD.replace(*change)
    assert source != GOOD
    with pytest.raises(RuleError) as error:
        load(tmp_path, source)
    said = " ".join(str(error.value).split())
    assert message in said
    assert "mine.toml" in said


def test_all_faults_are_named_at_once_with_their_lines(tmp_path):
    source = GOOD.replace('"word"', '"wrod"') + GOOD.replace('why = "h is read as b"\n', "")
    with pytest.raises(RuleError) as error:
        load(tmp_path, source)
    assert '4 | kind = "wrod"\n    -> did you mean word?' in str(error.value)
    said = " ".join(str(error.value).split())
    assert "mine.toml:4: rule 'the-tbe': kind 'wrod'" in said
    assert "mine.toml:11: rule 'the-tbe': why missing" in said
    assert said.startswith("2 faults: ")


def test_an_id_may_be_used_once(tmp_path):
    with pytest.raises(RuleError) as error:
        load(tmp_path, GOOD + GOOD)
    said = " ".join(str(error.value).split())
    assert "mine.toml:12: rule mine.the-tbe: this id stands at " in said
    assert "mine.toml:2 already 12 | id =" in said


def test_a_missing_file_is_named():
    with pytest.raises(RuleError, match="no such rule file"):
        rulebook.load(Path("nowhere.toml"))


@given(st.text(max_size=200))
def test_any_file_loads_or_is_refused_with_a_message(tmp_path_factory, source):
    path = tmp_path_factory.mktemp("rules") / "any.toml"
    path.write_text(source, encoding="utf-8", errors="replace")
    with contextlib.suppress(RuleError):
        rulebook.load(path)


def test_the_digest_changes_with_what_a_rule_does_and_not_with_its_examples(tmp_path):
    book = load(tmp_path, GOOD)
    assert load(tmp_path, GOOD.replace('"tbe mill"', '"in tbe mill"')).digest == book.digest
    assert load(tmp_path, GOOD.replace('replace = "the"', 'replace = "thee"')).digest != book.digest
    assert load(tmp_path, GOOD.replace("why =", "confidence = 0.5\nwhy =")).digest != book.digest
    assert dataclasses.replace(book.rules[0], apply="report") != book.rules[0]


def fired(kind, pairs, text):
    """(start, rule) of each edit that rules for these (match, replace) propose."""
    rules = tuple(
        rulebook.Rule(id=f"r.{k}", why="", examples=(), keep=(), kind=kind, match=match, replace=replace)
        for k, (match, replace) in enumerate(pairs)
    )
    stage = next(stage for stage in STAGES if stage.name == rulebook.STAGE_OF[kind])
    knowledge = Knowledge(language.general, rules=rulebook.Rulebook(rules))
    return [(edit.start, edit.rule) for edit in stage.propose(Document(text), knowledge).edits]


MANY = [(f"zz{k}", "z") for k in range(60)]  # so many rules are looked for in another way


@given(
    st.lists(st.sampled_from(["tbe", "tbe-man", "'", "\u2019", "-", "_", " ", "a", "1", "\n"]), max_size=12).map(
        "".join
    )
)
def test_the_number_of_rules_does_not_change_what_a_rule_does(text):
    pairs = [("tbe", "the"), ("tbe-man", "the man")]
    assert fired("word", pairs, text) == fired("word", [*pairs, *MANY], text)


def test_the_last_rule_for_a_word_and_the_longest_for_characters_win():
    assert fired("word", [("tbe", "the"), ("tbe", "thee")], "in tbe mill") == [(3, "r.1")]
    assert fired("char", [("\u00b4e", "\u00e9"), ("\u00b4ee", "\u00e9e")], "caf\u00b4ee") == [(3, "r.1")]


# ---- rules of one's own: their examples are tests too ------------------------------------------------------------


def tool(tmp_path, source):
    path = tmp_path / "mine.toml"
    path.write_text(source, encoding="utf-8")
    return Cleaner(Settings(language="en"), rules=(path,))


def test_a_rule_of_ones_own_is_used(tmp_path):
    source = GOOD.replace("tbe", "tiie")
    assert tool(tmp_path, source).clean("in tiie mill\n").text == "in the mill\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('["tbe mill", "the mill"]', '["tbe mill", "THE mill"]'), "the example 'tbe mill' gives 'the mill'"),
        (('["tbe mill", "the mill"]', '["no mill", "the mill"]'), "the example 'no mill' gives 'no mill'"),
        (('keep = ["TBE"]', 'keep = ["the tbe"]'), "which it shall keep, becomes 'the the'"),
        (
            ('replace = "the"\n', 'replace = "tbe x"\n', "the mill", "tbe x mill"),
            "would be changed again",
        ),
    ],
)
def test_a_rule_that_does_not_hold_its_promise_stops_the_run(tmp_path, change, message):
    source = GOOD
    for old, new in zip(change[::2], change[1::2], strict=True):
        source = source.replace(old, new)
    assert source != GOOD
    with pytest.raises(RuleError) as error:
        tool(tmp_path, source)
    assert message in str(error.value)
    assert "the-tbe" in str(error.value)
