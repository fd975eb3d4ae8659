"""Normalisations that the settings ask for: each alone, all together, undone, done twice, and never more than was asked."""

import json
import unicodedata
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, clean
from cleaner.api import key
from cleaner.cli import main
from cleaner.errors import SettingsError, UsageError
from cleaner.model import Document, Mark
from cleaner.settings import STYLES, Settings, read
from cleaner.stages.seal import RULES
from cleaner.stages.seal.style import WHY, folded, styled
from tests.test_note_marks import chapter, sound

TRUTH = Path(__file__).parent / "samples" / "truth"
LDQ, RDQ, LSQ, RSQ = (
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}",
    "\N{RIGHT SINGLE QUOTATION MARK}",
)
EM, EN, DOTS, LONG = "\N{EM DASH}", "\N{EN DASH}", "\N{HORIZONTAL ELLIPSIS}", "\N{LATIN SMALL LETTER LONG S}"
ALL = {name: values[1] for name, values in STYLES.items()}
RULE = {"unicode": "seal.nfkc"}
CASES = {
    "quotes": [
        (f"{LDQ}It{RSQ}s so,{RDQ} he said.\n", "\"It's so,\" he said.\n"),
        ("\N{DOUBLE LOW-9 QUOTATION MARK}Ja,\N{LEFT DOUBLE QUOTATION MARK} sagte er.\n", '"Ja," sagte er.\n'),
    ],
    "dashes": [
        (f"the men{EM}those of 1914{EN}18 {EN} went\n", "the men--those of 1914-18 -- went\n"),
        ("\N{MINUS SIGN}5 \N{HORIZONTAL BAR} well\N{NON-BREAKING HYPHEN}known\n", "-5 -- well-known\n"),
        (f"they went {EN}\nto the hall, Mr. S\N{TWO-EM DASH}\n", "they went --\nto the hall, Mr. S----\n"),
    ],
    "ellipses": [(f"he went{DOTS} and{DOTS}. {DOTS}\n", "he went... and.... ...\n")],
    "long_s": [
        (f"the hou{LONG}e of the mi{LONG}{LONG}ion\n", "the house of the mission\n"),
        ("\N{LATIN SMALL LETTER LONG S WITH DOT ABOVE}o\n", "\N{LATIN SMALL LETTER S WITH DOT ABOVE}o\n"),
        (f"{LONG}\N{COMBINING CARON}o\n", "\N{LATIN SMALL LETTER S WITH CARON}o\n"),
    ],
    "sentence_spacing": [
        ("He went.  She stayed.)   They wept!  Ah.\n", "He went. She stayed.) They wept! Ah.\n"),
        (f"He went.{RDQ}  She stayed:  so.\n", f"He went.{RDQ} She stayed: so.\n"),
    ],
    "unicode": [
        ("\N{ROMAN NUMERAL EIGHT} \N{FULLWIDTH LATIN CAPITAL LETTER A} \N{NUMERO SIGN}\n", "VIII A No\n"),
        ("\N{HALFWIDTH KATAKANA LETTER KA}\N{HALFWIDTH KATAKANA VOICED SOUND MARK}\n", "\N{KATAKANA LETTER GA}\n"),
        (f"a{DOTS}b {LONG}o\n", "a...b so\n"),
    ],
}  # fmt: skip
KEPT = {
    "quotes": ["\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}oui\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK} 5\N{PRIME} 3\N{DOUBLE PRIME} `a`\n"],
    "dashes": ["well-known -- or so - \N{MIDDLE DOT}\n"],
    "ellipses": ["he went... and ....\n"],
    "long_s": ["the fame of the house, Stra\N{LATIN SMALL LETTER SHARP S}e\n"],
    "sentence_spacing": ["He  went. She, \n  stayed.\n", "the end.  \n\n  He went.\n"],
    "unicode": [
        "the party\N{SUPERSCRIPT TWO} 5\N{VULGAR FRACTION ONE HALF} H\N{SUBSCRIPT TWO}O \N{CIRCLED DIGIT THREE} n\N{MASCULINE ORDINAL INDICATOR}\n",
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{NO-BREAK SPACE}oui\N{NARROW NO-BREAK SPACE}! don\N{ACUTE ACCENT}t \N{DIAERESIS}\n",
        f"{LDQ}caf\N{LATIN SMALL LETTER E WITH ACUTE}{RDQ} {EM} \N{LATIN SMALL LIGATURE OE}uvre\n",
    ],
}  # fmt: skip


def applied(text, style, marks=()):
    out = text
    edits = sorted(styled(Document(text, tuple(marks)), style), key=lambda edit: edit.start)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    for edit in reversed(edits):
        assert out[edit.start : edit.end] == edit.before != edit.after
        out = out[: edit.start] + edit.after + out[edit.end :]
    return out


def cases(table):
    return [(setting, case) for setting, found in table.items() for case in found]


@pytest.mark.parametrize(("setting", "case"), cases(CASES))
def test_what_is_asked_for_is_done_and_nothing_where_nobody_asks(setting, case):
    raw, want = case
    assert applied(raw, {setting: ALL[setting]}) == want
    assert applied(raw, {}) == raw
    result = clean(raw, layout="lines", only=["seal"], **{setting: ALL[setting]})
    assert result.text == want
    assert result.restore() == raw
    assert clean(want, layout="lines", only=["seal"], **{setting: ALL[setting]}).text == want
    assert clean(raw, layout="lines", only=["seal"]).text == unicodedata.normalize("NFC", raw)


@pytest.mark.parametrize(("setting", "text"), cases(KEPT))
def test_what_it_leaves(setting, text):
    assert applied(text, {setting: ALL[setting]}) == text


def test_ellipses_as_one_character():
    asked = {"ellipses": "character"}
    assert applied("he went... and....", asked) == f"he went{DOTS} and...."
    assert applied("he went. . . and", asked) == "he went. . . and"
    for kind in ("code", "contents", "index", "table"):
        assert applied("he went...", asked, [Mark(0, 10, kind)]) == "he went..."
    assert clean("The old man went... and nobody knew where.\n", unicode="nfkc", **asked).text.count(DOTS) == 1
    assert clean(f"The old man went{DOTS} and nobody knew where.\n", unicode="nfkc", **asked).text.count(DOTS) == 1


def test_verse_keeps_its_blanks_and_garbage_is_left_as_it_is():
    assert (
        applied("He went.  She stayed.", {"sentence_spacing": "one"}, [Mark(0, 21, "verse")]) == "He went.  She stayed."
    )
    text = f"{LDQ}{LONG}{RDQ} {EM}  \N{ROMAN NUMERAL EIGHT}{DOTS}"
    assert applied(text, ALL, [Mark(0, len(text), "garbage")]) == text


@pytest.mark.parametrize("number", range(1, len(ALL) + 1))
def test_several_together_do_what_each_does(number):
    raw = "".join(case[0] for found in CASES.values() for case in found)
    for names in combinations(ALL, number):
        style = {name: ALL[name] for name in names}
        once = applied(raw, style)
        assert applied(once, style) == once
        one_by_one = raw
        for name in sorted(names, key=lambda name: name == "unicode"):
            one_by_one = applied(one_by_one, {name: ALL[name]})
        assert once == one_by_one


def test_dashes_and_nfkc_do_not_fight():
    raw = f"well\N{NON-BREAKING HYPHEN}known {LONG}o{DOTS} \N{SUPERSCRIPT TWO}\n"
    assert applied(raw, {"unicode": "nfkc"}) == "well\N{NON-BREAKING HYPHEN}known so... \N{SUPERSCRIPT TWO}\n"
    assert applied(raw, ALL) == "well-known so... \N{SUPERSCRIPT TWO}\n"


@pytest.mark.parametrize("name", ["essay", "letters", "handbook", "gazette"])
def test_a_text_is_cleaned_as_without_but_for_these_characters(name):
    """What the other stages do does not depend on it."""
    raw = (TRUTH.parent.parent.parent / "corpora" / "raw" / "samples" / f"{name}.txt").read_bytes()
    plain, result = clean(raw, language="en"), clean(raw, language="en", **ALL)
    marks = [Mark(*mark["clean"], mark["mark"]) for mark in plain.records.marks if isinstance(mark["clean"], list)]
    assert result.text == applied(plain.text, ALL, marks) != plain.text
    assert result.restore() == raw


@pytest.mark.parametrize("name", ["essay", "letters", "handbook", "gazette"])
def test_of_a_sound_text_nothing_else_is_changed_and_nothing_is_left_for_a_second_time(name):
    text = (TRUTH / f"{name}.txt").read_text(encoding="utf-8")
    once = clean(text, language="en", **ALL)
    assert {change.stage for change in once.changes if change.status == "applied"} <= {"seal"}
    assert clean(once.text, language="en", **ALL).text == once.text


LETTERS = st.sampled_from([*"ab .!?:-'\"", "  ", "...", "\n", LDQ, RDQ, RSQ, EM, EN, DOTS, LONG, "\N{COMBINING DOT ABOVE}", "\N{SUPERSCRIPT TWO}",
                           "\N{COMBINING ACUTE ACCENT}", "\N{VULGAR FRACTION ONE HALF}", "\N{NO-BREAK SPACE}", "\N{ROMAN NUMERAL TWO}",
                           "\N{ACUTE ACCENT}", "\N{LATIN SMALL LETTER LONG S WITH DOT ABOVE}", "\N{ZERO WIDTH SPACE}", "\N{HANGUL CHOSEONG KIYEOK}",
                           "\N{HANGUL JUNGSEONG A}", "\N{HALFWIDTH KATAKANA VOICED SOUND MARK}", "\N{HALFWIDTH KATAKANA LETTER KA}"])  # fmt: skip
TEXTS = st.one_of(
    st.lists(LETTERS, max_size=30).map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
)
STYLE = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in STYLES.items()})


@settings(max_examples=50)
@given(TEXTS, STYLE)
def test_law_the_raw_text_comes_back_and_a_second_time_finds_nothing(text, style):
    result = clean(text, only=["seal"], **style)
    assert result.restore() == text
    assert clean(result.text, only=["seal"], **style).text == result.text
    assert unicodedata.is_normalized("NFC", result.text)


@settings(max_examples=25)
@given(TEXTS, STYLE)
def test_law_with_all_stages_the_raw_text_comes_back(text, style):
    assert clean(text, **style).restore() == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_law_folding_is_idempotent_and_goes_no_further_than_nfkc(text):
    once = folded(text)
    assert folded(once) == once
    assert unicodedata.normalize("NFKC", once) == unicodedata.normalize("NFKC", text)
    assert unicodedata.normalize("NFC", applied(text, {"unicode": "nfkc"})) == once


def test_raised_marks_of_notes_survive_nfkc():
    text = chapter(*sound(1, 4), " S", *sound(6, 9))
    raised = clean(text, language="en", note_marks="raised")
    assert raised.text.count("\N{SUPERSCRIPT FIVE}") == 1
    assert clean(text, language="en", note_marks="raised", unicode="nfkc").text == raised.text


# ---- how it is asked for -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ALL)
def test_each_is_off_and_has_a_setting_an_option_and_a_rule(setting, tmp_path):
    kept = STYLES[setting][0]
    assert getattr(Settings(), setting) == kept
    assert Settings().style == {}
    assert key(Settings(**{setting: ALL[setting]}), Cleaner().rulebook) != key(Settings(), Cleaner().rulebook)
    assert read({setting: ALL[setting]}, tmp_path / "cleaner.toml").settings.style == {setting: ALL[setting]}
    with pytest.raises(SettingsError, match=f"{setting} = 'no'"):
        read({setting: "no"}, tmp_path / "cleaner.toml")
    with pytest.raises(UsageError, match=setting):
        clean("a b\n", **{setting: "no"})
    raw, want = CASES[setting][0]
    option = f"--{setting.replace('_', '-')}"
    found = CliRunner().invoke(main, ["clean", "-", "--layout", "lines", option, ALL[setting]], input=raw)
    assert found.stdout == want
    (tmp_path / "raw.txt").write_text(raw, encoding="utf-8")
    CliRunner().invoke(main, ["clean", str(tmp_path / "raw.txt"), "--out", str(tmp_path / "out"), option, ALL[setting]])
    log = (tmp_path / "out" / "raw.changes.jsonl").read_text().splitlines()
    rules = {record["rule"] for record in map(json.loads, log) if record["kind"] in ("change", "layout")}
    assert RULE.get(setting, f"seal.{setting.replace('_', '-')}") in rules


def test_rules_can_be_skipped_and_asked_for_alone_and_what_makes_a_text_valid_cannot():
    raw = f"{LDQ}So,{RDQ} he said {EM} and went\r\n"
    straight = {"quotes": "straight", "dashes": "ascii"}
    assert clean(raw, skip=["seal.quotes"], **straight).text == f"{LDQ}So,{RDQ} he said -- and went\n"
    assert clean(raw, only=["seal.quotes"], **straight).text == f'"So," he said {EM} and went\n'
    assert clean(raw, only=["hyphens"], **straight).text == f"{LDQ}So,{RDQ} he said {EM} and went\n"
    for name in ("seal", "seal.newline", "encoding", "seal.page"):
        with pytest.raises(UsageError, match="cannot be skipped"):
            clean(raw, skip=[name])


def test_every_rule_says_why():
    assert {rule.id: rule.why for rule in RULES if rule.id in WHY} == WHY
