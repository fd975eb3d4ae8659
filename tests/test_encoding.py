"""Between bytes and characters: what is repaired, and what only looks broken."""

import sys
import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import characters
from cleaner.edits import apply, check, merge
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document
from cleaner.policy import THRESHOLD
from cleaner.stages import encoding, glyphs, seal
from tests.strategies import decoded, texts

KNOWLEDGE = Knowledge(lambda code: General(code, {}))


def run(stage, text, threshold=0.9):
    proposals = stage.propose(Document(text), KNOWLEDGE)
    check(text, proposals.edits)
    return apply(text, merge([e for e in proposals.edits if e.confidence >= threshold])[0])


MOJIBAKE = [
    ("the mill\u00e2\u20ac\u2122s wheel", "the mill\u2019s wheel"),
    ("\u00e2\u20ac\u0153Ho!\u00e2\u20ac\u009d he cried", "\u201cHo!\u201d he cried"),
    ("caf\u00c3\u00a9 at No. 7", "caf\u00e9 at No. 7"),
    ("dues of \u00c2\u00a34 a year", "dues of \u00a34 a year"),
    ("twice \u00c3\u0192\u00c2\u00a9", "twice \u00e9"),
    ("a line of each: caf\u00c3\u00a9 \u2019tis", "a line of each: caf\u00e9 \u2019tis"),  # sound quotes beside it
]


@pytest.mark.parametrize(("raw", "clean"), MOJIBAKE)
@pytest.mark.parametrize("frame", ["{}\n", "The mill stood.\n{}\nThe wheel turned.\n", "{} and no end"])
def test_mojibake_is_repaired(raw, clean, frame):
    assert run(encoding, frame.format(raw)) == frame.format(clean)


@pytest.mark.parametrize(
    "text",
    [
        "ch\u00e2teau, fa\u00e7ade, \u00c9glise, na\u00efve, \u00fcber, Stra\u00dfe, se\u00f1or",
        "\u201cQuotes\u201d and \u2018dashes\u2019 \u2014 all sound \u2026",
        "AT\u00c9 \u00bb, 4\u20ac, 10\u00a0% \u00b7 \u00a9 1923 \u2122",
        "\u00c5ngstr\u00f6m, \u00c6on, \u0153uvre, \u017ftill",
        "\u0391\u03b8\u03ae\u03bd\u03b1, \u041c\u043e\u0441\u043a\u0432\u0430",
        "su\ufffdplanted, a letter that the engine could not read",
        "\u0391\u0392\ufffd",  # ftfy takes this for lossy mojibake and would swallow a letter
        "VOIL\u00c0 \u2013 D\u00c9J\u00c0",
    ],
)
def test_sound_text_is_left_alone(text):
    assert run(encoding, text + "\n") == text + "\n"


OPEN, CUT, CUT_BYTE = "\u00e2\u20ac\u0153", "\u00e2\u20ac\ufffd", "\u00e2\u20ac\udc9d"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (f"{OPEN}Go on,{CUT} he said, {OPEN}and{CUT} went.", "\u201cGo on,\u201d he said, \u201cand\u201d went."),
        (f"\u201cGo on.{CUT}", "\u201cGo on.\u201d"),
        (f"\u201cGo on,{CUT_BYTE} he said.", "\u201cGo on,\u201d he said."),
        (f"{OPEN}a well{CUT}known man,{CUT} he said", f"\u201ca well{CUT}known man,\u201d he said"),  # U+2010, perhaps
        (f"Go on,{CUT} he said.", f"Go on,{CUT} he said."),
        (f"\u201cGo,\u201d he said. Go on,{CUT} he said.", f"\u201cGo,\u201d he said. Go on,{CUT} he said."),
        (f"\u201cGo on,\n\nhe said.{CUT}", f"\u201cGo on,\n\nhe said.{CUT}"),
        (f"\u201cGo on,\r\n \r\nhe said.{CUT}", f"\u201cGo on,\n \nhe said.{CUT}"),
        (f"\u201cGo on,\r\nhe said.{CUT}", "\u201cGo on,\nhe said.\u201d"),
        (f"\u201cGo on, {CUT} he said.", f"\u201cGo on, {CUT} he said."),
    ],
)
def test_a_closing_quote_that_lost_its_last_byte(raw, clean):
    edits = encoding.propose(Document(raw), KNOWLEDGE).edits
    assert run(encoding, raw) == clean
    held = [(edit.after, edit.rule) for edit in edits if edit.confidence < THRESHOLD]
    assert held == [("\u201d", "encoding.mojibake")] * clean.count(CUT)


@pytest.mark.parametrize(("words", "sure"), [(10, True), (1_000, False)])
def test_a_quotation_has_an_end(words, sure):
    (edit,) = encoding.propose(Document(f"\u201cGo {'on, ' * words}go,{CUT} he said."), KNOWLEDGE).edits
    assert (edit.confidence >= THRESHOLD) == sure


def test_two_bytes_within_a_character_that_was_misread_twice_are_no_quote():
    arrow = f"\u00c3\u00a2{CUT}\u00e2\u20ac\u2122"
    assert run(encoding, f"It was {arrow} he said.\n") == "It was \ufffd he said.\n"


def test_thousands_of_cut_quotes_take_linear_time():
    text = f"\u201cGo on,{CUT} he said. {CUT}" * 4_000
    started = process_time()
    encoding._closing(text)
    assert process_time() - started < 1  # 0.02 s


def test_an_edit_is_no_larger_than_what_was_broken():
    text = "It was caf\u00c3\u00a9 here and caf\u00c3\u00a9 there, in one line with much else in it.\n"
    edits = encoding.propose(Document(text), KNOWLEDGE).edits
    assert [(e.before, e.after) for e in edits] == [("\u00c3\u00a9", "\u00e9")] * 2


def test_a_line_longer_than_a_stretch_is_repaired_everywhere():
    text = "The caf\u00c3\u00a9 was open, and so it went. " * 400
    assert "\u00c3" not in run(encoding, text)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (b"the mill\x92s \x93wheel\x94 \x96 caf\xe9", "the mill\u2019s \u201cwheel\u201d \u2013 caf\u00e9"),
        ("\u00a3 and ".encode() + b"\xa3 in one file", "\u00a3 and \u00a3 in one file"),  # two codes mixed
        (b"caf\xe9 caf\xc3\xa9", "caf\u00e9 caf\u00e9"),
        (b"undefined \x81 here", "undefined \udc81 here"),  # left for seal
    ],
)
def test_windows_1252(raw, clean):
    assert run(encoding, raw.decode("utf-8", "surrogateescape") + "\n") == clean + "\n"


def test_stray_bytes_of_a_misread_character_are_its_own():
    """The second byte of "\u00e9" is no UTF-8 by itself: Windows-1252 for it would be a copyright sign."""
    assert run(encoding, "caf\u00c3\udca9 here\n") == "caf\u00e9 here\n"
    assert not [e for e in encoding.propose(Document("caf\u00c3\udca9"), KNOWLEDGE).edits if e.rule.endswith("cp1252")]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("caf\u00c3\x00\u00a9 here\n", "caf\u00e9 here\n"),
        ("caf\u00c3\u200b\u00a9 here\n", "caf\u00e9 here\n"),
        ("\x83\x1f\u00c4\n", "\u0100\n"),  # what ftfy makes of it is mojibake again
    ],
)
def test_mojibake_with_something_unseen_in_it(raw, clean):
    assert run(encoding, raw) == clean


@pytest.mark.parametrize(("stray", "claimed"), [(26, True), (27, False)])
def test_up_to_a_quarter_of_stray_bytes_is_windows_1252(stray, claimed):
    """Latin-1 that is mostly accents is no language, but an encoding that nobody knows."""
    text = "\udce9" * stray + "a" * 78
    edits = encoding.propose(Document(text), KNOWLEDGE).edits
    assert all((edit.confidence > 0.9) is claimed for edit in edits)
    assert edits


def test_what_is_in_no_western_encoding_is_not_claimed():
    koi8 = "\u041c\u043e\u0441\u043a\u0432\u0430 \u0437\u0438\u043c\u043e\u0439".encode("koi8-r").decode(
        "utf-8", "surrogateescape"
    )
    assert run(encoding, koi8) == koi8
    edits = encoding.propose(Document(koi8), KNOWLEDGE).edits
    assert edits
    assert max(edit.confidence for edit in edits) < 0.5  # a person may still say yes


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\ufeffa\n", "a\n"),
        ("\ufeff\ufeffa\ufeffb\n", "ab\n"),
        ("a\x00b\x08\x1bc\x7f\n", "abc\n"),
        ("a\tb\x0cc\n", "a\tb\x0cc\n"),
        ("a\x0bb\u2028c\u2029d\n", "a\nb\nc\nd\n"),
        ("a\r\nb\rc\r\r\nd", "a\nb\nc\n\nd"),
        ("e\u0301 o\u0308\n", "\u00e9 \u00f6\n"),
        ("\u1112\u1161\u11ab\n", "\ud55c\n"),
    ],
)
def test_faults_of_single_characters(raw, clean):
    assert run(encoding, raw) == clean


@given(texts)
def test_composing_piece_by_piece_is_composing_the_whole(text):
    made = list(characters.composed(text, "r"))
    assert apply(text, made) == unicodedata.normalize("NFC", text)


def test_what_begins_a_letter_composes_with_nothing_before_it():
    """On all of Unicode: so a text may be composed a letter at a time."""
    begins = characters.begins_letter
    made = [chr(k) for k in range(sys.maxunicode + 1) if unicodedata.decomposition(chr(k))[:1] not in ("", "<")]
    assert len(made) > 2_000
    for char in made:
        first, *rest = unicodedata.normalize("NFD", char)
        assert begins(first) or not begins(char)
        assert not unicodedata.is_normalized("NFC", char) or not any(map(begins, rest))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a" + "\u0301\u0323" * 300_000, "\u1ea1" + "\u0323" * 299_999 + "\u0301" * 300_000),
        ("\u1112\u1161\u11ab" * 5_000, "\ud55c" * 5_000),
        ("e\u0301" * 5_000, "\u00e9" * 5_000),
    ],
    ids=["marks", "hangul", "letters"],
)
def test_a_long_run_is_composed_in_one_pass(raw, clean):
    assert run(encoding, raw) == clean


@given(st.text("a\u1ea1\u0301\u0323\u0327\u0344\u0345\u0489\u09c7\u09be\u1161", min_size=31, max_size=50))
def test_many_marks_are_composed_as_unicode_says(letter):
    assert characters._composed(letter) == unicodedata.normalize("NFC", letter)


@given(decoded)
def test_seal_leaves_no_surrogate_and_one_line_end(text):
    out = run(seal, text)
    out.encode("utf-8")
    assert run(seal, out) == out
    assert not out or out.endswith(("\n", "\r"))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("", ""),
        ("\n\n", ""),
        ("a", "a\n"),
        ("a\n\n\n", "a\n"),
        ("a\udc81\udcffb", "a\ufffd\ufffdb\n"),
        ("a \n", "a \n"),
    ],
)
def test_seal(raw, clean):
    assert run(seal, raw) == clean


@pytest.mark.parametrize(
    ("raw", "edits"),
    [
        ("one\n\n\n", [(4, 6, "\n\n", "")]),  # the line end that stays is not in it
        ("one", [(3, 3, "", "\n")]),
        ("one\x00\n\x00", [(3, 6, "\x00\n\x00", "\n")]),  # one edit: nothing in it is mended twice
    ],
)
def test_the_end_of_a_text_is_one_small_edit(raw, edits):
    assert [edit[:4] for edit in seal.propose(Document(raw), KNOWLEDGE).edits] == edits


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the\u2003mill\u3000wheel", "the mill wheel"),
        ("mill\u200bwheel\u2060", "millwheel"),
        ("revo\u00adlution", "revolution"),
        ("revo\u00ad\u200blution, re\u2060\u00advolution", "revolution, revolution"),  # two in one place
        ("revo\u00ad\nlution", "revo\u00ad\nlution"),  # a hyphen: for another stage
        ("the\u00a0mill", "the mill"),
        (
            "12\u00a0000 F\u00a0; \u00ab\u00a0oui\u00a0\u00bb, No.\u00a07",
            "12\u00a0000 F\u00a0; \u00ab\u00a0oui\u00a0\u00bb, No.\u00a07",
        ),
        (
            "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
            "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
        ),  # a joiner that is spelling
        ("\U0001f469\u200d\U0001f33e", "\U0001f469\u200d\U0001f33e"),
    ],
)
def test_spaces_and_invisible_characters(raw, clean):
    assert run(glyphs, raw) == clean
