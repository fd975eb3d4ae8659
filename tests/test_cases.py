"""Letters of the wrong case: only in words that the text itself writes in small letters, and only of the same shape."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply, check
from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document, Mark
from cleaner.policy import THRESHOLD
from cleaner.stages import words
from cleaner.stages.words.cases import slips

ENGLISH = general("en")
STORY = (
    "So it was, and out of the house, so that so much was out, except that so few went out, and so on, out and out. "
    * 6
)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("it was sO cold", "it was so cold"),
        ("all eXCept him", "all except him"),
        ("OUt of it", "Out of it"),
        ("SO cold", "SO cold"),  # a word in capitals
        ("it was sT cold", "it was sT cold"),  # t and T are not of one shape
        ("McCoy and the pHs", "McCoy and the pHs"),
        ("the zoZo there", "the zoZo there"),  # the text never writes it otherwise
        ("a diSpleasure to him", "a displeasure to him"),  # good prints do
        ("claSped hands", "clasped hands"),
        ("all the slaveS", "all the slaves"),
        ("sOmetimes there", "sometimes there"),
        ("the iPhone, an iPod and eBooks", "the iPhone, an iPod and eBooks"),
        ("a callBack, a popUp, an outPut", "a callBack, a popUp, an outPut"),
        ("to unPack a coOp", "to unPack a coOp"),  # a prefix, not a misread word
        ("an unChristian act, unChristian", "an unChristian act, unChristian"),
        ("Mr. DeWitt and McCarthy", "Mr. DeWitt and McCarthy"),
        ("MacKintosh, a TeleVision, a TransPort", "MacKintosh, a TeleVision, a TransPort"),  # names
        ("POetry and SOmetimes", "POetry and SOmetimes"),  # large initials
        ("page XXXviii", "page XXXviii"),
        (
            "misUse@example.org, x.preServe(), #preSent, preVent()",
            "misUse@example.org, x.preServe(), #preSent, preVent()",
        ),
        ("nOw and then", "nOw and then"),  # too short to be told from a formula
        ("diSpersed, and again diSpersed", "diSpersed, and again diSpersed"),  # whoever repeats it means it
    ],
)
def test_slips(read: str, printed: str) -> None:
    text = f"{STORY}{read}.\n"
    assert apply(text, list(slips(text, ENGLISH))) == f"{STORY}{printed}.\n"


def test_a_form_that_is_repeated_as_often_stays() -> None:
    assert not [*slips("it was sO, and sO, and so, and so, and so, and so\n", ENGLISH)]


@pytest.mark.parametrize(
    ("read", "sure"), [("claSped", False), ("claSped, diSpersed", False), ("claSped, diSpersed, slaveS", True)]
)
def test_what_good_prints_have_is_mended_where_several_words_are_so(read: str, sure: bool) -> None:
    found = [*slips(f"They were {read}.\n", ENGLISH)]
    assert len(found) == read.count(",") + 1
    assert {edit.confidence >= THRESHOLD for edit in found} == {sure}


def test_a_second_run_counts_what_the_first_one_mended() -> None:
    text = "whose house, whose boat, whose dog, whose hat, whOse name and whoSe face\n"
    assert apply(text, [edit for edit in slips(text, ENGLISH) if edit.confidence >= THRESHOLD]) == text


def test_tables_and_code_are_left_alone() -> None:
    text = f"{STORY}it was sO cold.\n"
    knowledge = Knowledge(general, lang="en")
    assert [edit.after for edit in words.propose(Document(text), knowledge).edits] == ["so"]
    for kind in ("table", "code", "garbage", "foreign"):
        marks = (Mark(len(STORY), len(text), kind),)
        assert not words.propose(Document(text, marks), knowledge).edits


def test_time_is_linear_in_the_longest_word() -> None:
    began = time.process_time()
    assert not [*slips("sS" * 50_000, ENGLISH)]
    assert time.process_time() - began < 5  # 0.1 s; four minutes where each capital looks for the beginning of its word


@given(
    st.lists(
        st.sampled_from(["so", "sO", "SO", "So", "out", "OUt", "oUT", " ", "\n", "\N{LATIN SMALL LETTER E WITH ACUTE}"])
    )
)
def test_edits_fit_and_change_case_alone(parts: list[str]) -> None:
    text = "".join(parts)
    found = [*slips(text, ENGLISH)]
    check(text, found)
    assert apply(text, found).lower() == text.lower()
