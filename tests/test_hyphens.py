"""Line ends that cut a word, and line ends that only look as if they did."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import language
from cleaner.api import Cleaner, Decision
from cleaner.edits import apply, by_place, check, merge
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Mark
from cleaner.stages import hyphens
from cleaner.stages.hyphens.sites import DASHES, SIGNS
from tests.strategies import texts


def propose(text, lang="en", marks=()):
    proposals = hyphens.propose(Document(text, marks), Knowledge(language.general, lang))
    check(text, proposals.edits)
    return proposals


def mend(text, lang="en", marks=()):
    edits = [e for e in propose(text, lang, marks).edits if e.confidence >= 0.9]
    return apply(text, merge(edits)[0])


VISIBLE = [
    # dropped: the whole is a word
    ("a party of revolu-\ntion was young\n", "a party of revolution\nwas young\n"),
    ("the commit-\ntee, then, met\n", "the committee,\nthen, met\n"),
    ("the commit- \ntee met \n", "the committee\nmet \n"),  # blanks at the line ends
    ("the commit\u00ac\ntee met\n", "the committee\nmet\n"),
    ("the commit\u00ad\ntee met\n", "the committee\nmet\n"),
    ("the commit\u2010\ntee met\n", "the committee\nmet\n"),
    ("the counter-\nrevolu-\ntion came\n", "the counter-revolution\ncame\n"),  # a line of one piece
    ("REVOLU-\nTION\n", "REVOLUTION\n"),
    ("the chair-\nman\u2019s hat\n", "the chairman\u2019s\nhat\n"),
    ("\u201crevolu-\ntion,\u201d he said\n", "\u201crevolution,\u201d\nhe said\n"),
    ("Osinskii, Osinskii: Osin-\nskii left\n", "Osinskii, Osinskii: Osinskii\nleft\n"),  # a name of this document
    ("a revolu-\n\ntion was\n", "a revolution\n\nwas\n"),  # a blank line after every line
    ("a revolu-\n\n \n\ntion was\n", "a revolution\n\n\n\nwas\n"),  # as where a later stage leaves one of them
    ("an anarcho-syndi-\ncalist bloc\n", "an anarcho-syndicalist\nbloc\n"),
    ("a revolu-\ntion re- and\n", "a revolution\nre- and\n"),
    ("a revolu-\ntion- and more\n", "a revolution- and\nmore\n"),  # no line end behind a hyphen
    ("a party went in-\nto the mill\n", "a party went into\nthe mill\n"),
    ("so pro-\nfound a hush\n", "so profound\na hush\n"),  # prefixes and endings make words that no list holds
    ("an un-\nheeding eye\n", "an unheeding\neye\n"),
    ("lay more south-\nwardly, he\n", "lay more southwardly,\nhe\n"),
    ("he was over-\njoy'd to be\n", "he was overjoy'd\nto be\n"),
    ("it was \u017fome-\nthing \u017fmall\n", "it was \u017fomething\n\u017fmall\n"),  # long s
    # kept: the author's
    ("down Quarry-\nstreet he went\n", "down Quarry-street\nhe went\n"),
    ("not till to-morrow, to-morrow: to-\nday he\n", "not till to-morrow, to-morrow: to-day\nhe\n"),
    ("the re-elect did return: the re-\nturn was\n", "the re-elect did return: the return\nwas\n"),
    ("men talked to-\ngether of to-morrow, to-morrow\n", "men talked together\nof to-morrow, to-morrow\n"),
    ("a gum-tree, gum-tree, a gum\u00ac\ntree he\n", "a gum-tree, gum-tree, a gum-tree\nhe\n"),
    ("a four-year-\nold child\n", "a four-year-old\nchild\n"),
    ("pages 345-\n54 of it\n", "pages 345-54\nof it\n"),
    ("at Upper-\nLauren now\n", "at Upper-Lauren\nnow\n"),
    ("the anti-\nBritish camp\n", "the anti-British\ncamp\n"),
    ("only forty-\nsix came\n", "only forty-six\ncame\n"),
    ("a self-\nevident one\n", "a self-evident\none\n"),
    ("re-cover, re-cover, they re-\ncover it\n", "re-cover, re-cover, they re-cover\nit\n"),  # as it is written here
    # a dash that must be a misread hyphen, and dashes that are dashes
    ("a party of revolu\u2014\ntion was\n", "a party of revolution\nwas\n"),
    ("into the mill\u2014\nwheel and all\n", "into the mill\u2014\nwheel and all\n"),
    ("he saw some\u2014\nthing and men\n", "he saw some\u2014\nthing and men\n"),
    ("he saw no\u2014\nThen he went\n", "he saw no\u2014\nThen he went\n"),
    # the other half is not here, or the sign is a dash
    ("it was reflec-\n41 of them\n", "it was reflec-\n41 of them\n"),
    ("it was reflec-\nThe mill stood\n", "it was reflec-\nThe mill stood\n"),
    ("it was reflec-\n\nxiv the mill\n", "it was reflec-\n\nxiv the mill\n"),  # a folio that stayed
    ("a civi-\n\nlian was\n", "a civilian\n\nwas\n"),
    # the rest of a hanging or an indented line keeps its indent
    (
        "Grantly, his dis-\n    sent, 12; in-\n    stalled, 14.\n",
        "Grantly, his dissent,\n    12; installed,\n    14.\n",
    ),
    ("    the commit-\n\n    tee met\n", "    the committee\n\n    met\n"),
    ("the commit- \n  tee met \n", "the committee\n  met \n"),
    # left alone
    ("mid-\nand long-term\n", "mid-\nand long-term\n"),
    ("he paused \u2014\nand went\n", "he paused \u2014\nand went\n"),
    ("he paused -\nand went\n", "he paused -\nand went\n"),
    ("he paused--\nand went\n", "he paused--\nand went\n"),
    ("Captain P -\nwas there\n", "Captain P -\nwas there\n"),
    ("the end-\n", "the end-\n"),
    (
        "Release   Derived   GPL-\n          from      compatible?\n",
        "Release   Derived   GPL-\n          from      compatible?\n",
    ),
    ("a  justified  revolu-\ntion   was   here\n", "a  justified  revolution\nwas   here\n"),
    ("a revolu-\n\x0c\ntion was\n", "a revolu-\n\x0c\ntion was\n"),  # a page end that stands
    ("-\nitem\n", "-\nitem\n"),
    ("commit-tee in mid-line\n", "commit-tee in mid-line\n"),
]


@pytest.mark.parametrize(("raw", "clean"), VISIBLE)
def test_visible_hyphens(raw, clean):
    assert mend(raw) == clean


@pytest.mark.parametrize(
    ("lang", "raw", "clean"),
    [
        ("de", "die Regie-\nrung hat\n", "die Regierung\nhat\n"),
        ("de", "Haupt-\nund Nebensatz\n", "Haupt-\nund Nebensatz\n"),
        ("fr", "le gouverne-\nment a\n", "le gouvernement\na\n"),
    ],
)
def test_other_languages(lang, raw, clean):
    assert mend(raw, lang) == clean


# Until 1996 a line end divided ck as k-k, and brought back the third of three like consonants.
DIVIDED = [
    ("auf der Brük-\nke und\n", "auf der Brücke\nund\n"),
    ("beim Bäk\u00ac\nker, der\n", "beim Bäcker,\nder\n"),
    ("mit Zuk\u00ad\nker und\n", "mit Zucker\nund\n"),
    ("DIE GLOK-\nKEN DER\n", "DIE GLOCKEN\nDER\n"),
    ("die Rok-\nkenfluk-\nze war\n", "die Rockenflukze\nwar\n"),  # a line of one piece, and a word that nobody knows
    ("Plickau, ach Plickau: in Plik-\nkau war\n", "Plickau, ach Plickau: in Plickau\nwar\n"),
    ("die Schiffahrt, die Schiff-\nfahrt war\n", "die Schiffahrt, die Schiffahrt\nwar\n"),
    # as they stand
    ("auf dem Ak-\nkordeon und\n", "auf dem Akkordeon\nund\n"),
    ("in der Musik-\nkneipe war\n", "in der Musikkneipe\nwar\n"),
    ("in der Bank-\nkrise war\n", "in der Bankkrise\nwar\n"),
    ("Herr Bäkker, Bäkker: Bäk-\nker kam\n", "Herr Bäkker, Bäkker: Bäkker\nkam\n"),
    ("die Schiff-\nfahrt war\n", "die Schifffahrt\nwar\n"),
    ("der Brenn-\nstoff war\n", "der Brennstoff\nwar\n"),
    ("[Brük]-\nke war\n", "[Brük]-\nke war\n"),
]


@pytest.mark.parametrize(("raw", "clean"), DIVIDED)
def test_words_that_a_german_line_end_divides_otherwise_than_they_are_written(raw, clean):
    assert mend(raw, "de") == clean


def test_two_words_are_no_divided_ck():
    places = [edit for edit in propose("mit der Musik-\nkelle war\n", "de").edits if edit.before != " "]
    assert [(edit.before[0], edit.after) for edit in places] == [("-", "-")]


def test_only_german_divides_ck_as_k_k():
    assert mend("the chuk-\nker and\n") != "the chucker\nand\n"


def test_a_name_that_may_be_written_with_kk_keeps_its_hyphen_and_waits():
    """ "Becker" is a hundred times as common, and "Bekker" a name."""
    assert mend("der alte Bek-\nker kam\n", "de") == "der alte Bek-ker\nkam\n"
    held = [edit for edit in propose("der alte Bek-\nker kam\n", "de").edits if edit.confidence < 0.9]
    assert [(edit.before, edit.after, edit.rule) for edit in held] == [("k-", "c", "hyphens.drop")]


@pytest.mark.parametrize("sign", "-\u00ac\u00ad")
def test_whoever_takes_ck_for_a_doubtful_k_k_gets_one_word(sign):
    raw = f"Die Leute gingen in die alte Musik{sign}\nkemmel und kamen in die Stadt, wo sie der Herr erwartete.\n"
    result = Cleaner().clean(raw)
    assert "Musik-kemmel und" in result.text
    (held,) = [change for change in result.changes if change.status == "held"]
    decided = Decision("accept", held.before, held.after, held.raw)
    assert "Musickemmel und" in Cleaner().clean(raw, decided=[decided]).text


def test_a_line_of_one_piece_is_judged_as_the_middle_of_its_word():
    whys = [edit.why for edit in propose("And\u00ad\none-\nsome went\n").edits]
    assert whys[0].startswith("Andone")
    assert whys[-1].startswith("Andonesome:")


def test_a_line_end_without_a_hyphen_is_judged_by_the_mended_word_too():
    """ "dent" and "ist" would be one word."""
    assert mend("a self-evi-\ndent\nist went\n") == "a self-evident\nist went\n"


def test_a_doubtful_hyphen_stays_and_is_proposed():
    """Written both ways: the halves meet, and whether the hyphen goes is left to a person."""
    text = "a millrace, a mill-race, the millrace and mill-\nrace here\n"
    assert mend(text) == "a millrace, a mill-race, the millrace and mill-race\nhere\n"
    held = [e for e in propose(text).edits if e.confidence < 0.9]
    assert [(e.before, e.after, e.rule) for e in held] == [("-", "", "hyphens.drop")]


def test_where_nothing_is_sure_one_question_is_asked():
    """The dash of a speech, a compound or a word: three readings of one place."""
    places = [edit for edit in propose("all the heat an-\nwell we\n").edits if edit.before != " "]
    assert [(edit.before, edit.after, edit.rule) for edit in places] == [("-\n", "-", "hyphens.keep")]
    assert {reading.text for reading in places[0].candidates} == {"-", "", "-\n"}
    assert all(reading.probability >= 0.1 for reading in places[0].candidates)


# ---- lost hyphens ------------------------------------------------------------------------------------------------

CUT = ["exam\nining", "commit\ntee", "contin\nued", "remark\nable", "govern\nment", "subse\nquent", "dif\nferent"]


def scan(cuts, blank=" ", lines=60):
    """A scan with a blank at each line end but where a word was cut."""
    whole = f"and then the men went up{blank}\nto the old mill by the water{blank}\n" * lines
    return whole + "".join(f"they saw that {cut} was{blank}\nall that they had{blank}\n" for cut in cuts) + whole


def test_a_scan_with_the_habit():
    text = scan(CUT)
    out = mend(text)
    assert "government was" not in out  # the line end stands behind the mended word
    assert all(cut.replace("\n", "") + " \nwas" in out for cut in CUT)
    (habit,) = propose(text).marks
    assert (habit.kind, habit.value["cut"]) == ("habit", len(CUT))


def habitual(left: str, right: str, times: int = 40) -> str:
    """A scan that leaves a blank at every line end but where a word was cut; the last cut is between the two."""
    cuts = "exam|ining commit|tee gover|nor contin|ued remark|able propos|al".split() * times
    lines = [
        line for cut in cuts for line in ("and they saw that " + cut.split("|")[0], cut.split("|")[1] + " was what ")
    ]
    return "\n".join([*lines, f"and they saw the {left}", f"{right} and went "]) + "\n"


@pytest.mark.parametrize(
    ("left", "right", "mended"),
    [
        ("harbour", "dominated", "harbour-dominated"),  # nobody has seen it, but the line end says that it is cut
        ("Guild", "Bargemen", "Guild-Bargemen"),
        ("the", "harbour", "the\nharbour"),  # a function word begins no compound
        ("harbour", "and", "harbour\nand"),
    ],
)
def test_a_compound_that_nobody_has_seen_is_known_by_the_habit_of_the_scan(left, right, mended):
    assert mended in mend(habitual(left, right)).replace(" \n", "\n")
    assert f"{left}\n{right}" in mend(f"and they saw the {left}\n{right} and went\n")  # near miss: no habit


@pytest.mark.parametrize(
    ("left", "right"), [("su\ufffd", "planted"), ("stru\ufffd", "gle"), ("comm", "i\ufffdtee"), ("co\ufffdmu", "nity")]
)
def test_halves_with_a_letter_that_could_not_be_read_are_joined(left, right):
    assert f"{left}{right}" in mend(habitual(left, right))
    assert f"{left}{right}" in mend(f"and they saw the {left}-\n{right} and went\n")


@pytest.mark.parametrize(("left", "right"), [("\ufffd\ufffd", "planted"), ("xq\ufffdz", "wkj"), ("\ufffd", "\ufffd")])
def test_halves_that_no_word_explains_are_left(left, right):
    text = f"and they saw the {left}\n{right} and went\n"
    assert mend(text) == text


def test_who_parts_vowels_once_parts_them_again():
    before = "they re-enter, re-enter, re-examine and re-elect it: "
    assert "the re-educate\n" in mend(f"{before}the re-\neducate was\n")
    assert "the reeducate\n" in mend("the re-\neducate was\n")  # near miss: nothing is known of this document
    assert "the return\n" in mend(f"{before}the re-\nturn was\n")


def test_without_a_trace_language_alone_decides():
    text = scan(CUT * 3, blank="", lines=20)
    out = mend(text)
    assert all(cut.replace("\n", "") + "\nwas" in out for cut in CUT)
    assert not propose(text).marks


@pytest.mark.parametrize("blank", ["", " "])
def test_a_clean_text_is_left_alone(blank):
    text = (
        scan([], blank=blank)
        + f"there was no{blank}\nthing in it and some{blank}\none went in{blank}\nto town{blank}\n"
    )
    assert not propose(text).edits


def test_one_odd_line_end_does_not_make_a_habit():
    text = scan(["out\nside"])
    assert mend(text) == text


def test_text_in_a_language_that_nobody_knows_is_left_alone():
    text = "zorbo klimpa ventu\nshaki murrun telo\npasha kibbu rendo\n" * 30
    assert not propose(text, lang="xx").edits


def test_readings_of_a_line_end():
    (found,) = [edit for edit in propose("the sea-\nshore and seashore\n").edits if edit.candidates]
    chances = dict(found.candidates)
    assert list(chances) == ["", "-", "-\n"]
    assert chances[""] == found.confidence
    assert 0.01 < chances["-"] < 0.2


def test_in_another_language_only_visible_hyphens_are_mended():
    text = scan(CUT) + "a party of revolu-\ntion, of the govern ment\n"
    foreign = (Mark(0, len(text), "foreign", {"code": ""}),)
    assert mend(text, marks=foreign) == text.replace("revolu-\ntion, ", "revolution, \n")


def test_a_table_is_no_running_text():
    text = scan(CUT)
    start = text.index("exam\nining")
    table = (Mark(start, start + 10, "table"),)
    assert "exam\nining" in mend(text, marks=table)
    assert "committee" in mend(text, marks=table)


@pytest.mark.parametrize("sign", ["", "-", "\u00ad", "\u2014"])
@pytest.mark.parametrize("size", [61, 400])
def test_what_is_too_long_for_a_word_is_left_alone(sign, size):
    text = f"{'a' * size}{sign}\n{'b' * size} and so on\n"
    assert not propose(text).edits


@pytest.mark.parametrize("sign", ["", "-", "\u00ad", "\u2014"])
def test_the_longest_words_have_a_probability(sign):
    propose(f"{'a' * 60}{sign}\n{'b' * 60} and so on\n{'c-' * 29}c{sign}\n{'d-' * 29}d and so on\n")


# ---- laws --------------------------------------------------------------------------------------------------------

lines = st.lists(
    st.sampled_from([*"the mill revolu- commit tee tion- \xad ¬ - a- Ab-c 19- 18, \n \n \n\n  \t of".split(" "), "\n"]),
    max_size=40,
)


@given(st.one_of(texts, lines.map(" ".join), lines.map("".join)))
def test_only_hyphens_blanks_and_line_ends_are_touched(text):
    edits = sorted(propose(text).edits, key=by_place)
    for edit in edits:
        assert not edit.before.strip(SIGNS + DASHES + " \t\n\r")
        assert edit.after == "-" or not edit.after.lstrip("\n").strip(" \t")
    assert all(a.end <= b.start and a.start < b.start for a, b in pairwise(edits))


@given(st.one_of(texts, lines.map(" ".join)))
def test_the_number_of_lines_stays_where_a_line_goes_on(text):
    """A line end is moved, not lost, unless the mended word was all of its line."""
    edits = propose(text).edits
    for edit in edits:
        if edit.group is not None:
            group = [e for e in edits if e.group == edit.group]
            assert sum(e.before.count("\n") for e in group) == sum(e.after.count("\n") for e in group)


def test_what_is_sure_teaches_what_is_not():
    """A word that no dictionary holds is whole at one line end; the same word is cut at another."""
    text = (
        "and so the ferronette house was sold again to a man of the town, and again the Ferro-\nnette house was\nsold\n"
    )
    assert "Ferronette" in mend(text)
    once = "the house of good-\nnatured men was old, and the good-natured\nmen came\n"
    assert "good-natured\nmen was" in mend(once)


def test_a_long_s_that_was_read_as_f_is_a_habit_of_the_document():
    cut = "he was one of those who faw the houfe de-\nferted\n"
    habit = "fuch a fecond houfe was fold at laft; the fame perfon feems to fay it himfelf\n"
    assert "deferted" in mend(habit + cut)
    why = next(edit.why for edit in propose(habit + cut).edits)
    assert why == "deferted is a known word"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the revolu:\ntion was young\n", "the revolution\nwas young\n"),
        ("the com.\nmittee met\n", "the committee\nmet\n"),
        ("at the end of gov.\nernment offices\n", "at the end of government\noffices\n"),
        ("they part-\n[ed] then\n", "they part[ed]\nthen\n"),
        ("[t]here-\nfore it was\n", "[t]herefore\nit was\n"),
        ("inter[na-\ntional] law was\n", "inter[national]\nlaw was\n"),
        ("from Khar'kov, at Khar-\n'kov he\n", "from Khar'kov, at Khar'kov\nhe\n"),
        ("from Khar'kov, at Khar'-\nkov he\n", "from Khar'kov, at Khar'kov\nhe\n"),
    ],
)
def test_signs_misread_for_hyphens_and_brackets_and_apostrophes_in_words(raw, clean):
    assert mend(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "he had no.\none there\n",
        "it was Prov.\nand so on\n",
        "see vol.\niii of it\n",
        "he left it to:\nday and night\n",
        "he was a man:\nkind and good\n",
        "there was an in.\n\ndeed it was\n",
        "the 'so-called'-\nthing was\n",
        "at Khar'-\nkov he\n",
        "he was, they said-\n'twas long ago\n",
        "the revo-\n[1] a note\n",
        "under nets han-\n    [p. 3] the land\n",
        "Dr.\nwho was\n",
    ],
)
def test_signs_that_are_what_they_are(text):
    assert mend(text) == text
