"""Dialect and old spelling: what looks misread, and is how people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply, merge
from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document
from cleaner.policy import THRESHOLD
from cleaner.stages import words
from cleaner.stages.words.dialect import LEAST, MOST, OTHERWISE, evidence, misread_near
from cleaner.stages.words.spelling import old_form
from cleaner.stages.words.suspects import Reading, Suspect

ENGLISH = Knowledge(general, lang="en")
GENERAL = general("en")
DEVON = (
    '"I zed to un," said the carter, "that the old hoss were so praper a hoss as ever drawed a waggon, and he laughed at me, '
    "zur. My vather drove un avore me, and his vather avore that, and nivver a vall nor a vright in vorty year. Then the "
    "young squire, he cometh along wi' a vew of his friends, so purty as pictures, and he zays, 'What'll 'ee take for un?' "
    "I idden gwain to zell, I zed, not for vive hunderd pound; and he went off down thicky lane so red as a turkey. Us "
    "had a dish o' tay, and I put a vew sticks on, and the maid zinged to us till the zun went down.\"\n"
)
SCOTS = (
    '"Sit doon, man," said the miller, "and tak yer dram. The wather is ower weet for ony man to gang hame the nicht, and '
    "the burn is rinnin ower the brig. My gudewife will mak ye a bit supper, and ye can sleep in the wee chaumer abune the "
    "stable. It's no a gran' place, but it's dry, and the auld mear is guid company. I mind my faither tellin me o' sic a "
    "spate whan he was a laddie, and the hale toon was under watter, kirk and a', and the meenister preached frae a "
    'boat."\n'
)
WILL = (
    "Also I geve and beqwethe to my doughter Alys my beste gowne and two payre of shetes, and to every godchylde a shepe, and "
    "to the poore of the same towne tenne shyllynges to be payde at my buryall. Also I wyll that my sonne shall have the "
    "house that I dwelle in, wyth the lande and the medowe therto belongynge, so that he kepe his moder whyle she lyveth.\n"
)
GEORGIAN = (
    "The political oeconomy--of which he wrote--was shewn to be compleat; and the antient publick musick, which they chuse to "
    "play, was much admired. He was perswaded that a housholder must not unfrequently shew his accompts to the parish.\n"
)
PLAIN = (
    "The mayor had carried the letter to the council, and the clerk read it aloud before them. It was said that the bridge "
    "would not bear another winter, and that the government must be asked for money.\n"
)
NOISY = (
    "The mayor had carried tbe letter to the counoil, and the clerk read it aloud befbre them. It was said tbat the "
    "bridge would not bear anothcr winter, and that the goverument must be asked for monev.\n"
)
E_FOR_O = (
    "The people wore told to coma at once, but thoy mado no haste, for the gamo had begun and the others woro late. They "
    "gavo thoir names to tho clerk, who wroto them down and mado a list of all the men that woro there.\n"
)


def mended(text):
    edits = words.propose(Document(text), ENGLISH).edits
    return apply(text, merge([edit for edit in edits if edit.confidence >= THRESHOLD and edit.before.isalpha()])[0])


@pytest.mark.parametrize("text", [DEVON, SCOTS, WILL, GEORGIAN, PLAIN * 2 + DEVON + PLAIN * 2, DEVON + SCOTS + WILL])
def test_dialect_and_old_spelling_stay(text):
    assert mended(text) == text


def test_bad_scans_are_mended_also_where_what_is_read_looks_like_words():
    assert "to the council" in mended(NOISY)
    new = mended(E_FOR_O * 2)
    assert all(word in new.split() for word in ("were", "made", "their", "the"))


def test_one_misread_word_in_dialect_is_not_lost_among_it():
    assert "The council had another letter" in mended(f"{DEVON}The counoil had anothcr letter.\n")


@pytest.mark.parametrize(
    ("line", "read"), [("They met George {} again.", "Dayrell"), ("They met Mr. {} again.", "Gilbart")]
)
def test_behind_a_name_a_word_that_can_be_said_may_be_one(line, read):
    new = mended(f"{NOISY * 3}{line.format(read)}\n")
    assert new.endswith(line.format(read) + "\n")


def test_behind_a_name_a_word_that_cannot_be_said_is_mended():
    assert mended(f"{NOISY * 3}They met George Andcrson again.\n").endswith("George Anderson again.\n")


# ---- evidence ----


def suspect(core, reading="rather", *, cost=4.0, times=1, known=False):
    shape, blurred = GENERAL.shapes.probability(core), GENERAL.shapes.blurred(core)
    return Suspect(core, times, [Reading(reading, 0.1, 0, cost, 0.01)], 0.0, 0.0, shape, blurred, known)


@pytest.mark.parametrize("core", ["vather", "reight", "wark", "purty", "cooms", "Wasson"])
def test_what_can_be_said_tells_that_people_wrote_it(core):
    assert 0 < evidence(suspect(core)) <= MOST


@pytest.mark.parametrize("core", ["tbcre", "anothcr", "wliich", "nnd", "befbre"])
def test_what_cannot_be_said_tells_more_that_an_engine_read_it(core):
    assert LEAST <= evidence(suspect(core)) < -MOST


@pytest.mark.parametrize(
    "one",
    [
        suspect("VATHER"),
        suspect("vo"),
        suspect("ha'n't"),
        suspect("vather", known=True),
        suspect("vather", cost=9.0),
        suspect("vather")._replace(readings=[]),
    ],
)
def test_what_tells_nothing(one):
    assert evidence(one) == 0.0


def test_a_word_that_differs_by_e_and_o_is_an_engines():
    assert evidence(suspect("woro", "were")) < 0 < evidence(suspect("woro", "worn"))


@pytest.mark.parametrize("core", ["wyll", "payre", "shepe", "doughter", "whyle"])
def test_a_common_word_in_another_spelling_tells_most(core):
    assert old_form(core, GENERAL)
    assert evidence(suspect(core)._replace(old=True)) == OTHERWISE


@pytest.mark.parametrize("core", ["tbe", "anothcr", "numbor", "undor", "befbre", "wliich"])
def test_what_engines_misread_is_no_spelling(core):
    assert not old_form(core, GENERAL)


def test_without_evidence_nothing_changes_and_a_word_does_not_tell_of_itself():
    misread = misread_near(["a", "vather", "b"], {"vather": suspect("vather")})
    assert [misread(at) for at in range(3)] == [pytest.approx(misread(0)), 1.0, pytest.approx(misread(2))]
    assert misread(0) < 1


def test_many_words_of_dialect_outweigh_what_is_believed_and_few_misread_ones_outweigh_them():
    said = [f"{word}" for word in "vather reight sodger purty cooms wark".split()]
    here = misread_near([*said, "x"], {word: suspect(word) for word in said})(6)
    noise = ["tbcre", "anothcr"]
    beside = misread_near([*said, *noise, "x"], {word: suspect(word) for word in [*said, *noise]})(8)
    assert here < 0.6 < beside
    far = misread_near([*said, *["y"] * 300, "x"], {word: suspect(word) for word in said})(306)
    assert far == 1.0


def test_a_word_that_comes_again_tells_no_more_than_one_that_comes_once():
    tokens = ["vather", "x", *["y"] * 20, "vather"]
    again, once = (misread_near(tokens, {"vather": suspect("vather", times=times)})(1) for times in (2, 1))
    assert again == pytest.approx(misread_near(["vather", "x"], {"vather": suspect("vather")})(1))
    assert once < again


@given(st.lists(st.sampled_from("vather reight tbcre nnd house".split()), max_size=30))
def test_a_place_makes_misreading_less_likely_never_more(tokens):
    misread = misread_near(
        tokens, {token: suspect(token, times=tokens.count(token)) for token in {*tokens} - {"house"}}
    )
    assert all(0 < misread(at) <= 1 for at in range(len(tokens)))
