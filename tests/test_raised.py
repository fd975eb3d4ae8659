"""Small letters read as capitals at the beginning of a word within a sentence."""

import pytest

from cleaner.edits import apply
from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document, Mark
from cleaner.stages import words
from cleaner.stages.words.raised import HALL, lowered

ENGLISH = general("en")
READ = HALL.format(*"Is In In It".split())
STORY = HALL.format(*"is in in it".split())


def mended(text: str) -> str:
    return apply(text, [edit for edit in lowered(text, ENGLISH) if edit.confidence >= 0.9])


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("The town was Into the hills and was old.", "The town was into the hills and was old."),
        ("They had It\nread to them.", "They had it\nread to them."),
    ],
)
def test_what_the_text_has_often_is_mended(read: str, printed: str) -> None:
    assert mended(READ * 2 + read + "\n") == STORY * 2 + printed + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "They read the In Memoriam of the poet, and it was long.",  # a title, all words of it
        "They came to the town. In the hall it was dark.",
        "They came to the town, In short, and went.",  # a mark stands there
        "The men saw that Irene was gone, and so Italian songs were sung by the Irish sailors.",  # names
        "They lifted the jack and then Jack was told that the jack was theirs, so Jack came home.",
        "They know Just what is to be done.",  # each letter is judged by itself
        "They asked the Jury to find him guilty, and the Jury went out; then the Jury came back.",  # how the text has it
        "It was ours and IT was theirs, and so INTO it they went.",
    ],
)
def test_what_has_its_capital_by_right_stays(text: str) -> None:
    assert mended(READ * 2 + text + "\n").removeprefix(STORY * 2) == text + "\n"


def test_one_capital_in_a_clean_text_proves_nothing() -> None:
    text = STORY * 5 + "He told them that It was done.\n"
    assert not [edit for edit in lowered(text, ENGLISH) if edit.confidence >= 0.9]


def test_a_few_capitals_that_other_things_may_explain_prove_nothing() -> None:
    text = (
        STORY * 4
        + "They went over the bridge It was old. They saw the hall It was new. They left the town It was dark.\n"
    )
    assert mended(text) == text


def test_a_text_that_loses_its_stops_is_left_alone() -> None:
    """There sentences begin anywhere, and with all letters."""
    lost = (
        "They came to the bridge The men were there He told them so They were glad She went on And so they came home. "
    )
    assert mended(lost * 3 + READ) == lost * 3 + READ


def test_a_language_without_pairs_is_left_alone() -> None:
    german = "Man sagt dass Ihr dort und Ist er da so kommt Ihr auch her, wenn Im haus noch Ich bin.\n" * 3
    assert not [*lowered(german, general("de"))]


def test_tables_and_verse_are_left_alone() -> None:
    knowledge = Knowledge(general, lang="en")
    assert [edit.after for edit in words.propose(Document(READ), knowledge).edits] == ["is", "in", "in", "it"]
    for kind in ("table", "verse", "garbage", "foreign"):
        assert not words.propose(Document(READ, (Mark(0, len(READ), kind),)), knowledge).edits


def test_a_long_text_without_any_capitals_has_a_name_all_the_same() -> None:
    text = STORY * 60 + "They saw the boys jump there. They told him that they and Jump had seen it.\n"
    assert not [edit for edit in lowered(text, ENGLISH) if edit.confidence >= 0.9]
