"""Stray and misread marks: what language says cannot stand goes where the text is full of such dirt; clean texts stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.edits import apply, check, merge
from cleaner.knowledge import Knowledge
from cleaner.language import General, general, punctuation
from cleaner.language.punctuation import ABBREVIATION, BLANK, COMMA, HYPHEN, STOP
from cleaner.model import Document, Edit, Mark
from cleaner.policy import THRESHOLD
from cleaner.stages import words
from cleaner.stages.words import marks, passes
from cleaner.stages.words.quotes import Quotes
from tests.strategies import texts

ENGLISH = Knowledge(general, lang="en")
TABLE = punctuation("en")
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
LEFT, RIGHT = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
NOISY = (
    "The mayor had carried tbe letter to the counoil, and the clerk read it aloud befbre them. It was said tbat the "
    "bridge would not bear anothcr winter, and that the goverument must be asked for monev.\n"
)
# A page full of one sort of dirt, {0}, between words where nothing can stand.
DIRTY = (
    "The mayor had carried the{0} letter to the{0} council, and the clerk of{0} the town was with{0} them in the{0} house. They "
    "knew of{0} the winter, and that the{0} government of{0} the town must be asked for the{0} money.\n\n"
)
SPEECH = f"{OPEN}You must go home,{CLOSE} said the clerk. {OPEN}I know,{CLOSE} said he, {OPEN}but not yet.{CLOSE}\n\n"


def edits(text, *found):
    return marks.mended(Document(text, found), ENGLISH)


def mended(text):
    return apply(text, merge([edit for edit in edits(text) if edit.confidence >= THRESHOLD])[0])


def beside(sort, line):
    """A line as it is mended on a page full of a sort of dirt."""
    return mended(f"{DIRTY.format(sort)}{line}\n").split("\n\n")[1].rstrip("\n")


@pytest.mark.parametrize("sign", [".", ":", "'", RIGHT, LEFT, "^", "~", "\N{BULLET}"])
def test_a_page_full_of_dirt_is_cleaned(sign):
    page = SPEECH * 3 + DIRTY
    assert mended(page.format(sign)) == page.format("")


@pytest.mark.parametrize(
    ("sort", "read", "printed"),
    [
        (".", "he went to. the mill", "he went to the mill"),
        (".", "it was late. then they went", "it was late. then they went"),  # a small letter may begin a sentence
        (".", "the Rev. and Hon. gentleman in vol. ii. of it", "the Rev. and Hon. gentleman in vol. ii. of it"),
        (".", "at 6 p.m. in the house", "at 6 p.m. in the house"),
        (".", "see www.example.com for it", "see www.example.com for it"),
        (":", "it was to: be had", "it was to be had"),
        (":", "there were three: a horse and two men", "there were three: a horse and two men"),
        ("^", "it was^ to be had", "it was to be had"),
        ("^", "2^n and x^2 are to be had", "2^n and x^2 are to be had"),
    ],
)
def test_marks_that_can_stand_stay(sort, read, printed):
    assert beside(sort, read) == printed


HYPHENS = (
    "The mayor carried-a letter to the-council, and the clerk was-not in the-house. They had-been told of-the winter, and "
    "it was-said that-the government of-the town was asked for-a loan. "
)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("he went into-the mill", "he went into the mill"),
        ("the well-known look-out of a sea-captain", "the well-known look-out of a sea-captain"),
        ("a man-at-arms was never-to-be-forgotten", "a man-at-arms was never-to-be-forgotten"),
        (
            "by-and-by came the forty-second and the co-operation",
            "by-and-by came the forty-second and the co-operation",
        ),
        ("the Stratford-on-Avon and the York-street", "the Stratford-on-Avon and the York-street"),
    ],
)
def test_hyphens_for_blanks(read, printed):
    assert mended(HYPHENS * 2 + read).removeprefix(mended(HYPHENS * 2)) == printed


STOPS = "He had seen the bridge{0} It was old{0} She did not like the town{0} They had no money{0} "


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("It was long, It was cold", "It was long. It was cold"),
        ("It was long, and it was cold", "It was long, and it was cold"),
        ("She said unto them, Go and see", "She said unto them, Go and see"),
        ("It was long, London was cold", "It was long, London was cold"),
        ("They were mills, I think", "They were mills, I think"),
    ],
)
def test_commas_for_full_stops(read, printed):
    page = STOPS.format(",") * 4
    assert mended(page + read).removeprefix(STOPS.format(".") * 4) == printed


def test_a_comma_before_a_title_stays_where_the_document_writes_it_so():
    text = "we read The Times and The Globe, The Star and The Sun, " * 4
    assert mended(text) == text


SINGLES = "".join(SPEECH for _ in range(6)) + (
    "The mayor took a letter to {0}the council, and the clerk was not to {0}be found in {0}their house, for {0}she had it.\n\n"
)


@pytest.mark.parametrize("quote", ["'", LEFT])
def test_single_marks_that_open_nothing_go_from_a_text_in_double_ones(quote):
    assert mended(SINGLES.format(quote) * 3) == SINGLES.format("") * 3


@pytest.mark.parametrize(
    "line",
    [
        "the 'mysterious theme' is played",
        "'tis said that 'twas so, an' the bairns were goin' to 'em",
        "the boys' house, James' horse and the workers' wives",
        f"{OPEN}He said, {LEFT}Go on,{RIGHT} and went.{CLOSE}",
        "rock 'n' roll o' the mill",
    ],
)
def test_single_marks_that_can_stand_stay(line):
    page = SINGLES.format("'")
    assert mended(page + line).endswith(line)


def test_single_marks_without_partner_stay_where_the_text_quotes_in_them():
    """Dialogue opens again in each paragraph; and of old each line of a quotation began with one."""
    text = "'You must go home,' said the clerk.\n\n'I know it.\n\n'But I will not go.'\n\nHe went to the 'mill and to\n'the sea."
    assert mended(text * 5) == text * 5


def test_a_mark_of_the_wrong_sort_is_mended_by_its_partner():
    wrong = SPEECH.replace(f"{OPEN}I", f"{LEFT}I")
    assert mended(wrong * 8) == SPEECH * 8


def test_quotation_marks_are_paired_within_their_paragraph():
    found = Quotes(f"{OPEN}One.\n\n{OPEN}Two, the boys{RIGHT} {LEFT}three{RIGHT}.{CLOSE}").marks
    assert [mark.paired for mark in found.values()] == [False, True, False, True, True, True]


PRONOUNS = (
    "I told them that I was here, and that {0} had not seen the mayor. If {0} were you I should go. When {0} came I saw that "
    "{0} must wait. And so I say that {0} was right. "
)


@pytest.mark.parametrize(
    ("sign", "read", "printed"),
    [
        ("|", f"and |{RIGHT}ll go", f"and I{RIGHT}ll go"),
        ("1", "and then 1 thought of it", "and then I thought of it"),
        ("1", "in part 1 of the book and no. 1 there", "in part 1 of the book and no. 1 there"),
        ("1", "they sold 1 lb. of it", "they sold 1 lb. of it"),
        ("|", "a | b | c", "a | b | c"),
        ("[", "the [ first ] of them", "the [ first ] of them"),
    ],
)
def test_pronouns(sign, read, printed):
    assert mended(SPEECH * 20 + PRONOUNS.format(sign) + read) == SPEECH * 20 + PRONOUNS.format("I") + printed


def test_signs_that_are_read_for_one_word_vouch_for_each_other():
    alone = "And then { said that it was so. "
    assert mended(SPEECH * 20 + alone) == SPEECH * 20 + alone
    assert mended(SPEECH * 20 + PRONOUNS.format("|") + alone).endswith("And then I said that it was so. ")


def test_a_mark_is_read_beside_a_word_that_a_rule_mends():
    text = SPEECH * 20 + PRONOUNS.format("1") + "“Yes, Sir, 1 betieve it. "
    once = clean(text, language="en").text
    assert once.endswith("Yes, Sir, I believe it.\n")
    assert clean(once, language="en").text == once


BLANKS = "The bridge was old{0}and the mayor knew it. He was asked for money{0}but he had none{0}and so he went home. "
SET = "They went on, and in the end, as we know, they came home. " * 20


@pytest.mark.parametrize("wrong", [" , ", " ,", ","])
def test_blanks_on_the_wrong_side(wrong):
    assert mended(BLANKS.format(wrong) * 3 + SET) == BLANKS.format(", ") * 3 + SET


def test_blanks_before_marks_are_a_style_where_they_are_the_rule():
    text = BLANKS.format(" ; ") * 8
    assert mended(text) == text


def test_one_place_alone_is_never_changed():
    text = SPEECH * 9 + "The mayor had carried a letter to the. council.\n"
    assert mended(text) == text
    assert [edit.after for edit in edits(text.replace("the. council", "the. council and of. the"))] in ([], [" ", " "])


def test_tables_code_and_other_languages_are_left_alone():
    page = DIRTY.format(".")
    assert edits(page)
    assert not edits(page, Mark(0, len(page), "table"))
    assert not marks.mended(Document(page), Knowledge(general, lang="fr"))
    assert not marks.mended(Document(page), Knowledge(lambda code: General(code, {}), lang="en"))


@given(st.lists(st.sampled_from(["It was the mill.", "He said no, and went.", SPEECH.strip(), "'Go on,' he said."])))
def test_a_clean_paired_text_is_untouched(lines):
    text = "\n\n".join(lines)
    assert edits(text) == []


@given(st.lists(st.sampled_from([*DIRTY.format(".").split(), *DIRTY.format("'").split(), OPEN + "So", "he.was", "1"])))
def test_what_was_cleaned_stays(found):
    once = _clean(" ".join(found))
    assert _clean(once) == once


def _clean(text):
    found = words.propose(Document(text), ENGLISH).edits
    return apply(text, merge([edit for edit in found if edit.confidence >= THRESHOLD])[0])


@given(texts)
def test_edits_fit_any_text(text):
    check(text, edits(text))
    check(text, list(words.propose(Document(text), ENGLISH).edits))


def test_words_are_read_behind_the_dirt():
    """A word with dirt in it, and one beside it, are mended in one run, and nothing is left to a second one."""
    once = _clean(NOISY + DIRTY.format("\N{MIDDLE DOT}"))
    assert "read it aloud before them" in once
    assert "the council, and the clerk of the town" in once
    assert "\N{MIDDLE DOT}" not in once
    assert _clean(once) == once


def test_verse_may_end_its_lines_in_any_mark():
    verse = "The tide is out, the boats are in,\nIt was the mill of old,\nShe had it in the town,\nHe was away,\n"
    assert mended(STOPS.format(",") * 4 + "\n\n" + verse).endswith(verse)


@given(texts, st.data())
def test_two_batches_compose(text, data):
    def batch(size):
        cuts = sorted(data.draw(st.sets(st.integers(0, size), max_size=8)))
        return list(zip(cuts[::2], cuts[1::2], strict=False))

    first = [
        Edit(a, b, text[a:b], new, "r", 0.95, "") for a, b in batch(len(text)) if (new := text[a:b][:1]) != text[a:b]
    ]
    once = apply(text, first)
    then = [Edit(a, b, once[a:b], "x", "r", 0.95, "") for a, b in batch(len(once)) if once[a:b] != "x"]
    both = passes.Composer(text, first, once).composed(then)
    check(text, both)
    assert merge(both) == (both, [])
    assert apply(text, both) == apply(once, then)


@pytest.mark.parametrize(
    ("left", "right", "likely", "never"),
    [
        ("the", "house", BLANK, STOP),
        ("in", "the", BLANK, COMMA),
        ("mr", "he", STOP, HYPHEN),
        ("well", "known", HYPHEN, ABBREVIATION),
    ],
)
def test_what_prints_set_between_two_words(left, right, likely, never):
    odds = TABLE.between(left, right)
    assert odds[likely] > 0.05
    assert odds[never] < 0.01
    assert sum(odds.values()) == pytest.approx(1)


def test_names_have_capitals_and_some_words_are_clipped():
    assert TABLE.capital("london") > 0.9 > 10 * TABLE.capital("the")
    assert TABLE.clipped("th") > 0.1 > 10 * TABLE.clipped("the")
    assert TABLE.clipped("tis", before=True) > 0.1 > 10 * TABLE.clipped("mill", before=True)
    assert not punctuation("xx")


def test_an_angle_mark_that_may_be_a_letter_of_its_word_stays():
    mark = "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    dirt = f"He was asked whether {mark}the council had been told of it. "
    found = mended(dirt * 20 + f"The wind {mark}as blowing. And the building{mark} in the street were old.\n")
    assert mark not in found.partition("The wind")[0]
    assert f"The wind {mark}as blowing. And the building{mark} in the street" in found


CLOSING = f"They spoke of the {OPEN}new course{{}} and of {OPEN}the first of all{{}} (see page 4), as {OPEN}I know,{{}} he said.\n\n"


@pytest.mark.parametrize("mark", [RIGHT, "'", RIGHT * 2, f"{RIGHT}'"])
def test_single_marks_that_close_what_a_double_one_opens_are_mended(mark):
    text = SPEECH * 9 + CLOSING.format(CLOSE, mark, mark) * 4
    found = edits(text)
    assert {(edit.before, edit.after) for edit in found} == {(mark, CLOSE)}
    assert mended(text) == SPEECH * 9 + CLOSING.format(CLOSE, CLOSE, CLOSE) * 4
    once = SPEECH * 9 + CLOSING.format(CLOSE, mark, CLOSE)
    assert mended(once) == once


def test_a_mark_behind_one_that_has_closed_the_quotation_goes() -> None:
    doubled = f"{OPEN}Come,{CLOSE}{RIGHT} said the clerk. {OPEN}I know,{CLOSE} said he.\n\n"
    assert mended(doubled * 8) == doubled.replace(RIGHT, "") * 8
    inside = f"{OPEN}He said {LEFT}come{RIGHT}{CLOSE}, and {LEFT}he said {OPEN}come.{CLOSE}{RIGHT} I know.\n\n"
    assert mended(inside * 8) == inside * 8
    assert mended(inside.replace(RIGHT, "") + SPEECH * 8) == inside.replace(RIGHT, "") + SPEECH * 8


def bracketed(word: str, times: int) -> str:
    line = f"{OPEN}The old mill of the town was sold. Nobody in all the town had ever known anything of {word}{RIGHT} (see there)"
    return SPEECH * 3 + f"{line}\n\n" * times


def test_a_single_mark_before_a_bracket_closes_what_a_double_one_opened_far_above() -> None:
    assert mended(bracketed("this house", 6)) == bracketed("this house", 6).replace(RIGHT, CLOSE)
    sure, owned = (edits(bracketed(word, 6))[0].confidence for word in ("this house", "these houses"))
    assert owned < sure  # a plural may own what is behind it


def test_an_apostrophe_closes_nothing():
    text = (
        SPEECH * 9
        + f"{OPEN}The workers{RIGHT} wives and the boys{RIGHT} house{CLOSE} he knew, {OPEN}but James{RIGHT} not.\n\n"
        * 4
    )
    assert edits(text) == []
